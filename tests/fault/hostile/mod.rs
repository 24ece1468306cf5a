//! Hostile text, through the one function that makes text showable and through the real program: nothing steers a terminal.

mod scan;
mod text;

use std::time::{Duration, Instant};

use klockslag::client::AskError;
use klockslag::client::blocking::BlockingClient;
use klockslag::domain::event::{Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::showable::{cut, showable, showable_lines};
use klockslag::wire::message::{Answer, Ask, Failure};
use unicode_width::UnicodeWidthChar as _;

use super::dice::Dice;
use super::figure::Figures;
use super::hand::Hand;
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};
use super::world::World;

/// How much text, in the short and in the full selection: each through the function, and each through the program.
const BYTES: (usize, usize) = (1 << 20, 100 << 20);

/// How much one world holds.
const BYTES_A_WORLD: usize = 12 << 20;

/// How long a megabyte may take through the function, at most.
const A_MEGABYTE: Duration = Duration::from_secs(10);

const LAST: &str = "the end of the text";

/// Shows it all.
///
/// # Errors
/// The first character that should not have come through.
pub fn run(effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let wanted = match effort.rounds {
        Some(megabytes) => usize::try_from(megabytes).expect("small") << 20,
        None if effort.full => BYTES.1,
        None => BYTES.0,
    };
    let mut outcome = Outcome::default();
    let mut done = 0;
    while done < wanted {
        done += through_the_function(dice, &mut outcome.figures)?;
    }
    outcome.figures.count("bytes made showable", done);
    let mut shown = 0;
    while shown < wanted {
        shown += through_the_program(dice, BYTES_A_WORLD.min(wanted - shown), &mut outcome.figures)?;
    }
    outcome.figures.count("bytes as notes", shown);
    outcome.counted = (shown >> 20) as u64;
    Ok(outcome)
}

/// A megabyte, in pieces of every length, as one line, as lines, and cut.
fn through_the_function(dice: &mut Dice, figures: &mut Figures) -> Verdict<usize> {
    let mut bytes = 0;
    let begun = Instant::now();
    while bytes < 1 << 20 {
        let length = 1 << dice.roll(16);
        let text = text::of(dice, length);
        bytes += text.len();
        let shown = showable(&text);
        let wrong =
            |found: String| Violation::Wrong(format!("{found}, of {:?}", text.chars().take(200).collect::<String>()));
        let lines: Vec<String> = showable_lines(&text).map(std::borrow::Cow::into_owned).collect();
        let width = dice.index(120);
        let narrow = cut(&text, width);
        for shown in [shown.as_ref(), narrow.as_str()].into_iter().chain(lines.iter().map(String::as_str)) {
            if let Some(found) = scan::lines(shown).or_else(|| shown.contains('\n').then(|| "a line end".to_owned())) {
                return Err(wrong(found));
            }
        }
        if showable(&shown) != shown {
            return Err(wrong("what was made showable is changed by being made so again".into()));
        }
        if klockslag::domain::showable::width(&narrow) > width {
            return Err(wrong(format!("cut to {width} columns it is wider")));
        }
    }
    figures.took("a megabyte made showable", begun.elapsed());
    if begun.elapsed() > A_MEGABYTE {
        return Err(Violation::TooSlow(format!("a megabyte took {:?}", begun.elapsed())));
    }
    Ok(bytes)
}

/// Notes of it in a room, on a screen that somebody looks at, and in the timeline as it is printed.
fn through_the_program(dice: &mut Dice, wanted: usize, figures: &mut Figures) -> Verdict<usize> {
    let mut world = World::new();
    let name = text::of(dice, 40).replace('\0', "");
    world.set("KLOCK_NAME", &name);
    let room: RoomId = world.open("Card payments down").parse().expect("an id");
    let title = text::of(dice, 60).replace('\0', "");
    world.klock(["open", &format!("second {title}")]).ok();
    let mut screen = Hand::sit_down(&world, &["join", room.as_str()], (100, 40));
    screen.terminal.wait_for("Card payments down");
    let begun = Instant::now();
    let mut client =
        BlockingClient::connect(world.options(&name)).map_err(|error| Violation::GaveUp(error.to_string()))?;
    let (mut bytes, mut notes, mut refused) = (0, 0_u64, 0);
    while bytes < wanted {
        // A note is refused when it is longer than a novel.
        let length = (1 << dice.roll(17)).min(wanted - bytes).max(1);
        let text = text::of(dice, length);
        notes += 1;
        bytes += text.len();
        refused += usize::from(!note(&mut client, &room, notes, &text)?);
        // The screen draws as it comes.
        while screen.terminal.next_output(Instant::now()).is_some() {}
    }
    figures.count("of them refused", refused);
    if !note(&mut client, &room, notes + 1, LAST)? {
        return Err(Violation::Wrong("plain text was refused".into()));
    }
    screen.terminal.wait_for(LAST);
    figures.took("a world of it written and drawn", begun.elapsed());
    // To the end: what is read of a program that goes on may stop in the middle of a sequence.
    screen.terminal.send("q");
    if screen.terminal.wait_for_end() != 0 {
        return Err(Violation::Wrong(format!("the screen ended badly:\n{}", screen.terminal.text())));
    }
    if let Some(found) = scan::screen(&screen.terminal.raw) {
        return Err(Violation::Wrong(format!("on the screen: {found}")));
    }
    figures.count("bytes to the terminal", screen.terminal.raw.len());
    for arguments in [
        &["timeline", "-r", room.as_str()][..],
        &["status", "-r", room.as_str()],
        &["rooms"],
        &["status", "--tmux", "-r", room.as_str()],
    ] {
        let printed = world.klock(arguments).ok();
        if let Some(found) = scan::lines(&printed) {
            return Err(Violation::Wrong(format!("klock {arguments:?}: {found}")));
        }
        if arguments[0] == "timeline" && !printed.contains(LAST) {
            return Err(Violation::Wrong("the timeline does not come to its end".into()));
        }
        figures.count("bytes printed", printed.len());
    }
    Ok(bytes)
}

/// Whether it was recorded: what has nothing to show is no note.
fn note(client: &mut BlockingClient, room: &RoomId, number: u64, text: &str) -> Verdict<bool> {
    let id = IntentId(ulid::Ulid::from_parts(number << 8, 7 << 40));
    let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() };
    match client.ask(Ask::Do(Box::new(Request { id, room: room.clone(), at: None, intent }))) {
        Ok(Answer::Recorded { .. }) => Ok(true),
        Err(AskError::Failed(Failure::Refused(why))) if why.0.key == "refuse-text-blank" && is_blank(text) => Ok(false),
        other => Err(Violation::Wrong(format!("a note was answered with {other:?}"))),
    }
}

fn is_blank(text: &str) -> bool {
    // Fillers and vowels without a form are letters to Unicode, and nobody sees them.
    const UNSEEN: [char; 6] = ['\u{115f}', '\u{1160}', '\u{17b4}', '\u{17b5}', '\u{3164}', '\u{ffa0}'];
    let is_seen = |c: char| c.is_alphanumeric() && !UNSEEN.contains(&c) && c.width().unwrap_or(0) > 0;
    !text.chars().any(is_seen)
}
