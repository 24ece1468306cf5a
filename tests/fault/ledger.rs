//! What was attempted and what was acknowledged, and how what is on disk is held against it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::journal::Journal;
use super::violation::{Verdict, Violation};

/// Every note of a run, by its text: no two are alike.
#[derive(Debug, Default)]
pub struct Ledger {
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    attempted: HashMap<String, Instant>,
    acknowledged: HashMap<String, u64>,
    /// Lines of somebody who was killed: there or not, and never to be acknowledged.
    open: HashSet<String>,
    /// Tells what else may be there.
    expected: Option<fn(&str) -> bool>,
    /// When each acknowledgement came, and how long it took.
    took: Vec<(Instant, Duration)>,
    wrong: Option<Violation>,
}

impl Ledger {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody is about to ask for it.
    pub fn attempt(&self, text: &str) {
        self.book().attempted.insert(text.to_owned(), Instant::now());
    }

    /// Somebody was told that it is saved as `seq`.
    pub fn acknowledge(&self, text: &str, seq: u64) {
        let now = Instant::now();
        let mut book = self.book();
        match book.attempted.get(text).copied() {
            Some(asked) => book.took.push((now, now - asked)),
            None => {
                let found = Violation::PresentNotAttempted(format!("“{text}” was acknowledged as {seq}"));
                book.wrong.get_or_insert(found);
            }
        }
        if let Some(before) = book.acknowledged.insert(text.to_owned(), seq)
            && before != seq
        {
            let found = Violation::Twice(format!("“{text}” was acknowledged as {before} and as {seq}"));
            book.wrong.get_or_insert(found);
        }
    }

    /// Nobody waits for the answer to these any more.
    pub fn leave_open(&self, texts: &[String]) {
        self.book().open.extend(texts.iter().cloned());
    }

    /// Notes like that may be there, although nobody here wrote them.
    pub fn expect(&self, is_expected: fn(&str) -> bool) {
        self.book().expected = Some(is_expected);
    }

    /// How many were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.book().acknowledged.len()
    }

    /// The last place in the room that somebody was told of.
    pub fn last(&self) -> u64 {
        self.book().acknowledged.values().copied().max().unwrap_or(0)
    }

    /// How many were attempted.
    pub fn attempted(&self) -> usize {
        self.book().attempted.len()
    }

    /// How many wait for their answer.
    pub fn in_flight(&self) -> usize {
        let book = self.book();
        book.attempted.len() - book.acknowledged.len() - book.open.len()
    }

    /// How long the acknowledgements took that came from `from` to `until`.
    pub fn took(&self, from: Instant, until: Instant) -> Vec<Duration> {
        self.book().took.iter().filter(|(at, _)| *at >= from && *at <= until).map(|(_, took)| *took).collect()
    }

    /// *acknowledged ⊆ present ⊆ attempted*, each once, and each where it was said to be.
    ///
    /// # Errors
    /// The first promise that does not hold.
    pub fn hold(&self, journal: &Journal) -> Verdict {
        let book = self.book();
        if let Some(wrong) = &book.wrong {
            return Err(wrong.clone());
        }
        let mut present: HashMap<&str, u64> = HashMap::new();
        for (seq, text) in journal.notes() {
            if let Some(before) = present.insert(text, seq) {
                let shown: String = text.chars().take(80).collect();
                return Err(Violation::Twice(format!("“{shown}” is there as {before} and as {seq}")));
            }
            if !book.attempted.contains_key(text) && !book.expected.is_some_and(|is_expected| is_expected(text)) {
                let shown: String = text.chars().take(80).collect();
                return Err(Violation::PresentNotAttempted(format!("“{shown}” is there as {seq}")));
            }
        }
        let mut missing: Vec<(u64, &str)> = Vec::new();
        for (text, seq) in &book.acknowledged {
            match present.get(text.as_str()) {
                Some(found) if found == seq => {}
                Some(found) => {
                    let said = format!("“{text}” was acknowledged as {seq} and is there as {found}");
                    return Err(Violation::OutOfOrder(said));
                }
                None => missing.push((*seq, text)),
            }
        }
        missing.sort_unstable();
        match missing.as_slice() {
            [] => Ok(()),
            [(seq, text), ..] => Err(Violation::AcknowledgedNotPresent(format!(
                "{} of {} acknowledged notes are not there, the first is “{text}”, acknowledged as {seq}",
                missing.len(),
                book.acknowledged.len()
            ))),
        }
    }

    /// Everything that was attempted is acknowledged by now: nobody was left without an answer.
    ///
    /// # Errors
    /// The first that was not.
    pub fn is_settled(&self) -> Verdict {
        let book = self.book();
        let acknowledged: HashSet<&String> = book.acknowledged.keys().collect();
        let is_owed = |text: &&String| !acknowledged.contains(text) && !book.open.contains(*text);
        match book.attempted.keys().find(is_owed) {
            Some(text) => Err(Violation::Wrong(format!("“{text}” was never acknowledged"))),
            None => Ok(()),
        }
    }
}
