//! The verbs that record something in a room.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::{JsonArg, RoomArg};

/// What every verb takes that records something.
#[derive(Debug, Args, Clone, Default)]
pub struct RecordArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// When it happened: 14:05, -12m, "y 23:50", 2026-11-20 23:50 [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The text is read as on the entry line of the screen: [time] [kind:] text, with @person, +20m or by 15:30 (when it is due), #A or #B (the plan), #tag. What cannot be understood stays text.

Examples:
  klock log restarted the gateway pool
  klock log \"d: fail over to site B at 14:30\"
  klock log --at 14:05 --kind test \"502 from lb-2 only\"
  klock log -- \"-12m lb-2 answers again\"
  tail -f deploy.log | klock log -

Prints the number and the time of each entry, once it is on disk.")]
pub struct LogArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// The kind of entry: note, decision, test, action …
    #[arg(long, short, value_name = "KIND")]
    pub kind: Option<String>,
    /// What to record; - reads stdin, one entry a line
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CertaintyArg {
    /// We know it
    #[value(alias = "confirmed")]
    Sure,
    /// We believe it
    Assumed,
    /// We do not know
    Unknown,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock answer what \"Card terminals get 502 from the gateway since 12:58\"
  klock answer why \"Expired certificate on lb-2\" --certainty assumed
  klock answer eta \"after the failover\" --eta 16:00

The keys are the routine's: `klock status` lists them.")]
pub struct AnswerArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which question
    #[arg(value_name = "KEY")]
    pub key: String,
    /// The answer
    #[arg(value_name = "TEXT", required_unless_present = "eta")]
    pub text: Vec<String>,
    /// How sure it is
    #[arg(long, short, value_enum, value_name = "CERTAINTY", default_value = "sure")]
    pub certainty: CertaintyArg,
    /// The time, for a question that takes one
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub eta: Option<String>,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which point, by its key
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// A note beside it
    #[arg(long, short, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct WaiveArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which point, by its key
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// Why it does not apply
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct ItemArgs {
    #[command(subcommand)]
    pub verb: ItemVerb,
}

#[derive(Debug, Subcommand)]
pub enum ItemVerb {
    /// List the points, what is due now first
    List {
        #[command(flatten)]
        room: RoomArg,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Take back that a point is done or waived
    Reopen {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "ITEM")]
        item: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Give a point to somebody
    Assign {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "ITEM")]
        item: String,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock meeting start --with Anna --with Olle
  klock meeting point briefing \"All on the bridge have the same picture\"
  klock meeting end \"Fail over at 14:30 unless the certificate is renewed\"

A meeting counts when it was held: started and ended. Calling one does not move the clock.")]
pub struct MeetingArgs {
    #[command(subcommand)]
    pub verb: MeetingVerb,
}

#[derive(Debug, Subcommand)]
pub enum MeetingVerb {
    /// Call a meeting for a time
    Call {
        #[command(flatten)]
        record: RecordArgs,
        /// When it is to start
        #[arg(value_name = "TIME")]
        starts: String,
        /// Where, or why
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Start a meeting
    Start {
        #[command(flatten)]
        record: RecordArgs,
        /// Who takes part; may be given several times
        #[arg(long, value_name = "PERSON")]
        with: Vec<String>,
    },
    /// Add somebody who takes part
    Attend {
        #[command(flatten)]
        record: RecordArgs,
        /// Who
        #[arg(value_name = "PERSON")]
        person: String,
    },
    /// Tick a point of the agenda
    Point {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "POINT")]
        point: String,
        /// What came of it
        #[arg(value_name = "OUTCOME")]
        outcome: Vec<String>,
    },
    /// End the meeting: it was held
    End {
        #[command(flatten)]
        record: RecordArgs,
        /// What was decided
        #[arg(value_name = "SUMMARY")]
        summary: Vec<String>,
    },
    /// Call the meeting off: it does not count
    CallOff {
        #[command(flatten)]
        record: RecordArgs,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Plan A or plan B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrackArg {
    #[value(name = "A", alias = "a")]
    A,
    #[value(name = "B", alias = "b")]
    B,
}

#[derive(Debug, Args)]
pub struct ActionArgs {
    #[command(subcommand)]
    pub verb: ActionVerb,
}

#[derive(Debug, Subcommand)]
pub enum ActionVerb {
    /// Open an action: text with @owner, +20m or by 15:30, #A
    Open {
        #[command(flatten)]
        record: RecordArgs,
        /// It is to keep the incident from happening again
        #[arg(long)]
        corrective: bool,
        /// What is to be done
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// List the actions
    List {
        #[command(flatten)]
        room: RoomArg,
        /// Done and dropped ones, too
        #[arg(long, short)]
        all: bool,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Change who owns it, when it is due, or its plan
    #[command(group = ArgGroup::new("change").required(true).multiple(true).args(["owner", "due", "plan"]))]
    Update {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// Who owns it now
        #[arg(long, value_name = "PERSON")]
        owner: Option<String>,
        /// When it is due now
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        due: Option<String>,
        /// Which plan it belongs to
        #[arg(long, value_enum, value_name = "A|B")]
        plan: Option<TrackArg>,
        /// A note beside it
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// It is done
    Done {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// What came of it
        #[arg(value_name = "OUTCOME")]
        outcome: Vec<String>,
    },
    /// It is not going to be done
    Drop {
        #[command(flatten)]
        record: RecordArgs,
        /// Which action
        #[arg(value_name = "NO")]
        no: u32,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(subcommand)]
    pub verb: PlanVerb,
}

#[derive(Debug, Subcommand)]
pub enum PlanVerb {
    /// Write plan A or plan B
    Write {
        #[command(flatten)]
        record: RecordArgs,
        #[arg(value_enum, value_name = "A|B")]
        track: TrackArg,
        /// The plan
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// Say what would make us switch
    SwitchWhen {
        #[command(flatten)]
        record: RecordArgs,
        /// The condition
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// Choose a plan
    Choose {
        #[command(flatten)]
        record: RecordArgs,
        #[arg(value_enum, value_name = "A|B")]
        track: TrackArg,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Drop a plan
    Drop {
        #[command(flatten)]
        record: RecordArgs,
        #[arg(value_enum, value_name = "A|B")]
        track: TrackArg,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct ResourceArgs {
    #[command(subcommand)]
    pub verb: ResourceVerb,
}

#[derive(Debug, Subcommand)]
pub enum ResourceVerb {
    /// Ask for somebody or something
    Ask {
        #[command(flatten)]
        record: RecordArgs,
        /// Who or what
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// It came
    Allocate {
        #[command(flatten)]
        record: RecordArgs,
        /// Which one that was asked for
        #[arg(value_name = "NO")]
        no: u32,
        /// Who or what came
        #[arg(value_name = "WHO", required = true)]
        who: Vec<String>,
    },
    /// It is no longer needed
    Drop {
        #[command(flatten)]
        record: RecordArgs,
        /// Which one that was asked for
        #[arg(value_name = "NO")]
        no: u32,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock supplier engage Paygate
  klock supplier update 1 --case SE-4711 --critical yes --staff \"two network engineers\"")]
pub struct SupplierArgs {
    #[command(subcommand)]
    pub verb: SupplierVerb,
}

/// What is known of a supplier.
#[derive(Debug, Args)]
pub struct SupplierFacts {
    /// Their case number
    #[arg(long, value_name = "NUMBER")]
    pub case: Option<String>,
    /// Whether they registered it as critical
    #[arg(long, value_name = "yes|no", value_parser = clap::builder::BoolishValueParser::new())]
    pub critical: Option<bool>,
    /// Who they put on it
    #[arg(long, value_name = "WHO")]
    pub staff: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum SupplierVerb {
    /// Call a supplier in
    Engage {
        #[command(flatten)]
        record: RecordArgs,
        /// Which supplier
        #[arg(value_name = "NAME")]
        supplier: String,
        #[command(flatten)]
        facts: SupplierFacts,
    },
    /// Note what has become known
    Update {
        #[command(flatten)]
        record: RecordArgs,
        /// Which supplier, by its number
        #[arg(value_name = "NO")]
        no: u32,
        #[command(flatten)]
        facts: SupplierFacts,
    },
}

#[derive(Debug, Args)]
pub struct ObstacleArgs {
    #[command(subcommand)]
    pub verb: ObstacleVerb,
}

#[derive(Debug, Subcommand)]
pub enum ObstacleVerb {
    /// Something is in the way
    Raise {
        #[command(flatten)]
        record: RecordArgs,
        /// What
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// It is out of the way
    Clear {
        #[command(flatten)]
        record: RecordArgs,
        /// Which one
        #[arg(value_name = "NO")]
        no: u32,
        /// How
        #[arg(value_name = "HOW")]
        how: Vec<String>,
    },
}

/// How something was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChannelArg {
    Sms,
    Email,
    Phone,
    Chat,
    Web,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock notice sent --notice first --to Leadership \"CIM in place. Bridge 08-123 45 67, code 4711\"
  klock notice sent --channel phone --to \"Nordbank service desk\" \"Told them about the workaround\"

A notice that names the routine's first notice stops its clock.")]
pub struct NoticeArgs {
    #[command(subcommand)]
    pub verb: NoticeVerb,
}

#[derive(Debug, Args)]
pub struct MessageArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which notice of the routine it is, by its key
    #[arg(long, value_name = "KEY")]
    pub notice: Option<String>,
    /// How it is told [default: as the routine says, else sms]
    #[arg(long, value_enum, value_name = "CHANNEL")]
    pub channel: Option<ChannelArg>,
    /// To whom [default: as the routine says]
    #[arg(long, value_name = "AUDIENCE")]
    pub to: Option<String>,
    /// What is said
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum NoticeVerb {
    /// A message went out
    Sent(MessageArgs),
    /// Keep the wording of a message that has not gone out
    Draft(MessageArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock role assign cim \"Anna Lind\"
  klock role call driftchef \"Bo Ek\" --outcome no-answer --how phone")]
pub struct RoleArgs {
    #[command(subcommand)]
    pub verb: RoleVerb,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutcomeArg {
    /// Takes it, and leads from now on
    Accepted,
    NoAnswer,
    Declined,
    LeftMessage,
}

#[derive(Debug, Subcommand)]
pub enum RoleVerb {
    /// Give a role to somebody
    Assign {
        #[command(flatten)]
        record: RecordArgs,
        /// Which role, by its key
        #[arg(value_name = "ROLE")]
        role: String,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
    },
    /// Nobody holds the role any more
    Release {
        #[command(flatten)]
        record: RecordArgs,
        /// Which role, by its key
        #[arg(value_name = "ROLE")]
        role: String,
    },
    /// Record that somebody was called, and what came of it
    Call {
        #[command(flatten)]
        record: RecordArgs,
        /// As what they were called, by the key of the role
        #[arg(value_name = "ROLE")]
        role: String,
        /// Who
        #[arg(value_name = "PERSON")]
        person: String,
        /// What came of it
        #[arg(long, value_enum, value_name = "OUTCOME")]
        outcome: OutcomeArg,
        /// By phone, by SMS …
        #[arg(long, value_name = "TEXT", default_value = "")]
        how: String,
    },
}

#[derive(Debug, Args)]
pub struct HandoverArgs {
    #[command(subcommand)]
    pub verb: HandoverVerb,
}

#[derive(Debug, Subcommand)]
pub enum HandoverVerb {
    /// Offer the lead to somebody
    Offer {
        #[command(flatten)]
        record: RecordArgs,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
        /// What they should know
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Take the lead that was offered
    Accept {
        #[command(flatten)]
        record: RecordArgs,
    },
}

#[derive(Debug, Args)]
pub struct ShiftArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// When it starts
    #[arg(value_name = "TIME")]
    pub starts: String,
    /// Who takes over
    #[arg(value_name = "WHO", required = true)]
    pub who: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ClockArgs {
    #[command(subcommand)]
    pub verb: ClockVerb,
}

#[derive(Debug, Subcommand)]
pub enum ClockVerb {
    /// Put a clock off
    Snooze {
        #[command(flatten)]
        record: RecordArgs,
        /// Which clock, by its id
        #[arg(value_name = "CLOCK")]
        clock: String,
        /// For how many minutes
        #[arg(value_name = "MINUTES")]
        minutes: i64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Change how often to meet
    Cadence {
        #[command(flatten)]
        record: RecordArgs,
        /// Minutes from one meeting to the next
        #[arg(value_name = "MINUTES")]
        minutes: i64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct EntryArgs {
    #[command(subcommand)]
    pub verb: EntryVerb,
}

#[derive(Debug, Subcommand)]
pub enum EntryVerb {
    /// Replace what an entry says; the old words stay, struck through
    Amend {
        #[command(flatten)]
        record: RecordArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// What it should say
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// Strike an entry: it stays visible and no longer counts
    Strike {
        #[command(flatten)]
        record: RecordArgs,
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
        record: RecordArgs,
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
        record: RecordArgs,
        /// Which entry, by its number
        #[arg(value_name = "SEQ")]
        seq: u64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct PriorityArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// How urgent it is: 1 (highest) to 3
    #[arg(value_name = "URGENCY", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub urgency: u8,
    /// How many are affected: 1 (widest) to 3
    #[arg(value_name = "IMPACT", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub impact: u8,
    /// With whom at the business it was agreed
    #[arg(long, value_name = "NAME")]
    pub agreed_with: Option<String>,
}

#[derive(Debug, Args)]
pub struct ClassifyArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// By what right: a key of the routine
    #[arg(value_name = "KEY")]
    pub entitled: String,
    /// Who
    #[arg(value_name = "NAME")]
    pub who: Option<String>,
}

#[derive(Debug, Args)]
pub struct ActivateArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub struct PhaseArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which phase, by its key
    #[arg(value_name = "PHASE")]
    pub phase: String,
}

#[derive(Debug, Args)]
pub struct NoteArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// A note beside it
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ReasonArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct DebriefArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which question, by its key
    #[arg(value_name = "KEY")]
    pub key: String,
    /// The answer
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
}

#[derive(Debug, Args)]
pub struct DeliverArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// To whom
    #[arg(value_name = "WHO", required = true)]
    pub to: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ProblemArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Its number or address
    #[arg(value_name = "REFERENCE", required = true)]
    pub reference: Vec<String>,
}
