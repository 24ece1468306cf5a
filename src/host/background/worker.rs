//! One thread that does one kind of work and sends back what came of it. It is started when there is first something to do.

#[cfg(test)]
use std::sync::mpsc::Receiver;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

/// Runs work one piece after the other on a thread of its own. `Message` is what the owner of the results receives.
pub struct Worker<Work, Message> {
    name: &'static str,
    urgency: WorkPriority,
    messages: Sender<Message>,
    run: fn(Work) -> Message,
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

impl<Work: Send + 'static, Message: Send + 'static> Worker<Work, Message> {
    /// Returns a worker that does `run` and sends what that gives to `messages`.
    pub fn new(name: &'static str, urgency: WorkPriority, messages: Sender<Message>, run: fn(Work) -> Message) -> Self {
        Worker { name, urgency, messages, run, thread: None }
    }

    /// Returns the same, but a test does the work itself.
    #[cfg(test)]
    pub fn run_by_hand(&mut self) -> Receiver<Work> {
        let (work, to_do) = channel();
        self.thread = Some((work, None));
        to_do
    }

    /// Has something done, after what was given before.
    pub fn start(&mut self, work: Work) {
        let work = match &self.thread {
            Some((thread, _)) => match thread.send(work) {
                Ok(()) => return,
                // The thread ended in a panic; there will be another.
                Err(lost) => lost.0,
            },
            None => work,
        };
        let (thread, to_do) = channel();
        let (messages, run, urgency) = (self.messages.clone(), self.run, self.urgency);
        let begun = std::thread::Builder::new().name(self.name.to_owned()).spawn(move || {
            give_way(urgency);
            // The owner is gone when it receives nothing any more.
            to_do.iter().try_for_each(|work| messages.send(run(work)).ok());
        });
        match begun {
            Ok(handle) => {
                // Its other end is the thread that was just begun.
                let _ = thread.send(work);
                self.thread = Some((thread, Some(handle)));
            }
            Err(error) => {
                tracing::error!(%error, name = self.name, "there can be no thread, so others wait");
                // The caller itself holds the other end.
                let _ = self.messages.send((self.run)(work));
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
        // Without it the work is done too.
        let _ = rustix::process::nice(LAST);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = urgency;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_in_order_and_its_results_are_sent_back() {
        let (send, results) = channel();
        let mut worker = Worker::new("test", WorkPriority::Awaited, send, |number: u32| number * 2);
        (1..=3).for_each(|number| worker.start(number));
        worker.end();
        assert_eq!(results.iter().collect::<Vec<u32>>(), [2, 4, 6]);
    }
}
