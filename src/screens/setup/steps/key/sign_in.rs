//! The browser sign-in: a page to open, and a field for the code where a page shows one.

use crate::domain::secret::Secret;
use crate::flow::{Facts, SignInWay, Ticket};
use crate::text::Phrase;
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

const STARTING: Phrase = Phrase::new("preparing the sign-in", "正在准备登录");
const WAITING: Phrase = Phrase::new(
    "The browser shows OpenRouter's own page. Agree there, and this goes on by itself.",
    "浏览器会打开 OpenRouter 自己的页面。在那里同意后，这里会自动继续。",
);
const WAITING_ELSEWHERE: Phrase = Phrase::new(
    "Open this page in any browser and agree there. It shows a code; paste it here.",
    "在任意浏览器中打开此页面并同意，页面会显示一个验证码，请粘贴到这里。",
);
const CODE: Phrase = Phrase::new("The code from the page", "页面上的验证码");
const CODE_OR: Phrase = Phrase::new(
    "Or, where the page shows a code, paste it here",
    "如果页面显示验证码，也可以粘贴到这里",
);
const EXCHANGING: Phrase = Phrase::new("exchanging the code for a key", "正在用验证码换取密钥");
const LIFE: Phrase = Phrase::new(
    "The sign-in is good for ten minutes and one use. Esc stops it.",
    "本次登录十分钟内有效，仅可使用一次。按 Esc 停止。",
);

/// A sign-in under way.
#[derive(Debug)]
pub(super) struct SignIn {
    ticket: Ticket,
    way: SignInWay,
    page: Option<(String, bool)>,
    code: Field,
    is_exchanging: bool,
}

impl SignIn {
    pub(super) fn new(ticket: Ticket, way: SignInWay) -> Self {
        Self {
            ticket,
            way,
            page: None,
            code: Field::masked(),
            is_exchanging: false,
        }
    }

    pub(super) fn ticket(&self) -> Ticket {
        self.ticket
    }

    pub(super) fn ready(&mut self, url: String, listens: bool) {
        self.page = Some((url, listens));
    }

    pub(super) fn failed(&mut self) {
        self.is_exchanging = false;
        self.code.clear();
    }

    pub(super) fn url(&self) -> Option<&str> {
        self.page.as_ref().map(|(url, _)| url.as_str())
    }

    pub(super) fn listens(&self) -> bool {
        self.page.as_ref().is_some_and(|(_, listens)| *listens)
    }

    pub(super) fn field(&mut self) -> &mut Field {
        &mut self.code
    }

    /// The code, once there is one, on its way to the exchange.
    pub(super) fn take_code(&mut self) -> Option<Secret> {
        let code = self.code.text().trim().to_owned();
        if code.is_empty() || self.is_exchanging {
            return None;
        }
        self.is_exchanging = true;
        Some(Secret::new(code))
    }

    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, facts: &Facts) {
        let lang = facts.lang;
        let Some((url, listens)) = &self.page else {
            page.push(Block::Working(STARTING.say(lang).into()));
            return;
        };
        page.say(if *listens { WAITING } else { WAITING_ELSEWHERE }.say(lang));
        page.gap();
        page.push(Block::Link(url.clone()));
        page.gap();
        if self.is_exchanging {
            page.push(Block::Working(EXCHANGING.say(lang).into()));
        } else {
            let label = if self.way == SignInWay::Loopback {
                CODE_OR
            } else {
                CODE
            };
            page.push(Block::Field {
                label: label.say(lang).into(),
                field: &self.code,
                has_focus: true,
            });
        }
        page.tell(Tone::Quiet, LIFE.say(lang));
    }
}
