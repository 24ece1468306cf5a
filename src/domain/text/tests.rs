//! Words as they are stored.

use super::*;

#[test]
fn the_form_on_disk() {
    let plain = Text::from("gateway down");
    assert_eq!(serde_json::to_string(&plain).expect("JSON"), r#"{"text":"gateway down"}"#);
    let gone: Text = serde_json::from_str(r#"{"redacted":"ab12"}"#).expect("a text");
    assert_eq!((gone.raw(), gone.is_redacted(), gone.is_blank()), ("", true, false));
    assert!(serde_json::from_str::<Text>(r#""bare""#).is_err());
}

#[test]
fn blank_is_nothing_that_can_be_seen() {
    assert!(Text::default().is_blank());
    for text in [" \n\t", "\u{200b}", "\u{a0}\u{feff}", "\u{2060}\u{200d}", "\u{2800}", "\u{202e} ", "\u{ad}", "\u{1b}"]
    {
        assert!(Text::from(text).is_blank(), "{text:?}");
    }
    for text in ["x", "\u{200b}x", "–", "✓", "ö"] {
        assert!(!Text::from(text).is_blank(), "{text:?}");
    }
}
