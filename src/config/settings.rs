//! What a person or an organisation can set: built in < organisation < person, value by value.

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::fault::Fault;
use super::layer::{Source, leaves};
use super::theme::Choice;
use crate::domain::phrase::Lang;
use crate::domain::routine::{Anchor, MetBy, Routine};

/// The name of the file in each configuration directory.
pub const FILE: &str = "settings.toml";

/// The documented defaults.
pub const BUILTIN: &str = include_str!("../../config/settings.toml");

/// The settings in force. `config/settings.toml` documents each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The name entries carry; empty: the login name.
    pub name: String,
    pub lang: LangChoice,
    pub theme: Choice,
    /// Ring the terminal's bell at a clock's warnings.
    pub bell: bool,
    /// Show a desktop notification at a clock's warnings.
    pub desktop_notices: bool,
    /// The id of the routine an incident is declared with.
    pub routine: String,
    pub clocks: Clocks,
    pub host: HostSettings,
}

/// Which language is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LangChoice {
    /// As the locale says.
    #[default]
    Auto,
    En,
    Sv,
}

impl LangChoice {
    /// The language, unless the locale is to say.
    pub fn lang(self) -> Option<Lang> {
        match self {
            LangChoice::Auto => None,
            LangChoice::En => Some(Lang::En),
            LangChoice::Sv => Some(Lang::Sv),
        }
    }
}

/// What the source of the routine leaves open (P65, P80–P82).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clocks {
    pub first_meeting_from: CountFrom,
    pub report_days: Days,
}

/// What the first hour is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountFrom {
    /// As the routine says.
    #[default]
    Routine,
    Declared,
    Began,
}

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Days {
    /// As the routine says.
    #[default]
    Routine,
    Calendar,
    /// Monday to Friday.
    Working,
}

/// How the host behaves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HostSettings {
    /// Minutes the host stays with nobody attached and no incident open.
    #[serde(deserialize_with = "within_a_day")]
    pub idle_minutes: u32,
}

impl Default for HostSettings {
    fn default() -> Self {
        HostSettings { idle_minutes: 10 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: String::new(),
            lang: LangChoice::Auto,
            theme: Choice::Auto,
            bell: true,
            desktop_notices: true,
            routine: super::routine::DEFAULT.to_owned(),
            clocks: Clocks::default(),
            host: HostSettings::default(),
        }
    }
}

fn within_a_day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    const MINUTES_A_DAY: u32 = 24 * 60;
    let minutes = u32::deserialize(deserializer)?;
    if minutes > MINUTES_A_DAY {
        return Err(serde::de::Error::custom(format!("{minutes} is more than {MINUTES_A_DAY} minutes, a day")));
    }
    Ok(minutes)
}

impl Settings {
    /// The settings that `layers` make on top of the built-in ones, the weakest layer first, and every fault in them. A value
    /// with a fault is passed over: what the layer below says holds.
    pub fn read(layers: &[Source]) -> (Self, Vec<Fault>) {
        let mut merged = Table::new();
        let mut faults = Vec::new();
        for source in layers {
            let (leaves, of_form) = leaves(source);
            faults.extend(of_form);
            for leaf in leaves {
                let read =
                    leaf.read_alone::<Settings>(source).and_then(|_| leaf.read_alone::<Table>(source)).map_err(helped);
                match read {
                    Ok(table) => merge(&mut merged, table),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        // Each value was read by itself, so together they read too.
        (merged.try_into().unwrap_or_default(), faults)
    }

    /// The routine as these settings have it: what its source left open is settled before a room is opened with it.
    pub fn settle(&self, routine: &mut Routine) {
        for rule in &mut routine.clocks {
            let first_meeting = rule.met_by == MetBy::Meeting && rule.after != Anchor::MeetingHeld;
            match self.clocks.first_meeting_from {
                CountFrom::Declared if first_meeting => rule.after = Anchor::Declared,
                CountFrom::Began if first_meeting => rule.after = Anchor::Began,
                _ => {}
            }
            match self.clocks.report_days {
                Days::Calendar if rule.met_by == MetBy::Report => rule.working_days = false,
                Days::Working if rule.met_by == MetBy::Report => rule.working_days = true,
                _ => {}
            }
        }
    }
}

fn helped(fault: Fault) -> Fault {
    fault.with_help("`klock config init` writes a file that explains every setting")
}

fn merge(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> (Settings, Vec<Fault>) {
        let layers: Vec<_> = texts.iter().map(|text| Source::new(FILE, *text)).collect();
        Settings::read(&layers)
    }

    #[test]
    fn the_documented_defaults_are_the_defaults() {
        assert_eq!(read(&[]), (Settings::default(), Vec::new()));
        assert_eq!(read(&[BUILTIN]), (Settings::default(), Vec::new()));
        let documented: Vec<_> = leaves(&Source::new(FILE, BUILTIN)).0.iter().map(|leaf| leaf.path.join(".")).collect();
        let all = "name lang theme bell desktop-notices routine clocks.first-meeting-from clocks.report-days \
                   host.idle-minutes";
        assert_eq!(documented.join(" "), all);
    }

    #[test]
    fn layers_overlay_value_by_value() {
        let organisation = "routine = 'ours'\n[clocks]\nfirst-meeting-from = 'began'\nreport-days = 'working'\n";
        let own = "name = 'Anna Lind'\nlang = 'sv'\n[clocks]\nreport-days = 'calendar'\n";
        let (settings, faults) = read(&[organisation, own]);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(settings.routine, "ours");
        assert_eq!(settings.name, "Anna Lind");
        assert_eq!(settings.lang.lang(), Some(Lang::Sv));
        assert_eq!(settings.clocks, Clocks { first_meeting_from: CountFrom::Began, report_days: Days::Calendar });
    }

    #[test]
    fn one_fault_costs_one_value_and_is_named() {
        let text =
            "bell = 'yes'\nnmae = 'x'\ntheme = 'pink'\nlang = 'sv'\n[host]\nidle-minutes = 100000\n[hots]\na = 1\n";
        let (settings, faults) = read(&[text]);
        assert_eq!(settings, Settings { lang: LangChoice::Sv, ..Settings::default() });
        let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column)).collect();
        assert_eq!(places, [(1, 8), (2, 1), (3, 9), (6, 16), (7, 2)], "{faults:#?}");
        assert!(faults[1].message.contains("desktop-notices"), "it lists what there is: {}", faults[1]);
        assert!(faults[3].message.contains("a day"), "{}", faults[3]);
    }

    #[test]
    fn a_file_that_is_no_toml_leaves_the_defaults() {
        for text in ["= = =", "\u{0}\u{1b}[", "[clocks", "name = \"unfinished", "a.b.c = [[[["] {
            let (settings, faults) = read(&[text]);
            assert_eq!(settings, Settings::default());
            assert!(!faults.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn the_open_points_of_the_routine_are_settled() {
        let mut routine = super::super::routine::builtin()[0].clone();
        let before = routine.clone();
        Settings::default().settle(&mut routine);
        assert_eq!(routine, before);
        let (settings, _) = read(&["[clocks]\nfirst-meeting-from = 'began'\nreport-days = 'working'\n"]);
        settings.settle(&mut routine);
        let changed: Vec<_> = routine.clocks.iter().zip(&before.clocks).filter(|(now, then)| now != then).collect();
        assert!(changed.iter().any(|(now, _)| now.met_by == MetBy::Meeting && now.after == Anchor::Began));
        assert!(changed.iter().any(|(now, _)| now.met_by == MetBy::Report && now.working_days));
        assert_eq!(changed.len(), 2, "and nothing else: {changed:?}");
    }
}
