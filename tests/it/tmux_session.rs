//! `klock tmux`: the session it opens, joins and switches to.

use std::path::Path;
use std::process::Command;

use super::pty::Terminal;
use super::tmux_popup::wait_until;
use super::tmux_status::environment;
use super::world::World;

/// A person at a terminal who runs `klock tmux` against a server of the world's own.
struct Team<'a> {
    world: &'a World,
    terminal: Terminal,
}

impl<'a> Team<'a> {
    fn open(world: &'a World, size: (u16, u16)) -> Self {
        let socket = Self::socket(world);
        let arguments = ["tmux", "--socket", &socket];
        Team { world, terminal: Terminal::start(World::program(), &arguments, &environment(world), size) }
    }

    fn socket(world: &World) -> String {
        world.dir().join("team.sock").to_str().expect("UTF-8").to_owned()
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let output = Command::new("tmux")
            .args(["-S", &Self::socket(self.world)])
            .args(arguments)
            .output()
            .expect("tmux is installed");
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }

    fn shows(&self, target: &str, texts: &[&str]) {
        let look = || self.tmux(&["capture-pane", "-p", "-t", target]);
        wait_until(&format!("{target} shows {texts:?}"), look, |text| texts.iter().all(|sought| text.contains(sought)));
    }
}

impl Drop for Team<'_> {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

#[test]
fn a_wide_terminal_has_room_timeline_and_checklist_side_by_side() {
    let world = World::new();
    world.open("Card payments #(touch pwned)");
    let mut team = Team::open(&world, (200, 50));
    team.terminal.wait_for("KLOCKSLAG");
    team.shows("klock-2026-001:room.0", &["FIRST NOTICE", "Questions"]);
    team.shows("klock-2026-001:room.1", &["Timeline", "Incident declared"]);
    team.shows("klock-2026-001:room.2", &["Checklist"]);
    assert_eq!(team.tmux(&["list-panes", "-s", "-F", "#{pane_current_command}"]), "klock\nklock\nklock\n");
    team.terminal.wait_for("2026-001 P1 First notice");
    assert!(team.tmux(&["show-environment", "-t", "klock-2026-001"]).contains("KLOCK_ROOM=2026-001"));
    // A second person joins the same session, on a telephone; the first one's window stays as large as it was.
    let mut other = Terminal::start(
        Path::new("tmux"),
        &["-S", &Team::socket(&world), "attach", "-t", "klock-2026-001"],
        &environment(&world),
        (40, 9),
    );
    other.wait_until("the telephone shows something", |screen| !screen.trim().is_empty());
    wait_until(
        "both are there",
        || team.tmux(&["list-clients", "-F", "#{client_width}"]),
        |clients| clients.contains("200") && clients.contains("40"),
    );
    wait_until(
        "the one who typed last has it as large as their terminal",
        || {
            // Again each time: the other's terminal may still be about to say that it is there.
            team.terminal.send("2");
            team.tmux(&["display-message", "-p", "-t", "klock-2026-001:room", "#{window_width}"])
        },
        |width| width.trim() == "200",
    );
    assert!(!world.dir().join("pwned").exists() && !world.dir().join("home/pwned").exists());
}

#[test]
fn a_narrow_terminal_has_three_windows_and_the_session_is_joined_again() {
    let world = World::new();
    world.open("Card payments down");
    let mut team = Team::open(&world, (80, 24));
    team.terminal.wait_for("FIRST NOTICE");
    let windows = || team.tmux(&["list-windows", "-t", "klock-2026-001", "-F", "#{window_name}"]);
    wait_until("three windows", windows, |windows| windows == "room\ntimeline\nchecklist\n");
    team.shows("klock-2026-001:timeline", &["Timeline", "Incident declared"]);
    let mut again = Team::open(&world, (80, 24));
    again.terminal.wait_for("FIRST NOTICE");
    assert_eq!(windows(), "room\ntimeline\nchecklist\n");
    assert_eq!(team.tmux(&["list-sessions"]).lines().count(), 1);
}

#[test]
fn inside_tmux_the_client_is_switched() {
    let world = World::new();
    world.open("Card payments down");
    let mut client = super::tmux_status::Client::start(&world, (90, 24));
    client.terminal.wait_for("2026-001 P1");
    assert_eq!(client.tmux(&["new-window", "klock", "tmux", "2026-001"]), "");
    client.terminal.wait_for("FIRST NOTICE");
    assert!(client.tmux(&["list-clients", "-F", "#{client_session}"]).contains("klock-2026-001"));
}

#[test]
fn what_is_missing_is_named_with_the_remedy() {
    let mut world = World::new();
    world.klock(["tmux", "2026-009"]).fails(3);
    world.open("Card payments down");
    world.klock(["tmux", "no room"]).fails(3);
    world.set("PATH", "/nonexistent");
    assert!(world.klock(["tmux"]).fails(1).contains("tmux is not installed"));
}
