//! What is waited for on leaving.

use std::sync::mpsc::Receiver;
use std::time::Instant;

use crate::tui::event_loop::event::LoopEvent;
use crate::tui::terminal::background::ANSWERED_WITHIN;
use crate::tui::terminal::event::TerminalEvent;

/// Waits on leaving for the answer to what was asked at `asked`: the shell would take it for typed. No longer than
/// [`ANSWERED_WITHIN`] after the question.
pub fn wait_for_background(asked: Instant, events: &Receiver<LoopEvent>) {
    let until = asked + ANSWERED_WITHIN;
    while let Ok(event) = events.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if matches!(event, LoopEvent::Terminal(TerminalEvent::Background(_) | TerminalEvent::Ended)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;
    use crate::config::theme::Background;

    #[test]
    fn leaving_waits_for_the_answer_and_no_longer_than_it_may_take() {
        let (sender, events) = channel();
        let asked = Instant::now();
        sender.send(TerminalEvent::Signal(1).into()).expect("the loop listens");
        wait_for_background(asked, &events);
        assert!(asked.elapsed() >= ANSWERED_WITHIN, "nothing came that it waits for: {:?}", asked.elapsed());
        let long_ago = Instant::now() - ANSWERED_WITHIN;
        sender.send(TerminalEvent::Background(Background::Dark).into()).expect("the loop listens");
        wait_for_background(long_ago, &events);
        let hour = Instant::now() + Duration::from_secs(3600);
        sender.send(TerminalEvent::Background(Background::Dark).into()).expect("the loop listens");
        sender.send(TerminalEvent::Signal(1).into()).expect("the loop listens");
        // It would wait for an hour.
        wait_for_background(hour, &events);
        assert!(
            matches!(events.try_recv(), Ok(LoopEvent::Terminal(TerminalEvent::Signal(1)))),
            "the answer ends the wait"
        );
        sender.send(TerminalEvent::Ended.into()).expect("the loop listens");
        wait_for_background(hour, &events);
    }
}
