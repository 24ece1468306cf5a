//! `klock routine`: lists, shows and checks routines.

use serde_json::json;

use super::args::RoutineVerb;
use super::call::Call;
use super::failure::Failure;
use crate::config::routine::builtin;
use crate::domain::phrase::Phrase;
use crate::domain::routine::Routine;

/// The routine of that id; without one, the default.
///
/// # Errors
/// When there is none of that id: the ones there are.
pub fn find(call: &Call, id: Option<&str>) -> Result<Routine, Failure> {
    let id = id.unwrap_or(&call.settings.routine);
    builtin().iter().find(|routine| routine.id == id).cloned().ok_or_else(|| {
        let known = builtin().iter().map(|routine| routine.id.as_str()).collect::<Vec<_>>().join(", ");
        Failure::refused(Phrase::new("cli-no-routine").with("what", id).with("known", known))
    })
}

/// Does what is asked of the routines.
///
/// # Errors
/// An unknown routine, or faults in a file.
pub fn run(call: &mut Call, verb: &RoutineVerb) -> Result<(), Failure> {
    match verb {
        RoutineVerb::List { json } if json.json => {
            let lang = call.lang();
            let list: Vec<_> = builtin()
                .iter()
                .map(|routine| json!({ "id": routine.id, "title": routine.title.get(lang), "version": routine.identity.version }))
                .collect();
            call.out.document(&list)
        }
        RoutineVerb::List { .. } => {
            let lang = call.lang();
            builtin()
                .iter()
                .try_for_each(|routine| call.out.line(&format!("{}  {}", routine.id, routine.title.get(lang))))
        }
        RoutineVerb::Show { id, json } if json.json => {
            let routine = find(call, id.as_deref())?;
            call.out.document(&routine)
        }
        RoutineVerb::Show { id, .. } => {
            let routine = find(call, id.as_deref())?;
            show(call, &routine)
        }
    }
}

/// The routine as a page: who stands for it, then every part with the keys that verbs take.
fn show(call: &mut Call, routine: &Routine) -> Result<(), Failure> {
    let lang = call.lang();
    let identity = &routine.identity;
    call.out.line(&format!("{}  {}", routine.id, routine.title.get(lang)))?;
    call.out.line(&format!("{} · {} · {} · {}", identity.version, identity.date, identity.author, identity.owner))?;
    let clauses =
        |serves: &[String]| if serves.is_empty() { String::new() } else { format!("  [{}]", serves.join(" ")) };
    let minutes = |minutes: i64| call.words.span(minutes);
    let mut parts: Vec<(&'static str, Vec<(String, String)>)> = Vec::new();
    let line = |key: &str, text: &str, serves: &[String]| (key.to_owned(), format!("{text}{}", clauses(serves)));
    parts.push((
        "cli-part-principles",
        routine.principles.iter().map(|p| line(&p.key, p.text.get(lang), &p.serves)).collect(),
    ));
    parts.push((
        "cli-part-classifiers",
        routine.classifiers.iter().map(|c| line(&c.key, c.label.get(lang), &c.serves)).collect(),
    ));
    parts.push((
        "cli-part-roles",
        routine
            .roles
            .iter()
            .map(|r| line(&r.key, &format!("{}: {}", r.label.get(lang), r.duty.get(lang)), &r.serves))
            .collect(),
    ));
    parts.push((
        "cli-part-questions",
        routine.questions.iter().map(|q| line(&q.key, q.prompt.get(lang), &q.serves)).collect(),
    ));
    parts
        .push(("cli-part-phases", routine.phases.iter().map(|p| line(&p.key, p.label.get(lang), &p.serves)).collect()));
    parts.push(("cli-part-checklist", routine.items().map(|i| line(&i.key, i.title.get(lang), &i.serves)).collect()));
    parts.push((
        "cli-part-clocks",
        routine
            .clocks
            .iter()
            .map(|c| line(&c.key, &format!("{} ({})", c.label.get(lang), minutes(c.minutes)), &c.serves))
            .collect(),
    ));
    parts
        .push(("cli-part-agenda", routine.agenda.iter().map(|a| line(&a.key, a.title.get(lang), &a.serves)).collect()));
    parts.push((
        "cli-part-notices",
        routine
            .notices
            .iter()
            .map(|n| line(&n.key, &format!("{}: {}", n.title.get(lang), n.must_include.get(lang)), &n.serves))
            .collect(),
    ));
    parts.push((
        "cli-part-debrief",
        routine.debrief.iter().map(|d| line(&d.key, d.prompt.get(lang), &d.serves)).collect(),
    ));
    parts.push((
        "cli-part-report",
        routine.report.sections.iter().map(|s| line(&s.key, s.title.get(lang), &s.serves)).collect(),
    ));
    for (heading, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let heading = call.say(&Phrase::new(heading));
        call.out.line("")?;
        call.out.line(&heading)?;
        let widest = lines.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        for (key, text) in &lines {
            call.out.line(&format!("  {key:widest$}  {text}"))?;
        }
    }
    Ok(())
}
