//! What opens a room: the declaration as events.

use super::bounds::declaration_fits;
use super::guard::{entitled_to_classify, not_ahead, refuse, require};
use crate::domain::event::Event;
use crate::domain::intent::{Declaration, Refusal};
use crate::domain::phrase::Phrase;
use crate::domain::priority::Activation;
use crate::domain::time::Moment;

/// The events that open a room, in order. All of them happened at the moment of declaration.
///
/// # Errors
/// A blank or over-long title; a time ahead of now; a beginning after the declaration; a classifier that the routine does
/// not name; a routine activated without need and without a reason.
pub fn open(declaration: &Declaration, now: Moment) -> Result<(Moment, Vec<Event>), Refusal> {
    let routine = &declaration.routine;
    require(&declaration.title, "refuse-title-blank")?;
    declaration_fits(declaration)?;
    let declared_at = declaration.declared_at.unwrap_or(now);
    let began_at = declaration.began_at.unwrap_or(declared_at);
    not_ahead(declared_at, now)?;
    if began_at > declared_at {
        return Err(Refusal(
            Phrase::new("refuse-began-after-declared").with("began", began_at).with("declared", declared_at),
        ));
    }
    let level = routine.priority.level(declaration.urgency, declaration.impact);
    let mut events = vec![Event::Opened {
        title: declaration.title.clone(),
        customer: declaration.customer.clone(),
        began_at,
        routine: routine.clone(),
        demo: declaration.demo,
    }];
    if let Some((entitled, who)) = &declaration.classified_by {
        entitled_to_classify(routine, entitled)?;
        events.push(Event::Classified { entitled: entitled.clone(), who: who.clone() });
    }
    events.push(Event::PrioritySet {
        urgency: declaration.urgency,
        impact: declaration.impact,
        level,
        agreed_with: declaration.agreed_with.clone(),
    });
    let wanted = declaration.activate.unwrap_or(false);
    let active = match routine.priority.activation(level) {
        Activation::Mandatory => true,
        Activation::Optional => wanted,
        Activation::Unneeded if wanted && declaration.activation_reason.is_blank() => {
            return Err(refuse("refuse-activation-reason"));
        }
        Activation::Unneeded => wanted,
    };
    events.push(Event::ActivationChosen { active, reason: declaration.activation_reason.clone() });
    if !declaration.lead.is_blank() {
        events.push(Event::RoleAssigned { role: routine.lead.clone(), person: declaration.lead.clone() });
    }
    Ok((declared_at, events))
}
