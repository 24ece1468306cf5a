//! The text of a piece as a value.

use std::borrow::Cow;

use serde_json::Value;

/// Reads `json`. What is not UTF-8 in it stands as U+FFFD, and so does half of a surrogate pair, which programs leave that cut
/// a text in the middle of a character.
///
/// # Errors
/// What is wrong with a number or an escape in it, with line and column within `json`.
pub fn read(json: &[u8]) -> serde_json::Result<Value> {
    let text = String::from_utf8_lossy(json);
    serde_json::from_str(&text).or_else(|error| match without_half_pairs(&text) {
        Cow::Owned(mended) => serde_json::from_str(&mended),
        Cow::Borrowed(_) => Err(error),
    })
}

/// `json` with U+FFFD for every `\uD800` to `\uDFFF` that is no part of a pair.
fn without_half_pairs(json: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(escape) = json[at..].find('\\').map(|found| at + found) {
        at = match (unit(json, escape), unit(json, escape + 6)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => escape + 12,
            (Some(0xD800..0xE000), _) => {
                mended.push_str(&json[from..escape]);
                mended.push_str("\\ufffd");
                from = escape + 6;
                from
            }
            // What a backslash stands before is a character of one byte, or the text is no JSON.
            _ => (escape + 2..=json.len()).find(|end| json.is_char_boundary(*end)).unwrap_or(json.len()),
        };
    }
    if from == 0 {
        return Cow::Borrowed(json);
    }
    mended.push_str(&json[from..]);
    Cow::Owned(mended)
}

/// The unit of UTF-16 that the escape at `at` stands for.
fn unit(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_programs_leave_that_cut_texts_is_replaced() {
        let cases = [
            (&br#"{"a":"\ud83d\ude00"}"#[..], json!({"a": "😀"})),
            (br#"{"a":"cut \ud83d"}"#, json!({"a": "cut \u{fffd}"})),
            (br#"["\ud83d\ud83d\ude00","\ude00x\uD83D"]"#, json!(["\u{fffd}😀", "\u{fffd}x\u{fffd}"])),
            (br#""\\ud83d \\\ud83d""#, json!("\\ud83d \\\u{fffd}")),
            (b"\"\xff \xc3\"", json!("\u{fffd} \u{fffd}")),
            (br#""\u00e5\n\"""#, json!("å\n\"")),
        ];
        for (json, expected) in cases {
            assert_eq!(read(json).expect("a value"), expected);
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for json in [&b"\"\\x\""[..], b"01", b"1.2.3", b"\"\\", b"\"\\\xc3\xa5\"", b"\"\\ud8\"", b"\"a\tb\"", b""] {
            assert!(read(json).is_err(), "{:?}", String::from_utf8_lossy(json));
        }
    }
}
