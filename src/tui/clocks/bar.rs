//! The clock that falls due next, told by word, shape and colour, and the facts a leader must not lose sight of.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::domain::clocks::{ClockState, ClockView};
use crate::domain::phrase::{Arg, Localised, Phrase};
use crate::domain::question::Certainty;
use crate::domain::room::{Room, State};
use crate::domain::routine::MetBy;
use crate::domain::time::Moment;
use crate::tui::app::environment::Environment;
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role, countdown};
use crate::tui::widgets::gauge;
use crate::tui::widgets::pen::row_of;
use crate::tui::widgets::strip::{self, StripPart};

/// Draws the clocks in the first row of `area` and the facts in the second; in one row when there is but one.
pub fn draw(buf: &mut Buffer, area: Rect, view: &RoomView, environment: &Environment, paint: &Paint<'_>) {
    if area.is_empty() {
        return;
    }
    let room = &view.room;
    let now = environment.now;
    let mut running: Vec<ClockView<'_>> = room.clock_views(now).into_iter().filter(ClockView::is_running).collect();
    running.sort_by_key(|clock| clock.due_at);
    let ground = running.first().map_or(paint.style(Role::Text), |clock| ground(clock.state, paint));
    buf.set_style(row_of(area, 0).intersection(buf.area), ground);
    let margin = u16::from(area.width > 40);
    let trimmed = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
    let apart = area.height > 1;
    let mut parts = Vec::with_capacity(16);
    push_meeting(&mut parts, room, now, ground, paint);
    push_clock(&mut parts, room, &running, environment, if apart { 40 } else { 14 }, ground, paint);
    if apart {
        push_others(&mut parts, &running, ground, paint);
        strip::draw(buf, row_of(trimmed, 0), &parts, ground);
        let text = paint.style(Role::Text);
        let mut facts = Vec::with_capacity(12);
        push_facts(&mut facts, room, now, text, paint);
        strip::draw(buf, row_of(trimmed, 1), &facts, paint.style(Role::Muted));
    } else {
        push_facts(&mut parts, room, now, ground, paint);
        strip::draw(buf, row_of(trimmed, 0), &parts, ground);
    }
}

/// The ground of the whole row: an alarm covers all of it.
fn ground(state: ClockState, paint: &Paint<'_>) -> Style {
    match state {
        ClockState::Overdue | ClockState::Due => paint.style(Role::Critical),
        _ => paint.style(Role::Text),
    }
}

/// A word that stands out from its row by shape too.
fn badge(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD | Modifier::REVERSED)
}

/// Whether a clock in that state takes the whole row.
fn is_alarm(state: ClockState) -> bool {
    matches!(state, ClockState::Overdue | ClockState::Due)
}

/// Styles on an alarm keep its ground: there the words and shapes tell.
fn on(ground: Style, role: Role, alarm: bool, paint: &Paint<'_>) -> Style {
    if alarm { ground } else { ground.patch(paint.style(role)) }
}

fn push_meeting<'a>(parts: &mut Vec<StripPart<'a>>, room: &Room, now: Moment, ground: Style, paint: &Paint<'_>) {
    let Some(meeting) = room.running_meeting() else {
        if let Some((at, _)) = &room.meeting_called {
            let said = Phrase::new("room-meeting-called").with("time", *at);
            parts.push(StripPart::left(paint.say(&said), ground.patch(paint.style(Role::Accent)), 68));
        }
        return;
    };
    let said = Phrase::new("room-meeting-running").with("no", meeting.no);
    let lasted = countdown(now.since(meeting.started_at).max(chrono::Duration::zero()));
    let style = ground.patch(paint.style(Role::Accent));
    parts.push(StripPart::left(format!("● {}", paint.say(&said).to_uppercase()), style, 75));
    parts.push(StripPart::left(lasted, style, 72).after(" "));
    let points = room.routine.as_deref().map_or(0, |routine| routine.agenda.len());
    if points > 0 {
        let said = Phrase::new("room-agenda").with("done", meeting.points.len()).with("total", points);
        parts.push(StripPart::left(paint.say(&said), ground, 45));
    }
}

fn push_clock<'a>(
    parts: &mut Vec<StripPart<'a>>,
    room: &'a Room,
    running: &[ClockView<'a>],
    environment: &Environment,
    gauge_columns: u16,
    ground: Style,
    paint: &Paint<'_>,
) {
    let now = environment.now;
    let Some(clock) = running.first() else {
        let key = match room.state {
            State::Open if !room.active => "room-no-routine",
            _ => "room-no-clock",
        };
        parts.push(StripPart::left(paint.tell(key).into_owned(), paint.style(Role::Muted), 60).shrinks(6));
        return;
    };
    let Some(due) = clock.due_at else { return };
    let label = paint.local(&clock.rule.label).to_uppercase();
    let left = due.since(now);
    let alarm = is_alarm(clock.state);
    let time = countdown(left);
    let role = match clock.state {
        ClockState::Soon => Role::Warn,
        ClockState::Snoozed => Role::Muted,
        _ => Role::Accent,
    };
    let style = on(ground, role, alarm, paint);
    let word = paint.say(&clock.state.label()).to_uppercase();
    match clock.state {
        ClockState::Overdue => parts.push(StripPart::left(format!("‼ {word} {time}"), style, 99).shrinks(4)),
        ClockState::Due => parts.push(StripPart::left(format!("‼ {word}"), style, 99)),
        ClockState::Soon => parts.push(StripPart::left(format!(" ▲ {word} {time} "), badge(style), 99).shrinks(6)),
        ClockState::Snoozed => {
            parts.push(StripPart::left(format!("z {word} {time}"), style, 99).shrinks(4));
        }
        ClockState::Calm | ClockState::Met | ClockState::Stopped => {
            let said = Phrase::new("room-in").with("time", time);
            parts.push(StripPart::left(paint.say(&said), style, 99).shrinks(4));
        }
    }
    let at = parts.len() - 1;
    let label = StripPart::left(label, on(ground, Role::Title, alarm, paint), 70).shrinks(6);
    parts.insert(at, label);
    parts.push(StripPart::left(format!("({})", paint.time(due)), on(ground, Role::Text, alarm, paint), 55));
    // A clock that has run out needs no gauge: the whole row says so.
    if let Some(from) = clock.from.filter(|_| !alarm) {
        let bar = gauge::bar(now.since(from).num_seconds(), due.since(from).num_seconds(), gauge_columns);
        let (done, rest) = bar.split_at(bar.find('░').unwrap_or(bar.len()));
        let done = StripPart::left(done.to_owned(), on(ground, Role::Gauge, alarm, paint), 22);
        parts.push(done.then(rest.to_owned(), on(ground, Role::GaugeRest, alarm, paint)));
    }
}

/// The clocks that run beside the next one.
fn push_others<'a>(parts: &mut Vec<StripPart<'a>>, running: &[ClockView<'a>], ground: Style, paint: &Paint<'_>) {
    let alarm = running.first().is_some_and(|clock| is_alarm(clock.state));
    for (nth, clock) in running.iter().enumerate().skip(1).take(3) {
        let Some(due) = clock.due_at else { continue };
        let time = Arg::Text(paint.time(due));
        let label = clock.rule.label.clone();
        let (key, role) = match clock.state {
            ClockState::Overdue => ("room-also-overdue", Role::Danger),
            ClockState::Soon | ClockState::Due => ("room-also-soon", Role::Warn),
            _ => ("room-also", Role::Muted),
        };
        let said = paint.say(&Phrase::new(key).with("clock", label).with("time", time));
        parts.push(StripPart::right(said, on(ground, role, alarm, paint), 30 - nth.min(9) as u8).after(if nth == 1 {
            "  "
        } else {
            " · "
        }));
    }
}

fn push_facts<'a>(parts: &mut Vec<StripPart<'a>>, room: &Room, now: Moment, ground: Style, paint: &Paint<'_>) {
    let mut push = |said: String, role: Role, weight: u8| {
        parts.push(StripPart::left(said, ground.patch(paint.style(role)), weight).after(" · "));
    };
    let counts = room.open_counts(now);
    let mut count = |key: &'static str, count: usize, role: Role, weight: u8| {
        if count > 0 {
            push(paint.say(&Phrase::new(key).with("count", count)), role, weight);
        }
    };
    count("room-obstacles", counts.obstacles, Role::Danger, 66);
    count("room-late-actions", counts.late_actions, Role::Warn, 50);
    count("room-resources", counts.resources, Role::Warn, 48);
    count("room-suppliers", counts.suppliers, Role::Warn, 47);
    push(paint.say(&Phrase::new("room-held").with("count", room.meetings_held())), Role::Text, 36);
    if let Some((said, role)) = forecast(room, now, paint) {
        push(said, role, 44);
    }
    if let Some((said, role)) = stalest(room, now, paint) {
        push(said, role, 32);
    }
    if let Some((said, role)) = first_notice(room, now, paint) {
        push(said, role, if role == Role::Text { 33 } else { 64 });
    }
    if let Some(handover) = &room.handover {
        push(paint.say(&Phrase::new("room-handover").with("person", handover.to.raw())), Role::Accent, 46);
    }
    if let Some(shift) = room.shifts.iter().filter(|shift| shift.starts_at > now).min_by_key(|shift| shift.starts_at) {
        let said = Phrase::new("room-shift").with("time", shift.starts_at);
        push(paint.say(&said.with("text", shift.who.raw())), Role::Text, 24);
    }
    if let Some(phase) = phase(room) {
        push(paint.say(&Phrase::new("room-phase").with("phase", phase)), Role::Text, 42);
    }
}

/// The phase the incident is in, for a routine that has phases.
fn phase(room: &Room) -> Option<Localised> {
    let (key, _) = room.phases.last()?;
    let phase = room.routine.as_deref()?.phases.iter().find(|phase| phase.key == *key)?;
    Some(phase.label.clone())
}

/// The answer that is a time: how long until then.
fn forecast(room: &Room, now: Moment, paint: &Paint<'_>) -> Option<(String, Role)> {
    if room.state != State::Open {
        return None;
    }
    let question = room.routine.as_deref()?.questions.iter().find(|question| question.takes_time)?;
    let answer = room.answer(&question.key)?;
    let at = answer.time?;
    let minutes = at.since(now).num_minutes();
    let (key, role) = match answer.certainty {
        _ if at <= now => ("room-eta-passed", Role::Danger),
        Certainty::Confirmed => ("room-eta", Role::Text),
        Certainty::Assumed | Certainty::Unknown => ("room-eta-unsure", Role::Text),
    };
    let said = Phrase::new(key).with("time", at).with("span", Arg::Minutes(minutes));
    Some((paint.say(&said.with("certainty", answer.certainty.label())), role))
}

/// How many questions have no answer, else the oldest of the stale answers.
fn stalest(room: &Room, now: Moment, paint: &Paint<'_>) -> Option<(String, Role)> {
    if room.state != State::Open {
        return None;
    }
    let routine = room.routine.as_deref()?;
    let unanswered = routine.questions.iter().filter(|question| room.answer(&question.key).is_none()).count();
    if unanswered > 0 {
        return Some((paint.say(&Phrase::new("room-unanswered").with("count", unanswered)), Role::Warn));
    }
    let stale = routine.questions.iter().filter(|question| room.is_stale(question, now));
    let answers = stale.filter_map(|question| Some((question, room.answer(&question.key)?)));
    let (question, answer) = answers.min_by_key(|(_, answer)| answer.at)?;
    let age = now.since(answer.at).num_minutes();
    let said = Phrase::new("room-stalest").with("question", question.label.clone()).with("span", Arg::Minutes(age));
    Some((paint.say(&said), Role::Warn))
}

fn first_notice(room: &Room, now: Moment, paint: &Paint<'_>) -> Option<(String, Role)> {
    let rule = room.routine.as_deref()?.clocks.iter().find(|rule| rule.met_by == MetBy::FirstNotice);
    if let Some(at) = room.first_notice_at().or_else(|| room.met_at(rule?)) {
        let said = Phrase::new("room-first-notice-sent").with("time", at);
        return Some((paint.say(&said), Role::Text));
    }
    let clock = room.clock_views(now).into_iter().find(|clock| Some(clock.rule) == rule)?;
    let due = clock.due_at.filter(|_| clock.is_running())?;
    let (key, role) =
        if due < now { ("room-first-notice-late", Role::Danger) } else { ("room-first-notice-due", Role::Warn) };
    let said = Phrase::new(key).with("time", due);
    Some((paint.say(&said.with("span", Arg::Minutes(now.since(due).num_minutes()))), role))
}
