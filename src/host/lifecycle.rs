//! A host from beginning to end: lock, sockets, writer; and in the opposite order back.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::oneshot;

use crate::allocator;
use crate::clock::Clock;
use crate::domain::phrase::{Lang, Phrase};
use crate::host::background::prepare::preparer;
use crate::host::command::WriterCommand;
use crate::host::endpoint::{EndpointError, Endpoints, Sharing};
use crate::host::listen::accept::{self, Acceptor};
use crate::host::listen::handshake::HostIdentity;
use crate::host::listen::listeners::Listeners;
use crate::host::sharing::{Inherited, inherited, remove_places};
use crate::host::writer::{Writer, WriterParts};
use crate::host::{log, notify};
use crate::store::{self, FileStore, KernelSalts, Opened, StoreError};
use crate::wire::place::SPOOL_DIR;

/// How long to wait for another host to release the data directory (a guess): one that finishes takes a few milliseconds.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

/// How long clients have to read what is on its way to them when the host finishes (a guess).
const LAST_WORDS: Duration = Duration::from_millis(300);

/// What a host needs to be told.
#[derive(Debug, Clone)]
pub struct HostOptions {
    pub data_dir: PathBuf,
    /// Where to listen, see [`crate::wire::place::socket_path`].
    pub socket: PathBuf,
    /// Where to listen for clients that only read; `None` beside `socket`.
    pub read_socket: Option<PathBuf>,
    /// With whom it is shared; with nobody: as the host before it was, if that one died.
    pub sharing: Sharing,
    /// Where to write the log; `None` when there is none.
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

impl HostOptions {
    /// The grace of a host that people use (a guess): one verb after another finds the same host.
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
    Endpoint(#[from] EndpointError),
    #[error("the host cannot be set up: {0}")]
    System(#[from] io::Error),
}

impl RunError {
    /// Returns the same as a sentence for a person, with what to do.
    pub fn phrase(&self) -> Phrase {
        match self {
            RunError::Store(error) => error.phrase(),
            RunError::Endpoint(error) => error.phrase(),
            RunError::System(error) => Phrase::new("host-no-system").with("why", error.to_string()),
        }
    }

    /// Returns whether another host serves this data directory already: then all is well.
    pub fn is_served(&self) -> bool {
        matches!(self, RunError::Store(StoreError::Locked { .. }))
    }
}

/// A host that runs in this process.
pub struct Host {
    endpoints: Endpoints,
    commands: Sender<WriterCommand>,
    thread: JoinHandle<()>,
}

impl Host {
    /// Asks it to finish, and waits until the data directory is free again.
    pub fn stop(self) {
        // It may have finished by itself.
        let _ = self.commands.send(WriterCommand::Stop);
        self.wait();
    }

    /// Waits until it has finished by itself, or because a client asked.
    pub fn wait(self) {
        if self.thread.join().is_err() {
            tracing::error!("the host ended in a panic");
        }
    }
}

/// How a host is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Launch {
    /// It stays in the session of the terminal that started it.
    Foreground,
    /// It leaves that session first, so that it outlives the client that started it.
    Detached,
}

/// Runs a host until it is asked to stop, is told SIGTERM, SIGINT or SIGHUP, or has nothing left to stay for. A host that is
/// shared calls `announce` once clients can connect.
///
/// # Errors
/// See [`RunError`]; [`RunError::is_served`] when there is a host already.
pub fn run(options: HostOptions, launch: Launch, announce: impl FnOnce(&Endpoints)) -> Result<(), RunError> {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    if launch == Launch::Detached {
        // It fails only for a leader of a process group, who has a session of their own or wants to keep this one.
        let _ = rustix::process::setsid();
    }
    allocator::share_one_heap();
    // A log is worth having, and no reason to be without a host.
    let no_log = options.log_dir.as_deref().and_then(|dir| Some((dir, log::log_to(dir).err()?)));
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
        let commands = host.commands.clone();
        std::thread::Builder::new().name("klock-signals".into()).spawn(move || {
            for signal in signals.forever() {
                tracing::info!(signal, "asked to stop");
                if commands.send(WriterCommand::Stop).is_err() {
                    return;
                }
            }
        })?;
        Ok(host)
    });
    match started {
        Ok(host) => {
            if host.endpoints.is_shared() {
                announce(&host.endpoints);
            }
            if launch == Launch::Detached {
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
pub fn start(options: HostOptions) -> Result<Host, RunError> {
    start_with(options, Vec::new())
}

/// As [`start`]. `known`: what people should be told from the beginning.
fn start_with(options: HostOptions, known: Vec<Phrase>) -> Result<Host, RunError> {
    let HostOptions { data_dir, socket, read_socket, sharing, log_dir, clock, version, lang, desktop, grace, tick } =
        options;
    let uid = rustix::process::getuid().as_raw();
    let salts = Box::new(KernelSalts::default());
    let spools = log_dir.iter().map(|dir| dir.join(SPOOL_DIR)).collect();
    let Opened { store, notices } =
        FileStore::open(&data_dir, store::StoreOptions { now: clock.now(), patience: LOCK_PATIENCE, salts, spools })?;
    let Inherited { endpoints, said } = inherited(&data_dir, &sharing);
    let endpoints = endpoints.map_or_else(|| Endpoints::plan(socket, read_socket, sharing), Ok)?;
    let for_host = endpoints.clone();
    // Those it is shared with could not start it again.
    let grace = if endpoints.is_shared() { Duration::MAX } else { grace };

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (commands, to_writer) = channel();
    let listeners = {
        let _inside = runtime.enter();
        Listeners::open(endpoints.clone(), &data_dir, uid, commands.clone())?
    };
    let (for_desktop, to_show) = tokio::sync::mpsc::unbounded_channel();
    let writer = Writer::new(WriterParts {
        store: Box::new(store),
        commands: commands.clone(),
        notices: known.into_iter().chain(said).chain(notices.iter().map(store::StoreNotice::phrase)).collect(),
        clock,
        uid,
        version: version.clone(),
        data_dir: data_dir.clone(),
        endpoints: endpoints.clone(),
        sockets: listeners.watch(),
        grace,
        tick,
        lang,
        preparer: preparer(commands.clone()),
        desktop: desktop.then_some(for_desktop),
    })?;
    tracing::info!(pid = std::process::id(), version, data = %data_dir.display(), socket = %endpoints.main.path.display(), "host");
    let (ended, has_ended) = oneshot::channel();
    let succeeded = Arc::new(AtomicBool::new(false));
    let is_succeeded = Arc::clone(&succeeded);
    let writer = std::thread::Builder::new().name("klock-writer".into()).spawn(move || {
        writer.run(&to_writer, |endpoints| remove_places(&data_dir, endpoints, is_succeeded.load(Ordering::Acquire)));
        // The other thread waits for exactly this.
        let _ = ended.send(());
    })?;
    let to_writer_from_desktop = commands.clone();
    let acceptor = Arc::new(Acceptor::new(commands.clone(), HostIdentity { uid, version, succeeded }));
    let thread = std::thread::Builder::new().name("klock-host".into()).spawn(move || {
        runtime.block_on(async {
            // The writer may be finishing: then nobody needs to know.
            let report = |remark| drop(to_writer_from_desktop.send(WriterCommand::Remark(remark)));
            let desktop = notify::show_notices(to_show, report);
            let clients = accept::serve(listeners, acceptor, LAST_WORDS, has_ended);
            tokio::select! {
                () = clients => {}
                // Without a desktop it ends at once; the clients go on.
                () = async { desktop.await; std::future::pending().await } => {}
            }
        });
        drop(runtime);
        match writer.join() {
            Ok(()) => tracing::info!("host finished"),
            Err(_) => tracing::error!("the writer ended in a panic"),
        }
    })?;
    Ok(Host { endpoints: for_host, commands, thread })
}
