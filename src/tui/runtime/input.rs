//! The keyboard: a thread that waits for it, and bursts of keys recognised as the pastes that they are.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Event;
use super::decode::{Decoder, Found};

/// Keys closer together than this were not typed by a hand.
const BURST: Duration = Duration::from_millis(5);

/// How much is read at a time.
const READ: usize = 4096;

/// Starts the thread. It ends when the terminal does, and says so. `asked`: when the terminal was asked for its background,
/// the answer to which comes among the keys.
pub(super) fn start(sender: Sender<Event>, asked: Option<Instant>) -> std::io::Result<()> {
    std::thread::Builder::new().name("klock-keys".into()).stack_size(256 << 10).spawn(move || {
        let mut decoder = Decoder::new(asked);
        let tell = |found: Vec<Found>, at| {
            found.into_iter().all(|found| {
                let event = match found {
                    Found::Input(input) => Event::Input(input, at),
                    Found::Background(background) => Event::Background(background),
                    Found::PasteStalls { letters } => Event::PasteStalls { letters },
                };
                sender.send(event).is_ok()
            })
        };
        let mut buffer = [0; READ];
        loop {
            let found = match read(&mut buffer, decoder.patience()) {
                Ok(Some(0)) | Err(_) => {
                    // Without a loop to tell, there is nothing to read for either.
                    let _ = tell(decoder.end(), Instant::now()) && sender.send(Event::InputEnded).is_ok();
                    return;
                }
                Ok(Some(count)) => decoder.read(&buffer[..count], Instant::now()),
                Ok(None) => decoder.rest(),
            };
            if !tell(found, Instant::now()) {
                return;
            }
        }
    })?;
    Ok(())
}

/// Reads what is typed into `buffer`: how many bytes; none: nothing came within `patience`.
fn read(buffer: &mut [u8], patience: Option<Duration>) -> rustix::io::Result<Option<usize>> {
    let stdin = rustix::stdio::stdin();
    // None of them is longer than a second.
    let timeout = patience.and_then(|patience| Timespec::try_from(patience).ok());
    loop {
        let mut wait = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut wait, timeout.as_ref()) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error),
        }
        match rustix::io::read(stdin, &mut *buffer) {
            Err(Errno::INTR | Errno::AGAIN) => {}
            read => return read.map(Some),
        }
    }
}

/// What was done at the terminal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Press {
    Key(KeyEvent),
    Paste(String),
    Focus(bool),
}

/// Makes presses of what was read. While `types` says that text is being typed, a burst with a line end in the middle of
/// it is a paste into a terminal that does not mark pastes: its line ends must not send anything. `types` is asked as late
/// as it can be, but within one burst nothing is known of what its own keys will do: one that begins outside of a text is
/// keys.
pub(super) fn gather(read: Vec<(Input, Instant)>, types: impl Fn() -> bool) -> Vec<Press> {
    let mut presses = Vec::new();
    let mut at = 0;
    let typing = types();
    while at < read.len() {
        let burst = if typing { burst(&read[at..]) } else { 0 };
        if burst > 1 {
            presses.push(Press::Paste(read[at..at + burst].iter().filter_map(|(event, _)| typed(event)).collect()));
            at += burst;
            continue;
        }
        match &read[at].0 {
            Input::Key(key) => presses.push(Press::Key(*key)),
            Input::Paste(text) => presses.push(Press::Paste(text.clone())),
            Input::FocusGained => presses.push(Press::Focus(true)),
            Input::FocusLost => presses.push(Press::Focus(false)),
            // A change of size is a signal, and the mouse stays the terminal's own.
            Input::Resize(..) | Input::Mouse(_) => {}
        }
        at += 1;
    }
    presses
}

/// How many of the first events are one burst that has a line end with text on both sides of it; 0 when they are not.
fn burst(read: &[(Input, Instant)]) -> usize {
    let mut count = 0;
    let mut last: Option<Instant> = None;
    for (event, at) in read {
        if typed(event).is_none() || last.is_some_and(|last| at.saturating_duration_since(last) >= BURST) {
            break;
        }
        last = Some(*at);
        count += 1;
    }
    let text: Vec<char> = read[..count].iter().filter_map(|(event, _)| typed(event)).collect();
    let first_end = text.iter().position(|c| *c == '\n');
    let is_paste = first_end.is_some_and(|end| end > 0 && text[end..].iter().any(|c| *c != '\n'));
    if is_paste { count } else { 0 }
}

/// The character that a key stands for in a paste.
fn typed(event: &Input) -> Option<char> {
    let Input::Key(key) = event else { return None };
    if key.kind == KeyEventKind::Release {
        return None;
    }
    match key.code {
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        // In raw mode a line feed arrives as Ctrl-J.
        KeyCode::Char('j') if key.modifiers == KeyModifiers::CONTROL => Some('\n'),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, apart: Duration) -> Vec<(Input, Instant)> {
        let start = Instant::now();
        let key = |c| match c {
            '\n' => KeyCode::Enter,
            c => KeyCode::Char(c),
        };
        (0..)
            .zip(text.chars())
            .map(|(n, c)| (Input::Key(KeyEvent::new(key(c), KeyModifiers::NONE)), start + apart * n))
            .collect()
    }

    #[test]
    fn a_burst_with_a_line_end_inside_is_a_paste() {
        let presses = gather(keys("one\ntwo\n", Duration::from_millis(1)), || true);
        assert_eq!(presses, [Press::Paste("one\ntwo\n".into())]);
    }

    #[test]
    fn a_fast_hand_is_no_paste() {
        let presses = gather(keys("one\ntwo", Duration::from_millis(20)), || true);
        assert_eq!(presses.len(), 7);
    }

    #[test]
    fn one_line_and_its_end_are_keys() {
        let presses = gather(keys("one\n", Duration::ZERO), || true);
        assert_eq!(presses.len(), 4);
        assert!(presses.iter().all(|press| matches!(press, Press::Key(_))));
    }

    #[test]
    fn outside_of_a_text_keys_are_keys() {
        let presses = gather(keys("j\nk", Duration::ZERO), || false);
        assert_eq!(presses.len(), 3);
    }
}
