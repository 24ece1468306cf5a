//! The verbs that write entries, and those that correct them.

use clap::{Args, Subcommand};

use super::{CorrectionArgs, RecordArgs};

#[derive(Debug, Args)]
#[command(after_help = "\
The text is read as on the entry line of the screen: [time] [kind:] text, with @person and #tag. A decision, an action, and any note with an @person at its beginning or end also take +20m, by 15:30 or by friday (when it is due) and #A or #B (the plan). Only time and kind are taken out of the text, all other words stay as typed. What cannot be understood stays text. With --at or --kind the text is stored as it is, from its first character on.

A time is 14:05, 14.05, kl 14:05, 13:05:30, 1:04 PM, -12m, y 23:50 (yesterday), 2026-11-20 23:50 or RFC 3339, also as [14:05:12], - 14:05 or 14:05:, and with a zone after it: UTC, CET, +02:00, Europe/Stockholm. A zone that can be several (IST, CST, BST) is not guessed: the text then stays whole. A time that has not come yet is a plan: the entry is a note of now, due then.

Examples:
  klock log restarted the gateway pool
  klock log \"d: fail over to site B at 14:30\"
  klock log --at 14:05 --kind test \"502 from lb-2 only\"
  klock log \"-12m lb-2 answers again\"
  tail -f deploy.log | klock log -
  ./deploy.sh 2>&1 | tee deploy.log | klock log --kind test - > /dev/null

Prints the number and the time of each entry, once it is on disk.

From stdin each line is an entry, at the time it was read unless it says another; how many lines of those that show times have none that is understood is said on stderr. A pipe never waits for the host: what is read is kept in a file until it is recorded, also when klock is killed, and then the next `klock log -` records it. Each line is recorded once. TERM ends the reading, and what was read is recorded first. A line that is refused is kept in a file that is named; one of more than 255 KiB is cut.")]
pub struct LogArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// The kind of entry: note, decision, test, action …
    #[arg(long, short, value_name = "KIND")]
    pub kind: Option<String>,
    /// Ask for one entry on the terminal, in a line with preview and completion
    ///
    /// Made for a popup: tmux display-popup -E 'klock log --interactive'. Enter records and closes; Esc closes and keeps what is typed as a draft, which is there again the next time.
    #[arg(long, short, conflicts_with_all = ["text", "kind", "at", "json"])]
    pub interactive: bool,
    /// What to record; - reads stdin, one entry a line
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

#[derive(Debug, Args)]
pub struct EntryArgs {
    #[command(subcommand)]
    pub verb: EntryVerb,
}

#[derive(Debug, Subcommand)]
pub enum EntryVerb {
    /// Correct what an entry says, or with --at when it happened; the old words and the old time stay visible
    Amend {
        #[command(flatten)]
        record: RecordArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// What it should say
        #[arg(value_name = "TEXT", required_unless_present = "at")]
        text: Vec<String>,
    },
    /// Strike an entry: it stays visible and no longer counts
    Strike {
        #[command(flatten)]
        record: CorrectionArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Mark an entry as important
    Star {
        #[command(flatten)]
        record: CorrectionArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Take the mark away
        #[arg(long)]
        remove: bool,
    },
    /// Remove the words of an entry for good
    Redact {
        #[command(flatten)]
        record: CorrectionArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}
