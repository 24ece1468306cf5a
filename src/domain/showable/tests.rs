//! What showable lets through, and what it spells out.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::domain::fixture::hostile;

fn check(shown: &str) -> Result<(), TestCaseError> {
    property::check(shown).map_err(TestCaseError::fail)
}

#[test]
fn ordinary_text_is_borrowed() {
    for text in
        ["", "Fail over to site B at 14:30", "Åtgärd: kör över på sida B – nu", "кластер", "漢字とかな", "한국어"]
    {
        assert!(matches!(showable(text), Cow::Borrowed(same) if same == text), "{text}");
    }
}

#[test]
fn what_becomes_of_what() {
    for (text, shown) in [
        ("\u{1b}[31mred", "^[[31mred"),
        ("\0\u{7f}", "^@^?"),
        ("\u{9b}2J", "⟨U+009B⟩2J"),
        ("one\ntwo\r\nthree\r", "one⏎two⏎three^M"),
        ("a\tb", "a    b"),
        ("abc\u{202e}def", "abc⟨U+202E⟩def"),
        ("zero\u{200b}width\u{feff}", "zero⟨U+200B⟩width⟨U+FEFF⟩"),
        ("soft\u{ad}hyphen", "soft⟨U+00AD⟩hyphen"),
        ("\u{2028}\u{2029}", "⟨U+2028⟩⟨U+2029⟩"),
        ("\u{3164}\u{115f}", "⟨U+3164⟩⟨U+115F⟩"),
        ("\u{e0041}", "⟨U+E0041⟩"),
        ("\u{301}e\u{301}", "⟨U+0301⟩e\u{301}"),
        ("\n\u{301}", "⏎⟨U+0301⟩"),
        ("a\u{200d}b", "a⟨U+200D⟩b"),
        ("👩\u{200d}🚒", "👩\u{200d}🚒"),
        ("👩🏽\u{200d}❤\u{fe0f}\u{200d}👨🏾", "👩🏽\u{200d}❤\u{fe0f}\u{200d}👨🏾"),
        ("👩\u{200d}", "👩⟨U+200D⟩"),
        ("❤\u{fe0f}1\u{fe0f}\u{20e3}", "❤\u{fe0f}1\u{fe0f}\u{20e3}"),
        ("a\u{fe0f}", "a⟨U+FE0F⟩"),
        ("葛\u{e0100}a\u{e0100}", "葛\u{e0100}a⟨U+E0100⟩"),
        ("🇸🇪", "🇸🇪"),
        ("क्ष", "क्ष"),
        ("\u{1100}\u{1161}\u{11a8}", "\u{1100}\u{1161}\u{11a8}"),
        ("a\u{1161}", "a⟨U+1161⟩"),
    ] {
        assert_eq!(showable(text), shown);
    }
}

#[test]
fn a_heap_of_marks_is_cut_at_eight() {
    let heap = format!("Z{}", "\u{301}".repeat(10));
    assert_eq!(showable(&heap), format!("Z{}⟨U+0301⟩⟨U+0301⟩", "\u{301}".repeat(8)));
}

#[test]
fn a_joiner_cannot_carry_a_message() {
    for emoji in ["😀", "⏩", "©"] {
        let chain = format!("{emoji}\u{200d}").repeat(40);
        assert!(showable(&chain).graphemes(true).all(|grapheme| grapheme.chars().count() <= LONGEST_CLUSTER));
    }
}

#[test]
fn every_single_character_is_safe() {
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        let shown = showable(&text);
        check(&shown).unwrap_or_else(|fault| panic!("U+{:04X}: {fault}", c as u32));
        assert_eq!(showable(&shown), shown, "U+{:04X}", c as u32);
        assert!(!shown.is_empty());
    }
}

#[test]
fn lines_end_where_line_ends_are() {
    let lines = |text| showable_lines(text).map(Cow::into_owned).collect::<Vec<_>>();
    assert_eq!(lines(""), [""]);
    assert_eq!(lines("one\r\ntwo\n"), ["one", "two"]);
    assert_eq!(lines("one\n\n\u{301}two"), ["one", "", "⟨U+0301⟩two"]);
}

#[test]
fn json_is_the_same_value_without_anything_hidden() {
    let text = "a\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{2066}\u{feff}\u{e0001}\u{2028}\u{85}é漢👩\u{200d}👩\n\t\"\\";
    let value = serde_json::json!({ text: [text] });
    for json in [serde_json::to_string(&value), serde_json::to_string_pretty(&value)] {
        let json = json.expect("JSON");
        let escaped = json_escaped(&json);
        assert!(escaped.chars().all(|c| c == '\n' || !c.is_control() && !is_hidden(c)), "{escaped}");
        assert!(
            escaped.contains("\\u202e") && escaped.contains("\\udb40\\udc01") && escaped.contains("é漢"),
            "{escaped}"
        );
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).expect("JSON"), value);
    }
    assert!(matches!(json_escaped("{\"a\": \"é漢\"}\n"), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn cut_tells_that_it_cut() {
    assert_eq!(cut("gateway", 7), "gateway");
    assert_eq!(cut("gateway", 4), "gat…");
    assert_eq!(cut("漢字", 3), "漢…");
    assert_eq!(cut("漢字", 2), "…");
    assert_eq!(cut("gateway", 1), "…");
    assert_eq!(cut("gateway", 0), "");
}

proptest! {
    #[test]
    fn showable_shows_everything_and_settles(text in hostile()) {
        let shown = showable(&text);
        check(&shown)?;
        prop_assert_eq!(&showable(&shown), &shown);
    }

    #[test]
    fn cut_fits(text in hostile(), columns in 0usize..20) {
        let short = cut(&text, columns);
        check(&short)?;
        prop_assert!(width(&short) <= columns);
    }
}
