//! Lengths of time as people type them: `20m`, `1h30m`, `2 tim`, `1d`.

/// The longest span that is meant: a year, in minutes.
const LONGEST: i64 = 366 * 24 * 60;

/// How a number without a unit is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// As minutes.
    Minutes,
    /// Not at all.
    Refused,
}

/// Minutes of `1h30m`, `20m`, `2h`, `1d`, `90min`, without blanks.
pub fn minutes(text: &str, bare: Bare) -> Option<i64> {
    if bare == Bare::Minutes && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|minutes| *minutes <= LONGEST);
    }
    let mut total: i64 = 0;
    let mut smallest = i64::MAX;
    let mut rest = text;
    while !rest.is_empty() {
        let number = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest[number..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let size = match rest[number..number + letters].to_ascii_lowercase().as_str() {
            "d" => 24 * 60,
            "h" | "t" | "tim" => 60,
            "m" | "min" => 1,
            _ => return None,
        };
        if size >= smallest {
            return None;
        }
        smallest = size;
        let count: i64 = rest[..number].parse().ok()?;
        total = total.checked_add(count.checked_mul(size)?).filter(|total| *total <= LONGEST)?;
        rest = &rest[number + letters..];
    }
    (smallest < i64::MAX).then_some(total)
}
