//! `klock status --tmux`: a segment of tmux's status line, asked for every few seconds and never waited for.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::call::Call;
use super::failure::CommandFailure;
use super::room;
use crate::cli::args::RoomArg;
use crate::client::blocking::BlockingClient;
use crate::client::{ClientOptions, ConnectError, HostTarget};
use crate::config::lang::countdown;
use crate::config::theme::{Depth, Signals};
use crate::domain::clocks::ClockState;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::room::State;
use crate::domain::showable::{cut, showable, width};
use crate::domain::time::Moment;
use crate::wire::message::{Answer, Ask, Health, RoomSummary};

/// How long the host may take. tmux draws the whole status line only when its commands have ended.
const ANSWERED_WITHIN: Duration = Duration::from_millis(200);

/// What tmux itself leaves for `status-right`.
const COLUMNS: usize = 40;

/// A title that would be shorter than this says nothing.
const LEAST_TITLE: usize = 8;

/// Prints the segment: nothing at all when no host runs or nothing is open. Starts no host, and fetches no room's fold.
///
/// # Errors
/// When stdout cannot be written to. A host that is away or frozen is no failure: tmux would show nothing in its place.
pub fn run(call: &mut Call, room: &RoomArg, width: Option<u16>) -> Result<(), CommandFailure> {
    let most = width.map_or(COLUMNS, usize::from);
    let colour = colours(&Signals::read());
    let told = |text: String| vec![Piece::new(text, Style::Warn)];
    let named = room::meant(room);
    let question = if named.is_some() { Ask::Rooms } else { Ask::OpenRooms };
    let pieces = match look(call.options(false), question) {
        Look::Nobody => Vec::new(),
        Look::Silent => told(call.say(&Phrase::new("cli-tmux-silent"))),
        Look::Refused(why) => told(format!("klock: {}", call.say(&why))),
        Look::Rooms { rooms, health } => pieces(rooms, &health, named.as_deref(), call.now(), &call.words),
    };
    match rendered(&pieces, most, colour) {
        segment if segment.is_empty() => Ok(()),
        segment => call.out.line(&segment),
    }
}

/// Whether colours are wanted. What the terminal can show is tmux's to know; `TERM` is not even set for its commands.
fn colours(signals: &Signals) -> bool {
    Signals { term: "tmux-256color".to_owned(), ..signals.clone() }.depth() != Depth::None
}

/// What a look at the host found.
enum Look {
    Nobody,
    Silent,
    Refused(Phrase),
    Rooms { rooms: Vec<RoomSummary>, health: Health },
}

/// Asks on a thread of its own, which ends with the process: a frozen host can hold up even the connecting.
fn look(options: ClientOptions, question: Ask) -> Look {
    if matches!(options.target, HostTarget::Ssh { .. }) {
        // A login on another machine each time that the line is drawn is more than it is worth.
        return Look::Nobody;
    }
    let (found, answer) = channel();
    let ask = move || {
        let look = ask(ClientOptions { patience: Duration::ZERO, ..options }, question);
        // Nobody waits any more when it took too long.
        let _ = found.send(look);
    };
    let started = std::thread::Builder::new().name("klock-look".into()).spawn(ask);
    match started.map(|_| answer.recv_timeout(ANSWERED_WITHIN)) {
        Ok(Ok(look)) => look,
        Ok(Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)) | Err(_) => Look::Silent,
    }
}

fn ask(options: ClientOptions, question: Ask) -> Look {
    let mut client = match BlockingClient::connect(options) {
        Ok(client) => client,
        Err(error @ (ConnectError::Dismissed { .. } | ConnectError::Foreign { .. })) => {
            return Look::Refused(error.phrase());
        }
        // A host runs, and an empty line would read as “nothing is open”.
        Err(ConnectError::Unreachable { .. } | ConnectError::Unanswered { .. }) => return Look::Silent,
        Err(_) => return Look::Nobody,
    };
    let health = client.welcome().health.clone();
    match client.ask(question) {
        Ok(Answer::Rooms(rooms)) => Look::Rooms { rooms, health },
        _ => Look::Silent,
    }
}

/// How a piece stands out. The words say the same: colour is never alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Warn,
    Alarm,
}

impl Style {
    /// As tmux writes it.
    fn tmux(self, colour: bool) -> &'static str {
        match (self, colour) {
            (Style::Plain, _) => "",
            (Style::Warn, true) => "#[fg=black,bg=yellow]",
            (Style::Alarm, true) => "#[fg=white,bg=red,bold]",
            (Style::Warn, false) => "#[bold]",
            (Style::Alarm, false) => "#[reverse,bold]",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    /// Its end, which stays when the text has to be shortened.
    end: String,
    style: Style,
}

impl Piece {
    fn new(text: String, style: Style) -> Self {
        Piece { text, end: String::new(), style }
    }
}

/// Returns what the segment says of the rooms at `now`: the one whose clock falls due first, and how many others are open. `named`: of
/// that room only.
fn pieces(
    mut rooms: Vec<RoomSummary>,
    health: &Health,
    named: Option<&str>,
    now: Moment,
    lexicon: &dyn Lexicon,
) -> Vec<Piece> {
    rooms.retain(|room| named.is_none_or(|name| room.id.as_str() == name));
    let due = |room: &RoomSummary| room.next_clock.as_ref().map_or(i64::MAX, |clock| clock.due_at.millis());
    rooms.sort_by_key(|room| (room.state != State::Open, due(room)));
    let mut pieces = Vec::new();
    let plain = |text: String| Piece::new(text, Style::Plain);
    if health.cannot_save.is_some() {
        pieces.push(Piece::new(lexicon.say(&Phrase::new("cli-tmux-not-saved")), Style::Alarm));
    }
    let Some(room) = rooms.first() else { return pieces };
    pieces.push(plain(room.id.to_string()));
    if room.demo {
        pieces.push(plain("DEMO".to_owned()));
    }
    pieces.extend(room.priority.map(|level| plain(format!("P{level}"))));
    if room.state != State::Open {
        pieces.push(plain(lexicon.say(&room.state.label())));
    }
    if let Some(clock) = &room.next_clock {
        let left = countdown(clock.due_at.since(now));
        let label = clock.label.get(lexicon.lang());
        let style = match clock.state {
            ClockState::Overdue | ClockState::Due => Style::Alarm,
            ClockState::Soon => Style::Warn,
            ClockState::Calm | ClockState::Met | ClockState::Snoozed | ClockState::Stopped => Style::Plain,
        };
        let (text, end) = match style {
            Style::Plain => (label.to_owned(), format!(" {left}")),
            _ => (format!(" {} {label}", lexicon.say(&clock.state.label()).to_uppercase()), format!(" {left} ")),
        };
        pieces.push(Piece { text, end, style });
    }
    if rooms.len() > 1 {
        pieces.push(plain(lexicon.say(&Phrase::new("cli-tmux-others").with("count", rooms.len() - 1))));
    }
    pieces.push(plain(room.title.raw().to_owned()));
    pieces
}

/// The pieces in at most `most` columns, as tmux takes them. The last of several is left out when hardly any of it would fit.
fn rendered(pieces: &[Piece], most: usize, colour: bool) -> String {
    let mut segment = String::new();
    let mut left = most;
    for (nth, piece) in pieces.iter().enumerate() {
        let gap = usize::from(nth > 0);
        let (text, end) = (showable(&piece.text), showable(&piece.end));
        let room = left.saturating_sub(gap);
        let is_title = nth > 0 && nth + 1 == pieces.len();
        if room == 0 || (is_title && width(&text) > room && room < LEAST_TITLE) {
            break;
        }
        let text = cut(&format!("{}{end}", cut(&text, room.saturating_sub(width(&end)))), room);
        left = room.saturating_sub(width(&text));
        let style = piece.style.tmux(colour);
        let plain_again = if style.is_empty() { "" } else { "#[default]" };
        segment.push_str(&" ".repeat(gap));
        segment.push_str(&format!("{style}{}{plain_again}", escaped(&text)));
    }
    segment
}

/// Text that tmux shows as it is. tmux expands once more what a command printed: `##` is how it writes `#`, so that nothing
/// of `#(…)`, `#{…}` and `#[…]` is left to be expanded. A percent sign needs nothing: the time is put in before.
fn escaped(text: &str) -> String {
    text.replace('#', "##")
}
