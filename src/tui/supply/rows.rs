//! The rows of the lists of resources, suppliers and obstacles.

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::room::Room;
use crate::domain::text::Text;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn resources(room: &Room) -> Vec<ListRow> {
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

pub fn suppliers(room: &Room) -> Vec<ListRow> {
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
        ListRow { detail: Some(detail), ..row(supplier.no.to_string(), mark, role, text) }
    });
    rows.collect()
}

pub fn obstacles(room: &Room) -> Vec<ListRow> {
    let rows = room.obstacles.iter().rev().map(|obstacle| {
        let text = Phrase::new("obstacle-line").with("text", words(&obstacle.text)).with("time", obstacle.raised_at);
        match &obstacle.cleared {
            Some((how, _)) => {
                let how = (!how.is_blank()).then(|| plain(words(how)));
                ListRow { detail: how, ..row(obstacle.no.to_string(), "✓", Role::Ok, text) }
            }
            None => row(obstacle.no.to_string(), "!", Role::Danger, text),
        }
    });
    rows.collect()
}
