//! Grafana: the webhook of its unified alerting, which is Alertmanager's with something added, and that of its legacy alerting.

use serde_json::Value;

use super::alertmanager;
use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, has, identity, list, text};
use crate::domain::phrase::Phrase;

pub fn read(value: &Value) -> Option<Items<'_>> {
    let is_own = |alert: &Value| ["silenceURL", "dashboardURL", "panelURL"].iter().any(|own| alert.get(own).is_some());
    let says_so = value.get("orgId").is_some() || list(value, "/alerts").iter().any(is_own);
    if let Some(alerts) = alertmanager::message(value).filter(|_| says_so) {
        return Some(Box::new(alerts.map(without_test)));
    }
    if is_own(value) && alertmanager::is_alert(value) {
        return Some(one(alertmanager::alert(value, None)));
    }
    has(value, &["/ruleName", "/state"]).then(|| one(legacy(value)))
}

/// What the button “Test” of a contact point sends is an alert like any other, but for its words.
fn without_test(item: AlertItem) -> AlertItem {
    match item {
        AlertItem::Alert(alert)
            if alert.title == "TestAlert"
                && alert.subject.as_deref() == Some("Grafana")
                && alert.summary.as_deref() == Some("Notification test") =>
        {
            AlertItem::Aside(Phrase::new("cli-import-test"))
        }
        other => other,
    }
}

/// Legacy alerting tells no time.
fn legacy(value: &Value) -> AlertItem {
    let state = match text(value, "/state").unwrap_or_default().as_str() {
        "alerting" => AlertState::Firing,
        "no_data" => AlertState::Unknown,
        "ok" => AlertState::Resolved,
        state @ ("pending" | "paused") => return no_change(state),
        other => return AlertItem::Fault(no_state(other)),
    };
    let matches = list(value, "/evalMatches").iter().filter_map(|found| {
        let metric = text(found, "/metric")?;
        let value = text(found, "/value").unwrap_or_default();
        Some((metric, value))
    });
    let name = text(value, "/ruleName").unwrap_or_default();
    let part = |pointer| text(value, pointer).unwrap_or_default();
    let key = identity(&["grafana", &part("/orgId"), &part("/dashboardId"), &part("/ruleId"), &name]);
    Alert {
        summary: text(value, "/message"),
        labels: matches.collect(),
        links: any_text(value, &["/ruleUrl"]).into_iter().collect(),
        ..Alert::new(state, key, name)
    }
    .into()
}
