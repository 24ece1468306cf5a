//! Prometheus itself, without Alertmanager: what its API lists at `/api/v1/alerts` and `/api/v1/rules`.

use serde_json::Value;

use super::alertmanager::alert;
use crate::cli::import::alert::{AlertItem, Items, one};
use crate::cli::import::field::{list, text};
use crate::domain::phrase::Phrase;

pub fn read(value: &Value) -> Option<Items<'_>> {
    if let (Some("error"), Some(why)) = (value.get("status").and_then(Value::as_str), text(value, "/error")) {
        return Some(one(AlertItem::Fault(Phrase::new("cli-import-api-error").with("why", why))));
    }
    value.get("status")?.as_str().filter(|status| *status == "success")?;
    if value.pointer("/data/alerts").is_some_and(Value::is_array) {
        return Some(Box::new(list(value, "/data/alerts").iter().map(|value| alert(value, None))));
    }
    value.pointer("/data/groups")?.as_array()?;
    let rules = list(value, "/data/groups").iter().flat_map(|group| list(group, "/rules"));
    Some(Box::new(rules.flat_map(|rule| list(rule, "/alerts")).map(|value| alert(value, None))))
}
