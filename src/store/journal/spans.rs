//! Numbers of entries, kept as ranges: a journal can have lost a million in a row.

use std::fmt;

use crate::domain::id::Seq;

/// A set of numbers of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans {
    /// First and last of each range, in order; no two of them touch.
    ranges: Vec<(Seq, Seq)>,
}

impl Spans {
    /// Adds a number that is no less than those there are.
    pub fn push(&mut self, seq: Seq) {
        self.push_range(seq, seq);
    }

    /// Adds the numbers from `first` to `last`, none of them less than those there are.
    pub fn push_range(&mut self, first: Seq, last: Seq) {
        match self.ranges.last_mut() {
            _ if first > last => {}
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => self.ranges.push((first, last)),
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Returns how many numbers there are.
    pub fn count(&self) -> u64 {
        self.ranges.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Returns whether `seq` is among them.
    pub fn contains(&self, seq: Seq) -> bool {
        let after = self.ranges.partition_point(|(first, _)| *first <= seq);
        after.checked_sub(1).is_some_and(|at| self.ranges[at].1 >= seq)
    }

    /// First and last of each range, in order.
    pub fn ranges(&self) -> &[(Seq, Seq)] {
        &self.ranges
    }
}

impl FromIterator<Seq> for Spans {
    /// From numbers in ascending order.
    fn from_iter<I: IntoIterator<Item = Seq>>(numbers: I) -> Self {
        let mut spans = Spans::default();
        numbers.into_iter().for_each(|seq| spans.push(seq));
        spans
    }
}

/// How many ranges are said. A guess: more than a person reads.
const MOST_SAID: usize = 50;

/// As people write them: `3, 7–9`. What is beyond a number of ranges is said by `…`.
impl fmt::Display for Spans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, (first, last)) in self.ranges.iter().take(MOST_SAID).enumerate() {
            let before = if nth == 0 { "" } else { ", " };
            if first == last { write!(f, "{before}{first}")? } else { write!(f, "{before}{first}–{last}")? }
        }
        if self.ranges.len() > MOST_SAID { f.write_str(", …") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_said_as_a_span() {
        let spans: Spans = [3, 7, 8, 9, 12, 13].into_iter().collect();
        assert_eq!(spans.to_string(), "3, 7–9, 12–13");
        assert_eq!((spans.count(), spans.ranges().len()), (6, 3));
        assert_eq!(Spans::default().to_string(), "");
        let some: Vec<Seq> = (1..=14).filter(|seq| spans.contains(*seq)).collect();
        assert_eq!(some, [3, 7, 8, 9, 12, 13]);
    }

    #[test]
    fn a_million_lost_entries_take_no_room_and_many_gaps_no_page() {
        let mut spans = Spans::default();
        spans.push_range(5, 1_000_000);
        spans.push(1_000_001);
        assert_eq!((spans.count(), spans.ranges()), (999_997, &[(5, 1_000_001)][..]));
        let many: Spans = (1..1000).map(|seq| seq * 2).collect();
        assert!(many.to_string().ends_with("100, …"), "{many}");
    }
}
