//! What is found in files, in a project's history and in a question before it is sent.

use super::cases::{Case, leaked, text};
use crate::domain::leak::Standing;
use crate::domain::routing::Promise;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::text::Said;

pub(super) fn questions() -> Vec<Case> {
    vec![
        (
            Symptom::NotPromised(Promise::Privacy),
            "privacy-not-promised",
            9,
        ),
        (
            Symptom::NotPromised(Promise::Price),
            "price-not-promised",
            9,
        ),
        (
            Symptom::BadTemplate(Said::verbatim(
                "the template typo cannot be used: it is empty",
            )),
            "template-unusable",
            10,
        ),
        (
            Symptom::Wordless {
                tool: Some("get_weather".into()),
            },
            "wordless-answer",
            8,
        ),
        (Symptom::NoCode { named: true }, "answer-without-code", 8),
    ]
}

pub(super) fn files() -> Vec<Case> {
    [
        (FileProblem::Missing, "", "file-missing"),
        (FileProblem::NoPermission, "", "file-no-permission"),
        (
            FileProblem::NotARegularFile,
            "a directory",
            "file-not-regular",
        ),
        (
            FileProblem::NotARegularFile,
            "a named pipe",
            "file-is-a-pipe",
        ),
        (FileProblem::NotARegularFile, "a FIFO", "file-is-a-pipe"),
        (FileProblem::Full, "", "disk-full"),
        (FileProblem::Changed, "", "file-changed"),
        (FileProblem::BrokenLink, "", "file-broken-link"),
        (
            FileProblem::Unsafe,
            "line 7: a quote is left open",
            "file-unsafe-edit",
        ),
        (FileProblem::Forbidden, "", "file-not-a-target"),
        (FileProblem::NotSent, "", "file-not-sent"),
        (FileProblem::Exists, "", "file-exists"),
        (FileProblem::WantsConsent, "", "file-wants-consent"),
        (FileProblem::Unfinished, "", "code-unfinished"),
        (FileProblem::Newer, "format 99 > 3", "own-file-newer"),
        (FileProblem::Displaced, "a named pipe", "own-file-displaced"),
        (FileProblem::Keyring, "it is locked", "keyring-locked"),
        (FileProblem::Output, "", "output-lost"),
        (FileProblem::Other, "", "file-trouble"),
    ]
    .map(|(kind, detail, id)| {
        let trouble = FileTrouble {
            path: "/home/ada/shop/.env".into(),
            kind,
            detail: text(detail),
        };
        (Symptom::File(trouble), id, 10)
    })
    .to_vec()
}

pub(super) fn leaks() -> Vec<Case> {
    let past = Standing::Past {
        commit: "0123456789abcdef".into(),
        day: "2026-08-21".into(),
    };
    let tracked = Standing::Tracked { is_ignored: true };
    [
        (Standing::Staged, false, "key-staged"),
        (Standing::Staged, true, "key-staged"),
        (past, false, "key-in-history"),
        (tracked.clone(), true, "env-file-tracked"),
        (tracked, false, "key-in-tracked-file"),
        (Standing::Loose, true, "env-file-not-ignored"),
        (Standing::Loose, false, "key-in-untracked-file"),
        (Standing::Outside, false, "key-in-untracked-file"),
    ]
    .map(|(standing, is_env_file, id)| (leaked(standing, is_env_file), id, 11))
    .to_vec()
}
