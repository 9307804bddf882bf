//! `onramp keys create`: makes a key and puts it where it was asked for. It is told once, so it is never
//! let go before it is somewhere.

use std::io::IsTerminal;
use std::path::Path;

use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use super::json::KeyJson;
use super::{Ring, told};
use crate::cli::args::Bound;
use crate::cli::args::keys::{Expiry, KeysCreateFlags, ResetName};
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, complain, print_json, print_line};
use crate::domain::account::{CreatedKey, ManagedKey, NewKey};
use crate::domain::clean_text::CleanText;
use crate::domain::sighting::Place;
use crate::domain::symptom::Symptom;
use crate::flow::keys::Haven;
use crate::jobs::keys::haven::{self, Kept, Unfit};
use crate::runtime::signals::tidy_up_on_signal;
use crate::text::{Phrase, Said};
use crate::ui::plain::change_lines;

const NO_NAME: Phrase = Phrase::new("the name is empty", "名称为空");
const NO_TIME: Phrase = Phrase::new(
    "a key cannot expire in the past, or in more than a century",
    "到期时间不能是过去，也不能超过一百年",
);
const IS_THERE: Phrase = Phrase::new(
    "a key of this name is there already: {}; --another makes one more",
    "已有同名的密钥：{}；--another 可再创建一个",
);
const TRACKED_HINT: Phrase = Phrase::new(
    "git rm --cached takes the file out of git, --force writes all the same.",
    "git rm --cached 可停止跟踪，--force 仍然写入。",
);
const HOLDS_HINT: Phrase = Phrase::new(
    "--force puts the new one in its place.",
    "--force 可替换它。",
);
const MADE: Phrase = Phrase::new("made {} {}; it is in {}", "已创建 {} {}；位置：{}");
const MADE_ONLY: Phrase = Phrase::new(
    "made {} {}; it is shown this once and kept nowhere",
    "已创建 {} {}；仅显示这一次，未保存在任何地方",
);
const CUT_SHORT: Phrase = Phrase::new(
    "stopped while a key named {} was being made; if it was made, nobody has it: onramp keys list shows it",
    "在创建名为 {} 的密钥时被中止；如果已创建，没有人拿到它：可用 onramp keys list 查看",
);
const ORPHAN: Phrase = Phrase::new(
    "a key was made, but its answer did not arrive, so nobody has it: onramp keys delete {} removes it",
    "密钥已创建，但没有收到回应，没有人拿到它：onramp keys delete {} 可删除",
);
const HANDED: Phrase = Phrase::new(
    "The key was made and could not be written there. It is shown here once; keep it:",
    "密钥已创建，但无法写入该处。仅在此显示一次，请保存：",
);
const STORED: Phrase = Phrase::new(
    "the key was made and could not be written there; it is kept in {} instead",
    "密钥已创建，但无法写入该处；已改存到 {}",
);
const TAKEN_BACK: Phrase = Phrase::new(
    "the key could not be written there, so it was deleted again",
    "密钥无法写入该处，因此已将其删除",
);
const LOST: Phrase = Phrase::new(
    "the key could be written nowhere and not be deleted: onramp keys delete {} removes it",
    "密钥无处可写，也未能删除：onramp keys delete {} 可删除",
);

pub(super) async fn run(context: &Context, flags: KeysCreateFlags) -> Outcome {
    let haven = flags.haven(&context.scene.folder);
    let expires_at = flags.expires.map(until).transpose()?.flatten();
    let ring = Ring::open(context).await?;
    let name = match &flags.name {
        Some(name) => name.trim().to_owned(),
        None => haven::suggested_name(context.project(), &haven),
    };
    if name.is_empty() {
        return Err(Failure::Usage(NO_NAME.into()));
    }
    if let Some(there) = ring.keys.iter().find(|key| *key.name == *name)
        && !flags.another
    {
        return Err(Failure::Usage(Said::new(IS_THERE, &[&told(there)])));
    }
    let server = ring.manager.server();
    haven::look(&context.scene, server, &haven, flags.force).map_err(unfit)?;
    let new = NewKey {
        name,
        limit: match flags.limit {
            Some(Bound::At(limit)) => Some(limit),
            Some(Bound::Off) | None => None,
        },
        limit_reset: flags.reset.and_then(ResetName::word),
        expires_at,
        ..NewKey::default()
    };
    // A system that tells of no signals still ends the command by them.
    let _ = tidy_up_on_signal();
    let made = make(context, &ring, &new).await?;
    // No await from here to where the key is kept: nothing can come between.
    let now = Timestamp::now();
    let kept = match haven::keep(&context.scene, server, &haven, &made.secret, now) {
        Ok(kept) => kept,
        Err(diagnosis) => {
            rescue(context, &ring, &made).await;
            return Err(diagnosis.into());
        }
    };
    tell(context, &ring, &made, &kept, flags.shown.json);
    Ok(())
}

/// The moment that was asked for; `None`: it never expires.
fn until(expiry: Expiry) -> Result<Option<Timestamp>, Failure> {
    let now = Timestamp::now();
    let end = match expiry {
        Expiry::Never => return Ok(None),
        Expiry::In(days) => now.checked_add((i64::from(days) * 24).hours()).ok(),
        Expiry::At(end) => Some(end),
    };
    let end = end.filter(|end| {
        let century = now.checked_add((36_525 * 24).hours());
        *end > now && century.is_ok_and(|century| *end <= century)
    });
    end.map(Some).ok_or(Failure::Usage(NO_TIME.into()))
}

fn unfit(why: Unfit) -> Failure {
    match why {
        Unfit::Trouble(diagnosis) => diagnosis.into(),
        Unfit::Holds(_) => Failure::Usage(why.said().then(HOLDS_HINT)),
        Unfit::Tracked(_) => {
            let mut diagnosis = why.explained();
            diagnosis.cause = diagnosis.cause.then(TRACKED_HINT);
            diagnosis.into()
        }
    }
}

/// Makes the key, and says what may have become of it where its answer does not arrive.
async fn make(context: &Context, ring: &Ring, new: &NewKey) -> Result<CreatedKey, Failure> {
    let watch = CutShort {
        context,
        name: Some(&new.name),
    };
    let made = ring.manager.create(new).await;
    let symptom = match made {
        Ok(made) => {
            watch.heard();
            return Ok(made);
        }
        Err(symptom) => symptom,
    };
    watch.heard();
    // What the server refused it did not make; anything else may have happened after it made it.
    if !matches!(
        symptom,
        Symptom::Refused(_) | Symptom::ClockSkew { .. } | Symptom::NotAManagementKey
    ) && let Ok(keys) = ring.manager.list().await
    {
        let is_new = |key: &&ManagedKey| {
            *key.name == *new.name && ring.keys.iter().all(|known| known.hash != key.hash)
        };
        for orphan in keys.iter().filter(is_new) {
            context.note(&ORPHAN.fill(context.lang, &[&orphan.label]));
        }
    }
    Err(crate::cli::diagnosed(&symptom))
}

/// Says, when it is dropped in the midst of the work, that a key may have been made.
struct CutShort<'a> {
    context: &'a Context,
    name: Option<&'a str>,
}

impl CutShort<'_> {
    fn heard(mut self) {
        self.name = None;
    }
}

impl Drop for CutShort<'_> {
    fn drop(&mut self) {
        if let Some(name) = self.name {
            let name = CleanText::line(name);
            complain(&format!(
                "{}\n",
                CUT_SHORT.fill(self.context.lang, &[&name])
            ));
        }
    }
}

/// The place was refused after the key was made: it is shown to a person, else kept in the store where that
/// holds none, else deleted again.
async fn rescue(context: &Context, ring: &Ring, made: &CreatedKey) {
    let lang = context.lang;
    if std::io::stderr().is_terminal() {
        complain(&format!("{}\n{}\n", HANDED.say(lang), made.secret.expose()));
        return;
    }
    let server = ring.manager.server();
    let is_free = haven::look(&context.scene, server, &Haven::Store, false).is_ok();
    if is_free
        && let Ok(kept) = haven::keep(
            &context.scene,
            server,
            &Haven::Store,
            &made.secret,
            Timestamp::now(),
        )
        && let Some(place) = kept.place
    {
        let place = place.said(&context.scene.folder).say(lang);
        complain(&format!("{}\n", STORED.fill(lang, &[&place])));
        return;
    }
    let words = match ring.manager.delete(&made.key).await {
        Ok(_) => TAKEN_BACK.say(lang).to_owned(),
        Err(_) => LOST.fill(lang, &[&made.key.label]),
    };
    complain(&format!("{words}\n"));
}

fn tell(context: &Context, ring: &Ring, made: &CreatedKey, kept: &Kept, json: bool) {
    let lang = context.lang;
    let folder = &context.scene.folder;
    for warning in &kept.warnings {
        context.note(&warning.say(lang));
    }
    let key = &made.key;
    if json {
        print_json(&CreatedJson {
            key: ring.json(context, key),
            // The one way for a script that asked for it by --print.
            secret: kept.place.is_none().then(|| made.secret.expose()),
            place: kept.place.as_ref().map(PlaceJson::of),
        });
        return;
    }
    match &kept.place {
        None => {
            context.note(&MADE_ONLY.fill(lang, &[&key.name, &key.label]));
            print_line(made.secret.expose());
        }
        Some(place) => {
            for line in kept.changed.iter().flat_map(change_lines) {
                print_line(&line);
            }
            let place = place.said(folder).say(lang);
            context.note(&MADE.fill(lang, &[&key.name, &key.label, &place]));
        }
    }
}

/// What scripts read of a new key: a contract.
#[derive(Serialize)]
struct CreatedJson<'a> {
    key: KeyJson<'a>,
    /// The key itself, with --print only.
    secret: Option<&'a str>,
    place: Option<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    kind: &'static str,
    path: Option<CleanText>,
    line: Option<usize>,
}

impl PlaceJson {
    fn of(place: &Place) -> Self {
        let shown = |path: &Path| CleanText::line(&path.display().to_string());
        let (path, line) = match place {
            Place::Store(rest) => (rest.path().map(shown), None),
            other => match other.line() {
                Some((path, line)) => (Some(shown(path)), Some(line)),
                None => (None, None),
            },
        };
        Self {
            kind: place.kind(),
            path,
            line,
        }
    }
}
