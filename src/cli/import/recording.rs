//! From alerts to entries: what the room holds of them already is looked up, the rest is sent and waited for.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::alert::Alert;
use super::entry::{self, Timing};
use super::history::{self, AlertKey, History};
use super::report::{AlertPosition, ImportReport, ImportedEntry};
use super::tool::Tool;
use crate::cli::call::{Call, unexpected};
use crate::cli::failure::{CommandFailure, Exit};
use crate::cli::pipeline::{Pipeline, SendOutcome};
use crate::client::ClientOptions;
use crate::client::reconnecting::Update;
use crate::domain::id::{EventId, IntentId, RoomId};
use crate::domain::intent::Request;
use crate::domain::phrase::Phrase;
use crate::domain::record::{Assurance, Record};
use crate::wire::message::{Answer, Ask, Failure as Failed, Found, MOST_SPANS};

/// How long to wait for a host that records nothing.
const GIVE_UP_AFTER: Duration = Duration::from_secs(10);

/// An alert on its way to its entry.
struct Waiting {
    place: AlertPosition,
    tool: Tool,
    alert: Box<Alert>,
    key: AlertKey,
    timing: Timing,
}

/// An entry that was sent.
struct Sent {
    waiting: Waiting,
    id: IntentId,
}

/// See the module.
pub struct Recording<'a> {
    pub call: &'a mut Call,
    room: RoomId,
    options: ClientOptions,
    tell: Sender<(Tool, Update)>,
    events: Receiver<(Tool, Update)>,
    /// Each tool has a connection of its own, under its own name.
    links: BTreeMap<Tool, Pipeline<Sent>>,
}

impl<'a> Recording<'a> {
    pub fn new(call: &'a mut Call, room: RoomId) -> Self {
        let options = call.options(true);
        let (tell, events) = channel();
        Recording { call, room, options, tell, events, links: BTreeMap::new() }
    }

    /// Records what is new in `batch`, and waits until it is on disk.
    ///
    /// # Errors
    /// The host cannot be reached, or saves nothing.
    pub fn record(
        &mut self,
        batch: Vec<(AlertPosition, Tool, Box<Alert>)>,
        report: &mut ImportReport,
    ) -> Result<(), CommandFailure> {
        let now = self.call.now();
        let waiting = batch.into_iter().map(|(place, tool, alert)| {
            let timing = entry::timing(&alert, self.call.zone(), now);
            Waiting { place, tool, key: AlertKey::new(&self.room, &alert.identity), timing, alert }
        });
        let mut waiting: Vec<Waiting> = waiting.collect();
        // In a history that is told latest first, the end of an episode stands before its beginning.
        waiting.sort_by_key(|waiting| waiting.timing.at);
        let mut histories = self.look_up(&waiting)?;
        // What is told again while the first of it is on its way, and what another import was a little faster with, is looked at
        // once more.
        while !waiting.is_empty() {
            let mut again = Vec::new();
            let mut outcomes = Vec::new();
            let mut last = None;
            for waiting in waiting {
                let history = histories.entry(waiting.key).or_default();
                match history.says(&waiting.timing.telling) {
                    Some(known) => match known.recorded {
                        Some((seq, rec)) => {
                            let entry = ImportedEntry { seq, at: known.at, rec, is_new: false };
                            report.entry(self.call, waiting.place, entry);
                        }
                        None => again.push(waiting),
                    },
                    None => {
                        let id = history.send(waiting.key, waiting.timing.telling.state, waiting.timing.at);
                        // Connections know nothing of each other, and the order must be that in which it was told.
                        if let Some(other) = last.replace(waiting.tool).filter(|other| *other != waiting.tool) {
                            self.wait_until(other, Pipeline::is_empty, &mut outcomes)?;
                        }
                        self.send(Sent { waiting, id }, &mut outcomes)?;
                    }
                }
            }
            for tool in self.links.keys().copied().collect::<Vec<_>>() {
                self.wait_until(tool, Pipeline::is_empty, &mut outcomes)?;
            }
            for outcome in outcomes {
                again.extend(self.came(outcome, &mut histories, report));
            }
            waiting = again;
        }
        report.flush(self.call);
        Ok(())
    }

    /// What the room holds of the alerts.
    fn look_up(&mut self, waiting: &[Waiting]) -> Result<HashMap<AlertKey, History>, CommandFailure> {
        let mut keys: Vec<AlertKey> = waiting.iter().map(|waiting| waiting.key).collect();
        keys.sort_unstable();
        keys.dedup();
        let released = waiting.iter().filter_map(|waiting| {
            let key = waiting.alert.released_key.as_deref()?;
            let telling = &waiting.timing.telling;
            let id = history::released_id(&self.room, key, telling)?.event(0);
            Some((id, (waiting.key, telling.state)))
        });
        let released: HashMap<EventId, _> = released.collect();
        let spans = keys.iter().map(|key| key.span()).chain(released.keys().map(|id| (*id, *id)));
        let mut histories: HashMap<AlertKey, History> = HashMap::new();
        for spans in spans.collect::<Vec<_>>().chunks(MOST_SPANS) {
            for found in self.find(spans)? {
                if let Some((key, state)) = released.get(&found.id) {
                    histories.entry(*key).or_default().add_released(*state, found);
                } else {
                    let key = AlertKey::of(found.id);
                    histories.entry(key).or_default().add(key, found);
                }
            }
        }
        Ok(histories)
    }

    fn find(&mut self, spans: &[(EventId, EventId)]) -> Result<Vec<Found>, CommandFailure> {
        let ask = Ask::Find { room: self.room.clone(), spans: spans.to_vec() };
        match self.call.ask(ask)? {
            // One at a time there is room for the entries of an alert that comes and goes for days.
            Answer::Found { more: true, .. } if spans.len() > 1 => {
                let (first, second) = spans.split_at(spans.len() / 2);
                Ok([self.find(first)?, self.find(second)?].concat())
            }
            Answer::Found { found, .. } => Ok(found),
            other => Err(unexpected(&other)),
        }
    }

    fn send(&mut self, sent: Sent, outcomes: &mut Vec<SendOutcome<Sent>>) -> Result<(), CommandFailure> {
        let tool = sent.waiting.tool;
        self.wait_until(tool, Pipeline::has_room, outcomes)?;
        let Waiting { alert, timing, .. } = &sent.waiting;
        let intent = entry::intent(self.call, alert, timing);
        let request = Request { id: sent.id, room: self.room.clone(), at: Some(timing.at), intent };
        let bytes = serde_json::to_string(&request).map_or(0, |text| text.len());
        self.link(tool)?.send(sent, request, bytes);
        Ok(())
    }

    /// Takes in what came of an entry. Returns the alert when another import was faster: it has to be compared with what that
    /// recorded.
    fn came(
        &mut self,
        outcome: SendOutcome<Sent>,
        histories: &mut HashMap<AlertKey, History>,
        report: &mut ImportReport,
    ) -> Option<Waiting> {
        match outcome {
            SendOutcome::Recorded { what: Sent { waiting, .. }, records } => {
                let first = records.first()?;
                histories.entry(waiting.key).or_default().add(waiting.key, found(first));
                if first.at != waiting.timing.at {
                    return Some(waiting);
                }
                let Waiting { place, timing, .. } = &waiting;
                report.entry(
                    self.call,
                    *place,
                    ImportedEntry { seq: first.seq, at: first.at, rec: first.rec, is_new: true },
                );
                if let Some(why) = &timing.moved {
                    report.moved(self.call, *place, why);
                }
            }
            SendOutcome::Refused {
                what: Sent { waiting, .. }, failure: Failed::RecordedOtherwise { records }, ..
            } => {
                histories.entry(waiting.key).or_default().add(waiting.key, found(records.first()?));
                return Some(waiting);
            }
            SendOutcome::Refused { what: Sent { waiting, id }, failure, .. } => {
                histories.entry(waiting.key).or_default().forget(waiting.key, id);
                report.fault(self.call, Some(waiting.place), &failure.phrase());
            }
            SendOutcome::Stuck(_) | SendOutcome::Dismissed(_) => {}
        }
        None
    }

    fn link(&mut self, tool: Tool) -> Result<&mut Pipeline<Sent>, CommandFailure> {
        use std::collections::btree_map::Entry;
        match self.links.entry(tool) {
            Entry::Occupied(link) => Ok(link.into_mut()),
            Entry::Vacant(vacant) => {
                let name = self.call.named.clone().unwrap_or_else(|| tool.name().to_owned());
                let options = ClientOptions { name, sure: Assurance::Script, ..self.options.clone() };
                let tell = self.tell.clone();
                // The receiver is gone only when the link is.
                let link = Pipeline::start(options, move |update| drop(tell.send((tool, update))))?;
                Ok(vacant.insert(link))
            }
        }
    }

    /// Takes in what comes until `is_so`.
    fn wait_until(
        &mut self,
        tool: Tool,
        is_so: impl Fn(&Pipeline<Sent>) -> bool,
        outcomes: &mut Vec<SendOutcome<Sent>>,
    ) -> Result<(), CommandFailure> {
        let mut last_progress = Instant::now();
        let mut trouble = None;
        loop {
            let link = self.link(tool)?;
            link.ask_again();
            if is_so(link) {
                return Ok(());
            }
            let until = link.deadline().into_iter().chain([last_progress + GIVE_UP_AFTER]).min();
            let wait = until.map_or(GIVE_UP_AFTER, |until| until.saturating_duration_since(Instant::now()));
            if let Ok((tool, update)) = self.events.recv_timeout(wait) {
                match self.link(tool)?.take(update) {
                    Some(SendOutcome::Stuck(why)) => trouble = Some(why),
                    Some(SendOutcome::Dismissed(why)) => return Err(self.given_up(why)),
                    Some(outcome) => {
                        last_progress = Instant::now();
                        trouble = None;
                        outcomes.push(outcome);
                    }
                    None => {}
                }
            }
            if last_progress.elapsed() >= GIVE_UP_AFTER {
                let why = trouble.take().unwrap_or_else(|| Phrase::new("cli-pipe-silent"));
                return Err(self.given_up(why));
            }
        }
    }

    fn given_up(&self, why: Phrase) -> CommandFailure {
        CommandFailure::new(Exit::NoHost, why).with_lines([self.call.say(&Phrase::new("cli-import-again"))])
    }
}

fn found(record: &Record) -> Found {
    Found { id: record.id, seq: record.seq, at: record.at, rec: record.rec }
}
