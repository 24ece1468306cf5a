//! Times where a time is asked for: every form in every place, what is refused and why.

use super::*;
use crate::domain::phrase::Phrase;

fn time(text: &str, purpose: Purpose) -> Result<Moment, Phrase> {
    parse_time(text, purpose, now(), &stockholm())
}

fn fault(text: &str, purpose: Purpose) -> String {
    time(text, purpose).expect_err(text).key.into_owned()
}

#[test]
fn what_has_happened() {
    for (text, expected) in [
        ("1430", "21T14:30:00"),
        ("14.30", "21T14:30:00"),
        ("9.05", "21T09:05:00"),
        ("kl 14.30", "21T14:30:00"),
        ("klockan 14", "21T14:00:00"),
        ("at 14:30", "21T14:30:00"),
        (" 14:30 ", "21T14:30:00"),
        ("2:30 PM", "21T14:30:00"),
        ("13:30 UTC", "21T14:30:00"),
        ("-12m", "21T14:35:10"),
        ("12m ago", "21T14:35:10"),
        ("1 h 30 min ago", "21T13:17:10"),
        ("för 12 min sedan", "21T14:35:10"),
        ("[14:30]", "21T14:30:00"),
        ("(20 nov 12:00)", "20T12:00:00"),
        ("-1h30m", "21T13:17:10"),
        ("now", "21T14:47:10"),
        ("nu", "21T14:47:10"),
        ("i går 23:50", "20T23:50:00"),
        ("igår 23.50", "20T23:50:00"),
        ("y 23:50", "20T23:50:00"),
        ("yesterday at 23:50", "20T23:50:00"),
        ("23:50 yesterday", "20T23:50:00"),
        ("today 10:00", "21T10:00:00"),
        ("fri 15:00", "20T15:00:00"),
        ("on friday at 15:00", "20T15:00:00"),
        ("fredag 15.00", "20T15:00:00"),
        ("sat 15:00", "14T15:00:00"),
        ("sat 14:00", "21T14:00:00"),
        ("20 nov 12:00", "20T12:00:00"),
        ("Nov 20 12:00", "20T12:00:00"),
        ("2026-11-20 23:50", "20T23:50:00"),
        ("2026-11-20T23:50", "20T23:50:00"),
        ("2026-11-20T22:50:00Z", "20T23:50:00"),
        ("2026-11-20 22:50:00.000 +0000", "20T23:50:00"),
        ("20.11.2026 23:50", "20T23:50:00"),
    ] {
        assert_eq!(time(text, Purpose::Happened), Ok(at(expected)), "{text}");
        assert_eq!(time(text, Purpose::Happened).map(|at| at.to_string()), Ok(at(expected).to_string()), "{text}");
    }
    for text in ["", "143", "14305", "soon", "14:30 or so", "99:99", "0m0", "-12", "14:05\nx", "13:04 AM", "20m"] {
        assert_eq!(time(text, Purpose::Happened), Err(Phrase::new("time-not-understood").with("text", text)), "{text}");
    }
    for (text, why) in [
        ("friday", "time-lacks-clock"),
        ("2026-11-20", "time-lacks-clock"),
        ("21:04", "time-not-yet"),
        ("9:04 pm", "time-not-yet"),
        ("tomorrow 08:00", "time-not-yet-day"),
        ("2026-11-22 08:00", "time-not-yet-day"),
        ("20226-11-20 08:00", "time-too-far"),
        ("+5m", "time-not-yet-day"),
        ("13:04 IST", "time-zone-unclear"),
    ] {
        assert_eq!(fault(text, Purpose::Happened), why, "{text}");
    }
}

#[test]
fn years_that_are_slips() {
    // Case 26.
    for text in ["0026-11-20 10:00", "2016-11-20 10:00", "1960-01-01 10:00"] {
        assert_eq!(fault(text, Purpose::Happened), "time-too-old", "{text}");
    }
    let long_ago = moment("2016-11-20T10:00:00+01:00");
    assert_eq!(time("2016-11-20 10:00", Purpose::HappenedLongAgo), Ok(long_ago));
    assert_eq!(fault("0026-11-20 10:00", Purpose::HappenedLongAgo), "time-too-old");
    for purpose in [Purpose::Due, Purpose::Start] {
        for (text, why) in [
            ("20226-11-20 10:00", "time-too-far"),
            ("9999-11-20 10:00", "time-too-far"),
            ("2036-11-20 10:00", "time-too-far"),
            ("2016-11-20 10:00", "time-too-old"),
            ("0026-11-20 10:00", "time-too-old"),
        ] {
            assert_eq!(fault(text, purpose), why, "{text}");
        }
    }
    assert_eq!(time("2016-11-20", Purpose::Since), Ok(moment("2016-11-20T00:00:00+01:00")), "an old room is read");
    assert_eq!(fault("0026-11-20", Purpose::Since), "time-too-old");
    assert_eq!(fault("20226-11-20", Purpose::Until), "time-too-far");
}

#[test]
fn what_is_to_come() {
    for (text, expected) in [
        ("16:00", "21T16:00:00"),
        ("1600", "21T16:00:00"),
        ("kl 16", "21T16:00:00"),
        ("4 pm", "21T16:00:00"),
        ("08.00", "22T08:00:00"),
        ("+20m", "21T15:07:10"),
        ("20m", "21T15:07:10"),
        ("in 20 min", "21T15:07:10"),
        ("om 20 min", "21T15:07:10"),
        ("[16:00]", "21T16:00:00"),
        ("1 h 30 m", "21T16:17:10"),
        ("tomorrow 08:00", "22T08:00:00"),
        ("i morgon 08:00", "22T08:00:00"),
        ("imorgon 8.00", "22T08:00:00"),
        ("08:00 tomorrow", "22T08:00:00"),
        ("2026-11-23 08:00", "23T08:00:00"),
        ("mon 08:00", "23T08:00:00"),
        ("måndag 08.00", "23T08:00:00"),
        ("15.00 på fredag", "27T15:00:00"),
        ("saturday 10:00", "28T10:00:00"),
        ("saturday at 10", "28T10:00:00"),
        ("tomorrow at 8", "22T08:00:00"),
        ("imorgon kl 8", "22T08:00:00"),
        ("23 nov 8:00", "23T08:00:00"),
        ("15:30 UTC", "21T16:30:00"),
        ("now", "21T14:47:10"),
    ] {
        for purpose in [Purpose::Due, Purpose::Start] {
            assert_eq!(time(text, purpose), Ok(at(expected)), "{text}");
        }
    }
    for text in ["y 14:05", "14:05 yesterday", "2026-11-20 16:00", "today 14:45", "2025-12-01 15:00"] {
        for purpose in [Purpose::Due, Purpose::Start] {
            assert_eq!(fault(text, purpose), "time-passed", "{text}");
        }
    }
    // A day alone ends with the working day; who is to come needs a time.
    for (text, expected) in [
        ("friday", "27T17:00:00"),
        ("2026-11-23", "23T17:00:00"),
        ("i morgon", "22T17:00:00"),
        ("today", "21T17:00:00"),
    ] {
        assert_eq!(time(text, Purpose::Due), Ok(at(expected)), "{text}");
        assert_eq!(fault(text, Purpose::Start), "time-lacks-clock", "{text}");
    }
    let late = moment("2026-11-20T20:00:00+01:00");
    let due = |text: &str| parse_time(text, Purpose::Due, late, &stockholm());
    assert_eq!(
        (due("today"), due("friday")),
        (Ok(at("20T23:59:00")), Ok(at("27T17:00:00"))),
        "the working day is over"
    );
    for text in [
        "friday at 8 sharp",
        "friday at 25",
        "friday 8",
        "",
        "later",
        "20",
        "16:00 sharp",
        "+",
        "-5m",
        "12m ago",
        "in",
        "[]",
    ] {
        let refused = Phrase::new("time-ahead-not-understood").with("text", text);
        assert_eq!(time(text, Purpose::Due), Err(refused));
    }
}

#[test]
fn periods() {
    for (text, since, until) in [
        ("14:05", "21T14:05:00.000", "21T14:05:00.000"),
        ("23:50", "20T23:50:00.000", "20T23:50:00.000"),
        ("-1h", "21T13:47:10.000", "21T13:47:10.000"),
        ("yesterday", "20T00:00:00.000", "20T23:59:59.999"),
        ("2026-11-19", "19T00:00:00.000", "19T23:59:59.999"),
        ("friday", "20T00:00:00.000", "20T23:59:59.999"),
        ("lördag", "21T00:00:00.000", "21T23:59:59.999"),
        ("19 nov", "19T00:00:00.000", "19T23:59:59.999"),
    ] {
        assert_eq!(time(text, Purpose::Since), Ok(at(since)), "{text}");
        assert_eq!(time(text, Purpose::Until), Ok(at(until)), "{text}");
    }
}

#[test]
fn for_how_long_or_until_when() {
    let until = |text: &str| parse_minutes_until(text, now(), now(), &stockholm());
    for (text, minutes) in
        [("15", 15), ("15m", 15), ("+1h", 60), ("1 h 30 m", 90), ("15:00", 13), ("tomorrow 14:47", 1440)]
    {
        assert_eq!(until(text), Ok(minutes), "{text}");
    }
    let due = at("21T14:57:10");
    assert_eq!(parse_minutes_until("15:00", due, now(), &stockholm()), Ok(3), "counted from when it is due");
    assert_eq!(parse_minutes_until("14:50", due, now(), &stockholm()), Ok(-7));
    assert_eq!(until("soon").map_err(|why| why.key.into_owned()), Err("time-span-or-time-not-understood".to_owned()));
    assert_eq!(until("friday").map_err(|why| why.key.into_owned()), Err("time-lacks-clock".to_owned()));
}

#[test]
fn minutes_over_a_change_of_clocks_are_minutes() {
    // Case 18: what is stored is what the clocks showed then.
    let read =
        |text: &str, purpose, now: &str| parse_time(text, purpose, moment(now), &stockholm()).map(|at| at.to_string());
    let spring = "2026-03-29T03:10:00+02:00";
    assert_eq!(read("-30m", Purpose::Happened, spring), Ok("2026-03-29T01:40:00.000+01:00".to_owned()));
    assert_eq!(read("-5m", Purpose::Happened, spring), Ok("2026-03-29T03:05:00.000+02:00".to_owned()));
    assert_eq!(read("+20m", Purpose::Due, "2026-03-29T01:50:00+01:00"), Ok("2026-03-29T03:10:00.000+02:00".to_owned()));
    let autumn = "2026-10-25T02:10:00+01:00";
    assert_eq!(read("-30m", Purpose::Happened, autumn), Ok("2026-10-25T02:40:00.000+02:00".to_owned()));
    assert_eq!(read("+2h", Purpose::Due, "2026-10-25T01:30:00+02:00"), Ok("2026-10-25T02:30:00.000+01:00".to_owned()));
    assert_eq!(read("2026-07-01T12:00:00Z", Purpose::Happened, autumn), Ok("2026-07-01T14:00:00.000+02:00".to_owned()));
    let parsed = parse("-30m the first alarm", moment(spring), &stockholm(), Lang::En, &[]);
    assert_eq!(parsed.at.map(|at| at.to_string()).as_deref(), Some("2026-03-29T01:40:00.000+01:00"));
    let parsed = parse("act: x +20m", moment("2026-03-29T01:50:00+01:00"), &stockholm(), Lang::En, &[]);
    assert_eq!(parsed.facets.due.map(|at| at.to_string()).as_deref(), Some("2026-03-29T03:10:00.000+02:00"));
}

#[test]
fn an_hour_that_was_left_out_is_said_to_be_none() {
    let read = |text: &str, purpose, now: &str| parse_time(text, purpose, moment(now), &stockholm());
    let left_out = |text: &str| Err(Phrase::new("time-left-out").with("text", text));
    for (text, now) in [
        ("02:30", "2026-03-29T14:00:00+02:00"),
        ("02:30", "2026-03-29T03:10:00+02:00"),
        ("02:59", "2026-03-29T01:50:00+01:00"),
        ("y 02:00", "2026-03-30T14:00:00+02:00"),
        ("2026-03-29 02:30", "2026-03-30T14:00:00+02:00"),
    ] {
        assert_eq!(read(text, Purpose::Happened, now), left_out(text), "{text}");
    }
    assert_eq!(read("02:30", Purpose::Due, "2026-03-28T23:00:00+01:00"), left_out("02:30"));
    let afternoon = "2026-03-29T14:00:00+02:00";
    for (text, expected) in [
        ("03:00", "2026-03-29T03:00:00.000+02:00"),
        ("01:59", "2026-03-29T01:59:00.000+01:00"),
        ("00:30 UTC", "2026-03-29T01:30:00.000+01:00"),
        ("02:30 CET", "2026-03-29T03:30:00.000+02:00"),
    ] {
        let found = read(text, Purpose::Happened, afternoon).map(|at| at.millis());
        assert_eq!(found, Ok(moment(expected).millis()), "{text}");
    }
}

#[test]
fn a_date_that_was_lately_is_not_to_come_in_a_year() {
    for text in ["20 nov", "20 nov 10:00", "Nov 1 12:00", "30 sep", "21 nov 10:00"] {
        for purpose in [Purpose::Due, Purpose::Start] {
            let why = if purpose == Purpose::Start && !text.contains(':') { "time-lacks-clock" } else { "time-passed" };
            assert_eq!(fault(text, purpose), why, "{text}");
        }
    }
    assert_eq!(time("1 sep", Purpose::Due), Ok(moment("2027-09-01T17:00:00+02:00")), "long ago: the next one");
    assert_eq!(time("21 nov", Purpose::Due), Ok(at("21T17:00:00")));
    let january = moment("2027-01-05T10:00:00+01:00");
    assert_eq!(parse_time("24 dec", Purpose::Due, january, &stockholm()).expect_err("passed").key, "time-passed");
    assert_eq!(english("act: renew by 20 nov").facets.due, None);
}

#[test]
fn no_clock_is_too_early_or_too_late() {
    // D22: clocks before 1970, and far beyond.
    for now in ["1900-01-01T00:00:00Z", "1960-06-01T12:00:00+01:00", "2106-02-07T06:28:16Z", "9999-12-31T23:59:00Z"] {
        let now = moment(now);
        for text in
            ["-1d", "00:01", "23:59", "+1d", "tomorrow 08:00", "friday", "y 23:50", "29 feb 10:00", "300d", "now"]
        {
            for purpose in [Purpose::Happened, Purpose::Due, Purpose::Start, Purpose::Since, Purpose::Until] {
                let _ = parse_time(text, purpose, now, &stockholm());
            }
            let _ = parse(&format!("{text} act: x by {text} +1d"), now, &stockholm(), Lang::Sv, &[]);
        }
        assert_eq!(parse_time("-5m", Purpose::Happened, now, &Zone::UTC), Ok(now.plus_minutes(-5)));
    }
}
