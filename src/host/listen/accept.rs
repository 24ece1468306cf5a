//! Accepts clients, or refuses them with a reason: one task for each, so that none can hold up another.

use std::io::Write as _;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::UnixStream;
use tokio::net::unix::OwnedWriteHalf;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::codec::FramedRead;

use crate::host::attribution::{Logins, attribute};
use crate::host::clients::ClientId;
use crate::host::command::WriterCommand;
use crate::host::listen::handshake::{Admitted, HostIdentity, Incoming, LONGEST_HELLO, admit, introduce};
use crate::host::listen::limits::Limits;
use crate::host::listen::listeners::Listeners;
use crate::host::listen::rate_limit::{COMING, ClientProcess, REFUSAL, RateLimits};
use crate::host::listen::refusal::{RefusalReason, Refusals};
use crate::host::listen::session::{Asks, Session, farewell};
use crate::host::send_queue::SendQueue;
use crate::peer::Peer;
use crate::wire::frame;

/// How long to wait before accepting again when the system had nothing left for a client (a guess).
const BREATH: Duration = Duration::from_millis(100);

/// What the tasks of all clients share.
pub struct Acceptor {
    commands: Sender<WriterCommand>,
    own: HostIdentity,
    logins: Logins,
    limits: Mutex<Limits>,
    refusals: Mutex<Refusals>,
    rate_limits: Mutex<RateLimits>,
    /// From when on the allowances are counted.
    since: Instant,
}

impl Acceptor {
    /// Returns an acceptor that sends what clients ask of the host `own` to `commands`.
    pub fn new(commands: Sender<WriterCommand>, own: HostIdentity) -> Self {
        Acceptor {
            commands,
            own,
            logins: Logins::default(),
            limits: Mutex::default(),
            refusals: Mutex::default(),
            rate_limits: Mutex::default(),
            since: Instant::now(),
        }
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Charges `cost` to the allowance of the process at the other end. Returns how long it has to wait for that.
    fn charge(&self, peer: &Peer, cost: u32) -> Duration {
        let now = self.since.elapsed();
        self.rate_limits.lock().unwrap_or_else(PoisonError::into_inner).charge(ClientProcess::of(peer), cost, now)
    }

    /// Notes that a client was refused: logs it, and has it wait before it is refused for the same reason again.
    fn refuse(&self, peer: &Peer, reason: &RefusalReason) {
        if !reason.may_come_again() {
            self.charge(peer, REFUSAL);
        }
        self.log(peer, reason);
    }

    fn log(&self, peer: &Peer, reason: &RefusalReason) {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).log(peer, reason);
    }
}

/// Accepts clients until the writer `has_ended`; then they have `last_words` to read what is on its way to them.
pub async fn serve(
    mut listeners: Listeners,
    acceptor: Arc<Acceptor>,
    last_words: Duration,
    has_ended: oneshot::Receiver<()>,
) {
    let mut clients = JoinSet::new();
    let mut last: ClientId = 0;
    tokio::pin!(has_ended);
    loop {
        let (accepted, endpoint) = tokio::select! {
            accepted = listeners.accept_client() => accepted,
            () = listeners.disturbed() => {
                listeners.restore_sockets();
                continue;
            }
            Some(_) = clients.join_next() => continue,
            _ = &mut has_ended => break,
        };
        match accepted.and_then(|stream| Ok((Peer::of(&stream)?, stream))) {
            Ok((peer, stream)) => {
                last += 1;
                let incoming = Incoming { client: last, peer, endpoint };
                let wait = acceptor.charge(&incoming.peer, COMING);
                if wait.is_zero() {
                    let acceptor = Arc::clone(&acceptor);
                    clients.spawn(async move { attend(stream, &incoming, &acceptor).await });
                } else if let Err(reason) = acceptor.limits().start_waiting() {
                    turn_away(stream, &reason);
                    acceptor.log(&incoming.peer, &reason);
                } else {
                    let acceptor = Arc::clone(&acceptor);
                    clients.spawn(async move {
                        tokio::time::sleep(wait).await;
                        acceptor.limits().stop_waiting();
                        attend(stream, &incoming, &acceptor).await;
                    });
                }
                // Clients that came before get to introduce themselves before more come and press them out.
                tokio::task::yield_now().await;
            }
            Err(error) => {
                // Out of descriptors, most likely: let some go before trying again.
                tracing::warn!(%error, "a client could not be let in");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    // A client that does not read in time is cut off.
    let _ = timeout(last_words, async { while clients.join_next().await.is_some() {} }).await;
}

/// Refuses a client before it has said anything, without reading and without waiting: a new socket has room for the reason.
fn turn_away(stream: UnixStream, reason: &RefusalReason) {
    let (Ok(mut stream), Ok(frame)) = (stream.into_std(), frame::whole(&reason.goodbye())) else { return };
    // They may be gone already.
    let _ = stream.write_all(&frame);
}

/// Serves one client from its introduction to its end.
async fn attend(stream: UnixStream, incoming: &Incoming, acceptor: &Acceptor) {
    if let Err(reason) = admit(&incoming.endpoint, &incoming.peer, acceptor.own.uid) {
        turn_away(stream, &reason);
        return acceptor.refuse(&incoming.peer, &reason);
    }
    let gives_way = acceptor.limits().begin_handshake(incoming.client);
    let (read, write) = stream.into_split();
    let mut asks = FramedRead::new(read, frame::codec(LONGEST_HELLO));
    let write = Arc::new(write);
    let send_queue = SendQueue::new(Arc::clone(&write));
    let introduced = tokio::select! {
        introduced = introduce(&mut asks, incoming, &acceptor.own) => introduced,
        () = gives_way.notified() => Err(RefusalReason::GaveWay),
    };
    acceptor.limits().end_handshake(incoming.client);
    let (client, uid) = (incoming.client, incoming.peer.uid);
    let entered = introduced.and_then(|admitted| {
        acceptor.limits().add_client(uid, admitted.rights.is_owner)?;
        Ok(admitted)
    });
    let admitted = match entered {
        Ok(admitted) => admitted,
        Err(reason) => {
            acceptor.refuse(&incoming.peer, &reason);
            return farewell(&send_queue, &write, &reason).await;
        }
    };
    asks.decoder_mut().set_max_frame_length(frame::LONGEST_ASK);
    let reason = serve_client(&mut asks, &send_queue, &write, incoming, &admitted, acceptor).await;
    send_queue.close();
    if let Some(reason) = reason {
        acceptor.refuse(&incoming.peer, &reason);
        farewell(&send_queue, &write, &reason).await;
    }
    // Other threads may hold the queue for a moment longer.
    let _ = rustix::net::shutdown(AsRef::<UnixStream>::as_ref(&*write), rustix::net::Shutdown::Write);
    acceptor.limits().remove_client(uid);
    tracing::debug!(client, "left");
}

/// Returns a client that was let in, until it leaves or is shown out.
async fn serve_client(
    asks: &mut Asks,
    send_queue: &SendQueue,
    socket: &OwnedWriteHalf,
    incoming: &Incoming,
    admitted: &Admitted,
    acceptor: &Acceptor,
) -> Option<RefusalReason> {
    let Admitted { hello, rights } = admitted;
    let (client, uid) = (incoming.client, incoming.peer.uid);
    let login = acceptor.logins.name(uid).await;
    let who = attribute(uid, &hello.name, hello.sure, login.as_deref());
    tracing::debug!(client, name = ?who.name, screen = hello.screen, access = ?rights.access, "came");
    let came = WriterCommand::Came {
        client,
        who,
        screen: hello.screen,
        access: rights.access,
        send_queue: send_queue.clone(),
    };
    acceptor.commands.send(came).ok()?;
    let mut session = Session::new(client, admitted.rights.clone(), send_queue, &acceptor.commands, |cost| {
        acceptor.charge(&incoming.peer, cost)
    });
    let reason = tokio::select! {
        reason = session.pass_on_asks(asks) => reason,
        () = send_queue.write_waiting(socket) => None,
        () = send_queue.overflowed() => Some(RefusalReason::DoesNotRead),
    };
    // The writer may be gone already: then nobody needs to know.
    let _ = acceptor.commands.send(WriterCommand::Left { client });
    reason
}
