use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;

use super::*;
use crate::cli::import::alert::{Alert, AlertItem, AlertState};
use crate::cli::import::envelope::{self, Content};
use crate::cli::import::input::{self, Input};
use crate::cli::import::time::Told;

/// All that the messages in `text` tell, and whose they are.
fn told(text: &[u8], named: Option<Tool>) -> Vec<(Option<Tool>, AlertItem)> {
    let mut told = Vec::new();
    let mut input = Input::new(text);
    while let Ok(pieces) = input.next()
        && !pieces.is_empty()
    {
        for piece in pieces {
            let value = input::read(&piece.json.expect("sound")).expect("a value");
            match envelope::open(&value) {
                Some(Content::Messages(texts)) => {
                    texts.iter().for_each(|text| told.extend(self::told(text.as_bytes(), named)))
                }
                Some(Content::Nothing(item)) => told.push((None, item)),
                None => {
                    let (tool, items) = read(&value, named).unwrap_or_else(|| panic!("of no tool: {value}"));
                    told.extend(items.map(|item| (Some(tool), item)));
                }
            }
        }
    }
    told
}

fn webhook(file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/webhook").join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/webhook");
    let names = std::fs::read_dir(dir).expect("the messages").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Every field of an item that says something.
fn shown(item: &AlertItem) -> String {
    let alert = match item {
        AlertItem::Alert(alert) => alert,
        other => return format!("{other:?}\n"),
    };
    let Alert {
        state,
        identity,
        title,
        severity,
        subject,
        labels,
        summary,
        description,
        links,
        began,
        since,
        released_key,
    } = &**alert;
    let mut text = format!("{state:?} {title:?}\n  identity {identity}\n");
    for (name, part) in [
        ("severity", severity),
        ("subject", subject),
        ("summary", summary),
        ("description", description),
        ("released key", released_key),
    ] {
        if let Some(part) = part {
            let _ = writeln!(text, "  {name} {part:?}");
        }
    }
    for (name, value) in labels {
        let _ = writeln!(text, "  label {name}={value}");
    }
    for link in links {
        let _ = writeln!(text, "  link {link}");
    }
    for (name, time) in [("began", began), ("since", since)] {
        if *time != Told::Nothing {
            let _ = writeln!(text, "  {name} {time:?}");
        }
    }
    text
}

#[test]
fn every_tools_messages_are_read() {
    let mut all = String::new();
    for file in files() {
        for (tool, item) in told(&webhook(&file), None) {
            let _ = write!(all, "{file}: {} {}", tool.map_or("-", Tool::name), shown(&item));
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn no_message_has_the_shape_of_two_tools() {
    for file in files() {
        let mut input = Input::new(&*webhook(&file).leak());
        for piece in input.next().expect("pieces") {
            let value = input::read(&piece.json.expect("sound")).expect("a value");
            if envelope::open(&value).is_some() {
                continue;
            }
            let tools: Vec<Tool> =
                TOOLS.iter().filter(|row| (row.read)(&value).is_some()).map(|row| row.tool).collect();
            // Grafana's webhook is Alertmanager's with something added, and Icinga's notifications are like Nagios's.
            let alike = [[Tool::Grafana, Tool::Alertmanager], [Tool::Icinga, Tool::Nagios]];
            let is_right = tools.len() == 1 || alike.iter().any(|alike| tools == alike);
            assert!(is_right, "{file}: {tools:?}");
        }
    }
}

#[test]
fn the_case_of_a_status_says_nothing() {
    for (status, expected) in [("FIRING", "Firing"), ("Resolved", "Resolved")] {
        let alert = json!({ "status": status, "labels": { "alertname": "LinkDown" }, "fingerprint": "aa11" });
        let told = told(json!({ "version": "4", "alerts": [alert] }).to_string().as_bytes(), None);
        assert!(shown(&told[0].1).starts_with(&format!("{expected} \"LinkDown\"")), "{status}: {}", shown(&told[0].1));
    }
}

#[test]
fn what_is_no_alert_is_of_no_tool() {
    let values = [
        json!(42),
        json!("FIRING"),
        json!({ "a": 1 }),
        json!({ "status": "firing" }),
        json!({ "title": "Help", "state": "open", "id": 3 }),
        json!({ "status": "success", "data": { "resultType": "vector", "result": [] } }),
        json!({ "labels": ["bug"], "title": "An issue", "state": "open" }),
        json!({ "labels": {} }),
        json!({ "event": "push", "repository": { "name": "x" } }),
        json!({ "type": "message", "text": "hello" }),
        json!({ "host": "x", "service": "y" }),
        json!({ "incidents": [] }),
        json!({ "data": [] }),
        json!({ "message": "hello", "severity": "high" }),
    ];
    for value in values {
        assert!(read(&value, None).is_none(), "{value} is taken for {:?}", read(&value, None).map(|(tool, _)| tool));
    }
}

#[test]
fn a_tool_that_is_named_is_believed() {
    let firing = webhook("alertmanager-firing.json");
    assert!(told(&firing, Some(Tool::Grafana)).iter().all(|(tool, _)| *tool == Some(Tool::Grafana)));
    let names: Vec<&str> = TOOLS.iter().map(|row| row.name).collect();
    let offered: Vec<String> = Tool::value_variants().iter().map(|tool| tool.name().to_owned()).collect();
    for tool in Tool::value_variants() {
        assert_eq!(tool.to_possible_value().expect("offered").get_name(), tool.name());
    }
    assert_eq!(names.len(), offered.len());
}

#[test]
fn an_alert_without_a_fingerprint_has_the_one_that_alertmanager_would_give_it() {
    // What Grafana itself sends as a test.
    let value = json!({
        "labels": { "alertname": "TestAlert", "instance": "Grafana" },
        "annotations": { "summary": "Notification test" },
        "startsAt": "2026-11-21T12:03:45Z",
    });
    let alert = |value: &serde_json::Value| match alertmanager::alert(value, None) {
        AlertItem::Alert(alert) => *alert,
        other => panic!("{other:?}"),
    };
    assert_eq!(alert(&value).identity, r#"["labels","57c6d9296de2ad39"]"#);
    assert_eq!(alert(&value).state, AlertState::Firing, "as clients post it to Alertmanager");
    let message = json!({ "orgId": 1, "receiver": "test", "status": "firing", "alerts": [value] });
    let items: Vec<AlertItem> = read(&message, None).expect("Grafana's").1.collect();
    assert!(matches!(&items[..], [AlertItem::Aside(what)] if what.key == "cli-import-test"), "{items:?}");
}

#[test]
fn a_template_is_read_where_the_tool_is_named() {
    let value = json!({
        "Subject": "No answer", "HOST": "gw-2", "Status": "PROBLEM", "severity": "High", "time": "2026-11-21 13:03:45",
        "url": "https://zabbix.nordbank.example/", "message": "Three checks in a row", "id": 4711,
    });
    assert!(read(&value, None).is_none());
    let (tool, items) = read(&value, Some(Tool::Zabbix)).expect("a template");
    let expected = Alert {
        severity: Some("High".to_owned()),
        subject: Some("gw-2".to_owned()),
        summary: Some("Three checks in a row".to_owned()),
        links: vec!["https://zabbix.nordbank.example/".to_owned()],
        since: Told::parse("2026-11-21 13:03:45"),
        ..Alert::new(AlertState::Firing, r#"["template","4711"]"#, "No answer")
    };
    assert_eq!((tool, items.collect::<Vec<_>>()), (Tool::Zabbix, vec![AlertItem::from(expected)]));
    let state =
        |word: &str| match &read(&json!({ "name": "x", "status": word }), Some(Tool::Nagios)).expect("one").1.next() {
            Some(AlertItem::Alert(alert)) => Some(alert.state),
            _ => None,
        };
    for (word, expected) in [
        ("DOWN", Some(AlertState::Firing)),
        ("Warning", Some(AlertState::Warning)),
        ("acknowledged", Some(AlertState::Acknowledged)),
        ("Recovered", Some(AlertState::Resolved)),
        ("maintenance", None),
        ("odd", None),
    ] {
        assert_eq!(state(word), expected, "{word}");
    }
    for nothing in [json!({ "a": 1 }), json!(42), json!([1]), json!({ "status": "firing" })] {
        assert!(read(&nothing, Some(Tool::Zabbix)).is_none(), "{nothing}");
    }
}

/// Checks which state each word stands for, or that there is nothing to record for it.
#[track_caller]
fn check_states(file: &str, pointer: &str, words: &[(&str, Option<AlertState>)]) {
    let value: serde_json::Value = serde_json::from_slice(&webhook(file)).expect("a value");
    for (word, state) in words {
        let mut value = value.clone();
        *value.pointer_mut(pointer).expect("the place of its state") = json!(word);
        let items: Vec<AlertItem> = read(&value, None).expect("the tool's").1.collect();
        let found = match &items[..] {
            [AlertItem::Alert(alert)] => Some(alert.state),
            [AlertItem::Aside(_)] => None,
            other => panic!("{word}: {other:?}"),
        };
        assert_eq!(found, *state, "{word}");
    }
    let mut value = value;
    *value.pointer_mut(pointer).expect("the place of its state") = json!("odd");
    let items: Vec<AlertItem> = read(&value, None).expect("the tool's").1.collect();
    assert!(matches!(&items[..], [AlertItem::Fault(_) | AlertItem::Aside(_)]), "{items:?}");
}

#[test]
fn every_state_of_a_tool_is_known() {
    use AlertState::{Acknowledged, Firing, Resolved, Unknown, Warning};
    check_states(
        "cloudwatch-firing.json",
        "/NewStateValue",
        &[("ALARM", Some(Firing)), ("OK", Some(Resolved)), ("INSUFFICIENT_DATA", None)],
    );
    check_states(
        "azure-firing.json",
        "/data/essentials/monitorCondition",
        &[("Fired", Some(Firing)), ("Resolved", Some(Resolved))],
    );
    check_states("azure-metric.json", "/data/status", &[("Activated", Some(Firing)), ("Deactivated", Some(Resolved))]);
    check_states(
        "pagerduty-triggered.json",
        "/event/event_type",
        &[
            ("incident.triggered", Some(Firing)),
            ("incident.acknowledged", Some(Acknowledged)),
            ("incident.unacknowledged", Some(Firing)),
            ("incident.escalated", None),
            ("incident.annotated", None),
            ("incident.resolved", Some(Resolved)),
            ("incident.reopened", Some(Firing)),
            ("service.updated", None),
            ("pagey.ping", None),
        ],
    );
    check_states(
        "pagerduty-event.json",
        "/event_action",
        &[("trigger", Some(Firing)), ("acknowledge", Some(Acknowledged)), ("resolve", Some(Resolved))],
    );
    check_states(
        "opsgenie-create.json",
        "/action",
        &[
            ("Create", Some(Firing)),
            ("Acknowledge", Some(Acknowledged)),
            ("UnAcknowledge", Some(Firing)),
            ("AssignOwnership", None),
            ("Close", Some(Resolved)),
            ("Delete", Some(Resolved)),
        ],
    );
    check_states(
        "zabbix-problem.json",
        "/event_value",
        &[("1", Some(Firing)), ("PROBLEM", Some(Firing)), ("0", Some(Resolved)), ("OK", Some(Resolved))],
    );
    check_states(
        "sentry-metric-critical.json",
        "/action",
        &[("warning", Some(Warning)), ("critical", Some(Firing)), ("resolved", Some(Resolved))],
    );
    check_states(
        "sentry-issue-resolved.json",
        "/action",
        &[
            ("created", Some(Firing)),
            ("assigned", None),
            ("archived", None),
            ("resolved", Some(Resolved)),
            ("unresolved", Some(Firing)),
        ],
    );
    check_states(
        "uptime-kuma-down.json",
        "/heartbeat/status",
        &[("0", Some(Firing)), ("1", Some(Resolved)), ("2", None), ("3", None)],
    );
    check_states(
        "datadog-custom.json",
        "/alert_transition",
        &[
            ("Triggered", Some(Firing)),
            ("Re-Triggered", Some(Firing)),
            ("Renotify", Some(Firing)),
            ("Warn", Some(Warning)),
            ("No Data", Some(Unknown)),
            ("No Data Recovered", Some(Resolved)),
            ("Recovered", Some(Resolved)),
        ],
    );
    check_states(
        "datadog-triggered.json",
        "/title",
        &[
            ("[Triggered] x", Some(Firing)),
            ("[P2] [Warn on {host:a}] x", Some(Warning)),
            ("[No Data on {host:a}] x", Some(Unknown)),
            ("[Recovered on {host:a}] x", Some(Resolved)),
            ("[TEST] [Triggered] x", None),
        ],
    );
    check_states(
        "nagios-problem.json",
        "/SERVICESTATE",
        &[("CRITICAL", Some(Firing)), ("WARNING", Some(Warning)), ("UNKNOWN", Some(Unknown))],
    );
    check_states(
        "nagios-problem.json",
        "/NOTIFICATIONTYPE",
        &[
            ("ACKNOWLEDGEMENT", Some(Acknowledged)),
            ("RECOVERY", Some(Resolved)),
            ("FLAPPINGSTART", None),
            ("DOWNTIMEEND", None),
        ],
    );
    check_states(
        "google-cloud-open.json",
        "/incident/state",
        &[("OPEN", Some(Firing)), ("acknowledged", Some(Acknowledged)), ("closed", Some(Resolved))],
    );
    check_states(
        "new-relic-activated.json",
        "/state",
        &[("CREATED", Some(Firing)), ("ACKNOWLEDGED", Some(Acknowledged)), ("CLOSED", Some(Resolved))],
    );
    check_states(
        "statuspage-investigating.json",
        "/incident/status",
        &[
            ("identified", Some(Firing)),
            ("monitoring", Some(Firing)),
            ("resolved", Some(Resolved)),
            ("scheduled", None),
            ("postmortem", None),
        ],
    );
    check_states(
        "statuspage-component.json",
        "/component_update/new_status",
        &[
            ("degraded_performance", Some(Warning)),
            ("partial_outage", Some(Firing)),
            ("operational", Some(Resolved)),
            ("under_maintenance", None),
        ],
    );
    check_states(
        "grafana-legacy.json",
        "/state",
        &[("alerting", Some(Firing)), ("no_data", Some(Unknown)), ("ok", Some(Resolved)), ("paused", None)],
    );
}

#[test]
fn macros_that_a_tool_left_as_they_are_say_nothing() {
    let value = json!({
        "EVENT.ID": "4711", "EVENT.VALUE": "1", "TRIGGER.NAME": "No answer", "HOST.NAME": "{HOST.NAME}",
        "EVENT.SEVERITY": "*UNKNOWN*", "EVENT.DATE": "{EVENT.DATE}", "EVENT.TIME": "13:03:45",
    });
    let items: Vec<AlertItem> = read(&value, None).expect("Zabbix's").1.collect();
    let expected = Alert {
        labels: vec![("event".to_owned(), "4711".to_owned())],
        ..Alert::new(AlertState::Firing, r#"["zabbix","4711"]"#, "No answer")
    };
    assert_eq!(items, [AlertItem::from(expected)]);
    let value = json!({ "alert_transition": "Triggered", "title": "Busy", "link": "$LINK", "hostname": "$HOSTNAME" });
    let items: Vec<AlertItem> = read(&value, None).expect("Datadog's").1.collect();
    assert_eq!(items, [AlertItem::from(Alert::new(AlertState::Firing, r#"["datadog","","Busy",""]"#, "Busy"))]);
}

/// Every place in `value`, as JSON pointers.
fn places(value: &serde_json::Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| {
                places(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), all)
            });
        }
        serde_json::Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(nth, value)| places(value, &format!("{at}/{nth}"), all));
        }
        _ => {}
    }
}

#[test]
fn a_message_with_anything_odd_in_it_is_survived() {
    let odd =
        [json!(null), json!([]), json!({}), json!(""), json!(-1.5e300), json!("\u{0}{}[$"), json!([[{}]]), json!(true)];
    for file in files().into_iter().filter(|file| file.ends_with(".json")) {
        let whole: serde_json::Value = serde_json::from_slice(&webhook(&file)).expect("a value");
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in all {
            for odd in &odd {
                let mut value = whole.clone();
                *value.pointer_mut(&place).expect("its place") = odd.clone();
                let _ = envelope::open(&value);
                for named in [None, Some(Tool::Zabbix)] {
                    if let Some((_, items)) = read(&value, named) {
                        items.for_each(drop);
                    }
                }
            }
        }
    }
}
