//! The phrases of the Keys screen.

use crate::text::Phrase;

pub(super) const TITLE: Phrase = Phrase::new("Keys", "密钥");

pub(super) const UP: Phrase = Phrase::new("up", "向上");
pub(super) const DOWN: Phrase = Phrase::new("down", "向下");
pub(super) const PAGE_UP: Phrase = Phrase::new("page up", "上一页");
pub(super) const PAGE_DOWN: Phrase = Phrase::new("page down", "下一页");
pub(super) const OPEN: Phrase = Phrase::new("details", "详情");
pub(super) const BACK: Phrase = Phrase::new("back", "返回");
pub(super) const SEARCH: Phrase = Phrase::new("find", "查找");
pub(super) const NEW: Phrase = Phrase::new("new key", "新建密钥");
pub(super) const RENAME: Phrase = Phrase::new("rename", "改名");
pub(super) const LIMIT: Phrase = Phrase::new("limit", "限额");
pub(super) const SWITCH: Phrase = Phrase::new("on/off", "启用/停用");
pub(super) const DELETE: Phrase = Phrase::new("delete", "删除");
pub(super) const ROTATE: Phrase = Phrase::new("rotate", "轮换");
pub(super) const TAKE: Phrase = Phrase::new("take", "选用");
pub(super) const CAP: Phrase = Phrase::new("cap for all", "全部上限");
pub(super) const MANAGEMENT: Phrase = Phrase::new("management keys", "管理密钥页面");
pub(super) const REFRESH: Phrase = Phrase::new("ask again", "刷新");

pub(super) const COPY: Phrase = Phrase::new("copy the key", "复制密钥");
pub(super) const NEXT: Phrase = Phrase::new("next", "下一项");
pub(super) const VALUE_BEFORE: Phrase = Phrase::new("value before", "上一个值");
pub(super) const VALUE_BEHIND: Phrase = Phrase::new("next value", "下一个值");

pub(super) const NAME: Phrase = Phrase::new("name", "名称");
pub(super) const LIMIT_HEAD: Phrase = Phrase::new("limit", "限额");
pub(super) const ENDS: Phrase = Phrase::new("expires", "到期");
pub(super) const DAYS: Phrase = Phrase::new("days old", "天数");
pub(super) const OFF: Phrase = Phrase::new("off", "停用");

pub(super) const FIND: Phrase = Phrase::new("find: ", "查找：");
pub(super) const COUNT: Phrase = Phrase::new("{} of {} keys", "{}/{} 个密钥");
pub(super) const HEAD: Phrase = Phrase::new(
    "USD, days in UTC · as of {} UTC · * is the key in use here",
    "美元，按 UTC 计日 · 截至 {} UTC · * 为此处使用的密钥",
);
pub(super) const LOADING: Phrase =
    Phrase::new("asking for the account's keys…", "正在查询账户的密钥…");
pub(super) const WORKING: Phrase = Phrase::new("asking the server…", "正在请求服务器…");
pub(super) const NO_KEYS: Phrase = Phrase::new(
    "The account has no keys. n makes one.",
    "账户没有密钥。按 n 新建。",
);
pub(super) const NONE_FOUND: Phrase = Phrase::new("No key is called so.", "没有这样名称的密钥。");
pub(super) const HOW_TO_GET: Phrase = Phrase::new(
    "m opens the page that makes one.",
    "按 m 打开创建管理密钥的页面。",
);

pub(super) const IS_BUSY: Phrase =
    Phrase::new("the last change is still under way", "上一个改动仍在进行");
pub(super) const RENAMED: Phrase = Phrase::new("{} is called {} now", "{} 现在名为 {}");
pub(super) const LIMITED: Phrase = Phrase::new("{}: {}", "{}：{}");
pub(super) const IS_ON: Phrase = Phrase::new("{} is switched on", "{} 已启用");
pub(super) const IS_OFF: Phrase = Phrase::new(
    "{} is switched off; d switches it on again",
    "{} 已停用；按 d 可重新启用",
);
pub(super) const CAPPED: Phrase = Phrase::new("each key may spend: {}", "每个密钥可花费：{}");
pub(super) const EACH_MAY: Phrase = Phrase::new("each at most {}", "每个最多 {}");
pub(super) const CAP_TITLE: Phrase = Phrase::new("What every key may spend", "每个密钥的上限");
pub(super) const CAP_SAID: Phrase = Phrase::new(
    "It holds at once for every key of the account's own workspace, for each by itself; where a key has a limit of its own, the lower one holds.",
    "立即适用于账户默认工作区的每个密钥，分别计算；密钥自身另有限额时，以较低者为准。",
);
pub(super) const OTHER_FILE: Phrase = Phrase::new("another .env file", "其他 .env 文件");
pub(super) const PATH_ROW: Phrase = Phrase::new("The file", "文件");
pub(super) const NO_PATH: Phrase = Phrase::new("Which file?", "哪个文件？");
pub(super) const DELETED: Phrase = Phrase::new("{} is deleted", "{} 已删除");
pub(super) const WAS_GONE: Phrase = Phrase::new("{} was deleted already", "{} 之前已被删除");

pub(super) const SWITCH_OFF: Phrase = Phrase::new("Switch off {}", "停用 {}");
pub(super) const IN_USE: Phrase = Phrase::new(
    "This key is in use here: without it every request is refused.",
    "此处正在使用这个密钥：没有它所有请求都会被拒绝。",
);
pub(super) const LEAVE_IT: Phrase = Phrase::new("Leave it on", "保持启用");
pub(super) const DO_SWITCH: Phrase = Phrase::new("Switch it off", "停用");

pub(super) const NEW_TITLE: Phrase = Phrase::new("A new key", "新建密钥");
pub(super) const RENAME_TITLE: Phrase = Phrase::new("Another name for {}", "修改 {} 的名称");
pub(super) const LIMIT_TITLE: Phrase = Phrase::new("What {} may spend", "{} 的限额");
pub(super) const DELETE_TITLE: Phrase = Phrase::new("Delete {}", "删除 {}");
pub(super) const NAME_ROW: Phrase = Phrase::new("Name", "名称");
pub(super) const LIMIT_ROW: Phrase = Phrase::new(
    "It may spend at most, US dollars (empty: no limit)",
    "最多可花费（美元，留空为无限额）",
);
pub(super) const RESET_ROW: Phrase = Phrase::new("The limit begins anew", "限额重新计算");
pub(super) const EXPIRY_ROW: Phrase = Phrase::new("It expires", "到期时间");
pub(super) const PLACE_ROW: Phrase = Phrase::new("It goes to", "写入位置");
pub(super) const TYPE_ROW: Phrase = Phrase::new("Type its name to delete it", "输入它的名称以删除");
pub(super) const FOR_GOOD: Phrase = Phrase::new(
    "A deleted key never works again.",
    "删除后密钥永远不能再用。",
);
pub(super) const MAKE: Phrase = Phrase::new("Make the key", "创建密钥");
pub(super) const SET: Phrase = Phrase::new("Set it", "设置");
pub(super) const TURN: Phrase = Phrase::new("←→ chooses", "←→ 选择");
pub(super) const NEVER: Phrase = Phrase::new("never", "从不");
pub(super) const NEVER_ENDS: Phrase = Phrase::new("never", "永不");
pub(super) const IN_DAYS: Phrase = Phrase::new("in {} days", "{} 天后");

pub(super) const NO_NAME: Phrase = Phrase::new("The name is empty.", "名称为空。");
pub(super) const IS_THERE: Phrase = Phrase::new(
    "Another key is called “{}” already.",
    "已有另一个名为“{}”的密钥。",
);
pub(super) const NO_AMOUNT: Phrase = Phrase::new(
    "{} is no amount above nothing. Write dollars and cents with a point, such as 5 or 2.50.",
    "{} 不是大于零的金额。请写美元数，小数用点，例如 5 或 2.50。",
);
pub(super) const OTHER_NAME: Phrase = Phrase::new(
    "It is called “{}”; nothing is deleted.",
    "它名为“{}”；没有删除。",
);

pub(super) const MADE_TITLE: Phrase = Phrase::new("The new key", "新密钥");
pub(super) const MADE: Phrase = Phrase::new("Made {} {}.", "已创建 {} {}。");
pub(super) const WAS_MADE: Phrase = Phrase::new("made the key {} {}", "已创建密钥 {} {}");
pub(super) const AND_IS_IN: Phrase = Phrase::new("{}; it is in {}", "{}；位置：{}");
pub(super) const IT_IS_IN: Phrase = Phrase::new("It is in {}.", "位置：{}。");
pub(super) const SHOWN_ONCE: Phrase = Phrase::new(
    "It is shown here once and kept nowhere. Put it where it belongs before you close this page; Alt+C copies it.",
    "它仅在此显示一次，未保存在任何地方。关闭本页前请把它放到该放的地方；按 Alt+C 复制。",
);
pub(super) const NOT_WRITTEN: Phrase = Phrase::new(
    "The key was made and could not be written there: {}",
    "密钥已创建，但无法写入该处：{}",
);
pub(super) const CLOSE: Phrase = Phrase::new("Done", "完成");
