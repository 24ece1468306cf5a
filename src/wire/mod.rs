//! What clients and the host say to each other, and how it is framed. Versioned; the same over a socket and over ssh.

pub mod frame;
pub mod message;
