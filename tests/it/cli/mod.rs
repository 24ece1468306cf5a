//! The verbs of the command line, run as a person or a script runs them.

mod exit;
mod export;
mod help;
mod import;
mod incident;
mod log;
mod pipe;
mod setting;
mod timeline;
