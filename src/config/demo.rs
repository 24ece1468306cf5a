//! The demo room: a written incident played through the real decisions, so that it looks live at any moment.

use chrono::Duration;
use serde::Deserialize;
use serde_json::Value;

use crate::domain::decide::{self, Context};
use crate::domain::event::Event;
use crate::domain::id::{IntentId, RoomId, Seq};
use crate::domain::intent::{Declaration, Intent, Refusal};
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::room::Room;
use crate::domain::routine::Routine;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

const SCRIPT: &str = include_str!("../../assets/demo.jsonl");

/// Why the demo room cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    #[error("the demo room, line {line}: {source}")]
    Malformed { line: usize, source: serde_json::Error },
    #[error("the demo room, line {line}: nothing earlier is named {name:?}")]
    NoSuchName { line: usize, name: String },
    #[error("the demo room, line {line}: “{{{placeholder}}}” is not T or M and a number of minutes")]
    Placeholder { line: usize, placeholder: String },
    #[error("the demo room, line {line}: refused: {}", .refusal.0.key)]
    Refused { line: usize, refusal: Refusal },
    #[error("the demo room, line {line}: it has to begin with a declaration, and have only one")]
    Declaration { line: usize },
}

/// One line of the script, in the order they were recorded. In its texts `{T-63}` is the time of day 63 minutes before
/// now, and `{M-63}` that moment in full.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// When it happened, from now.
    minutes: f64,
    /// When it was recorded, from now; `None` for when it happened.
    recorded: Option<f64>,
    by: String,
    /// By which a later line can point at what this one caused.
    name: Option<String>,
    /// The name of the earlier line that this intent is about.
    about: Option<String>,
    intent: Option<Value>,
    /// A declaration without its routine.
    declaration: Option<Value>,
}

/// The records of the demo room as it looks at `now`, decided under `routine`, with the ids that follow `id` and
/// `uid` as every author's. Reminders that fell due on the way have rung. The same at any `now`.
///
/// # Errors
/// A script that is malformed, or that `routine` has no place for: it is written for `critical-incident`.
pub fn records(now: Moment, routine: &Routine, id: IntentId, uid: u32) -> Result<Vec<Record>, DemoFault> {
    let mut play = Play { now, id, uid, room: Room::new(RoomId::demo(1)), records: Vec::new(), names: Vec::new() };
    for (index, text) in SCRIPT.lines().enumerate() {
        play.line(index + 1, text, routine)?;
    }
    play.ring(now);
    Ok(play.records)
}

struct Play {
    now: Moment,
    id: IntentId,
    uid: u32,
    room: Room,
    records: Vec<Record>,
    names: Vec<(String, Seq)>,
}

impl Play {
    fn line(&mut self, no: usize, text: &str, routine: &Routine) -> Result<(), DemoFault> {
        let malformed = |source| DemoFault::Malformed { line: no, source };
        let line: Line = serde_json::from_str(text).map_err(malformed)?;
        let at = after(self.now, line.minutes);
        let rec = line.recorded.map_or(at, |minutes| after(self.now, minutes));
        let by = Author { uid: self.uid, name: line.by, sure: Assurance::Claimed };
        let refused = |refusal| DemoFault::Refused { line: no, refusal };
        let events = match (line.declaration, line.intent) {
            (Some(mut declaration), None) if self.records.is_empty() => {
                self.fill(&mut declaration, no)?;
                declaration["routine"] = serde_json::to_value(routine).map_err(malformed)?;
                let declaration = Declaration {
                    declared_at: Some(at),
                    demo: true,
                    ..serde_json::from_value(declaration).map_err(malformed)?
                };
                decide::open(&declaration, at).map_err(refused)?.1
            }
            (None, Some(mut intent)) if !self.records.is_empty() => {
                self.ring(rec);
                self.fill(&mut intent, no)?;
                if let Some(name) = line.about {
                    let target = self.named(&name).ok_or(DemoFault::NoSuchName { line: no, name })?;
                    aim(&mut intent, target);
                }
                let intent: Intent = serde_json::from_value(intent).map_err(malformed)?;
                let target = intent.target().and_then(|seq| self.records.iter().find(|record| record.seq == seq));
                let context = Context { now: rec, at, zone: &Zone::UTC, by: &by, target };
                decide::decide(&self.room, &intent, context).map_err(refused)?
            }
            _ => return Err(DemoFault::Declaration { line: no }),
        };
        if let Some(name) = line.name {
            self.names.push((name, self.room.seq + 1));
        }
        for event in events {
            self.record(at, rec, by.clone(), event);
        }
        Ok(())
    }

    /// Lets every mark that came by `until` ring at its own moment, as the host would have.
    fn ring(&mut self, until: Moment) {
        for event in self.room.marks_to_ring(until) {
            if let Event::ClockRang { due_at, offset, .. } = &event {
                let at = due_at.plus_minutes(*offset).at_offset_of(self.now);
                self.record(at, at, Author::klock(self.uid), event);
            }
        }
    }

    fn record(&mut self, at: Moment, rec: Moment, by: Author, event: Event) {
        let record = Record { seq: self.room.seq + 1, id: self.id.event(self.records.len()), at, rec, by, event };
        self.room.apply(&record);
        self.records.push(record);
    }

    fn named(&self, name: &str) -> Option<Seq> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, seq)| *seq)
    }

    /// Puts times in the place of their placeholders, in every text of `value`.
    fn fill(&self, value: &mut Value, line: usize) -> Result<(), DemoFault> {
        match value {
            Value::String(text) => *text = self.filled(text, line)?,
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.fill(item, line))?,
            Value::Object(fields) => fields.values_mut().try_for_each(|field| self.fill(field, line))?,
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        Ok(())
    }

    fn filled(&self, text: &str, line: usize) -> Result<String, DemoFault> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after_brace)) = rest.split_once('{') {
            let wrong = |placeholder: &str| DemoFault::Placeholder { line, placeholder: placeholder.to_owned() };
            let (placeholder, after_it) = after_brace.split_once('}').ok_or_else(|| wrong(after_brace))?;
            let minutes =
                placeholder.get(1..).and_then(|minutes| minutes.parse().ok()).ok_or_else(|| wrong(placeholder))?;
            let moment = after(self.now, minutes);
            filled.push_str(before);
            match placeholder.as_bytes()[0] {
                b'T' => filled.push_str(&moment.hm()),
                b'M' => filled.push_str(&moment.to_string()),
                _ => return Err(wrong(placeholder)),
            }
            rest = after_it;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// Writes the entry that an intent is about into it.
fn aim(intent: &mut Value, target: Seq) {
    if let Some(fields) = intent.as_object_mut().and_then(|variant| variant.values_mut().next()?.as_object_mut()) {
        fields.insert("target".to_owned(), target.into());
    }
}

fn after(now: Moment, minutes: f64) -> Moment {
    // Whole seconds are exact enough for a script, and look the same in every column.
    #[allow(clippy::cast_possible_truncation, reason = "the script's minutes are within a day")]
    now.plus(Duration::seconds((minutes * 60.0).round() as i64))
}

#[cfg(test)]
mod tests;
