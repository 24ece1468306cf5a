//! Lets clients in, or turns them away with a reason: one task for each, so that none can hold up another.

use std::io::{self, Write as _};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use tokio::net::UnixStream;
use tokio::net::unix::OwnedWriteHalf;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::codec::FramedRead;

use crate::host::attribution::{Logins, attribute};
use crate::host::clients::ClientId;
use crate::host::command::Order;
use crate::host::endpoint::Door;
use crate::host::listen::limits::Crowd;
use crate::host::listen::listeners::Listeners;
use crate::host::listen::rate_limit::{Allowances, COMING, Holder, REFUSAL};
use crate::host::listen::refusal::{Reason, Refusals};
use crate::host::listen::session::{Asks, Passage, Rights, farewell};
use crate::host::send_queue::Outbox;
use crate::peer::Peer;
use crate::wire::frame;
use crate::wire::message::{ClientMsg, Hello, PROTOCOL};
use crate::wire::version::is_newer;

/// How long a client may take to introduce itself.
pub const HELLO_WITHIN: Duration = Duration::from_secs(5);

/// The longest introduction, in bytes.
const LONGEST_HELLO: usize = 16 << 10;

/// How long to wait before letting clients in again when the system had nothing left for one.
const BREATH: Duration = Duration::from_millis(100);

/// What all who come share.
pub struct Gate {
    orders: Sender<Order>,
    own_uid: u32,
    version: String,
    /// Whether a newer host comes after this one.
    succeeded: Arc<AtomicBool>,
    logins: Logins,
    crowd: Mutex<Crowd>,
    refusals: Mutex<Refusals>,
    allowances: Mutex<Allowances>,
    /// From when on the allowances are counted.
    since: Instant,
}

impl Gate {
    /// The gate of a host of user `own_uid`, in `version` of the program. `succeeded` is set when it is asked to finish by
    /// somebody who starts a newer host in its place.
    pub fn new(orders: Sender<Order>, own_uid: u32, version: String, succeeded: Arc<AtomicBool>) -> Self {
        Gate {
            orders,
            own_uid,
            version,
            succeeded,
            logins: Logins::default(),
            crowd: Mutex::default(),
            refusals: Mutex::default(),
            allowances: Mutex::default(),
            since: Instant::now(),
        }
    }

    fn crowd(&self) -> MutexGuard<'_, Crowd> {
        self.crowd.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes `cost` from the allowance of whoever is at the other end; how long they have to wait for that.
    fn take(&self, peer: &Peer, cost: u32) -> Duration {
        let now = self.since.elapsed();
        self.allowances.lock().unwrap_or_else(PoisonError::into_inner).take(Holder::of(peer), cost, now)
    }

    /// Somebody is refused: that is logged, and they do not come again so soon when it would be the same again.
    fn refuse(&self, peer: &Peer, reason: &Reason) {
        if !reason.may_come_again() {
            self.take(peer, REFUSAL);
        }
        self.log(peer, reason);
    }

    fn log(&self, peer: &Peer, reason: &Reason) {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).log(peer, reason);
    }
}

/// A client at a door.
struct Comer {
    client: ClientId,
    peer: Peer,
    door: Arc<Door>,
}

/// A client that was let in.
struct Guest {
    hello: Hello,
    rights: Rights,
}

/// Lets clients in until the keeper `has_ended`; then they have `last_words` to read what is on its way to them.
pub async fn serve(mut listeners: Listeners, gate: Arc<Gate>, last_words: Duration, has_ended: oneshot::Receiver<()>) {
    let mut clients = JoinSet::new();
    let mut last: ClientId = 0;
    tokio::pin!(has_ended);
    loop {
        let (accepted, door) = tokio::select! {
            accepted = listeners.accept() => accepted,
            () = listeners.disturbed() => {
                listeners.restore();
                continue;
            }
            Some(_) = clients.join_next() => continue,
            _ = &mut has_ended => break,
        };
        match accepted.and_then(|stream| Ok((Peer::of(&stream)?, stream))) {
            Ok((peer, stream)) => {
                last += 1;
                let comer = Comer { client: last, peer, door };
                let wait = gate.take(&comer.peer, COMING);
                if wait.is_zero() {
                    let gate = Arc::clone(&gate);
                    clients.spawn(async move { attend(stream, &comer, &gate).await });
                } else if let Err(reason) = gate.crowd().wait_outside() {
                    turn_away(stream, &reason);
                    gate.log(&comer.peer, &reason);
                } else {
                    let gate = Arc::clone(&gate);
                    clients.spawn(async move {
                        tokio::time::sleep(wait).await;
                        gate.crowd().leave_outside();
                        attend(stream, &comer, &gate).await;
                    });
                }
                // Those who came before get to say who they are before more are let in to press them out.
                tokio::task::yield_now().await;
            }
            Err(error) => {
                // Out of descriptors, most likely: let some go before trying again.
                tracing::warn!(%error, "a client could not be let in");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    // Who does not read in time is cut off.
    let _ = timeout(last_words, async { while clients.join_next().await.is_some() {} }).await;
}

/// Tells a stranger why, without reading a byte of theirs and without waiting: a new socket has room for it.
fn turn_away(stream: UnixStream, reason: &Reason) {
    let (Ok(mut stream), Ok(frame)) = (stream.into_std(), frame::whole(&reason.goodbye())) else { return };
    // They may be gone already.
    let _ = stream.write_all(&frame);
}

/// One client from its first word to its last.
async fn attend(stream: UnixStream, comer: &Comer, gate: &Gate) {
    if let Err(reason) = comer.door.admit(&comer.peer, gate.own_uid) {
        turn_away(stream, &reason);
        return gate.refuse(&comer.peer, &reason);
    }
    let gives_way = gate.crowd().arrive(comer.client);
    let (read, write) = stream.into_split();
    let mut asks = FramedRead::new(read, frame::codec(LONGEST_HELLO));
    let write = Arc::new(write);
    let outbox = Outbox::new(Arc::clone(&write));
    let let_in = tokio::select! {
        let_in = introduce(&mut asks, comer, gate) => let_in,
        () = gives_way.notified() => Err(Reason::GaveWay),
    };
    gate.crowd().leave_door(comer.client);
    let (client, uid) = (comer.client, comer.peer.uid);
    let entered = let_in.and_then(|guest| {
        gate.crowd().enter(uid, guest.rights.is_owner)?;
        Ok(guest)
    });
    let guest = match entered {
        Ok(guest) => guest,
        Err(reason) => {
            gate.refuse(&comer.peer, &reason);
            return farewell(&outbox, &write, &reason).await;
        }
    };
    asks.decoder_mut().set_max_frame_length(frame::LONGEST_ASK);
    let reason = host(&mut asks, &outbox, &write, comer, &guest, gate).await;
    outbox.close();
    if let Some(reason) = reason {
        gate.refuse(&comer.peer, &reason);
        farewell(&outbox, &write, &reason).await;
    }
    // Others may have the outbox for a moment longer.
    let _ = rustix::net::shutdown(AsRef::<UnixStream>::as_ref(&*write), rustix::net::Shutdown::Write);
    gate.crowd().leave(uid);
    tracing::debug!(client, "left");
}

/// A client that was let in, until it leaves or is shown out.
async fn host(
    asks: &mut Asks,
    outbox: &Outbox,
    socket: &OwnedWriteHalf,
    comer: &Comer,
    guest: &Guest,
    gate: &Gate,
) -> Option<Reason> {
    let Guest { hello, rights } = guest;
    let (client, uid) = (comer.client, comer.peer.uid);
    let login = gate.logins.name(uid).await;
    let who = attribute(uid, &hello.name, hello.sure, login.as_deref());
    tracing::debug!(client, name = ?who.name, screen = hello.screen, read_only = rights.read_only, "came");
    let came = Order::Came { client, who, screen: hello.screen, rights: rights.clone(), outbox: outbox.clone() };
    gate.orders.send(came).ok()?;
    let mut passage =
        Passage::new(client, guest.rights.clone(), outbox, &gate.orders, |cost| gate.take(&comer.peer, cost));
    let reason = tokio::select! {
        reason = passage.listen(asks) => reason,
        () = outbox.speak(socket) => None,
        () = outbox.cut() => Some(Reason::DoesNotRead),
    };
    // The keeper may be gone already: then nobody needs to know.
    let _ = gate.orders.send(Order::Left { client });
    reason
}

/// The client's introduction.
async fn introduce(asks: &mut Asks, comer: &Comer, gate: &Gate) -> Result<Guest, Reason> {
    let first = match timeout(HELLO_WITHIN, asks.next()).await {
        Ok(Some(Ok(frame))) => frame,
        Ok(Some(Err(error))) if error.kind() == io::ErrorKind::InvalidData => return Err(Reason::TooLong),
        Ok(_) => return Err(Reason::NoHello),
        Err(_) => return Err(Reason::Late),
    };
    let ours = gate.version.as_str();
    let newer = |theirs: &str| Reason::Newer { theirs: theirs.to_owned(), ours: ours.to_owned() };
    let hello = match frame::decode::<ClientMsg>(&first) {
        Ok(ClientMsg::Hello(hello)) => hello,
        _ => match frame::decode::<Greeting>(&first) {
            // The introduction itself has changed since.
            Ok(Greeting::Hello { protocol, version }) if protocol > PROTOCOL => return Err(newer(&version)),
            _ => return Err(Reason::NoHello),
        },
    };
    // An older client cannot know our words. A newer one asks us to finish, if it may.
    if hello.protocol < PROTOCOL || is_newer(ours, &hello.version) {
        return Err(Reason::Older { theirs: hello.version, ours: ours.to_owned() });
    }
    let reading_door = comer.door.read_only;
    let read_only = reading_door || hello.read_only;
    let is_owner = comer.peer.uid == gate.own_uid;
    if hello.protocol > PROTOCOL && (read_only || !is_owner) {
        return Err(newer(&hello.version));
    }
    let newer = (hello.protocol > PROTOCOL).then(|| newer(&hello.version));
    let starts_newer = hello.takes_over && (hello.protocol > PROTOCOL || is_newer(&hello.version, ours));
    let successor = starts_newer.then(|| Arc::clone(&gate.succeeded));
    Ok(Guest { hello, rights: Rights { read_only, reading_door, is_owner, newer, successor } })
}

/// An introduction in whatever version, as far as every version has it.
#[derive(serde::Deserialize)]
enum Greeting {
    Hello { protocol: u32, version: String },
}
