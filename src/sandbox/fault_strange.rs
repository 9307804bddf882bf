//! The table of troubles that are no described refusal: pages, wires, events, lists.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION, SERVER};
use axum::response::{Html, IntoResponse, Response};

use super::fault_row::Act::{self, Instead, Odd, Twist as As};
use super::fault_row::Reach::{self, Everything, Inference};
use super::fault_row::{BrokenCode, FaultRow, Harm, Listing, Twist};
use crate::text::Phrase;

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    reach: Reach,
    act: Act,
    words: Phrase,
) -> FaultRow {
    FaultRow {
        name,
        aliases,
        words,
        reach,
        act,
    }
}

/// Everything that is no described refusal.
pub(super) const STRANGE: &[FaultRow] = &[
    row(
        "cdn-502",
        &["html-502"],
        Everything,
        Instead(cdn_502),
        Phrase::new(
            "an HTML page of the network in front (502)",
            "前置网络返回的 HTML 页面（502）",
        ),
    ),
    row(
        "cdn-429",
        &["html-429"],
        Everything,
        Instead(cdn_429),
        Phrase::new(
            "an HTML page that asks to slow down (429)",
            "要求放慢速度的 HTML 页面（429）",
        ),
    ),
    row(
        "html-500",
        &[],
        Everything,
        Instead(html_500),
        Phrase::new(
            "an HTML page of the service (500)",
            "服务返回的 HTML 页面（500）",
        ),
    ),
    row(
        "edge-timeout",
        &["524"],
        Inference,
        Instead(edge_timeout),
        Phrase::new(
            "the edge gave up waiting: an HTML page (524)",
            "边缘节点等待超时，返回 HTML 页面（524）",
        ),
    ),
    row(
        "captive-portal",
        &["html-200", "html"],
        Everything,
        Instead(captive_portal),
        Phrase::new(
            "the sign-in page of a public network (200)",
            "公共网络的登录页面（200）",
        ),
    ),
    row(
        "redirect",
        &[],
        Everything,
        Instead(redirect),
        Phrase::new("a redirect to another host", "重定向到另一台主机"),
    ),
    row(
        "empty",
        &[],
        Everything,
        Instead(empty),
        Phrase::new("200 without a body", "200 但没有内容"),
    ),
    row(
        "bad-json",
        &[],
        Everything,
        Instead(bad_json),
        Phrase::new("JSON that breaks off", "不完整的 JSON"),
    ),
    row(
        "error-in-200",
        &["200-error"],
        Inference,
        Instead(error_in_200),
        Phrase::new("200 with nothing but an error inside", "200 但内容只有错误"),
    ),
    row(
        "leading-space",
        &[],
        Inference,
        Act::Harm(Harm::LeadingSpace),
        Phrase::new("blank lines before the JSON", "JSON 之前有空行"),
    ),
    row(
        "hang",
        &[],
        Everything,
        Act::Harm(Harm::Hang),
        Phrase::new("never a first byte", "一直没有第一个字节"),
    ),
    row(
        "stall",
        &[],
        Inference,
        Act::Harm(Harm::Stall),
        Phrase::new("half of the answer, then silence", "回答到一半后不再继续"),
    ),
    row(
        "cut",
        &[],
        Inference,
        Act::Harm(Harm::Cut),
        Phrase::new(
            "half of the answer, then the connection is closed",
            "回答到一半时连接断开",
        ),
    ),
    row(
        "one-byte",
        &["split"],
        Inference,
        Act::Harm(Harm::OneByte),
        Phrase::new(
            "every byte by itself, also inside a character",
            "逐字节发送，字符也会被拆开",
        ),
    ),
    row(
        "slow",
        &[],
        Inference,
        Act::Harm(Harm::Slow),
        Phrase::new("one byte a second", "每秒一个字节"),
    ),
    row(
        "crlf",
        &[],
        Inference,
        Act::Harm(Harm::Crlf),
        Phrase::new("lines of the stream end in CR LF", "流的行以 CR LF 结尾"),
    ),
    row(
        "clock-skew",
        &[],
        Everything,
        Act::Harm(Harm::Skew),
        Phrase::new("a Date header one day ahead", "Date 响应头快一天"),
    ),
    row(
        "mid-stream",
        &[],
        Inference,
        As(Twist::Breaks(502, BrokenCode::Number)),
        Phrase::new("an error among the events", "流中途出现错误"),
    ),
    row(
        "mid-stream-429",
        &[],
        Inference,
        As(Twist::Breaks(429, BrokenCode::Number)),
        Phrase::new("a rate limit among the events", "流中途出现限流"),
    ),
    row(
        "mid-stream-word",
        &["mid-stream-string"],
        Inference,
        As(Twist::Breaks(500, BrokenCode::Word)),
        Phrase::new(
            "an error among the events, its code a word",
            "流中途出现错误，错误码是单词",
        ),
    ),
    row(
        "mid-stream-bare",
        &[],
        Inference,
        As(Twist::Breaks(503, BrokenCode::Bare)),
        Phrase::new(
            "an error among the events, without choices",
            "流中途出现错误，没有 choices",
        ),
    ),
    row(
        "no-done",
        &[],
        Inference,
        As(Twist::NoDone),
        Phrase::new("the stream ends without [DONE]", "流结束时没有 [DONE]"),
    ),
    row(
        "no-usage",
        &[],
        Inference,
        As(Twist::NoUsage),
        Phrase::new("no usage and no cost", "没有用量和费用"),
    ),
    row(
        "usage-with-choice",
        &[],
        Inference,
        As(Twist::UsageWithChoice),
        Phrase::new(
            "usage beside a choice without a finish reason",
            "用量与没有结束原因的 choice 同在",
        ),
    ),
    row(
        "reasoning-twin",
        &[],
        Inference,
        As(Twist::ReasoningTwin),
        Phrase::new(
            "reasoning under each of its three names",
            "推理内容以三个名称重复出现",
        ),
    ),
    row(
        "tool-call",
        &[],
        Inference,
        As(Twist::ToolCall),
        Phrase::new("a tool call that nobody asked for", "没有要求的工具调用"),
    ),
    row(
        "hostile-text",
        &[],
        Inference,
        As(Twist::Hostile),
        Phrase::new("text that would drive a terminal", "会操纵终端的文本"),
    ),
    row(
        "content-filter",
        &[],
        Inference,
        As(Twist::Filtered),
        Phrase::new(
            "a filter stops the answer halfway",
            "回答到一半被过滤器停止",
        ),
    ),
    row(
        "empty-answer",
        &[],
        Inference,
        As(Twist::Nothing),
        Phrase::new("an answer without a word", "没有内容的回答"),
    ),
    row(
        "byok",
        &["own-key"],
        Inference,
        As(Twist::OwnKey),
        Phrase::new(
            "the answer runs on your own provider key and costs no credits",
            "回答使用您自带的供应商密钥，不花费额度",
        ),
    ),
    row(
        "late-start",
        &[],
        Inference,
        As(Twist::LateStart),
        Phrase::new(
            "ten seconds of comments before the first token",
            "第一个 token 之前有十秒的注释",
        ),
    ),
    row(
        "odd-chunks",
        &[],
        Inference,
        As(Twist::OddChunks),
        Phrase::new(
            "null content, repeated roles, text beside the finish reason",
            "空内容、重复角色、结束原因旁带文本",
        ),
    ),
    row(
        "whole",
        &[],
        Inference,
        As(Twist::Whole),
        Phrase::new(
            "one JSON body although a stream was asked for",
            "要求流式却返回整个 JSON",
        ),
    ),
    row(
        "old-key",
        &[],
        Reach::Listing("/key"),
        Odd(Listing::OldKey),
        Phrase::new(
            "key facts of an older service, with unknown members",
            "旧版服务的密钥信息，带未知字段",
        ),
    ),
    row(
        "zero-credits",
        &[],
        Reach::Listing("/credits"),
        Odd(Listing::ZeroCredits),
        Phrase::new(
            "an inference key is told zeros in place of 403",
            "推理密钥得到零值而不是 403",
        ),
    ),
    row(
        "odd-models",
        &[],
        Reach::Listing("/models"),
        Odd(Listing::OddModels),
        Phrase::new(
            "unknown words, odd prices, missing members",
            "未知的词、奇怪的价格、缺少的字段",
        ),
    ),
    row(
        "endless-models",
        &[],
        Reach::Listing("/models"),
        Odd(Listing::EndlessModels),
        Phrase::new("the next page is the same page", "下一页还是同一页"),
    ),
    row(
        "long-dates",
        &[],
        Reach::Listing("/activity"),
        Odd(Listing::LongDates),
        Phrase::new("dates with a time behind them", "日期后带有时间"),
    ),
    row(
        "no-activity",
        &[],
        Reach::Listing("/activity"),
        Odd(Listing::NoActivity),
        Phrase::new("nothing was used yet", "还没有任何用量"),
    ),
    row(
        "no-analytics",
        &[],
        Reach::Listing("/analytics"),
        Odd(Listing::NoAnalytics),
        Phrase::new(
            "a service without analytics (404)",
            "没有分析接口的服务（404）",
        ),
    ),
    row(
        "slow-analytics",
        &[],
        Reach::Listing("/analytics"),
        Odd(Listing::SlowAnalytics),
        Phrase::new(
            "more than a month takes too long (408)",
            "超过一个月的范围会超时（408）",
        ),
    ),
    row(
        "cut-analytics",
        &[],
        Reach::Listing("/analytics"),
        Odd(Listing::CutAnalytics),
        Phrase::new(
            "a few rows of many, said to be truncated",
            "只返回少数几行，并标明已截断",
        ),
    ),
    row(
        "odd-analytics",
        &[],
        Reach::Listing("/analytics"),
        Odd(Listing::OddAnalytics),
        Phrase::new(
            "the time under its other name, days as times",
            "时间列用另一个名称，日期写成时间",
        ),
    ),
];

fn cdn_502() -> Response {
    edge_page(
        502,
        "Bad gateway",
        "The web server reported a bad gateway error.",
    )
}

fn cdn_429() -> Response {
    edge_page(429, "You are being rate limited", "Please slow down.")
}

fn edge_timeout() -> Response {
    edge_page(
        524,
        "A timeout occurred",
        "The origin web server did not reply in time.",
    )
}

/// A page of the network in front of the service.
fn edge_page(status: u16, title: &str, words: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head><title>openrouter.ai | {status}: {title}</title>\
         </head>\n<body><h1>{title}</h1><p>Error code {status}</p><p>{words}</p></body>\n</html>\n"
    );
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, [(SERVER, "cloudflare")], Html(html)).into_response()
}

fn html_500() -> Response {
    let html = "<!DOCTYPE html><html><head><title>500: Internal Server Error</title></head>\
                <body><h1>500</h1><h2>Internal Server Error.</h2></body></html>";
    (StatusCode::INTERNAL_SERVER_ERROR, Html(html)).into_response()
}

fn captive_portal() -> Response {
    Html(
        "<!DOCTYPE html>\n<html><head><title>Guest Wi-Fi: sign in</title></head>\n\
         <body><h1>Welcome</h1><p>Accept the terms to use this network.</p>\
         <form><button>Accept</button></form></body></html>\n",
    )
    .into_response()
}

fn redirect() -> Response {
    let there = "https://login.example/api/v1/elsewhere";
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, there)]).into_response()
}

fn empty() -> Response {
    json_text("")
}

fn bad_json() -> Response {
    json_text("{\"data\": {\"label\": \"sk-or-v1-000...000\", \"limit\": ")
}

fn error_in_200() -> Response {
    json_text(
        "{\"error\":{\"code\":502,\"message\":\"Provider returned error\",\
         \"metadata\":{\"error_type\":\"provider_unavailable\",\"provider_name\":\"Chutes\"}},\
         \"user_id\":\"user_2aBcD3eFgH4iJkL5mNoP6\"}",
    )
}

fn json_text(text: &'static str) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}
