//! What stands around the rows of a list: its title, what is said above them, and the keys along the lower edge.

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::text::Text;
use crate::tui::app::model::Model;
use crate::tui::command::{hints, table};
use crate::tui::form::state::plain;
use crate::tui::list::row::words;
use crate::tui::list::state::ListKind;

/// The title of a list.
pub fn title(kind: &ListKind, model: &Model) -> Phrase {
    Phrase::new(match kind {
        ListKind::Roles => "list-roles",
        ListKind::Clocks => "list-clocks",
        ListKind::Plans => "list-plans",
        ListKind::Resources => "list-resources",
        ListKind::Suppliers => "list-suppliers",
        ListKind::Obstacles => "list-obstacles",
        ListKind::Messages => "list-messages",
        ListKind::Notices => "list-notices",
        ListKind::Meeting => "list-meeting",
        ListKind::Meetings => "list-meetings",
        ListKind::History(key) => {
            let routine = model.view.as_ref().and_then(|view| view.room.routine.as_deref());
            return match routine.and_then(|routine| routine.question(key)) {
                Some(question) => plain(question.prompt.clone()),
                None => plain(key.as_str()),
            };
        }
        ListKind::Unsettled => "list-unsettled",
        ListKind::Phases => "list-phases",
        ListKind::Debrief => "list-debrief",
        ListKind::Drafts => "list-drafts",
        ListKind::Contacts => "list-contacts",
        ListKind::People => "list-people",
    })
}

/// What stands above the rows.
pub fn head(kind: &ListKind, model: &Model) -> Vec<Phrase> {
    let Some(room) = model.view.as_ref().map(|view| &view.room) else { return Vec::new() };
    match kind {
        ListKind::Meeting => match room.running_meeting() {
            Some(meeting) => {
                let names: Vec<&str> = meeting.attendees.iter().map(Text::raw).collect();
                let since = Phrase::new("meeting-since")
                    .with("no", meeting.no)
                    .with("time", meeting.started_at)
                    .with("span", Arg::Minutes(model.environment.now.since(meeting.started_at).num_minutes()))
                    .with("notes", meeting.notes);
                let people = if names.is_empty() {
                    Phrase::new("meeting-nobody")
                } else {
                    Phrase::new("meeting-people").with("people", names.join(", "))
                };
                vec![since, people]
            }
            None => vec![Phrase::new("meeting-none")],
        },
        ListKind::Plans => vec![match &room.tracks.switch_condition {
            Some(condition) => Phrase::new("plans-switch").with("text", words(condition)),
            None => Phrase::new("plans-no-switch"),
        }],
        ListKind::Unsettled => vec![Phrase::new("unsettled-head")],
        ListKind::People => vec![Phrase::new("people-head")],
        ListKind::Suppliers => vec![Phrase::new("guide-supplier")],
        ListKind::Contacts if model.contacts.is_empty() => vec![Phrase::new("contacts-none")],
        ListKind::Roles => {
            let attempts = room.standing_attempts().rev().take(4).map(|attempt| {
                Phrase::new("attempt-line")
                    .with("time", attempt.at)
                    .with("person", words(&attempt.person))
                    .with("outcome", attempt.outcome.label())
            });
            attempts.collect()
        }
        _ => Vec::new(),
    }
}

/// The keys that mean something in a list, for its lower edge.
pub fn foot(kind: &ListKind, model: &Model) -> String {
    let verbs: &[(&str, &'static str)] = match kind {
        ListKind::Roles => &[("list.choose", "verb-assign"), ("list.add", "verb-call"), ("list.end", "verb-release")],
        ListKind::Clocks => &[("list.choose", "verb-snooze"), ("list.edit", "verb-cadence")],
        ListKind::Plans => &[
            ("list.choose", "verb-write"),
            ("list.add", "verb-condition"),
            ("list.edit", "verb-go-for"),
            ("list.end", "verb-drop"),
        ],
        ListKind::Resources => &[("list.choose", "verb-allocate"), ("list.add", "verb-new"), ("list.end", "verb-drop")],
        ListKind::Suppliers => &[("list.choose", "verb-change"), ("list.add", "verb-new")],
        ListKind::Obstacles => &[("list.choose", "verb-clear"), ("list.add", "verb-new")],
        ListKind::Messages => &[("list.choose", "verb-send-again"), ("list.add", "verb-new")],
        ListKind::Notices => &[("list.choose", "verb-write")],
        ListKind::Meeting => &[
            ("meeting.point", "verb-point"),
            ("meeting.attend", "verb-attend"),
            ("entry.write", "verb-note"),
            ("meeting.end", "verb-end"),
        ],
        ListKind::Unsettled => &[("list.choose", "verb-go")],
        ListKind::Phases => &[("list.choose", "verb-enter")],
        ListKind::Debrief => &[("list.choose", "verb-answer")],
        ListKind::Drafts => &[("list.choose", "verb-take"), ("list.end", "verb-forget")],
        ListKind::Contacts => &[("list.choose", "verb-call")],
        ListKind::People => &[("people.type-as", "verb-type-as")],
        ListKind::Meetings => &[("list.add", "verb-new")],
        ListKind::History(_) => &[("list.choose", "verb-answer")],
    };
    let offered = |id: &str| {
        !model.environment.read_only || table::find(id).is_some_and(|command| !command.writes && id != "list.choose")
    };
    let shown = verbs
        .iter()
        .filter(|(id, _)| offered(id))
        .map(|(id, verb)| format!("{} {}", hints::first_key_of(model, id), model.words.tell(verb)));
    shown.collect::<Vec<_>>().join("  ")
}
