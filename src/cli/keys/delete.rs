//! `onramp keys delete`: for good, after its name was typed.

use std::io::Write;

use serde::Serialize;

use super::{Ring, table};
use crate::cli::args::keys::KeysDeleteFlags;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::cli::stdin;
use crate::domain::clean_text::CleanText;
use crate::text::{Phrase, Said};

const NOBODY: Phrase = Phrase::new(
    "nobody is here to type its name; --yes NAME with its whole name deletes it",
    "没有终端可输入名称；用 --yes 名称（完整名称）可直接删除",
);
const OTHER_NAME: Phrase = Phrase::new(
    "the key that is meant is called “{}”; nothing was deleted",
    "所指的密钥名为“{}”；没有删除",
);
const IN_USE: Phrase = Phrase::new(
    "It is the key in use here: without it every request is refused.",
    "此处正在使用这个密钥：删除后所有请求都会被拒绝。",
);
const TYPE_IT: Phrase = Phrase::new(
    "A deleted key never works again. Type its name to delete it: ",
    "删除后密钥永远不能再用。输入它的名称以删除：",
);
const LEFT: Phrase = Phrase::new("nothing was deleted", "没有删除");
const DELETED: Phrase = Phrase::new("deleted {} {}", "已删除 {} {}");
const WAS_GONE: Phrase = Phrase::new("{} {} was deleted already", "{} {} 之前已被删除");

pub(super) async fn run(context: &Context, flags: &KeysDeleteFlags) -> Outcome {
    let lang = context.lang;
    let ring = Ring::open(context).await?;
    let key = ring.find(&flags.which.key)?;
    // One without a name is called by its label: an empty line is no agreement.
    let called = match key.name.trim() {
        "" => key.label.trim(),
        name => name,
    };
    match &flags.yes_name {
        Some(name) if name.trim() != called => {
            return Err(Failure::Usage(Said::new(OTHER_NAME, &[&called])));
        }
        Some(_) => {}
        None => {
            if !confirm::is_somebody_there() {
                return Err(Failure::Usage(NOBODY.into()));
            }
            let mut err = std::io::stderr();
            for line in table::about(context, &ring, &key) {
                let _ = writeln!(err, "{line}");
            }
            if ring.manager.is_own(&key) {
                let _ = writeln!(err, "{}", IN_USE.say(lang));
            }
            let _ = write!(err, "{}", TYPE_IT.say(lang));
            let _ = err.flush();
            let typed = stdin::line().await;
            // A name may hold what no keyboard types; as it is shown is as it is typed.
            if CleanText::line(&String::from_utf8_lossy(&typed)).trim() != called {
                context.note(LEFT.say(lang));
                return Ok(());
            }
        }
    }
    let was_there = ring.manager.delete(&key).await;
    let was_there = was_there.map_err(|symptom| crate::cli::diagnosed(&symptom))?;
    if flags.shown.json {
        print_json(&DeletedJson {
            hash: &key.hash,
            name: &key.name,
            deleted: true,
            was_there,
        });
        return Ok(());
    }
    let words = if was_there { DELETED } else { WAS_GONE };
    print_line(&words.fill(lang, &[&key.name, &key.label]));
    Ok(())
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct DeletedJson<'a> {
    hash: &'a CleanText,
    name: &'a CleanText,
    deleted: bool,
    /// False: somebody else had deleted it already.
    was_there: bool,
}
