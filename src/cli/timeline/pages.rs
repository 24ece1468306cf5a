//! The timeline in pages, as the host returns it.

use chrono::Duration;

use crate::cli::call::{Call, unexpected};
use crate::cli::failure::CommandFailure;
use crate::domain::id::Seq;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::timeline::Filter;
use crate::wire::message::{Answer, Ask, Page, PageFrom, Place};

/// How many entries are asked for at a time.
const PAGE: usize = 500;

/// Where the first page begins: what happened before the filter's time need not be looked through.
pub(super) fn beginning(filter: &Filter) -> PageFrom {
    filter.since.map_or(PageFrom::Start, |since| {
        PageFrom::After(Place { at: since.plus(Duration::milliseconds(-1)), seq: Seq::MAX })
    })
}

/// A page of the room that `fold` is, and where the next one begins if there is one.
pub(super) fn page(
    call: &mut Call,
    fold: &Room,
    from: PageFrom,
    filter: Filter,
) -> Result<(Vec<Record>, Option<PageFrom>), CommandFailure> {
    let page = Page { from, limit: PAGE, filter, lang: call.lang() };
    match call.ask(Ask::Page { room: fold.id.clone(), page })? {
        Answer::Page { records, more } => {
            let place = |record: &Record| Place { at: fold.happened_at(record), seq: record.seq };
            let next = records.last().filter(|_| more).map(place);
            // A time that was corrected since the fold must not lead back to where this page began.
            let next = next.filter(|next| !matches!(from, PageFrom::After(began) if *next <= began));
            Ok((records, next.map(PageFrom::After)))
        }
        other => Err(unexpected(&other)),
    }
}
