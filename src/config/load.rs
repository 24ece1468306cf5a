//! Everything that can be set, read from the files of the organisation and the person.

use std::io;
use std::path::Path;

use super::contact::{self, Contacts};
use super::fault::Fault;
use super::keymap::{self, Keymap};
use super::layer::Source;
use super::place::Places;
use super::settings::{self, Settings};
use super::theme::{self, Background, Depth, Theme};
use crate::regular::{self, Links};

/// No file of settings is longer, in bytes. What is, is no file of settings.
pub const LONGEST_FILE: u64 = 1024 * 1024;

/// What was read, and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub settings: Settings,
    pub keymap: Keymap,
    pub contacts: Contacts,
    /// The files that were read, to show a fault in its line.
    pub sources: Vec<Source>,
    /// Every fault, in the order of the files. None of them keeps the program from starting.
    pub faults: Vec<Fault>,
    /// The files that change single roles of the theme, the weakest first.
    pub theme_layers: Vec<Source>,
}

impl Config {
    /// Reads the files at `places`. `commands` are the ids that keys can be bound to. A file that is not there is no fault;
    /// one that cannot be read is.
    pub fn read(places: &Places, commands: &[&'static str]) -> Self {
        let mut config = Config::default();
        let layers = config.layers(places, settings::FILE);
        let (settings, faults) = Settings::read(&layers);
        config.settings = settings;
        config.faults.extend(faults);
        let layers = config.layers(places, keymap::FILE);
        let (keymap, faults) = Keymap::read(&layers, commands);
        config.keymap = keymap;
        config.faults.extend(faults);
        let layers = config.layers(places, contact::FILE);
        let (contacts, faults) = Contacts::read(&layers);
        config.contacts = contacts;
        config.faults.extend(faults);
        config.theme_layers = config.layers(places, theme::FILE);
        // The faults of a theme are the same on every terminal; those built in have none.
        if !config.theme_layers.is_empty() {
            let (_, faults) =
                Theme::new(config.settings.theme, Background::Dark, Depth::TrueColour, &config.theme_layers);
            config.faults.extend(faults);
        }
        config
    }

    /// The fault with the line it is in, for a person at a shell.
    pub fn render(&self, fault: &Fault, colour: bool) -> String {
        match self.sources.iter().find(|source| source.file == fault.file) {
            Some(source) => fault.render(&source.text, colour),
            None => fault.to_string(),
        }
    }

    fn layers(&mut self, places: &Places, name: &str) -> Vec<Source> {
        let mut layers = Vec::new();
        for path in places.layers(name) {
            match read_file(&path) {
                Ok(text) => layers.push(Source::new(path.display().to_string(), text)),
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
                Err(error) => {
                    let fault = Fault::at(&path.display().to_string(), "", 0..0, format!("cannot be read: {error}"));
                    self.faults.push(fault.with_help("what is built in holds until it can"));
                }
            }
        }
        self.sources.extend(layers.iter().cloned());
        layers
    }
}

/// Reads a file of settings. It may be kept elsewhere, behind a link.
///
/// # Errors
/// When it cannot be read, is no regular file or is longer than a mebibyte.
pub fn read_file(path: &Path) -> io::Result<String> {
    regular::read_text(path, Links::Follow, LONGEST_FILE)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::theme::Role;
    use super::*;

    fn places(home: &Path) -> Places {
        Places {
            is_named: false,
            data: home.join("data"),
            config: home.join("own"),
            organisation: vec![home.join("org")],
            runtime: None,
            log: home.join("log"),
        }
    }

    #[test]
    fn an_empty_home_has_the_defaults_and_no_fault() {
        let home = tempfile::tempdir().expect("a directory");
        let config = Config::read(&places(home.path()), &["app.leave"]);
        assert_eq!(config.settings, Settings::default());
        assert!(config.faults.iter().all(|fault| fault.file == keymap::FILE), "only one command exists here");
        assert!(config.sources.is_empty());
    }

    #[test]
    fn the_persons_files_overlay_the_organisations() {
        let home = tempfile::tempdir().expect("a directory");
        for (file, text) in [
            ("org/settings.toml", "name = 'ops'\nlang = 'sv'\n"),
            ("own/settings.toml", "name = 'Anna'\nbel = true\n"),
            ("org/contacts.toml", "[[person]]\nname = 'Eva'\nphone = '1'\n"),
            ("own/theme.toml", "[roles]\ntext = 'bold'\n"),
        ] {
            let path = home.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
            fs::write(path, text).expect("a file");
        }
        let config = Config::read(&places(home.path()), &[]);
        assert_eq!(config.settings.name, "Anna");
        assert!(config.settings.lang.lang().is_some());
        assert_eq!(config.contacts.names().collect::<Vec<_>>(), ["Eva"]);
        let theme = |layers: &[Source]| Theme::new(config.settings.theme, Background::Dark, Depth::Ansi16, layers).0;
        assert_ne!(theme(&config.theme_layers).style(Role::Text), theme(&[]).style(Role::Text));
        let fault = config.faults.iter().find(|fault| fault.file.ends_with("settings.toml")).expect("`bel`");
        assert!(config.render(fault, false).contains("bel = true"));
    }

    #[test]
    fn what_cannot_be_read_is_named_and_does_not_stop_the_program() {
        let home = tempfile::tempdir().expect("a directory");
        fs::create_dir_all(home.path().join("own/settings.toml")).expect("a directory where a file should be");
        fs::write(home.path().join("own/contacts.toml"), [0xff, 0xfe, 0x00]).expect("a file");
        fs::write(home.path().join("own/theme.toml"), vec![b'#'; LONGEST_FILE as usize + 1]).expect("a file");
        let config = Config::read(&places(home.path()), &[]);
        let of = |name: &str| config.faults.iter().filter(|fault| fault.file.ends_with(&format!("own/{name}"))).count();
        assert_eq!((of(settings::FILE), of(contact::FILE), of(theme::FILE)), (1, 1, 1), "{:#?}", config.faults);
        assert_eq!(config.settings, Settings::default());
    }
}
