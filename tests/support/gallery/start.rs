//! The first look round, and the two steps before the key.

use onramp::flow::Reply;
use onramp::flow::env::EnvTarget;
use onramp::flow::surroundings::{Memory, Surroundings};
use onramp::text::Phrase;

use super::{Make, Rehearsal};

impl Rehearsal {
    pub fn looked(&mut self, around: Surroundings) -> &mut Self {
        self.reply(Reply::Surroundings(Box::new(around)))
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("account", |s| {
            s.looked(surroundings());
        }),
        ("credits", |s| {
            s.looked(surroundings()).keys("enter");
        }),
    ]
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
