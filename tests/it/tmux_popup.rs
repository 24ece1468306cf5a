//! The popup for a quick note and the bell, in a real tmux that somebody looks at.

use super::tmux_status::Client;
use super::world::World;

/// What a hand presses before every key of tmux.
const PREFIX: &str = "\u{2}";

#[test]
fn the_key_opens_a_popup_and_enter_records_and_closes_it() {
    let world = World::new();
    world.open("Card payments down");
    let mut client = Client::start(&world, (100, 24));
    client.terminal.wait_for("2026-001 P1");
    client.terminal.send(&format!("{PREFIX}N"));
    client.terminal.wait_until("the popup shows the room and who types", |screen| {
        screen.contains("Card payments down ") && screen.contains("~Anna") && screen.contains("Enter save")
    });
    client.terminal.send("d: fail over to site B #B");
    client.terminal.wait_for("decision · plan B");
    client.terminal.send("\r");
    client.terminal.wait_until("the popup is closed", |screen| !screen.contains('┌'));
    world.wait_for(&["timeline", "--kind", "decision"], "fail over to site B");
}

#[test]
fn a_popup_of_forty_columns_and_three_rows_takes_a_note_and_keeps_a_draft() {
    let world = World::new();
    world.open("Card payments down");
    let mut client = Client::start(&world, (80, 24));
    client.terminal.wait_for("2026-001 P1");
    assert_eq!(client.tmux(&["bind-key", "M", "display-popup", "-E", "-w", "40", "-h", "3", "klock log -i"]), "");
    client.terminal.send(&format!("{PREFIX}M"));
    client.terminal.wait_for("~Anna · 2026-001");
    client.terminal.send("half a thought");
    client.terminal.wait_for("half a thought");
    client.terminal.send("\u{1b}");
    client.terminal.wait_until("the popup is closed", |screen| !screen.contains('┌'));
    assert!(!world.klock(["timeline"]).ok().contains("half a thought"));
    client.terminal.send(&format!("{PREFIX}M"));
    client.terminal.wait_for("half a thought");
    client.terminal.send(", finished\r");
    client.terminal.wait_until("the popup is closed", |screen| !screen.contains('┌'));
    world.wait_for(&["timeline"], "half a thought, finished");
}

#[test]
fn the_bell_of_a_clock_marks_the_window_of_its_room_and_no_other() {
    let world = World::new();
    let room = world.open("Card payments down");
    let mut client = Client::start(&world, (80, 24));
    client.terminal.wait_for("2026-001 P1");
    // The window that is looked at is the last one made.
    for (name, command) in [("room", &["klock", "join", &room][..]), ("editor", &["cat"]), ("shell", &["cat"])] {
        let arguments = [&["new-window", "-n", name][..], command].concat();
        assert_eq!(client.tmux(&arguments), "");
    }
    let flags = || client.tmux(&["list-windows", "-F", "#{window_name} #{window_bell_flag}"]);
    let screen = || client.tmux(&["capture-pane", "-p", "-t", "main:room"]);
    wait_until("the room is on its screen", screen, |screen| screen.contains("FIRST NOTICE"));
    assert!(!flags().contains(" 1"), "nothing has rung: {}", flags());
    let before = client.terminal.raw.len();
    world.advance(16);
    wait_until("the room's window is marked", flags, |flags| flags.contains("room 1"));
    let marked = flags();
    assert!(marked.contains("editor 0") && marked.contains("shell 0"), "{marked}");
    // bell-action any: whoever looks at another window hears it all the same.
    client.terminal.wait_for_output("the bell reaches the person's own terminal", |bytes| bytes[before..].contains(&7));
}

/// Looks until `seen` holds of what `look` finds.
///
/// # Panics
/// When it does not within the patience of every test; the message has what was found last.
pub fn wait_until(what: &str, mut look: impl FnMut() -> String, seen: impl Fn(&str) -> bool) {
    let deadline = std::time::Instant::now() + super::pty::PATIENCE;
    loop {
        let found = look();
        if seen(&found) {
            return;
        }
        assert!(std::time::Instant::now() < deadline, "waited in vain until {what}; it says:\n{found}");
    }
}
