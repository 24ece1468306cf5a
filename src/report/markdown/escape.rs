//! People's words made harmless in Markdown.

use crate::domain::showable::showable;

/// Words on one line: line breaks become spaces, invisible and control characters become visible, and every character
/// that Markdown or HTML would act on is escaped.
pub fn inline(text: &str) -> String {
    let one_line = text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']).map(str::trim);
    let one_line = one_line.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    escaped(&showable(&one_line))
}

/// Words on one or several lines inside a list item or a table cell: line breaks are kept as `<br>`.
pub fn block(text: &str) -> String {
    text.replace("\r\n", "\n")
        .split(['\n', '\r'])
        .map(inline)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("<br>")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in text.char_indices() {
        let acts = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '^')
            || (index == 0 && matches!(c, '#' | '+' | '-' | '=' | ':' | '!'))
            || (index == digits
                && digits > 0
                && matches!(c, '.' | ')')
                && text[index + 1..].chars().next().is_none_or(char::is_whitespace))
            || (c == '!' && text[index + 1..].starts_with('['));
        if acts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{block, inline};

    #[test]
    fn nothing_a_person_writes_is_markup() {
        assert_eq!(inline("# heading"), "\\# heading");
        assert_eq!(inline("1. list"), "1\\. list");
        assert_eq!(inline("1.0"), "1.0");
        assert_eq!(inline("- item"), "\\- item");
        assert_eq!(inline("![x](http://e) <script>"), "\\!\\[x\\](http://e) \\<script\\>");
        assert_eq!(inline("a | b *c* _d_ `e` &amp;"), "a \\| b \\*c\\* \\_d\\_ \\`e\\` \\&amp;");
        assert_eq!(inline("restart 2.5 of the pool"), "restart 2.5 of the pool");
    }

    #[test]
    fn line_breaks_cannot_start_a_block() {
        assert_eq!(inline("one\n\n# two\r\n- three"), "one # two - three");
        assert_eq!(block("one\n\n# two\r\n- three"), "one<br>\\# two<br>\\- three");
    }

    #[test]
    fn invisible_characters_are_shown() {
        assert!(!inline("a\u{202e}b\u{1b}[31m").contains(['\u{202e}', '\u{1b}']));
    }
}
