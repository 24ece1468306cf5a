//! The words of the entry grammar in each language: the kinds of entry, and what says yesterday, tomorrow and due.

use crate::domain::event::NoteKind;
use crate::domain::phrase::Lang;

/// What an entry line can become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Note(NoteKind),
    Action,
    Obstacle,
    Resource,
    Supplier,
}

impl Kind {
    /// Every kind, in the order `Tab` goes through them.
    pub const ALL: [Kind; 11] = [
        Kind::Note(NoteKind::Note),
        Kind::Note(NoteKind::Decision),
        Kind::Note(NoteKind::Test),
        Kind::Note(NoteKind::Meeting),
        Kind::Note(NoteKind::Observation),
        Kind::Note(NoteKind::Hypothesis),
        Kind::Note(NoteKind::StatusRequest),
        Kind::Action,
        Kind::Obstacle,
        Kind::Resource,
        Kind::Supplier,
    ];

    /// Whether due time, track, people and tags are stored with it. Where they are not, those words stay in the text.
    pub fn takes_facets(self) -> bool {
        matches!(self, Kind::Note(_) | Kind::Action)
    }

    /// The message key of its name.
    pub fn message_key(self) -> &'static str {
        match self {
            Kind::Note(NoteKind::Note) => "kind-note",
            Kind::Note(NoteKind::Decision) => "kind-decision",
            Kind::Note(NoteKind::Test) => "kind-test",
            Kind::Note(NoteKind::Meeting) => "kind-meeting",
            Kind::Note(NoteKind::Observation) => "kind-observation",
            Kind::Note(NoteKind::Hypothesis) => "kind-hypothesis",
            Kind::Note(NoteKind::StatusRequest) => "kind-status-request",
            Kind::Action => "kind-action",
            Kind::Obstacle => "kind-obstacle",
            Kind::Resource => "kind-resource",
            Kind::Supplier => "kind-supplier",
        }
    }

    /// The kind that `word` begins the name of, without ambiguity: in `lang` or, when `lang` has no such name, in English.
    /// Where `lang` has several, English decides between them (`a:` in Swedish is an action). Case does not matter, and å,
    /// ä and ö may be typed as a and o.
    pub fn of_word(word: &str, lang: Lang) -> Option<Kind> {
        if word.is_empty() {
            return None;
        }
        let own = Vocabulary::of(lang).kinds_of(word);
        match own.as_slice() {
            [only] => Some(*only),
            [] if lang == Lang::En => None,
            several => {
                let mut english = Vocabulary::of(Lang::En).kinds_of(word);
                english.retain(|kind| several.is_empty() || several.contains(kind));
                match english.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                }
            }
        }
    }
}

/// The words of one language.
#[derive(Debug)]
pub struct Vocabulary {
    /// The names of each kind, in lower case; the first is the one that is written out.
    pub kinds: [(Kind, &'static [&'static str]); 11],
    /// The day before.
    pub yesterday: &'static [&'static str],
    /// This day.
    pub today: &'static [&'static str],
    /// The day after.
    pub tomorrow: &'static [&'static str],
    /// From Monday on.
    pub weekdays: [&'static str; 7],
    /// From January on.
    pub months: [&'static str; 12],
    /// Before a day.
    pub on: &'static str,
    /// Before a time: when it is due.
    pub due: &'static [&'static str],
    /// Before a time of day: that it is one.
    pub clock: &'static [&'static str],
    /// After a time of day of twelve hours: before noon, and after.
    pub morning: &'static str,
    pub afternoon: &'static str,
    /// Times of day that have a name: twelve, and the end of the day.
    pub noon: &'static [&'static str],
    pub midnight: &'static [&'static str],
    /// Parts of a day, which are no time of day.
    pub parts: &'static [&'static str],
    /// Between two times: from one to the other.
    pub to: &'static [&'static str],
}

static ENGLISH: Vocabulary = Vocabulary {
    kinds: [
        (Kind::Note(NoteKind::Note), &["note"]),
        (Kind::Note(NoteKind::Decision), &["decision"]),
        (Kind::Note(NoteKind::Test), &["test"]),
        (Kind::Note(NoteKind::Meeting), &["meeting"]),
        (Kind::Note(NoteKind::Observation), &["observation"]),
        (Kind::Note(NoteKind::Hypothesis), &["hypothesis"]),
        (Kind::Note(NoteKind::StatusRequest), &["status-request"]),
        (Kind::Action, &["action"]),
        (Kind::Obstacle, &["obstacle"]),
        (Kind::Resource, &["resource"]),
        (Kind::Supplier, &["supplier"]),
    ],
    yesterday: &["y", "yesterday"],
    today: &["today"],
    tomorrow: &["tomorrow"],
    weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    months: [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    on: "on",
    due: &["by"],
    clock: &["kl", "klockan"],
    morning: "am",
    afternoon: "pm",
    noon: &["noon", "midday"],
    midnight: &["midnight"],
    parts: &[
        "morning",
        "afternoon",
        "evening",
        "night",
        "lunch",
        "lunchtime",
        "am",
        "pm",
        "eod",
        "end of day",
        "close of business",
    ],
    to: &["to", "till", "until"],
};

static SWEDISH: Vocabulary = Vocabulary {
    kinds: [
        (Kind::Note(NoteKind::Note), &["anteckning"]),
        (Kind::Note(NoteKind::Decision), &["beslut"]),
        (Kind::Note(NoteKind::Test), &["test"]),
        (Kind::Note(NoteKind::Meeting), &["möte"]),
        (Kind::Note(NoteKind::Observation), &["observation", "iakttagelse"]),
        (Kind::Note(NoteKind::Hypothesis), &["hypotes"]),
        (Kind::Note(NoteKind::StatusRequest), &["statusfråga", "förfrågan"]),
        (Kind::Action, &["åtgärd"]),
        (Kind::Obstacle, &["hinder"]),
        (Kind::Resource, &["resurs"]),
        (Kind::Supplier, &["leverantör"]),
    ],
    yesterday: &["g", "igår", "i går"],
    today: &["idag", "i dag"],
    tomorrow: &["imorgon", "i morgon"],
    weekdays: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    months: [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    on: "på",
    due: &["senast", "före"],
    clock: &["kl", "klockan"],
    morning: "fm",
    afternoon: "em",
    noon: &["mitt på dagen"],
    midnight: &["midnatt"],
    parts: &["morgon", "bitti", "förmiddag", "eftermiddag", "kväll", "natt", "lunch", "fm", "em"],
    to: &["till"],
};

static IN_ENGLISH: [&Vocabulary; 1] = [&ENGLISH];
static IN_SWEDISH: [&Vocabulary; 2] = [&SWEDISH, &ENGLISH];

impl Vocabulary {
    /// The words of `lang`.
    pub fn of(lang: Lang) -> &'static Vocabulary {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Sv => &SWEDISH,
        }
    }

    /// The words that count in `lang`: its own, and English always.
    pub(super) fn understood(lang: Lang) -> &'static [&'static Vocabulary] {
        match lang {
            Lang::En => &IN_ENGLISH,
            Lang::Sv => &IN_SWEDISH,
        }
    }

    /// The name of `kind` that is written out.
    pub fn name(&self, kind: Kind) -> &'static str {
        self.kinds.iter().find(|(known, _)| *known == kind).and_then(|(_, names)| names.first()).copied().unwrap_or("")
    }

    /// The kinds with a name that begins with `word`; a whole name stands alone.
    fn kinds_of(&self, word: &str) -> Vec<Kind> {
        let named = |fits: fn(&str, &str) -> bool| {
            self.kinds.iter().filter(move |(_, names)| names.iter().any(|name| fits(name, word))).map(|(kind, _)| *kind)
        };
        match named(is_word).next() {
            Some(kind) => vec![kind],
            None => named(begins).collect(),
        }
    }
}

/// Whether `name` (lower case) begins with `word`, å, ä and ö typed as such or bare, case aside.
pub(super) fn begins(name: &str, word: &str) -> bool {
    let mut letters = name.chars();
    word.chars()
        .flat_map(char::to_lowercase)
        .all(|typed| letters.next().is_some_and(|c| typed == c || typed == bare(c)))
}

/// Whether `word` is `name`, by the same rule.
pub(super) fn is_word(name: &str, word: &str) -> bool {
    begins(name, word) && word.chars().flat_map(char::to_lowercase).count() == name.chars().count()
}

fn bare(c: char) -> char {
    match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        other => other,
    }
}
