//! The entry line of the model as it is drawn.

use std::ops::Range;

use crate::domain::action::Track;
use crate::domain::entry::{self, Parsed, Part};
use crate::domain::phrase::Phrase;
use crate::domain::record::Assurance;
use crate::tui::app::model::Model;
use crate::tui::command::modes;
use crate::tui::entry_line::draw::EntryLineView;
use crate::tui::people::name;
use crate::tui::theme::{Paint, Role};

/// Draws with the entry line as it stands.
pub fn with_entry_line<T>(model: &Model, paint: &Paint<'_>, draw: impl FnOnce(&EntryLineView<'_>) -> T) -> T {
    let line = &model.line;
    let typing = modes::types_entry(model);
    let stamp = line.stamp(model.environment.now, &model.words);
    let understood = line.parsed.as_ref().map_or_else(Vec::new, understood);
    let mut preview: Vec<String> = line
        .parsed
        .as_ref()
        .map_or_else(Vec::new, |parsed| entry::preview(parsed).iter().map(|piece| paint.say(piece)).collect());
    let entries = model.pending.entries().count();
    if entries > 0 {
        let unsent = || paint.say(&Phrase::new("status-unsent").with("count", entries));
        preview.push(if waits(model) { unsent() } else { paint.tell("line-saving").into_owned() });
    } else if line.saved {
        preview.push(paint.tell("line-saved").into_owned());
    }
    let offered = line.completion.as_ref().filter(|_| typing);
    let completions: Vec<(String, String)> = offered.map_or_else(Vec::new, |completion| {
        completion.candidates.iter().map(|candidate| (candidate.trim_end().to_owned(), String::new())).collect()
    });
    let invitation = match (model.environment.read_only, typing) {
        (true, _) if model.environment.reading_door => paint.tell("line-looks-on-door"),
        (true, _) => {
            let room = model.view.as_ref().map_or("", |view| view.room.id.as_str());
            paint.say(&Phrase::new("line-looks-on").with("room", room)).into()
        }
        (false, true) => paint.tell("line-invitation-here"),
        (false, false) => paint.tell("line-invitation"),
    };
    let who = model.environment.me.as_ref().filter(|me| me.sure != Assurance::Verified);
    let who = who.map(|me| format!("{}{}", me.mark(), name::first_name(&me.name)));
    draw(&EntryLineView {
        stamp: &stamp,
        who: who.as_deref(),
        text: line.input.value(),
        cursor: typing.then(|| line.input.cursor()),
        understood: &understood,
        preview: &preview,
        invitation: &invitation,
        completions: &completions,
        chosen: offered.map_or(0, |completion| completion.at),
    })
}

/// Whether what is not acknowledged has to wait: the host does not answer, or cannot save.
pub fn waits(model: &Model) -> bool {
    model.environment.connection.away_since().is_some() || model.pending.holds()
}

pub fn understood(parsed: &Parsed) -> Vec<(Range<usize>, Role)> {
    let role = |part: &Part| match part {
        Part::Time => Role::Accent,
        Part::Kind => Role::Decision,
        Part::Person => Role::Person,
        Part::Due => Role::Due,
        Part::Track => match parsed.facets.track {
            Some(Track::B) => Role::TrackB,
            _ => Role::TrackA,
        },
        Part::Tag => Role::Tag,
        Part::Escape => Role::Muted,
    };
    parsed.spans.iter().map(|(range, part)| (range.clone(), role(part))).collect()
}
