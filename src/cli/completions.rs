//! `klock completions`: the completions of a shell.

use super::args::CompletionsArgs;
use super::call::Call;
use super::failure::CommandFailure;
use super::help;

/// Prints them.
///
/// # Errors
/// When stdout cannot be written to.
pub fn run(call: &mut Call, args: &CompletionsArgs) -> Result<(), CommandFailure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(), "klock", &mut text);
    call.out.rendered(&String::from_utf8_lossy(&text))
}
