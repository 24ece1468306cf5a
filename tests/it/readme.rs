//! The README's table of keys is what the table of commands and the built-in keymap say.

use std::fmt::Write as _;

use klockslag::config::keymap::{Keymap, Mode};
use klockslag::config::lang::Words;
use klockslag::domain::phrase::Lang;
use klockslag::domain::zone::Zone;
use klockslag::tui::command::modes::heading;
use klockslag::tui::command::table::{COMMANDS, ids};

const BEGINNING: &str = "<!-- keys: KLOCK_BLESS=1 cargo test --test it readme -->\n";
const END: &str = "<!-- end of keys -->";

/// The modes that the README lists, in its order.
const MODES: &[Mode] = &[
    Mode::Lobby,
    Mode::Room,
    Mode::Questions,
    Mode::Checklist,
    Mode::Timeline,
    Mode::Actions,
    Mode::Entry,
    Mode::Meeting,
    Mode::Form,
    Mode::List,
    Mode::Editor,
    Mode::Global,
];

#[test]
fn the_keys_in_the_readme_are_the_keys_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let (before, rest) = readme.split_once(BEGINNING).expect("the README marks where the keys begin");
    let (keys, after) = rest.split_once(END).expect("the README marks where the keys end");
    let expected = table();
    if std::env::var_os("KLOCK_BLESS").is_some() {
        std::fs::write(path, format!("{before}{BEGINNING}{expected}{END}{after}")).expect("the README is written");
        return;
    }
    assert!(
        keys == expected,
        "the README's keys are out of date: KLOCK_BLESS=1 cargo test --test it readme\n{expected}"
    );
}

/// Every command that has a key, under the heading of the place where the key holds.
fn table() -> String {
    let keymap = Keymap::builtin(&ids());
    let words = Words::new(Lang::En, Zone::UTC);
    let mut table = String::new();
    for mode in MODES {
        let mut rows = String::new();
        for command in COMMANDS {
            let keys: Vec<String> =
                keymap.bindings(*mode).filter(|(_, id)| *id == command.id).map(|(key, _)| key).collect();
            if !keys.is_empty() {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
                let _ = writeln!(rows, "| {} | {} |", keys.join(" "), words.tell(command.describe));
            }
        }
        if !rows.is_empty() {
            let _ = write!(table, "\n**{}**\n\n| key | what it does |\n|---|---|\n{rows}", words.tell(heading(*mode)));
        }
    }
    table.push('\n');
    table
}
