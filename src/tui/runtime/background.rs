//! The terminal asked whether it is dark or light: its answer comes among the keys, whenever it comes, and is picked out.

use std::time::{Duration, Instant};

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};

use crate::config::theme::Background;

/// What asks a terminal for the colour of its background.
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// What leaves waits for an answer so long, which would else be typed into the shell.
pub(super) const ANSWERED_WITHIN: Duration = Duration::from_millis(150);

/// What comes after so long is no answer any more, whatever it looks like.
const LATE: Duration = Duration::from_secs(30);

/// How an answer begins, without its escape character; then follow three channels, each of one to four hexadecimal digits.
const BEGINNING: &str = "]11;rgb";

/// The longest answer: `]11;rgba:ffff/ffff/ffff/ffff`.
const LONGEST: usize = 28;

/// The channel values of a background that is neither dark nor light have this luminance, of 0 to 1: half as light as white
/// to the eye.
const MIDDLE: f64 = 0.184;

/// What something read from the terminal is.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Typed, after what was held back in vain.
    Typed(Vec<(Input, Instant)>),
    /// It may be of the answer; held back until that is certain.
    Held,
    /// The end of the answer.
    Answer(Background),
}

/// Picks the answer out of what is read. Read as keys it is `Alt-]`, its characters, and `Ctrl-G` or `Alt-\`.
#[derive(Debug)]
pub(super) struct Sieve {
    asked: Instant,
    held: Vec<(Input, Instant)>,
    text: String,
    /// The end is an escape character and a backslash, and the first was there.
    ending: bool,
}

impl Sieve {
    /// For an answer to what was asked at `asked`.
    pub(super) fn new(asked: Instant) -> Self {
        Sieve { asked, held: Vec::new(), text: String::new(), ending: false }
    }

    /// What the next thing that was read is.
    pub(super) fn sift(&mut self, input: &Input, at: Instant) -> Part {
        let Input::Key(KeyEvent { code, modifiers, .. }) = input else { return self.give_up() };
        let alt = modifiers.contains(KeyModifiers::ALT);
        match code {
            KeyCode::Char(']') if alt && self.held.is_empty() && at.duration_since(self.asked) < LATE => {
                self.text.push(']');
            }
            KeyCode::Char('g') if *modifiers == KeyModifiers::CONTROL => return self.end(),
            KeyCode::Char('\\') if alt || self.ending => return self.end(),
            KeyCode::Esc if !self.held.is_empty() && !self.ending => self.ending = true,
            KeyCode::Char(c) if !alt && !self.held.is_empty() && !self.ending && self.goes_on(*c) => self.text.push(*c),
            _ => return self.give_up(),
        }
        self.held.push((input.clone(), at));
        Part::Held
    }

    fn goes_on(&self, c: char) -> bool {
        match BEGINNING.chars().nth(self.text.len()) {
            Some(expected) => c == expected,
            None => self.text.len() < LONGEST && (c.is_ascii_hexdigit() || matches!(c, ':' | '/')),
        }
    }

    fn end(&mut self) -> Part {
        match background(&self.text) {
            Some(background) => {
                (self.held, self.text, self.ending) = (Vec::new(), String::new(), false);
                Part::Answer(background)
            }
            None => self.give_up(),
        }
    }

    fn give_up(&mut self) -> Part {
        (self.text, self.ending) = (String::new(), false);
        Part::Typed(std::mem::take(&mut self.held))
    }
}

/// What `]11;rgb:1c1c/1c1c/1c1c` says.
fn background(answer: &str) -> Option<Background> {
    let rest = answer.strip_prefix(BEGINNING)?;
    let channels = rest.strip_prefix(':').or_else(|| rest.strip_prefix("a:"))?;
    let mut values = channels.split('/').map(|digits| {
        let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| (1..=4).contains(&digits.len()))?;
        Some(f64::from(value) / f64::from(most))
    });
    let mut next = || values.next().flatten().map(|value: f64| value.powf(2.2));
    let luminance = 0.2126 * next()? + 0.7152 * next()? + 0.0722 * next()?;
    Some(if luminance > MIDDLE { Background::Light } else { Background::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
        Input::Key(KeyEvent::new(code, modifiers))
    }

    fn keys(text: &str) -> Vec<Input> {
        text.chars().map(|c| key(KeyCode::Char(c), KeyModifiers::NONE)).collect()
    }

    /// The answer as crossterm reads it, ended as terminals do.
    fn answer(text: &str, end: Input) -> Vec<Input> {
        let mut all = vec![key(KeyCode::Char(']'), KeyModifiers::ALT)];
        all.extend(keys(text));
        all.push(end);
        all
    }

    fn sift(read: Vec<Input>) -> (Vec<Input>, Vec<Background>) {
        let now = Instant::now();
        let mut sieve = Sieve::new(now);
        let (mut typed, mut answers) = (Vec::new(), Vec::new());
        for input in read {
            match sieve.sift(&input, now) {
                Part::Typed(held) => typed.extend(held.into_iter().map(|(input, _)| input).chain([input])),
                Part::Held => {}
                Part::Answer(background) => answers.push(background),
            }
        }
        (typed, answers)
    }

    fn bell() -> Input {
        key(KeyCode::Char('g'), KeyModifiers::CONTROL)
    }

    fn terminator() -> Input {
        key(KeyCode::Char('\\'), KeyModifiers::ALT)
    }

    #[test]
    fn the_answer_is_no_key_whatever_is_typed_around_it() {
        for (text, end, expected) in [
            ("11;rgb:1c1c/1c1c/1c1c", terminator(), Background::Dark),
            ("11;rgb:ffff/FFFF/ffff", bell(), Background::Light),
            ("11;rgb:fd/f6/e3", bell(), Background::Light),
            ("11;rgba:0000/2b2b/3636/ffff", terminator(), Background::Dark),
        ] {
            let mut read = keys("n server");
            read.extend(answer(text, end));
            read.extend(keys(" down"));
            assert_eq!(sift(read), (keys("n server down"), vec![expected]), "{text}");
        }
    }

    #[test]
    fn an_end_that_comes_in_two_reads_is_an_end() {
        let mut read = answer("11;rgb:0/0/0", key(KeyCode::Esc, KeyModifiers::NONE));
        read.extend(keys("\\x"));
        assert_eq!(sift(read), (keys("x"), vec![Background::Dark]));
    }

    #[test]
    fn what_only_looks_like_one_is_typed() {
        for text in ["12;rgb:0/0/0", "11;rgb:0/0", "11;rgb:00000/0/0", "11;rgb:x", "11;rgb:ffff/ffff/ffff/ffff/ffff"] {
            let read = answer(text, bell());
            assert_eq!(sift(read.clone()), (read, Vec::new()), "{text}");
        }
        let escape = vec![key(KeyCode::Esc, KeyModifiers::NONE), key(KeyCode::Char('\\'), KeyModifiers::ALT), bell()];
        assert_eq!(sift(escape.clone()), (escape, Vec::new()));
    }

    #[test]
    fn what_comes_long_after_is_typed() {
        let now = Instant::now();
        let mut sieve = Sieve::new(now);
        let typed = key(KeyCode::Char(']'), KeyModifiers::ALT);
        assert_eq!(sieve.sift(&typed, now + LATE), Part::Typed(Vec::new()));
    }
}
