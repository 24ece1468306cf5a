//! The terminal asked whether it is dark or light: its answer comes among the keys, whenever it comes, and is picked out.

use std::time::Duration;

use crate::config::theme::Background;

/// What asks a terminal for the colour of its background.
pub const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// What leaves waits for an answer so long, which would else be typed into the shell.
pub const ANSWERED_WITHIN: Duration = Duration::from_millis(150);

/// How the answer begins, behind its introducer; then follow three channels, each of one to four hexadecimal digits.
const KIND: &[u8] = b"11;rgb";

/// The channel values of a background that is neither dark nor light have this luminance, of 0 to 1: half as light as white
/// to the eye.
const MIDDLE: f64 = 0.184;

/// Returns what the string `11;rgb:1c1c/1c1c/1c1c` says; none when it is no answer to the question.
pub fn answer(said: &[u8]) -> Option<Background> {
    let rest = std::str::from_utf8(said.strip_prefix(KIND)?).ok()?;
    let channels = rest.strip_prefix(':').or_else(|| rest.strip_prefix("a:"))?;
    let mut values = channels.split('/').map(|digits| {
        let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| (1..=4).contains(&digits.len()))?;
        Some(f64::from(value) / f64::from(most))
    });
    let mut next = || values.next().flatten().map(|value: f64| value.powf(2.2));
    let luminance = 0.2126 * next()? + 0.7152 * next()? + 0.0722 * next()?;
    Some(if luminance > MIDDLE { Background::Light } else { Background::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_says_dark_or_light() {
        for (said, expected) in [
            ("11;rgb:1c1c/1c1c/1c1c", Background::Dark),
            ("11;rgb:ffff/FFFF/ffff", Background::Light),
            ("11;rgb:fd/f6/e3", Background::Light),
            ("11;rgba:0000/2b2b/3636/ffff", Background::Dark),
        ] {
            assert_eq!(answer(said.as_bytes()), Some(expected), "{said:?}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for said in ["12;", "10;rgb:0/0/0", "11;rgb:0/0", "11;rgb:00000/0/0", "11;rgb:x", "11;", ""] {
            assert_eq!(answer(said.as_bytes()), None, "{said:?}");
        }
    }
}
