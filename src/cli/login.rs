//! `onramp login`: the browser sign-in without a screen; with `--management`, a management key.
//!
//! What is to be done stands on stderr, what came of it on stdout. The answer of the browser and a pasted code
//! race, as in the wizard.

mod browser;
mod management;

use serde::Serialize;

use super::args::login::LoginFlags;
use super::context::Context;
use super::output::{Failure, Outcome, print_json, print_line};
use crate::credentials::Put;
use crate::domain::account::KeyFacts;
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::sighting::Rest;
use crate::domain::symptom::Symptom;
use crate::openrouter::{BaseUrl, Dialect};
use crate::text::{Lang, Phrase};
use crate::ui::key_facts::key_facts;
use crate::ui::page::{Block, fact};
use crate::ui::plain::block_lines;

const KEY: Phrase = Phrase::new("key", "密钥");
const KIND: Phrase = Phrase::new("kind", "类型");
const API: Phrase = Phrase::new("API key", "API 密钥");
const MANAGEMENT: Phrase = Phrase::new(
    "management key: it makes and limits other keys, and calls no model",
    "管理密钥：用来创建和限制其他密钥，不能调用模型",
);
const KEPT: Phrase = Phrase::new("kept", "保存在");
const IN_FILE: Phrase = Phrase::new("in {}, which only you can read", "{}（仅您可读）");
const IN_KEYRING: Phrase = Phrase::new("in this system's keyring", "系统密钥环中");
const NOWHERE: Phrase = Phrase::new(
    "nowhere: it is simulated and ends with this command",
    "未保存：这是模拟的密钥，随此命令结束而消失",
);
const REPLACED: Phrase = Phrase::new(
    "The key that was kept before ({}) works until it is deleted: {}",
    "之前保存的密钥（{}）在被删除之前仍然有效：{}",
);
const HIDDEN: Phrase = Phrase::new(
    "Here another key goes before it: {}, from {}.",
    "但在此处优先使用另一个密钥：{}，来自{}。",
);
const NEXT: Phrase = Phrase::new(
    "Next: onramp setup writes it into the project's .env; onramp ask uses it as it is.",
    "接下来：onramp setup 可把它写入项目的 .env；onramp ask 可直接使用它。",
);

pub(super) async fn run(context: &Context, flags: LoginFlags) -> Outcome {
    let server = context
        .server()
        .map_err(|symptom| super::diagnosed(&symptom))?;
    if flags.management {
        management::run(context, &server, flags).await
    } else {
        browser::run(context, &server, flags).await
    }
}

/// A key that was kept, and what is told of it.
struct KeptKey {
    server: BaseUrl,
    secret: Secret,
    /// What the server says; `None` on servers that have no `GET /key`.
    facts: Option<KeyFacts>,
    /// Where it was put; `None`: nowhere.
    put: Option<Put>,
    /// The one that was kept there before.
    before: Option<Secret>,
    is_management: bool,
}

impl KeptKey {
    /// Says it, for people or for scripts.
    fn tell(&self, context: &Context, json: bool) {
        let lang = context.lang;
        if let Some(before) = self.before.as_ref().filter(|it| **it != self.secret) {
            let page = key_page(&self.server, before);
            context.note(&REPLACED.fill(lang, &[&before.mask(), &page]));
        }
        if let Some(said) = self.put.as_ref().and_then(Put::refused_said) {
            context.note(&said.say(lang));
        }
        if json {
            print_json(&self.json());
            return;
        }
        let kind = if self.is_management { MANAGEMENT } else { API };
        let mut rows = vec![
            fact(KEY.say(lang), self.secret.mask()),
            fact(KIND.say(lang), kind.say(lang)),
        ];
        rows.extend(self.facts.iter().flat_map(|known| key_facts(known, lang)));
        rows.push(fact(KEPT.say(lang), self.kept(lang)));
        for line in block_lines(&Block::Facts(rows)) {
            print_line(&line);
        }
        if !self.is_management {
            self.tell_what_follows(context);
        }
    }

    /// Whether a program here would get this very key, and what to do with it.
    fn tell_what_follows(&self, context: &Context) {
        let lang = context.lang;
        let in_force = context.access().ok().and_then(|access| access.key);
        match in_force.filter(|key| key.secret != self.secret) {
            Some(other) if self.put.is_some() => {
                let place = other.place.said(&context.scene.folder).say(lang);
                context.note(&HIDDEN.fill(lang, &[&other.secret.mask(), &place]));
            }
            _ if self.put.is_some() => context.note(NEXT.say(lang)),
            _ => {}
        }
    }

    fn kept(&self, lang: Lang) -> String {
        match self.put.as_ref().map(|put| &put.rest) {
            Some(Rest::File(path)) => {
                IN_FILE.fill(lang, &[&CleanText::line(&path.display().to_string())])
            }
            Some(Rest::Keyring) => IN_KEYRING.say(lang).into(),
            None => NOWHERE.say(lang).into(),
        }
    }

    fn json(&self) -> LoginJson<'_> {
        let known = self.facts.as_ref();
        let rest = self.put.as_ref().map(|put| &put.rest);
        LoginJson {
            server: self.server.origin(),
            kind: if self.is_management {
                "management"
            } else {
                "api"
            },
            key: self.secret.mask(),
            hash: self.secret.hash(),
            label: known.map(|it| &it.label),
            limit_usd: known.and_then(|it| it.limit),
            limit_remaining_usd: known.and_then(|it| it.limit_remaining),
            limit_reset: known.and_then(|it| it.limit_reset.as_ref()),
            kept: KeptJson {
                kind: match rest {
                    Some(Rest::File(_)) => "store",
                    Some(Rest::Keyring) => "keyring",
                    None => "none",
                },
                path: rest
                    .and_then(Rest::path)
                    .map(|path| path.display().to_string()),
            },
        }
    }
}

/// The page of one key, where it can be deleted.
pub(super) fn key_page(server: &BaseUrl, key: &Secret) -> String {
    if server.is_openrouter() {
        Page::KeySettings(key.hash()).url()
    } else {
        server.origin()
    }
}

/// What the server says of a key, as far as it tells.
async fn ask_about(
    context: &Context,
    server: &BaseUrl,
    key: &Secret,
) -> Result<Option<KeyFacts>, Symptom> {
    let network = &context.scene.network;
    let client = crate::openrouter::OpenRouter::new(server.clone(), Some(key.clone()), network)?;
    Ok(match client.identify().await? {
        Dialect::OpenRouter(facts) => Some(*facts),
        Dialect::OpenAiCompatible => None,
    })
}

/// A diagnosis by its name, with a cause of its own.
fn named(id: &str, cause: Phrase) -> Failure {
    let mut diagnosis = crate::diagnosis::find(id)
        .expect("the catalogue has it: a test of this file asks")
        .plain();
    diagnosis.cause = cause.into();
    diagnosis.into()
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct LoginJson<'a> {
    server: String,
    kind: &'static str,
    key: String,
    hash: String,
    label: Option<&'a CleanText>,
    limit_usd: Option<Usd>,
    limit_remaining_usd: Option<Usd>,
    limit_reset: Option<&'a CleanText>,
    kept: KeptJson,
}

#[derive(Serialize)]
struct KeptJson {
    kind: &'static str,
    path: Option<String>,
}
