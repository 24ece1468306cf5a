//! The machine's clock is set back and forward under load: the order is kept, and the move is recorded.

use super::super::fault::Round;
use super::super::journal::Journal;
use super::super::scene::Scene;
use super::super::violation::{Verdict, Violation};

/// Sets the clock back by some minutes, then forward beyond where it was.
pub fn moved(scene: &mut Scene) -> Verdict<Round> {
    scene.one_host()?;
    scene.wait_for_more(5)?;
    let now = scene.time;
    let back = 2 + i64::try_from(scene.dice.roll(30)).expect("small");
    let in_flight = scene.ledger.in_flight();
    scene.set_time(now - chrono::Duration::minutes(back));
    scene.wait_for_more(30)?;
    let forward = 1 + i64::try_from(scene.dice.roll(20)).expect("small");
    scene.set_time(now + chrono::Duration::minutes(forward));
    scene.wait_for_more(30)?;
    scene.moved_back += 1;
    scene.figures.count("clocks set back and forward", 1);
    if in_flight < scene.load.in_flight {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way")));
    }
    Ok(Round::Counted)
}

/// As often as the clock was set back, the record says so; in between no record is before the one before it.
///
/// # Errors
/// When the order cannot be understood from the record alone.
pub fn hold(journal: &Journal, moved_back: usize) -> Verdict {
    let mut last = None;
    let mut told = 0;
    for line in &journal.lines {
        let rec = chrono::DateTime::parse_from_rfc3339(&line.rec)
            .map_err(|error| Violation::Chain(format!("{}: {error}", line.seq)))?;
        if line.kind == "ClockMoved" {
            told += usize::from(line.event["ClockMoved"]["seconds"].as_i64().unwrap_or(0) > 0);
        } else if last.is_some_and(|last| rec < last) {
            return Err(Violation::OutOfOrder(format!("{} was recorded before the one before it", line.seq)));
        }
        last = Some(rec);
    }
    if told < moved_back {
        return Err(Violation::Silent(format!("the clock was set back {moved_back} times, the record says {told}")));
    }
    Ok(())
}
