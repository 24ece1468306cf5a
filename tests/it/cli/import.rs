//! `klock import`: the shapes that Alertmanager and Grafana send, each alert once, and what is none.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::death::kill;
use crate::world::{Run, World};

const FIRING: &str = include_str!("../../data/webhook/alertmanager-firing.json");
const RESOLVED: &str = include_str!("../../data/webhook/alertmanager-resolved.json");
const LIST: &str = include_str!("../../data/webhook/alertmanager-list.json");
const GRAFANA: &str = include_str!("../../data/webhook/grafana.json");

fn import(world: &World, input: &str) -> Run {
    world.klock_reading(["import"], input)
}

/// What was imported: the room's observations, in the order in which they happened.
fn observations(world: &World) -> Vec<Value> {
    let printed = world.klock(["timeline", "--json", "--kind", "observation"]).ok();
    printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn alert(number: usize, fields: &Value) -> Value {
    let mut alert = json!({
        "status": "firing",
        "labels": { "alertname": "Many", "instance": format!("node-{number}") },
        "annotations": { "summary": "one of many" },
        "startsAt": "2026-11-21T11:58:45Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "fingerprint": format!("{number:016x}"),
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        alert[name] = value.clone();
    }
    alert
}

fn message(alerts: &[Value]) -> String {
    json!({ "version": "4", "status": "firing", "receiver": "r", "alerts": alerts }).to_string()
}

#[test]
fn alertmanagers_alerts_become_observations() {
    let world = World::new();
    world.open("Card payments down");
    let run = import(&world, FIRING);
    assert!(run.err.contains("2 new, 0 known already, 0 not imported"), "{}", run.err);
    assert_eq!(run.ok().lines().count(), 2);
    let lines = observations(&world);
    assert_eq!(lines[0]["at"], "2026-11-21T12:58:45.828+01:00", "when it began, on the clock of this place");
    assert_eq!(lines[0]["by"], "alertmanager");
    assert_eq!(lines[0]["tags"], json!(["alert", "critical", "CardGatewayErrors"]));
    assert_eq!(
        lines[0]["text"],
        "FIRING critical CardGatewayErrors (lb-2:443, team=payments): The card gateway answers 502 · More than 40 % of the \
         answers from lb-2:443 in the last five minutes were 502. · https://runbooks.nordbank.example/card-gateway · \
         https://prometheus.nordbank.example/graph?g0.expr=gateway_errors&g0.tab=1"
    );
    assert!(lines[1]["text"].as_str().is_some_and(|text| text.contains("(lb-1:443, team=payments)")), "{}", lines[1]);
}

#[test]
fn what_is_told_again_is_not_recorded_again() {
    let mut world = World::new();
    let room = world.open("Card payments down");
    import(&world, FIRING).ok();
    let run = import(&world, FIRING);
    assert!(run.err.contains("0 new, 2 known already"), "{}", run.err);
    assert_eq!(run.ok(), "");
    // One of them is resolved since; the other one fires on, and both the list and another language tell it once more.
    let run = import(&world, &format!("{RESOLVED}{RESOLVED}"));
    for said in ["1 new, 3 known already", "3 alerts were left out by the sender"] {
        assert!(run.err.contains(said), "{}", run.err);
    }
    run.ok();
    world.set("KLOCK_LANG", "sv");
    let run = import(&world, LIST);
    assert!(run.err.contains("1 nya, 1 redan kända"), "{}", run.err);
    run.ok();
    let lines = observations(&world);
    assert_eq!(lines.len(), 4);
    let resolved = &lines[3];
    assert_eq!(resolved["at"], "2026-11-21T13:03:45.828+01:00", "when it ended");
    assert!(resolved["text"].as_str().is_some_and(|text| text.starts_with("RESOLVED critical Card")), "{resolved}");
    assert!(
        lines[0]["text"].as_str().is_some_and(|text| text.starts_with("LARM warning DiskWillFill")),
        "{}",
        lines[0]
    );
    // Another room is another record.
    world.set("KLOCK_LANG", "en");
    let other = world.open("Mail is slow");
    let run = world.klock_reading(["import", "-r", &other], FIRING);
    assert!(run.err.contains("2 new"), "{}", run.err);
    world.klock(["verify", "-r", &room]).ok();
}

#[test]
fn grafanas_alerts_are_known_by_their_shape() {
    let world = World::new();
    world.open("Slow logins");
    let printed = world.klock_reading(["import", "--json"], GRAFANA).ok();
    let first: Value = serde_json::from_str(printed.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["new"], &first["message"], &first["alert"]), (&json!(true), &json!(1), &json!(1)));
    let lines = observations(&world);
    assert_eq!(lines.iter().map(|line| &line["by"]).collect::<Vec<_>>(), ["grafana", "grafana"]);
    assert_eq!(lines[0]["tags"], json!(["alert", "high", "Slow-logins"]));
    assert!(lines[0]["text"].as_str().is_some_and(|text| text.ends_with("/d/abc?viewPanel=4")), "{}", lines[0]);
    assert_eq!(lines[1]["at"], "2026-11-21T12:55:10.000+01:00");
    world.klock_reading(["--name", "Monitoring", "import", "--from", "alertmanager"], FIRING).ok();
    assert!(observations(&world).iter().any(|line| line["by"] == "Monitoring"));
}

#[test]
fn a_fault_is_named_and_the_rest_is_imported() {
    let world = World::new();
    world.open("Card payments down");
    let alerts = [
        alert(1, &json!({})),
        alert(2, &json!({ "startsAt": null })),
        alert(3, &json!({ "status": "odd" })),
        json!("x"),
        alert(5, &json!({ "labels": {}, "fingerprint": "" })),
        alert(6, &json!({})),
    ];
    let input = format!("{}\n42\n{}\n{{\"alerts\": [}}\n", message(&alerts), message(&[alert(7, &json!({}))]));
    let run = import(&world, &input);
    assert_eq!(run.out.lines().count(), 4);
    let err = run.fails(1);
    for said in [
        "Message 1, alert 2: its time cannot be right (none is told)",
        "Message 1, alert 3: Its status “odd”",
        "Message 1, alert 4: It is no JSON object",
        "Message 1, alert 5: It lacks labels, fingerprint",
        "Message 2: This is neither",
        "line 4, column 13: expected value",
        "4 new, 0 known already, 5 not imported",
    ] {
        assert!(err.contains(said), "{said} is missing from:\n{err}");
    }
    assert!(import(&world, "").fails(1).contains("nothing to import"));
    assert!(import(&world, "not JSON").fails(1).contains("line 1, column 2"));
    assert!(import(&world, &"[".repeat(100_000)).fails(1).contains("recursion limit"));
}

#[test]
fn a_time_that_cannot_be_right_is_now() {
    let world = World::new();
    world.open("Card payments down");
    let alerts = [
        alert(1, &json!({ "startsAt": "2026-11-21T18:00:00Z" })),
        alert(2, &json!({ "startsAt": "0001-01-01T00:00:00Z" })),
        alert(3, &json!({ "status": "resolved" })),
    ];
    let run = import(&world, &message(&alerts));
    for number in 1..=3 {
        assert!(run.err.contains(&format!("alert {number}: its time cannot be right")), "{}", run.err);
    }
    run.ok();
    assert!(observations(&world).iter().all(|line| line["at"] == "2026-11-21T13:05:00.000+01:00"));
    world.advance(30);
    assert!(import(&world, &message(&alerts)).err.contains("0 new, 3 known"), "also when now is another time");
}

#[test]
fn hostile_alerts_stay_data() {
    let world = World::new();
    world.open("Card payments down");
    let text = "a\u{1b}[2J\u{202e}b `$(id)` #(id) @olle +20m d: \\";
    let labels = json!({ "alertname": text, "severity": "-- #x --", "instance": "y".repeat(100_000) });
    let annotations = json!({ "summary": text.repeat(1000), "description": "ö".repeat(1_000_000) });
    import(&world, &message(&[alert(1, &json!({ "labels": labels, "annotations": annotations }))])).ok();
    let line = &observations(&world)[0];
    assert!(line["text"].as_str().is_some_and(|text| text.contains(" `$(id)` ") && text.len() < 8192), "{line}");
    assert_eq!((&line["people"], &line["due"], &line["kind"]), (&Value::Null, &Value::Null, &json!("observation")));
    assert_eq!(line["tags"][1], "x");
    let shown = world.klock(["timeline"]).ok();
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
}

#[test]
fn ten_thousand_alerts_are_imported_once_though_the_host_dies() {
    let world = World::new();
    world.open("Card payments down");
    let alerts: Vec<Value> = (0..10_000).map(|number| alert(number, &json!({}))).collect();
    let input = message(&alerts);
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| import(&world, &input));
        let mut deaths = 0;
        while !importing.is_finished() && deaths < 3 {
            let pid = world.host_pid();
            if !importing.is_finished() {
                kill(pid);
                deaths += 1;
            }
        }
        assert!(deaths > 0, "it was over before a host could die");
        let run = importing.join().expect("no panic");
        assert!(run.err.contains("10000 new, 0 known"), "{}", run.err);
        assert_eq!(run.ok().lines().count(), 10_000);
    });
    let run = import(&world, &input);
    assert!(run.err.contains("0 new, 10000 known"), "{}", run.err);
    run.ok();
    assert_eq!(observations(&world).len(), 10_000);
}

#[test]
fn a_reader_of_the_numbers_that_leaves_stops_no_alert() {
    let world = World::new();
    world.open("Card payments down");
    let messages: Vec<String> =
        (0..4).map(|n| message(&(0..500).map(|m| alert(500 * n + m, &json!({}))).collect::<Vec<_>>())).collect();
    let mut command = world.command(["import"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("its stdin");
    stdin.write_all(messages[0].as_bytes()).expect("it reads");
    let mut printed = BufReader::new(child.stdout.take().expect("its stdout"));
    printed.read_line(&mut String::new()).expect("a first number");
    drop(printed);
    stdin.write_all(messages[1..].concat().as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("2000 new, 0 known already, 0 not imported"), "{said}");
    assert!(output.status.success());
    assert_eq!(observations(&world).len(), 2000);
}
