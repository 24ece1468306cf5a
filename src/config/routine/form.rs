//! The form of a routine file as data: which keys each part has and what they hold.

/// What a value has to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
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
    List(&'static Form),
    /// A list of exactly three.
    Three(&'static Form),
    Table(&'static [Field]),
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub form: Form,
    pub required: bool,
}

const fn must(name: &'static str, form: Form) -> Field {
    Field { name, form, required: true }
}

const fn may(name: &'static str, form: Form) -> Field {
    Field { name, form, required: false }
}

/// Ten years in minutes: longer is a slip of the finger, and far longer no calendar can count.
pub(super) const LONGEST: i64 = 10 * 366 * 24 * 60;

const ANCHORS: &[&str] = &["began", "declared", "meeting-held", "restored", "closed"];
const MET_BY: &[&str] = &["first-notice", "meeting", "debrief", "report"];
const PROOFS: &[&str] = &["lead", "priority", "first-notice", "answers", "plans", "supplier"];
const CHANNELS: &[&str] = &["sms", "email", "phone", "chat", "web"];

const SERVES: Field = may("serves", Form::List(&Form::Clause));

/// The whole file.
pub(super) const ROUTINE: &[Field] = &[
    must("id", Form::Key),
    must("title", Form::Said),
    must("identity", Form::Table(IDENTITY)),
    may("principles", Form::List(&Form::Table(PRINCIPLE))),
    must("priority", Form::Table(PRIORITY)),
    may("classifiers", Form::List(&Form::Table(CLASSIFIER))),
    may("roles", Form::List(&Form::Table(ROLE))),
    may("escalation", Form::List(&Form::Line)),
    must("lead", Form::Line),
    may("questions", Form::List(&Form::Table(QUESTION))),
    may("phases", Form::List(&Form::Table(PHASE))),
    may("checklist", Form::List(&Form::Table(SECTION))),
    may("clocks", Form::List(&Form::Table(CLOCK))),
    may("agenda", Form::List(&Form::Table(POINT))),
    may("notices", Form::List(&Form::Table(NOTICE))),
    may("debrief", Form::List(&Form::Table(DEBRIEF))),
    must("report", Form::Table(REPORT)),
];

const IDENTITY: &[Field] = &[
    must("version", Form::Line),
    must("date", Form::Day),
    must("author", Form::Line),
    must("owner", Form::Line),
    may("changes", Form::List(&Form::Table(CHANGE))),
    SERVES,
];

const CHANGE: &[Field] =
    &[must("version", Form::Line), must("date", Form::Day), must("author", Form::Line), must("text", Form::Said)];

const PRINCIPLE: &[Field] = &[must("key", Form::Key), must("text", Form::Said), SERVES];

const PRIORITY: &[Field] = &[
    must("urgency", Form::Three(&Form::Table(LEVEL))),
    must("impact", Form::Three(&Form::Table(LEVEL))),
    may("urgency_name", Form::Said),
    may("impact_name", Form::Said),
    must("matrix", Form::Three(&Form::Three(&Form::Number(1, 255)))),
    must("names", Form::List(&Form::Said)),
    must("mandatory", Form::Number(0, 255)),
    must("optional", Form::Number(0, 255)),
    must("note", Form::Said),
    SERVES,
];

const LEVEL: &[Field] = &[must("label", Form::Said), must("hint", Form::Said)];

const CLASSIFIER: &[Field] = &[must("key", Form::Key), must("label", Form::Said), SERVES];

const ROLE: &[Field] = &[must("key", Form::Key), must("label", Form::Said), must("duty", Form::Said), SERVES];

const QUESTION: &[Field] = &[
    must("key", Form::Key),
    must("prompt", Form::Said),
    must("label", Form::Said),
    must("hint", Form::Said),
    must("stale_after", Form::Number(1, LONGEST)),
    may("takes_time", Form::Flag),
    SERVES,
];

const PHASE: &[Field] = &[must("key", Form::Key), must("label", Form::Said), may("hint", Form::Said), SERVES];

const SECTION: &[Field] =
    &[must("key", Form::Key), must("title", Form::Said), must("items", Form::List(&Form::Table(ITEM)))];

const ITEM: &[Field] = &[
    must("key", Form::Key),
    must("title", Form::Said),
    must("help", Form::Said),
    // One of the two; see `meaning`.
    may("due", Form::Table(DUE)),
    may("clock", Form::Line),
    may("shown_by", Form::OneOf(PROOFS)),
    SERVES,
];

const DUE: &[Field] = &[must("after", Form::OneOf(ANCHORS)), must("minutes", Form::Number(0, LONGEST))];

const CLOCK: &[Field] = &[
    must("key", Form::Key),
    must("label", Form::Said),
    must("after", Form::OneOf(ANCHORS)),
    must("minutes", Form::Number(1, LONGEST)),
    may("working_days", Form::Flag),
    may("warn_before", Form::List(&Form::Number(1, LONGEST))),
    must("repeat", Form::Number(1, LONGEST)),
    must("met_by", Form::OneOf(MET_BY)),
    may("adjustable", Form::Flag),
    SERVES,
];

const POINT: &[Field] = &[must("key", Form::Key), must("title", Form::Said), must("help", Form::Said), SERVES];

const NOTICE: &[Field] = &[
    must("key", Form::Key),
    must("title", Form::Said),
    must("channel", Form::OneOf(CHANNELS)),
    must("audience", Form::Said),
    must("must_include", Form::Said),
    may("first", Form::Flag),
    SERVES,
];

const DEBRIEF: &[Field] = &[must("key", Form::Key), must("prompt", Form::Said), SERVES];

const REPORT: &[Field] = &[must("sections", Form::List(&Form::Table(REPORT_SECTION))), SERVES];

const REPORT_SECTION: &[Field] = &[must("key", Form::Key), must("title", Form::Said), SERVES];
