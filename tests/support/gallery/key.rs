//! The key step, from its choices to a key that the server accepts or not.

use onramp::diagnosis;
use onramp::domain::account::{FreeRequests, KeyFacts, Spend};
use onramp::domain::clean_text::CleanText;
use onramp::domain::money::Usd;
use onramp::domain::secret::Secret;
use onramp::domain::sighting::{Place, Sighting};
use onramp::domain::symptom::{NetworkTrouble, Refusal, Symptom};
use onramp::flow::Reply;

use super::start::surroundings;
use super::{Make, Rehearsal};
use crate::support::KEY;

impl Rehearsal {
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

    /// The server does not take the key, or cannot be asked.
    pub fn refuse(&mut self, symptom: &Symptom) -> &mut Self {
        let ticket = self.ticket();
        self.reply(Reply::KeyChecked {
            ticket,
            server: self.app.facts().base_url.clone(),
            verdict: Err(Box::new(diagnosis::explain(symptom))),
        })
    }
}

/// The states by name.
#[expect(clippy::too_many_lines, reason = "a table runs on")]
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
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
            s.refuse(&symptom);
        }),
        ("key-no-network", |s| {
            s.pasted().keys("enter");
            let symptom = Symptom::Network {
                trouble: NetworkTrouble::Dns,
                host: CleanText::new("openrouter.ai"),
                proxy: None,
                detail: CleanText::new("failed to lookup address information"),
                ignored: Vec::new(),
            };
            s.refuse(&symptom);
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
    ]
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
