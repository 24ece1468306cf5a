//! The handshake: who may connect at an endpoint, and the client's introduction.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::time::timeout;

use crate::host::clients::{Access, ClientId};
use crate::host::endpoint::Endpoint;
use crate::host::listen::refusal::RefusalReason;
use crate::host::listen::session::{Asks, Rights};
use crate::peer::Peer;
use crate::wire::frame;
use crate::wire::message::{ClientMsg, Hello, PROTOCOL};
use crate::wire::version::is_newer;

/// How long a client may take to introduce itself (a guess): a client says hello as soon as it is connected.
pub const HELLO_WITHIN: Duration = Duration::from_secs(5);

/// The longest introduction, in bytes (a guess): some hundred bytes are usual.
pub const LONGEST_HELLO: usize = 16 << 10;

/// The host as clients meet it.
pub struct HostIdentity {
    pub uid: u32,
    /// The version of this program.
    pub version: String,
    /// Set when the host is asked to finish by a client that starts a newer host in its place.
    pub succeeded: Arc<AtomicBool>,
}

/// A client that has connected.
pub struct Incoming {
    pub client: ClientId,
    pub peer: Peer,
    pub endpoint: Arc<Endpoint>,
}

/// A client that introduced itself and may stay.
pub struct Admitted {
    pub hello: Hello,
    pub rights: Rights,
}

/// Checks that `peer` may connect at `endpoint` of the host of user `own_uid`.
///
/// # Errors
/// Returns why not.
pub fn admit(endpoint: &Endpoint, peer: &Peer, own_uid: u32) -> Result<(), RefusalReason> {
    if peer.uid == own_uid || endpoint.groups.iter().any(|group| peer.is_in(group)) {
        return Ok(());
    }
    let groups: Vec<&str> = endpoint.groups.iter().map(|group| group.name.as_str()).collect();
    Err(if groups.is_empty() { RefusalReason::Foreign } else { RefusalReason::NotMember { groups: groups.join(", ") } })
}

/// Waits for the client's introduction.
///
/// # Errors
/// Returns why the client is refused.
pub async fn introduce(asks: &mut Asks, incoming: &Incoming, own: &HostIdentity) -> Result<Admitted, RefusalReason> {
    let first = match timeout(HELLO_WITHIN, asks.next()).await {
        Ok(Some(Ok(frame))) => frame,
        Ok(Some(Err(error))) if error.kind() == io::ErrorKind::InvalidData => return Err(RefusalReason::TooLong),
        Ok(_) => return Err(RefusalReason::NoHello),
        Err(_) => return Err(RefusalReason::Late),
    };
    let ours = own.version.as_str();
    let newer = |theirs: &str| RefusalReason::Newer { theirs: theirs.to_owned(), ours: ours.to_owned() };
    let hello = match frame::decode::<ClientMsg>(&first) {
        Ok(ClientMsg::Hello(hello)) => hello,
        _ => match frame::decode::<Greeting>(&first) {
            // The introduction itself has changed since.
            Ok(Greeting::Hello { protocol, version }) if protocol > PROTOCOL => return Err(newer(&version)),
            _ => return Err(RefusalReason::NoHello),
        },
    };
    // An older client cannot know our words. A newer one asks us to finish, if it may.
    if hello.protocol < PROTOCOL || is_newer(ours, &hello.version) {
        return Err(RefusalReason::Older { theirs: hello.version, ours: ours.to_owned() });
    }
    let access = match (incoming.endpoint.read_only, hello.read_only) {
        (true, _) => Access::ReadingEndpoint,
        (false, true) => Access::ReadOnly,
        (false, false) => Access::Full,
    };
    let is_owner = incoming.peer.uid == own.uid;
    if hello.protocol > PROTOCOL && (access.is_read_only() || !is_owner) {
        return Err(newer(&hello.version));
    }
    let newer = (hello.protocol > PROTOCOL).then(|| newer(&hello.version));
    let starts_newer = hello.takes_over && (hello.protocol > PROTOCOL || is_newer(&hello.version, ours));
    let successor = starts_newer.then(|| Arc::clone(&own.succeeded));
    Ok(Admitted { hello, rights: Rights { access, is_owner, newer, successor } })
}

/// The part of an introduction that every version has.
#[derive(serde::Deserialize)]
enum Greeting {
    Hello { protocol: u32, version: String },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peer::Group;

    const OWNER: u32 = 1000;

    fn group(gid: u32, name: &str) -> Group {
        Group { gid, name: name.into(), members: Vec::new() }
    }

    fn endpoint(groups: &[Group]) -> Endpoint {
        Endpoint { path: "/nowhere".into(), read_only: false, groups: groups.to_vec() }
    }

    fn peer(uid: u32, groups: &[u32]) -> Peer {
        Peer { uid, pid: None, groups: groups.to_vec() }
    }

    #[test]
    fn the_owner_and_the_members_may_come_and_root_is_a_user_like_others() {
        let (ops, managers) = (group(50, "ops"), group(60, "managers"));
        let to_ops = endpoint(std::slice::from_ref(&ops));
        assert_eq!(admit(&to_ops, &peer(OWNER, &[]), OWNER), Ok(()));
        assert_eq!(admit(&to_ops, &peer(7, &[5, 50]), OWNER), Ok(()));
        let refused = Err(RefusalReason::NotMember { groups: "ops".into() });
        assert_eq!(admit(&to_ops, &peer(7, &[5, 60]), OWNER), refused);
        assert_eq!(admit(&to_ops, &peer(0, &[0]), OWNER), refused);
        assert_eq!(admit(&endpoint(&[ops, managers]), &peer(7, &[60]), OWNER), Ok(()));
        assert_eq!(admit(&endpoint(&[]), &peer(7, &[50]), OWNER), Err(RefusalReason::Foreign));
    }
}
