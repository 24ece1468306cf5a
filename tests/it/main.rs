//! The tests that need more than one part of the program, in one binary.

mod bus;
mod cases;
mod cli;
mod damage;
mod death;
#[allow(dead_code, reason = "the fault suite uses all of it")]
mod disk;
mod doctor;
mod freeze;
mod full_disk;
mod hand;
mod incident;
mod incident_tmux;
mod notice;
mod person;
#[allow(dead_code, reason = "the benches use all of it")]
mod pty;
mod session;
mod ssh;
mod terminal;
mod tmux;
mod tmux_popup;
mod tmux_session;
mod tmux_status;
#[allow(dead_code, reason = "the fault suite uses all of it")]
mod world;
