//! The languages the program speaks: phrases, dates and spans put into words from `config/lang/*.ftl`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::{Datelike, Duration, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::phrase::{Arg, Lang, Lexicon, Phrase};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

#[cfg(test)]
mod tests;

const ENGLISH: &str = include_str!("../../config/lang/en.ftl");
const SWEDISH: &str = include_str!("../../config/lang/sv.ftl");

/// The key whose only job is to show a person's words: by far the most frequent one, answered without formatting.
const BARE_TEXT: &str = "entry-text";

const MINUTES_AN_HOUR: i64 = 60;
const MINUTES_A_DAY: i64 = 24 * MINUTES_AN_HOUR;
const SECONDS_A_MINUTE: i64 = 60;
const SECONDS_AN_HOUR: i64 = 60 * SECONDS_A_MINUTE;

const WEEKDAYS: [&str; 7] = [
    "weekday-monday",
    "weekday-tuesday",
    "weekday-wednesday",
    "weekday-thursday",
    "weekday-friday",
    "weekday-saturday",
    "weekday-sunday",
];

const MONTHS: [&str; 12] = [
    "month-january",
    "month-february",
    "month-march",
    "month-april",
    "month-may",
    "month-june",
    "month-july",
    "month-august",
    "month-september",
    "month-october",
    "month-november",
    "month-december",
];

const SHORT_MONTHS: [&str; 12] = [
    "month-short-january",
    "month-short-february",
    "month-short-march",
    "month-short-april",
    "month-short-may",
    "month-short-june",
    "month-short-july",
    "month-short-august",
    "month-short-september",
    "month-short-october",
    "month-short-november",
    "month-short-december",
];

/// The words of one language and the times of one zone, shared between threads. A key it lacks is said in English, and one that English lacks is shown
/// as the key itself.
pub struct Words {
    lang: Lang,
    zone: Zone,
    own: OnceLock<Sentences>,
    /// Looked into only when a key is missing: the keys of all languages are held equal by a test.
    english: OnceLock<Sentences>,
}

/// The sentences of one language by their keys. Each is understood when it is first said: a start says a tenth of them, and
/// would wait for all.
type Sentences = HashMap<&'static str, Sentence>;

/// One sentence, as it stands in the file. It names no other: a test holds that.
struct Sentence {
    source: &'static str,
    bundle: OnceLock<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Words {
    /// The words of `lang`, with times in `zone`.
    pub fn new(lang: Lang, zone: Zone) -> Self {
        Words { lang, zone, own: OnceLock::new(), english: OnceLock::new() }
    }

    /// The sentence of a key that has no arguments.
    pub fn tell(&self, key: &str) -> Cow<'_, str> {
        self.format(key, None)
    }

    /// The day of `at`, as a heading: `Saturday 21 November 2026`.
    pub fn day(&self, at: Moment) -> String {
        self.date(self.zone.local(at).date())
    }

    fn date(&self, day: NaiveDate) -> String {
        let mut args = FluentArgs::with_capacity(4);
        args.set("weekday", self.tell(WEEKDAYS[day.weekday().num_days_from_monday() as usize]));
        args.set("day", day.day().to_string());
        args.set("month", self.tell(MONTHS[day.month0() as usize]));
        args.set("year", day.year().to_string());
        self.format("date-long", Some(&args)).into_owned()
    }

    /// The time of day of `at`: `13:08`.
    pub fn clock(&self, at: Moment) -> String {
        self.zone.local(at).hm()
    }

    /// The time of day of `at` to the second: `13:08:59`.
    pub fn clock_to_second(&self, at: Moment) -> String {
        self.zone.local(at).hms()
    }

    /// As [`Lexicon::time`], to the second: `24 Nov 13:08:59`.
    pub fn time_to_second(&self, at: Moment, beside: Moment) -> String {
        self.with_day(at, beside, self.clock_to_second(at))
    }

    /// `at` as people type a time and the entry grammar reads it, with its day: `2026-11-24 13:08:59`.
    pub fn typed_time(&self, at: Moment) -> String {
        let at = self.zone.local(at);
        format!("{} {}", at.date(), at.hms())
    }

    /// Date, time of day and zone of `at`, for a list that has no heading: `2026-11-24 13:08 CET`.
    pub fn stamp(&self, at: Moment) -> String {
        let local = self.zone.local(at);
        format!("{} {} {}", local.date(), local.hm(), self.zone.short_name(at))
    }

    /// Returns what is said before or after `clock`, the time of day of `at`, beside `beside`.
    fn with_day(&self, at: Moment, beside: Moment, clock: String) -> String {
        let (local, known) = (self.zone.local(at), self.zone.local(beside));
        let said = match (local.date() == known.date(), local.date().year() == known.date().year()) {
            (true, _) => clock,
            (false, true) => self.dated("time-on-day", local.date(), clock),
            (false, false) => self.dated("time-on-date", local.date(), clock),
        };
        if local.datetime().offset() == known.datetime().offset() {
            return said;
        }
        format!("{said} {}", self.zone.short_name(at))
    }

    fn dated(&self, key: &str, day: NaiveDate, clock: String) -> String {
        let mut args = FluentArgs::with_capacity(4);
        args.set("day", day.day().to_string());
        args.set("month", self.tell(SHORT_MONTHS[day.month0() as usize]));
        // All its digits: a slip such as 0026 would else pass for a day of the month.
        args.set("year", format!("{:04}", day.year()));
        args.set("time", clock);
        self.format(key, Some(&args)).into_owned()
    }

    /// A span in minutes: `45 m`, `1 h 12 m`, `2 d 3 h`. Its sign is left out.
    pub fn span(&self, minutes: i64) -> String {
        let minutes = minutes.saturating_abs();
        let (days, hours) = (minutes / MINUTES_A_DAY, minutes % MINUTES_A_DAY / MINUTES_AN_HOUR);
        let key = match (days, hours, minutes % MINUTES_AN_HOUR) {
            (0, 0, _) => "span-minutes",
            (0, _, 0) => "span-hours",
            (0, _, _) => "span-hours-minutes",
            (_, 0, _) => "span-days",
            _ => "span-days-hours",
        };
        let mut args = FluentArgs::with_capacity(3);
        args.set("days", days.to_string());
        args.set("hours", hours.to_string());
        args.set("minutes", (minutes % MINUTES_AN_HOUR).to_string());
        self.format(key, Some(&args)).into_owned()
    }

    /// How old something is, short: `6m` within the hour, then as [`Words::span`]. What lies ahead is `0m` old.
    pub fn age(&self, age: Duration) -> String {
        let minutes = age.num_minutes().max(0);
        if minutes >= MINUTES_AN_HOUR {
            return self.span(minutes);
        }
        let mut args = FluentArgs::with_capacity(1);
        args.set("minutes", minutes.to_string());
        self.format("age-minutes", Some(&args)).into_owned()
    }

    fn format<'a>(&'a self, key: &str, args: Option<&'a FluentArgs<'_>>) -> Cow<'a, str> {
        let found = lookup(self.lang, self.own.get_or_init(|| sentences(self.lang)), key, args);
        let found = found.or_else(|| lookup(Lang::En, self.english.get_or_init(|| sentences(Lang::En)), key, args));
        found.unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    fn value<'a>(&self, arg: &'a Arg, beside: Option<Moment>) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) => text.as_str().into(),
            Arg::Number(number) => (*number).into(),
            Arg::Time(at) => match beside {
                Some(beside) => self.time(*at, beside).into(),
                None => {
                    let local = self.zone.local(*at);
                    let said = self.dated("time-on-date", local.date(), local.hm());
                    format!("{said} {}", self.zone.short_name(*at)).into()
                }
            },
            Arg::Minutes(minutes) => self.span(*minutes).into(),
            Arg::Local(text) => text.get(self.lang).into(),
            Arg::Phrase(phrase) => self.sentence(phrase, beside).into(),
        }
    }

    fn sentence(&self, phrase: &Phrase, beside: Option<Moment>) -> String {
        if let (BARE_TEXT, [(_, Arg::Text(text))]) = (&*phrase.key, phrase.args.as_slice()) {
            return text.clone();
        }
        let mut args = FluentArgs::with_capacity(phrase.args.len());
        for (name, arg) in &phrase.args {
            args.set(name.as_ref(), self.value(arg, beside));
        }
        self.format(&phrase.key, Some(&args)).into_owned()
    }
}

impl Lexicon for Words {
    fn lang(&self) -> Lang {
        self.lang
    }

    fn zone(&self) -> &Zone {
        &self.zone
    }

    fn say(&self, phrase: &Phrase) -> String {
        self.sentence(phrase, None)
    }

    fn say_beside(&self, phrase: &Phrase, beside: Moment) -> String {
        self.sentence(phrase, Some(beside))
    }

    fn time(&self, at: Moment, beside: Moment) -> String {
        self.with_day(at, beside, self.clock(at))
    }
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ENGLISH,
        Lang::Sv => SWEDISH,
    }
}

/// The sentences of `lang`: each begins with its key at the beginning of a line, and ends where the next one or a comment does.
fn sentences(lang: Lang) -> Sentences {
    let text = source(lang);
    let mut sentences = Sentences::new();
    let mut open: Option<(&'static str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#') {
            if let Some((key, from)) = open.take() {
                sentences.insert(key, Sentence { source: &text[from..at], bundle: OnceLock::new() });
            }
            open = line.split_once('=').filter(|_| !line.starts_with('#')).map(|(key, _)| (key.trim_end(), at));
        }
        at += line.len();
    }
    if let Some((key, from)) = open {
        sentences.insert(key, Sentence { source: &text[from..], bundle: OnceLock::new() });
    }
    sentences
}

fn bundle(lang: Lang, source: &'static str) -> FluentBundle<FluentResource> {
    // A fault in a file of ours is found by a test; a person still gets every key that could be read.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are invisible format characters, which `showable` would rightly make visible.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

fn lookup<'a>(
    lang: Lang,
    sentences: &'a Sentences,
    key: &str,
    args: Option<&'a FluentArgs<'_>>,
) -> Option<Cow<'a, str>> {
    let sentence = sentences.get(key)?;
    let bundle = sentence.bundle.get_or_init(|| bundle(lang, sentence.source));
    let pattern = bundle.get_message(key)?.value()?;
    // An argument that is missing shows as `{$name}`: still a sentence.
    Some(bundle.format_pattern(pattern, args, &mut Vec::new()))
}

/// How long an incident has lasted: `T+01:42:10`. Hours go beyond 99. Never negative.
pub fn elapsed(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!(
        "T+{:02}:{:02}:{:02}",
        seconds / SECONDS_AN_HOUR,
        seconds % SECONDS_AN_HOUR / SECONDS_A_MINUTE,
        seconds % SECONDS_A_MINUTE
    )
}

/// What is left until a due time: `17:50`, `1:17:50`. What has passed is told by a plus: `+02:10`.
pub fn countdown(left: Duration) -> String {
    let past = if left < Duration::zero() { "+" } else { "" };
    let seconds = left.num_seconds().saturating_abs();
    let (hours, rest) = (seconds / SECONDS_AN_HOUR, seconds % SECONDS_AN_HOUR);
    let (minutes, seconds) = (rest / SECONDS_A_MINUTE, rest % SECONDS_A_MINUTE);
    if hours > 0 {
        format!("{past}{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{past}{minutes:02}:{seconds:02}")
    }
}

/// The language that a code or a locale names: `sv`, `sv_SE.UTF-8`. None when it is not one of ours.
pub fn parse(name: &str) -> Option<Lang> {
    let code = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
    Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(code))
}

/// The language to speak: the flag, else `KLOCK_LANG`, else the setting, else the locale (`LC_ALL`, `LC_MESSAGES`,
/// `LANG`, the first that is set), else English. `env` looks a variable up.
pub fn choose(flag: Option<Lang>, setting: Option<Lang>, env: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = || {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(&env).find(|value| !value.is_empty());
        set.and_then(|value| parse(&value))
    };
    flag.or_else(|| env("KLOCK_LANG").and_then(|value| parse(&value))).or(setting).or_else(locale).unwrap_or_default()
}
