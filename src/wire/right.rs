//! What a read-only connection may ask, and what only the host's owner may.

use super::message::Ask;

/// Whether `ask` changes nothing, so that a read-only connection may ask it.
pub fn only_reads(ask: &Ask) -> bool {
    match ask {
        Ask::Rooms
        | Ask::OpenRooms
        | Ask::Head { .. }
        | Ask::Attach { .. }
        | Ask::Detach { .. }
        | Ask::Fold { .. }
        | Ask::Page { .. }
        | Ask::Records { .. }
        | Ask::Lines { .. }
        | Ask::Find { .. }
        | Ask::Verify { .. }
        | Ask::Drafts { .. }
        | Ask::Ping
        | Ask::Unheard(_)
        | Ask::HostStatus => true,
        Ask::Open { .. }
        | Ask::OpenDemo { .. }
        | Ask::Do(_)
        | Ask::KeepDraft { .. }
        | Ask::Seen { .. }
        | Ask::Writing { .. }
        | Ask::TypeAs { .. }
        | Ask::StopHost => false,
    }
}

/// Whether only the user who started the host may ask it: what the others could not put right again.
pub fn is_for_owner(ask: &Ask) -> bool {
    matches!(ask, Ask::StopHost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Facets, NoteKind};
    use crate::domain::id::{IntentId, RoomId};
    use crate::domain::intent::{Intent, Request};
    use crate::domain::phrase::Lang;
    use crate::domain::time::Moment;
    use crate::domain::timeline::Filter;
    use crate::wire::message::{Draft, Page, PageFrom, Writing};

    #[test]
    fn who_looks_on_reads_everything_and_changes_nothing() {
        let room = || RoomId::of_year(2026, 1);
        let id = IntentId(ulid::Ulid(1));
        let note = Intent::TakeNote { kind: NoteKind::Note, text: "x".into(), facets: Facets::default() };
        let page = Page { from: PageFrom::End, limit: 1, filter: Filter::default(), lang: Lang::En };
        let draft = Draft {
            room: room(),
            slot: "entry".into(),
            began_at: Moment::parse("2026-11-21T12:00:00+01:00").unwrap(),
            text: "x".into(),
        };
        let reads = [
            Ask::Rooms,
            Ask::OpenRooms,
            Ask::Head { room: room() },
            Ask::Attach { room: room(), after: None, entries: 1 },
            Ask::Detach { room: room() },
            Ask::Fold { room: room() },
            Ask::Page { room: room(), page },
            Ask::Records { room: room(), from: 1, limit: 1 },
            Ask::Lines { room: room(), from: 1, limit: 1 },
            Ask::Find { room: room(), spans: vec![(id.event(0), id.event(1))] },
            Ask::Verify { room: room() },
            Ask::Drafts { room: room() },
            Ask::Ping,
            Ask::HostStatus,
        ];
        let changes = [
            Ask::OpenDemo { id },
            Ask::Do(Box::new(Request { id, room: room(), at: None, intent: note })),
            Ask::KeepDraft { draft },
            Ask::Seen { room: room(), seq: 1 },
            Ask::Writing { room: room(), what: Some(Writing::Entry) },
            Ask::TypeAs { name: "Olle".into() },
            Ask::StopHost,
        ];
        for ask in reads {
            assert!(only_reads(&ask), "{ask:?}");
            assert!(!is_for_owner(&ask), "{ask:?}");
        }
        for ask in changes {
            assert!(!only_reads(&ask), "{ask:?}");
            assert_eq!(is_for_owner(&ask), ask == Ask::StopHost, "{ask:?}");
        }
    }
}
