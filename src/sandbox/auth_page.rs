//! The page that asks the person whether an app may have a key, in English and Chinese.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};
use axum::response::{Html, IntoResponse, Response};

use super::sign_in::Wish;
use crate::text::{Lang, Phrase};

const TITLE: Phrase = Phrase::new("Authorize an app", "授权应用");
const BADGE: Phrase = Phrase::new(
    "Sandbox: a simulated OpenRouter on this machine. No account, no money.",
    "沙盒：这台电脑上模拟的 OpenRouter。没有账户，也没有钱。",
);
const ASKS: Phrase = Phrase::new(
    "{} asks for an API key of your sandbox account.",
    "{} 想要一个您的沙盒账户的 API 密钥。",
);
const SOMEONE: Phrase = Phrase::new("A program on this machine", "这台电脑上的一个程序");
const LABEL: Phrase = Phrase::new("Name of the key: {}", "密钥名称：{}");
const CAPPED: Phrase = Phrase::new("It may spend up to {}.", "最多可花费 {}。");
const UNCAPPED: Phrase = Phrase::new(
    "It has no spending limit of its own.",
    "它没有单独的花费上限。",
);
const SENT_TO: Phrase = Phrase::new("The answer goes to {}.", "结果会发送到 {}。");
const SHOWN: Phrase = Phrase::new(
    "This page will show a code to paste into the program.",
    "这个页面会显示一个授权码，请粘贴到程序里。",
);
const PROVEN: Phrase = Phrase::new(
    "Only the program that asked can use it ({}).",
    "只有发起请求的程序能使用它（{}）。",
);
const UNPROVEN: Phrase = Phrase::new(
    "The request carries no proof of its sender.",
    "请求没有附带发起者的凭证。",
);
const AUTHORIZE: Phrase = Phrase::new("Authorize", "授权");
const DENY: Phrase = Phrase::new("Deny", "拒绝");
const CODE_TITLE: Phrase = Phrase::new("Your code", "您的授权码");
const CODE_WORDS: Phrase = Phrase::new(
    "Paste it into the program that asked. It works once, for ten minutes.",
    "请把它粘贴到发起请求的程序里。它只能用一次，十分钟内有效。",
);
const DENIED_TITLE: Phrase = Phrase::new("Nothing was granted", "没有授权");
const DENIED_WORDS: Phrase = Phrase::new(
    "No key was made. You can close this tab.",
    "没有创建密钥。可以关闭这个标签页。",
);
const REFUSED_TITLE: Phrase = Phrase::new("This request cannot be answered", "无法处理这个请求");

/// The page that asks. `ticket` names the wish in the form's answer.
pub(super) fn question(wish: &Wish, ticket: &str, lang: Lang) -> Response {
    let someone = SOMEONE.say(lang);
    // As the real page: an app on this machine is called by its host and port.
    let app = wish.callback.as_deref().map_or(someone, host_of);
    let mut lines = vec![ASKS.fill(lang, &[&format!("<strong>{}</strong>", escape(app))])];
    if let Some(label) = &wish.key_label {
        lines.push(LABEL.fill(lang, &[&escape(label)]));
    }
    lines.push(match wish.limit {
        Some(limit) => CAPPED.fill(lang, &[&limit]),
        None => UNCAPPED.say(lang).to_owned(),
    });
    lines.push(match &wish.callback {
        Some(url) => SENT_TO.fill(lang, &[&format!("<code>{}</code>", escape(url))]),
        None => SHOWN.say(lang).to_owned(),
    });
    lines.push(match &wish.challenge {
        Some((_, method)) => PROVEN.fill(lang, &[&method.word()]),
        None => UNPROVEN.say(lang).to_owned(),
    });
    let list: String = lines
        .iter()
        .flat_map(|line| ["<li>", line, "</li>\n"])
        .collect();
    let tag = lang.tag();
    let form = format!(
        "<form method=\"post\">\n\
         <button class=\"yes\" formaction=\"/auth/grant?lang={tag}&amp;ticket={ticket}\">{}</button>\n\
         <button formaction=\"/auth/deny?lang={tag}&amp;ticket={ticket}\">{}</button>\n</form>",
        AUTHORIZE.say(lang),
        DENY.say(lang),
    );
    page(lang, TITLE, &format!("<ul>\n{list}</ul>\n{form}"))
}

/// The page that shows the code.
pub(super) fn code(code: &str, lang: Lang) -> Response {
    let words = CODE_WORDS.say(lang);
    let body = format!("<p><code id=\"code\" class=\"code\">{code}</code></p>\n<p>{words}</p>");
    page(lang, CODE_TITLE, &body)
}

/// The page after a no without a callback.
pub(super) fn denied(lang: Lang) -> Response {
    let words = DENIED_WORDS.say(lang);
    page(lang, DENIED_TITLE, &format!("<p>{words}</p>"))
}

/// The page for a request that makes no sense; `reason` names what is wrong with it.
pub(super) fn refused(reason: &str, lang: Lang) -> Response {
    let body = format!("<p><code>{}</code></p>", escape(reason));
    let mut response = page(lang, REFUSED_TITLE, &body);
    *response.status_mut() = axum::http::StatusCode::BAD_REQUEST;
    response
}

fn page(lang: Lang, title: Phrase, body: &str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<p class=\"badge\">{badge}</p>\n\
         <h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n",
        tag = lang.tag(),
        title = title.say(lang),
        badge = BADGE.say(lang),
    );
    let headers = [
        (CACHE_CONTROL, "no-store"),
        (X_FRAME_OPTIONS, "DENY"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
        ),
    ];
    (headers, Html(html)).into_response()
}

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;margin:0;background:#f6f6f8;color:#1c1c22}\
main{max-width:34rem;margin:10vh auto;padding:2rem;background:#fff;border-radius:12px}\
.badge{background:#fff3cd;padding:.4rem .8rem;border-radius:6px}\
.code{font-size:1.3rem;user-select:all;overflow-wrap:anywhere}\
button{font:inherit;padding:.5rem 1.4rem;margin-right:.6rem;border:1px solid #888;border-radius:8px;background:#fff}\
.yes{background:#4f46e5;border-color:#4f46e5;color:#fff}";

/// Host and port of a URL.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Foreign text on a page.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_become_markup() {
        assert_eq!(
            escape("<script>alert('x')&\""),
            "&lt;script&gt;alert(&#39;x&#39;)&amp;&quot;"
        );
    }

    #[test]
    fn an_app_is_called_by_its_host_and_port() {
        assert_eq!(host_of("http://localhost:4711/cb?x=1"), "localhost:4711");
        assert_eq!(host_of("https://app.example"), "app.example");
    }
}
