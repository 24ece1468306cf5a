//! An incident in a real tmux, in the window of a laptop and in that of a phone.

use super::tmux::Tmux;
use super::world::World;

/// The hands of a person in a tmux window.
struct Window {
    tmux: Tmux,
}

impl Window {
    fn open(world: &World, size: (u16, u16)) -> Self {
        let program = World::program().to_str().expect("UTF-8");
        Window { tmux: Tmux::start(world.dir(), &[program], world.environment(), size) }
    }

    #[track_caller]
    fn sees(&self, texts: &[&str]) {
        self.tmux.wait_until(&format!("the screen shows {texts:?}"), |screen| texts.iter().all(|t| screen.contains(t)));
    }

    #[track_caller]
    fn press(&self, key: &str, then: &str) {
        self.tmux.press(key);
        self.sees(&[then]);
    }

    #[track_caller]
    fn write(&self, text: &str) {
        self.tmux.type_text(text);
        let tail: String = text.chars().skip(text.chars().count().saturating_sub(12)).collect();
        self.sees(&[&tail]);
    }

    /// Writes an entry and waits until the host has it.
    #[track_caller]
    fn note(&self, world: &World, text: &str, saved: &str) {
        self.write(text);
        self.tmux.press("Enter");
        world.wait_for(&["timeline"], saved);
    }

    #[track_caller]
    fn save(&self) {
        self.tmux.press("C-s");
        self.tmux.wait_until("the form is saved", |screen| {
            // The way to save stands on every form's lower edge, cut where the window is narrow.
            !screen.contains("Tab next") && !screen.contains("─ saving …")
        });
    }
}

#[test]
fn a_short_incident_on_a_laptop() {
    lead(&World::new(), (80, 24));
}

#[test]
fn a_short_incident_on_a_phone() {
    lead(&World::new(), (40, 9));
}

fn lead(world: &World, size: (u16, u16)) {
    let anna = Window::open(world, size);
    anna.sees(&["Declare an incident"]);
    anna.press("D", "Title");
    anna.write("Card payments down");
    anna.save();
    anna.sees(&["P1"]);
    anna.tmux.press("n");
    anna.note(world, "-12m d: fail over to site B #B", "fail over to site B");
    anna.note(world, "act: @Olle restart pool +15m", "restart pool");
    anna.tmux.press("Escape");
    anna.tmux.wait_until("the line is left", |screen| !screen.contains("Enter save"));
    anna.tmux.press("1");
    anna.press("a", "Answer");
    anna.write("Terminals get 502");
    anna.save();
    world.wait_for(&["timeline"], "Terminals get 502");
    anna.press("2", "Checklist");
    anna.tmux.press("Space");
    world.wait_for(&["status"], "1 done");
    // A meeting is held, and the clock counts from it.
    anna.press("m", "Meeting 1");
    anna.press("E", "Summary");
    anna.write("Renew the certificate");
    anna.save();
    world.wait_for(&["status"], "1 meeting held");
    resize_while_typing(&anna, world, size);
    // Nobody has sent the first notice.
    world.advance(11);
    anna.sees(&["SOON"]);
    world.advance(15);
    anna.sees(&["OVERDUE"]);
    anna.press("R", "Note");
    anna.write("normal function");
    anna.save();
    world.wait_for(&["status", "-r", "2026-001"], "restored");
    anna.sees(&["Neither done nor waived"]);
    anna.tmux.press("Escape");
    anna.sees(&["■", "restored"]);
    anna.tmux.press("q");
    assert_eq!(world.status_of("2026-001")["state"], "restored");
}

fn resize_while_typing(anna: &Window, world: &World, (columns, rows): (u16, u16)) {
    anna.tmux.wait_until("nothing lies over the room", |screen| !screen.contains("Meeting 1 since"));
    anna.tmux.press("n");
    anna.write("typed across");
    for size in [(120, 40), (20, 5), (2, 1), (columns, rows)] {
        anna.tmux.resize(size.0, size.1);
        anna.tmux.type_text("·");
    }
    anna.sees(&["typed across····"]);
    anna.note(world, " sizes", "typed across···· sizes");
    anna.tmux.press("Escape");
    anna.tmux.wait_until("the line is left", |screen| !screen.contains("Enter save"));
}

#[test]
fn redrawing_redraws_and_ends_nothing() {
    let world = World::new();
    world.open("Card payments down");
    let anna = Window::open(&world, (80, 24));
    anna.sees(&["P1 CRITICAL", "press n and write"]);
    let before = anna.tmux.text();
    anna.tmux.press("C-l");
    // The next key is taken after the redraw.
    anna.press("n", "Enter save");
    anna.tmux.press("Escape");
    anna.tmux.wait_until("the screen is as before", |screen| screen == before);
}
