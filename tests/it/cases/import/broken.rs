//! What is no alert, broken or without end: said, bounded, and in the way of no alert.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::{Value, json};

use super::{firing, import, imported, message, webhook, world};

/// What some tools send that is no alert is said, and hides nothing.
#[test]
fn tests_and_subscriptions_are_said_and_are_no_faults() {
    let world = world();
    let input = [
        webhook("sns-subscription.json"),
        webhook("uptime-kuma-test.json"),
        webhook("google-cloud-test.json"),
        "{}\nnull\n\"\"\n[]\n".to_owned(),
        json!({ "receiver": "r", "status": "firing", "alerts": [] }).to_string(),
        webhook("opsgenie-note.json"),
        firing("10:00:00"),
    ];
    let run = import(&world, input.concat());
    for said in [
        "Message 1: Amazon SNS asks whether messages are to be sent here. Open this address to say yes: \
         https://sns.eu-north-1.amazonaws.com/?Action=ConfirmSubscription",
        "Message 2: It is a test of the tool's settings.",
        "Message 3: It is a test of the tool's settings.",
        "Message 4: It is empty.",
        "Message 5: It is empty.",
        "Message 6: It is empty.",
        "Message 7: It is empty.",
        "Message 9: It tells of no change of an alert (AddNote).",
        "1 new, 0 known already, 0 not imported",
    ] {
        assert!(run.err.contains(said), "{said} is missing from:\n{}", run.err);
    }
    run.ok();
    let run = import(&world, "[]");
    assert!(run.err.contains("0 new, 0 known already, 0 not imported"), "{}", run.err);
    run.ok();
    let error = json!({ "status": "error", "errorType": "bad_data", "error": "invalid parameter" }).to_string();
    assert!(import(&world, error).fails(1).contains("The API answered with an error: invalid parameter"));
}

/// Of several messages, one that is broken is lost alone.
#[test]
fn what_is_broken_is_named_and_the_rest_is_imported() {
    let alert = |name: &str| json!({ "labels": { "alertname": name }, "startsAt": "2026-11-29T10:00:00Z" }).to_string();
    let whole = webhook("alertmanager-firing.json");
    let cut: String = serde_json::from_str::<Value>(&whole).expect("JSON").to_string().chars().take(700).collect();
    for (broken, said) in [
        (cut.as_str(), "line 2, column 701: a text goes on over the end of its line"),
        ("{\"alerts\": [{\"a\": 1,}]}", "line 2, column 21: expected a name in double quotes"),
        ("curl: (7) Failed to connect", "line 2, column 1: expected value"),
        ("{\"labels\": {\"alertname\": \"no end}", "line 2, column 34: a text goes on"),
        ("{\"labels\": {\"alertname\": \"\\x\"}}", "line 2: invalid escape"),
        ("{\"labels\": {\"n\": 01}}", "line 2: invalid number"),
        (&format!("{{\"a\": {}", "[".repeat(100_000)), "recursion limit of 100"),
        ("{\"message\": 42}", "Message 2: This is neither"),
    ] {
        let world = world();
        let run = import(&world, format!("{}\n{broken}\n{}\n{}\n", alert("a"), alert("b"), alert("c")));
        assert!(run.err.contains(said), "{said} is missing from:\n{}", run.err);
        assert!(run.err.contains("3 new, 0 known already, 1 not imported"), "{broken}:\n{}", run.err);
        run.fails(1);
        assert_eq!(imported(&world), ["11:00:00 FIRING a", "11:00:00 FIRING b", "11:00:00 FIRING c"]);
    }
}

/// The most memory that a process has had so far, in KiB.
fn peak(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the process");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("its peak");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}

/// D15.
#[test]
fn nonsense_takes_little_memory_and_hides_no_alert() {
    let megabyte = |text: &str| text.repeat((1 << 20) / text.len());
    let cases: [(&str, String, usize, &str, &str); 5] = [
        (
            "{\"alerts\":[{\"labels\":{\"alertname\":\"",
            megabyte("a"),
            100,
            "\"}}]}",
            "too large to be read at once (more than 32 MiB",
        ),
        ("{\"alerts\":[", megabyte("0,"), 40, "0]}", "too large to be read at once"),
        ("{\"alerts\":[", megabyte("{\"\":0},"), 8, "0]}", "too large to be read at once"),
        ("[", megabyte("{\"a\":[0,0]},"), 2, "0]", "100000 things in a row were no alerts"),
        ("", megabyte("["), 20, "", "recursion limit of 100"),
    ];
    for (head, filling, count, tail, said) in cases {
        let world = world();
        let mut command = world.command(["import"]);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("its stdin");
        let mut printed = BufReader::new(child.stdout.take().expect("its stdout"));
        let is_given_up = said.contains("in a row");
        stdin.write_all(firing("10:00:00").as_bytes()).expect("it reads");
        let mut line = String::new();
        printed.read_line(&mut line).expect("a first number");
        stdin.write_all(head.as_bytes()).expect("it reads");
        let mut most = 0;
        for _ in 0..count {
            // It may have given up.
            let _ = stdin.write_all(filling.as_bytes());
            most = most.max(if is_given_up { 0 } else { peak(child.id()) });
        }
        let _ = stdin.write_all(format!("{tail}\n{}", message("bb22", "10:01:00", None)).as_bytes());
        if !is_given_up {
            line.clear();
            printed.read_line(&mut line).expect("a second number");
            most = most.max(peak(child.id()));
        }
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(err.contains(said), "{said} is missing from:\n{err}");
        assert!(err.lines().count() < 20, "{err}");
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(most < 160 << 10, "{most} KiB for {head}");
        assert_eq!(imported(&world).len(), if is_given_up { 1 } else { 2 });
    }
}
