//! Nagios and what descends from it (Naemon, Checkmk, Icinga): notifications with the names of the macros in any spelling.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, identity, label, plain, time};
use crate::cli::import::time::Told;

const HOST: [&str; 3] = ["/hostname", "/host", "/hostdisplayname"];
const SERVICE: [&str; 4] = ["/servicedesc", "/servicedescription", "/servicename", "/service"];

pub fn read(value: &Value) -> Option<Items<'_>> {
    let plain = plain(value);
    let kind = any_text(&plain, &["/notificationtype", "/what"])?;
    let host = any_text(&plain, &HOST)?;
    Some(one(notification(&plain, &kind, host)))
}

fn notification(value: &Value, kind: &str, host: String) -> AlertItem {
    let service = any_text(value, &SERVICE);
    let places: &[&str] = match service {
        Some(_) => &["/servicestate", "/state"],
        None => &["/hoststate", "/state"],
    };
    let told = any_text(value, places).unwrap_or_default().to_uppercase();
    let state = match kind.to_uppercase().as_str() {
        "PROBLEM" => match level(&told) {
            Some(state) => state,
            None => return AlertItem::Fault(no_state(&told)),
        },
        "RECOVERY" => AlertState::Resolved,
        "ACKNOWLEDGEMENT" => AlertState::Acknowledged,
        _ => return no_change(kind),
    };
    let seen = any_text(value, &["/notificationcomment", "/ackcomment", "/comment"]);
    let output = ["/serviceoutput", "/hostoutput", "/pluginoutput", "/output"];
    let is_over = state == AlertState::Resolved;
    Alert {
        severity: Some(told.to_lowercase()).filter(|told| !told.is_empty() && !is_over),
        subject: service.is_some().then(|| host.clone()),
        labels: label("address", any_text(value, &["/hostaddress"])).into_iter().collect(),
        summary: any_text(value, &output),
        description: seen.or_else(|| any_text(value, &["/longserviceoutput", "/longhostoutput", "/longpluginoutput"])),
        links: any_text(value, &["/servicenotesurl", "/hostnotesurl", "/link", "/url"]).into_iter().collect(),
        since: ["/timet", "/timestamp", "/longdatetime", "/datetime", "/date"]
            .iter()
            .fold(Told::Nothing, |told, place| told.or(time(value, place))),
        ..Alert::new(
            state,
            identity(&["nagios", &host, service.as_deref().unwrap_or_default()]),
            service.unwrap_or(host),
        )
    }
    .into()
}

fn level(state: &str) -> Option<AlertState> {
    Some(match state {
        "CRITICAL" | "DOWN" | "UNREACHABLE" => AlertState::Firing,
        "WARNING" => AlertState::Warning,
        "UNKNOWN" => AlertState::Unknown,
        _ => return None,
    })
}
