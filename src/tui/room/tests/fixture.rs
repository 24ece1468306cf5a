//! A room in the middle of a real incident, folded from events like any other.

use crate::config::routine::builtin;
use crate::domain::action::Track;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::priority::Grade;
use crate::domain::question::Certainty;
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::role::EscalationOutcome;
use crate::domain::room::Room;
use crate::domain::routine::{Channel, Routine};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::timeline::entry;
use crate::domain::zone::Zone;
use crate::tui::app::environment::{Connection, Environment, Screen};
use crate::tui::room::state::RoomView;
use crate::tui::timeline::window::TimelineWindow;
use crate::wire::message::{Health, Presence};

/// A moment of the fixture's day, Saturday 21 November 2026 in Stockholm.
pub fn at(hms: &str) -> Moment {
    Moment::parse(&format!("2026-11-21T{hms}+01:00")).expect("a time of the fixture")
}

/// Where the readers of the fixture are.
pub fn stockholm() -> Zone {
    Zone::named("Europe/Stockholm").expect("a zone")
}

/// The built-in routine that rooms follow.
pub fn routine() -> Box<Routine> {
    Box::new(builtin().iter().find(|routine| routine.id == "critical-incident").expect("the default routine").clone())
}

/// Somebody on their own login.
pub fn person(name: &str) -> Author {
    Author { uid: 1000, name: name.to_owned(), sure: Assurance::Verified }
}

/// What happened, one after the other.
#[derive(Debug, Default)]
pub struct Log {
    pub records: Vec<Record>,
}

impl Log {
    /// Notes `event` at `time` by `who`, recorded at once.
    pub fn note(&mut self, time: &str, who: &str, event: Event) -> Seq {
        self.note_late(time, time, person(who), event)
    }

    /// Notes something that was recorded only at `recorded`.
    pub fn note_late(&mut self, time: &str, recorded: &str, by: Author, event: Event) -> Seq {
        let seq = self.records.len() as Seq + 1;
        let id = EventId(ulid::Ulid::from_parts(seq, 0));
        self.records.push(Record { seq, id, at: at(time), rec: at(recorded), by, event });
        seq
    }

    /// The room and its timeline, as a client that has just attached holds them.
    pub fn view(&self) -> RoomView {
        let room = Room::fold("2026-014".parse::<RoomId>().expect("a room's name"), &self.records);
        let mut entries: Vec<_> = self.records.iter().filter_map(|record| entry(record, &room)).collect();
        entries.sort_by_key(|entry| (entry.at, entry.seq));
        let seen = room.seq;
        let window = TimelineWindow { entries, seen, ..TimelineWindow::default() };
        let names = ["Anna Lind", "Olle Ek", "Eva Berg", "Kim Sand"];
        RoomView::new(
            room,
            window,
            names.map(|name| Presence { who: person(name), writing: None, read_only: false }).to_vec(),
        )
    }
}

/// A terminal at `now`.
pub fn environment(columns: u16, rows: u16, now: Moment) -> Environment {
    Environment {
        columns,
        rows,
        now,
        zone: stockholm(),
        connection: Connection::Up,
        me: Some(person("Anna Lind")),
        read_only: false,
        reading_door: false,
        health: Health::default(),
        screen: Screen::Room,
        rooms: None,
        alarms: Vec::new(),
        toast: None,
    }
}

fn taken(kind: NoteKind, text: &str) -> Event {
    Event::NoteTaken { kind, text: text.into(), facets: Facets::default(), meeting: None, action: None }
}

pub fn answered(question: &str, text: &str, certainty: Certainty) -> Event {
    Event::QuestionAnswered { question: question.into(), text: text.into(), certainty, time: None }
}

fn checked(item: &str) -> Event {
    Event::ItemChecked { item: item.into(), note: Text::default() }
}

fn action(no: u32, text: &str, owner: &str, due: &str, track: Option<Track>) -> Event {
    let facets = Facets { people: vec![owner.into()], tags: Vec::new(), due: Some(at(due)), track };
    Event::ActionOpened { no, text: text.into(), facets }
}

/// A room that was declared and in which nothing else has happened.
pub fn declared() -> Log {
    let mut log = Log::default();
    let opened = Event::Opened {
        title: "Card payments down".into(),
        customer: "Nordbank".into(),
        began_at: at("12:58:00"),
        routine: routine(),
        demo: false,
    };
    log.note("13:05:00", "Anna Lind", opened);
    let (urgency, impact) = (Grade::HIGHEST, Grade::HIGHEST);
    let agreed_with = "Maria Falk, Nordbank".into();
    log.note("13:05:00", "Anna Lind", Event::PrioritySet { urgency, impact, level: 1, agreed_with });
    log.note("13:05:00", "Anna Lind", Event::ActivationChosen { active: true, reason: Text::default() });
    log
}

/// The same an hour and forty minutes later, with one meeting held.
pub fn busy() -> Log {
    let mut log = declared();
    let cim = |outcome, name: &str| Event::EscalationTried {
        role: "cim".into(),
        person: name.into(),
        how: "phone".into(),
        outcome,
        purpose: None,
        about: Text::default(),
        takes: None,
    };
    log.note("13:06:10", "Kim Sand", cim(EscalationOutcome::NoAnswer, "Per Holm"));
    log.note("13:07:00", "Kim Sand", cim(EscalationOutcome::Accepted, "Anna Lind"));
    log.note("13:07:00", "Kim Sand", Event::RoleAssigned { role: "cim".into(), person: "Anna Lind".into() });
    log.note("13:08:00", "Anna Lind", checked("notes"));
    log.note("13:08:20", "Anna Lind", checked("cim-in-place"));
    let sms = Event::MessageSent {
        notice: Some(routine().notices.iter().find(|notice| notice.first).expect("a first notice").key.clone()),
        channel: Channel::Sms,
        audience: "Leadership".into(),
        text: "P1 card payments down since 12:58. CIM is Anna Lind.".into(),
    };
    log.note("13:14:00", "Anna Lind", sms);
    log.note("13:14:30", "Anna Lind", checked("first-notice-sent"));
    let what = "Card terminals get 502 from the gateway since 12:58, online purchases too";
    log.note("13:16:00", "Olle Ek", answered("what", what, Certainty::Confirmed));
    let observed = "502 from both gateway nodes, node lb-2 restarts every minute";
    log.note("13:21:00", "Olle Ek", taken(NoteKind::Observation, observed));
    let supplier = Event::SupplierEngaged {
        no: 1,
        name: "Gatecorp".into(),
        case: "GC-88213".into(),
        critical: None,
        staff: Text::default(),
    };
    log.note("13:25:00", "Eva Berg", supplier);
    log.note("13:30:00", "Olle Ek", action(1, "Renew the certificate on lb-2", "olle", "14:45:00", Some(Track::A)));
    log.note("13:31:00", "Eva Berg", action(2, "Restore on site B", "eva", "15:20:00", Some(Track::B)));
    log.note("13:32:00", "Anna Lind", action(3, "Tell the customer's support desk", "kim", "13:45:00", None));
    let plan_a = Event::TrackOpened { track: Track::A, plan: "New certificate on lb-2, restart the pool".into() };
    log.note("13:33:00", "Anna Lind", plan_a);
    log.note("13:34:00", "Anna Lind", Event::TrackOpened { track: Track::B, plan: "Fail over to site B".into() });
    let condition = Event::SwitchConditionSet { condition: "no new certificate by 15:00".into() };
    log.note("13:34:40", "Anna Lind", condition);
    log.note("13:40:00", "Kim Sand", Event::ActionDone { no: 3, outcome: "informed, they route calls".into() });
    let waived = Event::ItemWaived { item: "customer-management".into(), reason: "they are on the bridge".into() };
    log.note("13:41:00", "Anna Lind", waived);
    log.note("13:45:00", "Anna Lind", answered("scope", "All card terminals, ~4,000 shops", Certainty::Confirmed));
    let obstacle = Event::ObstacleRaised { no: 1, text: "Too many status calls to the technicians".into() };
    log.note("13:50:00", "Olle Ek", obstacle);
    log.note("14:02:00", "Anna Lind", Event::MeetingStarted { no: 1 });
    let wrong = log.note("14:06:00", "Olle Ek", taken(NoteKind::Hypothesis, "Expired certificate on lb-1"));
    let decided = "Fail over to site B at 15:00 unless @olle has a new certificate in place #site-b";
    let decision = log.note("14:10:00", "Anna Lind", taken(NoteKind::Decision, decided));
    log.note("14:10:30", "Anna Lind", Event::EntryStarred { target: decision, starred: true });
    log.note("14:11:00", "Olle Ek", Event::EntryAmended { target: wrong, text: "Expired certificate on lb-2".into() });
    log.note("14:20:00", "Olle Ek", answered("why", "Expired certificate on lb-2", Certainty::Assumed));
    log.note("14:21:00", "Anna Lind", answered("actions", "Plan A and plan B run side by side", Certainty::Confirmed));
    let eta = Event::QuestionAnswered {
        question: "eta".into(),
        text: "if the certificate arrives".into(),
        certainty: Certainty::Assumed,
        time: Some(at("16:00:00")),
    };
    log.note("14:22:00", "Anna Lind", eta);
    let ended = Event::MeetingEnded { no: 1, held: true, summary: "Two tracks, decide at 15:00".into() };
    log.note("14:25:00", "Anna Lind", ended);
    let test = taken(NoteKind::Test, "Site B answers test purchases");
    log.note_late("14:15:00", "14:28:00", Author { sure: Assurance::Claimed, ..person("Eva Berg") }, test);
    log.note("14:30:00", "Eva Berg", Event::ResourceAsked { no: 1, what: "A second certificate engineer".into() });
    let struck = log.note("14:31:00", "Kim Sand", taken(NoteKind::Note, "Press release sent"));
    log.note("14:32:00", "Kim Sand", Event::EntryStruck { target: struck, reason: "wrong room".into() });
    log.note("14:40:00", "Kim Sand", taken(NoteKind::StatusRequest, "The bank's board asks when cards work again"));
    log.note("14:41:00", "Anna Lind", answered("what", what, Certainty::Confirmed));
    log
}
