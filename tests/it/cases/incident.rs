//! What an act means for the incident: calls, clocks, priorities, what comes after the close.

mod action;
mod after_close;
mod call;
mod clock;
mod draft;
mod priority;
