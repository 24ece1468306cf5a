//! What the correction of an earlier entry causes: another wording, struck, starred, taken out for good.

use super::guard::{no_such, refuse, require};
use crate::domain::event::Event;
use crate::domain::id::Seq;
use crate::domain::intent::Refusal;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::text::Text;

pub(super) fn amend(room: &Room, entry: Option<&Record>, target: Seq, text: &Text) -> Result<Event, Refusal> {
    require(text, "refuse-text-blank")?;
    correctable(room, entry)?;
    Ok(Event::EntryAmended { target, text: text.clone() })
}

pub(super) fn strike(room: &Room, entry: Option<&Record>, target: Seq, reason: &Text) -> Result<Event, Refusal> {
    correctable(room, entry)?;
    Ok(Event::EntryStruck { target, reason: reason.clone() })
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
fn correctable(room: &Room, target: Option<&Record>) -> Result<(), Refusal> {
    let Some(target) = target else { return Err(refuse("refuse-no-entry-here")) };
    let mark = room.mark(target.seq);
    if mark.is_some_and(|mark| mark.struck.is_some() || mark.redacted) {
        return Err(refuse("refuse-already-struck"));
    }
    if target.event.is_correctable() { Ok(()) } else { Err(refuse("refuse-not-correctable")) }
}
