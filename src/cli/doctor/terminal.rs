//! The terminal: its kind and size, the locale, the colours, and how wide it draws emoji.

use std::io::{self, IsTerminal as _, Read as _, Write as _};

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcgetwinsize, tcsetattr};

use super::finding::{Finding, Topic, fail, ok, skipped, warn};
use crate::config::theme::{Depth, Signals};
use crate::domain::phrase::Phrase;

/// The smallest terminal on which everything can be reached.
const LEAST: (u16, u16) = (40, 9);

/// How long the terminal may take to say where its cursor is, in tenths of a second, as its driver counts.
const SAID_WITHIN: u8 = 3;

/// A woman, a joiner and a fire engine: one sign of two columns to a terminal that joins, two signs of four to others.
const JOINED: &str = "👩\u{200d}🚒";
const SIMPLE: &str = "🚒";

/// Looks at the terminal of this process.
pub fn check() -> Vec<Finding> {
    let there = io::stdin().is_terminal() && io::stdout().is_terminal();
    let signals = Signals::read();
    let size = tcgetwinsize(io::stdout()).ok().filter(|_| there).map(|size| (size.ws_col, size.ws_row));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = locale.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    let mut findings = vec![judge_kind(&signals.term, size), judge_locale(&locale), judge_colours(&signals)];
    findings.push(match size {
        Some(_) => judge_emoji(&signals.term, measure(&[SIMPLE, JOINED])),
        None => skipped(Topic::Emoji, Phrase::new("cli-doctor-no-terminal")),
    });
    findings
}

fn judge_kind(term: &str, size: Option<(u16, u16)>) -> Finding {
    let Some((columns, rows)) = size else {
        return skipped(Topic::Terminal, Phrase::new("cli-doctor-no-terminal"));
    };
    if term.is_empty() || term == "dumb" {
        let said = Phrase::new("cli-doctor-terminal-dumb").with("term", term);
        return fail(Topic::Terminal, said, Phrase::new("cli-doctor-terminal-dumb-remedy"));
    }
    let said = Phrase::new("cli-doctor-terminal").with("term", term);
    let said = said.with("columns", columns.to_string()).with("rows", rows.to_string());
    if columns < LEAST.0 || rows < LEAST.1 {
        return warn(Topic::Terminal, said, Phrase::new("cli-doctor-terminal-small-remedy"));
    }
    ok(Topic::Terminal, said)
}

fn judge_locale(locale: &str) -> Finding {
    let upper = locale.to_uppercase();
    if upper.contains("UTF-8") || upper.contains("UTF8") {
        return ok(Topic::Locale, Phrase::new("cli-doctor-locale").with("locale", locale));
    }
    let shown = if locale.is_empty() { "C" } else { locale };
    let said = Phrase::new("cli-doctor-locale-other").with("locale", shown);
    warn(Topic::Locale, said, Phrase::new("cli-doctor-locale-remedy"))
}

fn judge_colours(signals: &Signals) -> Finding {
    let colours = match signals.depth() {
        Depth::None => return ok(Topic::Colours, Phrase::new("cli-doctor-colours-none")),
        Depth::Ansi16 => "16",
        Depth::Ansi256 => "256",
        Depth::TrueColour => return ok(Topic::Colours, Phrase::new("cli-doctor-colours-all")),
    };
    ok(Topic::Colours, Phrase::new("cli-doctor-colours").with("count", colours))
}

/// `widths`: of one emoji and of a joined one; `None` if the terminal did not say.
fn judge_emoji(term: &str, widths: Option<Vec<u16>>) -> Finding {
    match widths.as_deref() {
        Some([2, 2]) => ok(Topic::Emoji, Phrase::new("cli-doctor-emoji")),
        Some([simple, joined]) => {
            let said = Phrase::new("cli-doctor-emoji-wide").with("term", term);
            let said = said.with("simple", simple.to_string()).with("joined", joined.to_string());
            warn(Topic::Emoji, said, Phrase::new("cli-doctor-emoji-remedy"))
        }
        _ => skipped(Topic::Emoji, Phrase::new("cli-doctor-emoji-silent")),
    }
}

/// How many columns the terminal takes for each of `texts`: written at the line's beginning, asked for, wiped again. The
/// terminal is as before afterwards.
fn measure(texts: &[&str]) -> Option<Vec<u16>> {
    let before = tcgetattr(io::stdin()).ok()?;
    let mut raw = before.clone();
    raw.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = SAID_WITHIN;
    tcsetattr(io::stdin(), OptionalActions::Flush, &raw).ok()?;
    let widths = texts.iter().map(|text| columns(text)).collect();
    // There is nobody to tell when the terminal is gone.
    let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &before);
    widths
}

fn columns(text: &str) -> Option<u16> {
    let mut out = io::stdout();
    write!(out, "\r{text}\x1b[6n\r\x1b[K").and_then(|()| out.flush()).ok()?;
    let mut said = Vec::new();
    loop {
        let mut buffer = [0; 64];
        // Nothing read: the driver has waited as long as it was told to.
        let count = io::stdin().lock().read(&mut buffer).ok().filter(|count| *count > 0)?;
        said.extend_from_slice(&buffer[..count]);
        if let Some(column) = column_in(&said) {
            return column.checked_sub(1);
        }
    }
}

/// The column in a report of the cursor's place, `ESC [ 12 ; 3 R`.
fn column_in(said: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(said).ok()?;
    let (_, report) = text.rsplit_once("\x1b[")?;
    report.strip_suffix('R')?.split_once(';')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::finding::FindingState;
    use super::*;

    #[test]
    fn a_terminal_is_judged_by_kind_and_size() {
        assert_eq!(judge_kind("xterm", Some((80, 24))).state, FindingState::Ok);
        assert_eq!(judge_kind("xterm", Some((39, 24))).state, FindingState::Warn);
        assert_eq!(judge_kind("dumb", Some((80, 24))).state, FindingState::Fail);
        assert_eq!(judge_kind("", Some((80, 24))).state, FindingState::Fail);
        assert_eq!(judge_kind("xterm", None).state, FindingState::Skipped);
    }

    #[test]
    fn a_locale_is_judged_by_its_characters() {
        for good in ["sv_SE.UTF-8", "C.utf8", "en_GB.utf-8"] {
            assert_eq!(judge_locale(good).state, FindingState::Ok, "{good}");
        }
        for other in ["", "C", "POSIX", "sv_SE.ISO-8859-1"] {
            assert_eq!(judge_locale(other).state, FindingState::Warn, "{other}");
        }
    }

    #[test]
    fn the_cursors_place_is_read_from_what_the_terminal_says() {
        assert_eq!(column_in(b"\x1b[12;3R"), Some(3));
        assert_eq!(column_in(b"x\x1b[1;5R"), Some(5));
        assert_eq!(column_in(b"\x1b[12;"), None);
        assert_eq!(judge_emoji("xterm", Some(vec![2, 4])).state, FindingState::Warn);
        assert_eq!(judge_emoji("xterm", Some(vec![2, 2])).state, FindingState::Ok);
        assert_eq!(judge_emoji("xterm", None).state, FindingState::Skipped);
    }
}
