//! What can lie over the screen, as one enum: a stack of these, the last one has the keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::model::Model;
use crate::tui::command::palette;
use crate::tui::overlay::confirm;
use crate::tui::overlay::state::Overlay;
use crate::tui::theme::Paint;
use crate::tui::{editor, form, help, list, paste};

/// Draws `overlay` over `area` and says where the cursor stands.
pub fn draw(buf: &mut Buffer, area: Rect, overlay: &Overlay, model: &Model, paint: &Paint<'_>) -> Option<Position> {
    match overlay {
        Overlay::Palette(palette) => palette::draw::draw(buf, area, palette, paint),
        Overlay::Help(help) => help::draw::draw(buf, area, help, paint),
        Overlay::Form(form) => form::draw::draw(buf, area, form, model.environment.now, paint),
        Overlay::List(list) => list::draw::draw(buf, area, list, model, paint),
        Overlay::Editor(editor) => editor::draw::draw(buf, area, editor, paint),
        Overlay::Confirm(confirm) => confirm::draw(buf, area, confirm, paint),
        Overlay::Paste(paste) => paste::draw::draw(buf, area, paste, paint),
    }
}
