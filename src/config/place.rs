//! Where the program's files live, from the surroundings alone (XDG, and `KLOCK_*` on top).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The program's own directory inside each of the XDG directories.
const OWN: &str = "klockslag";

/// Where things are. Nothing here need exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Journals and index: `KLOCK_DATA_DIR`, else `$XDG_DATA_HOME/klockslag`.
    pub data: PathBuf,
    /// The person's settings: `KLOCK_CONFIG_DIR`, else `$XDG_CONFIG_HOME/klockslag`.
    pub config: PathBuf,
    /// The organisation's settings, the weakest first: `KLOCK_ORG_CONFIG_DIR`, else `klockslag` in each of
    /// `$XDG_CONFIG_DIRS` (`/etc/xdg`).
    pub organisation: Vec<PathBuf>,
    /// `$XDG_RUNTIME_DIR`, when there is one; see [`crate::wire::place::socket_path`] for what to do without.
    pub runtime: Option<PathBuf>,
    /// Logs: `KLOCK_LOG_DIR`, as whoever starts a host names it; else beside the data when `KLOCK_DATA_DIR` is set, so that one world stays together; else
    /// `$XDG_STATE_HOME/klockslag`.
    pub log: PathBuf,
}

/// No home directory, and nothing that says where else to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no home directory; set HOME, or KLOCK_DATA_DIR and KLOCK_CONFIG_DIR")]
pub struct NoHome;

impl Places {
    /// The places of this process. A relative directory is taken from where the process stands now, so that a host that is
    /// started later finds the same one.
    ///
    /// # Errors
    /// [`NoHome`].
    pub fn of_process() -> Result<Self, NoHome> {
        let mut places = Places::new(|name| std::env::var_os(name), etcetera::home_dir().ok())?;
        for place in [&mut places.data, &mut places.config, &mut places.log] {
            if let Ok(absolute) = std::path::absolute(&place) {
                *place = absolute;
            }
        }
        Ok(places)
    }

    /// The places that the variables of `env` and the directory `home` make. As XDG asks, an XDG variable that is empty or
    /// no absolute path does not count; an empty `KLOCK_*` does not count either.
    ///
    /// # Errors
    /// [`NoHome`] when a place would have to be in a home directory and there is none.
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
        let log = match (own("KLOCK_LOG_DIR"), &own_data) {
            (Some(log), _) => log,
            (None, Some(data)) => data.join("log"),
            (None, None) => in_home("XDG_STATE_HOME", ".local/state")?,
        };
        Ok(Places {
            data: own_data.map_or_else(|| in_home("XDG_DATA_HOME", ".local/share"), Ok)?,
            config: own("KLOCK_CONFIG_DIR").map_or_else(|| in_home("XDG_CONFIG_HOME", ".config"), Ok)?,
            organisation: own("KLOCK_ORG_CONFIG_DIR").map_or_else(|| system_wide(&env), |dir| vec![dir]),
            runtime: xdg("XDG_RUNTIME_DIR"),
            log,
        })
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

    #[test]
    fn no_home_is_a_plain_fault() {
        assert_eq!(places(&[], None), Err(NoHome));
        assert_eq!(places(&[("KLOCK_DATA_DIR", "/d"), ("HOME", "")], None), Err(NoHome));
    }
}
