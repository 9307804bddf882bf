//! Step 5: the API test. The quick one asks for one tiny answer, the full one takes the way apart; their
//! stages stream in, and what the program can mend is a choice away.

mod doors;
mod view;
mod words;

use self::doors::Door;
use super::{Answer, Go, Mark, WizardStep};
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::model_card::FREE_ROUTER;
use crate::domain::stage::{Stage, StageStatus};
use crate::flow::effect::TestPlan;
use crate::flow::step::Fact as AppFact;
use crate::flow::{Effect, Facts, Intent, Reply, Step, Ticket};
use crate::screens::setup::address::Address;
use crate::screens::setup::countdown::{Countdown, Counted};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::{Shared, Tested};
use crate::screens::setup::step_name::StepName;
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};

/// The step.
#[derive(Debug, Default)]
pub struct Test {
    mode: Mode,
    stages: Vec<Stage>,
    /// How the last test was run; the next one of its kind is run the same way.
    way: Way,
    /// The address was changed here: it is in no file yet.
    has_new_address: bool,
}

#[derive(Debug, Default)]
enum Mode {
    /// Nothing was tested yet.
    #[default]
    Idle,
    Running(Ticket),
    /// A wait that the server asked for.
    Waiting(Countdown),
    /// The base URL is being changed.
    Addressing(Box<Address>),
    Stopped,
    Ended,
}

/// How a test is run.
#[derive(Clone, Debug, Default)]
struct Way {
    is_full: bool,
    /// Another address than the one in use, which is taken over once it has worked.
    address: Option<String>,
    /// The longest answer that can be afforded, in tokens, where the server said so.
    max_tokens: Option<u32>,
}

impl Test {
    fn run(&mut self, way: Way, shared: &mut Shared, facts: &Facts) -> Answer {
        let key = facts.key.as_ref();
        let ticket = shared.tickets.take();
        let plan = TestPlan {
            is_full: way.is_full,
            secret: key.map(|key| key.secret.clone()),
            place: key.and_then(|key| key.origin.place().cloned()),
            model: facts.model.clone(),
            max_tokens: way.max_tokens,
            listed: facts.models.clone().filter(|_| way.address.is_none()),
            server: way
                .address
                .clone()
                .unwrap_or_else(|| facts.base_url.clone()),
        };
        self.begin(ticket, way, plan, shared)
    }

    fn begin(&mut self, ticket: Ticket, way: Way, plan: TestPlan, shared: &mut Shared) -> Answer {
        self.mode = Mode::Running(ticket);
        self.stages.clear();
        self.way = way;
        shared.tested = None;
        Answer::from(Step::effect(Effect::RunTest { ticket, plan })).and_go(Go::Turn)
    }

    /// Tests with something changed, which the app keeps from here on.
    fn run_with(
        &mut self,
        fact: AppFact,
        change: impl FnOnce(&mut TestPlan),
        shared: &mut Shared,
        facts: &Facts,
    ) -> Answer {
        let mut answer = self.run(self.way.clone(), shared, facts);
        for effect in &mut answer.step.effects {
            if let Effect::RunTest { plan, .. } = effect {
                change(plan);
                return Answer {
                    step: answer.step.and_intent(Intent::Adopt(fact)),
                    ..answer
                };
            }
        }
        answer
    }

    /// Lets the person change the address that requests go to. What is under way stops.
    pub(in crate::screens::setup) fn edit_address(&mut self, facts: &Facts) -> Step {
        let current = self.way.address.as_ref().unwrap_or(&facts.base_url);
        let next = Mode::Addressing(Box::new(Address::from(current)));
        let before = std::mem::replace(&mut self.mode, next);
        if !matches!(before, Mode::Ended | Mode::Waiting(_)) {
            // Half a test tells nothing.
            self.stages.clear();
        }
        match before {
            Mode::Running(ticket) => Step::effect(Effect::Cancel(ticket)),
            Mode::Waiting(wait) => Step::effect(wait.cancel()),
            _ => Step::changed(),
        }
    }

    fn act(&mut self, act: Act, shared: &mut Shared, facts: &Facts) -> Answer {
        match act {
            Act::Open(web) => page_parts::open(web, facts).into(),
            Act::UseModel(model) => self.use_model(model, shared, facts),
            Act::UseFreeModel => self.use_model(FREE_ROUTER.into(), shared, facts),
            Act::UseBaseUrl(url) => self.use_address(url, shared, facts),
            Act::EditBaseUrl => Answer::from(self.edit_address(facts)).and_go(Go::Turn),
            Act::LowerMaxTokens(tokens) => {
                let way = Way {
                    max_tokens: Some(tokens),
                    ..self.way.clone()
                };
                self.run(way, shared, facts)
            }
            Act::Retry(wait) if wait.is_zero() => self.run(self.way.clone(), shared, facts),
            Act::Retry(wait) => {
                let since = self.trouble().and_then(|trouble| trouble.judged_at);
                let (wait, effect) = Countdown::begin(wait, since, &mut shared.tickets);
                self.mode = Mode::Waiting(wait);
                Answer::from(Step::effect(effect)).and_go(Go::Turn)
            }
            Act::AnotherKey | Act::SignIn => {
                shared.want(act, facts);
                Answer::go(Go::To(StepName::Key))
            }
            Act::OtherFile => {
                shared.want(act, facts);
                Answer::go(Go::To(StepName::Env))
            }
            Act::Run(_) | Act::Advice => Answer::idle(),
        }
    }

    fn use_address(&mut self, url: String, shared: &mut Shared, facts: &Facts) -> Answer {
        let way = Way {
            address: Some(url),
            ..self.way.clone()
        };
        self.run(way, shared, facts)
    }

    fn use_model(&mut self, model: String, shared: &mut Shared, facts: &Facts) -> Answer {
        let asked = model.clone();
        let change = |plan: &mut TestPlan| plan.model = asked;
        self.run_with(AppFact::Model(model), change, shared, facts)
    }

    /// What the ended test found wrong, the first in the order of the stages.
    fn trouble(&self) -> Option<&Diagnosis> {
        let failed = self
            .stages
            .iter()
            .find(|stage| stage.status == StageStatus::Fail);
        failed.and_then(|stage| stage.diagnosis.as_ref())
    }

    /// What works and deserves a word, where it can be mended.
    fn remarks(&self) -> impl Iterator<Item = &Diagnosis> {
        self.stages
            .iter()
            .filter(|stage| stage.status == StageStatus::Warn)
            .filter_map(|stage| stage.diagnosis.as_ref())
    }
}

/// A key, or a server that may want none.
fn has_anything_to_test(facts: &Facts) -> bool {
    let own_server = !facts.is_simulated() && page_parts::may_want_no_key(&facts.base_url);
    facts.key.is_some() || own_server
}

impl WizardStep for Test {
    fn page<'a>(&'a self, _shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Test, lang);
        if let Mode::Addressing(address) = &self.mode {
            address.write(&mut page, lang);
        } else if matches!(self.mode, Mode::Idle) && !has_anything_to_test(facts) {
            page.say(words::NO_KEY.say(lang));
        } else if matches!(self.mode, Mode::Idle) {
            page.say(words::WHAT.fill(lang, &[&facts.model]));
        } else {
            self.write_stages(&mut page, lang);
            let runs = |stage: &Stage| stage.status == StageStatus::Running;
            if matches!(self.mode, Mode::Running(_)) && !self.stages.iter().any(runs) {
                page.push(Block::Working(words::TESTING.say(lang).into()));
            }
            page.gap();
            self.write_end(&mut page, lang);
            if matches!(self.mode, Mode::Ended) && self.has_new_address && facts.key.is_none() {
                page.say(words::ADDRESS_HERE.fill(lang, &[&facts.base_url]));
            }
        }
        page.gap();
        for door in self.doors(facts) {
            let (label, note) = self.words_of(&door, lang);
            page.choice(label, note);
        }
        page
    }

    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer {
        let Some(door) = self.doors(facts).into_iter().nth(choice) else {
            return Answer::idle();
        };
        let quick = Way::default();
        match door {
            Door::ToKey => Answer::go(Go::To(StepName::Key)),
            Door::Quick => self.run(quick, shared, facts),
            Door::Full => {
                let way = Way {
                    is_full: true,
                    ..quick
                };
                self.run(way, shared, facts)
            }
            Door::Again | Door::Now => {
                let cancelled = match &self.mode {
                    Mode::Waiting(wait) => Step::effect(wait.cancel()),
                    _ => Step::idle(),
                };
                let mut answer = self.run(self.way.clone(), shared, facts);
                answer.step = cancelled.then(answer.step);
                answer
            }
            Door::Stop => self.back(shared, facts).unwrap_or_else(Answer::idle),
            Door::Fix(act) => self.act(act, shared, facts),
            Door::Address => Answer::go(Go::To(StepName::Env)),
            Door::Raw => match self.trouble() {
                Some(diagnosis) => {
                    Step::intent(Intent::ShowTrouble(Box::new(diagnosis.clone()))).into()
                }
                None => Answer::idle(),
            },
            Door::Continue | Door::Without => Answer::go(Go::Next),
        }
    }

    fn receive(&mut self, reply: &Reply, shared: &mut Shared, facts: &Facts) -> Answer {
        match (reply, &mut self.mode) {
            (Reply::Staged { ticket, stage }, Mode::Running(waiting)) if ticket == waiting => {
                // Those that run side by side come in any order.
                match self
                    .stages
                    .binary_search_by_key(&stage.id, |known| known.id)
                {
                    Ok(at) => self.stages[at] = (**stage).clone(),
                    Err(at) => self.stages.insert(at, (**stage).clone()),
                }
                Answer::stay()
            }
            (Reply::TestEnded { ticket }, Mode::Running(waiting)) if ticket == waiting => {
                self.mode = Mode::Ended;
                if self.trouble().is_some() {
                    shared.tested = Some(Tested::Fails);
                    return Answer::go(Go::Turn);
                }
                shared.tested = Some(Tested::Works);
                let is_another = |url: &String| {
                    url.trim_end_matches('/') != facts.base_url.trim_end_matches('/')
                };
                match self.way.address.take().filter(is_another) {
                    Some(url) => {
                        self.has_new_address = true;
                        let adopt = Intent::Adopt(AppFact::BaseUrl(url));
                        Answer::from(Step::intent(adopt)).and_go(Go::Turn)
                    }
                    None => Answer::go(Go::Turn),
                }
            }
            (Reply::EnvWritten { saved: Ok(_), .. }, _) => {
                self.has_new_address = false;
                Answer::idle()
            }
            (_, Mode::Waiting(wait)) => match wait.hear(reply) {
                Counted::NotMine => Answer::idle(),
                Counted::GoesOn => Answer::stay(),
                Counted::Over => self.run(self.way.clone(), shared, facts),
            },
            _ => Answer::idle(),
        }
    }

    fn back(&mut self, _shared: &mut Shared, _facts: &Facts) -> Option<Answer> {
        let (cancel, left) = match &self.mode {
            Mode::Running(ticket) => (Effect::Cancel(*ticket), Mode::Stopped),
            Mode::Waiting(wait) => (wait.cancel(), Mode::Ended),
            Mode::Addressing(_) => {
                self.mode = if self.stages.is_empty() {
                    Mode::Idle
                } else {
                    Mode::Ended
                };
                return Some(Answer::go(Go::Turn));
            }
            _ => return None,
        };
        self.mode = left;
        self.stages
            .retain(|stage| stage.status != StageStatus::Running);
        Some(Answer::from(Step::effect(cancel)).and_go(Go::Turn))
    }

    fn field(&mut self) -> Option<&mut Field> {
        match &mut self.mode {
            Mode::Addressing(address) => Some(address.field()),
            _ => None,
        }
    }

    fn has_field(&self) -> bool {
        matches!(self.mode, Mode::Addressing(_))
    }

    fn submit(&mut self, shared: &mut Shared, facts: &Facts) -> Answer {
        let typed = match &self.mode {
            Mode::Addressing(address) => address.typed(),
            _ => None,
        };
        match typed {
            Some(url) => self.use_address(url, shared, facts),
            None => Answer::idle(),
        }
    }

    fn mark(&self, shared: &Shared, _facts: &Facts) -> Mark {
        match shared.tested {
            _ if matches!(self.mode, Mode::Running(_) | Mode::Waiting(_)) => Mark::Running,
            Some(Tested::Works) => Mark::Done,
            Some(Tested::Fails) => Mark::Attention,
            None => Mark::Todo,
        }
    }
}
