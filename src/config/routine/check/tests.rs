//! A broken routine file is explained in full: every fault with its line, its column and a remedy.

use super::*;
use crate::config::routine::BUILTIN_FILES;

/// The smallest routine that has one of everything. Line 1 is `id`.
const SOUND: &str = r#"id = "small"
title.en = "Small"
title.sv = "Liten"
lead = "cim"
escalation = ["cim", "cio"]
[identity]
version = "1"
date = "2026-11-21"
author = "Anna"
owner = "Eva"
[priority]
urgency = [{ label = { en = "a", sv = "b" }, hint = { en = "a", sv = "b" } }, { label = { en = "a", sv = "b" }, hint = { en = "a", sv = "b" } }, { label = { en = "a", sv = "b" }, hint = { en = "a", sv = "b" } }]
impact = [{ label = { en = "a", sv = "b" }, hint = { en = "a", sv = "b" } }, { label = { en = "a", sv = "b" }, hint = { en = "a", sv = "b" } }, { label = { en = "a", sv = "b" }, hint = { en = "a", sv = "b" } }]
matrix = [[1, 1, 2], [1, 2, 2], [2, 2, 2]]
names = [{ en = "High", sv = "Hög" }, { en = "Low", sv = "Låg" }]
mandatory = 1
optional = 2
note = { en = "ours", sv = "vår" }
[[roles]]
key = "cim"
label = { en = "CIM", sv = "CIM" }
duty = { en = "leads", sv = "leder" }
[[roles]]
key = "cio"
label = { en = "CIO", sv = "It-chef" }
duty = { en = "decides", sv = "beslutar" }
[[questions]]
key = "what"
prompt = { en = "What?", sv = "Vad?" }
label = { en = "What", sv = "Vad" }
hint = { en = "h", sv = "h" }
stale_after = 60
serves = ["P23"]
[[checklist]]
key = "first"
title = { en = "First", sv = "Först" }
[[checklist.items]]
key = "notes"
title = { en = "Notes", sv = "Anteckna" }
help = { en = "h", sv = "h" }
due = { after = "declared", minutes = 5 }
[[clocks]]
key = "first-notice"
label = { en = "Notice", sv = "Besked" }
after = "declared"
minutes = 15
warn_before = [5]
repeat = 10
met_by = "first-notice"
[[clocks]]
key = "first-meeting"
label = { en = "First", sv = "Första" }
after = "declared"
minutes = 60
repeat = 10
met_by = "meeting"
[[clocks]]
key = "next-meeting"
label = { en = "Next", sv = "Nästa" }
after = "meeting-held"
minutes = 120
repeat = 10
met_by = "meeting"
adjustable = true
[[notices]]
key = "first"
title = { en = "First", sv = "Första" }
channel = "sms"
audience = { en = "all", sv = "alla" }
must_include = { en = "what", sv = "vad" }
first = true
[[debrief]]
key = "origin"
prompt = { en = "Origin?", sv = "Ursprung?" }
[report]
sections = [{ key = "summary", title = { en = "Summary", sv = "Sammanfattning" } }]
"#;

fn faults(text: &str) -> Vec<Fault> {
    match check("own.toml", text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    }
}

/// `SOUND` with `from`, which must be there, replaced in line `line`.
fn broken(line: usize, from: &str, to: &str) -> String {
    let mut lines: Vec<String> = SOUND.lines().map(str::to_owned).collect();
    assert!(lines[line - 1].contains(from), "line {line} is {}", lines[line - 1]);
    lines[line - 1] = lines[line - 1].replacen(from, to, 1);
    lines.join("\n") + "\n"
}

#[test]
fn a_sound_file_has_no_fault() {
    assert_eq!(faults(SOUND), []);
    assert_eq!(check("own.toml", SOUND).expect("sound").id, "small");
}

#[test]
fn the_built_in_files_have_no_fault() {
    for (file, text) in BUILTIN_FILES {
        assert_eq!(check(file, text).map(|routine| format!("{}.toml", routine.id)), Ok(file.to_owned()));
    }
}

/// A line, what is replaced there by what; then where the fault is, and words of its message and of its remedy.
type Case = (usize, &'static str, &'static str, (usize, usize), &'static str, &'static str);

#[test]
fn every_kind_of_fault_has_its_place_and_its_remedy() {
    #[rustfmt::skip]
    let cases: &[Case] = &[
        // TOML itself.
        (4, "\"cim\"", "cim", (4, 8), "", "TOML"),
        // Form.
        (1, "id =", "Id =", (1, 1), "unknown key `Id`", "did you mean `id`"),
        (9, "author", "authr", (9, 1), "unknown key `authr` in `identity`", "did you mean `author`"),
        (1, "small", "Små", (1, 6), "`id` is “Små”", "small letters"),
        (4, "\"cim\"", "\" \"", (4, 8), "`lead` is empty", "write something"),
        (5, "[\"cim\", \"cio\"]", "7", (5, 14), "`escalation` is an integer", "a list"),
        (8, "2026-11-21", "2026-02-30", (8, 8), "no day", "2026-11-21"),
        (8, "\"2026-11-21\"", "2026-11-21", (8, 8), "a datetime", "in quotes"),
        (14, "[1, 1, 2]", "[1, 2]", (14, 11), "`priority.matrix` has 2 parts", "three"),
        (29, "{ en = \"What?\", sv = \"Vad?\" }", "\"What?\"", (29, 10), "is a string", "prompt.en"),
        (29, ", sv = \"Vad?\"", "", (29, 1), "`questions.prompt` is not written in `sv`", "prompt.sv"),
        (29, "\"Vad?\"", "\"  \"", (29, 31), "`questions.prompt.sv` is empty", "this language"),
        (29, "sv = \"Vad?\"", "sv = 1", (29, 31), "`questions.prompt.sv` is an integer", "in quotes"),
        (29, "{ en", "{ de = \"Was?\", en", (29, 12), "unknown language `de`", "en, sv"),
        (29, "{ en = \"What?\", sv = \"Vad?\" }", "{}", (29, 1), "in no language", "en, sv"),
        (32, "60", "0", (32, 15), "`questions.stale_after` is 0", "at least 1"),
        (32, "60", "\"60\"", (32, 15), "is a string", "whole number"),
        (33, "P23", "p23", (33, 11), "“p23” is no clause", "P65"),
        (33, "P23", "P", (33, 11), "“P” is no clause", "P65"),
        (33, "P23", "P07", (33, 11), "“P07” is no clause", "P65"),
        (41, "declared", "declard", (41, 17), "“declard”, which is not known", "did you mean \"declared\""),
        (41, "5", "-5", (41, 39), "`checklist.items.due.minutes` is -5", "at least 0, in minutes"),
        (41, ", minutes = 5", "", (41, 7), "`minutes` is missing in `checklist.items.due`", "whole number"),
        (46, "15", "99999999999999999999", (46, 11), "out of range", "at most ten years"),
        (48, "10", "0", (48, 10), "`clocks.repeat` is 0", "at least 1, in minutes"),
        (49, "first-notice", "coffee", (49, 10), "“coffee”, which is not known", "one of first-notice"),
        (64, "true", "\"yes\"", (64, 14), "is a string", "`adjustable = true`"),
        (68, "sms", "fax", (68, 11), "“fax”", "one of sms"),
        (75, "[report]", "[reprt]", (75, 2), "unknown key `reprt`", "did you mean `report`"),
        // Meaning.
        (4, "cim", "cimm", (4, 8), "`lead` names the role “cimm”", "did you mean"),
        (5, "cio", "janitor", (5, 22), "`escalation` names the role “janitor”", "cim, cio"),
        (5, "\"cio\"", "\"cim\"", (5, 22), "stands twice", "take one"),
        (14, "2]]", "3]]", (14, 40), "priority 3, which has no name", "1 to 2"),
        (16, "1", "3", (16, 13), "priority 3, which has no name", "0 to 2"),
        (17, "2", "0", (17, 12), "mandatory", "1 or more"),
        (24, "cio", "cim", (24, 7), "“cim” is used twice in `roles`", "line 20"),
        (41, "declared", "closed", (41, 17), "too late", "restored"),
        (41, "due = { after = \"declared\", minutes = 5 }", "", (37, 1), "neither `due` nor `clock`", "add `due"),
        (41, "due = { after = \"declared\", minutes = 5 }", "clock = \"first-notise\"", (41, 9), "which is no clock", "did you mean \"first-notice\""),
        (41, "due =", "clock = \"first-notice\"\ndue =", (42, 7),
            "two times for one thing: this step is due 5 min after “declared”, its clock “first-notice” 15 min after “declared”", "take `due` out"),
        (41, "minutes = 5 }", "minutes = 15 }\nclock = \"first-notice\"", (41, 7), "a time of its own and that of its clock", "take `due` out"),
        (41, "due = { after = \"declared\", minutes = 5 }", "clock = \"next-meeting\"", (41, 9), "starts again after each meeting", "a `due` of its own"),
        (41, "due = { after = \"declared\", minutes = 5 }", "clock = \"first-notice\"\n[[checklist.items]]\nkey = \"b\"\ntitle = { en = \"a\", sv = \"a\" }\nhelp = { en = \"a\", sv = \"a\" }\nclock = \"first-notice\"",
            (46, 9), "two steps are tied to the clock “first-notice”", "line 41"),
        (47, "5", "15", (47, 16), "warns 15 minutes before, but the clock has only 15", "less than 15"),
        (51, "first-meeting", "first-notice", (51, 7), "used twice in `clocks`", "line 43"),
        (56, "meeting", "report", (60, 9), "nothing asks for a first meeting", "add a clock"),
        (56, "\"meeting\"", "\"report\"\nadjustable = true", (57, 14), "no meeting meets", "take it out"),
        (71, "true", "false", (49, 10), "no notice is the first", "first = true"),
        (71, "first = true", "first = true\n[[notices]]\nkey = \"b\"\ntitle = { en = \"a\", sv = \"a\" }\nchannel = \"web\"\naudience = { en = \"a\", sv = \"a\" }\nmust_include = { en = \"a\", sv = \"a\" }\nfirst = true",
            (78, 9), "two notices are the first", "line 71"),
    ];
    let mut missed = Vec::new();
    for (line, from, to, place, message, help) in cases {
        let found = faults(&broken(*line, from, to));
        let here: Vec<_> = found.iter().filter(|fault| (fault.line, fault.column) == *place).collect();
        let told = |fault: &&Fault| {
            fault.message.contains(message) && fault.help.as_ref().is_some_and(|remedy| remedy.contains(help))
        };
        if !here.into_iter().any(|fault| told(&fault)) {
            missed.push(format!("line {line}, {from:?} → {to:?}: “{message}”, “{help}” at {place:?}, not {found:#?}"));
        }
        assert!(found.iter().all(|fault| fault.file == "own.toml" && fault.help.is_some()), "{found:#?}");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn one_notice_with_two_times_can_be_used_and_is_explained_to_its_author() {
    assert_eq!(advise("own.toml", SOUND), []);
    let as_before = broken(41, "minutes = 5 }", "minutes = 10 }\nshown_by = \"first-notice\"");
    assert_eq!(faults(&as_before), [], "a file that version 0.1.0 took is taken");
    let advice = advise("own.toml", &as_before);
    assert_eq!(advice.iter().map(|fault| (fault.line, fault.column)).collect::<Vec<_>>(), [(42, 12)]);
    assert!(advice[0].message.contains("(due after 10 min) and the clock “first-notice” (after 15 min)"), "{advice:?}");
    assert!(advice[0].help.as_ref().is_some_and(|help| help.contains("clock = \"first-notice\"")), "{advice:?}");
    let tied = broken(
        41,
        "due = { after = \"declared\", minutes = 5 }",
        "clock = \"first-notice\"\nshown_by = \"first-notice\"",
    );
    assert_eq!((faults(&tied), advise("own.toml", &tied)), (vec![], vec![]));
    for (name, text) in BUILTIN_FILES {
        assert_eq!(advise(name, text), [], "{name}");
    }
}

#[test]
fn a_missing_key_is_shown_at_its_table() {
    let without: Vec<_> = SOUND.lines().filter(|line| *line != "stale_after = 60").collect();
    let found = faults(&without.join("\n"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].line, found[0].column), (27, 1));
    assert!(found[0].message.contains("`stale_after` is missing in `questions`"));
}

#[test]
fn a_misspelt_key_is_one_fault() {
    let found = faults(&broken(9, "author", "authr"));
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_file() {
    let mut lines: Vec<String> = SOUND.lines().map(str::to_owned).collect();
    for (line, from, to) in
        [(4, "cim", "nobody"), (32, "60", "0"), (48, "10", "0"), (49, "met_by = \"first-notice\"", "")]
    {
        lines[line - 1] = lines[line - 1].replace(from, to);
    }
    let found = faults(&lines.join("\n"));
    let places: Vec<_> = found.iter().map(|fault| fault.line).collect();
    // 42 is the table that lacks `met_by`.
    assert_eq!(places, [4, 32, 42, 48], "{found:#?}");
}

#[test]
fn nothing_in_a_file_is_a_panic() {
    for text in [
        "",
        "\u{feff}",
        "= =",
        "id = 1\nid = 2",
        "title = []",
        "checklist = [1, {}, []]",
        "priority = {matrix=[[]]}",
        "[[a]]\n[a]",
    ] {
        assert!(!faults(text).is_empty(), "{text:?}");
    }
    // Any end cut off is either sound or explained.
    let ends: Vec<usize> = SOUND.char_indices().map(|(at, _)| at).collect();
    for &at in &ends {
        for fault in faults(&SOUND[..at]) {
            assert!(fault.line >= 1 && fault.column >= 1);
        }
    }
}

/// What `form.rs` says is what the type says: a file without one key, or with one more, is a fault for both or neither.
#[test]
fn the_form_and_the_type_agree() {
    fn visit(value: &toml::Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
        match value {
            toml::Value::Table(table) => {
                for (key, inner) in table {
                    path.push(key.clone());
                    found.push(path.clone());
                    visit(inner, path, found);
                    path.pop();
                }
            }
            toml::Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    path.push(index.to_string());
                    visit(inner, path, found);
                    path.pop();
                }
            }
            _ => {}
        }
    }
    fn parent<'a>(value: &'a mut toml::Value, path: &[String]) -> &'a mut toml::Table {
        let inner = path.iter().fold(value, |value, key| match value {
            toml::Value::Table(table) => table.get_mut(key).expect("there"),
            toml::Value::Array(items) => &mut items[key.parse::<usize>().expect("an index")],
            other => panic!("{other}"),
        });
        inner.as_table_mut().expect("a table")
    }
    let whole: toml::Value = toml::from_str(BUILTIN_FILES[0].1).expect("sound");
    let mut paths = Vec::new();
    visit(&whole, &mut Vec::new(), &mut paths);
    // One of each list is enough.
    paths.retain(|path| path.iter().all(|step| step.parse::<usize>().is_err() || step == "0"));
    assert!(paths.len() > 100, "{}", paths.len());
    for path in paths {
        let (key, above) = path.split_last().expect("a key");
        if key == "en" || key == "sv" {
            continue;
        }
        let mut without = whole.clone();
        parent(&mut without, above).remove(key);
        let text = toml::to_string(&without).expect("serialises");
        let missing_by_form = faults(&text).iter().any(|fault| fault.message.contains(&format!("`{key}` is missing")));
        assert_eq!(missing_by_form, toml::from_str::<Routine>(&text).is_err(), "without {}", path.join("."));

        let mut with = whole.clone();
        parent(&mut with, above).insert("zzz".to_owned(), true.into());
        let text = toml::to_string(&with).expect("serialises");
        assert!(toml::from_str::<Routine>(&text).is_err(), "{}", path.join("."));
        assert!(faults(&text).iter().any(|fault| fault.message.contains("unknown key `zzz`")), "{}", path.join("."));
    }
}
