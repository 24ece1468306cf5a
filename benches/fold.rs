//! How fast a room is made from its events, and how fast an entry line is read.

#[allow(dead_code, reason = "figures.rs uses all of it")]
mod bare;
#[allow(dead_code, reason = "figures.rs uses all of it")]
mod world;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use klockslag::domain::id::RoomId;
use klockslag::domain::room::Room;
use klockslag::domain::time::Moment;

const EVENTS: usize = 10_000;

fn fold(criterion: &mut Criterion) {
    let now = Moment::parse("2026-11-21T14:47:10.000+01:00").expect("a time");
    let records = world::records(EVENTS, now);
    let mut group = criterion.benchmark_group("fold");
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("10,000 events", |bencher| {
        bencher.iter(|| Room::fold(RoomId::of_year(2026, 1), black_box(&records)));
    });
    group.finish();
}

criterion_group!(benches, fold);
criterion_main!(benches);
