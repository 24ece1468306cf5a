//! `klock config`: makes, finds and checks the files of settings.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::call::Call;
use super::failure::CommandFailure;
use super::routine;
use crate::cli::args::JsonArg;
use crate::config::load::Config;
use crate::config::place::Places;
use crate::config::starter;
use crate::domain::phrase::Phrase;
use crate::tui::command::table;

#[derive(Debug, Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub verb: ConfigVerb,
}

#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Write the default files, explained; what is there already stays
    Init,
    /// Explain every fault of the files of settings, with line and column
    Check,
    /// Print where settings, rooms and logs are
    Path {
        #[command(flatten)]
        json: JsonArg,
    },
}

/// Where things are, for programs.
#[derive(Serialize)]
struct Paths<'a> {
    config: &'a Path,
    organisation: &'a [std::path::PathBuf],
    data: &'a Path,
    log: &'a Path,
}

/// Does what is asked of the settings.
///
/// # Errors
/// A file that cannot be written, or faults in the files there are.
pub fn run(call: &mut Call, verb: &ConfigVerb) -> Result<(), CommandFailure> {
    match verb {
        ConfigVerb::Init => init(call),
        ConfigVerb::Check => check(call),
        ConfigVerb::Path { json } => {
            let Places { data, config, organisation, log, .. } = call.places.clone();
            if json.json {
                return call.out.document(&Paths {
                    config: &config,
                    organisation: &organisation,
                    data: &data,
                    log: &log,
                });
            }
            let organisation = organisation.iter().map(|dir| ("cli-path-organisation", dir));
            let lines: Vec<String> = [("cli-path-config", &config)]
                .into_iter()
                .chain(organisation)
                .chain([("cli-path-data", &data), ("cli-path-log", &log)])
                .map(|(key, path)| call.say(&Phrase::new(key).with("path", path.display().to_string())))
                .collect();
            lines.iter().try_for_each(|line| call.out.line(line))
        }
    }
}

fn init(call: &mut Call) -> Result<(), CommandFailure> {
    let directory = call.places.config.clone();
    let failed = |path: &Path, error: &io::Error| {
        let phrase = Phrase::new("cli-cannot-write").with("path", path.display().to_string());
        CommandFailure::refused(phrase.with("why", error.to_string()))
    };
    DirBuilder::new().recursive(true).mode(0o700).create(&directory).map_err(|error| failed(&directory, &error))?;
    for (name, content) in starter::files() {
        let path = directory.join(name);
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut file| file.write_all(content.as_bytes()));
        let key = match written {
            Ok(()) => "cli-written",
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => "cli-left-alone",
            Err(error) => return Err(failed(&path, &error)),
        };
        let said = call.say(&Phrase::new(key).with("path", path.display().to_string()));
        call.out.line(&said)?;
    }
    Ok(())
}

/// The files of settings and the routines, each with its faults.
fn check(call: &mut Call) -> Result<(), CommandFailure> {
    let config = Config::read(&call.places, &table::ids());
    let routines = routine::all(call);
    let of_routines = routines.faults.iter().map(|fault| {
        let source = routines.sources.iter().find(|source| source.file == fault.file);
        source.map_or_else(|| fault.to_string(), |source| fault.render(&source.text, false))
    });
    let faults: Vec<String> =
        config.faults.iter().map(|fault| config.render(fault, false)).chain(of_routines).collect();
    if !faults.is_empty() {
        return routine::explain_faults(call, faults);
    }
    let files: Vec<&str> = config.sources.iter().chain(&routines.sources).map(|source| source.file.as_str()).collect();
    let said = call.say(&Phrase::new("cli-config-sound").with("count", files.len()));
    call.out.line(&said)?;
    files.iter().try_for_each(|file| call.out.line(&format!("  {file}")))
}
