//! The page of alerts: which bounds are watched, and how the terminal tells of one that is crossed.

use super::typing::{Asked, Typing};
use super::words;
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::domain::notify::NotifyBy;
use crate::flow::step::Fact as AppFact;
use crate::flow::{Effect, Facts, Intent, Step};
use crate::insight::alerts::{AlertSettings, Thresholds};
use crate::screens::setup::steps::Answer;
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Page, fact};
use crate::ui::theme::Tone;

/// The page, open.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    /// A bound is being typed.
    typing: Option<Typing<Bound>>,
    /// The bounds that were switched off here: they come back as they were.
    off: Option<Thresholds>,
}

/// The bounds that are set here; the others are rarely set and stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Balance,
    LimitShare,
    DaySpend,
}

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Done,
    Set(Bound),
    Notify,
    AllOff,
    AsUsual,
}

/// What a choice came to.
pub(super) enum Outcome {
    /// The page stays open.
    Stays(Answer),
    /// The person is done with it.
    Closed,
}

impl Alerts {
    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, facts: &Facts) {
        let lang = facts.lang;
        let settings = &facts.alerts;
        page.tell(Tone::Strong, words::ALERTS.say(lang));
        if let Some(typing) = &self.typing {
            typing.write(page, &typing.bound.value(&settings.thresholds, lang), lang);
            return;
        }
        page.say(words::INTRO.say(lang));
        page.gap();
        for door in doors(settings) {
            let (mut label, note) = door.words(settings, lang);
            if door == Door::AsUsual && self.off.is_some() {
                words::AS_BEFORE.say(lang).clone_into(&mut label);
            }
            page.choice(label, note);
        }
        page.gap();
        let others = others(&settings.thresholds, lang);
        if !others.is_empty() {
            page.tell(Tone::Quiet, words::OTHERS.say(lang));
            page.facts(others);
            page.gap();
        }
        page.tell(Tone::Quiet, words::NEEDS_MANAGEMENT.say(lang));
        page.tell(Tone::Quiet, words::WATCH.say(lang));
    }

    pub(super) fn choose(&mut self, choice: usize, facts: &Facts) -> Outcome {
        let Some(door) = doors(&facts.alerts).get(choice).copied() else {
            return Outcome::Stays(Answer::idle());
        };
        let mut wanted = facts.alerts;
        let answer = match door {
            Door::Done => return Outcome::Closed,
            Door::Set(bound) => {
                self.typing = Some(Typing::of(bound));
                Answer::stay()
            }
            Door::Notify => {
                wanted.notify = wanted.notify.next();
                // Whether a terminal knows it shows only when it is tried.
                let trial = Effect::Notify {
                    by: wanted.notify,
                    words: CleanText::new(words::TRIAL.say(facts.lang)),
                };
                adopt(wanted).and_effect(trial).into()
            }
            Door::AllOff => {
                self.off = Some(wanted.thresholds);
                wanted.thresholds = Thresholds::OFF;
                adopt(wanted).into()
            }
            Door::AsUsual => {
                wanted.thresholds = self.off.take().unwrap_or_default();
                adopt(wanted).into()
            }
        };
        Outcome::Stays(answer)
    }

    /// Enter in the field.
    pub(super) fn submit(&mut self, facts: &Facts) -> Answer {
        let Some(typing) = &mut self.typing else {
            return Answer::idle();
        };
        let mut wanted = facts.alerts;
        let is_understood = typing.bound.set(&mut wanted.thresholds, typing.text());
        if !is_understood {
            typing.refuse();
            return Answer::stay();
        }
        self.typing = None;
        adopt(wanted).into()
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(Typing::field)
    }

    pub(super) fn has_field(&self) -> bool {
        self.typing.is_some()
    }

    /// What was refused is being mended.
    pub(super) fn typed(&mut self) {
        if let Some(typing) = &mut self.typing {
            typing.typed();
        }
    }

    /// A paste is a whole bound: what was refused before it must not stand in its way.
    pub(super) fn take_paste(&mut self, text: &str) -> bool {
        let Some(typing) = &mut self.typing else {
            return false;
        };
        typing.take_paste(text);
        true
    }

    /// Back to the page itself; `None` where there is nothing to leave.
    pub(super) fn back(&mut self) -> Option<Answer> {
        self.typing.take().map(|_| Answer::stay())
    }
}

fn adopt(settings: AlertSettings) -> Step {
    Step::intent(Intent::Adopt(AppFact::Alerts(settings)))
}

fn doors(settings: &AlertSettings) -> [Door; 6] {
    let all = if settings.thresholds.are_off() {
        Door::AsUsual
    } else {
        Door::AllOff
    };
    [
        Door::Done,
        Door::Set(Bound::Balance),
        Door::Set(Bound::LimitShare),
        Door::Set(Bound::DaySpend),
        Door::Notify,
        all,
    ]
}

impl Door {
    fn words(self, settings: &AlertSettings, lang: Lang) -> (String, String) {
        let (label, note) = match self {
            Self::Done => (words::DONE, String::new()),
            Self::Set(bound) => (bound.name(), bound.value(&settings.thresholds, lang)),
            Self::Notify => (words::NOTIFY, way(settings.notify).say(lang).to_owned()),
            Self::AllOff => (words::ALL_OFF, String::new()),
            Self::AsUsual => (words::AS_USUAL, String::new()),
        };
        (label.say(lang).to_owned(), note)
    }
}

fn way(by: NotifyBy) -> Phrase {
    match by {
        NotifyBy::Off => words::OFF,
        NotifyBy::Bell => words::BELL,
        NotifyBy::Osc9 => words::OSC9,
        NotifyBy::Osc777 => words::OSC777,
    }
}

impl Bound {
    fn name(self) -> Phrase {
        match self {
            Self::Balance => words::BALANCE,
            Self::LimitShare => words::LIMIT_SHARE,
            Self::DaySpend => words::DAY_SPEND,
        }
    }

    /// How it stands.
    fn value(self, set: &Thresholds, lang: Lang) -> String {
        let value = match self {
            Self::Balance => set.balance.map(|usd| words::BELOW.fill(lang, &[&usd])),
            Self::LimitShare => set.limit_share.map(|it| words::FROM.fill(lang, &[&it])),
            Self::DaySpend => set.day_spend.map(|usd| words::DEAR.fill(lang, &[&usd])),
        };
        value.unwrap_or_else(|| words::OFF.say(lang).to_owned())
    }

    /// Takes over what was typed; 0 switches it off. False where it cannot be understood.
    fn set(self, set: &mut Thresholds, typed: &str) -> bool {
        let amount = Usd::typed(typed).map(|usd| Some(usd).filter(|usd| !usd.is_zero()));
        match self {
            Self::Balance => amount.map(|usd| set.balance = usd).is_some(),
            Self::DaySpend => amount.map(|usd| set.day_spend = usd).is_some(),
            Self::LimitShare => {
                let percent = percent(typed);
                let bound = percent.map(|it| Some(it).filter(|it| *it > 0));
                bound.map(|bound| set.limit_share = bound).is_some()
            }
        }
    }
}

impl Asked for Bound {
    fn question(self) -> Phrase {
        match self {
            Self::Balance => words::ASK_BALANCE,
            Self::LimitShare => words::ASK_LIMIT_SHARE,
            Self::DaySpend => words::ASK_DAY_SPEND,
        }
    }

    fn unit(self) -> Phrase {
        match self {
            Self::Balance | Self::DaySpend => words::IN_DOLLARS,
            Self::LimitShare => words::IN_PERCENT,
        }
    }

    fn refusal(self) -> Phrase {
        match self {
            Self::Balance | Self::DaySpend => words::NO_AMOUNT,
            Self::LimitShare => words::NO_SHARE,
        }
    }
}

/// A whole number of percent up to 100.
fn percent(typed: &str) -> Option<u32> {
    let number = typed.trim().trim_end_matches(['%', '％']).trim_end();
    number.parse().ok().filter(|percent| *percent <= 100)
}

/// The bounds that are watched, too.
fn others(set: &Thresholds, lang: Lang) -> Vec<crate::ui::page::Fact> {
    let rows = [
        (
            words::LIMIT_LEFT,
            set.limit_left.map(|usd| words::BELOW.fill(lang, &[&usd])),
        ),
        (
            words::EXPIRES,
            set.expiry_days.map(|it| words::WITHIN.fill(lang, &[&it])),
        ),
        (
            words::AGE,
            set.key_age_days.map(|it| words::ABOVE.fill(lang, &[&it])),
        ),
        (
            words::RETIRES,
            set.retirement_days
                .map(|it| words::WITHIN.fill(lang, &[&it])),
        ),
    ];
    let on = rows
        .into_iter()
        .filter_map(|(name, value)| Some(fact(name.say(lang), value?)));
    on.collect()
}

/// What the page of limits tells of all this on one line.
pub(super) fn summary(settings: &AlertSettings, lang: Lang) -> String {
    if settings.thresholds.are_off() {
        return words::OFF.say(lang).to_owned();
    }
    let set = &settings.thresholds;
    let parts = [
        set.balance
            .map(|usd| words::SHORT_BALANCE.fill(lang, &[&usd])),
        set.limit_share
            .map(|it| words::SHORT_SHARE.fill(lang, &[&it])),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        words::ON.say(lang).to_owned()
    } else {
        parts.join(" · ")
    }
}
