//! Prints entries of the timeline, for people or as JSON.

use chrono::{FixedOffset, NaiveDate};

use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::domain::phrase::{Lexicon as _, Phrase};
use crate::domain::timeline::Entry;
use crate::report::timeline::TimelineLine;

/// Prints entries, under a rule for each day. It names the zone, so a change of clocks within a day has a rule of its own.
pub(super) struct EntryPrinter {
    pub(super) json: bool,
    pub(super) under: Option<(NaiveDate, FixedOffset)>,
}

impl EntryPrinter {
    pub(super) fn print(&mut self, call: &mut Call, entry: &Entry) -> Result<(), CommandFailure> {
        let line = TimelineLine::of(entry, &call.words);
        if self.json {
            return call.out.json(&line);
        }
        let under = Some((line.at.date(), *line.at.datetime().offset()));
        if self.under != under {
            self.under = under;
            let rule = format!("── {} ── {} ──", call.words.day(entry.at), call.zone().long_name(entry.at));
            call.out.line(&rule)?;
        }
        let kind = call.say(&entry.kind.label());
        let star = if line.starred { "★ " } else { "" };
        let time = call.words.clock_to_second(entry.at);
        let mut text = format!("{:>5}  {}  {kind:<10}  {star}{}", line.seq, time, line.text);
        if let Some(due) = line.due {
            text.push_str(&format!(
                " · {}",
                call.words.say_beside(&Phrase::new("cli-due").with("time", due), entry.at)
            ));
        }
        if let Some(track) = &line.track {
            text.push_str(&format!(" · #{track}"));
        }
        text.push_str(&format!("  ({})", line.signed()));
        if let Some(reason) = &line.struck {
            let said = call.say(&Phrase::new("cli-struck").with("text", reason.as_str()));
            text.push_str(&format!("  {said}"));
        }
        if let Some(was_at) = line.was_at {
            let was_at = call.words.time_to_second(was_at, entry.at);
            text.push_str(&format!("  {}", call.say(&Phrase::new("cli-moved").with("time", was_at))));
        }
        if line.was.is_some() {
            text.push_str(&format!("  {}", call.say(&Phrase::new("cli-amended"))));
        }
        if line.late {
            let said = call.words.say_beside(&Phrase::new("cli-late-entry").with("time", entry.rec), entry.at);
            text.push_str(&format!("  {said}"));
        }
        call.out.line(&text)
    }
}
