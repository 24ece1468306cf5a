//! A person's end in this process: a link that follows a room, and writes into it without waiting for each answer.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use klockslag::client::ClientOptions;
use klockslag::client::reconnecting::{ReconnectingClient, Update};
use klockslag::domain::event::{Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::room::Room;
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask, Draft, Failure, HostMsg};

use super::board::Board;
use super::ledger::Ledger;
use super::violation::{Verdict, Violation};

/// One draft is kept for so many notes.
const NOTES_A_DRAFT: u64 = 8;

/// The slot of the drafts.
const SLOT: &str = "entry";

pub struct Member {
    shared: Arc<Shared>,
    link: Option<Arc<ReconnectingClient>>,
    writing: Option<JoinHandle<()>>,
}

struct Shared {
    name: String,
    number: u64,
    room: RoomId,
    board: Arc<Board>,
    ledger: Arc<Ledger>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    room: Option<Box<Room>>,
    waiting: HashMap<u64, Waiting>,
    answered: HashSet<u64>,
    again: VecDeque<Note>,
    notes: u64,
    visits: Vec<Visit>,
    drafts: Vec<Draft>,
    drafted: u64,
    draft_kept: u64,
    refused: usize,
    cannot_save: bool,
    is_away: bool,
    wrong: Option<Violation>,
    stop: bool,
}

#[derive(Debug, Clone)]
struct Note {
    id: IntentId,
    text: String,
}

enum Waiting {
    Note(Note),
    Draft(u64),
    Drafts,
    Attach,
}

/// A connection: to which host, since when, and what was on its way when it was made.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    pub pid: u32,
    pub at: Instant,
    /// Notes that were asked for before and not answered.
    pub resent: usize,
    /// When the first note was acknowledged.
    pub acknowledged: Option<Instant>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_in(&self, update: Update) {
        let mut state = self.lock();
        match update {
            Update::Connected(welcome) => {
                let resent = state.waiting.values().filter(|waiting| matches!(waiting, Waiting::Note(_))).count();
                state.visits.push(Visit { pid: welcome.pid, at: Instant::now(), resent, acknowledged: None });
                state.cannot_save = welcome.health.cannot_save.is_some();
                state.is_away = false;
            }
            Update::Lost { .. } => state.is_away = true,
            Update::Answer { ask, answer, .. } => self.answered(&mut state, ask, *answer),
            Update::Resynced { answer, .. } => match *answer {
                Ok(Answer::Attached { room, .. }) => state.room = Some(room),
                other => state.go_wrong(Violation::Wrong(format!("{}: not back in the room: {other:?}", self.name))),
            },
            Update::Said(HostMsg::Recorded { records, .. }) => {
                for record in &records {
                    let Some(room) = &mut state.room else { continue };
                    if record.seq != room.seq + 1 {
                        let said = format!("{} has {} and was given {}", self.name, room.seq, record.seq);
                        state.go_wrong(Violation::Gap(said));
                        continue;
                    }
                    room.apply(record);
                }
            }
            Update::Said(HostMsg::Health(health)) => state.cannot_save = health.cannot_save.is_some(),
            Update::Said(_) | Update::Silent { .. } | Update::Heard | Update::Parked { .. } => {}
            Update::Dismissed { why } => {
                state.go_wrong(Violation::Wrong(format!("{} was dismissed: {}", self.name, why.key)));
            }
        }
        drop(state);
        self.changed.notify_all();
        self.board.ring();
    }

    fn answered(&self, state: &mut State, ask: u64, answer: Result<Answer, Failure>) {
        if !state.answered.insert(ask) {
            return state.go_wrong(Violation::Twice(format!("{}: two answers to question {ask}", self.name)));
        }
        // The link asks of its own accord whether the host still lives.
        let Some(waiting) = state.waiting.remove(&ask) else { return };
        match (waiting, answer) {
            (Waiting::Note(note), Ok(Answer::Recorded { records })) if records.len() == 1 => {
                self.ledger.acknowledge(&note.text, records[0].seq);
                if let Some(visit) = state.visits.last_mut() {
                    visit.acknowledged.get_or_insert_with(Instant::now);
                }
            }
            (Waiting::Note(note), Err(Failure::CannotSave(_))) => {
                state.refused += 1;
                state.again.push_back(note);
            }
            (Waiting::Draft(number), Ok(Answer::Done)) => state.draft_kept = state.draft_kept.max(number),
            (Waiting::Drafts, Ok(Answer::Drafts(drafts))) => state.drafts = drafts,
            (Waiting::Attach, Ok(Answer::Attached { room, .. })) => state.room = Some(room),
            (Waiting::Note(note), other) => {
                state.go_wrong(Violation::Wrong(format!("“{}” was answered with {other:?}", note.text)));
            }
            (_, other) => state.go_wrong(Violation::Wrong(format!("{}: answered with {other:?}", self.name))),
        }
    }

    /// Writes, with at most `window` notes on their way, until it is told to stop.
    fn write(&self, link: &ReconnectingClient, window: usize) {
        let mut state = self.lock();
        loop {
            let on_their_way = state.waiting.values().filter(|waiting| matches!(waiting, Waiting::Note(_))).count();
            // What was refused is kept, as the entry line keeps it, and asked for again before anything new.
            let is_to_write = if state.stop { !state.again.is_empty() } else { true };
            // Who is told that nothing is saved, and has been refused nothing yet, finishes the sentence all the same.
            let most = match (state.cannot_save, state.again.is_empty()) {
                (false, _) => window,
                (true, true) => 1,
                (true, false) => 0,
            };
            if is_to_write && on_their_way < most {
                let note = state.again.pop_front().unwrap_or_else(|| self.new_note(&mut state));
                self.ask_note(&mut state, link, note);
                continue;
            }
            if state.stop && on_their_way == 0 && state.again.is_empty() {
                return;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn new_note(&self, state: &mut State) -> Note {
        state.notes += 1;
        let text = format!("{} note {}", self.name, state.notes);
        self.ledger.attempt(&text);
        Note { id: IntentId(ulid::Ulid::from_parts(state.notes << 8, u128::from(self.number) << 40)), text }
    }

    fn ask_note(&self, state: &mut State, link: &ReconnectingClient, note: Note) {
        if state.notes.is_multiple_of(NOTES_A_DRAFT) {
            state.drafted += 1;
            let draft = Draft {
                room: self.room.clone(),
                slot: SLOT.to_owned(),
                began_at: Moment::parse(super::world::BEGINNING).expect("a time"),
                text: format!("draft {}", state.drafted),
            };
            let ask = link.ask(Ask::KeepDraft { draft });
            let number = state.drafted;
            // Only the last state of a draft is answered for certain.
            state.waiting.retain(|_, waiting| !matches!(waiting, Waiting::Draft(_)));
            state.waiting.insert(ask, Waiting::Draft(number));
        }
        let text = note.text.as_str().into();
        let intent = Intent::TakeNote { kind: NoteKind::Note, text, facets: Facets::default() };
        let ask = link.ask(Ask::Do(Box::new(Request { id: note.id, room: self.room.clone(), at: None, intent })));
        state.waiting.insert(ask, Waiting::Note(note));
    }
}

impl State {
    fn go_wrong(&mut self, found: Violation) {
        self.wrong.get_or_insert(found);
    }
}

impl Member {
    /// Comes into `room`; writes with at most `window` notes on their way, or only looks when that is 0.
    pub fn come(
        options: ClientOptions,
        number: u64,
        room: &RoomId,
        window: usize,
        board: &Arc<Board>,
        ledger: &Arc<Ledger>,
    ) -> Self {
        let shared = Arc::new(Shared {
            name: options.name.clone(),
            number,
            room: room.clone(),
            board: Arc::clone(board),
            ledger: Arc::clone(ledger),
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let hearing = Arc::clone(&shared);
        let link =
            Arc::new(ReconnectingClient::start(options, move |update| hearing.take_in(update)).expect("a thread"));
        {
            let mut state = shared.lock();
            let ask = link.ask(Ask::Attach { room: room.clone(), after: None, entries: 50 });
            state.waiting.insert(ask, Waiting::Attach);
        }
        let writing = (window > 0).then(|| {
            let (shared, link) = (Arc::clone(&shared), Arc::clone(&link));
            std::thread::spawn(move || shared.write(&link, window))
        });
        Member { shared, link: Some(link), writing }
    }

    /// Whether it is in the room.
    pub fn is_in(&self) -> bool {
        self.shared.lock().room.is_some()
    }

    /// Its latest connection.
    pub fn visit(&self) -> Option<Visit> {
        self.shared.lock().visits.last().copied()
    }

    /// Whether the link has found that its host is gone, and no other yet.
    pub fn is_away(&self) -> bool {
        self.shared.lock().is_away
    }

    /// How many of its notes were refused because they could not be saved.
    pub fn refused(&self) -> usize {
        self.shared.lock().refused
    }

    /// Whether it was told that nothing can be saved.
    pub fn is_alarmed(&self) -> bool {
        self.shared.lock().cannot_save
    }

    /// How many of its questions have no answer.
    pub fn unanswered(&self) -> usize {
        let state = self.shared.lock();
        state.waiting.len() + state.again.len()
    }

    /// How many of its notes have no answer.
    pub fn notes_on_their_way(&self) -> usize {
        self.shared.lock().waiting.values().filter(|waiting| matches!(waiting, Waiting::Note(_))).count()
    }

    /// Whether it writes.
    pub fn is_writer(&self) -> bool {
        self.writing.is_some()
    }

    /// How far it has followed the room.
    pub fn seq(&self) -> u64 {
        self.shared.lock().room.as_ref().map_or(0, |room| room.seq)
    }

    /// Begins nothing new; what was begun is still brought to its end.
    pub fn rest(&self) {
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
    }

    /// Writes one note more, the last.
    pub fn last_note(&self, text: &str) {
        let Some(link) = &self.link else { return };
        let mut state = self.shared.lock();
        state.notes += 1;
        self.shared.ledger.attempt(text);
        let number = u128::from(self.shared.number) << 40;
        let id = IntentId(ulid::Ulid::from_parts(state.notes << 8, number));
        self.shared.ask_note(&mut state, link, Note { id, text: text.to_owned() });
    }

    /// Asks for the drafts of this person that the host has.
    pub fn ask_drafts(&self) {
        let Some(link) = &self.link else { return };
        let mut state = self.shared.lock();
        state.drafts.clear();
        let ask = link.ask(Ask::Drafts { room: self.shared.room.clone() });
        state.waiting.insert(ask, Waiting::Drafts);
    }

    /// The draft that was kept last is the one that there is, or a later one.
    ///
    /// # Errors
    /// When it is older, or gone.
    pub fn has_draft(&self) -> Verdict {
        let state = self.shared.lock();
        let found = state.drafts.iter().find(|draft| draft.slot == SLOT).map(|draft| draft.text.clone());
        let number = found.as_deref().and_then(|text| text.strip_prefix("draft ")?.parse::<u64>().ok());
        if number.unwrap_or(0) < state.draft_kept {
            let said = format!("{}: draft {} was kept, there is {found:?}", self.shared.name, state.draft_kept);
            return Err(Violation::AcknowledgedNotPresent(said));
        }
        Ok(())
    }

    /// Its room is `fold`, and nothing went wrong on the way there.
    ///
    /// # Errors
    /// What went wrong, or that they differ.
    pub fn agrees(&self, fold: &Room) -> Verdict {
        let state = self.shared.lock();
        if let Some(wrong) = &state.wrong {
            return Err(wrong.clone());
        }
        match &state.room {
            Some(room) if **room == *fold => Ok(()),
            Some(room) => Err(Violation::ClientsDiffer(format!(
                "{} has the room as of {}, the host as of {}",
                self.shared.name, room.seq, fold.seq
            ))),
            None => Err(Violation::ClientsDiffer(format!("{} never came into the room", self.shared.name))),
        }
    }

    /// What it did that it must not, if anything.
    pub fn wrong(&self) -> Option<Violation> {
        self.shared.lock().wrong.clone()
    }

    /// How it stands, for whoever waited in vain.
    pub fn describe(&self) -> String {
        let state = self.shared.lock();
        let mut said = String::new();
        let _ = write!(
            said,
            "{}: at {}, {} unanswered, {} to ask again, {} refused, cannot save: {}, away: {}, visits {}",
            self.shared.name,
            state.room.as_ref().map_or(0, |room| room.seq),
            state.waiting.len(),
            state.again.len(),
            state.refused,
            state.cannot_save,
            state.is_away,
            state.visits.len(),
        );
        said
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        {
            let mut state = self.shared.lock();
            state.stop = true;
            state.waiting.clear();
            state.again.clear();
        }
        self.shared.changed.notify_all();
        if let Some(writing) = self.writing.take() {
            // A writer that panicked has said so.
            let _ = writing.join();
        }
        self.link = None;
    }
}
