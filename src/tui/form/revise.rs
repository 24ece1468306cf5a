//! A form whose later fields depend on the earlier ones: fields come and go, and choices have other words, as it is filled in.

use crate::domain::phrase::Phrase;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, FieldChoice, FieldValue};
use crate::tui::form::state::{Form, Revise};

impl Form {
    /// Adapts its fields to what is filled in, from the start and after every change.
    #[must_use]
    pub fn revising(mut self, revise: Revise) -> Self {
        self.revise = Some(revise);
        self
    }

    /// Adapts its fields now. The field that has the focus keeps it.
    pub fn revise(&mut self, context: &FormContext<'_>) {
        let Some(revise) = self.revise else { return };
        let focused = self.fields.get(self.focus).map(|field| field.name);
        revise(self, context);
        let at = self.fields.iter().position(|field| Some(field.name) == focused);
        self.focus = at.unwrap_or(self.focus).min(self.fields.len().saturating_sub(1));
    }

    /// Takes the field `name` out of the form. What was filled in stays with it for when it comes back.
    pub fn hide(&mut self, name: &str) {
        if let Some(at) = self.fields.iter().position(|field| field.name == name) {
            self.aside.push(self.fields.remove(at));
        }
    }

    /// Puts the field `name` back, behind the field `behind`.
    pub fn show(&mut self, name: &str, behind: &str) {
        let Some(hidden) = self.aside.iter().position(|field| field.name == name) else { return };
        let field = self.aside.remove(hidden);
        let at = self.fields.iter().position(|field| field.name == behind).map_or(self.fields.len(), |at| at + 1);
        self.fields.insert(at, field);
    }

    /// Asks for the field `name`, or leaves it free.
    pub fn set_required(&mut self, name: &str, required: bool) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.required = required;
        }
    }

    /// Gives a choice the label and the options of `field`, which has the same name. The same step stays chosen.
    pub fn rephrase(&mut self, field: Field) {
        let (name, label) = (field.name, field.label);
        if let FieldValue::Choice { options, .. } = field.value {
            self.offer(name, options);
        }
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.label = label;
        }
    }

    /// Offers `options` in the field `name`. What was chosen stays chosen when it is among them; else the first is, and
    /// the label of what was chosen is given back.
    pub fn offer(&mut self, name: &str, options: Vec<FieldChoice>) -> Option<Phrase> {
        let field = self.fields.iter_mut().find(|field| field.name == name)?;
        let FieldValue::Choice { options: old, at } = &mut field.value else { return None };
        let chosen = old.get(*at).cloned();
        let kept = chosen.as_ref().and_then(|chosen| options.iter().position(|option| option.value == chosen.value));
        *at = kept.unwrap_or(0);
        *old = options;
        chosen.filter(|_| kept.is_none()).map(|chosen| chosen.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::form::state::{plain, wish};

    fn form() -> Form {
        let options = vec![FieldChoice::new("a", plain("A")), FieldChoice::new("b", plain("B"))];
        Form::new(plain("Form"), |_, _| wish(crate::domain::intent::Intent::StartMeeting))
            .field(Field::choice("which", "field-routine", options, 1))
            .field(Field::text("why", "field-reason").filled("because"))
            .field(Field::text("last", "field-note"))
    }

    #[test]
    fn a_field_comes_back_with_what_was_filled_in() {
        let mut form = form();
        form.hide("why");
        assert_eq!((form.fields.len(), form.typed("why")), (2, ""));
        form.show("why", "which");
        assert_eq!(form.fields.iter().map(|field| field.name).collect::<Vec<_>>(), ["which", "why", "last"]);
        assert_eq!(form.typed("why"), "because");
    }

    #[test]
    fn a_choice_stays_while_it_is_offered() {
        let mut form = form();
        let offer =
            |values: &[&str]| values.iter().map(|value| FieldChoice::new(*value, plain(*value))).collect::<Vec<_>>();
        assert_eq!(form.offer("which", offer(&["c", "b"])), None);
        assert_eq!(form.chosen("which"), "b");
        assert_eq!(form.offer("which", offer(&["x", "y"])), Some(plain("b")));
        assert_eq!(form.chosen("which"), "x");
    }
}
