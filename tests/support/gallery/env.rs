//! The .env step: the change as it is shown, and once it is written.

use onramp::diagnosis;
use onramp::domain::clean_text::CleanText;
use onramp::domain::leak::{Leak, Standing, TreeLook, Vendor};
use onramp::domain::line_diff::{DiffKind, DiffLine};
use onramp::domain::symptom::{FileProblem, FileTrouble, Symptom};
use onramp::flow::Reply;
use onramp::flow::env::{EnvReview, EnvSaved, FileChange};
use onramp::text::Phrase;

use super::{Make, Rehearsal};

impl Rehearsal {
    pub fn reviewed(&mut self) -> &mut Self {
        self.checked().keys("enter").show(review())
    }

    /// The quick look over the tree found a key in the code, and two more.
    pub fn leaked(&mut self) -> &mut Self {
        let leak = |path: &str, standing| Leak {
            vendor: Vendor::OpenRouter,
            key_masked: "sk-or-v1-a1b…9c0".into(),
            path: path.into(),
            is_env_file: false,
            line: 12,
            column: 19,
            standing,
        };
        let tracked = Standing::Tracked { is_ignored: false };
        self.reply(Reply::LookedOverTree(TreeLook {
            leaks: vec![
                leak("/home/ada/shop/src/client.py", tracked.clone()),
                leak("/home/ada/shop/src/notes.ipynb", tracked),
                leak("/home/ada/shop/try.py", Standing::Loose),
            ],
            is_whole: true,
        }))
    }

    pub fn show(&mut self, review: EnvReview) -> &mut Self {
        let ticket = self.ticket();
        self.reply(Reply::EnvReviewed {
            ticket,
            review: Ok(Box::new(review)),
        })
    }

    pub fn written(&mut self) -> &mut Self {
        self.reviewed().keys("enter");
        let ticket = self.ticket();
        let saved = EnvSaved {
            path: "/home/ada/shop/.env".into(),
            line: 2,
            was_unchanged: false,
            also: vec!["/home/ada/shop/.gitignore".into()],
        };
        self.reply(Reply::EnvWritten {
            ticket,
            saved: Ok(saved),
        })
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("env-review", |s| {
            s.reviewed();
        }),
        ("env-tracked", |s| {
            s.checked().keys("enter");
            let mut tracked = review();
            tracked.is_tracked = true;
            tracked.could_ignore = false;
            tracked.files.truncate(1);
            s.show(tracked);
        }),
        ("env-choosing", |s| {
            s.reviewed().keys("down enter");
        }),
        ("env-groups", |s| {
            // .gitignore stands before the groups.
            s.reviewed()
                .keys("down down down enter down enter down down enter");
        }),
        ("env-key-in-code", |s| {
            s.checked().leaked().keys("enter").show(review());
        }),
        ("env-changed-meanwhile", |s| {
            s.reviewed().keys("enter");
            let symptom = Symptom::File(FileTrouble {
                path: "/home/ada/shop/.env".into(),
                kind: FileProblem::Changed,
                detail: CleanText::new("changed since it was shown"),
            });
            let ticket = s.ticket();
            s.reply(Reply::EnvWritten {
                ticket,
                saved: Err(Box::new(diagnosis::explain(&symptom))),
            });
        }),
        ("env-written", |s| {
            s.written();
        }),
        ("env-unchanged", |s| {
            let mut unchanged = review();
            for file in &mut unchanged.files {
                file.lines.clear();
            }
            s.checked().keys("enter").show(unchanged);
        }),
        ("env-warned", |s| {
            const LINK: Phrase = Phrase::new(
                "/home/ada/shop/.env is a link; the change goes to /home/ada/secrets/shop.env",
                "/home/ada/shop/.env 是链接；改动写入 /home/ada/secrets/shop.env",
            );
            let mut warned = review();
            warned.warnings.push(LINK.into());
            s.checked().keys("enter").show(warned);
        }),
    ]
}

pub fn review() -> EnvReview {
    let line = |kind, number, text: &str| DiffLine {
        kind,
        number,
        text: CleanText::new(text),
    };
    EnvReview {
        files: vec![
            FileChange {
                path: "/home/ada/shop/.env".into(),
                is_new: false,
                lines: vec![
                    line(DiffKind::Kept, 1, "DEBUG=1"),
                    line(DiffKind::Added, 2, "OPENROUTER_API_KEY=sk-or-v1-dea…eef"),
                    line(
                        DiffKind::Added,
                        3,
                        "OPENROUTER_API_BASE=https://openrouter.ai/api/v1",
                    ),
                ],
            },
            FileChange {
                path: "/home/ada/shop/.gitignore".into(),
                is_new: false,
                lines: vec![line(DiffKind::Added, 4, ".env")],
            },
        ],
        warnings: vec![],
        findings: vec![],
        is_tracked: false,
        could_ignore: true,
        shadowed_by: None,
    }
}
