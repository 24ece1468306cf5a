//! The command line read, and the page of `klock --help`: the verbs in groups, made from the verbs themselves.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::{Command, CommandFactory as _, FromArgMatches as _, Parser as _};

use super::command_line::CommandLine;
use super::dash;
use crate::domain::showable::{showable, showable_lines};

/// The groups, in the order of an incident. A test holds that every verb is in one.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Rooms", &["open", "join", "rooms", "status", "timeline", "tmux"]),
    ("Record", &["log", "import", "answer", "check", "waive", "item", "meeting", "notice", "entry"]),
    ("Work", &["action", "plan", "resource", "supplier", "obstacle", "role", "handover", "shift", "clock"]),
    (
        "Steps",
        &[
            "priority", "classify", "activate", "phase", "mitigate", "restore", "reopen", "close", "debrief",
            "deliver", "problem",
        ],
    ),
    ("Take out", &["export", "verify", "recover"]),
    ("Set up", &["routine", "config", "doctor", "host", "relay", "completions", "man", "help"]),
];

/// The command line that `arguments` are.
///
/// # Errors
/// The complaint, or the help that was asked for, as it is printed.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<CommandLine, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // The groups cost a build of every verb there is: only who is shown them waits for that.
    CommandLine::try_parse_from(&arguments).or_else(|complaint| {
        if let Some(line) = dash::read(&complaint, &arguments) {
            return Ok(line);
        }
        complaint_about(&arguments)
    })
}

/// What there is to say about `arguments`, which are hostile: it is said about them as they are shown.
fn complaint_about(arguments: &[OsString]) -> Result<CommandLine, clap::Error> {
    let read = |arguments: &[OsString]| {
        let found = command().try_get_matches_from(arguments)?;
        CommandLine::from_arg_matches(&found)
    };
    let shown: Vec<OsString> =
        arguments.iter().map(|argument| showable(&argument.to_string_lossy()).into_owned().into()).collect();
    match read(arguments) {
        Err(complaint) if *arguments != *shown => Err(read(&shown).err().unwrap_or_else(|| {
            // Shown, there is nothing to complain of: without clap's colours, which would not be told from the person's.
            let plain = complaint.to_string();
            let lines: Vec<_> = showable_lines(&plain).collect();
            clap::Error::raw(complaint.kind(), lines.join("\n"))
        })),
        read => read,
    }
}

/// The command line with its grouped help.
pub fn command() -> Command {
    let command = CommandLine::command();
    let template = template(&command);
    command.help_template(template)
}

fn template(command: &Command) -> String {
    let mut built = command.clone();
    built.build();
    let styles = built.get_styles();
    let (header, literal) = (*styles.get_header(), *styles.get_literal());
    let widest = GROUPS.iter().flat_map(|(_, verbs)| *verbs).map(|verb| verb.len()).max().unwrap_or(0);
    let mut text = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for (group, verbs) in GROUPS {
        let _ = write!(text, "\n{header}{group}:{header:#}\n");
        for verb in verbs {
            let about = built.find_subcommand(verb).and_then(Command::get_about).map(ToString::to_string);
            let about = about.unwrap_or_default();
            let _ = writeln!(text, "  {literal}{verb:widest$}{literal:#}  {about}");
        }
    }
    let _ = write!(text, "\n{header}Options:{header:#}\n{{options}}{{after-help}}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_verb_is_in_exactly_one_group() {
        let mut built = CommandLine::command();
        built.build();
        let mut verbs: Vec<String> = built.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
        let mut grouped: Vec<String> =
            GROUPS.iter().flat_map(|(_, verbs)| *verbs).map(|verb| (*verb).to_owned()).collect();
        verbs.sort();
        grouped.sort();
        assert_eq!(grouped, verbs);
    }

    #[test]
    fn every_verb_says_what_it_does() {
        let mut built = CommandLine::command();
        built.build();
        for verb in built.get_subcommands() {
            assert!(verb.get_about().is_some(), "`{}` has no description", verb.get_name());
        }
    }
}
