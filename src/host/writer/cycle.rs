//! A round of the keeper: everything that waits is decided, each on what those before it leave, and saved with one sync; nothing
//! is answered or told before it is on disk.

use crate::domain::time::Moment;
use crate::host::clients::ClientId;
use crate::host::command::Order;
use crate::host::writer::Keeper;
use crate::host::writer::batch::Batch;
use crate::host::writer::decide::Outcome;
use crate::store::StoreError;
use crate::wire::message::{Ask, HostMsg, PROTOCOL, Welcome};

/// The most that is taken into one round: so many of each client, and of all together what is no more than so many notes
/// ([`Order::weight`]).
pub(in crate::host) const MOST_EACH: usize = 8;
const MOST_ORDERS: usize = 512;

impl Keeper {
    /// One round, of everyone's turn: decide all, save once, then answer: what was saved, then what was asked beside it.
    pub(in crate::host) fn go_round(&mut self) {
        let round = self.turns.take(MOST_EACH, MOST_ORDERS, Order::weight);
        if round.is_empty() {
            return;
        }
        let now = self.time();
        let round = self.hold_back(round);
        let overtaken = self.keep_once(round, now, true);
        self.keep_once(overtaken, now, false);
    }

    /// As [`Keeper::go_round`]. `again`: gives back what was decided on a room that was not as it was thought to be, and has been
    /// read again since.
    fn keep_once(&mut self, round: Vec<Order>, now: Moment, again: bool) -> Vec<Order> {
        let mut overtaken = Vec::new();
        let mut batch = Batch::new(now);
        let mut due = Vec::with_capacity(round.len());
        for order in round {
            if order.says_who() {
                self.follow(order);
                continue;
            }
            let outcome = match &order {
                Order::Asked { client, what, .. } => self.decide_what(&mut batch, *client, what),
                _ => None,
            };
            due.push((order, outcome));
        }
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::AckBeforeWrite.is_planted() {
            return self.acknowledge_before_write(batch, due);
        }
        let saved = self.save(&mut batch);
        let mut rest = Vec::new();
        let mut recorded = Vec::new();
        for (order, outcome) in due {
            // Whoever wrote learns of it before anything is looked up for others.
            let Some(outcome) = outcome else {
                rest.push(order);
                continue;
            };
            if again && saved.is_overtaken(&outcome) {
                overtaken.push(order);
                continue;
            }
            let answer = self.conclude(&batch, &saved, outcome);
            if let (Order::Asked { client, what: Ask::Do(request), .. }, Ok(_)) = (&order, &answer) {
                recorded.push((*client, request.room.clone(), request.id));
            }
            if let Some(Order::Asked { client, ask, .. }) = self.unless_unready(order, answer.is_err()) {
                self.roster.answer(client, ask, answer);
            }
        }
        rest.into_iter().for_each(|order| self.follow(order));
        // After what was kept of it earlier in the same round.
        recorded.into_iter().for_each(|(client, room, id)| self.forget_draft_of(client, &room, id));
        overtaken
    }

    #[cfg(feature = "planted-bugs")]
    fn acknowledge_before_write(&mut self, mut batch: Batch, due: Vec<(Order, Option<Outcome>)>) -> Vec<Order> {
        for (order, outcome) in due {
            match (order, outcome) {
                (Order::Asked { client, ask, .. }, Some(outcome)) => {
                    let answer = self.conclude(&batch, &crate::host::writer::commit::Saved::default(), outcome);
                    self.roster.answer(client, ask, answer);
                }
                (order, _) => self.follow(order),
            }
        }
        // Whether that came true nobody is told.
        self.save(&mut batch);
        Vec::new()
    }

    fn decide_what(&mut self, batch: &mut Batch, client: ClientId, what: &Ask) -> Option<Outcome> {
        match what {
            Ask::Do(request) => Some(self.decide(batch, client, request)),
            Ask::Open { id, declaration } => Some(self.decide_open(batch, client, *id, declaration)),
            Ask::OpenDemo { id } => Some(self.decide_demo(batch, *id)),
            Ask::Attach { room, .. } => {
                self.note_joining(batch, client, room);
                None
            }
            _ => None,
        }
    }

    /// Does what an order says that saves nothing in a journal.
    fn follow(&mut self, order: Order) {
        match order {
            Order::Came { client, who, screen, rights, outbox } => {
                let welcome = Welcome {
                    protocol: PROTOCOL,
                    version: self.version.clone(),
                    pid: std::process::id(),
                    you: who.clone(),
                    read_only: rights.read_only,
                    reading_door: rights.reading_door,
                    health: self.health.clone(),
                };
                self.roster.add(client, who, screen, rights.read_only, outbox);
                self.roster.tell(client, &HostMsg::Welcome(welcome));
                self.idle_since = None;
            }
            Order::Asked { client, ask, what, permit } => match self.reading(&what) {
                Some((room, Err(StoreError::Preparing(_)))) => {
                    self.hold(&room, Order::Asked { client, ask, what, permit });
                }
                Some(reading) => self.lend(client, ask, reading, permit),
                None => {
                    self.ending |= what == Ask::StopHost;
                    let answer = self.answer(client, &what);
                    let order = Order::Asked { client, ask, what, permit };
                    if let Some(Order::Asked { client, ask, .. }) = self.unless_unready(order, answer.is_err()) {
                        self.roster.answer(client, ask, answer);
                    }
                }
            },
            Order::Left { client } => {
                for room in self.roster.remove(client) {
                    self.tell_here(&room);
                }
            }
            Order::Returned(returned) => self.take_back(*returned),
            Order::Prepared(prepared) => self.take_prepared(*prepared),
            Order::Surveyed(surveyed) => self.take_surveyed(*surveyed),
            Order::Remark(remark) => self.remark(remark),
            Order::Moved(doors) => self.doors = *doors,
            Order::Stop => self.ending = true,
        }
    }
}
