//! The phrases of the usage screen.

use crate::text::Phrase;

pub(super) const TITLE: Phrase = Phrase::new("Usage", "用量");

pub(super) const DAYS: Phrase = Phrase::new("Days", "按天");
pub(super) const MODELS: Phrase = Phrase::new("Models", "模型");
pub(super) const PROVIDERS: Phrase = Phrase::new("Providers", "供应商");
pub(super) const KEYS: Phrase = Phrase::new("Keys", "密钥");
pub(super) const REQUESTS: Phrase = Phrase::new("Requests", "请求");
pub(super) const REVIEW: Phrase = Phrase::new("Review", "省钱");
pub(super) const PRICES: Phrase = Phrase::new("Prices", "价格");

pub(super) const OF_ACCOUNT: Phrase = Phrase::new("account", "账户");
pub(super) const OF_ACCOUNT_BY: Phrase = Phrase::new("account, by {}", "账户，来源 {}");
pub(super) const AND_TODAY_BY: Phrase =
    Phrase::new("account, by {}; today by {}", "账户，来源 {}；今日来源 {}");
pub(super) const BY_BOTH: Phrase = Phrase::new("account, by {} and {}", "账户，来源 {} 和 {}");
pub(super) const OF_KEYS_BY: Phrase = Phrase::new("the account's keys", "账户的密钥");
pub(super) const OF_KEYS: Phrase = Phrase::new("keys", "密钥");
pub(super) const OF_LEDGER: Phrase = Phrase::new("this program's own ledger", "本程序的账本");
pub(super) const OWN_LEDGER: Phrase = Phrase::new("own ledger", "账本");
pub(super) const OWN_LEDGER_ALL_KEYS: Phrase =
    Phrase::new("own ledger, all keys", "账本，不分密钥");
pub(super) const OF_LEDGER_ALL_KEYS: Phrase = Phrase::new(
    "this program's own ledger, all keys",
    "本程序的账本，不分密钥",
);
pub(super) const ONLY_THIS_PROGRAM: Phrase = Phrase::new("this program only", "仅本程序");
pub(super) const FROM_TO: Phrase = Phrase::new("{} to {} (UTC)", "{} 至 {}（UTC）");
pub(super) const FROM_TO_SHORT: Phrase = Phrase::new("{} to {}", "{} 至 {}");
pub(super) const KNOWN_FROM: Phrase = Phrase::new("known from {}", "已知自 {} 起");
pub(super) const SINCE: Phrase = Phrase::new("since {}", "自 {} 起");
pub(super) const COMPLETED_DAYS: Phrase =
    Phrase::new("{} completed days (UTC)", "{} 个已结束的日子（UTC）");
pub(super) const COMPLETED_DAYS_SHORT: Phrase =
    Phrase::new("{} completed days", "{} 个已结束的日子");
pub(super) const AS_OF: Phrase = Phrase::new("as of {}", "截至 {}");
pub(super) const OPEN_COSTS: Phrase = Phrase::new("cost still open: {}", "费用未知：{}");
pub(super) const STILL_OPEN: Phrase = Phrase::new("open: {}", "未知：{}");
pub(super) const LATEST: Phrase = Phrase::new("the latest {}", "最近 {} 次");
pub(super) const KEPT: Phrase = Phrase::new("kept list", "已存列表");
pub(super) const LIVE: Phrase = Phrase::new("live", "实时");
pub(super) const PER_MILLION: Phrase = Phrase::new("USD per million tokens", "美元/百万 token");
pub(super) const PER_M: Phrase = Phrase::new("USD/M tokens", "美元/百万");
pub(super) const JOBS_WITH_FEE: Phrase = Phrase::new("jobs with the fee", "任务含手续费");
pub(super) const WITH_FEE: Phrase = Phrase::new("jobs + fee", "含手续费");
pub(super) const DIRECT_FROM: Phrase = Phrase::new(
    "direct: a snapshot of vendors' pages ≥ {}",
    "直连：厂商网页快照 ≥ {}",
);
pub(super) const DIRECT_FROM_SHORT: Phrase =
    Phrase::new("direct: snapshot ≥ {}", "直连：快照 ≥ {}");
pub(super) const DIRECT: Phrase = Phrase::new("direct", "直连");
pub(super) const DIRECT_OF: Phrase = Phrase::new(
    "{} $/M, a snapshot, {} or later",
    "{} $/M（快照，不早于 {}）",
);
pub(super) const NO_PROVIDERS: Phrase = Phrase::new(
    "providers are told for 30 days only (r)",
    "供应商只有 30 天内的数据（r）",
);
pub(super) const LATE_PROVIDERS: Phrase =
    Phrase::new("providers: last {} days only", "供应商仅限最近 {} 天");
pub(super) const TODAY: Phrase = Phrase::new("today (UTC)", "今天（UTC）");
pub(super) const LAST_DAYS: Phrase = Phrase::new("{} days (UTC)", "{} 天（UTC）");
pub(super) const LAST_DAYS_SHORT: Phrase = Phrase::new("{} days", "{} 天");
pub(super) const ON_DAY: Phrase = Phrase::new("{} (UTC)", "{}（UTC）");

pub(super) const HEAD_DAY: Phrase = Phrase::new("day (UTC)", "日期（UTC）");
pub(super) const HEAD_MODEL: Phrase = Phrase::new("model", "模型");
pub(super) const HEAD_PROVIDER: Phrase = Phrase::new("provider", "供应商");
pub(super) const HEAD_KEY: Phrase = Phrase::new("key", "密钥");
pub(super) const HEAD_COST: Phrase = Phrase::new("cost", "花费");
pub(super) const HEAD_SHARE: Phrase = Phrase::new("share", "占比");
pub(super) const HEAD_REQUESTS: Phrase = Phrase::new("requests", "请求");
pub(super) const HEAD_IN: Phrase = Phrase::new("tokens in", "输入");
pub(super) const HEAD_OUT: Phrase = Phrase::new("out", "输出");
pub(super) const HEAD_BLENDED: Phrase = Phrase::new("$/M tokens", "每百万 token");
pub(super) const HEAD_BYOK: Phrase = Phrase::new("own keys", "自带密钥");
pub(super) const HEAD_TIME: Phrase = Phrase::new("time (UTC)", "时间（UTC）");
pub(super) const HEAD_OUTCOME: Phrase = Phrase::new("outcome", "结果");
pub(super) const HEAD_REASON: Phrase = Phrase::new("reason", "原因");
pub(super) const HEAD_PURPOSE: Phrase = Phrase::new("for", "用途");
pub(super) const HEAD_LIMIT: Phrase = Phrase::new("limit left", "剩余限额");
pub(super) const HEAD_MONTH: Phrase = Phrase::new("this month", "本月");
pub(super) const HEAD_PROMPT_PRICE: Phrase = Phrase::new("in $/M", "输入 $/M");
pub(super) const HEAD_ANSWER_PRICE: Phrase = Phrase::new("out $/M", "输出 $/M");
pub(super) const HEAD_CACHE_PRICE: Phrase = Phrase::new("cached $/M", "缓存 $/M");
pub(super) const HEAD_REQUEST_PRICE: Phrase = Phrase::new("a request", "每次请求");
pub(super) const HEAD_DIRECT: Phrase = Phrase::new("direct $/M", "直连 $/M");
pub(super) const HEAD_LEFT: Phrase = Phrase::new("left today", "今日剩余");
pub(super) const HEAD_SMALL: Phrase = Phrase::new("small job", "小任务");
pub(super) const HEAD_LARGE: Phrase = Phrase::new("large job", "大任务");
pub(super) const HEAD_A_MONTH: Phrase = Phrase::new("my month", "我的一个月");

pub(super) const UNKNOWN_PROVIDER: Phrase = Phrase::new("(not told)", "（未知）");
pub(super) const DISABLED: Phrase = Phrase::new("{} (disabled)", "{}（已停用）");

pub(super) const LOADING: Phrase = Phrase::new("asking the server", "正在查询服务器");
pub(super) const ASKING: Phrase = Phrase::new("asking…", "查询中…");
pub(super) const NO_KEY: Phrase = Phrase::new(
    "No key is in use here yet: the wizard (1) brings one.",
    "这里还没有使用密钥：按 1 打开设置向导。",
);
pub(super) const NEEDS_MANAGEMENT: Phrase = Phrase::new(
    "OpenRouter tells balance, days and keys to a management key only. Put one in OPENROUTER_MANAGEMENT_KEY (never in a \
     project's .env); m opens the page that makes one.",
    "OpenRouter 只向管理密钥提供余额、每日花费和密钥列表。请把它放进 OPENROUTER_MANAGEMENT_KEY（不要写进项目的 .env）；\
     按 m 打开创建页面。",
);
pub(super) const NOT_OPENROUTER: Phrase = Phrase::new(
    "This server is not OpenRouter and tells no figures. What this program asked of it stands below.",
    "该服务器不是 OpenRouter，不提供这些数据。下面是本程序向它发出的请求。",
);
pub(super) const NOTHING_SPENT: Phrase =
    Phrase::new("Nothing was spent in these days.", "这些天没有花费。");
pub(super) const NOTHING_SPENT_UNTIL: Phrase = Phrase::new(
    "Nothing was spent up to {} (UTC), the last day that is told.",
    "截至 {}（UTC）没有花费；之后的日子尚无数据。",
);
pub(super) const NOTHING_ON_THAT: Phrase = Phrase::new(
    "Nothing was spent on that in the days that are told.",
    "在有数据的日子里，这一项没有花费。",
);
pub(super) const SPEND_UNKNOWN: Phrase = Phrase::new(
    "What the account spent is not known: the server has not told it.",
    "账户的花费未知：没有从服务器得到数据。",
);
pub(super) const SPEND_ASKED: Phrase = Phrase::new(
    "What the account spent is being asked for.",
    "正在查询账户的花费。",
);
pub(super) const KEYS_UNKNOWN: Phrase = Phrase::new(
    "The account's keys and what they spent are not known: the server has not told them.",
    "账户的密钥及其花费未知：没有从服务器得到数据。",
);
pub(super) const ACCOUNT_WITHOUT_KEYS: Phrase =
    Phrase::new("The account has no keys.", "账户没有密钥。");
pub(super) const NO_ACCOUNT: Phrase = Phrase::new(
    "This server is not OpenRouter and tells nothing of an account.",
    "该服务器不是 OpenRouter，不提供账户数据。",
);
pub(super) const LEDGER_EMPTY: Phrase = Phrase::new(
    "This program's own ledger holds nothing of these days.",
    "本程序的账本中没有这些天的请求。",
);
pub(super) const NOT_IN_LEDGER: Phrase = Phrase::new(
    "This program's own ledger holds no such request.",
    "本程序的账本中没有这样的请求。",
);
pub(super) const UNKNOWN_DAYS: Phrase = Phrase::new(
    "Nothing is known of these days: the figures were learned before them.",
    "这些天的数据未知：现有数据更早。",
);
pub(super) const TODAY_UNTOLD: Phrase = Phrase::new(
    "The server tells days once they are over; today stands in the key's card above.",
    "服务器只提供已结束的日子；今天的花费见上方的密钥卡片。",
);
pub(super) const ONLY_THE_SUM: Phrase = Phrase::new(
    "Of today only the sum is told so far; models and providers follow once the day is over.",
    "今天目前只有合计；模型和供应商要等这一天结束后才有数据。",
);
pub(super) const NO_LIST: Phrase = Phrase::new(
    "The list of models is not at hand: nothing can be held against other models' prices.",
    "没有取得模型列表，无法与其他模型的价格比较。",
);
pub(super) const NO_REQUESTS: Phrase = Phrase::new(
    "This program has made no such request. Other programs' requests are told by nobody.",
    "本程序没有发出过这样的请求。其他程序的单次请求无处可查。",
);
pub(super) const NO_REMARKS: Phrase = Phrase::new(
    "Nothing worth a dollar a month was found.",
    "没有发现每月能省下一美元以上的地方。",
);
pub(super) const NO_REVIEW: Phrase = Phrase::new(
    "Nothing was spent yet that is known here: neither by the account's days, which a management key tells, nor by \
     this program.",
    "这里还没有已知的花费：既没有账户的每日数据（需管理密钥），也没有本程序的请求。",
);
pub(super) const NO_PRICES: Phrase = Phrase::new(
    "The list of models is not at hand yet.",
    "还没有取得模型列表。",
);
pub(super) const NO_MATCH: Phrase =
    Phrase::new("Nothing has that in its name.", "没有匹配的条目。");
pub(super) const NO_DAYS_BY_KEY: Phrase = Phrase::new(
    "The days of single keys are not told here.",
    "这里没有各密钥的每日数据。",
);

pub(super) const BALANCE: Phrase = Phrase::new("balance", "余额");
pub(super) const BALANCE_OF: Phrase = Phrase::new("{} of {} bought", "{}，累计充值 {}");
pub(super) const PACE: Phrase = Phrase::new("pace", "速度");
pub(super) const PACE_OF: Phrase = Phrase::new("{} a day", "每天 {}");
pub(super) const KEY: Phrase = Phrase::new("this key", "此密钥");
pub(super) const RUNS_OUT: Phrase = Phrase::new("runs out", "用完");
pub(super) const MONTH: Phrase = Phrase::new("month", "本月");
pub(super) const MONTH_OF: Phrase = Phrase::new("{} so far", "至今 {}");
pub(super) const MONTH_AGAINST: Phrase = Phrase::new("a month ago about {}", "上月同期约 {}");
pub(super) const MONTH_COMES_TO: Phrase = Phrase::new("comes to about {}", "全月约 {}");
pub(super) const LIMIT: Phrase = Phrase::new("limit", "限额");
pub(super) const NO_LIMIT: Phrase = Phrase::new("none", "无");
pub(super) const LEFT_UNKNOWN: Phrase = Phrase::new("{}, left: not known", "{}，剩余未知");
pub(super) const LEFT_OF: Phrase = Phrase::new("{} left of {}", "剩余 {}，共 {}");
pub(super) const RESETS: Phrase = Phrase::new("resets", "重置");
pub(super) const SPENT: Phrase = Phrase::new("spent", "花费");
pub(super) const SPENT_TODAY: Phrase = Phrase::new("{} today", "今日 {}");
pub(super) const SPENT_WEEK: Phrase = Phrase::new("{} week", "本周 {}");
pub(super) const SPENT_THAT_WEEK: Phrase = Phrase::new("{} that week", "当周 {}");
pub(super) const SPENT_MONTH: Phrase = Phrase::new("{} month", "本月 {}");
pub(super) const SPENT_IN: Phrase = Phrase::new("{} in {}", "{}（{}）");
pub(super) const SPENT_ON: Phrase = Phrase::new("{} on {}", "{}（{}）");
pub(super) const SPENT_EVER: Phrase = Phrase::new("{} ever", "累计 {}");
pub(super) const OWN_KEYS: Phrase = Phrase::new("own keys", "自带密钥");
pub(super) const OWN_KEYS_OF: Phrase = Phrase::new("{} apart from these", "{}，不计入以上");
pub(super) const EXPIRES: Phrase = Phrase::new("expires", "到期");
pub(super) const FREE_TODAY: Phrase = Phrase::new("free", "免费");
pub(super) const FREE_TODAY_OF: Phrase = Phrase::new("{} of {}, {} left", "已用 {}/{}，剩余 {}");
pub(super) const FREE_ON: Phrase = Phrase::new("{} of {} on {}", "{}/{}（{}）");
pub(super) const MIDNIGHT: Phrase = Phrase::new("00:00 UTC ({} here)", "00:00 UTC（本地 {}）");
pub(super) const MIDNIGHT_UTC: Phrase = Phrase::new("00:00 UTC", "00:00 UTC");
pub(super) const CARD_KEY: Phrase = Phrase::new("Key {}", "密钥 {}");
pub(super) const CARD_ACCOUNT: Phrase = Phrase::new("Account", "账户");
pub(super) const OLDER: Phrase = Phrase::new(" · older figures", "（以下为较早的数据）");
pub(super) const WHAT_TO_DO: Phrase = Phrase::new(" · t: what to do", " · t：怎么办");
pub(super) const MISSING: Phrase = Phrase::new("{}: {}", "{}：{}");
pub(super) const MORE_ALERTS: Phrase = Phrase::new(" (a lists {} more)", "（按 a 查看另外 {} 条）");
pub(super) const PART_KEY: Phrase = Phrase::new("Key", "密钥");
pub(super) const PART_ACCOUNT: Phrase = Phrase::new("Balance", "余额");
pub(super) const PART_DAYS: Phrase = Phrase::new("Days", "每日数据");
pub(super) const PART_KEYS: Phrase = Phrase::new("The account's keys", "账户的密钥");
pub(super) const PART_ANALYTICS: Phrase =
    Phrase::new("Today and the days further back", "今日与更早的数据");
pub(super) const PART_MODELS: Phrase = Phrase::new("Models and prices", "模型与价格");
pub(super) const PART_LEDGER: Phrase = Phrase::new("Ledger", "账本");
pub(super) const SET_ASIDE: Phrase = Phrase::new(
    "The ledger was damaged and begins anew; the old file: {}",
    "账本已损坏，已重新开始；旧文件：{}",
);
pub(super) const FIND: Phrase = Phrase::new("find: ", "查找：");
pub(super) const ALERTS: Phrase = Phrase::new("Alerts", "提醒");
pub(super) const NO_ALERTS: Phrase = Phrase::new("No alert is raised.", "没有提醒。");

pub(super) const CALL_OF_SANDBOX: Phrase =
    Phrase::new("SANDBOX, not real: {}", "沙盒，模拟数据：{}");

pub(super) const EXPORT: Phrase = Phrase::new("export", "导出");
pub(super) const EXPORT_LATER: Phrase = Phrase::new(
    "the figures are still on their way: export them in a moment",
    "数据还在获取中，请稍后再导出",
);
pub(super) const EXPORT_TITLE: Phrase = Phrase::new("Export the figures", "导出数据");
pub(super) const EXPORT_WHAT: Phrase = Phrase::new(
    "The days on show, the account's and this program's own, into a new file in this folder. No key is in it.",
    "把当前显示的日期（账户的与本程序的）写入此文件夹中的新文件。文件中不含密钥。",
);
pub(super) const EXPORT_CSV: Phrase = Phrase::new(
    "CSV: one row a day, model and provider",
    "CSV：按天、模型和供应商逐行",
);
pub(super) const EXPORT_JSON: Phrase = Phrase::new(
    "JSON: everything, as onramp usage --json",
    "JSON：全部内容，与 onramp usage --json 相同",
);
pub(super) const EXPORTED: Phrase = Phrase::new("written to {}", "已写入 {}");

pub(super) const UP: Phrase = Phrase::new("up", "向上");
pub(super) const DOWN: Phrase = Phrase::new("choose", "选择");
pub(super) const TAKE: Phrase = Phrase::new("use this model", "改用这个模型");
pub(super) const OPEN: Phrase = Phrase::new("open", "打开");
pub(super) const BACK: Phrase = Phrase::new("back", "返回");
pub(super) const NEXT_VIEW: Phrase = Phrase::new("next table", "下一个表");
pub(super) const PREVIOUS_VIEW: Phrase = Phrase::new("table before", "上一个表");
pub(super) const RANGE: Phrase = Phrase::new("range", "时间范围");
pub(super) const SOURCE: Phrase = Phrase::new("account/ledger", "账户/账本");
pub(super) const SEARCH: Phrase = Phrase::new("find", "查找");
pub(super) const REFRESH: Phrase = Phrase::new("refresh", "刷新");
pub(super) const SHOW_TROUBLE: Phrase = Phrase::new("what to do", "怎么办");
pub(super) const TROUBLE: Phrase = Phrase::new("What is wrong", "出了什么问题");
pub(super) const SHOW_ALERTS: Phrase = Phrase::new("alerts", "提醒");
pub(super) const MANAGEMENT: Phrase = Phrase::new("make a management key", "创建管理密钥");
pub(super) const PAGE_UP: Phrase = Phrase::new("page up", "上翻");
pub(super) const PAGE_DOWN: Phrase = Phrase::new("page down", "下翻");
