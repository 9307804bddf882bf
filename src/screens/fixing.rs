//! What is done about a trouble on a keypress, and how: for the wizard and the chat alike.

use std::time::Duration;

use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::page::Page as WebPage;
use crate::domain::pasted_key::Shape;
use crate::domain::secret::Secret;
use crate::flow::{Effect, Facts, Intent, Step};

/// The longest wait before trying again that a page counts down.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// The fixes that the program does itself.
pub(super) fn doable(diagnosis: &Diagnosis) -> impl Iterator<Item = &Fix> {
    diagnosis.fixes.iter().filter(|fix| is_doable(fix))
}

/// Whether the program does it itself.
pub(super) fn is_doable(fix: &Fix) -> bool {
    match fix.act {
        Act::Open(_)
        | Act::UseModel(_)
        | Act::UseFreeModel
        | Act::AnotherKey
        | Act::SignIn
        | Act::LowerMaxTokens(_)
        | Act::UseBaseUrl(_)
        | Act::EditBaseUrl
        | Act::OtherFile => true,
        // Nobody watches a countdown for longer.
        Act::Retry(wait) => wait <= LONGEST_WAIT,
        Act::Run(_) | Act::Advice => false,
    }
}

/// Whether a key may be offered to be sent there: another address than the one in use, and to OpenRouter
/// only what looks like its key. A gateway's own key is nobody else's business.
pub(super) fn may_go_to(url: &str, key: Option<&Secret>, facts: &Facts) -> bool {
    let is_openrouters =
        |key: &Secret| matches!(Shape::of(key), Shape::OpenRouter | Shape::OpenRouterOdd(_));
    let is_fit = !is_openrouter(url) || key.is_some_and(is_openrouters);
    is_fit && url != facts.base_url
}

/// Whether an address is OpenRouter's.
pub(super) fn is_openrouter(url: &str) -> bool {
    let host = host(url);
    host == "openrouter.ai" || host.ends_with(".openrouter.ai")
}

/// Whether a server may be asked without a key: one of the person's own often wants none.
pub(super) fn may_want_no_key(url: &str) -> bool {
    !is_openrouter(url) && host(url) != "api.openai.com"
}

/// Whether the server is OpenRouter, real or simulated: what has its sign-in, its pages and its keys. A gateway has none
/// of them. On this machine a sandbox tells itself from one by its answers; until it was listened to, it may be one.
pub(super) fn has_openrouters_pages(facts: &Facts) -> bool {
    let url = &facts.base_url;
    let is_here = || matches!(host(url), "localhost" | "127.0.0.1" | "[::1]");
    let is_unheard = facts.says_simulated.is_none() && is_here();
    facts.is_simulated() || is_openrouter(url) || is_unheard
}

/// Where an address leads, as a sentence names it: the host, and the port where one is given.
pub(super) fn authority(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn host(url: &str) -> &str {
    let authority = authority(url);
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    }
}

/// Opens a page; where no browser is near, its QR code is shown at once.
pub(super) fn open(web: WebPage, facts: &Facts) -> Step {
    if facts.is_remote {
        Step::intent(Intent::ShowQr(web))
    } else {
        Step::effect(Effect::OpenPage(web))
    }
}
