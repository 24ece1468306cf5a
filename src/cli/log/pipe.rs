//! `klock log -`: a pipe that loses no line, keeps its producer waiting for no host, and records each line once.
//!
//! One thread reads and puts what it read into files; the other sends it, many lines at a time, and prints what is on disk.
//! A file goes when all of it is acknowledged. What a killed pipe leaves behind the next one sends first; the host knows
//! the ids of what it has already.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use ulid::Ulid;

use super::Manner;
use super::event::LogEvent;
use super::queue::{self, Intake};
use super::reader;
use super::reading::{LineReading, ReadingRemark};
use super::sending::Sending;
use super::spool::{self, SpoolAddress};
use crate::cli::args::RecordArgs;
use crate::cli::background_writer::Limit;
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::client::ClientOptions;
use crate::domain::phrase::Phrase;
use crate::wire::place::SPOOL_DIR;

/// A second signal within this time is the first one told twice: `timeout` tells its child, and then its whole group.
const SAME_SIGNAL: Duration = Duration::from_secs(1);

/// When it was told to stop, how long what it has printed may take to be read.
const LAST_WORDS_WITHIN: Duration = Duration::from_secs(1);

/// Records each line of stdin until it ends or a signal comes, and everything that was read before then.
///
/// # Errors
/// Lines were refused (they are kept in a file that is named) or cut; the host could not be reached, or could not save
/// (what was read waits in files that are named); stdin could not be read.
pub fn run(call: &mut Call, args: &RecordArgs, manner: Manner) -> Result<(), CommandFailure> {
    let options = call.options(true);
    // The link makes its own connection.
    call.leave();
    call.out.wait_for_nobody()?;
    let dir = call.places.log.join(SPOOL_DIR);
    let to = destination(&options);
    let (left, damaged) = spool::leftovers(&dir, &to);
    let (tell, events) = channel();
    let stem = Ulid::new().to_string();
    let (intake, outlet) = queue::queue(dir.clone(), stem.clone(), SpoolAddress::new(to, options.name.as_str()));
    let cut_mark = call.say(&Phrase::new("cli-pipe-cut-mark"));
    let limits = call.out.limits();
    read_in_background(LineReading::new(manner, call.clock.clone(), cut_mark), intake, limits, tell.clone())?;
    let mut sending = Sending::new(call, args, tell, events, dir.join(format!("refused-{stem}.txt")));
    sending.tell_damaged(damaged);
    match sending.send_left(left, &options) {
        Ok(()) => sending.send_all(outlet, options)?,
        Err(failure) => return Err(sending.abandon(outlet, failure)),
    }
    sending.conclude()
}

/// Records what earlier pipes to the same host left behind. Without any this is one look into a directory.
///
/// # Errors
/// As [`run`]; what is not recorded stays in its files.
pub fn send_left(call: &mut Call, args: &RecordArgs) -> Result<(), CommandFailure> {
    let options = call.options(true);
    let dir = call.places.log.join(SPOOL_DIR);
    let (left, damaged) = spool::leftovers(&dir, &destination(&options));
    if left.is_empty() && damaged.is_empty() {
        return Ok(());
    }
    call.leave();
    let (tell, events) = channel();
    let refused = dir.join(format!("refused-{}.txt", Ulid::new()));
    let mut sending = Sending::new(call, args, tell, events, refused).of_the_past();
    sending.tell_damaged(damaged);
    sending.send_left(left, &options)?;
    sending.conclude()
}

/// Whom the lines are for: another host's rooms may have the same names.
fn destination(options: &ClientOptions) -> String {
    options.target.to_string()
}

/// Starts to read. A signal ends the reading.
fn read_in_background(
    mut reading: LineReading,
    mut intake: Intake,
    limits: Vec<Limit>,
    tell: Sender<LogEvent>,
) -> Result<(), CommandFailure> {
    let (stop, stopped) = UnixStream::pair()?;
    stop_on_signal(stop, intake.stopper(), limits)?;
    std::thread::Builder::new().name("klock-read".into()).spawn(move || {
        // The other end lives as long as this thread is waited for.
        let remark = |remark| drop(tell.send(LogEvent::Remark(remark)));
        let mut has_told = false;
        let end = reader::read(io::stdin().as_fd(), stopped.as_fd(), |lines| {
            let mut waiting = reading.take(lines, remark).into_iter().peekable();
            // The sender hears of every portion: it is what makes room for the next.
            while waiting.peek().is_some() {
                if let Err(error) = intake.put(waiting.by_ref().take(queue::PORTION).collect())
                    && !std::mem::replace(&mut has_told, true)
                {
                    let phrase = Phrase::new("cli-pipe-no-file").with("why", error.to_string());
                    remark(ReadingRemark { phrase, is_loss: false });
                }
                drop(tell.send(LogEvent::Read));
            }
        });
        drop(intake);
        reading.finish(remark);
        drop(tell.send(LogEvent::Ended(end)));
    })?;
    Ok(())
}

/// Closes `stop` at the first signal, ends the `waiting` of the one who reads, and limits how long readers are waited for. One that comes later ends the program as if nobody had listened: what was read is in
/// its files.
fn stop_on_signal(stop: UnixStream, waiting: queue::Stop, limits: Vec<Limit>) -> Result<(), CommandFailure> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    std::thread::Builder::new().name("klock-signal".into()).stack_size(64 << 10).spawn(move || {
        let mut stop = Some(stop);
        let mut first_at: Option<Instant> = None;
        for signal in signals.forever() {
            drop(stop.take());
            waiting.stop();
            limits.iter().for_each(|limit| limit.set(LAST_WORDS_WITHIN));
            if first_at.get_or_insert_with(Instant::now).elapsed() >= SAME_SIGNAL {
                // These three can always be raised.
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        }
    })?;
    Ok(())
}
