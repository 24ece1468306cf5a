//! What is between the one who reads and the one who sends: files, and memory only when no file can be written.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use super::spool::{Contents, Damaged, Leftover, Segment, SpoolAddress, WaitingLine};

/// How long a file becomes before the next is begun, in bytes; only whole files are removed.
const LONGEST_FILE: u64 = 8 << 20;

/// A file in which everything is acknowledged is followed by a new one from this length on.
const SETTLED_FILE: u64 = 256 << 10;

/// How many lines may be held in memory when no file can be written; then the producer waits.
const MOST_IN_MEMORY: usize = 1024;

/// How many lines are to be put in at a time: few enough that the first ones never wait for room.
pub const PORTION: usize = MOST_IN_MEMORY / 4;

/// The reader's end.
pub struct Intake {
    shared: Arc<Shared>,
    dir: PathBuf,
    stem: String,
    address: SpoolAddress,
    segment: Option<Segment>,
    made: u32,
}

/// The sender's end.
pub struct Outlet {
    shared: Arc<Shared>,
    /// Taken from a file and not given out yet.
    ahead: VecDeque<TakenLines>,
}

/// A line that was taken out, to be told [`Outlet::settled`] when it is dealt with.
#[derive(Debug)]
pub struct TakenLines {
    pub waiting: WaitingLine,
    /// About how many bytes it takes.
    pub bytes: usize,
    /// The file it is in; `None` if it is in memory alone.
    file: Option<u32>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Told when there is room in memory again.
    room: Condvar,
}

#[derive(Default)]
struct State {
    files: VecDeque<Stored>,
    memory: VecDeque<WaitingLine>,
    /// Nobody is kept waiting any more: what is still read is little.
    is_stopping: bool,
    /// Dealt with, and kept because something in them could not be read.
    damaged: Vec<Damaged>,
}

struct Stored {
    number: u32,
    contents: Contents,
    end: u64,
    /// Lines taken out and not settled.
    on_way: usize,
    is_all_taken: bool,
    /// Whether no more comes.
    is_closed: bool,
}

impl Stored {
    fn is_settled(&self) -> bool {
        self.is_all_taken && self.on_way == 0
    }

    fn has_more(&self) -> bool {
        !self.is_all_taken && self.contents.torn().is_none()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A queue whose files are made in `dir` under names that begin with `stem`.
pub fn queue(dir: PathBuf, stem: String, address: SpoolAddress) -> (Intake, Outlet) {
    let shared = Arc::new(Shared::default());
    let outlet = Outlet { shared: Arc::clone(&shared), ahead: VecDeque::new() };
    (Intake { shared, dir, stem, address, segment: None, made: 0 }, outlet)
}

/// What was left behind, to be sent.
pub fn of_leftovers(leftovers: Vec<Leftover>) -> Outlet {
    let stored = leftovers.into_iter().zip(0..).map(|(Leftover { contents, end, .. }, number)| Stored {
        number,
        contents,
        end,
        on_way: 0,
        is_all_taken: false,
        is_closed: true,
    });
    let state = State { files: stored.collect(), ..State::default() };
    let shared = Shared { state: Mutex::new(state), room: Condvar::new() };
    Outlet { shared: Arc::new(shared), ahead: VecDeque::new() }
}

/// Ends the waiting of an [`Intake`].
#[derive(Clone)]
pub struct Stop {
    shared: Arc<Shared>,
}

impl Stop {
    /// From now on nothing waits for room in memory: what is still read is no more than a pipe holds.
    pub fn stop(&self) {
        self.shared.lock().is_stopping = true;
        self.shared.room.notify_all();
    }
}

impl Intake {
    /// What ends its waiting.
    pub fn stopper(&self) -> Stop {
        Stop { shared: Arc::clone(&self.shared) }
    }

    /// Puts `lines` in. When no file can be written they are held in memory, and beyond a bound this waits.
    ///
    /// # Errors
    /// Why no file could be written. The lines are in the queue nevertheless.
    pub fn put(&mut self, lines: Vec<WaitingLine>) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        // What came first goes first: no file is begun while something is in memory.
        let written = if self.shared.lock().memory.is_empty() { self.store(&lines) } else { Ok(false) };
        if !matches!(written, Ok(true)) {
            self.hold(lines);
        }
        written.map(drop)
    }

    fn store(&mut self, lines: &[WaitingLine]) -> io::Result<bool> {
        self.close_if_full();
        match self.append(lines) {
            // A file that has become as long as the system lets it (`ulimit -f`) is followed by another.
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => self.append(lines),
            stored => stored,
        }
    }

    /// Adds to the present file, or to a new one; one that takes nothing more is closed.
    fn append(&mut self, lines: &[WaitingLine]) -> io::Result<bool> {
        if self.segment.is_none() {
            self.made += 1;
            let segment = Segment::create(&self.dir, &format!("{}-{:06}", self.stem, self.made), &self.address)?;
            let stored = Stored {
                number: self.made,
                contents: segment.contents()?,
                end: 0,
                on_way: 0,
                is_all_taken: true,
                is_closed: false,
            };
            self.shared.lock().files.push_back(stored);
            self.segment = Some(segment);
        }
        let Some(segment) = &mut self.segment else { return Ok(false) };
        if let Err(error) = segment.append(lines) {
            self.close();
            return Err(error);
        }
        let end = segment.end();
        if let Some(stored) = self.shared.lock().files.back_mut() {
            stored.end = end;
            stored.is_all_taken = false;
        }
        Ok(true)
    }

    fn close_if_full(&mut self) {
        let Some(length) = self.segment.as_ref().map(Segment::len) else { return };
        let is_settled = self.shared.lock().files.back().is_none_or(Stored::is_settled);
        if length >= LONGEST_FILE || (is_settled && length >= SETTLED_FILE) {
            self.close();
        }
    }

    fn close(&mut self) {
        self.segment = None;
        let mut state = self.shared.lock();
        if let Some(stored) = state.files.back_mut() {
            stored.is_closed = true;
        }
        state.tidy();
    }

    fn hold(&self, lines: Vec<WaitingLine>) {
        for line in lines {
            let mut state = self.shared.lock();
            while state.memory.len() >= MOST_IN_MEMORY && !state.is_stopping {
                state = self.shared.room.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner);
            }
            state.memory.push_back(line);
        }
    }
}

/// No more comes: the files may go when all of them is dealt with.
impl Drop for Intake {
    fn drop(&mut self) {
        self.close();
    }
}

impl State {
    /// Removes the files that are dealt with from end to end.
    fn tidy(&mut self) {
        let (done, kept) = self.files.drain(..).partition(|stored| stored.is_closed && stored.is_settled());
        self.files = kept;
        let done: VecDeque<Stored> = done;
        self.damaged.extend(done.into_iter().filter_map(|stored| stored.contents.finish()));
    }
}

impl Outlet {
    /// The next line in the order they came, if there is one.
    pub fn take(&mut self) -> Option<TakenLines> {
        if self.ahead.is_empty() {
            self.look_ahead();
        }
        self.ahead.pop_front()
    }

    fn look_ahead(&mut self) {
        let mut state = self.shared.lock();
        while let Some(stored) = state.files.iter_mut().find(|stored| stored.has_more()) {
            let lines = stored.contents.next(stored.end);
            stored.on_way += lines.len();
            stored.is_all_taken = stored.contents.is_at(stored.end);
            let file = Some(stored.number);
            self.ahead.extend(lines.into_iter().map(|(waiting, bytes)| TakenLines { waiting, bytes, file }));
            if !self.ahead.is_empty() {
                return;
            }
        }
        // Files without a single whole line are of no more use.
        state.tidy();
        if let Some(waiting) = state.memory.pop_front() {
            self.shared.room.notify_all();
            let bytes = waiting.raw.as_ref().map_or(256, String::len);
            self.ahead.push_back(TakenLines { waiting, bytes, file: None });
        }
    }

    /// A line is recorded, or kept elsewhere: it need not be sent any more.
    pub fn settled(&self, file: Option<u32>) {
        let mut state = self.shared.lock();
        let Some(stored) = state.files.iter_mut().find(|stored| Some(stored.number) == file) else { return };
        stored.on_way = stored.on_way.saturating_sub(1);
        if stored.is_closed && stored.is_settled() {
            state.tidy();
        }
    }

    /// The files that hold something not settled, and why one cannot be read further.
    pub fn files(&self) -> Vec<(PathBuf, Option<String>)> {
        let state = self.shared.lock();
        let unsettled = state.files.iter().filter(|stored| !stored.is_settled());
        let tell = |stored: &Stored| {
            (stored.contents.path().to_owned(), stored.contents.torn().map(std::string::ToString::to_string))
        };
        unsettled.map(tell).collect()
    }

    /// The files that are dealt with and kept, because something in them could not be read. Each is told once.
    pub fn damaged(&self) -> Vec<Damaged> {
        std::mem::take(&mut self.shared.lock().damaged)
    }

    /// What is in no file, because none could be written: it is lost unless somebody keeps it.
    pub fn unwritten(&mut self) -> Vec<WaitingLine> {
        let mut state = self.shared.lock();
        let ahead = std::mem::take(&mut self.ahead).into_iter().filter(|taken| taken.file.is_none());
        let held = ahead.map(|taken| taken.waiting).chain(state.memory.drain(..)).collect();
        self.shared.room.notify_all();
        held
    }
}

impl TakenLines {
    /// The file it is in, for [`Outlet::settled`].
    pub fn file(&self) -> Option<u32> {
        self.file
    }
}
