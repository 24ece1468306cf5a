//! Text broken into lines that fit. By hand, because the widget library's panics on some graphemes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::showable::showable_lines;

/// What stands for a grapheme that is wider than the whole line.
const TOO_WIDE: &str = "…";

/// `text` made showable and broken into lines of at most `width` columns. At least one line.
///
/// Lines break after spaces and hyphens and beside ideographs, and inside a word only when it is longer than a line.
/// Indentation at the start of a line of `text` stays. At width 0 there is one empty line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    if width == 0 {
        return vec![String::new()];
    }
    let mut lines = Vec::new();
    for line in showable_lines(text) {
        if line.is_ascii() && line.len() <= width {
            lines.push(line.into_owned());
        } else {
            wrap_line(&line, width, &mut lines);
        }
    }
    lines
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<String>) {
    // The line being filled; `at` and `used` tell where it may break: bytes to keep and columns they take.
    let mut open = String::new();
    let mut used = 0;
    let mut at: Option<usize> = None;
    let mut broken = false;
    for grapheme in line.graphemes(true) {
        let (grapheme, wide) = match grapheme.width() {
            wide if wide > width => (TOO_WIDE, 1),
            wide => (grapheme, wide),
        };
        let space = grapheme == " ";
        if used + wide > width {
            if space {
                // The space that does not fit is the break itself.
                finish(&mut open, lines);
                (used, at, broken) = (0, None, true);
                continue;
            }
            let tail = match at {
                Some(at) if wide < 2 => open.split_off(at),
                _ => String::new(),
            };
            finish(&mut open, lines);
            used = super::showable::width(&tail);
            open = tail;
            (at, broken) = (None, true);
        }
        if space && broken && open.is_empty() {
            continue;
        }
        open.push_str(grapheme);
        used += wide;
        let indentation = !broken && open.bytes().all(|byte| byte == b' ');
        if (space && !indentation) || grapheme == "-" || wide > 1 {
            at = Some(open.len());
        }
    }
    if !open.is_empty() || !broken {
        lines.push(open);
    }
}

fn finish(open: &mut String, lines: &mut Vec<String>) {
    let line = std::mem::take(open);
    lines.push(line.trim_end_matches(' ').to_owned());
}

#[cfg(test)]
mod tests;
