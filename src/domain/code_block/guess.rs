//! Which file a block of code is, by what models write round it: never more than a guess.

/// What the words behind a fence say: the language, and the file.
pub(super) fn by_info(info: &str) -> (Option<&str>, Option<String>) {
    let (first, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    let (lang, path) = match first.split_once(':') {
        Some((lang, path)) if path.contains(['.', '/']) => (lang, Some(path.to_owned())),
        // A file without its language: "```src/main.rs".
        _ if first.contains('/') && looks_like_path(first) => ("", Some(first.to_owned())),
        // Attributes joined to the language: "```rust,title=src/main.rs", "```js{1,3}".
        _ => {
            let end = first.find([',', '{']).unwrap_or(first.len());
            let (lang, attributes) = first.split_at(end);
            (lang, attribute(attributes))
        }
    };
    let path = path.or_else(|| attribute(rest)).or_else(|| {
        let mut words = rest.split_whitespace().filter(|word| !word.contains('='));
        words
            .find(|word| has_extension(word) || looks_like_path(word))
            .map(str::to_owned)
    });
    ((!lang.is_empty()).then_some(lang), path)
}

/// The value of `title="src/main.rs"` and its like; in quotes it may hold blanks.
fn attribute(text: &str) -> Option<String> {
    const NAMES: [&str; 6] = [
        "path=",
        "file=",
        "filename=",
        "title=",
        "name=",
        "file_path=",
    ];
    let found = NAMES.iter().filter_map(|name| {
        let at = text.find(name)?;
        let (before, value) = text.split_at(at);
        let begins = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        begins.then(|| value.split_at(name.len()).1)
    });
    let value = found.min_by_key(|value| std::cmp::Reverse(value.len()))?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.split(quote).nth(1)?,
        _ => value
            .split(|c: char| c.is_whitespace() || ",}".contains(c))
            .next()?,
    };
    (value.contains(['.', '/']) || is_known_name(value)).then(|| value.to_owned())
}

/// What a comment of one line stands between.
const MARKS: [(&str, &str); 9] = [
    ("//", ""),
    ("/**", "*/"),
    ("/*", "*/"),
    ("#", ""),
    ("<!--", "-->"),
    ("--", ""),
    (";", ""),
    ("%", ""),
    ("\"\"\"", "\"\"\""),
];

/// The file that a comment in the first line names, and nothing else: `// src/main.rs`, `# file: app.py`,
/// `<!-- index.html -->`. Behind `#!` and `<?` the second line counts.
pub(super) fn by_first_line(code: &str) -> Option<String> {
    let mut lines = code.lines();
    let mut line = lines.next()?.trim();
    if line.starts_with("#!") || line.starts_with("<?") || line.starts_with("<!DOCTYPE") {
        line = lines.next()?.trim();
    }
    let inside = MARKS.iter().find_map(|(begin, end)| {
        let inside = line.strip_prefix(begin)?;
        inside.strip_suffix(end)
    })?;
    let inside = inside.trim_start_matches(['/', '!', '#', ';']).trim();
    let name = without_label(inside).trim_matches(['`', '"', '\'']);
    looks_like_path(name).then(|| name.to_owned())
}

/// The file that the line above a fence names: the line is the name alone, as in a heading, or ends with a
/// colon and names one file. It must suit the language: commands to run below a file's name are no file.
pub(super) fn by_line_above(line: &str, lang: &str) -> Option<String> {
    let line = line.trim();
    let bare = line
        .trim_start_matches(['#', '>', '-', '*', '+', ' ', '\t'])
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '))
        .trim_end_matches(['*', '_', ' ']);
    let ends_with_colon = bare
        .trim_end_matches(['*', '_', ' '])
        .ends_with([':', '：']);
    let bare = bare.trim_end_matches([':', '：', '*', '_', ' ']);
    let alone = without_label(bare.trim_matches(['*', '_', '`', '"', ' ']))
        .trim_matches(['*', '_', '`', '"', ' ']);
    let name = if looks_like_path(alone) {
        alone
    } else if ends_with_colon {
        only_name(bare)?
    } else {
        return None;
    };
    suits(lang, name).then(|| name.to_owned())
}

/// The one file that a sentence names; `None` where it names several.
fn only_name(sentence: &str) -> Option<&str> {
    let words =
        sentence.split(|c: char| c.is_whitespace() || "`*\"'(),，。、；「」《》".contains(c));
    let mut names = words
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !"./_@".contains(c)))
        .map(|word| word.trim_end_matches(['.', ',']))
        .filter(|word| looks_like_path(word));
    let name = names.next()?;
    names.all(|other| other == name).then_some(name)
}

/// The text behind `File:`, `filename -`, `文件：`.
fn without_label(text: &str) -> &str {
    const LABELS: [&str; 6] = ["filename", "filepath", "file path", "file", "path", "文件"];
    let label = LABELS.iter().find_map(|label| {
        let (head, rest) = text.split_at_checked(label.len())?;
        head.eq_ignore_ascii_case(label).then_some(rest)
    });
    match label {
        Some(rest) if rest.starts_with([':', '：', ' ', '-', '=', '名']) => {
            rest.trim_start_matches([':', '：', ' ', '-', '=', '名', '`', '*'])
        }
        _ => text,
    }
}

/// Extensions of a file that stands without a folder; with one, any short word will do.
const EXTENSIONS: &str = "astro bash bat c cc cfg cjs clj cmake conf cpp cs css csv cts cxx dart diff dockerfile ejs elm \
    env erb erl ex exs fish fs fsx gd go gql gradle graphql groovy h haml hbs hcl hpp hs htm html \
    hxx ini ipynb java jl js json json5 jsonc jsonl jsx kt kts less lisp lock lua m makefile md mdx \
    mjs ml mli mm mts nim nix patch php pl pm prisma properties proto ps1 pug py pyi pyx r rb rkt \
    rs rst s sass scala scm scss service sh sol sql styl svelte svg swift tcl tf tfvars toml ts tsv \
    tsx txt v vb vhd vim vue wgsl xml yaml yml zig zsh";

/// Files that have no extension.
const NAMES: &[&str] = &[
    "Caddyfile",
    "CMakeLists.txt",
    "Containerfile",
    "Dockerfile",
    "Gemfile",
    "Jenkinsfile",
    "Justfile",
    "Makefile",
    "Procfile",
    "Rakefile",
    "Vagrantfile",
    ".dockerignore",
    ".editorconfig",
    ".gitignore",
];

fn is_known_name(name: &str) -> bool {
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a word of running text looks like the path of a file: no address, no version, no abbreviation.
fn looks_like_path(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let has_folder = name.len() < word.len();
    if is_known_name(name) {
        return is_clean(word);
    }
    has_extension(word)
        && (has_folder
            || name.rsplit_once('.').is_some_and(|(stem, extension)| {
                let extension = extension.to_ascii_lowercase();
                !stem.is_empty() && EXTENSIONS.split(' ').any(|known| known == extension)
            }))
}

/// Whether a word ends as names of files do: behind a fence that is enough.
fn has_extension(word: &str) -> bool {
    let extension = word.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_word = (1..=12).contains(&extension.len())
        && extension
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && extension.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_word && is_clean(word)
}

fn is_clean(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 200
        && !word.contains("://")
        && !word.contains(|c: char| c.is_whitespace() || "()<>{}=|&;*?,".contains(c))
        && !word.starts_with('@')
}

/// Languages and the extensions of their files. A language that is not here suits any file.
const SUITS: &[(&str, &[&str])] = &[
    (
        "bash sh shell zsh console terminal shell-session",
        &["sh", "bash", "zsh", "fish"],
    ),
    ("powershell pwsh ps1", &["ps1"]),
    ("bat cmd batch", &["bat", "cmd"]),
    ("diff patch", &["diff", "patch"]),
    ("rust rs", &["rs"]),
    ("python py", &["py", "pyi", "pyx"]),
    (
        "javascript js jsx",
        &["js", "jsx", "mjs", "cjs", "vue", "svelte"],
    ),
    (
        "typescript ts tsx",
        &["ts", "tsx", "mts", "cts", "vue", "svelte"],
    ),
    ("go golang", &["go"]),
    ("java", &["java"]),
    (
        "json json5 jsonc",
        &["json", "json5", "jsonc", "jsonl", "ipynb"],
    ),
    ("yaml yml", &["yaml", "yml"]),
    ("toml", &["toml", "lock"]),
    ("html", &["html", "htm", "ejs", "hbs", "vue", "svelte"]),
    ("css", &["css", "scss", "less"]),
    ("sql", &["sql"]),
];

/// Whether files with this ending are in this language; false where neither is known.
pub(super) fn is_language_of(lang: &str, ending: &str) -> bool {
    let (lang, ending) = (lang.to_ascii_lowercase(), ending.to_ascii_lowercase());
    let is_known = SUITS.iter().any(|(langs, extensions)| {
        langs.split(' ').any(|known| known == lang) && extensions.contains(&ending.as_str())
    });
    is_known || (!lang.is_empty() && lang == ending)
}

fn suits(lang: &str, path: &str) -> bool {
    let lang = lang.to_ascii_lowercase();
    // Output, and text about a file.
    if matches!(
        lang.as_str(),
        "text" | "txt" | "plaintext" | "output" | "log"
    ) {
        return path.to_ascii_lowercase().ends_with(".txt");
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension = extension.to_ascii_lowercase();
    let known = SUITS
        .iter()
        .find(|(langs, _)| langs.split(' ').any(|known| known == lang));
    known.is_none_or(|(_, extensions)| extensions.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    #[test]
    fn the_words_behind_a_fence_name_language_and_file() {
        for (info, lang, path) in [
            ("rust src/main.rs", Some("rust"), Some("src/main.rs")),
            ("rust:src/main.rs", Some("rust"), Some("src/main.rs")),
            ("src/main.rs", None, Some("src/main.rs")),
            (
                "js title=\"src/my file.js\"",
                Some("js"),
                Some("src/my file.js"),
            ),
            ("js {1,3} title='a.js'", Some("js"), Some("a.js")),
            ("rust,title=src/a.rs", Some("rust"), Some("src/a.rs")),
            ("js{1,3}", Some("js"), None),
            ("rust,no_run", Some("rust"), None),
            ("toml filename=Cargo.toml", Some("toml"), Some("Cargo.toml")),
            (
                "dockerfile Dockerfile",
                Some("dockerfile"),
                Some("Dockerfile"),
            ),
            ("python subtitle=\"1.2\"", Some("python"), None),
            ("python version 3.12", Some("python"), None),
            ("c++", Some("c++"), None),
            ("", None, None),
        ] {
            assert_eq!(by_info(info), (lang, path.map(str::to_owned)), "{info}");
        }
    }

    #[test]
    fn a_first_line_that_is_a_comment_names_the_file() {
        for (code, path) in [
            ("// src/main.rs\nfn main() {}\n", Some("src/main.rs")),
            ("# file: app/main.py\n", Some("app/main.py")),
            ("#!/bin/sh\n# run.sh\n", Some("run.sh")),
            ("<!-- index.html -->\n", Some("index.html")),
            ("/* style.css */\n", Some("style.css")),
            ("-- db/schema.sql\n", Some("db/schema.sql")),
            ("//! src/lib.rs\n", Some("src/lib.rs")),
            ("// Filename: `a.ts`\n", Some("a.ts")),
            ("// see src/main.rs for more\n", None),
            ("// e.g.\n", None),
            ("# 1.2\n", None),
            ("// https://x.org/a.js\n", None),
            ("#include <a.h>\n", None),
            ("fn main() {}\n", None),
            ("", None),
        ] {
            assert_eq!(by_first_line(code).as_deref(), path, "{code}");
        }
    }

    #[test]
    fn the_line_above_names_the_file_where_it_names_one_and_it_suits() {
        for (line, lang, path) in [
            ("`src/main.rs`:", "rust", Some("src/main.rs")),
            ("**src/main.rs**", "rust", Some("src/main.rs")),
            ("**`src/main.rs`:**", "rust", Some("src/main.rs")),
            ("### 2. src/app.py", "python", Some("src/app.py")),
            ("File: app.py", "python", Some("app.py")),
            ("文件：`src/a.py`", "python", Some("src/a.py")),
            (
                "Create a file called `Cargo.toml`:",
                "toml",
                Some("Cargo.toml"),
            ),
            ("然后修改 `src/lib.rs`，如下：", "rust", Some("src/lib.rs")),
            ("Now in src/lib.rs, add this:", "rust", Some("src/lib.rs")),
            ("Copy `a.rs` to `b.rs`:", "rust", None),
            ("Run `src/main.rs` with:", "bash", None),
            ("`src/main.rs`:", "diff", None),
            ("The output of `main.rs`:", "text", None),
            ("See example.com:", "rust", None),
            ("Since version 1.2.3:", "rust", None),
            ("I changed src/lib.rs a little.", "rust", None),
            ("Here is the code:", "rust", None),
            ("", "rust", None),
        ] {
            assert_eq!(by_line_above(line, lang).as_deref(), path, "{line}");
        }
    }

    #[test]
    fn prose_names_only_the_block_right_below_it() {
        let text = "`a.rs`:\n\n```rust\nx\n```\n```rust\ny\n```\n`b.rs`:\n\n\n```rust\nz\n```\n";
        let paths: Vec<Option<String>> = find(text).into_iter().map(|it| it.path).collect();
        assert_eq!(paths, [Some("a.rs".to_owned()), None, None]);
    }
}
