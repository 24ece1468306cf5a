//! The timeline: what happened, in the order it happened. Only the entries in sight are put into words.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::domain::phrase::{Lexicon as _, Phrase};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, EntryKind};
use crate::tui::people::name;
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role};
use crate::tui::timeline::window::{TimelineWindow, place_of};
use crate::tui::widgets::empty;
use crate::tui::widgets::flow::{Laid, TextFlow};
use crate::tui::widgets::pen::{Pen, row_of};

/// The most lines of an entry that is not selected.
const LINES: u16 = 8;
/// The columns of a time and the blank after it.
const TIME: u16 = 6;
/// The columns of the mark (starred, new) and the blank after it.
const MARK: u16 = 2;
/// The columns of a kind and the blank after it: a kind has at most ten characters in every language.
const KIND: u16 = 11;
/// From this width on the kinds have a column of their own.
const ROOMY: u16 = 44;

/// Returns the entry under the cursor. `None` when the view follows the latest.
pub fn cursor_index(window: &TimelineWindow) -> Option<usize> {
    let cursor = window.cursor?;
    if window.entries.is_empty() {
        return None;
    }
    let at = window.entries.partition_point(|entry| (entry.at, entry.seq) < (cursor.at, cursor.seq));
    Some(at.min(window.entries.len() - 1))
}

/// Draws the entries around the cursor, or the latest ones at the bottom.
pub fn draw(buf: &mut Buffer, area: Rect, view: &RoomView, now: Moment, focused: bool, paint: &Paint<'_>) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let window = &view.window;
    if window.entries.is_empty() {
        let (what, how) = match (window.fetching, window.filter.is_empty()) {
            (true, _) => ("timeline-fetching", "timeline-fetching-how"),
            (false, true) => ("timeline-none", "timeline-none-how"),
            (false, false) => ("timeline-no-match", "timeline-no-match-how"),
        };
        empty::draw(buf, area, &paint.tell(what), &paint.tell(how), paint);
        return;
    }
    let cursor = cursor_index(window);
    let from = cursor.unwrap_or(window.entries.len() - 1);
    let sheet = Sheet { window, now, paint, width: area.width };
    let (blocks, top) = sheet.blocks_around(from, cursor.is_some() && focused, area.height);
    let mut y = -i32::from(top);
    for block in &blocks {
        let selected = focused && cursor == Some(block.nth);
        sheet.draw_block(buf, area, y, block, selected);
        y += i32::from(block.rows());
    }
}

/// An entry ready to be drawn.
struct Block<'a> {
    nth: usize,
    /// A day begins with it.
    day: bool,
    /// The first that is new since the person last looked.
    first_new: bool,
    laid: Laid<'a>,
    /// Who wrote it, for the margin of the second line: where the text leaves no room for it.
    name: Option<String>,
}

impl Block<'_> {
    fn rows(&self) -> u16 {
        self.lines() + u16::from(self.day) + u16::from(self.first_new)
    }

    /// The lines of the entry itself.
    fn lines(&self) -> u16 {
        if self.name.is_some() { self.laid.lines.max(2) } else { self.laid.lines }
    }
}

/// What entries are drawn from.
struct Sheet<'a> {
    window: &'a TimelineWindow,
    now: Moment,
    paint: &'a Paint<'a>,
    width: u16,
}

impl<'a> Sheet<'a> {
    /// The blocks in sight around entry `from`, and how many rows of the first are above the top. The latest stands at the
    /// bottom while the view follows; else the entry stands in the middle, except near the ends of the timeline as it was
    /// when the person came to it: what others add there since moves nothing.
    fn blocks_around(&self, from: usize, expand: bool, height: u16) -> (Vec<Block<'a>>, u16) {
        let most = if expand { height.saturating_sub(2).max(1) } else { LINES };
        let anchor = self.block(from, most);
        let own = anchor.rows();
        let (mut above, mut below, mut known) = (0u16, 0u16, 0u16);
        let mut blocks = vec![anchor];
        for nth in from + 1..self.window.entries.len() {
            if below >= height {
                break;
            }
            let block = self.block(nth, LINES);
            below = below.saturating_add(block.rows());
            if self.window.until.is_none_or(|until| place_of(&self.window.entries[nth]) <= until) {
                known = below;
            }
            blocks.push(block);
        }
        let mut earlier = Vec::new();
        for nth in (0..from).rev() {
            if above >= height {
                break;
            }
            let block = self.block(nth, LINES);
            above = above.saturating_add(block.rows());
            earlier.push(block);
        }
        earlier.reverse();
        earlier.append(&mut blocks);
        let bottom = above.saturating_add(own).saturating_add(known).saturating_sub(height);
        let middle = above.saturating_add(own / 2).saturating_sub(height / 2);
        let top = if self.window.cursor.is_some() { middle.min(bottom) } else { bottom };
        (earlier, top)
    }

    fn block(&self, nth: usize, most: u16) -> Block<'a> {
        let entries = &self.window.entries;
        let entry = &entries[nth];
        let before = nth.checked_sub(1).map(|nth| &entries[nth]);
        let zone = self.paint.words.zone();
        let day = before.is_none_or(|before| zone.local(before.at).date() != zone.local(entry.at).date());
        let first_new = self.is_new(entry) && before.is_some() && !entries[..nth].iter().any(|e| self.is_new(e));
        let mut laid = self.flow(entry).lay(self.text_columns(), most);
        let mut name = byline(entry).filter(|_| self.width >= ROOMY);
        if let Some(text) = name.as_ref().filter(|_| laid.lines == 1)
            && laid.append(&format!(" · {text}"), self.paint.style(Role::Muted), self.text_columns())
        {
            name = None;
        }
        Block { nth, day, first_new, laid, name }
    }

    fn is_new(&self, entry: &Entry) -> bool {
        self.window.seen > 0 && entry.seq > self.window.seen
    }

    fn indent(&self) -> u16 {
        if self.width >= ROOMY { TIME + MARK + KIND } else { TIME.min(self.width / 3) }
    }

    fn text_columns(&self) -> u16 {
        self.width.saturating_sub(self.indent()).max(1)
    }

    /// What an entry says, with what became of it.
    fn flow(&self, entry: &'a Entry) -> TextFlow<'a> {
        let paint = self.paint;
        let mut flow = TextFlow::new();
        if self.width < ROOMY {
            if entry.mark.starred {
                flow.push("★ ", paint.style(Role::Star));
            }
            let (kind, role) = kind(entry.kind, paint);
            flow.push_owned(format!("{kind} "), paint.style(role));
        }
        let zone = paint.words.zone();
        if zone.local(entry.at).datetime().offset() != zone.local(self.now).datetime().offset() {
            flow.push_owned(format!("{} ", zone.short_name(entry.at)), paint.style(Role::Muted));
        }
        let gone = entry.mark.redacted;
        let replaced = entry.mark.struck.is_some() || entry.mark.amended.is_some();
        if gone {
            flow.push_owned(paint.tell("text-redacted").into_owned(), paint.style(Role::Muted));
        } else if replaced {
            flow.push_owned(entry.said(paint.words), paint.style(Role::Struck).add_modifier(Modifier::CROSSED_OUT));
        } else {
            self.push_words(&mut flow, &entry.said(paint.words), text_role(entry.kind));
        }
        if let (Some(text), false) = (&entry.mark.amended, gone) {
            flow.push(" ", Style::default());
            self.push_words(&mut flow, text.raw(), text_role(entry.kind));
        }
        self.push_remarks(&mut flow, entry);
        flow
    }

    /// A person's words, with people, tags and what was searched for in their own styles.
    fn push_words(&self, flow: &mut TextFlow<'a>, text: &str, role: Role) {
        let paint = self.paint;
        let plain = paint.style(role);
        let sought = self.window.filter.text.to_lowercase();
        let sought: Vec<&str> = sought.split_whitespace().collect();
        if sought.is_empty() && !text.contains(['@', '#']) {
            flow.push_owned(text.to_owned(), plain);
            return;
        }
        for word in text.split_inclusive([' ', '\n']) {
            let style = match word.chars().next() {
                _ if sought.iter().any(|sought| word.to_lowercase().contains(sought)) => paint.style(Role::Match),
                Some('@') if word.trim_end().len() > 1 => plain.patch(paint.style(Role::Person)),
                Some('#') if word.trim_end().len() > 1 => plain.patch(paint.style(Role::Tag)),
                _ => plain,
            };
            let ends = word.ends_with('\n');
            flow.push_owned(word.trim_end_matches('\n').to_owned(), style);
            if ends {
                flow.end_line();
            }
        }
    }

    /// Who wrote it, when it was noted if that was later, and why it was struck.
    fn push_remarks(&self, flow: &mut TextFlow<'a>, entry: &Entry) {
        let paint = self.paint;
        let muted = paint.style(Role::Muted);
        if let Some(reason) = &entry.mark.struck {
            flow.push_owned(format!(" · {}", struck(reason, paint)), paint.style(Role::Warn));
        }
        if entry.mark.amended.is_some() && !entry.mark.redacted {
            flow.push_owned(format!(" · {}", paint.tell("timeline-amended")), muted);
        }
        if let Some(was_at) = entry.was_at {
            let said = Phrase::new("timeline-moved").with("time", paint.words.time(was_at, entry.at));
            flow.push_owned(format!(" · {}", paint.say(&said)), muted);
        }
        if let Some(due) = entry.facets.due {
            let said = Phrase::new("actions-due").with("time", due);
            flow.push_owned(format!(" · {}", paint.say(&said)), paint.style(Role::Due));
        }
        if entry.late {
            let said = Phrase::new("timeline-noted").with("time", paint.words.time(entry.rec, entry.at));
            flow.push_owned(format!(" · {}", paint.say(&said)), muted);
        }
        if self.width < ROOMY
            && let Some(name) = byline(entry)
        {
            flow.push_owned(format!(" · {name}"), muted);
        }
    }

    fn draw_block(&self, buf: &mut Buffer, area: Rect, y: i32, block: &Block<'_>, selected: bool) {
        let paint = self.paint;
        let entry = &self.window.entries[block.nth];
        let row = |y: i32| u16::try_from(y).ok().filter(|y| *y < area.height);
        let mut y = y;
        if block.first_new {
            if let Some(row) = row(y) {
                draw_rule(buf, row_of(area, row), &paint.tell("timeline-new"), paint.style(Role::New));
            }
            y += 1;
        }
        if block.day {
            if let Some(row) = row(y) {
                draw_rule(buf, row_of(area, row), &paint.words.day(entry.at), paint.style(Role::Rule));
            }
            y += 1;
        }
        let visible = if y < 0 { u16::try_from(-y).unwrap_or(u16::MAX) } else { 0 };
        let Some(first) = row(y.max(0)) else { return };
        if visible >= block.lines() {
            return;
        }
        let lines = (block.lines() - visible).min(area.height - first);
        let at = Rect { y: area.y + first, height: lines, ..area };
        if visible == 0 {
            self.draw_margin(buf, row_of(at, 0), entry);
        }
        if let (Some(name), Some(row)) = (&block.name, 1u16.checked_sub(visible)) {
            let place = row_of(at, row);
            let mut pen = Pen::new(buf, Rect { width: self.indent().min(at.width), ..place });
            pen.skip(TIME + MARK);
            pen.put_in(name, KIND - 1, paint.style(Role::Muted));
        }
        let indent = self.indent().min(at.width);
        let text = Rect { x: at.x + indent, width: at.width - indent, ..at };
        block.laid.draw(buf, text, visible);
        if selected {
            buf.set_style(at, paint.style(Role::Selection));
        }
    }

    /// The time, the mark and the kind of an entry.
    fn draw_margin(&self, buf: &mut Buffer, at: Rect, entry: &Entry) {
        let paint = self.paint;
        let mut pen = Pen::new(buf, Rect { width: self.indent().min(at.width), ..at });
        let time = paint.words.clock(entry.at);
        let struck = entry.mark.struck.is_some();
        pen.put_in(&time, TIME, paint.style(if struck { Role::Struck } else { Role::Muted }));
        if self.width < ROOMY {
            return;
        }
        let (mark, role) = match (entry.mark.starred, self.is_new(entry)) {
            (true, _) => ("★", Role::Star),
            (false, true) => ("•", Role::New),
            _ => ("", Role::Text),
        };
        pen.put_in(mark, MARK, paint.style(role));
        let (kind, role) = kind(entry.kind, paint);
        pen.put_in(&kind, KIND - 1, paint.style(if struck { Role::Struck } else { role }));
    }
}

fn draw_rule(buf: &mut Buffer, at: Rect, text: &str, style: Style) {
    let mut pen = Pen::new(buf, at);
    pen.put("── ", style);
    pen.put(text, style);
    pen.put(" ", style);
    pen.fill("─", style);
}

fn struck(reason: &Text, paint: &Paint<'_>) -> String {
    if reason.is_blank() {
        paint.tell("timeline-struck").into_owned()
    } else {
        paint.say(&Phrase::new("timeline-struck-reason").with("text", reason.raw()))
    }
}

/// Who wrote it, behind the mark of how sure that is. The program's own entries have no name.
fn byline(entry: &Entry) -> Option<String> {
    (!entry.by.is_klock()).then(|| name::signed(&entry.by))
}

/// What a kind is called in the margin, and how it looks.
fn kind(kind: EntryKind, paint: &Paint<'_>) -> (Cow<'static, str>, Role) {
    let said = paint.say(&kind.label());
    match kind {
        EntryKind::Decision => (said.to_uppercase().into(), Role::Decision),
        EntryKind::Restored => (said.to_uppercase().into(), Role::Ok),
        EntryKind::Clock | EntryKind::Priority | EntryKind::Reopened => (said.into(), Role::Warn),
        EntryKind::Obstacle => (said.into(), Role::Danger),
        EntryKind::Answer | EntryKind::StatusRequest => (said.into(), Role::Question),
        EntryKind::Meeting | EntryKind::Opened => (said.into(), Role::Info),
        _ => (said.into(), Role::Muted),
    }
}

fn text_role(kind: EntryKind) -> Role {
    match kind {
        EntryKind::Decision => Role::Decision,
        EntryKind::Presence | EntryKind::Correction => Role::Muted,
        _ => Role::Text,
    }
}
