//! A key pasted or typed: masked, cleaned, judged while it is typed.

use crate::domain::pasted_key::{KEY_CHARS, PastedKey, Shape, Stripped};
use crate::domain::secret::Secret;
use crate::flow::Facts;
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page, fact};
use crate::ui::theme::Tone;

const LABEL: Phrase = Phrase::new(
    "Paste the key and press Enter (it stays hidden)",
    "粘贴密钥后按 Enter（内容不会显示）",
);
const RECEIVED: Phrase = Phrase::new(
    "received: {}, {} characters, {}",
    "已收到：{}，{} 个字符，{}",
);
const SHAPE_OK: Phrase = Phrase::new("shape ok", "格式正确");
const ODD: Phrase = Phrase::new(
    "! An OpenRouter key has {} characters. Half a paste, or two? Enter asks the server all the same.",
    "! OpenRouter 密钥有 {} 个字符。可能只粘贴了一部分或粘贴了两次。按 Enter 仍会向服务器查询。",
);
const VENDOR: Phrase = Phrase::new(
    "! This looks like a key of {}, not of OpenRouter (sk-or-…). It is not sent.",
    "! 这看起来是 {} 的密钥，而不是 OpenRouter 的（sk-or-…）。不会发送。",
);
const PLACEHOLDER: Phrase = Phrase::new(
    "! This is the placeholder of a template, not a key.",
    "! 这是模板里的占位符，不是密钥。",
);
const UNKNOWN: Phrase = Phrase::new(
    "! OpenRouter keys begin with sk-or-. Enter asks the server all the same.",
    "! OpenRouter 密钥以 sk-or- 开头。按 Enter 仍会向服务器查询。",
);
const TAKEN_OFF: Phrase = Phrase::new("taken off: {}", "已去除：{}");
const NOTHING: Phrase = Phrase::new(
    "! There was no key in that paste.",
    "! 粘贴的内容里没有密钥。",
);
const WHICH: Phrase = Phrase::new(
    "There are {} keys in that paste. Which one?",
    "粘贴的内容里有 {} 个密钥，要用哪一个？",
);
const ODD_SHAPE: Phrase = Phrase::new("unusual shape", "格式少见");

/// A paste under way.
#[derive(Debug)]
pub(super) struct Paste {
    field: Field,
    stripped: Vec<Stripped>,
    /// Several keys came at once: the person picks.
    rivals: Vec<Secret>,
    was_empty: bool,
}

impl Default for Paste {
    fn default() -> Self {
        Self {
            field: Field::masked(),
            stripped: Vec::new(),
            rivals: Vec::new(),
            was_empty: false,
        }
    }
}

impl Paste {
    pub(super) fn take(&mut self, text: &str) {
        let pasted = PastedKey::read(text);
        self.stripped = pasted.stripped;
        self.rivals.clear();
        self.was_empty = pasted.candidates.is_empty();
        match pasted.candidates.as_slice() {
            [] => {}
            // Typed characters and a paste may make one key together.
            [only] if !self.field.text().is_empty() && !only.expose().starts_with("sk-") => {
                self.field.paste(only.expose());
            }
            [only] => self.field.set(only.expose()),
            _ => self.rivals = pasted.candidates,
        }
    }

    pub(super) fn typed(&mut self) {
        self.stripped.clear();
        self.was_empty = false;
    }

    pub(super) fn pick(&mut self, at: usize) {
        if let Some(secret) = self.rivals.get(at) {
            self.field.set(secret.expose());
        }
        self.rivals.clear();
    }

    pub(super) fn rivals(&self) -> &[Secret] {
        &self.rivals
    }

    pub(super) fn has_field(&self) -> bool {
        self.rivals.is_empty()
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        if self.rivals.is_empty() {
            Some(&mut self.field)
        } else {
            None
        }
    }

    /// The key as it stands, cleaned.
    pub(super) fn key(&self) -> Option<Secret> {
        PastedKey::read(self.field.text())
            .candidates
            .into_iter()
            .next()
    }

    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, facts: &Facts) {
        let lang = facts.lang;
        if !self.rivals.is_empty() {
            page.say(WHICH.fill(lang, &[&self.rivals.len()]));
            let rows = self.rivals.iter().enumerate();
            page.facts(
                rows.map(|(at, key)| fact((at + 1).to_string(), key.mask()))
                    .collect(),
            );
            return;
        }
        page.push(Block::Field {
            label: LABEL.say(lang).into(),
            field: &self.field,
            has_focus: true,
        });
        if self.was_empty {
            page.tell(Tone::Warn, NOTHING.say(lang));
        }
        let Some(key) = self.key() else { return };
        let shape = Shape::of(&key);
        let verdict = if shape == Shape::OpenRouter {
            SHAPE_OK
        } else {
            ODD_SHAPE
        };
        let tone = if shape == Shape::OpenRouter {
            Tone::Good
        } else {
            Tone::Quiet
        };
        page.tell(
            tone,
            RECEIVED.fill(lang, &[&key.mask(), &key.chars(), &verdict.say(lang)]),
        );
        match shape {
            Shape::OpenRouter => {}
            Shape::OpenRouterOdd(_) => page.tell(Tone::Warn, ODD.fill(lang, &[&KEY_CHARS])),
            Shape::Vendor(vendor) => page.tell(Tone::Warn, VENDOR.fill(lang, &[&vendor])),
            Shape::Placeholder => page.tell(Tone::Warn, PLACEHOLDER.say(lang)),
            Shape::Unknown => page.tell(Tone::Warn, UNKNOWN.say(lang)),
        }
        if !self.stripped.is_empty() {
            let names: Vec<&str> = self
                .stripped
                .iter()
                .map(|what| what.words().say(lang))
                .collect();
            let joint = if lang == Lang::Zh { "、" } else { ", " };
            page.tell(Tone::Quiet, TAKEN_OFF.fill(lang, &[&names.join(joint)]));
        }
    }
}
