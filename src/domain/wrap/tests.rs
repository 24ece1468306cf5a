//! Lines fit, whatever is in them.

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::hostile;
use crate::domain::showable::{showable, width};

#[test]
fn breaks_at_words() {
    assert_eq!(wrap("Fail over to site B", 9), ["Fail over", "to site B"]);
    assert_eq!(wrap("Fail over to site B", 10), ["Fail over", "to site B"]);
    assert_eq!(wrap("certificate on lb-2", 7), ["certifi", "cate on", "lb-2"]);
    assert_eq!(wrap("load-balancer", 9), ["load-", "balancer"]);
    assert_eq!(wrap("漢字漢字", 5), ["漢字", "漢字"]);
}

#[test]
fn keeps_lines_and_their_indentation() {
    assert_eq!(wrap("one\n\n  two\n", 10), ["one", "", "  two"]);
    assert_eq!(wrap("    at line", 9), ["    at", "line"]);
    assert_eq!(wrap("", 10), [""]);
}

#[test]
fn what_broke_the_widget_library_does_not_break_this() {
    assert_eq!(wrap("\u{e01}\u{200b}\u{fe0f}\u{6f22}2", 2).concat(), "\u{e01}⟨U+200B⟩⟨U+FE0F⟩漢2");
    assert_eq!(wrap("\u{301}abc", 1).concat(), "⟨U+0301⟩abc");
    assert_eq!(wrap("漢", 1), ["…"]);
    assert_eq!(wrap("anything", 0), [""]);
}

proptest! {
    #[test]
    fn every_line_fits(text in hostile(), columns in 0usize..12) {
        let lines = wrap(&text, columns);
        prop_assert!(!lines.is_empty());
        for line in &lines {
            prop_assert!(width(line) <= columns, "{line:?} is wider than {columns}");
            prop_assert!(!line.chars().any(char::is_control));
            // What is on a line can be shown as it is: breaking never parts a mark from its base.
            prop_assert_eq!(&showable(line), line);
        }
    }

    #[test]
    fn no_word_is_lost(text in hostile(), columns in 2usize..12) {
        let shown: String = showable_lines(&text).flat_map(|line| line.chars().collect::<Vec<_>>()).filter(|c| *c != ' ').collect();
        let wrapped: String = wrap(&text, columns).concat().chars().filter(|c| *c != ' ').collect();
        prop_assert!(wrapped == shown || wrapped.contains(TOO_WIDE));
    }
}
