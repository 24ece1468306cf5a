//! How a series of measurements is summed up and printed.

use std::time::Duration;

/// Measurements of one thing.
pub struct Series(Vec<Duration>);

impl Series {
    /// # Panics
    /// When there is nothing to sum up.
    pub fn new(mut all: Vec<Duration>) -> Self {
        assert!(!all.is_empty(), "nothing was measured");
        all.sort();
        Series(all)
    }

    /// The value below which `percent` of the measurements lie.
    pub fn percentile(&self, percent: usize) -> Duration {
        let last = self.0.len() - 1;
        self.0[(last * percent).div_ceil(100).min(last)]
    }

    pub fn median(&self) -> Duration {
        self.percentile(50)
    }
}

/// Milliseconds with two decimals.
pub fn ms(span: Duration) -> String {
    format!("{:.2} ms", span.as_secs_f64() * 1000.0)
}

/// One line of the table: what, p50, p99, and what it is held against.
pub fn row(what: &str, series: &Series, note: &str) {
    println!("{what:<58} p50 {:>10}   p99 {:>10}   {note}", ms(series.median()), ms(series.percentile(99)));
}

/// The CPU time (user and system) that process `pid` has used.
///
/// # Panics
/// When the process is gone.
pub fn cpu_time(pid: u32) -> Duration {
    let mut total = 0_u64;
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process is there") {
        let path = task.expect("task").path().join("schedstat");
        total += std::fs::read_to_string(path)
            .ok()
            .and_then(|text| text.split_whitespace().next().and_then(|ns| ns.parse::<u64>().ok()))
            .unwrap_or(0);
    }
    Duration::from_nanos(total)
}

/// How often the threads of process `pid` have gone to sleep of their own accord, and so were woken again.
///
/// # Panics
/// When the process is gone.
pub fn wakeups(pid: u32) -> u64 {
    let mut total = 0;
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process is there") {
        let text = std::fs::read_to_string(task.expect("task").path().join("status")).unwrap_or_default();
        total += number_after(&text, "voluntary_ctxt_switches:");
    }
    total
}

/// The memory of process `pid` in bytes, what is shared divided among those who share it.
///
/// # Panics
/// When the process is gone.
pub fn proportional_memory(pid: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).expect("the process is there");
    number_after(&text, "Pss:") * 1024
}

fn number_after(text: &str, label: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(label));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).expect("a number of the kernel's")
}
