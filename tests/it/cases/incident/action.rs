//! A done or dropped action can be opened again (A14).

use crate::world::World;

#[test]
fn an_action_goes_on_though_it_was_done_or_dropped() {
    for (lang, again) in [
        ("en", "Action 1 open again: restart the pool · it hangs again"),
        ("sv", "Åtgärd 1 öppen igen: restart the pool · it hangs again"),
    ] {
        for end in [&["done", "1", "restarted"][..], &["drop", "1", "--reason", "no need"]] {
            let mut world = World::new();
            world.set("KLOCK_LANG", lang);
            world.open("Card payments down");
            world.klock(["action", "open", "restart the pool"]).ok();
            world.klock(["action", "reopen", "1"]).fails(1);
            world.klock(["action"].iter().chain(end)).ok();
            assert_eq!(world.klock(["action", "list", "--json"]).json().as_array().map(Vec::len), Some(0));
            world.klock(["action", "reopen", "1", "--reason", "it hangs again"]).ok();
            let open = world.klock(["action", "list", "--json"]).json();
            assert_eq!((&open[0]["no"], &open[0]["state"]), (&1.into(), &"open".into()), "{open}");
            assert!(world.klock(["timeline"]).ok().contains(again), "{}", world.klock(["timeline"]).ok());
            assert!(world.klock(["export"]).ok().contains(again));
            world.klock(["action", "done", "1"]).ok();
            assert_eq!(world.klock(["verify"]).code, Some(0));
        }
    }
}
