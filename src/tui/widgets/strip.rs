//! A row of facts that gives way by importance: what matters least is shortened, then dropped, until the rest fits.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::{Pen, columns};

/// Which end of the row a fact stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// One fact of a strip.
#[derive(Debug, Clone)]
pub struct StripPart<'a> {
    text: Cow<'a, str>,
    style: Style,
    /// What follows directly in another style; it goes with the part.
    tail: Option<(Cow<'a, str>, Style)>,
    /// What is written before it when something stands at its left.
    lead: &'static str,
    /// The higher, the longer it stays.
    weight: u8,
    /// It may be shortened to so many columns. `None` when it is whole or not there.
    least: Option<u16>,
    side: Side,
}

impl<'a> StripPart<'a> {
    /// A fact at the left end.
    pub fn left(text: impl Into<Cow<'a, str>>, style: Style, weight: u8) -> Self {
        StripPart { text: text.into(), style, tail: None, lead: "  ", weight, least: None, side: Side::Left }
    }

    /// A fact at the right end.
    pub fn right(text: impl Into<Cow<'a, str>>, style: Style, weight: u8) -> Self {
        StripPart { side: Side::Right, ..StripPart::left(text, style, weight) }
    }

    /// The same, able to be shortened to `least` columns.
    #[must_use]
    pub fn shrinks(self, least: u16) -> Self {
        StripPart { least: Some(least), ..self }
    }

    /// The same, followed directly by `text` in `style`.
    #[must_use]
    pub fn then(self, text: impl Into<Cow<'a, str>>, style: Style) -> Self {
        StripPart { tail: Some((text.into(), style)), ..self }
    }

    fn columns(&self) -> u16 {
        columns(&self.text) + self.tail.as_ref().map_or(0, |(text, _)| columns(text))
    }

    fn draw(&self, pen: &mut Pen<'_>, room: u16) {
        let own = columns(&self.text).min(room);
        pen.put_in(&self.text, own, self.style);
        if let Some((text, style)) = &self.tail {
            pen.put_in(text, room - own, *style);
        }
    }

    /// The same, with `lead` before it.
    #[must_use]
    pub fn after(self, lead: &'static str) -> Self {
        StripPart { lead, ..self }
    }
}

/// How many columns of `parts` each gets, 0 for those that are dropped.
fn fit(parts: &[StripPart<'_>], room: u16) -> Vec<u16> {
    let mut given = drop_least(parts, room);
    // What was dropped for something that went after all has its place again.
    let mut gone: Vec<usize> = (0..parts.len()).filter(|i| given[*i] == 0 && parts[*i].columns() > 0).collect();
    gone.sort_by_key(|i| std::cmp::Reverse(parts[*i].weight));
    for at in gone {
        let wide = parts[at].columns();
        given[at] = wide;
        let over = taken(parts, &given).saturating_sub(u32::from(room));
        let rest = wide.saturating_sub(u16::try_from(over).unwrap_or(u16::MAX));
        given[at] = if over == 0 || parts[at].least.is_some_and(|least| rest >= least) { rest } else { 0 };
    }
    given
}

fn drop_least(parts: &[StripPart<'_>], room: u16) -> Vec<u16> {
    let wide: Vec<u16> = parts.iter().map(StripPart::columns).collect();
    let mut given = wide.clone();
    loop {
        let over = taken(parts, &given).saturating_sub(u32::from(room));
        if over == 0 {
            return given;
        }
        let Some(loser) = (0..parts.len()).filter(|i| given[*i] > 0).min_by_key(|i| parts[*i].weight) else {
            return given;
        };
        let least = parts[loser].least.unwrap_or(u16::MAX);
        let only = given.iter().filter(|columns| **columns > 0).count() == 1;
        let over = u16::try_from(over).unwrap_or(u16::MAX);
        given[loser] = match given[loser].checked_sub(over) {
            Some(rest) if given[loser] > least || only => rest.max(if only { 1 } else { least }),
            None if only => room,
            _ if given[loser] > least => least,
            _ => 0,
        };
        if only {
            return given;
        }
    }
}

/// How many columns the parts take with their leads.
fn taken(parts: &[StripPart<'_>], given: &[u16]) -> u32 {
    let mut sum = 0;
    let mut first = true;
    for side in [Side::Left, Side::Right] {
        for (part, columns) in parts.iter().zip(given).filter(|(part, columns)| part.side == side && **columns > 0) {
            let lead = if std::mem::take(&mut first) { 0 } else { super::pen::columns(part.lead) };
            sum += u32::from(*columns) + u32::from(lead);
        }
    }
    sum
}

/// Draws `parts` in the first row of `area`, leads in `ground`.
pub fn draw(buf: &mut Buffer, area: Rect, parts: &[StripPart<'_>], ground: Style) {
    draw_on(buf, area, parts, ground, true);
}

/// Draws `parts` over a row that is drawn already; what lies between the two ends stays.
pub fn draw_over(buf: &mut Buffer, area: Rect, parts: &[StripPart<'_>], ground: Style) {
    draw_on(buf, area, parts, ground, false);
}

fn draw_on(buf: &mut Buffer, area: Rect, parts: &[StripPart<'_>], ground: Style, clear: bool) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    if clear {
        Pen::new(buf, area).fill(" ", ground);
    }
    let given = fit(parts, area.width);
    let mut first = true;
    let mut pen = Pen::new(buf, area);
    for (part, columns) in chosen(parts, &given, Side::Left) {
        if !std::mem::take(&mut first) {
            pen.put(part.lead, ground);
        }
        part.draw(&mut pen, columns);
    }
    let rest: Vec<(&StripPart<'_>, u16)> = chosen(parts, &given, Side::Right).collect();
    let leads: u16 = rest.iter().skip(usize::from(first)).map(|(part, _)| columns(part.lead)).sum();
    let right = rest.iter().map(|(_, columns)| columns).sum::<u16>().saturating_add(leads).min(pen.left());
    pen.skip(pen.left() - right);
    for (part, columns) in rest {
        if !std::mem::take(&mut first) {
            pen.put(part.lead, ground);
        }
        part.draw(&mut pen, columns);
    }
}

fn chosen<'p, 'a>(
    parts: &'p [StripPart<'a>],
    given: &'p [u16],
    side: Side,
) -> impl Iterator<Item = (&'p StripPart<'a>, u16)> {
    parts.iter().zip(given).filter(move |(part, columns)| part.side == side && **columns > 0).map(|(p, c)| (p, *c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(parts: &[StripPart<'_>], room: u16) -> String {
        let area = Rect::new(0, 0, room, 1);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, parts, Style::default());
        (0..room).map(|x| buf[(x, 0)].symbol().to_owned()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn what_matters_least_goes_first() {
        let style = Style::default();
        let parts = [
            StripPart::left("KLOCK", style, 1),
            StripPart::left("Card payments down", style, 5).shrinks(6),
            StripPart::right("14:47", style, 9),
        ];
        assert_eq!(drawn(&parts, 34), "KLOCK  Card payments down    14:47");
        assert_eq!(drawn(&parts, 28), "Card payments down     14:47");
        assert_eq!(drawn(&parts, 18), "Card paymen  14:47".replace("paymen ", "payme… ").trim_end());
        assert_eq!(drawn(&parts, 13), "14:47".to_owned().as_str().replace("14:47", "Card …  14:47"));
        assert_eq!(drawn(&parts, 8), "   14:47");
        assert_eq!(drawn(&parts, 3), "14…");
        assert_eq!(drawn(&parts, 1), "…");
    }
}
