//! Alerts of monitoring tools, as they really arrive.

mod broken;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::world::{Run, World};

const LABELS: &[u8] = include_bytes!("../../data/cases/12-import-labels.json");
const NAN: &[u8] = include_bytes!("../../data/cases/20-import-nan.json");
const MARK: &[u8] = include_bytes!("../../data/cases/21-import-byte-order-mark.json");

/// A world with an open room, at noon on the day of the cases.
fn world() -> World {
    let world = World::new();
    world.set_clock("2026-11-29T12:00:00+01:00");
    world.open("Card payments down");
    world
}

fn import(world: &World, input: impl AsRef<[u8]>) -> Run {
    world.klock_reading(["import"], input.as_ref())
}

/// What was imported, in the order in which it happened: `11:00:00 text`.
fn imported(world: &World) -> Vec<String> {
    let printed = world.klock(["timeline", "--json", "--kind", "observation"]).ok();
    let said = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let (at, text) = (line["at"].as_str().expect("a time"), line["text"].as_str().expect("a text"));
        format!("{} {text}", &at[11..19])
    };
    printed.lines().map(said).collect()
}

/// A message of Alertmanager about one alert: `firing`, or `resolved` at another time.
fn message(fingerprint: &str, starts_at: &str, ends_at: Option<&str>) -> String {
    let time = |clock: &str| format!("2026-11-29T{clock}Z");
    let alert = json!({
        "status": if ends_at.is_some() { "resolved" } else { "firing" },
        "labels": { "alertname": "LinkDown", "instance": "sw-1" },
        "annotations": {},
        "startsAt": time(starts_at),
        "endsAt": ends_at.map_or_else(|| "0001-01-01T00:00:00Z".to_owned(), time),
        "fingerprint": fingerprint,
    });
    format!("{}\n", json!({ "version": "4", "status": "firing", "alerts": [alert] }))
}

fn firing(starts_at: &str) -> String {
    message("aa11", starts_at, None)
}

fn resolved(starts_at: &str, ends_at: &str) -> String {
    message("aa11", starts_at, Some(ends_at))
}

/// Case 12.
#[test]
fn what_tells_two_alerts_apart_is_said() {
    let world = world();
    import(&world, LABELS).ok();
    assert_eq!(
        imported(&world),
        [
            "11:00:00 FIRING critical PodRestarts (cluster=prod, namespace=pay, pod=api-0)",
            "11:00:00 FIRING critical PodRestarts (cluster=test, namespace=pay, pod=api-1)",
        ]
    );
}

/// Case 12, in other words: whatever the label is called, and wherever a long value differs.
#[test]
fn alerts_that_differ_in_one_label_never_look_alike() {
    let world = world();
    let long = |end: &str| format!("{}{end}", "x".repeat(300));
    let differing = [
        ("environment", "prod".to_owned(), "test".to_owned()),
        ("team", "payments".to_owned(), "orders".to_owned()),
        ("mountpoint", long("a"), long("b")),
        ("zz_last_of_all", "1".to_owned(), "2".to_owned()),
        ("instance", long("a"), long("b")),
        ("alertname", long("a"), long("b")),
    ];
    let mut alerts = Vec::new();
    for (name, first, second) in differing {
        for value in [first, second] {
            let mut labels = json!({ "alertname": "X", "severity": "critical" });
            for nth in 0..60 {
                labels[format!("label_{nth:02}")] = json!("the same");
            }
            labels[name] = json!(value);
            alerts.push(json!({ "status": "firing", "labels": labels, "startsAt": "2026-11-29T10:00:00Z" }));
        }
    }
    let count = alerts.len();
    import(&world, json!({ "status": "firing", "alerts": alerts }).to_string()).ok();
    let mut said = imported(&world);
    assert!(said.iter().all(|text| text.len() < 1200), "{said:?}");
    said.sort();
    said.dedup();
    assert_eq!(said.len(), count, "{said:#?}");
}

/// Case 13.
#[test]
fn a_pair_of_servers_tells_of_one_alert() {
    let world = world();
    for starts_at in ["10:00:12.113", "10:00:05.428"] {
        import(&world, firing(starts_at)).ok();
    }
    assert_eq!(imported(&world), ["11:00:12 FIRING LinkDown (sw-1)"]);
    // The other way round, in one run, and again: nothing is new.
    let all = ["10:00:05.428", "10:00:12.113", "10:01:00", "10:09:59", "09:00:00"].map(firing).concat();
    let run = import(&world, &all);
    assert!(run.err.contains("0 new, 5 known already, 0 not imported"), "{}", run.err);
    // Nobody disagrees on the end either.
    import(&world, resolved("10:00:05.428", "10:30:00")).ok();
    import(&world, resolved("10:00:12.113", "10:30:07")).ok();
    // It was resolved and fires again: that is new, and so is that end.
    import(&world, firing("10:31:00") + &firing("10:30:58.5")).ok();
    import(&world, resolved("10:31:00", "10:40:00")).ok();
    let expected = [
        "11:00:12 FIRING LinkDown (sw-1)",
        "11:30:00 RESOLVED LinkDown (sw-1)",
        "11:30:58 FIRING LinkDown (sw-1)",
        "11:40:00 RESOLVED LinkDown (sw-1)",
    ];
    assert_eq!(imported(&world), expected);
    // All of it once more, in any order.
    let again = resolved("10:31:00", "10:40:00") + &firing("10:31:00") + &all + &resolved("10:00:05.428", "10:30:00");
    let run = import(&world, again);
    assert!(run.err.contains("0 new, 8 known already"), "{}", run.err);
    assert_eq!(imported(&world), expected);
}

/// Case 13: a list is asked for again and again, and tells of no end.
#[test]
fn what_fires_much_later_fires_anew_though_nothing_told_of_the_end() {
    let world = world();
    for starts_at in ["09:00:00", "09:00:00", "10:30:00", "10:30:04"] {
        import(&world, firing(starts_at)).ok();
    }
    assert_eq!(imported(&world), ["10:00:00 FIRING LinkDown (sw-1)", "11:30:00 FIRING LinkDown (sw-1)"]);
}

/// Case 13: a history that begins with the latest.
#[test]
fn a_history_told_backwards_is_the_same_history() {
    let world = world();
    let input = [
        resolved("10:50:00", "10:55:00"),
        firing("10:50:00"),
        resolved("10:31:00", "10:35:00"),
        firing("10:31:00"),
        resolved("10:00:00", "10:30:00"),
        firing("10:00:00"),
    ];
    import(&world, input.concat()).ok();
    let said = imported(&world);
    let starts: Vec<&str> = said.iter().map(|text| text.split(" Link").next().expect("a start")).collect();
    let expected = [
        "11:00:00 FIRING",
        "11:30:00 RESOLVED",
        "11:31:00 FIRING",
        "11:35:00 RESOLVED",
        "11:50:00 FIRING",
        "11:55:00 RESOLVED",
    ];
    assert_eq!(starts, expected);
    assert!(import(&world, input.concat()).err.contains("0 new, 6 known already"));
}

/// Case 13, at one moment.
#[test]
fn imports_at_one_time_record_each_change_once() {
    let world = world();
    let at_once = |inputs: &[String]| {
        std::thread::scope(|scope| {
            let world = &world;
            let imports: Vec<_> = inputs.iter().map(|input| scope.spawn(move || import(world, input))).collect();
            imports.into_iter().for_each(|import| drop(import.join().expect("no panic").ok()));
        });
    };
    let seconds = |nth: usize| format!("10:00:{nth:02}.5");
    at_once(&(0..6).map(|nth| firing(&seconds(nth))).collect::<Vec<_>>());
    assert_eq!(imported(&world).len(), 1);
    at_once(&(0..6).map(|nth| resolved(&seconds(nth), &format!("10:30:{nth:02}"))).collect::<Vec<_>>());
    assert_eq!(imported(&world).len(), 2);
    at_once(&(0..6).map(|nth| firing(&format!("10:31:{nth:02}"))).collect::<Vec<_>>());
    let said = imported(&world);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[2].starts_with("11:31:0") && said[2].ends_with("FIRING LinkDown (sw-1)"), "{said:?}");
}

/// Case 20.
#[test]
fn numbers_that_json_does_not_have_are_null() {
    let world = world();
    import(&world, NAN).ok();
    assert_eq!(imported(&world), ["11:00:00 FIRING Ratio", "11:00:00 FIRING Other"]);
    let text = String::from_utf8(NAN.to_vec()).expect("UTF-8").replace("Ratio", "NaN is -Infinity");
    for (nth, number) in ["Infinity", "-Infinity", " nan ", "[NaN,{\"a\":-Infinity}]", "1e999"].iter().enumerate() {
        let text = text.replace("NaN}", &format!("{number}}}")).replace("n1", &format!("n1{nth}"));
        import(&world, text).ok();
    }
    let said = imported(&world);
    assert_eq!(said.len(), 7);
    assert_eq!(said.iter().filter(|text| *text == "11:00:00 FIRING NaN is -Infinity").count(), 5, "{said:?}");
}

/// Case 21.
#[test]
fn a_byte_order_mark_and_carriage_returns_are_no_content() {
    let world = world();
    import(&world, MARK).ok();
    assert_eq!(imported(&world), ["11:00:00 FIRING Marked"]);
}

/// Case 21: the encodings of Windows, with and without a mark.
#[test]
fn every_unicode_encoding_is_read() {
    let world = world();
    let mut expected = Vec::new();
    for (nth, mark) in ["", "\u{feff}"].into_iter().enumerate() {
        for (encoding, encoded) in [
            ("UTF-8", (|text| text.as_bytes().to_vec()) as fn(&str) -> Vec<u8>),
            ("UTF-16LE", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("UTF-16BE", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            ("UTF-32LE", |text| text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
            ("UTF-32BE", |text| text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()),
        ] {
            let name = format!("{encoding} {nth} är 😀");
            let alert = |minute: u32| {
                let at = format!("2026-11-29T10:0{minute}:00Z");
                let labels = json!({ "alertname": name, "minute": minute.to_string() });
                json!({ "status": "firing", "labels": labels, "startsAt": at }).to_string()
            };
            // Two files that somebody joined.
            import(&world, encoded(&format!("{mark}{}\r\n{mark}{}\r\n", alert(0), alert(1)))).ok();
            expected.extend((0..2).map(|minute| format!("11:0{minute}:00 FIRING {name} (minute={minute})")));
        }
    }
    let mut said = imported(&world);
    said.sort();
    expected.sort();
    assert_eq!(said, expected);
}

/// What is in no Unicode encoding loses its letters, and no alert.
#[test]
fn bytes_that_are_no_utf_8_are_said() {
    let world = world();
    let input = b"{\"labels\":{\"alertname\":\"\xc4rende\"},\"startsAt\":\"2026-11-29T10:00:00Z\"}";
    let run = import(&world, input);
    assert!(run.err.contains("Message 1: Line 1 is not UTF-8"), "{}", run.err);
    run.ok();
    assert_eq!(imported(&world), ["11:00:00 FIRING \u{fffd}rende"]);
}

/// Every way in which alerts are put together.
#[test]
fn lists_lines_and_single_alerts_are_read() {
    let world = world();
    let alert =
        |name: &str| json!({ "labels": { "alertname": name }, "startsAt": "2026-11-29T10:00:00Z", "status": "firing" });
    let message = |name: &str| json!({ "version": "4", "status": "firing", "alerts": [alert(name)] });
    let input = [
        alert("a").to_string(),
        "\n".to_owned(),
        message("b").to_string(),
        message("c").to_string(),
        json!([message("d"), alert("e"), [alert("f")]]).to_string(),
        serde_json::to_string_pretty(&json!([{ "alerts": [alert("g")], "labels": {}, "receiver": { "name": "r" } }]))
            .expect("JSON"),
        json!({ "status": "success", "data": [alert("h")] }).to_string(),
        json!({ "status": "success", "data": { "alerts": [alert("i")] } }).to_string(),
        json!({ "Type": "Notification", "TopicArn": "arn:x", "Message": message("j").to_string() }).to_string(),
        "\u{1e}".to_owned() + &message("k").to_string(),
        ",\n".to_owned() + &message("l").to_string() + ",",
    ];
    let run = import(&world, input.concat());
    assert!(run.err.contains("12 new, 0 known already, 0 not imported"), "{}", run.err);
    run.ok();
    let names: String = imported(&world).iter().filter_map(|text| text.chars().last()).collect();
    assert_eq!(names, "abcdefghijkl");
}

fn webhook(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/webhook").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The messages of every tool, each alert when it begins, when somebody sees it, and when it is over.
#[test]
fn every_tools_alerts_become_entries_once() {
    let world = World::new();
    world.set_clock("2026-11-21T14:00:00+01:00");
    world.open("Card payments down");
    let files = [
        "alertmanager-groups.json",
        "alertmanager-v1.json",
        "prometheus-alerts.json",
        "prometheus-rules.json",
        "grafana.json",
        "cloudwatch-sns.json",
        "cloudwatch-firing.json",
        "cloudwatch-event.json",
        "cloudwatch-list.json",
        "cloudwatch-resolved.json",
        "azure-firing.json",
        "azure-resolved.json",
        "azure-metric.json",
        "pagerduty-triggered.json",
        "pagerduty-acknowledged.json",
        "pagerduty-list.json",
        "pagerduty-resolved.json",
        "pagerduty-v2.json",
        "pagerduty-event.json",
        "opsgenie-create.json",
        "opsgenie-note.json",
        "opsgenie-list.json",
        "opsgenie-acknowledge.json",
        "opsgenie-close.json",
        "zabbix-problem.json",
        "zabbix-export.ndjson",
        "zabbix-problems.json",
        "zabbix-resolved.json",
        "sentry-issue-alert.json",
        "sentry-plugin.json",
        "sentry-metric-critical.json",
        "sentry-metric-resolved.json",
        "uptime-kuma-test.json",
        "uptime-kuma-down.json",
        "uptime-kuma-up.json",
        "datadog-triggered.json",
        "datadog-recovered.json",
        "datadog-custom.json",
        "google-cloud-test.json",
        "google-cloud-open.json",
        "google-cloud-closed.json",
        "new-relic-activated.json",
        "new-relic-closed.json",
        "new-relic-incident.json",
        "statuspage-investigating.json",
        "statuspage-list.json",
        "statuspage-resolved.json",
        "statuspage-component.json",
        "icinga-events.ndjson",
        "nagios-problem.json",
        "nagios-recovery.json",
    ];
    let input: String = files.map(webhook).concat();
    let run = import(&world, &input);
    assert!(run.err.contains("0 not imported"), "{}", run.err);
    run.ok();
    let printed = world.klock(["timeline", "--json", "--kind", "observation"]).ok();
    let mut all = String::new();
    for line in printed.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| line[name].as_str().expect("a text").to_owned();
        let tags: Vec<&str> = line["tags"].as_array().expect("tags").iter().filter_map(Value::as_str).collect();
        let _ = writeln!(all, "{} {} #{}\n  {}", &field("at")[11..23], field("by"), tags.join(" #"), field("text"));
    }
    insta::assert_snapshot!(all);
    let count = printed.lines().count();
    let run = import(&world, &input);
    assert!(run.err.contains("0 new"), "{}", run.err);
    assert_eq!(world.klock(["timeline", "--json", "--kind", "observation"]).ok().lines().count(), count);
    // In Swedish, and another time: still the same.
    world.advance(60 * 24);
    let run = world.klock_reading(["--lang", "sv", "import"], &input);
    assert!(run.err.contains("0 nya"), "{}", run.err);
}
