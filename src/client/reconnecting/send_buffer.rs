//! The requests to write to the host, and the thread that writes them: a host that does not read keeps no asker waiting.

use std::io::Write;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};

use super::pending::{RequestFrame, ToSend};

/// Requests on their way to the writing thread, in order. It holds no copy of them: one whose answer is not awaited any more
/// when its turn comes, because it was answered on an earlier connection or a later one took its place, is not written.
pub struct SendBuffer<S> {
    orders: Sender<Order<S>>,
}

/// The end of a [`SendBuffer`] that the writing thread reads. `S` is a connection.
pub struct Drain<S> {
    orders: Receiver<Order<S>>,
}

enum Order<S> {
    /// Write here from now on.
    Use(S),
    Write(u64, Weak<RequestFrame>),
    End,
}

impl<S: Write> SendBuffer<S> {
    /// Returns an empty buffer and the end that is written out.
    pub fn new() -> (Self, Drain<S>) {
        let (sender, receiver) = channel();
        (SendBuffer { orders: sender }, Drain { orders: receiver })
    }

    /// Has everything that is put in from now on written to `connection`.
    pub fn use_connection(&self, connection: S) {
        self.put(Order::Use(connection));
    }

    /// Puts a request in.
    pub fn send(&self, (number, frame): &ToSend) {
        self.put(Order::Write(*number, Arc::downgrade(frame)));
    }

    /// Ends the writing thread once everything before is written.
    pub fn end(&self) {
        self.put(Order::End);
    }

    fn put(&self, order: Order<S>) {
        // A thread that has ended writes nothing: then the client has ended, too.
        let _ = self.orders.send(order);
    }
}

impl<S: Write> Drain<S> {
    /// Writes what is put in, until the end. What cannot be written is dropped: it stays in the register of pending requests and is
    /// sent on the next connection. `on_too_long` is called with the number of a request that is longer than the host takes.
    pub fn write_out(self, on_too_long: impl Fn(u64)) {
        let mut connection: Option<S> = None;
        for order in self.orders {
            match order {
                Order::Use(new) => connection = Some(new),
                Order::Write(number, frame) => {
                    let (Some(open), Some(frame)) = (&mut connection, frame.upgrade()) else { continue };
                    match frame.bytes() {
                        None => on_too_long(number),
                        Some(bytes) if open.write_all(bytes).and_then(|()| open.flush()).is_err() => connection = None,
                        Some(_) => {}
                    }
                }
                Order::End => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::{self, ErrorKind};
    use std::rc::Rc;

    use super::*;
    use crate::client::reconnecting::pending::{Parking, PendingRequests};
    use crate::wire::frame;
    use crate::wire::message::{Ask, ClientMsg};

    /// A connection that takes so many writes.
    #[derive(Clone)]
    struct Wire {
        written: Rc<RefCell<Vec<u8>>>,
        left: usize,
    }

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.left = self.left.checked_sub(1).ok_or(ErrorKind::BrokenPipe)?;
            self.written.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn wire(left: usize) -> Wire {
        Wire { written: Rc::default(), left }
    }

    fn numbers(wire: &Wire) -> Vec<u64> {
        let written = wire.written.borrow();
        let mut rest = written.as_slice();
        let next = || match frame::read::<ClientMsg>(&mut rest) {
            Ok(Some(ClientMsg::Ask { ask, .. })) => Some(ask),
            _ => None,
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn only_what_is_still_awaited_is_written_and_in_order() {
        let (buffer, drain) = SendBuffer::new();
        let mut pending = PendingRequests::default();
        let mut ask = || pending.add(Ask::Rooms, (), Parking::Never).1.expect("nothing is parked");
        let sent: Vec<ToSend> = (0..3).map(|_| ask()).collect();
        let wire = wire(10);
        buffer.send(&sent[0]);
        buffer.use_connection(wire.clone());
        sent.iter().for_each(|request| buffer.send(request));
        buffer.end();
        drop(sent);
        pending.settle(2);
        drain.write_out(|number| panic!("{number} is not too long"));
        assert_eq!(numbers(&wire), [1, 3], "nothing before there was a connection");
    }

    #[test]
    fn a_connection_that_takes_nothing_more_is_not_written_to_again() {
        let (buffer, drain) = SendBuffer::new();
        let mut pending = PendingRequests::default();
        let mut ask = |what| pending.add(what, (), Parking::Never).1.expect("nothing is parked");
        let (first, second) = (ask(Ask::Rooms), ask(Ask::HostStatus));
        let too_long = ask(Ask::TypeAs { name: "x".repeat(frame::LONGEST_ASK) });
        let (broken, whole) = (wire(1), wire(10));
        buffer.use_connection(broken.clone());
        [&first, &second, &first].into_iter().for_each(|request| buffer.send(request));
        buffer.use_connection(whole.clone());
        [&second, &too_long].into_iter().for_each(|request| buffer.send(request));
        buffer.end();
        let refused = RefCell::new(Vec::new());
        drain.write_out(|number| refused.borrow_mut().push(number));
        assert_eq!((numbers(&broken), numbers(&whole)), (vec![1], vec![2]));
        assert_eq!(refused.into_inner(), [3]);
    }
}
