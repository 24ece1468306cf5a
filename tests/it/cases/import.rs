//! Alerts of monitoring tools, as they really arrive.
