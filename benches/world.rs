//! A place of its own for the benches: directories, rooms of a wanted size, a host.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, HostTarget, LocalHost, PATIENCE};
use klockslag::config::routine;
use klockslag::domain::decide;
use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId, Seq};
use klockslag::domain::intent::Declaration;
use klockslag::domain::priority::Grade;
use klockslag::domain::record::{Assurance, Author, Record};
use klockslag::domain::text::Text;
use klockslag::domain::time::Moment;
use klockslag::store::{Append, FileStore, KernelSalts, StoreOptions};
use klockslag::wire::message::{Answer, Ask};
use klockslag::wire::place;

use super::bare::LAST_ROW;

/// How many records are written with one sync while a room is filled.
const BATCH: usize = 1_000;

/// The directories of one run, gone when dropped.
pub struct World {
    folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("klock-bench").tempdir().expect("a temporary directory");
        for name in ["home", "data", "run"] {
            std::fs::create_dir(folder.path().join(name)).expect("a directory");
        }
        World { folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program.
    pub fn klock() -> &'static Path {
        Path::new(env!("CARGO_BIN_EXE_klock"))
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn runtime(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// What the programs of this world have for an environment.
    pub fn environment(&self) -> Vec<(String, String)> {
        let path = |path: PathBuf| path.to_string_lossy().into_owned();
        vec![
            ("HOME".into(), path(self.folder.path().join("home"))),
            ("KLOCK_DATA_DIR".into(), path(self.data())),
            ("XDG_RUNTIME_DIR".into(), path(self.runtime())),
            ("KLOCK_NAME".into(), "Bench".into()),
            ("PATH".into(), "/usr/bin:/bin".into()),
            ("TERM".into(), "xterm-256color".into()),
            ("LANG".into(), "C.UTF-8".into()),
            ("TZ".into(), "Europe/Stockholm".into()),
        ]
    }

    /// The process that serves this world.
    pub fn host_pid(&self) -> u32 {
        match self.client().ask(Ask::HostStatus).expect("the host answers") {
            Answer::Host(status) => status.pid,
            other => panic!("not a status: {other:?}"),
        }
    }

    pub fn start_host(&self) {
        let status = self.run(&["rooms"]);
        assert!(status.success(), "klock rooms: {status}");
    }

    pub fn stop_host(&self) {
        self.run(&["host", "stop"]);
    }

    fn run(&self, arguments: &[&str]) -> std::process::ExitStatus {
        let mut command = Command::new(Self::klock());
        command.args(arguments).env_clear().envs(self.environment()).stdout(std::process::Stdio::null());
        command.status().expect("the program starts")
    }

    /// How to reach the host of this world as `name`; `start`: start one when nobody answers.
    pub fn options(&self, name: &str, start: bool) -> ClientOptions {
        ClientOptions {
            target: HostTarget::Local(LocalHost {
                socket: place::socket_path(&self.data(), Some(&self.runtime()), rustix::process::getuid().as_raw()),
                data_dir: self.data(),
                foreign: None,
                log_dir: None,
                exe: start.then(|| Self::klock().to_owned()),
                spawn_env: self.environment().into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
            }),
            name: name.to_owned(),
            sure: Assurance::Claimed,
            read_only: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            patience: PATIENCE,
            hear_ssh: None,
        }
    }

    /// A client of the host that runs.
    pub fn client(&self) -> BlockingClient {
        BlockingClient::connect(self.options("Bench", false)).expect("the host answers")
    }

    /// A line of the journal, newline and all, as long as a note's is.
    pub fn a_journal_line(&self, room: &RoomId) -> String {
        let ask = Ask::Lines { room: room.clone(), from: 10, limit: 1 };
        match self.client().ask(ask).expect("the host answers") {
            Answer::Lines(lines) => format!("{}\n", lines[0]),
            other => panic!("not lines: {other:?}"),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Whoever measured the last start has stopped it already.
        if BlockingClient::connect(ClientOptions { patience: Duration::ZERO, ..self.options("Bench", false) }).is_ok() {
            self.stop_host();
        }
    }
}

/// A room of `entries` entries, the last of which is [`LAST_ROW`], in the data directory `data`. No host may run.
pub fn fill(data: &Path, entries: usize) -> RoomId {
    let now = klockslag::clock::Clock::from_env().now();
    let options = StoreOptions {
        now,
        patience: Duration::from_secs(5),
        salts: Box::new(KernelSalts::default()),
        spools: Vec::new(),
    };
    let mut store = FileStore::open(data, options).expect("the store opens").store;
    let number = u32::try_from(store.list_rooms().expect("readable").len() + 1).expect("few rooms");
    let room = RoomId::of_year(2026, number);
    let records = records(entries, now);
    let began = std::time::Instant::now();
    for (batch, chunk) in records.chunks(BATCH).enumerate() {
        let expected = Seq::try_from(batch * BATCH).expect("small");
        store
            .append_batch(&[Append { room: room.clone(), expected, records: chunk.to_vec() }])
            .expect("the store takes it");
    }
    // Folded once, so that the fold is kept and a host need not.
    store.load_room(&room).expect("it folds");
    if entries >= 100 * BATCH {
        let rate = entries as f64 / began.elapsed().as_secs_f64();
        eprintln!("{entries} entries were written and indexed, {rate:.0} a second\n");
    }
    room
}

/// `entries` records: an incident of priority 1 with notes, a second between each and the next, the last one just now.
pub fn records(entries: usize, now: Moment) -> Vec<Record> {
    let span = i64::try_from(entries).expect("small");
    let declaration = Declaration {
        title: "Card payments down".into(),
        customer: "Nordbank".into(),
        urgency: Grade::HIGHEST,
        impact: Grade::HIGHEST,
        agreed_with: Text::default(),
        classified_by: None,
        began_at: None,
        declared_at: Some(now.plus(chrono::Duration::seconds(-span))),
        routine: Box::new(routine::builtin()[0].clone()),
        activate: None,
        activation_reason: Text::default(),
        lead: "Anna Lind".into(),
        demo: false,
    };
    let (_, opening) = decide::open(&declaration, now).expect("a room");
    let notes = (opening.len()..).map(|number| {
        let text =
            if number + 1 == entries { LAST_ROW.to_owned() } else { format!("entry number {number}, pool restarted") };
        Event::NoteTaken {
            kind: NoteKind::Note,
            text: text.into(),
            facets: Facets::default(),
            meeting: None,
            action: None,
        }
    });
    let by = Author { uid: 1000, name: "Anna Lind".to_owned(), sure: Assurance::Claimed };
    opening
        .clone()
        .into_iter()
        .chain(notes)
        .take(entries)
        .enumerate()
        .map(|(number, event)| {
            let at = now.plus(chrono::Duration::seconds(i64::try_from(number).expect("small") - span));
            let seq = Seq::try_from(number + 1).expect("small");
            Record { seq, id: IntentId(ulid::Ulid::from_parts(1, 0)).event(number), at, rec: at, by: by.clone(), event }
        })
        .collect()
}
