//! The host: the one process that owns the store. It serves clients, keeps the rooms and watches the clocks.
//!
//! One thread, the [`writer`], decides and writes; everything else only carries messages to it and from it, so that
//! no client, terminal or desktop can make it wait.

mod attribution;
mod background;
mod clients;
mod command;
mod endpoint;
mod failure;
mod fair_queue;
mod heap;
pub mod lifecycle;
mod listen;
mod log;
mod notify;
mod portions;
mod rooms;
mod send_queue;
mod sharing;
pub mod writer;

pub use endpoint::{Endpoint, EndpointError, Endpoints, Sharing};
pub use lifecycle::{Host, HostOptions, Launch, RunError, run, start};
pub use notify::send_notice;
