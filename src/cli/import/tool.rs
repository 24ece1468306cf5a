//! The tools whose messages are read: a row each, in the order in which a message is tried against them.

mod alertmanager;
mod azure;
mod cloudwatch;
mod datadog;
mod google_cloud;
mod grafana;
mod icinga;
mod nagios;
mod new_relic;
mod opsgenie;
mod pagerduty;
mod prometheus;
mod sentry;
mod statuspage;
mod template;
mod uptime_kuma;
mod zabbix;

use clap::ValueEnum;
use serde_json::Value;

use super::alert::Items;

/// A tool that tells of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Tool {
    /// Prometheus Alertmanager
    Alertmanager,
    /// Azure Monitor
    Azure,
    /// Amazon CloudWatch, also by SNS and EventBridge
    Cloudwatch,
    /// Datadog
    Datadog,
    /// Google Cloud Monitoring
    GoogleCloud,
    /// Grafana, unified and legacy alerting
    Grafana,
    /// Icinga 2
    Icinga,
    /// Nagios, Naemon and Checkmk
    Nagios,
    /// New Relic
    NewRelic,
    /// Opsgenie
    Opsgenie,
    /// PagerDuty
    Pagerduty,
    /// Prometheus itself
    Prometheus,
    /// Sentry
    Sentry,
    /// Statuspage
    Statuspage,
    /// Uptime Kuma
    UptimeKuma,
    /// Zabbix
    Zabbix,
}

/// A tool, the name under which it writes, and what reads its messages, as far as they are of its shape.
struct Row {
    tool: Tool,
    name: &'static str,
    read: fn(&Value) -> Option<Items<'_>>,
}

/// Those whose shape is told by few and common names come last.
const TOOLS: [Row; 16] = [
    Row { tool: Tool::Grafana, name: "grafana", read: grafana::read },
    Row { tool: Tool::Prometheus, name: "prometheus", read: prometheus::read },
    Row { tool: Tool::Alertmanager, name: "alertmanager", read: alertmanager::read },
    Row { tool: Tool::Cloudwatch, name: "cloudwatch", read: cloudwatch::read },
    Row { tool: Tool::Azure, name: "azure", read: azure::read },
    Row { tool: Tool::Pagerduty, name: "pagerduty", read: pagerduty::read },
    Row { tool: Tool::Opsgenie, name: "opsgenie", read: opsgenie::read },
    Row { tool: Tool::Sentry, name: "sentry", read: sentry::read },
    Row { tool: Tool::UptimeKuma, name: "uptime-kuma", read: uptime_kuma::read },
    Row { tool: Tool::GoogleCloud, name: "google-cloud", read: google_cloud::read },
    Row { tool: Tool::NewRelic, name: "new-relic", read: new_relic::read },
    Row { tool: Tool::Statuspage, name: "statuspage", read: statuspage::read },
    Row { tool: Tool::Icinga, name: "icinga", read: icinga::read },
    Row { tool: Tool::Zabbix, name: "zabbix", read: zabbix::read },
    Row { tool: Tool::Datadog, name: "datadog", read: datadog::read },
    Row { tool: Tool::Nagios, name: "nagios", read: nagios::read },
];

impl Tool {
    /// The name under which it writes.
    pub fn name(self) -> &'static str {
        TOOLS.iter().find(|row| row.tool == self).map_or("", |row| row.name)
    }
}

/// What `value` tells, and whose message it is; `None` when it is of no tool's shape. A tool that is `named` is believed: what
/// looks like another's is read as that, and what looks like nobody's as a template, under the name of this one.
pub fn read(value: &Value, named: Option<Tool>) -> Option<(Tool, Items<'_>)> {
    let own = TOOLS.iter().filter(|row| Some(row.tool) == named);
    let others = TOOLS.iter().filter(|row| Some(row.tool) != named);
    let by_shape = own.chain(others).find_map(|row| Some((named.unwrap_or(row.tool), (row.read)(value)?)));
    by_shape.or_else(|| Some((named?, template::read(value)?)))
}

#[cfg(test)]
mod tests;
