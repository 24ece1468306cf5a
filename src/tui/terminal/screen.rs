//! The terminal, taken over and given back: after leaving, a panic, a signal, a pause.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, cursor, execute, queue};
use ratatui::Terminal;

use crate::config::theme::{Background, Depth, Signals};
use crate::domain::showable::showable;
use crate::tui::app::effect::Clip;
use crate::tui::terminal::background;
use crate::tui::terminal::printer::Printer;

/// Whether the terminal is ours, for the panic hook.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. Dropping it gives it back.
pub struct Tty {
    terminal: Terminal<Printer<File>>,
}

impl Tty {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When it does not go into raw mode or does not take what is written.
    pub fn enter() -> io::Result<Self> {
        // Without this, crossterm answers NO_COLOR with resets that lose bold and reverse, and the selection with them; the
        // monochrome theme is what keeps colour away.
        crossterm::style::force_color_output(true);
        give_back_on_panic();
        take()?;
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Ok(Tty { terminal: Terminal::new(Printer::new(out, size()))? })
    }

    /// To draw on.
    pub fn terminal(&mut self) -> &mut Terminal<Printer<File>> {
        &mut self.terminal
    }

    /// The terminal has another size: the next frame fills it.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.terminal.backend_mut().resize(size);
    }

    /// Asks the terminal for the colour of its background. Its answer comes among the keys.
    pub fn ask_background(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().say(background::QUESTION)
    }

    /// Rings the terminal's bell.
    pub fn ring(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().say(b"\x07")
    }

    /// Sets the terminal's title, which must be showable.
    pub fn title(&mut self, title: &str) -> io::Result<()> {
        self.say(SetTitle(title))
    }

    /// Puts `clip` on the clipboard by escape sequence. Whether the terminal listened cannot be known.
    pub fn copy(&mut self, clip: &Clip) -> io::Result<()> {
        self.say(CopyToClipboard::to_clipboard_from(clip.as_str()))
    }

    fn say(&mut self, command: impl Command) -> io::Result<()> {
        let mut bytes = Vec::new();
        queue!(bytes, command)?;
        self.terminal.backend_mut().say(&bytes)
    }

    /// Lends the terminal to the shell.
    pub fn pause(&mut self) -> io::Result<()> {
        give_back()
    }

    /// Takes it over again in any mode it has now, and draws everything again.
    pub fn resume(&mut self) -> io::Result<()> {
        // A process that was stopped without a chance to give the terminal back still counts as having it in raw mode, and the
        // shell has changed that meanwhile. What the terminal gets back on leaving stays what it was at the start.
        disable_raw_mode()?;
        take()?;
        self.terminal.backend_mut().forget();
        self.blank()
    }

    /// Blanks it, so that the next frame is drawn whole.
    pub fn blank(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Gives it back for good, and leaves `farewell` in the shell.
    pub fn leave(self, farewell: Option<&str>) {
        // A terminal that is gone takes nothing, and there is nobody left to tell.
        let _ = give_back();
        if let Some(farewell) = farewell {
            let _ = writeln!(io::stdout(), "{farewell}");
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = give_back();
    }
}

/// Says `lines` in the shell, after the terminal was given back.
pub fn say_after(lines: &[String]) {
    let mut out = io::stdout();
    for line in lines {
        // A terminal that is gone takes nothing.
        let _ = writeln!(out, "{}", showable(line));
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)
}

/// Once is enough: a second time does nothing.
fn give_back() -> io::Result<()> {
    if !OURS.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let mut out = io::stdout();
    let plain = SetAttribute(Attribute::Reset);
    let written = queue!(out, plain, DisableFocusChange, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)
        .and_then(|()| out.flush());
    disable_raw_mode()?;
    written
}

fn give_back_on_panic() {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = give_back();
            before(panic);
        }));
    });
}

/// The terminal's size; 80×24 when it does not say.
pub fn size() -> (u16, u16) {
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => (80, 24),
    }
}

/// How many colours the terminal shows.
pub fn depth() -> Depth {
    Signals::read().depth()
}

/// Whether the terminal is dark or light, as far as `COLORFGBG` says. `None` when it is worth asking the terminal itself, which
/// one that does not name its colours is not: it is likely not to answer.
pub fn told_background() -> Option<Background> {
    let said = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    match said("COLORFGBG").and_then(|grounds| grounds.rsplit(';').next()?.parse::<u8>().ok()) {
        Some(7 | 15) => Some(Background::Light),
        Some(_) => Some(Background::Dark),
        None if said("COLORTERM").is_none() => Some(Background::Unknown),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::*;

    /// Set in the process that the test starts on a terminal of its own, which is the one that panics.
    const PANICS: &str = "KLOCK_TEST_PANICS";

    #[test]
    fn a_panic_gives_the_terminal_back_before_it_speaks() {
        if std::env::var_os(PANICS).is_some() {
            let _screen = Tty::enter().expect("a terminal");
            panic!("something went wrong");
        }
        let pair = native_pty_system().openpty(PtySize::default()).expect("a pseudo-terminal");
        let before = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(std::env::current_exe().expect("this program"));
        let this = "tui::terminal::screen::tests::a_panic_gives_the_terminal_back_before_it_speaks";
        command.args(["--exact", "--nocapture", this]);
        command.env(PANICS, "yes");
        let mut child = pair.slave.spawn_command(command).expect("it starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        // Our own hold on the slave keeps its settings to be read; the output ends with the test runner's last line.
        let mut output = String::new();
        let mut buffer = [0; 4096];
        while !output.contains("test result:") {
            let count = reader.read(&mut buffer).expect("output");
            output.push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
        assert!(!child.wait().expect("it ends").success());
        let said = output.find("something went wrong").expect("the panic is told");
        for (on, off) in [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?2004h", "\x1b[?2004l"), ("\x1b[?25l", "\x1b[?25h")] {
            let on = output.find(on).expect("it was taken over");
            let off = output.find(off).expect("it was given back");
            assert!(on < off && off < said, "given back first, so that the panic can be read:\n{output}");
        }
        assert_eq!(format!("{:?}", pair.master.get_termios()), before);
    }
}
