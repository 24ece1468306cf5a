//! The segment in the status line of a real tmux: what it shows, and what hostile titles cannot do there.

use std::path::Path;

use super::freeze::{freeze, thaw};
use super::pty::Terminal;
use super::world::World;

/// The configuration that is handed out.
pub const CONF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tmux.conf");

/// A person's terminal with tmux in it, as the configuration that is handed out makes it.
pub struct Client {
    pub terminal: Terminal,
    world_dir: std::path::PathBuf,
    environment: Vec<(String, String)>,
}

impl Client {
    /// A new session of a server of `world`'s own, with a shell in it that only waits.
    pub fn start(world: &World, size: (u16, u16)) -> Self {
        let socket = socket(world);
        let arguments = ["-S", &socket, "-f", CONF, "new-session", "-s", "main", "cat"];
        Client {
            terminal: Terminal::start(Path::new("tmux"), &arguments, &environment(world), size),
            world_dir: world.dir().to_owned(),
            environment: environment(world),
        }
    }

    /// What tmux answers to a command.
    pub fn tmux(&self, arguments: &[&str]) -> String {
        let socket = self.world_dir.join("tmux.sock");
        // tmux takes the PATH of whoever asks for a window.
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        let output = std::process::Command::new("tmux")
            .arg("-S")
            .arg(socket)
            .args(arguments)
            .env_clear()
            .envs(environment)
            .output()
            .expect("tmux is installed");
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// Where the tmux server of `world` listens.
pub fn socket(world: &World) -> String {
    world.dir().join("tmux.sock").to_str().expect("UTF-8").to_owned()
}

/// The world's environment, in which `klock` is found by its name.
pub fn environment(world: &World) -> Vec<(String, String)> {
    let program = World::program().parent().expect("a directory").to_str().expect("UTF-8");
    let mut environment = world.environment().to_vec();
    for (name, value) in &mut environment {
        if name == "PATH" {
            *value = format!("{program}:{value}");
        }
    }
    environment.push(("SHELL".to_owned(), "/bin/sh".to_owned()));
    environment
}

#[test]
fn the_segment_says_what_falls_due_and_when_it_is_overdue() {
    let world = World::new();
    world.open("Card payments down");
    let segment = world.klock(["status", "--tmux", "--width", "80"]).ok();
    assert_eq!(segment, "2026-001 P1 First notice 15:00 Card payments down\n");
    world.advance(26);
    world.wait_for(&["status", "--tmux"], "#[fg=white,bg=red,bold] OVERDUE First noti… +11:00 #[default]");
    world.wait_for(
        &["status", "--tmux", "--width", "60"],
        "P1 #[fg=white,bg=red,bold] OVERDUE First notice +11:00 #[default] Card",
    );
}

#[test]
fn the_segment_keeps_its_width_whatever_it_says() {
    let mut world = World::new();
    world.set("NO_COLOR", "1");
    world.open("Card payments down in åäö and 漢字 and much more of the same kind");
    world.open("Another one");
    world.open("A third");
    let full = world.klock(["status", "--tmux", "--width", "200"]).ok();
    assert!(full.contains("+2 rooms"), "{full}");
    for columns in 1..80u16 {
        let segment = world.klock(["status", "--tmux", "--width", &columns.to_string()]).ok();
        let shown = klockslag::domain::showable::width(segment.trim_end());
        assert!(shown <= usize::from(columns), "{shown} of {columns}: {segment}");
    }
}

#[test]
fn without_a_host_the_segment_is_nothing_and_starts_none() {
    let world = World::new();
    assert_eq!(world.klock(["status", "--tmux"]).ok(), "");
    world.klock(["host", "status"]).fails(4);
    assert!(!world.data_dir().exists(), "a look leaves nothing behind");
}

#[test]
fn a_frozen_host_does_not_freeze_the_status_line() {
    let world = World::new();
    world.open("Card payments down");
    let host = world.host_pid();
    freeze(host);
    let segment = world.klock(["status", "--tmux"]);
    thaw(host);
    assert!(segment.ok().contains("klock: the host does not answer"));
    world.wait_for(&["status", "--tmux"], "2026-001");
}

#[test]
fn one_question_is_asked_and_no_room_is_fetched_for_it() {
    use klockslag::domain::record::{Assurance, Author};
    use klockslag::wire::frame;
    use klockslag::wire::message::{Answer, Ask, ClientMsg, Health, HostMsg, PROTOCOL, Welcome};
    let mut world = World::new();
    let at = world.dir().join("run/counted.sock");
    world.set("KLOCK_SOCKET", at.to_str().expect("UTF-8"));
    let door = std::os::unix::net::UnixListener::bind(&at).expect("a socket");
    let host = std::thread::spawn(move || {
        let (mut stream, _) = door.accept().expect("a client");
        let mut asked = Vec::new();
        while let Ok(Some(said)) = frame::read::<ClientMsg>(&mut stream) {
            let answer = match said {
                ClientMsg::Hello(_) => HostMsg::Welcome(Welcome {
                    protocol: PROTOCOL,
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    pid: std::process::id(),
                    you: Author { uid: 0, name: "Anna".to_owned(), sure: Assurance::Claimed },
                    read_only: false,
                    reading_door: false,
                    health: Health::default(),
                }),
                ClientMsg::Ask { ask, what } => {
                    asked.push(what);
                    HostMsg::Answer { ask, answer: Box::new(Ok(Answer::Rooms(Vec::new()))) }
                }
            };
            frame::write(&mut stream, &answer).expect("the client reads");
        }
        asked
    });
    assert_eq!(world.klock(["status", "--tmux"]).ok(), "");
    assert_eq!(host.join().expect("the host ends"), [Ask::OpenRooms]);
}

/// Titles that would run, style, expand or overwrite something if any of tmux's readings took them for its own, and how they
/// stand in the status line. What tmux draws has one reading more than what it expands, so that of several hash signs in a row
/// some are left out.
const HOSTILE: [(&str, &str); 7] = [
    ("#(touch pwned) end", "#(touch pwned) end"),
    ("##(touch pwned) end", "#(touch pwned) end"),
    ("###(touch pwned) end", "##(touch pwned) end"),
    ("#[fg=red]plain #[[ end", "#[fg=red]plain #[[ end"),
    ("##[fg=red]plain end", "##[fg=red]plain end"),
    ("#{pid} #H #S #{?1,a,b} end", "#{pid} #H #S #{?1,a,b} end"),
    ("%H:%M %% #1", "%H:%M %% #1"),
];

#[test]
fn a_hostile_title_is_shown_as_it_is_and_runs_nothing() {
    for (title, shown) in HOSTILE {
        let world = World::new();
        world.open(title);
        let segment = world.klock(["status", "--tmux", "--width", "78"]).ok();
        let mut client = Client::start(&world, (120, 10));
        client.terminal.wait_until(&format!("the title {title:?} stands in the status line"), |screen| {
            screen.lines().last().is_some_and(|line| line.contains(shown))
        });
        // Every other way in which a person could put it there.
        client.tmux(&["set", "-g", "status-right", segment.trim_end()]);
        client.tmux(&["refresh-client", "-S"]);
        let said = client.tmux(&["display-message", "-p", segment.trim_end()]);
        assert!(said.contains("2026-001"), "{said}");
        client.terminal.send("a key\r");
        client.terminal.wait_for("a key");
        let home = world.dir();
        let pwned: Vec<_> = ["pwned", "home/pwned"].iter().map(|name| home.join(name)).filter(|p| p.exists()).collect();
        assert!(pwned.is_empty() && !Path::new("pwned").exists(), "{title} ran: {pwned:?}");
    }
}

#[test]
fn control_and_bidi_characters_of_a_title_are_made_visible() {
    let world = World::new();
    world.open("a\u{1b}[31mred\u{7}\u{202e}back\u{9b}2J");
    let segment = world.klock(["status", "--tmux", "--width", "90"]).ok();
    assert!(segment.trim_end().chars().all(|c| !c.is_control() && c != '\u{202e}'), "{segment:?}");
    assert!(segment.contains("⟨U+202E⟩back"), "{segment}");
}

#[test]
fn the_handed_out_configuration_is_taken_without_a_complaint_twice() {
    let world = World::new();
    let mut client = Client::start(&world, (100, 10));
    client.terminal.wait_until("tmux is there", |screen| screen.contains("[main]"));
    assert_eq!(client.tmux(&["source-file", CONF]), "");
    assert_eq!(client.tmux(&["show-messages"]).matches("tmux.conf:").count(), 0, "{}", client.tmux(&["show-messages"]));
    for (option, value) in [
        ("escape-time", "10"),
        ("focus-events", "on"),
        ("set-clipboard", "on"),
        ("bell-action", "any"),
        ("visual-bell", "off"),
        ("window-size", "latest"),
    ] {
        assert_eq!(client.tmux(&["show", "-Agv", option]).trim(), value, "{option}");
    }
    assert!(client.tmux(&["list-keys"]).contains("klock log --interactive"));
}
