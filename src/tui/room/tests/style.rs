//! What is marked how, as a grid of letters that can be read in a snapshot.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use crate::tui::theme::{Role, Theme};

/// The roles of `buf`'s cells as a grid: a letter for each role that occurs, `.` for plain text, and what each means.
pub fn grid(buf: &Buffer, theme: &Theme) -> String {
    let mut met: Vec<&'static str> = Vec::new();
    let mut lines = Vec::new();
    for y in buf.area.top()..buf.area.bottom() {
        let mut line = String::new();
        for x in buf.area.left()..buf.area.right() {
            line.push(letter(&buf[(x, y)], theme, &mut met));
        }
        lines.push(line.trim_end().to_owned());
    }
    let legend = met.iter().enumerate().map(|(nth, name)| format!("{} {name}", LETTERS[nth] as char));
    format!("{}\n\n{}", lines.join("\n"), legend.collect::<Vec<_>>().join("\n"))
}

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn letter(cell: &Cell, theme: &Theme, met: &mut Vec<&'static str>) -> char {
    let plain = look(theme.style(Role::Text), theme);
    let own = (cell.fg, cell.bg, cell.modifier);
    if own == plain || (cell.symbol() == " " && own.1 == plain.1 && !own.2.contains(Modifier::REVERSED)) {
        return if cell.symbol() == " " { ' ' } else { '.' };
    }
    let role = Role::ALL.iter().find(|role| look(theme.style(**role), theme) == own);
    let name = role.map_or("of several roles", |role| role.name());
    let nth = met.iter().position(|known| *known == name).unwrap_or_else(|| {
        met.push(name);
        met.len() - 1
    });
    LETTERS[nth] as char
}

/// What a role looks like on the ground of plain text.
fn look(style: Style, theme: &Theme) -> (Color, Color, Modifier) {
    let on_text = theme.style(Role::Text).patch(style);
    (on_text.fg.unwrap_or_default(), on_text.bg.unwrap_or_default(), on_text.add_modifier)
}
