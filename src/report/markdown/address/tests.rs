//! Addresses are held against a renderer of GitHub Flavored Markdown: it has to lead where the person pointed, and nowhere else.

use comrak::{Options, markdown_to_html};

use super::*;
use crate::report::markdown::escape::{block, inline};

/// `markdown` as GitHub and GitLab render it.
fn rendered(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    // HTML is let through, as on a page without a filter: what a person wrote must be harmless there too.
    options.render.r#unsafe = true;
    markdown_to_html(markdown, &options)
}

/// What the links of `html` lead to, with percent signs and entities resolved.
fn targets(html: &str) -> Vec<String> {
    let links = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    links.map(|link| resolved(&link.replace("&amp;", "&").replace("&#x27;", "'"))).collect()
}

fn resolved(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link;
    while let Some(c) = rest.chars().next() {
        let byte = rest.strip_prefix('%').and_then(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok());
        let taken = if byte.is_some() { 3 } else { c.len_utf8() };
        match byte {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(&rest.as_bytes()[..taken]),
        }
        rest = &rest[taken..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text of `html` without its tags.
fn text(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    out.replace("&#x27;", "'").replace("&amp;", "&").trim().to_owned()
}

/// `typed` where the report writes people's words: in a paragraph, a list, a table, a heading, struck and on several lines.
fn everywhere(typed: &str) -> Vec<String> {
    let words = inline(typed);
    [
        words.clone(),
        format!("- 12:00:00 **note** {words} (Anna)"),
        format!("- [x] {words}: {words}"),
        format!("| | |\n|---|---|\n| Customer | {words} |"),
        format!("# 2026-001: {words}"),
        format!("- ~~{words}~~ (wrong)"),
        format!("- {}", block(&format!("first\n{typed}\nlast"))),
    ]
    .map(|markdown| rendered(&markdown))
    .to_vec()
}

/// Case 19, and what stands in addresses besides underscores.
#[test]
fn a_link_leads_to_the_address() {
    for (typed, leads_to) in [
        ("see https://runbooks.example/card_gateway_502#step_2", "https://runbooks.example/card_gateway_502#step_2"),
        ("https://e.example/a_b_c", "https://e.example/a_b_c"),
        ("https://e.example/*a*b*c", "https://e.example/*a*b*c"),
        ("https://e.example/a[b]c", "https://e.example/a[b]c"),
        ("https://e.example/x(y)z", "https://e.example/x(y)z"),
        ("https://en.wiki.example/Foo_(bar)", "https://en.wiki.example/Foo_(bar)"),
        ("(see https://en.wiki.example/Foo_(bar))", "https://en.wiki.example/Foo_(bar)"),
        ("[https://e.example/a_b]", "https://e.example/a_b"),
        ("https://e.example/?a=1&b_c=2&d=3", "https://e.example/?a=1&b_c=2&d=3"),
        ("https://e.example/?a=1&copy;=2", "https://e.example/?a=1&copy;=2"),
        ("https://e.example/?a=1&copy=2&amp=3", "https://e.example/?a=1&copy=2&amp=3"),
        ("https://e.example/~anna/a~~b~~c", "https://e.example/~anna/a~~b~~c"),
        ("https://e.example/a|b_c|d", "https://e.example/a|b_c|d"),
        ("https://e.example/a\\_b", "https://e.example/a\\_b"),
        ("https://e.example/a`b`c", "https://e.example/a`b`c"),
        ("https://e.example/$a$b^c", "https://e.example/$a$b^c"),
        ("https://e.example/a%20b%5Fc", "https://e.example/a b_c"),
        ("<https://e.example/a_b>", "https://e.example/a_b"),
        ("https://e.example/a_b<br>", "https://e.example/a_b"),
        ("\"https://e.example/a_b\"", "https://e.example/a_b"),
        ("”https://e.example/a_b”", "https://e.example/a_b"),
        ("see https://e.example/a_b.", "https://e.example/a_b"),
        ("see https://e.example/a_b, then", "https://e.example/a_b"),
        ("https://e.example/a_b?!…", "https://e.example/a_b"),
        ("https://e.example/a_b; next", "https://e.example/a_b"),
        ("https://e.example/a_b&lt; next", "https://e.example/a_b"),
        ("*https://e.example/a_b*", "https://e.example/a_b"),
        ("https://e.example/a_b/", "https://e.example/a_b/"),
        ("https://user:pass_word@e.example:8443/a_b", "https://user:pass_word@e.example:8443/a_b"),
        (
            "http://localhost:9093/#/alerts?filter=%7Ba_b%3D%22c%22%7D",
            "http://localhost:9093/#/alerts?filter={a_b=\"c\"}",
        ),
        ("HTTPS://E.example/A_B", "HTTPS://E.example/A_B"),
        ("https://räksmörgås.example/å_ä", "https://räksmörgås.example/å_ä"),
        ("ftp://files.example/a_b", "ftp://files.example/a_b"),
        ("www.e.example/a_b", "http://www.e.example/a_b"),
        ("see (www.e.example/a_b|c).", "http://www.e.example/a_b|c"),
        ("mailto:anna_lind@e.example", "mailto:anna_lind@e.example"),
        ("mailto:a_b@e.example?subject=x_y.", "mailto:a_b@e.example?subject=x_y"),
        ("write to anna_lind@e.example", "mailto:anna_lind@e.example"),
        ("write to a.b-c_d+e@mail.e-x.example.", "mailto:a.b-c_d+e@mail.e-x.example"),
        ("(anna_lind@e.example, now)", "mailto:anna_lind@e.example"),
        ("källa:https://e.example/a_b", "https://e.example/a_b"),
        ("https://e.example/a\u{200b}b", "https://e.example/a"),
        ("https://e.example/a\u{202e}b_c", "https://e.example/a"),
        ("https://e.example/a\u{1b}[31m", "https://e.example/a"),
    ] {
        for html in everywhere(typed) {
            let targets = targets(&html);
            assert!(!targets.is_empty() && targets.iter().all(|target| target == leads_to), "{typed}: {html}");
        }
        // A reader sees what was typed; the renderer alone writes `|` in percent.
        let shown = crate::domain::showable::showable(typed).into_owned();
        assert_eq!(resolved(&text(&rendered(&inline(typed)))), resolved(&shown), "{typed}");
    }
}

#[test]
fn two_addresses_are_two_links() {
    let html = rendered(&inline("from https://e.example/a_b to https://e.example/c_d, www.e.example/e_f"));
    assert_eq!(targets(&html), ["https://e.example/a_b", "https://e.example/c_d", "http://www.e.example/e_f"]);
}

#[test]
fn nothing_else_becomes_a_link_or_markup() {
    for typed in [
        "javascript:alert(1)",
        "JaVaScRiPt://e.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "[click](javascript:alert(1))",
        "[click](https://e.example)".trim_end_matches("(https://e.example)"),
        "<javascript:alert(1)>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](javascript:alert(1))",
        "xhttps://e.example/a_b",
        "https://",
        "https:// e",
        "https://?x",
        "http://[::1]/a_b",
        "www.",
        "www",
        "mailto:",
        "mailto:anna",
        "@anna_lind do it",
        "anna_lind@",
        "anna_lind@localhost",
        "mailto:@e.example",
        "*a* _b_ **c** ~~d~~ `e` &amp; &#x3c; a | b",
        "# heading #",
        "a #",
    ] {
        for html in everywhere(typed) {
            assert_eq!(targets(&html), Vec::<String>::new(), "{typed}: {html}");
            assert!(!html.contains("<script") && !html.contains("<img"), "{typed}: {html}");
        }
        let html = rendered(&inline(typed));
        assert_eq!(text(&html), typed, "{html}");
        assert!(!html.contains("<em>") && !html.contains("<del>") && !html.contains("<code>"), "{typed}: {html}");
        let heading = rendered(&format!("# 1: {}", inline(typed)));
        assert_eq!(text(&heading), format!("1: {typed}"), "{heading}");
    }
}

/// A link to a good address cannot carry anything else with it.
#[test]
fn an_address_ends_where_markup_would_begin() {
    for typed in [
        "https://e.example/\"onmouseover=\"alert(1)",
        "https://e.example/a><img src=x onerror=alert(1)>",
        "https://e.example/](javascript:alert(1))",
        "www.e.example/](javascript:alert(1))",
        "www.e.example/)[x](javascript:alert(1)",
        "!www.e.example/a [www.e.example](javascript:alert(1))",
        "https://e.example/a|<script>alert(1)</script>",
        "mailto:a@b.example?x=\"><script>alert(1)</script>",
    ] {
        for html in everywhere(typed) {
            assert!(!html.contains("<script") && !html.contains("<img"), "{typed}: {html}");
            assert!(!html.contains("\" onmouseover") && !html.contains("\"onmouseover"), "{typed}: {html}");
            for target in targets(&html) {
                let known = ["https://e.example/", "http://www.e.example", "mailto:a@b.example"];
                assert!(known.iter().any(|known| target.starts_with(known)), "{typed}: {target}");
            }
        }
        assert_eq!(resolved(&text(&rendered(&inline(typed)))), resolved(typed));
    }
}

#[test]
fn parts_join_to_the_line() {
    for line in ["", "a", "https://e.example/a_b", "see https://e.example/a_b, and www.x.example.", "ö https:// www. ö"]
    {
        let joined: String = parts(line)
            .into_iter()
            .map(|part| match part {
                AddressPart::Words(text)
                | AddressPart::Address(Address::Whole(text) | Address::Bare(text) | Address::Mail(text)) => text,
            })
            .collect();
        assert_eq!(joined, line);
    }
}

/// Text that is all beginnings, or all endings, of addresses.
#[test]
fn hostile_text_costs_no_more_than_its_length() {
    let many = 60_000;
    for typed in [
        "http://".repeat(many),
        "http://!".repeat(many),
        "mailto:".repeat(many),
        "www.-".repeat(many),
        "a@".repeat(many),
        "a.".repeat(many),
        "a.@a.".repeat(many),
        format!("https://e.example/{}", ")".repeat(many)),
        format!("https://e.example/{}", ";".repeat(many)),
        format!("https://e.example/{}", "&".repeat(many)),
        format!("https://e.example/{}", "&a;".repeat(many)),
    ] {
        let began = std::time::Instant::now();
        assert!(inline(&typed).len() >= typed.len() / 2);
        assert!(began.elapsed().as_secs() < 20, "{}… took {:?}", &typed[..20], began.elapsed());
    }
}
