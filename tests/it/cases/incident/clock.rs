//! Clocks by the stage of the incident (case 11), and one notice with one time (A19, T8).

use crate::hand::Hand;
use crate::world::World;

/// How the clock `key` of `room` stands.
fn clock(world: &World, room: &str, key: &str) -> serde_json::Value {
    let status = world.status_of(room);
    let clocks = status["clocks"].as_array().expect("clocks");
    clocks.iter().find(|clock| clock["id"] == key).unwrap_or_else(|| panic!("{key} in {status:#}")).clone()
}

fn item(world: &World, room: &str, key: &str) -> serde_json::Value {
    let items = world.klock(["item", "list", "--json", "-r", room]).json();
    let items = items.as_array().expect("items").clone();
    items.into_iter().find(|item| item["key"] == key).unwrap_or_else(|| panic!("no {key}"))
}

/// What rang in `room` so far.
fn rang(world: &World, room: &str) -> Vec<String> {
    let timeline = world.klock(["timeline", "--kind", "clock", "--json", "-r", room]).ok();
    let text = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        entry["text"].as_str().expect("a text").to_owned()
    };
    timeline.lines().map(text).collect()
}

#[test]
fn a_restored_room_rings_none_of_the_clocks_of_the_work() {
    let world = World::new();
    let room = world.open("Card payments down");
    // Another incident goes on: when its clock has rung, the host has looked at both.
    let other = world.open("Mail down");
    world.set_clock("2026-11-21T13:10:00+01:00");
    world.klock(["restore", "it was a cable", "-r", &room]).ok();
    for (now, late) in
        [("13:20", "due now"), ("13:30", "10 m"), ("13:40", "20 m"), ("14:00", "40 m"), ("14:30", "1 h 10")]
    {
        world.set_clock(&format!("2026-11-21T{now}:30+01:00"));
        world.wait_for(&["timeline", "-r", &other], &format!("First notice is {late}"));
    }
    assert_eq!(rang(&world, &room), ["First notice in 10 m (13:20)"; 0]);
    assert_eq!(clock(&world, &room, "first-notice")["state"], "stopped");
    assert_eq!(clock(&world, &room, "first-meeting")["state"], "stopped");
    assert_eq!(item(&world, &room, "first-notice-sent")["settled"], serde_json::Value::Null);
    let report = world.klock(["export", "-r", &room]).ok();
    assert!(report.contains("- [ ] First notice sent by SMS"), "{report}");
    // The day after, what comes after the incident rings as it should.
    world.set_clock("2026-11-22T13:11:00+01:00");
    world.wait_for(&["timeline", "-r", &room], "Debrief is due now");
    assert!(rang(&world, &room).iter().all(|text| text.starts_with("Debrief")), "{:?}", rang(&world, &room));
}

#[test]
fn a_reopened_incident_asks_for_what_was_never_done_from_then_on() {
    let world = World::new();
    let room = world.open("Card payments down");
    world.klock(["meeting", "start"]).ok();
    world.klock(["meeting", "end", "briefed"]).ok();
    world.set_clock("2026-11-21T13:10:00+01:00");
    world.klock(["restore", "it was a cable"]).ok();
    world.set_clock("2026-11-21T18:00:00+01:00");
    world.klock(["reopen", "--reason", "again"]).ok();
    let due = |key| clock(&world, &room, key)["due_at"].as_str().map(|at| at[11..16].to_owned());
    assert_eq!(due("first-notice").as_deref(), Some("18:15"));
    assert_eq!(item(&world, &room, "first-notice-sent")["due_at"].as_str().map(|at| &at[11..16]), Some("18:15"));
    // The first meeting was held in time, and stands as it was.
    assert_eq!(
        (due("first-meeting").as_deref(), &clock(&world, &room, "first-meeting")["state"]),
        (Some("14:05"), &"met".into())
    );
    assert_eq!(due("next-meeting").as_deref(), Some("20:00"));
}

const STEPS: [(&str, &str); 3] = [
    ("critical-incident", "first-notice-sent"),
    ("service-incident", "users-told"),
    ("healthcare-disruption", "staff-told"),
];

#[test]
fn the_first_notice_and_its_step_have_one_time_and_are_done_together() {
    for (routine, step) in STEPS {
        for lang in ["en", "sv"] {
            let mut world = World::new();
            world.set("KLOCK_LANG", lang);
            let mut open = |title: &str| world.klock(["open", title, "--routine", routine]).ok().trim().to_owned();
            let [told, ticked, waived] = ["told", "ticked", "waived"].map(&mut open);
            for room in [&told, &ticked, &waived] {
                let (clock, item) = (clock(&world, room, "first-notice"), item(&world, room, step));
                assert_eq!(clock["due_at"], item["due_at"], "{routine}");
                assert_eq!(clock["state"], "calm");
            }
            world.advance(7);
            world.klock(["notice", "sent", "--notice", "first", "cards are down", "-r", &told]).ok();
            world.klock(["check", step, "-r", &ticked]).ok();
            world.klock(["waive", step, "--reason", "all were in the room", "-r", &waived]).ok();
            for (room, settled, state) in
                [(&told, "done", "met"), (&ticked, "done", "met"), (&waived, "waived", "stopped")]
            {
                assert_eq!(item(&world, room, step)["settled"], settled, "{routine} {room}");
                assert_eq!(clock(&world, room, "first-notice")["state"], state, "{routine} {room}");
            }
            assert_eq!(item(&world, &told, step)["at"].as_str().map(|at| &at[11..16]), Some("13:12"));
            // Open again, it is asked for again.
            world.klock(["item", "reopen", step, "-r", &ticked]).ok();
            assert_eq!(clock(&world, &ticked, "first-notice")["state"], "calm");
        }
    }
}

#[test]
fn ticking_the_step_on_the_screen_asks_for_the_notice() {
    let world = World::new();
    let room = world.open("Card payments down");
    let mut anna = Hand::sit_down(&world, &[], (120, 40));
    anna.sees(&["First notice sent by SMS"]);
    anna.terminal.send("2jjjj ");
    anna.sees(&["Recording it checks the step and stops its clock.", "It must say"]);
    anna.terminal.send("\t\t");
    anna.write("Cards are down since 12:58, Anna leads");
    anna.save("First notice");
    anna.sees(&["first notice ✓ 13:05"]);
    assert_eq!(item(&world, &room, "first-notice-sent")["settled"], "done");
    assert_eq!(clock(&world, &room, "first-notice")["state"], "met");
}

#[test]
fn a_routine_that_gives_one_notice_two_times_is_explained() {
    let world = World::new();
    let sound = include_str!("../../../../config/routines/critical-incident.toml");
    let write = |text: &str| {
        let path = world.dir().join("own.toml");
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    world.klock(["routine", "check", &write(sound)]).ok();
    let both = sound.replacen(
        "clock = \"first-notice\"",
        "clock = \"first-notice\"\ndue = { after = \"declared\", minutes = 10 }",
        1,
    );
    let said = world.klock(["routine", "check", &write(&both)]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("two times for one thing") && said.out.contains("take `due` out"), "{}", said.out);
    let apart = sound.replacen("clock = \"first-notice\"", "due = { after = \"declared\", minutes = 10 }", 1);
    let said = world.klock(["routine", "check", &write(&apart)]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("checking the step leaves the clock running"), "{}", said.out);
}
