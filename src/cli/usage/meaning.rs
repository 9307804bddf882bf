//! What the figures mean, for a person: the month, what costs most, when the money ends, what deserves a
//! word.

use jiff::Timestamp;

use super::paper::{print_heading, say, say_behind};
use crate::cli::context::Context;
use crate::domain::figures::Source;
use crate::insight::forecast::Forecast;
use crate::insight::month::Month;
use crate::insight::outlook::{Outlook, if_old};
use crate::insight::review::Review;
use crate::text::{Lang, Phrase};
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
const OF: Phrase = Phrase::new("{} (as of {})", "{}（截至 {}）");
const LIMIT: Phrase = Phrase::new(
    "When the limit of this key runs out",
    "此密钥的限额何时用完",
);

/// Prints it.
pub(super) fn print(context: &Context, outlook: &Outlook, now: Timestamp) {
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
    let learned = &outlook.learned;
    let credits = if_old(learned.balance, now);
    forecast(context, CREDITS, outlook.credits.as_ref(), credits);
    let limit = if_old(learned.key, now);
    forecast(context, LIMIT, outlook.limit.as_ref(), limit);
    for alert in &outlook.judgement.alerts {
        let paint = |line: &str| context.paint(Tone::Warn, line);
        let as_of = if_old(learned.of_alert(alert), now);
        say_behind(
            "! ",
            &with_age(&alert.message.say(lang), as_of, lang),
            paint,
        );
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

/// Words, and of when their figure is.
fn with_age(words: &str, as_of: Option<Timestamp>, lang: Lang) -> String {
    match as_of {
        Some(at) => OF.fill(lang, &[&words, &at.strftime("%Y-%m-%d %H:%M UTC")]),
        None => words.to_owned(),
    }
}

fn forecast(
    context: &Context,
    words: Phrase,
    forecast: Option<&Forecast>,
    as_of: Option<Timestamp>,
) {
    let lang = context.lang;
    let Some(forecast) = forecast else {
        return;
    };
    print_heading(context, &with_age(words.say(lang), as_of, lang));
    say(&forecast.say().say(lang));
    if let Some(pace) = forecast.pace() {
        let paint = |line: &str| context.paint(Tone::Quiet, line);
        say_behind("  ", &pace.method().say(lang), paint);
    }
}
