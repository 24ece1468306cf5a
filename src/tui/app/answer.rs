//! Answers of the host, by what was asked.

use crate::domain::id::{IntentId, RoomId};
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::domain::room::{Room, State};
use crate::domain::showable::showable;
use crate::tui::alarms::raise;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::environment::{Screen, Tone};
use crate::tui::app::model::Model;
use crate::tui::app::pending::Sent;
use crate::tui::app::records;
use crate::tui::drafts::slot::id_of_slot;
use crate::tui::list::open;
use crate::tui::list::state::ListKind;
use crate::tui::overlay::state::Overlay;
use crate::tui::people::who_types;
use crate::tui::questions::rivals;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RoomView;
use crate::tui::timeline::records as timeline_records;
use crate::tui::timeline::window::TimelineWindow;
use crate::tui::{drafts, entry_line, form, lobby, timeline};
use crate::wire::message::{Answer, Draft, Failure, PageFrom, RoomSummary};

/// Takes the answer to what was asked with `tag` in.
pub fn answered(model: &mut Model, tag: Tag, answer: Result<Answer, Failure>) -> Vec<Effect> {
    match (tag, answer) {
        (Tag::Rooms, Ok(Answer::Rooms(rooms))) => {
            let mut open =
                rooms.iter().filter(|room| room.state == State::Open && !room.demo && room.trouble.is_none());
            let only = match (open.next(), open.next()) {
                (Some(only), None) => Some(only.id.clone()),
                _ => None,
            };
            let first = model.environment.rooms.is_none();
            let mut effects = rooms_known(model, rooms, first);
            match only {
                Some(room) if first && model.wanted.is_none() && !model.stay_in_lobby && model.view.is_none() => {
                    effects.extend(lobby::actions::attach(model, room));
                }
                _ => {}
            }
            effects
        }
        (Tag::Open { id }, Ok(Answer::Opened { room })) => {
            model.pending.take(id);
            model.overlays.retain(|overlay| !matches!(overlay, Overlay::Form(form) if form.sending.is_some()));
            lobby::actions::attach(model, room)
        }
        (Tag::Attach(_), Ok(Answer::Attached { room, records, seen, drafts, people })) => {
            // To somebody who was never here nothing is new yet.
            let seen = if seen == 0 { room.seq } else { seen };
            let view = RoomView::new(*room, TimelineWindow { seen, ..TimelineWindow::default() }, people);
            attached(model, view, &records, drafts)
        }
        (Tag::Attach(room), Ok(Answer::Resumed { records, people })) => resumed(model, &room, &records, people),
        (Tag::Attach(_), Err(failure)) => {
            model.environment.screen = Screen::Lobby;
            model.say(words(failure), Tone::Bad);
            Vec::new()
        }
        (Tag::Do { id }, Ok(Answer::Recorded { records })) => done(model, id, &records),
        (Tag::Do { id } | Tag::Open { id }, Err(Failure::CannotSave(why))) => held(model, id, why),
        (Tag::Do { id } | Tag::Open { id }, Err(failure)) => refused(model, id, failure),
        (Tag::Older, Ok(Answer::Page { records, more })) => page(model, &records, |window, entries| {
            window.has_older = more;
            window.entries.splice(..0, entries);
        }),
        (Tag::Newer, Ok(Answer::Page { records, more })) => page(model, &records, |window, entries| {
            window.has_newer = more;
            window.entries.extend(entries);
        }),
        (Tag::Refill, Ok(Answer::Page { records, more })) => page(model, &records, |window, entries| {
            window.entries = entries;
            let from = window.refilled_from.take();
            (window.has_older, window.has_newer) = match from {
                Some(PageFrom::Start) => (false, more),
                Some(PageFrom::After(_)) => (true, more),
                _ => (more, false),
            };
            match from {
                Some(PageFrom::Start) if window.cursor.is_none() => {
                    window.point(window.entries.first().map(crate::tui::timeline::window::place_of));
                }
                Some(PageFrom::Start | PageFrom::After(_)) => {}
                _ => window.point(None),
            }
        }),
        (Tag::Older | Tag::Newer | Tag::Refill, Err(failure)) => {
            if let Some(view) = model.view.as_mut() {
                view.window.fetching = false;
            }
            model.say(words(failure), Tone::Bad);
            Vec::new()
        }
        (Tag::TypeAs, Ok(Answer::You(me))) => who_types::renamed(model, me),
        (Tag::Nothing, _) => Vec::new(),
        (_, Err(failure)) => {
            model.say(words(failure), Tone::Bad);
            Vec::new()
        }
        (_, Ok(_)) => Vec::new(),
    }
}

/// The list of rooms is here: what warned and is met does so no longer; to a screen that has just begun, what is late
/// elsewhere is news.
fn rooms_known(model: &mut Model, rooms: Vec<RoomSummary>, first: bool) -> Vec<Effect> {
    let here = model.view.as_ref().map(|view| view.room.id.clone()).or_else(|| model.wanted.clone());
    raise::settle_elsewhere(&mut model.environment.alarms, &rooms, here.as_ref());
    let late = if first && model.environment.screen == Screen::Room {
        raise::standing_elsewhere(&rooms, here.as_ref(), model.environment.now)
    } else {
        // In the lobby each room says so itself.
        Vec::new()
    };
    model.environment.rooms = Some(rooms);
    raise::ring(model, late)
}

/// A failure in words.
pub fn words(failure: Failure) -> Phrase {
    match failure {
        Failure::Refused(refusal) => refusal.0,
        Failure::NoSuchRoom(room) => Phrase::new("failure-no-such-room").with("room", room.to_string()),
        Failure::CannotSave(why) => Phrase::new("failure-cannot-save").with("why", why),
        Failure::Broken(why) => Phrase::new("failure-broken").with("why", why),
        otherwise @ Failure::RecordedOtherwise { .. } => otherwise.phrase(),
    }
}

fn attached(model: &mut Model, mut view: RoomView, records: &[Record], drafts: Vec<Draft>) -> Vec<Effect> {
    view.window.entries = timeline_records::entries(&view, records);
    view.window.has_older = (view.window.entries.len() as u64) < view.room.entries;
    // The same room again, after a long absence: where the person stood stays.
    let here = model.view.as_ref().map(|old| old.room.id.clone());
    let again = here.as_ref() == Some(&view.room.id);
    // Two rooms were asked for, one after the other, before the host answered: one is in the last of them, and in no other.
    let mut effects = here.filter(|_| !again).map_or_else(Vec::new, |old| lobby::actions::depart(model, old));
    let mut stood = None;
    if let Some(old) = model.view.take() {
        stood = Some(old.window.clone());
        view.focus = old.focus;
        view.tab = old.tab;
        view.zoomed = old.zoomed;
        view.selected = old.selected;
        view.last_own = old.last_own;
        view.window.seen = old.window.seen;
        view.found_drafts = old.found_drafts;
        view.told_writing = old.told_writing;
    } else {
        let lost = |draft: &Draft| id_of_slot(&draft.slot).is_none_or(|id| !model.pending.has(id));
        view.found_drafts = drafts.into_iter().filter(|draft| !draft.text.trim().is_empty()).filter(lost).collect();
        view.found_drafts.sort_by_key(|draft| std::cmp::Reverse(draft.began_at));
        if let Some((pane, zoomed)) = model.first_pane {
            (view.focus, view.zoomed) = (pane, zoomed);
            view.tab = if pane == Pane::Timeline { view.tab } else { pane };
        }
    }
    let title = title(&view.room);
    model.wanted = None;
    model.environment.screen = Screen::Room;
    let newest = view.found_drafts.iter().position(|draft| id_of_slot(&draft.slot).is_some()).filter(|_| !again);
    model.view = Some(view);
    if let Some(at) = newest.filter(|_| model.line.input.is_blank()) {
        restore_draft(model, at);
    } else if let Some(count) =
        model.view.as_ref().map(|view| view.found_drafts.len()).filter(|count| *count > 0 && !again)
    {
        let key = crate::tui::command::hints::first_key_of(model, "app.palette");
        model.say(Phrase::new("toast-drafts-wait").with("count", count).with("key", key), Tone::Info);
    }
    effects.push(Effect::Title(title));
    effects.extend(stood.map_or_else(Vec::new, |window| timeline::actions::return_to(model, &window)));
    if let Some(view) = &model.view {
        let standing = raise::standing(&view.room, model.environment.now);
        effects.extend(raise::ring(model, standing));
    }
    effects
}

/// The latest draft that an earlier run left is in the line again, and says so.
fn restore_draft(model: &mut Model, at: usize) {
    let Some(view) = model.view.as_mut() else { return };
    let draft = view.found_drafts.remove(at);
    let id = id_of_slot(&draft.slot);
    let others = view.found_drafts.len();
    model.line.clear();
    model.line.input = crate::tui::text::input::TextInput::with(draft.text);
    model.line.began_at = Some(draft.began_at);
    model.line.id = id;
    model.line.kept_at = Some(draft.began_at);
    entry_line::actions::understand(model);
    model.line.completion = None;
    model.say(Phrase::new("toast-draft-found").with("time", draft.began_at).with("others", others), Tone::Info);
}

fn title(room: &Room) -> String {
    let demo = if room.demo { "DEMO " } else { "" };
    showable(&format!("{demo}{} {} · klock", room.id, room.title.raw())).into_owned()
}

fn resumed(
    model: &mut Model,
    room: &RoomId,
    records: &[Record],
    people: Vec<crate::wire::message::Presence>,
) -> Vec<Effect> {
    let effects = records::recorded(model, room, records);
    if let Some(view) = model.view.as_mut().filter(|view| view.room.id == *room) {
        view.people = people;
    }
    effects
}

fn done(model: &mut Model, id: IntentId, records: &[Record]) -> Vec<Effect> {
    let Some(sent) = model.pending.take(id) else { return Vec::new() };
    let Some(room) = sent.room().cloned() else { return Vec::new() };
    if model.environment.toast.as_ref().is_some_and(|toast| toast.phrase.key == "failure-cannot-save") {
        // What says that nothing is saved must not outlive the trouble.
        model.environment.toast = None;
    }
    let effects = records::recorded(model, &room, records);
    if sent.typed.is_some_and(|typed| typed.is_entry()) {
        model.line.saved = model.pending.entries().next().is_none() && model.line.input.value().is_empty();
    }
    if model.view.as_ref().is_none_or(|view| view.room.id != room) {
        // The person went elsewhere meanwhile.
        return effects;
    }
    if let (Some(view), Some(first)) = (model.view.as_mut(), records.first())
        && first.event.is_correctable()
    {
        view.last_own = Some(first.seq);
    }
    let was_restored = records.iter().any(|r| matches!(r.event, crate::domain::event::Event::Restored { .. }));
    rivals::saved(model, id, records);
    form::actions::done(model, id);
    if was_restored && model.view.as_ref().is_some_and(|view| view.room.active && !view.room.unsettled().is_empty()) {
        open::push(model, ListKind::Unsettled);
    }
    effects
}

fn refused(model: &mut Model, id: IntentId, failure: Failure) -> Vec<Effect> {
    let sent = model.pending.take(id);
    if let Failure::RecordedOtherwise { records } = &failure {
        return recorded_otherwise(model, sent, records);
    }
    let why = words(failure);
    if form::actions::refused(model, id, why.clone()) {
        return Vec::new();
    }
    match sent.and_then(|sent| sent.typed).filter(|typed| !typed.text.trim().is_empty()) {
        Some(typed) => entry_line::actions::give_back(model, id, typed, why),
        None => model.say(why, Tone::Bad),
    }
    Vec::new()
}

/// The id is used up by earlier words, which are on record: the new ones get an id of their own, and the person decides.
fn recorded_otherwise(model: &mut Model, sent: Option<Sent>, records: &[Record]) -> Vec<Effect> {
    let Some(sent) = sent else { return Vec::new() };
    let why = Phrase::new("toast-recorded-otherwise");
    let why = records.first().map_or(why.clone(), |first| why.with("time", first.at));
    let id = model.ids.next(model.environment.now);
    let used = sent.draft();
    let mut effects: Vec<Effect> = used.map(drafts::actions::forgotten).into_iter().collect();
    if form::actions::renew(model, sent.id, id, why.clone()) {
        effects.extend(form::actions::keep(model));
        return effects;
    }
    match sent.typed.filter(|typed| !typed.text.trim().is_empty()) {
        Some(typed) => {
            entry_line::actions::give_back(model, id, typed, why);
            effects.extend(entry_line::actions::keep(model));
        }
        None => model.say(why, Tone::Bad),
    }
    effects
}

/// The host cannot save now: it waits, and goes by itself.
fn held(model: &mut Model, id: IntentId, why: Phrase) -> Vec<Effect> {
    model.pending.hold(id);
    let why = words(Failure::CannotSave(why));
    let in_form = form::actions::held(model, id, why.clone());
    if !in_form && model.environment.health.cannot_save.is_none() {
        // Else the foot says so as long as it lasts.
        model.say(why, Tone::Bad);
    }
    Vec::new()
}

fn page(
    model: &mut Model,
    records: &[Record],
    join: impl FnOnce(&mut TimelineWindow, Vec<crate::domain::timeline::Entry>),
) -> Vec<Effect> {
    if let Some(view) = model.view.as_mut() {
        let entries = timeline_records::entries(view, records);
        view.window.fetching = false;
        join(&mut view.window, entries);
    }
    Vec::new()
}
