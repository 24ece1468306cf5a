//! One call of the program: where things are, who asks, in which language, what time it is, and the host once it is needed.

use std::path::PathBuf;

use ulid::Ulid;

use super::args::{LangArg, RecordArgs, SettingArgs};
use super::failure::{CommandFailure, Exit};
use super::out::Out;
use super::trace;
use crate::client::AskError;
use crate::client::blocking::BlockingClient;
use crate::client::identity::IdentitySources;
use crate::client::{self, ClientOptions, FAR_PATIENCE, HostAddress, HostTarget, LocalHost, PATIENCE};
use crate::clock::Clock;
use crate::config::lang::{self, Words};
use crate::config::layer::Source;
use crate::config::load;
use crate::config::place::{ForeignDir, Places};
use crate::config::settings::{self, Settings};
use crate::domain::entry::{self, Purpose};
use crate::domain::id::{IntentId, RoomId};
use crate::domain::phrase::{Lang, Lexicon, Phrase};
use crate::domain::record::Assurance;
use crate::domain::room::Room;
use crate::domain::showable::showable;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;
use crate::wire::frame;
use crate::wire::message::{self, Answer, Ask};
use crate::wire::place;

/// How many records are asked for at a time.
const PORTION: usize = 1000;

/// One call.
pub struct Call {
    pub clock: Clock,
    /// Why times are in UTC, when the zone that was named is not understood.
    pub zone_fault: Option<Phrase>,
    pub words: Words,
    pub places: Places,
    pub settings: Settings,
    pub out: Out,
    /// What was said by flags.
    pub flags: SettingArgs,
    /// Whether to look on only.
    pub read_only: bool,
    /// The name that was given by flag.
    pub named: Option<String>,
    name: Option<String>,
    place: HostAddress,
    client: Option<BlockingClient>,
}

impl Call {
    /// A call with these flags.
    ///
    /// # Errors
    /// When there is no home directory and no directory was named, or the host is not named as it should be; the words are
    /// there to say so.
    pub fn new(flags: &SettingArgs) -> Result<Self, Box<(CommandFailure, Words)>> {
        let flag = flags.lang.map(|lang| match lang {
            LangArg::En => Lang::En,
            LangArg::Sv => Lang::Sv,
        });
        let clock = Clock::from_env();
        let words = |setting| {
            let lang = lang::choose(flag, setting, |name| std::env::var(name).ok());
            Words::new(lang, clock.zone().clone())
        };
        let Ok(places) = places(flags) else {
            return Err(Box::new((CommandFailure::refused(Phrase::new("cli-no-home")), words(None))));
        };
        trace::to_file_if_asked(&places.log);
        let settings = settings_at(&places);
        let given = |name: &String| !name.trim().is_empty();
        let variable = || std::env::var("KLOCK_NAME").ok().filter(given);
        let named = flags.name.clone().filter(given);
        let name = named.clone().or_else(variable).or(Some(settings.name.clone()).filter(given));
        let words = words(settings.lang.lang());
        let variable = || std::env::var("KLOCK_HOST").ok().filter(given);
        let place = match flags.host.clone().filter(given).or_else(variable) {
            None => HostAddress::Local,
            Some(text) => match HostAddress::parse(&text) {
                Ok(place) => place,
                Err(why) => return Err(Box::new((CommandFailure::usage(why), words))),
            },
        };
        let (clock, fault) = Clock::with_fault();
        Ok(Call {
            clock,
            zone_fault: fault.and_then(|fault| fault.phrase()),
            words,
            places,
            settings,
            out: Out::new(),
            flags: flags.clone(),
            read_only: false,
            named,
            name,
            place,
            client: None,
        })
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The time zone in which a bare time of day is meant.
    pub fn zone(&self) -> &Zone {
        self.clock.zone()
    }

    /// The language in use.
    pub fn lang(&self) -> Lang {
        self.words.lang()
    }

    /// How to reach the host, and as whom. `start`: whether to start one when nobody answers.
    pub fn options(&self, start: bool) -> ClientOptions {
        let (name, sure) = IdentitySources::of_process(self.name.clone()).name();
        let (target, patience) = match &self.place {
            HostAddress::Local => (HostTarget::Local(self.own(start)), PATIENCE),
            HostAddress::Socket(socket) => (HostTarget::Socket(socket.clone()), PATIENCE),
            HostAddress::Ssh(machine) => {
                let program = std::env::var_os("KLOCK_SSH").filter(|name| !name.is_empty());
                let program = program.unwrap_or_else(|| "ssh".into());
                (HostTarget::Ssh { machine: machine.clone(), program }, FAR_PATIENCE)
            }
        };
        ClientOptions {
            sure: match (&target, sure) {
                // A login here says nothing over there.
                (HostTarget::Ssh { .. }, Assurance::Verified) => Assurance::Claimed,
                (_, sure) => sure,
            },
            target,
            name,
            read_only: self.read_only,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            patience,
            hear_ssh: Some(say_of_ssh),
        }
    }

    /// Whose host is meant.
    pub fn place(&self) -> &HostAddress {
        &self.place
    }

    /// Where one's own host is. `start`: whether it may be started.
    pub fn own(&self, start: bool) -> LocalHost {
        let uid = rustix::process::getuid().as_raw();
        let socket = std::env::var_os("KLOCK_SOCKET")
            .filter(|path| !path.is_empty())
            .map_or_else(|| place::socket_path(&self.places.data, self.places.runtime.as_deref(), uid), Into::into);
        let foreign = self.places.foreign(uid).map(|ForeignDir { dir, owner }| client::ForeignOwner { dir, owner });
        LocalHost {
            socket,
            data_dir: self.places.data.clone(),
            log_dir: Some(self.places.log.clone()),
            foreign,
            exe: start.then(|| std::env::current_exe().ok()).flatten(),
            spawn_env: vec![("KLOCK_CONFIG_DIR".into(), self.places.config.clone().into())],
        }
    }

    /// The connected host, started when need be.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub fn client(&mut self) -> Result<&mut BlockingClient, CommandFailure> {
        let client = match self.client.take() {
            Some(client) => client,
            None => BlockingClient::connect(self.options(true))?,
        };
        Ok(self.client.insert(client))
    }

    /// Takes a host that runs; starts none.
    ///
    /// # Errors
    /// When none answers.
    pub fn running_client(&mut self) -> Result<&mut BlockingClient, CommandFailure> {
        let options = ClientOptions { patience: std::time::Duration::ZERO, ..self.options(false) };
        let client = BlockingClient::connect(options)?;
        Ok(self.client.insert(client))
    }

    /// Drops the connection: the next request makes a new one.
    pub fn leave(&mut self) {
        self.client = None;
    }

    /// Asks the host.
    ///
    /// # Errors
    /// What it answered, or that it cannot be reached.
    pub fn ask(&mut self, what: Ask) -> Result<Answer, CommandFailure> {
        Ok(self.client()?.ask(what)?)
    }

    /// The room as it stands.
    ///
    /// # Errors
    /// No such room, or no host.
    pub fn fold(&mut self, room: &RoomId) -> Result<Room, CommandFailure> {
        match self.client()?.ask(Ask::Fold { room: room.clone() }) {
            Ok(Answer::Fold(room)) => Ok(*room),
            Ok(other) => Err(unexpected(&other)),
            Err(AskError::Failed(message::Failure::Broken(why))) if why.key == frame::TOO_LONG => {
                self.fold_records(room)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The same from the room's records, which come in portions: what an earlier version let in may be too long for one answer.
    fn fold_records(&mut self, room: &RoomId) -> Result<Room, CommandFailure> {
        let mut fold = Room::new(room.clone());
        loop {
            let records = match self.ask(Ask::Records { room: room.clone(), from: fold.seq + 1, limit: PORTION })? {
                Answer::Records(records) => records,
                other => return Err(unexpected(&other)),
            };
            if records.is_empty() {
                return Ok(fold);
            }
            records.iter().for_each(|record| fold.apply(record));
        }
    }

    /// The id of an intent of this call.
    pub fn intent_id(&self) -> IntentId {
        let millis = u64::try_from(self.now().millis()).unwrap_or(0);
        IntentId(Ulid::from_parts(millis, Ulid::new().random()))
    }

    /// The moment that `text` means, which stands at `place` on the command line.
    ///
    /// # Errors
    /// When it is not understood, or cannot be meant for that purpose.
    pub fn time(&self, place: &'static str, text: &str, purpose: Purpose) -> Result<Moment, CommandFailure> {
        self.time_from(place, text, purpose, self.now())
    }

    /// The time to come that `text` means, seen from when it was said: that which `--at` says, else now.
    ///
    /// # Errors
    /// As [`Call::time`].
    pub fn time_ahead(
        &self,
        place: &'static str,
        text: &str,
        purpose: Purpose,
        args: &RecordArgs,
    ) -> Result<Moment, CommandFailure> {
        let from = self.happened(args)?.unwrap_or_else(|| self.now());
        self.time_from(place, text, purpose, from)
    }

    fn time_from(
        &self,
        place: &'static str,
        text: &str,
        purpose: Purpose,
        from: Moment,
    ) -> Result<Moment, CommandFailure> {
        entry::parse_time(text, purpose, from, self.zone()).map_err(|why| {
            let why = match (purpose, &*why.key) {
                (Purpose::Happened, "time-too-old") => Phrase { key: "cli-time-too-old".into(), ..why },
                _ => why,
            };
            misplaced(place, why)
        })
    }

    /// The same where `text` may as well be words: none when it is no time.
    ///
    /// # Errors
    /// When it is a time that cannot be meant.
    pub fn time_or_words(
        &self,
        place: &'static str,
        text: &str,
        purpose: Purpose,
        args: &RecordArgs,
    ) -> Result<Option<Moment>, CommandFailure> {
        match self.time_ahead(place, text, purpose, args) {
            Ok(at) => Ok(Some(at)),
            Err(CommandFailure::Told { exit: Exit::Usage, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Returns when it happened, as `--at` says; `None` if that was not said.
    ///
    /// # Errors
    /// As [`Call::time`].
    pub fn happened(&self, args: &RecordArgs) -> Result<Option<Moment>, CommandFailure> {
        args.at.as_deref().map(|at| self.time("--at", at, args.age.purpose())).transpose()
    }

    /// Says on stderr which moment a time to come is, when that is not today's.
    ///
    /// # Errors
    /// When stdout cannot be written to.
    pub fn say_day(&mut self, at: Moment) -> Result<(), CommandFailure> {
        if at.date() == self.zone().local(self.now()).date() {
            return Ok(());
        }
        let phrase = Phrase::new("cli-means").with("day", self.words.day(at)).with("time", self.words.clock(at));
        let said = self.say(&phrase);
        self.out.aside(&said)
    }

    /// The phrase in words, its times beside the present.
    pub fn say(&self, phrase: &Phrase) -> String {
        self.words.say_beside(phrase, self.now())
    }

    /// Names the zone of the times in a list, for its head.
    pub fn zone_line(&self) -> String {
        self.say(&Phrase::new("cli-zone").with("zone", self.zone().long_name(self.now())))
    }

    /// The moment with the offset that is in force in the reader's zone then.
    pub fn local(&self, at: Moment) -> Moment {
        self.zone().local(at)
    }
}

/// Why what stands at `place` is not taken: it is not understood, or is a time that cannot be meant.
pub fn misplaced(place: &'static str, why: Phrase) -> CommandFailure {
    let is_understood = matches!(
        &*why.key,
        "time-not-yet" | "time-not-yet-day" | "time-passed" | "time-too-old" | "cli-time-too-old" | "time-too-far"
    );
    let phrase = Phrase::new("cli-at-place").with("place", place).with("why", why);
    if is_understood { CommandFailure::refused(phrase) } else { CommandFailure::usage(phrase) }
}

/// Where things are: a flag stands above its variable.
fn places(flags: &SettingArgs) -> Result<Places, crate::config::place::NoHome> {
    let flag = |dir: &Option<PathBuf>| {
        let dir = dir.as_ref().filter(|dir| !dir.as_os_str().is_empty())?;
        Some(dir.clone().into_os_string())
    };
    let env = |name: &str| match name {
        "KLOCK_DATA_DIR" => flag(&flags.data_dir).or_else(|| std::env::var_os(name)),
        "KLOCK_CONFIG_DIR" => flag(&flags.config_dir).or_else(|| std::env::var_os(name)),
        other => std::env::var_os(other),
    };
    let mut places = Places::new(env, etcetera::home_dir().ok())?;
    // A host that is started from here stands elsewhere.
    for place in [&mut places.data, &mut places.config, &mut places.log] {
        if let Ok(absolute) = std::path::absolute(&place) {
            *place = absolute;
        }
    }
    Ok(places)
}

/// The settings in force. A fault in them is passed over here, where it would stand in the way of a note; the screen and
/// `klock config check` tell it.
fn settings_at(places: &Places) -> Settings {
    let read = |path: PathBuf| Some(Source::new(path.display().to_string(), load::read_file(&path).ok()?));
    let layers: Vec<Source> = places.layers(settings::FILE).filter_map(read).collect();
    Settings::read(&layers).0
}

/// An answer to another question than was asked: host and client do not understand each other.
pub fn unexpected(answer: &Answer) -> CommandFailure {
    // Its kind alone: no words of a room belong into a log.
    tracing::error!(kind = ?std::mem::discriminant(answer), "an answer of the wrong kind");
    CommandFailure::refused(Phrase::new("cli-unexpected-answer"))
}

/// What ssh says while it takes its time: it may be waiting for a person to touch a key.
fn say_of_ssh(line: &str) {
    eprintln!("{}", showable(line));
}
