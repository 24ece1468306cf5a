//! The only file of the screen that performs effects: the terminal, the link to the host, the threads, the clock.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::allocator;
use crate::client;
use crate::client::reconnecting::{ReconnectingClient, Update};
use crate::domain::id::RoomId;
use crate::domain::phrase::Lexicon as _;
use crate::tui::app::effect::Tag;
use crate::tui::app::environment::Connection;
use crate::tui::app::model::Model;
use crate::tui::drafts::text;
use crate::tui::event_loop::event::LoopEvent;
use crate::tui::event_loop::options::{ScreenEnd, ScreenOptions};
use crate::tui::event_loop::running::Running;
use crate::tui::event_loop::start::model_of;
use crate::tui::terminal::screen::{self, Tty};
use crate::tui::terminal::{input, signal};
use crate::wire::due::{Due, Ending};
use crate::wire::message::{Answer, Ask};

/// How long to wait on leaving for what was asked and not answered.
const FAREWELL: Duration = Duration::from_secs(2);

/// How long an answer that was given may take from one thread to another.
const ANSWER_ON_ITS_WAY: Duration = Duration::from_millis(200);

/// The way to the host of a screen that is about to be shown: it is sought, and makes the room ready, while everything else
/// that the first frame needs is read and drawn.
pub struct Seeking {
    link: ReconnectingClient<Tag>,
    sender: Sender<LoopEvent>,
    events: Receiver<LoopEvent>,
}

/// Seeks the host that `client` names. `connection`: one that was made before, since what makes it may ask the person for a
/// password, as long as the terminal is free.
///
/// # Errors
/// When the system gives no thread.
pub fn seek(client: client::ClientOptions, connection: Option<client::HostConnection>) -> Result<Seeking, ScreenEnd> {
    allocator::share_one_heap();
    let (sender, events) = channel();
    let to_loop = sender.clone();
    let tell = move |update| drop(to_loop.send(LoopEvent::Link(update)));
    let link = match connection {
        Some(connection) => ReconnectingClient::start_connected(connection, client, tell),
        None => ReconnectingClient::start(client, tell),
    };
    Ok(Seeking { link: link.context("the link to the host cannot be started")?, sender, events })
}

/// Shows the screen until the person leaves or the terminal goes away. The room lives on.
///
/// # Errors
/// See [`ScreenEnd`].
pub fn run(seeking: Seeking, options: ScreenOptions) -> Result<(), ScreenEnd> {
    let Seeking { link, sender, events } = seeking;
    let told = screen::told_background();
    let (clock, bell) = (options.clock.clone(), options.bell);
    let model = model_of(options, told.unwrap_or_default());
    let mut tty = Tty::enter().context("the terminal cannot be taken over")?;
    // The first frame does not wait for the answer: where that comes at all it is there before the room is.
    let asked = (told.is_none() && model.appearance.depend_on_background()).then(Instant::now);
    if asked.is_some() {
        tty.ask_background().context("the terminal does not take what is written")?;
    }
    let mut running = Running::new(tty, model, link, sender.clone(), clock, bell, asked);
    running.begin()?;
    signal::watch(sender.clone()).context("signals cannot be watched")?;
    running.look_at_size()?;
    input::start(sender, asked.is_some(), running.answered.clone()).context("the keyboard cannot be read")?;
    let ended = running.live(&events);
    if ended.is_err() {
        // A terminal that is gone may show only in that it takes nothing more: what was typed is kept then too.
        let _ = running.leave_quietly();
    }
    running.hear_background(&events);
    let farewell = running.farewell();
    let Running { tty, link, model, .. } = running;
    tty.leave(farewell.as_deref());
    // A host that is away answers nothing: nobody waits for it only for this.
    let is_up = matches!(model.environment.connection, Connection::Up) && model.log_screen.is_none();
    let asked = is_up.then(|| link.ask_as(Ask::Unheard(Ending::Client), Tag::Nothing));
    let answered = link.finish(FAREWELL);
    if let Some(asked) = asked.filter(|_| answered) {
        screen::say_after(&unheard(&model, &events, asked));
    }
    if !answered || model.pending.holds() {
        screen::say_after(&unsaved(&model, answered));
    }
    ended
}

/// What falls due while no host runs, once the answer to question `asked` is here: it was given, and is on its way to `events`.
fn unheard(model: &Model, events: &Receiver<LoopEvent>, asked: u64) -> Vec<String> {
    let until = Instant::now() + ANSWER_ON_ITS_WAY;
    while let Ok(event) = events.recv_timeout(until.saturating_duration_since(Instant::now())) {
        let LoopEvent::Link(Update::Answer { ask, answer, .. }) = event else { continue };
        match *answer {
            Ok(Answer::Unheard(due)) if ask == asked => {
                let words = &model.words;
                let line = |(room, due): (RoomId, Due)| words.say(&due.unheard(&room, words.stamp(due.at)));
                return due.into_iter().map(line).collect();
            }
            _ if ask == asked => break,
            _ => {}
        }
    }
    Vec::new()
}

/// What a host that did not answer may not have, or could not save: it stands in the shell, so that it can be taken from there.
fn unsaved(model: &Model, answered: bool) -> Vec<String> {
    let texts = text::unsaved(model);
    if texts.is_empty() {
        return texts;
    }
    let head = model.words.tell(if answered { "farewell-held" } else { "farewell-unsaved" }).into_owned();
    std::iter::once(head).chain(texts).collect()
}
