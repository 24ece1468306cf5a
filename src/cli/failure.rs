//! Why a verb was not done: an exit code for scripts, and for people what happened and what to do next.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::client::{AskError, ConnectError};
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::showable::showable;
use crate::domain::time::Moment;
use crate::wire::message;

/// How a call ended that was not done. The numbers are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Refused, or failed.
    Refused = 1,
    /// The command line was not understood.
    Usage = 2,
    NoSuchRoom = 3,
    /// The host cannot be reached.
    NoHost = 4,
}

/// Why a verb was not done.
#[derive(Debug)]
pub enum CommandFailure {
    /// The reader of the output has left; there is nobody to tell.
    Closed,
    /// To be told: the sentence, then lines of particulars. `may_pass`: whether the same may be done later without anybody
    /// doing anything here.
    Told { exit: Exit, phrase: Phrase, lines: Vec<String>, may_pass: bool },
    /// Everything was said on stdout already.
    Said(Exit),
}

impl CommandFailure {
    /// Refused or failed, and why.
    pub fn refused(phrase: Phrase) -> Self {
        CommandFailure::new(Exit::Refused, phrase)
    }

    /// Not understood, and what is.
    pub fn usage(phrase: Phrase) -> Self {
        CommandFailure::new(Exit::Usage, phrase)
    }

    /// The call ends with `exit`, and why.
    pub fn new(exit: Exit, phrase: Phrase) -> Self {
        CommandFailure::Told { exit, phrase, lines: Vec::new(), may_pass: false }
    }

    /// With lines of particulars below the sentence.
    #[must_use]
    pub fn with_lines(self, more: impl IntoIterator<Item = String>) -> Self {
        match self {
            CommandFailure::Told { exit, phrase, mut lines, may_pass } => {
                lines.extend(more);
                CommandFailure::Told { exit, phrase, lines, may_pass }
            }
            other => other,
        }
    }

    fn that_may_pass(self, passes: bool) -> Self {
        match self {
            CommandFailure::Told { exit, phrase, lines, .. } => {
                CommandFailure::Told { exit, phrase, lines, may_pass: passes }
            }
            other => other,
        }
    }

    /// The exit code, and what the person is told on stderr. Times are shown beside `now`.
    pub fn told(self, lexicon: &dyn Lexicon, now: Moment) -> (ExitCode, Vec<String>) {
        match self {
            CommandFailure::Closed => (ExitCode::SUCCESS, Vec::new()),
            CommandFailure::Said(exit) => (ExitCode::from(exit as u8), Vec::new()),
            CommandFailure::Told { exit, phrase, lines, .. } => {
                let first = format!("klock: {}", lexicon.say_beside(&phrase, now));
                let more = lines.into_iter().map(|line| format!("  {line}"));
                (ExitCode::from(exit as u8), std::iter::once(first).chain(more).collect())
            }
        }
    }

    /// Tells the person on stderr, and gives the exit code. Times are shown beside `now`.
    pub fn report(self, lexicon: &dyn Lexicon, now: Moment) -> ExitCode {
        let (exit, lines) = self.told(lexicon, now);
        let mut stderr = io::stderr().lock();
        for line in lines {
            // With stderr gone there is nobody to tell, and the exit code still says it.
            let _ = writeln!(stderr, "{}", showable(&line));
        }
        exit
    }
}

impl From<AskError> for CommandFailure {
    fn from(error: AskError) -> Self {
        let exit = match &error {
            AskError::Failed(message::Failure::NoSuchRoom(_)) => Exit::NoSuchRoom,
            AskError::Failed(_) => Exit::Refused,
            AskError::Lost(_) | AskError::Unanswered { .. } => Exit::NoHost,
        };
        let may_pass = match &error {
            AskError::Failed(_) => false,
            AskError::Lost(error) => error.may_pass(),
            AskError::Unanswered { .. } => true,
        };
        CommandFailure::new(exit, error.phrase()).that_may_pass(may_pass)
    }
}

impl From<ConnectError> for CommandFailure {
    fn from(error: ConnectError) -> Self {
        let failure = CommandFailure::new(Exit::NoHost, error.phrase()).with_lines(error.lines().iter().cloned());
        failure.that_may_pass(error.may_pass())
    }
}

/// What could not be written to stdout. A closed pipe is no failure of ours.
impl From<io::Error> for CommandFailure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return CommandFailure::Closed;
        }
        CommandFailure::refused(Phrase::new("cli-cannot-print").with("why", error.to_string()))
    }
}
