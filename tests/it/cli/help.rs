//! What `klock` says of itself: help, manual page, completions, version.

use crate::world::World;

#[test]
fn the_short_help_fits_a_screen() {
    let world = World::new();
    let help = world.klock(["-h"]).ok();
    insta::assert_snapshot!("short_help", help);
    assert_eq!(help, world.klock(["-h"]).ok());
}

#[test]
fn the_long_help_has_examples() {
    let world = World::new();
    let help = world.klock(["--help"]).ok();
    insta::assert_snapshot!("long_help", help);
}

#[test]
fn a_verb_explains_itself() {
    let world = World::new();
    insta::assert_snapshot!("log_help", world.klock(["log", "--help"]).ok());
    insta::assert_snapshot!("open_short_help", world.klock(["open", "-h"]).ok());
}

#[test]
fn usage_errors_say_what_to_do() {
    let world = World::new();
    insta::assert_snapshot!("usage_error", world.klock(["waive", "notes"]).fails(2));
}

#[test]
fn the_manual_page_names_every_verb() {
    let world = World::new();
    let man = world.klock(["man"]).ok();
    assert!(man.starts_with(".ie") || man.contains(".TH"), "{man}");
    for verb in ["open", "log", "answer", "status", "timeline", "export", "verify"] {
        assert!(man.contains(verb), "{verb}");
    }
}

#[test]
fn completions_know_the_verbs() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = world.klock(["completions", shell]).ok();
        assert!(script.contains("timeline") && script.contains("waive"), "{shell}");
    }
    world.klock(["completions", "tcsh"]).fails(2);
}
