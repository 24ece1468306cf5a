//! The one door through which a person's text reaches a terminal: nothing invisible, nothing that moves other text.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many combining marks a grapheme may carry; what is beyond is spelled out.
const MOST_MARKS: usize = 8;
/// No real cluster is longer. Beyond it a new one begins, so that hostile text costs linear time.
const LONGEST_CLUSTER: usize = 32;
/// What a tab becomes.
const TAB: &str = "    ";
/// What a line end becomes where there is only one line.
const LINE_END: char = '⏎';

/// `text` made showable on one line. Ordinary text comes back as it is, without a copy.
///
/// Controls are in caret notation (`^[`), a line end is `⏎`, a tab four spaces. Bidi controls and every other invisible
/// character are spelled out (`⟨U+202E⟩`); so are combining marks without a base and those beyond eight to a grapheme.
/// A zero-width joiner stays only inside an emoji, a variation selector only on a character that has variants.
/// What comes out is unchanged by a second pass, and every grapheme of it is at least one column wide.
pub fn showable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(Pass::new(text.len()).run(text))
}

/// The lines of `text`, each made showable. At least one, perhaps empty; a line end at the very end starts no new line.
pub fn showable_lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let body = body.strip_suffix('\r').unwrap_or(body);
    body.split('\n').map(|line| showable(line.strip_suffix('\r').unwrap_or(line)))
}

/// JSON `text` with every control, bidi override and other hidden character in it written as an escape, `\u202e`: equal in value,
/// and harmless on a terminal. In JSON such characters stand in strings alone, but for line ends, which stay.
pub fn json_escaped(text: &str) -> Cow<'_, str> {
    let is_unseen = |c: char| (c.is_control() && c != '\n') || is_hidden(c);
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut units = [0; 2];
    for c in text.chars() {
        if is_unseen(c) {
            for unit in c.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// How many columns `shown` takes, grapheme by grapheme, as the screen lays it out. For text that is already showable.
pub fn width(shown: &str) -> usize {
    if shown.is_ascii() { shown.len() } else { shown.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `text` made showable and cut to `width` columns; what was cut off is told by `…`.
pub fn cut(text: &str, width: usize) -> String {
    let shown = showable(text);
    if self::width(&shown) <= width {
        return shown.into_owned();
    }
    let Some(room) = width.checked_sub(1) else { return String::new() };
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in shown.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push('…');
    kept
}

/// Characters that need no look at their neighbours: printable ASCII, Latin, Greek, Cyrillic, kana, ideographs,
/// Hangul syllables, arrows and box drawing.
fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{373}' | '\u{386}'..='\u{3ff}'
        | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20c0}' | '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{25ff}' | '\u{27e6}'..='\u{27ef}'
        | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
        && c.width().is_some_and(|width| width > 0)
        && !c.is_control()
}

/// Characters that show nothing by themselves or that change how others are shown: format characters (Cf), the
/// default-ignorable code points, line and paragraph separators, blank Hangul fillers and noncharacters.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}'
        | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{16fe4}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || (c as u32 & 0xfffe) == 0xfffe
}

/// Whether `c` is shown as it is wherever it stands: neither a control, nor hidden, nor something that clings to what stands
/// before it.
pub fn is_shown_as_is(c: char) -> bool {
    is_plain(c) || (!c.is_control() && !is_hidden(c) && c.width().unwrap_or(0) > 0 && !clings(c))
}

/// The first character of `text` that can be seen: not white space, a control, a hidden character, a blank or a mark that
/// clings to nothing.
pub fn first_visible(text: &str) -> Option<char> {
    // U+2800 is the pattern of Braille without a dot.
    let is_unseen = |c: char| c.is_whitespace() || c.is_control() || is_hidden(c) || c == '\u{2800}';
    text.chars().find(|c| !is_unseen(*c) && c.width().unwrap_or(0) > 0)
}

/// Whether nothing in `text` can be seen.
pub fn is_blank(text: &str) -> bool {
    first_visible(text).is_none()
}

/// Whether `text` is one grapheme.
fn is_one(text: &str) -> bool {
    text.graphemes(true).nth(1).is_none()
}

/// Whether `c` clings to what stands before it: combining marks of every sort, and skin tones.
fn clings(c: char) -> bool {
    let mut pair = String::from("a");
    pair.push(c);
    is_one(&pair)
}

/// Whether `c` is an emoji that a joiner can join: asks the segmentation tables, which know.
fn is_pictograph(c: char) -> bool {
    let mut joined = String::from(c);
    joined.push_str("\u{200d}😀");
    is_one(&joined)
}

/// Whether the selector `c` chooses a variant of `base`.
fn selects(c: char, base: char) -> bool {
    match c {
        '\u{fe0e}' | '\u{fe0f}' => matches!(base, '0'..='9' | '#' | '*') || is_pictograph(base),
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(base, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
        }
        _ => false,
    }
}

/// One pass over a text: what has been written, and the grapheme that is still open at its end.
struct Pass {
    out: String,
    /// The open grapheme, a copy of the end of `out`. Empty: a mark that comes now has no base.
    cluster: String,
    length: usize,
    marks: usize,
}

impl Pass {
    fn new(capacity: usize) -> Self {
        Pass { out: String::with_capacity(capacity + 16), cluster: String::new(), length: 0, marks: 0 }
    }

    fn run(mut self, text: &str) -> String {
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if rest.peek() == Some(&'\n') => {}
                '\n' => self.stand_in(|out| out.push(LINE_END)),
                '\t' => self.stand_in(|out| out.push_str(TAB)),
                '\0'..='\u{1f}' | '\u{7f}' => self.stand_in(|out| {
                    out.push('^');
                    out.push(char::from(c as u8 ^ 0x40));
                }),
                '\u{80}'..='\u{9f}' => self.spell(c),
                _ if is_plain(c) && !self.cluster.ends_with('\u{200d}') => self.begin(c),
                '\u{200d}' => match rest.peek() {
                    Some(next) if self.may_join(*next) => self.extend(c, true),
                    _ => self.spell(c),
                },
                _ if is_hidden(c) => match self.cluster.chars().next_back() {
                    Some(base) if selects(c, base) && self.marks < MOST_MARKS => self.extend(c, true),
                    _ => self.spell(c),
                },
                _ => self.place(c),
            }
        }
        self.out
    }

    /// A character that may belong to the open grapheme.
    fn place(&mut self, c: char) {
        let mark = c.width().unwrap_or(0) == 0 || clings(c);
        let joins = !self.cluster.is_empty() && self.length < LONGEST_CLUSTER && {
            self.cluster.push(c);
            let one = is_one(&self.cluster);
            self.cluster.pop();
            one
        };
        match (joins, mark) {
            (true, true) if self.marks >= MOST_MARKS => self.spell(c),
            (true, mark) => self.extend(c, mark),
            (false, true) if !matches!(c, '\u{1f3fb}'..='\u{1f3ff}') => self.spell(c),
            (false, _) => self.begin(c),
        }
    }

    fn may_join(&self, next: char) -> bool {
        !self.cluster.is_empty()
            && self.marks < MOST_MARKS
            && self.length + 1 < LONGEST_CLUSTER
            && is_pictograph(next)
            && is_one(&format!("{}\u{200d}{next}", self.cluster))
    }

    fn begin(&mut self, c: char) {
        self.out.push(c);
        self.cluster.clear();
        self.cluster.push(c);
        self.length = 1;
        self.marks = 0;
    }

    fn extend(&mut self, c: char, mark: bool) {
        self.out.push(c);
        self.cluster.push(c);
        self.length += 1;
        self.marks += usize::from(mark);
    }

    /// Writes something else than the character itself; no mark may sit on that.
    fn stand_in(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.out);
        self.cluster.clear();
        self.length = 0;
        self.marks = 0;
    }

    fn spell(&mut self, c: char) {
        self.stand_in(|out| {
            // Writing to a string cannot fail.
            let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
        });
    }
}

#[cfg(any(test, fuzzing))]
pub mod property;

#[cfg(test)]
mod tests;
