//! Lines as they came, made into what is asked of the room, with their ids and their time.

use ulid::Ulid;

use super::line_rules::LineRules;
use super::reader::InputLine;
use super::spool::WaitingLine;
use crate::clock::Clock;
use crate::domain::entry::{self, Chat, ChatLine, EntryTally};
use crate::domain::id::IntentId;
use crate::domain::intent::{Intent, Request};
use crate::domain::phrase::Phrase;
use crate::domain::showable::is_blank;
use crate::domain::time::Moment;

/// How many lines are named one by one, of those with the same fault.
pub const MOST_NAMED: u64 = 10;

/// How many bits of an id count the events of one line.
const EVENT_BITS: u32 = 16;

/// Something about a line that stderr should say.
#[derive(Debug)]
pub struct ReadingRemark {
    pub phrase: Phrase,
    /// Whether something of the line is not recorded.
    pub is_loss: bool,
}

/// See the module.
pub struct LineReading {
    rules: LineRules,
    clock: Clock,
    cut_mark: String,
    first_id: u128,
    made: u128,
    cut: u64,
    not_utf8: u64,
    tally: EntryTally,
    chat: Chat,
}

impl LineReading {
    /// `cut_mark` is put where the end of a line was left out.
    pub fn new(rules: LineRules, clock: Clock, cut_mark: String) -> Self {
        let millis = u64::try_from(clock.now().millis()).unwrap_or(0);
        let chance = Ulid::new().random() >> EVENT_BITS << EVENT_BITS;
        let first_id = Ulid::from_parts(millis, chance).0;
        let (tally, chat) = (EntryTally::default(), Chat::default());
        LineReading { rules, clock, cut_mark, first_id, made: 0, cut: 0, not_utf8: 0, tally, chat }
    }

    /// What `lines`, read now, ask of the room. Blank ones ask nothing.
    pub fn take(&mut self, lines: Vec<InputLine>, mut tell: impl FnMut(ReadingRemark)) -> Vec<WaitingLine> {
        let now = self.clock.now();
        let mut waiting = Vec::with_capacity(lines.len());
        let mut roles = self.roles(&lines, now).into_iter();
        for mut line in lines {
            self.remark(&line, &mut tell);
            let role = roles.next().unwrap_or(ChatLine::Alone);
            if matches!(role, ChatLine::Header(_)) {
                self.tally.count_header();
                continue;
            }
            if is_blank(&line.text) {
                continue;
            }
            if line.cut > 0 {
                line.text.push_str(&self.cut_mark);
            }
            let parsed = match &role {
                ChatLine::Under(header) => self.rules.read_one_of_many(&line.text, header.at).under(header),
                _ => self.rules.read_one_of_many(&line.text, now),
            };
            if self.rules.reads_beginning() {
                self.tally.count(&line.text, &parsed);
            }
            let (at, intent) = (parsed.happened_at(), parsed.into_intent());
            let request = Request { id: self.next_id(), room: self.rules.room.clone(), at: Some(at), intent };
            let says_it_all = matches!(&request.intent, Intent::TakeNote { text, .. } if text.raw() == line.text);
            waiting.push(WaitingLine { line: line.number, request, raw: (!says_it_all).then_some(line.text) });
        }
        waiting
    }

    /// What each of `lines` is in a copy of a chat.
    fn roles(&mut self, lines: &[InputLine], now: Moment) -> Vec<ChatLine> {
        if !self.rules.reads_beginning() {
            return Vec::new();
        }
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let manner = entry::Manner { read_at: now, zone: &self.rules.zone, lang: self.rules.lang };
        let mut roles = Vec::with_capacity(lines.len());
        while roles.len() < lines.len() {
            match self.chat.role(&texts[roles.len()..], manner) {
                ChatLine::Header(takes) => roles.extend(std::iter::repeat_n(ChatLine::Header(takes), takes)),
                role => roles.push(role),
            }
        }
        roles
    }

    /// Tells of the lines that were not named one by one, and how many say no time that was understood.
    pub fn finish(self, mut tell: impl FnMut(ReadingRemark)) {
        for phrase in self.tally.phrases() {
            tell(ReadingRemark { phrase, is_loss: false });
        }
        for (count, key, is_loss) in
            [(self.cut, "cli-pipe-more-cut", true), (self.not_utf8, "cli-pipe-more-not-utf8", false)]
        {
            if count > MOST_NAMED {
                tell(ReadingRemark { phrase: Phrase::new(key).with("count", count - MOST_NAMED), is_loss });
            }
        }
    }

    fn remark(&mut self, line: &InputLine, tell: &mut impl FnMut(ReadingRemark)) {
        if line.cut > 0 {
            self.cut += 1;
            if self.cut <= MOST_NAMED {
                let phrase = Phrase::new("cli-pipe-cut").with("line", line.number).with("bytes", line.cut);
                tell(ReadingRemark { phrase, is_loss: true });
            }
        }
        if !line.is_utf8 {
            self.not_utf8 += 1;
            if self.not_utf8 <= MOST_NAMED {
                tell(ReadingRemark {
                    phrase: Phrase::new("cli-pipe-not-utf8").with("line", line.number),
                    is_loss: false,
                });
            }
        }
    }

    fn next_id(&mut self) -> IntentId {
        let id = self.first_id.wrapping_add(self.made << EVENT_BITS);
        self.made += 1;
        IntentId(Ulid(id))
    }
}
