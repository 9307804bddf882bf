//! Troubles of the server or of the provider behind it.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const OTHER_MODEL: Remedy = Remedy::Run(
    Phrase::new("Choose another model", "选择其他模型"),
    "onramp models",
);

pub(in crate::diagnosis) static PROVIDER_DOWN: Trouble = Trouble {
    id: "provider-down",
    title: Phrase::new("The model's provider is down", "模型的供应商出现故障"),
    cause: Phrase::new(
        "The provider did not answer, or answered with something that OpenRouter could not use.",
        "供应商没有回应，或给出了 OpenRouter 无法使用的回应。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(5), Remedy::OfferedModels, OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) static OVERLOADED: Trouble = Trouble {
    id: "overloaded",
    title: Phrase::new(
        "The model is overloaded or out of service for now",
        "模型暂时过载或不可用",
    ),
    cause: Phrase::new(
        "No provider can take the request at the moment. It usually passes within minutes.",
        "目前没有供应商能接受请求，通常几分钟内会恢复。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(20), Remedy::OfferedModels, OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) static LOADING: Trouble = Trouble {
    id: "model-loading",
    title: Phrase::new(
        "The server is still loading the model",
        "服务器仍在加载模型",
    ),
    cause: Phrase::new(
        "It answers once the model is in memory: seconds to minutes, by its size.",
        "模型载入内存后才能作答，视大小需要几秒到几分钟。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(10)],
    links: &[],
};

pub(in crate::diagnosis) static TIMEOUT: Trouble = Trouble {
    id: "timeout",
    title: Phrase::new(
        "The server waited too long for the model",
        "服务器等待模型超时",
    ),
    cause: Phrase::new(
        "The provider is slow, or the answer would have been very long.",
        "供应商响应缓慢，或回答会非常长。",
    ),
    kind: TroubleKind::Server,
    remedies: &[
        Remedy::Retry(5),
        Remedy::OfferedModels,
        Remedy::Advice(Phrase::new(
            "Ask for less at once: a shorter prompt or a shorter answer",
            "一次少要一些：缩短提示词或回答",
        )),
        OTHER_MODEL,
    ],
    links: &[],
};

pub(in crate::diagnosis) static SERVER_ERROR: Trouble = Trouble {
    id: "server-error",
    title: Phrase::new("Something broke inside the server", "服务器内部出错"),
    cause: Phrase::new(
        "The fault is on the server's side; your request may be fine.",
        "问题出在服务器一侧，您的请求可能没有问题。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(10), Remedy::OfferedModels, OTHER_MODEL],
    links: &[Page::Discord],
};

pub(in crate::diagnosis) static OUT_OF_SERVICE: Trouble = Trouble {
    id: "out-of-service",
    title: Phrase::new(
        "The server is out of service for now",
        "服务器暂时无法提供服务",
    ),
    cause: Phrase::new(
        "The fault is on the server's side; no model was asked, and your key and request may be fine. It usually passes within minutes.",
        "问题出在服务器一侧；没有请求任何模型，您的密钥和请求可能没有问题。通常几分钟内会恢复。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(20)],
    links: &[Page::Discord],
};

pub(in crate::diagnosis) static STREAM_ERROR: Trouble = Trouble {
    id: "stream-error",
    title: Phrase::new(
        "The provider failed in the middle of the answer",
        "供应商在回答途中出错",
    ),
    cause: Phrase::new(
        "The answer had begun well, then the server sent an error instead of the rest.",
        "回答正常开始，但服务器随后发来错误，没有发完其余内容。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(2), Remedy::OfferedModels, OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &PROVIDER_DOWN,
    &OVERLOADED,
    &LOADING,
    &TIMEOUT,
    &SERVER_ERROR,
    &OUT_OF_SERVICE,
    &STREAM_ERROR,
];
