//! Templates of questions: those that the program brings, the person's own files, and the project's.
//!
//! Own ones are `templates/NAME.md` in the program's config folder; the project's are `.onramp/templates/NAME.md` at
//! its root. A project is somebody else's word: its templates never take the name of another one, none leads out of
//! the project by a link, and whoever uses one is shown it first.

mod built_in;

use std::path::{Path, PathBuf};

use self::built_in::BUILT_IN;
use super::attach;
use super::scene::Scene;
use crate::controls::nearest::nearest;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::code_block;
use crate::domain::source::Source;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::domain::template::{self, Blank, Filled, Listed, Origin};
use crate::files;
use crate::flow::talk::TemplateWanted;
use crate::project::{Project, Standing, git};
use crate::text::{Lang, Phrase, Said};

/// The most files of one folder that are looked at.
const MOST_FILES: usize = 200;
/// The largest template, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The largest change that goes into a question, in bytes: some sixty thousand tokens.
const MOST_DIFF: usize = 256 * 1024;
/// The longest name, in characters.
const LONGEST_NAME: usize = 40;
/// Characters of its first line that tell what a template is for.
const ABOUT: usize = 60;

const NOT_TEXT: Phrase = Phrase::new("it is not text (UTF-8)", "它不是文本（UTF-8）");
const EMPTY: Phrase = Phrase::new("it is empty", "它是空的");
const TOO_LARGE: Phrase = Phrase::new("it is larger than 64 KiB", "它大于 64 KiB");
const ODD_NAME: Phrase = Phrase::new(
    "its name may hold letters, digits, - and _ only",
    "名称只能包含字母、数字、- 和 _",
);
const LEADS_OUT: Phrase = Phrase::new("a link leads out of the project", "链接指向项目之外");
const BAD: Phrase = Phrase::new("the template {} cannot be used: {}", "模板 {} 无法使用：{}");
const UNKNOWN: Phrase = Phrase::new(
    "there is no template called “{}”. There are: {}",
    "没有名为“{}”的模板。现有：{}",
);
const UNKNOWN_NEAR: Phrase = Phrase::new(
    "there is no template called “{}”; did you mean {}?",
    "没有名为“{}”的模板；是否指 {}？",
);
const NO_BLANK: Phrase = Phrase::new(
    "it has {}, and there is only {}",
    "其中有 {}，而可用的只有 {}",
);
const NO_FILE: Phrase = Phrase::new(
    "this template wants a file: name one by @path behind its name",
    "此模板需要一个文件：请在名称后用 @路径 指定",
);
const NO_GIT: Phrase = Phrase::new(
    "git cannot tell what is staged here, or it is more than 256 KiB",
    "git 无法给出此处已暂存的改动，或其超过 256 KiB",
);
const NOTHING_STAGED: Phrase = Phrase::new(
    "nothing is staged: git add what the commit is to hold",
    "没有已暂存的改动：请先用 git add 添加",
);

/// Where a template stands.
enum Home {
    BuiltIn(Phrase),
    File(PathBuf),
}

/// A template that was found.
struct Found {
    listed: Listed,
    home: Home,
}

impl Found {
    /// It is the project's template that `./NAME` means, whether its name is taken or not.
    fn is_project_s(&self, wanted: &str) -> bool {
        self.listed.origin == Origin::Project
            && wanted.strip_prefix("./") == Some(self.listed.name.as_str())
    }
}

/// A file that is no template.
struct Bad {
    name: String,
    said: Said,
}

/// Every template, the person's own first, then the program's, then the project's; and what is wrong with files
/// that are none. It reads files: it blocks.
pub fn list(scene: &Scene) -> (Vec<Listed>, Vec<Said>) {
    let (found, troubles) = find(scene);
    let listed = found.into_iter().map(|it| it.listed).collect();
    (listed, troubles.into_iter().map(|bad| bad.said).collect())
}

/// Why a template makes no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfilled {
    /// There is none of this name; which ones there are.
    Unknown(Said),
    /// It cannot be used, or what it asks for is not there.
    Bad(Said),
}

impl Unfilled {
    /// The reason in words.
    pub fn said(self) -> Said {
        match self {
            Self::Unknown(said) | Self::Bad(said) => said,
        }
    }
}

/// A template with its blanks filled. What was typed behind its name and piped in goes into `{{input}}`, or below
/// the text where that has no such blank. It reads files and asks git: it blocks.
///
/// # Errors
/// There is no such template, it cannot be used, or there is nothing for one of its blanks.
pub fn fill(scene: &Scene, wanted: &TemplateWanted) -> Result<Filled, Unfilled> {
    let (found, troubles) = find(scene);
    let is_meant = |it: &&Found| it.listed.name == wanted.name || it.is_project_s(&wanted.name);
    let Some(found) = found.iter().find(is_meant) else {
        return Err(missing(&wanted.name, &found, &troubles));
    };
    let text = text_of(found, wanted.lang).map_err(Unfilled::Bad)?;
    let blanks = blanks_of(found, &text).map_err(Unfilled::Bad)?;
    let values = Values::gather(scene, wanted, &blanks).map_err(Unfilled::Bad)?;
    let sent = question(&text, &blanks, &values);
    let mut files = named(scene, &question(&text, &blanks, &values.of_person(wanted)));
    if found.listed.origin == Origin::Project {
        // What is refused else goes along by the person's own word only.
        let typed = named(scene, &wanted.typed);
        for source in &mut files {
            source.is_forced &= typed.contains(source);
        }
    }
    let mut shown = CleanText::default();
    let unseen = shown.push(&sent);
    let has_input = !values.input.is_empty() || !wanted.sources.is_empty();
    Ok(Filled {
        origin: found.listed.origin,
        text: shown,
        sent,
        unseen,
        wants_input: blanks.contains(&Blank::Input) && !has_input,
        named: files,
    })
}

/// The text with its blanks filled, and below it what has no blank to go into.
fn question(text: &str, blanks: &[Blank], values: &Values) -> String {
    let filled = template::filled(text.trim_end(), |blank| values.of(blank));
    if blanks.contains(&Blank::Input) || values.input.is_empty() {
        return filled;
    }
    format!("{filled}\n\n{}", values.input)
}

/// The files that a text names.
fn named(scene: &Scene, text: &str) -> Vec<Source> {
    // Nothing is looked for where nothing is named.
    if !text.contains('@') {
        return Vec::new();
    }
    attach::mentioned(&Project::at(&scene.folder), text).sources
}

/// The text of a template. A project's words are somebody else's: only what can be shown of them is sent.
fn text_of(found: &Found, lang: Lang) -> Result<String, Said> {
    let text = match &found.home {
        Home::BuiltIn(text) => text.say(lang).to_owned(),
        Home::File(path) => read(path).map_err(|why| bad(&found.listed.name, why).said)?,
    };
    Ok(match found.listed.origin {
        Origin::Project => CleanText::new(&text).into_string(),
        Origin::Own | Origin::BuiltIn => text,
    })
}

fn blanks_of(found: &Found, text: &str) -> Result<Vec<Blank>, Said> {
    template::blanks(text).map_err(|unknown| {
        let unknown = CleanText::line(&unknown.join(", "));
        let known = Blank::ALL.map(|blank| format!("{{{{{}}}}}", blank.name()));
        let why = Said::new(NO_BLANK, &[&unknown, &known.join(", ")]);
        bad(&found.listed.name, why).said
    })
}

/// What the blanks stand for.
#[derive(Clone, Default)]
struct Values {
    input: String,
    file: String,
    diff: String,
    lang: &'static str,
    shell: String,
}

impl Values {
    fn gather(scene: &Scene, wanted: &TemplateWanted, blanks: &[Blank]) -> Result<Self, Said> {
        let parts = [wanted.typed.trim(), wanted.piped.trim()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let mut values = Self {
            input: parts.collect::<Vec<_>>().join("\n\n"),
            lang: match wanted.lang {
                Lang::En => "English",
                Lang::Zh => "中文",
            },
            shell: shell(scene),
            ..Self::default()
        };
        if blanks.contains(&Blank::File) {
            values.file = file(scene, wanted).ok_or(NO_FILE)?;
        }
        if blanks.contains(&Blank::Diff) {
            let diff = git::staged::diff(&scene.folder, MOST_DIFF).ok_or(NO_GIT)?;
            if diff.trim().is_empty() {
                return Err(NOTHING_STAGED.into());
            }
            values.diff = code_block::fenced("diff", "", &diff);
        }
        Ok(values)
    }

    /// The same without what others wrote.
    fn of_person(&self, wanted: &TemplateWanted) -> Self {
        Self {
            input: wanted.typed.trim().to_owned(),
            diff: String::new(),
            ..self.clone()
        }
    }

    fn of(&self, blank: Blank) -> &str {
        match blank {
            Blank::Input => &self.input,
            Blank::File => &self.file,
            Blank::Diff => self.diff.trim_end(),
            Blank::Lang => self.lang,
            Blank::Os => std::env::consts::OS,
            Blank::Shell => &self.shell,
        }
    }
}

/// The path of the first file that goes along. What is piped in is somebody else's text and names none.
fn file(scene: &Scene, wanted: &TemplateWanted) -> Option<String> {
    let mut named = wanted
        .sources
        .iter()
        .cloned()
        .chain(named(scene, &wanted.typed));
    let first = named.find(|source| !source.is_clipboard())?;
    Some(first.path)
}

/// The name of the person's shell.
fn shell(scene: &Scene) -> String {
    let named = scene.environment.get("SHELL").unwrap_or_default();
    let name = named.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() {
        let usual = if cfg!(windows) { "PowerShell" } else { "sh" };
        return usual.to_owned();
    }
    CleanText::line(name).into_string()
}

fn find(scene: &Scene) -> (Vec<Found>, Vec<Bad>) {
    let mut all = Vec::new();
    let mut troubles = Vec::new();
    let own = own_folder(scene);
    for (name, path) in files_in(&own, &mut troubles) {
        add(&mut all, Origin::Own, name, &path, &mut troubles);
    }
    for built_in in BUILT_IN {
        if all.iter().any(|it: &Found| it.listed.name == built_in.name) {
            continue;
        }
        all.push(Found {
            listed: Listed {
                name: built_in.name.to_owned(),
                about: built_in.about.into(),
                origin: Origin::BuiltIn,
            },
            home: Home::BuiltIn(built_in.text),
        });
    }
    let project = Project::at(&scene.folder);
    for (name, path) in files_in(&project_folder(&project), &mut troubles) {
        if project.place_of(path.clone()).standing != Standing::Inside {
            troubles.push(bad(&name, LEADS_OUT));
            continue;
        }
        let is_taken = all.iter().any(|it| it.listed.name == name);
        let name = if is_taken { format!("./{name}") } else { name };
        add(&mut all, Origin::Project, name, &path, &mut troubles);
    }
    (all, troubles)
}

/// Where the person's own ones are.
fn own_folder(scene: &Scene) -> PathBuf {
    scene.paths.config.join("templates")
}

fn project_folder(project: &Project) -> PathBuf {
    project.root.join(".onramp").join("templates")
}

/// The names and the paths of the Markdown files in a folder.
fn files_in(folder: &Path, troubles: &mut Vec<Bad>) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for file in files::names(folder, MOST_FILES) {
        let Some(name) = file.strip_suffix(".md") else {
            continue;
        };
        if is_plain(name) {
            found.push((name.to_owned(), folder.join(&file)));
        } else {
            troubles.push(bad(name, ODD_NAME));
        }
    }
    found
}

fn is_plain(name: &str) -> bool {
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(is_one)
}

fn add(all: &mut Vec<Found>, origin: Origin, name: String, path: &Path, troubles: &mut Vec<Bad>) {
    match read(path) {
        Ok(text) => {
            let first = text.lines().find(|line| !line.trim().is_empty());
            let about = CleanText::line(first.unwrap_or_default()).shortened(ABOUT);
            all.push(Found {
                listed: Listed {
                    name,
                    about: Said::verbatim(about),
                    origin,
                },
                home: Home::File(path.to_owned()),
            });
        }
        Err(why) => troubles.push(bad(&name, why)),
    }
}

/// The text of a file; why it is no template.
fn read(path: &Path) -> Result<String, Said> {
    let explained = |trouble| diagnosis::explain(&Symptom::File(trouble)).title;
    let snapshot = files::read(path).map_err(explained)?;
    let Some(bytes) = snapshot.bytes else {
        return Err(explained(FileTrouble::new(path, FileProblem::Missing, "")));
    };
    if bytes.len() > MOST_BYTES {
        return Err(TOO_LARGE.into());
    }
    let text = String::from_utf8(bytes).map_err(|_| NOT_TEXT)?;
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(&text)
        .replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(EMPTY.into());
    }
    Ok(text)
}

fn bad(name: &str, why: impl Into<Said>) -> Bad {
    let shown = Said::verbatim(CleanText::line(name).shortened(LONGEST_NAME));
    Bad {
        name: name.to_owned(),
        said: Said::joined(BAD, &[shown, why.into()]),
    }
}

/// Why there is no template of this name.
fn missing(name: &str, found: &[Found], troubles: &[Bad]) -> Unfilled {
    let bare = name.trim_start_matches("./");
    if let Some(bad) = troubles
        .iter()
        .find(|bad| bad.name == bare || bad.name == name)
    {
        return Unfilled::Bad(bad.said.clone());
    }
    let shown = CleanText::line(name).shortened(LONGEST_NAME);
    let names: Vec<&str> = found.iter().map(|it| it.listed.name.as_str()).collect();
    let near = nearest(name, &names, 1)
        .first()
        .and_then(|at| names.get(*at));
    Unfilled::Unknown(match near {
        Some(near) => Said::new(UNKNOWN_NEAR, &[&shown, near]),
        None => Said::new(UNKNOWN, &[&shown, &names.join(", ")]),
    })
}

#[cfg(test)]
mod tests;
