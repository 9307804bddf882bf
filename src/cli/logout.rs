//! `onramp logout`: forgets the keys that are kept here, and says what still holds.

use serde::Serialize;

use super::args::login::LogoutFlags;
use super::context::Context;
use super::login::key_page;
use super::output::{Outcome, print_json, print_line};
use crate::credentials::Held;
use crate::domain::clean_text::CleanText;
use crate::domain::page::Page;
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::openrouter::BaseUrl;
use crate::text::{Lang, Phrase};

const NOTHING: Phrase = Phrase::new("nothing was kept for {}", "没有为 {} 保存任何密钥");
const NOTHING_AT_ALL: Phrase = Phrase::new("nothing was kept", "没有保存任何密钥");
const SIMULATED: Phrase = Phrase::new("nothing of the sandbox is kept", "沙盒的密钥从不保存");
const FORGOT_KEY: Phrase = Phrase::new(
    "forgot the API key {}. It still works until it is deleted: {}",
    "已忘记 API 密钥 {}。它在被删除之前仍然有效：{}",
);
const FORGOT_MANAGEMENT: Phrase = Phrase::new(
    "forgot the management key {}. It still works until it is deleted: {}",
    "已忘记管理密钥 {}。它在被删除之前仍然有效：{}",
);
const FORGOT_ALL: Phrase = Phrase::new(
    "forgot every key that was kept in {}. They still work until they are deleted: {}",
    "已忘记 {} 中保存的所有密钥。它们在被删除之前仍然有效：{}",
);
const ELSEWHERE: Phrase = Phrase::new(
    "Keys in the environment and in .env files stay as they are.",
    "环境变量和 .env 文件中的密钥保持不变。",
);

pub(super) fn run(context: &Context, flags: LogoutFlags) -> Outcome {
    let lang = context.lang;
    if context.wants_sandbox {
        tell(context, flags, Forgotten::default(), SIMULATED.say(lang));
        return Ok(());
    }
    let failed = |trouble: FileTrouble| super::diagnosed(&Symptom::File(trouble));
    let store = context.scene.store();
    if flags.all_servers {
        let mut forgotten = Forgotten::default();
        if store.forget_all().map_err(failed)? {
            let path = CleanText::line(&store.path().display().to_string());
            let words = FORGOT_ALL.fill(lang, &[&path, &Page::Keys.url()]);
            forgotten.lines.push(words);
        }
        tell(context, flags, forgotten, NOTHING_AT_ALL.say(lang));
        return Ok(());
    }
    let server = context
        .server()
        .map_err(|symptom| super::diagnosed(&symptom))?;
    let origin = server.origin();
    let key = store.key(&origin).map_err(failed)?;
    let management_key = store.management_key(&origin).map_err(failed)?;
    store.forget(&origin).map_err(failed)?;
    let forgotten = Forgotten::of(&server, key, management_key, lang);
    tell(context, flags, forgotten, &NOTHING.fill(lang, &[&origin]));
    Ok(())
}

/// What was forgotten, in words and for scripts.
#[derive(Default)]
struct Forgotten {
    rows: Vec<RowJson>,
    lines: Vec<String>,
}

impl Forgotten {
    fn of(server: &BaseUrl, key: Option<Held>, management_key: Option<Held>, lang: Lang) -> Self {
        let mut forgotten = Self::default();
        let kinds = [
            (key, "api", FORGOT_KEY),
            (management_key, "management", FORGOT_MANAGEMENT),
        ];
        for (key, kind, words) in kinds {
            let Some(Held { secret: key, .. }) = key else {
                continue;
            };
            let page = match kind {
                "management" if server.is_openrouter() => Page::ManagementKeys.url(),
                _ => key_page(server, &key),
            };
            forgotten
                .lines
                .push(words.fill(lang, &[&key.mask(), &page]));
            forgotten.rows.push(RowJson {
                server: server.origin(),
                kind,
                key: key.mask(),
                hash: key.hash(),
            });
        }
        forgotten
    }
}

fn tell(context: &Context, flags: LogoutFlags, forgotten: Forgotten, nothing: &str) {
    let lang = context.lang;
    if flags.json {
        print_json(&LogoutJson {
            forgot: !forgotten.lines.is_empty(),
            keys: forgotten.rows,
        });
        return;
    }
    if forgotten.lines.is_empty() {
        print_line(nothing);
        return;
    }
    for line in &forgotten.lines {
        print_line(line);
    }
    context.note(ELSEWHERE.say(lang));
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct LogoutJson {
    forgot: bool,
    keys: Vec<RowJson>,
}

#[derive(Serialize)]
struct RowJson {
    server: String,
    kind: &'static str,
    key: String,
    hash: String,
}
