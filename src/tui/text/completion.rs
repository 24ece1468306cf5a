//! Names, kinds and tags offered while they are typed.

/// What could stand in place of what is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The bytes of the text that a choice replaces.
    pub from: usize,
    pub to: usize,
    /// At least one, the best first.
    pub candidates: Vec<String>,
    /// The one that Tab takes.
    pub at: usize,
}

/// How many are offered.
const MOST: usize = 6;

impl Completions {
    /// What `known` offers for the beginning `typed` at `from..to`; none when nothing fits or only itself does.
    pub fn find<'a>(
        typed: &str,
        from: usize,
        to: usize,
        known: impl Iterator<Item = &'a str>,
        shape: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let sought = typed.to_lowercase();
        let mut fitting: Vec<(u8, &str)> = known
            .filter_map(|name| {
                let lower = name.to_lowercase();
                let rank = if lower.starts_with(&sought) {
                    0
                } else if lower.split_whitespace().any(|word| word.starts_with(&sought)) {
                    1
                } else {
                    return None;
                };
                Some((rank, name))
            })
            .collect();
        fitting.sort_by_key(|(rank, name)| (*rank, name.to_lowercase()));
        fitting.dedup_by(|one, other| one.1 == other.1);
        if fitting.is_empty() || fitting.len() == 1 && fitting[0].1 == typed {
            return None;
        }
        let candidates = fitting.into_iter().take(MOST).map(|(_, name)| shape(name)).collect();
        Some(Completions { from, to, candidates, at: 0 })
    }

    /// The one that Tab takes.
    pub fn chosen(&self) -> &str {
        self.candidates.get(self.at).map_or("", String::as_str)
    }

    /// Moves on by `by`, round and round.
    pub fn turn(&mut self, by: isize) {
        let count = self.candidates.len().max(1);
        self.at = (self.at + count).wrapping_add_signed(by) % count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<String> {
        let names = ["Anna Lind", "Olle", "Öppna", "Åsa Lind"];
        Completions::find(typed, 0, typed.len(), names.into_iter(), str::to_owned)
            .map_or_else(Vec::new, |c| c.candidates)
    }

    #[test]
    fn a_beginning_of_any_word_finds_a_name() {
        assert_eq!(found("a"), ["Anna Lind"]);
        assert_eq!(found("li"), ["Anna Lind", "Åsa Lind"]);
        assert_eq!(found("ö"), ["Öppna"]);
        assert!(found("x").is_empty());
    }

    #[test]
    fn what_is_already_there_is_not_offered() {
        assert!(found("Olle").is_empty());
    }

    #[test]
    fn turning_goes_round() {
        let mut completion = Completions { from: 0, to: 0, candidates: vec!["a".into(), "b".into()], at: 0 };
        completion.turn(-1);
        assert_eq!(completion.chosen(), "b");
        completion.turn(1);
        assert_eq!(completion.chosen(), "a");
    }
}
