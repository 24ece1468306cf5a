//! A room on the screen: the fold, who is in it, and where the person is.

use std::collections::BTreeMap;

use crate::domain::action::Action;
use crate::domain::id::{No, Seq};
use crate::domain::record::Author;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline::Entry;
use crate::tui::form::state::Form;
use crate::tui::room::pane::Pane;
use crate::tui::timeline::window::TimelineWindow;
use crate::wire::message::{Draft, Presence, Writing};

/// What a row of a list pane is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowId {
    /// A question's key.
    Question(String),
    /// A checklist item's key.
    Item(String),
    /// An action's number.
    Action(No),
    /// The number of an obstacle that is still in the way.
    Obstacle(No),
    /// The number of a resource that is still waited for.
    Resource(No),
    /// The number of a supplier with something still to be squared up.
    Supplier(No),
}

/// A room on the screen, and where the person is in it. Nobody else's work touches the fields after `people`.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomView {
    pub room: Room,
    pub people: Vec<Presence>,
    pub window: TimelineWindow,
    pub focus: Pane,
    /// Which pane the tabs show beside the timeline at medium breadth: the last list pane that had the focus.
    pub tab: Pane,
    /// The focused pane fills the screen.
    pub zoomed: bool,
    /// The selected row of each list pane, by what it is: rows that others move never change what is selected.
    pub selected: BTreeMap<Pane, RowId>,
    /// The last entry this person made, for undo.
    pub last_own: Option<Seq>,
    /// Drafts that an earlier run left behind, offered once.
    pub found_drafts: Vec<Draft>,
    /// What the host was last told that the person is writing here.
    pub told_writing: Option<Writing>,
}

impl RoomView {
    /// A room just attached.
    pub fn new(room: Room, window: TimelineWindow, people: Vec<Presence>) -> Self {
        RoomView {
            room,
            people,
            window,
            focus: Pane::Questions,
            tab: Pane::Questions,
            zoomed: false,
            selected: BTreeMap::new(),
            last_own: None,
            found_drafts: Vec::new(),
            told_writing: None,
        }
    }

    /// The others who are here: all but the one whom `me` names.
    pub fn others<'a>(&'a self, me: Option<&'a Author>) -> impl Iterator<Item = &'a Presence> {
        self.people
            .iter()
            .filter(move |person| !me.is_some_and(|me| me.uid == person.who.uid && me.name == person.who.name))
    }

    /// Those of the others who are answering the question `key` at the moment.
    pub fn answering<'a>(&'a self, key: &'a str, me: Option<&'a Author>) -> impl Iterator<Item = &'a Presence> {
        self.others(me)
            .filter(move |person| matches!(&person.writing, Some(Writing::Answer { question }) if question == key))
    }

    /// Who else is answering the question that `form` answers, by name.
    pub fn rivals(&self, form: &Form, me: Option<&Author>) -> Vec<String> {
        match &form.writes {
            Some(Writing::Answer { question }) => {
                self.answering(question, me).map(|person| person.who.signed()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How far somebody has looked who leaves now; `looking`: whether they look at the terminal.
    pub fn seen_on_leaving(&self, looking: bool) -> Seq {
        if looking { self.room.seq } else { self.window.seen }
    }

    /// The actions as their pane lists them: open ones by due time (those without one last), then the ended, latest first.
    pub fn actions(&self) -> Vec<&Action> {
        let mut actions: Vec<&Action> = self.room.actions.iter().collect();
        actions.sort_by_key(|action| match &action.end {
            None => (0, action.due.map_or(i64::MAX, Moment::millis), i64::from(action.no)),
            Some(end) => (1, -end.at.millis(), i64::from(action.no)),
        });
        actions
    }

    /// The rows of a list pane in the order it shows them: questions as the routine has them, items as
    /// [`Room::items_by_urgency`], actions as [`RoomView::actions`] with what else is open (obstacles, resources, suppliers)
    /// between those open and those ended. The timeline has entries instead, see [`TimelineWindow`].
    pub fn rows(&self, pane: Pane, now: Moment) -> Vec<RowId> {
        match pane {
            Pane::Questions => self.room.routine.as_deref().map_or_else(Vec::new, |routine| {
                routine.questions.iter().map(|question| RowId::Question(question.key.clone())).collect()
            }),
            Pane::Checklist => {
                self.room.items_by_urgency(now).iter().map(|view| RowId::Item(view.item.key.clone())).collect()
            }
            Pane::Actions => {
                let actions = self.actions();
                let (open, ended): (Vec<&Action>, Vec<&Action>) = actions.into_iter().partition(|a| a.is_open());
                let room = &self.room;
                let obstacles = room.obstacles.iter().filter(|o| o.is_open()).map(|o| RowId::Obstacle(o.no));
                let resources = room.resources.iter().filter(|r| r.is_open()).map(|r| RowId::Resource(r.no));
                let suppliers = room.suppliers.iter().filter(|s| s.is_open()).map(|s| RowId::Supplier(s.no));
                let id = |action: &&Action| RowId::Action(action.no);
                let others = obstacles.chain(resources).chain(suppliers);
                open.iter().map(id).chain(others).chain(ended.iter().map(id)).collect()
            }
            Pane::Timeline => Vec::new(),
        }
    }

    /// Which row of `rows` is selected: the one chosen, else the first.
    pub fn selected_row(&self, pane: Pane, now: Moment) -> Option<usize> {
        let rows = self.rows(pane, now);
        let chosen = self.selected.get(&pane).and_then(|id| rows.iter().position(|row| row == id));
        if rows.is_empty() { None } else { Some(chosen.unwrap_or(0)) }
    }

    /// What the selected row of a list pane is about.
    pub fn selected_id(&self, pane: Pane, now: Moment) -> Option<RowId> {
        let row = self.selected_row(pane, now)?;
        self.rows(pane, now).into_iter().nth(row)
    }

    /// The entry under the cursor; the latest one while the view follows.
    pub fn selected_entry(&self) -> Option<&Entry> {
        self.window.selected().and_then(|index| self.window.entries.get(index))
    }
}
