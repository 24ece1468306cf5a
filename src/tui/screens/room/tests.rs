//! The room as a person sees it: at every breadth, in both languages, in every state of its clocks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Scene, draw};
use crate::config::lang::Words;
use crate::config::theme::{Background, Choice, Depth, Theme};
use crate::domain::phrase::Lang;
use crate::domain::time::Moment;
use crate::tui::model::{Pane, RoomView};
use crate::tui::theme::Paint;
use crate::tui::widgets::entry_line::EntryLine;
use fixture::{around, at, busy};

pub(crate) mod fixture;

fn hints(lang: Lang) -> Vec<(String, String)> {
    let words = match lang {
        Lang::En => ["note", "answer", "check", "meeting", "commands", "search", "help"],
        Lang::Sv => ["anteckna", "svara", "bocka av", "möte", "kommandon", "sök", "hjälp"],
    };
    let keys = ["n", "a", "space", "m", ":", "/", "?"];
    keys.iter().zip(words).map(|(key, word)| ((*key).to_owned(), word.to_owned())).collect()
}

/// Draws `view` on a terminal of that size.
fn painted(view: &RoomView, (columns, rows): (u16, u16), now: Moment, lang: Lang, choice: Choice) -> Buffer {
    let words = Words::new(lang);
    let depth = if choice == Choice::Mono { Depth::None } else { Depth::Ansi16 };
    let theme = Theme::new(choice, Background::Dark, depth, None).0;
    let paint = Paint { theme: &theme, words: &words };
    let stamp = now.hms();
    let entry = EntryLine { stamp: &stamp, ..EntryLine::default() };
    let around = around(columns, rows, now);
    let hints = hints(lang);
    let scene = Scene { view, around: &around, entry: &entry, hints: &hints };
    let area = Rect::new(0, 0, columns, rows);
    let mut buf = Buffer::empty(area);
    draw(&mut buf, area, &scene, &paint);
    buf
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

fn shown(view: &RoomView, size: (u16, u16), now: Moment, lang: Lang) -> String {
    text(&painted(view, size, now, lang, Choice::Dark))
}

#[test]
fn every_size_is_drawn_without_panic() {
    let mut view = busy().view();
    for pane in Pane::ALL {
        view.focus = pane;
        for zoomed in [false, true] {
            view.zoomed = zoomed;
            for columns in (1..=130).step_by(if pane == Pane::Timeline { 1 } else { 7 }) {
                for rows in (1..=12).chain([15, 16, 20, 23, 24, 29, 30, 39, 45]) {
                    let buf = painted(&view, (columns, rows), at("14:47:10"), Lang::Sv, Choice::Dark);
                    let bare = buf.content.iter().all(|cell| cell.symbol() == " ");
                    assert!(!bare, "{columns}×{rows} is empty");
                }
            }
        }
    }
}
