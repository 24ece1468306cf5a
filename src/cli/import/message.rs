//! A message with alerts in it: whose it is, told by its shape, and what is in it.

use serde_json::Value;

use super::alert::Alert;
use crate::domain::phrase::Phrase;

/// Whose message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Alertmanager,
    Grafana,
}

impl Source {
    /// The name under which it writes.
    pub fn name(self) -> &'static str {
        match self {
            Source::Alertmanager => "alertmanager",
            Source::Grafana => "grafana",
        }
    }
}

/// A message.
#[derive(Debug)]
pub struct Message {
    pub source: Source,
    /// The alerts in the order told, each or why it is none.
    pub alerts: Vec<Result<Alert, Phrase>>,
    /// How many more its sender left out.
    pub left_out: u64,
}

impl Message {
    /// The message that `value` is: a webhook's body, or the list that Alertmanager's API gives (`/api/v2/alerts`,
    /// `amtool alert -o json`). `source`: whose it is, when that was said.
    ///
    /// # Errors
    /// When it is neither.
    pub fn read(value: &Value, source: Option<Source>) -> Result<Self, Phrase> {
        let strange = || Phrase::new("cli-import-strange");
        let (alerts, common) = match value {
            Value::Array(alerts) => (alerts, None),
            Value::Object(fields) => {
                let alerts = fields.get("alerts").and_then(Value::as_array).ok_or_else(strange)?;
                (alerts, fields.get("status").and_then(Value::as_str))
            }
            _ => return Err(strange()),
        };
        Ok(Message {
            source: source.unwrap_or_else(|| source_of(value, alerts)),
            alerts: alerts.iter().map(|alert| Alert::read(alert, common)).collect(),
            left_out: value.get("truncatedAlerts").and_then(Value::as_u64).unwrap_or(0),
        })
    }
}

/// Grafana's webhook is Alertmanager's with something added.
fn source_of(value: &Value, alerts: &[Value]) -> Source {
    let is_grafanas =
        |alert: &Value| ["silenceURL", "dashboardURL", "panelURL"].iter().any(|own| alert.get(own).is_some());
    if value.get("orgId").is_some() || alerts.iter().any(is_grafanas) { Source::Grafana } else { Source::Alertmanager }
}
