//! A bar that fills as time passes: told by shape, so that it needs no colour.

/// `columns` cells, filled as far as `done` of `whole` (both in the same unit; beyond the ends it is empty or full).
pub fn bar(done: i64, whole: i64, columns: u16) -> String {
    let columns = i64::from(columns);
    let filled = if whole <= 0 { columns } else { done.clamp(0, whole) * columns / whole };
    (0..columns).map(|cell| if cell < filled { '█' } else { '░' }).collect()
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn fills_from_empty_to_full_and_no_further() {
        assert_eq!(bar(0, 60, 4), "░░░░");
        assert_eq!(bar(30, 60, 4), "██░░");
        assert_eq!(bar(59, 60, 4), "███░");
        assert_eq!(bar(90, 60, 4), "████");
        assert_eq!(bar(-5, 60, 4), "░░░░");
        assert_eq!(bar(1, 0, 4), "████");
    }
}
