//! Traps in what keys hold, whoever reads them.

use super::Trap;
use crate::domain::finding::Severity::{Note, Trouble, Warning};
use crate::text::Phrase;

pub(in super::super) const PLACEHOLDER: Trap = Trap::new(
    "placeholder",
    Warning,
    &[],
    Phrase::new(
        "{} still holds a template's placeholder",
        "{} 还是模板中的占位符",
    ),
    Phrase::new(
        "give it its value: onramp env set {}",
        "设置真正的值：onramp env set {}",
    ),
);

pub(in super::super) const KEY_PLACEHOLDER: Trap = Trap::new(
    "placeholder-key",
    Trouble,
    &[],
    Phrase::new(
        "{} still holds a template's placeholder, not a key",
        "{} 还是模板中的占位符，不是密钥",
    ),
    Phrase::new(
        "give it a key: onramp env set {} (or onramp setup)",
        "填入密钥：onramp env set {}（或 onramp setup）",
    ),
);

pub(in super::super) const KEY_EMPTY: Trap = Trap::new(
    "empty-key",
    Warning,
    &[],
    Phrase::new("{} is empty", "{} 为空"),
    Phrase::new(
        "give it a key (onramp env set {}), or take the line out (onramp env unset)",
        "填入密钥（onramp env set {}），或删除该行（onramp env unset）",
    ),
);

pub(in super::super) const KEY_BLANKS: Trap = Trap::new(
    "blanks-in-key",
    Trouble,
    &[],
    Phrase::new(
        "{} has blanks at its beginning or its end: no server takes it so",
        "{} 的首尾有空格：服务器不会接受",
    ),
    Phrase::new("take the blanks out", "去掉空格"),
);

pub(in super::super) const KEY_SHAPE: Trap = Trap::new(
    "key-shape",
    Warning,
    &[],
    Phrase::new(
        "{} does not have the shape of an OpenRouter key (sk-or-v1- and 64 hex digits): half a paste, or of a proxy",
        "{} 不符合 OpenRouter 密钥的格式（sk-or-v1- 加 64 位十六进制）：可能没有粘贴完整，或属于某个代理",
    ),
    Phrase::new(
        "onramp check tells whether the server takes it",
        "执行 onramp check 可确认服务器是否接受",
    ),
);

pub(in super::super) const KEY_OF_OTHER: Trap = Trap::new(
    "key-of-another-vendor",
    Trouble,
    &[],
    Phrase::new("{} holds a key of {}", "{} 里是 {} 的密钥"),
    Phrase::new(
        "put a key of OpenRouter there: onramp env set {}",
        "填入 OpenRouter 的密钥：onramp env set {}",
    ),
);

pub(in super::super) const KEY_AS_OPENAI: Trap = Trap::new(
    "openrouter-key-as-openai",
    Note,
    &[],
    Phrase::new(
        "{} holds an OpenRouter key: it works only where OPENAI_BASE_URL points to OpenRouter as well",
        "{} 里是 OpenRouter 的密钥：只有 OPENAI_BASE_URL 也指向 OpenRouter 时才有效",
    ),
    Phrase::new(
        "set OPENAI_BASE_URL=https://openrouter.ai/api/v1 beside it",
        "同时设置 OPENAI_BASE_URL=https://openrouter.ai/api/v1",
    ),
);

pub(in super::super) const BROWSER: Trap = Trap::new(
    "browser-exposed",
    Trouble,
    &[],
    Phrase::new(
        "{} holds a key, and frameworks put variables of this name into what browsers load: the key is public",
        "{} 里是密钥，而框架会把这个名称的变量打包进浏览器加载的代码：密钥等于公开",
    ),
    Phrase::new(
        "revoke the key, and read a new one on the server under a name without the prefix",
        "吊销该密钥，换新密钥并在服务器端用不带前缀的名称读取",
    ),
);

pub(in super::super) const BROWSER_SECRET: Trap = Trap::new(
    "browser-exposed-name",
    Note,
    &[],
    Phrase::new(
        "{} goes into what browsers load, by its prefix; its name is a secret's",
        "{} 的前缀会让它进入浏览器加载的代码，而名称像是密钥",
    ),
    Phrase::new(
        "if it is a secret: give it a name without the prefix",
        "如果是密钥：换成不带前缀的名称",
    ),
);

pub(in super::super) const REFERENCE: Trap = Trap::new(
    "reference",
    Note,
    &[],
    Phrase::new(
        "{} is kept by {}; onramp leaves it as it is",
        "{} 由 {} 保管；onramp 不会改动它",
    ),
    Phrase::new("run programs through that tool", "通过该工具启动程序"),
);

pub(in super::super) const COMMAND: Trap = Trap::new(
    "reference",
    Note,
    &[],
    Phrase::new(
        "{} is brought by a command; only shells run it, and onramp leaves it as it is",
        "{} 由命令得出；只有 shell 会执行它，onramp 不会改动",
    ),
    Phrase::new(
        "source the file in a shell before programs start",
        "启动程序之前先在 shell 中 source 此文件",
    ),
);

pub(in super::super) const TEMPLATE_KEY: Trap = Trap::new(
    "key-in-template",
    Trouble,
    &[],
    Phrase::new(
        "{} holds a real key in a file that is committed to be copied",
        "{} 在供复制并会提交的模板文件里放了真正的密钥",
    ),
    Phrase::new(
        "revoke the key, then leave the value empty there",
        "吊销该密钥，并把这里的值清空",
    ),
);
