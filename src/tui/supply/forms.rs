//! Resources asked for and allocated, suppliers squared up with, obstacles cleared (P34–P36, P52–P58, P63, P64).

use crate::domain::action::{Obstacle, Resource, Supplier};
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::tui::form::field::{Field, FieldChoice};
use crate::tui::form::state::{Form, Subject, plain, wish};

/// Asks for somebody or something.
pub fn ask() -> Form {
    Form::new(Phrase::new("form-resource"), |form, _| wish(Intent::AskResource { what: form.text("what") }))
        .field(Field::text("what", "field-what").required())
}

/// Says who or what came.
pub fn allocate(resource: &Resource) -> Form {
    Form::new(Phrase::new("form-allocate"), |form, _| {
        wish(Intent::AllocateResource { no: form.number(), who: form.text("who") })
    })
    .guided(plain(resource.what.raw()))
    .about(Subject::Number(resource.no))
    .field(Field::person("who", "field-who-came").required())
}

/// No longer needed.
pub fn drop_resource(resource: &Resource) -> Form {
    Form::new(Phrase::new("form-resource-drop"), |form, _| {
        wish(Intent::DropResource { no: form.number(), reason: form.text("reason") })
    })
    .guided(plain(resource.what.raw()))
    .about(Subject::Number(resource.no))
    .field(Field::text("reason", "field-reason").required())
}

/// Calls a supplier in, or notes what is new about `known`.
pub fn supplier(known: Option<&Supplier>) -> Form {
    let critical = vec![
        FieldChoice::new("", Phrase::new("choice-not-known")),
        FieldChoice::new("yes", Phrase::new("choice-yes")),
        FieldChoice::new("no", Phrase::new("choice-no")),
    ];
    let at = match known.and_then(|supplier| supplier.critical) {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    };
    let form = Form::new(Phrase::new("form-supplier"), |form, _| {
        wish(Intent::EngageSupplier {
            no: Some(form.number()).filter(|no| *no > 0),
            name: form.text("name"),
            case: form.text("case"),
            critical: match form.chosen("critical") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            staff: form.text("staff"),
        })
    })
    .guided(Phrase::new("guide-supplier"))
    .field(Field::text("name", "field-supplier").required().filled(known.map_or("", |s| s.name.raw())))
    .field(Field::text("case", "field-case").filled(known.map_or("", |s| s.case.raw())))
    .field(Field::choice("critical", "field-critical", critical, at))
    .field(Field::text("staff", "field-staff").filled(known.map_or("", |s| s.staff.raw())));
    match known {
        Some(supplier) => form.about(Subject::Number(supplier.no)),
        None => form,
    }
}

/// Something is in the way.
pub fn raise() -> Form {
    Form::new(Phrase::new("form-obstacle"), |form, _| wish(Intent::RaiseObstacle { text: form.text("text") }))
        .field(Field::text("text", "field-obstacle").required())
}

/// It is out of the way.
pub fn clear(obstacle: &Obstacle) -> Form {
    Form::new(Phrase::new("form-obstacle-clear"), |form, _| {
        wish(Intent::ClearObstacle { no: form.number(), how: form.text("how") })
    })
    .guided(plain(obstacle.text.raw()))
    .about(Subject::Number(obstacle.no))
    .field(Field::text("how", "field-cleared-how"))
}
