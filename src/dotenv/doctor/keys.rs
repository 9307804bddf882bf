//! What keys hold: a key at all, one of the right vendor, and not where everybody sees it.

use super::Notes;
use super::layout::shown;
use super::mend::Mend;
use super::trap::keys as trap;
use crate::domain::pasted_key::Shape;
use crate::domain::secret::Secret;
use crate::dotenv::mask;
use crate::dotenv::reference::points_elsewhere;
use crate::dotenv::syntax::{Assignment, Item, Scan, Style};
use crate::dotenv::template::KEY_NAME;

const OPENAI_KEY_NAME: &str = "OPENAI_API_KEY";

pub(super) fn examine(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    for (item, pair) in scan.assignments() {
        let name = String::from_utf8_lossy(scan.text(&pair.name)).into_owned();
        let text = String::from_utf8_lossy(scan.content(&pair)).into_owned();
        let seen = shown(name.as_bytes());
        if let Some(keeper) = keeper(&text) {
            notes.say(&trap::REFERENCE, item.line, &[&seen, &keeper], None);
            continue;
        }
        if text.contains("$(") || points_elsewhere(scan, &pair) {
            notes.say(&trap::COMMAND, item.line, &[&seen], None);
            continue;
        }
        let value = Secret::new(text.trim());
        if mask::is_browser_prefixed(&name) {
            exposed(&name, &value, &item, notes);
        }
        if name == KEY_NAME || name == OPENAI_KEY_NAME {
            key(&name, &text, item.line, Some(&pair), notes);
        } else if mask::tells_of_secret(&name) && is_placeholder(value.expose()) {
            notes.say(&trap::PLACEHOLDER, item.line, &[&seen], None);
        }
    }
}

/// A key of a template: a real one was committed.
pub(super) fn examine_template(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    for (item, pair) in scan.assignments() {
        let value = Secret::new(String::from_utf8_lossy(scan.content(&pair)).trim());
        if is_real(&value) {
            let name = shown(scan.text(&pair.name));
            notes.say(&trap::TEMPLATE_KEY, item.line, &[&name], None);
        }
    }
}

/// What a key holds; `pair` is how it is written, where it stands in a file.
pub(super) fn key(
    name: &str,
    text: &str,
    line: usize,
    pair: Option<&Assignment>,
    notes: &mut Notes<'_>,
) {
    let value = Secret::new(text.trim());
    if value.is_empty() {
        notes.say(&trap::KEY_EMPTY, line, &[&name], None);
        return;
    }
    if text.trim().len() != text.len() {
        let mend = pair.and_then(|pair| trimmed(name, text, pair));
        notes.say(&trap::KEY_BLANKS, line, &[&name], mend);
    }
    if is_placeholder(value.expose()) {
        notes.say(&trap::KEY_PLACEHOLDER, line, &[&name], None);
        return;
    }
    match (name == KEY_NAME, Shape::of(&value)) {
        (true, Shape::Vendor(vendor)) => {
            notes.say(&trap::KEY_OF_OTHER, line, &[&name, &vendor], None);
        }
        (true, Shape::OpenRouterOdd(_)) => notes.say(&trap::KEY_SHAPE, line, &[&name], None),
        // A proxy may have keys of its own.
        (true, Shape::Unknown) => notes.mention(&trap::KEY_SHAPE, line, &[&name], None),
        (false, Shape::OpenRouter | Shape::OpenRouterOdd(_)) => {
            notes.say(&trap::KEY_AS_OPENAI, line, &[&name], None);
        }
        _ => {}
    }
}

/// The key without the blanks inside its quotes.
fn trimmed(name: &str, text: &str, pair: &Assignment) -> Option<Mend> {
    let inside = text.trim();
    if !matches!(pair.style, Style::Quoted(b'\'' | b'"')) || !crate::dotenv::value::is_plain(inside)
    {
        return None;
    }
    let content = pair.value.start + 1..pair.value.end - 1;
    let mend = Mend::of(vec![(content, inside.as_bytes().to_vec())]);
    Some(mend.bringing(name, inside))
}

fn exposed(name: &str, value: &Secret, item: &Item, notes: &mut Notes<'_>) {
    if value.is_empty() || is_placeholder(value.expose()) {
        return;
    }
    let names_ours = name.contains("OPENROUTER") || name.contains("OPENAI");
    if is_real(value) || (names_ours && name.contains("KEY")) {
        notes.say(&trap::BROWSER, item.line, &[&name], None);
    } else if mask::tells_of_secret(name) && !is_public_by_design(name) {
        notes.say(&trap::BROWSER_SECRET, item.line, &[&name], None);
    }
}

/// Keys that are made to be seen: Stripe's publishable ones, Supabase's anonymous ones, site keys.
fn is_public_by_design(name: &str) -> bool {
    ["PUBLISHABLE", "ANON", "PUBLIC_KEY", "SITE_KEY", "SITEKEY"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether a value has the shape of some vendor's secret key.
fn is_real(value: &Secret) -> bool {
    let is_long = value.chars() >= 20;
    is_long
        && !is_placeholder(value.expose())
        && matches!(
            Shape::of(value),
            Shape::OpenRouter | Shape::OpenRouterOdd(_) | Shape::Vendor(_)
        )
}

/// Whether a value may be a key: there is one, and no placeholder.
pub fn is_key(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty() && !is_placeholder(value)
}

/// Whether a value is what templates put where a secret belongs.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_bracketed = (lower.starts_with('<') && lower.ends_with('>'))
        || (lower.starts_with("{{") && lower.ends_with("}}"))
        || (lower.starts_with('[') && lower.ends_with(']'));
    let says_so = [
        "your-",
        "your_",
        "yourkey",
        "-here",
        "_here",
        "changeme",
        "change-me",
        "change_me",
        "replace-me",
        "replace_me",
        "replaceme",
        "insert-",
        "placeholder",
        "xxxx",
    ];
    let is_dots = value.ends_with("...") || value.ends_with('…');
    let is_all_x = !lower.is_empty() && lower.chars().all(|c| matches!(c, 'x' | '*' | '.' | '-'));
    is_bracketed
        || is_dots
        || is_all_x
        || matches!(
            lower.as_str(),
            "todo" | "tbd" | "fixme" | "none" | "null" | "secret-key"
        )
        || says_so.iter().any(|word| lower.contains(word))
        || matches!(Shape::of(&Secret::new(value)), Shape::Placeholder)
}

/// The tool that keeps the secret a value points to.
fn keeper(text: &str) -> Option<&'static str> {
    let schemes = [
        ("op://", "1Password (op run)"),
        ("vault://", "Vault"),
        ("encrypted:", "dotenvx"),
    ];
    let mut schemes = schemes.into_iter();
    schemes.find_map(|(scheme, keeper)| text.starts_with(scheme).then_some(keeper))
}
