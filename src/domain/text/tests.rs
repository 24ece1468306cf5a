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
fn blank_is_nothing_but_white_space() {
    assert!(Text::default().is_blank());
    assert!(Text::from(" \n\t").is_blank());
    assert!(!Text::from("x").is_blank());
}
