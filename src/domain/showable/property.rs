//! What holds of showable text for every input.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{MOST_MARKS, cut, showable, width};
use crate::domain::wrap::wrap;

/// Nothing invisible, nothing that steers the terminal, no grapheme without a column or with a heap of marks.
pub fn check(shown: &str) -> Result<(), String> {
    for c in shown.chars() {
        let bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
        if c.is_control() || bidi {
            return Err(format!("{c:?} in {shown:?}"));
        }
    }
    for grapheme in shown.graphemes(true) {
        if grapheme.width() == 0 {
            return Err(format!("{grapheme:?} takes no column"));
        }
        let marks = grapheme.chars().filter(|c| c.width() == Some(0)).count();
        if marks > MOST_MARKS {
            return Err(format!("{marks} marks on {grapheme:?}"));
        }
    }
    Ok(())
}

/// Holds the text in `data` (lossily, as a pipe is read) to what [`super`] promises.
///
/// # Panics
/// When a promise is broken.
pub fn hold(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let shown = showable(&text);
    check(&shown).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(showable(&shown), shown, "a second pass changes nothing");
    let columns = usize::from(data.first().copied().unwrap_or(0) % 100);
    let short = cut(&text, columns);
    check(&short).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(width(&short) <= columns, "{short:?} is wider than {columns}");
    for line in wrap(&text, columns) {
        check(&line).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(width(&line) <= columns, "{line:?} is wider than {columns}");
    }
}
