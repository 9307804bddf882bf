//! The phrases of the .env step.

use crate::text::Phrase;

pub(super) const NO_KEY: Phrase = Phrase::new(
    "There is no key to write yet. Step 3 brings one.",
    "还没有可写入的密钥。请先完成第 3 步。",
);
pub(super) const TO_KEY: Phrase = Phrase::new("Go to step 3", "前往第 3 步");
pub(super) const PREPARING: Phrase = Phrase::new("working out the change", "正在计算改动");
pub(super) const WRITING: Phrase = Phrase::new("writing", "正在写入");
pub(super) const WHICH: Phrase =
    Phrase::new("Which file should hold the key?", "密钥写入哪个文件？");
pub(super) const WILL_WRITE: Phrase = Phrase::new(
    "The whole change (values are masked on screen only):",
    "全部改动（仅在屏幕上遮蔽了值）：",
);
pub(super) const NEW_FILE: Phrase = Phrase::new(
    "A new file that only you can read (mode 0600).",
    "新文件，仅您可读（权限 0600）。",
);
pub(super) const NOTHING_ELSE: Phrase = Phrase::new(
    "Every other byte of the file stays as it is.",
    "文件中其他内容一个字节也不会变。",
);
pub(super) const UNCHANGED: Phrase = Phrase::new(
    "✓ The file holds this key already; nothing to write.",
    "✓ 文件中已有此密钥，无需写入。",
);
pub(super) const TRACKED: Phrase = Phrase::new(
    "! git tracks this file: a key written here goes into the next commit. Another file is safer; or first run \
     git rm --cached on it and ignore it.",
    "! git 正在跟踪此文件：写入的密钥会进入下一次提交。建议换一个文件，或先对它执行 git rm --cached 并加入忽略规则。",
);
pub(super) const LEAK: Phrase =
    Phrase::new("! {}: {} line {} ({}, {})", "! {}：{} 第 {} 行（{}，{}）");
pub(super) const MORE_LEAKS: Phrase = Phrase::new("! and {} more", "! 还有 {} 个");
pub(super) const LEAK_REMEDY: Phrase = Phrase::new(
    "{}. Every step: onramp env scan",
    "{}。全部步骤：onramp env scan",
);
pub(super) const SANDBOX: Phrase = Phrase::new(
    "This key is simulated and works only while the sandbox runs.",
    "此密钥是模拟的，仅在沙盒运行期间有效。",
);
pub(super) const SAVED: Phrase =
    Phrase::new("✓ Written and read back.", "✓ 已写入，并已读回核对。");
pub(super) const WROTE: Phrase = Phrase::new(
    "wrote OPENROUTER_API_KEY to {} (line {})",
    "已将 OPENROUTER_API_KEY 写入 {}（第 {} 行）",
);
pub(super) const ALSO: Phrase = Phrase::new("also changed {}", "同时修改了 {}");
pub(super) const UNDO_NOTE: Phrase = Phrase::new(
    "\"Take it back\" restores the .env from before; so does: onramp env undo. A .gitignore keeps its rule.",
    "“撤销写入”会恢复原来的 .env；也可执行：onramp env undo。.gitignore 中的规则会保留。",
);

pub(super) const GO_ON: Phrase = Phrase::new("Continue", "继续");
pub(super) const WRITE: Phrase = Phrase::new("Write this change", "写入此改动");
pub(super) const WRITE_TRACKED: Phrase = Phrase::new(
    "Write it although git tracks the file",
    "仍然写入这个被 git 跟踪的文件",
);
pub(super) const OTHER_FILE: Phrase = Phrase::new("Choose another file", "选择其他文件");
pub(super) const IGNORE: Phrase = Phrase::new("Add it to .gitignore", "加入 .gitignore");
pub(super) const TEMPLATE: Phrase =
    Phrase::new("The rest of a service's settings", "服务的其余配置");
pub(super) const TEMPLATE_NOTE: Phrase =
    Phrase::new("database, Redis, secret key", "数据库、Redis、密钥等");
pub(super) const WHICH_GROUPS: Phrase = Phrase::new(
    "Which settings should stand beside the key? What the file has already stays as it is.",
    "除密钥外还写入哪些配置？文件中已有的内容保持不变。",
);
pub(super) const OPENAI: Phrase = Phrase::new("OpenAI, commented out", "OpenAI（注释掉）");
pub(super) const DATABASE: Phrase = Phrase::new("database", "数据库");
pub(super) const REDIS: Phrase = Phrase::new("Redis", "Redis");
pub(super) const SIGNING: Phrase = Phrase::new("token signing", "令牌签名");
pub(super) const ENVIRONMENT: Phrase = Phrase::new("environment", "环境名");
pub(super) const AND: Phrase = Phrase::new(", ", "、");
pub(super) const EXAMPLE: Phrase =
    Phrase::new("An .env.example without secrets", "不含密钥的 .env.example");
const ON: Phrase = Phrase::new("[x]", "[x]");
const OFF: Phrase = Phrase::new("[ ]", "[ ]");

/// A switch, on or off.
pub(super) fn switch(is_on: bool) -> Phrase {
    if is_on { ON } else { OFF }
}

pub(super) const UNDO: Phrase = Phrase::new("Take it back", "撤销写入");
pub(super) const AGAIN: Phrase = Phrase::new("Try again", "重试");
pub(super) const RAW: Phrase = Phrase::new("Show what was seen", "查看原始信息");

pub(super) const ONE_FINDING: Phrase = Phrase::new(
    "Look at one finding about this file",
    "查看此文件的 1 处问题",
);
pub(super) const FINDINGS: Phrase = Phrase::new(
    "Look at {} findings about this file",
    "查看此文件的 {} 处问题",
);
pub(super) const CURABLE: Phrase = Phrase::new("{} can be mended here", "其中 {} 处可在此修正");
pub(super) const LOOKING: Phrase = Phrase::new(
    "What some program would stumble over in this file, or what gives it away:",
    "某些程序会在此文件中出错，或会泄露其内容的地方：",
);
pub(super) const MEND: Phrase = Phrase::new("Mend it", "修正");
pub(super) const BACK_TO_CHANGE: Phrase = Phrase::new("Back to the change", "返回待写入的改动");
pub(super) const JUDGE: Phrase = Phrase::new(
    "Only you can tell whether the line is meant so.",
    "该行是否有意为之，只有您能判断。",
);
pub(super) const WINNERS: Phrase =
    Phrase::new("Which program reads which key?", "哪个程序会读到哪个密钥？");
pub(super) const LOOKING_UP: Phrase = Phrase::new(
    "looking at every place where a key may stand",
    "正在查看密钥可能所在的每一处",
);
pub(super) const EACH: Phrase = Phrase::new("each of them", "以上每一类");
pub(super) const NOT_YET: Phrase = Phrase::new(
    "As things stand now: the change is not written yet.",
    "目前的情况：改动尚未写入。",
);
pub(super) const FILES_ONLY: Phrase = Phrase::new(
    "In the sandbox only the project's files are looked at.",
    "沙盒中只查看项目中的文件。",
);
pub(super) const BACK: Phrase = Phrase::new("Back", "返回");
pub(super) const APPLY: Phrase = Phrase::new("Make this change", "做此改动");
pub(super) const LEAVE: Phrase = Phrase::new("Leave it as it is", "保持不变");
pub(super) const WORKING_OUT: Phrase = Phrase::new("working out the change", "正在计算改动");
pub(super) const MENDING: Phrase = Phrase::new("mending", "正在修正");
pub(super) const MORE: Phrase = Phrase::new(
    "… and {} more: onramp env doctor lists them all",
    "……还有 {} 处：onramp env doctor 可全部列出",
);
