//! Times and spans typed into forms, read by the domain's own grammar.

use crate::domain::entry::{Purpose, parse_minutes_until, parse_span_minutes, parse_time};
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;
use crate::tui::app::environment::Environment;
use crate::tui::form::field::Takes;

/// The moment that `typed` means here and now.
///
/// # Errors
/// Why it is no time that the field takes.
pub fn read(typed: &str, takes: Takes, environment: &Environment) -> Result<Moment, Phrase> {
    let purpose = match takes {
        Takes::Ahead => Purpose::Due,
        Takes::Start => Purpose::Start,
        Takes::Since => Purpose::Since,
        Takes::Until => Purpose::Until,
        Takes::Words | Takes::Person | Takes::Past | Takes::Minutes | Takes::Snooze => Purpose::Happened,
    };
    parse_time(typed.trim(), purpose, environment.now, &environment.zone)
}

/// The span that `typed` means, in minutes.
///
/// # Errors
/// Why it is no span.
pub fn minutes(typed: &str) -> Result<i64, Phrase> {
    parse_span_minutes(typed.trim())
}

/// For how many minutes from `from`: the span that `typed` means, or the time until which.
///
/// # Errors
/// Why it is neither.
pub fn minutes_until(typed: &str, from: Moment, environment: &Environment) -> Result<i64, Phrase> {
    parse_minutes_until(typed.trim(), from, environment.now, &environment.zone)
}
