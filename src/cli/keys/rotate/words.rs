//! What `onramp keys rotate` says.

use crate::domain::clean_text::CleanText;
use crate::text::{Phrase, Said};

pub(super) const NOBODY: Phrase = Phrase::new(
    "nobody is here to agree; --yes goes on without asking, --dry-run only shows the plan",
    "没有终端可确认；--yes 不询问直接执行，--dry-run 只显示计划",
);
pub(super) const GO_ON: Phrase = Phrase::new("Rotate this key?", "轮换这个密钥？");
pub(super) const LEFT: Phrase = Phrase::new("nothing was changed", "没有任何改动");
pub(super) const STOPPING: Phrase = Phrase::new(
    "stopping; everything is put back first (Ctrl+C again leaves that to the next run)",
    "正在停止，先恢复原状（再按 Ctrl+C 则留给下次运行）",
);
pub(super) const BUSY: Phrase = Phrase::new(
    "Another onramp is just rotating a key of this server",
    "另一个 onramp 正在轮换此服务器的密钥",
);
pub(super) const WAIT: Phrase = Phrase::new(
    "Two at once would undo each other. Nothing was changed; try again when it has ended.",
    "两个同时进行会互相干扰。没有任何改动，请等它结束后再试。",
);

/// A rotation that was interrupted comes first.
pub(super) fn waits(name: &str) -> Said {
    const WAITS: Phrase = Phrase::new(
        "an interrupted rotation of “{}” is ended first by the next onramp keys rotate",
        "下次运行 onramp keys rotate 会先结束“{}”被中断的轮换",
    );
    Said::new(WAITS, &[&CleanText::line(name)])
}

pub(super) const OLD: Phrase = Phrase::new("old key    {}  {}", "旧密钥  {}  {}");
pub(super) const NEW: Phrase = Phrase::new("successor  {}, {}, {}", "新密钥  {}，{}，{}");
pub(super) const NO_LIMIT: Phrase = Phrase::new("no limit", "无限额");
pub(super) const LIMIT: Phrase = Phrase::new("limit {}", "限额 {}");
pub(super) const LIMIT_RESETS: Phrase = Phrase::new("limit {}, resets {}", "限额 {}，重置：{}");
pub(super) const NO_END: Phrase = Phrase::new("never expires", "永不过期");
pub(super) const ENDS: Phrase = Phrase::new("expires {}", "{} 到期");
pub(super) const FILE: Phrase = Phrase::new("write      {} line {}: {}", "写入    {} 第 {} 行：{}");
pub(super) const STORE: Phrase =
    Phrase::new("write      onramp's own store", "写入    onramp 的存储");
pub(super) const THEN_TEST: Phrase = Phrase::new(
    "then       test the successor on the server",
    "然后    在服务器上测试新密钥",
);
pub(super) const THEN_DISABLE: Phrase =
    Phrase::new("at last    switch the old key off", "最后    停用旧密钥");
pub(super) const THEN_DELETE: Phrase = Phrase::new(
    "at last    delete the old key for good",
    "最后    彻底删除旧密钥",
);
pub(super) const NOTE: Phrase = Phrase::new("note: {}", "注意：{}");

pub(super) const ROTATED_OFF: Phrase = Phrase::new(
    "rotated: “{}” is {} now, and the old key is switched off",
    "已轮换：“{}”现在是 {}，旧密钥已停用",
);
pub(super) const ROTATED_DELETED: Phrase = Phrase::new(
    "rotated: “{}” is {} now, and the old key is deleted",
    "已轮换：“{}”现在是 {}，旧密钥已删除",
);
pub(super) const ROLLED_BACK: Phrase = Phrase::new(
    "rolled back: the old key “{}” stands where it stood, and there is no successor",
    "已恢复原状：旧密钥“{}”仍在原处，没有新密钥",
);
pub(super) const UNFINISHED: Phrase = Phrase::new(
    "not finished, and not put back whole; onramp keys rotate takes it up again:",
    "未完成，也未完全恢复；再次运行 onramp keys rotate 会继续处理：",
);
pub(super) const FINISHED_EARLIER: Phrase = Phrase::new(
    "an interrupted rotation of “{}” was resumed and finished: its successor {} is written and works, and the old key is retired",
    "“{}”被中断的轮换已继续并完成：新密钥 {} 已写入并可用，旧密钥已停用或删除",
);
pub(super) const UNDONE_EARLIER: Phrase = Phrase::new(
    "an interrupted rotation of “{}” was rolled back: the old key stands where it stood, and there is no successor; run this again to rotate",
    "“{}”被中断的轮换已恢复原状：旧密钥仍在原处，没有新密钥；如需轮换请再次运行",
);
