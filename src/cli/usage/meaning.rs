//! What the figures mean, for a person: the month, what costs most, when the money ends, what deserves a
//! word.

use super::paper::{print_heading, say, say_behind};
use crate::cli::context::Context;
use crate::domain::figures::Source;
use crate::insight::forecast::Forecast;
use crate::insight::month::Month;
use crate::insight::outlook::Outlook;
use crate::insight::review::Review;
use crate::text::Phrase;
use crate::ui::theme::Tone;

const MONTH: Phrase = Phrase::new("This month (account, UTC)", "本月（账户，UTC）");
const REVIEW: Phrase = Phrase::new(
    "What costs most (account, {} to {})",
    "花费分析（账户，{} 至 {}）",
);
const BLENDED: Phrase = Phrase::new(
    "A million tokens, read and written alike, come to {}.",
    "每百万 token（输入输出合计）平均 {}。",
);
const REVIEW_OF_LEDGER: Phrase = Phrase::new(
    "What costs most (this program only, {} to {})",
    "花费分析（仅本程序，{} 至 {}）",
);
const NOTHING: Phrase = Phrase::new(
    "Nothing worth a dollar a month was found.",
    "没有发现每月能省下一美元以上的地方。",
);
const CREDITS: Phrase = Phrase::new("When the credits run out", "余额何时用完");
const LIMIT: Phrase = Phrase::new(
    "When the limit of this key runs out",
    "此密钥的限额何时用完",
);

/// Prints it.
pub(super) fn print(context: &Context, outlook: &Outlook) {
    let lang = context.lang;
    if let Some(said) = outlook.month.as_ref().and_then(Month::say) {
        print_heading(context, MONTH.say(lang));
        say(&said.say(lang));
    }
    if let Some(review) = &outlook.review {
        let words = match outlook.reviewed {
            Some(Source::Ledger) => REVIEW_OF_LEDGER,
            _ => REVIEW,
        };
        self::review(context, words, review);
    }
    forecast(context, CREDITS, outlook.credits.as_ref());
    forecast(context, LIMIT, outlook.limit.as_ref());
    for alert in &outlook.judgement.alerts {
        let paint = |line: &str| context.paint(Tone::Warn, line);
        say_behind("! ", &alert.message.say(lang), paint);
    }
}

fn review(context: &Context, words: Phrase, review: &Review) {
    let lang = context.lang;
    let Some(blended) = review.blended else {
        return;
    };
    let span = review.span;
    print_heading(context, &words.fill(lang, &[&span.first(), &span.last()]));
    say(&BLENDED.fill(lang, &[&blended]));
    if review.remarks.is_empty() {
        say(NOTHING.say(lang));
    }
    for remark in &review.remarks {
        say_behind("  - ", &remark.said.say(lang), str::to_owned);
    }
}

fn forecast(context: &Context, words: Phrase, forecast: Option<&Forecast>) {
    let lang = context.lang;
    let Some(forecast) = forecast else {
        return;
    };
    print_heading(context, words.say(lang));
    say(&forecast.say().say(lang));
    if let Some(pace) = forecast.pace() {
        let paint = |line: &str| context.paint(Tone::Quiet, line);
        say_behind("  ", &pace.method().say(lang), paint);
    }
}
