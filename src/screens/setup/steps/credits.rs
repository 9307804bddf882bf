//! Step 2: money, told honestly; going on without any is a valid way.

use super::{Answer, Go, Mark, WizardStep};
use crate::domain::model_card::FREE_ROUTER;
use crate::domain::page::Page as WebPage;
use crate::flow::step::Fact as AppFact;
use crate::flow::{Facts, Intent, Step};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::text::Phrase;
use crate::ui::page::{Block, Page, fact};
use crate::ui::theme::Tone;

const ADVICE: Phrase = Phrase::new(
    "$10 to $20 is plenty to begin with. Pay by card, AliPay or USDC.",
    "先充 10 至 20 美元就够用。可用银行卡、支付宝或 USDC 支付。",
);
const FEE: Phrase = Phrase::new(
    "The fee: 5.5 %, at least $0.80 ($10 of credits cost $10.80); 5 % in USDC. The models themselves cost \
     what their providers charge.",
    "手续费：5.5%，最低 0.80 美元（10 美元额度实付 10.80 美元）；USDC 为 5%。模型价格与供应商原价相同。",
);
const TOP_UP: Phrase = Phrase::new(
    "Auto top-up, on the same page, buys an amount you set whenever the balance falls below a threshold you \
     set. It is off until you switch it on.",
    "同一页面上可开启自动充值：余额低于您设定的阈值时，自动购买您设定的金额。默认关闭。",
);
const FREE: Phrase = Phrase::new(
    "Without credits, free models answer 20 requests a minute and 50 a day; once $10 were ever bought, 1,000 \
     a day. Many free models may train on or publish what you send: no private code there.",
    "没有额度也可使用免费模型：每分钟 20 次、每天 50 次；累计充值满 10 美元后每天 1,000 次。许多免费模型可能用您发送的内容训练或公开，请勿发送私有代码。",
);
const BOUGHT: Phrase = Phrase::new("credits bought", "是否充值过");
const YES: Phrase = Phrase::new("yes", "是");
const NO: Phrase = Phrase::new("no, never", "从未");
const MAY_SPEND: Phrase = Phrase::new("this key may spend", "此密钥还可花费");
const UNCAPPED: Phrase = Phrase::new(
    "the whole balance (it has no limit)",
    "全部余额（未设限额）",
);
const BALANCE: Phrase = Phrase::new("balance", "余额");
const UNKNOWN: Phrase = Phrase::new(
    "not known: only a management key may ask",
    "未知：只有管理密钥才能查询",
);
const UNKNOWN_YET: Phrase = Phrase::new(
    "Whether you have credits shows once there is a key: the next step.",
    "有了密钥（下一步）之后，就能看到您是否有额度。",
);
const ELSEWHERE: Phrase = Phrase::new(
    "{} is not OpenRouter: its own pages tell what it charges and how to pay. Where it reports what a request \
     cost, that is shown.",
    "{} 不是 OpenRouter：收费与付款方式请看其自己的页面。它若报告每次请求的费用，会显示出来。",
);
const GO_ON: Phrase = Phrase::new("Continue", "继续");
const OPEN: Phrase = Phrase::new("Open the credits page", "打开充值页面");
const USE_FREE: Phrase = Phrase::new("Go on with free models", "使用免费模型");
const USE_FREE_NOTE: Phrase =
    Phrase::new("tests go to openrouter/free", "测试将使用 openrouter/free");
const QR: Phrase = Phrase::new("Show the link as a QR code", "以二维码显示链接");

/// The step. Whether credits were bought is the server's to say.
#[derive(Debug)]
pub struct Credits;

impl WizardStep for Credits {
    fn page<'a>(&'a self, _shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Credits, lang);
        match facts.key.as_ref().and_then(|key| key.facts.as_ref()) {
            Some(key) => {
                let bought = if key.is_free_tier { NO } else { YES };
                let may_spend = key
                    .limit_remaining
                    .map_or_else(|| UNCAPPED.say(lang).to_owned(), |left| left.to_string());
                page.facts(vec![
                    fact(BOUGHT.say(lang), bought.say(lang)),
                    fact(MAY_SPEND.say(lang), may_spend),
                    fact(BALANCE.say(lang), UNKNOWN.say(lang)),
                ]);
                page.gap();
            }
            None if page_parts::has_openrouters_pages(facts) => {
                page.tell(Tone::Quiet, UNKNOWN_YET.say(lang));
            }
            None => {}
        }
        page.gap();
        if !page_parts::has_openrouters_pages(facts) {
            page.say(ELSEWHERE.fill(lang, &[&page_parts::authority(&facts.base_url)]));
            page.gap();
            page.choice(GO_ON.say(lang), "");
            return page;
        }
        page.say(ADVICE.say(lang));
        page.say(FEE.say(lang));
        page.push(Block::Link(WebPage::Credits.url()));
        page.gap();
        page.choice(GO_ON.say(lang), "");
        page.choice(OPEN.say(lang), "");
        page.choice(USE_FREE.say(lang), USE_FREE_NOTE.say(lang));
        page.choice(QR.say(lang), "");
        page.gap();
        page.tell(Tone::Quiet, FREE.say(lang));
        page.tell(Tone::Quiet, TOP_UP.say(lang));
        page
    }

    fn choose(&mut self, choice: usize, _shared: &mut Shared, facts: &Facts) -> Answer {
        match choice {
            0 => Answer::go(Go::Next),
            1 => page_parts::open(WebPage::Credits, facts).into(),
            2 => {
                let model = AppFact::Model(FREE_ROUTER.into());
                Answer::from(Step::intent(Intent::Adopt(model))).and_go(Go::Next)
            }
            _ => Step::intent(Intent::ShowQr(WebPage::Credits)).into(),
        }
    }

    fn mark(&self, _shared: &Shared, facts: &Facts) -> Mark {
        match facts.key.as_ref().and_then(|key| key.facts.as_ref()) {
            Some(key) if !key.is_free_tier => Mark::Done,
            Some(_) if facts.model == FREE_ROUTER => Mark::Done,
            Some(_) => Mark::Attention,
            None if facts.key.is_some() => Mark::Done,
            None => Mark::Todo,
        }
    }
}
