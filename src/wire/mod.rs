//! What clients and the host say to each other, how it is framed, and where they meet. Versioned; the same over a socket and over ssh.

mod bounds;
pub mod due;
pub mod frame;
pub mod message;
pub mod place;
pub mod right;
pub mod version;
