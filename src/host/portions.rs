//! How much goes into one message: records and lines are sent in portions that fit a frame.

use crate::domain::record::{Record, written_length};

/// The most records or lines in one answer.
pub const MOST_RECORDS: usize = 2000;

/// About how many bytes of records go into one answer; one record is sent however long it is.
pub const MOST_BYTES: usize = 4 << 20;

/// Returns whether all of `records` go into one answer. One record alone fits, however long it is.
pub fn is_one_portion(records: &[Record]) -> bool {
    let mut bytes = 0;
    records.len() <= 1 || records.iter().all(|record| within(&mut bytes, written_length(record).unwrap_or(0)))
}

/// Returns as many of `records`, from the first on, as go into one answer.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Event, Facets};
    use crate::domain::id::IntentId;
    use crate::domain::record::Author;
    use crate::domain::time::Moment;

    fn record(seq: u64, bytes: usize) -> Record {
        let at = Moment::parse("2026-11-21T14:00:00+01:00").unwrap();
        let id = IntentId(ulid::Ulid(u128::from(seq))).event(0);
        let event = Event::ActionOpened { no: 1, text: "x".repeat(bytes).into(), facets: Facets::default() };
        Record { seq, id, at, rec: at, by: Author::klock(1), event }
    }

    #[test]
    fn records_are_cut_where_a_portion_is_full_and_one_is_sent_however_long_it_is() {
        let third = MOST_BYTES / 3;
        let records: Vec<Record> = (1..=5).map(|seq| record(seq, third)).collect();
        assert!(!is_one_portion(&records) && is_one_portion(&records[..2]));
        let seqs = |records: &[Record]| records.iter().map(|record| record.seq).collect::<Vec<_>>();
        let cut: Vec<Vec<u64>> = portions(records.clone()).iter().map(|portion| seqs(portion)).collect();
        assert_eq!(cut, [vec![1, 2], vec![3, 4], vec![5]]);
        assert_eq!(seqs(&portion(records.clone())), [1, 2]);
        assert_eq!(seqs(&last_portion(records)), [4, 5]);
        assert!(is_one_portion(&[record(1, 2 * MOST_BYTES)]));
    }
}
