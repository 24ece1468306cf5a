//! Holds the layers to what each may use. Reads the imports; `ARCHITECTURE.md` shows the tables.

mod edges;
mod modules;
mod rings;

use std::fs;
use std::path::{Path, PathBuf};

/// A part of the tree, what of the crate it may name, and which words it must never have.
struct Wall {
    /// Path prefix under `src/`.
    place: &'static str,
    /// Modules of the crate it may name after `crate::`.
    may_use: &'static [&'static str],
    /// Text that must not occur in its code.
    never: &'static [&'static [&'static str]],
}

const IO: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
];

/// What the screen may name of the crate outside of its loop.
const SCREEN_USES: &[&str] = &["domain", "report", "config", "wire", "tui"];

/// What the screen never has outside of its loop and its terminal.
const SCREEN_NEVER: &[&str] = &[
    "tui::terminal",
    "tui::event_loop",
    "tui::keymap",
    "Color::",
    "sled::",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "Utc::now",
    "Local::now",
    "tokio",
];

/// What a feature of the screen never has besides: keys, which are bound to its commands elsewhere.
const KEYS: &[&str] = &["config::keymap", "KeyCode"];

const WALLS: &[Wall] = &[
    Wall {
        place: "domain/",
        may_use: &["domain"],
        never: &[&[
            "std::fs",
            "std::net",
            "std::env",
            "std::thread",
            "std::process",
            "SystemTime",
            "Instant::now",
            "Utc::now",
            "Local::now",
            "sled::",
            "ratatui",
            "crossterm",
            "tokio",
            "Ulid::new",
            "rand::",
        ]],
    },
    Wall {
        place: "report/",
        may_use: &["domain", "report"],
        never: &[&[
            "std::fs",
            "std::net",
            "std::env",
            "std::thread",
            "std::process",
            "Utc::now",
            "Local::now",
            "tokio",
        ]],
    },
    Wall {
        place: "config/",
        may_use: &["domain", "config", "regular"],
        never: &[&["sled::", "tokio", "Utc::now", "Local::now"]],
    },
    Wall {
        place: "store/",
        may_use: &["domain", "store", "regular"],
        never: &[&["ratatui", "crossterm", "Utc::now", "Local::now"]],
    },
    Wall {
        place: "wire/",
        may_use: &["domain", "wire"],
        never: &[&["sled::", "ratatui", "UnixStream", "UnixListener"]],
    },
    Wall {
        place: "host/",
        may_use: &["domain", "store", "wire", "config", "allocator", "clock", "peer", "regular", "host"],
        never: &[&["ratatui", "crossterm", "sled::", "Utc::now", "Local::now"]],
    },
    Wall {
        place: "client/",
        may_use: &["domain", "wire", "clock", "peer", "regular", "client"],
        never: &[&["ratatui", "crossterm", "sled::", "Utc::now", "Local::now"]],
    },
    Wall {
        place: "tui/terminal/",
        may_use: &["domain", "report", "config", "wire", "tui", "client", "clock"],
        never: &[&["sled::", "Utc::now", "Local::now"]],
    },
    Wall {
        place: "tui/event_loop/",
        may_use: &["domain", "report", "config", "wire", "tui", "client", "clock", "allocator"],
        never: &[&["sled::", "Utc::now", "Local::now"]],
    },
    // Where keys are read and bound.
    Wall { place: "tui/text/", may_use: SCREEN_USES, never: &[SCREEN_NEVER] },
    Wall { place: "tui/editor/", may_use: SCREEN_USES, never: &[SCREEN_NEVER] },
    Wall { place: "tui/paste/", may_use: SCREEN_USES, never: &[SCREEN_NEVER] },
    Wall { place: "tui/command/", may_use: SCREEN_USES, never: &[SCREEN_NEVER] },
    Wall { place: "tui/app/", may_use: SCREEN_USES, never: &[SCREEN_NEVER] },
    // Every feature, and what they are drawn with.
    Wall { place: "tui/", may_use: SCREEN_USES, never: &[SCREEN_NEVER, KEYS] },
];

#[test]
fn every_module_stays_within_its_walls() {
    let mut breaches = Vec::new();
    for (place, code) in sources() {
        // The first wall that fits is the narrowest: the table is ordered so.
        let Some(wall) = WALLS.iter().find(|wall| place.starts_with(wall.place)) else { continue };
        for (number, line) in code.lines().enumerate() {
            for used in crate_modules(line) {
                if !wall.may_use.contains(&used.as_str()) {
                    breaches.push(format!("src/{place}:{}: {} may not use crate::{used}", number + 1, wall.place));
                }
            }
            for word in wall.never.iter().copied().flatten() {
                if line.contains(word) {
                    breaches.push(format!("src/{place}:{}: {} may not have {word}", number + 1, wall.place));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{} breaches of the walls:\n{}", breaches.len(), breaches.join("\n"));
}

#[test]
fn only_the_command_line_prints_to_stdout() {
    let mut breaches = Vec::new();
    for (place, code) in sources() {
        if place.starts_with("cli/") || place == "main.rs" {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().starts_with("println!") || line.trim_start().starts_with("print!") {
                breaches.push(format!("src/{place}:{}", number + 1));
            }
        }
    }
    assert!(breaches.is_empty(), "these print to stdout:\n{}", breaches.join("\n"));
}

#[test]
fn only_the_clock_reads_the_wall_clock() {
    let mut breaches = Vec::new();
    for (place, code) in sources() {
        if place == "clock.rs" {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            if ["SystemTime::now", "Utc::now", "Local::now"].iter().any(|word| line.contains(word)) {
                breaches.push(format!("src/{place}:{}", number + 1));
            }
        }
    }
    assert!(breaches.is_empty(), "these read the wall clock:\n{}", breaches.join("\n"));
}

/// A moment shows its own offset, which may be another writer's: only the reader's words and zone may put it on paper.
#[test]
fn times_are_shown_in_the_zone_of_the_reader() {
    // The demo writes its times as a person would have typed them, and doctor tells the clock's own.
    let may = ["domain/time.rs", "config/lang.rs", "config/demo.rs", "report/markdown/page.rs", "cli/doctor/time.rs"];
    let mut breaches = Vec::new();
    for (place, code) in sources().into_iter().filter(|(place, _)| !may.contains(&place.as_str())) {
        for (number, line) in code.lines().enumerate() {
            if [".hm()", ".hms()"].iter().any(|call| line.contains(call)) {
                breaches.push(format!("src/{place}:{}", number + 1));
            }
        }
    }
    assert!(breaches.is_empty(), "show these by `Words::time` and its like:\n{}", breaches.join("\n"));
}

#[test]
fn every_file_begins_with_what_it_is() {
    let bare: Vec<String> =
        sources().into_iter().filter(|(_, code)| !code.starts_with("//! ")).map(|(p, _)| p).collect();
    assert!(bare.is_empty(), "these do not begin with `//! ` and one sentence: {bare:?}");
}

#[test]
fn no_room_is_called_after_nothing() {
    let vague = ["utils", "util", "common", "helpers", "helper", "misc", "manager"];
    let named: Vec<String> = sources()
        .into_iter()
        .map(|(place, _)| place)
        .filter(|place| {
            Path::new(place).file_stem().is_some_and(|stem| vague.iter().any(|v| stem.eq_ignore_ascii_case(v)))
        })
        .collect();
    assert!(named.is_empty(), "rename these after what they hold: {named:?}");
}

/// The wall table must not go stale: every folder of `src` has a wall, or is the command line, which may use everything.
#[test]
fn every_folder_has_a_wall() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for folder in
        fs::read_dir(source).expect("src").map(|entry| entry.expect("entry").path()).filter(|path| path.is_dir())
    {
        let name = format!("{}/", folder.file_name().expect("name").to_string_lossy());
        assert!(
            name == "cli/" || WALLS.iter().any(|wall| wall.place == name),
            "src/{name} has no wall in tests/walls.rs"
        );
    }
}

/// The wall itself is tested: planted breaches are seen.
#[test]
fn a_planted_breach_is_seen() {
    assert_eq!(crate_modules("use crate::store::journal::Journal;"), ["store"]);
    assert_eq!(crate_modules("use crate::{host::writer, domain::id};"), ["host", "domain"]);
    assert_eq!(crate_modules("    crate::cli::run()"), ["cli"]);
    assert!(
        IO.iter().all(|word| WALLS[0].never.iter().copied().flatten().any(|never| never == word)),
        "domain forbids every door to the outside"
    );
    let screen = WALLS.iter().find(|wall| wall.place == "tui/").expect("the features' wall");
    assert_eq!(screen.never, [SCREEN_NEVER, KEYS], "a feature may less than the screen");
}

/// The modules a line names after `crate::`.
fn crate_modules(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (start, _) in line.match_indices("crate::") {
        if line[..start].ends_with("pub(in ") {
            continue;
        }
        let rest = &line[start + "crate::".len()..];
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or(group);
            found.extend(group.split(',').map(|part| word(part.trim_start())).filter(|name| !name.is_empty()));
        } else {
            found.push(word(rest));
        }
    }
    found
}

/// Every source file as its path under `src/` and its code without comments and without its tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .into_iter()
        .filter(|path| !is_test(path))
        .map(|path| {
            let code = fs::read_to_string(&path).expect("source is UTF-8");
            let code = code.split("#[cfg(test)]\nmod ").next().unwrap_or("").to_owned();
            let first = code.lines().next().unwrap_or("").to_owned();
            let stripped: Vec<&str> =
                code.lines().skip(1).map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect();
            let place = path.strip_prefix(&root).expect("under src").to_string_lossy().replace('\\', "/");
            (place, format!("{first}\n{}", stripped.join("\n")))
        })
        .collect()
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "fixture")
        || path.file_stem().is_some_and(|stem| stem == "tests" || stem == "fixture")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
