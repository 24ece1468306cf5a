//! Priority and what it means for the routine: only what is possible is asked (T19, P7, P8), in the words of the routine (T9, H18).

use crate::hand::Hand;
use crate::world::World;

fn is_active(world: &World, room: &str) -> bool {
    world.status_of(room)["routine_active"].as_bool().expect("a flag")
}

#[test]
fn the_routine_is_in_force_when_the_priority_demands_it_or_somebody_says_so() {
    let world = World::new();
    let open = |grades: [&str; 2], more: &[&str]| {
        let args = ["open", "Slow logins", "--urgency", grades[0], "--impact", grades[1]];
        world.klock(args.iter().chain(more))
    };
    let room = |grades, more: &[&str]| open(grades, more).ok().trim().to_owned();
    for (grades, more, active) in [
        (["1", "1"], &[][..], true),
        (["1", "3"], &[], false),
        (["1", "3"], &["--activate"], true),
        (["2", "2"], &["--activate", "--reason", "payday"], true),
        (["3", "3"], &[], false),
        (["3", "3"], &["--activate", "--reason", "payday"], true),
    ] {
        assert_eq!(is_active(&world, &room(grades, more)), active, "{grades:?} {more:?}");
    }
    for blank in [&["--activate"][..], &["--activate", "--reason", ""], &["--activate", "--reason", "  "]] {
        let why = open(["3", "3"], blank).fails(1);
        assert!(why.contains("Give a reason"), "{why}");
    }
    let low = room(["3", "3"], &[]);
    for blank in [&["activate"][..], &["activate", "--reason", ""], &["activate", "--reason", " \t"]] {
        let why = world.klock(blank.iter().chain(&["-r", &low])).fails(1);
        assert!(why.contains("Give a reason"), "{why}");
    }
    assert!(!is_active(&world, &low));
    world.klock(["activate", "-r", &low, "--reason", "the press calls"]).ok();
    assert!(is_active(&world, &low));
    // Where the choice is free, no reason is needed.
    let middle = room(["1", "3"], &[]);
    world.klock(["activate", "-r", &middle]).ok();
    assert!(is_active(&world, &middle));
}

#[test]
fn a_key_that_the_routine_does_not_have_is_refused_with_those_that_it_has() {
    let world = World::new();
    let open = ["open", "Ransomware", "--routine", "healthcare-disruption", "--classified-by"];
    let why = world.klock(open.iter().chain(&["customer-executive"])).fails(1);
    assert!(why.contains("There are: care-staff, security, manager-on-duty."), "{why}");
    let why = world.klock(open.iter().chain(&["care-stuff"])).fails(1);
    assert!(why.contains("Did you mean “care-staff”?"), "{why}");
    let room = world.klock(open.iter().chain(&["care-staff"])).ok().trim().to_owned();
    for (args, near) in [
        (&["check", "staff"][..], "staff-told"),
        (&["answer", "scop", "x"], "scope"),
        (&["role", "assign", "incident", "Anna"], "incident-lead"),
        (&["phase", "containmnet"], "containment"),
        (&["notice", "sent", "--notice", "frst", "x"], "first"),
        (&["clock", "snooze", "first-notic", "10", "--reason", "x"], "first-notice"),
        (&["classify", "secrity"], "security"),
    ] {
        let why = world.klock(args.iter().chain(&["-r", &room])).fails(1);
        assert!(why.contains(&format!("Did you mean “{near}”?")), "{args:?}: {why}");
    }
    let mut world = world;
    world.set("KLOCK_LANG", "sv");
    let why = world.klock(["check", "staff", "-r", &room]).fails(1);
    assert!(why.contains("Menade du ”staff-told”?"), "{why}");
}

#[test]
fn the_scales_have_the_routines_names() {
    for (lang, likelihood, both) in
        [("en", "likelihood", "(likelihood 2, impact 1)"), ("sv", "sannolikhet", "(sannolikhet 2, konsekvens 1)")]
    {
        let mut world = World::new();
        world.set("KLOCK_LANG", lang);
        let open = ["open", "Ransomware", "--routine", "healthcare-disruption", "--urgency", "2", "--impact", "1"];
        world.klock(open).ok();
        assert!(world.klock(["timeline"]).ok().contains(both));
        let report = world.klock(["export"]).ok();
        assert!(report.contains(likelihood), "{report}");
        assert!(world.klock(["routine", "show", "healthcare-disruption"]).ok().contains(likelihood));
    }
    let world = World::new();
    world.klock(["open", "Ransomware", "--routine", "healthcare-disruption"]).ok();
    let mut anna = Hand::sit_down(&world, &[], (120, 40));
    // In the room, no longer in the lobby.
    anna.sees(&["Ransomware", "press n and write"]);
    anna.command("Set the priority", "Likelihood");
}
