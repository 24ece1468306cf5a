//! The report as one JSON document, for programs.

use super::Report;

/// The report as indented JSON with a newline at its end. People's words stand as they were typed, escaped by JSON.
///
/// # Errors
/// When it does not serialise (a map whose keys are not strings; the report has none).
pub fn render(report: &Report) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    Ok(text)
}
