//! No module may depend on one that depends on it, and a public type name stands for one type.

use std::collections::BTreeMap;
use std::path::Path;

use crate::modules::{Tree, crate_root, files};

#[test]
fn no_files_import_each_other_in_a_ring() {
    let tree = Tree::read(&crate_root());
    let rings: Vec<String> =
        tree.rings().iter().map(|ring| format!("{} files: {}", ring.len(), files(&tree, ring))).collect();
    assert!(rings.is_empty(), "these files import each other in a ring:\n{}", rings.join("\n"));
}

#[test]
fn a_public_type_name_stands_for_one_type() {
    let tree = Tree::read(&crate_root());
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for module in tree.0.values() {
        for name in &module.public_types {
            places.entry(name).or_default().push(&module.file);
        }
    }
    let shared: Vec<String> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("{name}: {}", places.join(" ")))
        .collect();
    assert!(shared.is_empty(), "these names stand for several types:\n{}", shared.join("\n"));
}

/// A planted ring is seen, through a re-export too, and a module that passes on what its children define makes none.
#[test]
fn a_planted_ring_is_seen() {
    let mut tree = Tree::default();
    let mut add = |place: &str, source: &str| tree.add(Path::new(place), source);
    add("lib.rs", "mod a; mod b; mod c;");
    add("a.rs", "use crate::b::Thing; pub struct Door;");
    add("b/mod.rs", "pub mod inner; pub use inner::Thing;");
    add("b/inner.rs", "pub struct Thing(Option<crate::c::Other>);");
    add("c.rs", "pub struct Other(super::a::Door);");
    let rings = tree.rings();
    assert_eq!(rings.len(), 1);
    assert_eq!(files(&tree, &rings[0]), "a.rs b/inner.rs c.rs");
}
