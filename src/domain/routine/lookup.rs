//! Finding what a routine has by its key, and what of a source procedure it serves.

use super::{AgendaPoint, Clause, ClockRule, Item, MetBy, Question, Routine, RoutineNotice, RoutineRole};

impl Routine {
    /// Every item of the checklist, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.checklist.iter().flat_map(|section| &section.items)
    }

    /// The item `key`.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items().find(|item| item.key == key)
    }

    /// The question `key`.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The role `key`.
    pub fn role(&self, key: &str) -> Option<&RoutineRole> {
        self.roles.iter().find(|role| role.key == key)
    }

    /// The clock `key`.
    pub fn clock(&self, key: &str) -> Option<&ClockRule> {
        self.clocks.iter().find(|clock| clock.key == key)
    }

    /// The step that is tied to `clock`.
    pub fn step_of(&self, clock: &ClockRule) -> Option<&Item> {
        self.items().find(|item| item.clock.as_deref() == Some(&*clock.key))
    }

    /// The notice that meets `clock`, when a notice does.
    pub fn notice_of(&self, clock: &ClockRule) -> Option<&RoutineNotice> {
        self.notices.iter().find(|notice| notice.first && clock.met_by == MetBy::FirstNotice)
    }

    /// The notice `key`.
    pub fn notice(&self, key: &str) -> Option<&RoutineNotice> {
        self.notices.iter().find(|notice| notice.key == key)
    }

    /// The agenda point `key`.
    pub fn point(&self, key: &str) -> Option<&AgendaPoint> {
        self.agenda.iter().find(|point| point.key == key)
    }

    /// Every clause the routine serves, with repetitions, in the order of its parts.
    pub fn clauses(&self) -> Vec<&Clause> {
        let mut all: Vec<&Clause> = Vec::new();
        all.extend(&self.identity.serves);
        all.extend(self.principles.iter().flat_map(|p| &p.serves));
        all.extend(&self.priority.serves);
        all.extend(self.classifiers.iter().flat_map(|c| &c.serves));
        all.extend(self.roles.iter().flat_map(|r| &r.serves));
        all.extend(self.questions.iter().flat_map(|q| &q.serves));
        all.extend(self.phases.iter().flat_map(|p| &p.serves));
        all.extend(self.items().flat_map(|i| &i.serves));
        all.extend(self.clocks.iter().flat_map(|c| &c.serves));
        all.extend(self.agenda.iter().flat_map(|a| &a.serves));
        all.extend(self.notices.iter().flat_map(|n| &n.serves));
        all.extend(self.debrief.iter().flat_map(|d| &d.serves));
        all.extend(&self.report.serves);
        all.extend(self.report.sections.iter().flat_map(|s| &s.serves));
        all
    }
}
