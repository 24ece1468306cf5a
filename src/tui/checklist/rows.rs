//! The points that are neither done nor waived, as rows of a list.

use crate::domain::checklist::Urgency;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row};
use crate::tui::theme::Role;

pub fn unsettled(room: &Room, now: Moment) -> Vec<ListRow> {
    let rows = room.items_by_urgency(now).into_iter().filter(|view| view.urgency != Urgency::Settled).map(|view| {
        let role = if view.urgency == Urgency::DueNow { Role::Warn } else { Role::Muted };
        row(view.item.key.as_str(), "○", role, plain(view.item.title.clone()))
    });
    rows.collect()
}
