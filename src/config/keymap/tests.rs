//! Keys are found, hidden, unbound and shown; every fault of a file is named and costs one binding.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

const COMMANDS: [&str; 6] = ["app.leave", "app.help", "entry.write", "entry.save", "move.first", "pane.next"];

fn keymap(text: &str) -> (Keymap, Vec<Fault>) {
    let mut keymap = Keymap::default();
    let faults = keymap.overlay(&Source::new("keymap.toml", text), &COMMANDS);
    (keymap, faults)
}

fn press(keys: &str) -> Vec<KeyInput> {
    keys.parse::<KeySeq>().expect("keys").as_slice().to_vec()
}

/// The ids that the built-in file names.
fn builtin_commands() -> Vec<&'static str> {
    let source = Source::new(FILE, BUILTIN);
    let (leaves, faults) = leaves(&source);
    assert!(faults.is_empty(), "{faults:?}");
    leaves.iter().map(|leaf| &*leaf.as_str().expect("a string").to_owned().leak()).collect()
}

#[test]
fn the_built_in_keys_have_no_fault() {
    let commands = builtin_commands();
    let (keymap, faults) = Keymap::read(&[], &commands);
    assert!(faults.is_empty(), "{faults:#?}");
    for mode in Mode::ALL {
        assert!(keymap.bindings(mode).next().is_some(), "nothing is bound in [{}]", mode.name());
    }
    for id in commands {
        let well_formed = id.split_once('.').is_some_and(|(noun, verb)| {
            [noun, verb]
                .iter()
                .all(|part| part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !part.is_empty())
        });
        assert!(well_formed, "`{id}` is no `noun.verb`");
    }
}

#[test]
fn the_keys_that_the_design_promises_are_there() {
    let keymap = Keymap::builtin(&builtin_commands());
    let in_timeline = [Mode::Timeline, Mode::Room, Mode::Global];
    for (keys, command) in [
        ("q", "app.leave"),
        ("?", "app.help"),
        (":", "app.palette"),
        ("/", "timeline.search"),
        ("n", "entry.write"),
        ("i", "entry.write"),
        ("a", "question.answer"),
        ("m", "meeting.open"),
        ("U", "entry.undo"),
        ("z", "pane.zoom"),
        ("Tab", "pane.next"),
        ("Shift+Tab", "pane.previous"),
        ("3", "pane.timeline"),
        ("j", "move.down"),
        ("Down", "move.down"),
        ("k", "move.up"),
        ("g", "move.first"),
        ("G", "move.last"),
        ("Ctrl+d", "move.half-down"),
        ("Ctrl+u", "move.half-up"),
        ("Esc", "app.back"),
        ("Ctrl+l", "app.redraw"),
        ("s", "entry.star"),
        ("e", "entry.amend"),
    ] {
        assert_eq!(keymap.find(&in_timeline, &press(keys)), KeyMatch::Command(command), "{keys}");
    }
    let in_checklist = [Mode::Checklist, Mode::Room, Mode::Global];
    assert_eq!(keymap.find(&in_checklist, &press("Space")), KeyMatch::Command("checklist.check"));
    assert_eq!(keymap.find(&in_checklist, &press("w")), KeyMatch::Command("checklist.waive"));
    assert_eq!(keymap.find(&[Mode::Entry], &press("Ctrl+o")), KeyMatch::Command("entry.editor"));
}

#[test]
fn keys_of_the_terminal_are_found() {
    let (keymap, faults) =
        keymap("[room]\n\"G\" = \"move.first\"\n\"å\" = \"app.help\"\n\"Shift+Tab\" = \"pane.next\"\n");
    assert!(faults.is_empty(), "{faults:?}");
    for (code, modifiers, command) in [
        (KeyCode::Char('G'), KeyModifiers::SHIFT, "move.first"),
        (KeyCode::Char('G'), KeyModifiers::NONE, "move.first"),
        (KeyCode::Char('å'), KeyModifiers::NONE, "app.help"),
        (KeyCode::BackTab, KeyModifiers::SHIFT, "pane.next"),
        (KeyCode::BackTab, KeyModifiers::NONE, "pane.next"),
    ] {
        let pressed = [KeyInput::from(KeyEvent::new(code, modifiers))];
        assert_eq!(keymap.find(&[Mode::Room], &pressed), KeyMatch::Command(command), "{code:?} {modifiers:?}");
    }
}

#[test]
fn sequences_wait_for_their_end() {
    let (keymap, faults) = keymap("[room]\n\"g g\" = \"move.first\"\n[global]\n\"g\" = \"app.help\"\n");
    assert!(faults.is_empty(), "{faults:?}");
    let chain = [Mode::Room, Mode::Global];
    assert_eq!(keymap.find(&chain, &press("g")), KeyMatch::Beginning);
    assert_eq!(keymap.find(&chain, &press("g g")), KeyMatch::Command("move.first"));
    assert_eq!(keymap.find(&chain, &press("g x")), KeyMatch::Nothing);
    assert_eq!(keymap.find(&[Mode::Global], &press("g")), KeyMatch::Command("app.help"));
    assert_eq!(keymap.keys(&chain, "move.first"), ["g g"]);
    assert!(keymap.keys(&chain, "app.help").is_empty(), "an inner sequence hides it");
}

#[test]
fn inner_modes_hide_outer_ones_and_none_unbinds() {
    let (mut keymap, _) = keymap(
        "[global]\n\"q\" = \"app.leave\"\n\"F1\" = \"app.help\"\n\"?\" = \"app.help\"\n\
         [room]\n\"q\" = \"entry.write\"\n[help]\n\"q\" = \"none\"\n",
    );
    assert_eq!(keymap.find(&[Mode::Room, Mode::Global], &press("q")), KeyMatch::Command("entry.write"));
    assert_eq!(keymap.find(&[Mode::Help, Mode::Global], &press("q")), KeyMatch::Nothing);
    assert_eq!(keymap.keys(&[Mode::Global], "app.help"), ["F1", "?"]);
    assert!(keymap.keys(&[Mode::Room, Mode::Global], "app.leave").is_empty());
    let own = Source::new("own.toml", "[global]\n\"?\" = \"none\"\n\"F1\" = \"app.leave\"\n");
    assert!(keymap.overlay(&own, &COMMANDS).is_empty());
    assert!(keymap.keys(&[Mode::Global], "app.help").is_empty());
    assert_eq!(keymap.keys(&[Mode::Global], "app.leave"), ["q", "F1"]);
}

#[test]
fn every_fault_is_named_and_costs_one_binding() {
    let text = "[global]\n\
                \"q\" = \"app.leev\"\n\
                \"Ctrl+Foo\" = \"app.help\"\n\
                \"F1\" = 3\n\
                \"?\" = \"app.help\"\n\
                \"?\" = \"app.leave\"\n\
                [rooom]\n\
                \"x\" = \"app.help\"\n\
                [entry]\n\
                \"n\" = \"entry.save\"\n\
                \"Enter\" = \"entry.save\"\n\
                \"enter\" = \"app.help\"\n\
                [list]\n\
                \"g\" = \"app.help\"\n\
                \"g g\" = \"move.first\"\n";
    let (keymap, faults) = keymap(text);
    let mut lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines, [2, 3, 4, 6, 8, 10, 12, 14, 15], "{faults:#?}");
    let at = |line: usize| faults.iter().find(|fault| fault.line == line).expect("a fault");
    assert_eq!((at(2).column, at(2).length), (7, 10));
    assert_eq!(at(2).help.as_deref(), Some("did you mean `app.leave`?"));
    assert_eq!(at(8).help.as_deref(), Some("did you mean `room`?"));
    assert_eq!(keymap.find(&[Mode::Global], &press("?")), KeyMatch::Command("app.help"));
    assert_eq!(keymap.find(&[Mode::Entry], &press("Enter")), KeyMatch::Command("entry.save"));
    assert_eq!(keymap.find(&[Mode::Entry], &press("n")), KeyMatch::Nothing);
}

#[test]
fn nobody_is_locked_out_by_a_broken_file() {
    let commands = builtin_commands();
    let whole = Keymap::builtin(&commands);
    for text in ["", "= = =", "[global", "\u{0}", "[[global]]\n", "global = 3", "[global]\n\"q\" = [1, 2"] {
        let (keymap, _) = Keymap::read(&[Source::new("own.toml", text)], &commands);
        assert_eq!(keymap, whole, "{text:?}");
    }
}
