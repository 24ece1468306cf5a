//! What the person is writing, told to the host when it changes: others see it beside the name.

use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::environment::Connection;
use crate::tui::app::model::Model;
use crate::tui::editor::state::Target;
use crate::tui::overlay::state::Overlay;
use crate::wire::message::{Ask, Writing};

/// A person who has pressed no key for so long is away, also with a form open. A guess: longer than a thought, shorter than
/// a break.
const IDLE_SECONDS: i64 = 5 * 60;

/// Tells the host, when it does not know yet. While the host is away nothing is told; it is told again once the host is back.
pub fn tell(model: &mut Model) -> Vec<Effect> {
    if model.environment.read_only || model.environment.connection != Connection::Up {
        return Vec::new();
    }
    let what = writing(model);
    let Some(view) = model.view.as_mut().filter(|view| view.told_writing != what) else { return Vec::new() };
    view.told_writing.clone_from(&what);
    vec![Effect::Ask { tag: Tag::Nothing, what: Ask::Writing { room: view.room.id.clone(), what } }]
}

/// What the person is writing: what the form on top is for, else an entry while the line is in use and not blank.
fn writing(model: &Model) -> Option<Writing> {
    model.room_view()?;
    let idle = model.environment.now.since(model.pressed_at).num_seconds() >= IDLE_SECONDS;
    if idle {
        return None;
    }
    let form = model.overlays.iter().rev().find_map(|overlay| match overlay {
        Overlay::Form(form) if form.sending.is_none() => form.writes.clone(),
        Overlay::Editor(editor) if editor.target == Target::Line => Some(Writing::Entry),
        Overlay::Paste(_) => Some(Writing::Entry),
        _ => None,
    });
    form.or_else(|| (model.line.focused && !model.line.input.is_blank()).then_some(Writing::Entry))
}
