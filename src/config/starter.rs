//! The files that `klock config init` writes: everything that can be set, explained, with nothing set.

use super::{contact, keymap, settings, theme};

const KEYMAP: &str = "\
# Your own keys. Each line overlays one of the built-in keys; \"none\" unbinds. The modes are those below, and a key is
# written as `n`, `Enter`, `Ctrl+d`, `Shift+Tab`, or as a sequence: `g g`. Take the # away from what you want.
";

const THEME: &str = "\
# Your own colours, on top of whichever theme is in force. A style is a colour (`#rrggbb`, `red`, `bright-red`, `default`),
# `on` and a colour, and any of `bold dim italic underline reverse strike`. Take the # away from what you want.
";

/// The files: name inside the configuration directory, and content. As they are, they change nothing.
pub fn files() -> [(&'static str, String); 4] {
    let [(_, dark), ..] = theme::BUILTIN_FILES;
    [
        (settings::FILE, commented(settings::BUILTIN)),
        (keymap::FILE, format!("{KEYMAP}\n{}", commented(&without_head(keymap::BUILTIN)))),
        (theme::FILE, format!("{THEME}\n{}", commented(&without_head(dark)))),
        (contact::FILE, commented_whole(contact::EXAMPLE)),
    ]
}

/// With every value commented out. The headings of the tables stay, so that one # away is all it takes.
fn commented(text: &str) -> String {
    each_line(text, |line| !line.is_empty() && !line.starts_with(['#', '[']))
}

/// With every line commented out: a table of a list is somebody, even without a value.
fn commented_whole(text: &str) -> String {
    each_line(text, |line| !line.is_empty() && !line.starts_with('#'))
}

fn each_line(text: &str, comment: impl Fn(&str) -> bool) -> String {
    text.lines().map(|line| if comment(line) { format!("# {line}\n") } else { format!("{line}\n") }).collect()
}

/// Without the comment that a file begins with.
fn without_head(text: &str) -> String {
    text.lines().skip_while(|line| line.starts_with('#') || line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::contact::Contacts;
    use super::super::keymap::Keymap;
    use super::super::layer::{Source, leaves};
    use super::super::settings::Settings;
    use super::*;

    #[test]
    fn as_they_are_they_change_nothing() {
        for (name, text) in files() {
            let source = Source::new(name, text);
            let (leaves, faults) = leaves(&source);
            assert!(faults.is_empty(), "{name}: {faults:?}");
            assert!(leaves.is_empty(), "{name} sets {:?}", leaves[0].path);
        }
    }

    #[test]
    fn with_the_marks_taken_away_they_are_the_defaults() {
        let [settings, keymap, theme, contacts] = files().map(|(name, text)| {
            // A comment that explains starts with a capital or goes on in the middle of a sentence; a value has ` = `.
            let is_value = |line: &str| line.contains(" = ") || line == "[[person]]";
            let open = |line: &str| line.strip_prefix("# ").filter(|line| is_value(line)).unwrap_or(line).to_owned();
            Source::new(name, text.lines().map(|line| open(line) + "\n").collect::<String>())
        });
        assert_eq!(Settings::read(&[settings]), (Settings::default(), Vec::new()));
        let (bound, faults) = leaves(&keymap);
        assert!(faults.is_empty(), "{faults:?}");
        let commands: Vec<&'static str> =
            bound.iter().filter_map(|leaf| leaf.as_str()).map(|id| &*id.to_owned().leak()).collect();
        assert_eq!(Keymap::read(std::slice::from_ref(&keymap), &commands), (Keymap::builtin(&commands), Vec::new()));
        let dark = |layers: &[Source]| {
            theme::Theme::new(theme::Choice::Dark, theme::Background::Dark, theme::Depth::TrueColour, layers)
        };
        assert_eq!(dark(&[theme]), dark(&[]));
        let example = Contacts::read(&[Source::new("example", contact::EXAMPLE)]);
        assert_eq!(Contacts::read(&[contacts]), example);
    }
}
