//! The terminal: bytes to events, cells to bytes, the clipboard, the background, signals.

pub mod background;
pub mod burst;
pub mod clipboard;
pub mod decode;
pub mod decoded;
pub mod event;
pub mod input;
pub mod key_code;
pub mod printer;
pub mod screen;
pub mod signal;
