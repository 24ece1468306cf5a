//! Copies of a chat in which the name comes first.

use super::*;

/// The words of each line of `lines` that is an entry, and its time when it has one; the lines come `at_once`.
fn entries_of(lines: &str, at_once: usize) -> Vec<(Option<Moment>, String)> {
    let zone = stockholm();
    let manner = Manner { read_at: now(), zone: &zone, lang: Lang::En };
    let (mut chat, mut entries) = (Chat::default(), Vec::new());
    let lines: Vec<&str> = lines.lines().collect();
    for known in lines.chunks(at_once) {
        let mut next = 0;
        while next < known.len() {
            let read = |at| parse_one_of_many(known[next], at, &zone, Lang::En, &people());
            let parsed = match chat.role(&known[next..], manner) {
                ChatLine::Header(takes) => {
                    next += takes;
                    continue;
                }
                ChatLine::Under(header) => read(header.at).under(&header),
                ChatLine::Alone => read(now()),
            };
            next += 1;
            if !parsed.text.is_empty() {
                entries.push((parsed.at, parsed.text));
            }
        }
    }
    entries
}

fn of(lines: &str) -> Vec<(Option<Moment>, String)> {
    entries_of(lines, 100)
}

fn expected(entries: &[(&str, &str)]) -> Vec<(Option<Moment>, String)> {
    let time = |time: &str| (!time.is_empty()).then(|| at(&format!("21T{time}:00")));
    entries.iter().map(|(at, text)| (time(at), (*text).to_owned())).collect()
}

#[test]
fn a_name_and_a_time_head_the_lines_below() {
    for head in [
        "Eva Larsson  [2:05 PM]",
        "Eva Larsson [2:05 PM]",
        "Eva Larsson  14:05",
        "Eva Larsson\t14:05",
        "Eva Larsson (14:05)",
        "  Eva Larsson  2:05 PM  ",
        "Eva Larsson — Today at 2:05 PM",
        "Eva Larsson – today at 14:05",
        "Eva Larsson - 2026-11-21 14:05",
        "Eva Larsson\n  2:05 PM",
        "Eva Larsson\n14:05",
    ] {
        let found = of(&format!("{head}\nlb-2 is down\nagain\n\nthe vendor is called"));
        let below =
            [("14:05", "[Eva Larsson] lb-2 is down"), ("14:05", "[Eva Larsson] again"), ("", "the vendor is called")];
        assert_eq!(found, expected(&below), "{head}");
    }
}

#[test]
fn a_header_lasts_until_the_next_a_stamp_or_an_empty_line() {
    let found = of(
        "Eva  14:05\nd: fail over\n14:06 stamped\nplain\nanna.lind  14:07\n@olle restart\nOlle Berg\n  2:08 PM\ndone\n\nend",
    );
    let entries = [
        ("14:05", "[Eva] fail over"),
        ("14:06", "stamped"),
        ("", "plain"),
        ("14:07", "[anna.lind] @olle restart"),
        ("14:08", "[Olle Berg] done"),
        ("", "end"),
    ];
    assert_eq!(found, expected(&entries));
}

#[test]
fn what_is_due_is_counted_from_the_header() {
    let zone = stockholm();
    let manner = Manner { read_at: now(), zone: &zone, lang: Lang::En };
    let mut chat = Chat::default();
    assert_eq!(chat.role(&["Eva  14:40", "act: restart +20m"], manner), ChatLine::Header(1));
    let ChatLine::Under(header) = chat.role(&["act: restart +20m"], manner) else { panic!("below") };
    let parsed = parse_one_of_many("act: restart +20m", header.at, &zone, Lang::En, &[]).under(&header);
    assert_eq!((parsed.kind, parsed.facets.due), (Kind::Action, Some(at("21T15:00:00"))));
}

#[test]
fn prose_that_ends_with_a_time_stays_prose() {
    for line in [
        "we failed over at 14:05",
        "call Eva 14:05",
        "Eva Larsson 14:05",
        "Eva — 14:05",
        "the pool is restarted  14:05",
        "Is it down?  14:05",
        "Eva Larsson och hela nattens skift  14:05",
        "restarted the pool (14:05)",
        "2 of 3 nodes  14:05",
        "Eva Larsson  14:05 lb-2",
        "Eva Larsson  soon",
    ] {
        let found = of(&format!("{line}\nlb-2 is down"));
        assert_eq!(found, expected(&[("", line), ("", "lb-2 is down")]), "{line}");
    }
}

#[test]
fn no_words_vanish() {
    assert_eq!(of("Eva Larsson  14:05"), expected(&[("", "Eva Larsson  14:05")]));
    assert_eq!(of("Eva Larsson  14:05\n\nx"), expected(&[("", "Eva Larsson  14:05"), ("", "x")]));
    assert_eq!(of("Eva  14:05\n14:06 x"), expected(&[("", "Eva  14:05"), ("14:06", "x")]));
    assert_eq!(of("Eva Larsson\n  14:05"), expected(&[("", "Eva Larsson"), ("14:05", "14:05")]));
    // Where the lines come one by one, the header is an entry, and heads the others all the same.
    let found = entries_of("Eva  14:05\nlb-2 is down\nOlle Berg\n14:06\nyes", 1);
    let entries = [
        ("", "Eva  14:05"),
        ("14:05", "[Eva] lb-2 is down"),
        ("14:05", "[Eva] Olle Berg"),
        ("14:06", "14:06"),
        ("14:06", "[Olle Berg] yes"),
    ];
    assert_eq!(found, expected(&entries));
}

#[test]
fn chats_with_the_time_first_are_read_line_by_line() {
    for line in [
        "[2:05 PM] Eva: lb-2 is down",
        "21/11/2026, 14:05 - Eva: lb-2 is down",
        "[21/11/2026, 14:05] Eva: lb-2 is down",
    ] {
        assert_eq!(of(line), expected(&[("14:05", "Eva: lb-2 is down")]), "{line}");
    }
}
