//! Where the keys go: the modes in force, the innermost first.

use crate::config::keymap::Mode;
use crate::tui::app::environment::Screen;
use crate::tui::app::model::Model;
use crate::tui::list::state::ListKind;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::pane::Pane;

/// The heading of a mode in help.
pub fn heading(mode: Mode) -> &'static str {
    match mode {
        Mode::Global => "mode-global",
        Mode::Lobby => "mode-lobby",
        Mode::Room => "mode-room",
        Mode::Questions => "mode-questions",
        Mode::Checklist => "mode-checklist",
        Mode::Timeline => "mode-timeline",
        Mode::Actions => "mode-actions",
        Mode::Entry => "mode-entry",
        Mode::Meeting => "mode-meeting",
        Mode::Form => "mode-form",
        Mode::List => "mode-list",
        Mode::Palette => "mode-palette",
        Mode::Help => "mode-help",
        Mode::Editor => "mode-editor",
    }
}

/// The modes in force, the innermost first.
pub fn modes(model: &Model) -> Vec<Mode> {
    if types_entry(model) {
        return vec![Mode::Entry];
    }
    if let Some(overlay) = model.overlays.last() {
        return match overlay {
            Overlay::List(list) if list.kind == ListKind::Meeting => vec![Mode::Meeting, Mode::List, Mode::Global],
            Overlay::List(_) => vec![Mode::List, Mode::Global],
            Overlay::Palette(_) => vec![Mode::Palette],
            Overlay::Form(_) => vec![Mode::Form],
            Overlay::Editor(_) => vec![Mode::Editor],
            Overlay::Help(_) | Overlay::Confirm(_) | Overlay::Paste(_) => vec![Mode::Help, Mode::Global],
        };
    }
    match model.room_view() {
        Some(view) => vec![mode_of(view.focus), Mode::Room, Mode::Global],
        None => vec![Mode::Lobby, Mode::Global],
    }
}

/// Whether the keys go to the entry line: it has the focus, and nothing lies over it but a meeting, in which notes are taken.
pub fn types_entry(model: &Model) -> bool {
    let free = match model.overlays.last() {
        None => true,
        Some(Overlay::List(list)) => list.kind == ListKind::Meeting,
        Some(_) => false,
    };
    free && model.line.focused && model.environment.screen == Screen::Room
}

/// Whether what is typed is text.
pub fn takes_text(model: &Model) -> bool {
    modes(model).first().is_some_and(|mode| mode.takes_text())
}

/// The mode of a pane's own commands.
pub fn mode_of(pane: Pane) -> Mode {
    match pane {
        Pane::Questions => Mode::Questions,
        Pane::Checklist => Mode::Checklist,
        Pane::Timeline => Mode::Timeline,
        Pane::Actions => Mode::Actions,
    }
}
