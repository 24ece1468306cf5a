//! The timeline as CSV (RFC 4180) that a spreadsheet opens without running anything in it.

use std::borrow::Cow;

use super::Report;
use crate::domain::showable::first_visible;

const HEADINGS: [&str; 15] = [
    "seq", "at", "rec", "by", "kind", "text", "was", "struck", "people", "tags", "due", "track", "sure", "uid",
    "was_at",
];

/// The timeline, one entry a row, under a row of headings. Rows end with CRLF.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    row(&mut text, HEADINGS.map(Cow::Borrowed));
    for line in &report.timeline {
        row(
            &mut text,
            [
                line.seq.to_string().into(),
                line.at.to_string().into(),
                line.rec.to_string().into(),
                line.by.as_str().into(),
                line.kind.name().into(),
                line.text.as_str().into(),
                line.was.as_deref().unwrap_or_default().into(),
                line.struck.as_deref().unwrap_or_default().into(),
                line.people.join(" ").into(),
                line.tags.join(" ").into(),
                line.due.map(|due| due.to_string()).unwrap_or_default().into(),
                line.track.as_deref().unwrap_or_default().into(),
                line.sure.name().into(),
                line.uid.to_string().into(),
                line.was_at.map(|at| at.to_string()).unwrap_or_default().into(),
            ],
        );
    }
    text
}

fn row<const N: usize>(text: &mut String, cells: [Cow<'_, str>; N]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}

fn push_cell(text: &mut String, cell: &str) {
    // Spreadsheets skip what cannot be seen (white space, controls, byte order marks) before they look for a formula, and some
    // take the wide and small forms of the signs for the signs.
    let first = first_visible(cell);
    let formula = cell.starts_with(['\t', '\r', '\n'])
        || matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−'));
    let quoted = formula || cell.contains([',', '"', '\r', '\n', ';', '\t']);
    if !quoted {
        text.push_str(cell);
        return;
    }
    text.push('"');
    if formula {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push_cell(&mut out, text);
        out
    }

    #[test]
    fn formulas_become_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "  =cmd",
            "\r=1",
            "\n@x",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            "\u{fe66}1",
            "\u{2212}1",
            // D22: what cannot be seen in front of the sign.
            "\u{feff}=1",
            "\u{200b}=1",
            "\u{feff}\u{feff} \u{200b}+1",
            "\u{a0}-1",
            "\u{2060}@x",
            "\u{ad}=1",
            "\u{200e}=1",
            "\u{202e}=1",
            "\u{2066}=1",
            "\u{3164}=1",
            "\u{e0001}=1",
            "\u{fe0f}=1",
            "\u{301}=1",
            "\u{2800}=1",
            "\u{3000}=1",
            "\u{2028}=1",
            "\u{85}=1",
            "\u{0}=1",
            "\u{1b}=1",
            "\u{9b}=1",
            "\u{7f}=1",
        ] {
            assert!(cell(text).starts_with("\"'"), "{text:?} became {:?}", cell(text));
        }
        for text in ["plain", "1-2", "14:05", "a=b", "\u{feff}plain", "\u{200b}", "", "é=1", "👩\u{200d}👩"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn quotes_separators_and_line_breaks_are_quoted() {
        assert_eq!(cell("say \"no\", twice"), "\"say \"\"no\"\", twice\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
        assert_eq!(cell("semi;colon"), "\"semi;colon\"");
    }
}
