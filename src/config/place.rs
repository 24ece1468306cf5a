//! Where the program's files live, from the environment alone (XDG, and `KLOCK_*` on top). By hand, because etcetera's strategies read the
//! environment of the process, which a test cannot replace, and know neither `XDG_CONFIG_DIRS` nor that a home may be missing.

use std::ffi::OsString;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// The program's own directory inside each of the XDG directories.
const OWN: &str = "klockslag";

/// The user who may write everywhere.
const ROOT: u32 = 0;

/// Where things are. Nothing here need exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Journals and index: `KLOCK_DATA_DIR`, else `$XDG_DATA_HOME/klockslag`.
    pub data: PathBuf,
    /// Whether `KLOCK_DATA_DIR` names the data directory.
    pub is_named: bool,
    /// The person's settings: `KLOCK_CONFIG_DIR`, else `$XDG_CONFIG_HOME/klockslag`; without a home, `config` in the data
    /// directory.
    pub config: PathBuf,
    /// The organisation's settings, the weakest first: `KLOCK_ORG_CONFIG_DIR`, else `klockslag` in each of
    /// `$XDG_CONFIG_DIRS` (`/etc/xdg`).
    pub organisation: Vec<PathBuf>,
    /// `$XDG_RUNTIME_DIR`, when there is one; see [`crate::wire::place::socket_path`] for what to do without.
    pub runtime: Option<PathBuf>,
    /// Logs: `KLOCK_LOG_DIR`, as the client that starts a host names it; else `log` in the data directory when
    /// `KLOCK_DATA_DIR` is set, so that one world stays together, or without a home; else `$XDG_STATE_HOME/klockslag`.
    pub log: PathBuf,
}

/// No home directory, and nothing that says where else the data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no home directory; set KLOCK_DATA_DIR or HOME")]
pub struct NoHome;

/// A directory of another user, in which root would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignDir {
    pub dir: PathBuf,
    pub owner: u32,
}

impl Places {
    /// The places that the variables of `env` and the directory `home` make. As XDG asks, an XDG variable that is empty or
    /// no absolute path does not count; an empty `KLOCK_*` does not count either.
    ///
    /// # Errors
    /// [`NoHome`] when the data would have to be in a home directory and there is none.
    pub fn new(env: impl Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> Result<Self, NoHome> {
        let own = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let xdg = |name: &str| own(name).filter(|path| path.is_absolute());
        let home = own("HOME").or(home);
        let in_home = |name: &str, rest: &str| match (xdg(name), &home) {
            (Some(base), _) => Ok(base.join(OWN)),
            (None, Some(home)) => Ok(home.join(rest).join(OWN)),
            (None, None) => Err(NoHome),
        };
        let own_data = own("KLOCK_DATA_DIR");
        let is_named = own_data.is_some();
        let data = own_data.map_or_else(|| in_home("XDG_DATA_HOME", ".local/share"), Ok)?;
        let log = match own("KLOCK_LOG_DIR") {
            Some(log) => log,
            None if is_named => data.join("log"),
            None => in_home("XDG_STATE_HOME", ".local/state").unwrap_or_else(|NoHome| data.join("log")),
        };
        let config = own("KLOCK_CONFIG_DIR").map_or_else(|| in_home("XDG_CONFIG_HOME", ".config"), Ok);
        Ok(Places {
            config: config.unwrap_or_else(|NoHome| data.join("config")),
            data,
            is_named,
            organisation: own("KLOCK_ORG_CONFIG_DIR").map_or_else(|| system_wide(&env), |dir| vec![dir]),
            runtime: xdg("XDG_RUNTIME_DIR"),
            log,
        })
    }

    /// Returns the directory of another user in which root would make files that this user then cannot read: the data
    /// directory, or the home in which it would be made (`sudo -E` keeps `HOME`). None for everyone but root: for them the rights
    /// of the file system decide.
    pub fn foreign(&self, uid: u32) -> Option<ForeignDir> {
        if uid != ROOT {
            return None;
        }
        let most = if self.is_named { 1 } else { usize::MAX };
        let mut up_from_data = self.data.ancestors().take(most);
        let (dir, owner) = up_from_data.find_map(|dir| Some((dir, std::fs::metadata(dir).ok()?.uid())))?;
        (owner != ROOT).then(|| ForeignDir { dir: dir.to_owned(), owner })
    }

    /// The files called `name` that may change a setting, the weakest first: the organisation's, then the person's.
    pub fn layers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
        self.organisation.iter().chain([&self.config]).map(move |dir: &PathBuf| dir.join(Path::new(name)))
    }
}

fn system_wide(env: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    let named = env("XDG_CONFIG_DIRS").filter(|dirs| !dirs.is_empty()).unwrap_or_else(|| "/etc/xdg".into());
    let mut dirs: Vec<PathBuf> =
        std::env::split_paths(&named).filter(|dir| dir.is_absolute()).map(|dir| dir.join(OWN)).collect();
    // The first of the list counts most.
    dirs.reverse();
    dirs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(pairs: &[(&str, &str)], home: Option<&str>) -> Result<Places, NoHome> {
        let env = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
        Places::new(env, home.map(PathBuf::from))
    }

    #[test]
    fn an_empty_surrounding_follows_xdg() {
        let places = places(&[("HOME", "/home/anna")], None).expect("a home");
        assert_eq!(places.data, Path::new("/home/anna/.local/share/klockslag"));
        assert_eq!(places.config, Path::new("/home/anna/.config/klockslag"));
        assert_eq!(places.log, Path::new("/home/anna/.local/state/klockslag"));
        assert_eq!(places.organisation, [Path::new("/etc/xdg/klockslag")]);
        assert_eq!(places.runtime, None);
    }

    #[test]
    fn xdg_counts_only_when_absolute() {
        let places = places(
            &[
                ("XDG_DATA_HOME", "/d"),
                ("XDG_CONFIG_HOME", "relative"),
                ("XDG_STATE_HOME", ""),
                ("XDG_CONFIG_DIRS", "/strong:weak:/weaker"),
                ("XDG_RUNTIME_DIR", "/run/user/7"),
            ],
            Some("/h"),
        )
        .expect("a home");
        assert_eq!(places.data, Path::new("/d/klockslag"));
        assert_eq!(places.config, Path::new("/h/.config/klockslag"));
        assert_eq!(places.log, Path::new("/h/.local/state/klockslag"));
        assert_eq!(places.organisation, [Path::new("/weaker/klockslag"), Path::new("/strong/klockslag")]);
        assert_eq!(places.runtime.as_deref(), Some(Path::new("/run/user/7")));
    }

    #[test]
    fn own_variables_win_and_keep_a_world_together() {
        let own =
            [("KLOCK_DATA_DIR", "/w/data"), ("KLOCK_CONFIG_DIR", "/w/config"), ("KLOCK_ORG_CONFIG_DIR", "/w/org")];
        let places = places(&own, None).expect("no home is needed");
        assert_eq!(places.data, Path::new("/w/data"));
        assert_eq!(places.log, Path::new("/w/data/log"));
        let layers: Vec<_> = places.layers("settings.toml").collect();
        assert_eq!(layers, [Path::new("/w/org/settings.toml"), Path::new("/w/config/settings.toml")]);
    }

    /// Case 27: the data directory is all that has to be named.
    #[test]
    fn without_a_home_a_named_data_directory_is_enough() {
        for home in [None, Some("")] {
            let pairs = [("KLOCK_DATA_DIR", "/d"), ("HOME", home.unwrap_or_default())];
            let places = places(&pairs[..home.map_or(1, |_| 2)], None).expect("no home is needed");
            assert_eq!((places.data.as_path(), places.is_named), (Path::new("/d"), true));
            assert_eq!((places.config, places.log), ("/d/config".into(), "/d/log".into()));
        }
        let by_xdg = places(&[("XDG_DATA_HOME", "/x")], None).expect("no home is needed");
        assert_eq!(by_xdg.data, Path::new("/x/klockslag"));
        assert_eq!((by_xdg.config, by_xdg.log), ("/x/klockslag/config".into(), "/x/klockslag/log".into()));
    }

    #[test]
    fn no_home_is_a_plain_fault() {
        assert_eq!(places(&[], None), Err(NoHome));
        assert_eq!(places(&[("KLOCK_CONFIG_DIR", "/c"), ("HOME", "")], None), Err(NoHome));
    }

    #[test]
    fn root_does_not_write_in_the_home_of_another_user() {
        let world = tempfile::tempdir().expect("a directory");
        let home = world.path().join("home");
        std::fs::create_dir(&home).expect("a directory");
        let in_home = places(&[("HOME", home.to_str().expect("UTF-8"))], None).expect("a home");
        assert_eq!(in_home.foreign(1000), None, "for others the rights decide");
        if !rustix::process::getuid().is_root() {
            return;
        }
        assert_eq!(in_home.foreign(0), None);
        std::os::unix::fs::chown(&home, Some(65_527), None).expect("another owner");
        assert_eq!(in_home.foreign(0), Some(ForeignDir { dir: home.clone(), owner: 65_527 }));
        let named = Places { is_named: true, ..in_home.clone() };
        assert_eq!(named.foreign(0), None, "a named directory that is yet to be made is root's own");
        std::fs::create_dir_all(&named.data).expect("a directory");
        std::os::unix::fs::chown(&named.data, Some(65_527), None).expect("another owner");
        assert_eq!(named.foreign(0), Some(ForeignDir { dir: named.data.clone(), owner: 65_527 }));
    }
}
