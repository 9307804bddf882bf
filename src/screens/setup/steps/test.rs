//! Step 5: one tiny answer proves the whole way; its stages stream in.

use super::{Answer, Go, Mark, WizardStep};
use crate::domain::diagnosis::Act;
use crate::domain::model_card::FREE_ROUTER;
use crate::domain::stage::{Stage, StageStatus};
use crate::flow::step::Fact as AppFact;
use crate::flow::{Effect, Facts, Intent, Reply, Step, Ticket};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::{Shared, Tested};
use crate::screens::setup::step_name::StepName;
use crate::text::Phrase;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

const NO_KEY: Phrase = Phrase::new(
    "There is no key to test yet. Step 3 brings one.",
    "还没有可测试的密钥。请先完成第 3 步。",
);
const TO_KEY: Phrase = Phrase::new("Go to step 3", "前往第 3 步");
const WHAT: Phrase = Phrase::new(
    "The quick test sends one tiny request to {} and reads the answer. It costs well under a cent, or \
     nothing on a free model.",
    "快速测试向 {} 发送一个极小的请求并读取回答，费用远低于 1 美分，免费模型则不收费。",
);
const RUN: Phrase = Phrase::new("Run the quick test", "运行快速测试");
const AGAIN: Phrase = Phrase::new("Run it again", "再测一次");
const GO_ON: Phrase = Phrase::new("Continue", "继续");
const WITHOUT: Phrase = Phrase::new("Continue without testing", "不测试，继续");
const STOP: Phrase = Phrase::new("Stop", "停止");
const TESTING: Phrase = Phrase::new("testing", "正在测试");
const STOPPED: Phrase = Phrase::new(
    "Stopped. What was measured stands above.",
    "已停止。已测得的结果见上。",
);
const WORKS: Phrase = Phrase::new(
    "✓ The setup works: a model answered.",
    "✓ 设置成功：模型已经作答。",
);
const FAILS: Phrase = Phrase::new(
    "The .env file stays as it is; this is what failed:",
    ".env 文件保持不变；失败的原因如下：",
);
const RAW: Phrase = Phrase::new("Show what was seen", "查看原始信息");
const RAW_NOTE: Phrase = Phrase::new("for a report; secrets masked", "用于反馈，密钥已遮蔽");

/// The step.
#[derive(Debug, Default)]
pub struct Test {
    running: Option<Ticket>,
    stages: Vec<Stage>,
    was_stopped: bool,
}

impl Test {
    fn run(&mut self, model: String, shared: &mut Shared, facts: &Facts) -> Answer {
        let Some(key) = &facts.key else {
            return Answer::go(Go::To(StepName::Key));
        };
        let ticket = shared.tickets.take();
        *self = Self {
            running: Some(ticket),
            ..Self::default()
        };
        shared.tested = None;
        let effect = Effect::RunTest {
            ticket,
            secret: key.secret.clone(),
            place: key.origin.place().cloned(),
            model,
            server: facts.base_url.clone(),
        };
        Answer::from(Step::effect(effect)).and_go(Go::Turn)
    }

    fn failed(&self) -> Option<&Stage> {
        self.stages
            .iter()
            .find(|stage| stage.status == StageStatus::Fail)
    }

    fn act(&mut self, act: &Act, shared: &mut Shared, facts: &Facts) -> Answer {
        match act {
            Act::Open(web) => page_parts::open(web.clone(), facts).into(),
            Act::UseModel(model) => self.run_with(model.clone(), shared, facts),
            Act::UseFreeModel => self.run_with(FREE_ROUTER.into(), shared, facts),
            Act::AnotherKey | Act::SignIn => Answer::go(Go::To(StepName::Key)),
            Act::Retry(_)
            | Act::LowerMaxTokens(_)
            | Act::UseBaseUrl(_)
            | Act::Run(_)
            | Act::Advice => Answer::idle(),
        }
    }

    /// Tests with another model, which the person keeps from here on.
    fn run_with(&mut self, model: String, shared: &mut Shared, facts: &Facts) -> Answer {
        let mut answer = self.run(model.clone(), shared, facts);
        answer.step = answer.step.and_intent(Intent::Adopt(AppFact::Model(model)));
        answer
    }
}

impl WizardStep for Test {
    fn page<'a>(&'a self, _shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Test, lang);
        if facts.key.is_none() {
            page.say(NO_KEY.say(lang));
            page.gap();
            page.choice(TO_KEY.say(lang), "");
            return page;
        }
        if self.stages.is_empty() && self.running.is_none() {
            page.say(WHAT.fill(lang, &[&facts.model]));
            page.gap();
            page.choice(RUN.say(lang), "");
            page.choice(WITHOUT.say(lang), "");
            return page;
        }
        for stage in &self.stages {
            page.push(Block::Stage {
                status: stage.status,
                title: stage.id.title().say(lang).into(),
                took: match stage.status {
                    StageStatus::Running | StageStatus::Skip => String::new(),
                    _ => page_parts::took(stage.took),
                },
                detail: stage.detail.say(lang),
            });
        }
        let runs = |stage: &Stage| stage.status == StageStatus::Running;
        if self.running.is_some() && !self.stages.iter().any(runs) {
            page.push(Block::Working(TESTING.say(lang).into()));
        }
        page.gap();
        if self.running.is_some() {
            page.choice(STOP.say(lang), "Esc");
            return page;
        }
        if let Some(diagnosis) = self.failed().and_then(|stage| stage.diagnosis.as_ref()) {
            page.tell(Tone::Quiet, FAILS.say(lang));
            page_parts::trouble(&mut page, diagnosis, lang);
            page_parts::fix_choices(&mut page, diagnosis, lang);
            page.choice(AGAIN.say(lang), "");
            page.choice(RAW.say(lang), RAW_NOTE.say(lang));
            page.choice(GO_ON.say(lang), "");
            return page;
        }
        if self.was_stopped {
            page.say(STOPPED.say(lang));
            page.gap();
            page.choice(AGAIN.say(lang), "");
        } else {
            page.tell(Tone::Good, WORKS.say(lang));
            page.gap();
            page.choice(GO_ON.say(lang), "");
            page.choice(AGAIN.say(lang), "");
            return page;
        }
        page.choice(GO_ON.say(lang), "");
        page
    }

    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer {
        if facts.key.is_none() {
            return Answer::go(Go::To(StepName::Key));
        }
        if self.running.is_some() {
            return self.back(shared, facts).unwrap_or_else(Answer::idle);
        }
        if self.stages.is_empty() {
            return match choice {
                0 => self.run(facts.model.clone(), shared, facts),
                _ => Answer::go(Go::Next),
            };
        }
        if let Some(diagnosis) = self.failed().and_then(|stage| stage.diagnosis.clone()) {
            let acts: Vec<Act> = page_parts::doable(&diagnosis)
                .map(|fix| fix.act.clone())
                .collect();
            if let Some(act) = acts.get(choice) {
                return self.act(act, shared, facts);
            }
            return match choice - acts.len() {
                0 => self.run(facts.model.clone(), shared, facts),
                1 => Step::intent(Intent::ShowTrouble(Box::new(diagnosis))).into(),
                _ => Answer::go(Go::Next),
            };
        }
        let again = usize::from(!self.was_stopped);
        if choice == again {
            self.run(facts.model.clone(), shared, facts)
        } else {
            Answer::go(Go::Next)
        }
    }

    fn receive(&mut self, reply: &Reply, shared: &mut Shared, _facts: &Facts) -> Answer {
        match reply {
            Reply::Staged { ticket, stage } if self.running == Some(*ticket) => {
                match self.stages.iter_mut().find(|known| known.id == stage.id) {
                    Some(known) => *known = (**stage).clone(),
                    None => self.stages.push((**stage).clone()),
                }
                Answer::stay()
            }
            Reply::TestEnded { ticket } if self.running == Some(*ticket) => {
                self.running = None;
                let tested = if self.failed().is_some() {
                    Tested::Fails
                } else {
                    Tested::Works
                };
                shared.tested = Some(tested);
                Answer::go(Go::Turn)
            }
            _ => Answer::idle(),
        }
    }

    fn back(&mut self, _shared: &mut Shared, _facts: &Facts) -> Option<Answer> {
        let ticket = self.running.take()?;
        self.was_stopped = true;
        self.stages
            .retain(|stage| stage.status != StageStatus::Running);
        Some(Answer::from(Step::effect(Effect::Cancel(ticket))).and_go(Go::Turn))
    }

    fn mark(&self, shared: &Shared, _facts: &Facts) -> Mark {
        match shared.tested {
            _ if self.running.is_some() => Mark::Running,
            Some(Tested::Works) => Mark::Done,
            Some(Tested::Fails) => Mark::Attention,
            None => Mark::Todo,
        }
    }
}
