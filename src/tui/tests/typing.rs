//! The entry line: stamped at the first key, never lost, never taken for commands.

use super::{Ids, Screen, start};
use crate::config::contact::Contact;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::intent::Intent;
use crate::domain::question::Certainty;
use crate::domain::record::Record;
use crate::tui::app::msg::Msg;
use crate::tui::drafts::text;
use crate::tui::overlay::state::Overlay;
use crate::wire::message::Draft;

fn last(screen: &Screen) -> Record {
    screen.host.rooms.values().next().expect("a room").1.last().expect("a record").clone()
}

#[test]
fn a_note_bears_the_time_of_its_first_key() {
    let mut screen = Screen::in_room(120, 40);
    screen.pass(1).keys("nd").pass(2).keys(": fail over<enter>");
    let record = last(&screen);
    assert_eq!(record.at, start().plus_minutes(1));
    assert!(
        matches!(record.event, Event::NoteTaken { kind: NoteKind::Decision, ref text, .. } if text.raw() == "fail over")
    );
    screen.says("fail over").says("saved");
}

#[test]
fn the_grammar_is_previewed_as_it_is_typed() {
    let mut screen = Screen::in_room(120, 40);
    screen.check("entry-preview", "nd: @olle restart gateway pool +15m #A ");
}

#[test]
fn letters_in_the_line_are_never_commands() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nqURmL:?/ 1234");
    assert_eq!(screen.model.line.input.value(), "qURmL:?/ 1234");
    assert!(screen.effects.is_empty() || !screen.effects.contains(&crate::tui::app::effect::Effect::Quit));
}

#[test]
fn while_the_host_is_away_it_says_saving_and_typing_goes_on() {
    let mut screen = Screen::in_room(120, 40);
    screen.host.away = true;
    screen.keys("none<enter>two").says("saving");
    assert_eq!(screen.model.pending.len(), 1);
    assert_eq!(screen.model.line.input.value(), "two");
    let now = screen.now;
    for msg in screen.host.come_back(now) {
        screen.send(msg);
    }
    assert!(screen.model.pending.is_empty());
    assert_eq!(screen.model.line.input.value(), "two", "what is typed meanwhile stays");
}

#[test]
fn a_draft_is_kept_within_a_second_and_found_again() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nhalf a thought").pass(0);
    assert_eq!(screen.host.drafts.len(), 1);
    let mut again = Screen::before(120, 40);
    again.host = screen.host;
    again.connect();
    assert_eq!(again.model.line.input.value(), "half a thought");
    again.keys("n!<enter>");
    assert!(again.host.drafts.is_empty(), "a draft goes when its entry is saved");
}

#[test]
fn words_under_an_id_that_another_screen_used_are_not_taken_for_recorded() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("ngateway down since 12:58").pass(0);
    let (id, now) = (screen.model.line.id.expect("an id"), screen.now);
    let sooner = Intent::TakeNote { kind: NoteKind::Note, text: "gateway down".into(), facets: Facets::default() };
    screen.host.elsewhere(id, &sooner, now);
    screen.keys("<enter>").says("An earlier version of this was recorded at").says("gateway down since 12:58");
    assert_eq!(screen.host.notes(), ["gateway down"]);
    let slots: Vec<_> = screen.host.drafts.iter().map(|draft| draft.text.as_str()).collect();
    assert_eq!(slots, ["gateway down since 12:58"], "kept under an id of its own, and no more under the used one");
    screen.keys("<enter>");
    assert_eq!(screen.host.notes(), ["gateway down", "gateway down since 12:58"]);
    assert!(screen.host.drafts.is_empty());
}

#[test]
fn an_answer_under_an_id_that_another_screen_used_stays_in_its_form() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("acard terminals").pass(0);
    let (slot, now) = (screen.host.drafts[0].slot.clone(), screen.now);
    let sooner = Intent::AnswerQuestion {
        question: "what".to_owned(),
        text: "terminals".into(),
        certainty: Certainty::Assumed,
        time: None,
    };
    screen.host.elsewhere(Draft::intent_of(&slot).expect("an id"), &sooner, now);
    screen.keys("<c-s>").says("An earlier version of this was recorded at").says("card terminals");
    screen.keys("<c-s>").does_not_say("An earlier version");
    let answers: Vec<_> = screen.host.room().standing_answers("what").map(|answer| answer.text.raw()).collect();
    assert_eq!(answers, ["terminals", "card terminals"]);
    assert!(screen.host.drafts.is_empty(), "{:?}", screen.host.drafts);
}

#[test]
fn leaving_the_line_keeps_the_text() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nunfinished<esc>jj").keys("n and done<enter>");
    assert!(matches!(last(&screen).event, Event::NoteTaken { ref text, .. } if text.raw() == "unfinished and done"));
}

#[test]
fn a_paste_of_many_lines_asks_first() {
    let mut screen = Screen::in_room(120, 40);
    let before = screen.host.room().seq;
    screen.paste("one\rtwo\rthree").check("paste", "");
    assert_eq!(screen.host.room().seq, before);
    screen.keys("2");
    assert_eq!(screen.host.room().seq, before + 3);
    screen.paste("four\nfive").keys("1<enter>");
    assert!(matches!(last(&screen).event, Event::NoteTaken { ref text, .. } if text.raw() == "four\nfive"));
}

#[test]
fn a_paste_is_never_commands() {
    let mut screen = Screen::in_room(120, 40);
    screen.paste("qRU");
    assert_eq!(screen.model.line.input.value(), "qRU");
}

#[test]
fn tab_changes_the_kind() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nfail over <tab><enter>");
    assert!(matches!(last(&screen).event, Event::NoteTaken { kind: NoteKind::Decision, .. }));
}

#[test]
fn up_calls_back_what_was_written() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("none<enter>two<enter><up><up>");
    assert_eq!(screen.model.line.input.value(), "one");
    screen.keys("<down><down>");
    assert_eq!(screen.model.line.input.value(), "");
}

#[test]
fn undo_strikes_the_last_own_entry_and_keeps_it_readable() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("na mistake<enter><esc>U");
    let seq = screen.host.rooms.values().next().expect("a room").1.len() as u64 - 1;
    assert!(screen.host.room().mark(seq).is_some_and(|mark| mark.struck.is_some()));
    screen.says("a mistake");
}

#[test]
fn the_editor_gives_its_text_back() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nfirst<c-o><enter>second<c-s><enter>");
    assert!(matches!(last(&screen).event, Event::NoteTaken { ref text, .. } if text.raw() == "first\nsecond"));
}

#[test]
fn search_narrows_and_esc_widens() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nneedle<enter>hay<enter><esc>");
    screen.keys("/needle<enter>").says("needle").does_not_say("hay");
    screen.keys("<esc>").says("hay");
}

#[test]
fn hostile_text_reaches_no_cell() {
    let mut screen = Screen::in_room(120, 40);
    screen.paste("\u{202e}evil\u{1b}[31m \u{301}\u{200b}\u{fe0f}漢").keys("<enter><esc>3<enter>");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Help(_))));
    let text = screen.text();
    assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{200b}']), "{text:?}");
}

#[test]
fn what_came_after_leaving_is_new_the_next_time() {
    let mut screen = Screen::in_room(120, 40);
    screen.does_not_say("new since you last looked").keys("q");
    let last = screen.host.room().seq;
    assert_eq!(screen.host.seen.values().copied().collect::<Vec<_>>(), [last], "leaving says how far one has looked");
    let now = screen.now;
    screen.host.note("the certificate is renewed", now);
    screen.keys("L<enter>").says("the certificate is renewed").says("new since you last looked");
}

#[test]
fn the_people_to_call_on_are_completed_and_listed_with_their_numbers() {
    let mut screen = Screen::in_room(120, 40);
    let karin =
        Contact { name: "Karin Holm".into(), role: "CIO".into(), phone: "+46 70 1".into(), ..Contact::default() };
    screen.model.contacts = vec![karin];
    screen.keys("nask @kar<tab>");
    assert_eq!(screen.model.line.input.value(), "ask @Karin ");
    screen.keys("<esc>C").says("Karin Holm · CIO").says("+46 70 1");
    screen.keys("<enter>").says("─ A call ─").says("Karin Holm").says("‹ called for a decision ›");
}

/// The screen of the same person after theirs has died, on the same host.
fn after_a_crash(screen: Screen) -> Screen {
    let mut again = Screen::before(120, 40);
    again.host = screen.host;
    again.connect();
    again
}

#[test]
fn a_half_filled_form_is_told_of_and_taken_up_in_its_form() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("ja").keys("expired cert").pass(0);
    let mut again = after_a_crash(screen);
    again.says("A draft of yours waits: look for “drafts” with :.");
    again.keys(":drafts<enter>").says("expired cert").keys("<enter>").says("Why did it happen?").keys("ificate<c-s>");
    again.says("expired certificate");
    assert!(again.host.drafts.is_empty(), "a draft goes when its answer is saved: {:?}", again.host.drafts);
}

#[test]
fn a_draft_whose_form_cannot_be_filled_in_now_becomes_an_entry() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("m<space>one picture of it").pass(0);
    let (now, end) = (screen.now, Intent::EndMeeting { held: true, summary: Default::default() });
    let told = screen.host.other("olle", &end, now);
    screen.send(told);
    let mut again = after_a_crash(screen);
    again.keys("nin the line:drafts").keys("<esc>:drafts<enter><enter>");
    assert_eq!(again.model.line.input.value(), "one picture of it");
    assert_eq!(again.host.drafts.len(), 2, "both are kept: {:?}", again.host.drafts);
    again.keys("<enter><esc>:drafts<enter>").says("in the line:drafts").keys("<enter><enter>");
    assert!(again.host.drafts.is_empty(), "{:?}", again.host.drafts);
    assert_eq!(again.host.notes(), ["one picture of it", "in the line:drafts"]);
}

#[test]
fn two_windows_of_one_person_keep_two_drafts_of_one_form() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("aone").pass(0);
    let mut other = Screen::before(120, 40);
    std::mem::swap(&mut other.host, &mut screen.host);
    let kept = std::mem::take(&mut other.host.drafts);
    other.model.ids = Ids::new(8);
    other.connect();
    other.host.drafts = kept;
    other.keys("atwo").pass(0);
    assert_eq!(other.host.drafts.len(), 2, "{:?}", other.host.drafts);
    other.keys("<c-s>");
    assert_eq!(other.host.drafts.iter().map(|draft| draft.text.as_str()).collect::<Vec<_>>(), ["one"]);
}

#[test]
fn what_is_typed_in_the_larger_editor_is_kept_too() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nin short<c-o>").keys("<enter>and at length").pass(0);
    let kept = |screen: &Screen| screen.host.drafts.iter().map(|draft| draft.text.clone()).collect::<Vec<_>>();
    assert_eq!(kept(&screen), ["in short\nand at length"]);
    assert_eq!(text::unsaved(&screen.model), ["in short\nand at length"]);
    let mut screen = Screen::in_room(120, 40);
    screen.keys("a<c-o>why it broke").pass(0);
    assert_eq!(kept(&screen), ["why it broke"]);
    assert_eq!(text::unsaved(&screen.model), ["why it broke"]);
    screen.keys("<c-s><c-s>");
    assert!(screen.host.drafts.is_empty(), "{:?}", screen.host.drafts);
}

#[test]
fn what_a_closed_form_asked_for_and_was_refused_can_be_had_again() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("Arenew it<enter><c-s>4<space>").says("renew it");
    screen.host.away = true;
    screen.keys("the long story of it<c-s><esc>");
    let (now, drop_it) = (screen.now, Intent::DropAction { no: 1, reason: "not needed".into() });
    let told = screen.host.other("olle", &drop_it, now);
    screen.send(told);
    for msg in screen.host.come_back(now) {
        screen.send(msg);
    }
    screen.says("one Up away").keys("n<up>");
    assert_eq!(screen.model.line.input.value(), "the long story of it");
}

#[test]
fn a_paste_without_an_end_is_said_until_it_ends() {
    let mut screen = Screen::in_room(120, 40);
    screen.send(Msg::PasteStalls { letters: 12 });
    screen.says("A paste has no end yet: 12 letters").paste("cut off here").says("cut off here");
    screen.does_not_say("A paste has no end yet");
}
