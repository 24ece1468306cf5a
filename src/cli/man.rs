//! `klock man`: the manual page, with every verb in it.

use std::io;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::call::Call;
use super::command_line::CommandLine;
use super::failure::CommandFailure;

/// Prints it, for `man -l -` or a packager.
///
/// # Errors
/// When stdout cannot be written to.
pub fn run(call: &mut Call) -> Result<(), CommandFailure> {
    let mut text = Vec::new();
    page(&mut text)?;
    call.out.rendered(&String::from_utf8_lossy(&text))
}

fn page(out: &mut Vec<u8>) -> io::Result<()> {
    let mut command = CommandLine::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    Roff::new().control("SH", ["VERBS"]).to_writer(out)?;
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        verb_section(out, verb)?;
    }
    man.render_extra_section(out)
}

/// A verb, then the verbs below it: `klock meeting start`.
fn verb_section(out: &mut Vec<u8>, verb: &Command) -> io::Result<()> {
    let name = verb.get_bin_name().unwrap_or_else(|| verb.get_name());
    let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
    let mut roff = Roff::new();
    roff.control("SS", [name]);
    roff.text([roman(about)]);
    for argument in verb.get_arguments().filter(|argument| !argument.is_global_set() && argument.get_id() != "help") {
        roff.control("TP", []);
        roff.text([roman(argument.to_string())]);
        roff.text([roman(argument.get_help().map(ToString::to_string).unwrap_or_default())]);
    }
    roff.to_writer(out)?;
    verb.get_subcommands().filter(|below| below.get_name() != "help").try_for_each(|below| verb_section(out, below))
}
