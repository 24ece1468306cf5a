//! The rows of the lists over the room, made from the room as it stands.

use crate::config::contact::Contact;
use crate::domain::action::Track;
use crate::domain::checklist::Urgency;
use crate::domain::clocks::ClockState;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Answer;
use crate::domain::record::Author;
use crate::domain::room::{MessageStatus, Room};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::timeline::channel_phrase;

use super::form::plain;
use super::model::{Model, RoomView};
use super::overlays::list::{List, ListKind, Row};
use super::screens::room::here::doing;
use super::theme::Role;
use crate::wire::message::Presence;

mod edge;

pub use edge::{foot, head, title};

fn row(id: impl Into<String>, mark: &'static str, role: Role, text: Phrase) -> Row {
    Row { id: id.into(), mark, role, text, detail: None }
}

fn words(text: &Text) -> Arg {
    if text.is_redacted() { Phrase::new("text-redacted").into() } else { text.raw().into() }
}

/// The rows of a list of `kind`. None while no room is there.
pub fn rows(kind: &ListKind, model: &Model) -> Vec<Row> {
    let Some(view) = &model.view else { return Vec::new() };
    let (room, now) = (&view.room, model.around.now);
    match kind {
        ListKind::Roles => roles(room),
        ListKind::Clocks => clocks(room, now),
        ListKind::Plans => plans(room),
        ListKind::Resources => resources(room),
        ListKind::Suppliers => suppliers(room),
        ListKind::Obstacles => obstacles(room),
        ListKind::Messages => messages(room),
        ListKind::Notices => notices(room),
        ListKind::Meeting => agenda(room),
        ListKind::Meetings => meetings(room),
        ListKind::History(key) => history(room, key),
        ListKind::Unsettled => unsettled(room, now),
        ListKind::Phases => phases(room),
        ListKind::Debrief => debrief(room),
        ListKind::Drafts => drafts(view),
        ListKind::Contacts => contacts(&model.contacts),
        ListKind::People => people(view, model.around.me.as_ref()),
    }
}

/// Which of `rows` is selected.
pub fn selected(list: &List, rows: &[Row]) -> usize {
    list.chosen.as_ref().and_then(|id| rows.iter().position(|row| row.id == *id)).unwrap_or(0)
}

fn roles(room: &Room) -> Vec<Row> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let rows = routine.roles.iter().map(|role| {
        let base = Phrase::new("role-line").with("role", role.label.clone());
        let (mark, style, text) = match room.roles.get(&role.key) {
            Some(holder) => (
                "●",
                Role::Ok,
                Phrase::new("role-line-held")
                    .with("role", role.label.clone())
                    .with("person", words(&holder.person))
                    .with("time", holder.since),
            ),
            None if role.key == routine.lead => ("!", Role::Danger, base),
            None => ("○", Role::Muted, base),
        };
        Row { detail: Some(plain(role.duty.clone())), ..row(role.key.as_str(), mark, style, text) }
    });
    rows.collect()
}

fn clocks(room: &Room, now: Moment) -> Vec<Row> {
    let rows = room.clock_views(now).into_iter().map(|view| {
        let (mark, role) = match view.state {
            ClockState::Calm => ("○", Role::Muted),
            ClockState::Soon => ("◔", Role::Warn),
            ClockState::Due => ("!", Role::Danger),
            ClockState::Overdue => ("‼", Role::Critical),
            ClockState::Met => ("✓", Role::Ok),
            ClockState::Snoozed => ("z", Role::Info),
        };
        let text = match view.due_at {
            Some(due) => Phrase::new("clock-line").with("time", due.at_offset_of(now)),
            None => Phrase::new("clock-line-idle"),
        };
        let text = text.with("clock", view.rule.label.clone()).with("state", view.state.label());
        let snooze = room.clocks.get(&view.rule.key).and_then(|memory| memory.snooze.as_ref());
        let detail = snooze
            .filter(|_| view.state == ClockState::Snoozed)
            .map(|snooze| Phrase::new("clock-snoozed-why").with("text", words(&snooze.reason)));
        Row { detail, ..row(view.rule.key.as_str(), mark, role, text) }
    });
    rows.collect()
}

fn plans(room: &Room) -> Vec<Row> {
    let rows = Track::ALL.into_iter().map(|track| {
        let chosen = room.tracks.chosen.as_ref().is_some_and(|(chosen, ..)| *chosen == track);
        let role = if track == Track::A { Role::TrackA } else { Role::TrackB };
        let (mark, role, text) = match room.tracks.plan(track) {
            None => ("○", Role::Muted, Phrase::new("plan-line-none")),
            Some(plan) if plan.dropped.is_some() => {
                ("×", Role::Muted, Phrase::new("plan-line-dropped").with("text", words(&plan.text)))
            }
            Some(plan) if chosen => ("▶", role, Phrase::new("plan-line-chosen").with("text", words(&plan.text))),
            Some(plan) => ("●", role, Phrase::new("plan-line").with("text", words(&plan.text))),
        };
        row(track.to_string(), mark, role, text.with("track", track.to_string()))
    });
    rows.collect()
}

fn resources(room: &Room) -> Vec<Row> {
    let rows = room.resources.iter().rev().map(|resource| {
        let base = |key| Phrase::new(key).with("text", words(&resource.what)).with("time", resource.asked_at);
        let (mark, role, text) = match (&resource.allocated, &resource.dropped) {
            (Some((who, _)), _) => ("✓", Role::Ok, base("resource-line-came").with("who", words(who))),
            (None, Some(_)) => ("×", Role::Muted, base("resource-line-dropped")),
            (None, None) => ("○", Role::Warn, base("resource-line")),
        };
        row(resource.no.to_string(), mark, role, text)
    });
    rows.collect()
}

fn suppliers(room: &Room) -> Vec<Row> {
    let rows = room.suppliers.iter().map(|supplier| {
        let or_dash = |text: &Text| if text.is_blank() { Arg::from("–") } else { words(text) };
        let critical = Phrase::new(match supplier.critical {
            Some(true) => "choice-yes",
            Some(false) => "choice-no",
            None => "choice-not-known",
        });
        let text =
            Phrase::new("supplier-line").with("name", words(&supplier.name)).with("case", or_dash(&supplier.case));
        let detail = Phrase::new("supplier-detail").with("critical", critical).with("staff", or_dash(&supplier.staff));
        let (mark, role) = if supplier.is_open() { ("○", Role::Warn) } else { ("✓", Role::Ok) };
        Row { detail: Some(detail), ..row(supplier.no.to_string(), mark, role, text) }
    });
    rows.collect()
}

fn obstacles(room: &Room) -> Vec<Row> {
    let rows = room.obstacles.iter().rev().map(|obstacle| {
        let text = Phrase::new("obstacle-line").with("text", words(&obstacle.text)).with("time", obstacle.raised_at);
        match &obstacle.cleared {
            Some((how, _)) => {
                let how = (!how.is_blank()).then(|| plain(words(how)));
                Row { detail: how, ..row(obstacle.no.to_string(), "✓", Role::Ok, text) }
            }
            None => row(obstacle.no.to_string(), "!", Role::Danger, text),
        }
    });
    rows.collect()
}

fn messages(room: &Room) -> Vec<Row> {
    let rows = room.messages.iter().rev().map(|message| {
        let (mark, role) = match message.status {
            MessageStatus::Drafted => ("…", Role::Draft),
            MessageStatus::Sent => ("✓", Role::Ok),
            MessageStatus::Failed => ("!", Role::Danger),
        };
        let text = Phrase::new("message-line")
            .with("time", message.at)
            .with("channel", channel_phrase(message.channel))
            .with("audience", words(&message.audience));
        Row { detail: Some(plain(words(&message.text))), ..row(message.seq.to_string(), mark, role, text) }
    });
    rows.collect()
}

fn notices(room: &Room) -> Vec<Row> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let rows = routine.notices.iter().map(|notice| {
        let sent = room
            .messages
            .iter()
            .rev()
            .find(|m| m.status == MessageStatus::Sent && m.notice.as_deref() == Some(&notice.key));
        let (mark, role) = if sent.is_some() { ("✓", Role::Ok) } else { ("○", Role::Warn) };
        let text = Phrase::new("notice-line")
            .with("title", notice.title.clone())
            .with("channel", channel_phrase(notice.channel));
        Row { detail: Some(plain(notice.must_include.clone())), ..row(notice.key.as_str(), mark, role, text) }
    });
    rows.collect()
}

fn agenda(room: &Room) -> Vec<Row> {
    let (Some(routine), Some(meeting)) = (room.routine.as_deref(), room.running_meeting()) else { return Vec::new() };
    let rows = routine.agenda.iter().map(|point| match meeting.points.get(&point.key) {
        Some((outcome, _)) => {
            let outcome = (!outcome.is_blank()).then(|| plain(words(outcome)));
            Row { detail: outcome, ..row(point.key.as_str(), "✓", Role::Ok, plain(point.title.clone())) }
        }
        None => row(point.key.as_str(), "○", Role::Accent, plain(point.title.clone())),
    });
    rows.collect()
}

fn meetings(room: &Room) -> Vec<Row> {
    let rows = room.meetings.iter().rev().map(|meeting| {
        let people = Phrase::new("meeting-line-people")
            .with("count", meeting.attendees.len())
            .with("points", meeting.points.len());
        let base = |key| Phrase::new(key).with("no", meeting.no).with("time", meeting.started_at);
        match &meeting.end {
            None => Row {
                detail: Some(people),
                ..row(meeting.no.to_string(), "▶", Role::Accent, base("meeting-line-runs"))
            },
            Some(end) if end.held => {
                let text = base("meeting-line-held").with("end", end.at);
                Row { detail: Some(people), ..row(meeting.no.to_string(), "✓", Role::Ok, text) }
            }
            Some(end) => {
                let text = base("meeting-line-off").with("text", words(&end.summary));
                row(meeting.no.to_string(), "×", Role::Muted, text)
            }
        }
    });
    rows.collect()
}

fn history(room: &Room, key: &str) -> Vec<Row> {
    let answers = room.answers.get(key).into_iter().flatten().rev();
    answers.flat_map(|answer| versions(room, answer)).collect()
}

/// An answer, struck or not, and below it what it said before it was corrected.
fn versions(room: &Room, answer: &Answer) -> Vec<Row> {
    let said = match answer.time {
        Some(time) if answer.text.is_blank() => Arg::Time(time),
        _ => words(&answer.text),
    };
    let detail = |key| {
        Phrase::new(key)
            .with("time", answer.at)
            .with("who", answer.by.signed())
            .with("sure", answer.by.sure.label())
            .with("certainty", answer.certainty.label())
    };
    let present = match room.mark(answer.seq).and_then(|mark| mark.struck.as_ref()) {
        None => {
            Row { detail: Some(detail("history-detail")), ..row(answer.seq.to_string(), "·", Role::Info, plain(said)) }
        }
        Some(reason) => {
            let key = if reason.is_blank() { "history-struck" } else { "history-struck-reason" };
            let detail = detail(key).with("text", words(reason));
            Row { detail: Some(detail), ..row(answer.seq.to_string(), "×", Role::Struck, plain(said)) }
        }
    };
    let former = answer.former.iter().enumerate().rev().map(|(nth, text)| Row {
        detail: Some(detail("history-corrected")),
        ..row(format!("{}/{nth}", answer.seq), "×", Role::Struck, plain(words(text)))
    });
    std::iter::once(present).chain(former).collect()
}

fn unsettled(room: &Room, now: Moment) -> Vec<Row> {
    let rows = room.items_by_urgency(now).into_iter().filter(|view| view.urgency != Urgency::Settled).map(|view| {
        let role = if view.urgency == Urgency::DueNow { Role::Warn } else { Role::Muted };
        row(view.item.key.as_str(), "○", role, plain(view.item.title.clone()))
    });
    rows.collect()
}

fn phases(room: &Room) -> Vec<Row> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let present = room.phases.last().map(|(key, _)| key.as_str());
    let rows = routine.phases.iter().map(|phase| {
        let entered = room.phases.iter().any(|(key, _)| *key == phase.key);
        let (mark, role) = match (present == Some(&*phase.key), entered) {
            (true, _) => ("▶", Role::Accent),
            (false, true) => ("✓", Role::Ok),
            (false, false) => ("○", Role::Muted),
        };
        Row {
            detail: Some(plain(phase.hint.clone())),
            ..row(phase.key.as_str(), mark, role, plain(phase.label.clone()))
        }
    });
    rows.collect()
}

fn debrief(room: &Room) -> Vec<Row> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let rows = routine.debrief.iter().map(|question| {
        let answer = room.debrief.get(&question.key);
        let (mark, role) = if answer.is_some() { ("✓", Role::Ok) } else { ("○", Role::Warn) };
        let detail = answer.map(|answer| plain(words(answer)));
        Row { detail, ..row(question.key.as_str(), mark, role, plain(question.prompt.clone())) }
    });
    rows.collect()
}

fn drafts(view: &RoomView) -> Vec<Row> {
    let rows = view.found_drafts.iter().map(|draft| {
        let detail = Phrase::new("draft-detail").with("time", draft.began_at);
        Row { detail: Some(detail), ..row(draft.slot.as_str(), "…", Role::Draft, plain(draft.text.as_str())) }
    });
    rows.collect()
}

fn people(view: &RoomView, me: Option<&Author>) -> Vec<Row> {
    let mut people: Vec<&Presence> = view.people.iter().collect();
    people.sort_by_key(|person| person.read_only);
    let rows = people.into_iter().map(|person| {
        let own = me.is_some_and(|me| me.uid == person.who.uid && me.name == person.who.name);
        let (mark, role) = match (&person.writing, person.read_only) {
            (Some(_), _) => ("✎", Role::New),
            (None, true) => ("○", Role::Muted),
            (None, false) => ("●", Role::Ok),
        };
        let doing = match &person.writing {
            _ if person.read_only => Phrase::new("people-looks-on"),
            Some(what) => doing(what, &view.room, |question| question.prompt.clone()),
            None => Phrase::new("people-reads"),
        };
        let text = Phrase::new(if own { "people-line-own" } else { "people-line" })
            .with("who", person.who.signed())
            .with("sure", person.who.sure.label())
            .with("doing", doing);
        row(format!("{}/{}", person.who.uid, person.who.name), mark, role, text)
    });
    rows.collect()
}

fn contacts(contacts: &[Contact]) -> Vec<Row> {
    let rows = contacts.iter().map(|contact| {
        let said = |parts: &[&str]| {
            let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
            plain(parts.join(" · "))
        };
        let groups = contact.groups.join(", ");
        let detail = said(&[&contact.phone, &contact.email, &groups]);
        Row {
            detail: Some(detail),
            ..row(contact.name.as_str(), "·", Role::Info, said(&[&contact.name, &contact.role]))
        }
    });
    rows.collect()
}
