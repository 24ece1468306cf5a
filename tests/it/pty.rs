//! The program in a pseudo-terminal with a terminal emulator behind it: keys in, screen out.

use std::io::{Read, Write};
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// How long a test waits for the screen to say something before it gives up and prints what the screen says instead.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A program on a terminal.
pub struct Terminal {
    parser: vt100::Parser,
    output: Receiver<(Instant, Vec<u8>)>,
    /// Every byte the program wrote.
    pub raw: Vec<u8>,
    writer: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    settings_at_start: String,
    termios_at_start: Option<Termios>,
    hung_up: Arc<AtomicBool>,
    reading: Option<JoinHandle<()>>,
}

impl Terminal {
    /// Starts `program` with `arguments` on a terminal of `columns` × `rows`. Its environment is `environment` and
    /// nothing else.
    pub fn start(
        program: &Path,
        arguments: &[&str],
        environment: &[(String, String)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in environment {
            command.env(name, value);
        }
        let settings_at_start = format!("{:?}", pair.master.get_termios());
        let fd = pair.master.as_raw_fd().expect("a file descriptor");
        // SAFETY: the master was opened above and is still there.
        let termios_at_start = tcgetattr(unsafe { BorrowedFd::borrow_raw(fd) }).ok();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let source = pair.master.as_raw_fd().expect("a file descriptor");
        let hung_up = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&hung_up);
        let (sender, output) = mpsc::channel();
        let reading = std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            // The terminal is gone only when nobody holds it: this thread may not wait in `read` then.
            let mut wait = libc::pollfd { fd: source, events: libc::POLLIN, revents: 0 };
            loop {
                // SAFETY: one descriptor, and `poll` only looks at it.
                let ready = unsafe { libc::poll(&raw mut wait, 1, 20) };
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                if ready <= 0 {
                    continue;
                }
                let Ok(count @ 1..) = reader.read(&mut buffer) else { break };
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        Terminal {
            parser: vt100::Parser::new(rows, columns, 0),
            output,
            raw: Vec::new(),
            writer: Some(writer),
            master: Some(pair.master),
            child,
            settings_at_start,
            termios_at_start,
            hung_up,
            reading: Some(reading),
        }
    }

    /// How the terminal treats its lines now: what `stty -a` shows.
    pub fn line_settings(&self) -> String {
        format!("{:?}", self.master.as_ref().expect("the terminal is still there").get_termios())
    }

    /// The same before the program was started.
    pub fn line_settings_at_start(&self) -> &str {
        &self.settings_at_start
    }

    /// Waits until the program is stopped, as by Ctrl-Z.
    ///
    /// # Panics
    /// When it is not within [`PATIENCE`].
    pub fn wait_until_stopped(&self) {
        let deadline = Instant::now() + PATIENCE;
        let stat = format!("/proc/{}/stat", self.pid());
        let is_stopped = || {
            let stat = std::fs::read_to_string(&stat).expect("the program is there");
            stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
        };
        while !is_stopped() {
            assert!(Instant::now() < deadline, "the program was not stopped");
            std::thread::yield_now();
        }
    }

    /// Reads output until `seen` holds of all that was written so far.
    ///
    /// # Panics
    /// When it does not within [`PATIENCE`].
    pub fn wait_for_output(&mut self, what: &str, seen: impl Fn(&[u8]) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !seen(&self.raw) {
            assert!(self.next_output(deadline).is_some() || seen(&self.raw), "waited in vain until {what}");
        }
    }

    /// Gives the terminal the settings that it had before the program was started, as a shell does with a job that was stopped.
    pub fn restore_line_settings(&self) {
        let master = self.master.as_ref().expect("the terminal is still there");
        let fd = master.as_raw_fd().expect("a file descriptor");
        // SAFETY: the master stays open as long as it is borrowed here.
        let terminal = unsafe { BorrowedFd::borrow_raw(fd) };
        let before = self.termios_at_start.as_ref().expect("settings");
        tcsetattr(terminal, OptionalActions::Now, before).expect("the terminal takes settings");
    }

    /// Types `bytes`.
    pub fn send(&mut self, bytes: &str) {
        self.send_bytes(bytes.as_bytes());
    }

    /// Types `bytes`, which may be a part of a letter.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().expect("the terminal is still there");
        writer.write_all(bytes).and_then(|()| writer.flush()).expect("the terminal takes keys");
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process id")
    }

    /// Another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().expect("the terminal is still there").resize(size).expect("resized");
        self.parser.screen_mut().set_size(rows, columns);
    }

    /// Takes the terminal away, as a closed window does.
    pub fn hang_up(&mut self) {
        self.hung_up.store(true, Ordering::SeqCst);
        if let Some(reading) = self.reading.take() {
            reading.join().expect("the reader ends");
        }
        self.writer = None;
        self.master = None;
    }

    /// The next output with the moment it came, or none when the program is silent until `deadline` or gone.
    pub fn next_output(&mut self, deadline: Instant) -> Option<(Instant, usize)> {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.output.recv_timeout(left) {
            Ok((at, bytes)) => {
                self.parser.process(&bytes);
                self.raw.extend_from_slice(&bytes);
                Some((at, bytes.len()))
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// The screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Reads output until `seen` holds of the screen's text.
    ///
    /// # Panics
    /// When it does not within [`PATIENCE`]; the message shows the screen.
    pub fn wait_until(&mut self, what: &str, seen: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !seen(&self.text()) {
            if self.next_output(deadline).is_none() && !seen(&self.text()) {
                panic!("waited in vain until {what}; the screen says:\n{}", self.text());
            }
        }
    }

    /// Waits until the screen has `text`.
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("the screen shows “{text}”"), |screen| screen.contains(text));
    }

    /// Waits until the program ends; its exit code.
    ///
    /// # Panics
    /// When it does not end within [`PATIENCE`].
    pub fn wait_for_end(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        // The output ends when the last process on the terminal has closed it.
        while self.next_output(deadline).is_some() {}
        loop {
            if let Some(status) = self.child.try_wait().expect("the program was started") {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program did not end; the screen says:\n{}", self.text());
            std::thread::yield_now();
        }
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(self.pid().cast_signed()).expect("a process id");
        rustix::process::kill_process(pid, signal).expect("the program is there");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
