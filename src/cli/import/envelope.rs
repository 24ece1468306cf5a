//! What carries a message of a tool inside another message: SNS and SQS of Amazon, Pub/Sub of Google, CloudEvents, and requests that
//! something recorded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::alert::AlertItem;
use super::field::{has, list, text};
use crate::domain::phrase::Phrase;

/// What an envelope holds.
#[derive(Debug, PartialEq)]
pub enum Content {
    /// The texts of messages: what they hold is bounded where it is read.
    Messages(Vec<String>),
    /// None, and why.
    Nothing(AlertItem),
}

/// Opens `value`; `None` when it is no envelope.
pub fn open(value: &Value) -> Option<Content> {
    sns(value)
        .or_else(|| records(value))
        .or_else(|| pub_sub(value))
        .or_else(|| cloud_event(value))
        .or_else(|| request(value))
}

/// Amazon SNS: a message is a text in it, and it has messages of its own.
fn sns(value: &Value) -> Option<Content> {
    if !has(value, &["/Type", "/TopicArn"]) {
        return None;
    }
    Some(match text(value, "/Type").unwrap_or_default().as_str() {
        "Notification" => within_text(value, "/Message"),
        "SubscriptionConfirmation" => {
            // Only an address of Amazon's is worth telling anybody to open.
            let is_amazons = |url: &String| {
                let host = url.strip_prefix("https://").and_then(|url| url.split('/').next()).unwrap_or_default();
                host.starts_with("sns.") && (host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn"))
            };
            Content::Nothing(AlertItem::Aside(match text(value, "/SubscribeURL").filter(is_amazons) {
                Some(url) => Phrase::new("cli-import-sns-subscription").with("url", url),
                None => Phrase::new("cli-import-sns-subscription-odd"),
            }))
        }
        other => Content::Nothing(AlertItem::Aside(Phrase::new("cli-import-no-change").with("what", other.to_owned()))),
    })
}

/// What Lambda is given of SNS and SQS, and what `aws sqs receive-message` prints.
fn records(value: &Value) -> Option<Content> {
    let records = [("/Records", "/Sns"), ("/Records", "/body"), ("/Messages", "/Body")];
    records.iter().find_map(|(all, one)| {
        let all = list(value, all);
        if all.is_empty() || !all.iter().all(|record| has(record, &[one])) {
            return None;
        }
        Some(
            all.iter()
                .map(|record| record.pointer(one).and_then(json))
                .collect::<Option<_>>()
                .map_or_else(no_json, Content::Messages),
        )
    })
}

/// Google's Pub/Sub: a message is in base64.
fn pub_sub(value: &Value) -> Option<Content> {
    let message = value.get("message").filter(|_| has(value, &["/subscription"])).unwrap_or(value);
    let data = message.get("data")?.as_str()?;
    has(message, &["/messageId"]).then(|| {
        let text = STANDARD.decode(data).ok().and_then(|text| String::from_utf8(text).ok());
        text.map_or_else(no_json, |text| Content::Messages(vec![text]))
    })
}

/// CloudEvents 1.0, as Azure Event Grid sends them.
fn cloud_event(value: &Value) -> Option<Content> {
    let data = value.get("data").filter(|_| has(value, &["/specversion", "/type", "/source"]))?;
    Some(json(data).map_or_else(no_json, |message| Content::Messages(vec![message])))
}

/// A request that was recorded, with its headers.
fn request(value: &Value) -> Option<Content> {
    let body = value.get("body").filter(|_| value.get("headers").is_some_and(Value::is_object))?;
    Some(json(body).map_or_else(no_json, |message| Content::Messages(vec![message])))
}

fn within_text(value: &Value, pointer: &str) -> Content {
    value.pointer(pointer).and_then(json).map_or_else(no_json, |message| Content::Messages(vec![message]))
}

/// The text of a message, or of what may be one.
fn json(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.trim_start().starts_with(['{', '[']).then(|| text.clone()),
        Value::Object(_) | Value::Array(_) => Some(value.to_string()),
        _ => None,
    }
}

fn no_json() -> Content {
    Content::Nothing(AlertItem::Fault(Phrase::new("cli-import-envelope")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_envelope_is_opened() {
        let message = json!({ "AlarmName": "x" });
        let text = message.to_string();
        let sns = json!({ "Type": "Notification", "TopicArn": "arn:x", "Message": text });
        let envelopes = [
            sns.clone(),
            json!({ "Records": [{ "body": text }] }),
            json!({ "Messages": [{ "Body": text, "MessageId": "1" }] }),
            json!({ "message": { "data": STANDARD.encode(&text), "messageId": "1" }, "subscription": "projects/x" }),
            json!({ "specversion": "1.0", "type": "t", "source": "s", "data": message }),
            json!({ "headers": { "host": "x" }, "body": text }),
            json!({ "headers": {}, "body": message }),
        ];
        for envelope in envelopes {
            assert_eq!(open(&envelope), Some(Content::Messages(vec![message.to_string()])), "{envelope}");
        }
        let lambda = json!({ "Records": [{ "Sns": sns }, { "Sns": sns }] });
        assert_eq!(open(&lambda), Some(Content::Messages(vec![sns.to_string(), sns.to_string()])));
        for other in [json!({ "alerts": [] }), json!({ "body": "x", "title": "y" }), json!([]), json!({ "data": {} })] {
            assert_eq!(open(&other), None, "{other}");
        }
    }

    #[test]
    fn what_an_envelope_has_to_say_itself_is_no_fault() {
        let aside = |value: Value| match open(&value) {
            Some(Content::Nothing(AlertItem::Aside(phrase))) => phrase.key.into_owned(),
            other => panic!("{other:?}"),
        };
        let confirm =
            |url: &str| json!({ "Type": "SubscriptionConfirmation", "TopicArn": "arn:x", "SubscribeURL": url });
        let url = "https://sns.eu-north-1.amazonaws.com/?Action=ConfirmSubscription";
        assert_eq!(aside(confirm(url)), "cli-import-sns-subscription");
        for odd in ["https://sns.evil.example/x.amazonaws.com", "http://sns.x.amazonaws.com/", "javascript:x", ""] {
            assert_eq!(aside(confirm(odd)), "cli-import-sns-subscription-odd", "{odd}");
        }
        assert_eq!(aside(json!({ "Type": "UnsubscribeConfirmation", "TopicArn": "x" })), "cli-import-no-change");
        let text = json!({ "Type": "Notification", "TopicArn": "x", "Message": "a text, no JSON" });
        assert!(matches!(open(&text), Some(Content::Nothing(AlertItem::Fault(_)))));
    }
}
