//! What scripts read of an answer: a contract.

use serde::Serialize;

use super::deliver::{Delivered, FileTold};
use super::ready::Ready;
use crate::cli::output::DiagnosisJson;
use crate::domain::chat::FinishReason;
use crate::domain::clean_text::CleanText;
use crate::domain::code_block::CodeBlock;
use crate::domain::money::Usd;
use crate::flow::attach::{Attached, Content};
use crate::jobs::answer::Heard;
use crate::text::Lang;

#[derive(Serialize)]
pub(super) struct AnswerJson<'a> {
    text: &'a str,
    reasoning: Option<&'a str>,
    model: String,
    provider: Option<&'a CleanText>,
    finish_reason: Option<&'a str>,
    generation_id: Option<&'a CleanText>,
    usage: UsageJson,
    ttft_ms: Option<u64>,
    duration_ms: u64,
    code_blocks: &'a [CodeBlock],
    /// Tools that it called, which nobody offered it: nothing was run.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tool_calls: &'a [CleanText],
    /// What went along with the question.
    attached: Vec<AttachedJson<'a>>,
    /// What was wished and not sent, by the API's names.
    left_out: &'a [&'static str],
    /// Where code went.
    files: Vec<FileJson<'a>>,
    /// What could not be done with the answer; absent where all was.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<DiagnosisJson>,
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

/// A file that goes along with a question.
#[derive(Serialize)]
pub(super) struct AttachedJson<'a> {
    name: &'a str,
    /// `text`, or its MIME type.
    kind: &'static str,
    bytes: usize,
    /// An estimate.
    tokens: u64,
}

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    /// It was written just now.
    written: bool,
    /// It stood like this already.
    unchanged: bool,
    /// Why it was not written: the id of a diagnosis.
    error: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct ErrorJson {
    pub(super) error: DiagnosisJson,
}

impl<'a> AttachedJson<'a> {
    pub(super) fn of(attached: &'a Attached) -> Self {
        Self {
            name: &attached.name,
            kind: match &attached.content {
                Content::Text(_) => "text",
                Content::Media(media) => media.kind.mime(),
            },
            bytes: attached.bytes,
            tokens: attached.tokens,
        }
    }
}

impl<'a> FileJson<'a> {
    fn of(told: &'a FileTold) -> Self {
        Self {
            path: &told.path,
            written: told.outcome == Ok(true),
            unchanged: told.outcome == Ok(false),
            error: told.outcome.err(),
        }
    }
}

impl<'a> AnswerJson<'a> {
    pub(super) fn of(
        heard: &'a Heard,
        ready: &'a Ready,
        delivered: &'a Delivered,
        lang: Lang,
    ) -> Self {
        let ms = |took: std::time::Duration| u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let answer = &heard.answer;
        let usage = heard.usage();
        let model = answer.head.model.as_deref().unwrap_or(&ready.request.model);
        let trouble = delivered.trouble.as_deref();
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
            code_blocks: &delivered.blocks,
            tool_calls: &answer.tool_calls,
            attached: ready
                .gathered
                .attached
                .iter()
                .map(AttachedJson::of)
                .collect(),
            left_out: &ready.left_out,
            files: delivered.files.iter().map(FileJson::of).collect(),
            error: trouble.map(|trouble| DiagnosisJson::of(trouble, lang)),
        }
    }
}
