//! The .env step with more to say about the file.

use onramp::diagnosis;
use onramp::domain::clean_text::CleanText;
use onramp::domain::finding::{Cure, Finding, Severity};
use onramp::domain::line_diff::{DiffKind, DiffLine};
use onramp::domain::symptom::{FileProblem, FileTrouble, Symptom};
use onramp::flow::Reply;
use onramp::flow::env::{CureReview, EnvReview, FileChange};
use onramp::text::Phrase;

use super::env::review;
use super::{Make, Rehearsal};

impl Rehearsal {
    /// At the list of findings.
    pub fn looking(&mut self) -> &mut Self {
        let shown = self.checked().keys("enter").show(with_findings());
        shown.keys("down down enter")
    }

    pub fn cure(&mut self, review: CureReview) -> &mut Self {
        let ticket = self.ticket();
        self.reply(Reply::CureReviewed {
            ticket,
            review: Ok(Box::new(review)),
        })
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("env-findings", |s| {
            s.checked().keys("enter").show(with_findings());
        }),
        ("env-findings-list", |s| {
            s.looking();
        }),
        ("env-finding-working", |s| {
            s.looking().keys("enter");
        }),
        ("env-finding-cure", |s| {
            s.looking().keys("enter").cure(CureReview {
                change: cured_change(),
                note: None,
            });
        }),
        ("env-finding-judged", |s| {
            s.looking().keys("down down enter").cure(CureReview {
                change: quoted_change(),
                note: None,
            });
        }),
        ("env-finding-mode", |s| {
            s.looking().keys("down enter").cure(CureReview {
                change: FileChange {
                    path: "/home/ada/shop/.env".into(),
                    is_new: false,
                    lines: vec![],
                },
                note: Some(Phrase::new("mode 0644 → 0600", "权限 0644 → 0600").into()),
            });
        }),
        ("env-finding-refused", |s| {
            s.looking().keys("enter");
            let symptom = Symptom::File(FileTrouble {
                path: "/home/ada/shop/.env".into(),
                kind: FileProblem::Changed,
                detail: CleanText::new("changed since it was shown"),
            });
            let ticket = s.ticket();
            s.reply(Reply::CureReviewed {
                ticket,
                review: Err(Box::new(diagnosis::explain(&symptom))),
            });
        }),
        ("env-finding-mended", |s| {
            s.looking().keys("enter").cure(CureReview {
                change: cured_change(),
                note: None,
            });
            s.keys("enter");
            let ticket = s.ticket();
            s.reply(Reply::CureApplied {
                ticket,
                outcome: Ok(Phrase::new("mended .env", "已修正 .env").into()),
            });
            let mut left = with_findings();
            left.findings.remove(0);
            s.show(left);
        }),
    ]
}

/// A review of a file about which there is more to say.
pub fn with_findings() -> EnvReview {
    const EMPTY: Phrase = Phrase::new(
        "CACHE is empty but for blanks: Node 22 and later and Deno take the next line as its value, and PORT is lost there",
        "CACHE 为空却带有空格：Node 22 及以后版本和 Deno 会把下一行当作它的值，PORT 因此丢失",
    );
    const READABLE: Phrase = Phrase::new(
        "others on this machine can read this file (mode 0644)",
        "这台机器上的其他用户可以读取此文件（权限 0644）",
    );
    const HASH: Phrase = Phrase::new(
        "PASSWORD has a # in its value: dotenv (npm), Next.js, Node, Vite, Bun and Ruby cut it there, the others keep it",
        "PASSWORD 的值中有 #：dotenv（npm）、Next.js、Node、Vite、Bun 和 Ruby 会在此截断，其他程序会保留",
    );
    const ONCE: Phrase = Phrase::new(
        "API_URL is put together from another variable: dotenv (npm) without dotenv-expand reads the $ as it stands",
        "API_URL 由另一个变量拼成：不带 dotenv-expand 的 dotenv（npm）会原样读出 $",
    );
    let found = |id, severity, words: Phrase, advice: Phrase, line| {
        Finding::new(id, severity, words, advice).at("/home/ada/shop/.env", line)
    };
    EnvReview {
        findings: vec![
            found(
                "empty-with-blanks",
                Severity::Trouble,
                EMPTY,
                Phrase::new("take the blanks out", "去掉空格"),
                Some(4),
            )
            .curable(Cure::Safe),
            found(
                "readable-by-others",
                Severity::Warning,
                READABLE,
                Phrase::new("keep it to yourself (mode 0600)", "只留给自己（权限 0600）"),
                None,
            )
            .curable(Cure::Safe),
            found(
                "hash-in-value",
                Severity::Warning,
                HASH,
                Phrase::new("put quotes round the value", "给值加上引号"),
                Some(6),
            )
            .curable(Cure::NeedsConsent),
            found(
                "expanded",
                Severity::Note,
                ONCE,
                Phrase::new(
                    "write the value out where these read it",
                    "若由这些程序读取，请写出完整的值",
                ),
                Some(7),
            ),
        ],
        ..review()
    }
}

/// What mends the first of them.
pub fn cured_change() -> FileChange {
    change(&[
        (DiffKind::Kept, 3, "DEBUG=1"),
        (DiffKind::Removed, 4, "CACHE= "),
        (DiffKind::Added, 4, "CACHE="),
        (DiffKind::Kept, 5, "PORT=8080"),
    ])
}

/// What mends the one that only a person can judge.
fn quoted_change() -> FileChange {
    change(&[
        (DiffKind::Kept, 5, "PORT=8080"),
        (DiffKind::Removed, 6, "PASSWORD=••••••••"),
        (DiffKind::Added, 6, "PASSWORD='••••••••'"),
        (DiffKind::Kept, 7, "API_URL=••••••••"),
    ])
}

fn change(lines: &[(DiffKind, usize, &str)]) -> FileChange {
    FileChange {
        path: "/home/ada/shop/.env".into(),
        is_new: false,
        lines: lines
            .iter()
            .map(|&(kind, number, text)| DiffLine {
                kind,
                number,
                text: CleanText::new(text),
            })
            .collect(),
    }
}
