//! Ways in which a file gives its secrets away: to other users, to git, to an image.

use std::path::Path;

use crate::domain::finding::{Cure, Finding, Severity};
use crate::domain::sighting::short_path;
use crate::dotenv;
use crate::files::{self, Snapshot};
use crate::jobs::access::{KEY, OPENAI_KEY};
use crate::project::git::{self, GitFacts};
use crate::project::{Project, docker};
use crate::text::{Phrase, Said};

use super::places::{Places, Sheet};

/// Others may read the file. Its cure takes their rights away.
pub(super) const READABLE: &str = "readable-by-others";
/// Git does not ignore the file. Its cure adds the rules.
pub(super) const NOT_IGNORED: &str = "not-ignored";
/// An image would hold the file. Its cure adds the rules.
pub(super) const IN_IMAGE: &str = "docker-context";

pub(super) fn of_file(sheet: &Sheet, places: &Places, project: &Project) -> Vec<Finding> {
    if sheet.snapshot.bytes.is_none() {
        return Vec::new();
    }
    let has_key = places.in_file(&sheet.path).any(|it| {
        (it.name == KEY || it.name == OPENAI_KEY)
            && !it.is_reference
            && dotenv::doctor::is_key(it.secret.expose())
    });
    let mut findings: Vec<Finding> = of_mode(&sheet.snapshot).into_iter().collect();
    let facts = git::facts(&sheet.snapshot.target);
    findings.extend(of_git(&sheet.path, facts, has_key));
    findings.extend(of_image(&sheet.path, project));
    findings.extend(of_link(&sheet.snapshot, project));
    findings
}

/// Others on this machine may read the file.
pub(super) fn of_mode(snapshot: &Snapshot) -> Option<Finding> {
    const ADVICE: Phrase =
        Phrase::new("keep it to yourself (mode 0600)", "只留给自己（权限 0600）");
    const WORDS: Phrase = Phrase::new(
        "others on this machine can read this file (mode {})",
        "这台机器上的其他用户可以读取此文件（权限 {}）",
    );
    files::exposure(snapshot)?;
    let mode = format!("{:04o}", snapshot.mode()?);
    let words = Said::new(WORDS, &[&mode]);
    let finding = Finding::new(READABLE, Severity::Warning, words, ADVICE);
    Some(finding.at(&snapshot.named, None).curable(Cure::Safe))
}

fn of_git(path: &Path, facts: GitFacts, has_key: bool) -> Vec<Finding> {
    const TRACKED: Phrase = Phrase::new(
        "git tracks this file, and a key stands in it: it is in the repository, or in the next commit",
        "git 正在跟踪此文件，而其中有密钥：它已在仓库中，或会进入下一次提交",
    );
    const TRACKED_ADVICE: Phrase = Phrase::new(
        "revoke the key, `git rm --cached` the file, ignore it, then set a new key",
        "吊销该密钥，对文件执行 `git rm --cached` 并加入忽略规则，再设置新密钥",
    );
    const OPEN: Phrase = Phrase::new(
        "git does not ignore this file: `git add` takes it along",
        "git 没有忽略此文件：`git add` 会把它一起提交",
    );
    const OPEN_ADVICE: Phrase = Phrase::new("add it to .gitignore", "把它加入 .gitignore");
    const ONCE: Phrase = Phrase::new(
        "this file was committed once: what stood in it is in the history",
        "此文件曾被提交过：当时的内容仍在历史中",
    );
    const ONCE_ADVICE: Phrase = Phrase::new(
        "if a key was in it then, revoke that key",
        "若当时其中有密钥，请吊销那个密钥",
    );
    let about = |id, severity, words: Phrase, advice: Phrase| {
        Finding::new(id, severity, words, advice).at(path, None)
    };
    let mut findings = Vec::new();
    let is_tracked = facts.is_tracked == Some(true);
    if is_tracked && has_key {
        findings.push(about("tracked", Severity::Trouble, TRACKED, TRACKED_ADVICE));
    }
    if facts.in_repository == Some(true) && facts.is_ignored == Some(false) && !is_tracked {
        let severity = if has_key {
            Severity::Warning
        } else {
            Severity::Note
        };
        findings.push(about(NOT_IGNORED, severity, OPEN, OPEN_ADVICE).curable(Cure::Safe));
    }
    if facts.was_committed == Some(true) && !is_tracked {
        findings.push(about("in-history", Severity::Warning, ONCE, ONCE_ADVICE));
    }
    findings
}

/// Building an image bakes the file into a layer.
pub(super) fn of_image(path: &Path, project: &Project) -> Option<Finding> {
    const WORDS: Phrase = Phrase::new(
        "{} line {} copies this file into the image: who has the image has the key",
        "{} 第 {} 行会把此文件复制进镜像：拿到镜像的人就拿到密钥",
    );
    const ADVICE: Phrase = Phrase::new("add it to {}", "把它加入 {}");
    let folders: Vec<&Path> = project.folders().collect();
    let taken = docker::taken_by(path, &folders)?;
    let shown = |path: &Path| short_path(path, &project.folder);
    let finding = Finding::new(
        IN_IMAGE,
        Severity::Warning,
        Said::new(WORDS, &[&shown(&taken.dockerfile), &taken.line]),
        Said::new(ADVICE, &[&shown(&taken.ignore_file)]),
    );
    Some(finding.at(path, None).curable(Cure::Safe))
}

/// A link that leads out of the project.
fn of_link(snapshot: &Snapshot, project: &Project) -> Option<Finding> {
    const WORDS: Phrase = Phrase::new(
        "this is a link that leads out of the project, to {}",
        "这是指向项目之外的链接：{}",
    );
    const ADVICE: Phrase = Phrase::new(
        "see that it is yours: a change goes to the file behind it",
        "请确认那是您的文件：改动会写入链接指向的文件",
    );
    let leads_out = snapshot.is_link && !snapshot.target.starts_with(&project.root);
    leads_out.then(|| {
        let target = short_path(&snapshot.target, &project.folder);
        let words = Said::new(WORDS, &[&target]);
        Finding::new("link-out-of-project", Severity::Note, words, ADVICE).at(&snapshot.named, None)
    })
}

/// Real keys in files that are committed to be copied.
pub(super) fn of_templates(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in project.templates() {
        let Ok(snapshot) = files::read(&path) else {
            continue;
        };
        let noticed = dotenv::doctor::examine_template(snapshot.text());
        findings.extend(noticed.iter().map(|it| it.finding(&path)));
    }
    findings
}

/// Tools that load variables in their own way.
pub(super) fn of_tools(project: &Project) -> Vec<Finding> {
    const DIRENV: Phrase = Phrase::new(
        "direnv is at work here: programs started in this folder get what .envrc loads, and it wins over .env files",
        "这里使用了 direnv：在此目录启动的程序会得到 .envrc 加载的变量，且优先于 .env 文件",
    );
    const DIRENV_ADVICE: Phrase = Phrase::new(
        "`dotenv_if_exists` in .envrc loads the .env (onramp does not change .envrc)",
        "在 .envrc 中写 `dotenv_if_exists` 可加载 .env（onramp 不会修改 .envrc）",
    );
    const VAULT: Phrase = Phrase::new(
        "dotenvx keeps encrypted values here: set them with `dotenvx set NAME`",
        "这里由 dotenvx 保存加密的值：请用 `dotenvx set NAME` 设置",
    );
    const VAULT_ADVICE: Phrase = Phrase::new(
        "the file with encrypted values may be committed, .env.keys never",
        "含加密值的文件可以提交，.env.keys 绝不能提交",
    );
    let nearest = |name: &str| {
        let mut paths = project.folders().map(|folder| folder.join(name));
        paths.find(|path| path.is_file())
    };
    let note = |id, words: Phrase, advice: Phrase, path: std::path::PathBuf| {
        Finding::new(id, Severity::Note, words, advice).at(path, None)
    };
    let direnv = nearest(".envrc").map(|path| note("direnv", DIRENV, DIRENV_ADVICE, path));
    let dotenvx = nearest(".env.keys").map(|path| note("dotenvx", VAULT, VAULT_ADVICE, path));
    direnv.into_iter().chain(dotenvx).collect()
}
