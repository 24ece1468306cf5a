//! The larger editor: its text goes back to where it came from.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::editor::state::Target;
use crate::tui::form::field::FieldValue;
use crate::tui::overlay::state::Overlay;
use crate::tui::{entry_line, form};

/// Takes the text over.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Editor(editor)) = model.overlays.pop() else { return Vec::new() };
    let text = editor.text();
    match editor.target {
        Target::Line => {
            model.line.input.set(text);
            model.line.focused = true;
            entry_line::actions::changed(model);
            Vec::new()
        }
        Target::Field(at) => {
            if let Some(FieldValue::Text { input, .. }) =
                form::actions::top(model).and_then(|form| form.fields.get_mut(at)).map(|field| &mut field.value)
            {
                input.set(text);
            }
            form::actions::changed(model)
        }
    }
}

/// After a key: what is typed in the editor is kept like what is typed where it came from.
pub fn changed(model: &mut Model) {
    let now = model.environment.now;
    match model.overlays.as_mut_slice() {
        [.., Overlay::Form(form), Overlay::Editor(_)] => {
            form.began_at.get_or_insert(now);
            form.unkept = form.slot.is_some();
        }
        [.., Overlay::Editor(editor)] if editor.target == Target::Line => {
            let id = model.line.id.unwrap_or_else(|| model.ids.next(now));
            model.line.began_at.get_or_insert(now);
            model.line.id = Some(id);
            model.line.unkept = true;
        }
        _ => {}
    }
}

/// Leaves the editor. Nothing typed is lost: the text goes back to where it came from, where it can still be changed.
pub fn back(model: &mut Model) -> Vec<Effect> {
    save(model)
}
