//! Zabbix: what a media type of the kind webhook sends, with the names of the macros in any spelling; the events of the
//! real-time export; and the problems that the API lists.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, has, identity, label, list, plain, text};
use crate::cli::import::form::AlertForm;
use crate::cli::import::time::Told;

/// Severity 0 to 5 in words.
const SEVERITIES: [&str; 6] = ["not classified", "information", "warning", "average", "high", "disaster"];

/// What tells in which state an event is, or how severe, and is in no other tool's messages.
const STATES: [&str; 8] = [
    "eventvalue",
    "eventstatus",
    "triggerstatus",
    "triggervalue",
    "eventupdatestatus",
    "eventseverity",
    "triggerseverity",
    "eventnseverity",
];

/// On [`plain`] names.
const MACROS: AlertForm = AlertForm {
    marks: &[],
    tool: "zabbix",
    keys: &[&["/eventid"], &["/problemid"], &["/id"], &["/triggerid"]],
    state: |value| {
        let action = text(value, "/eventupdateaction").unwrap_or_default();
        if text(value, "/eventupdatestatus").as_deref() == Some("1") {
            let mut acts = action.split(',').map(str::trim);
            return if acts.any(|act| act == "acknowledged") {
                Ok(AlertState::Acknowledged)
            } else {
                Err(no_change("update"))
            };
        }
        let told = any_text(value, &["/eventvalue", "/triggervalue", "/eventstatus", "/triggerstatus", "/status"]);
        match told.unwrap_or_default().to_lowercase().as_str() {
            "1" | "problem" | "firing" => Ok(AlertState::Firing),
            "0" | "ok" | "resolved" => Ok(AlertState::Resolved),
            other => Err(AlertItem::Fault(no_state(other))),
        }
    },
    title: &["/eventname", "/triggername", "/name", "/alertsubject", "/subject"],
    severity: &["/eventseverity", "/triggerseverity", "/severity", "/eventnseverity", "/triggernseverity"],
    subject: &["/hostname", "/hosthost", "/host", "/service"],
    labels: &[("ip", "/hostip"), ("event", "/eventid")],
    summary: &["/eventopdata", "/opdata"],
    description: &["/alertmessage", "/message", "/triggerdescription", "/description"],
    links: &["/eventurl", "/triggerurl", "/url"],
    finish: |value, alert| {
        severity(alert);
        let own = match alert.state {
            AlertState::Resolved => clock(value, "eventrecovery"),
            AlertState::Acknowledged => clock(value, "eventupdate"),
            _ => clock(value, "event"),
        };
        // When the message was sent.
        alert.since = own.or(clock(value, ""));
        let front = any_text(value, &["/zabbixurl", "/zabbixfrontendurl"]);
        if let (Some(front), Some(trigger), Some(event)) = (front, text(value, "/triggerid"), text(value, "/eventid")) {
            let front = front.trim_end_matches('/');
            alert.links.push(format!("{front}/tr_events.php?triggerid={trigger}&eventid={event}"));
        }
    },
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    if has(value, &["/eventid", "/clock"]) {
        return Some(one(event(value)));
    }
    let problems = list(value, "/result");
    if problems.iter().any(|problem| has(problem, &["/eventid", "/clock"])) {
        return Some(Box::new(problems.iter().map(event)));
    }
    let plain = plain(value);
    let says = |names: &[&str]| names.iter().any(|name| plain.get(name).is_some());
    let is_own = says(&["eventid", "problemid", "triggerid"]) && says(&STATES);
    is_own.then(|| one(MACROS.item(&plain)))
}

/// An event of the export, or a problem of the API. A recovery names the problem that it ends, and says no more.
fn event(value: &Value) -> AlertItem {
    let (is_over, ended) = match text(value, "/value").as_deref() {
        Some("0") => (true, "/clock"),
        Some(_) => (false, "/clock"),
        None => (text(value, "/r_eventid").is_some_and(|id| id != "0"), "/r_clock"),
    };
    let key = any_text(value, &["/p_eventid", "/eventid"]).unwrap_or_default();
    let state = if is_over { AlertState::Resolved } else { AlertState::Firing };
    let clock = |pointer| Told::read(value.pointer(pointer));
    let hosts =
        list(value, "/hosts").iter().filter_map(|host| any_text(host, &["/name", "/host"]).or_else(|| text(host, "")));
    let tags = list(value, "/tags").iter().filter_map(|tag| label(&text(tag, "/tag")?, text(tag, "/value")));
    let mut alert = Alert {
        severity: text(value, "/severity"),
        subject: Some(hosts.collect::<Vec<_>>().join(", ")).filter(|hosts| !hosts.is_empty()),
        labels: tags.chain(label("event", Some(key.clone()))).collect(),
        summary: any_text(value, &["/opdata"]),
        since: if is_over { clock(ended) } else { clock("/clock") },
        ..Alert::new(state, identity(&["zabbix", &key]), text(value, "/name").unwrap_or(key))
    };
    severity(&mut alert);
    alert.into()
}

/// `Disaster` or `5` in lower case words.
fn severity(alert: &mut Alert) {
    let Some(told) = alert.severity.take() else { return };
    let word = told.parse::<usize>().ok().and_then(|number| SEVERITIES.get(number)).map(|word| (*word).to_owned());
    alert.severity = Some(word.unwrap_or_else(|| told.to_lowercase()));
}

/// The time of an event, which is told in two parts, on the clock of the server.
fn clock(value: &Value, event: &str) -> Told {
    let part = |name: &str| text(value, &format!("/{event}{name}"));
    match (part("timestamp"), part("date"), part("time")) {
        (Some(stamp), ..) => Told::parse(&stamp),
        (None, Some(date), Some(time)) => Told::parse(&format!("{date} {time}")),
        _ => Told::Nothing,
    }
}
