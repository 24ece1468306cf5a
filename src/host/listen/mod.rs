//! Listening: accepts clients at the host's sockets, and passes on what they ask.

pub mod accept;
pub mod handshake;
pub mod limits;
pub mod listeners;
pub mod rate_limit;
pub mod refusal;
pub mod session;
pub mod socket_watch;
