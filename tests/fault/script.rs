//! The program as scripts use it: `klock log -` that is fed lines, and `klock timeline --follow --json` that is read.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use rustix::process::{Pid, Signal};

use super::board::{Board, PATIENCE};
use super::ledger::Ledger;
use super::violation::{Verdict, Violation};
use super::world::World;

/// How many lines a feeder has on their way.
const WINDOW: usize = 4;

/// Something that a child says, collected by a thread.
fn collect(mut from: impl Read + Send + 'static) -> (Arc<Mutex<String>>, JoinHandle<()>) {
    let said = Arc::new(Mutex::new(String::new()));
    let keep = Arc::clone(&said);
    let thread = std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let mut said = keep.lock().unwrap_or_else(PoisonError::into_inner);
            said.push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
    });
    (said, thread)
}

fn signal(child: &Child, signal: Signal) {
    let pid = Pid::from_raw(child.id().cast_signed()).expect("a process id");
    // It may have ended by itself, which whoever looks at it will find.
    let _ = rustix::process::kill_process(pid, signal);
}

/// Waits for a child's end; none: it did not end in time.
fn end_of(child: &mut Child) -> Option<Option<i32>> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.code()),
            Ok(None) if Instant::now() < deadline => std::thread::yield_now(),
            _ => return None,
        }
    }
}

/// `klock log -` with somebody who feeds it.
pub struct Feeder {
    child: Child,
    shared: Arc<Feed>,
    threads: Vec<JoinHandle<()>>,
    said: Arc<Mutex<String>>,
}

struct Feed {
    state: Mutex<FeedState>,
    changed: Condvar,
}

#[derive(Default)]
struct FeedState {
    /// Lines whose acknowledgement has not come, in order.
    on_their_way: VecDeque<String>,
    acknowledged: u64,
    stop: bool,
    wrong: Option<Violation>,
}

impl Feed {
    fn lock(&self) -> MutexGuard<'_, FeedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn feed(&self, name: &str, mut stdin: ChildStdin, ledger: &Ledger) {
        let mut number = 0_u64;
        loop {
            let text = {
                let mut state = self.lock();
                while !state.stop && state.on_their_way.len() >= WINDOW {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                if state.stop {
                    return;
                }
                number += 1;
                let text = format!("{name} line {number}");
                ledger.attempt(&text);
                state.on_their_way.push_back(text.clone());
                text
            };
            // A reader that is gone is found by its exit code.
            if writeln!(stdin, "{text}").is_err() {
                return;
            }
        }
    }

    fn hear(&self, line: &str, ledger: &Ledger) {
        let mut state = self.lock();
        let seq = line.split_whitespace().next().and_then(|word| word.parse().ok());
        match (seq, state.on_their_way.pop_front()) {
            (Some(seq), Some(text)) => {
                ledger.acknowledge(&text, seq);
                state.acknowledged += 1;
            }
            _ => {
                let found = Violation::Wrong(format!("klock log - printed “{line}”"));
                state.wrong.get_or_insert(found);
            }
        }
        self.changed.notify_all();
    }
}

impl Feeder {
    pub fn start(world: &World, room: &str, name: &str, board: &Arc<Board>, ledger: &Arc<Ledger>) -> Self {
        let mut child = world
            .command(["log", "-r", room, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let shared = Arc::new(Feed { state: Mutex::default(), changed: Condvar::new() });
        let stdin = child.stdin.take().expect("its stdin");
        let stdout = child.stdout.take().expect("its stdout");
        let (said, listening) = collect(child.stderr.take().expect("its stderr"));
        let feeding = {
            let (shared, ledger, name) = (Arc::clone(&shared), Arc::clone(ledger), name.to_owned());
            std::thread::spawn(move || shared.feed(&name, stdin, &ledger))
        };
        let hearing = {
            let (shared, ledger, board) = (Arc::clone(&shared), Arc::clone(ledger), Arc::clone(board));
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    shared.hear(&line, &ledger);
                    board.ring();
                }
            })
        };
        Feeder { child, shared, threads: vec![feeding, hearing, listening], said }
    }

    /// How many of its lines were acknowledged.
    pub fn acknowledged(&self) -> u64 {
        self.shared.lock().acknowledged
    }

    /// How many of its lines wait for that.
    pub fn in_flight(&self) -> usize {
        self.shared.lock().on_their_way.len()
    }

    /// Its lines that were not acknowledged.
    pub fn unsaid(&self) -> Vec<String> {
        self.shared.lock().on_their_way.iter().cloned().collect()
    }

    /// Kills it. What it had printed counts, and what it had not may be there or not.
    pub fn kill(&mut self) {
        signal(&self.child, Signal::KILL);
        // Its exit is of no interest: it was killed.
        let _ = self.child.wait();
        self.stop_feeding();
    }

    /// Ends its input and waits until every line that it was given is acknowledged.
    ///
    /// # Errors
    /// When it fails, or does not come to an end.
    pub fn finish(mut self) -> Verdict {
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
        let code = end_of(&mut self.child);
        self.stop_feeding();
        let state = self.shared.lock();
        if let Some(wrong) = &state.wrong {
            return Err(wrong.clone());
        }
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match code {
            Some(Some(0)) if state.on_their_way.is_empty() => Ok(()),
            Some(Some(0)) => {
                Err(Violation::Wrong(format!("klock log - ended with {} lines unsaid", state.on_their_way.len())))
            }
            Some(code) => Err(Violation::Wrong(format!("klock log - ended with {code:?}: {said}"))),
            None => Err(Violation::GaveUp(format!("klock log - does not end: {said}"))),
        }
    }

    fn stop_feeding(&mut self) {
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}

impl Drop for Feeder {
    fn drop(&mut self) {
        signal(&self.child, Signal::KILL);
        let _ = self.child.wait();
        self.stop_feeding();
    }
}

/// `klock timeline --follow --json` and what it printed.
pub struct Follower {
    child: Child,
    seen: Arc<Mutex<Seen>>,
    threads: Vec<JoinHandle<()>>,
    said: Arc<Mutex<String>>,
}

#[derive(Default)]
struct Seen {
    entries: BTreeMap<u64, String>,
    has_ended: bool,
    wrong: Option<Violation>,
}

impl Follower {
    pub fn start(world: &World, room: &str, board: &Arc<Board>) -> Self {
        let mut child = world
            .command(["timeline", "-r", room, "--follow", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let stdout = child.stdout.take().expect("its stdout");
        let (said, listening) = collect(child.stderr.take().expect("its stderr"));
        let reading = {
            let (seen, board) = (Arc::clone(&seen), Arc::clone(board));
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    seen.lock().unwrap_or_else(PoisonError::into_inner).take_in(&line);
                    board.ring();
                }
                seen.lock().unwrap_or_else(PoisonError::into_inner).has_ended = true;
                board.ring();
            })
        };
        Follower { child, seen, threads: vec![reading, listening], said }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The last place that it has printed.
    pub fn last(&self) -> u64 {
        self.lock().entries.keys().next_back().copied().unwrap_or(0)
    }

    /// Whether it prints no more, which [`Follower::agrees`] tells the reason of.
    pub fn has_ended(&self) -> bool {
        self.lock().has_ended
    }

    /// How far it has come, and what it said on the way.
    pub fn describe(&self) -> String {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        format!("klock timeline --follow: at {}, ended: {}; it said: {}", self.last(), self.has_ended(), said.trim())
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It printed exactly `entries`, each once.
    ///
    /// # Errors
    /// The first difference, or that it has ended.
    pub fn agrees(&mut self, entries: &BTreeMap<u64, String>) -> Verdict {
        if self.has_ended() {
            let status = end_of(&mut self.child).flatten();
            let said = self.said.lock().unwrap_or_else(PoisonError::into_inner).clone();
            return Err(Violation::Wrong(format!("klock timeline --follow ended with {status:?}: {said}")));
        }
        let seen = self.lock();
        if let Some(wrong) = &seen.wrong {
            return Err(wrong.clone());
        }
        for (seq, text) in entries {
            match seen.entries.get(seq) {
                Some(found) if found == text => {}
                found => {
                    let said = format!("klock timeline --follow printed {found:?} for {seq}, which is “{text}”");
                    return Err(Violation::ClientsDiffer(said));
                }
            }
        }
        match seen.entries.keys().find(|seq| !entries.contains_key(seq)) {
            Some(seq) => Err(Violation::ClientsDiffer(format!("klock timeline --follow printed a {seq} of its own"))),
            None => Ok(()),
        }
    }
}

impl Seen {
    fn take_in(&mut self, line: &str) {
        let found: Result<serde_json::Value, _> = serde_json::from_str(line);
        let entry = found.ok().and_then(|value| Some((value["seq"].as_u64()?, value["text"].as_str()?.to_owned())));
        let Some((seq, text)) = entry else {
            self.wrong.get_or_insert(Violation::Wrong(format!("klock timeline --json printed “{line}”")));
            return;
        };
        if self.entries.insert(seq, text).is_some() {
            self.wrong.get_or_insert(Violation::Twice(format!("klock timeline --follow printed {seq} twice")));
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        signal(&self.child, Signal::KILL);
        let _ = self.child.wait();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
