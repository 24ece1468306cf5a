//! The one table of commands: palette, help, hint line and the keys of `docs/keys.md` are all made from it.

use crate::config::keymap::Mode;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::command::preconditions;
use crate::tui::list::open;
use crate::tui::people::who_types;
use crate::tui::program::settings;
use crate::tui::room::{focus, movement};
use crate::tui::{
    action_items, alarms, checklist, clocks, editor, entry_line, form, incident, list, lobby, meeting, messages,
    people, plans, program, questions, room, supply, timeline,
};

/// A named thing that a person can invoke.
#[derive(Debug)]
pub struct Command {
    /// By which the keymap names it.
    pub id: &'static str,
    /// The message key of its description.
    pub describe: &'static str,
    /// Where it belongs: where its keys are bound, and under which heading help shows it.
    pub scope: Mode,
    /// Whether it makes sense now, and why not.
    pub applies: fn(&Model) -> preconditions::Applies,
    /// Whether it leads to something being written: not for somebody who may only read.
    pub writes: bool,
    pub run: Run,
}

/// Who carries a command out.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// A feature.
    Feature(fn(&mut Model) -> Vec<Effect>),
    /// Opens the palette, which is made from this table.
    OpenPalette,
    /// Opens help for where one is, which is made from this table.
    OpenHelp,
    /// Does what the selected row of the palette or of a list stands for.
    ChooseRow,
}

impl Command {
    /// Whether it can be done now: it makes sense, and the person may do it. Else why not.
    ///
    /// # Errors
    /// The message key of the reason.
    pub fn verdict(&self, model: &Model) -> preconditions::Applies {
        if self.writes && model.environment.read_only { Err("why-looks-on") } else { (self.applies)(model) }
    }
}

/// The command of that id.
pub fn find(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

/// The id of every command: what a keymap may name.
pub fn ids() -> Vec<&'static str> {
    COMMANDS.iter().map(|command| command.id).collect()
}

macro_rules! commands {
    (@ writes) => { true };
    (@ appearance) => { false };
    (@ run open_palette) => { Run::OpenPalette };
    (@ run open_help) => { Run::OpenHelp };
    (@ run choose_row) => { Run::ChooseRow };
    (@ run $($feature:ident)::+) => { Run::Feature($($feature)::+) };
    ($($scope:ident { $($id:literal, $describe:literal, $applies:ident, $touch:ident, $($run:ident)::+;)+ })+) => {
        /// Every command, by where it belongs, in the order help shows them.
        pub static COMMANDS: &[Command] = &[$($(
            Command {
                id: $id,
                describe: $describe,
                scope: Mode::$scope,
                applies: preconditions::$applies,
                writes: commands!(@ $touch),
                run: commands!(@ run $($run)::+),
            },
        )+)+];
    };
}

commands! {
    Lobby {
        "lobby.declare", "command-declare", always, writes, incident::actions::declare;
        "lobby.open", "command-open-room", has_rooms, appearance, lobby::actions::open;
        "lobby.demo", "command-demo", always, writes, lobby::actions::demo;
        "lobby.past", "command-past", has_rooms, appearance, lobby::actions::past;
    }
    Room {
        "entry.write", "command-note", in_room, writes, entry_line::actions::focus;
        "question.answer", "command-answer", has_question, writes, questions::actions::answer;
        "meeting.open", "command-meeting", in_room, appearance, meeting::actions::meeting;
        "notice.write", "command-update", in_room, writes, messages::actions::update;
        "timeline.search", "command-search", in_room, appearance, timeline::actions::search;
        "timeline.filter", "command-filter", in_room, appearance, timeline::actions::filter;
        "timeline.clear", "command-filter-clear", is_filtered, appearance, timeline::actions::clear;
        "timeline.latest", "command-latest", in_room, appearance, timeline::actions::latest;
        "timeline.starred", "command-next-starred", in_room, appearance, timeline::actions::next_starred;
        "entry.undo", "command-undo", has_own_entry, writes, timeline::actions::undo;
        "action.add", "command-action", in_room, writes, action_items::actions::open;
        "plan.list", "command-plans", in_room, appearance, open::plans;
        "plan.condition", "command-switch-condition", in_room, writes, plans::actions::condition;
        "open.list", "command-open-list", in_room, appearance, focus::actions;
        "resource.list", "command-resources", in_room, appearance, open::resources;
        "resource.ask", "command-resource", in_room, writes, supply::actions::ask;
        "supplier.list", "command-suppliers", in_room, appearance, open::suppliers;
        "supplier.engage", "command-supplier", in_room, writes, supply::actions::supplier;
        "obstacle.list", "command-obstacles", in_room, appearance, open::obstacles;
        "obstacle.raise", "command-obstacle", in_room, writes, supply::actions::obstacle;
        "clock.list", "command-clocks", in_room, appearance, open::clocks;
        "clock.snooze", "command-snooze", has_running_clock, writes, clocks::actions::snooze;
        "clock.cadence", "command-cadence", has_cadence, writes, clocks::actions::cadence;
        "meeting.call", "command-meeting-call", is_open, writes, meeting::actions::call;
        "meeting.list", "command-meetings", in_room, appearance, open::meetings;
        "notice.list", "command-notices", in_room, appearance, open::notices;
        "message.list", "command-messages", in_room, appearance, open::messages;
        "role.list", "command-roles", in_room, appearance, open::roles;
        "role.escalate", "command-escalate", in_room, writes, people::actions::call;
        "contact.list", "command-contacts", in_room, appearance, open::contacts;
        "people.list", "command-people", in_room, appearance, open::people;
        "people.type-as", "command-type-as", always, appearance, who_types::open;
        "handover.give", "command-hand-over", in_room, writes, people::actions::hand_over;
        "handover.accept", "command-accept-handover", has_handover, writes, people::actions::accept;
        "shift.plan", "command-shift", is_open, writes, people::actions::shift;
        "incident.priority", "command-priority", in_room, writes, incident::actions::priority;
        "incident.classify", "command-classify", in_room, writes, incident::actions::classify;
        "incident.activate", "command-activate", can_activate, writes, incident::actions::activate;
        "phase.list", "command-phases", has_phases, appearance, open::phases;
        "incident.mitigate", "command-mitigated", is_open, writes, incident::actions::mitigate;
        "incident.restore", "command-restored", is_open, writes, incident::actions::restore;
        "incident.reopen", "command-reopen", is_over, writes, incident::actions::reopen;
        "incident.close", "command-close", is_restored, writes, incident::actions::close;
        "checklist.unsettled", "command-unsettled", has_unsettled, appearance, open::unsettled;
        "debrief.list", "command-debrief", is_over, appearance, open::debrief;
        "action.corrective", "command-corrective", in_room, writes, action_items::actions::corrective;
        "report.deliver", "command-report-delivered", is_closed, writes, incident::actions::report;
        "problem.link", "command-problem", in_room, writes, incident::actions::problem;
        "draft.list", "command-drafts", has_drafts, writes, open::drafts;
        "pane.next", "command-pane-next", in_room, appearance, focus::next;
        "pane.previous", "command-pane-previous", in_room, appearance, focus::previous;
        "pane.questions", "command-pane-questions", in_room, appearance, focus::questions;
        "pane.checklist", "command-pane-checklist", in_room, appearance, focus::checklist;
        "pane.timeline", "command-pane-timeline", in_room, appearance, focus::timeline;
        "pane.actions", "command-pane-actions", in_room, appearance, focus::actions;
        "pane.zoom", "command-zoom", in_room, appearance, focus::zoom;
        "room.next", "command-next-room", has_other_rooms, appearance, lobby::actions::next;
        "room.lobby", "command-rooms", in_room, appearance, lobby::actions::leave_room;
    }
    Questions {
        "question.open", "command-history", has_question, appearance, open::history;
    }
    Checklist {
        "checklist.check", "command-check", has_item, writes, checklist::actions::toggle;
        "checklist.open", "command-item-help", has_item, appearance, checklist::actions::explain;
        "checklist.note", "command-check-noted", has_item, writes, checklist::actions::check_noted;
        "checklist.waive", "command-waive", has_item, writes, checklist::actions::waive;
        "checklist.reopen", "command-reopen-item", has_settled_item, writes, checklist::actions::reopen;
        "checklist.assign", "command-assign-item", has_item, writes, checklist::actions::assign;
    }
    Timeline {
        "entry.open", "command-entry-open", has_entry, appearance, room::actions::open;
        "timeline.new", "command-next-new", in_room, appearance, timeline::actions::next_new;
        "entry.star", "command-star", has_entry, writes, timeline::actions::star;
        "entry.amend", "command-amend", has_correctable_entry, writes, timeline::actions::amend;
        "entry.strike", "command-strike", has_correctable_entry, writes, timeline::actions::strike;
        "entry.copy", "command-copy", has_entry_with_words, appearance, timeline::actions::copy;
        "entry.copy-block", "command-copy-block", has_entry_with_words, appearance, timeline::actions::copy_block;
        "entry.redact", "command-redact", has_entry_with_words, writes, timeline::actions::redact;
    }
    Actions {
        "action.open", "command-action-open", has_open_row, writes, room::actions::open;
        "action.done", "command-action-done", has_any_action, writes, action_items::actions::done;
        "action.update", "command-action-update", has_action, writes, action_items::actions::update;
        "action.drop", "command-action-drop", has_action, writes, action_items::actions::drop_it;
    }
    Entry {
        "entry.save", "command-send", at_line, writes, entry_line::actions::send;
        "entry.newline", "command-newline", at_line, writes, entry_line::actions::newline;
        "entry.kind-next", "command-kind-next", at_line, writes, entry_line::actions::kind_next;
        "entry.kind-previous", "command-kind-previous", at_line, writes, entry_line::actions::kind_previous;
        "entry.complete-next", "command-complete-next", at_line, writes, entry_line::actions::complete_next;
        "entry.complete-previous", "command-complete-previous", at_line, writes, entry_line::actions::complete_previous;
        "entry.earlier", "command-recall-earlier", at_line, writes, entry_line::actions::earlier;
        "entry.later", "command-recall-later", at_line, writes, entry_line::actions::later;
        "entry.editor", "command-editor", at_line, writes, entry_line::actions::editor;
        "entry.leave", "command-leave-line", at_line, appearance, entry_line::actions::leave;
    }
    Meeting {
        "meeting.point", "command-meeting-point", in_meeting, writes, list::actions::open;
        "meeting.attend", "command-meeting-attend", in_meeting, writes, meeting::actions::attend;
        "meeting.end", "command-meeting-end", in_meeting, writes, meeting::actions::end;
        "meeting.call-off", "command-meeting-call-off", in_meeting, writes, meeting::actions::call_off;
    }
    Form {
        "form.enter", "command-form-enter", always, appearance, form::actions::enter;
        "form.next", "command-form-next", always, appearance, form::actions::next;
        "form.previous", "command-form-previous", always, appearance, form::actions::previous;
        "form.submit", "command-form-submit", always, appearance, form::actions::submit;
        "form.editor", "command-editor", always, appearance, form::actions::editor;
    }
    List {
        "list.choose", "command-row-open", always, appearance, choose_row;
        "list.add", "command-row-new", always, writes, list::actions::add;
        "list.edit", "command-row-edit", always, writes, list::actions::edit;
        "list.end", "command-row-end", always, writes, list::actions::end;
    }
    Editor {
        "editor.save", "command-editor-save", always, appearance, editor::actions::save;
    }
    Global {
        "app.palette", "command-palette", always, appearance, open_palette;
        "app.help", "command-help", always, appearance, open_help;
        "app.back", "command-back", always, appearance, program::actions::back;
        "move.down", "command-down", always, appearance, movement::down;
        "move.up", "command-up", always, appearance, movement::up;
        "move.half-down", "command-half-down", always, appearance, movement::half_down;
        "move.half-up", "command-half-up", always, appearance, movement::half_up;
        "move.page-down", "command-page-down", always, appearance, movement::page_down;
        "move.page-up", "command-page-up", always, appearance, movement::page_up;
        "move.first", "command-first", always, appearance, movement::first;
        "move.last", "command-last", always, appearance, movement::last;
        "alarm.go", "command-go-to-alarm", has_alarm_elsewhere, appearance, alarms::actions::go;
        "alarm.acknowledge", "command-acknowledge", has_alarm, appearance, alarms::actions::acknowledge;
        "room.back", "command-come-back", can_come_back, appearance, alarms::actions::come_back;
        "app.language", "command-language", always, appearance, settings::language;
        "app.theme", "command-theme", always, appearance, settings::theme;
        "app.redraw", "command-redraw", always, appearance, program::actions::redraw;
        "app.suspend", "command-suspend", always, appearance, program::actions::suspend;
        "app.leave", "command-leave", always, appearance, program::actions::leave;
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
