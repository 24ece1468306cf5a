//! A key alone is a key at once; what no hand can type is a paste wherever it comes.

use super::*;
use crate::tui::terminal::decode::letter as key_of;

/// `\n` is Enter, `\t` Tab, `←` and `↓` the arrows, `^` Escape.
fn keys(text: &str) -> Vec<TerminalInput> {
    text.chars()
        .map(|c| match c {
            '\n' => KeyCode::Enter.into(),
            '\t' => KeyCode::Tab.into(),
            '←' => KeyCode::Left.into(),
            '↓' => KeyCode::Down.into(),
            '^' => KeyCode::Esc.into(),
            c => key_of(c),
        })
        .map(TerminalInput::Key)
        .collect()
}

/// A keyboard in time, and a screen that answers at once or not at all.
struct Keyboard {
    bursts: Bursts,
    now: Instant,
    answers: bool,
    handed_on: Vec<Burst>,
}

impl Keyboard {
    fn new(answers: bool) -> Self {
        Keyboard { bursts: Bursts::default(), now: Instant::now(), answers, handed_on: Vec::new() }
    }

    fn read(&mut self, inputs: Vec<TerminalInput>) -> &mut Self {
        self.handed_on.extend(self.bursts.read(inputs, false, self.answers, self.now));
        self
    }

    fn waits(&mut self, millis: u64) -> &mut Self {
        self.now += Duration::from_millis(millis);
        if self.bursts.due().is_some_and(|due| due <= self.now) {
            self.handed_on.extend(self.bursts.take());
        }
        self
    }

    /// What was handed on so far, done while what is typed goes to `place`.
    fn done(&mut self, place: TypingPlace) -> Vec<Press> {
        std::mem::take(&mut self.handed_on).into_iter().flat_map(|burst| presses(burst, place, None, reach)).collect()
    }
}

fn reach(key: KeyEvent) -> KeyReach {
    match key.code {
        KeyCode::Char('j' | 'k') | KeyCode::Tab => KeyReach::Moves,
        KeyCode::Char('c' | '7') => KeyReach::Shows,
        KeyCode::Char('n') => KeyReach::GoesOn,
        _ => KeyReach::Acts,
    }
}

/// What `inputs` do that come in one read.
fn at_once(inputs: Vec<TerminalInput>, place: TypingPlace) -> Vec<Press> {
    Keyboard::new(true).read(inputs).waits(5).done(place)
}

fn paste(text: &str) -> Press {
    Press::Paste { text: text.into(), part: PastePart::First }
}

fn rest(text: &str) -> Press {
    Press::Paste { text: text.into(), part: PastePart::Next }
}

fn one_by_one(text: &str) -> Vec<Press> {
    keys(text).iter().filter_map(press).collect()
}

#[test]
fn a_key_alone_is_handed_on_without_delay() {
    for place in [TypingPlace::Commands, TypingPlace::Line, TypingPlace::Field] {
        for answers in [true, false] {
            let mut keyboard = Keyboard::new(answers);
            for c in ["R", "←", "\n", "x"] {
                keyboard.read(keys(c));
                assert_eq!(keyboard.done(place), one_by_one(c), "{c:?} {place:?}");
                keyboard.waits(6);
            }
        }
    }
    let mut fast = Keyboard::new(true);
    assert_eq!(
        fast.read(keys("a")).waits(1).read(keys("b")).done(TypingPlace::Commands),
        one_by_one("ab"),
        "what is answered"
    );
}

/// Case 01.
#[test]
fn a_burst_outside_of_a_text_is_a_paste() {
    for text in [
        "Rollback done\nservice is up\n",
        "Rollback done",
        "R\n",
        "m\n",
        "\nR",
        "no",
        "  R",
        "jRj",
        "\n\n",
        "R\n\n",
        "7\n",
        "cc77",
        "Rc",
        "not",
        "n\n",
        "n up\n",
    ] {
        assert_eq!(at_once(keys(text), TypingPlace::Commands), [paste(text)], "{text:?}");
    }
    assert_eq!(at_once(keys("R↓\n"), TypingPlace::Commands), [paste("R\n")], "keys in it mean nothing");
    assert_eq!(at_once(keys("jjkj"), TypingPlace::Commands), one_by_one("jjkj"), "a key that is held");
    assert_eq!(at_once(keys("\t\t"), TypingPlace::Commands), one_by_one("\t\t"));
    assert_eq!(at_once(keys("jjR"), TypingPlace::Commands), one_by_one("jjR"), "one command, typed ahead");
    assert_eq!(at_once(keys("j\n"), TypingPlace::Commands), one_by_one("j\n"));
    assert_eq!(at_once(keys("7jR"), TypingPlace::Commands), one_by_one("7jR"), "through a list");
    let goes_on = [Press::Key(key_of('n')), Press::Letters(" and more".into())];
    assert_eq!(at_once(keys("n and more"), TypingPlace::Commands), goes_on, "a draft that waits");
    assert_eq!(at_once(keys("↓↓↓R"), TypingPlace::Commands), one_by_one("↓↓↓R"), "one letter is a key");
}

#[test]
fn a_burst_in_another_text_sends_nothing() {
    for text in ["one\n", "\none", "one\ntwo\n", "a\tb\n"] {
        assert_eq!(at_once(keys(text), TypingPlace::Field), [paste(text)], "{text:?}");
    }
    let line = at_once(keys("one←two\n"), TypingPlace::Field);
    assert_eq!(line, [paste("onetwo\n")]);
    let letters = Press::Letters("one".into());
    assert_eq!(at_once(keys("one"), TypingPlace::Field), [letters]);
}

#[test]
fn in_the_entry_line_one_line_and_its_end_are_typed() {
    let letters = |text: &str| Press::Letters(text.into());
    let enter = || Press::Key(KeyCode::Enter.into());
    assert_eq!(at_once(keys("one\n"), TypingPlace::Line), [letters("one"), enter()]);
    assert_eq!(
        at_once(keys("a b←c"), TypingPlace::Line),
        [letters("a b"), Press::Key(KeyCode::Left.into()), Press::Key(key_of('c'))]
    );
    for text in ["one\ntwo", "one\ntwo\n", "\none", "\none\n", "one\n\ntwo"] {
        assert_eq!(at_once(keys(text), TypingPlace::Line), [paste(text)], "{text:?}");
    }
    assert_eq!(
        at_once(keys(&"x".repeat(60_000)), TypingPlace::Line),
        [letters(&"x".repeat(60_000))],
        "one change of the text"
    );
}

#[test]
fn what_comes_in_several_reads_is_one_burst() {
    let mut keyboard = Keyboard::new(true);
    keyboard.read(keys("Rollback do")).waits(4).read(keys("n")).waits(4).read(keys("e\n"));
    assert_eq!(keyboard.done(TypingPlace::Commands), [], "not over yet");
    assert_eq!(keyboard.waits(5).done(TypingPlace::Commands), [paste("Rollback done\n")]);
}

#[test]
fn letters_that_come_before_the_screen_can_answer_are_a_burst() {
    let mut keyboard = Keyboard::new(false);
    for c in "Rollback".chars() {
        keyboard.read(keys(&c.to_string())).waits(1);
    }
    keyboard.waits(5);
    let mut done = keyboard.done(TypingPlace::Commands);
    assert_eq!(done.remove(0), Press::Key(key_of('R')), "nobody can know yet");
    assert_eq!(done, [paste("Rollback")]);
    let mut slow = Keyboard::new(false);
    slow.read(keys("j")).waits(5).read(keys("n")).waits(5);
    assert_eq!(slow.done(TypingPlace::Commands), one_by_one("jn"), "a hand that does not wait for the screen");
}

/// `7` opens a list, and `a` comes before that is on the screen: in the list, `7` means nothing any more.
#[test]
fn a_key_that_was_handed_on_alone_did_what_it_did_where_it_was_pressed() {
    let nothing = |_| KeyReach::Acts;
    let behind = |alone| {
        let mut keyboard = Keyboard::new(false);
        keyboard.read(keys("7")).waits(1).read(keys("a")).waits(20);
        let bursts = std::mem::take(&mut keyboard.handed_on);
        let last = bursts.into_iter().next_back().expect("two bursts");
        presses(last, TypingPlace::Commands, alone, nothing)
    };
    assert_eq!(behind(Some(KeyReach::Shows)), one_by_one("a"));
    assert_eq!(behind(Some(KeyReach::Acts)), [paste("7a")]);
}

/// A row of a table that is pasted without marks: a tab within it is no key that changes the kind of the entry.
#[test]
fn a_tab_between_letters_of_one_burst_is_text() {
    for (typed, expected) in [
        ("a\tb\tc", vec![paste("a\tb\tc")]),
        ("a\tb\n", vec![paste("a\tb\n")]),
        ("\tnote", [one_by_one("\t"), vec![Press::Letters("note".into())]].concat()),
    ] {
        let mut keyboard = Keyboard::new(true);
        keyboard.read(keys(typed)).waits(20);
        assert_eq!(keyboard.done(TypingPlace::Line), expected, "{typed:?}");
    }
}

#[test]
fn a_burst_without_an_end_is_handed_on_in_parts() {
    let mut keyboard = Keyboard::new(false);
    for _ in 0..100 {
        keyboard.read(keys("ab")).waits(3);
    }
    let done = keyboard.waits(5).done(TypingPlace::Commands);
    assert!(
        matches!(
            done.as_slice(),
            [Press::Paste { part: PastePart::First, .. }, Press::Paste { part: PastePart::Next, .. }]
        ),
        "{done:?}"
    );
    let text: String =
        done.iter().map(|press| if let Press::Paste { text, .. } = press { text.as_str() } else { "" }).collect();
    assert_eq!(text, "ab".repeat(100));
}

/// Finding D5.
#[test]
fn what_follows_a_marked_paste_in_its_burst_belongs_to_it() {
    let marked = || TerminalInput::Paste("one\n".into());
    for place in [TypingPlace::Commands, TypingPlace::Line, TypingPlace::Field] {
        let mut inputs = vec![marked()];
        inputs.extend(keys("R\n^q"));
        assert_eq!(at_once(inputs, place), [paste("one\nR\nq")], "{place:?}");
        let mut keyboard = Keyboard::new(true);
        keyboard.read(vec![marked()]).waits(2).read(keys("R")).waits(2).read(keys("\n")).waits(5);
        assert_eq!(keyboard.done(place), [paste("one\nR\n")], "{place:?}, in several reads");
        let mut hand = Keyboard::new(true);
        hand.read(vec![marked()]).waits(5);
        assert_eq!(hand.done(place), [paste("one\n")]);
        assert_eq!(hand.waits(100).read(keys("\n")).done(place), one_by_one("\n"), "a hand");
        // The rest came late, and its end with it.
        let burst = Bursts::default().read(keys("R"), true, true, Instant::now());
        assert_eq!(burst, None, "it is held");
        let mut bursts = Bursts::default();
        bursts.read(keys("R\n"), true, true, Instant::now());
        let late = bursts.take().expect("held");
        assert_eq!(presses(late, place, None, reach), [rest("R\n")], "{place:?}");
    }
    let mut typed = keys("n");
    typed.push(marked());
    assert_eq!(
        at_once(typed, TypingPlace::Commands),
        [Press::Key(key_of('n')), paste("one\n")],
        "what came before is a key"
    );
}

#[test]
fn focus_is_heard_in_a_burst() {
    let mut inputs = keys("on");
    inputs.push(TerminalInput::FocusLost);
    inputs.extend(keys("e\n"));
    assert_eq!(at_once(inputs, TypingPlace::Commands), [Press::Focus(false), paste("one\n")]);
}

#[test]
fn what_is_left_when_a_text_was_left_is_a_paste() {
    let left = rest_as_paste([Press::Letters("Ra".into()), Press::Key(KeyCode::Enter.into()), Press::Focus(true)]);
    assert_eq!(left, [Press::Focus(true), rest("Ra\n")]);
    assert_eq!(rest_as_paste([Press::Key(KeyCode::Down.into())]), []);
}
