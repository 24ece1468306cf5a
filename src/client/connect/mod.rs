//! The ways to a host: on this machine, where one is started when nobody answers, and on another machine through ssh.

pub(super) mod local;
pub(super) mod lock_holder;
pub(super) mod remote;
pub(super) mod socket;
pub(super) mod ssh_attempt;
mod start_host;
