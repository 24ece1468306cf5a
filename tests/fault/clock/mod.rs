//! Clock scenarios: the machine's clock set, the machine asleep, elsewhere or restarted, meetings and snoozes: each mark once.

mod oracle;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono_tz::Tz;
use klockslag::client::blocking::BlockingClient;
use klockslag::clock::Clock;
use klockslag::domain::event::Event;
use klockslag::domain::id::RoomId;
use klockslag::domain::intent::Intent;
use klockslag::domain::record::Record;
use klockslag::domain::time::Moment;
use klockslag::domain::zone::Zone;
use klockslag::host::{self, Host};
use klockslag::wire::message::{Answer, Ask, Failure};

use self::oracle::{Mark, Oracle};
use super::board::PATIENCE;
use super::dice::Dice;
use super::figure::Figures;
use super::journal::Journal;
use super::session::{Screen, World};
use super::strike;
use super::suite::{Effort, Outcome, words_of};
use super::violation::{Verdict, Violation};

/// How many scenarios, in the short and in the full selection, and how many steps each has.
const SCENARIOS: (u32, u32) = (24, 1000);
const STEPS: u64 = 24;

/// Most of the time a scenario waits for the host's next look.
const AT_A_TIME: usize = 4;

/// How often these hosts look at the clocks.
const TICK: Duration = Duration::from_millis(2);

/// By so many seconds a machine corrects itself, and nobody need be told.
const SET_FROM: i64 = 5;

/// Plain days, and the nights in which Stockholm has an hour too few and one too many.
const BEGINNINGS: [&str; 4] = [
    "2026-11-21T12:00:00+01:00",
    "2026-06-30T22:40:00+02:00",
    "2026-03-29T00:20:00+01:00",
    "2026-10-25T00:20:00+02:00",
];

const ZONES: [Tz; 4] =
    [chrono_tz::Europe::Stockholm, chrono_tz::Europe::London, chrono_tz::America::New_York, chrono_tz::Asia::Kolkata];

/// Plays scenarios from the dice.
///
/// # Errors
/// The first promise that does not hold, and the steps that led there.
pub fn run(effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let wanted = effort.rounds.unwrap_or(if effort.full { SCENARIOS.1 } else { SCENARIOS.0 });
    let seeds: Vec<u64> = (0..wanted).map(|_| dice.number()).collect();
    let next = AtomicUsize::new(0);
    let outcome: Mutex<Verdict<Outcome>> = Mutex::new(Ok(Outcome::default()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let played = std::panic::catch_unwind(|| play(Dice::new(*seed)));
                    let played = played.unwrap_or_else(|panic| Err(Violation::Panicked(words_of(&*panic))));
                    let mut outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
                    match (&mut *outcome, played) {
                        (Ok(outcome), Ok(figures)) => {
                            outcome.counted += 1;
                            outcome.figures.merge(figures);
                        }
                        (Ok(_), Err(found)) => {
                            *outcome = Err(found);
                            return;
                        }
                        (Err(_), _) => return,
                    }
                }
            });
        }
    });
    outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A scenario as far as it was played.
struct Play {
    world: World,
    host: Option<Host>,
    zone: Tz,
    room: RoomId,
    /// What the machine's clock says, and how long the machine has run.
    now: Moment,
    steady: u64,
    oracle: Oracle,
    records: Vec<Record>,
    /// By how much the clock was set while a host ran, each time.
    set: Vec<i64>,
    /// How often it was set back while none ran. By how much, nobody can know: what is recorded is how far that is behind the
    /// last record, if it is.
    set_unseen: usize,
    screen: Option<Screen>,
    dice: Dice,
    steps: Vec<String>,
    figures: Figures,
}

fn play(mut dice: Dice) -> Verdict<Figures> {
    let world = World::new();
    let now = Moment::parse(BEGINNINGS[dice.index(BEGINNINGS.len())]).expect("a time");
    world.set_clock_and_steady(now, 1000);
    let zone = *dice.pick(&ZONES);
    let host = start(&world, zone)?;
    let room = world.open("Anna");
    let mut play = Play {
        world,
        host: Some(host),
        zone,
        room,
        now,
        steady: 1000,
        oracle: Oracle::declared(now.millis()),
        records: Vec::new(),
        set: Vec::new(),
        set_unseen: 0,
        screen: None,
        dice,
        steps: vec![format!("declared at {now}")],
        figures: Figures::default(),
    };
    let outcome = play.go_through();
    let steps = play.steps.join("; ");
    outcome.map_err(|found| match found {
        Violation::Twice(said) => Violation::Twice(format!("{said}; {steps}")),
        Violation::Silent(said) => Violation::Silent(format!("{said}; {steps}")),
        Violation::OutOfOrder(said) => Violation::OutOfOrder(format!("{said}; {steps}")),
        Violation::GaveUp(said) => Violation::GaveUp(format!("{said}; {steps}")),
        Violation::Wrong(said) => Violation::Wrong(format!("{said}; {steps}")),
        other => other,
    })?;
    Ok(std::mem::take(&mut play.figures))
}

fn start(world: &World, zone: Tz) -> Verdict<Host> {
    let zone = Zone::named(zone.name()).expect("both readers know the zone");
    let clock = Clock::File { path: world.clock_file(), zone };
    let options = host::HostOptions { clock, tick: TICK, ..world.host_options() };
    host::start(options).map_err(|error| Violation::Wrong(format!("no host: {error}")))
}

impl Play {
    fn go_through(&mut self) -> Verdict {
        self.settle()?;
        for _ in 0..STEPS {
            self.step()?;
            self.settle()?;
        }
        // A new host rings nothing again, and what there is, is all.
        self.restart(0)?;
        self.settle()?;
        if let Some(mut screen) = self.screen.take() {
            let last = self.records.len() as u64;
            screen.wait_until("all records", |screen| screen.room.as_ref().is_some_and(|room| room.seq >= last));
        }
        if let Some(host) = self.host.take() {
            host.stop();
        }
        let path = self.world.data_dir().join("rooms").join(format!("{}.jsonl", self.room));
        let journal = Journal::read(&path)?;
        if journal.lines.len() != self.records.len() {
            let said = format!("{} records more than were waited for", journal.lines.len() - self.records.len());
            return Err(Violation::Twice(said));
        }
        let back = self.set.iter().filter(|seconds| **seconds < 0).count();
        strike::time::hold(&journal, back)?;
        self.hold_moves()?;
        self.figures.count("times the clock was set", self.set.len());
        self.figures.count("marks rung", self.oracle.rung());
        Ok(())
    }

    fn step(&mut self) -> Verdict {
        let minutes = |dice: &mut Dice, most: u64| 1 + i64::try_from(dice.roll(most)).expect("small");
        match self.dice.roll(12) {
            0..=3 => {
                let seconds = 20 + i64::try_from(self.dice.roll(900)).expect("small");
                self.pass(seconds, "pass");
            }
            4 => {
                let slept = minutes(&mut self.dice, 400) * 60;
                self.pass(slept, "asleep");
            }
            5 => {
                let back = minutes(&mut self.dice, 180) * 60;
                self.set_clock(-back);
            }
            6 => {
                let forward = minutes(&mut self.dice, 180) * 60;
                self.set_clock(forward);
            }
            7 => {
                let down = i64::try_from(self.dice.roll(40)).expect("small") * 60;
                let away = if self.dice.one_in(4) { -down } else { down };
                self.restart(away)?;
            }
            8 => self.ask(Intent::StartMeeting)?,
            9 => self.ask(Intent::EndMeeting { held: true, summary: "as agreed".into() })?,
            10 => {
                let clock = (*self.dice.pick(&oracle::CLOCKS)).to_owned();
                let minutes = minutes(&mut self.dice, 90);
                self.ask(Intent::SnoozeClock { clock, minutes, reason: "supplier on the way".into() })?;
            }
            _ => self.look_or_leave(),
        }
        Ok(())
    }

    fn pass(&mut self, seconds: i64, how: &str) {
        self.steps.push(format!("{how} {seconds} s"));
        self.now = self.now.plus(chrono::Duration::seconds(seconds));
        self.steady = self.steady.saturating_add_signed(seconds);
        self.world.set_clock_and_steady(self.now, self.steady);
    }

    fn set_clock(&mut self, seconds: i64) {
        self.steps.push(format!("set by {seconds} s"));
        self.now = self.now.plus(chrono::Duration::seconds(seconds));
        self.world.set_clock_and_steady(self.now, self.steady);
        if seconds.abs() >= SET_FROM {
            self.set.push(seconds);
        }
    }

    /// Ends the host; a new one is started in another zone, when the clock has moved by so many seconds.
    fn restart(&mut self, seconds: i64) -> Verdict {
        if let Some(host) = self.host.take() {
            host.stop();
        }
        self.zone = *self.dice.pick(&ZONES);
        self.steps.push(format!("a new host in {} after {seconds} s", self.zone));
        self.set_unseen += usize::from(seconds < 0);
        self.now = self.now.plus(chrono::Duration::seconds(seconds));
        self.steady = self.steady.saturating_add_signed(seconds.max(0));
        self.world.set_clock_and_steady(self.now, self.steady);
        self.host = Some(start(&self.world, self.zone)?);
        Ok(())
    }

    fn look_or_leave(&mut self) {
        if self.screen.take().is_none() {
            self.steps.push("a screen comes".into());
            let mut screen = self.world.screen("Olle");
            screen.enter(&self.room);
            self.screen = Some(screen);
        } else {
            self.steps.push("the screen leaves".into());
        }
    }

    fn ask(&mut self, intent: Intent) -> Verdict {
        let ask = self.world.request(&self.room, intent.clone());
        self.steps.push(format!("{intent:?}"));
        match self.client()?.ask(ask) {
            // What was done is taken in with the records.
            Ok(Answer::Recorded { .. }) => Ok(()),
            Err(klockslag::client::AskError::Failed(Failure::Refused(_))) => {
                self.steps.push("refused".into());
                Ok(())
            }
            other => Err(Violation::Wrong(format!("{intent:?}: {other:?}"))),
        }
    }

    fn client(&self) -> Verdict<BlockingClient> {
        BlockingClient::connect(self.world.client_options("Anna")).map_err(|error| Violation::Wrong(error.to_string()))
    }

    /// Waits until everything has rung that has to have by now, and the clock's setting is recorded; nothing else is there.
    fn settle(&mut self) -> Verdict {
        let mut client = self.client()?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let from = self.records.len() as u64 + 1;
            match client.ask(Ask::Records { room: self.room.clone(), from, limit: 1000 }) {
                Ok(Answer::Records(records)) => records.into_iter().try_for_each(|record| self.take_in(record))?,
                other => return Err(Violation::Wrong(format!("no records: {other:?}"))),
            }
            let missing: Vec<Mark> = self.oracle.missing(self.now.millis());
            let unsaid = self.unsaid();
            if missing.is_empty() && unsaid.is_none() {
                return Ok(());
            }
            if Instant::now() > deadline {
                let said = format!("at {}: not rung: {missing:?}, not recorded as set: {unsaid:?}", self.now);
                return Err(Violation::Silent(said));
            }
        }
    }

    /// The record tells of no setting of the clock that there was not: not of sleep, nor of another zone.
    fn hold_moves(&self) -> Verdict {
        let mut told: Vec<i64> = self.records.iter().filter_map(moved).collect();
        for seconds in &self.set {
            if let Some(found) = told.iter().position(|told| *told == -seconds) {
                told.swap_remove(found);
            }
        }
        if told.len() > self.set_unseen || told.iter().any(|seconds| *seconds < 0) {
            let said =
                format!("set by {:?}, and {} times by itself, recorded also {told:?}", self.set, self.set_unseen);
            return Err(Violation::Wrong(said));
        }
        Ok(())
    }

    /// A setting of the clock of which the record does not tell.
    fn unsaid(&self) -> Option<i64> {
        let mut told: HashMap<i64, usize> = HashMap::new();
        for seconds in self.records.iter().filter_map(moved) {
            *told.entry(seconds).or_default() += 1;
        }
        self.set.iter().copied().find(|seconds| match told.get_mut(&-seconds) {
            Some(times @ 1..) => {
                *times -= 1;
                false
            }
            _ => true,
        })
    }

    fn take_in(&mut self, record: Record) -> Verdict {
        match &record.event {
            Event::ClockRang { clock, due_at, offset } => {
                let mark = Mark { clock: clock.clone(), due: due_at.millis(), offset: *offset };
                self.oracle.ring(mark, self.now.millis(), record.rec.millis())?;
            }
            Event::MeetingStarted { .. } => self.oracle.meeting_started(record.at.millis()),
            Event::ClockSnoozed { clock, until, .. } => {
                self.oracle.snoozed(clock, record.at.millis(), until.millis());
            }
            _ => {}
        }
        self.records.push(record);
        Ok(())
    }
}

/// By how many seconds the clock went back, if that is what the record tells.
fn moved(record: &Record) -> Option<i64> {
    match record.event {
        Event::ClockMoved { seconds } => Some(seconds),
        _ => None,
    }
}

impl Drop for Play {
    fn drop(&mut self) {
        self.screen = None;
        if let Some(host) = self.host.take() {
            host.stop();
        }
    }
}
