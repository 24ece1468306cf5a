//! The larger editor: its text goes back to where it came from.

use super::{form, line};
use crate::tui::effect::Effect;
use crate::tui::form::Value;
use crate::tui::model::Model;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::editor::Target;

/// Takes the text over.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Editor(editor)) = model.overlays.pop() else { return Vec::new() };
    let text = editor.text();
    match editor.target {
        Target::Line => {
            model.line.input.set(text);
            model.line.focused = true;
            line::changed(model);
            Vec::new()
        }
        Target::Field(at) => {
            if let Some(Value::Text { input, .. }) =
                form::top(model).and_then(|form| form.fields.get_mut(at)).map(|field| &mut field.value)
            {
                input.set(text);
            }
            form::changed(model)
        }
    }
}

/// Leaves the editor. Nothing typed is lost: the text is taken over all the same, and can still be changed there.
pub fn back(model: &mut Model) -> Vec<Effect> {
    save(model)
}
