//! The host is killed, or frozen.

use std::time::{Duration, Instant};

use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask, Draft};

use super::super::fault::Round;
use super::super::figure::{Figures, percentile};
use super::super::member::Member;
use super::super::scene::{Scene, between, kill, number};
use super::super::violation::{Verdict, Violation};
use super::super::world::BEGINNING;

/// A p99 says nothing about fewer samples.
const SAMPLES_FOR_P99: usize = 100;

/// The kill may come at any moment of what a host does over and over: decide, write, sync, acknowledge. Struck when an
/// acknowledgement has just come, it would always meet the beginning of that. In microseconds.
const LONGEST_COMMIT: u64 = 4000;

/// Who is in the middle of a sentence when the host dies.
const DRAFTER: &str = "drafter";

/// How long it may take until there is a host again, in milliseconds.
const TAKEOVER: f64 = 1000.0;

/// Kills the host at a moment that the dice choose.
pub fn killed(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.one_host()?;
    // Some notes were acknowledged by this very host, and more are on their way.
    let more = 3 + scene.dice.index(40);
    scene.wait_for_more(more)?;
    // Somebody else is in the middle of a sentence, and stays there.
    let mut typing = scene.client(DRAFTER)?;
    let draft = Draft {
        room: scene.room.parse().expect("an id"),
        slot: "entry".to_owned(),
        began_at: Moment::parse(BEGINNING).expect("a time"),
        text: format!("half a sentence {}", scene.dice.number()),
    };
    match typing.ask(Ask::KeepDraft { draft: draft.clone() }) {
        Ok(Answer::Done) => {}
        other => return Err(Violation::Wrong(format!("a draft was answered with {other:?}"))),
    }
    let (begun, rest) = (Instant::now(), Duration::from_micros(scene.dice.roll(LONGEST_COMMIT)));
    while begun.elapsed() < rest {
        std::hint::spin_loop();
    }
    let in_flight = scene.ledger.in_flight();
    let struck = kill(pid)?;
    drop(typing);
    scene.wait("all have another host", |scene| scene.host_pid().is_some_and(|new| new != pid))?;
    scene.wait("the new host has saved something", |scene| {
        scene.members.iter().any(|member| member.visit().is_some_and(|visit| visit.acknowledged.is_some()))
    })?;
    match scene.client(DRAFTER)?.ask(Ask::Drafts { room: draft.room.clone() }) {
        Ok(Answer::Drafts(drafts)) if drafts == [draft] => scene.figures.count("drafts kept", 1),
        other => {
            return Err(Violation::AcknowledgedNotPresent(format!("in place of a draft that was kept: {other:?}")));
        }
    }
    let visits: Vec<_> = scene.members.iter().filter_map(Member::visit).collect();
    let resent: usize = visits.iter().map(|visit| visit.resent).sum();
    if in_flight < scene.load.in_flight || resent < scene.load.in_flight {
        return Ok(Round::Missed(format!(
            "{in_flight} notes were on their way to {}, {resent} came back",
            number(pid)
        )));
    }
    scene.figures.took("takeover", between(struck, visits.iter().map(|visit| visit.at).min()));
    scene.figures.took("saving again", between(struck, visits.iter().filter_map(|visit| visit.acknowledged).min()));
    scene.figures.count("resent", resent);
    Ok(Round::Counted)
}

/// A new host within a second, in 99 of 100 cases.
pub fn taken_over_within_a_second(figures: &Figures) -> Verdict {
    let samples = figures.samples("takeover");
    let p99 = percentile(samples, 0.99);
    if samples.len() >= SAMPLES_FOR_P99 && p99 > TAKEOVER {
        return Err(Violation::TooSlow(format!("it took {p99:.0} ms (p99) until there was a host again")));
    }
    Ok(())
}
