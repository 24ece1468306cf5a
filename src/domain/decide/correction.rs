//! What the correction of an earlier entry causes: another wording, struck, starred, taken out for good.

use super::context::Context;
use super::guard::{no_such, not_ahead, refuse, require};
use crate::domain::event::Event;
use crate::domain::id::Seq;
use crate::domain::intent::Refusal;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::text::Text;
use crate::domain::time::Moment;

/// Other words, another time or both. With a time, words that are blank or the same leave the present ones.
pub(super) fn amend(
    room: &Room,
    context: Context<'_>,
    target: Seq,
    text: &Text,
    at: Option<Moment>,
) -> Result<Vec<Event>, Refusal> {
    if at.is_none() || !text.is_blank() {
        require(text, "refuse-text-blank")?;
    }
    let entry = correctable(room, context.target)?;
    let Some(at) = at else { return Ok(vec![Event::EntryAmended { target, text: text.clone() }]) };
    not_ahead(at, context.now)?;
    let is_same = text.is_blank() || room.present_words(entry) == Some(text);
    let amended = (!is_same).then(|| Event::EntryAmended { target, text: text.clone() });
    // The role that a call gave was taken in the call.
    let moved = std::iter::once(target).chain(given(room, target)).map(|target| Event::EntryMoved { target, at });
    let moved = moved.filter(|_| at != room.happened_at(entry));
    let events: Vec<Event> = amended.into_iter().chain(moved).collect();
    if events.is_empty() { Err(refuse("refuse-unchanged")) } else { Ok(events) }
}

pub(super) fn strike(room: &Room, entry: Option<&Record>, target: Seq, reason: &Text) -> Result<Vec<Event>, Refusal> {
    correctable(room, entry)?;
    // The role that a call gave goes with the call: who held it before holds it again.
    let struck = |target| Event::EntryStruck { target, reason: reason.clone() };
    Ok(std::iter::once(target).chain(given(room, target)).map(struck).collect())
}

/// The record of the role that the call `target` gave, if it is a call and gave one.
fn given(room: &Room, target: Seq) -> Option<Seq> {
    let call = room.attempts.iter().find(|call| call.seq == target);
    call.and_then(|call| call.given.as_ref()).map(|given| given.seq)
}

pub(super) fn star(entry: Option<&Record>, target: Seq, starred: bool) -> Result<Event, Refusal> {
    known(entry, target)?;
    Ok(Event::EntryStarred { target, starred })
}

pub(super) fn redact(room: &Room, entry: Option<&Record>, target: Seq, reason: &Text) -> Result<Vec<Event>, Refusal> {
    require(reason, "refuse-redact-reason")?;
    known(entry, target)?;
    if room.mark(target).is_some_and(|mark| mark.redacted) {
        return Err(refuse("refuse-already-redacted"));
    }
    // Its later wordings are records of their own, and go with it.
    let later = room.mark(target).map_or(&[][..], |mark| &mark.amended_by);
    let redacted = |target: &Seq| Event::EntryRedacted { target: *target, reason: reason.clone() };
    Ok(std::iter::once(&target).chain(later).map(redacted).collect())
}

fn known(entry: Option<&Record>, target: Seq) -> Result<(), Refusal> {
    entry.map(|_| ()).ok_or_else(|| no_such("refuse-no-entry", &target.to_string()))
}

/// Only what a person said can be amended or struck, and only once struck.
fn correctable<'a>(room: &Room, target: Option<&'a Record>) -> Result<&'a Record, Refusal> {
    let Some(target) = target else { return Err(refuse("refuse-no-entry-here")) };
    let mark = room.mark(target.seq);
    if mark.is_some_and(|mark| mark.struck.is_some() || mark.redacted) {
        return Err(refuse("refuse-already-struck"));
    }
    if target.event.is_correctable() { Ok(target) } else { Err(refuse("refuse-not-correctable")) }
}
