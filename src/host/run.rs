//! A host from beginning to end: lock, door, keeper; and in the opposite order back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::oneshot;

use super::door::{Door, DoorError, Doors, Sharing};
use super::held::preparer;
use super::keeper::{Keeper, Parts};
use super::listeners::Listeners;
use super::order::Order;
use super::socket::{self, Gate};
use super::{log, memory, notice};
use crate::clock::Clock;
use crate::domain::phrase::{Lang, Phrase};
use crate::regular::{self, Links};
use crate::store::{self, FileStore, KernelSalts, Opened, StoreError};
use crate::wire::place::{READ_SOCKET_NAME_FILE, SOCKET_NAME_FILE, SPOOL_DIR};

/// How long to wait for another host to let go of the data directory.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

/// How long clients have to read what is on its way to them when the host finishes.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// The file in the data directory that says how the host that holds it is shared. It stays when the host dies, or gives way to
/// a newer one.
const SHARING_FILE: &str = "host.sharing";

/// What [`SHARING_FILE`] says.
#[derive(serde::Serialize, serde::Deserialize)]
struct Shared {
    sharing: Sharing,
    main: PathBuf,
    reading: Option<PathBuf>,
    /// Since which start of the machine; none: the system does not tell.
    #[serde(default)]
    boot: Option<String>,
}

/// What a host needs to be told.
#[derive(Debug, Clone)]
pub struct Options {
    pub data_dir: PathBuf,
    /// Where to listen, see [`crate::wire::place::socket_path`].
    pub socket: PathBuf,
    /// Where to listen for those who only look on; none: beside `socket`.
    pub read_socket: Option<PathBuf>,
    /// With whom it is shared; with nobody: as the host before it was, if that one died.
    pub sharing: Sharing,
    /// Where to write the log; none: nowhere.
    pub log_dir: Option<PathBuf>,
    pub clock: Clock,
    /// The version of this program.
    pub version: String,
    /// The language of desktop notices.
    pub lang: Lang,
    /// Whether to say warnings on the desktop.
    pub desktop: bool,
    /// How long to stay when nobody is attached and no incident is open.
    pub grace: Duration,
    /// How often to look at the clocks.
    pub tick: Duration,
}

impl Options {
    /// The grace of a host that people use.
    pub const GRACE: Duration = Duration::from_secs(5);
    /// Due times are rechecked every second.
    pub const TICK: Duration = Duration::from_secs(1);
}

/// Why there is no host.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Door(#[from] DoorError),
    #[error("the host cannot be set up: {0}")]
    System(#[from] io::Error),
}

impl RunError {
    /// The same as a sentence for a person, with what to do.
    pub fn phrase(&self) -> Phrase {
        match self {
            RunError::Store(error) => error.phrase(),
            RunError::Door(error) => error.phrase(),
            RunError::System(error) => Phrase::new("host-no-system").with("why", error.to_string()),
        }
    }

    /// Whether another host serves this data directory already: then all is well.
    pub fn is_served(&self) -> bool {
        matches!(self, RunError::Store(StoreError::Locked { .. }))
    }
}

/// A host that runs in this process.
pub struct Host {
    doors: Doors,
    orders: Sender<Order>,
    thread: JoinHandle<()>,
}

impl Host {
    /// Asks it to finish, and waits until the data directory is free again.
    pub fn stop(self) {
        // It may have finished by itself.
        let _ = self.orders.send(Order::Stop);
        self.wait();
    }

    /// Waits until it has finished by itself, or because a client asked.
    pub fn wait(self) {
        if self.thread.join().is_err() {
            tracing::error!("the host ended in a panic");
        }
    }
}

/// Runs a host until it is asked to stop, is told SIGTERM, SIGINT or SIGHUP, or has nothing left to stay for. `detached`: leaves
/// the terminal's session first, so that it outlives whoever started it. A host that is shared calls `announce` once clients
/// can connect.
///
/// # Errors
/// See [`RunError`]; [`RunError::is_served`] when there is a host already.
pub fn run(options: Options, detached: bool, announce: impl FnOnce(&Doors)) -> Result<(), RunError> {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    if detached {
        // It fails only for a leader of a process group, who has a session of their own or wants to keep this one.
        let _ = rustix::process::setsid();
    }
    memory::share();
    // A log is worth having, and no reason to be without a host.
    let no_log = options.log_dir.as_deref().and_then(|dir| Some((dir, log::begin(dir).err()?)));
    let no_log = no_log.map(|(dir, error)| {
        Phrase::new("host-no-log").with("path", dir.display().to_string()).with("why", store::reason(&error))
    });
    raise_limit_of_descriptors();
    let started = start_with(options, no_log.into_iter().collect()).and_then(|host| {
        let mut signals = signal_hook::iterator::Signals::new([
            signal_hook::consts::SIGTERM,
            signal_hook::consts::SIGINT,
            signal_hook::consts::SIGHUP,
        ])?;
        let orders = host.orders.clone();
        std::thread::Builder::new().name("klock-signals".into()).spawn(move || {
            for signal in signals.forever() {
                tracing::info!(signal, "asked to stop");
                if orders.send(Order::Stop).is_err() {
                    return;
                }
            }
        })?;
        Ok(host)
    });
    match started {
        Ok(host) => {
            if host.doors.is_shared() {
                announce(&host.doors);
            }
            if detached {
                let_go_of_stderr();
            }
            host.wait();
            Ok(())
        }
        Err(error) => {
            if !error.is_served() {
                tracing::error!(%error, "the host cannot start");
            }
            Err(error)
        }
    }
}

/// Gives back the stderr on which the client that started this host would have been told why it cannot run.
fn let_go_of_stderr() {
    let nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null");
    if let Err(error) = nowhere.and_then(|nowhere| Ok(rustix::stdio::dup2_stderr(&nowhere)?)) {
        tracing::warn!(%error, "stderr stays open");
    }
}

/// Asks for as many open files as the system allows: each client takes one, and the usual limit is about that of the clients.
fn raise_limit_of_descriptors() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::warn!(%error, "the limit of open files cannot be raised");
    }
}

/// Starts a host in this process. When this returns, clients can connect.
///
/// # Errors
/// See [`RunError`].
pub fn start(options: Options) -> Result<Host, RunError> {
    start_with(options, Vec::new())
}

/// As [`start`]. `known`: what people should be told from the beginning.
fn start_with(options: Options, known: Vec<Phrase>) -> Result<Host, RunError> {
    let Options { data_dir, socket, read_socket, sharing, log_dir, clock, version, lang, desktop, grace, tick } =
        options;
    let uid = rustix::process::getuid().as_raw();
    let salts = Box::new(KernelSalts::default());
    let spools = log_dir.iter().map(|dir| dir.join(SPOOL_DIR)).collect();
    let Opened { store, notices: remarks } =
        FileStore::open(&data_dir, store::StoreOptions { now: clock.now(), patience: LOCK_PATIENCE, salts, spools })?;
    let Inherited { doors, said } = inherited(&data_dir, &sharing);
    let doors = doors.map_or_else(|| Doors::plan(socket, read_socket, sharing), Ok)?;
    let for_host = doors.clone();
    // Those it is shared with could not start it again.
    let grace = if doors.is_shared() { Duration::MAX } else { grace };

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (orders, to_keeper) = channel();
    let listeners = {
        let _inside = runtime.enter();
        Listeners::open(doors.clone(), &data_dir, uid, orders.clone())?
    };
    let (notices, to_say) = tokio::sync::mpsc::unbounded_channel();
    let keeper = Keeper::new(Parts {
        store: Box::new(store),
        orders: orders.clone(),
        remarks: known.into_iter().chain(said).chain(remarks.iter().map(store::StoreNotice::phrase)).collect(),
        clock,
        uid,
        version: version.clone(),
        data_dir: data_dir.clone(),
        doors: doors.clone(),
        sockets: listeners.watch(),
        grace,
        tick,
        lang,
        preparer: preparer(orders.clone()),
        desktop: desktop.then_some(notices),
    })?;
    tracing::info!(pid = std::process::id(), version, data = %data_dir.display(), socket = %doors.main.path.display(), "host");
    let (ended, has_ended) = oneshot::channel();
    let succeeded = Arc::new(AtomicBool::new(false));
    let is_succeeded = Arc::clone(&succeeded);
    let keeper = std::thread::Builder::new().name("klock-keeper".into()).spawn(move || {
        keeper.run(&to_keeper, |doors| close_doors(&data_dir, doors, is_succeeded.load(Ordering::Acquire)));
        // The other thread waits for exactly this.
        let _ = ended.send(());
    })?;
    let for_desktop = orders.clone();
    let gate = Arc::new(Gate::new(orders.clone(), uid, version, succeeded));
    let thread = std::thread::Builder::new().name("klock-host".into()).spawn(move || {
        runtime.block_on(async {
            let desktop = notice::say_all(to_say, for_desktop);
            let clients = socket::serve(listeners, gate, LAST_WORDS, has_ended);
            tokio::select! {
                () = clients => {}
                // Without a desktop it ends at once; the clients go on.
                () = async { desktop.await; std::future::pending().await } => {}
            }
        });
        drop(runtime);
        match keeper.join() {
            Ok(()) => tracing::info!("host finished"),
            Err(_) => tracing::error!("the keeper ended in a panic"),
        }
    })?;
    Ok(Host { doors: for_host, orders, thread })
}

/// What a host takes over of the one before it.
#[derive(Default)]
struct Inherited {
    doors: Option<Doors>,
    /// What people are told of that.
    said: Option<Phrase>,
}

/// The doors of the host before this one, when that was shared and did not finish for good: whoever takes over after it serves the
/// same people, who could not start a host themselves, and that is said. Not when this one is to be shared by its own word, and
/// not when the machine was started anew: then nobody is in the middle of anything.
fn inherited(data_dir: &Path, sharing: &Sharing) -> Inherited {
    if *sharing != Sharing::default() {
        return Inherited::default();
    }
    const LONGEST: u64 = 64 << 10;
    let left = regular::read(&data_dir.join(SHARING_FILE), Links::Refuse, LONGEST).ok();
    let Some(Shared { sharing, main, reading, boot }) = left.and_then(|left| serde_json::from_slice(&left).ok()) else {
        return Inherited::default();
    };
    let groups: Vec<&str> = sharing.group.iter().chain(&sharing.read_group).map(String::as_str).collect();
    let say = |key: &'static str| Phrase::new(key).with("groups", groups.join(", "));
    let now = boot_id();
    if boot.is_some() && now.is_some() && boot != now {
        return Inherited { doors: None, said: Some(say("host-shared-no-more")) };
    }
    let said = say("host-shared-again");
    match Doors::plan(main, reading, sharing) {
        Ok(doors) => Inherited { doors: Some(doors), said: Some(said) },
        Err(error) => {
            tracing::warn!(%error, "the sharing of the host before cannot be taken over");
            Inherited::default()
        }
    }
}

/// Which start of the machine this is, where the system tells.
fn boot_id() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok().map(|id| id.trim().to_owned())
}

/// Writes down where the doors are, for clients, and with whom the host is shared, for whoever takes over after it.
pub(super) fn name_doors(data_dir: &Path, doors: &Doors) -> io::Result<()> {
    let name = |file: &str, door: &Door| regular::write(&data_dir.join(file), door.path.as_os_str().as_encoded_bytes());
    name(SOCKET_NAME_FILE, &doors.main)?;
    match &doors.reading {
        Some(door) => name(READ_SOCKET_NAME_FILE, door)?,
        None => remove_if_there(&data_dir.join(READ_SOCKET_NAME_FILE))?,
    }
    if !doors.is_shared() {
        return remove_if_there(&data_dir.join(SHARING_FILE));
    }
    let Doors { main, reading, sharing } = doors;
    let reading = reading.as_ref().map(|door| door.path.clone());
    let shared = Shared { sharing: sharing.clone(), main: main.path.clone(), reading, boot: boot_id() };
    regular::write(&data_dir.join(SHARING_FILE), &serde_json::to_vec(&shared)?)
}

/// Takes the doors away. The data directory is still ours, so nobody else's can be there. A newer host that comes after this
/// one (`is_succeeded`) serves the same people.
fn close_doors(data_dir: &Path, doors: &Doors, is_succeeded: bool) {
    let names = [SOCKET_NAME_FILE, READ_SOCKET_NAME_FILE].map(|name| data_dir.join(name));
    let sharing = (!is_succeeded).then(|| data_dir.join(SHARING_FILE));
    for path in doors.all().map(|door| &door.path).chain(&names).chain(&sharing) {
        if let Err(error) = remove_if_there(path) {
            tracing::warn!(%error, path = %path.display(), "cannot be removed");
        }
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
