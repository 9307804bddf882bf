//! What was seen, line by line, for a report: never a secret.

use std::fmt::{Display, Write};

use crate::domain::clean_text::CleanText;
use crate::domain::secret;
use crate::domain::symptom::{Refusal, Symptom};

/// The symptom, one fact a line. Labels are in English in every language: reports are read by others.
pub(super) fn of(symptom: &Symptom) -> CleanText {
    let mut sheet = Sheet::default();
    match symptom {
        Symptom::Refused(refusal) => write_refusal(&mut sheet, refusal),
        Symptom::KeyWanted(refusal) => {
            sheet.line("key", &"none");
            write_refusal(&mut sheet, refusal);
        }
        Symptom::NotJson {
            status,
            is_html,
            snippet,
            ..
        } => {
            sheet.line("status", status);
            sheet.line("content", &if *is_html { "HTML" } else { "not JSON" });
            sheet.body(snippet);
        }
        Symptom::Misshapen { status, detail, .. } => {
            sheet.line("status", status);
            sheet.body(detail);
        }
        Symptom::Redirected { status, to } => {
            sheet.line("status", status);
            sheet.text("redirected to", to);
        }
        Symptom::Network {
            trouble,
            host,
            proxy,
            detail,
            ignored,
        } => {
            for one in ignored {
                sheet.line("ignored", &one.variable);
            }
            sheet.line("network", &format!("{trouble:?}"));
            sheet.text("host", host);
            sheet.optional("proxy", proxy.as_ref());
            sheet.text("detail", detail);
        }
        Symptom::StreamCut { had_text, detail } => {
            sheet.line("stream", &"ended before its end");
            sheet.line("text had come", had_text);
            sheet.text("detail", detail);
        }
        Symptom::NoKey => sheet.line("key", &"none"),
        Symptom::PlaceholderKey => sheet.line("key", &"a placeholder"),
        Symptom::MalformedKey { chars, .. } => sheet.line("key", &format!("{chars} characters")),
        Symptom::WrongVendor { vendor } => sheet.line("key of", vendor),
        Symptom::ManagementKey => sheet.line("key", &"a management key"),
        Symptom::NoManagementKey { .. } => sheet.line("management key", &"none"),
        Symptom::NotAManagementKey => sheet.line("management key", &"an ordinary key"),
        Symptom::KeyGone(name) => sheet.text("no such key any more", name),
        Symptom::BadBaseUrl { url, reason } => {
            sheet.text("base URL", url);
            sheet.line("reason", &format!("{reason:?}"));
        }
        Symptom::UrlNamedByFile { url, path, line } => {
            sheet.text("base URL", url);
            sheet.line("file", &path.display());
            sheet.line("line", line);
        }
        Symptom::SettingsIgnored(ignored) => {
            for one in ignored {
                sheet.line("ignored", &one.variable);
            }
        }
        Symptom::Listen(words) => sheet.text("listening", words),
        Symptom::Leaked(leak) => {
            sheet.line("key of", &leak.vendor.name());
            sheet.line("key", &leak.key_masked);
            let place = format!("{}:{}:{}", leak.path.display(), leak.line, leak.column);
            sheet.line("place", &place);
            sheet.line("standing", &format!("{:?}", leak.standing));
        }
        Symptom::BudgetReached(reached) => {
            sheet.line("budget of the", &format!("{:?}", reached.span));
            sheet.line("budget", &reached.limit);
            sheet.line("spent", &reached.spent);
        }
        Symptom::SecretsOutgoing(spots) => sheet.line("secrets found", &spots.len()),
        Symptom::Wordless { tool } => sheet.optional("called a tool", tool.as_ref()),
        Symptom::NoCode { named } => sheet.line("a file's name was wanted", named),
        Symptom::NotPromised(_) | Symptom::BadTemplate(_) => {}
        Symptom::LimitUsedUp { .. }
        | Symptom::ClockSkew { .. }
        | Symptom::SilentFamily { .. }
        | Symptom::WrongPath { .. }
        | Symptom::UnlistedModel { .. }
        | Symptom::RetiringModel { .. } => write_remark(&mut sheet, symptom),
        Symptom::File(trouble) => {
            sheet.line("file", &trouble.path.display());
            sheet.line("problem", &format!("{:?}", trouble.kind));
            sheet.text("detail", &trouble.detail);
        }
    }
    mask(&sheet.0)
}

/// What a test of the way, the key and the model remarks on.
fn write_remark(sheet: &mut Sheet, symptom: &Symptom) {
    match symptom {
        Symptom::LimitUsedUp { limit, reset } => {
            sheet.line("limit left", &0);
            if let Some(limit) = limit {
                sheet.line("limit", limit);
            }
            sheet.optional("resets", reset.as_ref());
        }
        Symptom::ClockSkew { ahead_secs } => {
            sheet.line("server's clock ahead by (s)", ahead_secs);
        }
        Symptom::SilentFamily {
            host,
            silent,
            answered,
        } => {
            sheet.text("host", host);
            sheet.line("silent", silent);
            sheet.line("answered", answered);
        }
        Symptom::WrongPath { url, right } => {
            sheet.text("base url", url);
            sheet.line("api found at", right);
        }
        Symptom::UnlistedModel {
            asked,
            listed,
            near,
        } => {
            sheet.text("asked for", asked);
            sheet.line("models listed", listed);
            for name in near {
                sheet.text("near", name);
            }
        }
        Symptom::RetiringModel {
            model,
            day,
            successors,
            ..
        } => {
            sheet.text("model", model);
            sheet.text("last day", day);
            for name in successors {
                sheet.text("successor", name);
            }
        }
        _ => {}
    }
}

fn write_refusal(sheet: &mut Sheet, refusal: &Refusal) {
    sheet.line("status", &refusal.status);
    if refusal.mid_stream {
        sheet.line("in a stream", &true);
    }
    sheet.optional("code", refusal.code.as_ref());
    sheet.optional("error_type", refusal.error_type.as_ref());
    sheet.optional("limit_source", refusal.limit_source.as_ref());
    sheet.optional("provider", refusal.provider.as_ref());
    for reason in &refusal.reasons {
        sheet.text("reason", reason);
    }
    if let Some(wait) = refusal.retry_after {
        sheet.line("retry after", &format!("{} s", wait.as_secs()));
    }
    sheet.optional("resets at", refusal.resets_at.as_ref());
    if let Some(about) = &refusal.availability {
        sheet.text("availability", &about.code);
        sheet.line("retryable", &about.retryable);
        sheet.optional("constraint", about.constraint.as_ref());
        for policy in &about.excluded_by {
            sheet.text("excluded by", policy);
        }
        for model in &about.fallback_models {
            sheet.text("offered", model);
        }
    }
    sheet.text("message", &refusal.message);
    sheet.body(&refusal.raw);
}

/// Lines of a report.
#[derive(Default)]
struct Sheet(String);

impl Sheet {
    fn line(&mut self, label: &str, value: &dyn Display) {
        writeln!(self.0, "{label}: {value}").expect("writing to a String never fails");
    }

    fn text(&mut self, label: &str, text: &CleanText) {
        if !text.is_empty() {
            self.line(label, text);
        }
    }

    fn optional(&mut self, label: &str, value: Option<&impl Display>) {
        if let Some(value) = value {
            self.line(label, value);
        }
    }

    /// The bytes as they came stand last, set off by an empty line.
    fn body(&mut self, body: &CleanText) {
        if !body.is_empty() {
            self.0.push('\n');
            self.0.push_str(body);
            self.0.push('\n');
        }
    }
}

/// Foreign text without what must not be shown: keys, bearer tokens of any shape, and the account's
/// id, which OpenRouter puts into every error.
pub(super) fn mask(text: &str) -> CleanText {
    let text = secret::masked(text, |text| {
        let text = secret::redact(text);
        let text = mask_after(&text, "bearer ");
        mask_after(&text, "user_")
    });
    CleanText::new(text.trim_end())
}

/// Replaces the word after each `mark` (in any case) where it looks made by a machine.
fn mask_after(text: &str, mark: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    // Lower case in ASCII keeps every byte at its place.
    while let Some(at) = rest.to_ascii_lowercase().find(mark) {
        let (before, word) = rest.split_at(at + mark.len());
        let end = word
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.+/=".contains(c)))
            .unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        clean.push_str(before);
        let is_made = word.len() >= 8 && word.contains(|c: char| c.is_ascii_digit());
        clean.push_str(if is_made { "…" } else { word });
        rest = after;
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identifies_or_opens_an_account_is_masked() {
        let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        for (seen, shown) in [
            (format!("no {key}!"), "no sk-or-v1-dea…eef!"),
            (
                "Authorization: Bearer gsk_0123456789".into(),
                "Authorization: Bearer …",
            ),
            (
                "{\"user_id\":\"user_2aBcD3eFgH4iJ\"}".into(),
                "{\"user_id\":\"user_…\"}",
            ),
            (
                "No Bearer authentication for user_name".into(),
                "No Bearer authentication for user_name",
            ),
        ] {
            assert_eq!(mask(&seen).as_str(), shown);
        }
    }

    #[test]
    fn an_invisible_character_inside_a_key_does_not_hide_it() {
        let split = format!(
            "sk-or-v1-{}\u{200b}{}",
            "deadbeef".repeat(2),
            "deadbeef".repeat(6)
        );
        assert_eq!(mask(&split).as_str(), "sk-or-v1-dea…eef");
    }
}
