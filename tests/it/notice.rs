//! Desktop notices of the clocks, received by a real notification daemon.

use super::bus::Bus;
use super::world::World;

#[test]
fn the_one_hour_and_two_hour_warnings_reach_the_desktop_once() {
    let bus = Bus::with_daemon();
    let mut world = World::new();
    world.set("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    world.open("Card payments down");
    world.klock(["notice", "sent", "CIM in place, bridge is open", "--notice", "first"]).ok();
    world.advance(50);
    bus.wait_for_notice("First meeting");
    world.advance(10);
    let due = bus.wait_for_notice("First meeting");
    assert!(due.contains("Card payments down"), "the notice says which incident: {due}");
    world.klock(["meeting", "start"]).ok();
    world.klock(["meeting", "end"]).ok();
    // A new host must not ring again what the old one rang.
    world.klock(["host", "stop"]).ok();
    world.klock(["status"]).ok();
    world.advance(110);
    bus.wait_for_notice("Next meeting");
    world.advance(10);
    bus.wait_for_notice("Next meeting");
    world.advance(10);
    bus.wait_for_notice("Next meeting");
    assert_eq!(bus.other_notices(), Vec::<String>::new(), "each mark rings once");
}

#[test]
fn without_a_notification_service_the_host_says_so_once_and_goes_on() {
    let bus = Bus::without_daemon();
    let mut world = World::new();
    world.set("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    world.open("Card payments down");
    for (minutes, time) in [(15, "13:20:00"), (35, "13:55:00"), (15, "14:10:00")] {
        world.advance(minutes);
        world.wait_for(&["timeline", "--kind", "clock"], time);
        world.klock(["log", "still working"]).ok();
    }
    // The notice is sent beside what is recorded, and what comes of it may be known later.
    world.wait_for(&["host", "status", "--json"], "host-no-desktop");
    let status = world.host();
    let remarks = status["health"]["remarks"].as_array().expect("remarks");
    let said = remarks.iter().filter(|remark| remark["key"] == "host-no-desktop").count();
    assert_eq!(said, 1, "said once: {remarks:?}");
}
