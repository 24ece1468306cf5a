//! A whole critical incident from the keyboard, on a real terminal, from an empty lobby to the delivered report.

use super::hand::{ENTER, ESCAPE, Hand};
use super::world::World;

#[test]
fn a_whole_incident_is_led_from_the_keyboard() {
    let world = World::new();
    let mut anna = Hand::sit_down(&world, &[], (120, 40));
    declare(&mut anna, &world);
    take_notes(&mut anna, &world);
}

fn declare(anna: &mut Hand, world: &World) {
    anna.sees(&["Nothing is going on.", "Declare an incident"]);
    anna.press("D", "Title");
    anna.write("Card payments down");
    anna.save("Declare an incident");
    anna.sees(&["2026-001", "Card payments down", "P1 CRITICAL", "T+00:00:00", "Incident declared", "FIRST MEETING"]);
    assert_eq!(world.status()["priority"]["level"], 1);
}

fn take_notes(anna: &mut Hand, world: &World) {
    anna.press("n", "Enter save");
    anna.note("Gateway answers 502", "Gateway answers 502");
    anna.note("d: site B at 13:30 unless solved", "DECISION");
    anna.note("-12m obs: first alarm from the bank", "12:53");
    anna.note("act: @Olle restart pool +15m #A", "@Olle");
    anna.note("act: @Eva warm up site B by 14:20 #B", "@Eva");
    anna.note("hyp: an expired certificate", "an expired certificate");
    anna.press(ESCAPE, "press n and write");
    println!("{}", anna.terminal.text());
    println!("{}", serde_json::to_string_pretty(&world.status()).unwrap());
    let _ = ENTER;
}
