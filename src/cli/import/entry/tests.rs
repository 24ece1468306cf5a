use super::*;
use crate::cli::import::alert::AlertState;
use crate::config::lang::Words;
use crate::domain::phrase::Lang;

const NOON: &str = "2026-11-21T12:00:00+01:00";

fn now() -> Moment {
    Moment::parse(NOON).expect("a moment")
}

fn said_in(lang: Lang, alert: &Alert) -> String {
    let zone = Zone::named("Europe/Stockholm").expect("a zone");
    text(alert, &timing(alert, &zone, now()), &Words::new(lang, zone.clone()))
}

fn said(alert: &Alert) -> String {
    said_in(Lang::En, alert)
}

fn labels(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn an_entry_says_what_tells_the_alert_from_its_like() {
    let alert = Alert {
        severity: some("critical"),
        subject: some("api-0:8080"),
        labels: labels(&[("cluster", "prod"), ("namespace", "pay"), ("pod", "api-0")]),
        summary: some("The pod restarts"),
        description: some("Again\nand  again"),
        links: vec!["https://a.example/1".into(), "https://a.example/1".into(), "https://b.example/2".into()],
        ..Alert::new(AlertState::Firing, "x", "PodRestarts")
    };
    assert_eq!(
        said(&alert),
        "FIRING critical PodRestarts (api-0:8080, cluster=prod, namespace=pay, pod=api-0): The pod restarts · Again and \
         again · https://a.example/1 · https://b.example/2"
    );
    let bare = Alert::new(AlertState::Resolved, "x", "PodRestarts");
    assert_eq!(said(&bare), "RESOLVED PodRestarts");
    assert_eq!(said(&Alert { summary: some("PodRestarts"), ..bare }), "RESOLVED PodRestarts");
}

#[test]
fn the_words_are_in_both_languages() {
    let words = |state| {
        let alert = Alert::new(state, "x", "Y");
        Lang::ALL.map(|lang| said_in(lang, &alert))
    };
    assert_eq!(words(AlertState::Firing), ["FIRING Y", "LARM Y"]);
    assert_eq!(words(AlertState::Warning), ["FIRING Y", "LARM Y"]);
    assert_eq!(words(AlertState::Acknowledged), ["ACKNOWLEDGED Y", "KVITTERAT Y"]);
    assert_eq!(words(AlertState::Resolved), ["RESOLVED Y", "LÖST Y"]);
}

#[test]
fn what_is_cut_does_not_make_two_alerts_look_alike() {
    let with = |identity: &str, labels: Vec<(String, String)>| Alert {
        labels,
        ..Alert::new(AlertState::Firing, identity, "X")
    };
    // Long values that differ at the end or at the beginning.
    let long = |end: &str| with(end, labels(&[("path", &format!("/var/{}/{end}", "x".repeat(200)))]));
    assert_ne!(said(&long("a")), said(&long("b")));
    assert!(said(&long("a")).contains("x/a, id "), "{}", said(&long("a")));
    // In the middle: the mark of the whole.
    let middle = |mark: &str| with(mark, labels(&[("path", &format!("{}{mark}{}", "x".repeat(200), "y".repeat(200)))]));
    assert_ne!(said(&middle("a")), said(&middle("b")));
    // More labels than there is room for.
    let many = |last: &str| {
        let all = (0..200).map(|n| (format!("label-{n:03}"), if n == 199 { last.to_owned() } else { "x".into() }));
        with(last, all.collect())
    };
    let text = said(&many("a"));
    assert_ne!(text, said(&many("b")));
    assert!(text.starts_with("FIRING X (label-000=x, ") && text.contains(" more labels, id "), "{text}");
    assert!(text.chars().count() < 600, "{text}");
    // Names as well.
    let named = |end: &str| Alert::new(AlertState::Firing, end, format!("{}{end}", "n".repeat(150)));
    assert_ne!(said(&named("a")), said(&named("b")));
}

#[test]
fn hostile_text_is_one_line_of_bounded_length() {
    let hostile = "a\u{1b}[2J\r\nb\u{2028}c\u{202e} ".repeat(200);
    let alert = Alert {
        severity: Some(hostile.clone()),
        subject: Some(hostile.clone()),
        labels: vec![(hostile.clone(), hostile.clone()); 1000],
        summary: Some(hostile.clone()),
        description: Some(format!("{hostile}!")),
        links: vec![hostile.clone(), "https://a.example/".into()],
        ..Alert::new(AlertState::Firing, hostile.clone(), hostile)
    };
    let text = said(&alert);
    assert!(!text.contains(['\n', '\r', '\u{2028}']), "{text:?}");
    assert!(text.chars().count() < 2500, "{}", text.chars().count());
    assert!(text.ends_with("· https://a.example/"), "an address is whole or not there");
    assert!(tags(&alert).iter().all(|tag| tag.chars().count() <= LONGEST_NAME));
}

#[test]
fn a_time_that_cannot_be_right_is_now_and_is_said() {
    let zone = Zone::named("Europe/Stockholm").expect("a zone");
    let timing = |told: &str| {
        let alert = Alert { since: Told::parse(told), ..Alert::new(AlertState::Firing, "x", "X") };
        let timing = super::timing(&alert, &zone, now());
        (timing.at.to_string(), timing.moved.map(|why| why.key.into_owned()), said(&alert))
    };
    let moved = |key: &str, said: &str| ("2026-11-21T12:00:00.000+01:00".to_owned(), some(key), said.to_owned());
    let right = |at: &str| (at.to_owned(), None, "FIRING X".to_owned());
    assert_eq!(timing("2026-11-21T10:00:00Z"), right("2026-11-21T11:00:00.000+01:00"));
    assert_eq!(timing("2026-11-21 11:59:00"), right("2026-11-21T11:59:00.000+01:00"));
    assert_eq!(timing("2026-11-21T11:01:00Z"), right("2026-11-21T12:01:00.000+01:00"), "a clock may be a little fast");
    assert_eq!(timing("2025-11-22T10:00:00Z"), right("2025-11-22T11:00:00.000+01:00"));
    assert_eq!(timing(""), moved("cli-import-time-missing", "FIRING X"));
    assert_eq!(timing("soon"), moved("cli-import-time-unread", "FIRING X: “soon” is not understood"));
    let ahead = "FIRING X: 2026-11-21T12:30:00.000+00:00 is ahead of the clock here";
    assert_eq!(timing("2026-11-21T12:30:00Z"), moved("cli-import-time-ahead", ahead));
    let old = "FIRING X: 2016-11-21T10:00:00.000+00:00 is more than a year back";
    assert_eq!(timing("2016-11-21T10:00:00Z"), moved("cli-import-time-old", old));
    for told in ["0026-11-21T10:00:00Z", "1970-01-01T00:00:01Z", "-1"] {
        assert_eq!(timing(told).1.as_deref(), Some("cli-import-time-old"), "{told}");
    }
    assert_eq!(timing("9999-12-31T23:59:59Z").1.as_deref(), Some("cli-import-time-ahead"));
}

#[test]
fn tags_are_what_can_be_written_as_one() {
    let of = |severity: &str, title: &str| {
        tags(&Alert { severity: some(severity), ..Alert::new(AlertState::Firing, "x", title) }).join(" ")
    };
    assert_eq!(of("critical", "Card payments: 502!"), "alert critical Card-payments--502");
    assert_eq!(of("P1", "Åska"), "alert P1 Åska");
    assert_eq!(of("--", "502"), "alert");
    assert_eq!(of("alert", "alert"), "alert");
}
