//! Addresses in people's words, found where GitHub and GitLab find them (the autolinks of GitHub Flavored Markdown).

use std::fmt::Write as _;

use crate::domain::showable::is_shown_as_is;

/// A part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressPart<'a> {
    Words(&'a str),
    Address(Address<'a>),
}

/// An address as somebody typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// With its scheme: `https://…`, `http://…`, `ftp://…`, `mailto:…`. No other scheme is ever a link.
    Whole(&'a str),
    /// `www.…`, which leads to `http://www.…`.
    Bare(&'a str),
    /// `somebody@example.org`.
    Mail(&'a str),
}

/// What an address may begin with, in small letters.
const SCHEMES: [&str; 4] = ["https://", "http://", "ftp://", "mailto:"];
const BARE: &str = "www.";

/// The words and addresses of `line`, in order; joined they are the line.
pub fn parts(line: &str) -> Vec<AddressPart<'_>> {
    let mut parts = Vec::new();
    let (mut done, mut at) = (0, 0);
    while let Some(c) = line[at..].chars().next() {
        match address(line, at) {
            Some((address, end)) => {
                if done < at {
                    parts.push(AddressPart::Words(&line[done..at]));
                }
                parts.push(AddressPart::Address(address));
                (done, at) = (end, end);
            }
            None => at += c.len_utf8(),
        }
    }
    if done < line.len() {
        parts.push(AddressPart::Words(&line[done..]));
    }
    parts
}

/// The address that begins at byte `at` of `line`, and where it ends.
fn address(line: &str, at: usize) -> Option<(Address<'_>, usize)> {
    let rest = &line[at..];
    let begins = |with: &str| rest.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let before = line[..at].chars().next_back();
    let scheme = SCHEMES.into_iter().find(|scheme| begins(scheme));
    // What follows is looked at before the end is sought: text of beginnings alone must not cost the square of its length.
    let is_name = |from: usize| rest[from..].starts_with(char::is_alphanumeric);
    let begun = match scheme {
        Some("mailto:") => is_mail(&rest["mailto:".len()..]),
        Some(scheme) => is_name(scheme.len()),
        None => begins(BARE) && is_name(BARE.len()),
    };
    let stands_free = match before {
        None => true,
        Some(c) if scheme.is_none() => !c.is_alphanumeric() && !matches!(c, '.' | '-' | '/' | '@' | '!'),
        Some(c) => !c.is_alphanumeric(),
    };
    if !begun || !stands_free {
        let is_start = before.is_none_or(|c| !is_of_mail(c) && c != '/' && c != '@');
        let end = is_start.then(|| mail_end(rest)).flatten()?;
        return Some((Address::Mail(&rest[..end]), at + end));
    }
    let address = trimmed(run(rest));
    let kind = if scheme.is_some() { Address::Whole(address) } else { Address::Bare(address) };
    Some((kind, at + address.len()))
}

/// Where the mail address ends that `text` begins with: a name, an at sign, a place with a full stop in it.
fn mail_end(text: &str) -> Option<usize> {
    let place = text.trim_start_matches(is_of_mail).strip_prefix('@')?;
    let is_label = |label: &str| label.starts_with(is_plain) && label.ends_with(is_plain);
    let host = &place[..place.find(|c| !is_plain(c) && !matches!(c, '-' | '.')).unwrap_or(place.len())];
    let host = host.trim_end_matches(['-', '.']);
    let named = text.len() > place.len() + 1 && text.starts_with(is_plain);
    (named && host.contains('.') && host.split('.').all(is_label)).then(|| text.len() - place.len() + host.len())
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_of_mail(c: char) -> bool {
    is_plain(c) || matches!(c, '.' | '-' | '_' | '+')
}

/// Whether `text` begins with a mail address after `mailto:`.
fn is_mail(text: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_{|}~-".contains(c);
    let place = text.trim_start_matches(is_name);
    place.len() < text.len() && place.strip_prefix('@').is_some_and(|place| place.starts_with(char::is_alphanumeric))
}

/// `rest` up to what ends every address: white space, an angle bracket, or a character that is not shown as it is.
fn run(rest: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>') || !is_shown_as_is(c);
    &rest[..rest.find(ends).unwrap_or(rest.len())]
}

/// Without the punctuation that belongs to the sentence: full stops, quotation marks, brackets that were opened before.
fn trimmed(mut address: &str) -> &str {
    let mut unopened = ['(', '[', '{'].map(|opening| {
        let (opened, closed) = (address.matches(opening).count(), address.matches(closing(opening)).count());
        closed.saturating_sub(opened)
    });
    while let Some(last) = address.chars().next_back() {
        let shorter = &address[..address.len() - last.len_utf8()];
        address = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => shorter,
            '”' | '“' | '’' | '‘' | '»' | '«' | '›' | '‹' | '…' => shorter,
            ')' | ']' | '}' => {
                let unopened = &mut unopened[[')', ']', '}'].iter().position(|c| *c == last).unwrap_or(0)];
                if *unopened == 0 {
                    return address;
                }
                *unopened -= 1;
                shorter
            }
            // `&amp;` at the end is the sentence's, too.
            ';' => {
                let name = shorter.trim_end_matches(is_of_entity);
                if name.len() < shorter.len() { name.strip_suffix('&').unwrap_or(shorter) } else { shorter }
            }
            _ => return address,
        };
    }
    address
}

fn closing(opening: char) -> char {
    match opening {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn is_of_entity(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '#'
}

impl Address<'_> {
    /// The address as a link that leads to it and reads as it was typed.
    pub fn link(self, escape: impl Fn(&str) -> String) -> String {
        match self {
            Address::Whole(address) => format!("<{}>", target(address)),
            Address::Mail(address) => format!("<{address}>"),
            Address::Bare(address) => format!("[{}](<http://{}>)", escape(address), target(address)),
        }
    }
}

/// The address for inside of angle brackets. What would end a table's cell or be read as an escape is written in percent,
/// as every renderer writes it in the link; what would be read as an entity is escaped as one.
fn target(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            '|' | '\\' | '`' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{:02X}", c as u32);
            }
            '&' if address[at + 1..].trim_start_matches(is_of_entity).starts_with(';') => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
