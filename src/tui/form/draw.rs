//! A form as drawn: guide, fields, what it foresees, and what is wrong with it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;
use crate::domain::wrap::wrap;
use crate::tui::app::environment::Tone;
use crate::tui::form::field::{Field, FieldValue};
use crate::tui::form::state::Form;
use crate::tui::overlay::frame;
use crate::tui::text;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, columns, row_of};
use crate::tui::widgets::scroll;

/// The widest form.
const WIDE: u16 = 96;

/// The role of a tone.
pub fn role(tone: Tone) -> Role {
    match tone {
        Tone::Info => Role::Info,
        Tone::Good => Role::Ok,
        Tone::Bad => Role::Danger,
    }
}

/// Draws it; the cursor stands in the focused text.
pub fn draw(buf: &mut Buffer, area: Rect, form: &Form, now: Moment, paint: &Paint<'_>) -> Option<Position> {
    let columns = WIDE.min(area.width);
    let room = usize::from(columns.saturating_sub(4)).max(1);
    let guide: Vec<String> = form.guide.iter().flat_map(|phrase| wrap(&paint.say(phrase), room)).collect();
    let mut below: Vec<(String, Role)> = Vec::new();
    if let Some(fault) = &form.fault {
        below.extend(wrap(&paint.say(fault), room).into_iter().map(|line| (line, Role::Danger)));
    }
    if !form.rivals.is_empty() {
        let said = Phrase::new("form-answered-by-others").with("who", form.rivals.join(", "));
        below.extend(wrap(&paint.say(&said), room).into_iter().map(|line| (line, Role::New)));
    }
    for news in &form.news {
        below.extend(wrap(&paint.say(news), room).into_iter().map(|line| (line, Role::New)));
    }
    if let Some(stamp) = form.stamp(now) {
        below.extend(wrap(&paint.say(&stamp), room).into_iter().map(|line| (line, Role::Info)));
    }
    for note in &form.notes {
        below.extend(wrap(&paint.say(&note.phrase), room).into_iter().map(|line| (line, role(note.tone))));
    }
    let gaps = usize::from(!guide.is_empty()) + usize::from(!below.is_empty());
    let wanted = guide.len() + form.fields.len() + below.len() + gaps + 2;
    let foot = paint.tell(match (&form.sending, &form.fault) {
        (Some(_), Some(_)) => "form-held",
        (Some(_), None) => "form-sending",
        (None, _) => "form-keys",
    });
    let height = u16::try_from(wanted).unwrap_or(u16::MAX);
    let inner = frame::draw(buf, area, columns, height, &paint.say(&form.title), &foot, paint);
    // What has to be seen is the field with the focus and what is wrong; the guide gives way first, the notes last.
    let rows = usize::from(inner.height);
    let faults = below.iter().filter(|(_, role)| matches!(role, Role::Danger | Role::New)).count();
    let fields = form.fields.len().min(rows.saturating_sub(faults).max(1));
    let notes = below.len().min(rows.saturating_sub(fields));
    let guides = guide.len().min(rows.saturating_sub(fields + notes + 1));
    let mut y = 0;
    for line in frame::first_lines(&guide, guides) {
        Pen::on_row(buf, inner, y).put(&line, paint.style(Role::Muted));
        y += 1;
    }
    if guides > 0 {
        y += 1;
    }
    let body =
        Rect { y: inner.y + y.min(inner.height), height: inner.height.saturating_sub(y).min(clamp(fields)), ..inner };
    let cursor = draw_fields(buf, body, form, paint);
    let top = inner.height.saturating_sub(clamp(notes));
    if below.len() > notes
        && let Some((line, _)) = notes.checked_sub(1).and_then(|last| below.get_mut(last))
    {
        line.push('…');
    }
    for (row, (line, role)) in (top..).zip(below.iter().take(notes)) {
        Pen::on_row(buf, inner, row).put(line, paint.style(*role));
    }
    if let (Some(completion), Some(cursor)) = (&form.completion, cursor) {
        draw_completion(buf, area, cursor, &completion.candidates, completion.at, paint);
    }
    cursor
}

fn draw_fields(buf: &mut Buffer, body: Rect, form: &Form, paint: &Paint<'_>) -> Option<Position> {
    let labels = form.fields.iter().map(|field| columns(&paint.say(&field.label))).max().unwrap_or(0);
    let labels = labels.min(body.width / 3);
    let first = scroll::first_row(form.fields.len(), form.focus, usize::from(body.height));
    let mut cursor = None;
    for (y, (at, field)) in (0..body.height).zip(form.fields.iter().enumerate().skip(first)) {
        let focused = at == form.focus;
        let mut pen = Pen::on_row(buf, body, y);
        pen.put_in(if focused { "▸ " } else { "  " }, 2, paint.style(Role::Accent));
        let role = if focused { Role::Title } else { Role::Muted };
        pen.put_in(&paint.say(&field.label), labels, paint.style(role));
        pen.put(if field.required { " * " } else { "   " }, paint.style(Role::Accent));
        let rest = Rect { x: pen.column(), width: pen.left(), ..row_of(body, y) };
        cursor = draw_value(buf, rest, field, focused, paint).or(cursor);
    }
    frame::draw_marks(buf, body, first > 0, first + usize::from(body.height) < form.fields.len(), paint);
    cursor
}

fn draw_value(buf: &mut Buffer, rest: Rect, field: &Field, focused: bool, paint: &Paint<'_>) -> Option<Position> {
    match &field.value {
        FieldValue::Text { input, .. } => {
            if input.value().is_empty()
                && let Some(hint) = &field.hint
            {
                let mut pen = Pen::on_row(buf, rest, 0);
                pen.skip(u16::from(focused));
                pen.put(&paint.say(hint), paint.style(Role::Ghost));
            }
            text::draw::draw_input(buf, rest, input, focused, paint)
        }
        FieldValue::Choice { options, at } => {
            let mut pen = Pen::on_row(buf, rest, 0);
            let label = options.get(*at).map(|option| paint.say(&option.label)).unwrap_or_default();
            let arrows = paint.style(if focused { Role::Key } else { Role::Muted });
            pen.put("‹ ", arrows);
            pen.put(&label, paint.style(if focused { Role::Input } else { Role::Text }));
            pen.put(" ›", arrows);
            if options.len() > 1 && pen.left() > 8 {
                pen.put(&format!("  {}/{}", at + 1, options.len()), paint.style(Role::Muted));
            }
            None
        }
    }
}

fn draw_completion(
    buf: &mut Buffer,
    area: Rect,
    cursor: Position,
    candidates: &[String],
    at: usize,
    paint: &Paint<'_>,
) {
    let wide =
        candidates.iter().map(|candidate| columns(candidate)).max().unwrap_or(0).saturating_add(2).min(area.width);
    let x = cursor.x.min(area.right().saturating_sub(wide));
    for (row, candidate) in (1..).zip(candidates) {
        let y = cursor.y.saturating_add(row);
        if y >= area.bottom() {
            break;
        }
        let place = Rect { x, y, width: wide, height: 1 };
        let role = if usize::from(row) == at + 1 { Role::Selection } else { Role::SelectionIdle };
        buf.set_style(place, paint.style(role));
        Pen::on_row(buf, place, 0).fill(" ", paint.style(role));
        Pen::on_row(buf, place, 0).put_in(&format!(" {candidate}"), wide, paint.style(role));
    }
}

fn clamp(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
