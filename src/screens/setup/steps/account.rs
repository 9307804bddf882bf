//! Step 1: what OpenRouter gives, and where an account is made.

use super::{Answer, Go, Mark, WizardStep};
use crate::domain::page::Page as WebPage;
use crate::flow::{Effect, Facts, Intent, Step};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::text::Phrase;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

const WHAT: Phrase = Phrase::new(
    "OpenRouter is one account and one API for hundreds of models. It speaks OpenAI's API, several \
     providers stand behind most models, and you pay for what you use: no subscription.",
    "OpenRouter 用一个账户、一个 API 接入数百个模型。它兼容 OpenAI 的 API，多数模型背后有多家供应商，用多少付多少，没有订阅。",
);
const PROMISE: Phrase = Phrase::new(
    "Six steps, about a minute. Requests go to {} and nowhere else; no file is written before you \
     have seen the change.",
    "共六步，约一分钟。请求只发往 {}；任何文件都在您看过改动之后才写入。",
);
const SANDBOX_PROMISE: Phrase = Phrase::new(
    "This is the sandbox: a simulated OpenRouter inside this program. No account, no network, no money; \
     everything else is as it will be.",
    "这是沙盒：程序内置的模拟 OpenRouter。不需要账户、不需要网络、不花钱，其余与真实情况一致。",
);
const ELSEWHERE: Phrase = Phrase::new(
    "Requests go to {}, which is not OpenRouter: an account, where it wants one, is made on its own pages. No \
     file is written before you have seen the change.",
    "请求发往 {}，它不是 OpenRouter：如需账户，请在其自己的页面上注册。任何文件都在您看过改动之后才写入。",
);
const BESIDE: Phrase = Phrase::new(
    "{} is a sandbox: a simulated OpenRouter. No account, no money; everything else is as it will be.",
    "{} 是沙盒：模拟的 OpenRouter。不需要账户、不花钱，其余与真实情况一致。",
);
const PROVEN: Phrase = Phrase::new(
    "✓ A key of yours works, so the account is there.",
    "✓ 您的密钥有效，说明账户已经存在。",
);
const SIGN_UP: Phrase = Phrase::new(
    "Sign up with Google, GitHub, MetaMask or an e-mail address (which is verified by mail):",
    "可用 Google、GitHub、MetaMask 或邮箱注册（邮箱需要验证）：",
);
const HAVE_ONE: Phrase = Phrase::new("I have an account", "我已有账户");
const GO_ON: Phrase = Phrase::new("Continue", "继续");
const OPEN: Phrase = Phrase::new("Open the sign-up page", "打开注册页面");
const OPEN_NOTE: Phrase = Phrase::new("in the browser", "在浏览器中");
const QR: Phrase = Phrase::new("Show the link as a QR code", "以二维码显示链接");
const SANDBOX: Phrase = Phrase::new("Try it first in the sandbox", "先在沙盒里试一试");
const SANDBOX_NOTE: Phrase =
    Phrase::new("no account, no network, no money", "无需账户、网络和费用");

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    HaveOne,
    GoOn,
    Open,
    Qr,
    Sandbox,
}

fn doors(facts: &Facts) -> Vec<Door> {
    let mut doors = match (
        facts.key.is_some(),
        page_parts::has_openrouters_pages(facts),
    ) {
        (true, _) => return vec![Door::GoOn],
        (false, true) => vec![Door::HaveOne, Door::Open, Door::Qr],
        (false, false) => vec![Door::GoOn],
    };
    if !facts.is_simulated() {
        doors.push(Door::Sandbox);
    }
    doors
}

/// The step. It has nothing to remember: a key that works proves the account.
#[derive(Debug)]
pub struct Account;

impl WizardStep for Account {
    fn page<'a>(&'a self, _shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Account, lang);
        let host = page_parts::authority(&facts.base_url);
        if page_parts::has_openrouters_pages(facts) {
            page.say(WHAT.say(lang));
            page.gap();
            if facts.is_sandbox {
                page.tell(Tone::Warn, SANDBOX_PROMISE.say(lang));
            } else if facts.is_simulated() {
                page.tell(Tone::Warn, BESIDE.fill(lang, &[&host]));
            } else {
                page.tell(Tone::Quiet, PROMISE.fill(lang, &[&host]));
            }
        } else {
            page.say(ELSEWHERE.fill(lang, &[&host]));
        }
        page.gap();
        if facts.key.is_some() {
            page.tell(Tone::Good, PROVEN.say(lang));
            page.gap();
        } else if page_parts::has_openrouters_pages(facts) {
            page.say(SIGN_UP.say(lang));
            page.push(Block::Link(WebPage::SignUp.url()));
            page.gap();
        }
        for door in doors(facts) {
            let (label, note) = match door {
                Door::HaveOne => (HAVE_ONE, ""),
                Door::GoOn => (GO_ON, ""),
                Door::Open => (OPEN, OPEN_NOTE.say(lang)),
                Door::Qr => (QR, ""),
                Door::Sandbox => (SANDBOX, SANDBOX_NOTE.say(lang)),
            };
            page.choice(label.say(lang), note);
        }
        page
    }

    fn choose(&mut self, choice: usize, _shared: &mut Shared, facts: &Facts) -> Answer {
        match doors(facts).get(choice) {
            Some(Door::HaveOne | Door::GoOn) => Answer::go(Go::Next),
            Some(Door::Open) => page_parts::open(WebPage::SignUp, facts).into(),
            Some(Door::Qr) => Step::intent(Intent::ShowQr(WebPage::SignUp)).into(),
            Some(Door::Sandbox) => Step::effect(Effect::StartSandbox).into(),
            None => Answer::idle(),
        }
    }

    fn mark(&self, _shared: &Shared, facts: &Facts) -> Mark {
        if facts.key.is_some() {
            Mark::Done
        } else {
            Mark::Todo
        }
    }
}
