//! The sentences that one case tells, with blanks for what was seen.

use crate::diagnosis::span::Spans;
use crate::text::Phrase;

pub(super) const NO_NAME: Phrase = Phrase::new(
    "No block of code carries the name of a file.",
    "没有代码块带有文件名。",
);

pub(super) const SPOT: Phrase = Phrase::new("{}.", "{}。");
pub(super) const MORE_SPOTS: Phrase = Phrase::new("And {} more.", "另有 {} 处。");
pub(super) const SAID: Phrase = Phrase::new("The server said: “{}”", "服务器的原话：“{}”");
pub(super) const SAID_WITH_STATUS: Phrase = Phrase::new(
    "The server said (status {}): “{}”",
    "服务器的原话（状态码 {}）：“{}”",
);
pub(super) const SAID_NOTHING: Phrase = Phrase::new(
    "The server gave no reason (status {}).",
    "服务器没有说明原因（状态码 {}）。",
);
pub(super) const MID_STREAM: Phrase = Phrase::new(
    "The part of the answer that had come by then is incomplete.",
    "此前收到的部分回答不完整。",
);
pub(super) const PROVIDER: Phrase = Phrase::new("Provider: {}.", "供应商：{}。");
pub(super) const EXCLUDED_BY: Phrase = Phrase::new("What excludes it: {}.", "排除它的设置：{}。");
pub(super) const FIELD: Phrase = Phrase::new("The condition: {}.", "相关条件：{}。");
pub(super) const REASONS: Phrase = Phrase::new("Reasons given: {}.", "给出的原因：{}。");
pub(super) const RESETS: Phrase = Phrase::new("The limit resets at {}.", "限额将于 {} 重置。");
pub(super) const RESETS_IN: Spans = Spans {
    seconds: Phrase::new(
        "The limit resets at {} (in {} s).",
        "限额将于 {} 重置（{} 秒后）。",
    ),
    minutes: Phrase::new(
        "The limit resets at {} (in {} min).",
        "限额将于 {} 重置（{} 分钟后）。",
    ),
    hours: Phrase::new(
        "The limit resets at {} (in {} h).",
        "限额将于 {} 重置（{} 小时后）。",
    ),
    days: Phrase::new(
        "The limit resets at {} (in {} days).",
        "限额将于 {} 重置（{} 天后）。",
    ),
};
pub(super) const EMPTY: Phrase = Phrase::new(
    "The answer had status {} and nothing in it.",
    "回应的状态码是 {}，内容为空。",
);
pub(super) const BEGINS: Phrase = Phrase::new(
    "What came (status {}) begins: “{}”",
    "收到的内容（状态码 {}）开头是：“{}”",
);
pub(super) const MISFIT: Phrase = Phrase::new(
    "What did not fit (status {}): “{}”",
    "不符合预期的内容（状态码 {}）：“{}”",
);
pub(super) const POINTS_TO: Phrase = Phrase::new(
    "The new address: {} (status {}).",
    "新地址：{}（状态码 {}）。",
);
pub(super) const HOST: Phrase = Phrase::new("Host: {}.", "主机：{}。");
pub(super) const PROXY: Phrase = Phrase::new("Proxy: {}.", "代理：{}。");
pub(super) const SYSTEM_SAID: Phrase = Phrase::new("The system said: “{}”", "系统的原话：“{}”");
pub(super) const PROXY_SAID: Phrase = Phrase::new("The proxy answered: “{}”", "代理的回应：“{}”");
pub(super) const PART_CAME: Phrase =
    Phrase::new("A part of the answer had come.", "已经收到了一部分回答。");
pub(super) const NOTHING_CAME: Phrase =
    Phrase::new("Nothing of the answer had come.", "还没有收到任何回答。");
pub(super) const ENDED: Phrase = Phrase::new("How it ended: “{}”", "结束的情形：“{}”");
pub(super) const LIMIT_IS: Phrase = Phrase::new("The limit is {}.", "限额为 {}。");
pub(super) const RESETS_EACH: Phrase =
    Phrase::new("It resets {} (00:00 UTC).", "重置周期：{}（00:00 UTC）。");
pub(super) const NEVER_RESETS: Phrase =
    Phrase::new("It does not reset by itself.", "它不会自动重置。");
pub(super) const AROUND: Phrase = Phrase::new(
    "Something stands around it that does not belong to it: {}.",
    "密钥前后有不属于它的内容：{}。",
);
pub(super) const CHARS: Phrase =
    Phrase::new("This one has {} characters.", "这个密钥有 {} 个字符。");
pub(super) const VENDOR: Phrase =
    Phrase::new("It looks like a key of {}.", "它看起来是 {} 的密钥。");
pub(super) const BASE_URL: Phrase = Phrase::new("The base URL: “{}”", "当前的基础地址：“{}”");
pub(super) const BEHIND: Spans = Spans {
    seconds: Phrase::new(
        "It is {} s behind the server's clock.",
        "它比服务器慢 {} 秒。",
    ),
    minutes: Phrase::new(
        "It is {} min behind the server's clock.",
        "它比服务器慢 {} 分钟。",
    ),
    hours: Phrase::new(
        "It is {} h behind the server's clock.",
        "它比服务器慢 {} 小时。",
    ),
    days: Phrase::new(
        "It is {} days behind the server's clock.",
        "它比服务器慢 {} 天。",
    ),
};
pub(super) const AHEAD: Spans = Spans {
    seconds: Phrase::new(
        "It is {} s ahead of the server's clock.",
        "它比服务器快 {} 秒。",
    ),
    minutes: Phrase::new(
        "It is {} min ahead of the server's clock.",
        "它比服务器快 {} 分钟。",
    ),
    hours: Phrase::new(
        "It is {} h ahead of the server's clock.",
        "它比服务器快 {} 小时。",
    ),
    days: Phrase::new(
        "It is {} days ahead of the server's clock.",
        "它比服务器快 {} 天。",
    ),
};
pub(super) const SILENT: Phrase =
    Phrase::new("{} says nothing; {} answers.", "{} 没有回应；{} 有回应。");
pub(super) const FOUND_AT: Phrase = Phrase::new("The API answers at {}", "API 在此处应答：{}");
pub(super) const UNLISTED: Phrase = Phrase::new(
    "Among the {} models of the list none is called “{}”.",
    "列表中的 {} 个模型里没有“{}”。",
);
pub(super) const LAST_DAY: Phrase =
    Phrase::new("“{}” is promised until {}.", "“{}”的服务期到 {} 为止。");
pub(super) const WRONG_NAME: Phrase = Phrase::new(
    "The key in use here is one: it belongs under OPENROUTER_MANAGEMENT_KEY, outside of the project.",
    "此处使用的密钥正是管理密钥：应放在 OPENROUTER_MANAGEMENT_KEY 中，且不放在项目里。",
);
pub(super) const THE_KEY: Phrase = Phrase::new("Key: “{}”.", "密钥：“{}”。");
pub(super) const FILE: Phrase = Phrase::new("File: “{}”.", "文件：“{}”。");
pub(super) const LEAK: Phrase = Phrase::new(
    "In “{}”, line {}, column {}: a key of {} ({}).",
    "在“{}”第 {} 行第 {} 列：{} 的密钥（{}）。",
);
pub(super) const COMMITTED: Phrase = Phrase::new(
    "It came there on {} by commit {}.",
    "于 {} 由提交 {} 引入。",
);
pub(super) const DETAIL: Phrase = Phrase::new("In detail: “{}”", "详情：“{}”");
