//! What was told to people outside the room, and the notices that the routine asks for.

use crate::domain::phrase::Phrase;
use crate::domain::room::{MessageStatus, Room};
use crate::domain::timeline::channel_phrase;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn messages(room: &Room) -> Vec<ListRow> {
    let rows = room.messages.iter().rev().map(|message| {
        let (mark, role) = match message.status {
            MessageStatus::Drafted => ("…", Role::Draft),
            MessageStatus::Sent => ("✓", Role::Ok),
            MessageStatus::Failed => ("!", Role::Danger),
        };
        let text = Phrase::new("message-line")
            .with("time", message.at)
            .with("channel", channel_phrase(message.channel))
            .with("audience", words(&message.audience));
        ListRow { detail: Some(plain(words(&message.text))), ..row(message.seq.to_string(), mark, role, text) }
    });
    rows.collect()
}

pub fn notices(room: &Room) -> Vec<ListRow> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let rows = routine.notices.iter().map(|notice| {
        let sent = room
            .messages
            .iter()
            .rev()
            .find(|m| m.status == MessageStatus::Sent && m.notice.as_deref() == Some(&notice.key));
        let (mark, role) = if sent.is_some() { ("✓", Role::Ok) } else { ("○", Role::Warn) };
        let text = Phrase::new("notice-line")
            .with("title", notice.title.clone())
            .with("channel", channel_phrase(notice.channel));
        ListRow { detail: Some(plain(notice.must_include.clone())), ..row(notice.key.as_str(), mark, role, text) }
    });
    rows.collect()
}
