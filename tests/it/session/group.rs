//! A host shared with groups of the system: members come in, others are told why not, and the record says who it was.
//!
//! These tests take on other users, which only root may: where they cannot, they fail and say so.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{AskError, ClientOptions, HostTarget, LocalHost};
use klockslag::domain::record::Assurance;
use klockslag::host::{self, Sharing};
use klockslag::peer;
use klockslag::wire::message::{Answer, Ask, Failure};
use klockslag::wire::place;
use tempfile::TempDir;

use super::world::{World, notes, set_mode, turned_away};

/// Two groups that every system has, and a user without rights. No login is in either.
const TEAM: &str = "daemon";
const MANAGERS: &str = "mail";
const GUEST: u32 = 65_533;

fn gid(name: &str) -> u32 {
    peer::group(name).unwrap_or_else(|| panic!("this test needs the group {name}")).gid
}

/// Does `what` as user `uid` in `groups`: a thread of its own becomes that user, and this process stays who it is.
fn as_user<T: Send>(uid: u32, groups: &[u32], what: impl FnOnce() -> T + Send) -> T {
    assert!(rustix::process::getuid().is_root(), "this test takes on another user; run it as root");
    std::thread::scope(|scope| {
        let becoming = scope.spawn(|| {
            let first = uid;
            // The calls of the kernel, which are for one thread; those of the C library are for all of them.
            // SAFETY: the pointer and the length are of a live slice, and the other arguments are numbers.
            let became = unsafe {
                libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) == 0
                    && libc::syscall(libc::SYS_setresgid, first, first, first) == 0
                    && libc::syscall(libc::SYS_setresuid, uid, uid, uid) == 0
            };
            assert!(became, "another user: {}", std::io::Error::last_os_error());
            what()
        });
        becoming.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// A world whose host is shared, in a directory that others reach.
struct Shared {
    world: World,
    place: TempDir,
}

impl Shared {
    fn new() -> Self {
        let place = tempfile::Builder::new()
            .prefix("klock-shared")
            .permissions(std::fs::Permissions::from_mode(0o711))
            .tempdir()
            .expect("a directory");
        Shared { world: World::new(), place }
    }

    fn socket(&self) -> PathBuf {
        self.place.path().join("host.sock")
    }

    fn read_socket(&self) -> PathBuf {
        place::read_socket_path(&self.socket()).expect("short")
    }

    fn host_options(&self) -> host::HostOptions {
        let sharing = Sharing { group: Some(TEAM.into()), read_group: Some(MANAGERS.into()) };
        host::HostOptions { socket: self.socket(), sharing, ..self.world.host_options() }
    }

    fn options(&self, socket: PathBuf, name: &str, sure: Assurance) -> ClientOptions {
        ClientOptions { target: HostTarget::Socket(socket), sure, ..self.world.client_options(name) }
    }
}

fn refusal(answer: Result<Answer, AskError>) -> String {
    match answer {
        Err(AskError::Failed(Failure::Refused(refusal))) => refusal.0.key.into_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn members_take_part_managers_look_on_and_strangers_are_told_why_not() {
    let shared = Shared::new();
    let (world, host) = (&shared.world, host::start(shared.host_options()).expect("a host"));
    // The owner finds it by the data directory, wherever it stands.
    let room = world.open("Anna");
    let note = world.note(&room, "from the team");
    let base = shared.options(shared.socket(), "Olle", Assurance::Verified);
    let (main, reading) = (shared.socket(), shared.read_socket());
    let connect = |socket: &PathBuf, name: &str| {
        BlockingClient::connect(ClientOptions {
            target: HostTarget::Socket(socket.clone()),
            name: name.into(),
            ..base.clone()
        })
    };

    as_user(GUEST, &[GUEST, gid(TEAM)], || {
        let mut member = connect(&main, "Olle").expect("let in");
        assert!(!member.welcome().read_only && !member.welcome().reading_door);
        assert!(matches!(member.ask(note), Ok(Answer::Recorded { .. })));
        assert_eq!(refusal(member.ask(Ask::StopHost)), "refuse-not-owner");
        assert!(connect(&reading, "Olle").expect("let in").welcome().read_only);
    });
    let (note, other) = (world.note(&room, "from a manager"), world.note(&room, "from a manager"));
    as_user(GUEST, &[gid(MANAGERS)], || {
        let mut manager = connect(&reading, "Eva").expect("let in");
        assert!(manager.welcome().read_only);
        assert!(matches!(manager.ask(Ask::Fold { room: room.clone() }), Ok(Answer::Fold(_))));
        assert!(manager.welcome().reading_door, "so that nobody is told to ask there for more");
        assert_eq!(refusal(manager.ask(note)), "refuse-reading-door");
        assert_eq!(turned_away(connect(&main, "Eva")), "goodbye-not-member");
    });
    as_user(GUEST, &[], || {
        for socket in [&main, &reading] {
            assert_eq!(turned_away(connect(socket, "Root")), "goodbye-not-member");
        }
    });
    assert!(matches!(world.verb("Anna").ask(other), Ok(Answer::Recorded { .. })), "the owner has every right");

    let records = world.records(&room);
    assert_eq!(notes(&records), ["from the team", "from a manager"]);
    let by_guest: Vec<_> = records.iter().filter(|record| record.by.uid == GUEST).collect();
    assert_eq!(by_guest.len(), 1);
    assert_eq!(by_guest[0].by.signed(), "~Olle", "the kernel's word, and the claim lowered to one");
    let Ok(Answer::Host(status)) = world.verb("Anna").ask(Ask::HostStatus) else { panic!("no status") };
    assert_eq!((status.group.as_deref(), status.read_group.as_deref()), (Some(TEAM), Some(MANAGERS)));
    host.stop();
    assert!(!shared.socket().exists() && !shared.read_socket().exists());
}

#[test]
fn a_login_name_is_verified_and_no_other() {
    let shared = Shared::new();
    let host = host::start(shared.host_options()).expect("a host");
    let nobody = 65_534;
    let login = peer::login_name(nobody).expect("this test needs a user of number 65534");
    let told = |name: &str, sure| {
        let options = shared.options(shared.socket(), name, sure);
        as_user(nobody, &[gid(TEAM)], || BlockingClient::connect(options).expect("let in").welcome().you.clone())
    };
    assert_eq!(told(&login, Assurance::Verified).sure, Assurance::Verified);
    assert_eq!(told("root", Assurance::Verified).sure, Assurance::Claimed);
    assert_eq!(told(&login, Assurance::Script).sure, Assurance::Script);
    assert_eq!(told("klock", Assurance::Script).sure, Assurance::Claimed);
    assert_eq!(told(&login, Assurance::Verified).uid, nobody);
    host.stop();
}

#[test]
fn a_host_that_is_not_shared_turns_everybody_else_away_though_they_could_reach_it() {
    let shared = Shared::new();
    let world = &shared.world;
    let host = world.host();
    for dir in [world.socket().parent().expect("a directory").to_owned(), world.data_dir()] {
        assert_eq!(std::fs::metadata(dir).expect("there").permissions().mode() & 0o777, 0o700);
    }
    // As when somebody has opened the way by hand.
    set_mode(&world.socket(), 0o666);
    let by_hand = shared.place.path().join("link.sock");
    std::fs::hard_link(world.socket(), &by_hand).expect("a second name");
    let options = shared.options(by_hand, "Olle", Assurance::Claimed);
    as_user(GUEST, &[gid(TEAM)], || {
        assert_eq!(turned_away(BlockingClient::connect(options)), "goodbye-foreign");
    });
    host.stop();
}

#[test]
fn a_shared_host_that_gives_way_to_a_newer_one_leaves_its_team_to_it() {
    let shared = Shared::new();
    let world = &shared.world;
    let host = host::start(shared.host_options()).expect("a host");
    // The program that it would start does nothing; the test is the new host, which nobody told of a group.
    let own = LocalHost { exe: Some("/bin/true".into()), ..world.own() };
    let newer =
        ClientOptions { target: HostTarget::Local(own), version: "0.2.0".into(), ..world.client_options("Anna") };
    let connecting = std::thread::spawn(move || BlockingClient::connect(newer));
    host.wait();
    let start = || host::start(host::HostOptions { version: "0.2.0".into(), ..world.host_options() }).expect("a host");
    let host = start();
    let mut client = connecting.join().expect("no panic").expect("connected");
    let mut groups = || match client.ask(Ask::HostStatus) {
        Ok(Answer::Host(status)) => (status.group, status.read_group, status.socket),
        other => panic!("no status: {other:?}"),
    };
    let socket = shared.socket().display().to_string();
    assert_eq!(groups(), (Some(TEAM.into()), Some(MANAGERS.into()), socket));
    host.stop();
    let host = start();
    assert_eq!(groups().0, None, "what was finished for good is not shared again");
    host.stop();
}

/// A host in the foreground, killed when dropped.
struct Foreground(Child);

impl Drop for Foreground {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn whoever_takes_over_after_a_shared_host_died_shares_as_it_did_and_a_finished_one_leaves_nothing() {
    let shared = Shared::new();
    let mut world = super::super::world::World::new();
    world.set("KLOCK_SOCKET", shared.socket().to_str().expect("UTF-8"));
    let mut command: Command = world.command(["host", "run", "--group", TEAM]);
    let mut host = Foreground(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("started"));
    let mut said = std::io::BufReader::new(host.0.stderr.take().expect("its stderr"));
    let way_in = format!("klock --host unix://{}", shared.socket().display());
    let mut told = String::new();
    while !told.contains(&way_in) {
        let read = std::io::BufRead::read_line(&mut said, &mut told).expect("read");
        assert!(read > 0, "it never said how members come in: {told}");
    }
    world.open("Card payments down");
    assert_eq!(world.host()["group"], TEAM);
    host.0.kill().expect("killed");
    host.0.wait().expect("dead");

    // The owner's next verb starts another, which nobody told of a group; and not at the place that was named.
    world.set("KLOCK_SOCKET", world.dir().join("run/own.sock").to_str().expect("UTF-8"));
    let status = world.host();
    assert_eq!(status["group"], TEAM);
    assert_eq!(status["socket"], shared.socket().to_str().expect("UTF-8"));
    let printed = world.klock(["host", "status"]).ok();
    assert!(printed.contains(&way_in), "{printed}");
    world.klock(["host", "stop"]).ok();
    assert_eq!(world.host()["group"], serde_json::Value::Null, "what was finished is not shared again");
}

#[test]
fn a_group_that_is_not_there_and_a_place_that_is_not_safe_are_explained() {
    let shared = Shared::new();
    let mut world = super::super::world::World::new();
    world.set("KLOCK_SOCKET", shared.socket().to_str().expect("UTF-8"));
    let said = world.klock(["host", "run", "--group", "no-such-group"]).fails(1);
    assert!(said.contains("no-such-group"), "{said}");
    set_mode(shared.place.path(), 0o777);
    let said = world.klock(["host", "run", "--group", TEAM]).fails(1);
    assert!(said.contains("nobody else may write") && said.contains("KLOCK_SOCKET"), "{said}");
    set_mode(shared.place.path(), 0o700);
    let said = world.klock(["host", "run", "--group", TEAM]).fails(1);
    assert!(said.contains("chmod 711"), "{said}");
}
