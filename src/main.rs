//! The program `klock`: hands the command line to [`klockslag::cli`] and leaves with its exit code.

fn main() -> std::process::ExitCode {
    klockslag::cli::run(std::env::args_os())
}
