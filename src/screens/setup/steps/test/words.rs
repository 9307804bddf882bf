//! What the step says.

use crate::text::Phrase;

pub(super) const NO_KEY: Phrase = Phrase::new(
    "There is no key to test yet. Step 3 brings one.",
    "还没有可测试的密钥。请先完成第 3 步。",
);
pub(super) const TO_KEY: Phrase = Phrase::new("Go to step 3", "前往第 3 步");
pub(super) const WHAT: Phrase = Phrase::new(
    "The quick test sends one tiny request to {} and reads the answer. It costs well under a cent, or \
     nothing on a free model.",
    "快速测试向 {} 发送一个极小的请求并读取回答，费用远低于 1 美分，免费模型则不收费。",
);
pub(super) const RUN: Phrase = Phrase::new("Run the quick test", "运行快速测试");
pub(super) const RUN_FULL: Phrase = Phrase::new("Run the full test", "运行完整测试");
pub(super) const FULL_NOTE: Phrase = Phrase::new(
    "every stage; two tiny requests",
    "检查每个阶段；两个极小的请求",
);
pub(super) const AGAIN: Phrase = Phrase::new("Run it again", "再测一次");
pub(super) const GO_ON: Phrase = Phrase::new("Continue", "继续");
pub(super) const WITHOUT: Phrase = Phrase::new("Continue without testing", "不测试，继续");
pub(super) const STOP: Phrase = Phrase::new("Stop", "停止");
pub(super) const NOW: Phrase = Phrase::new("Try now", "立即重试");
pub(super) const TESTING: Phrase = Phrase::new("testing", "正在测试");
pub(super) const STOPPED: Phrase = Phrase::new(
    "Stopped. What was measured stands above.",
    "已停止。已测得的结果见上。",
);
pub(super) const FAILS: Phrase = Phrase::new(
    "The .env file stays as it is. Why, and what helps:",
    ".env 文件保持不变。原因和办法：",
);
pub(super) const ADDRESS: Phrase = Phrase::new("Write the new address", "写入新的地址");
pub(super) const ADDRESS_HERE: Phrase = Phrase::new(
    "The new address counts until the program ends. To keep it: onramp env set OPENROUTER_API_BASE={}",
    "新地址在程序退出前有效。要保存它：onramp env set OPENROUTER_API_BASE={}",
);
pub(super) const ADDRESS_NOTE: Phrase =
    Phrase::new("into the .env file, in step 4", "在第 4 步写入 .env 文件");
pub(super) const RAW: Phrase = Phrase::new("Show what was seen", "查看原始信息");
pub(super) const RAW_NOTE: Phrase =
    Phrase::new("for a report; secrets masked", "用于反馈，密钥已遮蔽");
