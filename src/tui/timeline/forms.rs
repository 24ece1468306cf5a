//! Entries: amended, struck, redacted; the timeline searched and narrowed.

use crate::config::lang::Words;
use crate::domain::intent::Intent;
use crate::domain::phrase::{Arg, Lexicon, Phrase};
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, EntryKind, Filter};
use crate::tui::action_items::forms::{track, tracks};
use crate::tui::form::field::{Field, FieldChoice, Takes};
use crate::tui::form::state::{Form, Subject, Wish, wish};

/// What the person wrote in `entry`: the amended text, else the original's.
pub fn words_of(entry: &Entry, lexicon: &dyn Lexicon) -> String {
    if let Some(amended) = &entry.mark.amended {
        return amended.raw().to_owned();
    }
    let own = entry.phrase.args.iter().find_map(|(name, arg)| match arg {
        Arg::Text(text) if name == "text" || name == "what" => Some(text.clone()),
        _ => None,
    });
    own.unwrap_or_else(|| entry.said(lexicon))
}

/// Other words or another time; the old ones stay visible.
pub fn amend(entry: &Entry, lexicon: &dyn Lexicon) -> Form {
    Form::new(Phrase::new("form-amend").with("time", entry.at), |form, context| {
        let at = form.moment("when", context)?;
        wish(Intent::AmendEntry { target: form.entry(), text: form.text("text"), at })
    })
    .guided(Phrase::new("guide-amend"))
    .about(Subject::Entry(entry.seq))
    .field(Field::text("text", "field-text").required().filled(words_of(entry, lexicon)))
    .field(Field::time("when", "field-when", Takes::Past).hint(Phrase::new("hint-amend-when")))
}

/// Struck through, still readable.
pub fn strike(entry: &Entry, lexicon: &dyn Lexicon) -> Form {
    Form::new(Phrase::new("form-strike").with("time", entry.at), |form, _| {
        wish(Intent::StrikeEntry { target: form.entry(), reason: form.text("reason") })
    })
    .guided(crate::tui::form::state::plain(words_of(entry, lexicon)))
    .about(Subject::Entry(entry.seq))
    .field(Field::text("reason", "field-reason"))
}

/// The words really removed, for what should never have been written.
pub fn redact(entry: &Entry) -> Form {
    Form::new(Phrase::new("form-redact").with("time", entry.at), |form, _| {
        wish(Intent::RedactEntry { target: form.entry(), reason: form.text("reason") })
    })
    .guided(Phrase::new("guide-redact"))
    .about(Subject::Entry(entry.seq))
    .field(Field::text("reason", "field-reason").required())
}

/// Text only.
pub fn search(present: &Filter) -> Form {
    Form::new(Phrase::new("form-search"), |form, context| {
        let present = context.filter.cloned().unwrap_or_default();
        Ok(Wish::Narrow(Box::new(Filter { text: form.typed("text").trim().to_owned(), ..present })))
    })
    .field(Field::text("text", "field-search").filled(present.text.clone()))
    .writing(None)
}

/// Everything the timeline can be narrowed to.
pub fn filter(present: &Filter, words: &Words) -> Form {
    // With its day: a bare time of day would mean today's.
    let bound = |at: Option<Moment>| at.map(|at| words.typed_time(at)).unwrap_or_default();
    let any = FieldChoice::new("", Phrase::new("choice-any"));
    let kinds: Vec<FieldChoice> = std::iter::once(any)
        .chain(EntryKind::ALL.iter().map(|kind| FieldChoice::new(kind.name(), kind.label())))
        .collect();
    let kind = present.kinds.first().and_then(|kind| kinds.iter().position(|c| c.value == kind.name())).unwrap_or(0);
    let plans = tracks("choice-any");
    let plan = present.track.and_then(|t| plans.iter().position(|c| c.value == t.to_string())).unwrap_or(0);
    Form::new(Phrase::new("form-filter"), |form, context| {
        let some = |name: &str| Some(form.typed(name).trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Wish::Narrow(Box::new(Filter {
            text: form.typed("text").trim().to_owned(),
            kinds: EntryKind::from_name(form.chosen("kind")).into_iter().collect(),
            person: some("person").map(|name| name.trim_start_matches('@').to_owned()),
            tag: some("tag").map(|tag| tag.trim_start_matches('#').to_owned()),
            track: track(form, "track"),
            starred: form.says_yes("starred"),
            since: form.moment("since", context)?,
            until: form.moment("until", context)?,
        })))
    })
    .guided(Phrase::new("guide-filter"))
    .writing(None)
    .field(Field::text("text", "field-search").filled(present.text.clone()))
    .field(Field::choice("kind", "field-kind", kinds, kind))
    .field(Field::person("person", "field-person").filled(present.person.clone().unwrap_or_default()))
    .field(Field::text("tag", "field-tag").filled(present.tag.clone().unwrap_or_default()))
    .field(Field::choice("track", "field-track", plans, plan))
    .field(Field::yes_no("starred", "field-starred", present.starred))
    .field(Field::time("since", "field-since", Takes::Since).filled(bound(present.since)))
    .field(Field::time("until", "field-until", Takes::Until).filled(bound(present.until)))
}
