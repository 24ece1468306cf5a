//! What was answered: to a status question, latest first, and to the questions of the debrief.

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Answer;
use crate::domain::room::Room;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn history(room: &Room, key: &str) -> Vec<ListRow> {
    let answers = room.answers.get(key).into_iter().flatten().rev();
    answers.flat_map(|answer| versions(room, answer)).collect()
}

/// An answer, struck or not, and below it what it said before it was corrected.
fn versions(room: &Room, answer: &Answer) -> Vec<ListRow> {
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
        None => ListRow {
            detail: Some(detail("history-detail")),
            ..row(answer.seq.to_string(), "·", Role::Info, plain(said))
        },
        Some(reason) => {
            let key = if reason.is_blank() { "history-struck" } else { "history-struck-reason" };
            let detail = detail(key).with("text", words(reason));
            ListRow { detail: Some(detail), ..row(answer.seq.to_string(), "×", Role::Struck, plain(said)) }
        }
    };
    let former = answer.former.iter().enumerate().rev().map(|(nth, text)| ListRow {
        detail: Some(detail("history-corrected")),
        ..row(format!("{}/{nth}", answer.seq), "×", Role::Struck, plain(words(text)))
    });
    std::iter::once(present).chain(former).collect()
}
