//! What holds of an entry line for every input: it is understood somehow, and every part of it is a part of the line.

use super::{
    Kind, Purpose, Tally, complete, cycle_kind, parse, parse_minutes_until, parse_span_minutes, parse_time,
    parse_whole, preview,
};
use crate::domain::phrase::Lang;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// Holds the line in `data` (its first byte says where the cursor stands) to what [`super`] promises.
///
/// # Panics
/// When a promise is broken.
pub fn hold(data: &[u8]) {
    let (cursor, line) = data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest));
    let line = String::from_utf8_lossy(line);
    let began_at = Moment::parse("2026-03-29T03:30:00+02:00").expect("a moment: the hour that the clocks leave out");
    let zone = &Zone::named("Europe/Stockholm").expect("a zone");
    let people = ["Anna Lind".to_owned(), "Olle".to_owned(), line.clone().into_owned()];
    for lang in [Lang::En, Lang::Sv] {
        let parsed = parse(&line, began_at, zone, lang, &people);
        let mut end = 0;
        for (range, part) in &parsed.spans {
            assert!(range.start >= end && line.get(range.clone()).is_some(), "{part:?} at {range:?} of {line:?}");
            end = range.end;
        }
        assert!(parsed.at.is_none_or(|at| at <= began_at.plus_minutes(1)), "{line:?} happened ahead of its first key");
        assert!(parsed.text.len() <= line.len(), "{line:?} grew to {:?}", parsed.text);
        let words: String = parsed.text.split_whitespace().collect();
        let typed: String = line.split_whitespace().collect();
        assert!(
            typed.ends_with(&words) || parsed.at.is_none() || parsed.text.starts_with('['),
            "{line:?} became {words:?}"
        );
        let whole = parse_whole(&line, Kind::Action, began_at, zone, lang, &people);
        assert_eq!(whole.text, line.trim(), "what flags decide leaves the words alone");
        let mut tally = Tally::default();
        tally.count(&line, &parsed);
        assert!(tally.phrases().len() <= 1, "{line:?} is counted twice");
        assert!(!preview(&parsed).is_empty());
        for offer in complete(&line, cursor, lang, &people, &people) {
            assert!(line.get(offer.replace.clone()).is_some(), "{:?} of {line:?}", offer.replace);
        }
        for forward in [true, false] {
            let next = parse(&cycle_kind(&line, began_at, zone, lang, forward), began_at, zone, lang, &people);
            assert_ne!(next.kind, parsed.kind, "Tab changes the kind of {line:?}");
            assert_eq!(next.at, parsed.at, "Tab keeps the time of {line:?}");
        }
    }
    // What is not understood is an error, never a panic.
    for purpose in
        [Purpose::Happened, Purpose::HappenedLongAgo, Purpose::Due, Purpose::Start, Purpose::Since, Purpose::Until]
    {
        let _ = parse_time(&line, purpose, began_at, zone);
    }
    let _ = (parse_minutes_until(&line, began_at, began_at, zone), parse_span_minutes(&line));
}
