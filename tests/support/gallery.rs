//! Every state of every screen, by name, made the way a person makes it: by events.

use std::path::PathBuf;
use std::time::Duration;

use onramp::app::App;
use onramp::diagnosis;
use onramp::domain::account::{FreeRequests, KeyFacts, Spend};
use onramp::domain::clean_text::CleanText;
use onramp::domain::leak::{Leak, Standing, TreeLook, Vendor};
use onramp::domain::money::Usd;
use onramp::domain::secret::Secret;
use onramp::domain::sighting::{Place, Sighting};
use onramp::domain::stage::{Stage, StageId, StageStatus};
use onramp::domain::symptom::{FileProblem, FileTrouble, NetworkTrouble, Refusal, Symptom};
use onramp::flow::effect::{Memory, Surroundings};
use onramp::flow::env::{DiffKind, DiffLine, EnvReview, EnvSaved, EnvTarget, FileChange};
use onramp::flow::{Effect, Event, Facts, Reply, Ticket};
use onramp::keymap::{Chord, Key};
use onramp::settings::{ColorDepth, Ground};
use onramp::text::{Lang, Phrase, Said};
use onramp::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::KEY;

pub mod findings;

/// A program under test: events in, effects noted, frames out.
pub struct Rehearsal {
    pub app: App,
    pub effects: Vec<Effect>,
}

impl Rehearsal {
    pub fn new(lang: Lang, is_sandbox: bool) -> Self {
        Self::with_theme(lang, is_sandbox, Theme::new(ColorDepth::Mono, Ground::Dark))
    }

    pub fn with_theme(lang: Lang, is_sandbox: bool, theme: Theme) -> Self {
        let facts = Facts {
            lang,
            is_sandbox,
            base_url: if is_sandbox {
                "http://127.0.0.1:4711/api/v1".into()
            } else {
                "https://openrouter.ai/api/v1".into()
            },
            folder: PathBuf::from("/home/ada/shop"),
            is_remote: false,
            key: None,
            model: "openai/gpt-5-mini".into(),
        };
        let mut app = App::new(facts, theme);
        let effects = app.start().effects;
        Self { app, effects }
    }

    pub fn event(&mut self, event: Event) -> &mut Self {
        self.effects.extend(self.app.update(event).effects);
        self
    }

    pub fn reply(&mut self, reply: Reply) -> &mut Self {
        self.event(Event::Reply(reply))
    }

    pub fn press(&mut self, chord: Chord) -> &mut Self {
        self.event(Event::Press(chord))
    }

    /// Presses keys by name: `enter`, `down`, …, or single characters.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let chord = match key {
                "enter" => Chord::plain(Key::Enter),
                "esc" => Chord::plain(Key::Esc),
                "down" => Chord::plain(Key::Down),
                "up" => Chord::plain(Key::Up),
                "left" => Chord::plain(Key::Left),
                "right" => Chord::plain(Key::Right),
                "pgdn" => Chord::plain(Key::PageDown),
                "f2" => Chord::plain(Key::F(2)),
                "ctrl-p" => Chord::ctrl('p'),
                "ctrl-c" => Chord::ctrl('c'),
                other => Chord::char(other.chars().next().expect("a key has a name")),
            };
            self.press(chord);
        }
        self
    }

    /// Clicks on a step of the rail, from 1.
    pub fn go_to(&mut self, step: u16) -> &mut Self {
        self.frame(80, 24);
        self.event(Event::Click(4, step + 1))
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.into()))
    }

    /// The ticket of the last request that has one.
    pub fn ticket(&self) -> Ticket {
        self.effects
            .iter()
            .rev()
            .find_map(|effect| match effect {
                Effect::CheckKey { ticket, .. }
                | Effect::SignIn { ticket, .. }
                | Effect::ReviewEnv { ticket, .. }
                | Effect::WriteEnv { ticket }
                | Effect::UndoEnv { ticket, .. }
                | Effect::ReviewCure { ticket, .. }
                | Effect::ApplyCure { ticket }
                | Effect::RunTest { ticket, .. } => Some(*ticket),
                _ => None,
            })
            .expect("a request was made")
    }

    /// The frame, cell by cell.
    pub fn buffer(&mut self, columns: u16, rows: u16) -> Buffer {
        let mut terminal =
            Terminal::new(TestBackend::new(columns, rows)).expect("a terminal in memory");
        terminal
            .draw(|frame| self.app.draw(frame))
            .expect("a frame in memory");
        terminal.backend().buffer().clone()
    }

    /// The frame as text, one line a row, blanks at the end of a row left out.
    pub fn frame(&mut self, columns: u16, rows: u16) -> String {
        let buffer = self.buffer(columns, rows);
        let mut text = String::new();
        for y in 0..rows {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..columns {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = onramp::ui::wrap::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    // --- the way through the wizard, step by step ---

    pub fn looked(&mut self, around: Surroundings) -> &mut Self {
        self.reply(Reply::Surroundings(Box::new(around)))
    }

    pub fn at_key(&mut self) -> &mut Self {
        self.looked(surroundings()).keys("enter enter")
    }

    pub fn pasted(&mut self) -> &mut Self {
        self.at_key().paste(KEY)
    }

    pub fn checked(&mut self) -> &mut Self {
        self.pasted().keys("enter").accept(key_facts())
    }

    pub fn accept(&mut self, facts: KeyFacts) -> &mut Self {
        let ticket = self.ticket();
        self.reply(Reply::KeyChecked {
            ticket,
            server: self.app.facts().base_url.clone(),
            verdict: Ok(Some(facts)),
        })
    }

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

    pub fn tested(&mut self, last: Stage) -> &mut Self {
        self.written().keys("enter enter");
        let ticket = self.ticket();
        for stage in stages().into_iter().chain([last]) {
            self.reply(Reply::Staged {
                ticket,
                stage: Box::new(stage),
            });
        }
        self.reply(Reply::TestEnded { ticket })
    }
}

pub fn surroundings() -> Surroundings {
    Surroundings {
        project: "shop".into(),
        env_files: vec![
            EnvTarget {
                path: "/home/ada/shop/.env".into(),
                exists: true,
                why: Phrase::new("stands here already", "已存在").into(),
            },
            EnvTarget {
                path: "/home/ada/shop/.env.local".into(),
                exists: false,
                why: Phrase::new("for this machine only", "仅限本机").into(),
            },
        ],
        memory: Memory::default(),
        ..Surroundings::default()
    }
}

pub fn key_facts() -> KeyFacts {
    KeyFacts {
        label: CleanText::new("sk-or-v1-dea...eef"),
        usage: Spend {
            total: Usd::from_cents(142),
            daily: Usd::from_cents(7),
            ..Spend::default()
        },
        ..KeyFacts::default()
    }
}

pub fn found(secret: &str, line: usize) -> Sighting {
    let place = Place::Dotenv {
        path: "/home/ada/shop/.env".into(),
        line,
        name: "OPENROUTER_API_KEY".into(),
    };
    Sighting {
        place,
        secret: Secret::new(secret),
    }
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

pub fn stage(id: StageId, status: StageStatus, ms: u64, detail: Phrase) -> Stage {
    Stage {
        id,
        status,
        took: Duration::from_millis(ms),
        detail: Said::from(detail),
        diagnosis: None,
    }
}

pub fn stages() -> Vec<Stage> {
    vec![
        stage(
            StageId::Config,
            StageStatus::Pass,
            0,
            Phrase::new(
                "key from .env line 2, nothing shadows it",
                "密钥来自 .env 第 2 行，无遮蔽",
            ),
        ),
        stage(
            StageId::Auth,
            StageStatus::Pass,
            212,
            Phrase::new("accepted: sk-or-v1-dea…eef", "已接受：sk-or-v1-dea…eef"),
        ),
        stage(
            StageId::Credits,
            StageStatus::Skip,
            0,
            Phrase::new("only a management key may ask", "只有管理密钥才能查询"),
        ),
    ]
}

pub fn answered() -> Stage {
    stage(
        StageId::Completion,
        StageStatus::Pass,
        1312,
        Phrase::new(
            "openai/gpt-5-mini answered “ok” for $0.00002",
            "openai/gpt-5-mini 回答“ok”，费用 $0.00002",
        ),
    )
}

pub fn unaffordable() -> Stage {
    let symptom = Symptom::Refused(Box::new(Refusal {
        status: 402,
        message: CleanText::new(
            "Insufficient credits. Add more using https://openrouter.ai/credits",
        ),
        ..Refusal::default()
    }));
    Stage {
        status: StageStatus::Fail,
        diagnosis: Some(diagnosis::explain(&symptom)),
        ..stage(
            StageId::Completion,
            StageStatus::Fail,
            230,
            Phrase::new("402", "402"),
        )
    }
}

/// Brings a rehearsal into a state.
pub type Make = fn(&mut Rehearsal);

/// The states by name.
#[expect(clippy::too_many_lines, reason = "a table runs on")]
pub fn states() -> Vec<(&'static str, Make)> {
    let mut states: Vec<(&'static str, Make)> = vec![
        ("account", |s| {
            s.looked(surroundings());
        }),
        ("credits", |s| {
            s.looked(surroundings()).keys("enter");
        }),
        ("key-doors", |s| {
            s.at_key();
        }),
        ("key-pasted", |s| {
            s.pasted();
        }),
        ("key-pasted-wrapped", |s| {
            s.at_key()
                .paste(&format!("export OPENROUTER_API_KEY='{KEY}'\n"));
        }),
        ("key-other-vendor", |s| {
            s.at_key()
                .paste("sk-ant-api03-abcdefghijklmnopqrstuvwxyz")
                .keys("enter");
        }),
        ("key-two-at-once", |s| {
            let other = KEY.replace("dead", "cafe");
            s.at_key().paste(&format!("{KEY}\n{other}"));
        }),
        ("key-checking", |s| {
            s.pasted().keys("enter");
        }),
        ("key-accepted", |s| {
            s.checked();
        }),
        ("key-refused", |s| {
            s.pasted().keys("enter");
            let symptom = Symptom::Refused(Box::new(Refusal {
                status: 401,
                message: CleanText::new("User not found."),
                ..Refusal::default()
            }));
            let verdict = Err(Box::new(diagnosis::explain(&symptom)));
            let ticket = s.ticket();
            let server = s.app.facts().base_url.clone();
            s.reply(Reply::KeyChecked {
                ticket,
                server,
                verdict,
            });
        }),
        ("key-no-network", |s| {
            s.pasted().keys("enter");
            let symptom = Symptom::Network {
                trouble: NetworkTrouble::Dns,
                host: CleanText::new("openrouter.ai"),
                proxy: None,
                detail: CleanText::new("failed to lookup address information"),
            };
            let verdict = Err(Box::new(diagnosis::explain(&symptom)));
            let ticket = s.ticket();
            let server = s.app.facts().base_url.clone();
            s.reply(Reply::KeyChecked {
                ticket,
                server,
                verdict,
            });
        }),
        ("key-management", |s| {
            s.pasted().keys("enter").accept(KeyFacts {
                is_management_key: true,
                ..key_facts()
            });
        }),
        ("key-conflict", |s| {
            let mut around = surroundings();
            let shell = Place::Environment("OPENROUTER_API_KEY".into());
            let other = Secret::new(KEY.replace("dead", "cafe"));
            around.keys = vec![
                Sighting {
                    place: shell,
                    secret: other,
                },
                found(KEY, 2),
            ];
            s.looked(around).accept(key_facts()).keys("left");
            s.go_to(3);
        }),
        ("key-signing-in", |s| {
            s.at_key().keys("enter");
            let ticket = s.ticket();
            let url = "https://openrouter.ai/auth?callback_url=http%3A%2F%2F127.0.0.1%3A40123%2Fcb%2FZm9vYmFy&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&key_label=onramp%20shop";
            s.reply(Reply::SignInReady {
                ticket,
                url: url.into(),
                listens: true,
            });
        }),
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
        ("test-start", |s| {
            s.written().keys("enter");
        }),
        ("test-running", |s| {
            s.written().keys("enter enter");
            let ticket = s.ticket();
            for stage in stages() {
                s.reply(Reply::Staged {
                    ticket,
                    stage: Box::new(stage),
                });
            }
            let running = stage(
                StageId::Completion,
                StageStatus::Running,
                0,
                Phrase::new("asking openai/gpt-5-mini", "正在询问 openai/gpt-5-mini"),
            );
            s.reply(Reply::Staged {
                ticket,
                stage: Box::new(running),
            });
        }),
        ("test-passed", |s| {
            s.tested(answered());
        }),
        ("test-failed", |s| {
            s.tested(unaffordable());
        }),
        ("limits-none", |s| {
            s.tested(answered()).keys("enter");
        }),
        ("limits-set", |s| {
            s.tested(answered()).keys("enter down enter");
            let limited = KeyFacts {
                limit: Some(Usd::from_cents(1000)),
                limit_remaining: Some(Usd::from_cents(858)),
                limit_reset: Some(CleanText::new("monthly")),
                ..key_facts()
            };
            s.accept(limited);
        }),
        ("summary", |s| {
            s.tested(answered()).keys("enter down down enter");
        }),
        ("summary-code", |s| {
            s.tested(answered())
                .keys("enter down down enter down down enter");
        }),
        ("summary-skipped", |s| {
            s.looked(surroundings()).keys("s s s s s s");
        }),
        ("summary-deploy", |s| {
            s.tested(answered())
                .keys("enter down down enter down down down enter");
        }),
        ("key-signing-in-elsewhere", |s| {
            s.at_key().keys("down enter");
            let ticket = s.ticket();
            s.reply(Reply::SignInReady {
                ticket,
                url: "https://openrouter.ai/auth?code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&key_label=onramp%20shop".into(),
                listens: false,
            })
            .paste("a-code");
        }),
        ("key-of-a-compatible-server", |s| {
            s.pasted().keys("enter");
            let ticket = s.ticket();
            s.reply(Reply::KeyChecked {
                ticket,
                server: "http://127.0.0.1:8080/v1".into(),
                verdict: Ok(None),
            });
        }),
        ("key-free-tier", |s| {
            s.pasted().keys("enter").accept(KeyFacts {
                is_free_tier: true,
                free_requests: Some(FreeRequests {
                    used: 12,
                    limit: 50,
                }),
                ..key_facts()
            });
            s.go_to(2);
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
        ("test-stopped", |s| {
            s.written().keys("enter enter");
            let ticket = s.ticket();
            for stage in stages() {
                s.reply(Reply::Staged {
                    ticket,
                    stage: Box::new(stage),
                });
            }
            s.keys("esc");
        }),
        ("trouble-sheet", |s| {
            s.tested(unaffordable()).keys("down down down enter");
        }),
        ("help", |s| {
            s.looked(surroundings()).keys("?");
        }),
        ("palette", |s| {
            s.looked(surroundings()).keys("ctrl-p s k");
        }),
        ("qr", |s| {
            s.looked(surroundings()).keys("down down enter");
        }),
    ];
    states.extend(findings::states());
    states
}
