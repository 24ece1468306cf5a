use super::*;

/// What `input` comes to when it arrives in pieces of `at_once` bytes, in short: `message.element@line text`, or the flaw.
fn scanned(input: &[u8], at_once: usize) -> Vec<String> {
    let mut scanner = Scanner::default();
    let mut pieces = Vec::new();
    for chunk in input.chunks(at_once) {
        scanner.feed(chunk, &mut pieces);
    }
    scanner.finish(&mut pieces);
    let said = |InputPiece { place: InputPlace { message, element }, line, json }: InputPiece| match json {
        Ok(json) => format!("{message}.{element}@{line} {}", String::from_utf8(json).expect("UTF-8")),
        Err(InputFlaw { line, column, what }) => format!("{what:?} {line}:{column}"),
    };
    pieces.into_iter().map(said).collect()
}

#[track_caller]
fn check(input: &str, expected: &[&str]) {
    for at_once in (1..=7).chain([1 << 20]) {
        assert_eq!(scanned(input.as_bytes(), at_once), expected, "{input:?} in pieces of {at_once}");
    }
}

#[test]
fn messages_come_one_after_the_other_or_in_lists() {
    check("", &[]);
    check(" \r\n\t", &[]);
    check("{}", &["1.0@1 {}"]);
    check("{}\r\n{\"a\": [1, 2]}\n", &["1.0@1 {}", "2.0@2 {\"a\": [1, 2]}"]);
    check("{}{}[{}]", &["1.0@1 {}", "2.0@1 {}", "3.1@1 {}"]);
    check("[{\"a\":[]},\n {}, 42]\n{}", &["1.1@1 {\"a\":[]}", "1.2@2 {}", "1.3@2 42", "2.0@3 {}"]);
    check("[[{}],[{},{}]]", &["1.1@1 {}", "1.2@1 {}", "1.3@1 {}"]);
    check("[]", &["1.0@1 []"]);
    check("[ ] []", &["1.0@1 []", "2.0@1 []"]);
    check("{\n\"a\":\n1}\n\n{}", &["1.0@1 {\n\"a\":\n1}", "2.0@5 {}"]);
    check("\u{feff}{}\u{feff}{}\u{1e}{}\n\0{},{}", &["1.0@1 {}", "2.0@1 {}", "3.0@1 {}", "4.0@2 {}", "5.0@2 {}"]);
    check("\"a\" true -1.5e+3 null", &["1.0@1 \"a\"", "2.0@1 true", "3.0@1 -1.5e+3", "4.0@1 null"]);
    check(r#"{"a\"}":"[\\"}{"#, &[r#"1.0@1 {"a\"}":"[\\"}"#, "CutOff 1:15"]);
}

#[test]
fn numbers_that_json_does_not_have_are_null_outside_of_texts() {
    check(
        r#"{"a":NaN,"b":[Infinity , -Infinity,+Inf,nan,-inf],"NaN":"NaN, Infinity","c": NaN}"#,
        &[r#"1.0@1 {"a":null,"b":[null , null,null,null,null],"NaN":"NaN, Infinity","c": null}"#],
    );
    let long = "9".repeat(400);
    check(
        &format!(r#"{{"a":1e999,"b":-1E400,"c":{long},"d":1e-9}}"#),
        &[r#"1.0@1 {"a":null,"b":null,"c":null,"d":1e-9}"#],
    );
    check("NaN", &["1.0@1 null"]);
    check("[NaN,-Infinity]", &["1.1@1 null", "1.2@1 null"]);
    check("{\"a\":Nano}", &["NoValue 1:6"]);
}

#[test]
fn what_is_broken_is_named_and_what_follows_is_found() {
    check("not JSON\n{}", &["NoValue 1:2", "2.0@2 {}"]);
    check("{\"alerts\": [}\n{}", &["NoValue 1:13", "2.0@2 {}"]);
    check("{\"a\" 1}\n{}\n", &["NoColon 1:6", "2.0@2 {}"]);
    check("{a: 1}\n{}\n", &["NoName 1:2", "2.0@2 {}"]);
    check("{\"a\": 1 \"b\": 2}\n{}\n", &["NoComma 1:9", "2.0@2 {}"]);
    check("{\"a\": [1}\n{}\n", &["NoComma 1:9", "2.0@2 {}"]);
    check("{\"a\": 1,}\n{}\n", &["NoName 1:9", "2.0@2 {}"]);
    check("{\"a\": \"no end\n{}\n", &["OpenText 1:14", "2.0@2 {}"]);
    check("{\"a\": \"no end\\\n{}\n", &["OpenText 1:15", "2.0@2 {}"]);
    check("}\n]\n{}", &["NoValue 1:1", "2.0@3 {}"]);
    check("HTTP/1.1 200 OK\r\nDate: now\r\n\r\n{\"a\":1}\n", &["NoValue 1:1", "2.0@4 {\"a\":1}"]);
    // A message that is cut off hides none of those after it, although they could be elements of its list.
    check("{\"alerts\":[{\"a\":1},\n{\"b\":1}\n{\"c\":1}\n", &["NoComma 3:1", "2.0@2 {\"b\":1}", "3.0@3 {\"c\":1}"]);
    check("{\"alerts\":[\n{\"b\":1}\n", &["CutOff 1:1", "2.0@2 {\"b\":1}"]);
    check("{\"b\":1}\n{\"alerts\":[{\"x\":", &["1.0@1 {\"b\":1}", "CutOff 2:1"]);
    // In a list, the elements that begin where the broken one does.
    check(
        "[\n  {\"a\":1},\n  {\"b\":[\n    {\"c\":1,}\n  ]},\n  {\"d\":1}\n]\n{}",
        &["1.1@2 {\"a\":1}", "NoName 4:12", "1.3@6 {\"d\":1}", "2.0@8 {}"],
    );
    check("[{},{}", &["1.1@1 {}", "1.2@1 {}", "OpenList 1:1"]);
    check("{}]{}", &["1.0@1 {}", "NoValue 1:3"]);
    check(&format!("{{\"a\":1{}}}\n{{}}", "0".repeat(2000)), &["NoValue 1:6", "2.0@2 {}"]);
    check(&format!("{}\n{{}}", "y".repeat(2000)), &["NoValue 1:1", "2.0@2 {}"]);
}

#[test]
fn what_is_nested_too_deeply_is_left_out() {
    let deep = |brackets: usize| "[".repeat(brackets);
    check(&format!("{}\n{{}}", deep(DEEPEST + 1)), &["TooDeep 1:101", "2.0@2 {}"]);
    check(&format!("{{\"a\":{}\n{{}}", deep(DEEPEST)), &["TooDeep 1:105", "2.0@2 {}"]);
    let fits = format!("{{\"a\":{}{}}}", deep(DEEPEST - 1), "]".repeat(DEEPEST - 1));
    check(&fits, &[&format!("1.0@1 {fits}")]);
}

#[test]
fn what_is_too_large_is_passed_over_in_little_memory() {
    let chunk = vec![b'a'; 1 << 16];
    let ones = b"1,".repeat(1 << 15);
    let objects = b"{\"\":0},".repeat(1 << 13);
    // Texts and numbers by their length, small values by what they take when they are read.
    let (long, wide) = (LONGEST + (8 << 20), 4 << 20);
    for (head, filling, size, tail) in [
        (&b"{\"a\":\""[..], &chunk, long, &b"\"}\n{}"[..]),
        (&b"{\"a\":["[..], &ones, wide, &b"1]}\n{}"[..]),
        (&b"{\"a\":["[..], &objects, wide, &b"1]}\n{}"[..]),
        // Broken as well: found again at the next line.
        (&b"{\"a\":["[..], &ones, wide, &b"}\n{}"[..]),
        // Cut off.
        (&b"{\"a\":["[..], &ones, wide, &b"1\n{}"[..]),
    ] {
        let (mut scanner, mut pieces) = (Scanner::default(), Vec::new());
        scanner.feed(b"{} ", &mut pieces);
        scanner.feed(head, &mut pieces);
        let mut most = 0;
        for _ in 0..size / filling.len() {
            scanner.feed(filling, &mut pieces);
            most = most.max(scanner.text.capacity());
        }
        assert!(most <= 2 * LONGEST + (1 << 20), "{most}");
        assert!(scanner.text.len() <= LONGEST.min(2 << 16), "{}", scanner.text.len());
        scanner.feed(tail, &mut pieces);
        scanner.finish(&mut pieces);
        let flaw = InputFlaw { line: 1, column: 4, what: FlawKind::TooLarge };
        assert_eq!(pieces[1].json, Err(flaw));
        assert_eq!(
            pieces[2..],
            [InputPiece { place: InputPlace { message: 3, element: 0 }, line: 2, json: Ok(b"{}".to_vec()) }]
        );
    }
}

#[test]
fn a_list_may_be_as_long_as_it_likes() {
    let (mut scanner, mut pieces) = (Scanner::default(), Vec::new());
    scanner.feed(b"[", &mut pieces);
    let elements = b"{\"a\":1},".repeat(1 << 10);
    for _ in 0..100 {
        scanner.feed(&elements, &mut pieces);
        assert_eq!(pieces.len(), 1 << 10);
        pieces.clear();
        assert!(scanner.text.capacity() <= 1 << 17);
    }
    assert_eq!(scanner.place, InputPlace { message: 1, element: 100 << 10 });
}

#[test]
fn what_never_ends_is_given_up() {
    for head in [&b"y"[..], &b"{\"a\":\""[..], &b"{} x"[..]] {
        let (mut scanner, mut pieces) = (Scanner::default(), Vec::new());
        scanner.feed(head, &mut pieces);
        // As if that much had been passed over already.
        scanner.passed_over = MOST_PASSED_OVER;
        let filling = vec![b'y'; 1 << 20];
        for _ in 0..=LONGEST >> 20 {
            scanner.feed(&filling, &mut pieces);
        }
        let last = pieces.last().expect("a flaw");
        assert!(matches!(last.json, Err(InputFlaw { line: 1, what: FlawKind::GivenUp, .. })), "{last:?}");
        assert!(scanner.has_given_up());
        let count = pieces.len();
        scanner.feed(b"\n{}", &mut pieces);
        scanner.finish(&mut pieces);
        assert_eq!(pieces.len(), count, "nothing is looked at any more");
    }
}

proptest::proptest! {
    /// Whatever stands before it, a message on a line of its own is found, however the bytes arrive.
    #[test]
    fn a_message_behind_anything_is_found(garbage in "[{}\\[\\]\",:\\\\ \n1aNnul\u{e5}-]{0,60}", at_once in 1_usize..20) {
        let input = format!("{garbage}\n{{\"end\":1}}\n");
        let found = scanned(input.as_bytes(), at_once);
        proptest::prop_assert!(found.iter().any(|piece| piece.ends_with(" {\"end\":1}")), "{found:?}");
        proptest::prop_assert_eq!(found, scanned(input.as_bytes(), input.len()));
    }
}
