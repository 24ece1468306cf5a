//! A world of its own for one test: directories, a clock that the test moves, a host, and screens attached to it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use klockslag::client::reconnecting::{ReconnectingClient, Update};
use klockslag::client::{self, HostTarget, LocalHost, blocking};
use klockslag::clock::Clock;
use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Declaration, Intent, Request};
use klockslag::domain::phrase::Lang;
use klockslag::domain::priority::Grade;
use klockslag::domain::record::{Assurance, Record};
use klockslag::domain::room::Room;
use klockslag::domain::text::Text;
use klockslag::domain::time::Moment;
use klockslag::domain::zone::Zone;
use klockslag::host::{self, Host};
use klockslag::wire::message::{Answer, Ask, Failure, Health, HostMsg, Writing};
use tempfile::TempDir;

/// How long anything may take before the test gives up and prints what it saw.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a client waits for its host.
const OF_A_CLIENT: Duration = Duration::from_secs(10);

pub const NOON: &str = "2026-11-21T12:00:00+01:00";

pub struct World {
    dir: TempDir,
    ids: std::cell::Cell<u64>,
}

impl World {
    pub fn new() -> Self {
        let world = World { dir: TempDir::new().expect("a directory"), ids: std::cell::Cell::new(0) };
        world.set_clock(Moment::parse(NOON).expect("a time"));
        world
    }

    pub fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn socket(&self) -> PathBuf {
        self.dir.path().join("run").join("host.sock")
    }

    /// Sets the clock that the host reads. Replaced whole, so that nobody reads half a time.
    pub fn set_clock(&self, now: Moment) {
        let new = self.dir.path().join("clock.new");
        std::fs::write(&new, now.to_string()).expect("the clock is written");
        std::fs::rename(new, self.clock_file()).expect("the clock is set");
    }

    /// Sets the clock that the host reads, and how long the machine has run: the one moves without the other when somebody
    /// sets the clock.
    pub fn set_clock_and_steady(&self, now: Moment, seconds: u64) {
        let new = self.dir.path().join("clock.new");
        std::fs::write(&new, format!("{now}\n{seconds}")).expect("the clock is written");
        std::fs::rename(new, self.clock_file()).expect("the clock is set");
    }

    pub fn clock_file(&self) -> PathBuf {
        self.dir.path().join("clock")
    }

    pub fn host_options(&self) -> host::HostOptions {
        host::HostOptions {
            data_dir: self.data_dir(),
            socket: self.socket(),
            read_socket: None,
            sharing: host::Sharing::default(),
            log_dir: None,
            clock: Clock::File { path: self.clock_file(), zone: Zone::named("Europe/Stockholm").expect("a zone") },
            version: "0.1.0".into(),
            lang: Lang::En,
            desktop: false,
            grace: Duration::from_secs(600),
            tick: Duration::from_millis(10),
        }
    }

    pub fn host(&self) -> Host {
        host::start(self.host_options()).expect("a host")
    }

    pub fn client_options(&self, name: &str) -> client::ClientOptions {
        client::ClientOptions {
            target: HostTarget::Local(self.own()),
            name: name.into(),
            sure: Assurance::Claimed,
            read_only: false,
            version: "0.1.0".into(),
            patience: OF_A_CLIENT,
            hear_ssh: None,
        }
    }

    /// Where its host is, which nobody starts.
    pub fn own(&self) -> LocalHost {
        LocalHost {
            socket: self.socket(),
            data_dir: self.data_dir(),
            log_dir: None,
            foreign: None,
            exe: None,
            spawn_env: Vec::new(),
        }
    }

    pub fn verb(&self, name: &str) -> blocking::BlockingClient {
        blocking::BlockingClient::connect(self.client_options(name)).expect("a connection")
    }

    pub fn screen(&self, name: &str) -> Screen {
        Screen::start(self.client_options(name))
    }

    /// A screen that is in `room`.
    #[track_caller]
    pub fn screen_in(&self, name: &str, room: &RoomId) -> Screen {
        Screen::start_in(self.client_options(name), room)
    }

    /// Whether a host answers.
    pub fn is_served(&self) -> bool {
        matches!(self.verb("Anna").ask(Ask::HostStatus), Ok(Answer::Host(_)))
    }

    pub fn id(&self) -> IntentId {
        self.ids.set(self.ids.get() + 1);
        IntentId(ulid::Ulid::from_parts(1_763_722_800_000, u128::from(self.ids.get()) << 16))
    }

    /// Critical, so that the routine is in force.
    pub fn declaration(&self, title: &str) -> Ask {
        self.declaration_of(title, 1)
    }

    /// Of that urgency and impact.
    pub fn declaration_of(&self, title: &str, grade: u8) -> Ask {
        let grade = Grade::new(grade).expect("1, 2 or 3");
        let routines = klockslag::config::routine::builtin();
        let routine = routines.iter().find(|routine| routine.id == "critical-incident").expect("the routine");
        let declaration = Declaration {
            title: title.into(),
            customer: Text::default(),
            urgency: grade,
            impact: grade,
            agreed_with: Text::default(),
            classified_by: None,
            began_at: None,
            declared_at: None,
            routine: Box::new(routine.clone()),
            activate: None,
            activation_reason: Text::default(),
            lead: Text::default(),
            demo: false,
        };
        Ask::Open { id: self.id(), declaration: Box::new(declaration) }
    }

    pub fn request(&self, room: &RoomId, intent: Intent) -> Ask {
        Ask::Do(Box::new(Request { id: self.id(), room: room.clone(), at: None, intent }))
    }

    pub fn note(&self, room: &RoomId, text: &str) -> Ask {
        let (text, facets) = (text.into(), Facets::default());
        self.request(room, Intent::TakeNote { kind: NoteKind::Note, text, facets })
    }

    /// A room opened by `name`.
    pub fn open(&self, name: &str) -> RoomId {
        match self.verb(name).ask(self.declaration("Card payments down")) {
            Ok(Answer::Opened { room }) => room,
            other => panic!("not opened: {other:?}"),
        }
    }

    /// Every record of `room`, as the host has it.
    pub fn records(&self, room: &RoomId) -> Vec<Record> {
        let mut client = self.verb("reader");
        let mut all: Vec<Record> = Vec::new();
        loop {
            let from = all.last().map_or(1, |record| record.seq + 1);
            match client.ask(Ask::Records { room: room.clone(), from, limit: 1000 }) {
                Ok(Answer::Records(records)) if records.is_empty() => return all,
                Ok(Answer::Records(records)) => all.extend(records),
                other => panic!("no records: {other:?}"),
            }
        }
    }
}

/// A person's end that stays: what a screen would know.
pub struct Screen {
    link: ReconnectingClient,
    updates: Receiver<Update>,
    pub room: Option<Box<Room>>,
    pub records: Vec<Record>,
    pub people: Vec<String>,
    /// What each of them is writing.
    pub writing: Vec<Option<Writing>>,
    pub rang: Vec<(RoomId, Record)>,
    pub health: Health,
    /// How often it was told that nothing can be saved.
    pub alarms: usize,
    pub answers: Vec<(u64, Result<Answer, Failure>)>,
    pub connected: usize,
    pub lost: usize,
    pub silent: usize,
    pub heard: usize,
    pub dismissed: bool,
}

impl Screen {
    pub fn start(options: client::ClientOptions) -> Self {
        let (send, updates) = channel();
        let link = ReconnectingClient::start(options, move |update| drop(send.send(update))).expect("a link");
        Screen {
            link,
            updates,
            room: None,
            records: Vec::new(),
            people: Vec::new(),
            writing: Vec::new(),
            rang: Vec::new(),
            health: Health::default(),
            alarms: 0,
            answers: Vec::new(),
            connected: 0,
            lost: 0,
            silent: 0,
            heard: 0,
            dismissed: false,
        }
    }

    /// The same in `room`.
    #[track_caller]
    pub fn start_in(options: client::ClientOptions, room: &RoomId) -> Self {
        let mut screen = Screen::start(options);
        screen.enter(room);
        screen
    }

    /// Goes into `room`.
    #[track_caller]
    pub fn enter(&mut self, room: &RoomId) {
        let ask = self.ask(Ask::Attach { room: room.clone(), after: None, entries: 50 });
        match self.answer(ask) {
            Ok(Answer::Attached { .. }) => {}
            other => panic!("not attached: {other:?}"),
        }
    }

    /// From now on it introduces itself as `name`.
    pub fn rename(&self, name: &str) {
        self.link.rename(name, Assurance::Claimed);
    }

    pub fn ask(&self, what: Ask) -> u64 {
        self.link.ask(what)
    }

    /// Asks for something that is recorded, and waits until it is: its records.
    #[track_caller]
    pub fn record(&mut self, what: Ask) -> Vec<Record> {
        let ask = self.ask(what);
        match self.answer(ask) {
            Ok(Answer::Recorded { records }) => records,
            other => panic!("not recorded: {other:?}"),
        }
    }

    /// The answer to `ask`, awaited.
    #[track_caller]
    pub fn answer(&mut self, ask: u64) -> Result<Answer, Failure> {
        self.wait_until("an answer", |screen| screen.answers.iter().any(|(known, _)| *known == ask));
        self.answers.iter().find(|(known, _)| *known == ask).map(|(_, answer)| answer.clone()).expect("just seen")
    }

    /// Takes in updates until `done`; gives up with all it knows.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, done: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !done(self) {
            match self.updates.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(update) => self.take_in(update),
                Err(RecvTimeoutError::Timeout) => {
                    panic!("gave up waiting for {what}; the screen has\n{}", self.state())
                }
                Err(RecvTimeoutError::Disconnected) => panic!("the link ended; the screen has\n{}", self.state()),
            }
        }
    }

    fn take_in(&mut self, update: Update) {
        match update {
            Update::Connected(welcome) => {
                self.connected += 1;
                self.health = welcome.health;
            }
            Update::Lost { .. } => self.lost += 1,
            Update::Silent { .. } => self.silent += 1,
            Update::Heard => self.heard += 1,
            Update::Dismissed { .. } => self.dismissed = true,
            Update::Parked { .. } => panic!("nothing here may be parked"),
            Update::Resynced { answer, .. } => self.attached(&answer),
            Update::Answer { ask, answer, .. } => {
                self.attached(&answer);
                self.answers.push((ask, *answer));
            }
            Update::Said(HostMsg::Recorded { records, .. }) => {
                for record in records {
                    if let Some(room) = &mut self.room {
                        assert_eq!(record.seq, room.seq + 1, "a gap or a repetition");
                        room.apply(&record);
                    }
                    self.records.push(record);
                }
            }
            Update::Said(HostMsg::Here { people, .. }) => {
                self.writing = people.iter().map(|person| person.writing.clone()).collect();
                self.people = people.into_iter().map(|person| person.who.name).collect();
            }
            Update::Said(HostMsg::Rang { room, record, .. }) => self.rang.push((room, *record)),
            Update::Said(HostMsg::Health(health)) => {
                self.alarms += usize::from(health.cannot_save.is_some());
                self.health = health;
            }
            Update::Said(other) => panic!("unexpected: {other:?}"),
        }
    }

    fn attached(&mut self, answer: &Result<Answer, Failure>) {
        if let Ok(Answer::Attached { room, records, people, .. }) = answer {
            self.room = Some(room.clone());
            self.records.clone_from(records);
            self.people = people.iter().map(|person| person.who.name.clone()).collect();
        }
    }

    /// The notes it has, in the order recorded.
    pub fn notes(&self) -> Vec<String> {
        notes(&self.records)
    }

    fn state(&self) -> String {
        let mut state = String::new();
        for record in &self.records {
            let _ = writeln!(state, "  {:4} {} {} {:?}", record.seq, record.at.hms(), record.by.name, record.event);
        }
        let _ = writeln!(state, "  here: {:?}, connected {}, lost {}", self.people, self.connected, self.lost);
        let _ = writeln!(state, "  health: {:?}\n  answers: {:?}", self.health, self.answers);
        state.chars().take(4000).collect()
    }
}

/// The texts of the notes among `records`.
pub fn notes(records: &[Record]) -> Vec<String> {
    let text = |record: &Record| match &record.event {
        Event::NoteTaken { text, .. } => Some(text.raw().to_owned()),
        _ => None,
    };
    records.iter().filter_map(text).collect()
}

/// Why a client was turned away.
#[track_caller]
pub fn turned_away(connected: Result<blocking::BlockingClient, client::ConnectError>) -> String {
    match connected {
        Err(client::ConnectError::Dismissed { why }) => why.key.into_owned(),
        other => panic!("not turned away: {}", if other.is_ok() { "let in" } else { "not reached" }),
    }
}

/// Sets the rights of what is at `path`.
#[track_caller]
pub fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode is set");
}
