//! D15: a host that floods its clients, or never comes to an end, costs them neither memory nor time without bounds.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use klockslag::domain::phrase::Phrase;
use klockslag::wire::message::{Health, HostMsg};

use crate::session::puppet::{self, Stage};
use crate::world::World;

/// Far more than a verb needs, in bytes of address space.
const MEMORY: u64 = 1 << 30;

/// Runs a verb against a host that plays `part`; what it says on stderr.
fn meet(arguments: &[&str], part: fn(Stage)) -> (Option<i32>, String, Duration) {
    let mut world = World::new();
    let socket = world.dir().join("run/puppet/host.sock");
    world.set("KLOCK_SOCKET", socket.to_str().expect("UTF-8"));
    puppet::play(&socket, move |_, stage| part(stage));
    let mut command = Command::new("prlimit");
    command.arg(format!("--as={MEMORY}")).arg(World::program()).args(arguments).stdin(Stdio::null());
    command.env_clear().envs(world.environment().iter().map(|(name, value)| (name, value)));
    let began = Instant::now();
    let output = command.output().expect("prlimit is installed (util-linux)");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned(), began.elapsed())
}

fn much_health() -> HostMsg {
    let remark = Phrase::new("host-no-desktop").with("why", "x".repeat(1000));
    HostMsg::Health(Health { cannot_save: None, remarks: vec![remark; 5000] })
}

#[test]
fn a_verb_gives_up_a_host_that_floods_it() {
    let floods: [fn(Stage); 3] = [
        |mut stage| {
            stage.asked();
            stage.flood(&much_health());
        },
        |mut stage| {
            stage.asked();
            stage.flood(&HostMsg::Health(Health::default()));
        },
        |mut stage| {
            stage.asked();
            stage.flood(&HostMsg::Recorded { room: "2026-001".parse().expect("an id"), records: Vec::new() });
        },
    ];
    for (nth, flood) in floods.into_iter().enumerate() {
        let (code, said, took) = meet(&["rooms"], flood);
        assert_eq!(code, Some(4), "{nth}: {said}");
        assert!(said.contains("does not answer"), "{nth}: {said}");
        assert!(took < Duration::from_secs(60), "{nth}: {took:?}");
    }
}

#[test]
fn the_verbs_that_only_look_are_not_held_up_by_a_flood() {
    let flood: fn(Stage) = |mut stage| stage.flood(&much_health());
    let (code, _, took) = meet(&["status", "--tmux"], flood);
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(10), "{took:?}");
    let flood: fn(Stage) = |mut stage| stage.flood(&HostMsg::Health(Health::default()));
    let (_, said, took) = meet(&["host", "stop"], flood);
    assert!(took < Duration::from_secs(60), "{took:?}: {said}");
}

#[test]
fn an_answer_that_comes_byte_by_byte_is_not_waited_for_without_end() {
    let (code, said, took) = meet(&["host", "status"], |mut stage| {
        stage.asked();
        stage.drip();
    });
    assert_eq!(code, Some(4), "{said}");
    assert!(took < Duration::from_secs(30), "{took:?}");
}
