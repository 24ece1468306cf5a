//! What a check came to: how something stands, in words, and the remedy when there is one.

use serde::Serialize;

use crate::domain::phrase::Phrase;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    Terminal,
    Locale,
    Colours,
    Emoji,
    Tmux,
    Notices,
    Host,
    Rights,
    Disk,
    Store,
    Settings,
    Routines,
    Contacts,
    Ssh,
    Time,
}

impl Topic {
    /// Its name for a person.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            Topic::Terminal => "cli-doctor-topic-terminal",
            Topic::Locale => "cli-doctor-topic-locale",
            Topic::Colours => "cli-doctor-topic-colours",
            Topic::Emoji => "cli-doctor-topic-emoji",
            Topic::Tmux => "cli-doctor-topic-tmux",
            Topic::Notices => "cli-doctor-topic-notices",
            Topic::Host => "cli-doctor-topic-host",
            Topic::Rights => "cli-doctor-topic-rights",
            Topic::Disk => "cli-doctor-topic-disk",
            Topic::Store => "cli-doctor-topic-store",
            Topic::Settings => "cli-doctor-topic-settings",
            Topic::Routines => "cli-doctor-topic-routines",
            Topic::Contacts => "cli-doctor-topic-contacts",
            Topic::Ssh => "cli-doctor-topic-ssh",
            Topic::Time => "cli-doctor-topic-time",
        })
    }
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingState {
    Ok,
    /// It works, and could be better.
    Warn,
    /// Something that klock promises does not hold here.
    Fail,
    /// Not looked at, and why.
    Skipped,
}

impl FindingState {
    /// By shape, beside the word.
    pub fn mark(self) -> char {
        match self {
            FindingState::Ok => '✓',
            FindingState::Warn => '!',
            FindingState::Fail => '✗',
            FindingState::Skipped => '·',
        }
    }

    /// By word.
    pub fn label(self) -> Phrase {
        Phrase::new(match self {
            FindingState::Ok => "cli-doctor-ok",
            FindingState::Warn => "cli-doctor-warn",
            FindingState::Fail => "cli-doctor-fail",
            FindingState::Skipped => "cli-doctor-skipped",
        })
    }
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub topic: Topic,
    pub state: FindingState,
    pub what: Phrase,
    pub remedy: Option<Phrase>,
}

/// All is well.
pub fn ok(topic: Topic, what: Phrase) -> Finding {
    Finding { topic, state: FindingState::Ok, what, remedy: None }
}

/// Not looked at.
pub fn skipped(topic: Topic, what: Phrase) -> Finding {
    Finding { topic, state: FindingState::Skipped, what, remedy: None }
}

/// It works, and could be better: so.
pub fn warn(topic: Topic, what: Phrase, remedy: Phrase) -> Finding {
    Finding { topic, state: FindingState::Warn, what, remedy: Some(remedy) }
}

/// It does not work: this mends it.
pub fn fail(topic: Topic, what: Phrase, remedy: Phrase) -> Finding {
    Finding { topic, state: FindingState::Fail, what, remedy: Some(remedy) }
}
