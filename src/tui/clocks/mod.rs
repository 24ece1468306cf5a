//! Clocks: put off, listed, and the bar that shows the one that falls due next.

pub mod actions;
pub mod bar;
pub mod forms;
pub mod rows;
