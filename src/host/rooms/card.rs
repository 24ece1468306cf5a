//! The line of a room as it is kept, and which lines go into one message.

use serde::{Deserialize, Serialize};

use crate::domain::record::written_length;
use crate::domain::room::State;
use crate::wire::frame::LONGEST_FRAME;
use crate::wire::message::RoomSummary;

/// The version of [`Card`] as it is kept; one of another version is made again.
const CARD_VERSION: u32 = 3;

/// So many rooms, each with the longest title and names that [`RoomSummary`] has, fit one message (computed).
const ALWAYS_FIT: usize = 4000;

/// What a message has besides its rooms, in bytes (a guess, well above what it has).
const MARGIN: usize = 1 << 20;

/// A room's line as the store keeps it: that of a dormant room at once, that of another now and then. A host that starts knows by it
/// what every room is before it has read one.
#[derive(Serialize, Deserialize)]
pub struct Card {
    v: u32,
    /// How long the journal was, in bytes: a card that a crash left behind says another length than the journal has.
    length: u64,
    pub summary: RoomSummary,
}

impl Card {
    /// Returns the card of a room whose journal is `length` bytes long.
    pub fn new(length: u64, summary: RoomSummary) -> Self {
        Card { v: CARD_VERSION, length, summary }
    }

    /// Returns the card in `bytes`, if it is of this version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Card>(bytes).ok().filter(|card| card.v == CARD_VERSION)
    }

    /// Returns whether the card is of a journal of this length, in bytes.
    pub fn is_of_length(&self, length: Option<u64>) -> bool {
        Some(self.length) == length
    }
}

/// Leaves out the closed rooms, the oldest first, that one message has no room for: some thirty thousand fit.
pub fn leave_out_oldest(summaries: &mut Vec<RoomSummary>) {
    if summaries.len() <= ALWAYS_FIT {
        return;
    }
    let mut left = LONGEST_FRAME;
    let before = summaries.len();
    summaries.retain(|summary| {
        let length = written_length(summary).unwrap_or(LONGEST_FRAME) + 1;
        left = left.saturating_sub(length);
        left > MARGIN || summary.state != State::Closed
    });
    if summaries.len() < before {
        tracing::warn!(left_out = before - summaries.len(), "closed rooms are left out of the list of all rooms");
    }
}

/// Returns whether the incident is real and goes on.
pub fn is_open_incident(summary: &RoomSummary) -> bool {
    !summary.demo && summary.state != State::Closed
}

/// Returns whether nothing can fall due in a room by itself.
pub fn is_dormant(summary: &RoomSummary) -> bool {
    summary.demo || (summary.state == State::Closed && summary.next_clock.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RoomId;
    use crate::domain::room::Room;
    use crate::domain::time::Moment;

    fn summary(number: u32) -> RoomSummary {
        let now = Moment::parse("2026-11-21T12:00:00+01:00").unwrap();
        RoomSummary::of(&Room::new(RoomId::of_year(2026, number)), now)
    }

    #[test]
    fn a_card_of_another_version_or_of_another_length_is_not_believed() {
        let mut card = Card::new(7, summary(1));
        let bytes = |card: &Card| serde_json::to_vec(card).unwrap();
        assert!(Card::read(&bytes(&card)).is_some_and(|card| card.is_of_length(Some(7))));
        assert!(!card.is_of_length(Some(8)) && !card.is_of_length(None));
        card.v += 1;
        assert!(Card::read(&bytes(&card)).is_none() && Card::read(b"{").is_none());
    }

    #[test]
    fn of_more_rooms_than_a_message_has_place_for_the_open_ones_stay() {
        let title = "x".repeat(6 << 10);
        let mut all: Vec<RoomSummary> = (1..=5000).rev().map(summary).collect();
        for (n, summary) in all.iter_mut().enumerate() {
            summary.title = title.clone().into();
            summary.state = if n % 2 == 0 { State::Closed } else { summary.state };
        }
        let open = all.iter().filter(|summary| summary.state != State::Closed).count();
        leave_out_oldest(&mut all);
        assert!(all.len() < 5000, "{}", all.len());
        assert_eq!(all.iter().filter(|summary| summary.state != State::Closed).count(), open);
    }
}
