//! People's words made harmless in Markdown.

use super::address::{AddressPart, parts};
use crate::domain::showable::showable;

/// Words on one line: line breaks become spaces, invisible and control characters become visible, and every character
/// that Markdown or HTML would act on is escaped. Addresses become links that lead to them.
pub fn inline(text: &str) -> String {
    let one_line = text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']).map(str::trim);
    let one_line = one_line.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(one_line.len() + 8);
    for part in parts(&one_line) {
        let place = if out.is_empty() { Place::LineStart } else { Place::Within };
        match part {
            AddressPart::Words(words) => escape(&mut out, &showable(words), place),
            AddressPart::Address(address) => {
                let link = address.link(|text| {
                    let mut label = String::new();
                    escape(&mut label, text, Place::Within);
                    label
                });
                out.push_str(&link);
            }
        }
    }
    out
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

/// Where words stand: what begins a block does so only at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    LineStart,
    Within,
}

fn escape(out: &mut String, text: &str, place: Place) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in text.char_indices() {
        let rest = &text[index + c.len_utf8()..];
        let begins_block = place == Place::LineStart
            && ((index == 0 && matches!(c, '#' | '+' | '-' | '=' | ':' | '!'))
                || (index == digits
                    && digits > 0
                    && matches!(c, '.' | ')')
                    && rest.chars().next().is_none_or(char::is_whitespace)));
        let acts = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '^')
            || begins_block
            || (c == '!' && rest.starts_with('['))
            // Signs at the end of a heading would go with it.
            || (c == '#' && rest.trim_start_matches('#').is_empty())
            // An address that is no link here must be none for the renderer either.
            || (c == ':' && (rest.starts_with("//") || text[..index].ends_with("mailto")));
        if acts {
            out.push('\\');
        }
        out.push(c);
    }
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
        assert_eq!(inline("![x](http://e) <script>"), "\\!\\[x\\](<http://e>) \\<script\\>");
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
