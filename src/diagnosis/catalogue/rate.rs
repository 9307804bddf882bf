//! Too many requests for now. Source of the figures: section 6.6 of the API fact sheet, "Rate limits".

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const OTHER_MODEL: Remedy = Remedy::Run(
    Phrase::new("Choose another model", "选择其他模型"),
    "onramp models",
);
const FEWER: Remedy = Remedy::Advice(Phrase::new(
    "Send fewer requests at the same time",
    "减少同时发送的请求",
));

pub(in crate::diagnosis) static FREE_PER_MINUTE: Trouble = Trouble {
    id: "free-per-minute",
    title: Phrase::new(
        "Too many free requests in this minute",
        "这一分钟内的免费请求过多",
    ),
    cause: Phrase::new(
        "An account may send 20 requests a minute to free models; all its keys share them.",
        "每个账户每分钟可向免费模型发送 20 个请求，所有密钥共用。",
    ),
    kind: TroubleKind::RateLimited,
    remedies: &[Remedy::Retry(60), Remedy::OfferedPaidModels],
    links: &[],
};

pub(in crate::diagnosis) static FREE_PER_DAY: Trouble = Trouble {
    id: "free-per-day",
    title: Phrase::new(
        "Today's free requests are used up",
        "今天的免费请求次数已用完",
    ),
    cause: Phrase::new(
        "An account may send 50 requests a day to free models, 1,000 once it has ever bought $10 of credits; all \
         its keys share them, so another key does not help. The count starts anew at 00:00 UTC.",
        "每个账户每天可向免费模型发送 50 个请求，累计充值满 10 美元后为 1,000 个；所有密钥共用，换密钥没有用。计数在 00:00 UTC 重新开始。",
    ),
    kind: TroubleKind::RateLimited,
    remedies: &[
        Remedy::OfferedPaidModels,
        Remedy::Open(
            Phrase::new(
                "Buy $10 of credits once for 1,000 free requests a day",
                "累计充值 10 美元，每天可用 1,000 次免费请求",
            ),
            Page::Credits,
        ),
        Remedy::Advice(Phrase::new(
            "Or go on after 00:00 UTC",
            "或在 00:00 UTC 之后继续",
        )),
    ],
    links: &[Page::Credits],
};

pub(in crate::diagnosis) static PROVIDER_LIMIT: Trouble = Trouble {
    id: "provider-rate-limited",
    title: Phrase::new(
        "The model's provider takes no more requests for now",
        "模型的供应商暂时不再接受请求",
    ),
    cause: Phrase::new(
        "The limit is the provider's, shared by everyone who calls this model there. It is not yours.",
        "这是供应商的限制，由所有调用该模型的人共用，并非您的限额。",
    ),
    kind: TroubleKind::RateLimited,
    remedies: &[Remedy::Retry(10), Remedy::OfferedModels, OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) static CAPACITY: Trouble = Trouble {
    id: "capacity",
    title: Phrase::new(
        "All providers of this model are busy",
        "这个模型的所有供应商都已满负荷",
    ),
    cause: Phrase::new(
        "There are more requests for this model than its providers can serve at the moment.",
        "目前对这个模型的请求超出了供应商的处理能力。",
    ),
    kind: TroubleKind::RateLimited,
    remedies: &[Remedy::Retry(20), Remedy::OfferedModels, OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) static RATE_LIMITED: Trouble = Trouble {
    id: "rate-limited",
    title: Phrase::new("Too many requests for now", "请求过于频繁"),
    cause: Phrase::new(
        "The server or a gateway before it limits how many requests it takes within a given time.",
        "服务器或它前面的网关限制了一段时间内的请求数量。",
    ),
    kind: TroubleKind::RateLimited,
    remedies: &[Remedy::Retry(20), Remedy::OfferedModels, FEWER],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &FREE_PER_MINUTE,
    &FREE_PER_DAY,
    &PROVIDER_LIMIT,
    &CAPACITY,
    &RATE_LIMITED,
];
