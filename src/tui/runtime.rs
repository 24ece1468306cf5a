//! The only file of the screen that performs effects: the terminal, the link to the host, the threads, the clock.

mod clipboard;
mod input;
mod printer;
mod terminal;

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use self::input::Press;
use self::terminal::Screen as Tty;
use super::act::lobby::begin;
use super::command;
use super::effect::{Effect, Tag};
use super::ids::Ids;
use super::line::EntryLine;
use super::look::Looks;
use super::model::{Connection, Model, Pane, Routines, Screen, Surroundings};
use super::msg::{Copied, Msg};
use super::outbox::Outbox;
use super::quick;
use super::screens::room::memo::Memo;
use super::update::update;
use super::view::view;
use crate::client;
use crate::client::link::{Link, Update};
use crate::clock::Clock;
use crate::config::contact::Contact;
use crate::config::fault::Fault;
use crate::config::keymap::Keymap;
use crate::config::lang::Words;
use crate::config::layer::Source;
use crate::config::theme::{Background, Choice};
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Lexicon, Phrase};
use crate::wire::message::{Answer, Failure, Health};

/// How long to wait on leaving for what was asked and not answered.
const FAREWELL: Duration = Duration::from_secs(2);

/// What the screen needs to begin.
#[derive(Debug)]
pub struct Options {
    /// How to reach the host, and as whom.
    pub client: client::Options,
    /// A connection that was made before: what makes it may ask the person for a password, as long as the terminal is free.
    pub connection: Option<client::Connection>,
    pub clock: Clock,
    /// The room to go into; none: the lobby, or the only open room.
    pub room: Option<RoomId>,
    /// Stay in the lobby although only one room is open.
    pub stay_in_lobby: bool,
    pub lang: Lang,
    pub theme: Choice,
    /// The files that change single roles of it, the weakest first.
    pub theme_layers: Vec<Source>,
    pub keymap: Keymap,
    pub routines: Routines,
    /// The people to call on (P41, P42): completed after `@`, and a list on the screen.
    pub contacts: Vec<Contact>,
    /// Ring the terminal's bell at a clock's warnings.
    pub bell: bool,
    /// The person's own settings file, to name it.
    pub settings_file: String,
    /// What was wrong in the person's files; said once, on the screen.
    pub faults: Vec<Fault>,
    /// How a room begins when it is entered: this pane, and whether it fills the screen.
    pub first_pane: Option<(Pane, bool)>,
    /// Show nothing but a line for one quick note, and leave when it is recorded.
    pub quick: bool,
}

/// Why the screen ended without the person's wish. Each is a sentence for them.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// The room that was asked for is not there.
    #[error("there is no such room: {0:?}")]
    NoSuchRoom(Phrase),
    /// The host could not be reached for the room that was asked for, or does not want this client.
    #[error("the host cannot be reached: {0:?}")]
    NoHost(Phrase),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// What wakes the loop.
enum Event {
    Input(crossterm::event::Event, Instant),
    /// What the terminal says of its background when it is asked.
    Background(Background),
    /// Nothing more will be typed: the terminal is gone.
    InputEnded,
    Link(Update),
    /// A text that was to be copied is where it is.
    Copied(Copied),
    Signal(i32),
}

/// Shows the screen until the person leaves or the terminal goes away. The room lives on.
///
/// # Errors
/// See [`Ended`].
pub fn run(mut options: Options) -> Result<(), Ended> {
    share_one_heap();
    let (sender, events) = channel();
    let told = terminal::told_background();
    let Options { client, clock, bell, .. } = &options;
    let (client, clock, bell) = (client.clone(), clock.clone(), *bell);
    let connection = options.connection.take();
    // The host is sought, and makes the room ready, while the first frame is drawn; that waits for nothing.
    let to_loop = sender.clone();
    let tell = move |update| drop(to_loop.send(Event::Link(update)));
    let link = match connection {
        Some(connection) => Link::start_on(connection, client, tell),
        None => Link::start(client, tell),
    };
    let link = link.context("the link to the host cannot be started")?;
    let model = model_of(options, told.unwrap_or_default());
    let asks_background = told.is_none() && model.looks.depend_on_background();
    let tty = Tty::enter().context("the terminal cannot be taken over")?;
    let mut running = Running {
        tty,
        memo: Memo::default(),
        model,
        link,
        sender: sender.clone(),
        asked: HashMap::new(),
        clock,
        bell,
        title: String::new(),
        leaving: None,
    };
    let first = begin(&running.model);
    running.perform(first)?;
    running.draw()?;
    watch_signals(sender.clone()).context("signals cannot be watched")?;
    input::start(sender, asks_background).context("the keyboard cannot be read")?;
    let ended = running.live(&events);
    if ended.is_err() {
        // A terminal that is gone may show only in that it takes nothing more: what was typed is kept all the same.
        let _ = running.leave_quietly();
    }
    let farewell = running.farewell();
    let Running { tty, link, model, .. } = running;
    tty.leave(farewell.as_deref());
    let answered = link.finish(FAREWELL);
    if !answered || model.outbox.holds() {
        terminal::say_after(&unsaved(&model, answered));
    }
    ended
}

/// What a host that did not answer may not have, or could not save: it stands in the shell, so that it can be taken from there.
fn unsaved(model: &Model, answered: bool) -> Vec<String> {
    let texts = model.unsaved();
    if texts.is_empty() {
        return texts;
    }
    let head = model.words.tell(if answered { "farewell-held" } else { "farewell-unsaved" }).into_owned();
    std::iter::once(head).chain(texts).collect()
}

/// One heap for all threads of the screen, which wait most of the time: each heap more keeps memory to itself, and grows by a
/// call of the system for every page.
fn share_one_heap() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it sets a number inside the allocator, which may be done at any time.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

fn model_of(options: Options, background: Background) -> Model {
    let looks = Looks::new(options.theme, options.theme_layers, terminal::depth(), background);
    let (columns, rows) = terminal::size();
    let now = options.clock.now();
    let mut model = Model {
        around: Surroundings {
            columns,
            rows,
            now,
            zone: options.clock.zone(),
            connection: Connection::Connecting,
            me: None,
            read_only: false,
            health: Health::default(),
            screen: Screen::Lobby,
            rooms: None,
            alarms: Vec::new(),
            toast: None,
        },
        view: None,
        lobby: options.room.clone(),
        shows_past: false,
        line: EntryLine::default(),
        outbox: Outbox::default(),
        overlays: Vec::new(),
        pending_keys: Vec::new(),
        keymap: options.keymap,
        theme: looks.theme(),
        looks,
        words: Words::new(options.lang),
        routines: options.routines,
        contacts: options.contacts,
        ids: Ids::new(ulid::Ulid::new().random() ^ u128::from(std::process::id()) << 96),
        wanted: options.room,
        stay_in_lobby: options.stay_in_lobby,
        rung: BTreeMap::new(),
        settings_file: options.settings_file,
        came_from: None,
        looking: true,
        pressed_at: now,
        rooms_asked_at: None,
        first_pane: options.first_pane,
        quick: None,
    };
    if options.quick {
        quick::begin(&mut model);
    } else if let Some(first) = options.faults.first() {
        let phrase = Phrase::new("toast-faults").with("count", options.faults.len()).with("first", first.to_string());
        model.say(phrase, super::model::Tone::Bad);
    }
    model
}

/// The screen while it is up.
struct Running {
    tty: Tty,
    memo: Memo,
    model: Model,
    link: Link,
    /// For what is done meanwhile and tells the loop when it is done.
    sender: Sender<Event>,
    /// What each question was for.
    asked: HashMap<u64, Tag>,
    clock: Clock,
    bell: bool,
    title: String,
    /// Set when it is time to leave, and why when it is not the person's wish.
    leaving: Option<Result<(), Ended>>,
}

impl Running {
    fn live(&mut self, events: &Receiver<Event>) -> Result<(), Ended> {
        let mut next_tick = Instant::now() + Duration::from_secs(1);
        loop {
            let mut batch = Vec::new();
            match events.recv_timeout(next_tick.saturating_duration_since(Instant::now())) {
                Ok(event) => batch.push(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            // Everything that is there is taken before anything is drawn: a burst costs one frame.
            batch.extend(events.try_iter());
            let mut changed = !batch.is_empty();
            self.take(batch)?;
            if Instant::now() >= next_tick {
                next_tick = Instant::now() + self.to_next_second();
                let now = self.clock.now();
                if !self.tty.is_there() {
                    self.leave_quietly()?;
                }
                self.step(Msg::Tick { now })?;
                changed = true;
            }
            if let Some(ended) = self.leaving.take() {
                return ended;
            }
            if changed {
                self.draw()?;
            }
        }
    }

    /// The clock on the screen turns when the second does.
    fn to_next_second(&self) -> Duration {
        let millis = u64::try_from(self.clock.now().millis().rem_euclid(1000)).unwrap_or(0);
        Duration::from_millis(1000 - millis)
    }

    fn take(&mut self, batch: Vec<Event>) -> anyhow::Result<()> {
        let mut pressed = Vec::new();
        for event in batch {
            match event {
                Event::Input(event, at) => pressed.push((event, at)),
                other => {
                    self.presses(std::mem::take(&mut pressed))?;
                    self.other(other)?;
                }
            }
            if self.leaving.is_some() {
                return Ok(());
            }
        }
        self.presses(pressed)
    }

    fn presses(&mut self, pressed: Vec<(crossterm::event::Event, Instant)>) -> anyhow::Result<()> {
        for press in input::gather(pressed, || command::modes(&self.model).first().is_some_and(|m| m.takes_text())) {
            let at = self.clock.now();
            match press {
                Press::Key(key) => self.step(Msg::Key { key, at })?,
                Press::Paste(text) => self.step(Msg::Paste { text, at })?,
                Press::Size(columns, rows) => self.resize((columns, rows))?,
                Press::Focus(here) => self.step(Msg::Focus(here))?,
            }
        }
        Ok(())
    }

    fn other(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Link(update) => self.linked(update),
            Event::Copied(copied) => self.step(Msg::Copied(copied)),
            Event::Background(background) => {
                self.model.looks.background = background;
                self.model.theme = self.model.looks.theme();
                Ok(())
            }
            Event::InputEnded => {
                self.leave_quietly()?;
                Ok(())
            }
            Event::Signal(signal) => match signal {
                signal_hook::consts::SIGTSTP => self.suspend(),
                signal_hook::consts::SIGCONT => self.tty.resume().map_err(Into::into),
                _ => self.leave_quietly(),
            },
            Event::Input(..) => Ok(()),
        }
    }

    /// Leaves without a question: what is typed is kept as a draft.
    fn leave_quietly(&mut self) -> anyhow::Result<()> {
        let effects = super::act::program::quit(&mut self.model);
        self.perform(effects)
    }

    fn linked(&mut self, update: Update) -> anyhow::Result<()> {
        // A popup that closes takes its reason along, and what is typed.
        let quick = self.model.quick.is_some();
        let msg = match update {
            Update::Connected(welcome) => Msg::Connected(welcome),
            Update::Lost { why: Some(why) } if self.is_still_wanted() && self.model.around.me.is_none() && !quick => {
                self.leaving = Some(Err(Ended::NoHost(why)));
                return Ok(());
            }
            Update::Lost { why } => Msg::Lost { why: why.unwrap_or(Phrase::new("connection-lost")) },
            Update::Silent { since } => {
                let passed = chrono::Duration::from_std(since.elapsed()).unwrap_or_default();
                Msg::Silent { since: self.clock.now().plus(-passed) }
            }
            Update::Heard => Msg::Heard,
            Update::Answer { ask, answer } => match (self.asked.remove(&ask), answer.as_ref()) {
                (Some(Tag::Attach(_)), Err(failure @ Failure::NoSuchRoom(_))) if self.is_still_wanted() && !quick => {
                    self.leaving = Some(Err(Ended::NoSuchRoom(failure.phrase())));
                    return Ok(());
                }
                (Some(tag), found) => {
                    if let Ok(Answer::You(me)) = found {
                        self.link.rename(&me.name, me.sure);
                    }
                    Msg::Answered { tag, answer }
                }
                (None, _) => return Ok(()),
            },
            Update::Resynced { room, answer } => Msg::Answered { tag: Tag::Attach(room), answer },
            Update::Said(said) => Msg::Host(said),
            Update::Dismissed { why } if quick => {
                self.model.say(why.clone(), super::model::Tone::Bad);
                Msg::Lost { why }
            }
            Update::Dismissed { why } => {
                self.leaving = Some(Err(Ended::NoHost(why)));
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
                Effect::Ask { tag, what } => {
                    self.asked.insert(self.link.ask(what), tag);
                }
                Effect::Bell if self.bell => self.tty.ring()?,
                Effect::Bell => {}
                Effect::Title(title) => {
                    if title != self.title {
                        self.tty.title(&title)?;
                        self.title = title;
                    }
                }
                Effect::Copy(text) => self.copy(text)?,
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
        self.tty.resume()?;
        self.resize(terminal::size())
    }

    fn resize(&mut self, (columns, rows): (u16, u16)) -> anyhow::Result<()> {
        self.tty.resize((columns, rows));
        self.step(Msg::Size { columns, rows })
    }

    /// Through tmux inside of it, which may take its time; else by the terminal's escape sequence.
    fn copy(&mut self, text: String) -> anyhow::Result<()> {
        if clipboard::is_in_tmux() {
            let sender = self.sender.clone();
            let work = move || drop(sender.send(Event::Copied(clipboard::through_tmux(&text))));
            std::thread::Builder::new().name("klock-copy".into()).spawn(work)?;
            return Ok(());
        }
        let copied = if self.tty.copy(&text).is_ok() { Copied::Terminal } else { Copied::Failed };
        self.step(Msg::Copied(copied))
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let Running { tty, model, memo, .. } = self;
        let drawn = tty.terminal().draw(|frame| view(model, memo, frame)).map(drop);
        drawn.context("the terminal does not take what is drawn")
    }

    /// What stands in the shell afterwards: that the room lives on, and how to come back.
    fn farewell(&self) -> Option<String> {
        let view = self.model.view.as_ref().filter(|view| view.room.state == crate::domain::room::State::Open)?;
        if self.model.quick.is_some() {
            return None;
        }
        let phrase = Phrase::new("farewell").with("room", view.room.id.to_string());
        Some(self.model.words.say(&phrase))
    }
}

/// A thread that waits for signals and passes them on.
fn watch_signals(sender: Sender<Event>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    std::thread::Builder::new().name("klock-signals".into()).stack_size(128 << 10).spawn(move || {
        for signal in signals.forever() {
            if sender.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}
