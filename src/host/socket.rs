//! The door: a socket in a directory that is the owner's alone, and one task for each client that comes through it.

use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::codec::{FramedRead, FramedWrite, LengthDelimitedCodec};

use super::order::Order;
use super::outbox::{Outgoing, outbox};
use super::roster::ClientId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::domain::text::Text;
use crate::wire::frame;
use crate::wire::message::{ClientMsg, Hello, HostMsg, PROTOCOL};
use crate::wire::version::is_newer;

/// How long a client may take to introduce itself.
pub const HELLO_WITHIN: Duration = Duration::from_secs(5);

/// How many questions of one client may wait for the keeper.
const MOST_WAITING: usize = 64;

/// How many clients may be connected.
const MOST_CLIENTS: usize = 1000;

/// How long a farewell may take to be read.
const FAREWELL_WITHIN: Duration = Duration::from_millis(500);

/// How long to wait before letting clients in again when the system had nothing left for one.
const BREATH: Duration = Duration::from_millis(100);

/// The longest name, in characters; a longer one is cut.
const LONGEST_NAME: usize = 80;

/// Why the door could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The directory of the socket belongs to somebody else, or others may enter it.
    #[error(
        "{dir}: must be a directory of your own that nobody else may enter (mode 0700); remove it or set KLOCK_SOCKET"
    )]
    NotOurs { dir: String },
    #[error("{path}: cannot listen: {source}")]
    Listen { path: String, source: io::Error },
}

/// Listens at `path`. The directory is made, or checked, to be the owner's alone; what a dead host left at `path` is removed,
/// which is safe because only the holder of the data directory's lock comes here.
///
/// # Errors
/// See [`DoorError`].
pub fn listen(path: &Path, uid: u32) -> Result<std::os::unix::net::UnixListener, DoorError> {
    let fail = |source| DoorError::Listen { path: path.display().to_string(), source };
    let dir = path.parent().ok_or_else(|| fail(io::Error::from(io::ErrorKind::InvalidInput)))?;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(fail)?;
    let meta = std::fs::symlink_metadata(dir).map_err(fail)?;
    if !meta.is_dir() || meta.uid() != uid || meta.permissions().mode() & 0o077 != 0 {
        return Err(DoorError::NotOurs { dir: dir.display().to_string() });
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
        _ => {}
    }
    let listener = std::os::unix::net::UnixListener::bind(path).map_err(fail)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(fail)?;
    listener.set_nonblocking(true).map_err(fail)?;
    Ok(listener)
}

/// Lets clients in until the keeper `has_ended`; then they have `last_words` to read what is on its way to them.
pub async fn serve(
    listener: UnixListener,
    orders: Sender<Order>,
    own_uid: u32,
    version: Arc<str>,
    last_words: Duration,
    has_ended: oneshot::Receiver<()>,
) {
    let mut clients = JoinSet::new();
    let mut last: ClientId = 0;
    tokio::pin!(has_ended);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept(), if clients.len() < MOST_CLIENTS => accepted,
            Some(_) = clients.join_next() => continue,
            _ = &mut has_ended => break,
        };
        match accepted {
            Ok((stream, _)) => {
                last += 1;
                let (client, orders, version) = (last, orders.clone(), Arc::clone(&version));
                clients.spawn(async move { attend(stream, client, &orders, own_uid, &version).await });
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

type Frames = FramedWrite<tokio::net::unix::OwnedWriteHalf, LengthDelimitedCodec>;
type Asks = FramedRead<tokio::net::unix::OwnedReadHalf, LengthDelimitedCodec>;

async fn attend(stream: UnixStream, client: ClientId, orders: &Sender<Order>, own_uid: u32, version: &str) {
    let Ok(uid) = stream.peer_cred().map(|cred| cred.uid()) else { return };
    let (read, write) = stream.into_split();
    let mut asks = FramedRead::new(read, frame::codec());
    let mut frames = FramedWrite::new(write, frame::codec());
    let hello = match admit(&mut asks, uid, own_uid, version).await {
        Ok(hello) => hello,
        Err(why) => return farewell(&mut frames, why).await,
    };
    tracing::debug!(client, name = %hello.name, screen = hello.screen, "came");
    let who = Author { uid, name: cut(&hello.name), sure: hello.sure };
    let (outbox, mut outgoing) = outbox();
    if orders.send(Order::Came { client, who, screen: hello.screen, read_only: hello.read_only, outbox }).is_err() {
        return;
    }
    let cut = Arc::clone(&outgoing.cut);
    let garbage = tokio::select! {
        said = listen_to(&mut asks, client, orders) => said,
        () = speak(&mut frames, &mut outgoing) => None,
        () = cut.notified() => {
            tracing::info!(client, "dropped: it does not read");
            None
        }
    };
    // The keeper may be gone already: then nobody needs to know.
    let _ = orders.send(Order::Left { client });
    if let Some(why) = garbage {
        farewell(&mut frames, why).await;
    }
}

/// The client's introduction, or why it is not let in.
async fn admit(asks: &mut Asks, uid: u32, own_uid: u32, version: &str) -> Result<Hello, Phrase> {
    if uid != own_uid {
        return Err(Phrase::new("goodbye-foreign"));
    }
    let first = match timeout(HELLO_WITHIN, asks.next()).await {
        Ok(Some(Ok(frame))) => frame::decode::<ClientMsg>(&frame).ok(),
        _ => None,
    };
    let Some(ClientMsg::Hello(hello)) = first else { return Err(Phrase::new("goodbye-no-hello")) };
    // A newer client asks us to finish; an older one cannot know our words.
    if hello.protocol < PROTOCOL || is_newer(version, &hello.version) {
        let why = Phrase::new("goodbye-older").with("theirs", hello.version.as_str()).with("ours", version);
        return Err(why);
    }
    Ok(hello)
}

/// Passes on what the client asks. Some: it said something that cannot be understood.
async fn listen_to(asks: &mut Asks, client: ClientId, orders: &Sender<Order>) -> Option<Phrase> {
    let waiting = Arc::new(Semaphore::new(MOST_WAITING));
    while let Some(frame) = asks.next().await {
        let message = frame.map_err(|error| error.to_string());
        match message.and_then(|frame| frame::decode(&frame).map_err(|error| error.to_string())) {
            Ok(ClientMsg::Ask { ask, what }) => {
                let permit = Arc::clone(&waiting).acquire_owned().await.ok()?;
                orders.send(Order::Asked { client, ask, what, permit }).ok()?;
            }
            Ok(ClientMsg::Hello(_)) => return Some(Phrase::new("goodbye-garbage").with("why", "Hello")),
            Err(why) => return Some(Phrase::new("goodbye-garbage").with("why", why)),
        }
    }
    None
}

/// Sends what waits, as much as there is in one go.
async fn speak(frames: &mut Frames, outgoing: &mut Outgoing) {
    while let Some(frame) = outgoing.next().await {
        if frames.feed(frame).await.is_err() {
            return;
        }
        while let Some(frame) = outgoing.next_now() {
            if frames.feed(frame).await.is_err() {
                return;
            }
        }
        if SinkExt::<Bytes>::flush(frames).await.is_err() {
            return;
        }
    }
}

async fn farewell(frames: &mut Frames, why: Phrase) {
    if let Ok(frame) = frame::encode(&HostMsg::Goodbye { why, again: false }) {
        // Best effort: whoever does not read it within that time does not learn why.
        let _ = timeout(FAREWELL_WITHIN, frames.send(frame)).await;
    }
}

pub(super) fn cut(name: &str) -> String {
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    if Text::from(name.as_str()).is_blank() { "nobody".to_owned() } else { name }
}
