//! The routines that can be chosen from here: built in, overlaid by the organisation's, overlaid by the person's own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{DEFAULT, builtin, check};
use crate::config::fault::Fault;
use crate::config::layer::{Leaf, Source, leaves};
use crate::domain::routine::Routine;
use crate::regular::{self, Links};

/// The directory of routines inside each directory of settings.
pub const DIRECTORY: &str = "routines";

/// No routine is longer, in bytes: each room carries its own copy.
const LONGEST_FILE: u64 = 256 * 1024;

/// Every routine that can be chosen, and what was wrong with the files of those that cannot.
#[derive(Debug, Clone, Default)]
pub struct RoutineCollection {
    /// Those of the files, each in place of what is built in under its id.
    own: Vec<Routine>,
    /// Made when somebody asks: the built-in ones are long, and most calls of the program need none.
    all: OnceLock<Vec<Routine>>,
    /// The files that were read, to show a fault in its line.
    pub sources: Vec<Source>,
    /// Every fault. A file that has one is left out; what it would have replaced stays.
    pub faults: Vec<Fault>,
}

impl RoutineCollection {
    /// The built-in routines with every `*.toml` of `directories` on top, the weakest directory first. A routine replaces
    /// an earlier one of the same id. A directory that is not there is no fault.
    pub fn read(directories: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut routines = RoutineCollection::default();
        for directory in directories {
            routines.overlay(&directory);
        }
        routines
    }

    /// All of them, the built-in first.
    pub fn all(&self) -> &[Routine] {
        self.all.get_or_init(|| {
            let mut all = builtin().to_vec();
            self.own.iter().for_each(|routine| put(&mut all, routine.clone()));
            all
        })
    }

    /// The routine `id`.
    pub fn find(&self, id: &str) -> Option<&Routine> {
        self.all().iter().find(|routine| routine.id == id)
    }

    /// The one a room is opened with when nobody says otherwise; an organisation may have replaced it.
    pub fn default_routine(&self) -> &Routine {
        self.find(DEFAULT).unwrap_or_else(|| &self.all()[0])
    }

    fn overlay(&mut self, directory: &Path) {
        let files = match files(directory) {
            Ok(files) => files,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return,
            Err(error) => return self.unreadable(directory, &error),
        };
        // Two files of one directory that give the same id: neither is above the other, so the second is a fault.
        let mut here: Vec<(String, PathBuf)> = Vec::new();
        for path in files {
            let text = match read_file(&path) {
                Ok(text) => text,
                Err(error) => {
                    self.unreadable(&path, &error);
                    continue;
                }
            };
            let source = Source::new(path.display().to_string(), text);
            match check(&source.file, &source.text) {
                Ok(routine) => match here.iter().find(|(id, _)| *id == routine.id) {
                    Some((id, other)) => {
                        let place = leaves(&source).0.iter().find(|leaf| leaf.path == ["id"]).map(Leaf::value_span);
                        let message = format!("the id “{id}” is already that of {}", other.display());
                        let fault = source.fault(place.unwrap_or(0..0), message);
                        self.faults.push(fault.with_help("give one of them another id"));
                    }
                    None => {
                        here.push((routine.id.clone(), path));
                        put(&mut self.own, routine);
                    }
                },
                Err(faults) => self.faults.extend(faults),
            }
            self.sources.push(source);
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let fault = Fault::at(&path.display().to_string(), "", 0..0, format!("cannot be read: {error}"));
        self.faults.push(fault.with_help("the routines that were there before stay in use until it can"));
    }
}

fn put(among: &mut Vec<Routine>, routine: Routine) {
    match among.iter_mut().find(|known| known.id == routine.id) {
        Some(known) => *known = routine,
        None => among.push(routine),
    }
}

/// The files of routines in `directory`, by name.
fn files(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(path: &Path) -> io::Result<String> {
    regular::read_text(path, Links::Follow, LONGEST_FILE)
}

#[cfg(test)]
mod tests {
    use super::super::BUILTIN_FILES;
    use super::*;
    use crate::domain::phrase::Lang;

    /// A directory with these files.
    fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().expect("a directory");
        for (name, text) in files {
            fs::write(directory.path().join(name), text).expect("a file");
        }
        directory
    }

    /// The built-in routine under another id and title.
    fn variant(id: &str, title: &str) -> String {
        BUILTIN_FILES[0].1.replacen("id = \"critical-incident\"", &format!("id = \"{id}\""), 1).replacen(
            "title.en = \"Critical incident\"",
            &format!("title.en = \"{title}\""),
            1,
        )
    }

    fn read(directories: &[&tempfile::TempDir]) -> RoutineCollection {
        RoutineCollection::read(directories.iter().map(|directory| directory.path().to_owned()))
    }

    #[test]
    fn without_files_there_are_those_built_in() {
        let routines = RoutineCollection::read([PathBuf::from("/nowhere/at/all")]);
        assert_eq!(routines.all(), builtin());
        assert_eq!(routines.default_routine().id, DEFAULT);
        assert_eq!(routines.faults, []);
        assert!(routines.find("tea").is_none());
    }

    #[test]
    fn the_person_replaces_the_organisation_which_replaces_the_built_in() {
        let organisation =
            directory(&[("a.toml", &variant(DEFAULT, "Ours")), ("b.toml", &variant("ours-too", "Ours too"))]);
        let own = directory(&[("mine.toml", &variant(DEFAULT, "Mine")), ("notes.txt", "="), (".hidden.toml", "=")]);
        let routines = read(&[&organisation, &own]);
        assert_eq!(routines.faults, []);
        assert_eq!(routines.all().len(), builtin().len() + 1);
        assert_eq!(routines.default_routine().title.get(Lang::En), "Mine");
        assert_eq!(routines.find("ours-too").expect("read").title.get(Lang::En), "Ours too");
        assert_eq!(read(&[&own, &organisation]).default_routine().title.get(Lang::En), "Ours");
    }

    #[test]
    fn a_broken_file_is_explained_and_what_it_would_replace_stays() {
        let own = directory(&[
            ("broken.toml", &variant(DEFAULT, "Broken").replacen("lead = \"cim\"", "lead = \"nobody\"", 1)),
            ("good.toml", &variant("good", "Good")),
        ]);
        let routines = read(&[&own]);
        assert_eq!(routines.default_routine(), &builtin()[0]);
        assert!(routines.find("good").is_some());
        let [fault] = &routines.faults[..] else { panic!("{:#?}", routines.faults) };
        assert!(fault.file.ends_with("broken.toml") && fault.message.contains("nobody"));
        let source = routines.sources.iter().find(|source| source.file == fault.file).expect("read");
        assert!(fault.render(&source.text, false).contains("lead = \"nobody\""));
    }

    #[test]
    fn one_id_twice_in_a_directory_is_a_fault() {
        let own = directory(&[("a.toml", &variant("twin", "A")), ("b.toml", &variant("twin", "B"))]);
        let routines = read(&[&own]);
        assert_eq!(routines.find("twin").expect("the first").title.get(Lang::En), "A");
        let [fault] = &routines.faults[..] else { panic!("{:#?}", routines.faults) };
        assert!(fault.file.ends_with("b.toml") && fault.message.contains("a.toml"), "{fault}");
        assert_eq!((fault.line, fault.column), (5, 6), "{fault}");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let own = directory(&[("long.toml", &"#".repeat(usize::try_from(LONGEST_FILE).expect("fits") + 1))]);
        fs::create_dir(own.path().join("folder.toml")).expect("a directory");
        fs::write(own.path().join("bytes.toml"), [0xff, 0x00]).expect("a file");
        let routines = read(&[&own]);
        let mut named: Vec<_> =
            routines.faults.iter().map(|fault| fault.file.rsplit('/').next().expect("a name")).collect();
        named.sort_unstable();
        assert_eq!(named, ["bytes.toml", "folder.toml", "long.toml"]);
        assert_eq!(routines.all(), builtin());
    }
}
