//! `onramp ask`: one answer, streamed to stdout; what it cost goes to stderr.

mod template;

use std::io::{self, IsTerminal};
use std::pin::pin;

use futures_util::future::{Either, select};
use jiff::Timestamp;
use serde::Serialize;

use super::args::AskFlags;
use super::context::Context;
use super::output::{self, DiagnosisJson, Failure, Outcome, print_json};
use super::stdin;
use crate::domain::chat::{ChatRequest, Delta, FinishReason, Message};
use crate::domain::clean_text::CleanText;
use crate::domain::code_block::{self, CodeBlock};
use crate::domain::model_card::{DEFAULT_MODEL, DEFAULT_OPENAI_MODEL};
use crate::domain::money::Usd;
use crate::domain::spend::Purpose;
use crate::domain::symptom::Symptom;
use crate::jobs::answer::{self, Heard};
use crate::jobs::check::default_model;
use crate::jobs::recorder::Recorder;
use crate::jobs::unfinished::complete_unfinished;
use crate::jobs::{Access, access, near_models};
use crate::openrouter::{Dialect, OpenRouter};
use crate::text::{Lang, Phrase};

const NOTHING_ASKED: Phrase = Phrase::new(
    "there is no question. Ask one: onramp ask \"What is a monad?\"",
    "没有问题内容。请这样提问：onramp ask \"什么是单子？\"",
);
const NOT_TEXT: Phrase = Phrase::new(
    "standard input is not text (UTF-8)",
    "标准输入不是文本（UTF-8）",
);
const WITH_RULES: Phrase = Phrase::new(
    "with this project's rules (/system in the chat); -s replaces them",
    "附带此项目的规则（对话中用 /system 设置）；可用 -s 代替",
);
const CUT: Phrase = Phrase::new(
    "the answer was cut at its longest, {} tokens; --max-tokens allows more",
    "回答在最大长度 {} token 处被截断；可用 --max-tokens 调大",
);
const FILTERED: Phrase = Phrase::new(
    "a content filter stopped the answer; what came before it is incomplete",
    "内容过滤器中止了回答；已收到的部分不完整",
);
const WORDLESS: Phrase = Phrase::new("the answer holds no text", "回答中没有文字");
const TOKENS: Phrase = Phrase::new("{} tokens read, {} written", "读入 {} token，写出 {} token");
const NO_COST: Phrase = Phrase::new("cost unknown", "费用未知");
const OWN_KEY: Phrase = Phrase::new("{} on your own provider key", "自带密钥 {}");
const FIRST: Phrase = Phrase::new("first token {} ms", "首个 token {} ms");

pub(super) async fn run(context: &Context, flags: AskFlags) -> Outcome {
    let typed = prompt(&flags.prompt).await?;
    let prompt = match &flags.template {
        Some(name) => match template::question(context, &flags, name, typed)? {
            Some(question) => question,
            None => return Ok(()),
        },
        None if typed.trim().is_empty() => return Err(Failure::Usage(NOTHING_ASKED.into())),
        None => typed,
    };
    let json = flags.json;
    match answer(context, flags, prompt).await {
        Err(Failed::Asked(symptom)) if json => {
            let diagnosis = super::judged(&symptom);
            print_json(&ErrorJson {
                error: DiagnosisJson::of(&diagnosis, context.lang),
            });
            Err(Failure::Silent(diagnosis.kind.exit_code()))
        }
        Err(Failed::Asked(symptom)) => Err(super::diagnosed(&symptom)),
        // The reader closed the pipe and wants no more: the request ended with it.
        Ok(()) | Err(Failed::NobodyReads) => Ok(()),
    }
}

enum Failed {
    Asked(Symptom),
    NobodyReads,
}

impl From<Symptom> for Failed {
    fn from(symptom: Symptom) -> Self {
        Self::Asked(symptom)
    }
}

async fn answer(context: &Context, flags: AskFlags, prompt: String) -> Result<(), Failed> {
    let access = context.access()?;
    let client = access.client(&context.scene.network)?;
    let answered = answer_from(context, flags, prompt, &access, &client).await;
    answered.map_err(|failed| match failed {
        Failed::Asked(symptom) => Failed::Asked(access::or_no_key(symptom, access.key.as_ref())),
        Failed::NobodyReads => Failed::NobodyReads,
    })
}

async fn answer_from(
    context: &Context,
    flags: AskFlags,
    prompt: String,
    access: &Access,
    client: &OpenRouter,
) -> Result<(), Failed> {
    let named = flags.model.or_else(|| context.chosen_model(access));
    let model = match named {
        Some(model) => model,
        None => model_for(access, client).await?,
    };
    let rules = rules(context, flags.system).map(Message::system);
    let messages = rules.into_iter().chain([Message::user(prompt)]).collect();
    let request = ChatRequest::new(model, messages, flags.max_tokens);
    let how = How {
        json: flags.json,
        at_once: flags.no_stream,
    };
    let recorder = context.recorder(Purpose::Ask);
    let question = put_question(context, client, how, &request, &recorder);
    // Beside the answer, and no longer than it: what became of requests that were cut off.
    let earlier = complete_unfinished(client, &recorder, Timestamp::now());
    let outcome = match select(pin!(question), pin!(earlier)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(((), question)) => question.await,
    };
    match outcome {
        Err(Failed::Asked(symptom)) => {
            let model = &request.model;
            let symptom = near_models::with_near(symptom, model, client).await;
            Err(Failed::Asked(symptom))
        }
        outcome => outcome,
    }
}

/// Rules for the model: those of the command line, else this project's, which is said.
fn rules(context: &Context, typed: Option<String>) -> Option<String> {
    let rules = typed.or_else(|| {
        let rules = context.chosen_rules()?;
        context.note(WITH_RULES.say(context.lang));
        Some(rules)
    });
    rules.filter(|rules| !rules.trim().is_empty())
}

/// How the answer is wanted.
#[derive(Clone, Copy)]
struct How {
    json: bool,
    /// Whole, not streamed.
    at_once: bool,
}

async fn put_question(
    context: &Context,
    client: &OpenRouter,
    how: How,
    request: &ChatRequest,
    recorder: &Recorder,
) -> Result<(), Failed> {
    let whole = match how {
        How {
            json: false,
            at_once: false,
        } => return stream(context, client, request, recorder).await,
        How { at_once: true, .. } => answer::ask_at_once(client, request, Some(recorder)).await?,
        How { at_once: false, .. } => answer::ask(client, request, Some(recorder), |_| {})
            .await
            .map_err(|(symptom, _)| symptom)?,
    };
    if how.json {
        print_json(&AnswerJson::of(&whole, request));
        return Ok(());
    }
    let mut out = Out::new();
    out.write(&whole.answer.text);
    out.end();
    tell_cost(context, &whole, request);
    Ok(())
}

/// The model for a person who named none. Only a server of unknown kind has to be asked for it.
async fn model_for(access: &Access, client: &OpenRouter) -> Result<String, Symptom> {
    if access.server.is_openrouter() {
        return Ok(DEFAULT_MODEL.into());
    }
    if access.server.is_openai() {
        return Ok(DEFAULT_OPENAI_MODEL.into());
    }
    match client.identify().await? {
        Dialect::OpenRouter(known) => default_model(client, Some(&known)).await,
        Dialect::OpenAiCompatible => default_model(client, None).await,
    }
}

async fn stream(
    context: &Context,
    client: &OpenRouter,
    request: &ChatRequest,
    recorder: &Recorder,
) -> Result<(), Failed> {
    let mut out = Out::new();
    let closed = tokio::sync::Notify::new();
    let heard = |delta: &Delta| {
        if let Delta::Text(text) = delta
            && !out.write(text)
        {
            closed.notify_one();
        }
    };
    let outcome = tokio::select! {
        outcome = answer::ask(client, request, Some(recorder), heard) => outcome,
        () = closed.notified() => return Err(Failed::NobodyReads),
    };
    match outcome {
        Ok(whole) => {
            out.end();
            tell_cost(context, &whole, request);
            Ok(())
        }
        Err((symptom, partial)) => {
            if partial.pieces > 0 {
                out.end();
                tell_cost(context, &partial, request);
            }
            Err(symptom.into())
        }
    }
}

/// The question: the words of the command line, and standard input behind them.
async fn prompt(words: &[String]) -> Result<String, Failure> {
    let mut prompt = words.join(" ");
    if !io::stdin().is_terminal() {
        let piped =
            String::from_utf8(stdin::all().await).map_err(|_| Failure::Usage(NOT_TEXT.into()))?;
        if !piped.trim().is_empty() {
            if !prompt.is_empty() {
                prompt.push_str("\n\n");
            }
            prompt.push_str(piped.trim_end_matches('\n'));
        }
    }
    Ok(prompt)
}

/// Where the answer goes: harmless on a terminal, verbatim into a pipe or a file.
struct Out {
    is_terminal: bool,
    ends_line: bool,
    is_empty: bool,
}

impl Out {
    fn new() -> Self {
        Self {
            is_terminal: io::stdout().is_terminal(),
            ends_line: true,
            is_empty: true,
        }
    }

    /// False when nobody reads any more.
    fn write(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        self.is_empty = false;
        self.ends_line = text.ends_with('\n');
        if self.is_terminal {
            output::put(&CleanText::new(text))
        } else {
            output::put(text)
        }
    }

    fn end(&mut self) {
        if !self.ends_line || self.is_empty {
            output::put("\n");
        }
    }
}

/// What was spent is never silent: model, tokens, cost, on stderr.
fn tell_cost(context: &Context, heard: &Heard, request: &ChatRequest) {
    let lang = context.lang;
    match heard.answer.finish {
        Some(FinishReason::Length) => context.note(&CUT.fill(lang, &[&request.max_tokens])),
        Some(FinishReason::ContentFilter) => context.note(FILTERED.say(lang)),
        _ if heard.answer.text.is_empty() => context.note(WORDLESS.say(lang)),
        _ => {}
    }
    context.note(&cost_line(heard, request, lang));
}

fn cost_line(heard: &Heard, request: &ChatRequest, lang: Lang) -> String {
    let asked = CleanText::line(&request.model);
    let model = heard.answer.head.model.as_ref().unwrap_or(&asked);
    let usage = heard.usage();
    let mut parts = vec![model.to_string()];
    if let (Some(read), Some(written)) = (usage.prompt_tokens, usage.completion_tokens) {
        parts.push(TOKENS.fill(lang, &[&read, &written]));
    }
    let cost = usage.cost.map(|cost| cost.to_string());
    parts.push(cost.unwrap_or_else(|| NO_COST.say(lang).into()));
    parts.extend(usage.byok_cost.map(|own| OWN_KEY.fill(lang, &[&own])));
    if let Some(first) = heard.first_token {
        parts.push(FIRST.fill(lang, &[&first.as_millis()]));
    }
    parts.join(" · ")
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct AnswerJson<'a> {
    text: &'a str,
    reasoning: Option<&'a str>,
    model: String,
    provider: Option<&'a CleanText>,
    finish_reason: Option<&'a str>,
    generation_id: Option<&'a CleanText>,
    usage: UsageJson,
    ttft_ms: Option<u64>,
    duration_ms: u64,
    code_blocks: Vec<CodeBlock>,
}

#[derive(Serialize)]
struct UsageJson {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    reasoning_tokens: Option<u64>,
    cached_tokens: Option<u64>,
    cost_usd: Option<Usd>,
    /// What the provider charges to the person's own key there; not in `cost_usd`.
    byok_usd: Option<Usd>,
}

#[derive(Serialize)]
struct ErrorJson {
    error: DiagnosisJson,
}

impl<'a> AnswerJson<'a> {
    fn of(heard: &'a Heard, request: &ChatRequest) -> Self {
        let ms = |took: std::time::Duration| u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let answer = &heard.answer;
        let usage = heard.usage();
        let model = answer.head.model.as_deref().unwrap_or(&request.model);
        Self {
            text: &answer.text,
            reasoning: (!answer.reasoning.is_empty()).then_some(answer.reasoning.as_str()),
            model: model.to_owned(),
            provider: answer.head.provider.as_ref(),
            finish_reason: answer.finish.as_ref().map(FinishReason::as_str),
            generation_id: answer.head.generation_id.as_ref(),
            usage: UsageJson {
                prompt_tokens: usage.prompt_tokens,
                completion_tokens: usage.completion_tokens,
                reasoning_tokens: usage.reasoning_tokens,
                cached_tokens: usage.cached_tokens,
                cost_usd: usage.cost,
                byok_usd: usage.byok_cost,
            },
            ttft_ms: heard.first_token.map(ms),
            duration_ms: ms(heard.took),
            code_blocks: code_block::find(&answer.text),
        }
    }
}
