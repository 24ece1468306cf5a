//! Whatever people write, nothing that steers a terminal reaches the screen.

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::fixture::hostile;
use crate::domain::question::Certainty;
use crate::tui::room::tests::fixture::{at, busy, environment, person};

fn is_safe(buf: &Buffer) -> Result<(), TestCaseError> {
    for cell in &buf.content {
        for c in cell.symbol().chars() {
            let bidi =
                matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
            prop_assert!(!c.is_control() && !bidi, "{c:?} reached the screen");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn hostile_text_is_harmless_everywhere(
        words in prop::collection::vec(hostile(), 12),
        columns in 1u16..130,
        rows in 1u16..45,
        cursor in 0usize..80,
    ) {
        let mut log = busy();
        let text = |nth: usize| crate::domain::text::Text::from(words[nth].as_str());
        let facets = Facets { people: vec![words[0].clone()], tags: vec![words[1].clone()], ..Facets::default() };
        let by = person(&words[2]);
        let note = Event::NoteTaken { kind: NoteKind::Note, text: text(3), facets: facets.clone(), meeting: None, action: None };
        let target = log.note_late("14:42:00", "14:42:00", by.clone(), note);
        let question = |key: &str, nth| Event::QuestionAnswered {
            question: key.into(), text: text(nth), certainty: Certainty::Assumed, time: None,
        };
        for event in [
            Event::EntryAmended { target, text: text(4) },
            Event::EntryStruck { target: target - 1, reason: text(5) },
            question("what", 6),
            question("eta", 7),
            Event::ActionOpened { no: 9, text: text(8), facets },
            Event::ItemWaived { item: "conference".into(), reason: text(9) },
            Event::ItemAssigned { item: "right-team".into(), person: text(10) },
            Event::ObstacleRaised { no: 9, text: text(11) },
            Event::RoleAssigned { role: "cim".into(), person: text(0) },
            Event::HandedOver { role: "cim".into(), to: text(1), note: text(2) },
        ] {
            log.note_late("14:43:00", "14:43:00", by.clone(), event);
        }
        let mut view = log.view();
        view.room.title = text(0);
        view.room.customer = text(1);
        view.room.tracks.switch_condition = Some(text(2));
        let environment = environment(columns, rows, at("14:47:10"));
        let completions = [(words[4].clone(), words[5].clone())];
        let preview = [words[6].clone()];
        let understood = [(1..5, crate::tui::theme::Role::Person), (7..40, crate::tui::theme::Role::Tag)];
        let entry = EntryLineView {
            text: &words[3], cursor: Some(cursor), completions: &completions, preview: &preview,
            understood: &understood, invitation: &words[7], ..EntryLineView::default()
        };
        for pane in Pane::ALL {
            view.focus = pane;
            is_safe(&painted(&view, &environment, &entry, Lang::En, &dark()))?;
        }
    }
}
