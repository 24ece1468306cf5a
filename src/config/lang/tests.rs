//! Both languages are complete, every key that the program names exists, and none is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{Duration, NaiveDate};
use fluent_bundle::FluentResource;

use super::*;
use crate::domain::phrase::Localised;
use crate::domain::time::Moment;
use crate::domain::timeline::EntryKind;

/// Calls whose direct literals are message keys.
const KEYED: [&str; 7] = ["Phrase::new", ".tell", "with_words", "refuse", "no_such", "require", "must_be"];

/// Literals that begin like this are message keys wherever they stand.
const KEY_PREFIXES: [&str; 10] =
    ["refuse-", "entry-", "report-", "store-", "connect-", "failure-", "kind-", "command-", "mode-", "cli-"];

/// Keys that begin like this may be put together from parts at run time, and need not stand in the source whole.
const FAMILIES: [&str; 0] = [];

/// The words of `lang` for a reader in Stockholm.
fn words_in(lang: Lang) -> Words {
    Words::new(lang, Zone::named("Europe/Stockholm").expect("a zone"))
}

#[test]
fn every_language_reads_without_a_fault() {
    for (name, source) in [("en.ftl", ENGLISH), ("sv.ftl", SWEDISH)] {
        let faults = FluentResource::try_new(source.to_owned()).err().map(|(_, faults)| faults);
        assert!(faults.is_none(), "config/lang/{name}: {faults:?}");
        let mut seen = BTreeSet::new();
        for key in definitions(source).into_iter().map(|(key, _)| key) {
            assert!(seen.insert(key.clone()), "config/lang/{name} has `{key}` twice");
            assert!(is_key(&key), "config/lang/{name}: `{key}` is not kebab-case");
        }
    }
}

#[test]
fn a_sentence_by_itself_is_the_one_in_the_file() {
    for lang in Lang::ALL {
        let (whole, sentences, keys) = (bundle(lang, source(lang)), sentences(lang), definitions(source(lang)));
        assert_eq!(sentences.len(), keys.len(), "{lang:?}");
        for (key, _) in keys {
            let alone = bundle(lang, sentences[key.as_str()].source);
            let say = |bundle: &FluentBundle<FluentResource>| {
                let pattern = bundle.get_message(&key).and_then(|message| message.value()).expect("a sentence");
                let mut faults = Vec::new();
                (bundle.format_pattern(pattern, None, &mut faults).into_owned(), format!("{faults:?}"))
            };
            assert_eq!(say(&alone), say(&whole), "{lang:?} {key}: it names no other");
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let english: BTreeMap<_, _> = definitions(ENGLISH).into_iter().collect();
    let swedish: BTreeMap<_, _> = definitions(SWEDISH).into_iter().collect();
    for (key, variables) in &english {
        let Some(theirs) = swedish.get(key) else { panic!("config/lang/sv.ftl lacks `{key}`") };
        assert_eq!(variables, theirs, "the variables of `{key}` differ between the languages");
    }
    for key in swedish.keys() {
        assert!(english.contains_key(key), "config/lang/en.ftl lacks `{key}`");
    }
}

#[test]
fn every_key_that_the_program_names_exists() {
    let known: BTreeSet<String> = definitions(ENGLISH).into_iter().map(|(key, _)| key).collect();
    let mut missing = Vec::new();
    for (path, source) in sources() {
        for key in keys_named(&source) {
            if !known.contains(&key) {
                missing.push(format!("{}: `{key}`", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "not in config/lang/*.ftl:\n{}", missing.join("\n"));
}

#[test]
fn no_key_is_left_over() {
    let named: BTreeSet<String> =
        sources().iter().flat_map(|(_, source)| literals(source)).map(|literal| literal.text).collect();
    let unused: Vec<_> = definitions(ENGLISH)
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| !named.contains(key) && !FAMILIES.iter().any(|family: &&str| key.starts_with(family)))
        .collect();
    assert!(unused.is_empty(), "no literal in src/ names these keys:\n{}", unused.join("\n"));
}

#[test]
fn the_scan_sees_keys_and_nothing_else() {
    let source = r##"
        // Phrase::new("in-a-comment")
        let c = '"'; let l: &'static str = "not-a-key"; let r = r#"Phrase::new("in-raw")"#;
        Phrase::new(if x { "one-a" } else { "one-b" }).with("name", words.tell("two"));
        with_words("three-note", "three", f(&["deeper"])); /* refuse("in-block") */
        must_be(room, State::Open, "refuse-four")?; let key = "entry-five"; my_require("no");
        #[cfg(test)]
        mod tests { fn t() { refuse("in-test"); } }
    "##;
    let mut keys = keys_named(source);
    keys.sort();
    assert_eq!(keys, ["entry-five", "one-a", "one-b", "refuse-four", "three", "three-note", "two"]);
}

#[test]
fn kinds_fit_their_column() {
    for words in Lang::ALL.map(words_in) {
        for kind in EntryKind::ALL {
            let label = words.say(&kind.label());
            assert!(label.chars().count() <= 10, "{:?}: `{label}` is longer than ten characters", words.lang());
        }
    }
}

#[test]
fn arguments_are_said_in_the_language() {
    let at = Moment::parse("2026-11-21T14:05:59+01:00").expect("a moment");
    let rang = Phrase::new("entry-rang-before")
        .with("clock", Localised([(Lang::En, "First meeting".into()), (Lang::Sv, "Första mötet".into())].into()))
        .with("time", at)
        .with("span", Arg::Minutes(72));
    assert_eq!(words_in(Lang::En).say_beside(&rang, at), "First meeting in 1 h 12 m (14:05)");
    assert_eq!(words_in(Lang::Sv).say_beside(&rang, at), "Första mötet om 1 h 12 min (14:05)");
    assert_eq!(words_in(Lang::En).say(&rang), "First meeting in 1 h 12 m (21 Nov 2026 14:05 CET)");
    let moved = |seconds: i64| words_in(Lang::Sv).say(&Phrase::new("entry-clock-moved").with("seconds", seconds));
    assert_eq!(moved(1), "Datorns klocka ställdes tillbaka 1 sekund");
    assert_eq!(moved(1200), "Datorns klocka ställdes tillbaka 1200 sekunder");
    let nested = Phrase::new("entry-text").with("text", Phrase::new("text-redacted"));
    assert_eq!(words_in(Lang::Sv).say(&nested), "[borttaget]");
}

/// A time is shown in the reader's zone, with all that it does not share with the moment it stands beside (cases 03 and 15).
#[test]
fn a_time_says_its_day_where_it_is_another() {
    let at = |text: &str| Moment::parse(text).expect("a moment");
    for (time, beside, english, swedish) in [
        ("2026-11-24T13:08:00+01:00", "2026-11-24T23:59:00+01:00", "13:08", "13:08"),
        ("2026-11-24T13:08:00+01:00", "2026-11-25T00:00:00+01:00", "24 Nov 13:08", "24 nov 13:08"),
        ("2026-03-01T08:00:00+01:00", "2026-02-28T08:00:00+01:00", "1 Mar 08:00", "1 mars 08:00"),
        ("2027-01-01T08:00:00+01:00", "2026-12-31T21:45:00+01:00", "1 Jan 2027 08:00", "1 jan 2027 08:00"),
        ("2026-05-04T08:00:00+02:00", "2026-06-04T08:00:00+02:00", "4 May 08:00", "4 maj 08:00"),
        // The writer's zones differ from the reader's: 15:45 in New York is 21:45 in Stockholm.
        ("2026-11-29T15:45:00-05:00", "2026-11-29T20:45:01+00:00", "21:45", "21:45"),
        // The same day for the writer, another for the reader, and the other way round.
        ("2026-11-29T18:30:00-05:00", "2026-11-29T17:30:00-05:00", "30 Nov 00:30", "30 nov 00:30"),
        ("2026-11-29T23:30:00+00:00", "2026-11-30T08:00:00+01:00", "00:30", "00:30"),
        // The clocks were changed in between: the zone stands beside the time, and both 02:30 are told apart.
        ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "02:30 CEST", "02:30 CEST"),
        ("2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z", "02:30 CET", "02:30 CET"),
        ("2026-07-01T10:00:00Z", "2026-11-29T20:45:00Z", "1 Jul 12:00 CEST", "1 juli 12:00 CEST"),
    ] {
        let (time, beside) = (at(time), at(beside));
        assert_eq!(words_in(Lang::En).time(time, beside), english);
        assert_eq!(words_in(Lang::Sv).time(time, beside), swedish);
        let due = Phrase::new("cli-due").with("time", time);
        assert_eq!(words_in(Lang::En).say_beside(&due, beside), format!("due {english}"));
        let nested = Phrase::new("entry-text").with("text", due);
        assert_eq!(words_in(Lang::En).say_beside(&nested, beside), format!("due {english}"), "said inside another");
    }
    let (words, late) = (words_in(Lang::En), at("2026-11-29T23:30:59Z"));
    assert_eq!(words.time_to_second(late, at("2026-11-29T20:00:00Z")), "30 Nov 00:30:59");
    assert_eq!(words.stamp(late), "2026-11-30 00:30 CET");
    assert_eq!(words.day(late), "Monday 30 November 2026");
}

#[test]
fn a_persons_words_are_data() {
    let words = words_in(Lang::En);
    for text in ["{ $x } { entry-text }", "", "\u{202E}abc\u{1b}[31m", "a\nb\r\n  c"] {
        assert_eq!(words.say(&Phrase::new("entry-text").with("text", text)), text);
        let inside = words.say(&Phrase::new("entry-left").with("person", text));
        assert_eq!(inside, format!("{text} left"));
    }
}

#[test]
fn an_unknown_key_is_shown_as_itself() {
    for words in Lang::ALL.map(words_in) {
        assert_eq!(words.tell("from-a-newer-version"), "from-a-newer-version");
        assert_eq!(words.say(&Phrase::new("from-a-newer-version").with("x", 1_i64)), "from-a-newer-version");
    }
}

#[test]
fn days_and_spans() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let (english, swedish) = (words_in(Lang::En), words_in(Lang::Sv));
    assert_eq!(english.date(day), "Saturday 21 November 2026");
    assert_eq!(swedish.date(day), "lördag 21 november 2026");
    for (minutes, en, sv) in [
        (0, "0 m", "0 min"),
        (45, "45 m", "45 min"),
        (60, "1 h", "1 h"),
        (72, "1 h 12 m", "1 h 12 min"),
        (2 * 1440, "2 d", "2 d"),
        (2 * 1440 + 3 * 60 + 7, "2 d 3 h", "2 d 3 h"),
        (-72, "1 h 12 m", "1 h 12 min"),
    ] {
        assert_eq!(english.span(minutes), en);
        assert_eq!(swedish.span(minutes), sv);
    }
    for (seconds, age) in [(-5, "0m"), (59, "0m"), (27 * 60, "27m"), (72 * 60, "1 h 12 m")] {
        assert_eq!(english.age(Duration::seconds(seconds)), age);
    }
    for (seconds, text) in [(0, "T+00:00:00"), (6130, "T+01:42:10"), (500_000, "T+138:53:20"), (-4, "T+00:00:00")] {
        assert_eq!(elapsed(seconds), text);
    }
    for (seconds, text) in [(1070, "17:50"), (0, "00:00"), (4670, "1:17:50"), (-130, "+02:10"), (-3600, "+1:00:00")] {
        assert_eq!(countdown(Duration::seconds(seconds)), text);
    }
}

#[test]
fn the_language_is_chosen_in_order() {
    let env = |pairs: &'static [(&'static str, &'static str)]| {
        move |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    let swedish = env(&[("LANG", "sv_SE.UTF-8")]);
    assert_eq!(choose(None, None, env(&[])), Lang::En);
    assert_eq!(choose(None, None, swedish), Lang::Sv);
    assert_eq!(choose(None, Some(Lang::En), swedish), Lang::En);
    assert_eq!(choose(None, Some(Lang::En), env(&[("KLOCK_LANG", "sv")])), Lang::Sv);
    assert_eq!(choose(Some(Lang::En), Some(Lang::Sv), env(&[("KLOCK_LANG", "sv")])), Lang::En);
    assert_eq!(choose(None, None, env(&[("LC_ALL", "C.UTF-8"), ("LANG", "sv_SE")])), Lang::En);
    assert_eq!(choose(None, None, env(&[("LC_ALL", ""), ("LC_MESSAGES", "sv_SE")])), Lang::Sv);
    assert_eq!(choose(None, None, env(&[("KLOCK_LANG", "xx"), ("LANG", "sv")])), Lang::Sv);
    assert_eq!(choose(None, None, env(&[("LANG", "svx_SE")])), Lang::En);
}

#[test]
fn words_are_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&words_in(Lang::Sv));
}

/// The messages of a Fluent source with the variables each mentions.
fn definitions(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic())
            && let Some((key, _)) = line.split_once('=')
        {
            found.push((key.trim().to_owned(), BTreeSet::new()));
        }
        let mut rest = line;
        while let Some((_, after)) = rest.split_once('$') {
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(after.len());
            if let Some((_, variables)) = found.last_mut().filter(|_| end > 0) {
                variables.insert(after[..end].to_owned());
            }
            rest = &after[end..];
        }
    }
    found
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn keys_named(source: &str) -> Vec<String> {
    literals(source)
        .into_iter()
        .filter(|literal| is_key(&literal.text))
        .filter(|literal| literal.keyed || KEY_PREFIXES.iter().any(|prefix| literal.text.starts_with(prefix)))
        .map(|literal| literal.text)
        .collect()
}

/// Every source file of the program but the tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(place) = waiting.pop() {
        for entry in std::fs::read_dir(&place).expect("a readable directory") {
            let path = entry.expect("a directory entry").path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "tests") {
                    waiting.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let source = std::fs::read_to_string(&path).expect("a readable source file");
                found.push((path, source));
            }
        }
    }
    found
}

/// A string literal, and whether it stands directly in a call that takes message keys.
struct Literal {
    text: String,
    keyed: bool,
}

/// The string literals of Rust source up to its test module; comments are passed over.
fn literals(source: &str) -> Vec<Literal> {
    let end = source.find("#[cfg(test)]\nmod tests {").or_else(|| {
        // The attribute may be indented, as in a source quoted by a test.
        source
            .match_indices("#[cfg(test)]")
            .map(|(at, _)| at)
            .find(|at| source[*at..].trim_start_matches("#[cfg(test)]").trim_start().starts_with("mod tests {"))
    });
    let code: Vec<char> = source[..end.unwrap_or(source.len())].chars().collect();
    let mut found = Vec::new();
    // Whether each open parenthesis or bracket belongs to a call that takes keys.
    let mut open: Vec<bool> = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while at < code.len() {
        let rest = &code[at..];
        match rest {
            ['/', '/', ..] => at += rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => at += rest.windows(2).position(|two| two == ['*', '/']).map_or(rest.len(), |n| n + 2),
            ['r', '"', ..] | ['r', '#', ..] if !plain.ends_with(|c: char| c.is_alphanumeric() || c == '_') => {
                let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
                if rest.get(1 + hashes) != Some(&'"') {
                    plain.push('r');
                    at += 1;
                    continue;
                }
                let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                let body = 2 + hashes;
                let length = rest[body..].windows(close.len()).position(|w| w == close).unwrap_or(rest.len() - body);
                found.push(Literal { text: rest[body..body + length].iter().collect(), keyed: false });
                at += (body + length + close.len()).min(rest.len());
            }
            ['"', ..] => {
                let mut text = String::new();
                let mut next = 1;
                while next < rest.len() && rest[next] != '"' {
                    if rest[next] == '\\' {
                        next += 1;
                    }
                    text.extend(rest.get(next));
                    next += 1;
                }
                found.push(Literal { text, keyed: open.last().copied().unwrap_or(false) });
                at += next + 1;
            }
            ['\'', '\\', _, ..] => at += rest[3..].iter().position(|c| *c == '\'').map_or(rest.len(), |n| n + 4),
            ['\'', _, '\'', ..] => at += 3,
            ['(' | '[', ..] => {
                open.push(KEYED.iter().any(|call| calls(&plain, call)));
                plain.push('(');
                at += 1;
            }
            [')' | ']', ..] => {
                open.pop();
                plain.push(')');
                at += 1;
            }
            [c, ..] => {
                if !c.is_whitespace() || plain.ends_with(|c: char| !c.is_whitespace()) {
                    plain.push(*c);
                }
                at += 1;
            }
            [] => break,
        }
    }
    found
}

/// Whether the code so far ends in the name `call`, as a whole word.
fn calls(plain: &str, call: &str) -> bool {
    plain
        .trim_end()
        .strip_suffix(call)
        .is_some_and(|before| call.starts_with('.') || !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}
