//! What a correction does to the lists: words given anew, taken out, or taken off with the entry they came from.

use super::{Message, MessageStatus, Room};
use crate::domain::action::ActionEnd;
use crate::domain::id::Seq;
use crate::domain::text::Text;
use crate::domain::time::Moment;

impl Room {
    /// Gives whatever entry `target` put on a list the words `text`.
    pub(super) fn rewrite(&mut self, target: Seq, text: &Text) {
        let answers = self.answers.values_mut().flatten().filter(|a| a.seq == target).map(|a| &mut a.text);
        let actions = self.actions.iter_mut().filter(|a| a.seq == target).map(|a| &mut a.text);
        let resources = self.resources.iter_mut().filter(|r| r.seq == target).map(|r| &mut r.what);
        let obstacles = self.obstacles.iter_mut().filter(|o| o.seq == target).map(|o| &mut o.text);
        let is_draft = |m: &&mut Message| m.seq == target && m.status == MessageStatus::Drafted;
        let drafts = self.messages.iter_mut().filter(is_draft).map(|m| &mut m.text);
        for words in answers.chain(actions).chain(resources).chain(obstacles).chain(drafts) {
            *words = text.clone();
        }
    }

    /// Takes the words of entry `target` out of every list that knows where its words came from. What was said in a step
    /// of the incident (a role, a meeting, a plan) goes when the room is folded again from its redacted journal.
    pub(super) fn redact(&mut self, target: Seq) {
        let gone = Text::Redacted { redacted: String::new() };
        self.rewrite(target, &gone);
        if target == 1 {
            self.title = gone.clone();
            self.customer = gone.clone();
        }
        for answer in self.answers.values_mut().flatten().filter(|answer| answer.seq == target) {
            answer.former.clear();
        }
        for attempt in self.attempts.iter_mut().filter(|attempt| attempt.seq == target) {
            attempt.person = gone.clone();
            attempt.how = gone.clone();
        }
        for supplier in self.suppliers.iter_mut().filter(|supplier| supplier.seq == target) {
            supplier.name = gone.clone();
            supplier.case = gone.clone();
            supplier.staff = gone.clone();
        }
        for message in self.messages.iter_mut().filter(|message| message.seq == target) {
            message.audience = gone.clone();
            message.text = gone.clone();
        }
        for action in self.actions.iter_mut().filter(|action| action.seq == target) {
            action.owner = None;
        }
        for settled in self.checklist.values_mut().filter_map(|state| state.settled.as_mut()) {
            if settled.seq == target {
                settled.text = gone.clone();
            }
        }
    }

    /// Takes whatever entry `target` put on a list off it again. An answer stays in its question's history, and answers no more.
    pub(super) fn forget(&mut self, target: Seq, reason: &Text, at: Moment) {
        if let Some(action) = self.actions.iter_mut().find(|action| action.seq == target && action.is_open()) {
            action.end = Some(ActionEnd { done: false, text: reason.clone(), at });
        }
        self.attempts.retain(|attempt| attempt.seq != target);
        self.resources.retain(|resource| resource.seq != target);
        self.suppliers.retain(|supplier| supplier.seq != target);
        self.obstacles.retain(|obstacle| obstacle.seq != target);
        self.messages.retain(|message| message.seq != target || message.status != MessageStatus::Drafted);
    }
}
