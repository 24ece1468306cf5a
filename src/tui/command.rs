//! The one table of commands: palette, help, hint line and the README's keys are all made from it.

use super::act::{self, applies};
use super::effect::Effect;
use super::model::{Model, Pane, Screen};
use super::overlays::Overlay;
use super::overlays::list::ListKind;
pub use crate::config::keymap::Mode;

/// A named thing that a person can invoke.
#[derive(Debug)]
pub struct Command {
    /// By which the keymap names it.
    pub id: &'static str,
    /// The message key of its description.
    pub describe: &'static str,
    /// Where it belongs: where its keys are bound, and under which heading help shows it.
    pub scope: Mode,
    /// Whether it makes sense now.
    pub applies: fn(&Model) -> bool,
    pub run: fn(&mut Model) -> Vec<Effect>,
}

/// The command of that id.
pub fn find(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

/// The id of every command: what a keymap may name.
pub fn ids() -> Vec<&'static str> {
    COMMANDS.iter().map(|command| command.id).collect()
}

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
    free && model.line.focused && model.around.screen == Screen::Room
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

macro_rules! commands {
    ($($scope:ident { $($id:literal, $describe:literal, $applies:ident, $run:expr;)+ })+) => {
        /// Every command, by where it belongs, in the order help shows them.
        pub static COMMANDS: &[Command] = &[$($(
            Command { id: $id, describe: $describe, scope: Mode::$scope, applies: applies::$applies, run: $run },
        )+)+];
    };
}

commands! {
    Lobby {
        "lobby.declare", "command-declare", always, act::incident::declare;
        "lobby.open", "command-open-room", has_rooms, act::lobby::open;
        "lobby.demo", "command-demo", always, act::lobby::demo;
        "lobby.past", "command-past", has_rooms, act::lobby::past;
    }
    Room {
        "entry.write", "command-note", in_room, act::line::focus;
        "question.answer", "command-answer", has_question, act::question::answer;
        "meeting.open", "command-meeting", in_room, act::meeting::meeting;
        "notice.write", "command-update", in_room, act::message::update;
        "timeline.search", "command-search", in_room, act::timeline::search;
        "timeline.filter", "command-filter", in_room, act::timeline::filter;
        "timeline.clear", "command-filter-clear", is_filtered, act::timeline::clear;
        "timeline.latest", "command-latest", in_room, act::timeline::latest;
        "timeline.starred", "command-next-starred", in_room, act::timeline::next_starred;
        "entry.undo", "command-undo", has_own_entry, act::timeline::undo;
        "action.add", "command-action", in_room, act::action::open;
        "plan.list", "command-plans", in_room, act::list::plans;
        "plan.condition", "command-switch-condition", in_room, act::plan::condition;
        "open.list", "command-open-list", in_room, act::pane::actions;
        "resource.list", "command-resources", in_room, act::list::resources;
        "resource.ask", "command-resource", in_room, act::supply::ask;
        "supplier.list", "command-suppliers", in_room, act::list::suppliers;
        "supplier.engage", "command-supplier", in_room, act::supply::supplier;
        "obstacle.list", "command-obstacles", in_room, act::list::obstacles;
        "obstacle.raise", "command-obstacle", in_room, act::supply::obstacle;
        "clock.list", "command-clocks", in_room, act::list::clocks;
        "clock.snooze", "command-snooze", has_running_clock, act::clock::snooze;
        "clock.cadence", "command-cadence", has_cadence, act::clock::cadence;
        "meeting.call", "command-meeting-call", is_open, act::meeting::call;
        "meeting.list", "command-meetings", in_room, act::list::meetings;
        "notice.list", "command-notices", in_room, act::list::notices;
        "message.list", "command-messages", in_room, act::list::messages;
        "role.list", "command-roles", in_room, act::list::roles;
        "role.escalate", "command-escalate", in_room, act::people::escalate;
        "contact.list", "command-contacts", in_room, act::list::contacts;
        "handover.give", "command-hand-over", in_room, act::people::hand_over;
        "handover.accept", "command-accept-handover", has_handover, act::people::accept;
        "shift.plan", "command-shift", is_open, act::people::shift;
        "incident.priority", "command-priority", in_room, act::incident::priority;
        "incident.classify", "command-classify", in_room, act::incident::classify;
        "incident.activate", "command-activate", can_activate, act::incident::activate;
        "phase.list", "command-phases", has_phases, act::list::phases;
        "incident.mitigate", "command-mitigated", is_open, act::incident::mitigate;
        "incident.restore", "command-restored", is_open, act::incident::restore;
        "incident.reopen", "command-reopen", is_over, act::incident::reopen;
        "incident.close", "command-close", is_restored, act::incident::close;
        "checklist.unsettled", "command-unsettled", has_unsettled, act::list::unsettled;
        "debrief.list", "command-debrief", is_over, act::list::debrief;
        "action.corrective", "command-corrective", in_room, act::action::corrective;
        "report.deliver", "command-report-delivered", is_closed, act::incident::report;
        "problem.link", "command-problem", in_room, act::incident::problem;
        "draft.list", "command-drafts", has_drafts, act::list::drafts;
        "pane.next", "command-pane-next", in_room, act::pane::next;
        "pane.previous", "command-pane-previous", in_room, act::pane::previous;
        "pane.questions", "command-pane-questions", in_room, act::pane::questions;
        "pane.checklist", "command-pane-checklist", in_room, act::pane::checklist;
        "pane.timeline", "command-pane-timeline", in_room, act::pane::timeline;
        "pane.actions", "command-pane-actions", in_room, act::pane::actions;
        "pane.zoom", "command-zoom", in_room, act::pane::zoom;
        "room.next", "command-next-room", has_other_rooms, act::lobby::next;
        "room.lobby", "command-rooms", in_room, act::lobby::leave_room;
    }
    Questions {
        "question.open", "command-history", has_question, act::list::history;
    }
    Checklist {
        "checklist.check", "command-check", has_item, act::checklist::toggle;
        "checklist.open", "command-item-help", has_item, act::checklist::explain;
        "checklist.note", "command-check-noted", has_item, act::checklist::check_noted;
        "checklist.waive", "command-waive", has_item, act::checklist::waive;
        "checklist.reopen", "command-reopen-item", has_settled_item, act::checklist::reopen;
        "checklist.assign", "command-assign-item", has_item, act::checklist::assign;
    }
    Timeline {
        "entry.open", "command-entry-open", has_entry, act::pane::open;
        "timeline.new", "command-next-new", in_room, act::timeline::next_new;
        "entry.star", "command-star", has_entry, act::timeline::star;
        "entry.amend", "command-amend", has_entry, act::timeline::amend;
        "entry.strike", "command-strike", has_entry, act::timeline::strike;
        "entry.copy", "command-copy", has_entry, act::timeline::copy;
        "entry.redact", "command-redact", has_entry, act::timeline::redact;
    }
    Actions {
        "action.open", "command-action-open", in_room, act::pane::open;
        "action.done", "command-action-done", has_action, act::action::done;
        "action.update", "command-action-update", has_action, act::action::update;
        "action.drop", "command-action-drop", has_action, act::action::drop_it;
    }
    Entry {
        "entry.save", "command-send", in_room, act::line::send;
        "entry.newline", "command-newline", in_room, act::line::newline;
        "entry.kind-next", "command-kind-next", in_room, act::line::kind_next;
        "entry.kind-previous", "command-kind-previous", in_room, act::line::kind_previous;
        "entry.complete-next", "command-complete-next", in_room, act::line::complete_next;
        "entry.complete-previous", "command-complete-previous", in_room, act::line::complete_previous;
        "entry.earlier", "command-recall-earlier", in_room, act::line::earlier;
        "entry.later", "command-recall-later", in_room, act::line::later;
        "entry.editor", "command-editor", in_room, act::line::editor;
        "entry.leave", "command-leave-line", in_room, act::line::leave;
    }
    Meeting {
        "meeting.point", "command-meeting-point", in_meeting, act::list::open;
        "meeting.attend", "command-meeting-attend", in_meeting, act::meeting::attend;
        "meeting.end", "command-meeting-end", in_meeting, act::meeting::end;
        "meeting.call-off", "command-meeting-call-off", in_meeting, act::meeting::call_off;
    }
    Form {
        "form.enter", "command-form-enter", always, act::form::enter;
        "form.next", "command-form-next", always, act::form::next;
        "form.previous", "command-form-previous", always, act::form::previous;
        "form.submit", "command-form-submit", always, act::form::submit;
        "form.editor", "command-editor", always, act::form::editor;
    }
    List {
        "list.choose", "command-row-open", always, act::list::open;
        "list.add", "command-row-new", always, act::list::add;
        "list.edit", "command-row-edit", always, act::list::edit;
        "list.end", "command-row-end", always, act::list::end;
    }
    Editor {
        "editor.save", "command-editor-save", always, act::editor::save;
    }
    Global {
        "app.palette", "command-palette", always, act::palette::open;
        "app.help", "command-help", always, act::help::open;
        "app.back", "command-back", always, act::program::back;
        "move.down", "command-down", always, act::pane::down;
        "move.up", "command-up", always, act::pane::up;
        "move.half-down", "command-half-down", always, act::pane::half_down;
        "move.half-up", "command-half-up", always, act::pane::half_up;
        "move.page-down", "command-page-down", always, act::pane::page_down;
        "move.page-up", "command-page-up", always, act::pane::page_up;
        "move.first", "command-first", always, act::pane::first;
        "move.last", "command-last", always, act::pane::last;
        "alarm.go", "command-go-to-alarm", has_alarm_elsewhere, act::alarm::go;
        "alarm.acknowledge", "command-acknowledge", has_alarm, act::alarm::acknowledge;
        "room.back", "command-come-back", can_come_back, act::alarm::come_back;
        "app.language", "command-language", always, act::setting::language;
        "app.theme", "command-theme", always, act::setting::theme;
        "app.redraw", "command-redraw", always, act::program::redraw;
        "app.suspend", "command-suspend", always, act::program::suspend;
        "app.leave", "command-leave", always, act::program::leave;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keymap::Keymap;

    #[test]
    fn every_command_has_its_own_id() {
        let mut ids = ids();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }

    #[test]
    fn the_built_in_keymap_names_only_commands_that_there_are() {
        let (_, faults) = Keymap::read(&[], &ids());
        assert!(faults.is_empty(), "{faults:?}");
    }
}
