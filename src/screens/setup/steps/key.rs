//! Step 3: a key, by what is found here, by the browser, or by pasting; the server has the last word.

mod paste;
mod sign_in;
mod words;

use self::paste::Paste;
use self::sign_in::SignIn;
use super::{Answer, Go, Mark, WizardStep};
use crate::diagnosis;
use crate::domain::account::KeyFacts;
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::page::Page as WebPage;
use crate::domain::pasted_key::Shape;
use crate::domain::secret::Secret;
use crate::domain::sighting::{Sighting, short_path};
use crate::domain::symptom::Symptom;
use crate::flow::facts::Origin;
use crate::flow::step::{Fact as AppFact, Tickets};
use crate::flow::{Effect, Facts, Intent, KeyInUse, Reply, SignInWay, Step, Ticket};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::ui::editor::Field;
use crate::ui::page::{Page, fact};
use crate::ui::theme::Tone;

/// The step.
#[derive(Debug, Default)]
pub struct Key {
    mode: Mode,
    /// The server is being asked about this key.
    checking: Option<Checking>,
    /// Why the last key was not taken.
    trouble: Option<Box<Diagnosis>>,
    /// Keys found here that the server refused.
    refused: Vec<Secret>,
    /// The person wants another key than the one in use.
    wants_other: bool,
}

#[derive(Debug, Default)]
enum Mode {
    #[default]
    Doors,
    Pasting(Paste),
    SigningIn(SignIn),
}

#[derive(Debug)]
struct Checking {
    ticket: Ticket,
    secret: Secret,
    origin: Origin,
}

/// What can be chosen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Door {
    Continue,
    Another,
    Use(usize),
    SignIn,
    SignInElsewhere,
    Paste,
    PickPasted(usize),
    OpenKeys,
    Fix(Act),
    Raw,
    ShowQr(String),
    OpenAgain(String),
    Stop,
}

impl Key {
    /// A key found here that is not even to be sent: another vendor's, or a placeholder. It is told.
    pub(in crate::screens::setup) fn refuses_unsent(
        &mut self,
        secret: &Secret,
        facts: &Facts,
    ) -> bool {
        let Some(symptom) = unfit(secret, facts) else {
            return false;
        };
        self.trouble = Some(Box::new(diagnosis::explain(&symptom)));
        self.refused.push(secret.clone());
        true
    }

    /// Asks about a key found here before the person has moved.
    pub(in crate::screens::setup) fn prove(&mut self, sighting: &Sighting, ticket: Ticket) {
        let origin = Origin::Found(sighting.place.clone());
        self.checking = Some(Checking {
            ticket,
            secret: sighting.secret.clone(),
            origin,
        });
    }

    fn check(
        &mut self,
        secret: Secret,
        origin: Origin,
        tickets: &mut Tickets,
        facts: &Facts,
    ) -> Answer {
        self.trouble = None;
        if let Some(symptom) = unfit(&secret, facts) {
            self.trouble = Some(Box::new(diagnosis::explain(&symptom)));
            return Answer::go(Go::Turn);
        }
        let ticket = tickets.take();
        self.checking = Some(Checking {
            ticket,
            secret: secret.clone(),
            origin,
        });
        let server = facts.base_url.clone();
        let effect = Effect::CheckKey {
            ticket,
            secret,
            server,
        };
        Answer::from(Step::effect(effect)).and_go(Go::Turn)
    }

    fn sign_in(&mut self, way: SignInWay, shared: &mut Shared, facts: &Facts) -> Answer {
        let ticket = shared.tickets.take();
        self.trouble = None;
        self.mode = Mode::SigningIn(SignIn::new(ticket, way));
        let server = facts.base_url.clone();
        let effect = Effect::SignIn {
            ticket,
            way,
            server,
        };
        Answer::from(Step::effect(effect)).and_go(Go::Turn)
    }

    /// A browser beside the terminal takes the answer back by itself; elsewhere its page shows a code.
    fn default_way(facts: &Facts) -> SignInWay {
        if facts.is_remote {
            SignInWay::ShownCode
        } else {
            SignInWay::Loopback
        }
    }

    fn doors(&self, shared: &Shared, facts: &Facts) -> Vec<Door> {
        if self.checking.is_some() {
            return vec![Door::Stop];
        }
        let mut doors = Vec::new();
        if let Some(trouble) = &self.trouble {
            let fixes = page_parts::doable(trouble).map(|fix| &fix.act);
            // Doors that stand on the page anyway are not offered twice.
            let fixes = fixes.filter(|act| !matches!(act, Act::AnotherKey | Act::SignIn));
            doors.extend(fixes.cloned().map(Door::Fix));
        }
        match &self.mode {
            Mode::Pasting(paste) => {
                doors.extend((0..paste.rivals().len()).map(Door::PickPasted));
                let opens_keys = Door::Fix(Act::Open(WebPage::Keys));
                if !doors.contains(&opens_keys) {
                    doors.push(Door::OpenKeys);
                }
                doors.push(Door::SignIn);
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
            Mode::Doors if facts.key.is_some() && !self.wants_other => {
                doors.insert(0, Door::Another);
                doors.insert(0, Door::Continue);
            }
            Mode::Doors => {
                let found = shared.around.iter().flat_map(|around| &around.keys);
                let usable = found
                    .enumerate()
                    .filter(|(_, key)| !self.refused.contains(&key.secret));
                doors.extend(usable.map(|(at, _)| Door::Use(at)));
                doors.push(Door::SignIn);
                if !facts.is_remote {
                    doors.push(Door::SignInElsewhere);
                }
                doors.push(Door::Paste);
            }
        }
        if self.trouble.is_some() {
            doors.push(Door::Raw);
        }
        doors
    }

    fn open_door(&mut self, door: Door, shared: &mut Shared, facts: &Facts) -> Answer {
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
                let (secret, origin) = (key.secret.clone(), Origin::Found(key.place.clone()));
                self.check(secret, origin, &mut shared.tickets, facts)
            }
            Door::SignIn => {
                let cancel = self.leave_mode();
                let mut answer = self.sign_in(Self::default_way(facts), shared, facts);
                answer.step = cancel.then(answer.step);
                answer
            }
            Door::SignInElsewhere => {
                let cancel = self.leave_mode();
                let mut answer = self.sign_in(SignInWay::ShownCode, shared, facts);
                answer.step = cancel.then(answer.step);
                answer
            }
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
            Door::OpenKeys => page_parts::open(WebPage::Keys, facts).into(),
            Door::OpenAgain(url) => Step::effect(Effect::OpenPage(WebPage::Url(url))).into(),
            Door::ShowQr(url) => Step::intent(Intent::ShowQr(WebPage::Url(url))).into(),
            Door::Fix(Act::Open(web)) => page_parts::open(web, facts).into(),
            Door::Fix(_) => Answer::idle(),
            Door::Raw => match &self.trouble {
                Some(trouble) => Step::intent(Intent::ShowTrouble(trouble.clone())).into(),
                None => Answer::idle(),
            },
            Door::Stop => self.back(shared, facts).unwrap_or_else(Answer::idle),
        }
    }

    /// Leaves pasting or signing in; a sign-in that waits is told to stop.
    fn leave_mode(&mut self) -> Step {
        match std::mem::take(&mut self.mode) {
            Mode::SigningIn(sign_in) => Step::effect(Effect::Cancel(sign_in.ticket())),
            Mode::Doors | Mode::Pasting(_) => Step::changed(),
        }
    }

    fn judged(
        &mut self,
        checked: Checking,
        verdict: &Result<Option<KeyFacts>, Box<Diagnosis>>,
        shared: &mut Shared,
    ) -> Answer {
        let trouble = match verdict {
            Ok(Some(known)) if known.is_management_key => {
                Box::new(diagnosis::explain(&Symptom::ManagementKey))
            }
            Ok(known) => {
                self.mode = Mode::Doors;
                self.wants_other = false;
                self.trouble = None;
                shared.tested = None;
                let key = KeyInUse {
                    secret: checked.secret,
                    origin: checked.origin,
                    facts: known.clone(),
                };
                let adopt = Intent::Adopt(AppFact::Key(Box::new(key)));
                return Answer::from(Step::intent(adopt)).and_go(Go::Turn);
            }
            Err(diagnosis) => diagnosis.clone(),
        };
        if trouble.kind == crate::domain::diagnosis::TroubleKind::Auth {
            self.refused.push(checked.secret);
        }
        self.trouble = Some(trouble);
        Answer::go(Go::Turn)
    }

    fn door_words(
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
            Door::Paste => (
                words::PASTE.say(lang).into(),
                words::PASTE_NOTE.say(lang).into(),
            ),
            Door::PickPasted(at) => (words::PICK.fill(lang, &[&(at + 1)]), String::new()),
            Door::OpenKeys => (words::OPEN_KEYS.say(lang).into(), WebPage::Keys.url()),
            Door::Fix(act) => {
                let fix = trouble.and_then(|it| it.fixes.iter().find(|fix| fix.act == *act));
                let note = match act {
                    Act::Open(web) => web.url(),
                    _ => String::new(),
                };
                (fix.map(|fix| fix.words.say(lang)).unwrap_or_default(), note)
            }
            Door::Raw => (
                words::RAW.say(lang).into(),
                words::RAW_NOTE.say(lang).into(),
            ),
            Door::ShowQr(_) => (words::QR.say(lang).into(), String::new()),
            Door::OpenAgain(_) => (words::OPEN_AGAIN.say(lang).into(), String::new()),
            Door::Stop => (words::STOP.say(lang).into(), "Esc".into()),
        }
    }
}

/// Why a key is not sent at all: another vendor's key never goes to OpenRouter, and a placeholder is
/// no key. Where a server of another kind is set, only it knows what its keys look like.
fn unfit(secret: &Secret, facts: &Facts) -> Option<Symptom> {
    let is_openrouter = facts.is_sandbox || facts.base_url.contains("openrouter.ai");
    match Shape::of(secret) {
        Shape::Vendor(vendor) if is_openrouter => Some(Symptom::WrongVendor { vendor }),
        Shape::Placeholder => Some(Symptom::PlaceholderKey),
        _ => None,
    }
}

impl WizardStep for Key {
    fn page<'a>(&'a self, shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Key, lang);
        if let Some(checking) = &self.checking {
            page_parts::working(
                &mut page,
                words::CHECKING.fill(lang, &[&checking.secret.mask()]),
            );
            page.gap();
        } else {
            if let Some(trouble) = &self.trouble {
                page_parts::trouble(&mut page, trouble, lang);
            }
            match &self.mode {
                Mode::Pasting(paste) => paste.write(&mut page, facts),
                Mode::SigningIn(sign_in) => sign_in.write(&mut page, facts),
                Mode::Doors => self.write_doors(&mut page, shared, facts),
            }
            page.gap();
        }
        for door in self.doors(shared, facts) {
            let (label, note) = Self::door_words(&door, shared, facts, self.trouble.as_deref());
            page.choice(label, note);
        }
        page
    }

    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer {
        match self.doors(shared, facts).get(choice).cloned() {
            Some(door) => self.open_door(door, shared, facts),
            None => Answer::idle(),
        }
    }

    fn enter(&mut self, _shared: &mut Shared, _facts: &Facts) -> Answer {
        self.wants_other = false;
        Answer::stay()
    }

    fn receive(&mut self, reply: &Reply, shared: &mut Shared, facts: &Facts) -> Answer {
        if let Reply::KeyChecked {
            ticket, verdict, ..
        } = reply
        {
            return match self.checking.take_if(|checking| checking.ticket == *ticket) {
                Some(checked) => self.judged(checked, verdict, shared),
                None => Answer::idle(),
            };
        }
        let Mode::SigningIn(sign_in) = &mut self.mode else {
            return Answer::idle();
        };
        match reply {
            Reply::SignInReady {
                ticket,
                url,
                listens,
            } if sign_in.ticket() == *ticket => {
                sign_in.ready(url.clone(), *listens);
                // Where a browser stands beside the terminal it opens by itself.
                if *listens {
                    Step::effect(Effect::OpenPage(WebPage::Url(url.clone()))).into()
                } else {
                    Answer::go(Go::Turn)
                }
            }
            Reply::SignedIn {
                ticket,
                secret,
                kept,
            } if sign_in.ticket() == *ticket => {
                self.mode = Mode::Doors;
                let origin = Origin::SignedIn { kept: kept.clone() };
                self.check(secret.clone(), origin, &mut shared.tickets, facts)
            }
            Reply::SignInFailed {
                ticket,
                diagnosis,
                is_over,
            } if sign_in.ticket() == *ticket => {
                sign_in.failed();
                if *is_over {
                    self.mode = Mode::Doors;
                }
                self.trouble = Some(diagnosis.clone());
                Answer::go(Go::Turn)
            }
            _ => Answer::idle(),
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        if self.checking.is_some() {
            return None;
        }
        match &mut self.mode {
            Mode::Pasting(paste) => paste.field(),
            Mode::SigningIn(sign_in) => Some(sign_in.field()),
            Mode::Doors => None,
        }
    }

    fn has_field(&self) -> bool {
        self.checking.is_none()
            && match &self.mode {
                Mode::Pasting(paste) => paste.has_field(),
                Mode::SigningIn(_) => true,
                Mode::Doors => false,
            }
    }

    fn typed(&mut self, _facts: &Facts) {
        self.trouble = None;
        if let Mode::Pasting(paste) = &mut self.mode {
            paste.typed();
        }
    }

    fn take_paste(&mut self, text: &str, _facts: &Facts) -> bool {
        if self.checking.is_some() {
            return false;
        }
        self.trouble = None;
        match &mut self.mode {
            Mode::Pasting(paste) => paste.take(text),
            Mode::Doors => {
                let mut paste = Paste::default();
                paste.take(text);
                self.mode = Mode::Pasting(paste);
            }
            Mode::SigningIn(_) => return false,
        }
        true
    }

    fn submit(&mut self, shared: &mut Shared, facts: &Facts) -> Answer {
        match &mut self.mode {
            Mode::Pasting(paste) => match paste.key() {
                Some(secret) => self.check(secret, Origin::Pasted, &mut shared.tickets, facts),
                None => Answer::idle(),
            },
            Mode::SigningIn(sign_in) => match sign_in.take_code() {
                Some(code) => {
                    let ticket = sign_in.ticket();
                    self.trouble = None;
                    Step::effect(Effect::SubmitCode { ticket, code }).into()
                }
                None => Answer::idle(),
            },
            Mode::Doors => Answer::idle(),
        }
    }

    fn back(&mut self, _shared: &mut Shared, facts: &Facts) -> Option<Answer> {
        if let Some(checking) = self.checking.take() {
            let cancel = Step::effect(Effect::Cancel(checking.ticket));
            return Some(Answer::from(cancel).and_go(Go::Turn));
        }
        if !matches!(self.mode, Mode::Doors) {
            self.trouble = None;
            return Some(Answer::from(self.leave_mode()).and_go(Go::Turn));
        }
        if self.trouble.take().is_some() || (self.wants_other && facts.key.is_some()) {
            self.wants_other = false;
            return Some(Answer::go(Go::Turn));
        }
        None
    }

    fn mark(&self, shared: &Shared, facts: &Facts) -> Mark {
        if self.checking.is_some() {
            return Mark::Running;
        }
        if facts.key.is_some() {
            return Mark::Done;
        }
        let is_found = shared
            .around
            .as_ref()
            .is_some_and(|around| !around.keys.is_empty());
        if self.trouble.is_some() || is_found {
            Mark::Attention
        } else {
            Mark::Todo
        }
    }
}

impl Key {
    fn write_doors(&self, page: &mut Page<'_>, shared: &Shared, facts: &Facts) {
        let lang = facts.lang;
        if let Some(key) = facts.key.as_ref().filter(|_| !self.wants_other) {
            page.tell(Tone::Good, words::ACCEPTED.say(lang));
            let origin = match &key.origin {
                Origin::Found(place) => page_parts::place(place, &facts.folder, lang),
                Origin::Pasted => words::PASTED.say(lang).into(),
                Origin::SignedIn { kept: Some(kept) } => {
                    words::SIGNED_IN.fill(lang, &[&short_path(kept, &facts.folder)])
                }
                Origin::SignedIn { kept: None } => words::SIGNED_IN_ONLY.say(lang).into(),
            };
            let mut rows = vec![
                fact(words::KEY.say(lang), key.secret.mask()),
                fact(words::FROM.say(lang), origin),
            ];
            match &key.facts {
                Some(known) => rows.extend(page_parts::key_facts(known, lang)),
                None => rows.push(fact(words::KIND.say(lang), words::NOT_OPENROUTER.say(lang))),
            }
            page.facts(rows);
        } else if self.trouble.is_none() {
            page.say(words::QUESTION.say(lang));
        }
        let Some(around) = &shared.around else { return };
        for trouble in &around.troubles {
            page.tell(Tone::Warn, format!("! {}", trouble.say(lang)));
        }
        write_conflict(page, &around.keys, facts);
        if around.keys.is_empty() && !around.openai_keys.is_empty() && facts.key.is_none() {
            page.gap();
            page.tell(Tone::Quiet, words::OPENAI_FOUND.say(lang));
        }
    }
}

/// Two different keys in sight: which one a program would really read.
fn write_conflict(page: &mut Page<'_>, keys: &[Sighting], facts: &Facts) {
    let Some(first) = keys.first() else { return };
    if keys.iter().all(|key| key.secret == first.secret) {
        return;
    }
    let lang = facts.lang;
    page.gap();
    let place = page_parts::place(&first.place, &facts.folder, lang);
    page.tell(Tone::Warn, words::CONFLICT.fill(lang, &[&place]));
    page.facts(
        keys.iter()
            .map(|key| {
                fact(
                    page_parts::place(&key.place, &facts.folder, lang),
                    key.secret.mask(),
                )
            })
            .collect(),
    );
}
