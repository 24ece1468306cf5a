//! What a client takes of what a host says: far more than an honest one ever has, and no more than does no harm.

use super::message::{Health, HostMsg, Welcome};
use crate::domain::phrase::{Arg, Phrase};

/// How many remarks; a host has half as many at most.
const MOST_REMARKS: usize = 100;

/// How many people in a room; a host lets in no more clients than half of that.
const MOST_PEOPLE: usize = 2000;

/// How many arguments of a phrase, and how deep phrases stand in one another.
const MOST_ARGS: usize = 20;
const DEEPEST: usize = 8;

/// How long a key, and a text that is put into a phrase, in bytes.
const LONGEST_KEY: usize = 200;
const LONGEST_TEXT: usize = 4 << 10;

impl HostMsg {
    /// Returns the same with everything that is shown of the host itself within bounds.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        match &mut self {
            HostMsg::Welcome(Welcome { health, .. }) | HostMsg::Health(health) => bound_health(health),
            HostMsg::Here { people, .. } => people.truncate(MOST_PEOPLE),
            HostMsg::Goodbye { why, .. } => bound_phrase(why, 0),
            HostMsg::Answer { .. } | HostMsg::Recorded { .. } | HostMsg::Rang { .. } | HostMsg::Renewed { .. } => {}
        }
        self
    }
}

fn bound_health(health: &mut Health) {
    health.remarks.truncate(MOST_REMARKS);
    health.remarks.iter_mut().chain(&mut health.cannot_save).for_each(|phrase| bound_phrase(phrase, 0));
}

fn bound_phrase(phrase: &mut Phrase, depth: usize) {
    if phrase.key.len() > LONGEST_KEY {
        phrase.key = "…".into();
    }
    phrase.args.truncate(if depth < DEEPEST { MOST_ARGS } else { 0 });
    for (_, arg) in &mut phrase.args {
        match arg {
            Arg::Text(text) if text.len() > LONGEST_TEXT => {
                let end = (0..=LONGEST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                text.truncate(end);
            }
            Arg::Phrase(inner) => bound_phrase(inner, depth + 1),
            Arg::Text(_) | Arg::Number(_) | Arg::Time(_) | Arg::Minutes(_) | Arg::Local(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::written_length;

    /// D15: a hostile host.
    #[test]
    fn what_a_host_says_of_itself_is_bounded() {
        let nested = (0..100).fold(Phrase::new("x"), |inner, _| Phrase::new("host-no-desktop").with("why", inner));
        let long = Phrase::new("host-no-desktop").with("why", "å".repeat(1 << 20));
        let many = (0..1000).fold(Phrase::new("x"), |phrase, n| phrase.with("why", n.to_string()));
        let remarks = [nested, long, many].into_iter().cycle().take(9000).collect();
        let health = HostMsg::Health(Health { cannot_save: None, remarks }).bounded();
        assert!(written_length(&health).unwrap() < 1 << 20);
        let HostMsg::Health(Health { remarks, .. }) = health else { panic!("another message") };
        assert_eq!(remarks.len(), MOST_REMARKS);
        let honest = HostMsg::Goodbye { why: Phrase::new("goodbye-flood").with("most", "128"), again: false };
        assert_eq!(honest.clone().bounded(), honest);
    }
}
