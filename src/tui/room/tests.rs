//! The room as a person sees it: at every breadth, in both languages, in every state of its clocks.

use std::sync::OnceLock;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::config::lang::Words;
use crate::config::theme::{Background, Choice, Depth, Theme};
use crate::domain::event::{Facets, NoteKind};
use crate::domain::id::IntentId;
use crate::domain::intent::{Intent, Request};
use crate::domain::phrase::Lang;
use crate::domain::time::Moment;
use crate::tui::app::environment::Environment;
use crate::tui::app::pending::{PendingIntents, TypedText};
use crate::tui::drafts::slot::slot;
use crate::tui::entry_line::draw::EntryLineView;
use crate::tui::room::draw::*;
use crate::tui::room::pane::Pane;
use crate::tui::room::scene::RoomScene;
use crate::tui::room::state::RoomView;
use crate::tui::room::tests::fixture::{at, busy, environment};
use crate::tui::theme::Paint;

pub(crate) mod fixture;
mod hostile;
mod look;
mod memory;
mod plan;
mod style;

fn hints(lang: Lang) -> Vec<(String, String)> {
    let words = match lang {
        Lang::En => ["note", "answer", "check", "meeting", "commands", "search", "help"],
        Lang::Sv => ["anteckna", "svara", "bocka av", "möte", "kommandon", "sök", "hjälp"],
    };
    let keys = ["n", "a", "space", "m", ":", "/", "?"];
    keys.iter().zip(words).map(|(key, word)| ((*key).to_owned(), word.to_owned())).collect()
}

/// The words of `lang`, read once for all tests.
fn words(lang: Lang) -> &'static Words {
    static WORDS: OnceLock<[Words; 2]> = OnceLock::new();
    let both = WORDS.get_or_init(|| Lang::ALL.map(|lang| Words::new(lang, fixture::stockholm())));
    &both[Lang::ALL.iter().position(|known| *known == lang).unwrap_or(0)]
}

/// Draws `view` on the terminal that `around` describes; everything done is acknowledged.
fn painted(view: &RoomView, environment: &Environment, entry: &EntryLineView<'_>, lang: Lang, theme: &Theme) -> Buffer {
    painted_with(&PendingIntents::default(), view, environment, entry, lang, theme)
}

fn painted_with(
    pending: &PendingIntents,
    view: &RoomView,
    environment: &Environment,
    entry: &EntryLineView<'_>,
    lang: Lang,
    theme: &Theme,
) -> Buffer {
    let paint = Paint { theme, words: words(lang), now: environment.now };
    let stamp = paint.words.clock_to_second(environment.now);
    let entry = EntryLineView { stamp: &stamp, ..entry.clone() };
    let hints = hints(lang);
    let scene = RoomScene { view, environment, entry: &entry, hints: &hints, pending };
    let area = Rect::new(0, 0, environment.columns, environment.rows);
    let mut buf = Buffer::empty(area);
    let cursor = draw(&mut buf, area, &scene, &paint);
    if let Some(cursor) = cursor {
        assert!(area.contains(cursor), "the cursor is outside: {cursor}");
    }
    buf
}

/// An entry asked for in the room of `view`.
fn note(view: &RoomView, text: &str) -> Request {
    let (kind, facets) = (NoteKind::Note, Facets::default());
    let intent = Intent::TakeNote { kind, text: text.into(), facets };
    Request { id: IntentId(ulid::Ulid(1 << 20)), room: view.room.id.clone(), at: None, intent }
}

/// An entry that the host could not save.
fn hold_entry(pending: &mut PendingIntents, view: &RoomView, text: &str) {
    let request = note(view, text);
    let id = request.id;
    let typed = TypedText { text: text.into(), began_at: view.room.declared_at.unwrap(), slot: Some(slot(id)) };
    pending.request(request, Some(typed));
    pending.hold(id);
}

fn dark() -> Theme {
    Theme::new(Choice::Dark, Background::Dark, Depth::TrueColour, None).0
}

/// The characters of `buf`, row by row.
fn text(buf: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in buf.area.top()..buf.area.bottom() {
        let mut line = String::new();
        let mut skip = 0;
        for x in buf.area.left()..buf.area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buf[(x, y)].symbol();
            skip = crate::domain::showable::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

fn shown(view: &RoomView, (columns, rows): (u16, u16), now: Moment, lang: Lang) -> String {
    text(&painted(view, &environment(columns, rows, now), &EntryLineView::default(), lang, &dark()))
}

#[test]
fn every_size_is_drawn_without_panic() {
    let mut view = busy().view();
    let theme = dark();
    let idle = EntryLineView::default();
    let typing = EntryLineView { text: "d: fail over", cursor: Some(12), ..EntryLineView::default() };
    for pane in Pane::ALL {
        view.focus = pane;
        for zoomed in [false, true] {
            view.zoomed = zoomed;
            for columns in (1..=130).step_by(if pane == Pane::Timeline { 1 } else { 7 }) {
                for rows in (1..=12).chain([15, 16, 20, 23, 24, 29, 30, 39, 45]) {
                    let buf = painted(&view, &environment(columns, rows, at("14:47:10")), &idle, Lang::Sv, &theme);
                    let bare = buf.content.iter().all(|cell| cell.symbol() == " ");
                    assert!(!bare, "{columns}×{rows} is empty");
                    if columns < 50 {
                        painted(&view, &environment(columns, rows, at("14:47:10")), &typing, Lang::Sv, &theme);
                    }
                }
            }
        }
    }
}
