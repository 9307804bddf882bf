//! The phrases of the Models screen.

use crate::text::Phrase;

pub(super) const TITLE: Phrase = Phrase::new("Models", "模型");

pub(super) const UP: Phrase = Phrase::new("up", "向上");
pub(super) const DOWN: Phrase = Phrase::new("down", "向下");
pub(super) const PAGE_UP: Phrase = Phrase::new("page up", "上一页");
pub(super) const PAGE_DOWN: Phrase = Phrase::new("page down", "下一页");
pub(super) const OPEN: Phrase = Phrase::new("details", "详情");
pub(super) const BACK: Phrase = Phrase::new("back", "返回");
pub(super) const SEARCH: Phrase = Phrase::new("search", "搜索");
pub(super) const USE: Phrase = Phrase::new("use it", "设为默认");
pub(super) const ASK: Phrase = Phrase::new("ask it", "去提问");
pub(super) const VARIANTS: Phrase = Phrase::new("variants", "变体");
pub(super) const FAVOUR: Phrase = Phrase::new("favourite", "收藏");
pub(super) const REFRESH: Phrase = Phrase::new("ask again", "刷新");
pub(super) const SORT: Phrase = Phrase::new("sort", "排序");
pub(super) const FREE: Phrase = Phrase::new("free", "免费");
pub(super) const MINE: Phrase = Phrase::new("mine", "我的");
pub(super) const READS: Phrase = Phrase::new("reads", "可读");
pub(super) const HEEDS: Phrase = Phrase::new("params", "参数");
pub(super) const CONTEXT: Phrase = Phrase::new("context", "上下文");
pub(super) const PRICE: Phrase = Phrase::new("price", "价格");
pub(super) const ALL: Phrase = Phrase::new("show all", "显示全部");

pub(super) const BY_NAME: Phrase = Phrase::new("by name", "按名称");
pub(super) const BY_PRICE: Phrase = Phrase::new("by price", "按价格");
pub(super) const BY_CONTEXT: Phrase = Phrase::new("by context", "按上下文");
pub(super) const BY_AGE: Phrase = Phrase::new("new first", "最新优先");

pub(super) const FIND: Phrase = Phrase::new("find: ", "查找：");
pub(super) const LOADING: Phrase = Phrase::new("asking for the list of models", "正在获取模型列表");
pub(super) const COUNT: Phrase = Phrase::new("{} of {} models", "{} / {} 个模型");
pub(super) const AS_OF: Phrase = Phrase::new("as of {}", "截至 {}");
pub(super) const PER_MILLION: Phrase = Phrase::new(
    "prices in USD per million tokens",
    "价格为每百万 token 的美元数",
);
pub(super) const OLDER: Phrase = Phrase::new("{}; this is the list of {}", "{}；这是 {} 的列表");
pub(super) const NO_LIST: Phrase = Phrase::new(
    "There is no list of models: {}. F5 asks again.",
    "没有模型列表：{}。按 F5 重试。",
);
pub(super) const NONE_FOUND: Phrase = Phrase::new(
    "No model is like that. Esc takes search and filters back.",
    "没有符合条件的模型。按 Esc 撤销搜索和筛选。",
);
pub(super) const NONE_MINE: Phrase = Phrase::new(
    "No favourites and nothing used lately yet: * marks a favourite.",
    "还没有收藏，也没有最近用过的模型：按 * 收藏。",
);
pub(super) const EMPTY: Phrase =
    Phrase::new("This server lists no models.", "此服务器没有列出模型。");

pub(super) const IS_TAKEN: Phrase = Phrase::new("{} is in use here already", "{} 已在使用");
pub(super) const MARKED: Phrase = Phrase::new("{} is a favourite", "已收藏 {}");
pub(super) const UNMARKED: Phrase = Phrase::new("{} is no favourite any more", "已取消收藏 {}");
