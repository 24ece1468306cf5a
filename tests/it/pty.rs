//! The program in a pseudo-terminal with a terminal emulator behind it: keys in, screen out.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a test waits for the screen to say something before it gives up and prints what the screen says instead.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A program on a terminal.
pub struct Terminal {
    parser: vt100::Parser,
    output: Receiver<(Instant, Vec<u8>)>,
    /// Every byte the program wrote.
    pub raw: Vec<u8>,
    writer: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
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
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
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
        }
    }

    /// Types `bytes`.
    pub fn send(&mut self, bytes: &str) {
        let writer = self.writer.as_mut().expect("the terminal is still there");
        writer.write_all(bytes.as_bytes()).and_then(|()| writer.flush()).expect("the terminal takes keys");
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
        assert!(Instant::now() < deadline, "the program did not end; the screen says:\n{}", self.text());
        self.child.wait().expect("the program was started").exit_code()
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
