//! Uptime Kuma: its webhook with the preset body.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, identity, text};
use crate::cli::import::form::AlertForm;
use crate::cli::import::time::Told;
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

const HEARTBEAT: AlertForm = AlertForm {
    marks: &["/heartbeat/status", "/monitor/name"],
    tool: "uptime-kuma",
    // Every installation counts its monitors from 1.
    keys: &[&["/monitor/id", "/monitor/name"], &["/monitor/name"]],
    state: |value| match text(value, "/heartbeat/status").unwrap_or_default().as_str() {
        "0" => Ok(AlertState::Firing),
        "1" => Ok(AlertState::Resolved),
        "2" => Err(no_change("pending")),
        "3" => Err(no_change("maintenance")),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/monitor/pathName", "/monitor/name"],
    summary: &["/heartbeat/msg"],
    fired: &["/heartbeat/time"],
    resolved: &["/heartbeat/time"],
    finish: |value, alert| {
        // A monitor that watches no page still has the beginning of an address.
        let url = text(value, "/monitor/url").filter(|url| !matches!(url.as_str(), "https://" | "http://"));
        let host = text(value, "/monitor/hostname").map(|host| match text(value, "/monitor/port") {
            Some(port) => format!("{host}:{port}"),
            None => host,
        });
        alert.subject = url.or(host);
        // Its times are in UTC, and do not say so.
        if let Told::Clock(said) = alert.since {
            alert.since = Told::At(Moment::new(said.and_utc().fixed_offset()));
        }
    },
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    let has_no = |name: &str| value.get(name).is_none_or(Value::is_null);
    let is_own = value.get("heartbeat").is_some() || value.get("monitor").is_some();
    if has_no("heartbeat")
        && let Some(message) = any_text(value, &["/msg"])
        && ((is_own && has_no("monitor")) || is_about_certificate(&message))
    {
        return Some(one(notice(message)));
    }
    HEARTBEAT.read(value)
}

/// `[Shop][https://shop.example] TLS certificate shop.example will expire in 7 days`
fn is_about_certificate(message: &str) -> bool {
    let message = message.to_lowercase();
    message.contains("certificate") && message.contains("expire")
}

/// A message about no heartbeat: the test of the settings, or a certificate that runs out.
fn notice(message: String) -> AlertItem {
    // A monitor may be called so, too.
    if !is_about_certificate(&message) && message.contains("Testing") {
        return AlertItem::Aside(Phrase::new("cli-import-test"));
    }
    Alert::new(AlertState::Warning, identity(&["uptime-kuma", &message]), message.clone()).into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_certificate_that_runs_out_is_an_alert_in_every_message() {
        let said = "[Testing][https://shop.example] TLS certificate shop.example will expire in 7 days";
        for value in [
            json!({ "heartbeat": null, "monitor": null, "msg": said }),
            json!({ "heartbeat": null, "monitor": { "id": 3, "name": "Testing" }, "msg": said }),
            json!({ "monitor": { "id": 3, "name": "Testing" }, "msg": said }),
            json!({ "msg": said }),
        ] {
            let items: Vec<AlertItem> = read(&value).expect("its own").collect();
            let [AlertItem::Alert(alert)] = items.as_slice() else { panic!("{value}: {items:?}") };
            assert_eq!((alert.state, alert.title.as_str()), (AlertState::Warning, said), "{value}");
        }
        let test = json!({ "heartbeat": null, "monitor": null, "msg": "Klockslag Testing" });
        assert!(matches!(read(&test).and_then(|mut items| items.next()), Some(AlertItem::Aside(_))));
        assert!(read(&json!({ "msg": "hello" })).is_none());
    }
}
