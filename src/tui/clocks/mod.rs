//! Clocks: put off, listed, and the bar that shows the one that falls due next.

pub mod rows;
