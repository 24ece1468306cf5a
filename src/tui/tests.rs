//! Keys in, screen out: the whole screen over a host in memory that decides and folds as the real one does.

use std::cell::Cell;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use self::host::FakeHost;
use super::theme::{Role, Theme};
use crate::config::keymap::Keymap;
use crate::config::lang::Words;
use crate::config::routine;
use crate::config::theme::{Background, Choice, Depth};
use crate::domain::phrase::Lang;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::environment::{Connection, Environment, Screen as Shown};
use crate::tui::app::ids::Ids;
use crate::tui::app::model::Model;
use crate::tui::app::msg::Msg;
use crate::tui::app::pending::PendingIntents;
use crate::tui::app::press::{PastePart, Press};
use crate::tui::app::update::update;
use crate::tui::app::view::view;
use crate::tui::command::table;
use crate::tui::entry_line;
use crate::tui::entry_line::state::EntryLine;
use crate::tui::incident::routines::LazyRoutines;
use crate::tui::program::appearance::Appearance;
use crate::tui::room::draw_cache::DrawCache;
use crate::wire::message::{Ask, Failure, Health, PROTOCOL, Welcome};

mod alarm;
mod away;
mod disk;
mod host;
mod incident;
mod look_on;
mod not_now;
mod paste;
mod quick;
mod size;
mod times;
mod together;
mod typing;

/// The moment at which every test begins.
pub fn start() -> Moment {
    Moment::parse("2026-11-21T14:47:02+01:00").expect("a moment")
}

/// A screen, its host, and the time.
pub struct Screen {
    pub model: Model,
    pub host: FakeHost,
    pub now: Moment,
    /// What was wished for besides asking the host.
    /// What the host could not save and the client has parked.
    pub parked: Vec<(Tag, Ask)>,
    pub effects: Vec<Effect>,
    terminal: Terminal<TestBackend>,
    /// As the program has one: nothing remembered may be shown in place of what has changed.
    cache: DrawCache,
}

impl Screen {
    /// An empty lobby, connected.
    pub fn new(columns: u16, rows: u16) -> Self {
        let mut screen = Screen::before(columns, rows);
        screen.connect();
        screen
    }

    /// The same, before the host has answered.
    pub fn before(columns: u16, rows: u16) -> Self {
        let now = start();
        let model = Model {
            environment: Environment {
                columns,
                rows,
                now,
                zone: Zone::named("Europe/Stockholm").expect("a zone"),
                connection: Connection::Connecting,
                me: None,
                read_only: false,
                reading_door: false,
                health: Health::default(),
                screen: Shown::Lobby,
                rooms: None,
                alarms: Vec::new(),
                toast: None,
            },
            view: None,
            lobby: None,
            shows_past: false,
            line: EntryLine::default(),
            pending: PendingIntents::default(),
            overlays: Vec::new(),
            contacts: Vec::new(),
            pending_keys: Vec::new(),
            keymap: Keymap::builtin(&table::ids()),
            theme: Theme::plain(),
            appearance: Appearance::new(Choice::Dark, Vec::new(), Depth::Ansi16, Background::Dark),
            words: Words::new(Lang::En, Zone::named("Europe/Stockholm").expect("a zone")),
            routines: LazyRoutines::new(Box::new(|| routine::builtin().to_vec())),
            ids: Ids::new(seed()),
            wanted: None,
            stay_in_lobby: false,
            rung: std::collections::BTreeMap::new(),
            settings_file: "settings.toml".into(),
            came_from: None,
            looking: true,
            pressed_at: now,
            rooms_asked_at: None,
            first_pane: None,
            log_screen: None,
        };
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test backend never fails");
        Screen {
            model,
            host: FakeHost::new(now),
            now,
            parked: Vec::new(),
            effects: Vec::new(),
            terminal,
            cache: DrawCache::default(),
        }
    }

    /// In a room of a card-payment incident, declared by keys.
    pub fn in_room(columns: u16, rows: u16) -> Self {
        let mut screen = Screen::new(columns, rows);
        screen.keys("DCard payments down<enter><enter><enter>");
        assert!(screen.model.room_view().is_some(), "declaring leads into the room:\n{}", screen.text());
        screen
    }

    /// The host says welcome.
    pub fn connect(&mut self) {
        self.welcome(false);
    }

    /// The host says welcome; `read_only`: to somebody who only looks on.
    pub fn welcome(&mut self, read_only: bool) {
        self.welcome_at(read_only, false);
    }

    /// The same at a door; `reading_door`: at one that lets nobody write.
    pub fn welcome_at(&mut self, read_only: bool, reading_door: bool) {
        let (you, health) = (self.host.me.clone(), Health::default());
        let version = "0.1.0".into();
        let welcome = Welcome { protocol: PROTOCOL, version, pid: 1, you, read_only, reading_door, health };
        self.send(Msg::Connected(welcome));
    }

    /// Takes a message in and does what is wished, until nothing more is.
    pub fn send(&mut self, msg: Msg) {
        let mut waiting = vec![msg];
        while let Some(msg) = waiting.pop() {
            for effect in update(&mut self.model, msg) {
                match effect {
                    Effect::Ask { tag, what } if tag.is_for_record() && !self.parked.is_empty() => {
                        self.parked.push((tag, what));
                    }
                    Effect::Ask { tag, what } => waiting.extend(self.ask(tag, what)),
                    Effect::Resume => {
                        for (tag, what) in std::mem::take(&mut self.parked) {
                            waiting.extend(self.ask(tag, what));
                        }
                    }
                    other => self.effects.push(other),
                }
            }
        }
    }

    /// Asks the host as the client does: what it cannot save is parked.
    fn ask(&mut self, tag: Tag, what: Ask) -> Vec<Msg> {
        let may_park = tag.is_for_record().then(|| (tag.clone(), what.clone()));
        let msgs = self.host.ask(tag, what, self.now);
        let is_unsaved =
            |msg: &Msg| matches!(msg, Msg::Answered { answer, .. } if matches!(**answer, Err(Failure::CannotSave(_))));
        self.parked.extend(may_park.filter(|_| msgs.iter().any(is_unsaved)));
        msgs
    }

    /// Presses keys: characters as they are, `<enter>`, `<esc>`, `<c-s>`, `<a-enter>` by name.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            let at = self.now;
            self.send(Msg::Press { press: Press::Key(key), at });
        }
        entry_line::actions::catch_up(&mut self.model);
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        let at = self.now;
        self.send(Msg::Press { press: Press::Paste { text: text.into(), part: PastePart::First }, at });
        self
    }

    /// Time passes; the clocks ring as the host would ring them.
    pub fn pass(&mut self, minutes: i64) -> &mut Self {
        self.now = self.now.plus_minutes(minutes);
        for msg in self.host.ring(self.now) {
            self.send(msg);
        }
        let now = self.now;
        self.send(Msg::Tick { now });
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal.backend_mut().resize(columns, rows);
        self.send(Msg::Size { columns, rows });
        self
    }

    /// What is on the screen, one line a row.
    pub fn text(&mut self) -> String {
        entry_line::actions::catch_up(&mut self.model);
        self.terminal.draw(|frame| view(&self.model, &mut self.cache, frame)).expect("a test backend never fails");
        let buffer = self.terminal.backend().buffer();
        let row = |y| {
            let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The roles beside the text: one letter for each style in each cell, and what the letters mean.
    pub fn styles(&mut self) -> String {
        self.text();
        let buffer = self.terminal.backend().buffer();
        let mut legend: Vec<(ratatui::style::Style, char)> = Vec::new();
        let mut grid = String::new();
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                let style = buffer[(x, y)].style();
                let known = legend.iter().find(|(known, _)| *known == style).map(|(_, letter)| *letter);
                let letter = known.unwrap_or_else(|| {
                    let next = u8::try_from(legend.len() % 26).map_or('?', |n| char::from(b'a' + n));
                    legend.push((style, next));
                    next
                });
                grid.push(letter);
            }
            grid.push('\n');
        }
        let plain = ratatui::style::Style::reset();
        let names = legend.iter().map(|(style, letter)| {
            let fits = |role: &&Role| plain.patch(self.model.theme.style(**role)) == plain.patch(*style);
            let roles: Vec<&str> = Role::ALL.iter().filter(fits).map(|role| role.name()).collect();
            format!("{letter} = {}", if roles.is_empty() { "(mixed)".to_owned() } else { roles.join(" ") })
        });
        format!("{grid}{}", names.collect::<Vec<_>>().join("\n"))
    }

    /// Presses `keys` and compares the screen with the picture `name`.
    pub fn check(&mut self, name: &str, keys: &str) -> &mut Self {
        self.keys(keys);
        insta::assert_snapshot!(name, self.text());
        self
    }

    /// The screen says `what`.
    #[track_caller]
    pub fn says(&mut self, what: &str) -> &mut Self {
        let text = self.text();
        assert!(text.contains(what), "the screen does not say {what:?}:\n{text}");
        self
    }

    /// The screen does not say `what`.
    #[track_caller]
    pub fn does_not_say(&mut self, what: &str) -> &mut Self {
        let text = self.text();
        assert!(!text.contains(what), "the screen says {what:?}:\n{text}");
        self
    }
}

/// A seed that no other screen of the test has.
fn seed() -> u128 {
    thread_local!(static LAST: Cell<u128> = const { Cell::new(0) });
    LAST.set(LAST.get() + 1);
    LAST.get()
}

fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut parsed = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'))
            && let Some(key) = named(name)
        {
            parsed.push(key);
            rest = after;
            continue;
        }
        parsed.push(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        rest = &rest[c.len_utf8()..];
    }
    parsed
}

fn named(name: &str) -> Option<KeyEvent> {
    if let Some(name) = name.strip_prefix("c-") {
        let code = named(name).map(|key| key.code).or_else(|| name.chars().next().map(KeyCode::Char))?;
        return Some(KeyEvent::new(code, KeyModifiers::CONTROL));
    }
    if let Some(name) = name.strip_prefix("a-") {
        let code = named(name).map(|key| key.code).or_else(|| name.chars().next().map(KeyCode::Char))?;
        return Some(KeyEvent::new(code, KeyModifiers::ALT));
    }
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "bs" => KeyCode::Backspace,
        "space" => KeyCode::Char(' '),
        _ => return None,
    };
    Some(KeyEvent::new(code, KeyModifiers::NONE))
}
