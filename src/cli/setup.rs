//! `onramp` and `onramp setup`: the wizard on a terminal, else where the project stands.

use super::context::Context;
use super::output::{Outcome, print_line};
use super::tui;
use crate::domain::sighting::Place;
use crate::domain::symptom::Symptom;
use crate::flow::ScreenName;
use crate::jobs::wrong_path::or_wrong_path;
use crate::jobs::{Access, access};
use crate::openrouter::Dialect;
use crate::project::Project;
use crate::text::Phrase;

const KEY: Phrase = Phrase::new("key: {} from {}", "密钥：{}，来自 {}");
const WORKS: Phrase = Phrase::new("server: {} accepts it", "服务器：{} 已接受");
const KEYLESS: Phrase = Phrase::new(
    "server: {} answers without a key",
    "服务器：{} 无需密钥即可应答",
);
const IN_FILE: Phrase = Phrase::new(".env: the key stands in {}", ".env：密钥在 {} 中");
const NOT_IN_FILE: Phrase = Phrase::new(
    ".env: the key is in no file of this project; to write it: onramp env set --stdin {}",
    ".env：密钥不在本项目的任何文件中；写入方法：onramp env set --stdin {}",
);
const NEXT: Phrase = Phrase::new("next: onramp check", "下一步：onramp check");
const NO_WIZARD: Phrase = Phrase::new(
    "the wizard needs a terminal; onramp setup --plain reads answers from standard input line by line",
    "向导需要终端；onramp setup --plain 可从标准输入逐行读取回答",
);

pub(super) fn run(context: Context, first: Option<ScreenName>) -> Outcome {
    if context.look.is_plain {
        // Line by line there is the wizard; figures are the output of `onramp usage`.
        return tui::run(context, Some(ScreenName::Setup));
    }
    if tui::has_terminal() {
        return tui::run(context, first);
    }
    context.block_on(report)
}

/// Where the project stands, for whoever cannot answer questions.
async fn report(context: &Context) -> Outcome {
    let lang = context.lang;
    context.note(NO_WIZARD.say(lang));
    let diagnosed = |symptom| super::diagnosed(&symptom);
    let access = context.access().map_err(diagnosed)?;
    let client = access.client(&context.scene.network).map_err(diagnosed)?;
    if let Some(key) = &access.key {
        let place = key.place.said(&context.scene.folder).say(lang);
        print_line(&KEY.fill(lang, &[&key.secret.mask(), &place]));
    }
    let dialect = match client.identify().await {
        Ok(dialect) => dialect,
        Err(symptom) => {
            let symptom = access::or_no_key(symptom, access.key.as_ref());
            return Err(diagnosed(or_wrong_path(symptom, &client).await));
        }
    };
    if let Dialect::OpenRouter(known) = dialect
        && known.is_management_key
    {
        return Err(diagnosed(Symptom::ManagementKey));
    }
    let words = if access.key.is_some() { WORKS } else { KEYLESS };
    print_line(&words.fill(lang, &[&access.server]));
    print_file(context, &access);
    print_line(NEXT.say(lang));
    Ok(())
}

fn print_file(context: &Context, access: &Access) {
    let lang = context.lang;
    let Some(key) = &access.key else { return };
    if let Place::Dotenv { .. } = &key.place {
        let place = key.place.said(&context.scene.folder).say(lang);
        print_line(&IN_FILE.fill(lang, &[&place]));
        return;
    }
    let project = Project::at(&context.scene.folder);
    let seen = access::InSight::of(&context.scene, &project);
    let in_file = seen
        .keys
        .iter()
        .find(|other| matches!(other.place, Place::Dotenv { .. }) && other.secret == key.secret);
    match in_file {
        Some(same) => {
            let place = same.place.said(&context.scene.folder).say(lang);
            print_line(&IN_FILE.fill(lang, &[&place]));
        }
        None => print_line(&NOT_IN_FILE.fill(lang, &[&access::KEY])),
    }
}
