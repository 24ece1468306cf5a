//! The built-in routines are whole: every clause carried, both languages complete.

use std::collections::BTreeSet;

use super::*;
use crate::domain::phrase::Lang;

const CLAUSES: &str = include_str!("../../../tests/data/clauses.txt");

/// Routine id and the clauses it has to carry.
fn sources() -> Vec<(&'static str, BTreeSet<String>)> {
    CLAUSES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let [id, letter, first, last] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let numbers = first.parse::<u32>().expect("a number")..=last.parse().expect("a number");
            (id, numbers.map(|number| format!("{letter}{number}")).collect())
        })
        .collect()
}

#[test]
fn every_clause_is_carried_and_no_unknown_one() {
    assert_eq!(sources().len(), builtin().len());
    for (id, asked) in sources() {
        let routine = builtin().iter().find(|routine| routine.id == id).expect(id);
        let carried: BTreeSet<String> = routine.clauses().into_iter().cloned().collect();
        assert_eq!(asked.difference(&carried).collect::<Vec<_>>(), Vec::<&String>::new(), "{id} does not carry");
        assert_eq!(carried.difference(&asked).collect::<Vec<_>>(), Vec::<&String>::new(), "{id} carries unknown");
    }
}

#[test]
fn the_seven_questions_are_there_and_one_takes_a_time() {
    let routine = &builtin()[0];
    assert_eq!(routine.id, DEFAULT);
    let keys: Vec<_> = routine.questions.iter().map(|question| question.key.as_str()).collect();
    assert_eq!(keys, ["what", "why", "scope", "actions", "eta", "workaround", "prevention"]);
    assert!(routine.questions.iter().all(|question| question.takes_time == (question.key == "eta")));
    assert!(routine.questions.iter().all(|question| question.serves.contains(&"P50".to_owned())));
}

/// Every `{ en = …, sv = … }` of `value`, found by shape so that none is forgotten.
fn texts<'a>(value: &'a serde_json::Value, path: &str, found: &mut Vec<(String, &'a serde_json::Value)>) {
    match value {
        serde_json::Value::Object(fields) if fields.keys().any(|key| Lang::ALL.iter().any(|l| l.code() == key)) => {
            found.push((path.to_owned(), value));
        }
        serde_json::Value::Object(fields) => {
            for (key, field) in fields {
                texts(field, &format!("{path}.{key}"), found);
            }
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn both_languages_are_complete_and_each_says_it_its_own_way() {
    // Words that are the same in both.
    let same = ["CIM", "Incident manager", "Incident Manager", "Information", "ETA", "Specialist"];
    for routine in builtin() {
        let value = serde_json::to_value(routine).expect("serialises");
        let mut found = Vec::new();
        texts(&value, &routine.id, &mut found);
        assert!(found.len() > 80, "{}: {} texts", routine.id, found.len());
        for (path, text) in found {
            let said = |lang: Lang| text[lang.code()].as_str().unwrap_or("").trim();
            for lang in Lang::ALL {
                assert!(!said(lang).is_empty(), "{path} has no {}", lang.code());
            }
            assert!(said(Lang::En) != said(Lang::Sv) || same.contains(&said(Lang::En)), "{path}: {}", said(Lang::En));
        }
    }
}

#[test]
fn help_is_help() {
    for routine in builtin() {
        for item in routine.items() {
            for lang in Lang::ALL {
                let help = item.help.get(lang);
                assert!(
                    help.matches(['.', '?', ':']).count() >= 2 && help.len() > 80,
                    "{} {}: {help}",
                    routine.id,
                    item.key
                );
            }
        }
    }
}

#[test]
fn every_item_can_be_settled_before_closing() {
    use crate::domain::routine::Anchor;
    for routine in builtin() {
        for item in routine.items() {
            assert!(item.due.is_none_or(|due| due.after != Anchor::Closed), "{} {}", routine.id, item.key);
        }
    }
}

#[test]
fn the_clocks_of_the_default_are_those_of_its_source() {
    let routine = &builtin()[0];
    let clock = |key: &str| routine.clock(key).expect("there");
    assert_eq!(clock("first-meeting").minutes, 60);
    assert_eq!((clock("next-meeting").minutes, clock("next-meeting").adjustable), (120, true));
    assert_eq!((clock("report").minutes, clock("report").working_days), (3 * 24 * 60, false));
    assert!(
        ["first-meeting", "next-meeting"].iter().all(|key| clock(key).warn_before == [10] && clock(key).repeat == 10)
    );
}
