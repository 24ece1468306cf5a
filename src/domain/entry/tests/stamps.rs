//! Times at the start of a line, as people, chats and programs write them (cases 04 and 08), and times ahead (A3).

use super::*;
use crate::domain::phrase::Phrase;

/// What `line` says at 14:47:10: when it happened, and its words.
fn taken(line: &str, lang: Lang) -> (Option<Moment>, String) {
    let parsed = read(line, lang);
    (parsed.at, parsed.text)
}

#[test]
fn halves_of_the_day() {
    for (line, expected) in [
        ("1:04 PM x", "13:04:00"),
        ("1:04pm x", "13:04:00"),
        ("1:04 p.m. x", "13:04:00"),
        ("1:04\u{202f}PM x", "13:04:00"),
        ("1:04:30 Pm x", "13:04:30"),
        ("01:04 PM: x", "13:04:00"),
        ("12:05 AM x", "00:05:00"),
        ("12:05 a.m. x", "00:05:00"),
        ("12:05 PM x", "12:05:00"),
        ("13:04 PM x", "13:04:00"),
        ("1 PM x", "13:00:00"),
        ("9am x", "09:00:00"),
        ("1.04 PM x", "13:04:00"),
        ("1.04pm: x", "13:04:00"),
        ("12.05 a.m. x", "00:05:00"),
    ] {
        assert_eq!(taken(line, Lang::En), (Some(at(&format!("21T{expected}"))), "x".to_owned()), "{line}");
    }
    // Without the half it may be an amount.
    assert_eq!(taken("1.04 x", Lang::En), (None, "1.04 x".to_owned()));
    for (line, expected) in
        [("kl 1.04 em x", "13:04:00"), ("9:15 fm x", "09:15:00"), ("kl 9 x", "09:00:00"), ("09.15 f.m. x", "09:15:00")]
    {
        assert_eq!(taken(line, Lang::Sv), (Some(at(&format!("21T{expected}"))), "x".to_owned()), "{line}");
    }
    for line in ["13:04 AM x", "0:30 PM x"] {
        let parsed = english(line);
        assert_eq!((parsed.at, parsed.text.as_str()), (None, line));
        assert!(matches!(parsed.unread, Some(Unread::Clock(_))), "{line}");
    }
    // A word that begins like one is none.
    assert_eq!(taken("13:04 AMQP is down", Lang::En), (Some(at("21T13:04:00")), "AMQP is down".to_owned()));
    assert_eq!(taken("1 problem", Lang::En), (None, "1 problem".to_owned()));
}

#[test]
fn zones() {
    for (line, expected) in [
        ("13:04 UTC x", "21T14:04:00"),
        ("13:04 utc: x", "21T14:04:00"),
        ("13:04Z x", "21T14:04:00"),
        ("13:04 Z x", "21T14:04:00"),
        ("13:04 GMT - x", "21T14:04:00"),
        ("13:04 CET x", "21T13:04:00"),
        ("13:04 CEST x", "21T12:04:00"),
        ("13:04 (CET) x", "21T13:04:00"),
        ("13:04 [UTC] x", "21T14:04:00"),
        ("13:04UTC x", "21T14:04:00"),
        ("13:04, UTC: x", "21T14:04:00"),
        ("09:04 UTC−4 x", "21T14:04:00"),
        ("03:04 PST x", "21T12:04:00"),
        ("3:04 AM PST x", "21T12:04:00"),
        ("08:04 EST x", "21T14:04:00"),
        ("08:04 EDT x", "21T13:04:00"),
        ("8:04 AM ET x", "21T14:04:00"),
        ("7:04 AM CT x", "21T14:04:00"),
        ("13:04+02:00 x", "21T12:04:00"),
        ("13:04 +02:00 x", "21T12:04:00"),
        ("13:04 UTC+2 x", "21T12:04:00"),
        ("13:04 GMT-01:00 x", "20T15:04:00"),
        ("13:04 Europe/Stockholm x", "21T13:04:00"),
        ("08:04 America/New_York x", "21T14:04:00"),
        ("22:04 JST x", "21T14:04:00"),
    ] {
        let expected = (!line.contains("GMT-01")).then(|| at(expected));
        let text = if expected.is_some() { "x" } else { line };
        assert_eq!(taken(line, Lang::En), (expected, text.to_owned()), "{line}");
    }
    for zone in ["IST", "CST", "BST", "Europe/Stokholm"] {
        let line = format!("13:04 {zone} d: the pager went off");
        let parsed = english(&line);
        assert_eq!((parsed.at, parsed.text, parsed.explicit_kind), (None, line, false));
        assert_eq!(parsed.unread, Some(Unread::Zone(zone.to_owned())));
    }
    // What only looks like a zone.
    for (line, text) in [
        ("13:04 DNS is down", "DNS is down"),
        ("13:04 +2 nodes joined", "+2 nodes joined"),
        ("13:04 +1000 rows", "+1000 rows"),
        ("13:04 west region is down", "west region is down"),
        ("13:04 CT scanner is down", "CT scanner is down"),
        ("13:04 est. 20 users", "est. 20 users"),
        ("13:04 TCP/IP resets", "TCP/IP resets"),
    ] {
        assert_eq!(taken(line, Lang::En), (Some(at("21T13:04:00")), text.to_owned()), "{line}");
    }
}

#[test]
fn frames_around_a_time() {
    for (line, text) in [
        ("\u{200e}[14:05:12] eva: \u{200e}image omitted", "eva: \u{200e}image omitted"),
        ("\u{feff}14:05:12 looking", "looking"),
        ("<34>14:05:12 looking", "looking"),
        ("<34>Nov 21 14:05:12 lb-2 app: looking", "lb-2 app: looking"),
        ("<165>1 2026-11-21T14:05:12+01:00 lb-2 app - - - looking", "lb-2 app - - - looking"),
        ("[14:05:12] <eva> looking at lb-2", "<eva> looking at lb-2"),
        ("[14:05:12]: looking", "looking"),
        ("[14:05:12]eva: looking", "eva: looking"),
        ("14:05:12 <eva> looking", "<eva> looking"),
        ("14:05:12<eva> looking", "<eva> looking"),
        ("(14:05:12) eva: looking", "eva: looking"),
        ("<14:05:12> looking", "looking"),
        ("14:05:12: looking", "looking"),
        ("14:05:12, looking", "looking"),
        ("14:05:12 - looking", "looking"),
        ("14:05:12 – looking", "looking"),
        ("14:05:12—looking", "looking"),
        ("14:05:12 | looking", "looking"),
        ("14:05:12;looking", "looking"),
        ("- 14:05:12 looking", "looking"),
        ("* 14:05:12 looking", "looking"),
        ("• 14:05:12: looking", "looking"),
        ("– 14:05:12 looking", "looking"),
        ("> 14:05:12 looking", "looking"),
        ("1. 14:05:12 looking", "looking"),
        ("12) 14:05:12 looking", "looking"),
        ("- [ ] 14:05:12 looking", "looking"),
        ("- [x] 14:05:12 looking", "looking"),
        ("- [14:05:12] looking", "looking"),
        ("**14:05:12** looking", "looking"),
        ("- **14:05:12:** looking", "looking"),
        ("`14:05:12` looking", "looking"),
        ("_14:05:12_ looking", "looking"),
        ("{14:05:12} looking", "looking"),
        ("## 14:05:12 looking", "looking"),
        ("☐ 14:05:12 looking", "looking"),
        ("| 14:05:12 | looking |", "looking |"),
        ("kl 14:05:12 looking", "looking"),
        ("  14:05:12\tlooking", "looking"),
        ("[2:05:12 PM] looking", "looking"),
        ("2026-11-21T14:05:12+01:00 looking", "looking"),
        ("2026-11-21T13:05:12Z looking", "looking"),
        ("2026-11-21T13:05:12.000000123Z looking", "looking"),
        ("2026-11-21 14:05:12,000 looking", "looking"),
        ("2026-11-21 14:05:12.000 +0100 looking", "looking"),
        ("2026-11-21 13:05:12 UTC looking", "looking"),
        ("2026-11-21 14:05:12+01 looking", "looking"),
        ("2026-11-21, 14:05:12 looking", "looking"),
        ("[2026-11-21 14:05:12,000] looking", "looking"),
        ("[2026-11-21T13:05:12Z INFO  pool] looking", "[INFO  pool] looking"),
        ("[2026-11-21T14:05:12,000][INFO ] looking", "[INFO ] looking"),
        ("2026/11/21 14:05:12 looking", "looking"),
        ("21.11.2026 14:05:12 looking", "looking"),
        ("[21/11/2026, 14:05:12] looking", "looking"),
        ("[11/21/26, 2:05:12 PM] looking", "looking"),
        ("21/11 14:05:12 looking", "looking"),
        ("today at 14:05:12 looking", "looking"),
        ("11/21/2026 2:05:12 PM looking", "looking"),
        ("[21/Nov/2026:14:05:12 +0100] looking", "looking"),
        ("Nov 21 14:05:12 looking", "looking"),
        ("21 Nov 14:05:12 looking", "looking"),
        ("[Sat Nov 21 14:05:12 2026] looking", "looking"),
        ("Sat Nov 21 14:05:12 CET 2026 looking", "looking"),
        ("Sat, 21 Nov 2026 14:05:12 +0100 looking", "looking"),
        ("today 14:05:12 looking", "looking"),
    ] {
        assert_eq!(taken(line, Lang::En), (Some(at("21T14:05:12")), text.to_owned()), "{line}");
    }
    assert_eq!(taken("2026-11-21 14:05:12,250 x", Lang::En).0, Some(moment("2026-11-21T14:05:12.250+01:00")));
    assert_eq!(taken("kl. 14.05: omstart", Lang::Sv), (Some(at("21T14:05:00")), "omstart".to_owned()));
    assert_eq!(taken("14.05 - omstart", Lang::Sv), (Some(at("21T14:05:00")), "omstart".to_owned()));
    assert_eq!(taken("- 14:05 d: fail over", Lang::En), (Some(at("21T14:05:00")), "fail over".to_owned()));
    assert_eq!(english("- 14:05: d: fail over").kind, Kind::Note(NoteKind::Decision));
}

#[test]
fn what_only_looks_like_a_time_at_the_start() {
    for line in [
        "14:05-14:20 gateway down",
        "14:05 - 14:20 gateway down",
        "14:05–14:20 gateway down",
        "14:05 to 14:20 gateway down",
        "- gateway down",
        "1. gateway down",
        "[gateway] down",
        "10.15.30.4 does not answer",
        "10.15.30 is released",
        "00:1a:2b:3c:4d:5e joined",
        "00:11:22:33:44:55 joined",
        "14:05:12:99 x",
        "3.14 is pi",
        "12.50 kr paid",
        "20.04 LTS is old",
        "14.05 % of all calls fail",
        "20.04 is to be upgraded",
        "friday 15:00 the vendor patches",
        "2026-11-20 maintenance day",
        "05/11/2026 10:00 which of the two",
        "14:05",
        "[14:05]",
    ] {
        let parsed = english(line);
        assert_eq!(parsed.text, line);
        assert!(parsed.at.is_none() || line.trim_matches(['[', ']']) == "14:05", "{line}: {:?}", parsed.at);
        assert_eq!(parsed.facets.due, None, "{line}");
    }
}

#[test]
fn a_time_ahead_is_a_plan_and_never_yesterday() {
    let evening = moment("2026-11-21T20:39:00+01:00");
    let read = |line: &str| parse(line, evening, &stockholm(), Lang::En, &[]);
    let parsed = read("21:04 vendor calls back");
    assert_eq!((parsed.at, parsed.facets.due), (None, Some(at("21T21:04:00"))));
    assert_eq!((parsed.text.as_str(), parsed.happened_at()), ("21:04 vendor calls back", evening));
    assert!(parsed.is_plan());
    assert_eq!(parsed.spans, [(0..5, EntryPart::Due)]);
    for (line, due, text) in [
        ("21:04 d: fail over", "21T21:04:00", "21:04 fail over"),
        ("2026-11-23 10:00 maintenance", "23T10:00:00", "2026-11-23 10:00 maintenance"),
        ("tomorrow 08:00 vendor calls", "22T08:00:00", "tomorrow 08:00 vendor calls"),
        ("13:04 PST vendor calls", "21T22:04:00", "13:04 PST vendor calls"),
        ("- 21:04: vendor calls", "21T21:04:00", "- 21:04: vendor calls"),
        ("9:04 pm vendor calls", "21T21:04:00", "9:04 pm vendor calls"),
    ] {
        let parsed = read(line);
        assert_eq!((parsed.at, parsed.facets.due, parsed.text.as_str()), (None, Some(at(due)), text), "{line}");
    }
    // Said so, it is yesterday; and an obstacle is due at no time.
    assert_eq!(read("y 21:04 vendor called").at, Some(at("20T21:04:00")));
    assert_eq!(read("2026-11-20 21:04 vendor called").at, Some(at("20T21:04:00")));
    assert_eq!(read("21:04 obst: vendor calls").text, "21:04 vendor calls");
    // A minute ahead is now: clocks differ.
    assert_eq!(read("20:40 x").at, Some(at("21T20:40:00")));
}

#[test]
fn after_midnight_a_late_time_is_last_nights() {
    let night = moment("2026-11-22T00:30:00+01:00");
    let read = |line: &str| parse(line, night, &stockholm(), Lang::En, &[]);
    assert_eq!(read("23:50 x").at, Some(at("21T23:50:00")));
    assert_eq!(read("19:00 x").at, Some(at("21T19:00:00")));
    assert_eq!(read("00:10 x").at, Some(at("22T00:10:00")));
    let parsed = read("18:00 x");
    assert_eq!((parsed.at, parsed.facets.due), (None, Some(at("22T18:00:00"))));
}

#[test]
fn a_line_of_a_log_tells_of_what_has_been() {
    let read = |line: &str, now: &str| parse_one_of_many(line, moment(now), &stockholm(), Lang::En, &[]);
    let night = "2026-11-22T00:30:00+01:00";
    for (line, expected) in [
        ("[14:05:12] x", "21T14:05:12"),
        ("18:00 x", "21T18:00:00"),
        ("23:50 x", "21T23:50:00"),
        ("00:10 x", "22T00:10:00"),
    ] {
        assert_eq!(read(line, night).at, Some(at(expected)), "{line}");
    }
    assert_eq!(read("[22:10:00] x", "2026-11-22T09:00:00+01:00").at, Some(at("21T22:10:00")));
    // What is nearer ahead stays text, and plans nothing.
    for (line, now) in
        [("21:04 vendor calls back", "2026-11-21T20:39:00+01:00"), ("23:50 x", "2026-11-21T13:05:00+01:00")]
    {
        let parsed = read(line, now);
        assert_eq!((parsed.at, parsed.facets.due, parsed.text.as_str()), (None, None, line));
        assert!(matches!(parsed.unread, Some(Unread::Ahead(_))));
    }
}

#[test]
fn years_that_cannot_be_meant_stay_text() {
    for line in ["0026-11-20 10:00 x", "2016-11-20 10:00 x", "1969-12-31 10:00 x"] {
        let parsed = english(line);
        assert_eq!((parsed.at, parsed.text.as_str()), (None, line));
        assert!(matches!(parsed.unread, Some(Unread::Old(_))), "{line}");
    }
    for line in ["20226-11-20 10:00 x", "9999-11-20 10:00 x"] {
        let parsed = english(line);
        assert_eq!((parsed.at, parsed.facets.due, parsed.text.as_str()), (None, None, line));
    }
}

#[test]
fn many_lines_are_counted() {
    // Case 08.
    let count = |lines: &[&str]| {
        let mut tally = EntryTally::default();
        for line in lines {
            tally.count(line, &parse_one_of_many(line, now(), &stockholm(), Lang::En, &[]));
        }
        tally.phrases().into_iter().map(|phrase| phrase.key.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(count(&["14:05 a", "14:06 b"]), Vec::<String>::new());
    assert_eq!(count(&["a", "mitigated by 16:10", "C++ 20:1"]), Vec::<String>::new(), "no line begins with a time");
    assert_eq!(count(&["14:05 a", "b"]), ["tally-untimed"]);
    assert_eq!(count(&["eva 14:05 a", "b"]), ["tally-untimed"]);
    assert_eq!(count(&["14:05 IST a"]), ["tally-untimed"]);
    assert_eq!(count(&["14:05 a", "15:10 b", "c"]), ["tally-untimed", "tally-ahead"]);
    let mut tally = EntryTally::default();
    let night = moment("2026-11-22T00:30:00+01:00");
    for line in ["14:05 a", "23:50 b", "y 23:50 c", "00:10 d"] {
        tally.count(line, &parse_one_of_many(line, night, &stockholm(), Lang::En, &[]));
    }
    let said = Phrase::new("tally-last-night").with("count", 2_u64).with("lines", 4_u64).with("day", "2026-11-21");
    assert_eq!(tally.phrases(), [said]);
}
