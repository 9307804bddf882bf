//! `onramp env set`, `unset`, `undo`: worked out, shown, written exactly as shown.

use std::io::{self, IsTerminal};

use jiff::Timestamp;
use serde::Serialize;

use super::file;
use crate::cli::args::{EnvSetFlags, EnvUndoFlags, EnvUnsetFlags};
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::cli::{hidden, stdin};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Act, Fix};
use crate::domain::pasted_key::{PastedKey, Shape};
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::dotenv;
use crate::flow::env::FileChange;
use crate::jobs::access;
use crate::jobs::env_change::{self, Change};
use crate::runtime::signals::tidy_up_on_signal;
use crate::text::{Phrase, Said};
use crate::ui::plain::change_lines;

const STDIN_IS_FOR_ONE: Phrase = Phrase::new(
    "--stdin reads the value of one NAME",
    "--stdin 只读取一个 NAME 的值",
);
/// The longest value that is taken, in bytes.
const MOST_VALUE: usize = 1024 * 1024;
const NOT_TEXT: Phrase = Phrase::new("the value is not text (UTF-8)", "值不是文本（UTF-8）");
const NO_PERSON: Phrase = Phrase::new(
    "nobody is here to type the value. Use: onramp env set --stdin {} < FILE",
    "没有终端可输入值。请使用：onramp env set --stdin {} < FILE",
);
const EMPTY: Phrase = Phrase::new(
    "the value of {} is empty. To remove a variable: onramp env unset {}",
    "{} 的值为空。如要删除变量：onramp env unset {}",
);
const PLACEHOLDER: Phrase = Phrase::new(
    "the value of {} is a template's placeholder, not a key",
    "{} 的值是模板中的占位符，不是密钥",
);
const SEEN_BY_OTHERS: Phrase = Phrase::new(
    "warning: a secret in a command line is kept in the shell's history and shown to every user in the process list. \
     Safer: onramp env set {}",
    "警告：命令行中的密钥会留在终端历史里，也会显示在进程列表中。更安全的方式：onramp env set {}",
);
const OTHER_VENDOR: Phrase = Phrase::new(
    "warning: this looks like a key of {}, not of OpenRouter",
    "警告：这看起来是 {} 的密钥，而不是 OpenRouter 的",
);
const ODD: Phrase = Phrase::new(
    "warning: this does not have the shape of an OpenRouter key (sk-or-v1- and 64 hex digits)",
    "警告：这不符合 OpenRouter 密钥的格式（sk-or-v1- 加 64 位十六进制）",
);
const RECEIVED: Phrase = Phrase::new("received: {}, {} characters", "已收到：{}，{} 个字符");
const ASK: Phrase = Phrase::new(
    "value of {} (typing stays unseen): ",
    "{} 的值（输入不会显示）：",
);
const TRACKED: Phrase = Phrase::new(
    "git tracks {}: a secret written there goes into the next commit.",
    "git 正在跟踪 {}：写入的密钥会进入下一次提交。",
);
const UNTRACK: Phrase = Phrase::new(
    "Take it out of git and ignore it",
    "将其移出 git 并加入忽略规则",
);
const ALL_THE_SAME: Phrase = Phrase::new(
    "To write all the same, add --force",
    "如仍要写入，请加 --force",
);
const NOT_IGNORED: Phrase = Phrase::new(
    "warning: git does not ignore {}. To mend it: echo {} >> {}",
    "警告：git 没有忽略 {}。可执行：echo {} >> {}",
);

pub(super) async fn set(context: &Context, flags: &EnvSetFlags) -> Outcome {
    let path = file(context, &flags.file);
    let mut warnings: Vec<Said> = Vec::new();
    let mut changes = Vec::new();
    if flags.stdin
        && (flags.assignments.len() != 1 || flags.assignments.iter().any(|it| it.contains('=')))
    {
        return Err(Failure::Usage(STDIN_IS_FOR_ONE.into()));
    }
    for assignment in &flags.assignments {
        let (name, value) = match assignment.split_once('=') {
            Some((name, value)) => {
                if looks_secret(name, value) {
                    warnings.push(Said::new(SEEN_BY_OTHERS, &[&CleanText::line(name)]));
                }
                (name, Secret::new(value))
            }
            None => (
                assignment.as_str(),
                ask_value(context, assignment, flags.stdin).await?,
            ),
        };
        let value = clean(name, value, &mut warnings)?;
        refuse_unwritable(name, &value)?;
        changes.push((name.to_owned(), value));
    }
    let pairs: Vec<(&str, &str)> = changes
        .iter()
        .map(|(name, value)| (name.as_str(), value.expose()))
        .collect();
    let change = env_change::to_set(&path, &pairs, flags.force)?;
    refuse_tracked(&change, flags.force)?;
    warnings.extend(change.warnings.iter().cloned());
    warnings.extend(not_ignored(&change));
    finish(
        context,
        &change,
        &warnings,
        (flags.dry_run, flags.json),
        &changes,
    )
}

pub(super) fn unset(context: &Context, flags: &EnvUnsetFlags) -> Outcome {
    let path = file(context, &flags.file);
    let names: Vec<&str> = flags.names.iter().map(String::as_str).collect();
    let change = env_change::to_unset(&path, &names)?;
    let warnings = change.warnings.clone();
    finish(context, &change, &warnings, (flags.dry_run, false), &[])
}

pub(super) fn undo(context: &Context, flags: &EnvUndoFlags) -> Outcome {
    let path = file(context, &flags.file);
    let said = env_change::undo(&context.scene, &path, Timestamp::now())?;
    print_line(&said.say(context.lang));
    Ok(())
}

/// Shows the change, writes it unless only asked to show, and says what was done.
fn finish(
    context: &Context,
    change: &Change,
    warnings: &[Said],
    (dry_run, json): (bool, bool),
    set: &[(String, Secret)],
) -> Outcome {
    const UNCHANGED: Phrase = Phrase::new("unchanged: {}", "没有变化：{}");
    const WROTE: Phrase = Phrase::new("wrote {}", "已写入 {}");
    let lang = context.lang;
    for warning in warnings {
        context.note(&warning.say(lang));
    }
    let shown = change.shown.clone();
    let file = CleanText::line(&shown.path.display().to_string());
    let action = if !change.is_change() {
        "unchanged"
    } else if dry_run {
        "planned"
    } else {
        "written"
    };
    if action != "unchanged" && !json {
        print_change(&shown);
    }
    if action == "written" {
        // A system that tells of no signals still ends the command by them.
        let _ = tidy_up_on_signal();
        env_change::write_one(&context.scene, change, Timestamp::now())?;
    }
    if json {
        let rows = set.iter().map(|(name, value)| SetJson {
            path: file.clone(),
            line: change.line_of(name),
            name: CleanText::line(name),
            action,
            value_masked: dotenv::shown_value(name, value.expose()),
            warnings: warnings.iter().map(|warning| warning.say(lang)).collect(),
        });
        print_json(&rows.collect::<Vec<_>>());
        return Ok(());
    }
    match action {
        "unchanged" => print_line(&UNCHANGED.fill(lang, &[&file])),
        "planned" => {}
        _ => context.note(&WROTE.fill(lang, &[&file])),
    }
    Ok(())
}

#[derive(Serialize)]
struct SetJson {
    path: CleanText,
    line: Option<usize>,
    name: CleanText,
    action: &'static str,
    value_masked: CleanText,
    warnings: Vec<String>,
}

fn print_change(shown: &FileChange) {
    for line in change_lines(shown) {
        print_line(&line);
    }
}

fn refuse_tracked(change: &Change, force: bool) -> Result<(), Failure> {
    if force || change.is_tracked != Some(true) || !change.is_change() {
        return Ok(());
    }
    let path = CleanText::line(&change.shown.path.display().to_string());
    let mut diagnosis = crate::diagnosis::explain(&Symptom::File(FileTrouble {
        path: change.shown.path.clone(),
        kind: FileProblem::Unsafe,
        detail: CleanText::default(),
    }));
    diagnosis.cause = Said::new(TRACKED, &[&path]);
    diagnosis.fixes = vec![
        Fix {
            words: UNTRACK.into(),
            act: Act::Run(format!("git rm --cached {path}")),
        },
        Fix {
            words: ALL_THE_SAME.into(),
            act: Act::Advice,
        },
    ];
    Err(diagnosis.into())
}

fn not_ignored(change: &Change) -> Option<Said> {
    let path = &change.shown.path;
    if !change.would_be_added {
        return None;
    }
    let name = CleanText::line(&path.file_name()?.to_string_lossy());
    let ignore = path.with_file_name(".gitignore").display().to_string();
    let ignore = CleanText::line(&ignore);
    Some(Said::new(NOT_IGNORED, &[&name, &name, &ignore]))
}

/// A value typed unseen, or the whole of standard input.
async fn ask_value(context: &Context, name: &str, from_stdin: bool) -> Result<Secret, Failure> {
    let shown = CleanText::line(name);
    if from_stdin {
        let text = stdin::text(MOST_VALUE).await.map_err(Failure::Usage)?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        return Ok(Secret::new(text.strip_suffix('\r').unwrap_or(text)));
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(Said::new(NO_PERSON, &[&shown])));
    }
    let line = hidden::line(&ASK.fill(context.lang, &[&shown])).await;
    let line = String::from_utf8(line.unwrap_or_default());
    let value = Secret::new(line.map_err(|_| Failure::Usage(NOT_TEXT.into()))?);
    context.note(&format!(
        "\n{}",
        RECEIVED.fill(context.lang, &[&value.mask(), &value.chars()])
    ));
    Ok(value)
}

/// A value as it will be written: a key without what came along with its paste, other values as they
/// are. An empty one is a mistake.
fn clean(name: &str, value: Secret, warnings: &mut Vec<Said>) -> Result<Secret, Failure> {
    let shown = CleanText::line(name);
    let value = if name == access::KEY {
        let pasted = PastedKey::read(value.expose());
        match pasted.candidates.as_slice() {
            [one] => one.clone(),
            _ => value,
        }
    } else {
        value
    };
    if value.expose().trim().is_empty() {
        return Err(Failure::Usage(Said::new(EMPTY, &[&shown, &shown])));
    }
    if name == access::KEY {
        match Shape::of(&value) {
            Shape::OpenRouter => {}
            Shape::Placeholder => return Err(Failure::Usage(Said::new(PLACEHOLDER, &[&shown]))),
            Shape::Vendor(vendor) => warnings.push(Said::new(OTHER_VENDOR, &[&vendor])),
            Shape::OpenRouterOdd(_) | Shape::Unknown => warnings.push(ODD.into()),
        }
    }
    Ok(value)
}

/// What cannot stand in an empty file can stand in none: the mistake is in the command line.
fn refuse_unwritable(name: &str, value: &Secret) -> Result<(), Failure> {
    match dotenv::set(b"", &[(name, value.expose())], true) {
        Ok(_) => Ok(()),
        Err(refusal) => Err(Failure::Usage(refusal.said())),
    }
}

fn looks_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let named = ["KEY", "SECRET", "TOKEN", "PASSWORD", "PASSWD"]
        .iter()
        .any(|word| name.contains(word));
    named || value.starts_with("sk-")
}
