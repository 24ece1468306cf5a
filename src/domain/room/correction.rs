//! What a correction does to the lists: words replaced, taken out, or taken off with the entry they came from.

use super::{Message, MessageStatus, Room};
use crate::domain::action::ActionEnd;
use crate::domain::id::Seq;
use crate::domain::role::Holder;
use crate::domain::text::Text;
use crate::domain::time::Moment;

impl Room {
    /// Gives what entry `target` put on a list the words `text`.
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

    /// Gives what entry `target` put on a list the time `at`.
    pub(super) fn put_time(&mut self, target: Seq, at: Moment) {
        let answers = self.answers.values_mut().flatten().filter(|a| a.seq == target).map(|a| &mut a.at);
        let actions = self.actions.iter_mut().filter(|a| a.seq == target).map(|a| &mut a.opened_at);
        let attempts = self.attempts.iter_mut().filter(|a| a.seq == target).map(|a| &mut a.at);
        let resources = self.resources.iter_mut().filter(|r| r.seq == target).map(|r| &mut r.asked_at);
        let suppliers = self.suppliers.iter_mut().filter(|s| s.seq == target).map(|s| &mut s.engaged_at);
        let obstacles = self.obstacles.iter_mut().filter(|o| o.seq == target).map(|o| &mut o.raised_at);
        let messages = self.messages.iter_mut().filter(|m| m.seq == target).map(|m| &mut m.at);
        let times = answers.chain(actions).chain(attempts).chain(resources).chain(suppliers).chain(obstacles);
        for time in times.chain(messages) {
            *time = at;
        }
    }

    /// Gives the role that call `target` gave the time `at`: it is held since then.
    pub(super) fn put_role_time(&mut self, target: Seq, at: Moment) {
        let call = self.attempts.iter().find(|call| call.seq == target && call.given.is_some());
        let Some((role, person, since)) =
            call.and_then(|call| Some((call.takes.clone()?, call.person.clone(), call.at)))
        else {
            return;
        };
        let was = Holder { person, since };
        let later = self.attempts.iter_mut().filter(|call| call.takes.as_ref() == Some(&role));
        let before = later.filter_map(|call| call.given.as_mut()?.before.as_mut());
        for holder in self.roles.get_mut(&role).into_iter().chain(before).filter(|holder| **holder == was) {
            holder.since = at;
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
            attempt.about = gone.clone();
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

    /// Gives the role that record `target` of a call gave back to who held it before, unless it went on to somebody else since.
    fn take_role_back(&mut self, target: Seq) {
        let call = self.attempts.iter().find(|call| call.given.as_ref().is_some_and(|given| given.seq == target));
        let Some((role, given)) = call.and_then(|call| Some((call.takes.clone()?, call.given.clone()?))) else {
            return;
        };
        let by_call = call.map(|call| Holder { person: call.person.clone(), since: call.at });
        if self.roles.get(&role) == by_call.as_ref() {
            match given.before {
                Some(before) => self.roles.insert(role, before),
                None => self.roles.remove(&role),
            };
            return;
        }
        // Should the call that it went on by be struck too, it comes back to whom it was taken from.
        for later in self.attempts.iter_mut().filter(|call| call.takes.as_ref() == Some(&role)) {
            if let Some(later) = later.given.as_mut().filter(|later| later.before == by_call) {
                later.before.clone_from(&given.before);
            }
        }
    }

    /// Takes what entry `target` put on a list off it again. An answer stays in its question's history, and answers no more;
    /// a call stays in the report, struck, and the role that it gave goes back.
    pub(super) fn forget(&mut self, target: Seq, reason: &Text, at: Moment) {
        if let Some(action) = self.actions.iter_mut().find(|action| action.seq == target && action.is_open()) {
            action.end = Some(ActionEnd { done: false, text: reason.clone(), at });
        }
        self.take_role_back(target);
        self.resources.retain(|resource| resource.seq != target);
        self.suppliers.retain(|supplier| supplier.seq != target);
        self.obstacles.retain(|obstacle| obstacle.seq != target);
        self.messages.retain(|message| message.seq != target || message.status != MessageStatus::Drafted);
    }
}
