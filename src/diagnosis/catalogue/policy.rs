//! Requests that a rule forbids: moderation, guardrails, content, regions.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const REWORD: Remedy = Remedy::Advice(Phrase::new(
    "Say it in other words, or leave out the part in question",
    "换一种说法，或去掉有问题的部分",
));
const OTHER_MODEL: Remedy = Remedy::Run(
    Phrase::new("Choose another model", "选择其他模型"),
    "onramp models",
);

pub(in crate::diagnosis) static MODERATION: Trouble = Trouble {
    id: "moderation",
    title: Phrase::new("Moderation stopped this request", "请求被内容审核拦截"),
    cause: Phrase::new(
        "This model's provider has every prompt checked, and this one did not pass.",
        "这个模型的供应商会审核每个提示词，而这一个没有通过。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        REWORD,
        Remedy::Run(
            Phrase::new(
                "Choose a model without moderation",
                "选择没有内容审核的模型",
            ),
            "onramp models",
        ),
    ],
    links: &[],
};

pub(in crate::diagnosis) static GUARDRAIL: Trouble = Trouble {
    id: "guardrail",
    title: Phrase::new("A guardrail stopped this request", "请求被护栏规则拦截"),
    cause: Phrase::new(
        "The account or its workspace has a rule about content, models or providers, and this request breaks it.",
        "账户或其工作区对内容、模型或供应商设有规则，而这个请求不符合规则。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        REWORD,
        Remedy::Open(
            Phrase::new("Look at the guardrails", "查看护栏规则"),
            Page::Privacy,
        ),
        Remedy::Advice(Phrase::new(
            "In an organisation, ask an administrator",
            "如果属于某个组织，请询问管理员",
        )),
    ],
    links: &[Page::Privacy],
};

pub(in crate::diagnosis) static CONTENT_POLICY: Trouble = Trouble {
    id: "content-policy",
    title: Phrase::new(
        "The provider declined this content",
        "供应商拒绝处理这些内容",
    ),
    cause: Phrase::new(
        "The prompt, or what the model was about to answer, goes against the provider's content rules.",
        "提示词或模型将要给出的回答不符合供应商的内容规定。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[REWORD, OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) static REGION: Trouble = Trouble {
    id: "region-refused",
    title: Phrase::new(
        "This model is not offered in your region",
        "您所在的地区不提供这个模型",
    ),
    cause: Phrase::new(
        "Its provider decides by the country that a request comes from. Through a proxy or VPN that may be \
         another one than yours.",
        "供应商按请求来自的国家或地区决定是否提供。使用代理或 VPN 时，这可能与您的实际位置不同。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::OfferedModels,
        OTHER_MODEL,
        Remedy::Advice(Phrase::new(
            "See which country your proxy or VPN appears to be in",
            "检查代理或 VPN 的出口国家或地区",
        )),
    ],
    links: &[Page::Models],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] =
    &[&MODERATION, &GUARDRAIL, &CONTENT_POLICY, &REGION];
