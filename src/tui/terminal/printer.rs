//! Cells to bytes: as few as it takes, and a whole frame in one write.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar as _;

/// What each attribute is called in a terminal's language.
const ATTRIBUTES: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The attributes that a cell without a character shows too.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// How the terminal writes at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Look = Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
}

/// A terminal behind `out`. It remembers what it told it: a cursor that is where it should be is not moved, a look that
/// holds is not said again. Nothing is ever asked of the terminal, whose answers the keyboard's thread would read.
pub struct Printer<W> {
    out: W,
    /// What is not written yet.
    frame: Vec<u8>,
    size: Size,
    /// Where the cursor is; none when that is not certain.
    at: Option<Position>,
    look: Option<Look>,
    cursor_shown: Option<bool>,
}

impl<W: Write> Printer<W> {
    pub fn new(out: W, (columns, rows): (u16, u16)) -> Self {
        let size = Size::new(columns, rows);
        Printer { out, frame: Vec::new(), size, at: None, look: None, cursor_shown: None }
    }

    /// The terminal has another size.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.size = Size::new(columns, rows);
        self.at = None;
    }

    /// Somebody else wrote to the terminal: nothing is known of it any more.
    pub fn forget(&mut self) {
        (self.at, self.look, self.cursor_shown) = (None, None, None);
    }

    /// Writes `bytes` that neither move the cursor nor change the look, and at once.
    pub fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.frame.extend_from_slice(bytes);
        self.flush()
    }

    fn move_to(&mut self, at: Position) {
        match self.at {
            Some(here) if here == at => {}
            Some(here) if here.y == at.y && here.x < at.x => match at.x - here.x {
                1 => self.frame.extend_from_slice(b"\x1b[C"),
                columns => self.put(format_args!("\x1b[{columns}C")),
            },
            _ => {
                let (row, column) = (u32::from(at.y) + 1, u32::from(at.x) + 1);
                self.put(format_args!("\x1b[{row};{column}H"));
            }
        }
        self.at = Some(at);
    }

    /// Wears what `cell` shows of its look: of a blank that is the ground alone.
    fn wear_for(&mut self, cell: &Cell) {
        let look = Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        let is_seen = |look: Look| look.modifier.intersects(SEEN_ON_BLANKS);
        match self.look {
            Some(old) if cell.symbol() == " " && old.bg == look.bg && !is_seen(old) && !is_seen(look) => {}
            _ => self.wear(look),
        }
    }

    fn wear(&mut self, look: Look) {
        let Some(old) = self.look else {
            self.frame.extend_from_slice(b"\x1b[0m");
            self.look = Some(Look::PLAIN);
            return self.wear(look);
        };
        if old == look {
            return;
        }
        self.frame.extend_from_slice(b"\x1b[");
        let mut from = old;
        // There is no taking back of one attribute that every terminal knows, but all know the one of everything.
        if !look.modifier.contains(old.modifier) || look == Look::PLAIN {
            self.frame.extend_from_slice(b"0;");
            from = Look::PLAIN;
        }
        for (attribute, code) in ATTRIBUTES {
            if look.modifier.contains(attribute) && !from.modifier.contains(attribute) {
                self.put(format_args!("{code};"));
            }
        }
        if look.fg != from.fg {
            self.put_colour(look.fg, 0);
        }
        if look.bg != from.bg {
            self.put_colour(look.bg, 10);
        }
        // Each of them ended in a semicolon; the last one ends the sequence.
        self.frame.pop();
        self.frame.push(b'm');
        self.look = Some(look);
    }

    /// `ground`: 0 for the foreground, 10 for the background.
    fn put_colour(&mut self, colour: Color, ground: u8) {
        let named = match colour {
            Color::Reset => 39,
            Color::Black => 30,
            Color::Red => 31,
            Color::Green => 32,
            Color::Yellow => 33,
            Color::Blue => 34,
            Color::Magenta => 35,
            Color::Cyan => 36,
            Color::Gray => 37,
            Color::DarkGray => 90,
            Color::LightRed => 91,
            Color::LightGreen => 92,
            Color::LightYellow => 93,
            Color::LightBlue => 94,
            Color::LightMagenta => 95,
            Color::LightCyan => 96,
            Color::White => 97,
            Color::Indexed(index) => return self.put(format_args!("{};5;{index};", 38 + ground)),
            Color::Rgb(r, g, b) => return self.put(format_args!("{};2;{r};{g};{b};", 38 + ground)),
        };
        self.put(format_args!("{};", named + ground));
    }

    fn put(&mut self, what: std::fmt::Arguments<'_>) {
        // A vector takes everything.
        let _ = self.frame.write_fmt(what);
    }
}

/// Whether every terminal takes `symbol` for one column: what is drawn behind anything else is put in its place, so that a row
/// on which they disagree is wrong in that one place and not from there on.
fn is_one_column_everywhere(symbol: &str) -> bool {
    /// Where the scripts of broad characters begin; emoji lie beyond, or are broad.
    const BROAD: char = '\u{2e80}';
    let mut chars = symbol.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c < BROAD && c.width() == Some(1))
}

impl<W: Write> Backend for Printer<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Beyond ASCII terminals may disagree on how broad things are: a neighbour of what is one column nearly everywhere is
        // written right after, but the cursor is not taken to be anywhere when the next run begins.
        let mut is_certain = true;
        for (x, y, cell) in content {
            let here = Position { x, y };
            if self.at != Some(here) {
                if !is_certain {
                    self.at = None;
                }
                self.move_to(here);
                is_certain = true;
            }
            self.wear_for(cell);
            self.frame.extend_from_slice(cell.symbol().as_bytes());
            is_certain &= cell.symbol().is_ascii();
            // In the last column the cursor waits, on or behind it as the terminal pleases.
            let is_known = x + 1 < self.size.width && is_one_column_everywhere(cell.symbol());
            self.at = is_known.then_some(Position { x: x + 1, y });
        }
        if !is_certain {
            self.at = None;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(false) {
            self.frame.extend_from_slice(b"\x1b[?25l");
            self.cursor_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(true) {
            self.frame.extend_from_slice(b"\x1b[?25h");
            self.cursor_shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        // What is cleared takes the background in use.
        self.wear(Look::PLAIN);
        self.frame.extend_from_slice(match region {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[0J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[0K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.out.write_all(&self.frame).and_then(|()| self.out.flush());
        self.frame.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::style::Style;
    use ratatui::widgets::Paragraph;

    use super::*;

    /// Counts writes beside keeping what was written.
    #[derive(Default)]
    struct Tape {
        bytes: Vec<u8>,
        writes: usize,
    }

    impl Write for Tape {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.bytes.extend_from_slice(bytes);
            self.writes += 1;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn terminal() -> Terminal<Printer<Tape>> {
        Terminal::new(Printer::new(Tape::default(), (20, 3))).unwrap()
    }

    fn draw(terminal: &mut Terminal<Printer<Tape>>, text: &str, style: Style, cursor: u16) -> (String, usize) {
        let before = (terminal.backend().out.bytes.len(), terminal.backend().out.writes);
        terminal
            .draw(|frame| {
                frame.render_widget(Paragraph::new(text).style(style), frame.area());
                frame.set_cursor_position((cursor, 0));
            })
            .unwrap();
        let out = &terminal.backend().out;
        (String::from_utf8(out.bytes[before.0..].to_vec()).unwrap(), out.writes - before.1)
    }

    #[test]
    fn a_typed_letter_is_one_byte_in_one_write() {
        let mut terminal = terminal();
        let style = Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD);
        draw(&mut terminal, "ab", style, 2);
        assert_eq!(draw(&mut terminal, "abc", style, 3), ("c".to_owned(), 1));
    }

    #[test]
    fn after_what_terminals_may_measure_differently_the_cursor_is_placed() {
        let mut terminal = terminal();
        draw(&mut terminal, "a", Style::new(), 1);
        assert_eq!(draw(&mut terminal, "aé", Style::new(), 2).0, "é\x1b[1;3H");
        assert_eq!(draw(&mut terminal, "aéb", Style::new(), 3).0, "b");
    }

    #[test]
    fn at_the_right_edge_the_cursor_is_placed() {
        let mut terminal = terminal();
        let full = "x".repeat(20);
        draw(&mut terminal, &full[..19], Style::new(), 19);
        assert_eq!(draw(&mut terminal, &full, Style::new(), 19).0, "x\x1b[1;20H");
    }

    #[test]
    fn a_terminal_emulator_shows_what_was_drawn() {
        let mut terminal = terminal();
        let mut emulator = vt100::Parser::new(3, 20, 0);
        let bold = Style::new().fg(Color::Indexed(200)).bg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::BOLD);
        let frames =
            [("one 漢字 é", bold), ("one 漢 two", Style::new()), ("e\u{301}x", bold.fg(Color::LightBlue)), ("", bold)];
        for (text, style) in frames {
            let (bytes, writes) = draw(&mut terminal, text, style, 0);
            emulator.process(bytes.as_bytes());
            assert_eq!(writes, 1);
            assert_eq!(emulator.screen().contents().trim_end(), text, "{bytes:?}");
            let cell = emulator.screen().cell(0, 0).unwrap();
            let (fg, bg) = match style.fg {
                Some(Color::Indexed(200)) => (vt100::Color::Idx(200), vt100::Color::Rgb(1, 2, 3)),
                Some(_) => (vt100::Color::Idx(12), vt100::Color::Rgb(1, 2, 3)),
                None => (vt100::Color::Default, vt100::Color::Default),
            };
            assert_eq!(cell.bgcolor(), bg, "{bytes:?}");
            // A blank shows its ground alone.
            if !text.is_empty() {
                assert_eq!(cell.bold(), style.add_modifier.contains(Modifier::BOLD), "{bytes:?}");
                assert_eq!(cell.fgcolor(), fg, "{bytes:?}");
            }
        }
    }

    #[test]
    fn a_blank_takes_no_colour_but_its_ground() {
        let mut terminal = terminal();
        draw(&mut terminal, "ab", Style::new().fg(Color::Red), 2);
        let blank = |style| Style::new().add_modifier(Modifier::BOLD).patch(style);
        assert_eq!(draw(&mut terminal, "a", blank(Style::new()), 1).0.matches('m').count(), 1, "the letter's own");
        let (bytes, _) = draw(&mut terminal, "a", blank(Style::new().bg(Color::Blue)), 1);
        assert!(bytes.contains("44m"), "{bytes:?}");
        let (bytes, _) = draw(&mut terminal, "a", blank(Style::new().add_modifier(Modifier::UNDERLINED)), 1);
        assert!(bytes.contains("\x1b[4;49ma   "), "{bytes:?}");
    }

    #[test]
    fn a_step_to_the_right_is_relative() {
        let mut terminal = terminal();
        draw(&mut terminal, "1 of 12, 3 late", Style::new(), 0);
        assert_eq!(draw(&mut terminal, "2 of 13, 4 late", Style::new(), 0).0, "2\x1b[5C3\x1b[2C4\x1b[1;1H");
    }

    #[test]
    fn what_follows_something_of_doubtful_breadth_is_put_in_its_place() {
        for (text, expected) in [
            ("\u{1f1f8}\u{1f1ea}x", "\u{1f1f8}\u{1f1ea}\x1b[1;3Hx"),
            ("\u{6f22}x", "\u{6f22}\x1b[1;3Hx"),
            ("e\u{301}x", "e\u{301}\x1b[1;2Hx"),
            ("åx─✓…", "åx─✓…"),
        ] {
            let mut terminal = terminal();
            let (bytes, _) = draw(&mut terminal, text, Style::new(), 0);
            assert!(bytes.contains(expected), "{bytes:?}");
        }
    }

    #[test]
    fn clearing_asks_the_terminal_nothing() {
        let mut terminal = terminal();
        draw(&mut terminal, "ab", Style::new().bg(Color::Red), 2);
        terminal.clear().unwrap();
        let (bytes, _) = draw(&mut terminal, "ab", Style::new(), 2);
        assert_eq!(bytes, "\x1b[0m\x1b[2J\x1b[1;1Hab");
    }
}
