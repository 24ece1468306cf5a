//! The client's end: find the host of a data directory, start it when nobody answers, and stay in touch with it.
//!
//! Two ways to use it. A verb of the command line asks a few things and leaves: [`blocking::Client`]. A screen stays,
//! never waits, and outlives its host: [`link::Link`].

pub mod blocking;
mod connection;
mod error;
pub mod identity;
pub mod link;
mod memory;
mod spawn;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

pub use error::{AskError, ConnectError};

use crate::domain::record::Assurance;

/// How long [`Options::patience`] should be for a person: long enough for a host to rebuild its index.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How to reach the host, and as whom.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the host of `data_dir` listens unless its directory says otherwise, see [`crate::wire::place`].
    pub socket: PathBuf,
    /// The data directory that the host holds.
    pub data_dir: PathBuf,
    /// Where the host writes its log; its end is shown when the host does not come up.
    pub log_dir: Option<PathBuf>,
    /// The program to start as `EXE host run --detached` when nobody answers; none: never start one.
    pub exe: Option<PathBuf>,
    /// Set for the host that is started, besides what is inherited.
    pub spawn_env: Vec<(OsString, OsString)>,
    /// The name the person goes by, see [`identity`].
    pub name: String,
    /// How sure that name is.
    pub sure: Assurance,
    /// Only look on: the host refuses whatever would change something.
    pub read_only: bool,
    /// The version of this program, `0.1.0`.
    pub version: String,
    /// How long to try before giving up.
    pub patience: Duration,
}
