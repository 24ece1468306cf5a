//! Seeks a page of the timeline in slices, so that a search through a long room keeps no other client waiting.

use crate::config::lang::Words;
use crate::domain::record::{Record, written_length};
use crate::domain::room::Room;
use crate::domain::timeline;
use crate::host::portions::{MOST_BYTES, MOST_RECORDS};
use crate::store::{PageStart, ReadError, ReadView};
use crate::wire::message::{Page, PageFrom};

/// How many records are looked through before others get their turn (a guess): some milliseconds of reading.
const SLICE: usize = 2000;

/// A page being sought. With a filter it may take looking through the whole room, so it is done in slices.
#[derive(Debug)]
pub struct PageSearch {
    page: Page,
    from: PageStart,
    /// In the order met: oldest first when going forward, else latest first.
    found: Vec<Record>,
    bytes: usize,
}

/// Whether a search has come to its end.
#[derive(Debug)]
pub enum SearchProgress {
    /// There is more to look through.
    Going,
    /// The page, oldest first, and whether there may be more beyond it.
    Found { records: Vec<Record>, more: bool },
}

impl PageSearch {
    /// Returns a search for `page`.
    pub fn new(mut page: Page) -> Self {
        page.limit = page.limit.min(MOST_RECORDS);
        let from = match page.from {
            PageFrom::End => PageStart::End,
            PageFrom::Start => PageStart::Start,
            PageFrom::Before(place) => PageStart::Before(place.at, place.seq),
            PageFrom::After(place) => PageStart::After(place.at, place.seq),
        };
        PageSearch { page, from, found: Vec::new(), bytes: 0 }
    }

    /// Looks through the next slice.
    ///
    /// # Errors
    /// See [`ReadError`]; the search may then go on with another view.
    pub fn search_slice(
        &mut self,
        view: &dyn ReadView,
        fold: &Room,
        words: &Words,
    ) -> Result<SearchProgress, ReadError> {
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
                Ok(SearchProgress::Going)
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

    fn finish(&mut self, forward: bool, more: bool) -> SearchProgress {
        let mut records = std::mem::take(&mut self.found);
        if !forward {
            records.reverse();
        }
        SearchProgress::Found { records, more }
    }

    /// Returns the language in which the filter reads.
    pub fn lang(&self) -> crate::domain::phrase::Lang {
        self.page.lang
    }
}
