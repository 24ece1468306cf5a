//! Answering questions that change nothing, in portions that fit a frame and slices that keep nobody waiting.

use crate::config::lang::Words;
use crate::domain::record::{Record, written_length};
use crate::domain::room::Room;
use crate::domain::timeline;
use crate::store::{PageStart, ReadError, ReadView};
use crate::wire::message::{Page, PageFrom};

/// The most records or lines in one answer.
pub const MOST_RECORDS: usize = 2000;

/// About how many bytes of records go into one answer; one record is sent however long it is.
const MOST_BYTES: usize = 4 << 20;

/// How many records are looked through before others get their turn.
const SLICE: usize = 2000;

/// A page being sought. With a filter it may take looking through the whole room, so it is done in slices.
#[derive(Debug)]
pub struct Search {
    page: Page,
    from: PageStart,
    /// In the order met: oldest first when going forward, else latest first.
    found: Vec<Record>,
    bytes: usize,
}

/// Whether a search has come to its end.
#[derive(Debug)]
pub enum Progress {
    /// There is more to look through.
    Going,
    /// The page, oldest first, and whether there may be more beyond it.
    Found { records: Vec<Record>, more: bool },
}

impl Search {
    /// A search for `page`.
    pub fn new(mut page: Page) -> Self {
        page.limit = page.limit.min(MOST_RECORDS);
        let from = match page.from {
            PageFrom::End => PageStart::End,
            PageFrom::Start => PageStart::Start,
            PageFrom::Before(place) => PageStart::Before(place.at, place.seq),
            PageFrom::After(place) => PageStart::After(place.at, place.seq),
        };
        Search { page, from, found: Vec::new(), bytes: 0 }
    }

    /// Looks through the next slice.
    ///
    /// # Errors
    /// See [`ReadError`]; the search may then go on with another view.
    pub fn go_on(&mut self, view: &dyn ReadView, fold: &Room, words: &Words) -> Result<Progress, ReadError> {
        let forward = matches!(self.from, PageStart::Start | PageStart::After(..));
        let limit = if self.page.filter.is_empty() { self.page.limit.max(1) } else { SLICE };
        let slice = view.page(self.from, limit, &fold.moved, &mut |record| timeline::is_entry(&record.event))?;
        let edge = if forward { slice.records.last() } else { slice.records.first() };
        let edge = edge.map(|record| (fold.happened_at(record), record.seq));
        let records: Box<dyn Iterator<Item = Record>> =
            if forward { Box::new(slice.records.into_iter()) } else { Box::new(slice.records.into_iter().rev()) };
        for record in records {
            if !self.admits(&record, fold, words) {
                continue;
            }
            let bytes = written_length(&record).unwrap_or(0);
            let is_full =
                self.found.len() >= self.page.limit || (self.bytes + bytes > MOST_BYTES && !self.found.is_empty());
            if is_full {
                return Ok(self.finish(forward, true));
            }
            self.bytes += bytes;
            self.found.push(record);
        }
        match edge {
            Some((at, seq)) if slice.more && self.found.len() < self.page.limit => {
                self.from = if forward { PageStart::After(at, seq) } else { PageStart::Before(at, seq) };
                Ok(Progress::Going)
            }
            _ => Ok(self.finish(forward, slice.more)),
        }
    }

    fn admits(&self, record: &Record, fold: &Room, words: &Words) -> bool {
        if self.page.filter.is_empty() {
            return true;
        }
        timeline::entry(record, fold).is_some_and(|entry| self.page.filter.admits(&entry, &entry.said(words)))
    }

    fn finish(&mut self, forward: bool, more: bool) -> Progress {
        let mut records = std::mem::take(&mut self.found);
        if !forward {
            records.reverse();
        }
        Progress::Found { records, more }
    }

    /// The language in which the filter reads.
    pub fn lang(&self) -> crate::domain::phrase::Lang {
        self.page.lang
    }
}

/// As many of `records`, from the first on, as go into one answer.
pub fn portion(mut records: Vec<Record>) -> Vec<Record> {
    let mut bytes = 0;
    let fits = records.iter().take_while(|record| within(&mut bytes, written_length(record).unwrap_or(0))).count();
    records.truncate(fits);
    records
}

/// All of `records`, in as many answers as it takes. One record alone is measured by nobody: it fits.
pub fn portions(records: Vec<Record>) -> Vec<Vec<Record>> {
    let mut rest = records;
    let mut portions = Vec::new();
    while rest.len() > 1 {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|record| within(&mut bytes, written_length(record).unwrap_or(0))).count();
        let after = rest.split_off(fits);
        portions.push(std::mem::replace(&mut rest, after));
    }
    if !rest.is_empty() {
        portions.push(rest);
    }
    portions
}

/// As [`portion`], from the last on.
pub fn last_portion(mut records: Vec<Record>) -> Vec<Record> {
    let mut bytes = 0;
    let fits =
        records.iter().rev().take_while(|record| within(&mut bytes, written_length(record).unwrap_or(0))).count();
    records.drain(..records.len() - fits);
    records
}

/// As [`portion`], for lines.
pub fn portion_of_lines(mut lines: Vec<String>) -> Vec<String> {
    let mut bytes = 0;
    let fits = lines.iter().take_while(|line| within(&mut bytes, line.len())).count();
    lines.truncate(fits);
    lines
}

fn within(bytes: &mut usize, more: usize) -> bool {
    let is_first = *bytes == 0;
    *bytes += more.max(1);
    is_first || *bytes <= MOST_BYTES
}
