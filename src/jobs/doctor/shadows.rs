//! Keys that hide each other, and base URLs that lead nowhere.

use std::path::Path;

use crate::diagnosis;
use crate::domain::finding::{Finding, Severity};
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, short_path};
use crate::dotenv;
use crate::jobs::access::{BASES, KEY, OPENAI_BASES, OPENAI_KEY};
use crate::jobs::scene::Scene;
use crate::openrouter::BaseUrl;
use crate::project::Program;
use crate::text::{Phrase, Said};

use super::places::Places;
use super::standing::{NAMES, Standing};
use super::winners::{ONRAMP, in_file};

pub(super) fn all(places: &Places, programs: &[Program], scene: &Scene) -> Vec<Finding> {
    let mut findings = exported_keys(places);
    findings.extend(by_environment(places));
    findings.extend(between_files(places, programs, scene));
    findings.extend(by_profile(places));
    findings.extend(of_store(places));
    findings.extend(places.standing.iter().filter_map(of_base));
    findings
}

fn is_key_name(name: &str) -> bool {
    name == KEY || name == OPENAI_KEY
}

/// A hidden key is a trap; a hidden base URL may be meant.
fn severity_of(name: &str) -> Severity {
    if is_key_name(name) {
        Severity::Warning
    } else {
        Severity::Note
    }
}

fn at_place(finding: Finding, place: &Place) -> Finding {
    match place.line() {
        Some((path, line)) => finding.at(path, Some(line)),
        None => finding,
    }
}

fn exported<'a>(places: &'a Places, name: &str) -> Option<&'a Secret> {
    let mut all = places.standing.iter();
    let found = all.find(|it| it.name == name && matches!(it.place, Place::Environment(_)));
    found.map(|it| &it.secret)
}

/// What the keys in the environment hold.
fn exported_keys(places: &Places) -> Vec<Finding> {
    const IN_SHELL: Phrase = Phrase::new("in the environment: {}", "环境变量中：{}");
    const ADVICE: Phrase = Phrase::new(
        "export the right one, or `unset {}`",
        "导出正确的值，或执行 `unset {}`",
    );
    let keys = places.standing.iter().filter(|it| {
        matches!(it.place, Place::Environment(_)) && is_key_name(it.name) && !it.is_reference
    });
    keys.flat_map(|it| {
        let noticed = dotenv::doctor::examine_key(it.name, it.secret.expose());
        noticed.into_iter().map(|noticed| {
            let words = Said::joined(IN_SHELL, &[noticed.words]);
            let advice = Said::new(ADVICE, &[&it.name]);
            Finding::new(noticed.id, noticed.severity, words, advice)
        })
    })
    .collect()
}

/// The process environment hides what stands in a file.
fn by_environment(places: &Places) -> Vec<Finding> {
    const WORDS: Phrase = Phrase::new(
        "{} here is hidden: the environment has another value, and programs started from it read that one",
        "这里的 {} 被遮蔽：环境变量中有不同的值，从中启动的程序会读取那个值",
    );
    const ADVICE: Phrase = Phrase::new(
        "`unset {}` in the shell, and take it out of the shell's profile",
        "在 shell 中执行 `unset {}`，并从 shell 的配置文件中删除它",
    );
    let in_files = places
        .standing
        .iter()
        .filter(|it| matches!(it.place, Place::Dotenv { .. }) && !it.secret.is_empty());
    let hidden = in_files.filter(|it| {
        exported(places, it.name).is_some_and(|exported| !it.is_reference && *exported != it.secret)
    });
    hidden
        .map(|it| {
            let finding = Finding::new(
                "hidden-by-environment",
                severity_of(it.name),
                Said::new(WORDS, &[&it.name]),
                Said::new(ADVICE, &[&it.name]),
            );
            at_place(finding, &it.place)
        })
        .collect()
}

/// A stronger file hides what stands in a weaker one, for programs in use; where none is known, for
/// this one.
pub(super) fn between_files(places: &Places, programs: &[Program], scene: &Scene) -> Vec<Finding> {
    let others_in_use = programs.iter().any(|it| it.is_used && it.id != ONRAMP);
    let counted = programs
        .iter()
        .filter(|it| it.is_used && (it.id != ONRAMP || !others_in_use));
    let mut findings: Vec<Finding> = Vec::new();
    for program in counted {
        for &name in NAMES {
            let mut readings = program
                .files
                .iter()
                .filter_map(|file| in_file(program, places, name, file));
            let Some(strongest) = readings.next() else {
                continue;
            };
            for weaker in readings.filter(|it| it.secret != strongest.secret) {
                let finding = hidden_by(strongest, weaker, program, &scene.folder);
                if !findings.iter().any(|known| known.is_same(&finding)) {
                    findings.push(finding);
                }
            }
        }
    }
    findings
}

fn hidden_by(strongest: &Standing, weaker: &Standing, program: &Program, folder: &Path) -> Finding {
    const WORDS: Phrase = Phrase::new(
        "{} here is hidden for {}: {} line {} has another value and wins",
        "这里的 {} 对 {} 不起作用：{} 第 {} 行的值不同，优先生效",
    );
    const ADVICE: Phrase = Phrase::new(
        "keep the value you mean in one of the two files",
        "只在其中一个文件中保留想用的值",
    );
    let (path, line) = strongest.place.line().unwrap_or((Path::new(""), 0));
    let finding = Finding::new(
        "hidden-by-file",
        severity_of(weaker.name),
        Said::new(
            WORDS,
            &[
                &weaker.name,
                &program.name,
                &short_path(path, folder),
                &line,
            ],
        ),
        ADVICE,
    );
    at_place(finding, &weaker.place)
}

/// Keys that a shell's profile sets.
fn by_profile(places: &Places) -> Vec<Finding> {
    const KEPT: Phrase = Phrase::new(
        "{} stands in the shell's profile: every program started from a new shell gets it, and it wins over every .env",
        "{} 写在 shell 的配置文件里：从新 shell 启动的每个程序都会得到它，并且优先于所有 .env",
    );
    const KEPT_ADVICE: Phrase = Phrase::new(
        "where each project should have a key of its own, take the line out (onramp does not write profiles)",
        "若每个项目应使用各自的密钥，请删除该行（onramp 不会改写配置文件）",
    );
    const OTHER: Phrase = Phrase::new(
        "{} in the shell's profile is not what this shell has: a new shell will read another value",
        "shell 配置文件中的 {} 与当前 shell 中的不同：新开的 shell 会读到另一个值",
    );
    const OTHER_ADVICE: Phrase = Phrase::new(
        "open a new shell, or set the one you mean in one place",
        "新开一个 shell，或只在一处设置想用的值",
    );
    let profiles = places
        .standing
        .iter()
        .filter(|it| matches!(it.place, Place::Profile { .. }));
    profiles
        .map(|it| {
            let differs = exported(places, it.name)
                .is_some_and(|exported| *exported != it.secret && !it.is_reference);
            let (id, words, advice) = if differs {
                ("profile-differs", OTHER, OTHER_ADVICE)
            } else {
                ("key-in-profile", KEPT, KEPT_ADVICE)
            };
            let finding = Finding::new(id, Severity::Note, Said::new(words, &[&it.name]), advice);
            at_place(finding, &it.place)
        })
        .collect()
}

/// The key in this program's store, hidden by another.
fn of_store(places: &Places) -> Option<Finding> {
    const WORDS: Phrase = Phrase::new(
        "onramp's own store has another key than the one it reads first",
        "onramp 自己的存储中有一个密钥，与它首先读取的不同",
    );
    const ADVICE: Phrase = Phrase::new(
        "nothing to do where both are meant; onramp setup chooses anew",
        "若两者都有用则无需处理；运行 onramp setup 可重新选择",
    );
    let keys = || places.standing.iter().filter(|it| it.name == KEY);
    let stored = keys().find(|it| matches!(it.place, Place::Store(_)))?;
    let is_read = |it: &&Standing| {
        !matches!(it.place, Place::Profile { .. }) && dotenv::doctor::is_key(it.secret.expose())
    };
    let first = keys().find(is_read)?;
    (first.secret != stored.secret)
        .then(|| Finding::new("hidden-in-store", Severity::Note, WORDS, ADVICE))
}

/// A base URL that cannot be used, or that other programs cannot use as it stands.
fn of_base(standing: &Standing) -> Option<Finding> {
    const SHORT: Phrase = Phrase::new(
        "{} has no /api/v1: onramp puts it there, the SDKs do not",
        "{} 缺少 /api/v1：onramp 会补上，各 SDK 不会",
    );
    const WHOLE: Phrase = Phrase::new("onramp env set {}={}", "onramp env set {}={}");
    let is_base = BASES.contains(&standing.name) || OPENAI_BASES.contains(&standing.name);
    let text = standing.secret.expose();
    if !is_base || standing.is_reference || text.trim().is_empty() {
        return None;
    }
    let advice = Said::new(WHOLE, &[&standing.name, &BaseUrl::DEFAULT]);
    let finding = match BaseUrl::parse(text) {
        Err(symptom) => {
            let cause = diagnosis::explain(&symptom);
            Finding::new("base-url", Severity::Trouble, cause.title, advice)
        }
        Ok(url) if url.is_openrouter() && !text.contains("/api/v1") => Finding::new(
            "base-url-path",
            Severity::Warning,
            Said::new(SHORT, &[&standing.name]),
            advice,
        ),
        Ok(_) => return None,
    };
    Some(at_place(finding, &standing.place))
}
