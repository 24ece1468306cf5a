//! `docs/keys.md` lists what the table of commands and the built-in keymap say.

use std::fmt::Write as _;

use klockslag::config::keymap::{Keymap, Mode};
use klockslag::config::lang::Words;
use klockslag::domain::phrase::Lang;
use klockslag::domain::zone::Zone;
use klockslag::tui::command::modes::heading;
use klockslag::tui::command::table::{COMMANDS, ids};

const BEGINNING: &str = "<!-- keys: KLOCK_BLESS=1 cargo test --test documents keys -->\n";
const END: &str = "<!-- end of keys -->";

/// The modes in the order in which the page lists them.
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
fn the_keys_on_the_page_are_the_keys_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
    let page = std::fs::read_to_string(path).expect("the page of keys");
    let (before, rest) = page.split_once(BEGINNING).expect("the page marks where the keys begin");
    let (keys, after) = rest.split_once(END).expect("the page marks where the keys end");
    let expected = table();
    if std::env::var_os("KLOCK_BLESS").is_some() {
        std::fs::write(path, format!("{before}{BEGINNING}{expected}{END}{after}")).expect("the page is written");
        return;
    }
    assert!(
        keys == expected,
        "docs/keys.md is out of date: KLOCK_BLESS=1 cargo test --test documents keys\n{expected}"
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
