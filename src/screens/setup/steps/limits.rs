//! Step 6: what the key may spend, and where that is set; which alerts are wanted.

mod alerts;
mod words;

use self::alerts::{Alerts, Outcome};
use super::{Answer, Go, Mark, WizardStep};
use crate::domain::page::Page as WebPage;
use crate::flow::facts::Origin;
use crate::flow::step::Fact as AppFact;
use crate::flow::{Effect, Facts, Intent, KeyInUse, Reply, Step, Ticket};
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
const MAIL: Phrase = Phrase::new(
    "A mail when the balance runs low is set here:",
    "余额不足的邮件提醒在此设置：",
);
const OPEN: Phrase = Phrase::new("Open this key's page", "打开此密钥的页面");
const CHECK: Phrase = Phrase::new("Check again", "再次查询");
const CHECKING: Phrase = Phrase::new("asking the server", "正在查询");
const GO_ON: Phrase = Phrase::new("Continue", "继续");

/// The last choice of the page, limit or not.
const ALERTS_DOOR: usize = 3;

/// The step.
#[derive(Debug, Default)]
pub struct Limits {
    checking: Option<Ticket>,
    trouble: Option<Box<crate::domain::diagnosis::Diagnosis>>,
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

    fn close_alerts(&mut self) -> Answer {
        self.alerts = None;
        Answer::go(Go::Turn)
    }
}

impl WizardStep for Limits {
    fn page<'a>(&'a self, _shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Limits, lang);
        if let Some(alerts) = &self.alerts {
            alerts.write(&mut page, facts);
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
        if self.checking.is_some() {
            page_parts::working(&mut page, CHECKING.say(lang));
        } else {
            // What is still to do comes first; Enter does it.
            if known.limit.is_some() {
                page.choice(GO_ON.say(lang), "");
            }
            page.choice(OPEN.say(lang), "openrouter.ai");
            page.choice(CHECK.say(lang), "");
            if known.limit.is_none() {
                page.choice(GO_ON.say(lang), "");
            }
            page.choice(
                words::ALERTS.say(lang),
                alerts::summary(&facts.alerts, lang),
            );
        }
        page.gap();
        page.tell(Tone::Quiet, HOW.say(lang));
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
        let Some(key) = &facts.key else {
            return Answer::go(Go::To(StepName::Key));
        };
        let Some(known) = &key.facts else {
            return Answer::go(Go::Next);
        };
        let choice = match (known.limit.is_some(), choice) {
            (true, 0) | (false, 2) => return Answer::go(Go::Next),
            (_, ALERTS_DOOR) => {
                self.alerts = Some(Alerts::default());
                return Answer::go(Go::Turn);
            }
            (true, other) => other - 1,
            (false, other) => other,
        };
        if choice == 0 {
            return match Self::page_of_key(facts) {
                Some(web) => page_parts::open(web, facts).into(),
                None => Answer::idle(),
            };
        }
        let ticket = shared.tickets.take();
        self.checking = Some(ticket);
        self.trouble = None;
        Step::effect(Effect::CheckKey {
            ticket,
            secret: key.secret.clone(),
            server: facts.base_url.clone(),
        })
        .into()
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
        Answer::stay()
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.alerts.as_mut().and_then(Alerts::field)
    }

    fn has_field(&self) -> bool {
        self.alerts.as_ref().is_some_and(Alerts::has_field)
    }

    fn typed(&mut self, _facts: &Facts) {
        if let Some(alerts) = &mut self.alerts {
            alerts.typed();
        }
    }

    fn take_paste(&mut self, text: &str, _facts: &Facts) -> bool {
        let alerts = self.alerts.as_mut();
        alerts.is_some_and(|alerts| alerts.take_paste(text))
    }

    fn submit(&mut self, _shared: &mut Shared, facts: &Facts) -> Answer {
        match &mut self.alerts {
            Some(alerts) => alerts.submit(facts),
            None => Answer::idle(),
        }
    }

    fn back(&mut self, _shared: &mut Shared, _facts: &Facts) -> Option<Answer> {
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
