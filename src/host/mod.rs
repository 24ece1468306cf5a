//! The host: the one process that owns the store. It lets clients in, keeps the rooms and watches the clocks.
//!
//! One thread, the [`keeper`], decides and writes; everything else only carries messages to it and from it, so that
//! no client, terminal or desktop can make it wait.

mod allowance;
mod answer;
mod attribution;
mod batch;
mod crowd;
mod door;
mod draft;
mod drift;
mod held;
pub mod keeper;
mod listeners;
mod log;
mod memory;
mod notice;
mod opening;
mod order;
mod outbox;
mod passage;
mod probe;
mod read;
mod reader;
mod redact;
mod refusal;
mod ring;
mod roster;
mod round;
pub mod run;
mod save;
mod shelf;
mod socket;
mod socket_watch;
mod survey;
mod timer;
mod turn;
mod weight;
mod worker;
mod write;

pub use door::{Door, DoorError, Doors, Sharing};
pub use notice::send_notice;
pub use run::{Host, Options, RunError, run, start};
