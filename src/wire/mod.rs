//! What clients and the host say to each other, how it is framed, and where they meet. The same over a socket and over ssh.
//!
//! # The protocol
//!
//! `docs/wire.md` shows every message with examples; this is the order in which they go.
//!
//! Every message is one frame ([`frame`]): four bytes with the length, most significant first, then the message as JSON. A client
//! sends [`ClientMsg`], the host sends [`HostMsg`]. A frame that is too long, or that is no message, ends the connection.
//!
//! ## 1. Meeting
//! The host listens on a Unix socket that both ends find from the data directory alone ([`place`]), and writes its path into the
//! data directory. Each end asks the kernel who the other one is. Over ssh, `klock relay` on the far machine connects to that
//! socket and copies bytes both ways.
//!
//! ## 2. Handshake
//! 1. The client sends [`ClientMsg::Hello`]: protocol, program version, the person's name and how sure that is, whether a screen is
//!    shown, whether it only reads, whether it would start a newer host. The host waits five seconds for it, and takes 16 KiB.
//! 2. The host answers [`HostMsg::Welcome`]: its protocol and version, its process, how it will attribute what this client does,
//!    whether the connection is read-only, and its health. Or it answers [`HostMsg::Goodbye`] and closes: the reason, and whether it
//!    helps to come again (`again`).
//!
//! ## 3. Versions
//! 1. [`PROTOCOL`] is one number. A new optional field with a default keeps it; anything else raises it.
//! 2. When client and host differ in it, no request is exchanged but one: a newer client that may start a host
//!    ([`Hello::takes_over`]) sends [`Ask::StopHost`] as request 0, waits until the host has made its journals safe and has closed,
//!    and starts its own. [`version`] says which of two program versions is newer.
//! 3. Otherwise the client leaves and tells the person which end is older.
//!
//! ## 4. Ask and answer
//! 1. The client numbers its requests from 1, and goes on counting on its next connection ([`ClientMsg::Ask`]). It need not wait for one
//!    answer before it sends the next.
//! 2. The host answers each with the same number ([`HostMsg::Answer`]): an [`Answer`], or a [`Failure`] that says why not. It carries out
//!    the requests of one client in the order sent.
//! 3. A request that changes a room ([`Ask::Do`], [`Ask::Open`]) carries an id that the client chose. It is answered
//!    once its record is on disk. Sent again with the same id and the same words, it is answered with the same records and recorded no
//!    second time; with other words it is answered with [`Failure::RecordedOtherwise`].
//! 4. [`Failure::CannotSave`] means that nothing was done; the same request may be sent again.
//! 5. A request is at most [`frame::LONGEST_ASK`] long. A client that sends more than [`frame::MOST_UNANSWERED`] requests ahead of the
//!    answers is disconnected. [`right`] says which requests a read-only connection may send.
//!
//! ## 5. Record stream
//! 1. [`Ask::Attach`] puts the client into a room. Its answer, [`Answer::Attached`], is the room as it stands and its latest records.
//! 2. From then on the host sends each new record of the room once ([`HostMsg::Recorded`]), in the order of `seq` and without gaps;
//!    the client's own come before the answer to the request that caused them. It sends who is here ([`HostMsg::Here`]) as that
//!    changes, and clocks of other rooms ([`HostMsg::Rang`]).
//! 3. [`HostMsg::Renewed`] means that words were redacted: the client asks for the whole room again, by [`Ask::Attach`] without `after`.
//! 4. [`Ask::Detach`] ends it. A client that reads so slowly that too much waits for it is sent [`HostMsg::Goodbye`] with `again`.
//!
//! ## 6. Resume
//! 1. When a connection is lost the client connects again, from step 1, and starts a host when it may and none answers.
//! 2. It first sends [`Ask::Attach`] for every room it was in, with `after`: the last `seq` it has. The host answers
//!    [`Answer::Resumed`] with the records since, or, when that is too many, [`Answer::Attached`] with the whole room.
//! 3. Then it sends every request that has no answer, in the order asked and with the same numbers. Step 4.3 makes that safe.
//! 4. What mattered only at the moment is not sent again: [`Ask::Ping`], and all but the latest [`Ask::Writing`], [`Ask::Seen`] and
//!    state of a draft ([`Ask::KeepDraft`]).
//!
//! [`ClientMsg`]: message::ClientMsg
//! [`ClientMsg::Ask`]: message::ClientMsg::Ask
//! [`ClientMsg::Hello`]: message::ClientMsg::Hello
//! [`Hello::takes_over`]: message::Hello::takes_over
//! [`PROTOCOL`]: message::PROTOCOL
//! [`HostMsg`]: message::HostMsg
//! [`HostMsg::Welcome`]: message::HostMsg::Welcome
//! [`HostMsg::Goodbye`]: message::HostMsg::Goodbye
//! [`HostMsg::Answer`]: message::HostMsg::Answer
//! [`HostMsg::Recorded`]: message::HostMsg::Recorded
//! [`HostMsg::Here`]: message::HostMsg::Here
//! [`HostMsg::Rang`]: message::HostMsg::Rang
//! [`HostMsg::Renewed`]: message::HostMsg::Renewed
//! [`Answer`]: message::Answer
//! [`Answer::Attached`]: message::Answer::Attached
//! [`Answer::Resumed`]: message::Answer::Resumed
//! [`Failure`]: message::Failure
//! [`Failure::CannotSave`]: message::Failure::CannotSave
//! [`Failure::RecordedOtherwise`]: message::Failure::RecordedOtherwise
//! [`Ask::Attach`]: message::Ask::Attach
//! [`Ask::Detach`]: message::Ask::Detach
//! [`Ask::Do`]: message::Ask::Do
//! [`Ask::Open`]: message::Ask::Open
//! [`Ask::Ping`]: message::Ask::Ping
//! [`Ask::Seen`]: message::Ask::Seen
//! [`Ask::Writing`]: message::Ask::Writing
//! [`Ask::KeepDraft`]: message::Ask::KeepDraft
//! [`Ask::StopHost`]: message::Ask::StopHost

mod bounds;
pub mod due;
pub mod frame;
pub mod message;
pub mod place;
pub mod right;
pub mod room_summary;
pub mod version;
