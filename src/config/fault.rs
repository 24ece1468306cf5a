//! What is wrong in a file of settings, with the place and the remedy.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A fault in a file: where it is, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as a person would name it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// How many characters are meant, within the line; 0 when only the place is known.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    /// The fault `message` in the bytes `span` of `text`, the content of `file`. A span beyond the text means its end.
    pub fn at(file: &str, text: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        let start = floor(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let end = floor(text, span.end).clamp(start, line_end);
        Fault {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            length: text[start..end].chars().count(),
            message: message.into(),
            help: None,
        }
    }

    /// The fault that the TOML reader found in `text`, the content of `file`.
    pub fn from_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        Fault::at(file, text, error.span().unwrap_or(0..0), error.message())
    }

    /// With the remedy.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The fault with the line it is in, for a person at a shell. `text` is the content of the file. What it shows of the
    /// file is as hostile as the file: pass it through [`crate::domain::showable::showable`] line by line.
    pub fn render(&self, text: &str, colour: bool) -> String {
        let span = self.span(text);
        let snippet = Snippet::source(text).path(&self.file).annotation(AnnotationKind::Primary.span(span));
        let mut group = Level::ERROR.primary_title(&self.message).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    fn span(&self, text: &str) -> Range<usize> {
        let line_start = text.split_inclusive('\n').take(self.line - 1).map(str::len).sum::<usize>();
        let line = text[line_start..].split('\n').next().unwrap_or_default();
        let byte = |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
        line_start + byte(self.column - 1)..line_start + byte(self.column - 1 + self.length)
    }
}

impl fmt::Display for Fault {
    /// On one line: `settings.toml:3:8: …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a = 1\nnåme = \"Ånna\"\nb = 2\n";

    fn fault(needle: &str) -> Fault {
        let start = TEXT.find(needle).expect("the needle");
        Fault::at("settings.toml", TEXT, start..start + needle.len(), "not known")
    }

    #[test]
    fn a_place_is_counted_in_characters() {
        let found = fault("\"Ånna\"");
        assert_eq!((found.line, found.column, found.length), (2, 8, 6));
        assert_eq!(found.to_string(), "settings.toml:2:8: not known");
        assert_eq!(found.with_help("take it out").to_string(), "settings.toml:2:8: not known (take it out)");
    }

    #[test]
    fn a_span_beyond_the_text_or_inside_a_character_is_no_panic() {
        for span in [0..0, 7..9, 8..8, 500..900, TEXT.len()..TEXT.len() + 1] {
            let fault = Fault::at("f", TEXT, span, "x");
            assert!(fault.render(TEXT, false).contains('x'));
        }
        assert!(Fault::at("f", "", 3..9, "x").render("", true).contains('x'));
        assert!(fault("nåme").render("another text", false).contains("not known"));
    }

    #[test]
    fn a_fault_over_lines_ends_with_its_first() {
        let fault = Fault::at("f", TEXT, 4..TEXT.len(), "x");
        assert_eq!((fault.line, fault.column, fault.length), (1, 5, 1));
    }

    #[test]
    fn the_rendered_fault_shows_line_and_remedy() {
        let shown = fault("nåme").with_help("did you mean `name`?").render(TEXT, false);
        assert!(shown.contains("settings.toml:2:1"), "{shown}");
        assert!(shown.contains("nåme = \"Ånna\"") && shown.contains("^^^^"), "{shown}");
        assert!(shown.contains("did you mean `name`?"), "{shown}");
    }
}
