//! `onramp keys`: the account's keys, by a management key.

mod cap;
mod change;
mod create;
mod delete;
mod json;
mod rotate;
mod table;

use jiff::Timestamp;

use self::json::KeyJson;
use super::args::keys::{KeysCommand, KeysShowFlags, KeysVerb, ShownFlags};
use super::context::Context;
use super::output::{Failure, Outcome, print_json, print_line};
use crate::domain::account::ManagedKey;
use crate::domain::clean_text::CleanText;
use crate::domain::secret::redact;
use crate::insight::key_advice::{self, KeyAdvice};
use crate::jobs::keys::{self, Found, Manager};
use crate::text::{Phrase, Said};

/// So much of a word that means no key is repeated.
const SHOWN: usize = 60;
/// So many digits of a hash tell keys apart for people.
const DIGITS: usize = 8;

const NONE: Phrase = Phrase::new("the account has no keys", "账户没有密钥");
const UNKNOWN: Phrase = Phrase::new(
    "no key is called “{}”; onramp keys list shows them",
    "没有名为“{}”的密钥；onramp keys list 可列出全部",
);
const AMBIGUOUS: Phrase = Phrase::new(
    "“{}” fits several keys; name one by its label or hash: {}",
    "“{}”对应多个密钥，请用标签或哈希指定：{}",
);

pub(super) async fn run(context: &Context, command: KeysCommand) -> Outcome {
    match command.verb {
        None => list(context, &command.shown).await,
        Some(KeysVerb::List(flags)) => list(context, &flags).await,
        Some(KeysVerb::Show(flags)) => show(context, &flags).await,
        Some(KeysVerb::Create(flags)) => create::run(context, flags).await,
        Some(KeysVerb::Update(flags)) => change::update(context, &flags).await,
        Some(KeysVerb::Enable(flags)) => change::enable(context, &flags).await,
        Some(KeysVerb::Disable(flags)) => change::disable(context, &flags).await,
        Some(KeysVerb::Delete(flags)) => delete::run(context, &flags).await,
        Some(KeysVerb::Cap(flags)) => cap::run(context, &flags).await,
        Some(KeysVerb::Rotate(flags)) => rotate::run(context, flags).await,
    }
}

/// Who manages the keys of the account at the server in force.
async fn manager(context: &Context) -> Result<Manager, Failure> {
    let diagnosed = |symptom| super::diagnosed(&symptom);
    let access = context.access_or_none().map_err(diagnosed)?;
    Manager::at(&context.scene, &access)
        .await
        .map_err(diagnosed)
}

/// The account's keys, as a command sees them.
struct Ring {
    manager: Manager,
    keys: Vec<ManagedKey>,
    now: Timestamp,
}

impl Ring {
    /// Asks for all keys.
    async fn open(context: &Context) -> Result<Self, Failure> {
        let manager = manager(context).await?;
        let keys = manager.list().await;
        let keys = keys.map_err(|symptom| super::diagnosed(&symptom))?;
        let now = Timestamp::now();
        Ok(Self { manager, keys, now })
    }

    /// The one key that a word means, which is to be changed.
    fn find(&self, word: &str) -> Result<ManagedKey, Failure> {
        one(keys::find(&self.keys, self.manager.own(), word), word)
    }

    /// The one key that a word means, which is only shown.
    fn guess(&self, word: &str) -> Result<ManagedKey, Failure> {
        one(keys::guess(&self.keys, self.manager.own(), word), word)
    }

    fn advice(&self, context: &Context, key: &ManagedKey) -> Vec<KeyAdvice> {
        let is_own = self.manager.is_own(key);
        key_advice::of(key, is_own, &context.alerts.thresholds, self.now)
    }

    fn json<'a>(&self, context: &Context, key: &'a ManagedKey) -> KeyJson<'a> {
        let advice = self.advice(context, key);
        let is_own = self.manager.is_own(key);
        KeyJson::of(key, is_own, &advice, self.now, context.lang)
    }
}

fn one(found: Found, word: &str) -> Result<ManagedKey, Failure> {
    // Who pastes a whole key here does not see it again.
    let shown = CleanText::line(&redact(word)).shortened(SHOWN);
    match found {
        Found::One(key) => Ok(*key),
        Found::Nothing => Err(Failure::Usage(Said::new(UNKNOWN, &[&shown]))),
        Found::Several(keys) => {
            let names: Vec<String> = keys.iter().map(told).collect();
            let said = Said::new(AMBIGUOUS, &[&shown, &names.join(", ")]);
            Err(Failure::Usage(said))
        }
    }
}

/// A key among others that have its name.
fn told(key: &ManagedKey) -> String {
    let digits: String = key.hash.chars().take(DIGITS).collect();
    format!("{} {} ({digits})", key.name, key.label)
}

async fn list(context: &Context, flags: &ShownFlags) -> Outcome {
    let ring = Ring::open(context).await?;
    if flags.json {
        let rows = ring.keys.iter().map(|key| ring.json(context, key));
        print_json(&rows.collect::<Vec<_>>());
    } else if ring.keys.is_empty() {
        context.note(NONE.say(context.lang));
    } else {
        table::list(context, &ring);
    }
    rotate::tell_waiting(context, ring.manager.server())
}

async fn show(context: &Context, flags: &KeysShowFlags) -> Outcome {
    let ring = Ring::open(context).await?;
    let key = ring.guess(&flags.which.key)?;
    if flags.shown.json {
        print_json(&ring.json(context, &key));
    } else {
        for line in table::about(context, &ring, &key) {
            print_line(&line);
        }
    }
    Ok(())
}
