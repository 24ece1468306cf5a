//! The sockets that a host listens at. One that is removed under the living host is made again: in its place, or where that
//! cannot be, in another that clients find by the data directory.

use std::cell::Cell;
use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::task::Poll;
use std::time::Duration;

use tokio::net::{UnixListener, UnixStream};
use tokio::time::{Instant, sleep_until};

use crate::host::command::WriterCommand;
use crate::host::endpoint::{Endpoint, EndpointError, Endpoints};
use crate::host::listen::socket_watch::{Changes, FileId, SocketWatch};
use crate::host::sharing::write_places;
use crate::wire::place;

/// How long to wait after a change before a socket is made again (a guess): a program that removes a directory has come to
/// its end by then, and finds nothing new in it.
const SETTLED_AFTER: Duration = Duration::from_millis(200);

/// See the module.
pub struct Listeners {
    sockets: Vec<Listener>,
    endpoints: Endpoints,
    own_uid: u32,
    data_dir: PathBuf,
    /// The lock of the data directory, to tell whether that is still this host's.
    lock: Option<FileId>,
    watch: SocketWatch,
    changes: Changes,
    /// When to look, after a change.
    settles_at: Cell<Option<Instant>>,
    commands: Sender<WriterCommand>,
    /// Whether it was logged that a socket cannot be made again.
    has_said: bool,
}

struct Listener {
    socket: UnixListener,
    endpoint: Arc<Endpoint>,
}

impl Listeners {
    /// Listens at `endpoints`, for the host of user `own_uid` that holds `data_dir`. Must be called within a runtime. When there
    /// can be no endpoint for reading only, the host serves without, unless a group was promised it.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub fn open(
        endpoints: Endpoints,
        data_dir: &Path,
        own_uid: u32,
        commands: Sender<WriterCommand>,
    ) -> Result<Self, EndpointError> {
        let mut sockets = vec![Listener::open(&endpoints.main, own_uid)?];
        match endpoints.reading.as_ref().map(|endpoint| (Listener::open(endpoint, own_uid), endpoint)) {
            Some((Ok(listener), _)) => sockets.push(listener),
            Some((Err(error), endpoint)) if endpoint.groups.is_empty() => {
                tracing::warn!(%error, "no socket for reading only");
            }
            Some((Err(error), _)) => return Err(error),
            None => tracing::warn!("no socket for reading only: its path would be too long"),
        }
        let listeners = Listeners {
            sockets,
            endpoints,
            own_uid,
            data_dir: data_dir.to_owned(),
            lock: FileId::of(&data_dir.join(place::LOCK_FILE)).ok(),
            watch: SocketWatch::default(),
            changes: Changes::new(),
            settles_at: Cell::default(),
            commands,
            has_said: false,
        };
        listeners.sockets.iter().for_each(|listener| listeners.watch_over(listener));
        if let Err(error) = listeners.write_places() {
            // As on a full disk. Clients that compute the place by the data directory still find it.
            tracing::warn!(%error, "the place of the socket cannot be written down");
        }
        Ok(listeners)
    }

    /// Returns the watch over the sockets' places.
    pub fn watch(&self) -> SocketWatch {
        self.watch.clone()
    }

    /// Accepts the next client at any of the sockets; of several at the first socket.
    pub async fn accept_client(&self) -> (io::Result<UnixStream>, Arc<Endpoint>) {
        poll_fn(|context| {
            for Listener { socket, endpoint } in &self.sockets {
                if let Poll::Ready(accepted) = socket.poll_accept(context) {
                    return Poll::Ready((accepted.map(|(stream, _)| stream), Arc::clone(endpoint)));
                }
            }
            Poll::Pending
        })
        .await
    }

    /// Waits until a socket may not be in place any more.
    pub async fn disturbed(&self) {
        loop {
            let settles_at = self.settles_at.get();
            tokio::select! {
                () = self.watch.lost() => return,
                () = self.changes.changed() => self.settles_at.set(Some(Instant::now() + SETTLED_AFTER)),
                () = async { sleep_until(settles_at.unwrap_or_else(Instant::now)).await }, if settles_at.is_some() => {
                    self.settles_at.set(None);
                    self.watch.check_places();
                }
            }
        }
    }

    /// Makes the sockets again that are not in place. Not when the data directory is another's by now: what stands there then may
    /// be the socket of its host.
    pub fn restore_sockets(&mut self) {
        let lock = FileId::of(&self.data_dir.join(place::LOCK_FILE)).ok();
        if lock.is_none() || lock != self.lock {
            return;
        }
        let mut endpoints = self.endpoints.clone();
        for at in 0..self.sockets.len() {
            let endpoint = Arc::clone(&self.sockets[at].endpoint);
            if self.watch.is_in_place(&endpoint.path) {
                continue;
            }
            match self.listen_again(&endpoint, &endpoints) {
                Ok(listener) => {
                    tracing::warn!(path = %listener.endpoint.path.display(), "a socket was gone and is made again");
                    endpoints.moved(&listener.endpoint);
                    self.watch.unwatch(&endpoint.path);
                    self.watch_over(&listener);
                    self.sockets[at] = listener;
                    self.has_said = false;
                }
                // What is watched stays: the next look tries again.
                Err(error) if !self.has_said => {
                    self.has_said = true;
                    tracing::error!(%error, "a socket is gone and cannot be made again");
                }
                Err(_) => {}
            }
        }
        let has_moved = endpoints != self.endpoints;
        self.endpoints = endpoints;
        if (has_moved || !self.are_places_written())
            && let Err(error) = self.write_places()
        {
            tracing::error!(%error, "the place of the socket cannot be written down");
        }
        if has_moved {
            // The writer may be finishing: then nobody needs to know.
            let _ = self.commands.send(WriterCommand::Moved(Box::new(self.endpoints.clone())));
        }
    }

    /// Listens where `endpoint` was, or in another place when that is impossible and nobody was promised that one.
    fn listen_again(&self, endpoint: &Endpoint, endpoints: &Endpoints) -> Result<Listener, EndpointError> {
        let again = Listener::again(endpoint, self.own_uid);
        if again.is_ok() || !endpoint.groups.is_empty() {
            return again;
        }
        let others = match endpoint.read_only {
            false => place::socket_paths(&self.data_dir, None, self.own_uid),
            true => place::read_socket_path(&endpoints.main.path).into_iter().collect(),
        };
        let elsewhere = others.into_iter().map(|path| Endpoint { path, ..endpoint.clone() });
        elsewhere.map(|endpoint| Listener::again(&endpoint, self.own_uid)).find(Result::is_ok).unwrap_or(again)
    }

    fn watch_over(&self, listener: &Listener) {
        self.watch.watch(&listener.endpoint.path);
        if let Some(dir) = listener.endpoint.path.parent() {
            self.changes.watch(dir);
        }
    }

    /// Returns whether clients can still read where the main socket is.
    fn are_places_written(&self) -> bool {
        self.watch.is_in_place(&self.data_dir.join(place::SOCKET_NAME_FILE))
    }

    /// Writes down where the sockets are.
    fn write_places(&self) -> io::Result<()> {
        write_places(&self.data_dir, &self.endpoints)?;
        self.watch.watch(&self.data_dir.join(place::SOCKET_NAME_FILE));
        Ok(())
    }
}

impl Listener {
    fn open(endpoint: &Endpoint, own_uid: u32) -> Result<Self, EndpointError> {
        Listener::of(endpoint, endpoint.open(own_uid)?)
    }

    /// As [`Listener::open`], but what stands above the socket's own directory is not made: it was removed.
    fn again(endpoint: &Endpoint, own_uid: u32) -> Result<Self, EndpointError> {
        Listener::of(endpoint, endpoint.listen(own_uid)?)
    }

    fn of(endpoint: &Endpoint, socket: std::os::unix::net::UnixListener) -> Result<Self, EndpointError> {
        let socket = UnixListener::from_std(socket).map_err(|source| endpoint.fault(source))?;
        Ok(Listener { socket, endpoint: Arc::new(endpoint.clone()) })
    }
}
