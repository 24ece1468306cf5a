//! `klock routine`: lists, shows and checks routines.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use super::call::Call;
use super::failure::{CommandFailure, Exit};
use crate::cli::args::JsonArg;
use crate::config::load::LONGEST_FILE;
use crate::config::routine::{DIRECTORY, RoutineCollection, advise, check};
use crate::domain::phrase::Phrase;
use crate::domain::routine::{Level, Routine};
use crate::domain::showable::showable_lines;
use crate::regular;

#[derive(Debug, Args)]
pub struct RoutineArgs {
    #[command(subcommand)]
    pub verb: RoutineVerb,
}

#[derive(Debug, Subcommand)]
pub enum RoutineVerb {
    /// List the routines there are
    List {
        #[command(flatten)]
        json: JsonArg,
    },
    /// Show a routine: its questions, checklist, clocks and keys
    Show {
        /// Which routine [default: the one new rooms get]
        #[arg(value_name = "ID")]
        id: Option<String>,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Explain every fault of a routine's file, with line and column
    Check {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Every routine that can be chosen here. A file with a fault is left out; `klock routine check` and `klock config check`
/// explain it.
pub fn all(call: &Call) -> RoutineCollection {
    RoutineCollection::read(call.places.layers(DIRECTORY))
}

/// The routine of that id; without one, the one that the settings name.
///
/// # Errors
/// When there is none of that id: the ones there are.
pub fn find(call: &Call, id: Option<&str>) -> Result<Routine, CommandFailure> {
    let id = id.unwrap_or(&call.settings.routine);
    let routines = all(call);
    routines.find(id).cloned().ok_or_else(|| {
        let known = routines.all().iter().map(|routine| routine.id.as_str()).collect::<Vec<_>>().join(", ");
        CommandFailure::refused(Phrase::new("cli-no-routine").with("what", id).with("known", known))
    })
}

/// Does what is asked of the routines.
///
/// # Errors
/// An unknown routine, a file that cannot be read, or faults in it.
pub fn run(call: &mut Call, verb: &RoutineVerb) -> Result<(), CommandFailure> {
    match verb {
        RoutineVerb::List { json } => list(call, json.json),
        RoutineVerb::Show { id, json } => {
            let routine = find(call, id.as_deref())?;
            if json.json { call.out.document(&routine) } else { show(call, &routine) }
        }
        RoutineVerb::Check { file } => explain(call, file),
    }
}

fn list(call: &mut Call, json: bool) -> Result<(), CommandFailure> {
    let lang = call.lang();
    let routines = all(call);
    if json {
        let line = |routine: &Routine| json!({ "id": routine.id, "title": routine.title.get(lang), "version": routine.identity.version });
        return call.out.document(&routines.all().iter().map(line).collect::<Vec<_>>());
    }
    let widest = routines.all().iter().map(|routine| routine.id.len()).max().unwrap_or(0);
    for routine in routines.all() {
        let (id, title, version) = (&routine.id, routine.title.get(lang), &routine.identity.version);
        call.out.line(&format!("{id:widest$}  {title} ({version})"))?;
    }
    Ok(())
}

fn explain(call: &mut Call, file: &Path) -> Result<(), CommandFailure> {
    let name = file.display().to_string();
    let text = regular::read_named_text(file, LONGEST_FILE).map_err(|error| {
        CommandFailure::refused(
            Phrase::new("cli-cannot-open").with("path", name.as_str()).with("why", error.to_string()),
        )
    })?;
    let advice = advise(&name, &text);
    match check(&name, &text) {
        // It can be used, and its author should know.
        Ok(_) if !advice.is_empty() => explain_faults(call, advice.iter().map(|fault| fault.render(&text, false))),
        Ok(routine) => {
            let phrase = Phrase::new("cli-routine-sound").with("path", name.as_str()).with("id", routine.id.as_str());
            let said = call.say(&phrase);
            call.out.line(&said)
        }
        Err(faults) => explain_faults(call, faults.iter().map(|fault| fault.render(&text, false))),
    }
}

/// Prints every fault with the line it is in, and fails. Without colour: colours and hostile text come the same way.
///
/// # Errors
/// Always: refused.
pub fn explain_faults(call: &mut Call, faults: impl IntoIterator<Item = String>) -> Result<(), CommandFailure> {
    for fault in faults {
        showable_lines(&fault).try_for_each(|line| call.out.line(&line))?;
    }
    call.out.flush()?;
    Err(CommandFailure::Said(Exit::Refused))
}

/// The routine as a page: who stands for it, then every part with the keys that verbs take.
fn show(call: &mut Call, routine: &Routine) -> Result<(), CommandFailure> {
    let lang = call.lang();
    let identity = &routine.identity;
    call.out.line(&format!("{}  {}", routine.id, routine.title.get(lang)))?;
    call.out.line(&format!("{} · {} · {} · {}", identity.version, identity.date, identity.author, identity.owner))?;
    let clauses =
        |serves: &[String]| if serves.is_empty() { String::new() } else { format!("  [{}]", serves.join(" ")) };
    let minutes = |minutes: i64| call.words.span(minutes);
    let mut parts: Vec<(Phrase, Vec<(String, String)>)> = Vec::new();
    let line = |key: &str, text: &str, serves: &[String]| (key.to_owned(), format!("{text}{}", clauses(serves)));
    parts.push((
        Phrase::new("cli-part-principles"),
        routine.principles.iter().map(|p| line(&p.key, p.text.get(lang), &p.serves)).collect(),
    ));
    for (name, steps) in [
        (routine.priority.urgency_name(), &routine.priority.urgency),
        (routine.priority.impact_name(), &routine.priority.impact),
    ] {
        let step = |(grade, level): (usize, &Level)| {
            (grade.to_string(), format!("{}: {}", level.label.get(lang), level.hint.get(lang)))
        };
        parts.push((Phrase::new("cli-part-scale").with("name", name), (1..).zip(steps).map(step).collect()));
    }
    parts.push((
        Phrase::new("cli-part-classifiers"),
        routine.classifiers.iter().map(|c| line(&c.key, c.label.get(lang), &c.serves)).collect(),
    ));
    parts.push((
        Phrase::new("cli-part-roles"),
        routine
            .roles
            .iter()
            .map(|r| line(&r.key, &format!("{}: {}", r.label.get(lang), r.duty.get(lang)), &r.serves))
            .collect(),
    ));
    parts.push((
        Phrase::new("cli-part-questions"),
        routine.questions.iter().map(|q| line(&q.key, q.prompt.get(lang), &q.serves)).collect(),
    ));
    parts.push((
        Phrase::new("cli-part-phases"),
        routine.phases.iter().map(|p| line(&p.key, p.label.get(lang), &p.serves)).collect(),
    ));
    parts.push((
        Phrase::new("cli-part-checklist"),
        routine.items().map(|i| line(&i.key, i.title.get(lang), &i.serves)).collect(),
    ));
    parts.push((
        Phrase::new("cli-part-clocks"),
        routine
            .clocks
            .iter()
            .map(|c| line(&c.key, &format!("{} ({})", c.label.get(lang), minutes(c.minutes)), &c.serves))
            .collect(),
    ));
    parts.push((
        Phrase::new("cli-part-agenda"),
        routine.agenda.iter().map(|a| line(&a.key, a.title.get(lang), &a.serves)).collect(),
    ));
    parts.push((
        Phrase::new("cli-part-notices"),
        routine
            .notices
            .iter()
            .map(|n| line(&n.key, &format!("{}: {}", n.title.get(lang), n.must_include.get(lang)), &n.serves))
            .collect(),
    ));
    parts.push((
        Phrase::new("cli-part-debrief"),
        routine.debrief.iter().map(|d| line(&d.key, d.prompt.get(lang), &d.serves)).collect(),
    ));
    parts.push((
        Phrase::new("cli-part-report"),
        routine.report.sections.iter().map(|s| line(&s.key, s.title.get(lang), &s.serves)).collect(),
    ));
    for (heading, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let heading = call.say(&heading);
        call.out.line("")?;
        call.out.line(&heading)?;
        let widest = lines.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        for (key, text) in &lines {
            call.out.line(&format!("  {key:widest$}  {text}"))?;
        }
    }
    Ok(())
}
