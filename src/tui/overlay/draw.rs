//! What can lie over the screen, as one enum: a stack of these, the last one has the keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::model::Model;
use crate::tui::command::palette;
use crate::tui::command::palette::draw::Palette;
use crate::tui::editor;
use crate::tui::editor::draw::Editor;
use crate::tui::form;
use crate::tui::form::state::Form;
use crate::tui::help;
use crate::tui::help::state::Help;
use crate::tui::list;
use crate::tui::list::draw::List;
use crate::tui::overlay::confirm;
use crate::tui::overlay::confirm::Confirm;
use crate::tui::paste;
use crate::tui::paste::draw::Paste;
use crate::tui::theme::Paint;

/// An overlay.
#[derive(Debug)]
pub enum Overlay {
    /// Every command that makes sense here, found by typing.
    Palette(Palette),
    /// The keys that make sense here.
    Help(Help),
    /// Something to fill in.
    Form(Box<Form>),
    /// Rows to choose from.
    List(List),
    /// A text of many lines.
    Editor(Box<Editor>),
    /// A question with yes and no.
    Confirm(Confirm),
    /// What to do with a paste of many lines.
    Paste(Paste),
}

/// Draws `overlay` over `area` and says where the cursor stands.
pub fn draw(buf: &mut Buffer, area: Rect, overlay: &Overlay, model: &Model, paint: &Paint<'_>) -> Option<Position> {
    match overlay {
        Overlay::Palette(palette) => palette::draw::draw(buf, area, palette, paint),
        Overlay::Help(help) => help::state::draw(buf, area, help, paint),
        Overlay::Form(form) => form::draw::draw(buf, area, form, model.around.now, paint),
        Overlay::List(list) => list::draw::draw(buf, area, list, model, paint),
        Overlay::Editor(editor) => editor::draw::draw(buf, area, editor, paint),
        Overlay::Confirm(confirm) => confirm::draw(buf, area, confirm, paint),
        Overlay::Paste(paste) => paste::draw::draw(buf, area, paste, paint),
    }
}
