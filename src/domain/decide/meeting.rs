//! What a status meeting causes: its beginning, who is there, the points of its agenda, and its end.

use super::context::{Context, next};
use super::guard::{is_back_dated, refuse, require, unknown};
use crate::domain::event::Event;
use crate::domain::id::No;
use crate::domain::intent::Refusal;
use crate::domain::meeting::Meeting;
use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::domain::routine::Routine;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::timeline;

/// The number of the meeting that ran at `at`.
pub(super) fn running_at(room: &Room, at: Moment) -> Option<No> {
    room.meetings.iter().rev().find(|meeting| timeline::within(meeting, at)).map(|meeting| meeting.no)
}

pub(super) fn start(room: &Room, context: Context<'_>) -> Result<Event, Refusal> {
    if room.running_meeting().is_some() {
        return Err(refuse("refuse-meeting-running"));
    }
    let last_end = room.meetings.last().and_then(|meeting| meeting.end.as_ref());
    if let Some(end) = last_end.filter(|end| is_back_dated(context) && end.at > context.at) {
        return Err(Refusal(Phrase::new("refuse-meeting-overlap").with("time", end.at)));
    }
    Ok(Event::MeetingStarted { no: next(room.meetings.iter().map(|meeting| meeting.no)) })
}

pub(super) fn attend(room: &Room, person: &Text) -> Result<Event, Refusal> {
    require(person, "refuse-person-blank")?;
    Ok(Event::MeetingAttended { no: running(room)?, person: person.clone() })
}

pub(super) fn finish_point(room: &Room, routine: &Routine, point: &str, outcome: &Text) -> Result<Event, Refusal> {
    if routine.point(point).is_none() {
        return Err(unknown("refuse-no-point", point, routine.agenda.iter().map(|point| &*point.key)));
    }
    Ok(Event::AgendaPointDone { no: running(room)?, point: point.to_owned(), outcome: outcome.clone() })
}

pub(super) fn end(room: &Room, context: Context<'_>, held: bool, summary: &Text) -> Result<Event, Refusal> {
    let no = running(room)?;
    if !held {
        require(summary, "refuse-call-off-reason")?;
    }
    let begins_later = |meeting: &&Meeting| is_back_dated(context) && meeting.started_at > context.at;
    if let Some(meeting) = room.running_meeting().filter(begins_later) {
        return Err(Refusal(Phrase::new("refuse-end-before-start").with("time", meeting.started_at)));
    }
    Ok(Event::MeetingEnded { no, held, summary: summary.clone() })
}

fn running(room: &Room) -> Result<No, Refusal> {
    room.running_meeting().map(|meeting| meeting.no).ok_or_else(|| refuse("refuse-no-meeting"))
}
