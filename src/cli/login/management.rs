//! `onramp login --management`: a management key, pasted unseen, judged by the server, then kept.

use std::io::{IsTerminal, stdin};

use super::{KeptKey, ask_about, named};
use crate::cli::args::login::LoginFlags;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome};
use crate::cli::{hidden, stdin as input};
use crate::credentials::Put;
use crate::domain::page::Page;
use crate::domain::pasted_key::{PastedKey, Shape, flaw};
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::openrouter::BaseUrl;
use crate::text::Phrase;

const WHERE: Phrase = Phrase::new("Management keys are made at {}", "管理密钥在此创建：{}");
const ASK: Phrase = Phrase::new(
    "The management key (typing stays unseen): ",
    "管理密钥（输入不会显示）：",
);
const RECEIVED: Phrase = Phrase::new("\nreceived: {}, {} characters", "\n已收到：{}，{} 个字符");
/// The longest text that a key is looked for in, in bytes.
const MOST_PASTED: usize = 64 * 1024;
const NOBODY: Phrase = Phrase::new(
    "nobody is here to paste the key. Use: onramp login --management --stdin < FILE",
    "没有终端可粘贴密钥。请使用：onramp login --management --stdin < FILE",
);
const EMPTY: Phrase = Phrase::new("no key came", "没有收到密钥");
const SEVERAL: Phrase = Phrase::new(
    "several keys came; give the one that is meant",
    "收到了多个密钥；请只给出所需的那一个",
);
const AN_API_KEY: Phrase = Phrase::new(
    "The server says that this is an ordinary API key: it calls models and manages no keys. It was not kept. \
     An API key belongs into the project: onramp setup.",
    "服务器表示这是普通的 API 密钥：它用来调用模型，不能管理密钥。没有保存。API 密钥应放进项目：onramp setup。",
);
const NOT_TOLD: Phrase = Phrase::new(
    "This server does not say what a key is, so it has no management keys that are known here. It was not kept.",
    "此服务器不说明密钥的类型，因此无法确认它是管理密钥。没有保存。",
);

pub(super) async fn run(context: &Context, server: &BaseUrl, flags: LoginFlags) -> Outcome {
    let secret = read(context, flags).await?;
    refuse_unfit(server, &secret).map_err(|symptom| crate::cli::diagnosed(&symptom))?;
    let facts = ask_about(context, server, &secret)
        .await
        .map_err(|symptom| crate::cli::diagnosed(&symptom))?;
    let Some(facts) = facts else {
        return Err(named("not-a-management-key", NOT_TOLD));
    };
    if !facts.is_management_key {
        return Err(named("not-a-management-key", AN_API_KEY));
    }
    let origin = server.origin();
    let before = context.scene.store().management_key(&origin);
    let put = keep(context, &origin, &secret)
        .map_err(|trouble| crate::cli::diagnosed(&Symptom::File(trouble)))?;
    let kept = KeptKey {
        server: server.clone(),
        secret,
        facts: Some(facts),
        put,
        before: before.ok().flatten().map(|held| held.secret),
        is_management: true,
    };
    kept.tell(context, flags.json);
    Ok(())
}

async fn read(context: &Context, flags: LoginFlags) -> Result<Secret, Failure> {
    let lang = context.lang;
    let pasted = if flags.key_from_stdin {
        let bytes = input::bytes(MOST_PASTED).await;
        bytes.map_err(Failure::Usage)?
    } else if stdin().is_terminal() {
        context.note(&WHERE.fill(lang, &[&Page::ManagementKeys.url()]));
        hidden::line(ASK.say(lang)).await.unwrap_or_default()
    } else {
        return Err(Failure::Usage(NOBODY.into()));
    };
    let pasted = Secret::new(String::from_utf8_lossy(&pasted));
    let mut keys = PastedKey::read(pasted.expose()).candidates.into_iter();
    let Some(key) = keys.next() else {
        return Err(Failure::Usage(EMPTY.into()));
    };
    if keys.next().is_some() {
        return Err(Failure::Usage(SEVERAL.into()));
    }
    if !flags.key_from_stdin {
        context.note(&RECEIVED.fill(lang, &[&key.mask(), &key.chars()]));
    }
    Ok(key)
}

/// What is certainly no key of this server is not sent there.
fn refuse_unfit(server: &BaseUrl, secret: &Secret) -> Result<(), Symptom> {
    match Shape::of(secret) {
        Shape::Placeholder => return Err(Symptom::PlaceholderKey),
        Shape::Vendor(vendor) if server.is_openrouter() => {
            return Err(Symptom::WrongVendor { vendor });
        }
        _ => {}
    }
    match flaw(secret) {
        Some(around) => Err(Symptom::MalformedKey {
            chars: secret.chars(),
            around,
        }),
        None => Ok(()),
    }
}

fn keep(context: &Context, origin: &str, secret: &Secret) -> Result<Option<Put>, FileTrouble> {
    if context.scene.sandbox.is_some() {
        return Ok(None);
    }
    let put = context.scene.store().keep_management_key(origin, secret)?;
    Ok(Some(put))
}
