//! A critical incident, declared.

use klockslag::domain::intent::Declaration;
use klockslag::domain::priority::Grade;
use klockslag::domain::text::Text;

/// Of the routine whose clocks are under test.
pub fn declaration(title: &str) -> Declaration {
    let routines = klockslag::config::routine::builtin();
    let routine = routines.iter().find(|routine| routine.id == "critical-incident").expect("the routine");
    let highest = Grade::new(1).expect("1, 2 or 3");
    Declaration {
        title: title.into(),
        customer: Text::default(),
        urgency: highest,
        impact: highest,
        agreed_with: Text::default(),
        classified_by: None,
        began_at: None,
        declared_at: None,
        routine: Box::new(routine.clone()),
        activate: None,
        activation_reason: Text::default(),
        lead: Text::default(),
        demo: false,
    }
}
