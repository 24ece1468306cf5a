//! What the terminal can show, and colours reduced to it. By hand, because of the sixteen colours the one of the same hue counts, where
//! the crates that reduce colours take the nearest.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// None at all, or none wanted.
    None,
    Ansi16,
    Ansi256,
    TrueColour,
}

/// What the surroundings say of colour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signals {
    /// `NO_COLOR` is set and not empty.
    pub no_colour: bool,
    /// `CLICOLOR_FORCE` is set.
    pub forced: bool,
    /// `CLICOLOR`, when it is set: whether colour is wanted.
    pub wanted: Option<bool>,
    /// `COLORTERM` promises true colour.
    pub true_colour: bool,
    /// `TERM`; empty when it is not set.
    pub term: String,
}

/// Terminals that show true colour and are often reached over ssh, where `COLORTERM` is lost on the way.
const TRUE_COLOUR_TERMS: [&str; 6] = ["kitty", "alacritty", "foot", "ghostty", "wezterm", "-direct"];

impl Signals {
    /// What this process's environment says.
    pub fn read() -> Self {
        Signals {
            no_colour: anstyle_query::no_color(),
            forced: anstyle_query::clicolor_force(),
            wanted: anstyle_query::clicolor(),
            true_colour: anstyle_query::truecolor(),
            term: std::env::var("TERM").unwrap_or_default(),
        }
    }

    /// How many colours that makes. `NO_COLOR` wins over everything.
    pub fn depth(&self) -> Depth {
        let dumb = self.term.is_empty() || self.term == "dumb";
        if self.no_colour || (!self.forced && (self.wanted == Some(false) || dumb)) {
            Depth::None
        } else if self.true_colour || TRUE_COLOUR_TERMS.iter().any(|name| self.term.contains(name)) {
            Depth::TrueColour
        } else if self.term.contains("256color") {
            Depth::Ansi256
        } else {
            Depth::Ansi16
        }
    }
}

/// `style` as a terminal of `depth` can show it. Text never vanishes: where text and ground become the same colour, the
/// ground is dropped and the style reversed.
pub fn reduce(mut style: Style, depth: Depth) -> Style {
    style.fg = style.fg.and_then(|colour| reduced(colour, depth));
    style.bg = style.bg.and_then(|colour| reduced(colour, depth));
    style.underline_color = None;
    if style.bg.is_some() && style.fg == style.bg {
        style.bg = None;
        style = style.add_modifier(Modifier::REVERSED);
    }
    style
}

fn reduced(colour: Color, depth: Depth) -> Option<Color> {
    match (depth, colour) {
        (Depth::None, _) => None,
        (Depth::TrueColour, _) => Some(colour),
        (Depth::Ansi256, Color::Rgb(r, g, b)) => Some(Color::Indexed(indexed(r, g, b))),
        (Depth::Ansi16, Color::Rgb(r, g, b)) => Some(named(r, g, b)),
        (_, colour) => Some(colour),
    }
}

/// The levels of the 6×6×6 cube of the 256 colours.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the 256 colours: of the cube or of the greys.
fn indexed(r: u8, g: u8, b: u8) -> u8 {
    let level = |value: u8| (0..6u8).min_by_key(|n| CUBE[usize::from(*n)].abs_diff(value)).unwrap_or(0);
    let cube = [r, g, b].map(level);
    let cube_colour = cube.map(|n| CUBE[usize::from(n)]);
    let step = (0..24u8).min_by_key(|n| (8 + 10 * n).abs_diff(mean(r, g, b))).unwrap_or(0);
    let grey = 8 + 10 * step;
    if far([r, g, b], [grey; 3]) < far([r, g, b], cube_colour) {
        232 + step
    } else {
        16 + 36 * cube[0] + 6 * cube[1] + cube[2]
    }
}

fn mean(r: u8, g: u8, b: u8) -> u8 {
    ((u16::from(r) + u16::from(g) + u16::from(b)) / 3) as u8
}

fn far(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// Of the sixteen, the one of the same hue, not the nearest: what is red must stay red in every palette.
fn named(r: u8, g: u8, b: u8) -> Color {
    let (high, low) = (r.max(g).max(b), r.min(g).min(b));
    let spread = high - low;
    let light = (u16::from(high) + u16::from(low)) / 2;
    if spread < 40 {
        return match light {
            0..=35 => Color::Black,
            36..=125 => Color::DarkGray,
            126..=215 => Color::Gray,
            _ => Color::White,
        };
    }
    let (r, g, b, spread) = (i32::from(r), i32::from(g), i32::from(b), i32::from(spread));
    let hue = if r >= g && r >= b {
        (60 * (g - b) / spread).rem_euclid(360)
    } else if g >= b {
        120 + 60 * (b - r) / spread
    } else {
        240 + 60 * (r - g) / spread
    };
    let (plain, bright) = match hue {
        ..=20 | 335.. => (Color::Red, Color::LightRed),
        21..=70 => (Color::Yellow, Color::LightYellow),
        71..=165 => (Color::Green, Color::LightGreen),
        166..=200 => (Color::Cyan, Color::LightCyan),
        201..=262 => (Color::Blue, Color::LightBlue),
        263..=334 => (Color::Magenta, Color::LightMagenta),
    };
    if light > 120 { bright } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signals(term: &str) -> Signals {
        Signals { term: term.to_owned(), ..Signals::default() }
    }

    #[test]
    fn depth_follows_the_surroundings() {
        assert_eq!(signals("xterm").depth(), Depth::Ansi16);
        assert_eq!(signals("linux").depth(), Depth::Ansi16);
        assert_eq!(signals("tmux-256color").depth(), Depth::Ansi256);
        assert_eq!(signals("xterm-kitty").depth(), Depth::TrueColour);
        assert_eq!(signals("dumb").depth(), Depth::None);
        assert_eq!(signals("").depth(), Depth::None);
        assert_eq!(Signals { true_colour: true, ..signals("xterm") }.depth(), Depth::TrueColour);
        assert_eq!(Signals { wanted: Some(false), ..signals("xterm") }.depth(), Depth::None);
        assert_eq!(Signals { wanted: Some(false), forced: true, ..signals("xterm") }.depth(), Depth::Ansi16);
        assert_eq!(Signals { no_colour: true, forced: true, ..signals("xterm-kitty") }.depth(), Depth::None);
    }

    #[test]
    fn the_256_colours_are_met_exactly_where_they_exist() {
        for (rgb, index) in [((0, 0, 0), 16), ((255, 255, 255), 231), ((255, 0, 0), 196), ((8, 8, 8), 232)] {
            assert_eq!(indexed(rgb.0, rgb.1, rgb.2), index);
        }
        assert_eq!(indexed(98, 98, 98), 241);
        assert_eq!(indexed(95, 135, 175), 67);
    }

    #[test]
    fn hues_survive_sixteen_colours() {
        assert_eq!(named(0xff, 0x5c, 0x57), Color::LightRed);
        assert_eq!(named(0x9a, 0x1b, 0x1b), Color::Red);
        assert_eq!(named(0xe6, 0x9f, 0x00), Color::Yellow);
        assert_eq!(named(0x00, 0x9e, 0x73), Color::Green);
        assert_eq!(named(0x56, 0xb4, 0xe9), Color::LightBlue);
        assert_eq!(named(0x20, 0x20, 0x20), Color::Black);
        assert_eq!(named(0xee, 0xee, 0xee), Color::White);
    }

    #[test]
    fn text_never_takes_the_colour_of_its_ground() {
        let style = Style::new().fg(Color::Rgb(200, 30, 30)).bg(Color::Rgb(140, 10, 10));
        let shown = reduce(style, Depth::Ansi16);
        assert_eq!((shown.fg, shown.bg), (Some(Color::Red), None));
        assert!(shown.add_modifier.contains(Modifier::REVERSED));
        assert_eq!(reduce(style, Depth::None), Style::new());
        assert_eq!(reduce(style, Depth::TrueColour), style);
    }
}
