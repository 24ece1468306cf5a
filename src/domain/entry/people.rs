//! Which of the known people is meant by what was typed after `@`.

use super::vocabulary::begins;

/// The one of `people` that `typed` (after `@`) means: the whole name, else the beginning of any part of one name alone.
/// Case does not matter; a dot, a dash or an underscore stands for a space.
pub(super) fn resolve<'a>(typed: &str, people: &'a [String]) -> Option<&'a str> {
    let wanted = folded(typed);
    if let Some(same) = people.iter().find(|name| folded(name) == wanted) {
        return Some(same);
    }
    let first_name: Vec<&String> = people
        .iter()
        .filter(|name| name.split_whitespace().next().is_some_and(|first| folded(first) == wanted))
        .collect();
    if let [only] = first_name.as_slice() {
        return Some(only);
    }
    let mut fitting = people.iter().filter(|name| fits(name, typed));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Whether `typed` begins any part of `name`.
pub(super) fn fits(name: &str, typed: &str) -> bool {
    let (name, wanted) = (folded(name), folded(typed));
    name.match_indices(' ').map(|(at, _)| at + 1).chain([0]).any(|at| begins(&name[at..], &wanted))
}

fn folded(name: &str) -> String {
    let spaced = name.replace(['.', '-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
