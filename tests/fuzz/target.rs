//! One fuzzer for every door: `KLOCK_PROPERTY` names the property that is held over what libFuzzer comes up with.

#![no_main]

use std::sync::LazyLock;

use klockslag::property::{ALL, Property};

static CHOSEN: LazyLock<Property> = LazyLock::new(|| {
    let name = std::env::var("KLOCK_PROPERTY").unwrap_or_default();
    let known = ALL.map(|(name, _)| name).join(", ");
    let chosen = ALL.into_iter().find(|(known, _)| *known == name);
    chosen.unwrap_or_else(|| panic!("KLOCK_PROPERTY={name:?} is none of: {known}")).1
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| (*CHOSEN)(data));
