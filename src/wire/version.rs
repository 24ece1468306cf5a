//! Which of two program versions is the newer one.

/// Whether version `a` (`1.12.3`, a pre-release after `-`) is newer than `b`. What does not read as a version is oldest.
pub fn is_newer(a: &str, b: &str) -> bool {
    rank(a) > rank(b)
}

/// Comparable: the three numbers, then whether it is a release, then the pre-release's text.
fn rank(version: &str) -> Option<([u64; 3], bool, &str)> {
    let version = version.split('+').next()?;
    let (core, pre) = version.split_once('-').unwrap_or((version, ""));
    let mut numbers = core.split('.').map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    Some(([next()?, next()?, next()?], pre.is_empty(), pre))
}

#[cfg(test)]
mod tests {
    use super::is_newer;

    #[test]
    fn numbers_count_as_numbers_and_a_release_is_newer_than_its_candidates() {
        for (newer, older) in
            [("0.2.0", "0.1.9"), ("0.10.0", "0.9.9"), ("1.0.0", "1.0.0-rc.1"), ("1.0.0-b", "1.0.0-a"), ("0.0.1", "?")]
        {
            assert!(is_newer(newer, older), "{newer} over {older}");
            assert!(!is_newer(older, newer), "{older} under {newer}");
        }
        assert!(!is_newer("1.2.3", "1.2.3"));
        assert!(!is_newer("1.2.3+build2", "1.2.3+build1"));
    }
}
