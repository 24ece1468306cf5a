//! The reference: the least that a ratatui program can do, a list of rows and a line to type in.

use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, List, ListState, Paragraph};

/// What the reference writes in its last row, so that the first useful paint can be seen.
pub const LAST_ROW: &str = "last-row-of-all";

/// Runs until `Esc`.
pub fn run(rows: usize) -> std::io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let mut lines: Vec<String> = (1..rows).map(|row| format!("14:05  note       entry number {row}")).collect();
    lines.push(LAST_ROW.to_owned());
    let list = List::new(lines).block(Block::bordered().title("bare"));
    let mut state = ListState::default();
    state.select(Some(rows - 1));
    let mut typed = String::new();
    loop {
        terminal.draw(|frame| {
            let [above, below] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(frame.area());
            frame.render_stateful_widget(&list, above, &mut state);
            frame.render_widget(Paragraph::new(format!("> {typed}")), below);
            let column = 2 + u16::try_from(typed.len()).unwrap_or(0);
            frame.set_cursor_position((column.min(below.width.saturating_sub(1)), below.y));
        })?;
        if let Event::Key(key) = event::read()?
            && key.kind == KeyEventKind::Press
        {
            match key.code {
                KeyCode::Esc => break,
                KeyCode::Enter => typed.clear(),
                KeyCode::Char(letter) => typed.push(letter),
                _ => {}
            }
        }
    }
    ratatui::try_restore()
}
