//! Every command line in the documents is one that the program, or cargo, understands.

use clap::error::ErrorKind;
use klockslag::cli::command_line::CommandLine;
use klockslag::cli::read_command_line;

use crate::{document, documents, root};

#[test]
fn every_klock_command_line_parses() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for document in documents() {
        let spans = document.code_spans();
        let in_blocks = document.block_lines().into_iter().map(|line| (line, false));
        for (text, is_span) in in_blocks.chain(spans.iter().map(|span| (span.as_str(), true))) {
            for words in commands(text).into_iter().filter(|words| words.first().is_some_and(|word| word == "klock")) {
                count += 1;
                let Err(error) = read_command_line(words.iter().map(Into::into)) else { continue };
                let is_fine = match error.kind() {
                    ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => true,
                    // In a sentence a verb may be named without what it takes.
                    ErrorKind::MissingRequiredArgument
                    | ErrorKind::MissingSubcommand
                    | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => is_span,
                    _ => false,
                };
                if !is_fine {
                    wrong.push(format!("{}: {text}\n{error}", document.path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "command lines that do not parse:\n{}", wrong.join("\n"));
    assert!(count > 50, "only {count} command lines were found");
}

#[test]
fn every_target_that_cargo_is_told_to_run_exists() {
    let mut missing = Vec::new();
    for document in documents() {
        let spans = document.code_spans();
        for text in document.block_lines().into_iter().chain(spans.iter().map(String::as_str)) {
            for words in commands(text).into_iter().filter(|words| words.first().is_some_and(|first| first == "cargo"))
            {
                for pair in words.windows(2) {
                    let dir = match pair[0].as_str() {
                        "--test" => "tests",
                        "--bench" => "benches",
                        _ => continue,
                    };
                    let is_there = [format!("{}.rs", pair[1]), format!("{}/main.rs", pair[1])]
                        .iter()
                        .any(|name| root().join(dir).join(name).is_file());
                    if !is_there {
                        missing.push(format!("{}: {text}", document.path.display()));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "targets that do not exist:\n{}", missing.join("\n"));
}

#[test]
fn the_scripting_page_names_every_verb() {
    let page = document("docs/scripting.md").text;
    let command = <CommandLine as clap::CommandFactory>::command();
    let verbs = command.get_subcommands().map(clap::Command::get_name).filter(|verb| *verb != "help");
    let missing: Vec<&str> = verbs.filter(|verb| !page.contains(&format!("`klock {verb}"))).collect();
    assert!(missing.is_empty(), "docs/scripting.md does not name: {missing:?}");
}

/// Splits a line of a shell into its commands, each without the variables that are set for it.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut chars = line.chars().peekable();
    let mut quote = None;
    // What follows a redirection is a file.
    let mut is_file = false;
    loop {
        let next = chars.next();
        match (next, quote) {
            (Some(c), Some(open)) if c == open => quote = None,
            (Some('\\'), Some('"') | None) => word.get_or_insert_default().extend(chars.next()),
            (Some(c), Some(_)) => word.get_or_insert_default().push(c),
            (Some(c @ ('"' | '\'')), None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some('#'), None) if word.is_none() => break,
            (Some(' ' | '|' | '<' | '>' | '&' | ';') | None, None) => {
                let command = commands.last_mut().expect("there is one");
                if let Some(word) = word.take() {
                    let is_variable = command.is_empty() && word.contains('=');
                    let is_descriptor = matches!(next, Some('<' | '>')) && word.bytes().all(|b| b.is_ascii_digit());
                    if !is_variable && !is_file && !is_descriptor {
                        command.push(word);
                    }
                    is_file = false;
                }
                match next {
                    None => break,
                    Some('<' | '>') => is_file = true,
                    // `2>&1` is no end of a command.
                    Some('&') if is_file => is_file = chars.next().is_none(),
                    Some('|' | '&' | ';') => commands.push(Vec::new()),
                    _ => {}
                }
            }
            (Some(c), None) => word.get_or_insert_default().push(c),
            (None, Some(_)) => break,
        }
    }
    commands
}

#[test]
fn a_line_of_a_shell_is_split_into_its_commands() {
    let split = |line: &str| -> Vec<String> { commands(line).iter().map(|words| words.join("|")).collect() };
    assert_eq!(split("make deploy 2>&1 | klock log -   # all"), ["make|deploy", "klock|log|-"]);
    assert_eq!(split("KLOCK_HOST=ssh://a@b klock"), ["klock"]);
    assert_eq!(split("klock log \"d: a #B\" 'x y' > out.md"), ["klock|log|d: a #B|x y"]);
    assert_eq!(split("klock meeting start && klock meeting end"), ["klock|meeting|start", "", "klock|meeting|end"]);
}
