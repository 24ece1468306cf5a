//! Figures of a run: what was measured in each round, and how it is said in the table.

use std::collections::BTreeMap;
use std::time::Duration;

/// Samples by name.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    samples: BTreeMap<&'static str, Vec<f64>>,
    counts: BTreeMap<&'static str, u64>,
}

impl Figures {
    /// A duration that was measured once more.
    pub fn took(&mut self, what: &'static str, took: Duration) {
        self.samples.entry(what).or_default().push(took.as_secs_f64() * 1000.0);
    }

    /// Counts on.
    pub fn count(&mut self, what: &'static str, by: usize) {
        *self.counts.entry(what).or_default() += by as u64;
    }

    /// Takes in what another part measured.
    pub fn merge(&mut self, other: Figures) {
        for (what, samples) in other.samples {
            self.samples.entry(what).or_default().extend(samples);
        }
        for (what, count) in other.counts {
            *self.counts.entry(what).or_default() += count;
        }
    }

    /// The samples of `what`, in milliseconds.
    pub fn samples(&self, what: &str) -> &[f64] {
        self.samples.get(what).map_or(&[], Vec::as_slice)
    }

    /// All of it in one line.
    pub fn describe(&self) -> String {
        let counts = self.counts.iter().map(|(what, count)| format!("{count} {what}"));
        let samples = self.samples.iter().map(|(what, samples)| {
            let [half, most, worst] = [0.5, 0.99, 1.0].map(|share| percentile(samples, share));
            format!("{what}: p50 {half:.1}, p99 {most:.1}, max {worst:.1} ms")
        });
        counts.chain(samples).collect::<Vec<_>>().join("; ")
    }
}

/// The sample below which that share of the samples lies (nearest rank); 0 without samples.
pub fn percentile(samples: &[f64], share: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "an index")]
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or(0.0)
}
