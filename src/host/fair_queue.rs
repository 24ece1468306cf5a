//! A queue in which clients take turns: one that asks for much waits behind its own questions, and keeps no other waiting.

use std::collections::{HashMap, VecDeque};

use crate::host::clients::ClientId;

/// What waits, of each client in the order it came; the clients in turn.
#[derive(Debug)]
pub struct FairQueue<T> {
    waiting: HashMap<ClientId, VecDeque<T>>,
    /// The clients that have something waiting, the next one first.
    next: VecDeque<ClientId>,
}

impl<T> Default for FairQueue<T> {
    fn default() -> Self {
        FairQueue { waiting: HashMap::new(), next: VecDeque::new() }
    }
}

impl<T> FairQueue<T> {
    /// Returns whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    /// Adds what a client asks for, behind what it asked for before.
    pub fn push(&mut self, client: ClientId, what: T) {
        self.queue(client).push_back(what);
    }

    /// Puts back what is not finished: first of that client's, but only when the others have had their turn.
    pub fn put_back(&mut self, client: ClientId, what: T) {
        self.queue(client).push_front(what);
    }

    fn queue(&mut self, client: ClientId) -> &mut VecDeque<T> {
        let queue = self.waiting.entry(client).or_default();
        if queue.is_empty() {
            self.next.push_back(client);
        }
        queue
    }

    /// Takes at most `each` of each client in turn, until what was taken has a `weight` of `all`. A client that was not reached
    /// comes first the next time.
    pub fn take_turns(&mut self, each: usize, all: usize, weight: impl Fn(&T) -> usize) -> Vec<T> {
        let mut taken = Vec::new();
        let mut heavy = 0;
        for _ in 0..self.next.len() {
            if heavy >= all {
                break;
            }
            let Some(client) = self.next.pop_front() else { break };
            let Some(queue) = self.waiting.get_mut(&client) else { continue };
            for _ in 0..each.min(queue.len()) {
                if heavy >= all {
                    break;
                }
                let Some(one) = queue.pop_front() else { break };
                heavy += weight(&one);
                taken.push(one);
            }
            if queue.is_empty() {
                self.waiting.remove(&client);
            } else {
                self.next.push_back(client);
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::FairQueue;

    fn light<T>(_: &T) -> usize {
        1
    }

    #[test]
    fn much_that_is_heavy_fills_a_turn_and_who_has_little_comes_next() {
        let mut queue = FairQueue::default();
        (0..9).for_each(|client| queue.push(client, 40));
        queue.push(9, 1);
        let weigh = |weight: &usize| *weight;
        assert_eq!(queue.take_turns(8, 100, weigh), [40, 40, 40]);
        // Who comes after them waits behind six that are heavy, and no longer.
        queue.push(0, 40);
        assert_eq!(queue.take_turns(8, 100, weigh), [40, 40, 40]);
        assert_eq!(queue.take_turns(8, 100, weigh), [40, 40, 40]);
        assert_eq!(queue.take_turns(8, 100, weigh), [1, 40]);
    }

    #[test]
    fn a_flood_waits_behind_itself() {
        let mut queue = FairQueue::default();
        (0..1000).for_each(|n| queue.push(7, (7, n)));
        queue.push(8, (8, 0));
        queue.push(9, (9, 0));
        assert_eq!(queue.take_turns(2, 100, light), [(7, 0), (7, 1), (8, 0), (9, 0)]);
        queue.push(8, (8, 1));
        assert_eq!(queue.take_turns(2, 3, light), [(7, 2), (7, 3), (8, 1)]);
        queue.push(9, (9, 1));
        queue.push(8, (8, 2));
        assert_eq!(queue.take_turns(1, 2, light), [(7, 4), (9, 1)]);
        assert_eq!(queue.take_turns(1, 2, light), [(8, 2), (7, 5)], "who was not reached comes first");
    }

    #[test]
    fn what_is_not_finished_stays_first_of_its_own() {
        let mut queue = FairQueue::default();
        queue.push(1, "long");
        queue.push(1, "later");
        queue.push(2, "other");
        assert_eq!(queue.take_turns(1, 1, light), ["long"]);
        queue.put_back(1, "long");
        assert_eq!(queue.take_turns(1, 9, light), ["other", "long"]);
        assert_eq!(queue.take_turns(9, 9, light), ["later"]);
        assert!(queue.is_empty());
    }
}
