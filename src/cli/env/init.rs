//! `onramp env init`: the project's first .env file, shown before it is made.

use jiff::Timestamp;

use crate::cli::args::{EnvInitFlags, TemplateName};
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Outcome, print_line};
use crate::domain::service_group::ServiceGroup;
use crate::domain::sighting::short_path;
use crate::jobs::access::KEY;
use crate::jobs::env_init::{self, Wish};
use crate::text::Phrase;
use crate::ui::plain::change_lines;

const UNCHANGED: Phrase = Phrase::new("unchanged: {}", "没有变化：{}");
const ASK: Phrase = Phrase::new("Make it?", "要创建吗？");
const NOTHING: Phrase = Phrase::new("nothing was changed", "没有任何改动");
const WROTE: Phrase = Phrase::new("wrote {}", "已写入 {}");
const NEXT: Phrase = Phrase::new(
    "next: onramp env set --file {} {}",
    "下一步：onramp env set --file {} {}",
);

pub(super) fn run(context: &Context, flags: &EnvInitFlags) -> Outcome {
    let lang = context.lang;
    let plan = env_init::plan(
        &context.scene,
        &Wish {
            file: flags.new_file.clone(),
            from_service: flags.env_template == Some(TemplateName::Service)
                || !flags.groups.is_empty(),
            groups: if flags.groups.is_empty() {
                ServiceGroup::ALL.into()
            } else {
                flags.groups.iter().map(|name| name.group()).collect()
            },
            with_example: flags.example,
        },
    )?;
    for words in plan.because.iter().chain(&plan.warnings) {
        context.note(&words.say(lang));
    }
    let file = short_path(&plan.path, &context.scene.folder);
    if !plan.is_change() {
        print_line(&UNCHANGED.fill(lang, &[&file]));
        return Ok(());
    }
    let changes = || plan.shown.iter().filter(|change| !change.lines.is_empty());
    for change in changes() {
        for line in change_lines(change) {
            print_line(&line);
        }
    }
    if flags.dry_run {
        return Ok(());
    }
    // The command is a wish in itself, and takes nothing from anybody: without a person it is done.
    if !flags.yes && confirm::is_somebody_there() && !confirm::ask(context, ASK, true) {
        context.note(NOTHING.say(lang));
        return Ok(());
    }
    env_init::write(&context.scene, &plan, Timestamp::now())?;
    for change in changes() {
        let path = short_path(&change.path, &context.scene.folder);
        context.note(&WROTE.fill(lang, &[&path]));
    }
    if plan.wants_key() {
        context.note(&NEXT.fill(lang, &[&file, &KEY]));
    }
    Ok(())
}
