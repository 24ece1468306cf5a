//! The status questions: each with its present answer, who gave it, when, how old it is and how sure.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Certainty;
use crate::domain::room::{Room, State};
use crate::domain::routine::Question;
use crate::domain::time::Moment;
use crate::tui::app::environment::Environment;
use crate::tui::people::name;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::flow::{Laid, TextFlow};
use crate::tui::widgets::panel::PanelNote;
use crate::tui::widgets::pen::{Pen, columns, row_of};
use crate::tui::widgets::{empty, scroll};

/// From this width on the certainty is a word, below a sign.
const WORDY: u16 = 42;
/// The columns a question's short name gets.
const LABEL: u16 = 12;

/// What the title counts: questions without an answer, and stale ones.
pub fn note(view: &RoomView, now: Moment, paint: &Paint<'_>) -> Vec<PanelNote> {
    let Some(routine) = view.room.routine.as_deref() else { return Vec::new() };
    let (mut open, mut stale) = (0usize, 0usize);
    for question in &routine.questions {
        match view.room.answer(&question.key) {
            None => open += 1,
            Some(_) => stale += usize::from(view.room.is_stale(question, now)),
        }
    }
    let mut notes: Vec<PanelNote> = Vec::new();
    for (key, count) in [("questions-open", open), ("questions-stale", stale)] {
        if count > 0 {
            notes.push((paint.say(&Phrase::new(key).with("count", count)).into(), Role::Warn));
        }
    }
    notes
}

/// Draws the questions: two rows or more each when there is room, one otherwise.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    view: &RoomView,
    environment: &Environment,
    focused: bool,
    paint: &Paint<'_>,
) {
    if area.is_empty() {
        return;
    }
    let questions = view.room.routine.as_deref().map_or(&[][..], |routine| &routine.questions);
    if questions.is_empty() {
        empty::draw(buf, area, &paint.tell("questions-none"), "", paint);
        return;
    }
    let now = environment.now;
    let scene = Scene { view, environment, paint };
    let selected = view.selected_row(Pane::Questions, now).unwrap_or(0);
    let room = usize::from(area.height);
    if room < questions.len() * 2 && !(focused && view.zoomed) {
        let first = scroll::first_row(questions.len(), selected, room);
        let list = scroll::beside_marks(buf, area, questions.len() > room);
        for (row, question) in questions.iter().enumerate().skip(first).take(room) {
            let at = row_of(list, (row - first) as u16);
            scene.draw_short(buf, at, question);
            select(buf, at, focused && row == selected, paint);
        }
        let (above, below) = (first > 0, first + room < questions.len());
        scroll::draw_marks(buf, area, above, below, paint.style(Role::Muted));
        return;
    }
    scene.draw_long(buf, area, questions, selected, focused);
}

fn select(buf: &mut Buffer, at: Rect, selected: bool, paint: &Paint<'_>) {
    if selected {
        buf.set_style(at.intersection(buf.area), paint.style(Role::Selection));
    }
}

/// What the questions are drawn from.
struct Scene<'a> {
    view: &'a RoomView,
    environment: &'a Environment,
    paint: &'a Paint<'a>,
}

impl Scene<'_> {
    /// Each question as its prompt and the lines of its answer. Rows that are left go to the answers that need them.
    fn draw_long(&self, buf: &mut Buffer, area: Rect, questions: &[Question], selected: usize, focused: bool) {
        let Scene { view, environment, paint } = *self;
        let now = environment.now;
        let mut answers: Vec<Option<Laid<'_>>> = questions
            .iter()
            .map(|question| Some(said(question, &view.room, now, paint).lay(area.width.saturating_sub(3), 40)))
            .collect();
        let lines: Vec<u16> = answers.iter().map(|laid| laid.as_ref().map_or(1, |laid| laid.lines)).collect();
        let mut heights = vec![1u16; questions.len()];
        let mut spare = usize::from(area.height).saturating_sub(questions.len() * 2);
        let short = |heights: &[u16]| (0..lines.len()).filter(|i| heights[*i] < lines[*i]).min_by_key(|i| heights[*i]);
        while let Some(next) = short(&heights).filter(|_| spare > 0) {
            heights[next] += 1;
            spare -= 1;
        }
        let total: usize = heights.iter().map(|height| usize::from(*height) + 1).sum();
        let room = usize::from(area.height);
        let first = if total <= room { 0 } else { scroll::first_row(questions.len(), selected, (room / 2).max(1)) };
        let mut y = 0u16;
        for (nth, question) in questions.iter().enumerate().skip(first) {
            if y >= area.height {
                break;
            }
            let height = (heights[nth] + 1).min(area.height - y);
            let at = Rect { y: area.y + y, height, ..area };
            self.draw_prompt(buf, row_of(at, 0), question);
            let lines = Rect {
                x: area.x + 2.min(area.width),
                y: at.y + 1,
                width: area.width.saturating_sub(3),
                height: height - 1,
            };
            if let Some(answer) = answers[nth].take() {
                answer.cut_to(lines.height).draw(buf, lines, 0);
            }
            select(buf, row_of(at, 0), focused && nth == selected, paint);
            y += height;
        }
    }

    fn draw_prompt(&self, buf: &mut Buffer, at: Rect, question: &Question) {
        let mut pen = Pen::new(buf, at);
        self.draw_meta(&mut pen, question, at.width >= 40);
        let prompt = self.paint.local(&question.prompt);
        let shown = if columns(prompt) <= pen.left() { prompt } else { self.paint.local(&question.label) };
        pen.put(shown, self.paint.style(Role::Question));
    }

    fn draw_short(&self, buf: &mut Buffer, at: Rect, question: &Question) {
        let Scene { view, environment, paint } = *self;
        let now = environment.now;
        let (answer, state) = (view.room.answer(&question.key), view.room.state);
        let mut pen = Pen::new(buf, at);
        self.draw_meta(&mut pen, question, at.width >= 100);
        pen.put_in(paint.local(&question.label), LABEL.min(at.width / 3), paint.style(Role::Title));
        pen.skip(1);
        let Some(answer) = answer else {
            pen.put(paint.local(&question.hint), paint.style(Role::Muted));
            return;
        };
        if let Some(at) = answer.time {
            let (text, role) = time_left(at, state, now, paint);
            pen.put(&text, paint.style(role));
            pen.skip(1);
        }
        match answer.text.is_redacted() {
            true => pen.put(&paint.tell("text-redacted"), paint.style(Role::Muted)),
            false => pen.put(answer.text.raw(), paint.style(Role::Text)),
        }
    }

    /// Who, when, how old, how sure; each in its column from the right.
    fn draw_meta(&self, pen: &mut Pen<'_>, question: &Question, wide: bool) {
        let Scene { view, environment, paint } = *self;
        let now = environment.now;
        if self.draw_answering(pen, question, wide) {
            return;
        }
        let Some(answer) = view.room.answer(&question.key) else {
            pen.put_right(&paint.tell("questions-unanswered"), 1, paint.style(Role::Warn));
            return;
        };
        let stale = view.room.is_stale(question, now);
        let certainty = match answer.certainty {
            _ if pen.left() >= WORDY => paint.say(&answer.certainty.label()),
            Certainty::Confirmed => "✓".to_owned(),
            // Not "~": that stands before a name that was claimed.
            Certainty::Assumed => "≈".to_owned(),
            Certainty::Unknown => "?".to_owned(),
        };
        let role = match answer.certainty {
            Certainty::Confirmed => Role::Ok,
            Certainty::Assumed => Role::Warn,
            Certainty::Unknown => Role::Danger,
        };
        if wide {
            pen.put_right(&padded(&certainty, certainty_columns(paint)), 1, paint.style(role));
        } else {
            pen.put_right(&certainty, 1, paint.style(role));
        }
        let age = paint.words.age(now.since(answer.at));
        if stale {
            let said = paint.say(&Phrase::new("questions-stale-age").with("age", age));
            pen.put_right(&said, 1, paint.style(Role::Stale));
        } else {
            pen.put_right(&age, 1, paint.style(Role::Muted));
        }
        if wide {
            let who = name::signed(&answer.by);
            pen.put_right(&format!("{who} {}", paint.time(answer.at)), 1, paint.style(Role::Muted));
        }
    }

    /// Who is answering it at the moment, in place of who did: that is what one has to know before one answers it too.
    fn draw_answering(&self, pen: &mut Pen<'_>, question: &Question, wide: bool) -> bool {
        let mut others = self.view.answering(&question.key, self.environment.me.as_ref());
        let Some(first) = others.next() else { return false };
        let who = name::signed(&first.who);
        let said = match others.count() {
            0 if wide => self.paint.say(&Phrase::new("questions-answering").with("who", who)),
            0 => who,
            more => format!("{who} +{more}"),
        };
        let style = self.paint.style(Role::New);
        pen.put_right(&format!("✎ {said}"), 1, style) || pen.put_right("✎", 1, style)
    }
}

/// What stands under a prompt: the answer, or how to find one.
fn said<'a>(question: &'a Question, room: &'a Room, now: Moment, paint: &Paint<'_>) -> TextFlow<'a> {
    let (answer, state) = (room.answer(&question.key), room.state);
    let mut flow = TextFlow::new();
    let Some(answer) = answer else {
        flow.push(paint.local(&question.hint), paint.style(Role::Muted));
        return flow;
    };
    let style = paint.style(match answer.certainty {
        Certainty::Unknown => Role::Muted,
        _ => Role::Text,
    });
    if let Some(at) = answer.time {
        let (text, role) = time_left(at, state, now, paint);
        flow.push_owned(text, paint.style(role));
        if !answer.text.is_blank() {
            flow.push(" · ", paint.style(Role::Muted));
        }
    }
    match answer.text.is_redacted() {
        true => flow.push_owned(paint.tell("text-redacted").into_owned(), paint.style(Role::Muted)),
        false => flow.push(answer.text.raw(), style),
    }
    flow
}

/// `16:00 in 1 h 12 m`, or how long ago that was; the time alone once service is back and nobody waits for it.
fn time_left(at: Moment, state: State, now: Moment, paint: &Paint<'_>) -> (String, Role) {
    if state != State::Open {
        return (paint.time(at), Role::Text);
    }
    let minutes = at.since(now).num_minutes();
    let (key, role) =
        if at < now { ("questions-time-passed", Role::Danger) } else { ("questions-time-left", Role::Title) };
    let said = Phrase::new(key).with("time", at).with("span", Arg::Minutes(minutes));
    (paint.say(&said), role)
}

fn certainty_columns(paint: &Paint<'_>) -> u16 {
    Certainty::ALL.iter().map(|certainty| columns(&paint.say(&certainty.label()))).max().unwrap_or(0)
}

fn padded(text: &str, columns: u16) -> Cow<'_, str> {
    format!("{text:<width$}", width = usize::from(columns)).into()
}
