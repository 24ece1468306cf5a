//! How the host is: whether it can save, and what people should know.

use std::path::{Path, PathBuf};

use crate::domain::phrase::Phrase;
use crate::wire::message::Health;

/// How many notices everybody is told (a guess): a person reads no more, and all of them go to every client that comes.
pub const MOST_NOTICES: usize = 50;

/// The health of the host, as clients are told of it.
#[derive(Debug)]
pub struct HostHealth {
    health: Health,
    /// The file that could not be written when saving failed last.
    unsaved: Option<PathBuf>,
}

impl HostHealth {
    /// Returns the health of a host that can save, with the notices of its start.
    pub fn new(notices: Vec<Phrase>) -> Self {
        let mut health = HostHealth { health: Health { cannot_save: None, remarks: Vec::new() }, unsaved: None };
        for notice in notices {
            health.push_notice(notice);
        }
        health
    }

    /// Returns what clients are told.
    pub fn current(&self) -> &Health {
        &self.health
    }

    /// Notes that nothing can be saved, and which file could not be written. Returns whether that is news.
    pub fn set_cannot_save(&mut self, why: Phrase, file: Option<PathBuf>) -> bool {
        self.unsaved = file;
        self.replace(Some(why))
    }

    /// Notes that the disk takes something. Returns whether that is news.
    pub fn set_can_save(&mut self) -> bool {
        self.replace(None)
    }

    fn replace(&mut self, why: Option<Phrase>) -> bool {
        let is_news = self.health.cannot_save != why;
        self.health.cannot_save = why;
        is_news
    }

    /// Returns the file that could not be written, if it is known, while nothing can be saved; `None` while all is well.
    pub fn failed_file(&self) -> Option<Option<&Path>> {
        self.health.cannot_save.as_ref().map(|_| self.unsaved.as_deref())
    }

    /// Adds a notice that is not among them. Returns whether clients have to be told.
    pub fn add_notice(&mut self, notice: Phrase) -> bool {
        if self.health.remarks.contains(&notice) {
            return false;
        }
        tracing::warn!(?notice, "notice");
        self.push_notice(notice)
    }

    /// Adds a notice, unless there are so many that only the log has it.
    fn push_notice(&mut self, notice: Phrase) -> bool {
        let notices = &mut self.health.remarks;
        if notices.len() > MOST_NOTICES {
            return false;
        }
        let is_last = notices.len() == MOST_NOTICES;
        notices.push(if is_last { Phrase::new("host-more-remarks").with("count", MOST_NOTICES) } else { notice });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_news_once_and_names_the_file_while_it_lasts() {
        let mut health = HostHealth::new(Vec::new());
        assert_eq!(health.failed_file(), None);
        let full = || Phrase::new("store-full");
        assert!(health.set_cannot_save(full(), Some("journal".into())));
        assert!(!health.set_cannot_save(full(), Some("journal".into())));
        assert_eq!(health.failed_file(), Some(Some(Path::new("journal"))));
        assert!(health.set_can_save() && !health.set_can_save());
        assert_eq!(health.failed_file(), None);
    }

    #[test]
    fn of_very_many_notices_people_are_told_that_there_are_more() {
        let notice = |n: usize| Phrase::new("host-no-log").with("path", n.to_string());
        let mut health = HostHealth::new(vec![notice(0)]);
        assert!(!health.add_notice(notice(0)), "it is known");
        let told = (1..100).filter(|n| health.add_notice(notice(*n))).count();
        assert_eq!((told, health.current().remarks.len()), (MOST_NOTICES, MOST_NOTICES + 1));
        assert_eq!(health.current().remarks[MOST_NOTICES].key, "host-more-remarks");
    }
}
