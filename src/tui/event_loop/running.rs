//! The screen while it is up: what happens becomes messages, and the effects that follow are performed.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::client::reconnecting::{ReconnectingClient, Update};
use crate::clock::Clock;
use crate::config::keymap::Mode;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::tui::app::effect::{Clip, Effect, Tag};
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::app::msg::{Copied, Msg};
use crate::tui::app::press::Press;
use crate::tui::app::update::update;
use crate::tui::app::view::view;
use crate::tui::command::keys::{self, KeyReach};
use crate::tui::command::modes;
use crate::tui::event_loop::event::LoopEvent;
use crate::tui::event_loop::farewell::wait_for_background;
use crate::tui::event_loop::options::ScreenEnd;
use crate::tui::lobby::actions::begin;
use crate::tui::room::draw_cache::DrawCache;
use crate::tui::terminal::burst::{self, Burst, TypingPlace};
use crate::tui::terminal::clipboard;
use crate::tui::terminal::event::TerminalEvent;
use crate::tui::terminal::input::Answered;
use crate::tui::terminal::screen::{self, Tty};
use crate::tui::{entry_line, program};
use crate::wire::message::{Answer, Failure};

/// The screen is drawn after so long, even while there is more to be taken in. Short enough to be seen as movement, and long
/// enough that drawing costs little of it.
const LONGEST_WITHOUT_FRAME: Duration = Duration::from_millis(100);

/// The screen while it is up.
pub struct Running {
    pub tty: Tty,
    pub model: Model,
    pub link: ReconnectingClient<Tag>,
    cache: DrawCache,
    /// For what is done meanwhile and tells the loop when it is done.
    sender: Sender<LoopEvent>,
    /// What was typed and is not done yet.
    presses: VecDeque<Press>,
    /// How many bursts were taken in.
    bursts: u64,
    /// What the key of the last burst did, when that was one key alone.
    alone: Option<KeyReach>,
    pub answered: Answered,
    clock: Clock,
    bell: bool,
    title: String,
    /// When the terminal was asked for its background. `None` when it was not asked, or has answered.
    background_asked: Option<Instant>,
    /// Set when it is time to leave, and why when it is not the person's wish.
    leaving: Option<Result<(), ScreenEnd>>,
}

impl Running {
    /// A screen on `tty` that shows `model`. `bell`: whether it may ring. `background_asked`: when the terminal was asked for
    /// its background.
    pub fn new(
        tty: Tty,
        model: Model,
        link: ReconnectingClient<Tag>,
        sender: Sender<LoopEvent>,
        clock: Clock,
        bell: bool,
        background_asked: Option<Instant>,
    ) -> Self {
        let (cache, title) = (DrawCache::default(), String::new());
        Running {
            tty,
            model,
            link,
            cache,
            sender,
            presses: VecDeque::new(),
            bursts: 0,
            alone: None,
            answered: Answered::default(),
            clock,
            bell,
            title,
            background_asked,
            leaving: None,
        }
    }

    /// Asks for the room that is wanted, and draws the first frame.
    pub fn begin(&mut self) -> anyhow::Result<()> {
        let first = begin(&self.model);
        self.perform(first)?;
        self.draw()
    }

    /// Until it is time to leave.
    pub fn live(&mut self, events: &Receiver<LoopEvent>) -> Result<(), ScreenEnd> {
        let mut next_tick = Instant::now() + Duration::from_secs(1);
        let mut waiting = VecDeque::new();
        loop {
            if waiting.is_empty() && self.presses.is_empty() {
                match events.recv_timeout(next_tick.saturating_duration_since(Instant::now())) {
                    Ok(event) => waiting.push_back(event),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
            }
            // Everything that is there is taken in before anything is drawn, as far as that does not take long.
            waiting.extend(events.try_iter());
            let mut changed = !waiting.is_empty() || !self.presses.is_empty();
            self.take(&mut waiting)?;
            if Instant::now() >= next_tick {
                next_tick = Instant::now() + self.to_next_second();
                let now = self.clock.now();
                self.step(Msg::Tick { now })?;
                self.link.check_host_process();
                changed = true;
            }
            if let Some(ended) = self.leaving.take() {
                return ended;
            }
            if changed {
                self.draw()?;
            }
            if self.presses.is_empty() {
                self.answered.set(self.bursts);
            }
        }
    }

    /// The clock on the screen turns when the second does.
    fn to_next_second(&self) -> Duration {
        let millis = u64::try_from(self.clock.now().millis().rem_euclid(1000)).unwrap_or(0);
        Duration::from_millis(1000 - millis)
    }

    /// Takes in what is `waiting`, in order, until it is time for a frame or to leave.
    fn take(&mut self, waiting: &mut VecDeque<LoopEvent>) -> anyhow::Result<()> {
        let until = Instant::now() + LONGEST_WITHOUT_FRAME;
        while self.leaving.is_none() {
            match self.presses.pop_front() {
                Some(press) => self.press(press)?,
                None => match waiting.pop_front() {
                    Some(LoopEvent::Terminal(event)) => self.hear_terminal(event)?,
                    Some(LoopEvent::Link(update)) => self.linked(update)?,
                    Some(LoopEvent::Copied(copied)) => self.step(Msg::Copied(copied))?,
                    None => return Ok(()),
                },
            }
            if Instant::now() >= until {
                return Ok(());
            }
        }
        Ok(())
    }

    fn begin_burst(&mut self, burst: Burst) {
        self.bursts += 1;
        let presses = burst::presses(burst, self.place(), self.alone, |key| keys::reach(&self.model, key));
        self.alone = match presses.as_slice() {
            [Press::Key(key)] => Some(keys::reach(&self.model, *key)),
            _ => None,
        };
        self.presses.extend(presses);
    }

    /// Where what is typed goes now.
    fn place(&self) -> TypingPlace {
        match modes::modes(&self.model).first() {
            Some(Mode::Entry) => TypingPlace::Line,
            Some(mode) if mode.takes_text() => TypingPlace::Field,
            _ => TypingPlace::Commands,
        }
    }

    fn press(&mut self, press: Press) -> anyhow::Result<()> {
        let typed = self.place() != TypingPlace::Commands;
        let at = self.clock.now();
        self.step(Msg::Press { press, at })?;
        if typed && !self.presses.is_empty() && self.place() == TypingPlace::Commands {
            let rest = std::mem::take(&mut self.presses);
            self.presses = burst::rest_as_paste(rest).into();
        }
        Ok(())
    }

    fn hear_terminal(&mut self, event: TerminalEvent) -> anyhow::Result<()> {
        match event {
            TerminalEvent::Background(background) => {
                self.background_asked = None;
                self.model.appearance.background = background;
                self.model.theme = self.model.appearance.theme();
                Ok(())
            }
            TerminalEvent::PasteStalls { letters } => self.step(Msg::PasteStalls { letters }),
            TerminalEvent::Ended => {
                self.leave_quietly()?;
                Ok(())
            }
            TerminalEvent::Signal(signal) => match signal {
                signal_hook::consts::SIGTSTP => self.suspend(),
                signal_hook::consts::SIGCONT => self.resume(),
                signal_hook::consts::SIGWINCH => {
                    // Small and large again within a moment, it has the size that it had, and has lost what it showed.
                    self.tty.blank()?;
                    self.resize(screen::size())
                }
                _ => self.leave_quietly(),
            },
            TerminalEvent::Keys(burst) => {
                self.begin_burst(burst);
                Ok(())
            }
        }
    }

    /// Leaves without a question: what is typed is kept as a draft.
    pub fn leave_quietly(&mut self) -> anyhow::Result<()> {
        let effects = program::actions::quit(&mut self.model);
        self.perform(effects)
    }

    fn linked(&mut self, update: Update<Tag>) -> anyhow::Result<()> {
        // A popup that closes takes its reason along, and what is typed.
        let quick = self.model.log_screen.is_some();
        let msg = match update {
            Update::Connected(welcome) => Msg::Connected(welcome),
            Update::Lost { why: Some(why) }
                if self.is_still_wanted() && self.model.environment.me.is_none() && !quick =>
            {
                self.leaving = Some(Err(ScreenEnd::NoHost(why)));
                return Ok(());
            }
            Update::Lost { why } => Msg::Lost { why: why.unwrap_or(Phrase::new("connection-lost")) },
            Update::Silent { since } => {
                let passed = chrono::Duration::from_std(since.elapsed()).unwrap_or_default();
                Msg::Silent { since: self.clock.now().plus(-passed) }
            }
            Update::Heard => Msg::Heard,
            Update::Answer { context: tag, answer, .. } => match (&tag, answer.as_ref()) {
                (Tag::Attach(_), Err(failure @ Failure::NoSuchRoom(_))) if self.is_still_wanted() && !quick => {
                    self.leaving = Some(Err(ScreenEnd::NoSuchRoom(failure.phrase())));
                    return Ok(());
                }
                (_, found) => {
                    if let Ok(Answer::You(me)) = found {
                        self.link.rename(&me.name, me.sure);
                    }
                    Msg::Answered { tag, answer }
                }
            },
            Update::Parked { context: tag, why, .. } => {
                Msg::Answered { tag, answer: Box::new(Err(Failure::CannotSave(why))) }
            }
            Update::Resynced { room, answer } => Msg::Answered { tag: Tag::Attach(room), answer },
            Update::Said(said) => Msg::Host(said),
            Update::Dismissed { why } if quick => {
                self.model.say(why.clone(), Tone::Bad);
                Msg::Lost { why }
            }
            Update::Dismissed { why } => {
                self.leaving = Some(Err(ScreenEnd::NoHost(why)));
                return Ok(());
            }
        };
        self.step(msg)
    }

    /// Whether the room that was asked for on the command line has not come yet: without it there is nothing to stay for.
    fn is_still_wanted(&self) -> bool {
        self.model.wanted.is_some()
    }

    fn step(&mut self, msg: Msg) -> anyhow::Result<()> {
        let effects = update(&mut self.model, msg);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<()> {
        for effect in effects {
            match effect {
                Effect::Ask { tag, what } if tag.is_for_record() => drop(self.link.ask_in_order(what, tag)),
                Effect::Ask { tag, what } => drop(self.link.ask_as(what, tag)),
                Effect::Resume => self.link.resume(),
                Effect::Bell if self.bell => self.tty.ring()?,
                Effect::Bell => {}
                Effect::Title(title) => {
                    if title != self.title {
                        self.tty.title(&title)?;
                        self.title = title;
                    }
                }
                Effect::Copy(clip) => self.copy(clip)?,
                Effect::Redraw => self.tty.blank()?,
                Effect::Suspend => self.suspend()?,
                Effect::Quit => self.leaving = Some(Ok(())),
            }
        }
        Ok(())
    }

    /// Stops as Ctrl-Z asks; the terminal is the shell's meanwhile, and taken over again afterwards.
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.tty.pause()?;
        signal_hook::low_level::raise(signal_hook::consts::SIGSTOP)?;
        self.resume()
    }

    /// Takes the terminal over again after the process was stopped, by itself or by another: it may have another mode and
    /// another size.
    fn resume(&mut self) -> anyhow::Result<()> {
        self.tty.resume()?;
        self.resize(screen::size())
    }

    /// Takes over the size that the terminal got before its changes were watched: tmux splits a window that has just begun.
    pub fn look_at_size(&mut self) -> anyhow::Result<()> {
        let size = screen::size();
        if size == (self.model.environment.columns, self.model.environment.rows) {
            return Ok(());
        }
        self.resize(size)?;
        self.draw()
    }

    fn resize(&mut self, (columns, rows): (u16, u16)) -> anyhow::Result<()> {
        self.tty.resize((columns, rows));
        self.step(Msg::Size { columns, rows })
    }

    /// Through tmux inside of it, which may take its time; else by the terminal's escape sequence.
    fn copy(&mut self, clip: Clip) -> anyhow::Result<()> {
        if clipboard::is_in_tmux() {
            let sender = self.sender.clone();
            let work = move || drop(sender.send(LoopEvent::Copied(clipboard::through_tmux(&clip))));
            std::thread::Builder::new().name("klock-copy".into()).spawn(work)?;
            return Ok(());
        }
        let copied = if self.tty.copy(&clip).is_ok() { Copied::Terminal } else { Copied::Failed };
        self.step(Msg::Copied(copied))
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        entry_line::actions::catch_up(&mut self.model);
        let Running { tty, model, cache, .. } = self;
        let drawn = tty.terminal().draw(|frame| view(model, cache, frame)).map(drop);
        drawn.context("the terminal does not take what is drawn")
    }

    /// Waits a moment for what the terminal was asked and has not answered.
    pub fn hear_background(&self, events: &Receiver<LoopEvent>) {
        if let Some(asked) = self.background_asked {
            wait_for_background(asked, events);
        }
    }

    /// What stands in the shell afterwards: that the room lives on, and how to come back.
    pub fn farewell(&self) -> Option<String> {
        let view = self.model.view.as_ref().filter(|view| view.room.state == crate::domain::room::State::Open)?;
        if self.model.log_screen.is_some() {
            return None;
        }
        let phrase = Phrase::new("farewell").with("room", view.room.id.to_string());
        Some(self.model.words.say(&phrase))
    }
}
