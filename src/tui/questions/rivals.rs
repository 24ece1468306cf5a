//! Two people at the same question: the one who types is told at once, the one who saved is told that there are two versions.

use crate::domain::event::Event;
use crate::domain::id::{IntentId, Seq};
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Answer;
use crate::domain::record::{Author, Record};
use crate::domain::room::Room;
use crate::domain::text::Text;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::form::state::{Subject, plain};
use crate::tui::overlay::state::Overlay;
use crate::tui::room::state::RoomView;
use crate::wire::message::Writing;

/// An answer that follows on one's own within so many minutes was written at the same time.
const AT_ONCE_MINUTES: i64 = 2;

/// Says in every form that answers the same question that somebody else just did. Nothing typed is touched.
pub fn tell_forms(overlays: &mut [Overlay], record: &Record) {
    tell_of_entry(overlays, record);
    let Event::QuestionAnswered { question, text, time, .. } = &record.event else { return };
    for overlay in overlays {
        let Overlay::Form(form) = overlay else { continue };
        let about_it = matches!(&form.writes, Some(Writing::Answer { question: own }) if own == question);
        if about_it && form.sending.is_none_or(|id| id.event(0) != record.id) {
            // Of several versions the latest says enough.
            form.news = vec![
                Phrase::new("form-answered-meanwhile")
                    .with("who", record.by.signed())
                    .with("time", record.at)
                    .with("text", said(text, time.map(Arg::Time))),
            ];
        }
    }
}

/// Says in every form about an entry what became of it. Words that were redacted go from there; what the person typed stays.
fn tell_of_entry(overlays: &mut [Overlay], record: &Record) {
    let (target, key, text) = match &record.event {
        Event::EntryStruck { target, .. } => (*target, "form-entry-struck-meanwhile", ""),
        Event::EntryMoved { target, .. } => (*target, "form-entry-moved-meanwhile", ""),
        Event::EntryAmended { target, text } => (*target, "form-entry-amended-meanwhile", text.raw()),
        Event::EntryRedacted { target, .. } => (*target, "form-entry-redacted-meanwhile", ""),
        _ => return,
    };
    for overlay in overlays {
        let Overlay::Form(form) = overlay else { continue };
        if form.subject != Subject::Entry(target) || form.sending.is_some_and(|id| id.event(0) == record.id) {
            continue;
        }
        let who = record.by.signed();
        form.news = vec![Phrase::new(key).with("who", who).with("time", record.at).with("text", text)];
        if matches!(record.event, Event::EntryRedacted { .. }) {
            form.forget_words();
        }
    }
}

/// Says in every form who else answers the same question at the moment.
pub fn here(overlays: &mut [Overlay], view: &RoomView, me: Option<&Author>) {
    for overlay in overlays {
        if let Overlay::Form(form) = overlay {
            form.rivals = view.rivals(form, me);
        }
    }
}

/// What to say when `record`, about to be folded, replaces an answer that the person gave a moment ago.
pub fn replaced(room: &Room, record: &Record, me: Option<&Author>) -> Option<Phrase> {
    let Event::QuestionAnswered { question, .. } = &record.event else { return None };
    let present = room.answer(question)?;
    let is_own = |by: &Author| me.is_some_and(|me| me.uid == by.uid && me.name == by.name);
    let at_once = record.rec.since(present.at).num_minutes() < AT_ONCE_MINUTES;
    let news = at_once && is_own(&present.by) && !is_own(&record.by);
    news.then(|| told("toast-answered-after", room, question, &record.by, record.at))
}

/// What to say when `record` is a step of the incident that somebody else took: a person who types or looks far back would
/// miss it.
pub fn stepped(record: &Record, me: Option<&Author>) -> Option<Phrase> {
    let key = match &record.event {
        Event::Restored { .. } => "toast-restored-by",
        Event::Closed { .. } => "toast-closed-by",
        Event::Reopened { .. } => "toast-reopened-by",
        _ => return None,
    };
    let is_own = me.is_some_and(|me| me.uid == record.by.uid && me.name == record.by.name);
    (!is_own).then(|| Phrase::new(key).with("who", record.by.signed()))
}

/// The answer that intent `id` was about is saved: says so when another was saved since its form was opened.
pub fn saved(model: &mut Model, id: IntentId, records: &[Record]) {
    let Some(Record { event: Event::QuestionAnswered { question, .. }, seq, .. }) = records.first() else { return };
    let opened_on = model.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Form(form) if form.sending == Some(id) => Some(form.opened_on),
        _ => None,
    });
    let (Some(opened_on), Some(view)) = (opened_on, &model.view) else { return };
    let Some(other) = rival(&view.room, question, opened_on, *seq) else { return };
    let key = if other.seq > *seq { "toast-answered-after" } else { "toast-answered-too" };
    let phrase = told(key, &view.room, question, &other.by, other.at);
    model.say(phrase, Tone::Info);
}

/// The latest answer to `question` since `opened_on` that is not the one of record `own`.
fn rival<'a>(room: &'a Room, question: &str, opened_on: Seq, own: Seq) -> Option<&'a Answer> {
    room.standing_answers(question).rev().find(|answer| answer.seq > opened_on && answer.seq != own)
}

fn told(key: &'static str, room: &Room, question: &str, by: &Author, at: crate::domain::time::Moment) -> Phrase {
    let known = room.routine.as_deref().and_then(|routine| routine.question(question));
    let label = known.map_or_else(|| plain(question), |known| plain(known.prompt.clone()));
    Phrase::new(key).with("who", by.signed()).with("time", at).with("question", label)
}

fn said(text: &Text, time: Option<Arg>) -> Arg {
    match time {
        Some(time) if text.is_blank() => time,
        _ => text.raw().into(),
    }
}
