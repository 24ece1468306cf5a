//! Amazon CloudWatch: alarms as SNS carries them, as EventBridge has them, and as `aws cloudwatch describe-alarms` lists them.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state};
use crate::cli::import::field::{any_text, label, list, said, text};
use crate::cli::import::form::AlertForm;
use crate::cli::import::link::encoded;

/// The message that an alarm sends.
const NOTIFIED: AlertForm = AlertForm {
    marks: &["/AlarmName", "/NewStateValue"],
    tool: "cloudwatch",
    keys: &[&["/AlarmArn"], &["/AWSAccountId", "/Region", "/AlarmName"], &["/AlarmName"]],
    state: |value| state(value, "/NewStateValue"),
    title: &["/AlarmName"],
    labels: &[("account", "/AWSAccountId")],
    summary: &["/AlarmDescription"],
    description: &["/NewStateReason"],
    fired: &["/StateChangeTime"],
    resolved: &["/StateChangeTime"],
    finish: |value, alert| finish(alert, value, "/AlarmArn", value.pointer("/Trigger/Dimensions")),
    ..AlertForm::EMPTY
};

const EVENT: AlertForm = AlertForm {
    marks: &["/detail/alarmName", "/detail/state/value"],
    tool: "cloudwatch",
    keys: &[&["/resources/0"], &["/account", "/region", "/detail/alarmName"], &["/detail/alarmName"]],
    state: |value| state(value, "/detail/state/value"),
    title: &["/detail/alarmName"],
    labels: &[("account", "/account")],
    summary: &["/detail/configuration/description"],
    description: &["/detail/state/reason"],
    fired: &["/detail/state/timestamp", "/time"],
    resolved: &["/detail/state/timestamp", "/time"],
    finish: |value, alert| {
        let dimensions = value.pointer("/detail/configuration/metrics/0/metricStat/metric/dimensions");
        finish(alert, value, "/resources/0", dimensions);
    },
    ..AlertForm::EMPTY
};

/// An alarm as the API lists it.
const LISTED: AlertForm = AlertForm {
    marks: &["/AlarmName", "/StateValue"],
    tool: "cloudwatch",
    keys: &[&["/AlarmArn"], &["/AlarmName"]],
    state: |value| state(value, "/StateValue"),
    title: &["/AlarmName"],
    summary: &["/AlarmDescription"],
    description: &["/StateReason"],
    fired: &["/StateTransitionedTimestamp", "/StateUpdatedTimestamp"],
    resolved: &["/StateTransitionedTimestamp", "/StateUpdatedTimestamp"],
    finish: |value, alert| finish(alert, value, "/AlarmArn", value.pointer("/Dimensions")),
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    let one = NOTIFIED.read(value).or_else(|| EVENT.read(value)).or_else(|| LISTED.read(value));
    one.or_else(|| {
        let is_list =
            ["MetricAlarms", "CompositeAlarms"].iter().any(|name| value.get(name).is_some_and(Value::is_array));
        let alarms = list(value, "/MetricAlarms").iter().chain(list(value, "/CompositeAlarms"));
        is_list.then(|| Box::new(alarms.map(|alarm| LISTED.item(alarm))) as Items<'_>)
    })
}

fn state(value: &Value, pointer: &str) -> Result<AlertState, AlertItem> {
    match text(value, pointer).unwrap_or_default().as_str() {
        "ALARM" => Ok(AlertState::Firing),
        "OK" => Ok(AlertState::Resolved),
        name @ "INSUFFICIENT_DATA" => Err(no_change(name)),
        other => Err(AlertItem::Fault(no_state(other))),
    }
}

/// Adds the dimensions, the region and the alarm's page in the console.
fn finish(alert: &mut Alert, value: &Value, arn: &str, dimensions: Option<&Value>) {
    // arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME
    let arn = text(value, arn).unwrap_or_default();
    let part = |nth| arn.split(':').nth(nth).filter(|part| !part.is_empty()).map(str::to_owned);
    let own = match dimensions {
        Some(Value::Object(fields)) => fields.iter().filter_map(|(name, value)| label(name, said(value))).collect(),
        Some(Value::Array(all)) => {
            let pair = |one: &Value| label(&any_text(one, &["/name", "/Name"])?, any_text(one, &["/value", "/Value"]));
            all.iter().filter_map(pair).collect()
        }
        _ => Vec::new(),
    };
    let account = std::mem::take(&mut alert.labels);
    let account = account.into_iter().next().or_else(|| label("account", part(4)));
    let region = part(3).or_else(|| any_text(value, &["/region", "/Region"]));
    alert.links.extend(part(3).map(|region| {
        let name = encoded(&alert.title);
        format!("https://console.aws.amazon.com/cloudwatch/home?region={region}#alarmsV2:alarm/{name}")
    }));
    alert.labels = own.into_iter().chain(label("region", region)).chain(account).collect();
}
