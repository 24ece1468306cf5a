//! Which of the known words a person most likely meant by an unknown one.

use strsim::levenshtein;

/// Returns the candidate that `word` begins, or is a part of, or differs from by at most a third of its letters; nothing when none is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let bare = word.replace('-', "");
    let far = word.chars().count().div_ceil(3);
    let rank = |candidate: &'a str| {
        let kind = match levenshtein(&word, candidate) {
            off if off <= far.min(1) => 0,
            _ if bare.chars().count() >= SHORTEST_PART && candidate.replace('-', "").starts_with(&bare) => 1,
            _ if word.chars().count() >= SHORTEST_PART && candidate.split('-').any(|part| part == word) => 2,
            off if off <= far => 3,
            _ => return None,
        };
        Some((kind, levenshtein(&word, candidate), candidate))
    };
    candidates.into_iter().filter_map(rank).min().map(|(.., candidate)| candidate)
}

/// Fewer letters begin too much to mean anything.
const SHORTEST_PART: usize = 2;

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_beginning_a_part_and_a_slip_of_the_finger_are_near() {
        let steps = ["notes", "cim-in-place", "first-notice-sent", "right-team", "supplier-critical", "supplier-staff"];
        for (word, meant) in [
            ("cim", Some("cim-in-place")),
            ("CIM", Some("cim-in-place")),
            ("team", Some("right-team")),
            ("supplier", Some("supplier-staff")),
            ("note", Some("notes")),
            ("nptes", Some("notes")),
            ("firstnotice", Some("first-notice-sent")),
            ("first-notce-sent", Some("first-notice-sent")),
            ("coffee", None),
            ("c", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, steps), meant, "{word}");
        }
    }

    #[test]
    fn the_nearest_is_near() {
        let known = ["room.leave", "room.restore", "pane.next"];
        assert_eq!(nearest("room.restor", known), Some("room.restore"));
        assert_eq!(nearest("rom.laeve", known), Some("room.leave"));
        assert_eq!(nearest("something.else", known), None);
        assert_eq!(nearest("", known), None);
    }
}
