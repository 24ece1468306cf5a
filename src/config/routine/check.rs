//! Reads a routine file and explains every fault in it, each with its place and a remedy.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{RoutineFindings, number};
use super::form::{FieldSpec, LONGEST, ROUTINE, RoutineForm};
use super::meaning;
use crate::config::fault::Fault;
use crate::domain::near::nearest;
use crate::domain::phrase::Lang;
use crate::domain::routine::Routine;

/// The routine in `text`, the content of the file called `name`.
///
/// # Errors
/// Every fault that can be told apart, in the order of the file: of TOML's own rules (then nothing else is looked at),
/// of form (unknown and missing keys, wrong kinds, missing languages) and of meaning (keys used twice, roles that nobody
/// has, clocks that nothing can meet).
pub fn check(name: &str, text: &str) -> Result<Routine, Vec<Fault>> {
    let document = parse(name, text)?;
    let mut findings = RoutineFindings::new(name, text, document.get_ref());
    table(&mut findings, document.get_ref(), 0..0, "", ROUTINE);
    meaning::check(&mut findings, document.get_ref());
    let faults = findings.in_order();
    if faults.is_empty() {
        // The form above and the type say the same; should they ever not, the type has the last word.
        return Routine::deserialize(toml::Deserializer::from(document))
            .map_err(|error| vec![Fault::from_toml(name, text, &error)]);
    }
    Err(faults)
}

/// What contradicts itself in a routine that can be used: for the author of the file, who can mend it.
pub fn advise(name: &str, text: &str) -> Vec<Fault> {
    let Ok(document) = parse(name, text) else { return Vec::new() };
    let mut findings = RoutineFindings::new(name, text, document.get_ref());
    meaning::advise(&mut findings, document.get_ref());
    findings.in_order()
}

fn parse<'t>(name: &str, text: &'t str) -> Result<Spanned<DeTable<'t>>, Vec<Fault>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(document);
    }
    let faults = errors.iter().map(|error| Fault::from_toml(name, text, error));
    Err(faults.map(|fault| fault.with_help("the file has to be TOML: https://toml.io")).collect())
}

fn table(
    findings: &mut RoutineFindings<'_>,
    table: &DeTable<'_>,
    span: Range<usize>,
    path: &str,
    fields: &[FieldSpec],
) {
    let mut meant = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        match fields.iter().find(|field| field.name == name) {
            Some(field) => self::value(findings, value, key.span(), &below(path, name), field.form),
            None => {
                let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
                let near = nearest(name, known.iter().copied());
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("take it out; there can be {}", known.join(", ")),
                };
                meant.extend(near);
                findings.add(key.span(), format!("unknown key `{name}`{}", within(path)), help);
            }
        }
    }
    // A misspelt key is one fault, not two.
    let missing =
        |field: &&FieldSpec| field.required && !table.contains_key(field.name) && !meant.contains(&field.name);
    for field in fields.iter().filter(missing) {
        let help = format!("add {}", example(field.name, field.form));
        findings.add(span.clone(), format!("`{}` is missing{}", field.name, within(path)), help);
    }
}

/// Looks at one value. `key` is where a fault about the value as a whole is shown when it has no place of its own.
fn value(
    findings: &mut RoutineFindings<'_>,
    value: &Spanned<DeValue<'_>>,
    key: Range<usize>,
    path: &str,
    form: RoutineForm,
) {
    let span = value.span();
    match (form, value.get_ref()) {
        (
            RoutineForm::Line | RoutineForm::Key | RoutineForm::Day | RoutineForm::OneOf(_) | RoutineForm::Clause,
            DeValue::String(text),
        ) => {
            line(findings, text, span, path, form);
        }
        (RoutineForm::Said, DeValue::Table(said)) => localised(findings, said, key, path),
        (RoutineForm::Flag, DeValue::Boolean(_)) => {}
        (RoutineForm::Number(least, most), DeValue::Integer(integer)) => {
            if number(integer).is_none_or(|number| !(least..=most).contains(&number)) {
                let message = format!("`{path}` is {}, which is out of range", integer.as_str());
                findings.add(span, message, format!("it has to be {}", range(least, most)));
            }
        }
        (RoutineForm::List(each), DeValue::Array(items)) => {
            for item in items.iter() {
                self::value(findings, item, item.span(), path, *each);
            }
        }
        (RoutineForm::Three(each), DeValue::Array(items)) => {
            if items.len() != 3 {
                findings.add(
                    key,
                    format!("`{path}` has {} parts", items.len()),
                    "it has to have three, the highest first",
                );
            }
            for item in items.iter() {
                self::value(findings, item, item.span(), path, *each);
            }
        }
        (RoutineForm::Table(fields), DeValue::Table(inner)) => {
            let place = if inner.is_empty() || span.is_empty() { key } else { span };
            table(findings, inner, place, path, fields);
        }
        (form, other) => {
            let place = if other.is_table() { key } else { span };
            let message = format!("`{path}` is {} {}", article(other.type_str()), other.type_str());
            findings.add(place, message, format!("write {}", example(last(path), form)));
        }
    }
}

fn line(findings: &mut RoutineFindings<'_>, text: &str, span: Range<usize>, path: &str, form: RoutineForm) {
    match form {
        RoutineForm::Key
            if text.is_empty() || !text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') =>
        {
            findings.add(span, format!("`{path}` is “{text}”"), "a key has only small letters a-z, digits and hyphens");
        }
        RoutineForm::Line if text.trim().is_empty() => {
            findings.add(span, format!("`{path}` is empty"), "write something, or take it out where it may be absent");
        }
        RoutineForm::Day if text.parse::<chrono::NaiveDate>().is_err() => {
            findings.add(span, format!("`{path}` is “{text}”, which is no day"), "write it as \"2026-11-21\"");
        }
        RoutineForm::OneOf(known) if !known.contains(&text) => {
            let help = match nearest(text, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("it has to be one of {}", known.join(", ")),
            };
            findings.add(span, format!("`{path}` is “{text}”, which is not known"), help);
        }
        RoutineForm::Clause if !is_clause(text) => {
            findings.add(span, format!("“{text}” is no clause"), "a clause is a capital letter and a number: \"P65\"");
        }
        _ => {}
    }
}

fn is_clause(text: &str) -> bool {
    let mut letters = text.chars();
    let letter = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    let digits = letters.as_str();
    letter && !digits.is_empty() && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

fn localised(findings: &mut RoutineFindings<'_>, said: &DeTable<'_>, key: Range<usize>, path: &str) {
    let codes = || Lang::ALL.map(Lang::code).join(", ");
    for (lang, text) in said {
        let name = lang.get_ref().as_ref();
        if !Lang::ALL.iter().any(|known| known.code() == name) {
            findings.add(
                lang.span(),
                format!("unknown language `{name}` in `{path}`"),
                format!("there are {}", codes()),
            );
            continue;
        }
        match text.get_ref().as_str() {
            Some(words) if words.trim().is_empty() => {
                findings.add(text.span(), format!("`{path}.{name}` is empty"), "write the text in this language");
            }
            Some(_) => {}
            None => {
                let kind = text.get_ref().type_str();
                let message = format!("`{path}.{name}` is {} {kind}", article(kind));
                findings.add(text.span(), message, "write a text in quotes");
            }
        }
    }
    if said.is_empty() {
        findings.add(key.clone(), format!("`{path}` is in no language"), format!("write it in {}", codes()));
    }
    let missing: Vec<Lang> =
        findings.langs.iter().copied().filter(|lang| !said.contains_key(lang.code()) && !said.is_empty()).collect();
    for lang in missing {
        let message = format!("`{path}` is not written in `{}`", lang.code());
        let help = format!("add `{}.{} = \"…\"`: every text is in the languages of the title", last(path), lang.code());
        findings.add(key.clone(), message, help);
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn within(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" in `{path}`") }
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn range(least: i64, most: i64) -> String {
    if most == LONGEST {
        format!("at least {least}, in minutes, and at most ten years")
    } else {
        format!("from {least} to {most}")
    }
}

/// How a value of `form` is written.
fn example(name: &str, form: RoutineForm) -> String {
    match form {
        RoutineForm::Line => format!("`{name} = \"…\"`"),
        RoutineForm::Key => format!("`{name} = \"some-key\"`"),
        RoutineForm::Said => format!("`{name}.en = \"…\"` and so on, one for each language"),
        RoutineForm::Flag => format!("`{name} = true` or `{name} = false`"),
        RoutineForm::Number(least, most) => format!("`{name} = ` and a whole number, {}", range(least, most)),
        RoutineForm::Day => format!("`{name} = \"2026-11-21\"`, in quotes"),
        RoutineForm::OneOf(known) => format!("`{name} = ` and one of {} in quotes", known.join(", ")),
        RoutineForm::Clause => "a clause in quotes: \"P65\"".to_owned(),
        RoutineForm::List(RoutineForm::Table(_)) => format!("a table for each: `[[{name}]]`"),
        RoutineForm::List(_) => format!("a list: `{name} = [ … ]`"),
        RoutineForm::Three(_) => format!("three of `{name}`, the highest first"),
        RoutineForm::Table(fields) => {
            let keys: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
            format!("the table `{name}` with {}", keys.join(", "))
        }
    }
}

#[cfg(test)]
mod tests;
