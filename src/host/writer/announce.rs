//! Telling what was recorded: everyone in a room, each record once.
//!
//! A client that asked for a record gets it as its answer, at the place where the record stands among the others: what a client
//! hears of a room has no gap and nothing twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::RoomId;
use crate::domain::record::Record;
use crate::host::clients::{ClientId, Clients};
use crate::host::portions::{is_one_portion, portions};
use crate::host::writer::batch::{Asker, Batch, BatchIndex};
use crate::host::writer::commit::CommitResult;
use crate::wire::message::{Answer, HostMsg};

/// The records of one append, and who gets them as the answer.
struct Saved<'a> {
    records: &'a [Record],
    asker: Option<Asker>,
}

/// Tells everyone in the rooms of the batch what was saved. Returns the questions that were answered so.
pub fn announce(batch: &Batch, result: &CommitResult, clients: &Clients) -> BTreeSet<(ClientId, u64)> {
    let mut rooms: BTreeMap<&RoomId, Vec<Saved<'_>>> = BTreeMap::new();
    for (index, append) in batch.appends().iter().enumerate() {
        if result.failure(index).is_none() {
            let asker = asker_in_room(batch, index, clients);
            rooms.entry(&append.room).or_default().push(Saved { records: &append.records, asker });
        }
    }
    let mut answered = BTreeSet::new();
    for (room, saved) in &rooms {
        let askers: BTreeSet<ClientId> = saved.iter().filter_map(|saved| saved.asker).map(|by| by.client).collect();
        // Who waits for an answer goes first.
        askers.iter().for_each(|client| tell_asker(*client, room, saved, clients, &mut answered));
        let all: Vec<Record> = saved.iter().flat_map(|saved| saved.records).cloned().collect();
        for records in portions(all) {
            clients.tell_room_but(room, &askers, &HostMsg::Recorded { room: (*room).clone(), records });
        }
    }
    answered
}

/// Returns the asker of an append, when it is in the room: a client that is not gets its answer alone. An answer that is too long for
/// one message would leave a gap, so its records are told like those of others.
fn asker_in_room(batch: &Batch, index: BatchIndex, clients: &Clients) -> Option<Asker> {
    let (room, records) = batch.records(index);
    batch.asker(index).filter(|by| clients.is_in(by.client, room) && is_one_portion(records))
}

/// Tells one client what was recorded in a room: its own records as answers, the others between them.
fn tell_asker(
    client: ClientId,
    room: &RoomId,
    saved: &[Saved<'_>],
    clients: &Clients,
    answered: &mut BTreeSet<(ClientId, u64)>,
) {
    let mut of_others = Vec::new();
    let tell = |records: Vec<Record>| {
        for records in portions(records) {
            clients.tell(client, &HostMsg::Recorded { room: room.clone(), records });
        }
    };
    for Saved { records, asker } in saved {
        match asker {
            Some(Asker { client: by, ask }) if *by == client => {
                tell(std::mem::take(&mut of_others));
                clients.send_answer(client, *ask, Ok(Answer::Recorded { records: records.to_vec() }));
                answered.insert((client, *ask));
            }
            _ => of_others.extend_from_slice(records),
        }
    }
    tell(of_others);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Event;
    use crate::domain::id::{IntentId, Seq};
    use crate::domain::record::Author;
    use crate::domain::room::Room;
    use crate::domain::time::Moment;
    use crate::host::clients::Access;
    use crate::host::rooms::RoomBase;
    use crate::host::send_queue::SendQueue;
    use crate::host::send_queue::tests::Bucket;
    use crate::host::writer::batch::Decided;
    use crate::wire::frame;

    /// Returns what a client heard: an answer's number, if it is one, and the records.
    fn heard(bucket: &Bucket) -> Vec<(Option<u64>, Vec<Seq>)> {
        let seqs = |records: &[Record]| records.iter().map(|record| record.seq).collect();
        let bytes = bucket.empty();
        let mut bytes = bytes.as_slice();
        std::iter::from_fn(|| frame::read::<HostMsg>(&mut bytes).unwrap())
            .map(|said| match said {
                HostMsg::Recorded { records, .. } => (None, seqs(&records)),
                HostMsg::Answer { ask, answer } => match *answer {
                    Ok(Answer::Recorded { records }) => (Some(ask), seqs(&records)),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_client_gets_its_own_record_once_and_all_in_order() {
        let at = Moment::parse("2026-11-21T12:00:00+01:00").unwrap();
        let room = Room::new(RoomId::of_year(2026, 1));
        let base = RoomBase { room: &room, last_rec: None };
        let mut batch = Batch::new(at);
        let mut clients = Clients::default();
        let buckets: Vec<Bucket> = (1..=3).map(|_| Bucket::with_room(usize::MAX)).collect();
        for (id, bucket) in (1..).zip(&buckets) {
            let who = Author { uid: 1, name: format!("user {id}"), sure: crate::domain::record::Assurance::Claimed };
            clients.add(id, who, false, Access::Full, SendQueue::new(bucket.clone()));
            // The third asks without being in the room.
            if id < 3 {
                clients.enter_room(id, &room.id);
            }
        }
        for (n, client) in [1, 2, 1, 3].into_iter().enumerate() {
            let id = IntentId(ulid::Ulid((n as u128 + 1) << 20));
            let event = Event::MeetingStarted { no: 1 };
            let decided = Decided { id: Some(id), at, by: Author::klock(1), events: vec![event] };
            let index = batch.add(base, decided);
            batch.set_asker(index, Asker { client, ask: 10 + n as u64 });
        }
        let answered = announce(&batch, &CommitResult::default(), &clients);
        assert_eq!(answered, BTreeSet::from([(1, 10), (2, 11), (1, 12)]), "the third is answered by itself");
        let expected = [(Some(10), vec![1]), (None, vec![2]), (Some(12), vec![3]), (None, vec![4])];
        assert_eq!(heard(&buckets[0]), expected);
        assert_eq!(heard(&buckets[1]), [(None, vec![1]), (Some(11), vec![2]), (None, vec![3, 4])]);
        assert_eq!(heard(&buckets[2]), []);
    }
}
