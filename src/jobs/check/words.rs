//! The evidence of the stages, in both languages.

use crate::text::Phrase;

pub(super) const KEY_AT: Phrase = Phrase::new("key from {}; server {}", "密钥来自{}；服务器 {}");
pub(super) const NO_KEY_AT: Phrase =
    Phrase::new("no key is set; server {}", "未设置密钥；服务器 {}");
pub(super) const PASTED: Phrase = Phrase::new("this session", "本次输入");
pub(super) const SHADOWS: Phrase =
    Phrase::new("it hides another key from {}", "它遮蔽了来自{}的另一个密钥");
pub(super) const ODD_KEY: Phrase = Phrase::new(
    "the key has {} characters, where {} are usual",
    "密钥有 {} 个字符，通常是 {} 个",
);
pub(super) const HALF_ADDRESS: Phrase = Phrase::new(
    "the base URL from {} lacks /api/v1; other programs need it",
    "来自{}的基础地址缺少 /api/v1，其他程序需要它",
);
pub(super) const FOREIGN_HOST: Phrase = Phrase::new(
    "an OpenRouter key (sk-or-…) goes to {}, which is not OpenRouter",
    "OpenRouter 密钥（sk-or-…）将发往 {}，它不是 OpenRouter",
);
pub(super) const AND_THEN: Phrase = Phrase::new("{}; {}", "{}；{}");
pub(super) const ASKING: Phrase = Phrase::new("asking about the key", "正在查询密钥");
pub(super) const ACCEPTED: Phrase = Phrase::new("accepted: {}", "已接受：{}");
pub(super) const COMPATIBLE: Phrase = Phrase::new(
    "the server answers; it is OpenAI-compatible, not OpenRouter",
    "服务器有应答；它兼容 OpenAI，但不是 OpenRouter",
);
pub(super) const NEEDS_KEY: Phrase = Phrase::new(
    "not looked at: it needs a key that was checked",
    "未检查：需先验证密钥",
);
pub(super) const NOT_OPENROUTER: Phrase =
    Phrase::new("this server cannot tell", "该服务器无法提供");
pub(super) const ONLY_MANAGEMENT: Phrase =
    Phrase::new("only a management key may ask", "只有管理密钥才能查询");
pub(super) const LEFT_TO_FULL: Phrase =
    Phrase::new("the full test asks for it", "完整测试时才查询");
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
pub(super) const WORDLESS: Phrase = Phrase::new("{} answered without a word", "{} 的回答没有文字");
pub(super) const WORDLESS_SINCE: Phrase = Phrase::new(
    "{} answered without a word (it ended with: {})",
    "{} 的回答没有文字（结束原因：{}）",
);
pub(super) const ANSWERED: Phrase = Phrase::new("{} answered “{}”", "{} 回答“{}”");
pub(super) const THOUGHT: Phrase =
    Phrase::new("{} answered (thinking only)", "{} 已应答（仅思考过程）");
pub(super) const WITH_COST: Phrase = Phrase::new("{} for {}", "{}，费用 {}");
pub(super) const WITH_FIRST: Phrase =
    Phrase::new("{}, first token after {} ms", "{}，首个 token 用时 {} ms");
pub(super) const CLOCK_OFF: Phrase =
    Phrase::new("{}; this machine's clock is off", "{}；本机时钟不准");
pub(super) const NEEDS_WAY: Phrase = Phrase::new(
    "not looked at: there is no way to the server",
    "未检查：无法连到服务器",
);
pub(super) const NEEDS_NAME: Phrase = Phrase::new(
    "not looked at: the name comes first",
    "未检查：需先解析域名",
);
pub(super) const NEEDS_CONNECTION: Phrase = Phrase::new(
    "not looked at: the connection comes first",
    "未检查：需先建立连接",
);
pub(super) const NEEDS_MODEL: Phrase = Phrase::new(
    "not looked at: the model comes first",
    "未检查：需先确定模型",
);
pub(super) const NEEDS_ANSWER: Phrase = Phrase::new(
    "not looked at: an answer comes first",
    "未检查：需先得到回答",
);
pub(super) const LOOKING_UP: Phrase = Phrase::new("looking up {}", "正在解析 {}");
pub(super) const NO_NAME: Phrase = Phrase::new(
    "{} is an address: nothing to look up",
    "{} 是地址，无需解析",
);
pub(super) const FOUND: Phrase = Phrase::new("{} is {}", "{} 的地址是 {}");
pub(super) const FOUND_MORE: Phrase =
    Phrase::new("{} is {} and {} more", "{} 的地址是 {}，另有 {} 个");
pub(super) const CONNECTING: Phrase = Phrase::new("connecting", "正在连接");
pub(super) const REACHED: Phrase = Phrase::new("{} answers", "{} 有回应");
pub(super) const REACHED_PROXY: Phrase =
    Phrase::new("through the proxy {} at {}", "经由代理 {}（{}）");
pub(super) const HALF_SILENT: Phrase =
    Phrase::new("{} answers; {} says nothing", "{} 有回应；{} 没有回应");
pub(super) const GREETING: Phrase = Phrase::new("checking the certificate", "正在检查证书");
pub(super) const NOT_ENCRYPTED: Phrase = Phrase::new(
    "http on this machine: nothing to encrypt",
    "本机 http，无需加密",
);
pub(super) const TRUSTED: Phrase = Phrase::new("encrypted and trusted", "已加密，证书可信");
pub(super) const TRUSTED_BY: Phrase = Phrase::new(
    "encrypted and trusted; issued by {}",
    "已加密，证书可信；颁发者：{}",
);
pub(super) const ASKING_CREDITS: Phrase = Phrase::new("asking for the balance", "正在查询余额");
pub(super) const BALANCE: Phrase = Phrase::new("{} left of {} ever bought", "剩余 {}，累计充值 {}");
pub(super) const READING_LIST: Phrase =
    Phrase::new("reading the list of models", "正在读取模型列表");
pub(super) const NO_LIST: Phrase =
    Phrase::new("the list of models did not come", "未能取得模型列表");
pub(super) const EMPTY_LIST: Phrase =
    Phrase::new("this server lists no models", "该服务器未列出模型");
pub(super) const LISTED: Phrase = Phrase::new("{} models", "共 {} 个模型");
pub(super) const A_PRESET: Phrase = Phrase::new(
    "a preset of your account: it stands in no list",
    "您账户的预设：不在列表中",
);
pub(super) const UNLISTED: Phrase =
    Phrase::new("{} is not among the {} listed", "{} 不在列出的 {} 个模型中");
pub(super) const IGNORED: Phrase =
    Phrase::new("{} cannot be used and is ignored", "{} 无法使用，已忽略");
pub(super) const NEEDS_SETTINGS: Phrase = Phrase::new(
    "not looked at: the settings come first",
    "未检查：需先改正配置",
);
pub(super) const STANDS_AT: Phrase = Phrase::new("{} ({})", "{}（{}）");
pub(super) const IS_FREE: Phrase = Phrase::new("{}: free", "{}：免费");
pub(super) const PRICED: Phrase = Phrase::new(
    "{}: {} in, {} out per million tokens",
    "{}：每百万 token 输入 {}，输出 {}",
);
pub(super) const EXISTS: Phrase =
    Phrase::new("{} is among the {} listed", "{} 在列出的 {} 个模型中");
pub(super) const FILTERED: Phrase = Phrase::new(
    "{} was stopped by a content filter",
    "{} 的回答被内容过滤器中止",
);
pub(super) const STREAMED_NOTHING: Phrase = Phrase::new(
    "the stream ended without a token; {} comments",
    "流式回答结束时没有任何 token；注释 {} 条",
);
pub(super) const LISTENING: Phrase = Phrase::new("listening to a stream", "正在接收流式回答");
pub(super) const STREAMED_AT: Phrase = Phrase::new(
    "first token {} ms, then {} tokens/s; {} comments, usage told",
    "首个 token {} ms，之后 {} token/s；注释 {} 条，有用量",
);
pub(super) const STREAMED: Phrase = Phrase::new(
    "first token {} ms, {} pieces; {} comments, usage told",
    "首个 token {} ms，共 {} 段；注释 {} 条，有用量",
);
pub(super) const STREAMED_NO_USAGE: Phrase = Phrase::new(
    "first token {} ms; {} comments; no usage was told",
    "首个 token {} ms；注释 {} 条；没有报告用量",
);
pub(super) const NO_COST: Phrase = Phrase::new("this server tells no cost", "该服务器不报告费用");
pub(super) const COST_AGREES: Phrase =
    Phrase::new("{}, as the price list says", "{}，与价目表一致");
pub(super) const COST_BELOW: Phrase = Phrase::new(
    "{}, below the list's {}: a discount or cached tokens",
    "{}，低于价目表的 {}：有折扣或缓存命中",
);
pub(super) const COST_ABOVE: Phrase = Phrase::new("{}, above the list's {}", "{}，高于价目表的 {}");
pub(super) const COST_OWN_KEY: Phrase = Phrase::new(
    "{} of credits, {} on your own provider key",
    "额度 {}，自带密钥 {}",
);
pub(super) const COST_UNLISTED: Phrase = Phrase::new(
    "{}; the list has no price to compare",
    "{}；价目表中没有可比较的价格",
);
