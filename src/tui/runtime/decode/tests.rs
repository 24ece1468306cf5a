//! What is typed is the same however it is cut into reads, and nothing makes the keyboard deaf.

use proptest::prelude::*;

use super::*;

const ANSWER: &str = "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\";

fn key(code: KeyCode, modifiers: KeyModifiers) -> Found {
    Found::Input(Input::Key(KeyEvent::new(code, modifiers)))
}

fn keys(text: &str) -> Vec<Found> {
    text.chars().map(|c| Found::Input(Input::Key(letter(c)))).collect()
}

fn paste(text: &str) -> Found {
    Found::Input(Input::Paste(text.into()))
}

/// A keyboard in time: as the thread does, the decoder is told when nothing follows.
struct Keyboard {
    decoder: Decoder,
    now: Instant,
    /// Since when it has been waited for what may follow.
    since: Instant,
    found: Vec<Found>,
}

impl Keyboard {
    fn asked() -> Self {
        let now = Instant::now();
        Keyboard { decoder: Decoder::new(Some(now)), now, since: now, found: Vec::new() }
    }

    fn types(&mut self, bytes: &[u8]) -> &mut Self {
        self.found.extend(self.decoder.read(bytes, self.now));
        self.since = self.now;
        self
    }

    fn waits(&mut self, millis: u64) -> &mut Self {
        let until = self.now + Duration::from_millis(millis);
        while let Some(patience) = self.decoder.patience()
            && self.since + patience <= until
        {
            self.since += patience;
            self.found.extend(self.decoder.rest());
        }
        self.now = until;
        self
    }

    fn said(&mut self) -> Vec<Found> {
        std::mem::take(&mut self.found)
    }
}

fn read(pieces: &[&[u8]]) -> Vec<Found> {
    let mut keyboard = Keyboard::asked();
    for piece in pieces {
        keyboard.types(piece);
    }
    keyboard.waits(10_000).said()
}

/// Things that a terminal sends whole, none of which depends on what stands before or after it.
fn sent() -> impl Strategy<Value = Vec<u8>> {
    const SOME: &[&str] = &[
        "a",
        "å",
        "漢",
        "👩‍🚒",
        "\r",
        "\x7f",
        "\x03",
        "\x1b[A",
        "\x1b[1;5C",
        "\x1bOP",
        "\x1b[3~",
        "\x1b[Z",
        "\x1bx",
        "\x1bö",
        "\x1b[I",
        "\x1b[200~one\rtwo \x1b[31m\x1b[201~",
        "\x1b[200~\x1b[201~",
        "\x1b[?1;2c",
        "\x1b[97;5u",
        ANSWER,
    ];
    proptest::collection::vec(proptest::sample::select(SOME), 0..12).prop_map(|parts| parts.concat().into_bytes())
}

proptest! {
    #[test]
    fn any_cut_into_reads_gives_the_same(bytes in sent(), cuts in proptest::collection::vec(0usize..200, 0..20)) {
        let whole = read(&[&bytes]);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).filter(|p| !p.is_empty()).collect();
        prop_assert_eq!(read(&pieces), whole.clone());
        let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(read(&bytewise), whole);
    }

    #[test]
    fn nothing_makes_it_deaf(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut keyboard = Keyboard::asked();
        keyboard.types(&bytes).waits(10_000).types(b"\x1b").waits(10_000).said();
        keyboard.types(b"n");
        prop_assert_eq!(keyboard.said(), keys("n"));
    }
}

#[test]
fn the_answer_is_no_key_whatever_is_typed_around_it() {
    let typed = format!("n server{ANSWER} down");
    let mut expected = keys("n server");
    expected.push(Found::Background(Background::Dark));
    expected.extend(keys(" down"));
    assert_eq!(read(&[typed.as_bytes()]), expected);
}

#[test]
fn an_answer_that_dribbles_in_is_one() {
    let mut keyboard = Keyboard::asked();
    for byte in ANSWER.bytes() {
        keyboard.types(&[byte]).waits(20);
    }
    assert_eq!(keyboard.said(), [Found::Background(Background::Dark)]);
}

#[test]
fn what_only_looks_like_an_answer_is_typed() {
    let mut expected = vec![key(KeyCode::Char(']'), KeyModifiers::ALT)];
    expected.extend(keys("12"));
    assert_eq!(read(&[b"\x1b]12"]), expected);
    assert_eq!(Keyboard::asked().types(b"\x1b]").waits(500).said(), [expected[0].clone()], "nothing follows");
    let mut late = Keyboard::asked();
    late.waits(30_000).types(b"\x1b]12");
    assert_eq!(late.said(), expected, "long after the question");
    let mut twice = Keyboard::asked();
    twice.types(ANSWER.as_bytes()).said();
    twice.types(b"\x1b]1");
    assert_eq!(twice.said(), expected[..2], "it is answered once");
}

#[test]
fn escape_is_a_key_when_nothing_follows() {
    let escape = key(KeyCode::Esc, KeyModifiers::NONE);
    let mut keyboard = Keyboard::asked();
    assert_eq!(keyboard.types(b"\x1b").waits(24).said(), []);
    assert_eq!(keyboard.waits(1).said(), std::slice::from_ref(&escape));
    assert_eq!(keyboard.types(b"\x1b\x1b").waits(50).said(), [escape.clone(), escape.clone()]);
    let up = key(KeyCode::Up, KeyModifiers::NONE);
    assert_eq!(keyboard.types(b"\x1b").waits(20).types(b"[A").said(), std::slice::from_ref(&up));
    assert_eq!(keyboard.types(b"\x1b[").waits(50).said(), [key(KeyCode::Char('['), KeyModifiers::ALT)]);
    assert_eq!(keyboard.types(b"\x1b\x1b[A").said(), [escape, up]);
}

#[test]
fn what_is_no_text_is_seen_and_nothing_after_it_is_lost() {
    let unreadable = Found::Input(Input::Key(letter(char::REPLACEMENT_CHARACTER)));
    assert_eq!(read(&[b"\xffa"]), [&[unreadable.clone()][..], &keys("a")].concat());
    assert_eq!(read(&[b"\xc3a"]), [&[unreadable.clone()][..], &keys("a")].concat());
    assert_eq!(read(&[b"\xc3"]), [unreadable]);
    assert_eq!(read(&[b"\x1b[12\x1b[A"]), [key(KeyCode::Up, KeyModifiers::NONE)], "a sequence that is broken off");
    assert_eq!(read(&[b"\x1b[Mabcn"]), keys("n"), "a mouse");
}

#[test]
fn a_paste_keeps_whatever_is_in_it() {
    let text = "one\r\x1b[31mtwo\x03 \x1b";
    let marked = format!("\x1b[200~{text}\x1b[201~n");
    assert_eq!(read(&[marked.as_bytes()]), [&[paste(text)][..], &keys("n")].concat());
}

#[test]
fn a_paste_without_an_end_is_told_and_ends_by_hand() {
    for hand in [b"\x1b", b"\x03"] {
        let mut keyboard = Keyboard::asked();
        keyboard.types(b"\x1b[200~det \xc3\xa4r\rhalv");
        assert_eq!(keyboard.waits(999).said(), []);
        assert_eq!(keyboard.waits(1).said(), [Found::PasteStalls { letters: 11 }]);
        assert_eq!(keyboard.waits(60_000).said(), [], "it is told once");
        assert_eq!(keyboard.types(b"q\r").waits(1_000).said(), [Found::PasteStalls { letters: 13 }], "no command");
        assert_eq!(keyboard.types(hand).waits(50).said(), [paste("det är\rhalvq\r")]);
        assert_eq!(keyboard.types(b"n").said(), keys("n"));
    }
}

#[test]
fn an_escape_character_in_a_paste_is_no_hand() {
    let mut keyboard = Keyboard::asked();
    keyboard.types(b"\x1b[200~one").waits(900).types(b"\x1b").waits(20).types(b"[201~n");
    assert_eq!(keyboard.said(), [&[paste("one")][..], &keys("n")].concat(), "the beginning of its end");
    keyboard.types(b"\x1b[200~one").waits(100).types(b"\x03").types(b"\x1b").waits(900).types(b"[201~");
    assert_eq!(keyboard.said(), [paste("one\x03")], "in the stream of it");
}

#[test]
fn a_terminal_that_goes_in_the_middle_of_a_paste_leaves_what_came() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.read(b"\x1b[200~half\x1b[20", Instant::now()), []);
    assert_eq!(decoder.end(), [paste("half")]);
}
