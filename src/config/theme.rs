//! Styles by role: a theme's file, an own file on top of it, reduced to what the terminal can show.

use ratatui::style::{Modifier, Style};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::layer::{Source, leaves};
use crate::domain::near::nearest;

mod colour;
mod spec;

pub use colour::{Depth, Signals};

/// Declares the roles once: variant, name in a theme file, what it is for.
macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident = $name:literal,)+) => {
        /// What a piece of the screen is, so that a theme can say how it looks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $($(#[doc = $doc])+ $role,)+
        }

        impl Role {
            /// Every role, in the order of the theme files.
            pub const ALL: &'static [Role] = &[$(Role::$role),+];

            /// Its name in a theme file: `border-focus`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Role::$role => $name,)+
                }
            }
        }
    };
}

roles! {
    /// What people wrote.
    Text = "text",
    /// What stands back: times, ages, units.
    Muted = "muted",
    /// What could be typed here: placeholders, completions.
    Ghost = "ghost",
    /// The line at the top.
    Header = "header",
    /// The program's name in it.
    Brand = "brand",
    /// The titles of panes and overlays.
    Title = "title",
    /// The frame of a pane.
    Border = "border",
    /// The frame of the pane that has the keyboard.
    BorderFocus = "border-focus",
    /// The selected row of the pane that has the keyboard.
    Selection = "selection",
    /// The selected row of another pane.
    SelectionIdle = "selection-idle",
    /// A key in hints and help.
    Key = "key",
    /// What a key does.
    Hint = "hint",
    /// The entry line's own text.
    Input = "input",
    /// The day rules of the timeline and other headings inside a pane.
    Rule = "rule",
    /// Done, saved, met, sure.
    Ok = "ok",
    /// Soon due, assumed.
    Warn = "warn",
    /// Late, refused, failed.
    Danger = "danger",
    /// What must not be overlooked: an overdue clock, a store that cannot save.
    Critical = "critical",
    /// News without a verdict.
    Info = "info",
    /// What the eye should find: the running clock, the present phase.
    Accent = "accent",
    /// A decision in the timeline.
    Decision = "decision",
    /// A question and its prompt.
    Question = "question",
    /// A struck entry.
    Struck = "struck",
    /// The star of an entry.
    Star = "star",
    /// An entry that is new since the person last looked.
    New = "new",
    /// A person: `@olle`.
    Person = "person",
    /// A tag: `#network`.
    Tag = "tag",
    /// A due time: `+15m`.
    Due = "due",
    /// Plan A.
    TrackA = "track-a",
    /// Plan B.
    TrackB = "track-b",
    /// What is typed and not recorded yet.
    Draft = "draft",
    /// An answer older than its question allows.
    Stale = "stale",
    /// The part of a text that a search found.
    Match = "match",
    /// The filled part of a gauge.
    Gauge = "gauge",
    /// The empty part of a gauge.
    GaugeRest = "gauge-rest",
    /// The mark of a demonstration room.
    Demo = "demo",
}

impl Role {
    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Role::ALL.iter().copied().find(|role| role.name() == name)
    }
}

/// Which theme a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Dark or light, as the terminal's background is.
    #[default]
    Auto,
    Dark,
    Light,
    /// Colours that stay apart with every kind of colour vision; on either background.
    ColourBlind,
    /// No colour: bold, underline, reverse and dim only.
    Mono,
}

/// What the terminal's background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    #[default]
    Dark,
    Light,
    /// It does not say: only colours that are readable on both will do.
    Unknown,
}

/// The name of the file in each configuration directory that changes single roles.
pub const FILE: &str = "theme.toml";

/// The theme files that are built in: name and content.
pub const BUILTIN_FILES: [(&str, &str); 6] = [
    ("dark.toml", include_str!("../../config/themes/dark.toml")),
    ("light.toml", include_str!("../../config/themes/light.toml")),
    ("colour-blind.toml", include_str!("../../config/themes/colour-blind.toml")),
    ("colour-blind-light.toml", include_str!("../../config/themes/colour-blind-light.toml")),
    ("mono.toml", include_str!("../../config/themes/mono.toml")),
    ("neutral.toml", include_str!("../../config/themes/neutral.toml")),
];

/// The table of a theme file that holds the roles.
const TABLE: &str = "roles";

/// How every role looks on this terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Theme {
    /// The theme of `choice` on `background`, reduced to `depth`, with the roles of `layers` on top, the weakest first. A
    /// terminal without colour gets the monochrome theme even if another was asked for: a theme that loses its colours also loses
    /// its selection. A role that has a fault keeps the style below it, and the fault is returned.
    pub fn new<'a>(
        choice: Choice,
        background: Background,
        depth: Depth,
        layers: impl IntoIterator<Item = &'a Source>,
    ) -> (Self, Vec<Fault>) {
        let (file, text) = BUILTIN_FILES[builtin_index(choice, background, depth)];
        let mut styles = vec![Style::new(); Role::ALL.len()];
        let mut faults = overlay(&mut styles, &Source::new(file, text));
        for source in layers {
            faults.extend(overlay(&mut styles, source));
        }
        let styles = styles.into_iter().map(|style| colour::reduce(style, depth)).collect();
        (Theme { styles }, faults)
    }

    /// The theme for tests and for a screen that has read no settings yet: dark, in 16 colours.
    pub fn plain() -> Self {
        Theme::new(Choice::Dark, Background::Dark, Depth::Ansi16, None).0
    }

    /// How `role` looks.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// How `role` looks on the selected row: its own colour, made visible against the selection.
    pub fn selected(&self, role: Role) -> Style {
        let selection = self.style(Role::Selection);
        let own = self.style(role);
        // What has a ground of its own, a badge, is readable on that ground only.
        if own.bg.is_some() {
            return own;
        }
        let keeps_colour = selection.bg.is_some() && !selection.add_modifier.contains(Modifier::REVERSED);
        match own.fg.filter(|colour| keeps_colour && Some(*colour) != selection.bg) {
            Some(colour) => selection.fg(colour).add_modifier(own.add_modifier),
            None => selection.add_modifier(own.add_modifier),
        }
    }
}

fn builtin_index(choice: Choice, background: Background, depth: Depth) -> usize {
    match (choice, background) {
        _ if depth == Depth::None => 4,
        (Choice::Mono, _) => 4,
        (Choice::Dark, _) | (Choice::Auto, Background::Dark) => 0,
        (Choice::Light, _) | (Choice::Auto, Background::Light) => 1,
        (Choice::Auto, Background::Unknown) => 5,
        (Choice::ColourBlind, Background::Dark | Background::Unknown) => 2,
        (Choice::ColourBlind, Background::Light) => 3,
    }
}

fn overlay(styles: &mut [Style], source: &Source) -> Vec<Fault> {
    let (leaves, mut faults) = leaves(source);
    for leaf in leaves {
        let role = match leaf.path.as_slice() {
            [table, role] if table == TABLE => role,
            _ => {
                let fault = source.fault(leaf.key_span(), format!("`{}` is not known here", leaf.path.join(".")));
                faults.push(fault.with_help("a theme has one table, [roles], of names and styles"));
                continue;
            }
        };
        let Some(known) = Role::from_name(role) else {
            let fault = source.fault(leaf.key_span(), format!("there is no role `{role}`"));
            let near = nearest(role, Role::ALL.iter().map(|role| role.name()));
            faults.push(match near {
                Some(near) => fault.with_help(format!("did you mean `{near}`?")),
                None => fault.with_help("the names are those of the built-in themes"),
            });
            continue;
        };
        match leaf.as_str().map(spec::parse) {
            Some(Ok(style)) => styles[known as usize] = style,
            Some(Err(why)) => faults.push(source.fault(leaf.value_span(), why).with_help(spec::HELP)),
            None => {
                let why = format!("a style is a string, not {}", leaf.kind());
                faults.push(source.fault(leaf.value_span(), why).with_help(spec::HELP));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests;
