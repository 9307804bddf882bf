//! The Keys screen.

use onramp::domain::account::{ManagedKey, Spend};
use onramp::domain::diagnosis::Diagnosis;
use onramp::domain::guardrail::Guardrail;
use onramp::domain::money::Usd;
use onramp::domain::secret::Secret;
use onramp::domain::symptom::Symptom;
use onramp::flow::keys::{Haven, KeyDeed, KeyDone, KeyMade, KeyRing, Lodging};
use onramp::flow::rotation::{RotationEnd, RotationPlan, RotationTold};
use onramp::flow::{Effect, Reply, Ticket};
use onramp::text::Said;

use super::usage::now;
use super::{Make, Rehearsal};

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("keys-loading", |s| {
            s.keys("5");
        }),
        ("keys-list", |s| {
            s.keys("5").list_keys().keys("down");
        }),
        ("keys-found", |s| {
            s.keys("5").list_keys().keys("/").paste("blog");
        }),
        ("keys-no-management-key", |s| {
            s.keys("5").untold_keys(&Symptom::NoManagementKey {
                key_in_use_is_one: false,
            });
        }),
        ("keys-one", |s| {
            s.keys("5").list_keys().keys("down enter");
        }),
        ("keys-new", |s| {
            s.keys("5").list_keys().keys("n down down");
        }),
        ("keys-limit-refused", |s| {
            s.keys("5").list_keys().keys("down l").paste("ten");
            s.keys("enter enter enter");
        }),
        ("keys-delete", |s| {
            s.keys("5").list_keys().keys("x").paste("blog");
            s.keys("enter");
        }),
        ("keys-switch-off", |s| {
            s.keys("5").list_keys().keys("d");
        }),
        ("keys-cap", |s| {
            s.keys("5").list_keys().keys("a").paste("20");
        }),
        ("keys-rotate-plan", |s| {
            s.keys("5").list_keys().keys("o").rotation_planned();
            s.keys("down");
        }),
        ("keys-rotating", |s| {
            s.keys("5").list_keys().keys("o").rotation_planned();
            s.keys("enter").rotation_steps(&[true, true]);
        }),
        ("keys-rotated-back", |s| {
            s.keys("5").list_keys().keys("o").rotation_planned();
            s.keys("enter").rotation_steps(&[true, true, false]);
            s.rotation_told(RotationTold::Ended(Box::new(RotationEnd {
                is_rotated: false,
                said: Said::verbatim("rolled back: the old key “shop” stands where it stood"),
                notes: Vec::new(),
                in_use: None,
                trouble: Some(Box::new(onramp::diagnosis::explain_at(
                    &Symptom::NoKey,
                    now(),
                ))),
            })));
        }),
        ("keys-made", |s| {
            s.keys("5").list_keys().keys("n");
            s.make_key("sk-or-v1-new");
        }),
    ]
}

impl Rehearsal {
    /// The account's keys come.
    pub fn list_keys(&mut self) -> &mut Self {
        self.told_keys(Ok(Box::new(ring())))
    }

    /// They do not.
    pub fn untold_keys(&mut self, symptom: &Symptom) -> &mut Self {
        let diagnosis = onramp::diagnosis::explain_at(symptom, now());
        self.told_keys(Err(Box::new(diagnosis)))
    }

    fn told_keys(&mut self, ring: Result<Box<KeyRing>, Box<Diagnosis>>) -> &mut Self {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::ListKeys { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let ticket = asked.expect("the keys are asked for");
        self.reply(Reply::KeysListed { ticket, ring })
    }

    /// What is to be done to a key, and who waits.
    pub fn key_deed(&self) -> (Ticket, KeyDeed) {
        let deed = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::DoToKey { ticket, deed, .. } => Some((*ticket, deed.clone())),
            _ => None,
        });
        deed.expect("something is done to a key")
    }

    /// It is done.
    pub fn key_done(&mut self, done: Result<KeyDone, Box<Diagnosis>>) -> &mut Self {
        let (ticket, _) = self.key_deed();
        self.reply(Reply::KeyDealtWith { ticket, done })
    }

    /// Something is told of the rotation that is asked for.
    pub fn rotation_told(&mut self, told: RotationTold) -> &mut Self {
        let ticket = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::PlanRotation { ticket, .. } | Effect::Rotate { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let ticket = ticket.expect("a key is to be rotated");
        self.reply(Reply::RotationTold { ticket, told })
    }

    /// What would be done about the key in use.
    pub fn rotation_planned(&mut self) -> &mut Self {
        self.rotation_told(RotationTold::Planned(Box::new(rotation_plan())))
    }

    /// Steps end, done or not.
    pub fn rotation_steps(&mut self, done: &[bool]) -> &mut Self {
        let names = ["make the successor", "write .env", "test the successor"];
        for (name, &is_done) in names.iter().zip(done) {
            let said = Said::verbatim(name);
            self.rotation_told(RotationTold::Step { said, is_done });
        }
        self
    }

    /// The form of a new key is filled in as it stands, and the key is shown.
    pub fn make_key(&mut self, secret: &str) -> &mut Self {
        self.keys("enter enter enter enter enter enter");
        let made = KeyMade {
            key: key("new", "aaaa"),
            place: None,
            shown: Some(Secret::new(secret)),
            trouble: None,
            warnings: vec![],
        };
        self.key_done(Ok(KeyDone::Created(Box::new(made))))
    }
}

/// A key of this name and hash, of which nothing is known.
pub fn key(name: &str, hash: &str) -> ManagedKey {
    ManagedKey {
        hash: hash.into(),
        name: name.into(),
        label: "sk-or-v1-a1b...9c0".into(),
        ..ManagedKey::default()
    }
}

fn spend(total: i64) -> Spend {
    Spend {
        total: Usd::from_cents(total),
        daily: Usd::from_cents(total / 30),
        weekly: Usd::from_cents(total / 5),
        monthly: Usd::from_cents(total / 2),
    }
}

/// What would be done about the key in use.
pub fn rotation_plan() -> RotationPlan {
    let lines = [
        "old key    shop  sk-or-v1-bbb…bbb",
        "successor  shop, limit $10.00, resets monthly (UTC), never expires",
        "write      .env line 2: OPENROUTER_API_KEY",
        "then       test the successor on the server",
        "at last    switch the old key off",
    ];
    RotationPlan {
        key: ring().keys.remove(0),
        lines: lines.map(Said::verbatim).into(),
        notes: vec![Said::verbatim(
            "the shell's OPENROUTER_API_KEY holds the old key too and is not rewritten: change it there by hand, or what reads it stops working.",
        )],
    }
}

/// Three keys of an account: the one in use here, one without a limit, one that is switched off.
pub fn ring() -> KeyRing {
    let days_ago = |days: i64| {
        now()
            .checked_sub(jiff::SignedDuration::from_hours(24 * days))
            .ok()
    };
    let shop = ManagedKey {
        limit: Some(Usd::from_cents(1_000)),
        limit_remaining: Some(Usd::from_cents(250)),
        limit_reset: Some("monthly".into()),
        usage: spend(4_200),
        created_at: days_ago(12),
        ..key("shop", "bbbb")
    };
    let blog = ManagedKey {
        usage: spend(0),
        created_at: days_ago(200),
        expires_at: now().checked_add(jiff::SignedDuration::from_hours(60)).ok(),
        ..key("blog", "cccc")
    };
    let old = ManagedKey {
        disabled: true,
        usage: spend(99),
        ..key("old laptop", "dddd")
    };
    let lodging = |haven, said: &str, name: &str| Lodging {
        haven,
        said: Said::verbatim(said),
        name: name.into(),
    };
    KeyRing {
        as_of: now(),
        keys: vec![shop, blog, old],
        own: Some("bbbb".into()),
        guardrail: Some(Guardrail {
            id: "g-1".into(),
            ..Guardrail::default()
        }),
        lodgings: vec![
            lodging(Haven::Env("/home/ada/shop/.env".into()), ".env", "web shop"),
            lodging(
                Haven::Env("/home/ada/shop/.env.production".into()),
                ".env.production",
                "web shop production",
            ),
            lodging(Haven::Hands, "shown once, kept nowhere", "web shop"),
        ],
    }
}
