//! `klock log "- 14:05 …"`, `--note "-12m …"`: words may begin with a dash, where clap sees an option.

use std::any::TypeId;
use std::convert::Infallible;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use super::command_line::CommandLine;

/// Stands before such an argument while clap reads it. No argument of a program can hold it.
const SHIELD: char = '\0';

/// Returns the command line that `arguments` are when those that can be no option are taken as words; `None` when there is none
/// such, or that was not what is wrong with them.
pub fn read(arguments: &[OsString]) -> Option<CommandLine> {
    if !arguments.iter().any(|argument| is_text(argument.as_bytes())) {
        return None;
    }
    let command = with_shields(CommandLine::command());
    let found = command.try_get_matches_from(arguments.iter().map(shielded)).ok()?;
    CommandLine::from_arg_matches(&found).ok()
}

/// `command`, with the shields taken off again wherever it takes words.
fn with_shields(command: Command) -> Command {
    let bare = |text: &str| Ok::<_, Infallible>(text.strip_prefix(SHIELD).unwrap_or(text).to_owned());
    let unshield = |arg: Arg| {
        let takes_words = arg.get_value_parser().type_id() == TypeId::of::<String>();
        if takes_words { arg.value_parser(bare) } else { arg }
    };
    command.mut_args(unshield).mut_subcommands(with_shields)
}

fn shielded(argument: &OsString) -> OsString {
    if is_text(argument.as_bytes()) {
        OsString::from_vec([&[SHIELD as u8], argument.as_bytes()].concat())
    } else {
        argument.clone()
    }
}

/// Whether an argument begins with a dash and is no option for all that: options begin with a letter, and only the value of
/// one holds a blank.
fn is_text(argument: &[u8]) -> bool {
    match argument {
        [b'-', b'-', next, ..] => !next.is_ascii_alphabetic(),
        [b'-', next, ..] => *next != b'-' && (!next.is_ascii_alphabetic() || argument.contains(&b' ')),
        _ => false,
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
    fn an_entry_may_begin_with_the_mark_of_a_list() {
        for text in
            ["- 14:05 x", "-- x", "--- a/pool", "-> x", "--> x", "-14:05 x", "-[ ] x", "-Olle saw it", "-Åsa", "– x"]
        {
            assert_eq!(text_of(&["log", text, "-r", "2026-001"]), Some((words(&[text]), None)), "{text}");
        }
        assert_eq!(text_of(&["log", "-"]), Some((words(&["-"]), None)), "stdin");
    }

    #[test]
    fn the_words_of_every_verb_may_begin_with_a_dash() {
        let debug = |arguments: &[&str]| {
            let line = help::read(std::iter::once("klock").chain(arguments.iter().copied()).map(Into::into));
            line.map_or_else(|error| error.to_string(), |line| format!("{:?}", line.verb))
        };
        for (arguments, found) in [
            (&["open", "- Card payments"][..], "\"- Card payments\""),
            (&["answer", "cause", "- a full disk"], "[\"- a full disk\"]"),
            (&["action", "open", "-12m of work"], "[\"-12m of work\"]"),
            (&["action", "drop", "1", "--reason", "- not needed"], "reason: \"- not needed\""),
            (&["check", "suppliers-called", "-n", "- both"], "note: Some(\"- both\")"),
            (&["plan", "write", "A", "- site B"], "[\"- site B\"]"),
            (&["entry", "amend", "4", "- 14:05 x"], "[\"- 14:05 x\"]"),
            (&["restore", "- all of it"], "[\"- all of it\"]"),
            (&["obstacle", "raise", "- no key"], "[\"- no key\"]"),
        ] {
            let debugged = debug(arguments);
            assert!(debugged.contains(found) && !debugged.contains('\0'), "{arguments:?}: {debugged}");
        }
        assert!(
            debug(&["action", "done", "-1"]).contains("'-1'"),
            "a number is none: {}",
            debug(&["action", "done", "-1"])
        );
    }

    #[test]
    fn what_is_misspelt_is_still_no_text() {
        for arguments in
            [&["log", "--rom", "-12m"][..], &["log", "-12m", "--rom", "x"], &["log", "--rom x"], &["log", "-x"]]
        {
            assert_eq!(text_of(arguments), None, "{arguments:?}");
        }
    }
}
