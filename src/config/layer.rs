//! A settings file read value by value, so that one fault costs one value and not the file. By hand, because the crates that put layers of
//! settings together give up at the first fault and lose its line and column.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::fault::Fault;

/// A file and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file, as a person would name it.
    pub file: String,
    /// What it holds.
    pub text: String,
}

impl Source {
    /// `text` as the content of `file`.
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Self {
        Source { file: file.into(), text: text.into() }
    }

    /// The fault `message` at the bytes `span`.
    pub fn fault(&self, span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault::at(&self.file, &self.text, span, message)
    }
}

/// One value of a file, with the keys that lead to it.
#[derive(Debug, Clone)]
pub struct Leaf<'i> {
    /// The keys that lead to it, from the outermost.
    pub path: Vec<String>,
    keys: Vec<Range<usize>>,
    value: Spanned<DeValue<'i>>,
}

impl Leaf<'_> {
    /// The bytes of its last key.
    pub fn key_span(&self) -> Range<usize> {
        self.keys.last().cloned().unwrap_or_default()
    }

    /// The bytes of its value.
    pub fn value_span(&self) -> Range<usize> {
        self.value.span()
    }

    /// Its value, when it is a string.
    pub fn as_str(&self) -> Option<&str> {
        self.value.get_ref().as_str()
    }

    /// What kind of value it is: `string`, `integer` …
    pub fn kind(&self) -> &'static str {
        self.value.get_ref().type_str()
    }

    /// The file with nothing but this value, read as `T`.
    ///
    /// # Errors
    /// The fault at the key or at the value, when `T` does not take it.
    pub fn read_alone<T: DeserializeOwned>(&self, source: &Source) -> Result<T, Fault> {
        let mut inner = self.value.clone();
        for (key, span) in self.path.iter().zip(&self.keys).rev() {
            let key = Spanned::new(span.clone(), key.clone().into());
            let around = span.start..inner.span().end;
            inner = Spanned::new(around, DeValue::Table(DeTable::from_iter([(key, inner)])));
        }
        let read = T::deserialize(ValueDeserializer::from(inner));
        read.map_err(|error| source.fault(error.span().unwrap_or_else(|| self.value_span()), error.message()))
    }
}

/// Every value of `source` in the order of the file, and the faults of its form. Lines without a fault are read.
pub fn leaves(source: &Source) -> (Vec<Leaf<'_>>, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut found = Vec::new();
    descend(table.into_inner(), &mut Vec::new(), &mut found);
    found.sort_by_key(|leaf| leaf.key_span().start);
    let faults: Vec<Fault> = errors.iter().map(|error| Fault::from_toml(&source.file, &source.text, error)).collect();
    if !faults.is_empty() {
        // What the reader made of a broken line is a guess, and a guess is no setting.
        found.retain(|leaf| {
            let line = source.fault(leaf.value_span(), "").line;
            faults.iter().all(|fault| fault.line != line)
        });
    }
    (found, faults)
}

fn descend<'i>(table: DeTable<'i>, path: &mut Vec<(String, Range<usize>)>, found: &mut Vec<Leaf<'i>>) {
    for (key, value) in table {
        let span = key.span();
        path.push((key.into_inner().into_owned(), span));
        let place = value.span();
        match value.into_inner() {
            DeValue::Table(inner) => descend(inner, path, found),
            value => {
                let (path, keys) = path.iter().cloned().unzip();
                found.push(Leaf { path, keys, value: Spanned::new(place, value) });
            }
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, deny_unknown_fields)]
    struct Shape {
        name: String,
        inner: Inner,
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, deny_unknown_fields)]
    struct Inner {
        count: u8,
    }

    #[test]
    fn each_value_stands_alone() {
        let source = Source::new("f.toml", "name = 'a'\n[inner]\ncount = 300\ncoutn = 1\n");
        let (leaves, faults) = leaves(&source);
        assert!(faults.is_empty());
        let paths: Vec<_> = leaves.iter().map(|leaf| leaf.path.join(".")).collect();
        assert_eq!(paths, ["name", "inner.count", "inner.coutn"]);
        assert_eq!(leaves[0].read_alone::<Shape>(&source).expect("a name").name, "a");
        let too_large = leaves[1].read_alone::<Shape>(&source).expect_err("300 is no u8");
        assert_eq!((too_large.line, too_large.column, too_large.length), (3, 9, 3), "{too_large}");
        let unknown = leaves[2].read_alone::<Shape>(&source).expect_err("no such key");
        assert_eq!((unknown.line, unknown.column, unknown.length), (4, 1, 5), "{unknown}");
        assert!(unknown.message.contains("coutn"), "{unknown}");
    }

    #[test]
    fn what_can_be_read_beside_a_fault_of_form_is_read() {
        let source = Source::new("f.toml", "name = 'a'\ncount = = 3\nlast = 1\nname = 'b'\n");
        let (leaves, faults) = leaves(&source);
        assert!(faults.iter().any(|fault| fault.line == 2), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.line == 4 && fault.message.contains("duplicate")), "{faults:?}");
        assert!(leaves.iter().any(|leaf| leaf.path == ["last"]));
    }
}
