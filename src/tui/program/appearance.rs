//! Which theme is shown, and the ones that a person goes through.

use crate::config::layer::Source;
use crate::config::theme::{Background, Choice, Depth, Theme};

/// What "theme" goes through, by the name it is called: first as the settings have it.
const OFFERED: [(&str, Option<Choice>); 5] = [
    ("settings", None),
    ("dark", Some(Choice::Dark)),
    ("light", Some(Choice::Light)),
    ("colour-blind", Some(Choice::ColourBlind)),
    ("mono", Some(Choice::Mono)),
];

/// What a theme is made from on this terminal, and which one is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// What the settings choose.
    pub choice: Choice,
    /// The files of single roles over it, the weakest first.
    pub layers: Vec<Source>,
    pub depth: Depth,
    pub background: Background,
    /// Which of those offered is shown.
    at: usize,
}

impl Appearance {
    /// As the settings have it.
    pub fn new(choice: Choice, layers: Vec<Source>, depth: Depth, background: Background) -> Self {
        Appearance { choice, layers, depth, background, at: 0 }
    }

    /// The theme that is shown. A theme chosen by its name is as it is built in.
    pub fn theme(&self) -> Theme {
        match OFFERED[self.at].1 {
            None => Theme::new(self.choice, self.background, self.depth, &self.layers).0,
            Some(choice) => Theme::new(choice, self.background, self.depth, None).0,
        }
    }

    /// Goes on to the next one, and says what it is called.
    pub fn turn(&mut self) -> &'static str {
        self.at = (self.at + 1) % OFFERED.len();
        OFFERED[self.at].0
    }

    /// Whether the theme of the settings is another one on another background.
    pub fn depend_on_background(&self) -> bool {
        matches!(self.choice, Choice::Auto | Choice::ColourBlind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_goes_through_every_theme_and_comes_back() {
        let layers = vec![Source::new("theme.toml", "[roles]\ntext = 'bold'\n")];
        let mut appearance = Appearance::new(Choice::Light, layers, Depth::TrueColour, Background::Dark);
        let own = appearance.theme();
        let built_in = Theme::new(Choice::Light, Background::Dark, Depth::TrueColour, None).0;
        assert_ne!(own, built_in, "the person's own file counts");
        let names: Vec<_> = (0..OFFERED.len()).map(|_| (appearance.turn(), appearance.theme())).collect();
        assert_eq!(
            names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" "),
            "dark light colour-blind mono settings"
        );
        assert_eq!(names[1].1, built_in);
        assert_eq!(appearance.theme(), own);
    }
}
