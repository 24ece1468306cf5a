//! A move among rows.

/// A move among rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    By(isize),
    First,
    Last,
}

impl Move {
    /// From row `at` of `count`: the row arrived at. None when there are no rows.
    pub fn from(self, at: usize, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match self {
            Move::By(by) => at.saturating_add_signed(by).min(last),
            Move::First => 0,
            Move::Last => last,
        })
    }
}
