//! Which key means which command, mode by mode: built in, overlaid key by key by the organisation's and the person's own.

use std::fmt;

use keybinds::{KeyInput, KeySeq, Match};

use super::fault::Fault;
use super::layer::{Leaf, Source, leaves};
use crate::domain::near::nearest;

/// The name of the file in each configuration directory.
pub const FILE: &str = "keymap.toml";

/// The built-in keys.
pub const BUILTIN: &str = include_str!("../../config/keymap.toml");

/// What a key is bound to in order to unbind it.
const NONE: &str = "none";

/// Where a key is pressed. The screen looks a key up in a chain of modes, the innermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// Wherever keys are not text.
    Global,
    Lobby,
    Room,
    Questions,
    Checklist,
    Timeline,
    Actions,
    /// The entry line.
    Entry,
    Meeting,
    /// A form: fields with text.
    Form,
    /// A list over the screen: roles, plans, clocks, suppliers …
    List,
    /// The palette and the search, where text narrows a list.
    Palette,
    Help,
    /// The larger editor.
    Editor,
}

impl Mode {
    /// Every mode, in the order of the file.
    pub const ALL: [Mode; 14] = [
        Mode::Global,
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
        Mode::Palette,
        Mode::Help,
        Mode::Editor,
    ];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Global => "global",
            Mode::Lobby => "lobby",
            Mode::Room => "room",
            Mode::Questions => "questions",
            Mode::Checklist => "checklist",
            Mode::Timeline => "timeline",
            Mode::Actions => "actions",
            Mode::Entry => "entry",
            Mode::Meeting => "meeting",
            Mode::Form => "form",
            Mode::List => "list",
            Mode::Palette => "palette",
            Mode::Help => "help",
            Mode::Editor => "editor",
        }
    }

    /// Whether what is typed there is text, so that a character without Ctrl or Alt cannot be bound.
    pub fn takes_text(self) -> bool {
        matches!(self, Mode::Entry | Mode::Form | Mode::Palette | Mode::Editor)
    }
}

/// What keys pressed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMatch {
    /// This command.
    Command(&'static str),
    /// The beginning of a sequence: wait for the next key.
    Beginning,
    /// Nothing.
    Nothing,
}

/// A key sequence as it was bound, with its command; `None` if it is unbound on purpose.
#[derive(Debug, Clone, PartialEq)]
struct Binding {
    keys: KeySeq,
    command: Option<&'static str>,
}

/// The keys in force.
#[derive(Clone, PartialEq, Default)]
pub struct Keymap {
    /// By [`Mode`]; in the order of the files.
    modes: [Vec<Binding>; Mode::ALL.len()],
}

impl fmt::Debug for Keymap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(Mode::ALL.map(|mode| (mode, self.bindings(mode).collect::<Vec<_>>()))).finish()
    }
}

impl Keymap {
    /// The built-in keys. Those bound to what is not among `commands` are left out; a test holds that there are none.
    pub fn builtin(commands: &[&'static str]) -> Self {
        Keymap::read(&[], commands).0
    }

    /// The built-in keys with `layers` on top, the weakest first, and every fault in them. A binding with a fault is passed
    /// over; the rest of its file counts, and what it would have replaced holds. `commands` are the ids there are.
    pub fn read(layers: &[Source], commands: &[&'static str]) -> (Self, Vec<Fault>) {
        let mut keymap = Keymap::default();
        let mut faults = keymap.overlay(&Source::new(FILE, BUILTIN), commands);
        for source in layers {
            faults.extend(keymap.overlay(source, commands));
        }
        (keymap, faults)
    }

    /// What `pressed` means in the modes of `chain`, the innermost first. An inner mode hides what an outer one has for the
    /// same keys, also by unbinding them.
    pub fn find(&self, chain: &[Mode], pressed: &[KeyInput]) -> KeyMatch {
        for mode in chain {
            let mut begins = false;
            for binding in self.mode(*mode) {
                match (binding.keys.match_to(pressed), binding.command) {
                    (Match::Matched, Some(command)) => return KeyMatch::Command(command),
                    (Match::Matched, None) => return KeyMatch::Nothing,
                    (Match::Prefix, Some(_)) => begins = true,
                    _ => {}
                }
            }
            if begins {
                return KeyMatch::Beginning;
            }
        }
        KeyMatch::Nothing
    }

    /// The keys that mean `command` in the modes of `chain`, as help and hints show them: `Ctrl+d`, `g g`. Keys that an inner
    /// mode hides are left out.
    pub fn keys(&self, chain: &[Mode], command: &str) -> Vec<String> {
        let bound = chain.iter().flat_map(|mode| self.mode(*mode)).filter(|binding| binding.command == Some(command));
        let mut shown = Vec::new();
        for binding in bound {
            let reached = self.find(chain, binding.keys.as_slice())
                == binding.command.map_or(KeyMatch::Nothing, KeyMatch::Command);
            let text = binding.keys.to_string();
            if reached && !shown.contains(&text) {
                shown.push(text);
            }
        }
        shown
    }

    /// The bindings of one mode as they are shown, with their commands.
    pub fn bindings(&self, mode: Mode) -> impl Iterator<Item = (String, &'static str)> + '_ {
        self.mode(mode).iter().filter_map(|binding| Some((binding.keys.to_string(), binding.command?)))
    }

    fn mode(&self, mode: Mode) -> &[Binding] {
        &self.modes[mode as usize]
    }

    fn overlay(&mut self, source: &Source, commands: &[&'static str]) -> Vec<Fault> {
        let (leaves, mut faults) = leaves(source);
        let mut read: Vec<(Mode, Binding, Leaf<'_>)> = Vec::new();
        for leaf in leaves {
            match read_binding(source, &leaf, commands) {
                Ok((mode, binding)) => {
                    let twice = read.iter().any(|(m, other, _)| *m == mode && other.keys == binding.keys);
                    if twice {
                        let message = format!("{} is bound twice in [{}]", binding.keys, mode.name());
                        faults.push(source.fault(leaf.key_span(), message).with_help("keep one of the two"));
                    } else {
                        read.push((mode, binding, leaf));
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        for (mode, binding, _) in &read {
            let bindings = &mut self.modes[*mode as usize];
            match bindings.iter_mut().find(|known| known.keys == binding.keys) {
                Some(known) => *known = binding.clone(),
                None => bindings.push(binding.clone()),
            }
        }
        for (mode, binding, leaf) in &read {
            if let Some(other) = self.in_the_way(*mode, binding) {
                let message = format!("{} and {} cannot both be bound in [{}]", other, binding.keys, mode.name());
                faults.push(
                    source.fault(leaf.key_span(), message).with_help(format!("unbind one: \"{other}\" = \"{NONE}\"")),
                );
            }
        }
        faults
    }

    /// Keys of the same mode that begin like `binding`, or that it begins like: the shorter would hide the longer.
    fn in_the_way(&self, mode: Mode, binding: &Binding) -> Option<&KeySeq> {
        binding.command?;
        let others = self.mode(mode).iter().filter(|other| other.command.is_some() && other.keys != binding.keys);
        others.map(|other| &other.keys).find(|other| {
            other.match_to(binding.keys.as_slice()) == Match::Prefix
                || binding.keys.match_to(other.as_slice()) == Match::Prefix
        })
    }
}

fn read_binding(source: &Source, leaf: &Leaf<'_>, commands: &[&'static str]) -> Result<(Mode, Binding), Fault> {
    let at_key = |message: String| source.fault(leaf.key_span(), message);
    let [mode, keys] = leaf.path.as_slice() else {
        let fault = at_key(format!("`{}` is not in a mode", leaf.path.join(".")));
        return Err(fault.with_help("put it under a mode, `[room]`, and write the key in quotes"));
    };
    let Some(mode) = Mode::ALL.into_iter().find(|known| known.name() == mode) else {
        let names = Mode::ALL.map(Mode::name);
        let near = nearest(mode, names).map_or_else(|| names.join(", "), |near| format!("did you mean `{near}`?"));
        return Err(at_key(format!("there is no mode `{mode}`")).with_help(near));
    };
    let keys: KeySeq = keys.parse().map_err(|error: keybinds::Error| {
        at_key(error.to_string()).with_help("a key is `n`, `Enter`, `Ctrl+d`, or a sequence: `g g`")
    })?;
    let first = keys.as_slice().first().filter(|_| mode.takes_text());
    if let Some(key) = first.filter(|key| is_text(key)) {
        return Err(at_key(format!("in [{}] {key} is text", mode.name())).with_help("use a name, Ctrl+ or Alt+"));
    }
    let Some(command) = leaf.as_str() else {
        let fault = source.fault(leaf.value_span(), format!("a command is a string, not {}", leaf.kind()));
        return Err(fault.with_help(format!("write the id of a command, or \"{NONE}\"")));
    };
    if command == NONE {
        return Ok((mode, Binding { keys, command: None }));
    }
    match commands.iter().find(|known| **known == command) {
        Some(command) => Ok((mode, Binding { keys, command: Some(command) })),
        None => {
            let fault = source.fault(leaf.value_span(), format!("there is no command `{command}`"));
            Err(match nearest(command, commands.iter().copied()) {
                Some(near) => fault.with_help(format!("did you mean `{near}`?")),
                None => fault.with_help("the palette and docs/keys.md list every command"),
            })
        }
    }
}

fn is_text(key: &KeyInput) -> bool {
    matches!(key.key(), keybinds::Key::Char(_)) && !key.mods().intersects(keybinds::Mods::CTRL | keybinds::Mods::ALT)
}

#[cfg(test)]
mod tests;
