//! Notices and updates, recorded as sent; the first one meets its clock (P43–P49).

use crate::domain::intent::Intent;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::room::Message;
use crate::domain::routine::{Channel, Notice};
use crate::domain::timeline::channel_phrase;
use crate::tui::form::field::{Field, FieldChoice, FieldValue};
use crate::tui::form::state::{Form, Subject, plain, wish};
use crate::tui::text::input::TextInput;
use crate::wire::message::Writing;

const CHANNELS: [Channel; 5] = [Channel::Sms, Channel::Email, Channel::Phone, Channel::Chat, Channel::Web];

/// A message as it was, to be sent or recorded once more.
pub fn again(notice: Option<&Notice>, message: &Message, lang: Lang) -> Form {
    let mut form = record(notice, lang);
    for field in &mut form.fields {
        let text = match field.name {
            "audience" => message.audience.raw(),
            "text" => message.text.raw(),
            _ => continue,
        };
        if let FieldValue::Text { input, .. } = &mut field.value {
            *input = TextInput::with(text);
        }
    }
    form
}

/// A message; `notice` is one that the routine asks for, none a free update.
pub fn record(notice: Option<&Notice>, lang: Lang) -> Form {
    let channels =
        CHANNELS.iter().map(|c| FieldChoice::new(channel_phrase(*c).key.into_owned(), channel_phrase(*c))).collect();
    let at = notice.and_then(|notice| CHANNELS.iter().position(|c| *c == notice.channel)).unwrap_or(1);
    let mut form = Form::new(
        notice.map_or_else(|| Phrase::new("form-message"), |notice| plain(notice.title.clone())),
        |form, _| {
            let chosen = form.chosen("channel");
            let channel =
                CHANNELS.into_iter().find(|channel| channel_phrase(*channel).key == chosen).unwrap_or(Channel::Email);
            let notice = Some(form.key()).filter(|key| !key.is_empty());
            let (audience, text) = (form.text("audience"), form.text("text"));
            wish(if form.says_yes("sent") {
                Intent::RecordMessage { notice, channel, audience, text }
            } else {
                Intent::DraftMessage { notice, channel, audience, text }
            })
        },
    )
    .guided(Phrase::new("guide-message"))
    .writing(Some(Writing::Message));
    if let Some(notice) = notice {
        form = form
            .about(Subject::Key(notice.key.clone()))
            .guided(Phrase::new("guide-must-include").with("text", notice.must_include.clone()));
    }
    let audience = notice.map_or(String::new(), |notice| notice.audience.get(lang).to_owned());
    form.field(Field::choice("channel", "field-channel", channels, at))
        .field(Field::text("audience", "field-audience").required().filled(audience))
        .field(Field::text("text", "field-message").required())
        .field(Field::yes_no("sent", "field-sent", true))
        .kept_as(format!("message:{}", notice.map_or("", |notice| &notice.key)))
}
