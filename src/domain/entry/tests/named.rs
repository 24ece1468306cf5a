//! Times with a name, the end of a day, times of programs, and what is said of those that are not read.

use super::*;
use crate::domain::phrase::Phrase;

fn time(text: &str, purpose: Purpose) -> Result<Moment, String> {
    parse_time(text, purpose, now(), &stockholm()).map_err(|why| why.key.into_owned())
}

fn keys(phrases: Vec<Phrase>) -> Vec<String> {
    phrases.into_iter().map(|phrase| phrase.key.into_owned()).collect()
}

#[test]
fn noon_and_midnight_are_times() {
    for (text, expected) in [
        ("noon", "22T12:00:00"),
        ("midday", "22T12:00:00"),
        ("mitt på dagen", "22T12:00:00"),
        ("midnight", "22T00:00:00"),
        ("midnatt", "22T00:00:00"),
        ("24:00", "22T00:00:00"),
        ("tomorrow noon", "22T12:00:00"),
        ("tomorrow at noon", "22T12:00:00"),
        ("noon tomorrow", "22T12:00:00"),
        ("friday noon", "27T12:00:00"),
        ("fredag mitt på dagen", "27T12:00:00"),
        ("friday midnight", "28T00:00:00"),
        ("2026-11-27 24:00", "28T00:00:00"),
    ] {
        assert_eq!(time(text, Purpose::Due), Ok(at(expected)), "{text}");
        assert_eq!(time(text, Purpose::Start), Ok(at(expected)), "{text}");
    }
    for (text, expected) in [
        ("noon", "21T12:00:00"),
        ("midnight", "21T00:00:00"),
        ("y noon", "20T12:00:00"),
        ("2026-11-20 24:00", "21T00:00:00"),
    ] {
        assert_eq!(time(text, Purpose::Happened), Ok(at(expected)), "{text}");
    }
    assert_eq!(time("24:01", Purpose::Due), Err("time-ahead-not-understood".to_owned()));
    for line in ["noon shift reports errors", "midnight deploy failed", "2026-11-20 midnight deploy failed"] {
        assert_eq!((english(line).at, english(line).text.as_str()), (None, line));
    }
    assert_eq!(english("24:00 x").at, Some(at("21T00:00:00")));
    assert_eq!(english("2026-11-20 24:00 x").at, Some(at("21T00:00:00")));
}

#[test]
fn a_part_of_a_day_is_not_its_end() {
    for (line, expected) in [
        ("act: renew by friday noon", Some("27T12:00:00")),
        ("act: renew by noon tomorrow", Some("22T12:00:00")),
        ("act: renew by midnight", Some("22T00:00:00")),
        ("act: renew by friday morning", None),
        ("act: renew by tomorrow evening", None),
        ("act: renew by friday eod", None),
    ] {
        assert_eq!(english(line).facets.due, expected.map(at), "{line}");
    }
    for line in [
        "åtg: byt på disken senast på fredag morgon",
        "åtg: byt senast i morgon förmiddag",
        "åtg: byt senast fredag kväll",
    ] {
        assert_eq!(read(line, Lang::Sv).facets.due, None, "{line}");
    }
    assert_eq!(read("åtg: byt senast fredag mitt på dagen", Lang::Sv).facets.due, Some(at("27T12:00:00")));
    for text in ["friday morning", "fredag morgon", "tomorrow evening"] {
        assert_eq!(time(text, Purpose::Due), Err("time-ahead-not-understood".to_owned()), "{text}");
    }
}

#[test]
fn what_looks_like_a_due_time_and_sets_none_is_said() {
    for (line, undue) in [
        ("act: renew by friday morning", Some("by friday morning")),
        ("act: renew by 31 Nov 10:00 sharp", Some("by 31 Nov 10:00")),
        ("act: renew by 25:00.", Some("by 25:00")),
        ("act: renew by 20 nov", Some("by 20 nov")),
        ("d: fail back by 15:30 IST", Some("by 15:30 IST")),
        ("act: renew by noon", Some("by noon")),
        ("act: renew by hand", None),
        ("act: reduce by 20 percent", None),
        ("act: renew by friday", None),
        ("act: renew by midnight", None),
        ("act: sent by may", None),
        ("renewed by friday morning", None),
    ] {
        assert_eq!(english(line).undue.as_deref(), undue, "{line}");
        let said = undue.map(|_| "entry-undue".to_owned());
        assert_eq!(keys(remarks(&english(line))).into_iter().find(|key| key == "entry-undue"), said, "{line}");
    }
    let parsed = parse_whole("byt senast på fredag morgon", Kind::Action, now(), &stockholm(), Lang::Sv, &[]);
    assert_eq!(parsed.undue.as_deref(), Some("senast på fredag morgon"));
}

#[test]
fn times_of_programs() {
    for (line, text) in [
        ("20261121T130512Z looking", "looking"),
        ("20261121T140512 looking", "looking"),
        ("20261121T140512+0100: looking", "looking"),
        ("[20261121T130512.000Z] looking", "looking"),
        ("I1121 14:05:12.000000   12 pool.go:7] looking", "I 12 pool.go:7] looking"),
        ("E1121 14:05:12 looking", "E looking"),
        ("1795266312 looking", "looking"),
        ("1795266312000 looking", "looking"),
        ("[1795266312] looking", "looking"),
        ("(1795266312.000) looking", "looking"),
        ("192.0.2.7 - - [21/Nov/2026:14:05:12 +0100] \"GET / HTTP/1.1\" 200", ""),
        ("lb-2:443 192.0.2.7 - eva [21/Nov/2026:13:05:12 +0000] \"GET / HTTP/1.1\" 200", ""),
    ] {
        let parsed = english(line);
        assert_eq!(parsed.at, Some(at("21T14:05:12")), "{line}");
        assert_eq!(parsed.text, if text.is_empty() { line } else { text }, "{line}");
    }
    assert_eq!(english("1795266312.250 x").at, Some(moment("2026-11-21T14:05:12.250+01:00")));
    // Other numbers.
    for line in [
        "4711471147 orders failed",
        "1000000000 rows",
        "1795270000 rows",
        "17952663121 rows",
        "20261321T140512 x",
        "I1321 14:05:12 x",
        "a - b [14:05]",
    ] {
        let parsed = english(line);
        assert_eq!((parsed.at, parsed.facets.due, parsed.text.as_str()), (None, None, line));
    }
    assert!(matches!(english("1700000000 rows").unread, Some(Unread::Old(_))));
}

#[test]
fn what_looks_like_a_time_at_the_start_and_is_none_is_said() {
    for (line, odd) in [
        ("25:61 x", Some("25:61")),
        ("- 25:61: x", Some("25:61")),
        ("[14:05:99] x", Some("14:05:99")),
        ("2026-13-45 10:00 x", Some("2026-13-45 10:00")),
        ("2026-02-30T10:00:00 x", Some("2026-02-30T10:00:00")),
        ("05/11/2026 10:00 x", Some("05/11/2026 10:00")),
        ("14:05-14:20 x", Some("14:05-14:20")),
        ("14:05 x", None),
        ("15:30 x", None),
        ("16:9 screens", None),
        ("00:1a:2b:3c:4d:5e joined", None),
        ("00:11:22:33:44:55 joined", None),
        ("10.15.30.4 x", None),
        ("20.04 is old", None),
        ("call Eva 25:61", None),
        ("d: 25:61", None),
        ("2026-11-20 maintenance", None),
    ] {
        assert_eq!(english(line).odd.as_deref(), odd, "{line}");
        assert_eq!(keys(remarks(&english(line))).contains(&"stamp-not-read".to_owned()), odd.is_some(), "{line}");
    }
}
