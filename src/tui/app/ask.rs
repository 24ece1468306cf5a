//! What commands do: each takes the model, changes it, and says what it wants done outside.

use crate::domain::id::IntentId;
use crate::domain::intent::{Intent, Request};
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::app::pending::TypedText;

/// Asks for `intent` in the room on the screen, as having happened at `at`, or when it is recorded.
pub fn ask(model: &mut Model, at: Option<Moment>, intent: Intent) -> Vec<Effect> {
    let id = model.ids.next(model.environment.now);
    ask_as(model, id, at, intent, None)
}

/// The same, under an id that is already known. `typed`: what the person wrote for it.
pub fn ask_as(
    model: &mut Model,
    id: IntentId,
    at: Option<Moment>,
    intent: Intent,
    typed: Option<TypedText>,
) -> Vec<Effect> {
    if model.environment.read_only {
        return looks_on(model);
    }
    let Some(view) = &model.view else { return Vec::new() };
    let request = Request { id, room: view.room.id.clone(), at, intent };
    vec![model.pending.request(request, typed)]
}

/// Says that a person who may only read cannot write.
pub fn looks_on(model: &mut Model) -> Vec<Effect> {
    model.say(Phrase::new("toast-looks-on"), Tone::Info);
    Vec::new()
}
