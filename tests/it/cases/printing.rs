//! What is printed: zones, days, links, and nothing that steers a terminal.
