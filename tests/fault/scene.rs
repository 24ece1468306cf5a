//! A room under load: a world, everybody who writes into it and looks at it, and what must hold of it in the end.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use klockslag::client::HostTarget;
use klockslag::client::blocking::BlockingClient;
use klockslag::domain::id::RoomId;
use klockslag::domain::room::Room;
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask};
use rustix::process::{Pid, Signal};

use super::board::{Board, PATIENCE};
use super::dice::Dice;
use super::disk::SmallDisk;
use super::figure::Figures;
use super::hand::Hand;
use super::journal::Journal;
use super::ledger::Ledger;
use super::member::Member;
use super::script::{Feeder, Follower};
use super::strike;
use super::violation::{Verdict, Violation};
use super::world::{BEGINNING, World};

/// Who is in the room while the fault happens.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Links that write and follow.
    pub writers: usize,
    /// How many notes each of them has on their way.
    pub window: usize,
    /// Links that only follow.
    pub watchers: usize,
    /// `klock log -`, each with a feeder.
    pub feeders: usize,
    /// `klock timeline --follow --json`.
    pub followers: usize,
    /// The screen, on terminals of their own.
    pub screens: usize,
    /// How many notes must be on their way when the fault strikes, or the round does not count.
    pub in_flight: usize,
}

/// What stands in the entry line while nobody types there.
pub const INVITATION: &str = "press n and write";

/// The last note of every run: whoever has seen it has seen all.
const LAST: &str = "the last note of all";

/// Where a scene plays.
pub struct Ground {
    pub world: World,
    /// The disk its data are on, when that is one of its own.
    pub disk: Option<SmallDisk>,
}

impl Ground {
    /// A world on the disk that there is.
    pub fn plain() -> Self {
        Ground { world: World::new(), disk: None }
    }

    /// A world with hundreds of open rooms, of which no index is kept.
    pub fn many_rooms() -> Self {
        const ROOMS: u32 = 400;
        let world = World::new();
        let room = world.open("One of many");
        world.klock(["host", "stop"]).ok();
        let rooms = world.data_dir().join("rooms");
        for number in 2..ROOMS {
            let copy = rooms.join(format!("2026-{number:03}.jsonl"));
            std::fs::copy(rooms.join(format!("{room}.jsonl")), copy).expect("copied");
        }
        std::fs::remove_dir_all(world.data_dir().join("index.sled")).expect("an index");
        Ground { world, disk: None }
    }

    /// A world whose host may have few files open.
    pub fn few_files() -> Self {
        let world = World::new();
        let mut command = Command::new("prlimit");
        command.arg("--nofile=64:64").arg(World::program()).arg("rooms");
        command.env_clear().envs(world.environment().iter().map(|(name, value)| (name, value)));
        let status = command.stdout(Stdio::null()).status().expect("prlimit is installed (util-linux)");
        assert!(status.success(), "the host starts with few files");
        Ground { world, disk: None }
    }

    /// A world with a small disk of its own.
    pub fn small_disk() -> Self {
        let disk = SmallDisk::mount();
        let mut world = World::new();
        world.set("KLOCK_DATA_DIR", disk.path().join("data").to_str().expect("UTF-8"));
        Ground { world, disk: Some(disk) }
    }
}

pub struct Scene {
    // The clients go before the world, whose host they would start again; the disk goes last.
    pub members: Vec<Member>,
    pub feeders: Vec<Feeder>,
    pub followers: Vec<Follower>,
    pub screens: Vec<Hand>,
    pub world: World,
    pub disk: Option<SmallDisk>,
    pub room: String,
    pub board: Arc<Board>,
    pub ledger: Arc<Ledger>,
    pub dice: Dice,
    pub figures: Figures,
    pub load: Load,
    /// Whether it is the full selection that is run.
    pub is_full: bool,
    /// What the machine's clock says.
    pub time: DateTime<FixedOffset>,
    /// How often the clock was set back.
    pub moved_back: usize,
    came: u64,
}

impl Scene {
    /// A room on `ground` with that load on it. Everybody is in the room when this returns.
    ///
    /// # Errors
    /// When they do not come in.
    pub fn begin(ground: Ground, load: Load, is_full: bool, dice: Dice) -> Verdict<Self> {
        let Ground { world, disk } = ground;
        let room = world.open("Card payments down");
        let (board, ledger) = (Arc::<Board>::default(), Arc::<Ledger>::default());
        let mut scene = Scene {
            world,
            disk,
            room,
            board,
            ledger,
            members: Vec::new(),
            feeders: Vec::new(),
            followers: Vec::new(),
            screens: Vec::new(),
            dice,
            figures: Figures::default(),
            load,
            is_full,
            time: DateTime::parse_from_rfc3339(BEGINNING).expect("a time"),
            moved_back: 0,
            came: 0,
        };
        for _ in 0..load.screens {
            scene.seat_screen();
        }
        for number in 0..load.writers {
            scene.seat(&format!("writer-{number}"), load.window);
        }
        for number in 0..load.watchers {
            scene.seat(&format!("watcher-{number}"), 0);
        }
        for _ in 0..load.feeders {
            scene.seat_feeder();
        }
        for _ in 0..load.followers {
            scene.seat_follower();
        }
        // A script that finds no host at its beginning ends, and says so: it is to be there before anything is struck.
        scene.wait("everybody is in the room", |scene| {
            scene.members.iter().all(Member::is_in)
                && scene.feeders.iter().all(|feeder| feeder.acknowledged() > 0)
                && scene.followers.iter().all(|follower| follower.last() > 0)
        })?;
        Ok(scene)
    }

    /// Lets one more person in.
    pub fn seat(&mut self, name: &str, window: usize) {
        self.came += 1;
        let room: RoomId = self.room.parse().expect("an id");
        let options = self.world.options(name);
        self.members.push(Member::come(options, self.came, &room, window, &self.board, &self.ledger));
    }

    /// Starts one more `klock log -`.
    pub fn seat_feeder(&mut self) {
        self.came += 1;
        let name = format!("feeder-{}", self.came);
        self.feeders.push(Feeder::start(&self.world, &self.room, &name, &self.board, &self.ledger));
    }

    /// Starts one more `klock timeline --follow --json`.
    pub fn seat_follower(&mut self) {
        self.followers.push(Follower::start(&self.world, &self.room, &self.board));
    }

    /// Opens one more screen, and waits until it shows the room.
    pub fn seat_screen(&mut self) {
        let mut hand = Hand::sit_down(&self.world, &["join", &self.room], (100, 30));
        hand.terminal.wait_until("the screen shows the room", |screen| {
            screen.contains("Card payments down") && screen.contains(INVITATION)
        });
        self.screens.push(hand);
    }

    /// Waits until `is_so`; whatever goes wrong meanwhile ends it.
    ///
    /// # Errors
    /// What went wrong, or that it was waited for in vain.
    pub fn wait(&self, what: &str, is_so: impl Fn(&Scene) -> bool) -> Verdict {
        let mut wrong = None;
        let came = self.board.wait(|| {
            wrong = self.members.iter().find_map(Member::wrong);
            wrong.is_some() || is_so(self)
        });
        match wrong {
            Some(wrong) => Err(wrong),
            None if came => Ok(()),
            None => Err(Violation::GaveUp(format!("waiting until {what}; {}", self.describe()))),
        }
    }

    /// Waits until `more` notes were acknowledged beyond those there are now.
    ///
    /// # Errors
    /// As [`Scene::wait`].
    pub fn wait_for_more(&self, more: usize) -> Verdict {
        let wanted = self.ledger.acknowledged() + more;
        self.wait(&format!("{more} more notes are acknowledged"), |scene| scene.ledger.acknowledged() >= wanted)
    }

    /// The host that the members are connected to, when it is one.
    pub fn host_pid(&self) -> Option<Pid> {
        let mut pids = self.members.iter().map(|member| member.visit().map(|visit| visit.pid));
        let first = pids.next()??;
        let same = pids.all(|pid| pid == Some(first)) && !self.members.iter().any(Member::is_away);
        same.then(|| Pid::from_raw(first.cast_signed()))?
    }

    /// The one host that everybody is connected to, awaited.
    ///
    /// # Errors
    /// When they do not come together.
    pub fn one_host(&self) -> Verdict<Pid> {
        self.wait("all are connected to one host", |scene| scene.host_pid().is_some())?;
        self.host_pid().ok_or_else(|| Violation::GaveUp("the one host was gone at once".to_owned()))
    }

    /// Sets the machine's clock.
    pub fn set_time(&mut self, time: DateTime<FixedOffset>) {
        self.world.set_clock(&time.to_rfc3339());
        self.time = time;
    }

    /// Where the host listens.
    pub fn socket(&self) -> PathBuf {
        match self.world.options("nobody").target {
            HostTarget::Local(own) => own.socket,
            other => panic!("a world has a host of its own, not {other}"),
        }
    }

    /// The room's journal.
    pub fn journal_path(&self) -> PathBuf {
        self.world.data_dir().join("rooms").join(format!("{}.jsonl", self.room))
    }

    /// Brings everything to rest and holds it against what was promised.
    ///
    /// # Errors
    /// The first promise that does not hold.
    pub fn hold(mut self) -> Verdict<Figures> {
        self.members.iter().for_each(Member::rest);
        for feeder in self.feeders.drain(..) {
            feeder.finish()?;
        }
        self.wait("every question is answered", |scene| scene.members.iter().all(|m| m.unanswered() == 0))?;
        if let Some(writer) = self.members.first() {
            writer.last_note(LAST);
        }
        self.members.iter().for_each(Member::ask_drafts);
        self.wait("the last note is saved", |scene| scene.members.iter().all(|m| m.unanswered() == 0))?;
        self.ledger.is_settled()?;
        // The host looks at the clock once a second: what has fallen due may be recorded after everything else.
        let now = Moment::parse(&self.time.to_rfc3339()).expect("a time");
        self.wait("what has fallen due has rung", |scene| {
            scene.fold().is_ok_and(|room| room.marks_to_ring(now).is_empty())
        })?;
        let fold = self.fold()?;
        self.wait("everybody has the last note", |scene| scene.members.iter().all(|m| m.seq() >= fold.seq))?;
        for member in &self.members {
            member.agrees(&fold)?;
            member.has_draft()?;
        }
        self.hold_scripts()?;
        for hand in &mut self.screens {
            hand.terminal.wait_for(LAST);
        }
        let verified = self.world.klock(["verify", "-r", &self.room]);
        if verified.code != Some(0) {
            return Err(Violation::Chain(format!("klock verify: {}{}", verified.out, verified.err)));
        }
        self.hold_journal(&fold)?;
        self.figures.count("acknowledged", self.ledger.acknowledged());
        self.figures.count("attempted", self.ledger.attempted());
        Ok(std::mem::take(&mut self.figures))
    }

    fn hold_scripts(&mut self) -> Verdict {
        let printed = self.world.klock(["timeline", "-r", &self.room, "--json"]).ok();
        let entry = |line: &str| {
            let value: serde_json::Value = serde_json::from_str(line).ok()?;
            Some((value["seq"].as_u64()?, value["text"].as_str()?.to_owned()))
        };
        let entries: BTreeMap<u64, String> = printed.lines().filter_map(entry).collect();
        let last = entries.keys().next_back().copied().unwrap_or(0);
        if !entries.values().any(|text| text == LAST) {
            return Err(Violation::Wrong(format!("klock timeline ends at {last}, without the last note")));
        }
        self.wait("the followers have it all", |scene| {
            scene.followers.iter().all(|follower| follower.last() >= last || follower.has_ended())
        })?;
        self.followers.iter_mut().try_for_each(|follower| follower.agrees(&entries))
    }

    fn hold_journal(&self, fold: &Room) -> Verdict {
        let journal = Journal::read(&self.journal_path())?;
        if journal.last() != fold.seq {
            let said = format!("the host has the room as of {}, its journal ends at {}", fold.seq, journal.last());
            return Err(Violation::Gap(said));
        }
        strike::time::hold(&journal, self.moved_back)?;
        self.ledger.hold(&journal)
    }

    /// The room as the host has it.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn fold(&self) -> Verdict<Box<Room>> {
        let mut client = self.client("checker")?;
        match client.ask(Ask::Fold { room: self.room.parse().expect("an id") }) {
            Ok(Answer::Fold(room)) => Ok(room),
            other => Err(Violation::Wrong(format!("no fold: {other:?}"))),
        }
    }

    /// One more client, which asks and waits.
    ///
    /// # Errors
    /// When it is not let in.
    pub fn client(&self, name: &str) -> Verdict<BlockingClient> {
        BlockingClient::connect(self.world.options(name)).map_err(|error| Violation::Wrong(format!("{name}: {error}")))
    }

    /// How everything stands.
    pub fn describe(&self) -> String {
        let members: Vec<String> = self.members.iter().map(Member::describe).collect();
        let feeders: Vec<String> = self
            .feeders
            .iter()
            .map(|feeder| format!("klock log -: {} lines saved, {} not", feeder.acknowledged(), feeder.in_flight()))
            .collect();
        let followers: Vec<String> = self.followers.iter().map(Follower::describe).collect();
        format!(
            "{} of {} acknowledged\n  {}",
            self.ledger.acknowledged(),
            self.ledger.attempted(),
            [members, feeders, followers].concat().join("\n  ")
        )
    }
}

/// How `/proc` names the state of a process: `R`, `S`, `T`, `Z`; none: there is none.
pub fn state_of(pid: u32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit(')').next()?.trim_start().chars().next()
}

/// The number of a process.
pub fn number(pid: Pid) -> u32 {
    pid.as_raw_nonzero().get().cast_unsigned()
}

/// Kills a process and waits until it is dead.
///
/// # Errors
/// When it does not die.
pub fn kill(pid: Pid) -> Verdict<Instant> {
    let struck = Instant::now();
    rustix::process::kill_process(pid, Signal::KILL)
        .map_err(|error| Violation::Wrong(format!("process {} was gone already: {error}", number(pid))))?;
    let deadline = struck + PATIENCE;
    while !matches!(state_of(number(pid)), None | Some('Z' | 'X')) {
        if Instant::now() > deadline {
            return Err(Violation::GaveUp(format!("process {} does not die", number(pid))));
        }
        std::thread::yield_now();
    }
    Ok(struck)
}

/// The time between two moments, none when the second came first.
pub fn between(from: Instant, until: Option<Instant>) -> Duration {
    until.map_or(Duration::ZERO, |until| until.saturating_duration_since(from))
}
