//! What is typed is the same however it is cut into reads, and nothing makes the keyboard deaf.

use crossterm::event::KeyModifiers;
use proptest::prelude::*;

use super::*;
use crate::config::theme::Background;

const ANSWER: &str = "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\";

fn key(code: KeyCode, modifiers: KeyModifiers) -> TerminalInput {
    TerminalInput::Key(KeyEvent::new(code, modifiers))
}

fn keys(text: &str) -> Vec<TerminalInput> {
    text.chars().map(|c| TerminalInput::Key(letter(c))).collect()
}

fn paste(text: &str) -> TerminalInput {
    TerminalInput::Paste(text.into())
}

/// A keyboard in time: as the thread does, the decoder is told when nothing follows.
struct Keyboard {
    decoder: Decoder,
    now: Instant,
    /// Since when it has been waited for what may follow.
    since: Instant,
    found: Vec<TerminalInput>,
}

impl Keyboard {
    fn asked() -> Self {
        Keyboard::with(Patience::LOCAL)
    }

    fn over_ssh() -> Self {
        Keyboard::with(Patience::REMOTE)
    }

    fn with(patience: Patience) -> Self {
        let now = Instant::now();
        Keyboard { decoder: Decoder::new(patience, true), now, since: now, found: Vec::new() }
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

    fn said(&mut self) -> Vec<TerminalInput> {
        std::mem::take(&mut self.found)
    }
}

fn read(pieces: &[&[u8]]) -> Vec<TerminalInput> {
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
        "\x1b\x1b[D",
        "\x1bOd",
        "\x1b[12;40R",
        "\x1b[M !!",
        "\x1b[<0;3;4M",
        "\x1bP>|tmux 3.4\x1b\\",
        "\u{90}1$r0m\u{9c}",
        "\u{9b}D",
        "\x1b_Gi=31;OK\x1b\\",
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

    /// Whatever arrives in time is the same however it is cut.
    #[test]
    fn any_bytes_cut_anywhere_give_the_same(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(&b"\x1b[O;15DP]_^X\\\x07\xc2\x9b\x9c~M"[..])], 0..80),
        cuts in proptest::collection::vec((0usize..80, 0u64..25), 0..20),
    ) {
        let whole = read(&[&bytes]);
        let mut cuts: Vec<(usize, u64)> = cuts.into_iter().map(|(at, pause)| (at.min(bytes.len()), pause)).collect();
        cuts.extend([(0, 0), (bytes.len(), 0)]);
        cuts.sort_unstable();
        let mut keyboard = Keyboard::asked();
        for cut in cuts.windows(2) {
            let piece = &bytes[cut[0].0..cut[1].0];
            // In the stream of a paste one of these alone is a hand's only after a longer rest.
            if !piece.is_empty() {
                keyboard.waits(cut[0].1).types(piece);
            }
        }
        prop_assert_eq!(keyboard.waits(10_000).said(), whole);
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
    expected.push(TerminalInput::Background(Background::Dark));
    expected.extend(keys(" down"));
    assert_eq!(read(&[typed.as_bytes()]), expected);
}

#[test]
fn an_answer_that_dribbles_in_is_one() {
    let mut keyboard = Keyboard::asked();
    for byte in ANSWER.bytes() {
        keyboard.types(&[byte]).waits(20);
    }
    assert_eq!(keyboard.said(), [TerminalInput::Background(Background::Dark)]);
}

/// Case 02.
#[test]
fn a_string_of_the_terminal_is_no_text_whoever_asked() {
    for string in [
        "\x1bP>|tmux 3.4\x1b\\",
        "\x1bP1$r0;1m\x1b\\",
        "\x1bP0+r\x1b\\",
        "\x1bP\x1b\\",
        "\x1b]4;1;rgb:cdcd/0000/0000\x07",
        "\x1b]52;c;UmVzdG9yZWQ=\x1b\\",
        "\x1b]lRestore\x1b\\",
        "\x1b]\x07",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^private message\x1b\\",
        "\x1bXstart of string\x1b\\",
        "\x1bPtmux;\x1b\x1b]52;c;\x07",
        "\u{90}>|mlterm\u{9c}",
        "\u{9d}11;rgb:x\u{9c}",
        "\u{9f}G\u{9c}",
        "\u{9e}m\x1b\\",
        "\u{98}m\x07",
        "\x1b]0;ö漢\u{9c}",
        "\x1bPcancelled\x18",
    ] {
        assert_eq!(read(&[string.as_bytes(), b"n"]), keys("n"), "{string:?}");
        let bytewise: Vec<&[u8]> = string.as_bytes().chunks(1).collect();
        assert_eq!(read(&bytewise), [], "{string:?}, byte by byte");
    }
}

#[test]
fn a_string_may_come_in_pieces() {
    let mut keyboard = Keyboard::asked();
    keyboard
        .types(b"\x1b")
        .waits(60)
        .types(b"P")
        .waits(60)
        .types(b">|tm")
        .waits(400)
        .types(b"ux\x1b")
        .waits(400)
        .types(b"\\n");
    assert_eq!(keyboard.said(), keys("n"));
}

#[test]
fn a_string_without_an_end_is_given_up() {
    let mut keyboard = Keyboard::asked();
    keyboard.types(b"\x1bP>|half a version").waits(499).types(b"m").waits(500);
    assert_eq!(keyboard.said(), [], "what came of it is no text");
    assert_eq!(keyboard.types(b"n").said(), keys("n"), "after a time without any of it");
    keyboard.types(b"\x1b]52;c;");
    for _ in 0..13 {
        keyboard.waits(400).types(b"Z");
    }
    assert_eq!(keyboard.said(), keys("Z"), "after a time in all");
    keyboard.types(b"\x1b_").types(&vec![b'A'; 2 << 20]);
    assert!(!keyboard.said().is_empty(), "after so many bytes");
}

#[test]
fn alt_and_a_letter_that_begins_a_string_are_still_keys() {
    let alt = |c| key(KeyCode::Char(c), KeyModifiers::ALT);
    let mut keyboard = Keyboard::asked();
    assert_eq!(keyboard.types(b"\x1b_").waits(125).said(), [alt('_')]);
    // The key that is held.
    assert_eq!(keyboard.types(b"\x1b_").waits(30).types(b"\x1b_").waits(125).said(), [alt('_'), alt('_')]);
    assert_eq!(keyboard.types(b"\x1b]").waits(500).types(b"12").said(), [&[alt(']')][..], &keys("12")].concat());
}

#[test]
fn only_the_answer_that_was_asked_for_is_heard() {
    let mut keyboard = Keyboard::asked();
    assert_eq!(keyboard.types(ANSWER.as_bytes()).said(), [TerminalInput::Background(Background::Dark)]);
    assert_eq!(keyboard.types(ANSWER.as_bytes()).said(), [], "it is answered once");
    let mut late = Keyboard::asked();
    assert_eq!(late.waits(60_000).types(ANSWER.as_bytes()).said(), [TerminalInput::Background(Background::Dark)]);
}

/// Case 22.
#[test]
fn an_escape_character_waits_for_the_rest_of_its_sequence() {
    let up = || [key(KeyCode::Up, KeyModifiers::NONE)];
    for pause in [1, 30, 60, 100, 120] {
        assert_eq!(Keyboard::asked().types(b"\x1b").waits(pause).types(b"[A").said(), up(), "{pause} ms");
        assert_eq!(Keyboard::asked().types(b"\x1b").waits(pause).types(b"OA").said(), up(), "{pause} ms");
    }
    for pause in [150, 290] {
        assert_eq!(Keyboard::over_ssh().types(b"\x1b").waits(pause).types(b"[A").said(), up(), "{pause} ms over ssh");
    }
    let mut steps = Keyboard::asked();
    steps.types(b"\x1b").waits(100).types(b"[").waits(100).types(b"1;5").waits(400).types(b"D");
    assert_eq!(steps.said(), [key(KeyCode::Left, KeyModifiers::CONTROL)]);
    let mut paste_marks = Keyboard::asked();
    paste_marks.types(b"\x1b").waits(100).types(b"[200").waits(100).types(b"~one\x1b").waits(100).types(b"[201~");
    assert_eq!(paste_marks.said(), [paste("one")]);
    let mut end_mark_alone = Keyboard::asked();
    end_mark_alone.types(b"\x1b[200~one").waits(300).types(b"\x1b").waits(100).types(b"[201~");
    assert_eq!(end_mark_alone.said(), [paste("one")]);
    let mut letter = Keyboard::asked();
    letter.types(b"\xe6").waits(300).types(b"\xbc").waits(300).types(b"\xa2");
    assert_eq!(letter.said(), keys("漢"));
}

#[test]
fn escape_is_a_key_when_nothing_follows() {
    let escape = key(KeyCode::Esc, KeyModifiers::NONE);
    let mut keyboard = Keyboard::asked();
    assert_eq!(keyboard.types(b"\x1b").waits(124).said(), []);
    assert_eq!(keyboard.waits(1).said(), std::slice::from_ref(&escape));
    assert_eq!(keyboard.types(b"\x1b\x1b").waits(125).said(), [escape.clone(), escape.clone()]);
    assert_eq!(keyboard.types(b"\x1b[").waits(125).said(), [key(KeyCode::Char('['), KeyModifiers::ALT)]);
    // A hand that presses Escape, and then something else.
    assert_eq!(keyboard.types(b"\x1b").waits(26).types(b"j").said(), [&[escape.clone()][..], &keys("j")].concat());
    assert_eq!(keyboard.types(b"\x1b").waits(20).types(b"b").said(), [key(KeyCode::Char('b'), KeyModifiers::ALT)]);
    let down = key(KeyCode::Down, KeyModifiers::NONE);
    assert_eq!(keyboard.types(b"\x1b").waits(60).types(b"\x1b[B").said(), [escape.clone(), down]);
    let twice = keyboard.types(b"\x1b").waits(60).types(b"\x1b").waits(125).said();
    assert_eq!(twice, [escape.clone(), escape]);
}

/// Case 10.
#[test]
fn option_and_an_arrow_are_one_key_in_every_terminal() {
    let left = |modifiers| key(KeyCode::Left, modifiers);
    let (alt, ctrl) = (KeyModifiers::ALT, KeyModifiers::CONTROL);
    for (sent, expected, terminal) in [
        ("\x1b\x1b[D", left(alt), "Terminal.app and rxvt"),
        ("\x1b\x1bOD", left(alt), "the same, with cursor keys as an application's"),
        ("\x1b[1;3D", left(alt), "xterm"),
        ("\x1b[1;9D", left(alt), "iTerm2"),
        ("\x1bb", key(KeyCode::Char('b'), alt), "Terminal.app, iTerm2 with natural editing"),
        ("\x1b[1;5D", left(ctrl), "xterm with Ctrl"),
        ("\x1b[5D", left(ctrl), "older ones with Ctrl"),
        ("\x1bOd", left(ctrl), "rxvt with Ctrl"),
        ("\x1b[d", left(ctrl), "rxvt with Shift"),
        ("\x1b\x7f", key(KeyCode::Backspace, alt), "Option and Backspace"),
        ("\x1b\x1b[3~", key(KeyCode::Delete, alt), "Option and Delete"),
        ("\x1b\x1b[1;5C", key(KeyCode::Right, alt | ctrl), "both"),
    ] {
        assert_eq!(read(&[sent.as_bytes()]), std::slice::from_ref(&expected), "{terminal}");
        for pause in [1, 20] {
            let mut keyboard = Keyboard::asked();
            for byte in sent.bytes() {
                keyboard.types(&[byte]).waits(pause);
            }
            assert_eq!(keyboard.waits(500).said(), std::slice::from_ref(&expected), "{terminal}, {pause} ms apart");
        }
    }
    let mut cut = Keyboard::asked();
    assert_eq!(cut.types(b"\x1b").waits(60).types(b"\x1b[D").said(), [left(alt)], "cut by a bad link");
}

/// Case 02.
#[test]
fn reports_that_nobody_asked_for_are_no_keys() {
    for report in [
        "\x1b[12;40R",
        "\x1b[?64;1;2;6;9;15;18;21;22c",
        "\x1b[>41;354;0c",
        "\x1b[?1u",
        "\x1b[?2026;2$y",
        "\x1b[8;40;120t",
        "\x1b[M !!",
        "\x1b[M#\u{e9}\u{e9}",
        "\x1b[tRm",
        "\x1b[TRmRmRm",
        "\x1b[<35;40;12M",
        "\x1b[32;40;12M",
        "\x1bOz",
        "\u{9b}12;40R",
        "\u{85}",
    ] {
        assert_eq!(read(&[report.as_bytes(), b"n"]), keys("n"), "{report:?}");
    }
    assert_eq!(read(&[b"\x1b[M#\xff\xffn"]), keys("n"), "a mouse far to the right, in bytes");
}

/// Finding D5.
#[test]
fn the_second_end_of_a_paste_is_told() {
    let all = read(&[b"\x1b[200~one\x1b[201~two\x1b[201~n"]);
    assert_eq!(all, [&[paste("one")][..], &keys("two"), &[TerminalInput::PasteEnds], &keys("n")].concat());
}

#[test]
fn what_is_no_text_is_seen_and_nothing_after_it_is_lost() {
    let unreadable = TerminalInput::Key(letter(char::REPLACEMENT_CHARACTER));
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
        assert_eq!(keyboard.waits(1).said(), [TerminalInput::PasteStalls { letters: 11 }]);
        assert_eq!(keyboard.waits(60_000).said(), [], "it is told once");
        assert_eq!(
            keyboard.types(b"q\r").waits(1_000).said(),
            [TerminalInput::PasteStalls { letters: 13 }],
            "no command"
        );
        assert_eq!(keyboard.types(hand).waits(125).said(), [paste("det är\rhalvq\r")]);
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
    let mut decoder = Decoder::new(Patience::LOCAL, false);
    assert_eq!(decoder.read(b"\x1b[200~half\x1b[20", Instant::now()), []);
    assert_eq!(decoder.end(), [paste("half")]);
}
