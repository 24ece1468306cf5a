//! A whole critical incident from the keyboard, on a real terminal, from an empty lobby to the delivered report.

use super::hand::{ENTER, ESCAPE, Hand, TAB};
use super::world::World;

#[test]
fn a_whole_incident_is_led_from_the_keyboard() {
    let world = World::new();
    let mut anna = Hand::sit_down(&world, &[], (120, 40));
    declare(&mut anna, &world);
    take_notes(&mut anna);
    answer_the_seven_questions(&mut anna, &world);
    work_the_checklist(&mut anna, &world);
    tell_the_management(&mut anna, &world);
    find_a_lead(&mut anna, &world);
    meet(&mut anna, &world);
    keep_the_clock(&mut anna, &world);
    call_for_help(&mut anna, &world);
    choose_a_plan(&mut anna, &world);
    finish_the_actions(&mut anna, &world);
    mitigate_and_restore(&mut anna, &world);
    settle_and_close(&mut anna, &world);
    look_back(&mut anna, &world);
    assert_eq!(anna.leave(), 0);
    the_record_holds_it_all(&world);
}

/// Presses `key`, which brings up the form `form` that asks for `asked`; writes `text` there and saves it, and sees `then`.
#[track_caller]
fn fill_in(anna: &mut Hand, key: &str, asked: &str, text: &str, form: &str, then: &str) {
    anna.press(key, asked);
    anna.write(text);
    anna.save(form);
    anna.sees(&[then]);
}

fn declare(anna: &mut Hand, world: &World) {
    anna.sees(&["Nothing is going on.", "Declare an incident"]);
    anna.press("D", "Title");
    anna.write("Card payments down");
    anna.save("Declare an incident");
    anna.sees(&["2026-001", "Card payments down", "P1 CRITICAL", "T+00:00:00", "Incident declared", "FIRST NOTICE"]);
    assert_eq!(world.status()["priority"], 1);
    assert_eq!(world.status()["routine_active"], true);
}

fn take_notes(anna: &mut Hand) {
    anna.press("n", "Enter save");
    anna.note("Gateway answers 502", "Gateway answers 502");
    anna.note("d: site B at 13:30 unless solved", "DECISION");
    anna.note("-12m obse: first alarm from the bank", "12:53   observed");
    anna.note("act: @Olle restart pool +15m #A", "@Olle due 13:20 A");
    anna.note("act: @Eva warm up site B by 14:20 #B", "@Eva due 14:20 B");
    anna.note("hyp: an expired certificate", "an expired certificate");
    anna.press(ESCAPE, "press n and write");
}

fn answer_the_seven_questions(anna: &mut Hand, world: &World) {
    let answers = [
        ("What has happened?", "Terminals get 502"),
        ("Why did it happen?", "Expired certificate"),
        ("How large are the scope", "All 14,200 terminals"),
        ("What have we done", "Certificate ordered"),
        ("when do we believe it will be?", ""),
        ("Which workarounds are there", "Offline below SEK 200"),
        ("How do we see to it", "Alarm before expiry"),
    ];
    anna.press("1", "a answer");
    anna.terminal.send("g");
    for (prompt, text) in answers {
        anna.press("a", prompt);
        anna.sees(&[prompt, "How sure"]);
        if text.is_empty() {
            // The one that takes a clock time.
            anna.write("16:00");
            anna.fill_next("Issued by 15:30");
        } else {
            anna.write(text);
        }
        anna.save(prompt);
        anna.sees(&[if text.is_empty() { "16:00" } else { text }]);
        anna.terminal.send("j");
    }
    anna.sees(&["ETA 16:00"]);
    anna.terminal.wait_until("every question has its answer", |screen| !screen.contains("unanswered"));
    let status = world.status();
    let questions = status["questions"].as_array().expect("questions");
    assert_eq!(questions.len(), 7);
    assert!(questions.iter().all(|question| !question["at"].is_null()), "{questions:#?}");
    assert_eq!(questions[4]["time"], "2026-11-21T16:00:00.000+01:00");
}

fn work_the_checklist(anna: &mut Hand, world: &World) {
    anna.press("2", "w waive");
    anna.press("g", "0 of 24");
    anna.press(" ", "1 of 24");
    anna.sees(&["Done: Keep notes with clock times"]);
    anna.press("w", "Waive a point");
    // No reason, no waiving.
    anna.press("\x13", "Reason is needed");
    anna.write("handled by the bank");
    anna.save("Waive a point");
    anna.sees(&["2 of 24", "handled by the bank"]);
    fill_in(anna, "t", "Give a point to somebody", "Olle", "Give a point to somebody", "assigned to Olle");
    anna.terminal.send("G");
    anna.press("e", "Reopen a point");
    anna.write("it came back");
    anna.save("Reopen a point");
    anna.sees(&["1 of 24", "Open again"]);
    let status = world.status();
    let (done, waived) = (&status["checklist"]["done"], &status["checklist"]["waived"]);
    assert_eq!(done.as_u64().unwrap_or(9) + waived.as_u64().unwrap_or(9), 1, "{status:#}");
}

fn tell_the_management(anna: &mut Hand, world: &World) {
    world.advance(5);
    anna.sees(&["T+00:05:00"]);
    anna.command("The notices that the routine asks for", "Notices of the routine");
    anna.press(ENTER, "It must say");
    anna.terminal.send(TAB);
    anna.fill_next("Payments stopped 12:58, Anna leads");
    anna.save("First notice");
    anna.press_away(ESCAPE, "Notices of the routine");
    anna.sees(&["first notice ✓ 13:10"]);
    assert_eq!(world.status()["clocks"][0]["state"], "met");
}

fn find_a_lead(anna: &mut Hand, world: &World) {
    anna.sees(&["! no CIM yet"]);
    anna.press("r", "CIM: nobody");
    call(anna, "Bo", "n", "no answer", "no, roles stay as they are");
    anna.sees(&["Bo: no answer", "CIM: nobody"]);
    call(anna, "Eva", "2", "accepted", "CIM");
    anna.sees(&["Eva: accepted", "CIM: Eva since 13:10"]);
    anna.press_away(ESCAPE, "Roles");
    anna.sees(&["CIM Eva"]);
    assert_eq!(world.status()["cim"], "Eva");
}

fn call(anna: &mut Hand, person: &str, outcome: &str, said: &str, takes: &str) {
    anna.press("a", "‹ called to take a role ›");
    anna.fill_next(person);
    anna.terminal.send(TAB);
    anna.fill_next("phone");
    anna.terminal.send(TAB);
    anna.terminal.send(TAB);
    // One outcome too many at first, so that the choice is always made.
    anna.press("d", "declined");
    anna.press(outcome, &format!("‹ {said} ›"));
    if takes == "CIM" {
        anna.terminal.send(TAB);
        anna.press("2", "‹ CIM ›");
    }
    anna.save("A call");
}

fn meet(anna: &mut Hand, world: &World) {
    anna.command("Call a meeting", "Calling is not holding");
    anna.fill_next("bridge 2");
    anna.save("Call a meeting");
    anna.sees(&["meeting called for"]);
    world.advance(15);
    anna.sees(&["T+00:20:00"]);
    anna.press("m", "Meeting 1 since 13:25");
    for person in ["Olle", "Eva"] {
        fill_in(anna, "t", "Who takes part?", person, "Who takes part?", &format!("{person} takes part"));
    }
    anna.sees(&["Take part: Olle, Eva"]);
    anna.press("n", "Enter save");
    anna.note("d: hold site B ready", "1 note");
    anna.press_away(ESCAPE, "Enter save");
    for point in 1..=7 {
        fill_in(anna, ENTER, "Outcome", &format!("outcome {point}"), "Outcome", &format!("agenda {point} of 7"));
        anna.terminal.send("j");
    }
    world.advance(10);
    anna.press("E", "End the meeting");
    anna.write("Renew the certificate");
    anna.save("End the meeting");
    anna.sees(&["1 meeting held", "ended: Renew the certificate"]);
    anna.terminal.wait_until("the meeting's list is closed", |screen| !screen.contains("E end"));
    let status = world.status();
    assert_eq!(status["meetings_held"], 1);
    assert_eq!(status["clocks"][1]["state"], "met", "{status:#}");
}

fn bells(raw: &[u8]) -> usize {
    raw.iter().filter(|byte| **byte == 7).count()
}

/// Waits until it has rung more than `before`; how often it has rung then.
#[track_caller]
fn next_bell(anna: &mut Hand, before: usize, when: &str) -> usize {
    anna.terminal.wait_for_output(&format!("the bell rings {when}"), |raw| bells(raw) > before);
    bells(&anna.terminal.raw)
}

fn keep_the_clock(anna: &mut Hand, world: &World) {
    let due = world.status()["clocks"][2]["due_at"].as_str().expect("the next meeting is due").to_owned();
    let minute = |at: &str, by: i64| {
        let due = chrono::DateTime::parse_from_rfc3339(at).expect("a time");
        (due + chrono::Duration::minutes(by)).to_rfc3339()
    };
    let silent = bells(&anna.terminal.raw);
    world.set_clock(&minute(&due, -10));
    anna.sees(&["SOON", "Next meeting in 10 m"]);
    let soon = next_bell(anna, silent, "ten minutes before");
    world.set_clock(&due);
    anna.sees(&["NOW", "Next meeting is due now"]);
    let now = next_bell(anna, soon, "at the mark");
    world.set_clock(&minute(&due, 10));
    anna.sees(&["OVERDUE", "Next meeting is 10 m overdue"]);
    next_bell(anna, now, "while it is overdue");
    anna.press("S", "Put a clock off");
    anna.fill_next("the vendor is on the line");
    anna.save("Put a clock off");
    anna.sees(&["Next meeting put off until", "vendor is on the line"]);
    anna.terminal.wait_until("the warning is gone", |screen| !screen.contains("OVERDUE"));
    anna.command("Set how often the team meets", "How often the team meets");
    anna.terminal.send("\x15");
    anna.write("60m");
    anna.fill_next("it moves fast now");
    anna.save("How often the team meets");
    anna.sees(&["Meetings every 1 h", "fast now"]);
}

fn call_for_help(anna: &mut Hand, world: &World) {
    anna.press("7", "Suppliers");
    anna.press("a", "Their case number");
    anna.write("Gatelink");
    anna.fill_next("C-4711");
    anna.terminal.send(TAB);
    anna.press("y", "‹ yes ›");
    anna.save("Supplier");
    anna.sees(&["Gatelink: case C-4711"]);
    anna.press_away(ESCAPE, "─ Suppliers ─");
    anna.press("8", "Obstacles");
    fill_in(anna, "a", "What is in the way", "No badge for Eva", "An obstacle", "! No badge for Eva");
    assert_eq!(world.status()["open"]["obstacles"], 1);
    fill_in(anna, ENTER, "How it was cleared", "Guard lets her in", "Out of the way", "✓ No badge for Eva");
    anna.press_away(ESCAPE, "Obstacles");
    anna.press("6", "Resources");
    fill_in(anna, "a", "What is needed", "A network person", "Ask for a resource", "A network person (asked for");
    fill_in(anna, ENTER, "Who or what came", "Sara", "Allocated", "A network person: Sara");
    anna.press_away(ESCAPE, "Resources");
}

fn choose_a_plan(anna: &mut Hand, world: &World) {
    anna.press("p", "Plan A: none yet");
    fill_in(anna, ENTER, "The plan", "Renew the certificate", "Plan A", "Plan A: Renew the certificate");
    anna.terminal.send("j");
    fill_in(anna, ENTER, "The plan", "Fail over to site B", "Plan B", "Plan B: Fail over to site B");
    fill_in(
        anna,
        "a",
        "What makes us switch",
        "no certificate by 16:00",
        "What makes us switch",
        "We switch when: no certificate by 16:00",
    );
    fill_in(anna, "e", "Go for plan B", "16:00 has passed", "Go for plan B", "Plan B, chosen");
    anna.press_away(ESCAPE, "Plan A and plan B");
    assert_eq!(world.status()["state"], "open");
}

fn finish_the_actions(anna: &mut Hand, world: &World) {
    assert_eq!(world.status()["open"]["late_actions"], 2);
    anna.press("4", "e change");
    anna.terminal.send("g");
    fill_in(anna, " ", "is done", "pool restarted", "Action 1 is done", "1 open ─ 1 done");
    // The selection stays with what was done; the next thing to do stands first.
    anna.terminal.send("g");
    anna.press("w", "Drop action 2");
    anna.write("not needed");
    anna.save("Drop action 2");
    anna.terminal.wait_until("no action is open", |screen| !screen.contains("1 open"));
    assert_eq!(world.status()["open"]["actions"], 0);
}

fn mitigate_and_restore(anna: &mut Hand, world: &World) {
    anna.command("Mitigated: contained", "Ctrl+s save");
    anna.write("site B carries the traffic");
    anna.save("Mitigated");
    anna.sees(&["Mitigated: site B carries"]);
    anna.press("R", "Service is restored");
    anna.sees(&["neither done nor waived"]);
    anna.write("normal function back");
    anna.save("Service is restored");
    // What the routine still asks for is named.
    anna.sees(&["Neither done nor waived", "CIM in place"]);
    anna.press_away(ESCAPE, "Enter goes there");
    anna.sees(&["RESTORED"]);
    let elapsed = world.status()["elapsed_s"].clone();
    world.advance(7);
    anna.terminal.wait_until("the debrief is waited for", |screen| screen.contains("DEBRIEF"));
    assert_eq!(world.status()["elapsed_s"], elapsed, "the duration stands still once service is restored");
    assert_eq!(world.status()["state"], "restored");
}

fn settle_and_close(anna: &mut Hand, world: &World) {
    // Closing is refused while anything is unsettled, and says so.
    anna.command("Close the incident", "the report's clock starts");
    anna.press("\x13", "the first is “CIM in place”");
    anna.press_away(ESCAPE, "the report's clock starts");
    anna.press("2", "w waive");
    anna.terminal.send("g");
    // The notes, and the first notice with its step, are done already.
    for settled in 3..=24 {
        anna.press(" ", &format!("{settled} of 24"));
    }
    anna.command("Close the incident", "the report's clock starts");
    anna.write("all is well");
    anna.save("Close the incident");
    anna.sees(&["closed 15:42", "Incident closed: all is well"]);
    assert_eq!(world.status_of("2026-001")["state"], "closed");
}

fn look_back(anna: &mut Hand, world: &World) {
    anna.command("The debrief", "Debrief");
    for answer in ["Found by the bank", "Went well", "A new certificate", "Watch expiry", "Alarms, Olle, May"] {
        fill_in(anna, ENTER, "Answer", answer, "Answer", answer);
        anna.terminal.send("j");
    }
    anna.press_away(ESCAPE, "Enter answer");
    anna.command("The report was delivered", "Delivered to");
    anna.write("the service owner");
    anna.save("The report was delivered");
    anna.sees(&["Report delivered to the service owner"]);
    let status = world.status_of("2026-001");
    assert!(status["clocks"].as_array().expect("clocks").iter().all(|clock| clock["state"] == "met"), "{status:#}");
}

fn the_record_holds_it_all(world: &World) {
    let report = world.klock(["export", "-r", "2026-001", "--format", "md"]).ok();
    for said in [
        "Card payments down",
        "Gateway answers 502",
        "site B at 13:30 unless solved",
        "12:53",
        "first alarm from the bank",
        "an expired certificate",
        "Terminals get 502",
        "All 14,200 terminals",
        "16:00",
        "Alarm before expiry",
        "handled by the bank",
        "Payments stopped 12:58, Anna leads",
        "Bo",
        "Renew the certificate",
        "outcome 1",
        "outcome 7",
        "the vendor is on the line",
        "it moves fast now",
        "C-4711",
        "No badge for Eva",
        "A network person",
        "no certificate by 16:00",
        "pool restarted",
        "not needed",
        "site B carries the traffic",
        "normal function back",
        "all is well",
        "Found by the bank",
        "the service owner",
    ] {
        assert!(report.contains(said), "the report lacks “{said}”:\n{report}");
    }
    let verified = world.klock(["verify", "-r", "2026-001"]).ok();
    assert!(verified.contains("every one sound"), "{verified}");
}
