//! A person's hands on the keyboard: every key is followed by what the screen then shows, so nothing waits for time.

use std::path::Path;

use super::pty::Terminal;
use super::world::World;

/// Enter.
pub const ENTER: &str = "\r";
/// Escape.
pub const ESCAPE: &str = "\x1b";
/// Saves a form, wherever in it the cursor stands.
pub const SAVE: &str = "\x13";
/// The next field.
pub const TAB: &str = "\t";

/// A person at the program's screen.
pub struct Hand {
    pub terminal: Terminal,
}

impl Hand {
    /// Sits down at the program in `world`, on a terminal of `size`.
    pub fn sit_down(world: &World, arguments: &[&str], size: (u16, u16)) -> Self {
        let program: &Path = World::program();
        Hand { terminal: Terminal::start(program, arguments, world.environment(), size) }
    }

    /// Presses `key` and waits until the screen has `then`.
    #[track_caller]
    pub fn press(&mut self, key: &str, then: &str) {
        self.terminal.send(key);
        self.terminal.wait_for(then);
    }

    /// Presses `key` and waits until the screen no longer has `gone`.
    #[track_caller]
    pub fn press_away(&mut self, key: &str, gone: &str) {
        self.terminal.send(key);
        self.terminal.wait_until(&format!("“{gone}” is gone"), |screen| !screen.contains(gone));
    }

    /// Types `text` and waits until its end is seen.
    #[track_caller]
    pub fn write(&mut self, text: &str) {
        self.terminal.send(text);
        let end: String = text.chars().skip(text.chars().count().saturating_sub(24)).collect();
        self.terminal.wait_for(end.trim());
    }

    /// Writes an entry in the line that has the focus, and waits until the screen has `then` and all is saved.
    #[track_caller]
    pub fn note(&mut self, text: &str, then: &str) {
        self.write(text);
        self.terminal.send(ENTER);
        self.terminal.wait_until(&format!("the entry “{text}” is saved"), |screen| {
            screen.contains(then) && entry_line(screen).ends_with("saved")
        });
    }

    /// Finds a command in the palette and runs it; `then` is what the screen shows of it.
    #[track_caller]
    pub fn command(&mut self, words: &str, then: &str) {
        self.press(":", "Commands");
        self.terminal.send(words);
        self.terminal.wait_until(&format!("the palette offers “{words}” first"), |screen| {
            screen.lines().any(|line| line.contains(words)) && screen.matches(words).count() >= 2
        });
        self.press(ENTER, then);
    }

    /// Moves on to the next field and types there.
    #[track_caller]
    pub fn fill_next(&mut self, text: &str) {
        self.terminal.send(TAB);
        self.write(text);
    }

    /// Saves the form titled `title` and waits until it is closed.
    #[track_caller]
    pub fn save(&mut self, title: &str) {
        self.terminal.send(SAVE);
        self.terminal.wait_until(&format!("the form “{title}” is saved"), |screen| {
            // The second while it is on its way.
            !screen.contains("Ctrl+s save") && !screen.contains("─ saving …")
        });
    }

    /// Waits until the screen has every one of `texts`.
    #[track_caller]
    pub fn sees(&mut self, texts: &[&str]) {
        self.terminal.wait_until(&format!("the screen shows {texts:?}"), |screen| {
            texts.iter().all(|text| screen.contains(text))
        });
    }

    /// Leaves by `q`; the exit code.
    pub fn leave(mut self) -> u32 {
        self.terminal.send("q");
        self.terminal.wait_for_end()
    }
}

/// The entry line: the last but one.
pub fn entry_line(screen: &str) -> &str {
    screen.lines().rev().nth(1).unwrap_or_default().trim_end()
}
