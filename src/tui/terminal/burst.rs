//! Bursts: keys that came faster than a hand types them. They stay together, since they are a paste, marked or not.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::tui::app::press::{PastePart, Press};
use crate::tui::command::keys::KeyReach;
use crate::tui::terminal::decoded::TerminalInput;

/// Keys closer together than this were not typed by a hand. The fastest typists need some 30 ms a key.
const APART: Duration = Duration::from_millis(5);

/// A burst is handed on after so long, even while it goes on: the screen must be drawn meanwhile.
const LONGEST: Duration = Duration::from_millis(250);

/// What came in one go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Burst {
    inputs: Vec<TerminalInput>,
    part: PastePart,
    /// The end of a paste came in it: all of it is the rest of a paste that had ended before, at a mark which it held itself.
    is_rest_of_paste: bool,
    /// The key that was handed on alone, and which this follows too fast for a hand.
    first: Option<KeyEvent>,
}

/// Collects what is read into bursts. Pure but for the moments it is told.
#[derive(Debug, Default)]
pub struct Bursts {
    /// What is held, and since when.
    held: Option<(Burst, Instant)>,
    last: Option<Last>,
}

/// What was read last.
#[derive(Debug, Clone, Copy)]
struct Last {
    at: Instant,
    went: Went,
}

/// How it was handed on.
#[derive(Debug, Clone, Copy)]
enum Went {
    /// As a key alone: the one that would be text in a paste, when it is such a key.
    Alone(Option<KeyEvent>),
    /// With a burst that was over, or that is held.
    Together,
    /// With a burst that went on.
    Cut,
}

impl Bursts {
    /// Takes in what one read gave `at` that moment. `pastes_end`: the end of a paste came with it. `answered`: the screen has
    /// been drawn since the last burst was handed on, so that what follows may be the reaction to it.
    ///
    /// A key alone is handed on at once. What is a burst is held until it is over: [`Bursts::due`].
    pub fn read(&mut self, inputs: Vec<TerminalInput>, pastes_end: bool, answered: bool, at: Instant) -> Option<Burst> {
        if inputs.is_empty() && !pastes_end {
            return None;
        }
        let (mut burst, began) = self.held.take().unwrap_or_else(|| (self.begin(answered, at), at));
        burst.is_rest_of_paste |= pastes_end;
        burst.inputs.extend(inputs);
        let is_alone = began == at && !burst.is_fast();
        let is_cut = at.saturating_duration_since(began) >= LONGEST;
        let went = match (is_alone, is_cut) {
            (true, _) => Went::Alone(burst.inputs.iter().filter_map(as_key).find(is_text)),
            (false, true) => Went::Cut,
            (false, false) => Went::Together,
        };
        self.last = Some(Last { at, went });
        if is_alone || is_cut {
            return Some(burst);
        }
        self.held = Some((burst, began));
        None
    }

    /// A burst that begins `at` that moment: perhaps the rest of what was handed on before.
    fn begin(&self, answered: bool, at: Instant) -> Burst {
        let follows = self.last.filter(|last| at.saturating_duration_since(last.at) < APART);
        match follows.map(|last| last.went) {
            Some(Went::Cut) => Burst { part: PastePart::Next, ..Burst::default() },
            Some(Went::Alone(first @ Some(_))) if !answered => {
                Burst { part: PastePart::Next, first, ..Burst::default() }
            }
            _ => Burst::default(),
        }
    }

    /// Returns when the burst that is held is over, unless something is read before.
    pub fn due(&self) -> Option<Instant> {
        let last = self.last.filter(|_| self.held.is_some())?;
        Some(last.at + APART)
    }

    /// Returns the burst that is held, since it is over.
    pub fn take(&mut self) -> Option<Burst> {
        self.held.take().map(|(burst, _)| burst)
    }
}

impl Burst {
    /// Whether no hand can have typed it.
    fn is_fast(&self) -> bool {
        let pasted = self.is_rest_of_paste || self.inputs.iter().any(|input| matches!(input, TerminalInput::Paste(_)));
        let typed = self.inputs.iter().filter(|input| typed(input).is_some()).count();
        pasted || typed > 1 || typed == 1 && self.part == PastePart::Next
    }
}

fn as_key(input: &TerminalInput) -> Option<KeyEvent> {
    match input {
        TerminalInput::Key(key) => Some(*key),
        _ => None,
    }
}

/// So many keys are typed ahead through a list.
const MOST_AHEAD: usize = 3;

/// Where what is typed goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypingPlace {
    /// Every key is a command.
    Commands,
    /// The entry line, where Enter records one entry.
    Line,
    /// Another text, where Enter goes on, runs or saves.
    Field,
}

/// Makes presses of a burst that came while what is typed goes to `place`. `reach` tells what a key does there as a command;
/// `alone` is what the key before did that was handed on alone, where it was pressed: what it opened has keys of its own.
pub fn presses(
    burst: Burst,
    place: TypingPlace,
    alone: Option<KeyReach>,
    reach: impl Fn(KeyEvent) -> KeyReach,
) -> Vec<Press> {
    let Burst { inputs, part, is_rest_of_paste, first } = burst;
    let marked = inputs.iter().position(|input| matches!(input, TerminalInput::Paste(_)));
    let part = if is_rest_of_paste && marked.is_none() { PastePart::Next } else { part };
    // What follows the end of a paste in the same burst belongs to it: the text of the paste had that mark in it.
    let (before, pasted) = inputs.split_at(if is_rest_of_paste { 0 } else { marked.unwrap_or(inputs.len()) });
    let mut presses = match place {
        TypingPlace::Commands => as_commands(before, first.map(|key| (key, alone)), part, reach),
        TypingPlace::Line | TypingPlace::Field if sends(before, part, place) => as_paste(before, None, part),
        TypingPlace::Line | TypingPlace::Field => as_letters(before),
    };
    presses.extend(as_paste(pasted, None, if before.is_empty() { part } else { PastePart::First }));
    presses
}

/// What is left of a burst whose beginning has led out of the text that was being typed: it was meant for that text.
pub fn rest_as_paste(presses: impl IntoIterator<Item = Press>) -> Vec<Press> {
    let mut others = Vec::new();
    let mut text = String::new();
    for press in presses {
        match press {
            Press::Key(key) => text.extend(typed_char(key)),
            Press::Letters(letters) => text.push_str(&letters),
            Press::Paste { text: pasted, .. } => text.push_str(&pasted),
            Press::Focus(_) => others.push(press),
        }
    }
    if !text.is_empty() {
        others.push(Press::Paste { text, part: PastePart::Next });
    }
    others
}

/// Keys that are commands, behind the `first` that was handed on alone. Where they would run one command after the
/// other they are a paste into a terminal that does not mark pastes, and run none. What is typed ahead by a hand on a
/// slow line, or by a script, is no such chain: a key that is held, one command behind moves of the selection, two or
/// three keys through a list, and the key that goes on with a draft before a word of it.
fn as_commands(
    keys: &[TerminalInput],
    first: Option<(KeyEvent, Option<KeyReach>)>,
    part: PastePart,
    reach: impl Fn(KeyEvent) -> KeyReach,
) -> Vec<Press> {
    let alone = first.and_then(|(_, reach)| reach);
    let first = first.map(|(key, _)| key);
    let typed: Vec<KeyEvent> = first.into_iter().chain(keys.iter().filter_map(as_key).filter(is_text)).collect();
    let has_line_end = typed.iter().any(|key| typed_char(*key) == Some('\n'));
    let mut lead: Vec<KeyReach> = typed.iter().rev().skip(1).map(|key| reach(*key)).collect();
    if let (Some(first), Some(alone)) = (lead.last_mut(), alone) {
        *first = alone;
    }
    let only = |allowed: &[KeyReach]| lead.iter().all(|reach| allowed.contains(reach));
    let goes_on = first.is_none() && lead.last() == Some(&KeyReach::GoesOn) && typed_char(typed[1]) == Some(' ');
    if only(&[KeyReach::Moves]) || !has_line_end && lead.len() < MOST_AHEAD && only(&[KeyReach::Moves, KeyReach::Shows])
    {
        return keys.iter().filter_map(press).collect();
    }
    match keys.split_first() {
        Some((key, rest)) if goes_on && !has_line_end && as_key(key).is_some() => {
            press(key).into_iter().chain(as_letters(rest)).collect()
        }
        _ => as_paste(keys, first, if first.is_some() { PastePart::First } else { part }),
    }
}

/// Whether keys in a text would send it before its end: the same sort of paste.
fn sends(keys: &[TerminalInput], part: PastePart, place: TypingPlace) -> bool {
    let text: String = keys.iter().filter_map(typed).collect();
    match place {
        TypingPlace::Field => text.contains('\n') && (part == PastePart::Next || text.chars().nth(1).is_some()),
        // A line and its end is what a script types, or a hand that the system has made wait.
        TypingPlace::Line | TypingPlace::Commands => {
            text.trim_end_matches('\n').contains('\n') || has_tab_between_letters(&text)
        }
    }
}

/// Whether a tab stands between letters, as in a row of a table: it is no key of a hand that changes the kind of an entry.
fn has_tab_between_letters(text: &str) -> bool {
    text.trim_start_matches('\t').trim_end().contains('\t')
}

/// All the text of `inputs` as one paste. Keys that are no text mean nothing in it.
fn as_paste(inputs: &[TerminalInput], first: Option<KeyEvent>, part: PastePart) -> Vec<Press> {
    let mut presses: Vec<Press> = inputs.iter().filter_map(focus).collect();
    let mut text = String::from_iter(first.and_then(typed_char));
    for input in inputs {
        match input {
            TerminalInput::Paste(pasted) => text.push_str(pasted),
            TerminalInput::Key(KeyEvent { code: KeyCode::Char(c), modifiers: KeyModifiers::ALT, .. }) => text.push(*c),
            input => text.extend(typed(input)),
        }
    }
    if !text.is_empty() {
        presses.push(Press::Paste { text, part });
    }
    presses
}

/// Keys one by one, and letters that follow each other as one: however many there are, the text is changed once.
fn as_letters(inputs: &[TerminalInput]) -> Vec<Press> {
    let runs = inputs.chunk_by(|one, next| letter(one).is_some() && letter(next).is_some());
    runs.filter_map(|run| match run {
        [input] => press(input),
        letters => Some(Press::Letters(letters.iter().filter_map(letter).collect())),
    })
    .collect()
}

fn is_text(key: &KeyEvent) -> bool {
    typed_char(*key).is_some()
}

fn press(input: &TerminalInput) -> Option<Press> {
    as_key(input).map(Press::Key).or_else(|| focus(input))
}

/// A change of size is a signal, and the mouse stays the terminal's own.
fn focus(input: &TerminalInput) -> Option<Press> {
    match input {
        TerminalInput::FocusGained => Some(Press::Focus(true)),
        TerminalInput::FocusLost => Some(Press::Focus(false)),
        _ => None,
    }
}

/// The character that a key stands for in a paste.
fn typed(input: &TerminalInput) -> Option<char> {
    as_key(input).and_then(typed_char)
}

fn typed_char(key: KeyEvent) -> Option<char> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    match key.code {
        // In raw mode a line feed arrives as Ctrl-J.
        KeyCode::Char('j') if key.modifiers == KeyModifiers::CONTROL => Some('\n'),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        _ => None,
    }
}

fn letter(input: &TerminalInput) -> Option<char> {
    match as_key(input)?.code {
        KeyCode::Char(_) => typed(input).filter(|c| *c != '\n'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
