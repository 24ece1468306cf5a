//! `klock relay`: the far end of a client's ssh. Frames and nothing else on stdout.

use std::fs::File;
use std::os::fd::AsFd as _;

use super::call::Call;
use super::failure::CommandFailure;
use crate::client::relay;

/// Carries frames between stdin, stdout and the host, which is started when need be, until either side ends.
///
/// # Errors
/// When the host cannot be reached, or does not answer.
pub fn run(call: &mut Call) -> Result<(), CommandFailure> {
    // Not through the buffers of `std`, which wait for a line's end.
    let stdin = File::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let stdout = File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    Ok(relay::run(&call.options(true), stdin, stdout)?)
}
