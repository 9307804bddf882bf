//! What a person pastes when asked for a key, and what is made of it.

use super::secret::Secret;
use crate::text::Phrase;

/// What was taken off a paste before it became a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stripped {
    /// The marks of a bracketed paste that a console did not take off.
    PasteMarks,
    /// Blanks, tabs, line ends, a byte order mark, zero-width characters.
    Blanks,
    /// Quotes around it.
    Quotes,
    /// `OPENROUTER_API_KEY=` or `export …=`.
    Assignment,
    /// `Bearer ` or `Authorization: Bearer `.
    Bearer,
}

impl Stripped {
    /// Words for it.
    pub fn words(self) -> Phrase {
        match self {
            Self::PasteMarks => Phrase::new("paste marks", "粘贴标记"),
            Self::Blanks => Phrase::new("blanks and line ends", "空白和换行"),
            Self::Quotes => Phrase::new("quotes", "引号"),
            Self::Assignment => Phrase::new("NAME=", "变量名="),
            Self::Bearer => Phrase::new("Bearer", "Bearer"),
        }
    }
}

/// A paste, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedKey {
    /// The keys in it: none when it was empty, two when it must be asked which.
    pub candidates: Vec<Secret>,
    /// What was taken off.
    pub stripped: Vec<Stripped>,
}

impl PastedKey {
    /// Cleans a paste. The text is never cut: what cannot be a key is left for [`Shape`] to name.
    pub fn read(text: &str) -> Self {
        let mut stripped = Vec::new();
        let mut note = |what| {
            if !stripped.contains(&what) {
                stripped.push(what);
            }
        };
        let mut text = text.to_owned();
        for mark in ["\u{1b}[200~", "\u{1b}[201~", "[200~", "[201~"] {
            if text.contains(mark) {
                text = text.replace(mark, "");
                note(Stripped::PasteMarks);
            }
        }
        let mut candidates = Vec::new();
        for line in text.split(['\n', '\r']) {
            let visible: String = line.chars().filter(|&c| !is_invisible(c)).collect();
            if visible.len() != line.len() {
                note(Stripped::Blanks);
            }
            let whole = peel_all(&visible, &mut note);
            // Several words on a line: the ones that look like keys, else the line as it stands.
            let words = whole
                .split_whitespace()
                .map(|word| peel_all(word, &mut note));
            let keys: Vec<String> = words.filter(|word| word.starts_with("sk-")).collect();
            let found = if keys.is_empty() { vec![whole] } else { keys };
            for key in found {
                let secret = Secret::new(key);
                if !secret.is_empty() && !candidates.contains(&secret) {
                    candidates.push(secret);
                }
            }
        }
        if text.contains(['\n', '\r']) && !candidates.is_empty() {
            note(Stripped::Blanks);
        }
        // A pasted .env fragment: its other lines are not keys.
        if candidates.len() > 1 && candidates.iter().any(Shape::is_known_key) {
            candidates.retain(Shape::is_known_key);
        }
        stripped.sort_unstable();
        Self {
            candidates,
            stripped,
        }
    }
}

/// What is wrong with a key as it is about to be sent to OpenRouter, where that is certain: something
/// stands around it, it is there twice, or it holds what no key holds. `None`: the server may decide.
pub fn flaw(secret: &Secret) -> Option<Vec<Stripped>> {
    let text = secret.expose();
    let pasted = PastedKey::read(text);
    let is_bare = pasted.candidates.len() == 1 && pasted.candidates.first() == Some(secret);
    if !is_bare {
        return Some(pasted.stripped);
    }
    let is_double = text.matches("sk-or-").count() > 1;
    let is_strange = !text.chars().all(|c| c.is_ascii_graphic());
    (is_double || is_strange).then(Vec::new)
}

/// Every layer off.
fn peel_all(text: &str, note: &mut impl FnMut(Stripped)) -> String {
    let mut rest = text.to_owned();
    loop {
        let peeled = peel(&rest, note);
        if peeled.len() == rest.len() {
            return rest;
        }
        rest = peeled;
    }
}

/// One layer off, if there is one.
fn peel(text: &str, note: &mut impl FnMut(Stripped)) -> String {
    let trimmed = text.trim();
    if trimmed.len() != text.len() {
        note(Stripped::Blanks);
        return trimmed.to_owned();
    }
    for quote in ['"', '\'', '`', '“', '”', '‘', '’', '~'] {
        if let Some(rest) = trimmed.strip_prefix(quote) {
            note(if quote == '~' {
                Stripped::PasteMarks
            } else {
                Stripped::Quotes
            });
            return rest.to_owned();
        }
        if let Some(rest) = trimmed.strip_suffix(quote) {
            note(if quote == '~' {
                Stripped::PasteMarks
            } else {
                Stripped::Quotes
            });
            return rest.to_owned();
        }
    }
    if let Some(rest) = trimmed.strip_suffix([';', ',']) {
        note(Stripped::Quotes);
        return rest.to_owned();
    }
    for word in ["authorization:", "bearer "] {
        if let Some(head) = trimmed.get(..word.len())
            && head.eq_ignore_ascii_case(word)
        {
            note(Stripped::Bearer);
            return trimmed.chars().skip(word.len()).collect();
        }
    }
    for word in ["export ", "set ", "$env:"] {
        if let Some(head) = trimmed.get(..word.len())
            && head.eq_ignore_ascii_case(word)
        {
            note(Stripped::Assignment);
            return trimmed.chars().skip(word.len()).collect();
        }
    }
    if let Some((name, value)) = trimmed.split_once(['=', ':'])
        && !name.trim().is_empty()
        && name
            .trim()
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '"')
    {
        note(Stripped::Assignment);
        return value.to_owned();
    }
    trimmed.to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}')
        || (c.is_control() && c != '\t')
}

/// What a text that should be a key looks like. A shape warns; only the server decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `sk-or-v1-` and 64 hex digits.
    OpenRouter,
    /// Begins as an OpenRouter key; so many characters, where 73 are usual.
    OpenRouterOdd(usize),
    /// The key of another vendor.
    Vendor(&'static str),
    /// A placeholder from a template.
    Placeholder,
    /// Nothing known.
    Unknown,
}

/// Characters of an OpenRouter key. Source: OpenRouter's own clients.
pub const KEY_CHARS: usize = 73;

impl Shape {
    /// Looks at a key.
    pub fn of(secret: &Secret) -> Self {
        let text = secret.expose();
        if let Some(rest) = text.strip_prefix("sk-or-") {
            let digits = rest.strip_prefix("v1-").unwrap_or_default();
            return if digits.len() == 64
                && digits
                    .chars()
                    .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
            {
                Self::OpenRouter
            } else if rest.contains("your") || rest.contains("...") || rest.contains("xxx") {
                Self::Placeholder
            } else {
                Self::OpenRouterOdd(text.chars().count())
            };
        }
        let lower = text.to_ascii_lowercase();
        if lower.contains("your") && (lower.contains("key") || lower.contains("here"))
            || lower.contains("xxxx")
            || lower == "changeme"
        {
            return Self::Placeholder;
        }
        for (prefix, vendor) in VENDORS {
            if text.starts_with(prefix) {
                return Self::Vendor(vendor);
            }
        }
        Self::Unknown
    }

    fn is_known_key(secret: &Secret) -> bool {
        matches!(
            Self::of(secret),
            Self::OpenRouter | Self::OpenRouterOdd(_) | Self::Vendor(_)
        )
    }
}

/// Prefixes of other vendors' keys, the longer before the shorter.
const VENDORS: &[(&str, &str)] = &[
    ("sk-ant-", "Anthropic"),
    ("sk-proj-", "OpenAI"),
    ("sk-svcacct-", "OpenAI"),
    ("sk-admin-", "OpenAI"),
    ("sk-lf-", "Langfuse"),
    ("AIza", "Google"),
    ("gsk_", "Groq"),
    ("xai-", "xAI"),
    ("hf_", "Hugging Face"),
    ("pplx-", "Perplexity"),
    ("r8_", "Replicate"),
    ("fw_", "Fireworks"),
    ("tgp_v1_", "Together"),
    ("ghp_", "GitHub"),
    ("github_pat_", "GitHub"),
    ("sk_live_", "Stripe"),
    ("sk_test_", "Stripe"),
    ("AKIA", "AWS"),
    ("sk-", "OpenAI"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> String {
        format!("sk-or-v1-{}", "deadbeef".repeat(8))
    }

    #[test]
    fn what_cannot_be_a_key_is_known_before_it_is_sent() {
        let found = |text: &str| flaw(&Secret::new(text));
        assert_eq!(found(&key()), None);
        assert_eq!(found("sk-or-v1-short"), None, "the server may know it");
        assert_eq!(
            found(&format!("\"{}\"", key())),
            Some(vec![Stripped::Quotes])
        );
        assert_eq!(
            found(&format!("Bearer {}", key())),
            Some(vec![Stripped::Bearer])
        );
        let named = format!("OPENROUTER_API_KEY={}", key());
        assert_eq!(found(&named), Some(vec![Stripped::Assignment]));
        assert_eq!(found(&key().repeat(2)), Some(vec![]));
        assert_eq!(found("kéy"), Some(vec![]));
    }

    fn only(text: &str) -> (String, Vec<Stripped>) {
        let pasted = PastedKey::read(text);
        assert_eq!(pasted.candidates.len(), 1, "{text:?}");
        (pasted.candidates[0].expose().to_owned(), pasted.stripped)
    }

    #[test]
    fn every_wrapping_people_paste_comes_off() {
        let k = key();
        for (text, off) in [
            (k.clone(), vec![]),
            (format!("  {k}\r\n"), vec![Stripped::Blanks]),
            (format!("\"{k}\""), vec![Stripped::Quotes]),
            (
                format!("OPENROUTER_API_KEY={k}"),
                vec![Stripped::Assignment],
            ),
            (
                format!("export OPENROUTER_API_KEY='{k}'"),
                vec![Stripped::Quotes, Stripped::Assignment],
            ),
            (format!("Bearer {k}"), vec![Stripped::Bearer]),
            (
                format!("\u{1b}[200~{k}\u{1b}[201~"),
                vec![Stripped::PasteMarks],
            ),
            (format!("~{k}~"), vec![Stripped::PasteMarks]),
            (format!("\u{feff}{k}\u{200b}"), vec![Stripped::Blanks]),
        ] {
            assert_eq!(only(&text), (k.clone(), off), "{text:?}");
        }
        let header = format!("Authorization: Bearer {k}");
        assert_eq!(only(&header).0, k);
        let json = format!("\"OPENROUTER_API_KEY\": \"{k}\",");
        assert_eq!(only(&json).0, k);
    }

    #[test]
    fn two_keys_in_one_paste_are_both_kept_and_the_same_key_twice_is_one() {
        let other = format!("sk-or-v1-{}", "cafe0123".repeat(8));
        let both = format!("{}\n{other}\n", key());
        assert_eq!(PastedKey::read(&both).candidates.len(), 2);
        assert_eq!(
            PastedKey::read(&format!("{0}\n{0}", key()))
                .candidates
                .len(),
            1
        );
        assert_eq!(
            PastedKey::read(&format!("A={} B={other}", key()))
                .candidates
                .len(),
            1 + 1
        );
    }

    #[test]
    fn a_pasted_env_fragment_gives_its_key_alone() {
        let text = format!("DEBUG=1\nOPENROUTER_API_KEY={}\nPORT=80\n", key());
        assert_eq!(only(&text).0, key());
    }

    #[test]
    fn nothing_is_no_key() {
        for text in ["", "  \n", "\"\"", "OPENROUTER_API_KEY="] {
            assert!(PastedKey::read(text).candidates.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn shapes_are_named() {
        let shape = |text: &str| Shape::of(&Secret::new(text));
        assert_eq!(shape(&key()), Shape::OpenRouter);
        assert_eq!(shape("sk-or-v1-abc"), Shape::OpenRouterOdd(12));
        assert_eq!(shape("sk-ant-api03-abc"), Shape::Vendor("Anthropic"));
        assert_eq!(shape("sk-abcdefghijkl"), Shape::Vendor("OpenAI"));
        assert_eq!(shape("sk-or-your-actual-api-key-here"), Shape::Placeholder);
        assert_eq!(shape("hello"), Shape::Unknown);
    }
}
