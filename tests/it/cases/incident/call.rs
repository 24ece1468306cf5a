//! A call is recorded as what it was, and gives the lead away only when it says so (T2, A8, P13).

use crate::world::World;

/// A room that Anna Lind leads.
fn led(routine: &str, lead: &str) -> World {
    let world = World::new();
    world.klock(["open", "Card payments down", "--routine", routine, "--lead", lead]).ok();
    world
}

fn report(world: &World) -> String {
    world.klock(["export"]).ok()
}

#[test]
fn no_call_changes_the_lead_whatever_came_of_it() {
    for (routine, role) in [
        ("critical-incident", "cio"),
        ("critical-incident", "cim"),
        ("service-incident", "specialist"),
        ("healthcare-disruption", "director"),
        ("critical-incident", "-"),
    ] {
        let world = led(routine, "Anna Lind");
        for outcome in ["answered", "accepted", "no-answer", "declined", "left-message"] {
            for purpose in [&[][..], &["--for", "decision"], &["--for", "information"], &["--for", "role"]] {
                let call = ["role", "call", role, "Karin Holm", "--outcome", outcome];
                world.klock(call.iter().chain(purpose)).ok();
            }
        }
        assert_eq!(world.status()["cim"], "Anna Lind", "{routine} {role}");
        let report = report(&world);
        assert!(report.contains("Anna Lind") && !report.contains("Karin Holm is"), "{report}");
    }
}

#[test]
fn a_vendor_takes_the_specialists_role_and_not_the_lead() {
    let world = led("service-incident", "Anna Lind");
    let call = ["role", "call", "specialist", "Microsoft support", "--for", "role", "--takes-role"];
    assert!(world.klock(call).err.is_empty());
    assert_eq!(world.status()["cim"], "Anna Lind");
    let report = report(&world);
    assert!(report.contains("**Specialist** Microsoft support"), "{report}");
}

#[test]
fn who_takes_the_lead_in_a_call_gives_it_back_when_the_call_is_struck() {
    let world = led("critical-incident", "Anna Lind");
    let call = ["role", "call", "driftchef", "Per Ek", "--for", "role", "--takes-role", "cim", "--how", "phone"];
    let seq = world.klock(call).ok().split(' ').next().expect("a number").to_owned();
    assert_eq!(world.status()["cim"], "Per Ek");
    world.klock(["entry", "strike", &seq, "--reason", "he could not"]).ok();
    assert_eq!(world.status()["cim"], "Anna Lind");
    let report = report(&world);
    let struck = "~~Per Ek (Operations manager), called to take a role (phone): takes the role CIM~~ (he could not)";
    assert_eq!(report.matches(struck).count(), 2, "among the calls and on the timeline:\n{report}");
    assert!(report.contains("~~Per Ek is CIM~~"), "{report}");
    assert!(report.contains("**CIM** Anna Lind"), "{report}");
    assert_eq!(world.klock(["verify"]).code, Some(0));
}

#[test]
fn a_call_says_why_it_was_made_and_what_was_said() {
    for (lang, expected) in [
        ("en", "Karin Holm (CIO), called for a decision (phone): answered · may we fail over? yes, at 14:30"),
        ("sv", "Karin Holm (It-chef), uppringd för ett beslut (phone): svarade · may we fail over? yes, at 14:30"),
    ] {
        let mut world = led("critical-incident", "Anna Lind");
        world.set("KLOCK_LANG", lang);
        let about = "may we fail over? yes, at 14:30";
        let call = ["role", "call", "cio", "Karin Holm", "--outcome", "answered", "--how", "phone", "--about", about];
        world.klock(call).ok();
        assert!(world.klock(["timeline"]).ok().contains(expected), "{}", world.klock(["timeline"]).ok());
        assert!(report(&world).contains(expected), "{}", report(&world));
    }
}

#[test]
fn what_cannot_be_is_refused_with_the_remedy() {
    let world = led("critical-incident", "Anna Lind");
    let call = |more: &[&str]| {
        let call = ["role", "call", "cio", "Karin Holm"];
        world.klock(call.iter().chain(more))
    };
    let why = call(&["--for", "decision", "--takes-role"]).fails(1);
    assert!(why.contains("Only a call to staff a role gives one."), "{why}");
    let why = call(&["--takes-role", "--outcome", "declined"]).fails(1);
    assert!(why.contains("Only somebody who accepts takes a role."), "{why}");
    let why = call(&["--takes-role", "king"]).fails(1);
    assert!(why.contains("king"), "{why}");
    call(&[]).fails(2);
    let said = call(&["--outcome", "accepted"]);
    assert!(said.err.contains("no role changed hands"), "{}", said.err);
    assert_eq!(world.status()["cim"], "Anna Lind");
}
