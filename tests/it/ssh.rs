//! A room on another machine, through a real sshd on loopback: what is written, what is lost on the way, and what ssh says.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use klockslag::client::blocking::BlockingClient;
use klockslag::client::reconnecting::{ReconnectingClient, Update};
use klockslag::client::{ClientOptions, FAR_PATIENCE, HostAddress, HostTarget};
use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::record::Assurance;
use klockslag::wire::message::{Answer, Ask, HostMsg};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::death::kill;
use super::freeze::{freeze, thaw};
use super::hand::ESCAPE;
use super::pty::{PATIENCE, Terminal};
use super::world::World;

/// Two machines that are one: a far account with its own home behind a real sshd, and a near one that knows its key.
struct Machines {
    near: World,
    far: World,
    sshd: Child,
    port: u16,
}

impl Machines {
    fn new() -> Self {
        let far = World::new();
        let mut near = World::new();
        make_keys(near.dir());
        let (sshd, port) = start_sshd(near.dir(), &far);
        let wrapper = near.dir().join("ssh");
        // Its process id is the one of ssh, which takes its place.
        let script = format!(
            "#!/bin/sh\necho $$ >> '{dir}/pids'\nexec ssh -F '{dir}/ssh_config' \"$@\"\n",
            dir = near.dir().display()
        );
        write_program(&wrapper, &script);
        let config = format!(
            "Host *\nIdentityFile {dir}/key\nIdentitiesOnly yes\nUserKnownHostsFile {dir}/known\n\
             StrictHostKeyChecking accept-new\nLogLevel ERROR\n",
            dir = near.dir().display()
        );
        fs::write(near.dir().join("ssh_config"), config).expect("the configuration of ssh");
        near.set("KLOCK_SSH", wrapper.to_str().expect("UTF-8"));
        near.set("KLOCK_HOST", &format!("ssh://127.0.0.1:{port}"));
        near.set("KLOCK_NAME", "Olle");
        Machines { near, far, sshd, port }
    }

    /// Every ssh that was started here so far.
    fn pids(&self) -> Vec<Pid> {
        let text = fs::read_to_string(self.near.dir().join("pids")).unwrap_or_default();
        text.lines().filter_map(|line| Pid::from_raw(line.parse().ok()?)).collect()
    }

    fn assert_no_ssh_lingers(&self) {
        let pids = self.pids();
        assert!(!pids.is_empty(), "ssh was never started");
        for pid in pids {
            assert!(test_kill_process(pid).is_err(), "ssh {pid:?} is still there");
        }
    }

    /// A link of a running screen.
    fn options(&self) -> ClientOptions {
        options(&format!("ssh://127.0.0.1:{}", self.port), self.near.dir().join("ssh"))
    }

    /// Runs the program here with another host.
    fn klock_at(&self, host: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.near.command(arguments).env("KLOCK_HOST", host).output().expect("the program starts");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    }
}

/// How a running screen reaches `place` by way of `program`.
fn options(place: &str, program: PathBuf) -> ClientOptions {
    let place = HostAddress::parse(place).expect("a machine");
    let HostAddress::Ssh(machine) = place else { panic!("no machine: {place:?}") };
    ClientOptions {
        target: HostTarget::Ssh { machine, program: program.into() },
        name: "Olle".into(),
        sure: Assurance::Claimed,
        read_only: false,
        version: env!("CARGO_PKG_VERSION").into(),
        patience: FAR_PATIENCE,
        hear_ssh: None,
    }
}

impl Drop for Machines {
    fn drop(&mut self) {
        // The near world asks the host to finish when it goes, which needs no ssh for that.
        self.near.unset("KLOCK_HOST");
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
    }
}

fn make_keys(dir: &Path) {
    for name in ["host_key", "key"] {
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(dir.join(name)).status();
        assert!(made.expect("ssh-keygen is installed: tests/run installs it").success());
    }
}

/// A server on a port that was free a moment ago; another one when somebody was faster.
fn start_sshd(dir: &Path, far: &World) -> (Child, u16) {
    if rustix::process::getuid().is_root() {
        fs::create_dir_all("/run/sshd").expect("the directory that sshd wants when it is root's");
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let places = path.split(':').chain(["/usr/sbin", "/usr/local/sbin"]).map(|place| Path::new(place).join("sshd"));
    let sshd: PathBuf =
        places.into_iter().find(|sshd| sshd.is_file()).expect("sshd is installed: tests/run installs it");
    let klock = World::program().parent().expect("a directory").display().to_string();
    let environment: Vec<String> = far
        .environment()
        .iter()
        .map(|(name, value)| if name == "PATH" { format!("PATH={klock}:{value}") } else { format!("{name}={value}") })
        .collect();
    for _ in 0..5 {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {dir}/host_key\nAuthorizedKeysFile {dir}/key.pub\n\
             UsePAM no\nStrictModes no\nPidFile none\nPermitRootLogin yes\nPasswordAuthentication no\n\
             KbdInteractiveAuthentication no\nSetEnv {}\n",
            environment.join(" "),
            dir = dir.display()
        );
        fs::write(dir.join("sshd_config"), config).expect("the configuration of sshd");
        let mut command = Command::new(&sshd);
        command.args(["-D", "-e", "-f"]).arg(dir.join("sshd_config")).stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("sshd starts");
        let said = BufReader::new(child.stderr.take().expect("its stderr"));
        let mut lines = said.lines().map_while(Result::ok);
        if lines.by_ref().any(|line| line.contains("Server listening")) {
            // What else it says must be read, or it waits.
            std::thread::spawn(move || lines.for_each(drop));
            return (child, port);
        }
        let _ = child.wait();
    }
    panic!("sshd does not listen");
}

fn write_program(path: &Path, script: &str) {
    fs::write(path, script).expect("a script");
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).expect("made a program");
}

#[test]
fn an_entry_logged_over_ssh_is_in_the_room_of_the_far_account() {
    let machines = Machines::new();
    let room = machines.far.open("Card payments down");
    let logged = machines.near.klock(["log", "d: fail over to site B"]).ok();
    assert!(logged.split_once(' ').is_some(), "{logged}");
    let seen = machines.near.klock(["timeline", "--kind", "decision"]).ok();
    assert!(seen.contains("fail over to site B"), "{seen}");
    let line = machines.far.klock(["export", "--format", "jsonl"]).ok();
    let line = line.lines().last().expect("a line");
    let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(record["by"]["name"], "Olle", "{line}");
    assert_ne!(record["by"]["sure"], "verified", "{line}");
    assert!(!machines.near.data_dir().exists(), "nothing of the room stays here");
    machines.near.klock(["verify", "-r", &room]).ok();
    machines.assert_no_ssh_lingers();
}

#[test]
fn the_screen_over_ssh_shows_what_happens_there_and_comes_back_when_ssh_dies() {
    let machines = Machines::new();
    machines.far.open("Card payments down");
    let mut screen = Terminal::start(World::program(), &[], machines.near.environment(), (120, 40));
    screen.wait_for("Card payments down");
    machines.far.klock(["log", "said on the other machine"]).ok();
    screen.wait_for("said on the other machine");
    kill_process(*machines.pids().last().expect("an ssh"), Signal::KILL).expect("killed");
    screen.send("n");
    screen.wait_for("Enter save");
    screen.send("said here while ssh was dead\r");
    machines.far.wait_for(&["timeline"], "said here while ssh was dead");
    screen.wait_for("said here while ssh was dead");
    assert_eq!(machines.pids().len(), 2, "one ssh after the other");
    screen.send(ESCAPE);
    screen.wait_for("n note");
    screen.send("q");
    screen.wait_for_end();
    machines.assert_no_ssh_lingers();
}

#[test]
fn nothing_is_lost_and_nothing_doubled_when_ssh_or_the_host_dies_under_a_writer() {
    const DEATHS: usize = 6;
    let machines = Machines::new();
    let room: RoomId = machines.far.open("Card payments down").parse().expect("a room");
    let (tell, updates) = channel();
    let link = ReconnectingClient::start(machines.options(), move |update| drop(tell.send(update))).expect("a link");
    let mut told = Told::default();
    let mut number = 0;
    for death in 0..DEATHS {
        // Some on their way, some not even sent, when it dies.
        let wanted = told.acknowledged.len() + 5;
        for _ in 0..10 {
            number += 1;
            link.ask(note(&room, number));
        }
        told.wait_for(&updates, |told| told.acknowledged.len() >= wanted && told.connected > death);
        if death % 2 == 0 {
            kill_process(*machines.pids().last().expect("an ssh"), Signal::KILL).expect("ssh was there");
        } else {
            kill(machines.far.host_pid());
        }
    }
    let all = usize::try_from(number).expect("few");
    told.wait_for(&updates, |told| told.acknowledged.len() >= all && told.connected > DEATHS);
    drop(link);
    machines.assert_no_ssh_lingers();
    let written: Vec<String> = (1..=number).map(text_of).collect();
    told.acknowledged.sort_by_key(|(seq, _)| *seq);
    assert_eq!(told.acknowledged.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), written, "in order");
    let exported = machines.far.klock(["export", "--format", "jsonl"]).ok();
    assert!(written.iter().all(|text| exported.matches(text).count() == 1), "each once:\n{exported}");
    machines.far.klock(["verify"]).ok();
}

#[test]
fn a_verb_that_follows_a_room_comes_back_when_the_network_is_gone_without_a_word() {
    let machines = Machines::new();
    let room: RoomId = machines.far.open("Card payments down").parse().expect("a room");
    let mut client = BlockingClient::connect(machines.options()).expect("connected");
    let enter = || Ask::Attach { room: room.clone(), after: Some(1), entries: 1 };
    assert!(matches!(client.ask(enter()), Ok(Answer::Resumed { .. })));
    // An ssh that carries nothing any more, and does not end either.
    freeze(*machines.pids().last().expect("an ssh"));
    assert!(client.by_ref().all(|said| matches!(said, HostMsg::Here { .. })), "nothing but the end is heard");
    machines.far.klock(["log", "meanwhile"]).ok();
    let Ok(Answer::Resumed { records, .. }) = client.ask(enter()) else { panic!("it does not come back") };
    assert!(records.iter().any(|record| matches!(&record.event, Event::NoteTaken { .. })), "{records:?}");
    assert_eq!(machines.pids().len(), 2, "one ssh after the other");
    drop(client);
    machines.assert_no_ssh_lingers();
}

#[test]
fn whoever_leaves_while_ssh_still_dials_leaves_no_ssh_behind() {
    let near = World::new();
    let dir = near.dir().display();
    // An ssh to a machine that does not answer.
    let program = near.dir().join("dialling");
    write_program(
        &program,
        &format!("#!/bin/sh\necho $$ > '{dir}/pid.new'\nmv '{dir}/pid.new' '{dir}/pid'\nexec sleep 600\n"),
    );
    let link = ReconnectingClient::<()>::start(options("ssh://nowhere", program), drop).expect("a link");
    let deadline = Instant::now() + PATIENCE;
    let pid = loop {
        match fs::read_to_string(near.dir().join("pid")) {
            Ok(pid) => break Pid::from_raw(pid.trim().parse().expect("a number")).expect("a process"),
            Err(_) => assert!(Instant::now() < deadline, "ssh was not started"),
        }
        std::thread::yield_now();
    };
    drop(link);
    assert!(test_kill_process(pid).is_err(), "it dials on");
}

fn text_of(number: u64) -> String {
    format!("note {number:03} of the writer")
}

fn note(room: &RoomId, number: u64) -> Ask {
    let (text, facets) = (text_of(number).as_str().into(), Facets::default());
    let intent = Intent::TakeNote { kind: NoteKind::Note, text, facets };
    let id = IntentId(ulid::Ulid::from_parts(1_763_722_800_000 + number, u128::from(number) << 16));
    Ask::Do(Box::new(Request { id, room: room.clone(), at: None, intent }))
}

/// What a link was told.
#[derive(Default)]
struct Told {
    connected: usize,
    acknowledged: Vec<(u64, String)>,
}

impl Told {
    fn wait_for(&mut self, updates: &Receiver<Update>, enough: impl Fn(&Told) -> bool) {
        let deadline = Instant::now() + PATIENCE * 2;
        while !enough(self) {
            match updates.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Update::Connected(_)) => self.connected += 1,
                Ok(Update::Answer { answer, .. }) => match *answer {
                    Ok(Answer::Recorded { records }) => {
                        self.acknowledged.extend(records.into_iter().filter_map(|record| {
                            let Event::NoteTaken { text, .. } = record.event else { return None };
                            Some((record.seq, text.raw().to_owned()))
                        }))
                    }
                    other => panic!("not recorded: {other:?}"),
                },
                Ok(Update::Dismissed { why }) => panic!("dismissed: {}", why.key),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => {
                    panic!("{} acknowledged on {} connections", self.acknowledged.len(), self.connected)
                }
                Err(RecvTimeoutError::Disconnected) => panic!("the link ended"),
            }
        }
    }
}

#[test]
fn what_ssh_says_is_said_as_it_said_it() {
    let machines = Machines::new();
    // So that no relay starts a host there while the test is already over.
    machines.far.open("Card payments down");
    let port = machines.port;
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let talker = machines.far.dir().join("talker");
    let program = World::program().display();
    write_program(&talker, &format!("#!/bin/sh\necho 'Welcome back, Anna'\nexec {program} \"$@\"\n"));
    let babble = format!("ssh://127.0.0.1:{port}?klock={}", talker.display());
    for (host, code, said) in [
        (format!("ssh://127.0.0.1:{closed}"), 4, "Connection refused"),
        (format!("ssh://not-a-user@127.0.0.1:{port}"), 4, "Permission denied (publickey)"),
        (format!("ssh://127.0.0.1:{port}?klock=klack"), 4, "?klock=PATH"),
        (babble, 4, "“Welcome back, Anna”"),
        ("ssh://-oProxyCommand=touch".into(), 2, "ssh://[user@]machine"),
        ("laptop".into(), 2, "ssh://[user@]machine"),
    ] {
        let (found, err) = machines.klock_at(&host, &["rooms"]);
        assert!(found == Some(code) && err.contains(said), "{host}: {found:?} {err}");
    }
    let missing =
        machines.near.command(["rooms"]).env("KLOCK_SSH", "/nowhere/ssh").output().expect("the program starts");
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/nowhere/ssh"), "{missing:?}");
    machines.assert_no_ssh_lingers();
}

#[test]
fn a_far_host_that_is_stopped_is_said_to_be_and_waited_for_no_longer_than_makes_sense() {
    let machines = Machines::new();
    machines.far.open("Card payments down");
    let host = machines.far.host_pid();
    freeze(host);
    let err = machines.near.klock(["log", "is anybody there?"]).fails(4);
    assert!(err.contains(&format!("kill -CONT {}", host.as_raw_nonzero())), "{err}");
    thaw(host);
    machines.near.klock(["log", "there you are"]).ok();
    let seen = machines.far.klock(["timeline"]).ok();
    assert!(seen.contains("there you are") && !seen.contains("is anybody there?"), "{seen}");
    assert_eq!(machines.far.host_pid(), host, "the same host");
}

#[test]
fn the_relay_says_nothing_of_its_own_and_ends_with_its_input() {
    let far = World::new();
    far.open("Card payments down");
    for input in ["", "\0\0\0\u{2}{}"] {
        // The host's own words to somebody who does not introduce themselves, as one frame, and nothing else.
        let run = far.klock_reading(["relay"], input);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let (length, frame) = run.out.split_at(4);
        assert_eq!(length.as_bytes()[3], u8::try_from(frame.len()).expect("short"), "{frame}");
        assert!(frame.starts_with("{\"Goodbye\""), "{frame}");
    }
    let err = far.command(["relay"]).env("KLOCK_HOST", "ssh://laptop").output().expect("the program starts");
    assert_eq!(err.status.code(), Some(4), "{err:?}");
    assert!(err.stdout.is_empty(), "{err:?}");
}

#[test]
fn the_doctor_goes_to_the_far_host_and_says_what_ssh_says_when_it_cannot() {
    let machines = Machines::new();
    machines.far.open("Card payments down");
    let ssh = |host: &str| {
        let output = machines.near.command(["doctor", "--no-notice", "--json"]).env("KLOCK_HOST", host).output();
        let report: serde_json::Value = serde_json::from_slice(&output.expect("it starts").stdout).expect("JSON");
        let findings = report["findings"].as_array().expect("findings").clone();
        let about: Vec<String> =
            findings.iter().filter(|finding| finding["topic"] == "ssh").map(ToString::to_string).collect();
        about.join("\n")
    };
    let there = ssh(&format!("ssh://127.0.0.1:{}", machines.port));
    let pid = machines.far.host()["pid"].to_string();
    assert!(there.contains(r#""state":"ok""#) && there.contains(env!("CARGO_PKG_VERSION")), "{there}");
    assert!(there.contains(&format!("127.0.0.1:{}", machines.port)) && there.contains(&pid), "{there}");
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let refused = ssh(&format!("ssh://127.0.0.1:{closed}"));
    assert!(refused.contains(r#""state":"fail""#) && refused.contains("Connection refused"), "{refused}");
    let stranger = ssh(&format!("ssh://not-a-user@127.0.0.1:{}", machines.port));
    assert!(stranger.contains(r#""state":"fail""#) && stranger.contains("Permission denied"), "{stranger}");
    machines.assert_no_ssh_lingers();
}

#[test]
fn what_ssh_asks_it_asks_before_the_screen_is_taken_over() {
    let machines = Machines::new();
    machines.far.open("Card payments down");
    let config = machines.near.dir().join("ssh_config");
    let asks = fs::read_to_string(&config).expect("read").replace("accept-new", "ask");
    fs::write(&config, asks).expect("written");
    let _ = fs::remove_file(machines.near.dir().join("known"));
    let mut screen = Terminal::start(World::program(), &[], machines.near.environment(), (100, 30));
    screen.wait_for("continue connecting");
    let text = String::from_utf8_lossy(&screen.raw).into_owned();
    assert!(!text.contains("\x1b[?1049h"), "the screen was taken over while ssh asks: {text:?}");
    screen.send("yes\r");
    screen.wait_for("Card payments down");
    screen.send("q");
    assert_eq!(screen.wait_for_end(), 0);
    // Once the screen is taken over, or where nobody sits, ssh may not ask: it fails, and says so.
    fs::remove_file(machines.near.dir().join("known")).expect("it was learnt");
    let said = machines.near.klock(["rooms"]).fails(4);
    assert!(said.contains("Host key verification failed"), "{said}");
}
