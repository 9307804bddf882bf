//! Step 3: a key, by what is found here, by the browser, or by pasting; the server has the last word.

mod checking;
mod doors;
mod in_sight;
mod mending;
mod paste;
mod sign_in;
mod words;

use self::checking::{Candidate, Chance, Checking, Refused, unfit};
use self::paste::Paste;
use self::sign_in::SignIn;
use super::{Answer, Go, Mark, WizardStep};
use crate::domain::account::KeyFacts;
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::page::Page as WebPage;
use crate::domain::secret::Secret;
use crate::domain::sighting::Sighting;
use crate::flow::facts::Origin;
use crate::flow::step::{Fact as AppFact, Tickets};
use crate::flow::{Effect, Facts, Intent, Reply, SignInWay, Step, Ticket};
use crate::screens::setup::address::Address;
use crate::screens::setup::countdown::{Countdown, Counted};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::ui::editor::Field;
use crate::ui::page::Page;

/// The step.
#[derive(Debug, Default)]
pub struct Key {
    mode: Mode,
    /// The server is being asked about this key.
    checking: Option<Checking>,
    /// Why the last key was not taken.
    trouble: Option<Box<Diagnosis>>,
    /// The key that no server has judged yet, for another try.
    unjudged: Option<Candidate>,
    /// The server asked to wait before that.
    waiting: Option<Countdown>,
    /// The base URL is being changed.
    address: Option<Address>,
    /// Another address than the one in use that was asked last.
    tried: Option<String>,
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

impl Key {
    /// A key found here that is not even to be sent: another vendor's, or a placeholder. It is told.
    pub(in crate::screens::setup) fn refuses_unsent(
        &mut self,
        secret: &Secret,
        facts: &Facts,
    ) -> bool {
        let Some(trouble) = unfit(secret, facts) else {
            return false;
        };
        self.trouble = Some(trouble);
        self.refused.push(secret.clone());
        true
    }

    /// Asks about a key found here before the person has moved.
    pub(in crate::screens::setup) fn prove(&mut self, sighting: &Sighting, ticket: Ticket) {
        let key = Candidate {
            secret: sighting.secret.clone(),
            origin: Origin::Found(sighting.place.clone()),
        };
        self.checking = Some(Checking::new(ticket, key));
    }

    fn check(&mut self, key: Candidate, tickets: &mut Tickets, facts: &Facts) -> Answer {
        self.unjudged = None;
        self.tried = None;
        self.trouble = unfit(&key.secret, facts);
        if self.trouble.is_some() {
            return Answer::go(Go::Turn);
        }
        let checking = Checking::new(tickets.take(), key);
        let question = checking.question(facts);
        self.checking = Some(checking);
        Answer::from(Step::effect(question)).and_go(Go::Turn)
    }

    /// A server is asked, or will be in a moment.
    fn is_busy(&self) -> bool {
        self.checking.is_some() || self.waiting.is_some()
    }

    fn sign_in(&mut self, way: SignInWay, shared: &mut Shared, facts: &Facts) -> Answer {
        let left = self.leave_mode();
        let ticket = shared.tickets.take();
        self.trouble = None;
        self.mode = Mode::SigningIn(SignIn::new(ticket, way));
        let server = facts.base_url.clone();
        let effect = Effect::SignIn {
            ticket,
            way,
            server,
        };
        Answer::from(left.and_effect(effect)).and_go(Go::Turn)
    }

    /// A browser beside the terminal takes the answer back by itself; elsewhere its page shows a code.
    fn default_way(facts: &Facts) -> SignInWay {
        if facts.is_remote {
            SignInWay::ShownCode
        } else {
            SignInWay::Loopback
        }
    }

    /// Leaves pasting or signing in; a sign-in that waits is told to stop.
    fn leave_mode(&mut self) -> Step {
        match std::mem::take(&mut self.mode) {
            Mode::SigningIn(sign_in) => Step::effect(Effect::Cancel(sign_in.ticket())),
            Mode::Doors | Mode::Pasting(_) => Step::changed(),
        }
    }

    /// Leaves everything that was begun on the page; what is under way is told to stop.
    fn leave_all(&mut self) -> Step {
        self.trouble = None;
        self.address = None;
        let checking = self.checking.take();
        let waiting = self.waiting.take();
        let stopped = checking
            .map(|checking| Effect::Cancel(checking.ticket()))
            .into_iter()
            .chain(waiting.map(|waiting| waiting.cancel()));
        stopped.fold(self.leave_mode(), Step::and_effect)
    }

    fn judged(
        &mut self,
        checked: Checking,
        verdict: &Result<Option<KeyFacts>, Box<Diagnosis>>,
        shared: &mut Shared,
    ) -> Answer {
        match checked.judged(verdict) {
            Ok(key) => {
                self.mode = Mode::Doors;
                self.wants_other = false;
                self.trouble = None;
                shared.tested = None;
                shared.doubted = None;
                let adopt = Intent::Adopt(AppFact::Key(Box::new(key)));
                Answer::from(Step::intent(adopt)).and_go(Go::Turn)
            }
            Err(Refused { trouble, chance }) => {
                match chance {
                    Chance::None(secret) => self.refused.push(secret),
                    Chance::Again(key) => self.unjudged = Some(key),
                }
                self.trouble = Some(trouble);
                Answer::go(Go::Turn)
            }
        }
    }
}

impl WizardStep for Key {
    fn page<'a>(&'a self, shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Key, lang);
        if let Some(checking) = &self.checking {
            checking.write(&mut page, lang);
            page.gap();
        } else if let Some(address) = &self.address {
            address.write(&mut page, lang);
            page.gap();
        } else if let Some(wait) = &self.waiting {
            wait.write(&mut page, lang);
            page.gap();
        } else {
            if let Some(trouble) = &self.trouble {
                page_parts::trouble(&mut page, trouble, lang);
            }
            match &self.mode {
                Mode::Pasting(paste) => paste.write(&mut page, facts),
                Mode::SigningIn(sign_in) => sign_in.write(&mut page, facts),
                Mode::Doors => self.write_in_sight(&mut page, shared, facts),
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

    fn enter(&mut self, shared: &mut Shared, facts: &Facts) -> Answer {
        self.wants_other = false;
        match shared.wanted.take() {
            Some(Act::SignIn) => {
                let left = self.leave_all();
                let mut answer = self.sign_in(Self::default_way(facts), shared, facts);
                answer.step = left.then(answer.step);
                answer
            }
            Some(Act::AnotherKey) => Answer::from(self.leave_all()).and_go(Go::Turn),
            _ => Answer::stay(),
        }
    }

    fn receive(&mut self, reply: &Reply, shared: &mut Shared, facts: &Facts) -> Answer {
        if let Reply::KeyChecked {
            ticket, verdict, ..
        } = reply
        {
            return match self
                .checking
                .take_if(|checking| checking.ticket() == *ticket)
            {
                Some(checked) => self.judged(checked, verdict, shared),
                None => Answer::idle(),
            };
        }
        if let Some(wait) = &mut self.waiting {
            match wait.hear(reply) {
                Counted::NotMine => {}
                Counted::GoesOn => return Answer::stay(),
                Counted::Over => return self.try_again(shared, facts),
            }
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
                let key = Candidate {
                    secret: secret.clone(),
                    origin: Origin::SignedIn { kept: kept.clone() },
                };
                self.check(key, &mut shared.tickets, facts)
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
        if self.is_busy() {
            return None;
        }
        if let Some(address) = &mut self.address {
            return Some(address.field());
        }
        match &mut self.mode {
            Mode::Pasting(paste) => paste.field(),
            Mode::SigningIn(sign_in) => Some(sign_in.field()),
            Mode::Doors => None,
        }
    }

    fn has_field(&self) -> bool {
        if self.address.is_some() {
            return true;
        }
        !self.is_busy()
            && match &self.mode {
                Mode::Pasting(paste) => paste.has_field(),
                Mode::SigningIn(_) => true,
                Mode::Doors => false,
            }
    }

    fn typed(&mut self, _facts: &Facts) {
        if self.address.is_some() {
            return;
        }
        self.trouble = None;
        if let Mode::Pasting(paste) = &mut self.mode {
            paste.typed();
        }
    }

    fn take_paste(&mut self, text: &str, _facts: &Facts) -> bool {
        if self.is_busy() || self.address.is_some() {
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
        if let Some(address) = &self.address {
            return match address.typed() {
                Some(url) => self.use_address(url, shared, facts),
                None => Answer::idle(),
            };
        }
        match &mut self.mode {
            Mode::Pasting(paste) => match paste.key() {
                Some(secret) => {
                    let origin = Origin::Pasted;
                    let key = Candidate { secret, origin };
                    self.check(key, &mut shared.tickets, facts)
                }
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
        if self.address.take().is_some() {
            return Some(Answer::go(Go::Turn));
        }
        let checking = self.checking.take();
        let cancel = checking
            .map(|checking| Effect::Cancel(checking.ticket()))
            .or_else(|| self.waiting.take().map(|wait| wait.cancel()));
        if let Some(cancel) = cancel {
            return Some(Answer::from(Step::effect(cancel)).and_go(Go::Turn));
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
        if self.is_busy() {
            return Mark::Running;
        }
        if shared.accepted_key(facts).is_some() {
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
