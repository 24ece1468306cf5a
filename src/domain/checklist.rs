//! The routine's checklist as it stands: what is done, waived, assigned, and what is due now (P3, P30–P64).

use serde::Serialize;

use super::action::Track;
use super::item_state::{ItemState, Settlement};
use super::phrase::Phrase;
use super::room::Room;
use super::routine::{Anchor, Item, MetBy, Proof, Routine, RoutineSection};
use super::time::Moment;

/// How pressing an item is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its time has come and it is open.
    DueNow,
    /// Open, its time has not come.
    Later,
    /// Done or waived.
    Settled,
}

/// An item with where it stands, for screens and reports.
#[derive(Debug, Clone, Copy)]
pub struct ItemView<'a> {
    pub section: &'a RoutineSection,
    pub item: &'a Item,
    pub state: Option<&'a ItemState>,
    /// When it becomes due; none while what it waits for has not happened.
    pub due_at: Option<Moment>,
    pub urgency: Urgency,
}

/// How many items are done, waived and there at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ChecklistTally {
    pub done: usize,
    pub waived: usize,
    pub total: usize,
}

impl Room {
    /// Every item in the routine's order, with where it stands at `now`.
    pub fn items(&self, now: Moment) -> Vec<ItemView<'_>> {
        let Some(routine) = self.routine.as_deref() else { return Vec::new() };
        let mut views = Vec::new();
        for section in &routine.checklist {
            for item in &section.items {
                let state = self.checklist.get(&item.key);
                let due_at = self.item_due_at(routine, item);
                let urgency = if state.is_some_and(|state| state.settled.is_some()) {
                    Urgency::Settled
                } else if due_at.is_some_and(|due| due <= now) {
                    Urgency::DueNow
                } else {
                    Urgency::Later
                };
                views.push(ItemView { section, item, state, due_at, urgency });
            }
        }
        views
    }

    /// When `item` becomes due; none while what it waits for has not happened.
    fn item_due_at(&self, routine: &Routine, item: &Item) -> Option<Moment> {
        let clock = item.clock.as_deref().and_then(|key| routine.clock(key));
        match (clock, &item.due) {
            // While the routine is not in force no clock runs; its step stands there nevertheless.
            (Some(clock), _) => {
                self.due_at(clock).or_else(|| Some(self.anchor(clock.after)?.plus_minutes(clock.minutes)))
            }
            (None, Some(due)) => Some(self.anchor(due.after)?.plus_minutes(due.minutes)),
            (None, None) => None,
        }
    }

    /// The open steps that are tied to clocks which `met_by` meets once: doing that checks them.
    pub fn steps_met_by(&self, met_by: MetBy) -> Vec<&Item> {
        let Some(routine) = self.routine.as_deref() else { return Vec::new() };
        let rules = routine.clocks.iter().filter(|rule| rule.met_by == met_by && rule.after != Anchor::MeetingHeld);
        let is_open = |item: &&Item| self.checklist.get(&item.key).is_none_or(|state| state.settled.is_none());
        rules.filter_map(|rule| routine.step_of(rule)).filter(is_open).collect()
    }

    /// The same, what is due now first; within that, the routine's order.
    pub fn items_by_urgency(&self, now: Moment) -> Vec<ItemView<'_>> {
        let mut views = self.items(now);
        views.sort_by_key(|view| view.urgency);
        views
    }

    /// What shows that an open item is done, in words, where the room knows that by itself.
    pub fn proof(&self, item: &Item) -> Option<Phrase> {
        let is_open = self.checklist.get(&item.key).is_none_or(|state| state.settled.is_none());
        let routine = self.routine.as_deref().filter(|_| is_open)?;
        let at = |key, time: Moment| Phrase::new(key).with("time", time);
        match item.shown_by? {
            Proof::Lead => {
                let role = routine.role(&routine.lead)?.label.clone();
                let holder = self.lead()?;
                Some(at("proof-lead", holder.since).with("person", holder.person.raw()).with("role", role))
            }
            Proof::Priority => {
                let agreed_with = &self.priority.as_ref()?.agreed_with;
                (!agreed_with.trim().is_empty())
                    .then(|| Phrase::new("proof-priority").with("person", agreed_with.as_str()))
            }
            Proof::FirstNotice => Some(at("proof-first-notice", self.first_notice_at()?)),
            Proof::Answers => {
                let answered = routine.questions.iter().map(|question| self.answer(&question.key).map(|a| a.at));
                let times: Option<Vec<Moment>> = answered.collect();
                Some(at("proof-answers", times?.into_iter().max()?))
            }
            Proof::Plans => {
                let both = Track::ALL.iter().all(|track| self.tracks.plan(*track).is_some());
                both.then(|| Phrase::new("proof-plans"))
            }
            Proof::Supplier => {
                let supplier = self.suppliers.last()?;
                Some(Phrase::new("proof-supplier").with("name", supplier.name.raw()))
            }
        }
    }

    /// Done, waived, total.
    pub fn tally(&self) -> ChecklistTally {
        let mut tally = ChecklistTally::default();
        let Some(routine) = self.routine.as_deref() else { return tally };
        for item in routine.items() {
            tally.total += 1;
            match self.checklist.get(&item.key).and_then(|state| state.settled.as_ref()).map(|settled| settled.how) {
                Some(Settlement::Done) => tally.done += 1,
                Some(Settlement::Waived) => tally.waived += 1,
                None => {}
            }
        }
        tally
    }

    /// The items neither done nor waived (P3).
    pub fn unsettled(&self) -> Vec<&Item> {
        let Some(routine) = self.routine.as_deref() else { return Vec::new() };
        routine
            .items()
            .filter(|item| self.checklist.get(&item.key).is_none_or(|state| state.settled.is_none()))
            .collect()
    }
}

#[cfg(test)]
mod tests;
