//! The sockets that a host listens at. One that is taken away under the living host is made again: in its place, or where that
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

use crate::host::command::Order;
use crate::host::endpoint::{Door, DoorError, Doors};
use crate::host::lifecycle::name_doors;
use crate::host::listen::socket_watch::{Changes, FileId, SocketWatch};
use crate::wire::place;

/// How long to wait after a change before a socket is made again (a guess): whatever removes a directory has come to its end by
/// then, and finds nothing new in it.
const SETTLED_AFTER: Duration = Duration::from_millis(200);

/// See the module.
pub struct Listeners {
    sockets: Vec<Listener>,
    doors: Doors,
    own_uid: u32,
    data_dir: PathBuf,
    /// The lock of the data directory, to tell whether that is still this host's.
    lock: Option<FileId>,
    watch: SocketWatch,
    changes: Changes,
    /// When to look, after a change.
    settles_at: Cell<Option<Instant>>,
    orders: Sender<Order>,
    /// Whether it was logged that a socket cannot be made again.
    has_said: bool,
}

struct Listener {
    socket: UnixListener,
    door: Arc<Door>,
}

impl Listeners {
    /// Listens at `doors`, for the host of user `own_uid` that holds `data_dir`. Without the door for reading only the host
    /// serves all the same, unless somebody was promised it. Within a runtime.
    ///
    /// # Errors
    /// See [`DoorError`].
    pub fn open(doors: Doors, data_dir: &Path, own_uid: u32, orders: Sender<Order>) -> Result<Self, DoorError> {
        let mut sockets = vec![Listener::open(&doors.main, own_uid)?];
        match doors.reading.as_ref().map(|door| (Listener::open(door, own_uid), door)) {
            Some((Ok(listener), _)) => sockets.push(listener),
            Some((Err(error), door)) if door.groups.is_empty() => {
                tracing::warn!(%error, "no socket for reading only");
            }
            Some((Err(error), _)) => return Err(error),
            None => tracing::warn!("no socket for reading only: its path would be too long"),
        }
        let listeners = Listeners {
            sockets,
            doors,
            own_uid,
            data_dir: data_dir.to_owned(),
            lock: FileId::of(&data_dir.join(place::LOCK_FILE)).ok(),
            watch: SocketWatch::default(),
            changes: Changes::new(),
            settles_at: Cell::default(),
            orders,
            has_said: false,
        };
        listeners.sockets.iter().for_each(|listener| listeners.watch_over(listener));
        if let Err(error) = listeners.name() {
            // As on a full disk. Who computes the place by the data directory finds it all the same.
            tracing::warn!(%error, "the place of the socket cannot be written down");
        }
        Ok(listeners)
    }

    /// What tells whether the sockets are in place.
    pub fn watch(&self) -> SocketWatch {
        self.watch.clone()
    }

    /// The next to come, at any of the sockets; at the first one, when there are several.
    pub async fn accept(&self) -> (io::Result<UnixStream>, Arc<Door>) {
        poll_fn(|context| {
            for Listener { socket, door } in &self.sockets {
                if let Poll::Ready(accepted) = socket.poll_accept(context) {
                    return Poll::Ready((accepted.map(|(stream, _)| stream), Arc::clone(door)));
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
                    self.watch.look();
                }
            }
        }
    }

    /// Makes the sockets again that are not in place. Not when the data directory is another's by now: what stands there then may
    /// be the socket of its host.
    pub fn restore(&mut self) {
        let lock = FileId::of(&self.data_dir.join(place::LOCK_FILE)).ok();
        if lock.is_none() || lock != self.lock {
            return;
        }
        let mut doors = self.doors.clone();
        for at in 0..self.sockets.len() {
            let door = Arc::clone(&self.sockets[at].door);
            if self.watch.is_in_place(&door.path) {
                continue;
            }
            match self.listen_again(&door, &doors) {
                Ok(listener) => {
                    tracing::warn!(path = %listener.door.path.display(), "a socket was gone and is made again");
                    doors.moved(&listener.door);
                    self.watch.forget(&door.path);
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
        let has_moved = doors != self.doors;
        self.doors = doors;
        if (has_moved || !self.is_named())
            && let Err(error) = self.name()
        {
            tracing::error!(%error, "the place of the socket cannot be written down");
        }
        if has_moved {
            // The keeper may be finishing: then nobody needs to know.
            let _ = self.orders.send(Order::Moved(Box::new(self.doors.clone())));
        }
    }

    /// Listens where `door` was, or in another place when that is impossible and nobody was promised that one.
    fn listen_again(&self, door: &Door, doors: &Doors) -> Result<Listener, DoorError> {
        let again = Listener::again(door, self.own_uid);
        if again.is_ok() || !door.groups.is_empty() {
            return again;
        }
        let others = match door.read_only {
            false => place::socket_paths(&self.data_dir, None, self.own_uid),
            true => place::read_socket_path(&doors.main.path).into_iter().collect(),
        };
        let elsewhere = others.into_iter().map(|path| Door { path, ..door.clone() });
        elsewhere.map(|door| Listener::again(&door, self.own_uid)).find(Result::is_ok).unwrap_or(again)
    }

    fn watch_over(&self, listener: &Listener) {
        self.watch.watch(&listener.door.path);
        if let Some(dir) = listener.door.path.parent() {
            self.changes.watch(dir);
        }
    }

    /// Whether clients can still read where the main socket is.
    fn is_named(&self) -> bool {
        self.watch.is_in_place(&self.data_dir.join(place::SOCKET_NAME_FILE))
    }

    /// Writes down where the sockets are.
    fn name(&self) -> io::Result<()> {
        name_doors(&self.data_dir, &self.doors)?;
        self.watch.watch(&self.data_dir.join(place::SOCKET_NAME_FILE));
        Ok(())
    }
}

impl Listener {
    fn open(door: &Door, own_uid: u32) -> Result<Self, DoorError> {
        Listener::of(door, door.open(own_uid)?)
    }

    /// As [`Listener::open`], but what stands above the socket's own directory is not made: it was taken away.
    fn again(door: &Door, own_uid: u32) -> Result<Self, DoorError> {
        Listener::of(door, door.listen(own_uid)?)
    }

    fn of(door: &Door, socket: std::os::unix::net::UnixListener) -> Result<Self, DoorError> {
        let socket = UnixListener::from_std(socket).map_err(|source| door.fault(source))?;
        Ok(Listener { socket, door: Arc::new(door.clone()) })
    }
}
