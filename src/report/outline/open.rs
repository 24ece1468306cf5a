//! What is still open in a room, one sentence each (P3).

use crate::domain::phrase::{Arg, Lexicon, Phrase};
use crate::domain::room::{Room, State};
use crate::report::words::words;

/// What is neither done nor waived, answered, cleared or ended.
pub(super) fn left_open(room: &Room, lexicon: &dyn Lexicon) -> Vec<String> {
    let mut open = Vec::new();
    let mut say = |key: &'static str, what: Arg| open.push(lexicon.say(&Phrase::new(key).with("what", what)));
    if room.active {
        for item in room.unsettled() {
            say("report-open-item", item.title.clone().into());
        }
    }
    for question in room.routine.iter().flat_map(|routine| &routine.questions) {
        if room.answer(&question.key).is_none() {
            say("report-open-question", question.prompt.clone().into());
        }
    }
    for action in room.open_actions(None) {
        say("report-open-action", words(&action.text, lexicon).into());
    }
    for resource in room.resources.iter().filter(|resource| resource.is_open()) {
        say("report-open-resource", words(&resource.what, lexicon).into());
    }
    for supplier in room.suppliers.iter().filter(|supplier| supplier.is_open()) {
        say("report-open-supplier", words(&supplier.name, lexicon).into());
    }
    for obstacle in room.obstacles.iter().filter(|obstacle| obstacle.is_open()) {
        say("report-open-obstacle", words(&obstacle.text, lexicon).into());
    }
    if let Some(handover) = &room.handover {
        say("report-open-handover", words(&handover.to, lexicon).into());
    }
    if room.state != State::Open {
        for question in room.routine.iter().flat_map(|routine| &routine.debrief) {
            if !room.debrief.contains_key(&question.key) {
                say("report-open-debrief", question.prompt.clone().into());
            }
        }
    }
    open
}
