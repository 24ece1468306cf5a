//! A world of its own for the program: directories, environment and clock that nothing outside can touch.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use chrono::{DateTime, Duration, FixedOffset};
use klockslag::client::{self, ClientOptions, HostTarget, LocalHost};
use klockslag::domain::record::Assurance;
use klockslag::domain::time::Moment;
use klockslag::store::{self, FileStore, Store};
use klockslag::wire::place;
use tempfile::TempDir;

use super::pty::PATIENCE;

/// The time in a new world.
pub const BEGINNING: &str = "2026-11-21T13:05:00+01:00";

/// A home with nothing in it, a clock that stands until it is moved, and the host that the first verb starts in it.
/// The host is stopped when the world goes.
pub struct World {
    dir: TempDir,
    environment: Vec<(String, String)>,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// What it printed, when it was done.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self.out
    }

    /// What it said on stderr, when it ended with `code`.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }

    /// What it printed, as JSON, when it was done.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        let text = self.ok();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in:\n{text}"))
    }
}

impl World {
    /// An empty world at [`BEGINNING`], in Stockholm, in English; the person is Anna.
    pub fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("klock").tempdir().expect("a temporary directory");
        let home = dir.path().join("home");
        let runtime = dir.path().join("run");
        for made in [&home, &runtime] {
            fs::create_dir(made).expect("a directory");
            fs::set_permissions(made, fs::Permissions::from_mode(0o700)).expect("its mode");
        }
        let text = |path: &Path| path.to_str().expect("a path in UTF-8").to_owned();
        let environment = [
            ("HOME", text(&home)),
            ("PATH", "/usr/local/bin:/usr/bin:/bin".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "Europe/Stockholm".to_owned()),
            ("XDG_RUNTIME_DIR", text(&runtime)),
            ("KLOCK_ORG_CONFIG_DIR", text(&dir.path().join("organisation"))),
            ("KLOCK_NAME", "Anna".to_owned()),
            // No session bus unless a test brings one: nothing of a test may reach the desktop it runs on.
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("KLOCK_CLOCK_FILE", text(&dir.path().join("clock"))),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec();
        let mut world = World { dir, environment };
        // The bug that the program under test has, if it was built with bugs.
        if let Ok(bug) = std::env::var("KLOCK_PLANTED") {
            world.set("KLOCK_PLANTED", &bug);
        }
        world.set_clock(BEGINNING);
        world
    }

    /// Sets a variable for every program started in this world from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Takes a variable away.
    pub fn unset(&mut self, name: &str) {
        self.environment.retain(|(known, _)| known != name);
    }

    /// All that a program of this world finds in its environment.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// The program under test: the one that was built with the tests, or the one that `KLOCK_UNDER_TEST` names.
    pub fn program() -> &'static Path {
        static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
        PROGRAM.get_or_init(|| match std::env::var_os("KLOCK_UNDER_TEST") {
            Some(path) => path.into(),
            None => env!("CARGO_BIN_EXE_klock").into(),
        })
    }

    /// A directory that goes with the world.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Where the rooms are kept.
    pub fn data_dir(&self) -> PathBuf {
        let set = self.environment.iter().find(|(name, _)| name == "KLOCK_DATA_DIR");
        if let Some((_, dir)) = set {
            return dir.into();
        }
        self.dir.path().join("home/.local/share/klockslag")
    }

    /// Where the settings are kept.
    pub fn config_dir(&self) -> PathBuf {
        self.dir.path().join("home/.config/klockslag")
    }

    /// Moves every clock of this world to `at`, RFC 3339.
    pub fn set_clock(&self, at: &str) {
        let clock = self.dir.path().join("clock");
        // Nobody may ever read half a time.
        let beside = self.dir.path().join("clock.next");
        fs::write(&beside, at).expect("the clock");
        fs::rename(&beside, &clock).expect("the clock");
    }

    /// Moves every clock of this world forward.
    pub fn advance(&self, minutes: i64) {
        let text = fs::read_to_string(self.dir.path().join("clock")).expect("the clock");
        let now: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(text.trim()).expect("a time");
        self.set_clock(&(now + Duration::minutes(minutes)).to_rfc3339());
    }

    /// The program with these arguments, ready to be started.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(Self::program());
        command.args(arguments).env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.dir.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn klock<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        let output = self.command(arguments).output().expect("the program starts");
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs the program to its end with `input` on its stdin.
    pub fn klock_reading<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &(impl AsRef<[u8]> + ?Sized),
    ) -> Run {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // It may refuse before it has read everything.
        let _ = child.stdin.take().expect("its stdin").write_all(input.as_ref());
        let output = child.wait_with_output().expect("the program ends");
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs the program again and again until what it prints has `text`. The host looks at the clock once a second.
    #[track_caller]
    pub fn wait_for(&self, arguments: &[&str], text: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let printed = self.klock(arguments).ok();
            if printed.contains(text) {
                return;
            }
            assert!(Instant::now() < deadline, "klock {arguments:?} never printed “{text}”:\n{printed}");
        }
    }

    /// Waits until `words` are kept as a draft of Anna's: a copy of the store is asked, as the next host would be. Of a screen that
    /// is to be killed next, the host tells nobody else what it has in hand.
    #[track_caller]
    pub fn wait_until_on_disk(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.has_draft(words) {
            assert!(Instant::now() < deadline, "“{words}” is not kept");
            std::thread::yield_now();
        }
    }

    fn has_draft(&self, words: &str) -> bool {
        let copy = TempDir::new().expect("a temporary directory");
        copy_dir(&self.data_dir(), copy.path());
        let options = store::StoreOptions {
            now: Moment::parse(BEGINNING).expect("a time"),
            patience: std::time::Duration::ZERO,
            salts: Box::new(store::KernelSalts::default()),
            spools: Vec::new(),
        };
        // What is being written while it is copied may not open; the next copy does.
        let Ok(store::Opened { mut store, .. }) = FileStore::open(copy.path(), options) else { return false };
        let anna = format!("{}/Anna", rustix::process::getuid().as_raw());
        let drafts: Vec<_> =
            store.list_rooms().unwrap_or_default().iter().flat_map(|room| store.drafts(room, &anna)).collect();
        drafts.iter().any(|(_, draft)| String::from_utf8_lossy(draft).contains(words))
    }

    /// How `name` reaches this world's host, which is started when it does not run.
    pub fn options(&self, name: &str) -> ClientOptions {
        let runtime = self.dir.path().join("run");
        let data_dir = self.data_dir();
        let uid = rustix::process::getuid().as_raw();
        ClientOptions {
            target: HostTarget::Local(LocalHost {
                socket: place::socket_path(&data_dir, Some(&runtime), uid),
                data_dir,
                log_dir: None,
                foreign: None,
                exe: Some(Self::program().to_owned()),
                spawn_env: self.environment.iter().map(|(name, value)| (name.into(), value.into())).collect(),
            }),
            name: name.to_owned(),
            sure: Assurance::Claimed,
            read_only: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            patience: client::PATIENCE,
            hear_ssh: None,
        }
    }

    /// How the host is, for programs; it is started when it does not run.
    #[track_caller]
    pub fn host(&self) -> serde_json::Value {
        self.klock(["rooms"]).ok();
        self.klock(["host", "status", "--json"]).json()
    }

    /// The host's process; it is started when it does not run.
    #[track_caller]
    pub fn host_pid(&self) -> rustix::process::Pid {
        let pid = self.host()["pid"].as_i64().and_then(|pid| i32::try_from(pid).ok());
        pid.and_then(rustix::process::Pid::from_raw).expect("a process id")
    }

    /// Declares a critical incident and gives the id of its room.
    #[track_caller]
    pub fn open(&self, title: &str) -> String {
        self.klock(["open", title]).ok().trim().to_owned()
    }

    /// How the only open incident stands, for programs.
    #[track_caller]
    pub fn status(&self) -> serde_json::Value {
        self.klock(["status", "--json"]).json()
    }

    /// How the incident of `room` stands, for programs, also when it is closed.
    #[track_caller]
    pub fn status_of(&self, room: &str) -> serde_json::Value {
        self.klock(["status", "--json", "-r", room]).json()
    }
}

/// Copies what is in a directory, as it is at the moment.
fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let target = to.join(entry.file_name());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => copy_dir(&entry.path(), &target),
            // What is gone meanwhile is not in the copy.
            Ok(kind) if kind.is_file() => drop(fs::copy(entry.path(), target)),
            _ => {}
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // No host may run: then there is nothing to stop.
        let _ = self.command(["host", "stop"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}
