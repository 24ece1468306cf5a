//! A client is killed; its terminal is blocked, or gone; nobody else notices.

use std::cell::{Cell, RefCell};
use std::io::Read as _;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use klockslag::client::AskError;
use klockslag::client::blocking::BlockingClient;
use klockslag::domain::event::{Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask, Draft, Failure};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::Pid;

use super::super::board::PATIENCE;
use super::super::fault::Round;
use super::super::scene::{Scene, kill, state_of};
use super::super::violation::{Verdict, Violation};
use super::super::world::{BEGINNING, World};

/// Who dies with a draft.
const TYPIST: &str = "typist";

/// How many notes the others save while a client cannot go on.
const MEANWHILE: usize = 300;

/// Kills a `klock log -` in the middle of its lines, and a screen.
pub fn killed(scene: &mut Scene) -> Verdict<Round> {
    scene.seat_feeder();
    let newest = scene.feeders.len() - 1;
    let wanted = 3 + scene.dice.roll(12);
    scene.wait("the feeder has saved some lines", |scene| scene.feeders[newest].acknowledged() >= wanted)?;
    // Lines are saved several at a time: just after that there are none on their way.
    scene.wait("there are more on their way", |scene| {
        scene.feeders[newest].in_flight() > 0 && scene.ledger.in_flight() >= scene.load.in_flight
    })?;
    let mut feeder = scene.feeders.remove(newest);
    let (of_its_own, of_all) = (feeder.in_flight(), scene.ledger.in_flight());
    feeder.kill();
    // The lines that it had on their way may be there or not; nobody will ever say.
    scene.ledger.leave_open(&feeder.unsaid());
    let screen = scene.screens.pop().ok_or_else(|| gave_up("there is no screen"))?;
    kill(Pid::from_raw(screen.terminal.pid().cast_signed()).ok_or_else(|| gave_up("no process"))?)?;
    drop(screen);
    scene.seat_screen();
    scene.wait_for_more(20)?;
    words_on_top_of_a_draft(scene)?;
    if of_its_own == 0 || of_all < scene.load.in_flight {
        return Ok(Round::Missed(format!("{of_its_own} of its lines and {of_all} in all were on their way")));
    }
    scene.figures.count("clients killed", 2);
    Ok(Round::Counted)
}

/// Somebody dies when their entry is recorded, before they could drop its draft; the words that they write on top of it later are
/// recorded too.
fn words_on_top_of_a_draft(scene: &mut Scene) -> Verdict {
    let room: RoomId = scene.room.parse().map_err(|error| gave_up(&error))?;
    let id =
        |scene: &mut Scene| IntentId(ulid::Ulid::from_parts(scene.dice.number() >> 16, scene.dice.number().into()));
    let (used, fresh) = (id(scene), id(scene));
    let said = format!("said before the end {}", scene.dice.number());
    let more = format!("{said} and after it");
    let began_at = Moment::parse(BEGINNING).map_err(gave_up)?;
    let draft = Draft { room: room.clone(), slot: format!("entry:{}", used.0), began_at, text: said.clone() };
    let note = |id, text: &str| {
        let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() };
        Ask::Do(Box::new(Request { id, room: room.clone(), at: None, intent }))
    };
    let mut dying = scene.client(TYPIST)?;
    keep(&mut dying, &draft)?;
    record(scene, &mut dying, note(used, &said), &said)?;
    if scene.dice.one_in(2) {
        // As a host leaves it that is killed between the record and the end of the draft.
        keep(&mut dying, &draft)?;
    }
    drop(dying);
    let mut again = scene.client(TYPIST)?;
    match again.ask(Ask::Drafts { room: room.clone() }) {
        Ok(Answer::Drafts(drafts)) if drafts.is_empty() => {}
        other => return Err(Violation::Wrong(format!("“{said}” is recorded and offered again: {other:?}"))),
    }
    match again.ask(note(used, &more)) {
        Err(AskError::Failed(Failure::RecordedOtherwise { .. })) => {}
        other => return Err(Violation::Silent(format!("“{more}” under the id of “{said}”: {other:?}"))),
    }
    record(scene, &mut again, note(fresh, &more), &more)?;
    scene.figures.count("words on top of a draft", 1);
    Ok(())
}

fn keep(client: &mut BlockingClient, draft: &Draft) -> Verdict {
    match client.ask(Ask::KeepDraft { draft: draft.clone() }) {
        Ok(Answer::Done) => Ok(()),
        other => Err(Violation::Wrong(format!("a draft was answered with {other:?}"))),
    }
}

fn record(scene: &Scene, client: &mut BlockingClient, note: Ask, text: &str) -> Verdict {
    scene.ledger.attempt(text);
    match client.ask(note) {
        Ok(Answer::Recorded { records }) if !records.is_empty() => {
            scene.ledger.acknowledge(text, records[0].seq);
            Ok(())
        }
        other => Err(Violation::Wrong(format!("a note was answered with {other:?}"))),
    }
}

/// A terminal that nobody reads: the screen waits in `write` while the others go on, and goes on when somebody reads again.
pub fn terminal_blocked(scene: &mut Scene) -> Verdict<Round> {
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).map_err(|error| gave_up(&error))?;
    let mut command = CommandBuilder::new(World::program());
    command.args(["join", &scene.room]);
    command.env_clear();
    scene.world.environment().iter().for_each(|(name, value)| command.env(name, value));
    let mut child = pair.slave.spawn_command(command).map_err(|error| gave_up(&error))?;
    drop(pair.slave);
    let pid = child.process_id().ok_or_else(|| gave_up("no process"))?;
    // What it writes piles up, as the room changes under it, until the terminal takes no more. A thread that does not run for a
    // moment may be in any call: stuck is who is in the same one when more has been saved.
    let (seen, stuck) = (Cell::new(None), RefCell::new(None));
    scene.wait("the screen is stuck in a write", |scene| {
        let (call, saved) = (stuck_write(pid), scene.ledger.acknowledged());
        if *stuck.borrow() != call || seen.get().is_none() {
            stuck.replace(call);
            seen.set(Some(saved));
        }
        stuck.borrow().is_some() && seen.get().is_some_and(|seen| saved >= seen + 20)
    })?;
    let stuck = stuck.into_inner();
    let in_flight = scene.ledger.in_flight();
    scene.wait_for_more(MEANWHILE)?;
    let is_stuck_still = stuck_write(pid) == stuck;
    let read = Arc::new(AtomicUsize::new(0));
    let mut terminal = pair.master.try_clone_reader().map_err(|error| gave_up(&error))?;
    let count = Arc::clone(&read);
    let reading = std::thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(some @ 1..) = terminal.read(&mut buffer) {
            count.fetch_add(some, Ordering::SeqCst);
        }
    });
    scene
        .wait("the screen goes on when it is read", |_| read.load(Ordering::SeqCst) > 0 && stuck_write(pid) != stuck)?;
    kill(Pid::from_raw(pid.cast_signed()).ok_or_else(|| gave_up("no process"))?)?;
    let _ = child.wait();
    drop(pair.master);
    reading.join().map_err(|_| gave_up("the reader panicked"))?;
    if !is_stuck_still || in_flight < scene.load.in_flight {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way, stuck all the time: {is_stuck_still}")));
    }
    scene.figures.count("notes saved beside a blocked terminal", MEANWHILE);
    Ok(Round::Counted)
}

/// The window is closed: the program on it ends, and nothing else does.
pub fn terminal_gone(scene: &mut Scene) -> Verdict<Round> {
    let mut screen = scene.screens.pop().ok_or_else(|| gave_up("there is no screen"))?;
    let pid = screen.terminal.pid();
    scene.wait_for_more(5)?;
    let in_flight = scene.ledger.in_flight();
    screen.terminal.hang_up();
    scene.wait("the screen ends with its terminal", |_| matches!(state_of(pid), None | Some('Z')))?;
    drop(screen);
    scene.wait_for_more(20)?;
    scene.seat_screen();
    if in_flight < scene.load.in_flight {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way")));
    }
    scene.figures.count("terminals closed", 1);
    Ok(Round::Counted)
}

/// The call in which a thread of the process waits to write, with its arguments; none: no thread does.
fn stuck_write(pid: u32) -> Option<String> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    tasks.flatten().find_map(|task| {
        let call = std::fs::read_to_string(task.path().join("syscall")).ok()?;
        let number: i64 = call.split_whitespace().next()?.parse().ok()?;
        [libc::SYS_write, libc::SYS_writev].contains(&number).then_some(call)
    })
}

fn gave_up(why: impl std::fmt::Display) -> Violation {
    Violation::GaveUp(why.to_string())
}

/// A pipe that writes what nobody reads, and is told to stop.
pub fn receipts_unread(scene: &mut Scene) -> Verdict<Round> {
    const LINES: usize = 400;
    let failed = |error: std::io::Error| Violation::GaveUp(format!("the pipe cannot be started: {error}"));
    let number = scene.dice.number();
    let lines: Vec<String> = (0..LINES).map(|nth| format!("unread {number} {nth}")).collect();
    lines.iter().for_each(|line| scene.ledger.attempt(line));
    // Nobody hears of them one by one: that they are there is looked at here.
    scene.ledger.leave_open(&lines);
    let mut command = scene.world.command(["log", "-r", &scene.room, "-"]);
    let (unread_stdout, stdout) = std::io::pipe().map_err(failed)?;
    let (unread_stderr, stderr) = std::io::pipe().map_err(failed)?;
    for pipe in [&stdout, &stderr] {
        // As little as the system allows, so that it is full at once.
        rustix::pipe::fcntl_setpipe_size(pipe, 4096).map_err(|error| failed(error.into()))?;
    }
    let mut child = command.stdin(Stdio::piped()).stdout(stdout).stderr(stderr).spawn().map_err(failed)?;
    drop(command);
    let mut stdin = child.stdin.take().ok_or_else(|| Violation::GaveUp("no stdin".into()))?;
    let input = lines.join("\n") + "\n";
    std::io::Write::write_all(&mut stdin, input.as_bytes()).map_err(failed)?;
    let begins = format!("unread {number} ");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let printed = scene.world.klock(["timeline", "-r", &scene.room, "--kind", "note"]).out;
        let recorded = printed.matches(&begins).count();
        if recorded == LINES {
            break;
        }
        if Instant::now() > deadline {
            return Err(Violation::Wrong(format!(
                "{recorded} of {LINES} lines are recorded of a pipe that nobody reads"
            )));
        }
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).map_err(|error| failed(error.into()))?;
    while child.try_wait().map_err(failed)?.is_none() {
        if Instant::now() > deadline {
            return Err(Violation::GaveUp("a pipe that nobody reads does not end".into()));
        }
        std::thread::yield_now();
    }
    drop((unread_stdout, unread_stderr, stdin));
    Ok(Round::Counted)
}
