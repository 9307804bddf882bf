//! Where an answer goes, and what is said beside it.

use std::io::{self, IsTerminal};

use jiff::Timestamp;

use crate::cli::context::Context;
use crate::cli::output;
use crate::domain::chat::{ChatRequest, FinishReason, UNASKED_TOOL};
use crate::domain::clean_text::CleanText;
use crate::jobs::Access;
use crate::jobs::answer::Heard;
use crate::jobs::retirement::{self, Retirement};
use crate::text::{Lang, Phrase};
use crate::ui::transcript::unseen_said;

const CUT: Phrase = Phrase::new(
    "the answer was cut at its longest, {} tokens; --max-tokens allows more",
    "回答在最大长度 {} token 处被截断；可用 --max-tokens 调大",
);
const ODD: Phrase = Phrase::new(
    "the answer ended oddly ({}): it may not be whole",
    "回答异常结束（{}），可能不完整",
);
const TOKENS: Phrase = Phrase::new("{} tokens read, {} written", "读入 {} token，写出 {} token");
const NO_COST: Phrase = Phrase::new("cost unknown", "费用未知");
const OWN_KEY: Phrase = Phrase::new("{} on your own provider key", "自带密钥 {}");
const FIRST: Phrase = Phrase::new("first token {} ms", "首个 token {} ms");

/// Where the answer goes: harmless on a terminal, verbatim into a pipe or a file.
pub(super) struct Out {
    is_terminal: bool,
    ends_line: bool,
    is_empty: bool,
    /// Characters that reached the terminal by name only: they could have driven it or lied to the eye.
    unseen: usize,
}

impl Out {
    pub(super) fn new() -> Self {
        Self {
            is_terminal: io::stdout().is_terminal(),
            ends_line: true,
            is_empty: true,
            unseen: 0,
        }
    }

    /// False when nobody reads any more.
    pub(super) fn write(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        self.is_empty = false;
        self.ends_line = text.ends_with('\n');
        if self.is_terminal {
            let mut clean = CleanText::default();
            self.unseen += clean.push(text);
            output::put(&clean)
        } else {
            output::put(text)
        }
    }

    /// Ends the last line, and says beside it what stands there by name.
    pub(super) fn end(&mut self, context: &Context) {
        if !self.ends_line || self.is_empty {
            output::put("\n");
        }
        if self.unseen > 0 {
            context.note(&unseen_said(self.unseen, context.lang));
        }
    }

    /// All at once.
    pub(super) fn whole(mut self, text: &str, context: &Context) {
        self.write(text);
        self.end(context);
    }
}

/// Text of a model that is no result, and is not to be lost: on stderr, harmless.
pub(super) fn beside(text: &str) {
    if !text.is_empty() {
        output::complain(&format!("{}\n", CleanText::new(text).trim_end()));
    }
}

/// What was spent is never silent: model, tokens, cost, on stderr.
pub(super) fn tell_cost(context: &Context, heard: &Heard, request: &ChatRequest) {
    let lang = context.lang;
    match &heard.answer.finish {
        Some(FinishReason::Length) => context.note(&CUT.fill(lang, &[&request.max_tokens])),
        Some(FinishReason::Other(word)) => {
            context.note(&ODD.fill(lang, &[&word.shortened(40)]));
        }
        _ => {}
    }
    if let Some(tool) = heard.answer.tool_calls.first() {
        context.note(&UNASKED_TOOL.fill(lang, &[&tool.shortened(40)]));
    }
    context.note(&cost_line(heard, request, lang));
}

/// That the model will be gone soon, by the list that was kept: behind the answer, which waits for nothing.
pub(super) fn tell_retirement(context: &Context, access: &Access, model: &str) {
    let (now, key) = (Timestamp::now(), access.secret());
    let kept = retirement::kept_list(&context.scene, &access.server, key.as_ref(), now);
    let retirement = kept.and_then(|kept| Retirement::in_list(model, &kept.value, now));
    if let Some(retirement) = retirement {
        context.note(&retirement.line().say(context.lang));
    }
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
