//! `klock completions`: the completions of a shell.

use clap::Args;

use super::call::Call;
use super::failure::CommandFailure;
use super::help;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock completions bash > ~/.local/share/bash-completion/completions/klock
  klock completions zsh > ~/.zfunc/_klock
  klock completions fish > ~/.config/fish/completions/klock.fish")]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Prints them.
///
/// # Errors
/// When stdout cannot be written to.
pub fn run(call: &mut Call, args: &CompletionsArgs) -> Result<(), CommandFailure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(), "klock", &mut text);
    call.out.rendered(&String::from_utf8_lossy(&text))
}
