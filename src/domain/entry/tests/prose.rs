//! Words stay as typed (case 06): a due time, a plan or an action is taken only where it is asked for.

use super::*;

/// What is stored beside the words of `line`, at 14:47:10.
fn taken(line: &str, lang: Lang) -> (Option<Moment>, Option<Track>, String) {
    let parsed = read(line, lang);
    (parsed.facets.due, parsed.facets.track, parsed.text)
}

#[test]
fn a_token_inside_a_sentence_is_prose() {
    for line in [
        "Impact was mitigated by 16:10 according to the vendor",
        "Impact was mitigated by 13:10",
        "moved rack #B to the spare feed, rack #A stays",
        "queue depth grew +5m rows since noon",
        "queue depth grew +5m",
        "the fix is expected by friday says the vendor",
        "restored by 2026-11-25 if all goes well",
        "ask @olle whether +20m is enough for rack #A",
        "@olle says that they mitigated it by 15:30 in Malmö, thanks",
        "replaced a disk in rack #A",
        "+20m renew the certificate",
        "renew by 15:30",
        "hyp: latency doubles by 15:30 each day",
        "t: pool size +2h",
        "act: renew by friday 8",
    ] {
        let (due, track, text) = taken(line, Lang::En);
        let words = line.split_once(": ").filter(|(kind, _)| kind.len() <= 3).map_or(line, |(_, words)| words);
        assert_eq!((due, track, text.as_str()), (None, None, words), "{line}");
    }
    for line in
        ["Felet var åtgärdat senast 16:10 enligt leverantören", "kön växte +5m rader", "rack #B är tomt, #A är kvar"]
    {
        assert_eq!(taken(line, Lang::Sv), (None, None, line.to_owned()));
    }
}

#[test]
fn a_token_is_taken_where_it_is_asked_for() {
    let due = |text: &str| Some(at(text));
    for (line, expected, track) in [
        // A decision and an action ask for it.
        ("d: switch to plan B if not verified by 21:00", due("21T21:00:00"), None),
        ("act: order a disk by 15:30 #storage", due("21T15:30:00"), None),
        ("d: @olle restart gateway pool +15m #A", due("21T15:02:10"), Some(Track::A)),
        // Any other note where a person stands among the tokens at its ends.
        ("@olle restarts the pool +15m", due("21T15:02:10"), None),
        ("restart the pool @olle +15m", due("21T15:02:10"), None),
        ("+15m @olle restart the pool #B", due("21T15:02:10"), Some(Track::B)),
        ("@olle restarts the pool by 15:30.", due("21T15:30:00"), None),
        ("check the backup @eva #db by tomorrow 08:00", due("22T08:00:00"), None),
        ("@eva check the backup by friday", due("27T17:00:00"), None),
    ] {
        let (found, plan, text) = taken(line, Lang::En);
        assert_eq!((found, plan), (expected, track), "{line}");
        assert!(line.ends_with(&text), "{line}: {text}");
    }
    let (found, _, text) = taken("åtg: @eva byt disk senast på fredag kl 15", Lang::Sv);
    assert_eq!((found, text.as_str()), (due("27T15:00:00"), "@eva byt disk senast på fredag kl 15"));
}

#[test]
fn what_has_passed_is_due_neither_today_nor_tomorrow() {
    for line in [
        "act: mitigated by 13:10",
        "d: mitigated by 2026-11-20 10:00",
        "@olle mitigated it by 14:45",
        "d: x by yesterday",
    ] {
        assert_eq!(taken(line, Lang::En).0, None, "{line}");
    }
    // In the evening the next morning is near.
    let late = moment("2026-11-21T22:10:00+01:00");
    let due = |line: &str| parse(line, late, &stockholm(), Lang::En, &[]).facets.due;
    assert_eq!(due("act: renew by 08:00"), Some(at("22T08:00:00")));
    assert_eq!(due("act: renewed by 16:10"), None);
    assert_eq!(due("act: renew by 2036-11-22 08:00"), None, "a slip in the year");
}

#[test]
fn days_in_due_times() {
    for (words, expected) in [
        ("friday", "2026-11-27T17:00:00"),
        ("fri", "2026-11-27T17:00:00"),
        ("saturday", "2026-11-21T17:00:00"),
        ("fri 15:00", "2026-11-27T15:00:00"),
        ("friday at 3 pm", "2026-11-27T15:00:00"),
        ("tomorrow", "2026-11-22T17:00:00"),
        ("tomorrow 08:00", "2026-11-22T08:00:00"),
        ("today", "2026-11-21T17:00:00"),
        ("2026-12-15", "2026-12-15T17:00:00"),
        ("2026-12-15 12:00", "2026-12-15T12:00:00"),
        ("15 dec", "2026-12-15T17:00:00"),
        ("15/12", "2026-12-15T17:00:00"),
        ("15/12 12:00", "2026-12-15T12:00:00"),
        ("15 dec 12:00", "2026-12-15T12:00:00"),
        ("Dec 15 12:00", "2026-12-15T12:00:00"),
        ("Dec 15th, 2026", "2026-12-15T17:00:00"),
        ("15:30 UTC", "2026-11-21T16:30:00"),
        ("3pm", "2026-11-21T15:00:00"),
        ("kl 15.30", "2026-11-21T15:30:00"),
        ("15.30", "2026-11-21T15:30:00"),
        ("5 jan", "2027-01-05T17:00:00"),
    ] {
        let due = english(&format!("act: renew by {words}")).facets.due;
        assert_eq!(due, Some(moment(&format!("{expected}+01:00"))), "{words}");
    }
    for (words, expected) in [
        ("senast fredag", "27T17:00:00"),
        ("senast på fredag 15.00", "27T15:00:00"),
        ("senast fre kl 15", "27T15:00:00"),
        ("före i morgon 08:00", "22T08:00:00"),
        ("senast den 23 november", "23T17:00:00"),
        ("senast 23:e nov kl. 9.05", "23T09:05:00"),
        ("senast 3.15 em", "21T15:15:00"),
    ] {
        assert_eq!(read(&format!("åtgärd: byt {words}"), Lang::Sv).facets.due, Some(at(expected)), "{words}");
    }
}

#[test]
fn what_flags_decide_leaves_the_words_alone() {
    // Case 07.
    for text in [
        "resource: disk.web will be created",
        "d: 5 GB left",
        "00:05 the batch began",
        "[14:05] x",
        "\\d: x",
        "- 14:05 x",
    ] {
        let parsed = parse_whole(text, Kind::Note(NoteKind::Test), now(), &stockholm(), Lang::En, &[]);
        assert_eq!((parsed.text.as_str(), parsed.kind, parsed.at), (text, Kind::Note(NoteKind::Test), None));
        assert_eq!(parsed.facets, Facets::default());
    }
    let parsed = parse_whole("@eva order a disk by 15:30", Kind::Action, now(), &stockholm(), Lang::En, &people());
    assert_eq!((parsed.facets.owner(), parsed.facets.due), (Some("Eva"), Some(at("21T15:30:00"))));
}
