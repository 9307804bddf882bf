//! Troubles with money: the account's balance, the key's limit, budgets.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const ADD_CREDITS: Remedy = Remedy::Open(
    Phrase::new(
        "Add credits ($10 is plenty to begin with)",
        "充值（先充 10 美元就够用）",
    ),
    Page::Credits,
);
const RAISE_LIMIT: Remedy = Remedy::Open(
    Phrase::new(
        "Raise the key's limit on the keys page",
        "在密钥页面提高限额",
    ),
    Page::Keys,
);
const OTHER_KEY: Remedy = Remedy::AnotherKey(Phrase::new("Use another key", "换一个密钥"));
const CHEAPER: Remedy = Remedy::Run(
    Phrase::new("Choose a cheaper model", "选择更便宜的模型"),
    "onramp models --sort price",
);
const SHORTER_PROMPT: Remedy = Remedy::Advice(Phrase::new(
    "Send less: a shorter prompt, fewer files",
    "减少发送的内容：缩短提示词，少附文件",
));

pub(in crate::diagnosis) static CREDITS_USED_UP: Trouble = Trouble {
    id: "credits-used-up",
    title: Phrase::new("The account does not have enough credits", "账户余额不足"),
    cause: Phrase::new(
        "Paid models are charged to the account's balance, which does not cover this request.",
        "付费模型从账户余额扣费，而余额不够支付这个请求。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[ADD_CREDITS, Remedy::FreeModel],
    links: &[Page::Credits, Page::Activity],
};

pub(in crate::diagnosis) static NEVER_BOUGHT: Trouble = Trouble {
    id: "credits-never-bought",
    title: Phrase::new(
        "This account has not bought credits yet",
        "这个账户还没有充过值",
    ),
    cause: Phrase::new(
        "Paid models need credits; free models work without any.",
        "付费模型需要先充值；免费模型不需要。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[
        ADD_CREDITS,
        Remedy::FreeModel,
        Remedy::AnotherKey(Phrase::new(
            "If you did buy credits, use a key of that account or organisation",
            "如果您已充值，请使用充值的那个账户或组织的密钥",
        )),
    ],
    links: &[Page::Credits],
};

pub(in crate::diagnosis) static BALANCE_NEGATIVE: Trouble = Trouble {
    id: "balance-negative",
    title: Phrase::new("The account's balance is below zero", "账户余额为负"),
    cause: Phrase::new(
        "Requests that were still running can take a balance below zero. Until it is positive again, even \
         free models are refused.",
        "仍在运行的请求可能使余额变为负数。在余额恢复为正之前，免费模型也无法使用。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[Remedy::Open(
        Phrase::new(
            "Add credits until the balance is positive",
            "充值，使余额恢复为正",
        ),
        Page::Credits,
    )],
    links: &[Page::Credits, Page::Activity],
};

pub(in crate::diagnosis) static KEY_LIMIT: Trouble = Trouble {
    id: "key-limit-used-up",
    title: Phrase::new(
        "This key has used up its spending limit",
        "这个密钥的消费限额已用完",
    ),
    cause: Phrase::new(
        "The limit belongs to the key, not to the account: the account may still have credits.",
        "限额属于密钥而不是账户，账户里可能还有余额。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[
        RAISE_LIMIT,
        OTHER_KEY,
        Remedy::Advice(Phrase::new(
            "Or wait for the limit to reset, where it does (00:00 UTC)",
            "或等待限额重置（如设有重置，在 00:00 UTC）",
        )),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static CANNOT_AFFORD: Trouble = Trouble {
    id: "cannot-afford-max-tokens",
    title: Phrase::new(
        "The balance does not cover an answer of this length",
        "余额不够支付这么长的回答",
    ),
    cause: Phrase::new(
        "Before a request runs, its price is estimated for an answer of max_tokens; without max_tokens, for the \
         longest answer the model can give.",
        "请求运行之前，会按 max_tokens 的回答长度估算费用；没有设置 max_tokens 时，按模型能回答的最大长度估算。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[Remedy::LowerMaxTokens, ADD_CREDITS, Remedy::FreeModel],
    links: &[Page::Credits],
};

pub(in crate::diagnosis) static KEY_CANNOT_AFFORD: Trouble = Trouble {
    id: "key-limit-below-max-tokens",
    title: Phrase::new(
        "The key's limit does not cover an answer of this length",
        "密钥的限额不够支付这么长的回答",
    ),
    cause: Phrase::new(
        "Before a request runs, its price is estimated for an answer of max_tokens, and less than that is left of \
         the key's own limit. The account may have more.",
        "请求运行之前，会按 max_tokens 的回答长度估算费用，而密钥的剩余限额更少。账户里可能还有余额。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[Remedy::LowerMaxTokens, RAISE_LIMIT, OTHER_KEY],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static PROMPT_TOO_DEAR: Trouble = Trouble {
    id: "prompt-too-dear",
    title: Phrase::new(
        "The prompt alone costs more than is left",
        "仅提示词的费用就超过了剩余额度",
    ),
    cause: Phrase::new(
        "What is left of the key's limit, or of the balance, does not cover the prompt.",
        "密钥的剩余限额或账户余额不够支付提示词。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[SHORTER_PROMPT, RAISE_LIMIT, ADD_CREDITS, CHEAPER],
    links: &[Page::Keys, Page::Credits],
};

pub(in crate::diagnosis) static IN_FLIGHT_HOLD: Trouble = Trouble {
    id: "in-flight-hold",
    title: Phrase::new(
        "Running requests hold the rest of the balance",
        "运行中的请求占用了余下的余额",
    ),
    cause: Phrase::new(
        "While the balance is low, requests that run or have just ended may hold only a part of it. It is \
         released by itself.",
        "余额较低时，正在运行和刚结束的请求只能占用其中一部分，稍后会自动释放。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[
        Remedy::Retry(10),
        Remedy::Advice(Phrase::new(
            "Send fewer requests at the same time",
            "减少同时发送的请求",
        )),
        ADD_CREDITS,
    ],
    links: &[Page::Credits],
};

pub(in crate::diagnosis) static TOO_BIG_FOR_BALANCE: Trouble = Trouble {
    id: "too-big-for-balance",
    title: Phrase::new(
        "This request is too large for the balance",
        "这个请求对当前余额来说太大",
    ),
    cause: Phrase::new(
        "While the balance is low, one request may hold only a part of it. Waiting does not help.",
        "余额较低时，单个请求只能占用其中一部分，等待没有用。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[Remedy::LowerMaxTokens, SHORTER_PROMPT, ADD_CREDITS, CHEAPER],
    links: &[Page::Credits],
};

pub(in crate::diagnosis) static INSUFFICIENT_QUOTA: Trouble = Trouble {
    id: "insufficient-quota",
    title: Phrase::new(
        "The quota with this service is used up",
        "该服务的配额已用完",
    ),
    cause: Phrase::new(
        "OpenAI and similar services answer like this when the account has no money left or has reached its \
         monthly limit. Waiting does not help.",
        "OpenAI 及类似服务在账户没有余额或达到月度上限时会这样回应，等待没有用。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Add money or raise the limit on that service's billing page",
            "在该服务的账单页面充值或提高上限",
        )),
        Remedy::AnotherKey(Phrase::new(
            "Use an OpenRouter key instead",
            "改用 OpenRouter 密钥",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static BUDGET: Trouble = Trouble {
    id: "budget-used-up",
    title: Phrase::new("A spending budget is used up", "消费预算已用完"),
    cause: Phrase::new(
        "A guardrail or the workspace sets a budget for this key, and it is spent. The account may still have \
         credits.",
        "护栏规则或工作区为这个密钥设置了预算，现已用完。账户里可能还有余额。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[
        Remedy::Open(
            Phrase::new(
                "Look at the guardrails and their budgets",
                "查看护栏规则及其预算",
            ),
            Page::Privacy,
        ),
        OTHER_KEY,
        Remedy::Advice(Phrase::new(
            "Or wait for the budget to reset; in an organisation, ask an administrator to raise it",
            "或等待预算重置；如果属于某个组织，可请管理员提高预算",
        )),
    ],
    links: &[Page::Privacy],
};

pub(in crate::diagnosis) static OWN_BUDGET: Trouble = Trouble {
    id: "budget-reached",
    title: Phrase::new(
        "Your own budget for this program stops this",
        "您为本程序设置的预算拦下了此请求",
    ),
    cause: Phrase::new(
        "You set a budget for what this program spends; nothing was sent. Days and months are UTC.",
        "您设置了本程序的消费预算；没有发送任何请求。日和月按 UTC 计算。",
    ),
    kind: TroubleKind::Credits,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Send it all the same, this once: --over-budget",
            "仅此一次照样发送：--over-budget",
        )),
        Remedy::Run(
            Phrase::new("See the budget, or set another", "查看或修改预算"),
            "onramp budget",
        ),
        Remedy::Run(
            Phrase::new("Or take a free model", "或使用免费模型"),
            "onramp models --free",
        ),
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &CREDITS_USED_UP,
    &NEVER_BOUGHT,
    &BALANCE_NEGATIVE,
    &KEY_LIMIT,
    &CANNOT_AFFORD,
    &KEY_CANNOT_AFFORD,
    &PROMPT_TOO_DEAR,
    &IN_FLIGHT_HOLD,
    &TOO_BIG_FOR_BALANCE,
    &INSUFFICIENT_QUOTA,
    &BUDGET,
    &OWN_BUDGET,
];
