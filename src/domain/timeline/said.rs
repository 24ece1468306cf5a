//! What each event says on the timeline, as a phrase that any language can put into words.

use super::EntryKind;
use crate::domain::action::Track;
use crate::domain::event::Event;
use crate::domain::phrase::{Arg, Localised, Phrase};
use crate::domain::question::Certainty;
use crate::domain::role::{Attempt, CallPurpose, EscalationOutcome};
use crate::domain::room::Room;
use crate::domain::routine::{Channel, PriorityModel, Routine};
use crate::domain::text::Text;

/// Words of a person as an argument. Redacted ones say so.
fn words(text: &Text) -> Arg {
    if text.is_redacted() { Phrase::new("text-redacted").into() } else { text.raw().into() }
}

/// `key` with the person's words as `$text`; `key-bare` when there are none.
fn with_words(key: &'static str, bare: &'static str, text: &Text) -> Phrase {
    if text.is_blank() { Phrase::new(bare) } else { Phrase::new(key).with("text", words(text)) }
}

/// The label that `find` gives in the room's routine, or the key itself.
fn label(room: &Room, key: &str, find: impl Fn(&Routine) -> Option<&Localised>) -> Arg {
    room.routine.as_deref().and_then(find).cloned().map_or_else(|| Arg::Text(key.to_owned()), Arg::Local)
}

fn scale(room: &Room, name: fn(&PriorityModel) -> Arg, plain: &'static str) -> Arg {
    room.routine.as_deref().map_or_else(|| Phrase::new(plain).into(), |routine| name(&routine.priority))
}

fn role_label(room: &Room, key: &str) -> Arg {
    label(room, key, |routine| routine.role(key).map(|role| &role.label))
}

fn item_label(room: &Room, key: &str) -> Arg {
    label(room, key, |routine| routine.item(key).map(|item| &item.title))
}

fn clock_label(room: &Room, key: &str) -> Arg {
    label(room, key, |routine| routine.clock(key).map(|clock| &clock.label))
}

fn action_text(room: &Room, no: u32) -> Arg {
    room.action(no).map_or_else(|| Arg::Number(no.into()), |action| words(&action.text))
}

/// A call in words.
struct Call<'a> {
    role: &'a str,
    person: &'a Text,
    how: &'a Text,
    outcome: EscalationOutcome,
    purpose: Option<CallPurpose>,
    about: &'a Text,
    takes: Option<&'a str>,
}

/// What is said of a call that was made.
pub fn attempt(attempt: &Attempt, room: &Room) -> Phrase {
    let Attempt { role, person, how, outcome, purpose, about, takes, .. } = attempt;
    let takes = takes.as_deref();
    call(room, &Call { role, person, how, outcome: *outcome, purpose: *purpose, about, takes })
}

fn call(room: &Room, call: &Call<'_>) -> Phrase {
    let beside = |key: &'static str, name: &'static str, part: Option<Arg>| match part {
        Some(part) => Phrase::new(key).with(name, part).into(),
        None => Arg::Text(String::new()),
    };
    let said = |text: &Text| (!text.is_blank()).then(|| words(text));
    let how = beside("entry-escalation-how", "how", said(call.how));
    let Some(purpose) = call.purpose else {
        let key = match call.outcome {
            EscalationOutcome::Accepted => "entry-escalation-accepted",
            EscalationOutcome::NoAnswer => "entry-escalation-no-answer",
            EscalationOutcome::Declined => "entry-escalation-declined",
            EscalationOutcome::LeftMessage => "entry-escalation-left-message",
            EscalationOutcome::Answered => "entry-escalation-answered",
        };
        return Phrase::new(key)
            .with("role", role_label(room, call.role))
            .with("person", words(call.person))
            .with("how", how);
    };
    let called_as = (!call.role.is_empty()).then(|| role_label(room, call.role));
    let outcome = match call.takes {
        Some(role) => Phrase::new("outcome-takes").with("role", role_label(room, role)),
        None => call.outcome.label(),
    };
    Phrase::new("entry-call")
        .with("person", words(call.person))
        .with("as", beside("entry-call-as", "role", called_as))
        .with("purpose", purpose.label())
        .with("how", how)
        .with("outcome", outcome)
        .with("about", beside("entry-call-about", "about", said(call.about)))
}

/// What an event says, as a kind and a phrase.
pub fn said(event: &Event, room: &Room) -> (EntryKind, Phrase) {
    use EntryKind as K;
    let plain = |text: &Text| Phrase::new("entry-text").with("text", words(text));
    match event {
        Event::Opened { title, customer, .. } => {
            let key = if customer.is_blank() { "entry-opened" } else { "entry-opened-for" };
            (K::Opened, Phrase::new(key).with("title", words(title)).with("customer", words(customer)))
        }
        Event::Classified { entitled, who } => {
            let by = label(room, entitled, |routine| {
                routine.classifiers.iter().find(|c| c.key == *entitled).map(|c| &c.label)
            });
            (K::Classified, with_words("entry-classified-who", "entry-classified", who).with("entitled", by))
        }
        Event::PrioritySet { urgency, impact, level, agreed_with } => (
            K::Priority,
            with_words("entry-priority-agreed", "entry-priority", agreed_with)
                .with("level", u32::from(*level))
                .with("urgency", u32::from(urgency.get()))
                .with("impact", u32::from(impact.get()))
                .with("urgency-name", scale(room, PriorityModel::urgency_name, "scale-urgency"))
                .with("impact-name", scale(room, PriorityModel::impact_name, "scale-impact")),
        ),
        Event::ActivationChosen { active, reason } => (
            K::Priority,
            if *active {
                with_words("entry-activated-reason", "entry-activated", reason)
            } else {
                with_words("entry-not-activated-reason", "entry-not-activated", reason)
            },
        ),
        Event::RoleAssigned { role, person } => (
            K::Role,
            Phrase::new("entry-role-assigned").with("role", role_label(room, role)).with("person", words(person)),
        ),
        Event::RoleReleased { role, person } => (
            K::Role,
            Phrase::new("entry-role-released").with("role", role_label(room, role)).with("person", words(person)),
        ),
        Event::EscalationTried { role, person, how, outcome, purpose, about, takes } => {
            let (purpose, takes) = (*purpose, takes.as_deref());
            (K::Escalation, call(room, &Call { role, person, how, outcome: *outcome, purpose, about, takes }))
        }
        Event::NoteTaken { kind, text, .. } => ((*kind).into(), plain(text)),
        Event::QuestionAnswered { question, text, certainty, time } => {
            let key = match certainty {
                Certainty::Confirmed => "entry-answer-confirmed",
                Certainty::Assumed => "entry-answer-assumed",
                Certainty::Unknown => "entry-answer-unknown",
            };
            let prompt = label(room, question, |routine| routine.question(question).map(|q| &q.label));
            let said = match time {
                Some(time) if text.is_blank() => Arg::Time(*time),
                Some(time) => Phrase::new("entry-answer-timed").with("time", *time).with("text", words(text)).into(),
                _ => words(text),
            };
            (K::Answer, Phrase::new(key).with("question", prompt).with("text", said))
        }
        Event::ItemChecked { item, note } => (
            K::Check,
            with_words("entry-item-checked-note", "entry-item-checked", note).with("item", item_label(room, item)),
        ),
        Event::ItemWaived { item, reason } => (
            K::Check,
            Phrase::new("entry-item-waived").with("item", item_label(room, item)).with("text", words(reason)),
        ),
        Event::ItemReopened { item, reason } => (
            K::Check,
            with_words("entry-item-reopened-reason", "entry-item-reopened", reason)
                .with("item", item_label(room, item)),
        ),
        Event::ItemAssigned { item, person } => (
            K::Check,
            Phrase::new("entry-item-assigned").with("item", item_label(room, item)).with("person", words(person)),
        ),
        Event::PhaseEntered { phase } => {
            let name = label(room, phase, |r| r.phases.iter().find(|p| p.key == *phase).map(|p| &p.label));
            (K::Phase, Phrase::new("entry-phase").with("phase", name))
        }
        Event::MeetingCalled { starts_at, text } => {
            (K::Meeting, with_words("entry-meeting-called-text", "entry-meeting-called", text).with("time", *starts_at))
        }
        Event::MeetingStarted { no } => (K::Meeting, Phrase::new("entry-meeting-started").with("no", *no)),
        Event::MeetingAttended { no, person } => {
            (K::Meeting, Phrase::new("entry-meeting-attended").with("no", *no).with("person", words(person)))
        }
        Event::AgendaPointDone { no, point, outcome } => {
            let title = label(room, point, |routine| routine.point(point).map(|p| &p.title));
            (
                K::Meeting,
                with_words("entry-agenda-outcome", "entry-agenda", outcome).with("point", title).with("no", *no),
            )
        }
        Event::MeetingEnded { no, held, summary } => {
            let phrase = if *held {
                with_words("entry-meeting-ended-summary", "entry-meeting-ended", summary)
            } else {
                with_words("entry-meeting-called-off-reason", "entry-meeting-called-off", summary)
            };
            (K::Meeting, phrase.with("no", *no))
        }
        Event::CadenceSet { minutes, reason } => {
            (K::Clock, Phrase::new("entry-cadence").with("span", Arg::Minutes(*minutes)).with("text", words(reason)))
        }
        Event::ClockSnoozed { clock, until, reason } => {
            let phrase = Phrase::new("entry-snoozed").with("clock", clock_label(room, clock)).with("time", *until);
            (K::Clock, phrase.with("text", words(reason)))
        }
        Event::ClockRang { clock, due_at, offset } => {
            let key = match *offset {
                ..0 => "entry-rang-before",
                0 => "entry-rang-due",
                1.. => "entry-rang-overdue",
            };
            let phrase = Phrase::new(key).with("clock", clock_label(room, clock)).with("time", *due_at);
            (K::Clock, phrase.with("span", Arg::Minutes(offset.saturating_abs())))
        }
        Event::ActionOpened { no, text, .. } => {
            (K::Action, Phrase::new("entry-action-opened").with("no", *no).with("text", words(text)))
        }
        Event::CorrectiveActionOpened { no, text, .. } => {
            (K::Action, Phrase::new("entry-corrective-opened").with("no", *no).with("text", words(text)))
        }
        Event::ActionUpdated { no, note, .. } => {
            let phrase = with_words("entry-action-updated-note", "entry-action-updated", note);
            (K::Action, phrase.with("no", *no).with("action", action_text(room, *no)))
        }
        Event::ActionDone { no, outcome } => {
            let phrase = with_words("entry-action-done-outcome", "entry-action-done", outcome);
            (K::Action, phrase.with("no", *no).with("action", action_text(room, *no)))
        }
        Event::ActionDropped { no, reason } => {
            let phrase = Phrase::new("entry-action-dropped").with("no", *no).with("action", action_text(room, *no));
            (K::Action, phrase.with("text", words(reason)))
        }
        Event::ActionReopened { no, reason } => {
            let phrase = with_words("entry-action-reopened-reason", "entry-action-reopened", reason);
            (K::Action, phrase.with("no", *no).with("action", action_text(room, *no)))
        }
        Event::TrackOpened { track, plan } => (K::Track, on_track("entry-track-opened", *track, plan)),
        Event::SwitchConditionSet { condition } => {
            (K::Track, Phrase::new("entry-switch-condition").with("text", words(condition)))
        }
        Event::TrackChosen { track, reason } => (K::Track, on_track("entry-track-chosen", *track, reason)),
        Event::TrackDropped { track, reason } => (K::Track, on_track("entry-track-dropped", *track, reason)),
        Event::ResourceAsked { no, what } => {
            (K::Resource, Phrase::new("entry-resource-asked").with("no", *no).with("text", words(what)))
        }
        Event::ResourceAllocated { no, who } => {
            let what =
                room.resources.iter().find(|r| r.no == *no).map_or(Arg::Number((*no).into()), |r| words(&r.what));
            (K::Resource, Phrase::new("entry-resource-allocated").with("what", what).with("text", words(who)))
        }
        Event::ResourceDropped { no, reason } => {
            let what =
                room.resources.iter().find(|r| r.no == *no).map_or(Arg::Number((*no).into()), |r| words(&r.what));
            (K::Resource, Phrase::new("entry-resource-dropped").with("what", what).with("text", words(reason)))
        }
        Event::SupplierEngaged { name, case, critical, staff, .. } => {
            let key = match (case.is_blank(), *critical == Some(true)) {
                (true, _) => "entry-supplier",
                (false, false) => "entry-supplier-case",
                (false, true) => "entry-supplier-critical",
            };
            let phrase = Phrase::new(key).with("name", words(name)).with("case", words(case));
            let phrase = if staff.is_blank() {
                phrase
            } else {
                Phrase::new("entry-supplier-staff").with("supplier", phrase).with("staff", words(staff))
            };
            (K::Supplier, phrase)
        }
        Event::ObstacleRaised { text, .. } => (K::Obstacle, plain(text)),
        Event::ObstacleCleared { no, how } => {
            let what =
                room.obstacles.iter().find(|o| o.no == *no).map_or(Arg::Number((*no).into()), |o| words(&o.text));
            (K::Obstacle, with_words("entry-obstacle-cleared-how", "entry-obstacle-cleared", how).with("what", what))
        }
        Event::MessageDrafted { audience, text, channel, .. } => {
            let phrase = Phrase::new("entry-message-drafted").with("channel", channel_phrase(*channel));
            (K::Message, phrase.with("audience", words(audience)).with("text", words(text)))
        }
        Event::MessageSent { audience, text, channel, .. } => {
            let phrase = Phrase::new("entry-message-sent").with("channel", channel_phrase(*channel));
            (K::Message, phrase.with("audience", words(audience)).with("text", words(text)))
        }
        Event::MessageFailed { audience, why, channel, .. } => {
            let phrase = Phrase::new("entry-message-failed").with("channel", channel_phrase(*channel));
            (K::Message, phrase.with("audience", words(audience)).with("text", words(why)))
        }
        Event::ShiftPlanned { starts_at, who } => {
            (K::Shift, Phrase::new("entry-shift").with("time", *starts_at).with("text", words(who)))
        }
        Event::HandedOver { role, to, note } => {
            let phrase = with_words("entry-handed-over-note", "entry-handed-over", note);
            (K::Handover, phrase.with("role", role_label(room, role)).with("person", words(to)))
        }
        Event::HandoverAccepted { role, person } => (
            K::Handover,
            Phrase::new("entry-handover-accepted").with("role", role_label(room, role)).with("person", words(person)),
        ),
        Event::Joined { name } => (K::Presence, Phrase::new("entry-joined").with("person", words(name))),
        Event::Left { name } => (K::Presence, Phrase::new("entry-left").with("person", words(name))),
        Event::EntryAmended { target, text } => {
            (K::Correction, Phrase::new("entry-amended").with("seq", *target).with("text", words(text)))
        }
        Event::EntryMoved { target, at } => {
            (K::Correction, Phrase::new("entry-moved").with("seq", *target).with("time", *at))
        }
        Event::EntryStruck { target, reason } => {
            (K::Correction, with_words("entry-struck-reason", "entry-struck", reason).with("seq", *target))
        }
        Event::EntryStarred { target, .. } => (K::Correction, Phrase::new("entry-starred").with("seq", *target)),
        Event::EntryRedacted { target, reason } => {
            (K::Correction, Phrase::new("entry-redacted").with("seq", *target).with("text", words(reason)))
        }
        Event::Mitigated { note } => (K::Mitigated, with_words("entry-mitigated-note", "entry-mitigated", note)),
        Event::Restored { note } => (K::Restored, with_words("entry-restored-note", "entry-restored", note)),
        Event::Reopened { reason } => (K::Reopened, Phrase::new("entry-reopened").with("text", words(reason))),
        Event::Closed { note } => (K::Closed, with_words("entry-closed-note", "entry-closed", note)),
        Event::DebriefRecorded { question, answer } => {
            let prompt = label(room, question, |r| r.debrief.iter().find(|d| d.key == *question).map(|d| &d.prompt));
            (K::Debrief, Phrase::new("entry-debrief").with("question", prompt).with("text", words(answer)))
        }
        Event::ReportDelivered { to } => (K::Report, Phrase::new("entry-report-delivered").with("text", words(to))),
        Event::ProblemLinked { reference } => (K::Report, Phrase::new("entry-problem").with("text", words(reference))),
        Event::ClockMoved { seconds } => {
            let key = if *seconds < 0 { "entry-clock-moved-forward" } else { "entry-clock-moved" };
            (K::Clock, Phrase::new(key).with("seconds", seconds.saturating_abs()))
        }
        Event::OpeningRecovered { title, routine, .. } => {
            let phrase = Phrase::new("entry-opening-recovered").with("title", words(title));
            (
                K::Opened,
                phrase.with("routine", routine.title.clone()).with("version", routine.identity.version.as_str()),
            )
        }
        Event::EntryLost { .. } => (K::Unknown, Phrase::new("entry-lost")),
        Event::Unknown { name } => (K::Unknown, Phrase::new("entry-unknown").with("text", name.as_str())),
    }
}

fn on_track(key: &'static str, track: Track, text: &Text) -> Phrase {
    Phrase::new(key).with("track", track.to_string()).with("text", words(text))
}

/// The name of a channel as a phrase.
pub fn channel_phrase(channel: Channel) -> Phrase {
    Phrase::new(match channel {
        Channel::Sms => "channel-sms",
        Channel::Email => "channel-email",
        Channel::Phone => "channel-phone",
        Channel::Chat => "channel-chat",
        Channel::Web => "channel-web",
    })
}
