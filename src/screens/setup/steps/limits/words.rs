//! What the pages of alerts and of the budget say.

use crate::text::Phrase;

pub(super) const ALERTS: Phrase = Phrase::new("Alerts", "提醒");
pub(super) const INTRO: Phrase = Phrase::new(
    "Each is told once: on the Usage screen, by `onramp usage`, and by the terminal if you like.",
    "越过界限时各提醒一次：显示在用量页面和 `onramp usage` 中，也可让终端通知您。",
);
pub(super) const DONE: Phrase = Phrase::new("Good as it is", "保持现状");
pub(super) const BALANCE: Phrase = Phrase::new("The balance is low", "余额不足");
pub(super) const LIMIT_SHARE: Phrase = Phrase::new("A limit is nearly used", "限额快用完");
pub(super) const DAY_SPEND: Phrase = Phrase::new("An unusually dear day", "某天花费远超平常");
pub(super) const NOTIFY: Phrase = Phrase::new("The terminal calls you", "终端通知");
pub(super) const ALL_OFF: Phrase = Phrase::new("Switch all alerts off", "关闭所有提醒");
pub(super) const AS_USUAL: Phrase = Phrase::new("Switch the usual alerts on", "开启常用提醒");
pub(super) const AS_BEFORE: Phrase = Phrase::new("Switch them on as they were", "按原来的设置开启");
pub(super) const BELOW: Phrase = Phrase::new("below {}", "低于 {}");
pub(super) const FROM: Phrase = Phrase::new("from {} % on", "达到 {}%");
pub(super) const DEAR: Phrase = Phrase::new("above {}", "且超过 {}");
pub(super) const WITHIN: Phrase = Phrase::new("within {} days", "{} 天内");
pub(super) const ABOVE: Phrase = Phrase::new("above {} days", "超过 {} 天");
pub(super) const ON: Phrase = Phrase::new("on", "已开启");
pub(super) const OFF: Phrase = Phrase::new("off", "关闭");
pub(super) const BELL: Phrase = Phrase::new("by its bell", "响铃");
pub(super) const OSC9: Phrase = Phrase::new("by the desktop (OSC 9)", "桌面通知（OSC 9）");
pub(super) const OSC777: Phrase = Phrase::new("by the desktop (OSC 777)", "桌面通知（OSC 777）");
pub(super) const TRIAL: Phrase =
    Phrase::new("this is how an alert will be told", "以后会这样提醒您");
pub(super) const OTHERS: Phrase = Phrase::new(
    "Also watched, with bounds in preferences.json:",
    "同时留意以下各项，界限写在 preferences.json 中：",
);
pub(super) const LIMIT_LEFT: Phrase = Phrase::new("a limit leaves", "限额剩余");
pub(super) const EXPIRES: Phrase = Phrase::new("a key expires", "密钥到期");
pub(super) const AGE: Phrase = Phrase::new("a key's age", "密钥已用");
pub(super) const RETIRES: Phrase = Phrase::new("a model in use retires", "在用的模型下线");
pub(super) const NEEDS_MANAGEMENT: Phrase = Phrase::new(
    "Balance, days and ages are told to a management key only.",
    "余额、每日花费和密钥时长只有管理密钥能查询。",
);
pub(super) const WATCH: Phrase = Phrase::new(
    "Where nobody looks: onramp usage --watch 60 --hook COMMAND",
    "无人值守时：onramp usage --watch 60 --hook 命令",
);
pub(super) const ASK_BALANCE: Phrase = Phrase::new(
    "Below which balance do you want to be told?",
    "余额低于多少时提醒？",
);
pub(super) const ASK_LIMIT_SHARE: Phrase = Phrase::new(
    "From which share of a limit on do you want to be told?",
    "限额用掉多少时提醒？",
);
pub(super) const ASK_DAY_SPEND: Phrase = Phrase::new(
    "A day is told of that costs at least twice what is usual, and far more than days differ. Above which \
     amount?",
    "某天的花费至少是平常的两倍，且远超日常波动时才会提醒。超过多少才算？",
);
pub(super) const IN_DOLLARS: Phrase =
    Phrase::new("US dollars; 0 switches it off", "美元；0 表示关闭");
pub(super) const IN_PERCENT: Phrase =
    Phrase::new("Percent; 0 switches it off", "百分比；0 表示关闭");
pub(super) const NO_AMOUNT: Phrase = Phrase::new(
    "! {} is no amount. Write dollars and cents with a point, such as 5 or 2.50.",
    "! {} 不是金额。请写美元数，小数用点，例如 5 或 2.50。",
);
pub(super) const NO_SHARE: Phrase = Phrase::new(
    "! {} is no share. Write a whole number up to 100.",
    "! {} 不是百分比。请写不超过 100 的整数。",
);
pub(super) const NOW: Phrase = Phrase::new(
    "Now: {}. Enter keeps what you type, Esc leaves it as it is.",
    "现在：{}。按 Enter 保存输入，按 Esc 保持不变。",
);
pub(super) const SHORT_BALANCE: Phrase = Phrase::new("below {}", "余额低于 {}");
pub(super) const SHORT_SHARE: Phrase = Phrase::new("{} % of a limit", "限额用到 {}%");

pub(super) const BUDGET: Phrase = Phrase::new("Your own budget", "自己的预算");
pub(super) const BUDGET_INTRO: Phrase = Phrase::new(
    "What this program may spend, whatever the key may: a question that would pass it is asked about first. Other programs \
     with this key are not held to it.",
    "本程序最多可花费多少，与密钥的限额无关：超出预算的提问会先询问您。使用此密钥的其他程序不受约束。",
);
pub(super) const BUDGET_ELSEWHERE: Phrase = Phrase::new(
    "The same by a command: onramp budget --day USD --month USD",
    "也可用命令设置：onramp budget --day 美元 --month 美元",
);
pub(super) const A_DAY: Phrase = Phrase::new("A day (UTC)", "每天（UTC）");
pub(super) const A_MONTH: Phrase = Phrase::new("A month (UTC)", "每月（UTC）");
pub(super) const ASK_DAY: Phrase = Phrase::new(
    "How much may this program spend on a UTC day?",
    "本程序每天（UTC）最多可花费多少？",
);
pub(super) const ASK_MONTH: Phrase = Phrase::new(
    "How much may this program spend in a UTC month?",
    "本程序每月（UTC）最多可花费多少？",
);
pub(super) const PER_DAY: Phrase = Phrase::new("{} a day", "每天 {}");
pub(super) const PER_MONTH: Phrase = Phrase::new("{} a month", "每月 {}");
