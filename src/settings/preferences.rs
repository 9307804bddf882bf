//! What the person chose once and should not be asked again, in `preferences.json`.
//!
//! A file that cannot be understood is set aside beside itself and said so; it never stops the program.

mod alerts;
mod budget;
mod history;
mod members;
mod models;

use std::path::{Path, PathBuf};

use self::members::{Json, Members};
use crate::domain::budget::Budget;
use crate::domain::clean_text::CleanText;
use crate::domain::own_models::OwnModels;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files;
use crate::insight::alerts::AlertSettings;
use crate::text::{Lang, Phrase, Said};

/// What the person chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language, where it was switched by hand.
    pub lang: Option<Lang>,
    /// The bounds of alerts, and how the terminal tells of one.
    pub alerts: AlertSettings,
    /// What this program may spend.
    pub budget: Budget,
    /// Nothing that is said in conversations is kept.
    pub is_history_off: bool,
    /// Favourites, and models used lately.
    pub models: OwnModels,
    /// The file as it was read: with what another version keeps here, and what was not understood.
    kept: Members,
}

/// How often another program's change in the same moment is met halfway.
const TRIES: u32 = 20;

const SET_ASIDE: Phrase = Phrase::new(
    "The preferences could not be understood. They start afresh; the old file is {}",
    "无法读懂偏好设置，已重新开始；旧文件在 {}",
);
const UNREADABLE: Phrase = Phrase::new(
    "The preferences in {} cannot be read, so they are left alone: {}",
    "无法读取 {} 中的偏好设置，因此未作改动：{}",
);

impl Preferences {
    /// What is remembered in the config folder, and a word where the file, or a value in it, was not
    /// understood.
    pub fn load(config: &Path) -> (Self, Option<Said>) {
        let path = file(config);
        let bytes = match files::read(&path) {
            Ok(snapshot) => snapshot.bytes,
            Err(trouble) => return (Self::default(), Some(unreadable(&trouble))),
        };
        let Some(bytes) = bytes else {
            return (Self::default(), None);
        };
        match serde_json::from_slice::<Members>(&bytes) {
            Ok(kept) => Self::of(kept, &path),
            Err(_) => (Self::default(), Some(set_aside(&path, &bytes))),
        }
    }

    /// Remembers this in the config folder.
    pub fn save(&self, config: &Path) -> Result<(), FileTrouble> {
        let path = file(config);
        files::save_private(&path, &self.bytes(&path))
    }

    /// Remembers one change in the config folder. What another program changes in the same moment stays.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn change(config: &Path, change: impl Fn(&mut Self)) -> Result<(), FileTrouble> {
        let path = file(config);
        files::private::make_folder(config)?;
        let mut tries = 0;
        loop {
            tries += 1;
            let before = files::read(&path)?;
            let members = before
                .bytes
                .as_deref()
                .map(serde_json::from_slice::<Members>);
            let mut preferences = match members {
                None => Self::default(),
                Some(Ok(kept)) => Self::of(kept, &path).0,
                // Loading sets it aside.
                Some(Err(_)) => {
                    let mut preferences = Self::load(config).0;
                    change(&mut preferences);
                    return preferences.save(config);
                }
            };
            change(&mut preferences);
            match files::save(&before, &preferences.bytes(&path)) {
                Err(trouble) if trouble.kind == FileProblem::Changed && tries < TRIES => {}
                saved => return saved.map(|_| ()),
            }
        }
    }

    fn bytes(&self, path: &Path) -> Vec<u8> {
        let mut members = self.kept.clone();
        if let Some(lang) = self.lang {
            members.insert("lang".into(), Json::of(&lang.tag()));
        }
        alerts::write(&mut members, &self.alerts, path);
        budget::write(&mut members, self.budget, path);
        models::write(&mut members, &self.models, path);
        let mut bytes = serde_json::to_vec_pretty(&members).expect("members are always JSON");
        bytes.push(b'\n');
        bytes
    }

    fn of(kept: Members, path: &Path) -> (Self, Option<Said>) {
        let (alerts, mut odd) = alerts::read(&kept, path);
        let (budget, strange) = budget::read(&kept, path);
        odd.extend(strange);
        let (is_history_off, strange) = history::read(&kept, path);
        odd.extend(strange);
        let (models, strange) = models::read(&kept, path);
        odd.extend(strange);
        let preferences = Self {
            // A language of a later version is not an error: the system's is taken.
            lang: kept
                .get("lang")
                .and_then(Json::text)
                .and_then(|tag| tag.parse().ok()),
            alerts,
            budget,
            is_history_off,
            models,
            kept,
        };
        (preferences, odd.into_iter().reduce(Said::then))
    }
}

fn file(config: &Path) -> PathBuf {
    config.join("preferences.json")
}

/// Moves a broken file out of the way. Copied first, so that its bytes are never only in memory.
fn set_aside(path: &Path, bytes: &[u8]) -> Said {
    let aside = path.with_extension("json.broken");
    match files::save_private(&aside, bytes).and_then(|()| files::remove(path)) {
        Ok(()) => Said::new(SET_ASIDE, &[&shown(&aside)]),
        Err(trouble) => unreadable(&trouble),
    }
}

fn unreadable(trouble: &FileTrouble) -> Said {
    Said::new(UNREADABLE, &[&shown(&trouble.path), &trouble.detail])
}

fn shown(path: &Path) -> CleanText {
    CleanText::line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notify::NotifyBy;

    fn write(folder: &Path, text: &str) {
        files::save_private(&file(folder), text.as_bytes()).unwrap();
    }

    fn text(path: &Path) -> Option<String> {
        let bytes = files::read(path).unwrap().bytes?;
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn nothing_is_remembered_at_first() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            Preferences::load(folder.path()),
            (Preferences::default(), None)
        );
    }

    #[test]
    fn a_chosen_language_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let chosen = Preferences {
            lang: Some(Lang::Zh),
            ..Preferences::default()
        };
        chosen.save(folder.path()).unwrap();
        let (loaded, word) = Preferences::load(folder.path());
        assert_eq!((loaded.lang, word), (chosen.lang, None));
    }

    #[test]
    fn alerts_are_remembered_and_a_value_that_is_not_understood_is_said() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            r#"{"alerts":{"balance_usd":"lots","key_age_days":null}}"#,
        );
        let (mut preferences, word) = Preferences::load(folder.path());
        let word = word.unwrap().say(Lang::Zh);
        assert!(word.contains("alerts.balance_usd") && word.contains("lots"));
        assert_eq!(preferences.alerts.thresholds.key_age_days, None);
        preferences.alerts.notify = NotifyBy::Bell;
        preferences.alerts.thresholds.balance = None;
        preferences.save(folder.path()).unwrap();
        let (loaded, word) = Preferences::load(folder.path());
        assert_eq!((loaded.alerts, word), (preferences.alerts, None));
    }

    #[test]
    fn changes_of_several_programs_in_the_same_moment_all_stay() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for program in 0..4 {
                let config = folder.path();
                scope.spawn(move || {
                    for number in 0..5 {
                        let model = format!("m/{program}-{number}");
                        let favour = |it: &mut Preferences| it.models.favour(&model, true);
                        Preferences::change(config, favour).unwrap();
                    }
                });
            }
        });
        let (loaded, word) = Preferences::load(folder.path());
        assert_eq!((loaded.models.favourites.len(), word), (20, None));
    }

    #[test]
    fn a_change_sets_a_broken_file_aside() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "{\"lang\": ");
        Preferences::change(folder.path(), |it| it.models.used("a/b")).unwrap();
        let (loaded, word) = Preferences::load(folder.path());
        assert!(loaded.models.is_recent("a/b") && word.is_none());
        let aside = folder.path().join("preferences.json.broken");
        assert_eq!(text(&aside).as_deref(), Some("{\"lang\": "));
    }

    #[test]
    fn what_another_version_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), r#"{"lang":"tlh","budget":{"day":1}}"#);
        let (mut preferences, word) = Preferences::load(folder.path());
        assert_eq!((preferences.lang, word), (None, None));
        preferences.lang = Some(Lang::En);
        preferences.save(folder.path()).unwrap();
        let saved = text(&file(folder.path())).unwrap();
        let saved: serde_json::Value = serde_json::from_str(&saved).unwrap();
        assert_eq!(
            saved,
            serde_json::json!({"lang": "en", "budget": {"day": 1}})
        );
    }

    #[test]
    fn a_broken_file_is_set_aside_with_a_word() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "{\"lang\": ");
        let (preferences, word) = Preferences::load(folder.path());
        assert_eq!(preferences, Preferences::default());
        assert!(
            word.unwrap()
                .say(Lang::En)
                .contains("preferences.json.broken")
        );
        assert_eq!(text(&file(folder.path())), None);
        let aside = folder.path().join("preferences.json.broken");
        assert_eq!(text(&aside).as_deref(), Some("{\"lang\": "));
    }

    #[test]
    fn a_folder_in_its_place_is_a_word_not_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(file(folder.path())).unwrap();
        let (preferences, word) = Preferences::load(folder.path());
        assert_eq!(preferences, Preferences::default());
        assert!(word.is_some());
    }
}
