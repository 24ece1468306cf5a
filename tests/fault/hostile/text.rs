//! Text that wants to do harm: controls, escape sequences, bidi, invisible characters, floods of marks, and what looks like tmux.

use super::super::dice::Dice;

/// In every sequence that could steer a terminal, so that one which came through is known from the program's own.
pub const MARK: &str = "31337";

/// Some text of about that many bytes.
pub fn of(dice: &mut Dice, length: usize) -> String {
    let mut text = String::with_capacity(length + 64);
    while text.len() < length {
        piece(dice, &mut text);
    }
    text
}

fn piece(dice: &mut Dice, text: &mut String) {
    let any = |dice: &mut Dice, from: u32, to: u32| {
        let code = from + u32::try_from(dice.roll(u64::from(to - from))).expect("small");
        char::from_u32(code).unwrap_or('\u{fffd}')
    };
    match dice.roll(20) {
        0 => text.push(any(dice, 0, 0x20)),
        1 => text.push(any(dice, 0x7f, 0xa0)),
        2 => {
            let sequences = [
                "\u{1b}[31337m",
                "\u{1b}[31337;1H",
                "\u{1b}[2;31337J",
                "\u{1b}]0;31337\u{7}",
                "\u{1b}]52;c;31337\u{1b}\\",
                "\u{1b}P31337\u{1b}\\",
                "\u{9b}31337m",
                "\u{9d}0;31337\u{9c}",
                "\u{1b}[?31337h",
                "\u{1b}_31337\u{1b}\\",
                "\u{1b}c31337",
                "\u{1b}[>31337c",
                "\u{1b}[200~31337\u{1b}[201~",
                "\u{1b}(031337",
                "\u{1b}[31337",
            ];
            text.push_str(dice.pick::<&str>(&sequences[..]));
        }
        3 => text.push(*dice.pick(&[
            '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
            '\u{200e}', '\u{200f}', '\u{61c}',
        ])),
        4 => text.push(*dice.pick(&[
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{2060}',
            '\u{feff}',
            '\u{ad}',
            '\u{34f}',
            '\u{115f}',
            '\u{3164}',
            '\u{2028}',
            '\u{2029}',
            '\u{180e}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{fff9}',
            '\u{fe0f}',
            '\u{e0100}',
            '\u{ffff}',
        ])),
        5 => {
            text.push(*dice.pick(&['a', 'é', '漢', ' ', '👍']));
            for _ in 0..dice.roll(300) {
                text.push(any(dice, 0x300, 0x370));
            }
        }
        6 => text.push_str(dice.pick::<&str>(&[
            "👨\u{200d}👩\u{200d}👧\u{200d}👦",
            "🏳\u{fe0f}\u{200d}🌈",
            "👍🏽",
            "🇸🇪🇸",
            "1\u{fe0f}\u{20e3}",
            "👩\u{200d}",
        ])),
        7 => text.push_str(dice.pick::<&str>(&[
            "#(touch /tmp/31337)",
            "#[fg=red]",
            "#{pane_id}",
            "#{?x,#(id),y}",
            "%%",
            "##(",
        ])),
        8 => text.push_str(dice.pick::<&str>(&[
            "$(id)",
            "`id`",
            "; rm -rf .",
            "{{7*7}}",
            "%s%n",
            "'\"><b>",
            "\\x1b[31m",
            "\\u202e",
        ])),
        9 => text.push_str(dice.pick::<&str>(&[
            "\u{e01}\u{200b}\u{fe0f}漢2",
            "กำ",
            "ﷺ",
            "𒐫",
            "நி",
            "क्ष",
            "각",
            "\u{1100}\u{1161}",
        ])),
        10 => text.push(any(dice, 0x1f000, 0x1fb00)),
        11 => text.push(any(dice, 0xa0, 0x3000)),
        12 => text.push(any(dice, 0x3000, 0x1_1000)),
        13 => text.push(any(dice, 0xe000, 0x11_0000)),
        // Bytes that were never text arrive as replacement characters.
        14 => {
            let bytes: Vec<u8> = (0..dice.roll(24)).map(|_| u8::try_from(dice.roll(256)).unwrap_or_default()).collect();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
        15 => text.push_str(dice.pick::<&str>(&["\n", "\r\n", "\r", "\t", "\n\n\n", "\u{b}", "\u{c}", "\u{85}"])),
        // A word without an end.
        16 if dice.one_in(12) => {
            for _ in 0..dice.roll(4000) {
                text.push('w');
            }
        }
        _ => text.push_str("the gateway answers 502 "),
    }
}
