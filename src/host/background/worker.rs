//! One thread that does one kind of work for the writer, begun when there is first something to do, and sends back what came of it.

#[cfg(test)]
use std::sync::mpsc::Receiver;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use crate::host::command::WriterCommand;

/// See the module.
pub struct Worker<Work> {
    name: &'static str,
    urgency: WorkPriority,
    commands: Sender<WriterCommand>,
    run: fn(Work) -> WriterCommand,
    thread: Option<(Sender<Work>, Option<JoinHandle<()>>)>,
}

/// How soon work has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkPriority {
    /// Somebody waits for it.
    Awaited,
    /// Nobody does: everything else goes before it.
    Idle,
}

impl<Work: Send + 'static> Worker<Work> {
    /// A worker that does `run` and sends what that gives to `orders`.
    pub fn new(
        name: &'static str,
        urgency: WorkPriority,
        commands: Sender<WriterCommand>,
        run: fn(Work) -> WriterCommand,
    ) -> Self {
        Worker { name, urgency, commands, run, thread: None }
    }

    /// The same, but a test does the work itself.
    #[cfg(test)]
    pub fn hold(&mut self) -> Receiver<Work> {
        let (work, waiting) = channel();
        self.thread = Some((work, None));
        waiting
    }

    /// Has something done, after what was given before.
    pub fn give(&mut self, work: Work) {
        let work = match &self.thread {
            Some((thread, _)) => match thread.send(work) {
                Ok(()) => return,
                // The thread ended in a panic; there will be another.
                Err(lost) => lost.0,
            },
            None => work,
        };
        let (thread, to_do) = channel();
        let (commands, run, urgency) = (self.commands.clone(), self.run, self.urgency);
        let begun = std::thread::Builder::new().name(self.name.to_owned()).spawn(move || {
            give_way(urgency);
            // The writer is gone when it takes nothing any more.
            to_do.iter().try_for_each(|work| commands.send(run(work)).ok());
        });
        match begun {
            Ok(handle) => {
                // Its other end is the thread that was just begun.
                let _ = thread.send(work);
                self.thread = Some((thread, Some(handle)));
            }
            Err(error) => {
                tracing::error!(%error, name = self.name, "there can be no thread, so others wait");
                // The writer itself holds the other end.
                let _ = self.commands.send((self.run)(work));
            }
        }
    }

    /// Waits until what was begun is done.
    pub fn end(self) {
        let Some((work, thread)) = self.thread else { return };
        drop(work);
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!(name = self.name, "ended in a panic");
        }
    }
}

/// Lets the other threads of this process and of the machine go first. Only Linux can say that of one thread.
fn give_way(urgency: WorkPriority) {
    #[cfg(target_os = "linux")]
    if urgency == WorkPriority::Idle {
        const LAST: i32 = 19;
        // Without it the work is done all the same.
        let _ = rustix::process::nice(LAST);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = urgency;
}
