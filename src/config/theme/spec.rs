//! How a style is written in a theme file: `bold #ffcc00 on #202020`.

use ratatui::style::{Color, Modifier, Style};

/// What a person can write.
pub const HELP: &str = "write a colour (`#rrggbb`, `red`, `bright-red`, `default`), `on` and a colour, and any of \
                        `bold`, `dim`, `italic`, `underline`, `reverse`, `strike`";

const NAMED: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

/// The style that `text` describes; an empty text is the terminal's own.
///
/// # Errors
/// The word that is not understood, or a colour given twice.
pub fn parse(text: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            let word = words.next().ok_or("`on` needs a colour after it")?;
            let colour = colour(word)?;
            if style.bg.replace(colour).is_some() {
                return Err(format!("a second background, `{word}`"));
            }
        } else {
            let colour = colour(word)?;
            if style.fg.replace(colour).is_some() {
                return Err(format!("a second colour, `{word}`"));
            }
        }
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, String> {
    if let Some((_, colour)) = NAMED.iter().find(|(name, _)| *name == word) {
        return Ok(*colour);
    }
    let hex = word.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
    let number = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
    number.map(Color::from_u32).ok_or_else(|| format!("`{word}` is not a colour or a style"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read() {
        let style = parse("bold #ffcc00 on bright-black underline").expect("a style");
        assert_eq!(style.fg, Some(Color::Rgb(0xff, 0xcc, 0)));
        assert_eq!(style.bg, Some(Color::DarkGray));
        assert_eq!(style.add_modifier, Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(parse(""), Ok(Style::new()));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, word) in [("bold redd", "redd"), ("#12345", "#12345"), ("red blue", "blue"), ("on", "on")] {
            let why = parse(text).expect_err(text);
            assert!(why.contains(word), "{why}");
        }
        assert!(parse("on red on blue").is_err());
        assert!(parse("#ééé").is_err());
    }
}
