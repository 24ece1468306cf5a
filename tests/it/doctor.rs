//! `klock doctor` in a healthy world and in broken ones: what it finds, what it advises, and that it touches nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::bus::Bus;
use super::freeze::{freeze, thaw};
use super::pty::Terminal;
use super::tmux_popup::wait_until;
use super::tmux_status::Client;
use super::world::World;

/// What the doctor found, with its exit code.
struct Findings {
    code: Option<i32>,
    all: Vec<Value>,
}

impl Findings {
    fn of(world: &World) -> Self {
        let run = world.klock(["doctor", "--no-notice", "--json"]);
        assert_eq!(run.err, "", "{}", run.out);
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        Findings { code: run.code, all: report["findings"].as_array().expect("findings").clone() }
    }

    /// The states of a topic.
    fn states<'a>(&'a self, topic: &'a str) -> Vec<&'a str> {
        self.about(topic).filter_map(|finding| finding["state"].as_str()).collect()
    }

    fn about<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Value> {
        self.all.iter().filter(move |finding| finding["topic"] == topic)
    }

    /// That a topic is in `state`, says `what` and advises `remedy`.
    #[track_caller]
    fn has(&self, topic: &str, state: &str, what: &str, remedy: &str) {
        let says = |finding: &Value, field: &str, text: &str| {
            text.is_empty() || finding[field].as_str().is_some_and(|said| said.contains(text))
        };
        let fits = |f: &Value| f["state"] == state && says(f, "what", what) && says(f, "remedy", remedy);
        assert!(self.about(topic).any(fits), "no {topic} finding is {state}, “{what}”, “{remedy}”: {:#?}", self.all);
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a directory")).expect("made");
    fs::write(path, text).expect("written");
}

#[test]
fn a_healthy_world_has_nothing_that_fails_and_is_left_as_it_was() {
    let world = World::new();
    world.open("Card payments down");
    let contacts = "[[person]]\nname = 'Eva'\nphone = '+46 8 1'\n";
    write(&world.config_dir().join("contacts.toml"), contacts);
    let listed = |dir: &Path| {
        let mut names: Vec<_> =
            fs::read_dir(dir).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        names
    };
    let before = listed(&world.data_dir());
    let found = Findings::of(&world);
    assert_eq!(found.code, Some(0), "{:#?}", found.all);
    for topic in ["host", "rights", "store", "settings", "routines", "contacts", "time", "locale"] {
        assert_eq!(found.states(topic), ["ok"], "{topic}: {:#?}", found.all);
    }
    assert!(found.about("disk").any(|f| f["what"].as_str().is_some_and(|what| what.contains("p99"))));
    assert_eq!(found.states("terminal"), ["skipped"]);
    assert_eq!(listed(&world.data_dir()), before);
    let text = world.klock(["doctor", "--no-notice"]).ok();
    assert!(text.contains("nothing fails"), "{text}");
}

#[test]
fn an_empty_world_stays_empty_and_no_host_is_started() {
    let world = World::new();
    let found = Findings::of(&world);
    assert_eq!(found.code, Some(0), "{:#?}", found.all);
    found.has("host", "ok", "none runs", "");
    found.has("disk", "skipped", "not there yet", "");
    assert!(!world.data_dir().exists());
    world.klock(["host", "status"]).fails(4);
}

#[test]
fn faults_in_the_persons_files_are_named_with_the_remedy() {
    let world = World::new();
    write(&world.config_dir().join("keymap.toml"), "[room]\n'x' = 'no.such.command'\n");
    write(&world.config_dir().join("contacts.toml"), "[[person]]\nname = 'Olle'\nemail = 'o@example.com'\n");
    write(&world.config_dir().join("routines/own.toml"), "id = 'own'\n");
    let found = Findings::of(&world);
    found.has("settings", "warn", "keymap.toml", "klock config check");
    found.has("contacts", "warn", "Olle", "contacts.toml");
    found.has("routines", "warn", "own.toml", "klock routine check");
    assert_eq!(found.code, Some(0), "the program works all the same");
    write(&world.config_dir().join("settings.toml"), "routine = 'gone'\n");
    let found = Findings::of(&world);
    found.has("routines", "fail", "gone", "");
    assert_eq!(found.code, Some(1));
}

#[test]
fn a_directory_that_others_can_enter_fails() {
    let world = World::new();
    world.open("Card payments down");
    fs::set_permissions(world.data_dir(), fs::Permissions::from_mode(0o777)).expect("its mode");
    let found = Findings::of(&world);
    found.has("rights", "fail", "mode 0777", "chmod 700");
    assert_eq!(found.code, Some(1));
}

#[test]
fn a_data_directory_that_takes_nothing_fails() {
    let mut world = World::new();
    // Whoever runs the tests, and be it root, nobody makes files here.
    world.set("KLOCK_DATA_DIR", "/proc/sys");
    let found = Findings::of(&world);
    found.has("disk", "fail", "takes nothing", "KLOCK_DATA_DIR");
    assert_eq!(found.code, Some(1));
}

#[test]
fn without_ssh_and_with_a_locale_of_old_it_warns() {
    let mut world = World::new();
    world.set("PATH", "/nonexistent");
    world.set("LANG", "C");
    let found = Findings::of(&world);
    found.has("ssh", "warn", "ssh is not installed", "openssh-client");
    found.has("tmux", "skipped", "not installed", "");
    found.has("locale", "warn", "C is no UTF-8 locale", "C.UTF-8");
    world.set("KLOCK_HOST", "ssh://anna@nowhere.invalid");
    let found = Findings::of(&world);
    found.has("ssh", "fail", "ssh is not installed", "openssh-client");
    assert_eq!(found.code, Some(1));
}

#[test]
fn a_journal_that_is_cut_off_is_named() {
    let world = World::new();
    let room = world.open("Card payments down");
    world.klock(["host", "stop"]).ok();
    let journal = world.data_dir().join("rooms").join(format!("{room}.jsonl"));
    let text = fs::read_to_string(&journal).expect("the journal");
    fs::write(&journal, format!("{text}{{\"v\":1,")).expect("written");
    Findings::of(&world).has("store", "warn", &format!("{room}.jsonl"), "klock verify");
}

#[test]
fn a_frozen_host_is_told_and_not_waited_for() {
    let world = World::new();
    world.open("Card payments down");
    let host = world.host_pid();
    freeze(host);
    let began = Instant::now();
    let found = Findings::of(&world);
    thaw(host);
    assert!(began.elapsed() < Duration::from_secs(15), "it took {:?}", began.elapsed());
    assert_eq!(found.states("host"), ["fail"], "{:#?}", found.all);
}

#[test]
fn a_notice_is_sent_to_the_desktop_unless_it_is_not_to_be() {
    let mut world = World::new();
    let bus = Bus::with_daemon();
    world.set("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    world.klock(["doctor", "--no-notice"]).ok();
    assert!(world.klock(["doctor"]).ok().contains("one was sent"));
    bus.wait_for_notice("klock doctor");
    assert!(bus.other_notices().is_empty());
    let bus = Bus::without_daemon();
    world.set("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    assert!(world.klock(["doctor"]).ok().contains("the desktop takes none"));
}

#[test]
fn a_terminal_is_asked_how_wide_it_draws_and_given_back() {
    let world = World::new();
    let mut terminal = Terminal::start(World::program(), &["doctor", "--no-notice"], world.environment(), (140, 50));
    // The terminal says that one emoji takes two columns and the joined one four.
    terminal.wait_for_output("it asks for the cursor's place", |bytes| asked(bytes) == 1);
    terminal.send("\u{1b}[1;3R");
    terminal.wait_for_output("it asks again", |bytes| asked(bytes) == 2);
    terminal.send("\u{1b}[1;5R");
    terminal.wait_for("nothing fails");
    let text = terminal.text();
    assert!(text.contains("xterm-256color, 140 × 50"), "{text}");
    assert!(text.contains("an emoji takes 2 columns, a joined one 4"), "{text}");
    assert_eq!(terminal.line_settings(), terminal.line_settings_at_start());
}

/// How often the cursor's place was asked for.
fn asked(bytes: &[u8]) -> usize {
    bytes.windows(4).filter(|window| window == b"\x1b[6n").count()
}

/// What the doctor prints inside of tmux, with the settings of `client`.
fn inside(world: &World, client: &Client) -> String {
    let out = world.dir().join("doctor.out");
    let done = world.dir().join("doctor.done");
    let script = format!("klock doctor --no-notice >'{}'; : >'{}'", out.display(), done.display());
    assert_eq!(client.tmux(&["new-window", "sh", "-c", &script]), "");
    wait_until("the doctor is done", || format!("{}", done.exists()), |done| done == "true");
    fs::remove_file(&done).expect("removed");
    fs::read_to_string(&out).expect("what it printed")
}

#[test]
fn the_settings_of_tmux_are_explained_and_the_configuration_handed_out_serves() {
    let world = World::new();
    let mut client = Client::start(&world, (100, 10));
    client.terminal.wait_until("tmux is there", |screen| screen.contains("[main]"));
    let text = inside(&world, &client);
    assert!(text.contains("its settings serve"), "{text}");
    for (scope, option, value) in [
        ("-s", "escape-time", "500"),
        ("-s", "focus-events", "off"),
        ("-g", "bell-action", "none"),
        ("-wg", "window-size", "smallest"),
    ] {
        client.tmux(&["set", scope, option, value]);
    }
    let text = inside(&world, &client);
    for line in
        ["set -s escape-time 10", "set -s focus-events on", "set -g bell-action any", "set -g window-size latest"]
    {
        assert!(text.contains(&format!("into tmux.conf: {line}")), "{line}:\n{text}");
    }
}
