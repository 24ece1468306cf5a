//! Who is here and what they are writing, in the lower edge of the panes: names as far as there is room, then how many more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::room::Room;
use crate::tui::model::{RoomView, Surroundings};
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, columns};
use crate::wire::message::{Presence, Writing};

/// Draws it over the edge `row`, at its right end. When nobody else is here there is nothing to say.
pub fn draw(buf: &mut Buffer, row: Rect, view: &RoomView, around: &Surroundings, paint: &Paint<'_>) {
    let others: Vec<&Presence> = view.others(around.me.as_ref()).collect();
    if others.is_empty() || row.width < 12 {
        return;
    }
    let mut pieces = pieces(&others, &view.room, paint);
    if others.len() < view.people.len() {
        pieces.push((paint.tell("here-you").into_owned(), Role::Muted));
    }
    let lookers = others.iter().filter(|person| person.read_only).count();
    if lookers > 0 {
        pieces.push((paint.say(&Phrase::new("here-look-on").with("count", lookers)), Role::Muted));
    }
    let room = row.width.saturating_sub(8);
    let (shown, rest) = fit(&pieces, room);
    let wide = width(&shown, rest);
    let x = row.right().saturating_sub(wide.min(room) + 6);
    let mut pen = Pen::new(buf, Rect { x, width: row.right().saturating_sub(x + 2), ..row });
    pen.put(" ● ", paint.style(Role::Ok));
    for (nth, (text, role)) in shown.iter().enumerate() {
        if nth > 0 {
            pen.put(", ", paint.style(Role::Muted));
        }
        pen.put(text, paint.style(*role));
    }
    if rest > 0 {
        pen.put(&format!(" +{rest}"), paint.style(Role::Muted));
    }
    pen.put(" ", paint.style(Role::Muted));
}

/// Those who write first, with what they write; then the others. Those who look on are only counted.
fn pieces(others: &[&Presence], room: &Room, paint: &Paint<'_>) -> Vec<(String, Role)> {
    let active = || others.iter().filter(|person| !person.read_only);
    let name = |person: &Presence| short(person, others);
    let writers = active().filter_map(|person| {
        let what = doing(person.writing.as_ref()?, room, paint);
        Some((format!("{}: {what}", name(person)), Role::New))
    });
    let idle = active().filter(|person| person.writing.is_none()).map(|person| (name(person), Role::Person));
    writers.chain(idle).collect()
}

/// What somebody is writing, in a few words.
pub fn doing(what: &Writing, room: &Room, paint: &Paint<'_>) -> String {
    paint.say(&doing_phrase(what, room))
}

/// The same as a phrase.
pub fn doing_phrase(what: &Writing, room: &Room) -> Phrase {
    match what {
        Writing::Entry => Phrase::new("here-writes"),
        Writing::Message => Phrase::new("here-writes-update"),
        Writing::Form => Phrase::new("here-fills-in"),
        Writing::Answer { question } => {
            let known = room.routine.as_deref().and_then(|routine| routine.question(question));
            let label = known.map_or_else(|| Arg::from(question.as_str()), |known| known.prompt.clone().into());
            Phrase::new("here-answers").with("question", label)
        }
    }
}

/// The first name behind its mark, the whole name when another has the same first name.
fn short(person: &Presence, others: &[&Presence]) -> String {
    let first = super::first_name(&person.who.name);
    let same = others.iter().filter(|other| super::first_name(&other.who.name) == first).count();
    let name = if same > 1 { person.who.name.as_str() } else { first };
    format!("{}{name}", person.who.mark())
}

/// The first of `pieces` that fit into `room` columns, and how many do not.
fn fit(pieces: &[(String, Role)], room: u16) -> (Vec<(String, Role)>, usize) {
    for count in (1..=pieces.len()).rev() {
        let rest = pieces.len() - count;
        if width(&pieces[..count], rest) <= room {
            return (pieces[..count].to_vec(), rest);
        }
    }
    (pieces[..1].to_vec(), pieces.len() - 1)
}

/// The columns of `shown` with commas between, and of how many more there are.
fn width(shown: &[(String, Role)], rest: usize) -> u16 {
    let names: u16 = shown.iter().map(|(text, _)| columns(text).saturating_add(2)).fold(0, u16::saturating_add);
    let more = if rest > 0 { columns(&format!(" +{rest}")) } else { 0 };
    names.saturating_sub(2).saturating_add(more)
}
