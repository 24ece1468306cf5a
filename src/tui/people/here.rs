//! Who is here and what they are writing, in the lower edge of the panes: names as far as there is room, then how many more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::tui::app::environment::Environment;
use crate::tui::people::name;
use crate::tui::people::presence::doing;
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, columns};
use crate::wire::message::Presence;

/// Draws it over the edge `row`, at its right end. When nobody else is here there is nothing to say.
pub fn draw(buf: &mut Buffer, row: Rect, view: &RoomView, environment: &Environment, paint: &Paint<'_>) {
    let others: Vec<&Presence> = view.others(environment.me.as_ref()).collect();
    if others.is_empty() || row.width < 12 {
        return;
    }
    let mut pieces = pieces(&others, &view.room, paint);
    if others.len() < view.people.len() {
        pieces.push(Piece { text: paint.tell("here-you").into_owned(), role: Role::Muted, people: 1 });
    }
    let people = others.iter().filter(|person| person.read_only).count();
    if people > 0 {
        let text = paint.say(&Phrase::new("here-look-on").with("count", people));
        pieces.push(Piece { text, role: Role::Muted, people });
    }
    let room = row.width.saturating_sub(8);
    let (shown, rest) = fit(&pieces, room);
    let wide = width(shown, rest);
    let x = row.right().saturating_sub(wide.min(room) + 6);
    let mut pen = Pen::new(buf, Rect { x, width: row.right().saturating_sub(x + 2), ..row });
    pen.put(" ● ", paint.style(Role::Ok));
    for (nth, Piece { text, role, .. }) in shown.iter().enumerate() {
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

/// Somebody, or some of one kind.
struct Piece {
    text: String,
    role: Role,
    /// How many it stands for.
    people: usize,
}

/// Those who write first, with what they write; then the others. Those who look on are only counted.
fn pieces(others: &[&Presence], room: &Room, paint: &Paint<'_>) -> Vec<Piece> {
    let active = || others.iter().filter(|person| !person.read_only);
    let name = |person: &Presence| short(person, others);
    let writers = active().filter_map(|person| {
        let what = paint.say(&doing(person.writing.as_ref()?, room, |question| question.label.clone()));
        Some(Piece { text: format!("{}: {what}", name(person)), role: Role::New, people: 1 })
    });
    let idle = active().filter(|person| person.writing.is_none());
    let idle = idle.map(|person| Piece { text: name(person), role: Role::Person, people: 1 });
    writers.chain(idle).collect()
}

/// The first name behind its mark, the whole name when another has the same first name.
fn short(person: &Presence, others: &[&Presence]) -> String {
    let first = name::first_name(&person.who.name);
    let same = others.iter().filter(|other| name::first_name(&other.who.name) == first).count();
    let name = if same > 1 { person.who.name.as_str() } else { first };
    format!("{}{name}", person.who.mark())
}

/// The first of `pieces` that fit into `room` columns, and how many people the others stand for.
fn fit(pieces: &[Piece], room: u16) -> (&[Piece], usize) {
    let people = |pieces: &[Piece]| pieces.iter().map(|piece| piece.people).sum();
    let fits = |count: &usize| width(&pieces[..*count], people(&pieces[*count..])) <= room;
    let count = (1..=pieces.len()).rev().find(fits).unwrap_or(1);
    (&pieces[..count], people(&pieces[count..]))
}

/// The columns of `shown` with commas between, and of how many more there are.
fn width(shown: &[Piece], rest: usize) -> u16 {
    let names = shown.iter().map(|piece| columns(&piece.text).saturating_add(2)).fold(0, u16::saturating_add);
    let more = if rest > 0 { columns(&format!(" +{rest}")) } else { 0 };
    names.saturating_sub(2).saturating_add(more)
}
