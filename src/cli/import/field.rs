//! Looking into a message.

use serde_json::Value;

use super::time::Told;

/// The text at `pointer` (RFC 6901), when it says something. A number or a truth value is as good as a text.
pub fn text(value: &Value, pointer: &str) -> Option<String> {
    said(value.pointer(pointer)?)
}

/// The first of several texts that says something.
pub fn any_text(value: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| text(value, pointer))
}

/// The text that `value` is, when it says something.
pub fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The elements of the list at `pointer`, which is empty when there is no list.
pub fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The time at `pointer`.
pub fn time(value: &Value, pointer: &str) -> Told {
    Told::read(value.pointer(pointer))
}

/// Whether there is something else than null at each of `pointers`.
pub fn has(value: &Value, pointers: &[&str]) -> bool {
    pointers.iter().all(|pointer| value.pointer(pointer).is_some_and(|found| !found.is_null()))
}

/// The texts of an object under names in one spelling: `EVENT.ID`, `event_id` and `eventId` are all `eventid`. For tools whose
/// messages are templates that everybody writes for themselves. A macro that the tool left as it is says nothing.
pub fn plain(value: &Value) -> Value {
    let Value::Object(fields) = value else { return Value::Null };
    let spelling = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let is_macro = |text: &str| {
        let name = text.strip_prefix('$').or_else(|| text.strip_prefix('{').and_then(|text| text.strip_suffix('}')));
        let is_of_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "._$".contains(c);
        text == "*UNKNOWN*" || name.is_some_and(|name| !name.is_empty() && name.chars().all(is_of_name))
    };
    let text = |value| said(value).filter(|text| !is_macro(text)).map(Value::String);
    fields.iter().filter_map(|(name, value)| Some((spelling(name), text(value)?))).collect()
}

/// A label, when there is something to say.
pub fn label(name: &str, value: Option<String>) -> Option<(String, String)> {
    Some((name.to_owned(), value?))
}

/// An identity: the parts that tell an alert from all others, the tool first.
pub fn identity(parts: &[&str]) -> String {
    serde_json::json!(parts).to_string()
}
