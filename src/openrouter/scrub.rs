//! Keeps secrets out of what is reported: a server may echo anything that was sent to it.

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::domain::clean_text::CleanText;
use crate::domain::secret::{self, Secret};

/// Shorter secrets are ordinary words (`dummy`, `ollama`): masking them would eat sentences.
const SHORTEST: usize = 8;
/// No report needs more of a body than this, in characters.
const LONGEST: usize = 64 * 1024;

/// Knows the secrets of one client, and takes them out of foreign text.
#[derive(Clone, Debug, Default)]
pub(super) struct Scrub {
    secrets: Vec<Secret>,
}

impl Scrub {
    pub(super) fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        let mut secrets: Vec<Secret> = secrets.into_iter().collect();
        secrets.retain(|secret| secret.chars() >= SHORTEST);
        Self { secrets }
    }

    /// The text, harmless and without secrets, its lines kept.
    pub(super) fn text(&self, foreign: &str) -> CleanText {
        let text: String = foreign.chars().take(LONGEST).collect();
        let masked = secret::masked(&text, |text| self.masked(text));
        CleanText::new(&without_user_ids(&masked))
    }

    fn masked(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            if text.contains(secret.expose()) {
                text = text.replace(secret.expose(), &secret.mask());
            }
            for packed in packed(secret) {
                if text.contains(&packed) {
                    text = text.replace(&packed, HIDDEN);
                }
            }
        }
        secret::redact(&text)
    }

    /// The same on one line.
    pub(super) fn line(&self, foreign: &str) -> CleanText {
        CleanText::line(&self.text(foreign))
    }

    /// The beginning of a body, on one line.
    pub(super) fn snippet(&self, body: &str) -> CleanText {
        self.line(body).shortened(300)
    }
}

/// What stands for a secret in another notation.
const HIDDEN: &str = "••••••••";

/// The secret as base64 has it, wherever in a packed text it begins: the characters that depend on what
/// stands before and behind it are left off.
fn packed(secret: &Secret) -> Vec<String> {
    let pack = |before: usize, engine: &GeneralPurpose| {
        let bytes = [&[b' '].repeat(before), secret.expose().as_bytes()].concat();
        let packed = engine.encode(bytes);
        let inner = packed.chars().skip(before * 8_usize.div_ceil(6));
        let inner: String = inner.collect();
        let kept = inner.len().saturating_sub(2);
        inner.chars().take(kept).collect::<String>()
    };
    let alphabets = [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD];
    let mut all: Vec<String> = alphabets
        .iter()
        .flat_map(|engine| (0..3).map(|before| pack(before, engine)))
        .collect();
    all.dedup();
    all
}

/// `user_2aBcD3eFgH…` names a person's account; it helps nobody in a report.
fn without_user_ids(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("user_") {
        clean.push_str(before);
        clean.push_str("user_");
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(after.len());
        let (id, tail) = after.split_at(end);
        clean.push_str(if id.len() >= 12 { "…" } else { id });
        rest = tail;
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Secret {
        Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)))
    }

    #[test]
    fn an_echoed_key_is_masked_whatever_its_shape() {
        let odd = Secret::new("letmein-2026/secret");
        let scrub = Scrub::new([key(), odd.clone()]);
        let text = format!("no {} and {} please", key().expose(), odd.expose());
        assert_eq!(
            scrub.line(&text).as_str(),
            "no sk-or-v1-dea…eef and •••••••• please"
        );
    }

    #[test]
    fn a_key_cut_up_by_invisible_characters_is_masked_too() {
        let cut: String = key()
            .expose()
            .chars()
            .flat_map(|c| [c, '\u{200b}'])
            .collect();
        let shown = Scrub::new([key()]).text(&cut);
        assert_eq!(shown.as_str(), "sk-or-v1-dea…eef");
    }

    #[test]
    fn a_key_packed_as_base64_is_masked_wherever_it_begins() {
        let scrub = Scrub::new([key()]);
        for before in ["", "x", "me:", "Bearer ", "two words "] {
            let packed = STANDARD_NO_PAD.encode(format!("{before}{}", key().expose()));
            let shown = scrub.line(&format!("you sent {packed}.")).into_string();
            assert!(shown.contains("••••••••"), "{before}: {shown}");
            assert!(shown.len() < 60, "{before}: {shown}");
        }
    }

    #[test]
    fn ordinary_words_are_left_alone() {
        let scrub = Scrub::new([Secret::new("ollama"), Secret::new("")]);
        assert_eq!(scrub.line("ollama says no").as_str(), "ollama says no");
        assert_eq!(
            scrub.line("user_id, user_name").as_str(),
            "user_id, user_name"
        );
    }

    #[test]
    fn a_user_is_not_named() {
        let scrub = Scrub::default();
        assert_eq!(
            scrub.line("by user_2aBcD3eFgH4iJkL5mNoP6.").as_str(),
            "by user_…."
        );
    }
}
