//! What can be chosen in the key step: what each choice is called, and where it leads.

use super::checking::Candidate;
use super::paste::Paste;
use super::{Key, Mode, words};
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::page::Page as WebPage;
use crate::flow::facts::Origin;
use crate::flow::{Effect, Facts, Intent, ScreenName, SignInWay, Step};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::steps::{Answer, Go, WizardStep};

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Continue,
    Another,
    Use(usize),
    SignIn,
    SignInElsewhere,
    Paste,
    Make,
    PickPasted(usize),
    OpenKeys,
    Fix(Act),
    Raw,
    ShowQr(String),
    OpenAgain(String),
    Now,
    Stop,
}

impl Key {
    /// What can be chosen on the page as it stands, from top to bottom.
    pub(super) fn doors(&self, shared: &Shared, facts: &Facts) -> Vec<Door> {
        if self.checking.is_some() {
            return vec![Door::Stop];
        }
        if self.address.is_some() {
            return vec![Door::Stop];
        }
        if self.waiting.is_some() {
            return vec![Door::Now, Door::Stop];
        }
        // A gateway has neither a sign-in nor OpenRouter's pages.
        let may_sign_in = page_parts::has_openrouters_pages(facts);
        let mut doors = Vec::new();
        if let Some(trouble) = &self.trouble {
            let fixes = page_parts::doable(trouble).map(|fix| &fix.act);
            // Other doors stand on the page anyway: a key, a sign-in.
            let fixes = fixes.filter(|act| self.can_mend(act, facts));
            doors.extend(fixes.cloned().map(Door::Fix));
        }
        match &self.mode {
            Mode::Pasting(paste) => {
                doors.extend((0..paste.rivals().len()).map(Door::PickPasted));
                let opens_keys = Door::Fix(Act::Open(WebPage::Keys));
                if may_sign_in && !doors.contains(&opens_keys) {
                    doors.push(Door::OpenKeys);
                }
                doors.extend(may_sign_in.then_some(Door::SignIn));
            }
            Mode::SigningIn(sign_in) => {
                if let Some(url) = sign_in.url() {
                    doors.push(Door::OpenAgain(url.into()));
                    doors.push(Door::ShowQr(url.into()));
                }
                if sign_in.listens() {
                    doors.push(Door::SignInElsewhere);
                }
                doors.push(Door::Paste);
            }
            Mode::Doors if shared.accepted_key(facts).is_some() && !self.wants_other => {
                doors.insert(0, Door::Another);
                doors.insert(0, Door::Continue);
            }
            Mode::Doors => {
                let found = shared.around.iter().flat_map(|around| &around.keys);
                let usable = found
                    .enumerate()
                    .filter(|(_, key)| !self.refused.contains(&key.secret));
                doors.extend(usable.map(|(at, _)| Door::Use(at)));
                doors.extend(may_sign_in.then_some(Door::SignIn));
                let by_code = may_sign_in && !facts.is_remote;
                doors.extend(by_code.then_some(Door::SignInElsewhere));
                doors.push(Door::Paste);
                let around = shared.around.as_ref();
                let can_make = around.is_some_and(|around| around.has_management_key);
                doors.extend(can_make.then_some(Door::Make));
            }
        }
        if self.trouble.is_some() {
            doors.push(Door::Raw);
        }
        doors
    }

    /// Goes through a door.
    pub(super) fn open_door(&mut self, door: Door, shared: &mut Shared, facts: &Facts) -> Answer {
        match door {
            Door::Continue => Answer::go(Go::Next),
            Door::Another => {
                self.wants_other = true;
                Answer::go(Go::Turn)
            }
            Door::Use(at) => {
                let Some(key) = shared
                    .around
                    .as_ref()
                    .and_then(|around| around.keys.get(at))
                else {
                    return Answer::idle();
                };
                let key = Candidate {
                    secret: key.secret.clone(),
                    origin: Origin::Found(key.place.clone()),
                };
                self.check(key, &mut shared.tickets, facts)
            }
            Door::SignIn => self.sign_in(Self::default_way(facts), shared, facts),
            Door::SignInElsewhere => self.sign_in(SignInWay::ShownCode, shared, facts),
            Door::Paste => {
                let cancel = self.leave_mode();
                self.trouble = None;
                self.mode = Mode::Pasting(Paste::default());
                Answer::from(cancel).and_go(Go::Turn)
            }
            Door::PickPasted(at) => {
                if let Mode::Pasting(paste) = &mut self.mode {
                    paste.pick(at);
                }
                self.submit(shared, facts)
            }
            Door::Make => Step::intent(Intent::Go(ScreenName::Keys)).into(),
            Door::OpenKeys => page_parts::open(WebPage::Keys, facts).into(),
            Door::OpenAgain(url) => Step::effect(Effect::OpenPage(WebPage::Url(url))).into(),
            Door::ShowQr(url) => Step::intent(Intent::ShowQr(WebPage::Url(url))).into(),
            Door::Fix(act) => self.mend(&act, shared, facts),
            Door::Now => {
                let cancel = self.waiting.take().map(|wait| wait.cancel());
                let mut answer = self.try_again(shared, facts);
                let cancel = cancel.map_or_else(Step::changed, Step::effect);
                answer.step = cancel.then(answer.step);
                answer
            }
            Door::Raw => match &self.trouble {
                Some(trouble) => Step::intent(Intent::ShowTrouble(trouble.clone())).into(),
                None => Answer::idle(),
            },
            Door::Stop => self.back(shared, facts).unwrap_or_else(Answer::idle),
        }
    }

    /// A choice in words, and the note beside it.
    pub(super) fn door_words(
        door: &Door,
        shared: &Shared,
        facts: &Facts,
        trouble: Option<&Diagnosis>,
    ) -> (String, String) {
        let lang = facts.lang;
        match door {
            Door::Continue => (words::GO_ON.say(lang).into(), String::new()),
            Door::Another => (words::ANOTHER.say(lang).into(), String::new()),
            Door::Use(at) => {
                let found = shared
                    .around
                    .as_ref()
                    .and_then(|around| around.keys.get(*at));
                let place = found
                    .map(|key| page_parts::place(&key.place, &facts.folder, lang))
                    .unwrap_or_default();
                let mask = found.map(|key| key.secret.mask()).unwrap_or_default();
                (words::USE.fill(lang, &[&place]), mask)
            }
            Door::SignIn => (
                words::SIGN_IN.say(lang).into(),
                words::SIGN_IN_NOTE.say(lang).into(),
            ),
            Door::SignInElsewhere => (
                words::SIGN_IN_ELSEWHERE.say(lang).into(),
                words::SIGN_IN_ELSEWHERE_NOTE.say(lang).into(),
            ),
            Door::Paste => {
                // Keys of other servers look otherwise.
                let note = page_parts::has_openrouters_pages(facts)
                    .then(|| words::PASTE_NOTE.say(lang).into());
                (words::PASTE.say(lang).into(), note.unwrap_or_default())
            }
            Door::Make => (
                words::MAKE.say(lang).into(),
                words::MAKE_NOTE.say(lang).into(),
            ),
            Door::PickPasted(at) => (words::PICK.fill(lang, &[&(at + 1)]), String::new()),
            Door::OpenKeys => (words::OPEN_KEYS.say(lang).into(), WebPage::Keys.url()),
            Door::Fix(act) => {
                let fix = trouble.and_then(|it| it.fixes.iter().find(|fix| fix.act == *act));
                fix.map_or_else(Default::default, |fix| page_parts::fix_words(fix, lang))
            }
            Door::Raw => (
                words::RAW.say(lang).into(),
                words::RAW_NOTE.say(lang).into(),
            ),
            Door::ShowQr(_) => (words::QR.say(lang).into(), String::new()),
            Door::OpenAgain(_) => (words::OPEN_AGAIN.say(lang).into(), String::new()),
            Door::Now => (words::NOW.say(lang).into(), String::new()),
            Door::Stop => (words::STOP.say(lang).into(), "Esc".into()),
        }
    }
}
