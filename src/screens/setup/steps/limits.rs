//! Step 6: what the key may spend, and where that is set; which alerts are wanted.

mod alerts;
mod own_budget;
mod setting;
mod typing;
mod words;

use self::alerts::{Alerts, Outcome};
use self::own_budget::OwnBudget;
use self::setting::Setting;
use super::{Answer, Go, Mark, WizardStep};
use crate::domain::account::KeyChange;
use crate::domain::page::Page as WebPage;
use crate::flow::effect::LimitPlan;
use crate::flow::facts::Origin;
use crate::flow::step::Fact as AppFact;
use crate::flow::{Effect, Facts, Intent, KeyInUse, Reply, ScreenName, Step, Ticket};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::text::Phrase;
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

const NO_KEY: Phrase = Phrase::new(
    "A limit belongs to a key, and there is none yet. Step 3 brings one.",
    "限额属于某个密钥，目前还没有密钥。请先完成第 3 步。",
);
const TO_KEY: Phrase = Phrase::new("Go to step 3", "前往第 3 步");
const NO_FACTS: Phrase = Phrase::new(
    "This server has no limits to show: it is not OpenRouter. Its own pages set them.",
    "该服务器不是 OpenRouter，没有可显示的限额，请在其自己的页面上设置。",
);
const NO_LIMIT: Phrase = Phrase::new(
    "! This key has no limit: whoever holds it can spend the whole balance.",
    "! 此密钥没有限额：任何拿到它的人都能花光全部余额。",
);
const HAS_LIMIT: Phrase = Phrase::new(
    "✓ A limit is set: a leaked key can cost no more than that.",
    "✓ 已设限额：即使密钥泄露，损失也不会超过它。",
);
const HOW: Phrase = Phrase::new(
    "The limit is set on the key's own page: an amount in dollars, and whether it starts anew each day, week \
     or month. Afterwards \"Check again\" asks the server whether it is really there.",
    "限额在该密钥的页面上设置：金额（美元），以及按天、周还是月重新计算。设好后用“再次查询”向服务器确认。",
);
const ELSEWHERE: Phrase = Phrase::new(
    "This server is not OpenRouter: where its own pages set a limit, \"Check again\" asks whether it is really there.",
    "该服务器不是 OpenRouter：若在其自己的页面上设置了限额，可用“再次查询”向服务器确认。",
);
const SET_HOW: Phrase = Phrase::new(
    "Your management key sets it on this very key: an amount in dollars, and whether it starts anew each day, week \
     or month. Then the key itself is asked whether it is really there. It can be set on the web, too:",
    "用您的管理密钥直接设置在此密钥上：金额（美元），以及按天、周还是月重新计算，随后向服务器确认。也可以在网页上设置：",
);
const MAIL: Phrase = Phrase::new(
    "A mail when the balance runs low is set here:",
    "余额不足的邮件提醒在此设置：",
);
const SET: Phrase = Phrase::new("Set the limit here", "在此设置限额");
const BY_MANAGEMENT: Phrase = Phrase::new("by the management key", "用管理密钥");
const CAP: Phrase = Phrase::new("Cap every key of the account", "限制账户的每个密钥");
const CAP_HOW: Phrase = Phrase::new("screen 5, then a", "屏幕 5，然后按 a");
const OPEN: Phrase = Phrase::new("Open this key's page", "打开此密钥的页面");
const CHECK: Phrase = Phrase::new("Check again", "再次查询");
const CHECKING: Phrase = Phrase::new("asking the server", "正在查询");
const GO_ON: Phrase = Phrase::new("Continue", "继续");

/// What can be chosen where the key's limit is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    GoOn,
    Set,
    Open,
    Check,
    /// To the screen where every key of the account can be capped at once.
    Cap,
    Budget,
    Alerts,
}

/// The choices: what is still to do comes first, and Enter does it.
fn doors(shared: &Shared, facts: &Facts, has_limit: bool) -> Vec<Door> {
    let can_set = shared
        .around
        .as_ref()
        .is_some_and(|around| around.has_management_key);
    let set = can_set.then_some(Door::Set);
    let open = page_parts::has_openrouters_pages(facts).then_some(Door::Open);
    let ways = set.into_iter().chain(open).chain([Door::Check]);
    let cap = can_set.then_some(Door::Cap);
    let others = cap.into_iter().chain([Door::Budget, Door::Alerts]);
    let go_on = [Door::GoOn].into_iter();
    if has_limit {
        go_on.chain(ways).chain(others).collect()
    } else {
        ways.chain(go_on).chain(others).collect()
    }
}

/// The step.
#[derive(Debug, Default)]
pub struct Limits {
    checking: Option<Ticket>,
    trouble: Option<Box<crate::domain::diagnosis::Diagnosis>>,
    /// A limit is being set.
    setting: Option<Setting>,
    /// The page of the budget is open.
    budget: Option<OwnBudget>,
    /// The page of alerts is open.
    alerts: Option<Alerts>,
}

impl Limits {
    fn page_of_key(facts: &Facts) -> Option<WebPage> {
        facts
            .key
            .as_ref()
            .map(|key| WebPage::KeySettings(key.secret.hash()))
    }

    fn pass(&mut self, door: Door, shared: &mut Shared, facts: &Facts) -> Answer {
        match door {
            Door::GoOn => Answer::go(Go::Next),
            Door::Cap => Step::intent(Intent::Go(ScreenName::Keys)).into(),
            Door::Budget => {
                self.budget = Some(OwnBudget::default());
                Answer::go(Go::Turn)
            }
            Door::Alerts => {
                self.alerts = Some(Alerts::default());
                Answer::go(Go::Turn)
            }
            Door::Set => {
                self.trouble = None;
                self.setting = Some(Setting::default());
                Answer::go(Go::Turn)
            }
            Door::Open => match Self::page_of_key(facts) {
                Some(web) => page_parts::open(web, facts).into(),
                None => Answer::idle(),
            },
            Door::Check => self.ask(None, shared, facts),
        }
    }

    /// Asks the server about the key; with a change, after it was made.
    fn ask(&mut self, change: Option<KeyChange>, shared: &mut Shared, facts: &Facts) -> Answer {
        let Some(key) = &facts.key else {
            return Answer::idle();
        };
        let ticket = shared.tickets.take();
        self.checking = Some(ticket);
        self.trouble = None;
        let (secret, server) = (key.secret.clone(), facts.base_url.clone());
        let effect = match change {
            None => Effect::CheckKey {
                ticket,
                secret,
                server,
            },
            Some(change) => Effect::LimitKey {
                ticket,
                plan: Box::new(LimitPlan {
                    secret,
                    server,
                    change,
                }),
            },
        };
        Step::effect(effect).into()
    }

    fn close_alerts(&mut self) -> Answer {
        self.alerts = None;
        Answer::go(Go::Turn)
    }
}

impl WizardStep for Limits {
    fn page<'a>(&'a self, shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Limits, lang);
        if let Some(alerts) = &self.alerts {
            alerts.write(&mut page, facts);
            return page;
        }
        if let Some(budget) = &self.budget {
            budget.write(&mut page, facts);
            return page;
        }
        if let Some(setting) = &self.setting {
            setting.write(&mut page, facts);
            return page;
        }
        let Some(key) = &facts.key else {
            page.say(NO_KEY.say(lang));
            page.gap();
            page.choice(TO_KEY.say(lang), "");
            return page;
        };
        let Some(known) = &key.facts else {
            page.say(NO_FACTS.say(lang));
            page.gap();
            page.choice(GO_ON.say(lang), "");
            return page;
        };
        page.facts(page_parts::key_facts(known, lang));
        page.gap();
        match known.limit {
            Some(_) => page.tell(Tone::Good, HAS_LIMIT.say(lang)),
            None => page.tell(Tone::Warn, NO_LIMIT.say(lang)),
        }
        if let Some(diagnosis) = &self.trouble {
            page_parts::trouble(&mut page, diagnosis, lang);
        }
        page.gap();
        let doors = doors(shared, facts, known.limit.is_some());
        let how = if doors.contains(&Door::Set) {
            SET_HOW
        } else {
            HOW
        };
        if self.checking.is_some() {
            page_parts::working(&mut page, CHECKING.say(lang));
        } else {
            for door in doors {
                let (label, note) = match door {
                    Door::GoOn => (GO_ON, String::new()),
                    Door::Set => (SET, BY_MANAGEMENT.say(lang).to_owned()),
                    Door::Open => (OPEN, "openrouter.ai".to_owned()),
                    Door::Check => (CHECK, String::new()),
                    Door::Cap => (CAP, CAP_HOW.say(lang).to_owned()),
                    Door::Budget => (words::BUDGET, own_budget::summary(facts.budget, lang)),
                    Door::Alerts => (words::ALERTS, alerts::summary(&facts.alerts, lang)),
                };
                page.choice(label.say(lang), note);
            }
        }
        page.gap();
        if !page_parts::has_openrouters_pages(facts) {
            page.tell(Tone::Quiet, ELSEWHERE.say(lang));
            return page;
        }
        page.tell(Tone::Quiet, how.say(lang));
        if let Some(web) = Self::page_of_key(facts) {
            page.push(Block::Link(web.url()));
        }
        page.gap();
        page.tell(Tone::Quiet, MAIL.say(lang));
        page.push(Block::Link(WebPage::Notifications.url()));
        page
    }

    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer {
        if let Some(alerts) = &mut self.alerts {
            return match alerts.choose(choice, facts) {
                Outcome::Stays(answer) => answer,
                Outcome::Closed => self.close_alerts(),
            };
        }
        if let Some(budget) = &mut self.budget {
            return budget.choose(choice).unwrap_or_else(|| {
                self.budget = None;
                Answer::go(Go::Turn)
            });
        }
        let Some(key) = &facts.key else {
            return Answer::go(Go::To(StepName::Key));
        };
        let Some(known) = &key.facts else {
            return Answer::go(Go::Next);
        };
        if let Some(setting) = &self.setting {
            let Some(change) = setting.choose(choice) else {
                return Answer::idle();
            };
            self.setting = None;
            return self.ask(Some(change), shared, facts).and_go(Go::Turn);
        }
        match doors(shared, facts, known.limit.is_some()).get(choice) {
            Some(door) => self.pass(*door, shared, facts),
            None => Answer::idle(),
        }
    }

    fn receive(&mut self, reply: &Reply, _shared: &mut Shared, facts: &Facts) -> Answer {
        let Reply::KeyChecked {
            ticket, verdict, ..
        } = reply
        else {
            return Answer::idle();
        };
        if self.checking != Some(*ticket) {
            return Answer::idle();
        }
        self.checking = None;
        let Some(key) = &facts.key else {
            return Answer::stay();
        };
        match verdict {
            Ok(known) => {
                let origin: Origin = key.origin.clone();
                let key = KeyInUse {
                    secret: key.secret.clone(),
                    origin,
                    facts: known.clone(),
                };
                Answer::from(Step::intent(Intent::Adopt(AppFact::Key(Box::new(key)))))
                    .and_go(Go::Turn)
            }
            Err(diagnosis) => {
                self.trouble = Some(diagnosis.clone());
                Answer::stay()
            }
        }
    }

    fn enter(&mut self, _shared: &mut Shared, _facts: &Facts) -> Answer {
        self.alerts = None;
        self.budget = None;
        self.setting = None;
        Answer::stay()
    }

    fn field(&mut self) -> Option<&mut Field> {
        if let Some(setting) = &mut self.setting {
            return setting.field();
        }
        let of_budget = self.budget.as_mut().and_then(OwnBudget::field);
        of_budget.or_else(|| self.alerts.as_mut().and_then(Alerts::field))
    }

    fn has_field(&self) -> bool {
        let in_alerts = self.alerts.as_ref().is_some_and(Alerts::has_field);
        let in_budget = self.budget.as_ref().is_some_and(OwnBudget::has_field);
        in_alerts || in_budget || self.setting.as_ref().is_some_and(Setting::has_field)
    }

    fn typed(&mut self, _facts: &Facts) {
        if let Some(setting) = &mut self.setting {
            setting.typed();
        }
        if let Some(budget) = &mut self.budget {
            budget.typed();
        }
        if let Some(alerts) = &mut self.alerts {
            alerts.typed();
        }
    }

    fn take_paste(&mut self, text: &str, _facts: &Facts) -> bool {
        if let Some(setting) = &mut self.setting {
            return setting.take_paste(text);
        }
        if let Some(budget) = &mut self.budget {
            return budget.take_paste(text);
        }
        let alerts = self.alerts.as_mut();
        alerts.is_some_and(|alerts| alerts.take_paste(text))
    }

    fn submit(&mut self, _shared: &mut Shared, facts: &Facts) -> Answer {
        match (&mut self.setting, &mut self.budget, &mut self.alerts) {
            (Some(setting), ..) => setting.submit(),
            (None, Some(budget), _) => budget.submit(facts),
            (None, None, Some(alerts)) => alerts.submit(facts),
            (None, None, None) => Answer::idle(),
        }
    }

    fn back(&mut self, _shared: &mut Shared, _facts: &Facts) -> Option<Answer> {
        if let Some(setting) = &mut self.setting {
            if !setting.back() {
                self.setting = None;
            }
            return Some(Answer::go(Go::Turn));
        }
        if let Some(budget) = &mut self.budget {
            let back = budget.back();
            return Some(back.unwrap_or_else(|| {
                self.budget = None;
                Answer::go(Go::Turn)
            }));
        }
        let alerts = self.alerts.as_mut()?;
        Some(alerts.back().unwrap_or_else(|| self.close_alerts()))
    }

    fn mark(&self, _shared: &Shared, facts: &Facts) -> Mark {
        match facts.key.as_ref().and_then(|key| key.facts.as_ref()) {
            _ if self.checking.is_some() => Mark::Running,
            Some(known) if known.limit.is_some() => Mark::Done,
            Some(_) => Mark::Attention,
            None => Mark::Todo,
        }
    }
}
