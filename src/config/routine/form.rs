//! The form of a routine file as data: which keys each part has and what they hold.

/// What a value has to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum RoutineForm {
    /// One line of text that is not blank.
    Line,
    /// A key by which other parts and the command line point here: `first-meeting`.
    Key,
    /// A text in each language: `{ en = "…", sv = "…" }`.
    Said,
    Flag,
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// A day, as text: `"2026-11-21"`.
    Day,
    OneOf(&'static [&'static str]),
    /// The number of a clause: `P65`.
    Clause,
    List(&'static RoutineForm),
    /// A list of exactly three.
    Three(&'static RoutineForm),
    Table(&'static [FieldSpec]),
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldSpec {
    pub name: &'static str,
    pub form: RoutineForm,
    pub required: bool,
}

const fn must(name: &'static str, form: RoutineForm) -> FieldSpec {
    FieldSpec { name, form, required: true }
}

const fn may(name: &'static str, form: RoutineForm) -> FieldSpec {
    FieldSpec { name, form, required: false }
}

/// Ten years in minutes: longer is a slip of the finger, and far longer no calendar can count.
pub(super) const LONGEST: i64 = 10 * 366 * 24 * 60;

const ANCHORS: &[&str] = &["began", "declared", "meeting-held", "restored", "closed"];
const MET_BY: &[&str] = &["first-notice", "meeting", "debrief", "report"];
const PROOFS: &[&str] = &["lead", "priority", "first-notice", "answers", "plans", "supplier"];
const CHANNELS: &[&str] = &["sms", "email", "phone", "chat", "web"];

const SERVES: FieldSpec = may("serves", RoutineForm::List(&RoutineForm::Clause));

/// The whole file.
pub(super) const ROUTINE: &[FieldSpec] = &[
    must("id", RoutineForm::Key),
    must("title", RoutineForm::Said),
    must("identity", RoutineForm::Table(IDENTITY)),
    may("principles", RoutineForm::List(&RoutineForm::Table(PRINCIPLE))),
    must("priority", RoutineForm::Table(PRIORITY)),
    may("classifiers", RoutineForm::List(&RoutineForm::Table(CLASSIFIER))),
    may("roles", RoutineForm::List(&RoutineForm::Table(ROLE))),
    may("escalation", RoutineForm::List(&RoutineForm::Line)),
    must("lead", RoutineForm::Line),
    may("questions", RoutineForm::List(&RoutineForm::Table(QUESTION))),
    may("phases", RoutineForm::List(&RoutineForm::Table(PHASE))),
    may("checklist", RoutineForm::List(&RoutineForm::Table(SECTION))),
    may("clocks", RoutineForm::List(&RoutineForm::Table(CLOCK))),
    may("agenda", RoutineForm::List(&RoutineForm::Table(POINT))),
    may("notices", RoutineForm::List(&RoutineForm::Table(NOTICE))),
    may("debrief", RoutineForm::List(&RoutineForm::Table(DEBRIEF))),
    must("report", RoutineForm::Table(REPORT)),
];

const IDENTITY: &[FieldSpec] = &[
    must("version", RoutineForm::Line),
    must("date", RoutineForm::Day),
    must("author", RoutineForm::Line),
    must("owner", RoutineForm::Line),
    may("changes", RoutineForm::List(&RoutineForm::Table(CHANGE))),
    SERVES,
];

const CHANGE: &[FieldSpec] = &[
    must("version", RoutineForm::Line),
    must("date", RoutineForm::Day),
    must("author", RoutineForm::Line),
    must("text", RoutineForm::Said),
];

const PRINCIPLE: &[FieldSpec] = &[must("key", RoutineForm::Key), must("text", RoutineForm::Said), SERVES];

const PRIORITY: &[FieldSpec] = &[
    must("urgency", RoutineForm::Three(&RoutineForm::Table(LEVEL))),
    must("impact", RoutineForm::Three(&RoutineForm::Table(LEVEL))),
    may("urgency_name", RoutineForm::Said),
    may("impact_name", RoutineForm::Said),
    must("matrix", RoutineForm::Three(&RoutineForm::Three(&RoutineForm::Number(1, 255)))),
    must("names", RoutineForm::List(&RoutineForm::Said)),
    must("mandatory", RoutineForm::Number(0, 255)),
    must("optional", RoutineForm::Number(0, 255)),
    must("note", RoutineForm::Said),
    SERVES,
];

const LEVEL: &[FieldSpec] = &[must("label", RoutineForm::Said), must("hint", RoutineForm::Said)];

const CLASSIFIER: &[FieldSpec] = &[must("key", RoutineForm::Key), must("label", RoutineForm::Said), SERVES];

const ROLE: &[FieldSpec] =
    &[must("key", RoutineForm::Key), must("label", RoutineForm::Said), must("duty", RoutineForm::Said), SERVES];

const QUESTION: &[FieldSpec] = &[
    must("key", RoutineForm::Key),
    must("prompt", RoutineForm::Said),
    must("label", RoutineForm::Said),
    must("hint", RoutineForm::Said),
    must("stale_after", RoutineForm::Number(1, LONGEST)),
    may("takes_time", RoutineForm::Flag),
    SERVES,
];

const PHASE: &[FieldSpec] =
    &[must("key", RoutineForm::Key), must("label", RoutineForm::Said), may("hint", RoutineForm::Said), SERVES];

const SECTION: &[FieldSpec] = &[
    must("key", RoutineForm::Key),
    must("title", RoutineForm::Said),
    must("items", RoutineForm::List(&RoutineForm::Table(ITEM))),
];

const ITEM: &[FieldSpec] = &[
    must("key", RoutineForm::Key),
    must("title", RoutineForm::Said),
    must("help", RoutineForm::Said),
    // One of the two; see `meaning`.
    may("due", RoutineForm::Table(DUE)),
    may("clock", RoutineForm::Line),
    may("shown_by", RoutineForm::OneOf(PROOFS)),
    SERVES,
];

const DUE: &[FieldSpec] =
    &[must("after", RoutineForm::OneOf(ANCHORS)), must("minutes", RoutineForm::Number(0, LONGEST))];

const CLOCK: &[FieldSpec] = &[
    must("key", RoutineForm::Key),
    must("label", RoutineForm::Said),
    must("after", RoutineForm::OneOf(ANCHORS)),
    must("minutes", RoutineForm::Number(1, LONGEST)),
    may("working_days", RoutineForm::Flag),
    may("warn_before", RoutineForm::List(&RoutineForm::Number(1, LONGEST))),
    must("repeat", RoutineForm::Number(1, LONGEST)),
    must("met_by", RoutineForm::OneOf(MET_BY)),
    may("adjustable", RoutineForm::Flag),
    SERVES,
];

const POINT: &[FieldSpec] =
    &[must("key", RoutineForm::Key), must("title", RoutineForm::Said), must("help", RoutineForm::Said), SERVES];

const NOTICE: &[FieldSpec] = &[
    must("key", RoutineForm::Key),
    must("title", RoutineForm::Said),
    must("channel", RoutineForm::OneOf(CHANNELS)),
    must("audience", RoutineForm::Said),
    must("must_include", RoutineForm::Said),
    may("first", RoutineForm::Flag),
    SERVES,
];

const DEBRIEF: &[FieldSpec] = &[must("key", RoutineForm::Key), must("prompt", RoutineForm::Said), SERVES];

const REPORT: &[FieldSpec] = &[must("sections", RoutineForm::List(&RoutineForm::Table(REPORT_SECTION))), SERVES];

const REPORT_SECTION: &[FieldSpec] = &[must("key", RoutineForm::Key), must("title", RoutineForm::Said), SERVES];
