use super::*;

fn at(clock: &str) -> Moment {
    Moment::parse(&format!("2026-11-21T{clock}Z")).expect("a moment")
}

fn key() -> AlertKey {
    AlertKey::new(&RoomId::of_year(2026, 14), "x")
}

/// `firing 10:00:00`, `resolved 10:30:00 from 10:00:00`, `firing` without a time, `firing 10:00:00 told` without a start.
fn telling(words: &str) -> Telling {
    let words: Vec<&str> = words.split(' ').collect();
    let state = match words[0] {
        "firing" => AlertState::Firing,
        "warning" => AlertState::Warning,
        "acknowledged" => AlertState::Acknowledged,
        "resolved" => AlertState::Resolved,
        other => panic!("{other}"),
    };
    let time = words.get(1).map(|clock| at(clock));
    let began = match (words.get(2), state) {
        (None, AlertState::Firing | AlertState::Warning) => time,
        (Some(&"from"), _) => Some(at(words[3])),
        _ => None,
    };
    Telling { state, at: time, began }
}

/// Tells one after the other; how many of them are new entries.
fn new_of(tellings: &[&str]) -> Vec<bool> {
    let mut history = History::default();
    let mut seq = 10;
    let take = |words: &&str| {
        let telling = telling(words);
        if history.says(&telling).is_some() {
            return false;
        }
        seq += 1;
        let time = telling.at.unwrap_or_else(|| at("12:00:00"));
        let id = history.send(key(), telling.state, time);
        history.add(key(), Found { id: id.event(0), seq, at: time, rec: time });
        true
    };
    tellings.iter().map(take).collect()
}

#[test]
fn the_same_is_one_entry_and_a_change_is_another() {
    const N: bool = true;
    const O: bool = false;
    let cases: &[(&[&str], &[bool])] = &[
        // Case 13: a pair of servers, whichever is earlier.
        (&["firing 10:00:12.113", "firing 10:00:05.428", "firing 10:00:12.113"], &[N, O, O]),
        (&["firing 10:00:05", "firing 10:00:12", "firing 10:14:00"], &[N, O, O]),
        (&["firing 10:00:12", "firing 08:00:00"], &[N, O]),
        // It was resolved and fires again.
        (&["firing 10:00:00", "resolved 10:05:00 from 10:00:00", "firing 10:06:00"], &[N, N, N]),
        (&["firing 10:00:00", "resolved 10:05:00 from 10:00:00", "firing 10:05:00"], &[N, N, N]),
        (&["firing 10:00:00", "resolved 10:05:00 from 10:00:00", "firing 10:06:00", "firing 10:05:58"], &[N, N, N, O]),
        // And what is imported once more is known, whatever came after it.
        (
            &[
                "firing 10:00:00",
                "resolved 10:05:00 from 10:00:00",
                "firing 10:06:00",
                "firing 10:00:00",
                "firing 10:00:07",
            ],
            &[N, N, N, O, O],
        ),
        // Nothing told that it was resolved: lists never do.
        (&["firing 10:00:00", "firing 10:16:00", "firing 15:00:00"], &[N, N, N]),
        // In another order.
        (&["resolved 10:05:00 from 10:00:00", "firing 10:00:00", "firing 10:06:00", "firing 10:00:01"], &[N, N, N, O]),
        // A pair disagrees on the end too.
        (&["resolved 10:30:00 from 10:00:00", "resolved 10:30:12 from 10:00:05"], &[N, O]),
        (&["resolved 10:30:00 from 10:00:00", "resolved 11:30:00 from 10:00:00"], &[N, O]),
        (&["resolved 10:30:12 from 10:00:00", "resolved 10:30:00 from 10:00:05"], &[N, O]),
        (&["resolved 10:30:00 from 10:00:00", "resolved 11:30:00 from 11:00:00"], &[N, N]),
        (&["resolved 11:30:00 from 11:00:00", "resolved 10:30:00 from 10:00:00"], &[N, N]),
        (&["resolved 10:30:00 from 10:00:00", "resolved 10:35:00 from 10:31:00"], &[N, N]),
        (&["resolved 10:30:00", "resolved 10:30:00", "resolved 10:40:00", "resolved 11:30:00"], &[N, O, O, N]),
        // A tool that tells the time of the telling, and repeats itself.
        (&["firing 10:00:00 told", "firing 10:30:00 told", "firing 11:30:00 told"], &[N, O, O]),
        (&["firing 10:00:00 told", "resolved 10:30:00", "firing 10:31:00 told", "firing 11:31:00 told"], &[N, N, N, O]),
        // It became worse, somebody saw it, and it goes on all the same.
        (
            &["warning 10:00:00 told", "firing 10:05:00 told", "warning 10:10:00 told", "firing 10:11:00 told"],
            &[N, N, N, N],
        ),
        (
            &["firing 10:00:00 told", "acknowledged 10:01:00", "acknowledged 10:02:00", "firing 10:05:00 told"],
            &[N, N, O, N],
        ),
        // Without a time it is compared with how the alert stands.
        (&["firing", "firing", "resolved", "resolved", "firing", "resolved"], &[N, O, N, O, N, N]),
        (&["firing 10:00:00", "firing", "resolved", "firing 10:00:00"], &[N, O, N, O]),
    ];
    for (tellings, expected) in cases {
        assert_eq!(new_of(tellings), *expected, "{tellings:?}");
    }
}

#[test]
fn what_is_on_its_way_is_known_and_what_was_refused_is_forgotten() {
    let mut history = History::default();
    let id = history.send(key(), AlertState::Firing, at("10:00:00"));
    let known = history.says(&telling("firing 10:00:07")).expect("known");
    assert_eq!(known.recorded, None);
    history.forget(key(), id);
    assert_eq!(history.says(&telling("firing 10:00:07")), None);
    assert_eq!(history.send(key(), AlertState::Firing, at("10:00:07")), id, "the same from another import");
}

#[test]
fn an_id_says_which_entry_of_which_alert_it_is() {
    let other = AlertKey::new(&RoomId::of_year(2026, 14), "y");
    let (from, to) = key().span();
    for state in AlertState::ALL {
        for number in [0, 1, u32::MAX] {
            let id = key().id(state, number).event(0);
            assert_eq!(key().read(id), Some((state, number)));
            assert!(from <= id && id <= to);
            assert_eq!(other.read(id), None);
        }
    }
    assert_ne!(key(), other);
    assert_ne!(key(), AlertKey::new(&RoomId::of_year(2026, 15), "x"));
}

#[test]
fn what_version_0_1_0_wrote_is_found() {
    let id = |words: &str| {
        let id = released_id(&RoomId::of_year(2026, 14), "aa11", &telling(words)).expect("an id");
        u128::from_be_bytes(id.0.to_bytes())
    };
    // Made with another program, from what that version hashed.
    assert_eq!(id("firing 10:00:00"), 0xac43_faaa_bfb6_f0e3_d8b6_650e_ace7_fac2);
    assert_eq!(id("resolved 10:30:00 from 10:00:00"), 0x2413_002f_e5ba_1cf9_0cde_9928_7c6a_7233);
    assert_eq!(released_id(&RoomId::of_year(2026, 14), "aa11", &telling("firing")), None);
}

#[test]
fn ids_are_made_as_they_always_were() {
    let key = AlertKey::new(&RoomId::of_year(2026, 14), r#"["labels","aa11"]"#);
    let ids = [key.id(AlertState::Resolved, 0), key.id(AlertState::Firing, 0), key.id(AlertState::Acknowledged, 258)];
    let ids = ids.map(|id| format!("{:032x}", id.0.0));
    let expected =
        ["a2e85a9ecf9a1fa0258b000000000000", "a2e85a9ecf9a1fa0258b010000000000", "a2e85a9ecf9a1fa0258b040000000102"];
    assert_eq!(ids, expected);
}
