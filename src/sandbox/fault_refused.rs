//! The table of refusals on demand. What each says stands in `fault_refusals`.

use super::fault_refusals as refusals;
use super::fault_row::Reach::{self, Everything, Inference};
use super::fault_row::{Act, FaultRow, Scene};
use super::refusal::Refusal;
use crate::text::Phrase;

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    reach: Reach,
    refusal: fn(&Scene) -> Refusal,
    words: Phrase,
) -> FaultRow {
    FaultRow {
        name,
        aliases,
        words,
        reach,
        act: Act::Refuse(refusal),
    }
}

/// Refusals, in the order of their status.
pub(super) const REFUSED: &[FaultRow] = &[
    row(
        "context-too-long",
        &["400", "context"],
        Inference,
        refusals::context_too_long,
        Phrase::new(
            "the question and max_tokens exceed the context",
            "提问加 max_tokens 超出上下文长度",
        ),
    ),
    row(
        "bad-parameter",
        &["invalid"],
        Inference,
        refusals::bad_parameter,
        Phrase::new("a parameter has an impossible value", "参数的值不合法"),
    ),
    row(
        "content-policy",
        &[],
        Inference,
        refusals::content_policy,
        Phrase::new(
            "the provider's content policy refuses the prompt",
            "供应商的内容政策拒绝了提问",
        ),
    ),
    row(
        "provider-refuses",
        &["raw"],
        Inference,
        refusals::provider_refuses,
        Phrase::new(
            "the provider's own error, passed on as text",
            "原样转达的供应商错误",
        ),
    ),
    row(
        "model-not-found",
        &["unknown-model"],
        Inference,
        refusals::model_not_found,
        Phrase::new(
            "no such model; near names are offered",
            "没有这个模型，会给出相近的名称",
        ),
    ),
    row(
        "wrong-endpoint",
        &[],
        Inference,
        refusals::wrong_endpoint,
        Phrase::new("the model is not for chat", "该模型不能用于聊天"),
    ),
    row(
        "key-missing",
        &["no-key"],
        Everything,
        refusals::key_missing,
        Phrase::new(
            "no Authorization header arrived",
            "没有收到 Authorization 请求头",
        ),
    ),
    row(
        "key-unknown",
        &["401"],
        Everything,
        refusals::key_unknown,
        Phrase::new("nobody has this key", "没有这个密钥"),
    ),
    row(
        "key-disabled",
        &[],
        Everything,
        refusals::key_disabled,
        Phrase::new("the key was switched off", "密钥已停用"),
    ),
    row(
        "key-expired",
        &[],
        Everything,
        refusals::key_expired,
        Phrase::new("the key has expired", "密钥已过期"),
    ),
    row(
        "no-credits",
        &["402"],
        Inference,
        refusals::no_credits,
        Phrase::new("the account has no credits left", "账户余额不足"),
    ),
    row(
        "never-bought",
        &[],
        Inference,
        refusals::never_bought,
        Phrase::new("the account never bought credits", "账户从未购买过额度"),
    ),
    row(
        "negative-balance",
        &["debt"],
        Inference,
        refusals::negative_balance,
        Phrase::new(
            "the account is overdrawn; free models are refused too",
            "账户已透支，免费模型也会被拒绝",
        ),
    ),
    row(
        "max-tokens-unaffordable",
        &["unaffordable"],
        Inference,
        refusals::max_tokens_unaffordable,
        Phrase::new(
            "the balance pays for fewer tokens than asked for",
            "余额不够支付所请求的 token 数",
        ),
    ),
    row(
        "key-limit",
        &[],
        Inference,
        refusals::key_limit,
        Phrase::new("the key's limit is used up", "密钥限额已用完"),
    ),
    row(
        "key-limit-unaffordable",
        &[],
        Inference,
        refusals::key_limit_unaffordable,
        Phrase::new(
            "the key's limit pays for fewer tokens than asked for",
            "密钥限额不够支付所请求的 token 数",
        ),
    ),
    row(
        "prompt-unaffordable",
        &[],
        Inference,
        refusals::prompt_unaffordable,
        Phrase::new(
            "the prompt alone costs more than is left",
            "仅提问就超出剩余额度",
        ),
    ),
    row(
        "in-flight",
        &[],
        Inference,
        refusals::in_flight,
        Phrase::new(
            "too much of the balance is held by running requests",
            "进行中的请求占用了过多余额",
        ),
    ),
    row(
        "in-flight-too-big",
        &[],
        Inference,
        refusals::in_flight_too_big,
        Phrase::new(
            "this one request holds more of the balance than allowed",
            "单个请求占用的余额超过允许范围",
        ),
    ),
    row(
        "moderation",
        &["403"],
        Inference,
        refusals::moderation,
        Phrase::new(
            "the prompt was flagged, with reasons",
            "提问未通过内容审核，附有原因",
        ),
    ),
    row(
        "guardrail",
        &[],
        Inference,
        refusals::guardrail,
        Phrase::new(
            "a guardrail of the account blocks the prompt",
            "账户的护栏规则拦截了提问",
        ),
    ),
    row(
        "budget",
        &[],
        Inference,
        refusals::budget,
        Phrase::new("the budget of the workspace is used up", "工作区预算已用完"),
    ),
    row(
        "key-budget",
        &[],
        Inference,
        refusals::key_budget,
        Phrase::new(
            "the key's limit is used up, said as a budget (403)",
            "密钥限额已用完，以预算错误（403）返回",
        ),
    ),
    row(
        "region",
        &[],
        Inference,
        refusals::region,
        Phrase::new(
            "the model is not offered in this region",
            "该地区不提供此模型",
        ),
    ),
    row(
        "not-management",
        &[],
        Inference,
        refusals::not_management,
        Phrase::new(
            "only a management key may do this",
            "只有管理密钥可以执行此操作",
        ),
    ),
    row(
        "management-key",
        &[],
        Inference,
        refusals::management_key,
        Phrase::new("a management key asks for an answer", "用管理密钥请求回答"),
    ),
    row(
        "privacy",
        &["404"],
        Inference,
        refusals::privacy,
        Phrase::new(
            "no endpoint fits the account's data policy",
            "没有符合账户数据政策的端点",
        ),
    ),
    row(
        "no-endpoints",
        &[],
        Inference,
        refusals::no_endpoints,
        Phrase::new("nobody serves this model now", "目前没有供应商运行此模型"),
    ),
    row(
        "constraint",
        &[],
        Inference,
        refusals::constraint,
        Phrase::new(
            "nobody serves it within the given price",
            "没有供应商满足所给的价格",
        ),
    ),
    row(
        "free-ended",
        &[],
        Inference,
        refusals::free_ended,
        Phrase::new("the free variant has ended", "免费版本已结束"),
    ),
    row(
        "model-deprecated",
        &["deprecated"],
        Inference,
        refusals::model_deprecated,
        Phrase::new(
            "the model was retired; a successor is named",
            "模型已下线，会给出后继模型",
        ),
    ),
    row(
        "model-unavailable",
        &[],
        Inference,
        refusals::model_unavailable,
        Phrase::new(
            "the provider no longer has the model",
            "供应商已不再提供此模型",
        ),
    ),
    row(
        "timeout",
        &["408"],
        Inference,
        refusals::timeout,
        Phrase::new("the request timed out", "请求超时"),
    ),
    row(
        "too-large",
        &["413"],
        Inference,
        refusals::too_large,
        Phrase::new("the request is too large", "请求过大"),
    ),
    row(
        "unprocessable",
        &["422"],
        Inference,
        refusals::unprocessable,
        Phrase::new(
            "the request is well formed and makes no sense",
            "请求格式正确但无法处理",
        ),
    ),
    row(
        "free-minute",
        &[],
        Inference,
        refusals::free_minute,
        Phrase::new(
            "the free requests of this minute are used up",
            "本分钟的免费请求已用完",
        ),
    ),
    row(
        "free-day",
        &[],
        Inference,
        refusals::free_day,
        Phrase::new(
            "the free requests of this day are used up",
            "今天的免费请求已用完",
        ),
    ),
    row(
        "upstream-limit",
        &["429"],
        Inference,
        refusals::upstream_limit,
        Phrase::new(
            "the provider's own limit is reached",
            "达到供应商自身的限流",
        ),
    ),
    row(
        "capacity",
        &[],
        Inference,
        refusals::capacity,
        Phrase::new(
            "every provider is at capacity; a wait is named",
            "所有供应商都已满载，会给出等待时间",
        ),
    ),
    row(
        "capacity-bare",
        &[],
        Inference,
        refusals::capacity_bare,
        Phrase::new(
            "the same, in the documented shape without a code",
            "同上，按文档不带 code 字段",
        ),
    ),
    row(
        "internal",
        &["500"],
        Everything,
        refusals::internal,
        Phrase::new("the service failed", "服务内部错误"),
    ),
    row(
        "provider-down",
        &["502"],
        Inference,
        refusals::provider_down,
        Phrase::new(
            "the provider failed or answered nonsense",
            "供应商故障或返回无效内容",
        ),
    ),
    row(
        "unavailable",
        &["503"],
        Inference,
        refusals::unavailable,
        Phrase::new(
            "no provider is available now; a wait is named",
            "暂无可用供应商，会给出等待时间",
        ),
    ),
    row(
        "upstream-timeout",
        &["504"],
        Inference,
        refusals::upstream_timeout,
        Phrase::new("the provider took too long", "供应商响应超时"),
    ),
    row(
        "edge-timeout-json",
        &[],
        Inference,
        refusals::edge_timeout_json,
        Phrase::new(
            "the edge gave up waiting, said as JSON (524)",
            "边缘节点等待超时，以 JSON 返回（524）",
        ),
    ),
    row(
        "overloaded",
        &["529"],
        Inference,
        refusals::overloaded,
        Phrase::new("the provider is overloaded", "供应商过载"),
    ),
    row(
        "word-code",
        &[],
        Inference,
        refusals::word_code,
        Phrase::new("the error's code is a word", "错误码是单词"),
    ),
];
