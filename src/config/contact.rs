//! The people and groups to call on (P41, P42): from files, strongest last, for completion and for the lists on screen.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::fault::Fault;
use super::layer::Source;

/// The name of the file in each configuration directory.
pub const FILE: &str = "contacts.toml";

/// The documented example.
pub const EXAMPLE: &str = include_str!("../../config/contacts.example.toml");

/// Somebody who can be called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    pub name: String,
    /// What they do: `CIO`, `Network on call`.
    pub role: String,
    pub phone: String,
    pub email: String,
    /// The groups they belong to: `leadership`.
    pub groups: Vec<String>,
}

/// Everybody there is to call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contacts {
    /// In the order of the files; somebody named again later replaces the earlier one.
    pub people: Vec<Contact>,
}

/// The shape of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    person: Vec<Spanned<toml::Table>>,
}

/// The shape of one person in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    groups: Vec<String>,
}

impl Contacts {
    /// The contacts of `layers`, the weakest first, and every fault in them. A person with a fault is left out, the others
    /// count; a file that cannot be read at all is left out.
    pub fn read(layers: &[Source]) -> (Self, Vec<Fault>) {
        let mut contacts = Contacts::default();
        let mut faults = Vec::new();
        for source in layers {
            match toml::from_str::<File>(&source.text) {
                Ok(file) => {
                    for person in file.person {
                        match read_person(source, person) {
                            Ok(contact) => contacts.put(contact),
                            Err(fault) => faults.push(fault),
                        }
                    }
                }
                Err(error) => {
                    let fault = Fault::from_toml(&source.file, &source.text, &error);
                    faults.push(fault.with_help("a contacts file has one [[person]] table for each person"));
                }
            }
        }
        (contacts, faults)
    }

    /// The names, for completion.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.people.iter().map(|contact| contact.name.as_str())
    }

    /// Every group, in order of its name.
    pub fn groups(&self) -> BTreeSet<&str> {
        self.people.iter().flat_map(|contact| &contact.groups).map(String::as_str).collect()
    }

    /// Who belongs to `group`.
    pub fn members<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Contact> {
        self.people.iter().filter(move |contact| contact.groups.iter().any(|of| of == group))
    }

    fn put(&mut self, contact: Contact) {
        match self.people.iter_mut().find(|known| known.name == contact.name) {
            Some(known) => *known = contact,
            None => self.people.push(contact),
        }
    }
}

fn read_person(source: &Source, person: Spanned<toml::Table>) -> Result<Contact, Fault> {
    let span = person.span();
    let here = |message: String| source.fault(span.clone(), message);
    let person: Person = person.into_inner().try_into().map_err(|error: toml::de::Error| {
        here(error.message().to_owned()).with_help("name, role, phone, email, groups")
    })?;
    if person.name.trim().is_empty() {
        return Err(here("this person has no name".to_owned()).with_help("give a `name`"));
    }
    if person.phone.is_empty() && person.email.is_empty() {
        let message = format!("{} cannot be reached", person.name);
        return Err(here(message).with_help("give a `phone` or an `email`"));
    }
    let Person { name, role, phone, email, groups } = person;
    Ok(Contact { name: name.trim().to_owned(), role, phone, email, groups })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_reads_without_a_fault() {
        let (contacts, faults) = Contacts::read(&[Source::new("contacts.example.toml", EXAMPLE)]);
        assert!(faults.is_empty(), "{faults:?}");
        assert!(contacts.people.len() >= 4);
        assert!(contacts.groups().contains("leadership"));
        assert!(contacts.members("leadership").count() >= 2);
    }

    #[test]
    fn a_later_file_replaces_a_person_of_the_same_name() {
        let organisation =
            Source::new("a", "[[person]]\nname = 'Eva'\nphone = '1'\n[[person]]\nname = 'Bo'\nphone = '2'\n");
        let own = Source::new("b", "[[person]]\nname = 'Eva'\nphone = '3'\n");
        let (contacts, faults) = Contacts::read(&[organisation, own]);
        assert!(faults.is_empty(), "{faults:?}");
        let known: Vec<_> = contacts.people.iter().map(|c| (c.name.as_str(), c.phone.as_str())).collect();
        assert_eq!(known, [("Eva", "3"), ("Bo", "2")]);
        assert_eq!(contacts.names().collect::<Vec<_>>(), ["Eva", "Bo"]);
    }

    #[test]
    fn a_person_with_a_fault_costs_only_that_person() {
        let text = "[[person]]\nname = 'Eva'\nphone = '1'\n\n[[person]]\nname = ' '\nphone = '2'\n\n\
                    [[person]]\nname = 'Bo'\n\n[[person]]\nname = 'Ola'\nfone = '2'\n";
        let (contacts, faults) = Contacts::read(&[Source::new("contacts.toml", text)]);
        assert_eq!(contacts.names().collect::<Vec<_>>(), ["Eva"]);
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [5, 9, 12], "{faults:?}");
        assert!(faults[2].message.contains("fone"), "{}", faults[2]);
    }

    #[test]
    fn a_broken_file_is_left_out_and_named() {
        let (contacts, faults) = Contacts::read(&[Source::new("contacts.toml", "[[person]\nname = 1")]);
        assert_eq!(contacts, Contacts::default());
        assert_eq!((faults.len(), faults[0].line), (1, 1), "{faults:?}");
    }
}
