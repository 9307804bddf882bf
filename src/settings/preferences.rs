//! What the person chose once and should not be asked again, in `preferences.json`.
//!
//! A file that cannot be understood is set aside beside itself and said so; it never stops the program.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::clean_text::CleanText;
use crate::domain::symptom::FileTrouble;
use crate::files;
use crate::text::{Lang, Phrase, Said};

/// What the person chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language, where it was switched by hand.
    pub lang: Option<Lang>,
    /// What another version of the program keeps here.
    others: serde_json::Map<String, serde_json::Value>,
}

const SET_ASIDE: Phrase = Phrase::new(
    "The preferences could not be understood. They start afresh; the old file is {}",
    "无法读懂偏好设置，已重新开始；旧文件在 {}",
);
const UNREADABLE: Phrase = Phrase::new(
    "The preferences in {} cannot be read, so they are left alone: {}",
    "无法读取 {} 中的偏好设置，因此未作改动：{}",
);

impl Preferences {
    /// What is remembered in the config folder, and a word where the file was in the way.
    pub fn load(config: &Path) -> (Self, Option<Said>) {
        let path = file(config);
        let bytes = match files::read(&path) {
            Ok(snapshot) => snapshot.bytes,
            Err(trouble) => return (Self::default(), Some(unreadable(&trouble))),
        };
        let Some(bytes) = bytes else {
            return (Self::default(), None);
        };
        match serde_json::from_slice::<Shape>(&bytes) {
            Ok(shape) => (Self::of(shape), None),
            Err(_) => (Self::default(), Some(set_aside(&path, &bytes))),
        }
    }

    /// Remembers this in the config folder.
    pub fn save(&self, config: &Path) -> Result<(), FileTrouble> {
        let shape = Shape {
            lang: self.lang.map(|lang| lang.tag().to_owned()),
            others: self.others.clone(),
        };
        let mut bytes = serde_json::to_vec_pretty(&shape)
            .expect("strings and a map of strings are always JSON");
        bytes.push(b'\n');
        files::save_private(&file(config), &bytes)
    }

    fn of(shape: Shape) -> Self {
        Self {
            // A language of a later version is not an error: the system's is taken.
            lang: shape.lang.and_then(|tag| tag.parse().ok()),
            others: shape.others,
        }
    }
}

/// How preferences lie in the file.
#[derive(Serialize, Deserialize)]
struct Shape {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(flatten)]
    others: serde_json::Map<String, serde_json::Value>,
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
        assert_eq!(Preferences::load(folder.path()), (chosen, None));
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
