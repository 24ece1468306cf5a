//! Which part of a layer may use which: one table, which `ARCHITECTURE.md` shows too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::WALLS;
use crate::modules::{Tree, crate_root};

/// The layers whose parts are held to [`INNER`]. Each part is a file or a folder directly in the layer.
const LAYERS: &[&str] = &["client", "host", "store"];

/// A part of a layer, and the other parts that it may use. A part that is not listed may use none.
const INNER: &[(&str, &[&str])] = &[
    ("client/blocking", &["client/connect", "client/connection", "client/error", "client/liveness", "client/target"]),
    (
        "client/connect",
        &[
            "client/connection",
            "client/error",
            "client/process",
            "client/ssh_machine",
            "client/ssh_tunnel",
            "client/target",
        ],
    ),
    ("client/connection", &["client/error", "client/process", "client/ssh_tunnel", "client/target"]),
    ("client/error", &["client/process"]),
    (
        "client/reconnecting",
        &[
            "client/connect",
            "client/connection",
            "client/liveness",
            "client/process",
            "client/ssh_tunnel",
            "client/target",
        ],
    ),
    ("client/relay", &["client/connect", "client/connection", "client/error", "client/process", "client/target"]),
    ("client/ssh_tunnel", &["client/ssh_machine"]),
    ("client/target", &["client/ssh_machine"]),
    ("host/background", &["host/clients", "host/failure", "host/fair_queue", "host/portions", "host/send_queue"]),
    ("host/clients", &["host/send_queue"]),
    ("host/command", &["host/background", "host/clients", "host/endpoint", "host/send_queue"]),
    ("host/fair_queue", &["host/clients"]),
    (
        "host/lifecycle",
        &[
            "host/background",
            "host/command",
            "host/endpoint",
            "host/listen",
            "host/log",
            "host/notify",
            "host/sharing",
            "host/writer",
        ],
    ),
    (
        "host/listen",
        &["host/attribution", "host/clients", "host/command", "host/endpoint", "host/send_queue", "host/sharing"],
    ),
    ("host/sharing", &["host/endpoint"]),
    (
        "host/writer",
        &[
            "host/attribution",
            "host/background",
            "host/clients",
            "host/command",
            "host/endpoint",
            "host/failure",
            "host/fair_queue",
            "host/heap",
            "host/listen",
            "host/notify",
            "host/portions",
            "host/rooms",
        ],
    ),
    ("store/check", &["store/error", "store/index", "store/journal", "store/notice", "store/room_state"]),
    (
        "store/contract",
        &[
            "store/error",
            "store/findings",
            "store/journal",
            "store/notice",
            "store/page",
            "store/prepare",
            "store/reading",
        ],
    ),
    (
        "store/file_store",
        &[
            "store/check",
            "store/contract",
            "store/error",
            "store/findings",
            "store/index",
            "store/journal",
            "store/lock",
            "store/notice",
            "store/page",
            "store/permissions",
            "store/prepare",
            "store/read_view",
            "store/reading",
            "store/redact",
            "store/room_state",
            "store/side_table",
            "store/snapshot",
            "store/verify",
        ],
    ),
    ("store/findings", &["store/index"]),
    ("store/fork", &["store/check", "store/error", "store/index", "store/journal", "store/notice"]),
    ("store/index", &["store/journal", "store/lock", "store/notice", "store/side_table"]),
    ("store/journal", &["store/error", "store/permissions", "store/planted"]),
    ("store/lock", &["store/error"]),
    (
        "store/memory_store",
        &[
            "store/contract",
            "store/error",
            "store/findings",
            "store/journal",
            "store/notice",
            "store/page",
            "store/prepare",
            "store/reading",
            "store/side_table",
        ],
    ),
    ("store/notice", &["store/journal"]),
    ("store/permissions", &["store/error", "store/notice"]),
    (
        "store/prepare",
        &["store/check", "store/index", "store/journal", "store/read_view", "store/redact", "store/snapshot"],
    ),
    (
        "store/read_view",
        &["store/error", "store/findings", "store/index", "store/journal", "store/page", "store/reading"],
    ),
    ("store/reading", &["store/error", "store/findings", "store/page"]),
    ("store/redact", &["store/check", "store/error", "store/index", "store/journal", "store/side_table"]),
    ("store/room_state", &["store/error", "store/journal"]),
    ("store/side_table", &["store/journal"]),
    ("store/snapshot", &["store/index", "store/journal", "store/read_view", "store/reading"]),
    (
        "store/verify",
        &["store/error", "store/findings", "store/index", "store/journal", "store/read_view", "store/reading"],
    ),
];

/// The page that shows the tables, and between which lines.
const PAGE: &str = "ARCHITECTURE.md";
const BEGIN: &str = "<!-- walls -->\n";
const END: &str = "<!-- /walls -->\n";

#[test]
fn every_part_uses_only_what_it_may() {
    let found = edges();
    let may = |part: &str, used: &str| INNER.iter().any(|(known, all)| *known == part && all.contains(&used));
    let breaches: Vec<String> = found
        .iter()
        .flat_map(|(part, all)| all.iter().map(move |used| (part, used)))
        .filter(|(part, used)| !may(part, used))
        .map(|(part, used)| format!("{part} may not use {used}"))
        .collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    let stale: Vec<String> = INNER
        .iter()
        .flat_map(|(part, all)| all.iter().map(move |used| (*part, *used)))
        .filter(|(part, used)| !found.get(*part).is_some_and(|all| all.contains(*used)))
        .map(|(part, used)| format!("{part} no longer uses {used}"))
        .collect();
    assert!(stale.is_empty(), "take these out of the table:\n{}", stale.join("\n"));
}

/// `KLOCK_BLESS=1 cargo test --test walls` writes the tables into the page.
#[test]
fn the_architecture_page_shows_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path).expect("it is there");
    let (before, rest) = page.split_once(BEGIN).expect("the mark where the tables begin");
    let (shown, after) = rest.split_once(END).expect("the mark where they end");
    let tables = tables();
    if std::env::var_os("KLOCK_BLESS").is_some() {
        return fs::write(&path, format!("{before}{BEGIN}{tables}{END}{after}")).expect("written");
    }
    assert_eq!(shown, tables, "write them with KLOCK_BLESS=1");
    assert!(page.lines().count() <= 250, "{PAGE} is an introduction");
}

/// Which part uses which others, as `layer/part`.
fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let tree = Tree::read(&crate_root());
    let part_of = |module: &[String]| match module {
        [layer, part, ..] if LAYERS.contains(&layer.as_str()) => Some((layer.clone(), format!("{layer}/{part}"))),
        _ => None,
    };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, all) in tree.edges() {
        for to in all {
            if let (Some((layer, part)), Some((other, used))) = (part_of(from), part_of(to))
                && layer == other
                && part != used
            {
                found.entry(part).or_default().insert(used);
            }
        }
    }
    found
}

fn tables() -> String {
    let mut text = String::from("\n| layer | may use |\n|---|---|\n");
    for wall in WALLS {
        let used: Vec<String> = wall
            .may_use
            .iter()
            .filter(|used| format!("{used}/") != wall.place)
            .map(|used| format!("`{used}`"))
            .collect();
        let used = if used.is_empty() { "nothing of the crate".to_owned() } else { used.join(" ") };
        text += &format!("| `{}` | {used} |\n", wall.place.trim_end_matches('/'));
    }
    text +=
        "| `cli` | everything |\n\nInside three layers, each part may use these parts of its layer, and no others:\n\n";
    text += "| part | may use |\n|---|---|\n";
    for (part, all) in INNER {
        let name = |part: &str| part.split_once('/').map_or(part.to_owned(), |(_, name)| name.to_owned());
        let used: Vec<String> = all.iter().map(|used| format!("`{}`", name(used))).collect();
        text += &format!("| `{part}` | {} |\n", used.join(" "));
    }
    text + "\n"
}
