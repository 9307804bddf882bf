//! The evidence of the stages, in both languages.

use crate::text::Phrase;

pub(super) const KEY_AT: Phrase = Phrase::new("key from {}; server {}", "密钥来自{}；服务器 {}");
pub(super) const NO_KEY: Phrase = Phrase::new("nowhere (none is set)", "无（未设置）");
pub(super) const PASTED: Phrase = Phrase::new("this session", "本次输入");
pub(super) const SHADOWS: Phrase = Phrase::new(
    "key from {}; it hides another key from {}",
    "密钥来自{}；它遮蔽了来自{}的另一个密钥",
);
pub(super) const FOREIGN_HOST: Phrase = Phrase::new(
    "an OpenRouter key (sk-or-…) goes to {}, which is not OpenRouter",
    "OpenRouter 密钥（sk-or-…）将发往 {}，它不是 OpenRouter",
);
pub(super) const ASKING: Phrase = Phrase::new("asking about the key", "正在查询密钥");
pub(super) const ACCEPTED: Phrase = Phrase::new("accepted: {}", "已接受：{}");
pub(super) const COMPATIBLE: Phrase = Phrase::new(
    "the server answers; it is OpenAI-compatible, not OpenRouter",
    "服务器有应答；它兼容 OpenAI，但不是 OpenRouter",
);
pub(super) const NEEDS_KEY: Phrase = Phrase::new(
    "not looked at: the key comes first",
    "未检查：需先通过密钥检查",
);
pub(super) const NOT_OPENROUTER: Phrase =
    Phrase::new("this server cannot tell", "该服务器无法提供");
pub(super) const ONLY_MANAGEMENT: Phrase =
    Phrase::new("only a management key may ask", "只有管理密钥才能查询");
pub(super) const LIMIT_USED_UP: Phrase =
    Phrase::new("the key's limit is used up", "密钥的限额已用完");
pub(super) const EXPIRES_SOON: Phrase = Phrase::new("the key expires {}", "密钥将于 {} 到期");
pub(super) const LEFT: Phrase = Phrase::new("the key may spend {}", "密钥还可花费 {}");
pub(super) const FREE_TIER: Phrase = Phrase::new(
    "no credits were ever bought: free models only",
    "从未充值：仅可使用免费模型",
);
pub(super) const NO_LIMIT: Phrase = Phrase::new(
    "no limit: the key may spend the whole balance",
    "无限额：密钥可花费全部余额",
);
pub(super) const ASKING_MODEL: Phrase = Phrase::new("asking {}", "正在询问 {}");
pub(super) const ANSWERED_FOR: Phrase = Phrase::new(
    "{} answered “{}” for {}, first token after {} ms",
    "{} 回答“{}”，费用 {}，首个 token 用时 {} ms",
);
pub(super) const ANSWERED: Phrase = Phrase::new(
    "{} answered “{}”, first token after {} ms",
    "{} 回答“{}”，首个 token 用时 {} ms",
);
pub(super) const THOUGHT_FOR: Phrase = Phrase::new(
    "{} answered (thinking only) for {}, first token after {} ms",
    "{} 已应答（仅思考过程），费用 {}，首个 token 用时 {} ms",
);
pub(super) const WORDLESS: Phrase = Phrase::new("{} answered without a word", "{} 的回答没有文字");
pub(super) const WORDLESS_SINCE: Phrase = Phrase::new(
    "{} answered without a word (it ended with: {})",
    "{} 的回答没有文字（结束原因：{}）",
);
pub(super) const THOUGHT: Phrase = Phrase::new(
    "{} answered (thinking only), first token after {} ms",
    "{} 已应答（仅思考过程），首个 token 用时 {} ms",
);
