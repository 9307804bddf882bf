//! The wishes by their names, and what each takes.

use crate::text::Phrase;

/// One wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Temperature,
    TopP,
    Seed,
    Stop,
    Effort,
    Fallbacks,
    Sort,
    Order,
    Only,
    Ignore,
    Privacy,
    MaxPrice,
    MaxTokens,
    Budget,
}

/// A wish with the name it is set by, the API's name where a model may refuse it, and the values it takes.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) wish: Wish,
    pub(super) parameter: Option<&'static str>,
    pub(super) takes: Phrase,
}

const fn row(
    name: &'static str,
    wish: Wish,
    parameter: Option<&'static str>,
    takes: Phrase,
) -> Row {
    Row {
        name,
        wish,
        parameter,
        takes,
    }
}

const ORDER: Phrase = Phrase::new(
    "providers to try first, in this order: openai,azure",
    "优先使用的供应商，按此顺序：openai,azure",
);
const ONLY: Phrase = Phrase::new(
    "the only providers that may answer: openai,azure",
    "只使用这些供应商：openai,azure",
);
const IGNORE: Phrase = Phrase::new(
    "providers that may not answer: openai,azure",
    "不使用这些供应商：openai,azure",
);

/// The table.
pub(super) const ROWS: &[Row] = &[
    row(
        "temperature",
        Wish::Temperature,
        Some("temperature"),
        Phrase::new("0 to 2; lower is more even", "0 到 2；越低越稳定"),
    ),
    row(
        "top-p",
        Wish::TopP,
        Some("top_p"),
        Phrase::new("above 0, up to 1", "大于 0，至 1"),
    ),
    row(
        "seed",
        Wish::Seed,
        Some("seed"),
        Phrase::new("a whole number", "整数"),
    ),
    row(
        "stop-at",
        Wish::Stop,
        Some("stop"),
        Phrase::new("a text that ends the answer", "遇到即结束回答的文字"),
    ),
    row(
        "effort",
        Wish::Effort,
        Some("reasoning"),
        Phrase::new(
            "none, minimal, low, medium, high, xhigh or max",
            "none、minimal、low、medium、high、xhigh 或 max",
        ),
    ),
    row(
        "fallbacks",
        Wish::Fallbacks,
        None,
        Phrase::new(
            "up to three models that answer when this one cannot: a/b,c/d",
            "此模型不可用时使用的模型，最多三个：a/b,c/d",
        ),
    ),
    row(
        "sort",
        Wish::Sort,
        None,
        Phrase::new(
            "providers by price, throughput or latency",
            "按 price、throughput 或 latency 选择供应商",
        ),
    ),
    row("order", Wish::Order, None, ORDER),
    row("only", Wish::Only, None, ONLY),
    row("ignore", Wish::Ignore, None, IGNORE),
    row(
        "privacy",
        Wish::Privacy,
        None,
        Phrase::new(
            "no-training, or zdr: providers that keep nothing",
            "no-training（不用于训练）或 zdr（不保留数据）",
        ),
    ),
    row(
        "max-price",
        Wish::MaxPrice,
        None,
        Phrase::new(
            "USD per million tokens, read and written, such as 1,5",
            "每百万 token 的美元数，读入和写出，如 1,5",
        ),
    ),
    row(
        "max-tokens",
        Wish::MaxTokens,
        None,
        Phrase::new(
            "the longest answer, in tokens; 8192 unless you say otherwise",
            "回答的最大 token 数；默认 8192",
        ),
    ),
    row(
        "budget",
        Wish::Budget,
        None,
        Phrase::new(
            "USD that this conversation may cost at most",
            "本次对话最多花费的美元数",
        ),
    ),
];
