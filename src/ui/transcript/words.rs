//! What a transcript says of its own.

use crate::domain::count::grouped;
use crate::text::{Lang, Phrase};

pub(super) const REASONING: Phrase = Phrase::new("reasoning", "推理过程");
pub(super) const REASONING_TOKENS: Phrase =
    Phrase::new("reasoning, {} tokens", "推理过程，{} 个 token");
pub(super) const REASONING_ABOUT: Phrase =
    Phrase::new("reasoning, about {} tokens", "推理过程，约 {} 个 token");
pub(super) const REMOVED_ONE: Phrase = Phrase::new(
    "1 control or invisible character was removed",
    "已移除 1 个控制字符或不可见字符",
);
pub(super) const REMOVED: Phrase = Phrase::new(
    "{} control or invisible characters were removed",
    "已移除 {} 个控制字符或不可见字符",
);
pub(super) const HIDDEN: Phrase = Phrase::new("… {} more lines", "… 还有 {} 行");
pub(super) const HIDDEN_KEY: Phrase = Phrase::new("… {} more lines ({})", "… 还有 {} 行（{}）");
pub(super) const BELOW_ONE: Phrase = Phrase::new("1 row below", "下方还有 1 行");
pub(super) const BELOW: Phrase = Phrase::new("{} rows below", "下方还有 {} 行");
pub(super) const CODE: Phrase = Phrase::new("code", "代码");

/// How many control and invisible characters were taken out, in words.
pub fn removed_said(count: usize, lang: Lang) -> String {
    if count == 1 {
        REMOVED_ONE.say(lang).to_owned()
    } else {
        REMOVED.fill(lang, &[&grouped(count as u64)])
    }
}
