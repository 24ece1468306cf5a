//! The command line: one verb a file. The only part of the program that prints to stdout.

mod args;
mod background_writer;
mod call;
pub mod command_line;
mod completions;
mod config;
mod dash;
mod doctor;
mod encoding;
mod export;
mod failure;
mod help;
mod host;
mod import;
mod join;
mod log;
mod man;
mod open;
mod out;
mod pipeline;
mod record;
mod recover;
mod relay;
mod room;
mod rooms;
mod routine;
mod screen;
mod segment;
mod status;
mod timeline;
mod tmux;
mod trace;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use crate::domain::showable::showable;
use call::Call;
use command_line::{CommandLine, Verb};
use failure::CommandFailure;
use record::{action, answer, checklist, entry, meeting, needs, notice, role, stage};

use crate::clock::Clock;

/// Does what the command line asks. The exit code is 0 when it was done, 1 when it was refused or failed, 2 when it was
/// not understood, 3 when there is no such room, 4 when the host cannot be reached.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // Every file that is written is its owner's alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    survive_file_limit();
    let line = match read_command_line(arguments) {
        Ok(line) => line,
        Err(error) => {
            // A closed pipe is no reason to complain about a help text.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { failure::Exit::Usage as u8 } else { 0 });
        }
    };
    let mut call = match Call::new(&line.settings) {
        Ok(call) => call,
        Err(told) => return told.0.report(&told.1, Clock::from_env().now()),
    };
    call.read_only = line.read_only;
    if let Some(fault) = call.zone_fault.clone().filter(|_| prints_times(line.verb.as_ref())) {
        let said = call.say(&fault);
        eprintln!("klock: {}", showable(&said));
    }
    let done = perform(&mut call, line.verb);
    let printed = call.out.finish();
    match done.and(printed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let (exit, lines) = failure.told(&call.words, call.now());
            // With stdout or stderr gone the exit code still says it.
            lines.iter().for_each(|line| drop(call.out.aside(line)));
            let _ = call.out.finish();
            exit
        }
    }
}

/// Returns what `arguments`, the program's name first, ask for.
///
/// # Errors
/// A usage error, or a help text or the version that was asked for instead.
pub fn read_command_line(arguments: impl IntoIterator<Item = OsString>) -> Result<CommandLine, clap::Error> {
    help::read(arguments)
}

/// Whether a verb stamps or prints times, and its caller reads stderr. The screen says itself what there is to say.
fn prints_times(verb: Option<&Verb>) -> bool {
    match verb {
        None | Some(Verb::Join(_) | Verb::Tmux(_)) => false,
        Some(Verb::Log(args)) => !args.interactive,
        Some(Verb::Status(args)) => !args.tmux,
        // The doctor has a finding of its own for it.
        Some(Verb::Routine(_) | Verb::Config(_) | Verb::Relay | Verb::Doctor(_)) => false,
        Some(Verb::Completions(_) | Verb::Man) => false,
        Some(_) => true,
    }
}

/// Has a write beyond the limit on the length of files (`ulimit -f`) fail as on a full disk, where the system would end the
/// process. What is started from here has the system's way again: a handler, unlike a signal that is ignored, is not inherited.
fn survive_file_limit() {
    // It fails for no signal that a program may handle.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

fn perform(call: &mut Call, verb: Option<Verb>) -> Result<(), CommandFailure> {
    match verb {
        None => screen::lobby(call),
        Some(Verb::Join(args)) => join::run(call, &args),
        Some(Verb::Open(args)) => open::run(call, &args),
        Some(Verb::Rooms(args)) => rooms::run(call, &args),
        Some(Verb::Status(args)) => status::run(call, &args),
        Some(Verb::Timeline(args)) => timeline::run(call, &args),
        Some(Verb::Tmux(args)) => tmux::run(call, &args),
        Some(Verb::Log(args)) if args.interactive => log::interactive::run(call, &args.record.room),
        Some(Verb::Log(args)) => log::run(call, &args),
        Some(Verb::Import(args)) => import::run(call, &args),
        Some(Verb::Answer(args)) => answer::answer(call, &args),
        Some(Verb::Check(args)) => checklist::check(call, &args),
        Some(Verb::Waive(args)) => checklist::waive(call, &args),
        Some(Verb::Item(args)) => checklist::item(call, &args.verb),
        Some(Verb::Meeting(args)) => meeting::meeting(call, &args.verb),
        Some(Verb::Action(args)) => action::action(call, &args.verb),
        Some(Verb::Plan(args)) => action::plan(call, &args.verb),
        Some(Verb::Resource(args)) => needs::resource(call, &args.verb),
        Some(Verb::Supplier(args)) => needs::supplier(call, &args.verb),
        Some(Verb::Obstacle(args)) => needs::obstacle(call, &args.verb),
        Some(Verb::Notice(args)) => notice::notice(call, &args.verb),
        Some(Verb::Role(args)) => role::role(call, &args.verb),
        Some(Verb::Handover(args)) => role::handover(call, &args.verb),
        Some(Verb::Shift(args)) => role::shift(call, &args),
        Some(Verb::Clock(args)) => meeting::clock(call, &args.verb),
        Some(Verb::Entry(args)) => entry::entry(call, &args.verb),
        Some(Verb::Priority(args)) => stage::priority(call, &args),
        Some(Verb::Classify(args)) => stage::classify(call, &args),
        Some(Verb::Activate(args)) => stage::activate(call, &args),
        Some(Verb::Phase(args)) => stage::phase(call, &args),
        Some(Verb::Mitigate(args)) => stage::mitigate(call, &args),
        Some(Verb::Restore(args)) => stage::restore(call, &args),
        Some(Verb::Reopen(args)) => stage::reopen(call, &args),
        Some(Verb::Close(args)) => stage::close(call, &args),
        Some(Verb::Debrief(args)) => stage::debrief(call, &args),
        Some(Verb::Deliver(args)) => stage::deliver(call, &args),
        Some(Verb::Problem(args)) => stage::problem(call, &args),
        Some(Verb::Export(args)) => export::run(call, &args),
        Some(Verb::Verify(args)) => verify::run(call, &args),
        Some(Verb::Recover(args)) => recover::run(call, &args),
        Some(Verb::Routine(args)) => routine::run(call, &args.verb),
        Some(Verb::Config(args)) => config::run(call, &args.verb),
        Some(Verb::Relay) => relay::run(call),
        Some(Verb::Doctor(args)) => doctor::run(call, &args),
        Some(Verb::Host(args)) => host::run(call, &args.verb),
        Some(Verb::Completions(args)) => completions::run(call, &args),
        Some(Verb::Man) => man::run(call),
    }
}
