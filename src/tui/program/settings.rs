//! Language and theme, switched while the program runs.

use crate::config::lang::Words;
use crate::domain::phrase::{Lang, Lexicon, Phrase};
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::entry_line;

/// The other language.
pub fn language(model: &mut Model) -> Vec<Effect> {
    let now = Lang::ALL.iter().position(|lang| *lang == model.words.lang()).unwrap_or(0);
    model.words = Words::new(Lang::ALL[(now + 1) % Lang::ALL.len()], model.environment.zone.clone());
    let name = model.words.tell("toast-language");
    let setting = Phrase::new("toast-language-lasts").with("lang", model.words.lang().code());
    let said = Phrase::new("toast-set").with("name", name.into_owned()).with("setting", setting);
    model.say(said.with("file", model.settings_file.as_str()), Tone::Info);
    entry_line::actions::understand(model);
    vec![Effect::Redraw]
}

/// The next theme.
pub fn theme(model: &mut Model) -> Vec<Effect> {
    let name = model.appearance.turn();
    model.theme = model.appearance.theme();
    let said = Phrase::new("toast-theme").with("name", name);
    let said = match name {
        // As the settings have it: it lasts already.
        "settings" => said,
        _ => Phrase::new("toast-set")
            .with("name", said)
            .with("setting", Phrase::new("toast-theme-lasts").with("name", name))
            .with("file", model.settings_file.as_str()),
    };
    model.say(said, Tone::Info);
    vec![Effect::Redraw]
}
