//! `klock man`: the manual page.

use clap::CommandFactory as _;

use super::args::CommandLine;
use super::call::Call;
use super::failure::Failure;

/// Prints it, for `man -l -` or a packager.
///
/// # Errors
/// When stdout cannot be written to.
pub fn run(call: &mut Call) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(CommandLine::command()).render(&mut text)?;
    call.out.rendered(&String::from_utf8_lossy(&text))
}
