//! Datadog: its webhook with the preset payload, or one that names its variables in any spelling.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_state, one};
use crate::cli::import::field::{any_text, has, identity, label, plain, text, time};
use crate::cli::import::time::Told;
use crate::domain::phrase::Phrase;

pub fn read(value: &Value) -> Option<Items<'_>> {
    let plain = plain(value);
    let is_preset = has(&plain, &["/eventtype", "/id"])
        && any_text(&plain, &["/title", "/eventtitle"]).is_some()
        && any_text(&plain, &["/date", "/lastupdated"]).is_some();
    let is_own = plain.get("alerttransition").is_some() || is_preset;
    is_own.then(|| one(alert(&plain, text(value, "/org/id"))))
}

fn alert(value: &Value, org: Option<String>) -> AlertItem {
    let title = any_text(value, &["/title", "/eventtitle", "/alerttitle"]).unwrap_or_default();
    let Title { words, name, group, priority, is_test } = split(&title);
    if is_test {
        return AlertItem::Aside(Phrase::new("cli-import-test"));
    }
    let told = any_text(value, &["/alerttransition"]).unwrap_or(words);
    let kind = text(value, "/alerttype").unwrap_or_default();
    let state = match (state(&told), kind.as_str()) {
        (Some(state), _) => state,
        (None, "success") => AlertState::Resolved,
        (None, "error") => AlertState::Firing,
        (None, "warning") => AlertState::Warning,
        (None, _) => return AlertItem::Fault(no_state(&told)),
    };
    let scope = any_text(value, &["/alertscope", "/scope"]).or(group);
    let org = org.or_else(|| any_text(value, &["/orgid"])).unwrap_or_default();
    let monitor = any_text(value, &["/alertid", "/monitorid"]);
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    // Where the monitor's number is told, its title may change with what was measured.
    let key = match &monitor {
        Some(monitor) => identity(&["datadog", &org, monitor, &part(&scope)]),
        None => identity(&["datadog", &org, &name, &part(&scope)]),
    };
    let tags = any_text(value, &["/tags"]).unwrap_or_default();
    let scope_label = label("scope", scope);
    let tags = tags.split(',').filter_map(|tag| {
        let (name, value) = tag.trim().split_once(':')?;
        label(name, Some(value.to_owned()))
    });
    let text_of = any_text(value, &["/textonlymsg", "/body", "/eventmsg", "/message"]);
    Alert {
        severity: any_text(value, &["/alertpriority", "/priority"])
            .filter(|priority| !matches!(priority.as_str(), "normal" | "low"))
            .or(priority)
            .or_else(|| (state == AlertState::Warning).then(|| "warning".to_owned())),
        subject: any_text(value, &["/hostname", "/host"]),
        labels: scope_label.into_iter().chain(tags).collect(),
        summary: any_text(value, &["/alertstatus"]),
        // The marks around Markdown.
        description: text_of.map(|text| text.replace("%%%", "").trim().to_owned()).filter(|text| !text.is_empty()),
        links: any_text(value, &["/link", "/alerturl", "/eventurl", "/sourceurl", "/url"]).into_iter().collect(),
        since: ["/date", "/dateposix", "/lastupdated", "/lastupdatedposix"]
            .iter()
            .fold(Told::Nothing, |told, place| told.or(time(value, place))),
        ..Alert::new(state, key, if name.is_empty() { part(&monitor) } else { name })
    }
    .into()
}

/// `Triggered`, `Re-Triggered`, `Warn`, `No Data`, `Recovered`, `No Data Recovered`, `Renotify` and their like.
fn state(transition: &str) -> Option<AlertState> {
    let told = transition.to_lowercase();
    let has = |word: &str| told.contains(word);
    Some(match () {
        () if has("recovered") => AlertState::Resolved,
        () if has("no data") => AlertState::Unknown,
        () if has("warn") => AlertState::Warning,
        () if has("trigger") || has("renotify") || has("alert") => AlertState::Firing,
        () => return None,
    })
}

/// What a title says: `[P1] [Triggered on {host:web-1}] CPU is high`.
struct Title {
    words: String,
    name: String,
    group: Option<String>,
    priority: Option<String>,
    is_test: bool,
}

fn split(title: &str) -> Title {
    let (words, name) = Default::default();
    let mut split = Title { words, name, group: None, priority: None, is_test: false };
    let mut rest = title.trim();
    while let Some((mark, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let (words, group) = match mark.split_once(" on ") {
            Some((words, group)) => (words, Some(group.trim_matches(['{', '}']).to_owned())),
            None => (mark, None),
        };
        if state(words).is_some() {
            words.clone_into(&mut split.words);
            split.group = group;
        } else if mark.eq_ignore_ascii_case("test") {
            split.is_test = true;
        } else if is_priority(mark) {
            split.priority = Some(mark.to_owned());
        } else {
            break;
        }
        rest = after.trim_start();
    }
    rest.clone_into(&mut split.name);
    split
}

fn is_priority(mark: &str) -> bool {
    matches!(mark.as_bytes(), [b'P', b'1'..=b'5'])
}
