//! Times and spans typed into forms, read by the domain's own grammar.

use crate::domain::entry::{parse_future_time, parse_span_minutes, parse_time};
use crate::domain::time::Moment;

use crate::tui::form::Takes;
use crate::tui::model::Surroundings;

/// The moment that `typed` means here and now; none when it is no time.
pub fn read(typed: &str, takes: Takes, around: &Surroundings) -> Option<Moment> {
    match takes {
        Takes::Ahead => parse_future_time(typed.trim(), around.now, &around.zone).ok(),
        _ => parse_time(typed.trim(), around.now, &around.zone).ok(),
    }
}

/// The span that `typed` means, in minutes; none when it is no span.
pub fn minutes(typed: &str) -> Option<i64> {
    parse_span_minutes(typed.trim()).ok()
}
