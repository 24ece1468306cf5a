//! Prometheus Alertmanager: its webhook (version 3 and 4), and what its API and `amtool alert query -o json` list: alerts, groups of
//! them, and the answers of version 1 of the API.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, lacks, no_change, no_state, one};
use crate::cli::import::field::{any_text, identity, list, said};
use crate::cli::import::time::Told;
use crate::domain::phrase::Phrase;

/// Labels that tell alerts of one name apart more than others do, the most telling first.
const TELLING: [&str; 26] = [
    "cluster",
    "environment",
    "env",
    "stage",
    "region",
    "datacenter",
    "zone",
    "site",
    "tenant",
    "customer",
    "namespace",
    "app",
    "service",
    "deployment",
    "statefulset",
    "daemonset",
    "pod",
    "container",
    "node",
    "host",
    "hostname",
    "device",
    "interface",
    "mountpoint",
    "queue",
    "topic",
];

/// Labels that only say which of two servers that watch the same has sent the alert. A `replica` or a `prometheus` alone may be
/// what is watched.
const SENDERS: [&str; 4] = ["prometheus_replica", "__replica__", "thanos_ruler_replica", "alertmanager_replica"];

/// Labels that stand for themselves in an entry.
const SHOWN: [&str; 3] = ["alertname", "severity", "instance"];

pub fn read(value: &Value) -> Option<Items<'_>> {
    let alerts = message(value).or_else(|| api(value));
    alerts.or_else(|| is_alert(value).then(|| one(alert(value, None))))
}

/// An object with a list of alerts: a message of the webhook, or a group.
pub fn message(value: &Value) -> Option<Items<'_>> {
    let alerts = value.get("alerts")?.as_array()?;
    let common = value.get("status").and_then(Value::as_str);
    let left_out = value.get("truncatedAlerts").and_then(Value::as_u64).filter(|count| *count > 0);
    let left_out = left_out.map(|count| AlertItem::Aside(Phrase::new("cli-import-left-out").with("count", count)));
    Some(Box::new(alerts.iter().map(move |value| alert(value, common)).chain(left_out)))
}

/// An answer of version 1 of the API: alerts, or groups of them.
fn api(value: &Value) -> Option<Items<'_>> {
    value.get("status")?.as_str().filter(|status| *status == "success")?;
    let data = value.get("data")?.as_array()?;
    Some(Box::new(data.iter().flat_map(|value| -> Items<'_> {
        if value.get("blocks").is_none() {
            return one(alert(value, None));
        }
        Box::new(list(value, "/blocks").iter().flat_map(|block| list(block, "/alerts")).map(|value| alert(value, None)))
    })))
}

/// Whether `value` looks like an alert that stands alone.
pub fn is_alert(value: &Value) -> bool {
    const OTHERS: [&str; 6] = ["startsAt", "activeAt", "status", "fingerprint", "annotations", "generatorURL"];
    value.get("labels").is_some_and(Value::is_object) && OTHERS.iter().any(|name| value.get(name).is_some())
}

/// Reads one alert; `common` is the status of the whole message, for one that does not say its own.
pub fn alert(value: &Value, common: Option<&str>) -> AlertItem {
    let Value::Object(fields) = value else { return AlertItem::Fault(Phrase::new("cli-import-no-object")) };
    let labels = texts(fields.get("labels"));
    let fingerprint = fields.get("fingerprint").and_then(said);
    if labels.is_empty() && fingerprint.is_none() {
        return AlertItem::Fault(lacks("labels, fingerprint"));
    }
    let ends_at = Told::read(fields.get("endsAt"));
    let state = match status(fields).as_deref().or(common) {
        // A silenced or inhibited alert still fires.
        Some("firing" | "active" | "suppressed" | "unprocessed") => AlertState::Firing,
        Some("resolved") => AlertState::Resolved,
        // As clients post it to Alertmanager.
        None if ends_at == Told::Nothing => AlertState::Firing,
        None => return AlertItem::Fault(lacks("status")),
        Some(state @ ("pending" | "inactive")) => return no_change(state),
        Some(other) => return AlertItem::Fault(no_state(other)),
    };
    let began = Told::read(fields.get("startsAt")).or(Told::read(fields.get("activeAt")));
    let since = if state == AlertState::Resolved { ends_at } else { began.clone() };
    let key = fingerprint.clone().unwrap_or_else(|| fingerprint_of(&labels));
    let label = |name: &str| labels.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let note = |name: &str| any_text(value, &[&format!("/annotations/{name}")]);
    let links = [note("runbook_url"), any_text(value, &["/panelURL", "/dashboardURL", "/generatorURL"])];
    Alert {
        severity: label("severity"),
        subject: label("instance"),
        summary: note("summary").or_else(|| note("message")),
        description: note("description"),
        links: links.into_iter().flatten().collect(),
        began,
        since,
        released_key: Some(key.clone()),
        labels: telling(&labels),
        ..Alert::new(state, identity_of(&labels, fingerprint), label("alertname").unwrap_or(key))
    }
    .into()
}

/// Its own status: a text, or an object with a state; Prometheus calls it `state`.
fn status(fields: &Map<String, Value>) -> Option<String> {
    let status = fields.get("status").or_else(|| fields.get("state"))?;
    said(status.get("state").unwrap_or(status)).map(|status| status.to_lowercase())
}

fn texts(value: Option<&Value>) -> BTreeMap<String, String> {
    let Some(Value::Object(fields)) = value else { return BTreeMap::new() };
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    fields.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The labels that are to be shown, the most telling first, then by name. Those with two underscores are the tools' own.
fn telling(labels: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let is_shown = |(name, value): &(&String, &String)| {
        !name.starts_with("__") && !SHOWN.contains(&name.as_str()) && !value.trim().is_empty()
    };
    let mut telling: Vec<_> =
        labels.iter().filter(is_shown).map(|(name, value)| (name.clone(), value.clone())).collect();
    // The sort keeps the order of the names among those that are not in the list.
    telling.sort_by_key(|(name, _)| TELLING.iter().position(|known| known == name).unwrap_or(TELLING.len()));
    telling
}

/// What tells the alert from others: its labels, but for those that name the sender. A fingerprint stands for the labels it was made
/// of; one that was made otherwise tells no more than they do together.
fn identity_of(labels: &BTreeMap<String, String>, fingerprint: Option<String>) -> String {
    let mut own = labels.clone();
    own.retain(|name, _| !SENDERS.contains(&name.as_str()));
    let made = fingerprint_of(&own);
    match fingerprint {
        Some(fingerprint) if own.is_empty() => identity(&["labels", &fingerprint]),
        Some(fingerprint) if own.len() == labels.len() && fingerprint != made => {
            identity(&["labels", &fingerprint, &made])
        }
        _ => identity(&["labels", &made]),
    }
}

/// The fingerprint that Alertmanager and Grafana make from labels: FNV-1a over names and values, each with a byte 0xFF behind it
/// (prometheus/common, `model/signature.go`).
fn fingerprint_of(labels: &BTreeMap<String, String>) -> String {
    let bytes = labels.iter().flat_map(|(name, value)| name.bytes().chain([0xFF]).chain(value.bytes()).chain([0xFF]));
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The identity of an alert with these labels beside its name.
    fn identity_with(fingerprint: Option<&str>, labels: Value) -> String {
        let mut value = json!({ "status": "firing", "labels": { "alertname": "Down", "cluster": "north" } });
        labels.as_object().expect("labels").iter().for_each(|(name, text)| value["labels"][name] = text.clone());
        if let Some(fingerprint) = fingerprint {
            value["fingerprint"] = fingerprint.into();
        }
        match alert(&value, None) {
            AlertItem::Alert(alert) => alert.identity,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_sent_it_does_not_tell_an_alert_from_another() {
        let alone = identity_with(None, json!({}));
        for sender in SENDERS {
            let of = |fingerprint, name| identity_with(fingerprint, json!({ sender: name }));
            assert_eq!(of(None, "a"), alone, "{sender}");
            assert_eq!((of(Some("11"), "a"), of(Some("22"), "b")), (alone.clone(), alone.clone()), "{sender}");
        }
        for name in ["replica", "prometheus", "pod"] {
            let of = |text| identity_with(None, json!({ name: text }));
            assert_ne!(of("a"), of("b"), "{name}");
        }
    }

    #[test]
    fn one_fingerprint_with_other_labels_is_another_alert() {
        let of = |disk| identity_with(Some("11"), json!({ "disk": disk }));
        assert_ne!(of("sda"), of("sdb"));
        assert_eq!(of("sda"), of("sda"));
        let made = identity_with(None, json!({ "disk": "sda" }));
        let fingerprint: Vec<String> = serde_json::from_str(&made).expect("a list");
        assert_eq!(identity_with(Some(&fingerprint[1]), json!({ "disk": "sda" })), made, "as the tool makes it");
    }
}
