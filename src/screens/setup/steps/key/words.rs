//! The phrases of the key step.

use crate::text::Phrase;

pub(super) const QUESTION: Phrase =
    Phrase::new("How would you like to get a key?", "您想如何获得密钥？");
pub(super) const ACCEPTED: Phrase =
    Phrase::new("✓ The server accepts this key.", "✓ 服务器接受此密钥。");
pub(super) const KEY: Phrase = Phrase::new("key", "密钥");
pub(super) const FROM: Phrase = Phrase::new("from", "来源");
pub(super) const KIND: Phrase = Phrase::new("server", "服务器");
pub(super) const NOT_OPENROUTER: Phrase = Phrase::new(
    "OpenAI-compatible, not OpenRouter: it tells nothing about keys",
    "兼容 OpenAI，但不是 OpenRouter，无法提供密钥信息",
);
pub(super) const PASTED: Phrase = Phrase::new(
    "pasted just now; not stored anywhere yet",
    "刚刚粘贴，尚未存储",
);
pub(super) const SIGNED_IN: Phrase = Phrase::new(
    "browser sign-in; kept in {} (only you can read it)",
    "浏览器登录；保存在 {}（仅您可读）",
);
pub(super) const SIGNED_IN_KEYRING: Phrase = Phrase::new(
    "browser sign-in; kept in this system's keyring",
    "浏览器登录；保存在系统密钥环中",
);
pub(super) const SIGNED_IN_ONLY: Phrase = Phrase::new(
    "browser sign-in; not stored anywhere yet",
    "浏览器登录，尚未存储",
);
pub(super) const OPENAI_FOUND: Phrase = Phrase::new(
    "An OPENAI_API_KEY is here too. Commands fall back to it, on OpenAI's own server, while there is no OpenRouter key.",
    "这里还有 OPENAI_API_KEY。没有 OpenRouter 密钥时，各命令会改用它访问 OpenAI 自己的服务器。",
);
pub(super) const CONFLICT: Phrase = Phrase::new(
    "! Different keys are set here. A program started in this folder reads the one from {}:",
    "! 这里设置了不同的密钥。从本目录启动的程序会读取来自 {} 的密钥：",
);
pub(super) const CHECKING: Phrase = Phrase::new(
    "asking the server about {} (free of charge)",
    "正在向服务器查询 {}（不收费）",
);

pub(super) const GO_ON: Phrase = Phrase::new("Continue with this key", "使用此密钥继续");
pub(super) const ANOTHER: Phrase = Phrase::new("Use another key", "换一个密钥");
pub(super) const USE: Phrase = Phrase::new("Use the key from {}", "使用 {} 中的密钥");
pub(super) const SIGN_IN: Phrase = Phrase::new("Sign in with the browser", "用浏览器登录");
pub(super) const SIGN_IN_NOTE: Phrase =
    Phrase::new("makes a key for this project", "为本项目创建密钥");
pub(super) const SIGN_IN_ELSEWHERE: Phrase =
    Phrase::new("Sign in on another device", "在其他设备上登录");
pub(super) const SIGN_IN_ELSEWHERE_NOTE: Phrase = Phrase::new(
    "its page shows a code to paste here",
    "页面会显示验证码，粘贴到这里",
);
pub(super) const PASTE: Phrase = Phrase::new("Paste a key I have", "粘贴已有的密钥");
pub(super) const PASTE_NOTE: Phrase = Phrase::new("sk-or-v1-…", "sk-or-v1-…");
pub(super) const MAKE: Phrase = Phrase::new("Create one with the management key", "用管理密钥创建");
pub(super) const MAKE_NOTE: Phrase = Phrase::new("on the Keys screen: n", "在密钥页面按 n");
pub(super) const PICK: Phrase = Phrase::new("Use key {}", "使用第 {} 个密钥");
pub(super) const OPEN_KEYS: Phrase = Phrase::new("Open the keys page", "打开密钥页面");
pub(super) const OPEN_AGAIN: Phrase = Phrase::new("Open the page again", "重新打开页面");
pub(super) const QR: Phrase = Phrase::new("Show the link as a QR code", "以二维码显示链接");
pub(super) const RAW: Phrase = Phrase::new("Show what was seen", "查看原始信息");
pub(super) const RAW_NOTE: Phrase =
    Phrase::new("for a report; secrets masked", "用于反馈，密钥已遮蔽");
pub(super) const NOW: Phrase = Phrase::new("Try now", "立即重试");
pub(super) const STOP: Phrase = Phrase::new("Stop", "停止");
