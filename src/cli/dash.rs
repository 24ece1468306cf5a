//! `klock log -12m …`: an entry may begin with a span, which clap takes for an option.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use clap::error::ErrorKind;
use clap::{Error, Parser as _};

use super::command_line::{CommandLine, Verb};

/// Stands before such an argument while clap reads it. No argument of a program can hold it.
const SHIELD: char = '\0';

/// The command line that `arguments` are when they record an entry and clap complained of a span in it; `None` if that was
/// not it, and the complaint is right.
pub fn read(complaint: &Error, arguments: &[OsString]) -> Option<CommandLine> {
    if complaint.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let mut line = CommandLine::try_parse_from(arguments.iter().map(shielded)).ok()?;
    let Some(Verb::Log(log)) = &mut line.verb else { return None };
    for text in log.text.iter_mut().chain(&mut log.record.at) {
        if let Some(bare) = text.strip_prefix(SHIELD) {
            *text = bare.to_owned();
        }
    }
    Some(line)
}

/// No option of ours begins with a digit.
fn shielded(argument: &OsString) -> OsString {
    match argument.as_bytes() {
        [b'-', b'0'..=b'9', ..] => OsString::from_vec([&[SHIELD as u8], argument.as_bytes()].concat()),
        _ => argument.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::command_line::Verb;
    use crate::cli::help;

    fn text_of(arguments: &[&str]) -> Option<(Vec<String>, Option<String>)> {
        let line = help::read(std::iter::once("klock").chain(arguments.iter().copied()).map(Into::into)).ok()?;
        match line.verb? {
            Verb::Log(log) => Some((log.text, log.record.at)),
            _ => None,
        }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_entry_may_begin_with_a_span() {
        assert_eq!(text_of(&["log", "-12m Olle saw it"]), Some((words(&["-12m Olle saw it"]), None)));
        assert_eq!(text_of(&["log", "-12m", "Olle", "-r", "2026-001"]), Some((words(&["-12m", "Olle"]), None)));
        assert_eq!(text_of(&["log", "--at", "-5m", "--", "-12m"]), Some((words(&["-12m"]), Some("-5m".into()))));
        assert_eq!(text_of(&["log", "--at", "-5m", "-12m"]), Some((words(&["-12m"]), Some("-5m".into()))));
    }

    #[test]
    fn what_is_misspelt_is_still_no_text() {
        for arguments in
            [&["log", "--rom", "-12m"][..], &["log", "-12m", "--rom", "x"], &["open", "-12m"], &["log", "-x"]]
        {
            assert_eq!(text_of(arguments), None, "{arguments:?}");
        }
    }
}
