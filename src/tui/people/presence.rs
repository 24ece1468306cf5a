//! What somebody else is doing in the room, in words.

use crate::domain::phrase::{Arg, Localised, Phrase};
use crate::domain::room::Room;
use crate::domain::routine::Question;
use crate::wire::message::Writing;

/// What somebody is writing; a question is called what `call` says.
pub fn doing(what: &Writing, room: &Room, call: impl Fn(&Question) -> Localised) -> Phrase {
    match what {
        Writing::Entry => Phrase::new("here-writes"),
        Writing::Message => Phrase::new("here-writes-update"),
        Writing::Form => Phrase::new("here-fills-in"),
        Writing::Answer { question } => {
            let known = room.routine.as_deref().and_then(|routine| routine.question(question));
            let label = known.map_or_else(|| Arg::from(question.as_str()), |known| call(known).into());
            Phrase::new("here-answers").with("question", label)
        }
    }
}
