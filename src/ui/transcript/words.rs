//! What a transcript says of its own.

use crate::domain::count::grouped;
use crate::text::{Lang, Phrase};

pub(super) const REASONING: Phrase = Phrase::new("reasoning", "推理过程");
pub(super) const REASONING_TOKENS: Phrase =
    Phrase::new("reasoning, {} tokens", "推理过程，{} 个 token");
pub(super) const REASONING_ABOUT: Phrase =
    Phrase::new("reasoning, about {} tokens", "推理过程，约 {} 个 token");
pub(super) const UNSEEN_ONE: Phrase = Phrase::new(
    "1 control or invisible character, shown as what it is",
    "含 1 个控制字符或不可见字符，已显示其代码",
);
pub(super) const UNSEEN: Phrase = Phrase::new(
    "{} control or invisible characters, shown as what they are",
    "含 {} 个控制字符或不可见字符，已显示其代码",
);
pub(super) const HIDDEN: Phrase = Phrase::new("… {} more lines", "… 还有 {} 行");
pub(super) const HIDDEN_KEY: Phrase = Phrase::new("… {} more lines ({})", "… 还有 {} 行（{}）");
pub(super) const BELOW_ONE: Phrase = Phrase::new("1 row below", "下方还有 1 行");
pub(super) const BELOW: Phrase = Phrase::new("{} rows below", "下方还有 {} 行");
pub(super) const CODE: Phrase = Phrase::new("code", "代码");

/// How many control and invisible characters stand there by name, in words.
pub fn unseen_said(count: usize, lang: Lang) -> String {
    if count == 1 {
        UNSEEN_ONE.say(lang).to_owned()
    } else {
        UNSEEN.fill(lang, &[&grouped(count as u64)])
    }
}
