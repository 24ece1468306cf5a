//! What the verbs take that open a room, enter one and list them.

use clap::{Args, ValueEnum};

use super::{AgeArg, JsonArg};
use crate::tui::room::pane::Pane;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock open \"Card payments down\"
  klock open \"Card payments down\" --urgency 1 --impact 1 --customer Nordbank --began 12:58
  klock open \"Slow logins\" --urgency 2 --impact 2 --activate --reason \"payday\"
  klock open \"Ransomware\" --routine healthcare-disruption --classified-by care-staff

What 1, 2 and 3 mean, who may classify and which priorities put the routine in force is the
routine's: `klock routine show [ID]`. Prints the id of the new room.")]
pub struct OpenArgs {
    /// What is wrong, in a few words
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// How urgent it is, or how likely, as the routine has it: 1 (highest) to 3
    #[arg(long, value_name = "1..3", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub urgency: u8,
    /// How many are affected: 1 (widest) to 3
    #[arg(long, value_name = "1..3", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub impact: u8,
    /// With whom at the business the priority was agreed
    #[arg(long, value_name = "NAME")]
    pub agreed_with: Option<String>,
    /// The routine to follow [default: as set, else critical-incident]
    #[arg(long, value_name = "ID")]
    pub routine: Option<String>,
    /// Whose system it is
    #[arg(long, value_name = "NAME")]
    pub customer: Option<String>,
    /// When it was declared [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// When it began [default: when it was declared]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub began: Option<String>,
    #[command(flatten)]
    pub age: AgeArg,
    /// By what right it was classified: a key of the routine, as `klock routine show` lists them
    #[arg(long, value_name = "KEY")]
    pub classified_by: Option<String>,
    /// Who classified it
    #[arg(long, value_name = "NAME", requires = "classified_by")]
    pub classifier: Option<String>,
    /// Who leads from the start
    #[arg(long, value_name = "NAME")]
    pub lead: Option<String>,
    /// Put the routine in force where the priority leaves the choice; where it does not call for it, with --reason
    #[arg(long)]
    pub activate: bool,
    /// Why the routine is, or is not, put in force
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock join 2026-014
  klock join 2026-014 --read-only                 look on, for whoever only wants to know
  klock join 2026-014 --name Anna                 in a window that several people share
  klock --host ssh://olle@laptop join 2026-014    a room on another machine")]
pub struct JoinArgs {
    /// The room, as `klock rooms` lists it
    #[arg(value_name = "ROOM")]
    pub room: String,
    /// Only look on: nothing can be changed
    #[arg(long)]
    pub read_only: bool,
    /// The pane that has the keys at the start
    #[arg(long, value_name = "PANE")]
    pub pane: Option<PaneArg>,
    /// Let that pane fill the screen
    #[arg(long, requires = "pane")]
    pub zoom: bool,
    /// Do not ring the terminal's bell here: another window does
    #[arg(long)]
    pub no_bell: bool,
}

/// A pane of the room on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaneArg {
    Questions,
    Checklist,
    Timeline,
    Actions,
}

impl PaneArg {
    /// The pane itself.
    pub fn pane(self) -> Pane {
        match self {
            PaneArg::Questions => Pane::Questions,
            PaneArg::Checklist => Pane::Checklist,
            PaneArg::Timeline => Pane::Timeline,
            PaneArg::Actions => Pane::Actions,
        }
    }
}

#[derive(Debug, Args)]
pub struct RoomsArgs {
    /// Closed rooms and demo rooms, too
    #[arg(long, short)]
    pub all: bool,
    #[command(flatten)]
    pub json: JsonArg,
}
