//! tmux's settings, as far as klock depends on them; `assets/tmux.conf` has them all.

use super::command::ask;
use super::finding::{Finding, Topic, ok, skipped, warn};
use crate::domain::phrase::Phrase;

/// The first version that has popups.
const LEAST: (u32, u32) = (3, 2);

/// Above so many milliseconds Esc is felt to lag.
const LONGEST_ESCAPE: u32 = 50;

/// A setting: its name, whether a value serves, what is put into tmux.conf when it does not, and why.
type Rule = (&'static str, fn(&str) -> bool, &'static str, &'static str);

const RULES: [Rule; 7] = [
    (
        "escape-time",
        |value| value.parse::<u32>().is_ok_and(|milliseconds| milliseconds <= LONGEST_ESCAPE),
        "set -s escape-time 10",
        "cli-doctor-tmux-escape",
    ),
    ("focus-events", |value| value == "on", "set -s focus-events on", "cli-doctor-tmux-focus"),
    ("set-clipboard", |value| value != "off", "set -s set-clipboard on", "cli-doctor-tmux-clipboard"),
    (
        "default-terminal",
        |value| value.contains("256color") || value.contains("direct"),
        "set -g default-terminal tmux-256color",
        "cli-doctor-tmux-terminal",
    ),
    ("bell-action", |value| value != "none", "set -g bell-action any", "cli-doctor-tmux-bell"),
    ("visual-bell", |value| value != "on", "set -g visual-bell off", "cli-doctor-tmux-bell"),
    ("window-size", |value| value != "smallest", "set -g window-size latest", "cli-doctor-tmux-size"),
];

/// Looks at the tmux that this runs in, when it does.
pub fn check() -> Vec<Finding> {
    let version = ask("tmux", &["-V"]);
    if std::env::var_os("TMUX").is_none_or(|value| value.is_empty()) {
        let said = match version {
            Some(version) => Phrase::new("cli-doctor-tmux-outside").with("version", version),
            None => Phrase::new("cli-doctor-tmux-none"),
        };
        return vec![skipped(Topic::Tmux, said)];
    }
    let version = version.unwrap_or_default();
    let values: Vec<(&'static str, Option<String>)> = RULES
        .iter()
        .map(|(name, ..)| (*name, ask("tmux", &["show-options", "-gqv", name]).or_else(|| server(name))))
        .collect();
    judge(&version, &values)
}

fn server(name: &str) -> Option<String> {
    ask("tmux", &["show-options", "-sqv", name])
}

/// `values`: what each of [`RULES`] is set to; empty or `None` if this tmux does not have it.
fn judge(version: &str, values: &[(&'static str, Option<String>)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if number(version).is_some_and(|version| version < LEAST) {
        let said = Phrase::new("cli-doctor-tmux-old").with("version", version);
        findings.push(warn(Topic::Tmux, said, Phrase::new("cli-doctor-tmux-old-remedy")));
    }
    for ((name, serves, line, why), (_, value)) in RULES.iter().zip(values) {
        let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else { continue };
        if !serves(value) {
            let said = Phrase::new("cli-doctor-tmux-option").with("option", *name).with("value", value);
            let said = said.with("why", Phrase::new(why));
            findings.push(warn(Topic::Tmux, said, Phrase::new("cli-doctor-tmux-put").with("line", *line)));
        }
    }
    if findings.is_empty() {
        findings.push(ok(Topic::Tmux, Phrase::new("cli-doctor-tmux-fine").with("version", version)));
    }
    findings
}

/// `tmux 3.3a` → 3, 3.
fn number(version: &str) -> Option<(u32, u32)> {
    let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (major, minor) = digits.split_once('.')?;
    let minor: String = minor.chars().take_while(char::is_ascii_digit).collect();
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::finding::FindingState;
    use super::*;

    fn with(changed: &str, value: &str) -> Vec<Finding> {
        let good = ["10", "on", "on", "tmux-256color", "any", "off", "latest"];
        let values: Vec<_> = RULES
            .iter()
            .zip(good)
            .map(|((name, ..), good)| (*name, Some(if *name == changed { value } else { good }.to_owned())))
            .collect();
        judge("tmux 3.3a", &values)
    }

    #[test]
    fn each_setting_that_does_not_serve_is_named_with_its_line() {
        assert_eq!(with("", "").len(), 1);
        assert_eq!(with("", "")[0].state, FindingState::Ok);
        for (option, value) in [
            ("escape-time", "500"),
            ("focus-events", "off"),
            ("set-clipboard", "off"),
            ("default-terminal", "screen"),
            ("bell-action", "none"),
            ("visual-bell", "on"),
            ("window-size", "smallest"),
        ] {
            let findings = with(option, value);
            assert_eq!(findings.len(), 1, "{option}");
            assert_eq!(findings[0].state, FindingState::Warn, "{option}");
        }
    }

    #[test]
    fn versions_are_numbers() {
        assert_eq!(number("tmux 3.3a"), Some((3, 3)));
        assert_eq!(number("tmux next-3.5"), Some((3, 5)));
        assert!(number("tmux 2.9").is_some_and(|old| old < LEAST));
        assert_eq!(number(""), None);
    }
}
