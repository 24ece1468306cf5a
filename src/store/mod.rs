//! The store: what is on record of every room. [`Store`] is its door; [`FileStore`] keeps a journal for each room, which is the
//! truth, and an index beside them.
//!
//! | part | what is in it | may use |
//! |---|---|---|
//! | `contract`, `reading`, `page`, `findings` | the trait, and what crosses it | what they name |
//! | `file_store` | the owner of a data directory: its objects put together | everything below |
//! | `prepare`, `redact`, `check`, `fork`, `verify`, `read_view`, `snapshot` | jobs that run on any thread | `room_state`, `index`, `journal` |
//! | `room_state` | what is known of each room in use | `index`, `journal` |
//! | `index` | what answers quickly, never trusted against a journal | `journal`, `side_table` |
//! | `side_table` | drafts, what was seen, the lobby's lines | `journal` |
//! | `journal` | the files of the rooms: append, read, scan, repair | `error`, `notice`, `permissions` |

mod check;
mod contract;
mod error;
mod file_store;
mod findings;
mod fork;
mod index;
mod journal;
mod lock;
#[cfg(test)]
pub mod memory_store;
mod notice;
mod page;
mod permissions;
#[cfg(feature = "planted-bugs")]
pub mod planted;
mod prepare;
mod read_view;
mod reading;
mod redact;
mod room_state;
mod side_table;
mod snapshot;
mod verify;

pub use contract::{Append, PreparedRoom, Readiness, RoomUse, Store};
pub use error::{StoreError, reason};
pub use file_store::{FileStore, Opened, StoreOptions};
pub use findings::{IndexDoubt, Verification, VerifierFindings};
pub use journal::append::open_files;
pub use journal::damaged_opening::OpeningRemains;
pub use journal::kept_file::{KeptFile, KeptReason};
#[cfg(any(test, fuzzing))]
pub use journal::property;
pub use journal::salt::{KernelSalts, Salts};
pub use journal::salvage::{SalvagedPiece, kept_in, read_kept};
pub use journal::spans::Spans;
pub use lock::lock_fault;
pub use notice::StoreNotice;
pub use page::{PageStart, RecordPage};
pub use prepare::{LoadedRoom, Preparation, Prepared};
pub use reading::{ReadError, ReadView, Verifier};

#[cfg(test)]
mod tests;
