//! What people have set: settings, keys, theme, routines and contacts.

use super::Patient;
use super::finding::{Finding, Topic, fail, ok, skipped, warn};
use crate::domain::phrase::Phrase;

/// So many faults, or names, are said one by one.
const MOST: usize = 5;

/// Looks at what was read of the files.
pub fn check(patient: &Patient) -> Vec<Finding> {
    let config = &patient.config;
    let mut findings = Vec::new();
    for fault in config.faults.iter().take(MOST) {
        findings.push(warn(Topic::Settings, bare(fault.to_string()), Phrase::new("cli-doctor-settings-remedy")));
    }
    if findings.is_empty() {
        let said = Phrase::new("cli-doctor-settings").with("count", config.sources.len());
        findings.push(ok(Topic::Settings, said));
    }
    findings.extend(check_routines(patient));
    findings.push(check_contacts(patient));
    findings
}

/// What a fault says, in its own words.
fn bare(text: String) -> Phrase {
    Phrase::new("entry-text").with("text", text)
}

fn check_routines(patient: &Patient) -> Vec<Finding> {
    let routines = &patient.routines;
    let mut findings: Vec<Finding> = routines
        .faults
        .iter()
        .take(MOST)
        .map(|fault| {
            let remedy = Phrase::new("cli-doctor-routine-remedy").with("path", fault.file.as_str());
            warn(Topic::Routines, bare(fault.to_string()), remedy)
        })
        .collect();
    if routines.find(&patient.routine).is_none() {
        let known = routines.all().iter().map(|routine| routine.id.as_str()).collect::<Vec<_>>().join(", ");
        let said = Phrase::new("cli-no-routine").with("what", patient.routine.as_str()).with("known", known);
        findings.push(fail(Topic::Routines, said, Phrase::new("cli-doctor-settings-remedy")));
    }
    if findings.is_empty() {
        let said = Phrase::new("cli-doctor-routines").with("count", routines.all().len());
        findings.push(ok(Topic::Routines, said.with("id", patient.routine.as_str())));
    }
    findings
}

fn check_contacts(patient: &Patient) -> Finding {
    let people = &patient.config.contacts.people;
    if people.is_empty() {
        return skipped(Topic::Contacts, Phrase::new("cli-doctor-no-contacts"));
    }
    let silent: Vec<&str> =
        people.iter().filter(|person| person.phone.trim().is_empty()).map(|person| person.name.as_str()).collect();
    if silent.is_empty() {
        return ok(Topic::Contacts, Phrase::new("cli-doctor-contacts").with("count", people.len()));
    }
    let more = if silent.len() > MOST { ", …" } else { "" };
    let names = format!("{}{more}", silent[..silent.len().min(MOST)].join(", "));
    let said = Phrase::new("cli-doctor-contacts-silent").with("count", silent.len()).with("names", names);
    warn(Topic::Contacts, said, Phrase::new("cli-doctor-contacts-remedy"))
}
