//! The warning of a clock that nobody has acknowledged: in word, shape and colour, with the keys that answer it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::phrase::{Arg, Phrase};
use crate::tui::alarms::state::Alarm;
use crate::tui::app::model::Model;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};

/// Draws the latest warning of another room over the second row: one's own room says so in its clock bar. `go` is the key
/// that goes there.
pub fn draw(buf: &mut Buffer, area: Rect, model: &Model, go: &str, paint: &Paint<'_>) {
    let elsewhere = model.alarm_elsewhere().map(|at| &model.environment.alarms[at]);
    let Some(alarm) = elsewhere.filter(|_| area.height >= 5) else { return };
    let row = row_of(area, 2);
    let style = paint.style(if alarm.offset < 0 { Role::Warn } else { Role::Critical });
    let mut pen = Pen::new(buf, row);
    pen.put(" ‼ ", style);
    pen.put(&paint.say(&phrase(alarm, model).with("key", go)), style);
    pen.fill(" ", style);
}

fn phrase(alarm: &Alarm, model: &Model) -> Phrase {
    let label = model.environment.clock_label(alarm, model.routines.iter());
    let key = match alarm.offset {
        ..0 => "banner-soon",
        0 => "banner-due",
        1.. => "banner-overdue",
    };
    Phrase::new(key)
        .with("room", alarm.room.to_string())
        .with("title", alarm.title.as_str())
        .with("clock", label)
        .with("span", Arg::Minutes(alarm.offset.abs()))
        .with("time", alarm.due_at)
}
