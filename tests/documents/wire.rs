//! `docs/wire.md` names the protocol's version, every message, and the limits that are in force.

use klockslag::wire::frame::{LONGEST_ASK, LONGEST_FRAME, MOST_UNANSWERED, MOST_UNANSWERED_BYTES};
use klockslag::wire::message::PROTOCOL;

use crate::{document, root};

#[test]
fn the_page_of_the_protocol_names_its_version_its_messages_and_its_limits() {
    let page = document("docs/wire.md").text;
    assert!(page.contains(&format!("Protocol version: **{PROTOCOL}**")), "the version is {PROTOCOL}");
    let mebibytes = |bytes: usize| format!("{} MiB", bytes >> 20);
    for limit in [mebibytes(LONGEST_FRAME), mebibytes(LONGEST_ASK), mebibytes(MOST_UNANSWERED_BYTES)] {
        assert!(page.contains(&limit), "{limit}");
    }
    assert!(page.contains("4,096 questions") && MOST_UNANSWERED == 4096);
    let source = std::fs::read_to_string(root().join("src/wire/message.rs")).expect("the messages");
    for kind in ["Ask", "Answer", "HostMsg", "Failure"] {
        let names = variants(&source, kind);
        assert!(names.len() > 4, "{kind}: {names:?}");
        let missing: Vec<&&str> = names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "docs/wire.md does not name {missing:?} of {kind}");
    }
}

/// Returns the variants of the enum `name`.
fn variants<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let body = source.split_once(&format!("pub enum {name} {{")).expect("the enum").1;
    let lines = body.lines().take_while(|line| *line != "}").filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    names.map(|line| line.split([' ', '(', '{', ',']).next().expect("a name")).collect()
}
