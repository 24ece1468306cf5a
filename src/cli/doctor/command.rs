//! Another program, asked one thing.

use std::process::{Command, Stdio};

/// What `program` prints, without the line's end; none when it is not there or fails. The caller is on a thread that nobody
/// waits for longer than the doctor does.
pub fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}
