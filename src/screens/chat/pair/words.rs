//! What is said of two answers side by side.

use crate::text::Phrase;

pub(in super::super) const COMPARE: Phrase =
    Phrase::new("ask a second model, too", "同时询问另一个模型");
pub(in super::super) const CHOOSE_FIRST_SIDE: Phrase =
    Phrase::new("go on with the first", "采用第一个");
pub(in super::super) const CHOOSE_SECOND_SIDE: Phrase =
    Phrase::new("go on with the second", "采用第二个");
pub(in super::super) const OTHER_SIDE: Phrase = Phrase::new("other answer", "切换两个回答");
pub(in super::super) const ALONE: Phrase = Phrase::new("one answer alone", "单独显示一个回答");

pub(super) const SAME_MODEL: Phrase = Phrase::new(
    "{} is asked already; choose another one beside it",
    "已经在使用 {}；请选择另一个模型",
);
pub(super) const COMMAND_BEHIND: Phrase = Phrase::new(
    "what stands behind the model is sent as a question, and this is a command: give it by itself",
    "模型后面的内容会作为问题发送，而这是一条命令：请单独输入",
);
pub(super) const ARMED: Phrase = Phrase::new(
    "the next question goes to {} and {}",
    "下一个问题将同时发给 {} 和 {}",
);
pub(super) const NO_PAIR: Phrase = Phrase::new(
    "there are no two answers side by side; /compare MODEL asks for them",
    "当前没有并排的两个回答；用 /compare 模型 来比较",
);
pub(in super::super) const CHOOSE_FIRST: Phrase = Phrase::new(
    "choose the answer that goes on first: /first or /second",
    "请先选择要采用的回答：/first 或 /second",
);
pub(super) const GOES_ON: Phrase = Phrase::new(
    "{} goes on; /branch shows the other answer",
    "以后使用 {}；/branch 查看另一个回答",
);
pub(super) const BOTH_COMING: Phrase = Phrase::new(
    "two answers are coming; Esc stops the marked one",
    "两个回答正在生成；Esc 停止选中的那个",
);
pub(super) const ONE_COMING: Phrase = Phrase::new(
    "one answer is coming; Esc stops it",
    "还有一个回答正在生成；Esc 停止",
);
pub(super) const CHOOSE: Phrase = Phrase::new(
    "Alt+, goes on with the first, Alt+. with the second",
    "Alt+, 采用第一个，Alt+. 采用第二个",
);
pub(in super::super) const CHOOSE_BY_COMMAND: Phrase = Phrase::new(
    "Two answers: /first or /second goes on with one of them.",
    "有两个回答：用 /first 或 /second 采用其中一个。",
);
pub(in super::super) const TO_BOTH: Phrase = Phrase::new("{} + {}", "{} + {}");
pub(super) const TAKES_IT: Phrase = Phrase::new("{} goes on with it", "{} 采用");
