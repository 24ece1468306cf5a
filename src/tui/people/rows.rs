//! Who is called on, who holds which role, and who has the room on a screen.

use crate::config::contact::Contact;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::domain::room::Room;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::people::presence::doing;
use crate::tui::room::state::RoomView;
use crate::tui::theme::Role;
use crate::wire::message::Presence;

pub fn roles(room: &Room) -> Vec<ListRow> {
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
        ListRow { detail: Some(plain(role.duty.clone())), ..row(role.key.as_str(), mark, style, text) }
    });
    rows.collect()
}

pub fn contacts(contacts: &[Contact]) -> Vec<ListRow> {
    let rows = contacts.iter().map(|contact| {
        let said = |parts: &[&str]| {
            let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
            plain(parts.join(" · "))
        };
        let groups = contact.groups.join(", ");
        let detail = said(&[&contact.phone, &contact.email, &groups]);
        ListRow {
            detail: Some(detail),
            ..row(contact.name.as_str(), "·", Role::Info, said(&[&contact.name, &contact.role]))
        }
    });
    rows.collect()
}

pub fn people(view: &RoomView, me: Option<&Author>) -> Vec<ListRow> {
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
