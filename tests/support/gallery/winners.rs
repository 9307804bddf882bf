//! Which program reads which key, told within the .env step.

use std::path::PathBuf;

use onramp::domain::key_table::{KeyTable, MaskedStanding, Unread, Winner};
use onramp::domain::sighting::{Place, Rest};
use onramp::flow::Reply;
use onramp::text::Phrase;

use super::{Make, Rehearsal};

const KEY: &str = "OPENROUTER_API_KEY";
const BASE: &str = "OPENROUTER_API_BASE";
const HERE: &str = "/home/ada/shop/.env";
const LOCAL: &str = "/home/ada/shop/.env.local";

impl Rehearsal {
    /// The page is opened beside a change that waits.
    pub fn wondering(&mut self) -> &mut Self {
        self.reviewed().keys("down down down down down enter")
    }

    /// The page is opened once the change is written.
    pub fn wondering_afterwards(&mut self) -> &mut Self {
        self.written().keys("down down down enter")
    }

    pub fn tell(&mut self, table: KeyTable) -> &mut Self {
        let ticket = self.ticket();
        self.reply(Reply::WinnersFound {
            ticket,
            table: Box::new(table),
        })
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("env-winners-working", |s| {
            s.wondering();
        }),
        ("env-winners", |s| {
            s.wondering().tell(from_the_shell());
        }),
        ("env-winners-nowhere", |s| {
            const PIPE: Phrase = Phrase::new(
                "This file is a pipe, filled by another program",
                "这个文件是管道，由其他程序提供内容",
            );
            let mut nothing = table(vec![], |_, _| None);
            nothing.unread.push(Unread {
                path: LOCAL.into(),
                why: PIPE.into(),
            });
            s.wondering().tell(nothing);
        }),
        ("env-winners-written", |s| {
            s.wondering_afterwards().tell(from_one_file());
        }),
    ]
}

/// The shell exports another key than the file has: it wins everywhere.
pub fn from_the_shell() -> KeyTable {
    let shell = standing(KEY, Place::Environment(KEY.into()), "sk-or-v1-caf…eef");
    let base = in_file(BASE, HERE, 3, "https://openrouter.ai/api/v1");
    let all = vec![
        shell.clone(),
        in_file(KEY, HERE, 2, "sk-or-v1-dea…eef"),
        base.clone(),
    ];
    table(all, |_, name| {
        Some(if name == KEY {
            shell.clone()
        } else {
            base.clone()
        })
    })
}

/// The key went into `.env.local`, which only some programs read.
pub fn from_one_file() -> KeyTable {
    let key = in_file(KEY, LOCAL, 1, "sk-or-v1-dea…eef");
    let base = in_file(BASE, LOCAL, 2, "https://openrouter.ai/api/v1");
    let store = Place::Store(Rest::File(PathBuf::from(
        "/home/ada/.config/onramp/credentials.json",
    )));
    let profile = Place::Profile {
        path: "/home/ada/.zshrc".into(),
        line: 12,
        name: KEY.into(),
    };
    let all = vec![
        key.clone(),
        base.clone(),
        standing(KEY, store, "sk-or-v1-dea…eef"),
        standing(KEY, profile, "sk-or-v1-caf…eef"),
    ];
    table(all, |program, name| match (program, name) {
        ("next" | "vite" | "onramp", KEY) => Some(key.clone()),
        ("next" | "vite" | "onramp", BASE) => Some(base.clone()),
        _ => None,
    })
}

/// The usual programs of a Next.js project, with what each reads under each name.
fn table(
    standing: Vec<MaskedStanding>,
    reads: impl Fn(&str, &str) -> Option<MaskedStanding>,
) -> KeyTable {
    const PROGRAMS: [(&str, &str, bool); 7] = [
        ("next", "Next.js, Bun", true),
        ("dotenv", "dotenv (npm), node --env-file", true),
        ("vite", "Vite, SvelteKit, Astro", false),
        ("python-dotenv", "python-dotenv", false),
        ("dotenvy", "dotenvy (Rust)", false),
        ("compose", "Docker Compose (${…} in its file)", false),
        ("onramp", "onramp", true),
    ];
    let mut winners = Vec::new();
    for (program, title, is_used) in PROGRAMS {
        for name in [KEY, BASE] {
            let found = reads(program, name);
            if name == KEY || found.is_some() {
                winners.push(Winner {
                    program,
                    title,
                    is_used,
                    name,
                    standing: found,
                });
            }
        }
    }
    KeyTable {
        standing,
        winners,
        ..KeyTable::default()
    }
}

fn in_file(name: &'static str, path: &str, line: usize, shown: &str) -> MaskedStanding {
    let place = Place::Dotenv {
        path: path.into(),
        line,
        name: name.into(),
    };
    standing(name, place, shown)
}

fn standing(name: &'static str, place: Place, shown: &str) -> MaskedStanding {
    MaskedStanding {
        name,
        place,
        shown: shown.into(),
        is_reference: false,
    }
}
