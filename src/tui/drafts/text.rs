//! The texts being typed as the person sees them, wherever they are edited.

use crate::tui::app::model::Model;
use crate::tui::editor::state::Target;
use crate::tui::overlay::state::Overlay;

/// The text of the entry line as the person sees it: in the editor while that is open.
pub fn line_text(model: &Model) -> String {
    match model.overlays.last() {
        Some(Overlay::Editor(editor)) if editor.target == Target::Line => editor.text(),
        _ => model.line.input.value().to_owned(),
    }
}

/// The words of the form at `at` that are worth keeping, likewise.
pub fn form_text(overlays: &[Overlay], at: usize) -> String {
    match overlays.get(at..) {
        Some([Overlay::Form(form), Overlay::Editor(editor)]) if matches!(editor.target, Target::Field(field) if form.is_main(field)) => {
            editor.text()
        }
        Some([Overlay::Form(form), ..]) => form.main_text().to_owned(),
        _ => String::new(),
    }
}

/// The texts that the host may not have: what is not acknowledged, forms that are filled in, and what is typed.
pub fn unsaved(model: &Model) -> Vec<String> {
    let sent = model.pending.typed().map(|typed| typed.text.clone());
    let forms = model.overlays.iter().enumerate().filter_map(|(at, overlay)| match overlay {
        Overlay::Form(form) if form.began_at.is_some() && form.sending.is_none() => {
            Some(form_text(&model.overlays, at))
        }
        _ => None,
    });
    let typed = std::iter::once(line_text(model));
    sent.chain(forms).chain(typed).filter(|text| !text.trim().is_empty()).collect()
}
