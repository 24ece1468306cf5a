//! What the tests of the domain share: hostile texts.

use proptest::prelude::*;

use super::time::Moment;

/// Texts made of what has broken terminals before, mixed with ordinary characters and any others.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(
        "\u{200d}\u{fe0f}\u{fe0e}\u{301}\u{20e3}😀👩🏽❤🇸🇪\u{94d}क\u{1100}\u{1161}\u{11a8}각\u{d4e}\u{e01}\u{200b}漢\u{202e}\u{1b}\
         \n\r\t\u{9b}\u{7f}\u{3164}\u{e0067}\u{e0100}1- ⟨⟩⏎\u{644}\u{627}\u{feff}\u{ad}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let piece = prop_oneof![2 => any::<char>(), 3 => prop::char::range(' ', '~'), 5 => known];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.into_iter().collect())
}

/// The moment of an RFC 3339 text.
pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("an RFC 3339 time")
}
