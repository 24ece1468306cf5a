//! A host from beginning to end: lock, door, keeper; and in the opposite order back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::UnixListener;
use tokio::sync::oneshot;

use super::keeper::{Keeper, Parts};
use super::order::Order;
use super::socket::{self, DoorError};
use super::{log, notice};
use crate::clock::Clock;
use crate::domain::phrase::Lang;
use crate::store::{self, KernelSalts, Opened, Store, StoreError};
use crate::wire::place::SOCKET_NAME_FILE;

/// How long to wait for another host to let go of the data directory.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

/// How long clients have to read what is on its way to them when the host finishes.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// What a host needs to be told.
#[derive(Debug, Clone)]
pub struct Options {
    pub data_dir: PathBuf,
    /// Where to listen, see [`crate::wire::place::socket_path`].
    pub socket: PathBuf,
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
    /// Whether another host serves this data directory already: then all is well.
    pub fn is_served(&self) -> bool {
        matches!(self, RunError::Store(StoreError::Locked { .. }))
    }
}

/// A host that runs in this process.
pub struct Host {
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
/// the terminal's session first, so that it outlives whoever started it.
///
/// # Errors
/// See [`RunError`]; [`RunError::is_served`] when there is a host already.
pub fn run(options: Options, detached: bool) -> Result<(), RunError> {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    if detached {
        // It fails only for a leader of a process group, who has a session of their own or wants to keep this one.
        let _ = rustix::process::setsid();
    }
    if let Some(dir) = &options.log_dir {
        log::begin(dir)?;
    }
    let started = start(options).and_then(|host| {
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

/// Starts a host in this process. When this returns, clients can connect.
///
/// # Errors
/// See [`RunError`].
pub fn start(options: Options) -> Result<Host, RunError> {
    let Options { data_dir, socket, log_dir: _, clock, version, lang, desktop, grace, tick } = options;
    let uid = rustix::process::getuid().as_raw();
    let salts = Box::new(KernelSalts::default());
    let Opened { store, remarks } =
        Store::open(&data_dir, store::Options { now: clock.now(), patience: LOCK_PATIENCE, salts })?;
    let listener = socket::listen(&socket, uid)?;
    std::fs::write(data_dir.join(SOCKET_NAME_FILE), socket.as_os_str().as_encoded_bytes())?;

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _inside = runtime.enter();
        UnixListener::from_std(listener)?
    };
    let (orders, to_keeper) = channel();
    let (notices, to_say) = tokio::sync::mpsc::unbounded_channel();
    let keeper = Keeper::new(Parts {
        store,
        orders: orders.clone(),
        remarks: remarks.iter().map(store::Remark::phrase).collect(),
        clock,
        uid,
        version: version.clone(),
        data_dir: data_dir.clone(),
        socket: socket.clone(),
        grace,
        tick,
        lang,
        desktop: desktop.then_some(notices),
    })?;
    tracing::info!(pid = std::process::id(), version, data = %data_dir.display(), socket = %socket.display(), "host");
    let (ended, has_ended) = oneshot::channel();
    let keeper = std::thread::Builder::new().name("klock-keeper".into()).spawn(move || {
        keeper.run(&to_keeper, || close_door(&data_dir, &socket));
        // The other thread waits for exactly this.
        let _ = ended.send(());
    })?;
    let for_clients = orders.clone();
    let thread = std::thread::Builder::new().name("klock-host".into()).spawn(move || {
        runtime.block_on(async {
            let desktop = notice::say_all(to_say, for_clients.clone());
            let clients = socket::serve(listener, for_clients, uid, Arc::from(version), LAST_WORDS, has_ended);
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
    Ok(Host { orders, thread })
}

/// Takes the door away. The data directory is still ours, so nobody else's can be there.
fn close_door(data_dir: &Path, socket: &Path) {
    for path in [socket, &data_dir.join(SOCKET_NAME_FILE)] {
        if let Err(error) = std::fs::remove_file(path) {
            tracing::warn!(%error, path = %path.display(), "cannot be removed");
        }
    }
}
