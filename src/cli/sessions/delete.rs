//! `onramp sessions delete`: for good, after a yes.

use std::io::Write;

use super::{failed, find};
use crate::cli::args::sessions::SessionsDeleteFlags;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome};
use crate::domain::kept::Kept;
use crate::text::Phrase;

const NOBODY: Phrase = Phrase::new(
    "nobody is here to agree; --yes deletes without asking",
    "没有终端可确认；--yes 不询问直接删除",
);
const DELETE: Phrase = Phrase::new(
    "Delete for good? What it cost stays in the ledger.",
    "彻底删除？其费用仍保留在账本中。",
);
const LEFT: Phrase = Phrase::new("nothing was deleted", "没有删除任何内容");
const DELETED: Phrase = Phrase::new("deleted {}", "已删除 {}");
const BUSY: Phrase = Phrase::new(
    "another onramp is just reading; what it reads is overwritten when it ends",
    "另一个 onramp 正在读取；它结束后这部分才会被覆盖",
);

pub(super) fn run(context: &Context, flags: &SessionsDeleteFlags) -> Outcome {
    let lang = context.lang;
    // All are found before one is deleted: a mistyped id deletes nothing.
    let mut archive = None;
    let mut meant: Vec<Kept> = Vec::new();
    for short in &flags.talks {
        let (opened, kept) = find(context, short)?;
        archive = Some(opened);
        if meant.iter().all(|it| it.id != kept.id) {
            meant.push(kept);
        }
    }
    if !flags.yes {
        if !confirm::is_somebody_there() {
            return Err(Failure::Usage(NOBODY.into()));
        }
        for kept in &meant {
            let _ = writeln!(std::io::stderr(), "{}  {}", kept.id, kept.title);
        }
        if !confirm::ask(context, DELETE, false) {
            context.note(LEFT.say(lang));
            return Ok(());
        }
    }
    let Some(archive) = archive else {
        return Ok(());
    };
    for kept in meant {
        let is_overwritten = archive.delete(&kept.id).map_err(failed)?;
        context.note(&DELETED.fill(lang, &[&kept.id]));
        if !is_overwritten {
            context.note(BUSY.say(lang));
        }
    }
    Ok(())
}
