//! The program with the feature `planted-bugs`, as an example so that it does not take the place of the program itself.

use std::process::ExitCode;

fn main() -> ExitCode {
    klockslag::cli::run(std::env::args_os())
}
