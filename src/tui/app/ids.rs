//! Ids for intents, from a seed and the time that messages carry: `update` stays free of clock and chance.

use crate::domain::id::IntentId;
use crate::domain::time::Moment;

/// A source of ids.
#[derive(Debug, Clone)]
pub struct Ids {
    state: u128,
}

impl Ids {
    /// Ids that follow from `seed`. Two sources with different seeds never meet in practice.
    pub fn new(seed: u128) -> Self {
        Ids { state: seed }
    }

    /// The next id, sortable by `at`.
    pub fn next(&mut self, at: Moment) -> IntentId {
        // SplitMix64 twice: a bijection of a counter, so no value comes twice in a run.
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        let mix = |mut z: u64| {
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        };
        let (high, low) = ((self.state >> 64) as u64, self.state as u64);
        let random = u128::from(mix(high)) << 64 | u128::from(mix(low));
        IntentId(ulid::Ulid::from_parts(u64::try_from(at.millis()).unwrap_or(0), random))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_repeat_with_their_seed() {
        let at = Moment::parse("2026-11-21T14:47:02+01:00").expect("a moment");
        let take = |seed| {
            let mut ids = Ids::new(seed);
            [ids.next(at), ids.next(at), ids.next(at)]
        };
        assert_eq!(take(1), take(1));
        assert_ne!(take(1), take(2));
        let [one, two, three] = take(7);
        assert!(one != two && two != three && one != three);
    }
}
