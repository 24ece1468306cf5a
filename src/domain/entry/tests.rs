//! What entry lines mean: a table for each rule, and any line at all.

mod chat;
mod mix;
mod named;
mod prose;
mod stamps;
mod times;

use proptest::prelude::*;

use super::*;
use crate::domain::action::Track;
use crate::domain::fixture::{hostile, moment};

/// A Saturday in November, 14:47:10 in Stockholm.
fn now() -> Moment {
    moment("2026-11-21T14:47:10+01:00")
}

fn stockholm() -> Zone {
    Zone::named("Europe/Stockholm").expect("a zone")
}

fn people() -> Vec<String> {
    ["Olle Berg", "Anna Lind", "Anna-Karin Åström", "Eva", "SRE on call"].map(str::to_owned).to_vec()
}

fn read(line: &str, lang: Lang) -> Parsed {
    parse(line, now(), &stockholm(), lang, &people())
}

fn english(line: &str) -> Parsed {
    read(line, Lang::En)
}

fn at(text: &str) -> Moment {
    moment(&format!("2026-11-{text}+01:00"))
}

#[test]
fn the_example_on_the_screen() {
    let parsed = english("d: @olle restart gateway pool +15m #A");
    assert_eq!(parsed.kind, Kind::Note(NoteKind::Decision));
    assert!(parsed.explicit_kind);
    assert_eq!(parsed.text, "@olle restart gateway pool +15m #A");
    assert_eq!(parsed.facets.owner(), Some("Olle Berg"));
    assert_eq!(parsed.facets.due, Some(at("21T15:02:10")));
    assert_eq!(parsed.facets.track, Some(Track::A));
    assert_eq!(parsed.at, None);
    assert_eq!(
        parsed.spans,
        [(0..2, EntryPart::Kind), (3..8, EntryPart::Person), (30..34, EntryPart::Due), (35..37, EntryPart::Track)]
    );
    let keys: Vec<_> = preview(&parsed).into_iter().map(|phrase| phrase.key.into_owned()).collect();
    assert_eq!(keys, ["kind-decision", "entry-preview-owner", "entry-preview-due", "entry-preview-track"]);
}

#[test]
fn times_before_the_text() {
    for (line, expected) in [
        ("-12m gateway down", Some("21T14:35:10")),
        ("-1h gateway down", Some("21T13:47:10")),
        ("-1h30m gateway down", Some("21T13:17:10")),
        ("−12m gateway down", Some("21T14:35:10")),
        ("-12 min gateway down", Some("21T14:35:10")),
        ("14:05 gateway down", Some("21T14:05:00")),
        ("13:05:30 gateway down", Some("21T13:05:30")),
        ("9:05 gateway down", Some("21T09:05:00")),
        ("14:48 gateway down", Some("21T14:48:00")),
        ("y 23:50 gateway down", Some("20T23:50:00")),
        ("yesterday 10:00 gateway down", Some("20T10:00:00")),
        ("2026-11-19 23:50 gateway down", Some("19T23:50:00")),
        ("2026-11-19T23:50 gateway down", Some("19T23:50:00")),
        // What is no time or lies far back is what was written.
        ("1430 gateway down", None),
        ("-12 gateway down", None),
        ("-m gateway down", None),
        ("24:00 gateway down", Some("21T00:00:00")),
        ("14:5 gateway down", None),
        ("14:05-14:20 gateway down", None),
        ("g 23:50 gateway down", None),
        ("2019-11-22 10:00 gateway down", None),
        ("-9999999999999999999m gateway down", None),
    ] {
        let parsed = english(line);
        assert_eq!(parsed.at, expected.map(at), "{line}");
        assert_eq!(parsed.text, if expected.is_some() { "gateway down" } else { line }, "{line}");
    }
}

#[test]
fn swedish_times() {
    for line in
        ["g 23:50 nere", "i går 23:50 nere", "igår 23:50 nere", "i gar 23:50 nere", "I går 23:50 nere", "y 23:50 nere"]
    {
        let parsed = read(line, Lang::Sv);
        assert_eq!((parsed.at, parsed.text.as_str()), (Some(at("20T23:50:00")), "nere"), "{line}");
    }
    for words in [
        "byt certifikat senast 15:30",
        "byt certifikat före 15:30",
        "byt certifikat fore kl 15.30",
        "byt certifikat by 15:30",
    ] {
        let parsed = read(&format!("b: {words}"), Lang::Sv);
        assert_eq!((parsed.facets.due, parsed.text.as_str()), (Some(at("21T15:30:00")), words), "{words}");
    }
}

#[test]
fn kinds_by_their_beginnings() {
    use Kind::{Action, Note, Obstacle, Resource, Supplier};
    for (lang, word, expected) in [
        (Lang::En, "d", Some(Note(NoteKind::Decision))),
        (Lang::En, "DEC", Some(Note(NoteKind::Decision))),
        (Lang::En, "test", Some(Note(NoteKind::Test))),
        (Lang::En, "act", Some(Action)),
        (Lang::En, "o", None),
        (Lang::En, "obs", None),
        (Lang::En, "obse", Some(Note(NoteKind::Observation))),
        (Lang::En, "obst", Some(Obstacle)),
        (Lang::En, "s", None),
        (Lang::En, "sup", Some(Supplier)),
        (Lang::En, "sta", Some(Note(NoteKind::StatusRequest))),
        (Lang::En, "beslut", None),
        (Lang::En, "decisions", None),
        (Lang::Sv, "b", Some(Note(NoteKind::Decision))),
        (Lang::Sv, "d", Some(Note(NoteKind::Decision))),
        (Lang::Sv, "möte", Some(Note(NoteKind::Meeting))),
        (Lang::Sv, "MOTE", Some(Note(NoteKind::Meeting))),
        (Lang::Sv, "å", Some(Action)),
        (Lang::Sv, "atg", Some(Action)),
        (Lang::Sv, "a", Some(Action)),
        (Lang::Sv, "an", Some(Note(NoteKind::Note))),
        (Lang::Sv, "iakt", Some(Note(NoteKind::Observation))),
        (Lang::Sv, "o", Some(Note(NoteKind::Observation))),
        (Lang::Sv, "hin", Some(Obstacle)),
        (Lang::Sv, "h", Some(Note(NoteKind::Hypothesis))),
        (Lang::Sv, "lev", Some(Supplier)),
        (Lang::Sv, "res", Some(Resource)),
        (Lang::Sv, "", None),
    ] {
        assert_eq!(Kind::of_word(word, lang), expected, "{word} in {lang:?}");
    }
}

#[test]
fn a_colon_is_not_always_a_kind() {
    for line in ["s:t Eriksplan", "d:o", "test:8080 is down", "http://lb-2", "o: open", "x: y", ": y", "14:05:"] {
        let parsed = english(line);
        assert!(!parsed.explicit_kind, "{line}");
        assert_eq!(parsed.text, line);
    }
    assert_eq!(english("14:05 dec: go").kind, Kind::Note(NoteKind::Decision));
    assert_eq!(english("d:@eva go").text, "@eva go");
}

#[test]
fn due_times() {
    for (line, expected, text) in [
        ("act: renew +2h", "21T16:47:10", "renew +2h"),
        ("act: +20m renew the certificate", "21T15:07:10", "+20m renew the certificate"),
        ("d: renew by 15:30 on lb-2", "21T15:30:00", "renew by 15:30 on lb-2"),
        ("act: renew by 15:30.", "21T15:30:00", "renew by 15:30."),
        ("act: renew by 14:47", "21T14:47:00", "renew by 14:47"),
        ("act: renew by 2026-11-23 08:00", "23T08:00:00", "renew by 2026-11-23 08:00"),
        ("act: renew +20m +40m", "21T15:07:10", "renew +20m +40m"),
        // Counted from when it happened.
        ("-30m act: renew +20m", "21T14:37:10", "renew +20m"),
        ("14:05 act: renew by 14:30", "21T14:30:00", "renew by 14:30"),
    ] {
        let parsed = english(line);
        assert_eq!((parsed.facets.due, parsed.text.as_str()), (Some(at(expected)), text), "{line}");
    }
    for text in ["load is +20", "C++20m", "stand by", "by the 15:30 train", "+m", "x+20m", "it was by 14:45"] {
        let parsed = english(&format!("act: {text}"));
        assert_eq!((parsed.facets.due, parsed.text.as_str()), (None, text));
    }
}

#[test]
fn people_tags_and_tracks() {
    for (line, people) in [
        ("@eva, call @OLLE!", vec!["Eva", "Olle Berg"]),
        ("@anna calls", vec!["Anna Lind"]),
        ("@anna-k calls", vec!["Anna-Karin Åström"]),
        ("@astrom calls", vec!["Anna-Karin Åström"]),
        ("@olle.berg calls", vec!["Olle Berg"]),
        ("@nobody calls", vec!["nobody"]),
        ("@eva and @eva meet", vec!["Eva"]),
        ("mail olle@example.org @ @@ @!", vec![]),
    ] {
        let parsed = english(line);
        let people: Vec<String> = people.into_iter().map(str::to_owned).collect();
        assert_eq!((parsed.facets.people, parsed.text.as_str()), (people, line));
    }
    let parsed = english("d: #b failover #db, #db #4711 #A");
    assert_eq!(parsed.facets.track, Some(Track::B));
    assert_eq!(parsed.facets.tags, ["db"]);
    assert_eq!(parsed.text, "#b failover #db, #db #4711 #A");
}

#[test]
fn an_ambiguous_name_stays_as_typed() {
    let people = ["Anna Lind", "Anna Berg"].map(str::to_owned);
    let parsed = parse("@anna calls", now(), &stockholm(), Lang::En, &people);
    assert_eq!(parsed.facets.people, ["anna"]);
}

#[test]
fn a_backslash_takes_the_rest_literally() {
    assert_eq!(english("\\d: @olle +20m").text, "d: @olle +20m");
    assert_eq!(english("\\d: @olle +20m").facets, Facets::default());
    let parsed = english("14:05 d: \\by 15:30 #A");
    assert_eq!((parsed.kind, parsed.text.as_str()), (Kind::Note(NoteKind::Decision), "by 15:30 #A"));
    assert_eq!(parsed.at, Some(at("21T14:05:00")));
}

#[test]
fn tokens_alone_are_the_text() {
    let parsed = english("d: +20m #A");
    assert_eq!((parsed.text.as_str(), parsed.facets), ("+20m #A", Facets::default()));
}

#[test]
fn only_the_first_line_of_a_paste_is_read() {
    let parsed = english("d: restart +20m\n  at @Override +1h #A\n");
    assert_eq!(parsed.text, "restart +20m\n  at @Override +1h #A");
    assert_eq!(parsed.facets.due, Some(at("21T15:07:10")));
    assert!(parsed.facets.people.is_empty());
}

#[test]
fn what_a_kind_does_not_store_stays_in_its_words() {
    let intent = english("obst: @olle waits for access by 15:30 #A").into_intent();
    assert_eq!(intent, Intent::RaiseObstacle { text: "@olle waits for access by 15:30 #A".into() });
    let intent = english("sup: Acme #4711").into_intent();
    assert!(matches!(intent, Intent::EngageSupplier { no: None, name, .. } if name.raw() == "Acme #4711"));
    assert!(matches!(english("res: DBA").into_intent(), Intent::AskResource { what } if what.raw() == "DBA"));
    let Intent::OpenAction { facets, .. } = english("act: renew @eva +20m").into_intent() else { panic!("no action") };
    assert_eq!(facets.owner(), Some("Eva"));
}

#[test]
fn the_preview_names_what_was_understood() {
    let said = |line| preview(&english(line)).into_iter().map(|phrase| phrase.key.into_owned()).collect::<Vec<_>>();
    assert_eq!(said("hello"), ["kind-note"]);
    assert_eq!(
        said("14:05 hello @eva #db"),
        ["kind-note", "entry-preview-people", "entry-preview-tags", "entry-preview-at"]
    );
    assert_eq!(said("y 23:50 hello"), ["kind-note", "entry-preview-at"]);
    assert_eq!(
        said("act: go @eva @olle by tomorrow"),
        ["kind-action", "entry-preview-owner", "entry-preview-people", "entry-preview-due"]
    );
    assert_eq!(said("15:10 hello"), ["kind-note", "entry-preview-due", "stamp-ahead"]);
    assert_eq!(said("13:04 IST hello"), ["kind-note", "stamp-zone"]);
}

#[test]
fn tab_goes_through_every_kind_and_back() {
    for lang in Lang::ALL {
        for body in ["restart the pool", "test: works", "\\d: literal", "", "-12m  restart"] {
            let mut line = body.to_owned();
            let mut seen = Vec::new();
            for _ in Kind::ALL {
                seen.push(read(&line, lang).kind);
                line = cycle_kind(&line, now(), &stockholm(), lang, true);
            }
            assert_eq!(read(&line, lang).kind, seen[0], "{body}");
            for kind in Kind::ALL {
                assert!(seen.contains(&kind), "{kind:?} for {body:?} in {lang:?}");
            }
        }
    }
    let cycle = |line, forward| cycle_kind(line, now(), &stockholm(), Lang::Sv, forward);
    assert_eq!(cycle("14:05 kör", true), "14:05 beslut: kör");
    assert_eq!(cycle("14:05 beslut: kör", false), "14:05 kör");
    assert_eq!(cycle("kör", false), "leverantör: kör");
}

#[test]
fn completion() {
    let tags = ["db", "dns"].map(str::to_owned);
    let offered = |line: &str, lang| {
        complete(line, line.len(), lang, &people(), &tags).into_iter().map(|c| c.with).collect::<Vec<_>>()
    };
    assert_eq!(offered("ask @o", Lang::En), ["@Olle ", "@SRE "]);
    assert_eq!(offered("@anna", Lang::En), ["@Anna ", "@Anna-Karin "]);
    assert_eq!(offered("#", Lang::En), ["#A ", "#B ", "#db ", "#dns "]);
    assert_eq!(offered("fix #dn", Lang::En), ["#dns "]);
    assert_eq!(offered("ob", Lang::En), ["observation: ", "obstacle: "]);
    assert_eq!(offered("-12m ob", Lang::Sv), ["observation: "]);
    assert_eq!(offered("atg", Lang::Sv), ["åtgärd: "]);
    assert_eq!(offered("dec", Lang::Sv), ["decision: "]);
    assert_eq!(offered("the dec", Lang::En), Vec::<String>::new());
    assert_eq!(offered("", Lang::En), Vec::<String>::new());
    let inside = complete("ask @olxx now", 7, Lang::En, &people(), &tags);
    assert_eq!(inside[0].replace, 4..9);
}

#[test]
fn every_completed_name_means_that_name() {
    for name in people() {
        let offered = complete("@", 1, Lang::En, &people(), &[]);
        let meant = offered.iter().any(|offer| english(&format!("{}x", offer.with)).facets.people == [name.clone()]);
        assert!(meant, "{name}");
    }
}

#[test]
fn clocks_put_forward_and_back() {
    let local = |text| moment(text);
    let bare = |line, now| parse(line, now, &stockholm(), Lang::En, &[]).at;
    // 02:30 on 29 March 2026 does not exist.
    assert_eq!(bare("02:30 x", local("2026-03-29T09:00:00+02:00")), Some(local("2026-03-29T03:30:00+02:00")));
    // 02:30 on 25 October 2026 comes twice: the latest that has been.
    assert_eq!(bare("02:30 x", local("2026-10-25T09:00:00+01:00")), Some(local("2026-10-25T02:30:00+01:00")));
    assert_eq!(bare("02:30 x", local("2026-10-25T02:10:00+01:00")), Some(local("2026-10-25T02:30:00+02:00")));
    assert_eq!(bare("02:30 x", local("2026-10-25T02:10:00+02:00")), None, "it comes twice, and has not come yet");
    assert_eq!(bare("-1h x", local("2026-10-25T02:10:00+01:00")), Some(local("2026-10-25T02:10:00+02:00")));
    // And the next, for what is due.
    let due = |line: &str, now| parse(&format!("act: {line}"), now, &stockholm(), Lang::En, &[]).facets.due;
    assert_eq!(due("x by 02:30", local("2026-10-25T02:10:00+02:00")), Some(local("2026-10-25T02:30:00+02:00")));
    assert_eq!(due("x by 02:30", local("2026-10-25T02:40:00+02:00")), Some(local("2026-10-25T02:30:00+01:00")));
    assert_eq!(due("x by 02:30", local("2026-03-28T23:00:00+01:00")), Some(local("2026-03-29T03:30:00+02:00")));
    assert_eq!(bare("02:30 x", local("2026-03-29T09:00:00+02:00")).map(Moment::hm).as_deref(), Some("03:30"));
}

#[test]
fn spans() {
    for (text, minutes) in
        [("20m", 20), ("2h", 120), ("1h30m", 90), ("1 h 30 min", 90), ("90", 90), ("1d", 1440), ("2tim", 120)]
    {
        assert_eq!(parse_span_minutes(text), Ok(minutes), "{text}");
    }
    for text in ["", "m", "h30", "30m1h", "1h1h", "-5m", "1.5h", "99999999999999999999", "400d", "å5m"] {
        assert!(parse_span_minutes(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_line_is_understood(line in hostile(), swedish: bool, cursor in 0usize..80) {
        let lang = if swedish { Lang::Sv } else { Lang::En };
        let names = [people(), vec![line.clone()]].concat();
        let parsed = parse(&line, now(), &stockholm(), lang, &names);
        let mut end = 0;
        for (range, _) in &parsed.spans {
            prop_assert!(range.start >= end && range.end <= line.len() && line.get(range.clone()).is_some());
            end = range.end;
        }
        prop_assert!(!preview(&parsed).is_empty());
        for offer in complete(&line, cursor, lang, &names, &names) {
            prop_assert!(line.get(offer.replace).is_some());
        }
        for purpose in [Purpose::Happened, Purpose::Due, Purpose::Start, Purpose::Since, Purpose::Until] {
            let _ = parse_time(&line, purpose, now(), &stockholm());
        }
        let _ = parse_minutes_until(&line, now(), now(), &stockholm());
        let _ = parse_span_minutes(&line);
    }

    #[test]
    fn nothing_typed_is_lost(line in "((-12m|14:05|y 23:50) )?((d|act|obst|x): )?([a-z@#+\\\\]{1,6}|by 15:30|\\+20m|#A|@olle)( ([a-z@#+]{1,6}|by 15:30|\\+20m|#B)){0,5}") {
        let parsed = english(&line);
        prop_assert!(!parsed.text.is_empty() || line.trim_end().ends_with(':') || line.ends_with('\\'), "{line:?}");
        // Every word is in the text, or is coloured as something else.
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let start = word.as_ptr() as usize - line.as_ptr() as usize;
            let coloured = parsed.spans.iter().any(|(range, _)| range.start < start + word.len() && start < range.end);
            prop_assert!(coloured || parsed.text.contains(word), "{word:?} of {line:?} is lost in {parsed:?}");
        }
    }

    #[test]
    fn tab_keeps_the_words(line in hostile(), forward: bool) {
        let next = cycle_kind(&line, now(), &stockholm(), Lang::En, forward);
        let (before, after) = (english(&line), english(&next));
        prop_assert_eq!(before.at, after.at);
        // A time alone is text; before a kind it is a time.
        if !after.text.is_empty() && !before.text.is_empty() {
            prop_assert_eq!(before.text, after.text);
        }
        prop_assert_ne!(before.kind, after.kind);
    }
}
