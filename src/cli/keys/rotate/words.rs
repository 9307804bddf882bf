//! What `onramp keys rotate` says.

use crate::text::Phrase;

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
