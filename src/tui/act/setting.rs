//! Language and theme, switched while the program runs.

use crate::config::lang::Words;
use crate::domain::phrase::{Lang, Lexicon, Phrase};
use crate::tui::effect::Effect;
use crate::tui::model::{Model, Tone};

/// The other language.
pub fn language(model: &mut Model) -> Vec<Effect> {
    let now = Lang::ALL.iter().position(|lang| *lang == model.words.lang()).unwrap_or(0);
    model.words = Words::new(Lang::ALL[(now + 1) % Lang::ALL.len()]);
    model.say(Phrase::new("toast-language"), Tone::Info);
    super::line::understand(model);
    vec![Effect::Redraw]
}

/// The next theme.
pub fn theme(model: &mut Model) -> Vec<Effect> {
    let name = model.looks.turn();
    model.theme = model.looks.theme();
    model.say(Phrase::new("toast-theme").with("name", name), Tone::Info);
    vec![Effect::Redraw]
}
