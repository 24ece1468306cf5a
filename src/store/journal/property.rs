//! What holds of any line in a journal: it is sound and told as it is, or it is not.

use super::encode::encode;
use super::format::HASH;
use super::hash::Hash;
use super::line::parse;
use super::redact::without_words;
use super::scan::salvage;

/// Holds `data`, as a line and as the hashed part of one, to what [`super`] promises.
///
/// # Panics
/// When a promise is broken.
pub fn hold(data: &[u8]) {
    line(data);
    let _ = salvage(data);
    // No fuzzer finds a hash: behind the right one, what a strange program wrote is reached too.
    line(&[data, HASH.as_bytes(), Hash::of(&[data]).to_string().as_bytes(), b"\"}"].concat());
}

fn line(data: &[u8]) {
    let Some(sound) = parse(data) else { return };
    let record = sound.record();
    let mut salts = || [7; 16];
    let redacted = without_words(&sound, &mut salts).expect("there are salts");
    let bare = parse(&redacted).expect("a redacted line is sound");
    assert_eq!(
        (bare.link(), bare.prev, bare.seq()),
        (sound.link(), sound.prev, sound.seq()),
        "redacting keeps the chain"
    );
    assert!(!bare.has_words(), "all words are gone");
    // An event from the future cannot be written, and that is said.
    if let Ok(line) = encode(&record, sound.left(), sound.prev, &mut salts) {
        assert!(!line.bytes.contains(&b'\n'), "a line is one line");
        let again = parse(&line.bytes).expect("what was written is sound");
        assert_eq!(again.record(), record);
    }
}
