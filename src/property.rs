//! What must hold for every input, one function for each place where input comes in. A test holds it over the corpus; `tests/fuzz/run` over far more.

use crate::{domain, store, wire};

/// A property: panics when `data` breaks it.
pub type Property = fn(data: &[u8]);

/// Each by the name of its corpus under `tests/data/corpus`.
pub const ALL: [(&str, Property); 4] = [
    ("frames", wire::frame::property::hold),
    ("journal-lines", store::property::hold),
    ("grammar", domain::entry::property::hold),
    ("showable", domain::showable::property::hold),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::ALL;

    #[test]
    fn every_property_holds_over_its_corpus() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/corpus");
        for (name, hold) in ALL {
            let dir = corpus.join(name);
            let files = std::fs::read_dir(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
            let mut held = 0;
            for file in files {
                let path = file.expect("a file of the corpus").path();
                let data = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                assert!(
                    std::panic::catch_unwind(|| hold(&data)).is_ok(),
                    "{name} does not hold over {}",
                    path.display()
                );
                held += 1;
            }
            assert!(held >= 10, "{name} has a corpus of {held}");
        }
    }
}
