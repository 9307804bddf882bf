//! `onramp ask --estimate`: what would be sent and what it would cost. Nothing of the question is sent.

use serde::Serialize;

use super::json::AttachedJson;
use super::question::Words;
use super::ready::Ready;
use super::{Failed, consent};
use crate::cli::args::AskFlags;
use crate::cli::context::Context;
use crate::cli::output::{print_json, print_line};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::count::grouped;
use crate::domain::money::Usd;
use crate::domain::outgoing::SecretSpot;
use crate::domain::token_estimate::METHOD;
use crate::insight::estimate::{AnswerBy, Estimate};
use crate::jobs::estimate;
use crate::text::{Lang, Phrase};
use crate::ui::table::aligned;

const MODEL: Phrase = Phrase::new("model", "模型");
const FALLBACKS: Phrase = Phrase::new("else", "备用");
const QUESTION: Phrase = Phrase::new("question", "问题");
const READ: Phrase = Phrase::new("read", "读入");
const WRITTEN: Phrase = Phrase::new("written", "写出");
const COST: Phrase = Phrase::new("cost", "费用");
const CONTEXT: Phrase = Phrase::new("context", "上下文");
const ABOUT: Phrase = Phrase::new("about {} tokens", "约 {} token");
const BYTES: Phrase = Phrase::new("{} bytes", "{} 字节");
const BY: Phrase = Phrase::new("about {} tokens ({})", "约 {} token（{}）");
const SPEND: Phrase = Phrase::new("about {}, at most {}", "约 {}，最多 {}");
const NO_MOST: Phrase = Phrase::new(
    "about {}; the most is unknown: a fallback has no price in the list of models",
    "约 {}；最多未知：有备用模型在模型列表中没有价格",
);
const UNKNOWN: Phrase = Phrase::new(
    "unknown: the list of models tells no price",
    "未知：模型列表没有价格",
);
const TAKES: Phrase = Phrase::new("{} tokens", "{} token");
const TOO_LONG: Phrase = Phrase::new(
    "question and longest answer may be more than the model takes; --max-tokens makes the answer shorter",
    "问题加最长回答可能超出模型的上下文；可用 --max-tokens 缩短回答",
);
const SECRET: Phrase = Phrase::new(
    "looks secret, and would be asked about: {}",
    "疑似机密，发送前会询问：{}",
);
const NOTHING_SENT: Phrase = Phrase::new("nothing was sent", "没有发送任何内容");

pub(super) async fn tell(context: &Context, flags: &AskFlags, words: &Words) -> Result<(), Failed> {
    let access = context.access_or_none()?;
    let client = access.client(&context.scene.network)?;
    let ready = Ready::make(context, flags, words, &access, &client).await?;
    let (server, request) = (&access.server, &ready.request);
    let estimate = estimate::estimate(&context.scene, server, request, &ready.cards);
    let over_budget = consent::over_budget(context, &ready, &access)?;
    let over_budget = over_budget.map(|symptom| diagnosis::explain(&symptom).cause);
    let over_budget = over_budget.map(|said| said.say(context.lang));
    let told = Told {
        ready: &ready,
        estimate,
        over_budget,
        lang: context.lang,
    };
    if flags.json {
        print_json(&told.json());
        return Ok(());
    }
    for line in aligned(&told.rows(), usize::MAX).concat() {
        print_line(&line);
    }
    for remark in told.remarks() {
        context.note(&remark);
    }
    Ok(())
}

struct Told<'a> {
    ready: &'a Ready,
    estimate: Estimate,
    over_budget: Option<String>,
    lang: Lang,
}

impl Told<'_> {
    /// Tokens of the words alone, the rules included.
    fn question_tokens(&self) -> u64 {
        let files = self.ready.gathered.tokens();
        self.estimate.prompt_tokens.saturating_sub(files)
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let (lang, estimate) = (self.lang, &self.estimate);
        let request = &self.ready.request;
        let about = |tokens: u64| ABOUT.fill(lang, &[&grouped(tokens)]);
        let row = |name: Phrase, value: String| vec![name.say(lang).to_owned(), value];
        let mut rows = vec![row(MODEL, CleanText::line(&request.model).into_string())];
        if !request.fallbacks.is_empty() {
            let names = CleanText::line(&request.fallbacks.join(", "));
            rows.push(row(FALLBACKS, names.into_string()));
        }
        rows.push(row(QUESTION, about(self.question_tokens())));
        let attached = self.ready.gathered.attached.iter();
        rows.extend(attached.map(|file| {
            let bytes = BYTES.fill(lang, &[&grouped(file.bytes as u64)]);
            let name = CleanText::line(&file.name).into_string();
            vec![name, format!("{}, {bytes}", about(file.tokens))]
        }));
        rows.push(row(READ, about(estimate.prompt_tokens)));
        let by = estimate.answer_said().say(lang);
        let tokens = grouped(estimate.answer_tokens);
        rows.push(row(WRITTEN, BY.fill(lang, &[&tokens, &by])));
        let cost = match (estimate.cost, estimate.most) {
            (Some(cost), Some(most)) => SPEND.fill(lang, &[&cost, &most]),
            (Some(cost), None) => NO_MOST.fill(lang, &[&cost]),
            _ => UNKNOWN.say(lang).to_owned(),
        };
        rows.push(row(COST, cost));
        if let Some(context) = estimate.context {
            rows.push(row(CONTEXT, TAKES.fill(lang, &[&grouped(context)])));
        }
        rows
    }

    fn remarks(&self) -> Vec<String> {
        let lang = self.lang;
        let secrets = self.ready.secrets.iter().map(SecretSpot::said);
        let mut remarks: Vec<String> = secrets
            .map(|said| SECRET.fill(lang, &[&said.say(lang)]))
            .collect();
        remarks.extend(self.over_budget.clone());
        if self.is_too_long() {
            remarks.push(TOO_LONG.say(lang).to_owned());
        }
        remarks.push(METHOD.say(lang).to_owned());
        remarks.push(NOTHING_SENT.say(lang).to_owned());
        remarks
    }

    fn is_too_long(&self) -> bool {
        self.estimate.is_too_long(self.ready.request.max_tokens)
    }

    fn json(&self) -> EstimateJson<'_> {
        let (ready, estimate) = (self.ready, &self.estimate);
        EstimateJson {
            model: &ready.request.model,
            fallbacks: &ready.request.fallbacks,
            question_tokens: self.question_tokens(),
            attached: ready
                .gathered
                .attached
                .iter()
                .map(AttachedJson::of)
                .collect(),
            prompt_tokens: estimate.prompt_tokens,
            answer_tokens: estimate.answer_tokens,
            answer_by: match estimate.answer_by {
                AnswerBy::Recent(_) => "recent",
                AnswerBy::Longest => "longest",
            },
            max_tokens: ready.request.max_tokens,
            cost_usd: estimate.cost,
            most_usd: estimate.most,
            context_length: estimate.context,
            is_too_long: self.is_too_long(),
            left_out: &ready.left_out,
            secrets: ready
                .secrets
                .iter()
                .map(|spot| spot.said().say(self.lang))
                .collect(),
            over_budget: self.over_budget.as_deref(),
        }
    }
}

/// What scripts read: a contract. Tokens and costs are estimates.
#[derive(Serialize)]
struct EstimateJson<'a> {
    model: &'a str,
    fallbacks: &'a [String],
    question_tokens: u64,
    attached: Vec<AttachedJson<'a>>,
    prompt_tokens: u64,
    answer_tokens: u64,
    /// `recent`: the median of this model's last answers; `longest`: what is allowed.
    answer_by: &'static str,
    max_tokens: u32,
    cost_usd: Option<Usd>,
    /// For the longest answer, by the dearest model that may give it.
    most_usd: Option<Usd>,
    context_length: Option<u64>,
    is_too_long: bool,
    left_out: &'a [&'static str],
    /// What looks secret, and where; never the secret.
    secrets: Vec<String>,
    over_budget: Option<&'a str>,
}
