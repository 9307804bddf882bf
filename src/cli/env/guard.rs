//! `onramp env guard`: a check before each commit, put into the repository's own hook and taken out again.

use std::sync::atomic::AtomicBool;

use super::leaks::print_leaks;
use crate::cli::args::{GuardFlags, GuardVerb};
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_line};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::TroubleKind;
use crate::jobs::guard::{self, Planned, Standing};
use crate::project::scan::{self, Watch};
use crate::text::Phrase;
use crate::ui::plain::change_lines;

const ON: Phrase = Phrase::new(
    "The guard is on: {} looks for keys before each commit.",
    "检查已启用：{} 会在每次提交前查找密钥。",
);
const OFF: Phrase = Phrase::new(
    "The guard is off. To install it: onramp env guard install",
    "检查未启用。安装方法：onramp env guard install",
);
const UNCHANGED: Phrase = Phrase::new("unchanged: {}", "没有变化：{}");
const WROTE: Phrase = Phrase::new("wrote {}", "已写入 {}");
const UNKNOWN: Phrase = Phrase::new(
    "onramp: what is staged could not be looked at; git does not answer. The commit goes on unguarded.",
    "onramp：git 没有响应，无法检查已暂存的内容。提交将不经检查继续。",
);

pub(super) fn run(context: &Context, verb: &GuardVerb) -> Outcome {
    let folder = &context.scene.folder;
    match verb {
        GuardVerb::Install(flags) => finish(context, flags, &guard::to_install(folder)?),
        GuardVerb::Remove(flags) => finish(context, flags, &guard::to_remove(folder)?),
        GuardVerb::Status => status(context),
        GuardVerb::Check => check(context),
    }
}

/// Shows the change, and writes it unless only asked to show.
fn finish(context: &Context, flags: &GuardFlags, planned: &Planned) -> Outcome {
    let path = CleanText::line(&planned.shown.path.display().to_string());
    if !planned.is_change() {
        print_line(&UNCHANGED.fill(context.lang, &[&path]));
        return Ok(());
    }
    for line in change_lines(&planned.shown) {
        print_line(&line);
    }
    if !flags.dry_run {
        guard::write(planned)?;
        context.note(&WROTE.fill(context.lang, &[&path]));
    }
    Ok(())
}

fn status(context: &Context) -> Outcome {
    match guard::standing(&context.scene.folder)? {
        Standing::On(hook) => {
            let hook = CleanText::line(&hook.display().to_string());
            print_line(&ON.fill(context.lang, &[&hook]));
        }
        Standing::Off(_) => print_line(OFF.say(context.lang)),
    }
    Ok(())
}

/// What the hook runs. Only a key ends in 11, and only 11 stops the commit.
fn check(context: &Context) -> Outcome {
    let watch = Watch {
        stop: &AtomicBool::new(false),
        until: None,
        tell: &|_| (),
    };
    let Some(found) = scan::staged(&context.scene.folder, &watch) else {
        context.note(UNKNOWN.say(context.lang));
        return Err(Failure::Silent(TroubleKind::Unexpected.exit_code()));
    };
    if found.leaks.is_empty() {
        return Ok(());
    }
    print_leaks(context, &found.leaks);
    Err(Failure::Silent(TroubleKind::Alert.exit_code()))
}
