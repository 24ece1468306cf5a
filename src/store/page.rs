//! Pages of the timeline, which is ordered by when things happened.

use std::collections::BTreeMap;

use crate::domain::id::Seq;
use crate::domain::record::Record;
use crate::domain::time::Moment;

/// Where a page of the timeline begins. The timeline is ordered by when things happened, then by `seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStart {
    /// The first records.
    Start,
    /// The last records.
    End,
    /// The last records before this place.
    Before(Moment, Seq),
    /// The first records after this place.
    After(Moment, Seq),
}

impl PageStart {
    /// Returns whether a page that begins here may have what stands at `place`.
    pub(super) fn admits(self, place: (Moment, Seq)) -> bool {
        match self {
            PageStart::Start | PageStart::End => true,
            PageStart::Before(at, seq) => place < (at, seq),
            PageStart::After(at, seq) => place > (at, seq),
        }
    }
}

/// A page of the timeline, oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordPage {
    pub records: Vec<Record>,
    /// Whether there are more in the direction sought.
    pub more: bool,
}

/// Returns a page of a timeline whose records are all there, in any order.
pub(super) fn page_of(
    mut all: Vec<Record>,
    from: PageStart,
    limit: usize,
    moved: &BTreeMap<Seq, Moment>,
    admit: &mut dyn FnMut(&Record) -> bool,
) -> RecordPage {
    let place = |record: &Record| (moved.get(&record.seq).copied().unwrap_or(record.at), record.seq);
    all.sort_by_key(place);
    all.retain(|record| from.admits(place(record)));
    all.retain(|record| admit(record));
    let more = all.len() > limit;
    match from {
        PageStart::Start | PageStart::After(..) => all.truncate(limit),
        PageStart::End | PageStart::Before(..) => drop(all.drain(..all.len().saturating_sub(limit))),
    }
    RecordPage { records: all, more }
}
