//! What an entry line was understood to say, shown beside it while it is typed.

use super::Parsed;
use super::vocabulary::Kind;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::time::Moment;

/// What there is to say of an entry that was recorded: that it is due on another day, that its time was not taken.
pub fn remarks(parsed: &Parsed) -> Vec<Phrase> {
    let is_told = |due: &Moment| parsed.is_plan() || due.date() != parsed.began_at.date();
    let due = parsed.facets.due.filter(is_told).map(|due| Phrase::new("entry-preview-due").with("time", due));
    let odd = parsed.odd.as_ref().map(|odd| Phrase::new("stamp-not-read").with("text", odd.as_str()));
    due.into_iter()
        .chain(undue(parsed))
        .chain(parsed.unread.as_ref().map(|unread| unread.phrase(parsed.began_at)))
        .chain(odd)
        .collect()
}

/// That what looks like a due time is none.
pub fn undue(parsed: &Parsed) -> Option<Phrase> {
    parsed.undue.as_ref().map(|undue| Phrase::new("entry-undue").with("text", undue.as_str()))
}

/// The pieces of the preview, to be joined by ` · `: kind, owner or people, due time, plan, tags, time. Names and tags are a
/// person's words: hostile until shown.
pub fn preview(parsed: &Parsed) -> Vec<Phrase> {
    let facets = &parsed.facets;
    let mut pieces = vec![Phrase::new(parsed.kind.message_key())];
    let owned = parsed.kind == Kind::Action || facets.due.is_some();
    let (owner, others) = match facets.people.split_first() {
        Some((owner, others)) if owned => (Some(owner), others),
        _ => (None, facets.people.as_slice()),
    };
    if let Some(owner) = owner {
        pieces.push(Phrase::new("entry-preview-owner").with("person", owner.as_str()));
    }
    if !others.is_empty() {
        pieces.push(Phrase::new("entry-preview-people").with("people", others.join(", ")));
    }
    if let Some(due) = facets.due {
        pieces.push(Phrase::new("entry-preview-due").with("time", due));
    }
    pieces.extend(undue(parsed));
    if let Some(track) = facets.track {
        pieces.push(Phrase::new("entry-preview-track").with("track", track.to_string()));
    }
    if !facets.tags.is_empty() {
        let tags: Vec<String> = facets.tags.iter().map(|tag| format!("#{tag}")).collect();
        pieces.push(Phrase::new("entry-preview-tags").with("tags", tags.join(" ")));
    }
    if let Some(unread) = &parsed.unread {
        pieces.push(unread.phrase(parsed.began_at));
    }
    if let Some(at) = parsed.at {
        let ago = parsed.began_at.since(at).num_minutes().max(0);
        pieces.push(Phrase::new("entry-preview-at").with("time", at).with("ago", Arg::Minutes(ago)));
    }
    pieces
}
