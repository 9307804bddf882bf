//! What the catalogue does not know: said honestly, told apart by who is likely to mend it.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const SEE_RAW: Remedy = Remedy::Advice(Phrase::new(
    "Look at what was seen and act on the server's own words",
    "查看收到的原始信息，按服务器的说明处理",
));
const ASK: Remedy = Remedy::Open(
    Phrase::new("Ask the community", "向社区提问"),
    Page::Discord,
);

pub(in crate::diagnosis) static REFUSAL: Trouble = Trouble {
    id: "unknown-refusal",
    title: Phrase::new(
        "The server refused the request for an unknown reason",
        "服务器拒绝了请求，原因不明",
    ),
    cause: Phrase::new(
        "onramp does not know this kind of refusal; asking again unchanged is unlikely to help.",
        "onramp 不认识这种拒绝；原样重试很可能没有用。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[SEE_RAW, ASK],
    links: &[Page::Docs],
};

pub(in crate::diagnosis) static SERVER: Trouble = Trouble {
    id: "unknown-server-error",
    title: Phrase::new(
        "The server reports an unknown error",
        "服务器报告了未知错误",
    ),
    cause: Phrase::new(
        "onramp does not know this error; it is on the server's side and may pass.",
        "onramp 不认识这个错误；问题在服务器一侧，可能会自行恢复。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(20), SEE_RAW, ASK],
    links: &[Page::Docs],
};

pub(in crate::diagnosis) static UNKNOWN: Trouble = Trouble {
    id: "unknown",
    title: Phrase::new(
        "Something came back that onramp does not know",
        "收到了 onramp 不认识的内容",
    ),
    cause: Phrase::new(
        "The answer fits no trouble in the catalogue.",
        "收到的回应不属于目录中的任何情况。",
    ),
    kind: TroubleKind::Unexpected,
    remedies: &[
        SEE_RAW,
        Remedy::Advice(Phrase::new(
            "Report it together with what was seen (secrets are masked)",
            "连同原始信息一起报告（密钥已遮蔽）",
        )),
    ],
    links: &[Page::Docs],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[&REFUSAL, &SERVER, &UNKNOWN];
