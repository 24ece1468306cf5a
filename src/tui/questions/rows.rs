//! What was answered: to a status question, latest first, and to the questions of the debrief.

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Answer;
use crate::domain::room::Room;
use crate::tui::form::state::plain;
use crate::tui::list::draw::Row;
use crate::tui::list::rows::{row, words};
use crate::tui::theme::Role;

pub fn history(room: &Room, key: &str) -> Vec<Row> {
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

pub fn debrief(room: &Room) -> Vec<Row> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let rows = routine.debrief.iter().map(|question| {
        let answer = room.debrief.get(&question.key);
        let (mark, role) = if answer.is_some() { ("✓", Role::Ok) } else { ("○", Role::Warn) };
        let detail = answer.map(|answer| plain(words(answer)));
        Row { detail, ..row(question.key.as_str(), mark, role, plain(question.prompt.clone())) }
    });
    rows.collect()
}
