//! Troubles with the chosen model: unknown, gone, or not to be had under these conditions.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const SEARCH: Remedy = Remedy::Run(
    Phrase::new("Search the list of models", "在模型列表中查找"),
    "onramp models",
);
const BROWSE: Remedy = Remedy::Open(
    Phrase::new("Look at the models on the web", "在网页上查看模型"),
    Page::Models,
);
const OTHER_MODEL: Remedy = Remedy::Run(
    Phrase::new("Choose another model", "选择其他模型"),
    "onramp models",
);

pub(in crate::diagnosis) static UNKNOWN_MODEL: Trouble = Trouble {
    id: "unknown-model",
    title: Phrase::new(
        "The server does not know this model",
        "服务器不认识这个模型",
    ),
    cause: Phrase::new(
        "OpenRouter names a model author/model, such as openai/gpt-5-mini; other servers use the bare name. \
         The name may be mistyped, or the model may be gone.",
        "OpenRouter 的模型名是“作者/模型”，例如 openai/gpt-5-mini；其他服务器只用模型名。可能是名称有误，或模型已下线。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[Remedy::OfferedModels, SEARCH, BROWSE],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static WRONG_ENDPOINT: Trouble = Trouble {
    id: "wrong-endpoint-for-model",
    title: Phrase::new(
        "This model does not answer chat requests",
        "这个模型不接受对话请求",
    ),
    cause: Phrase::new(
        "The model exists, but it is served at another address of the API: it makes images, speech or \
         embeddings, for example.",
        "模型存在，但要通过 API 的其他地址调用，例如用于生成图像、语音或向量。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::OfferedModels,
        Remedy::Run(
            Phrase::new("Choose a model that writes text", "选择生成文本的模型"),
            "onramp models",
        ),
        BROWSE,
    ],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static MODEL_RETIRED: Trouble = Trouble {
    id: "model-retired",
    title: Phrase::new("This model has been retired", "这个模型已下线"),
    cause: Phrase::new(
        "Its makers or providers no longer serve it.",
        "它的开发方或供应商已不再提供。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[Remedy::OfferedModels, OTHER_MODEL, BROWSE],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static RETIRING: Trouble = Trouble {
    id: "model-retiring",
    title: Phrase::new("This model will be retired soon", "这个模型即将下线"),
    cause: Phrase::new(
        "After its last day requests for it fail, so a project that is to live longer needs another.",
        "过了最后一天，对它的请求就会失败，长期项目需要更换模型。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[Remedy::OfferedModels, OTHER_MODEL, BROWSE],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static PAST_ITS_DAY: Trouble = Trouble {
    id: "model-past-its-day",
    title: Phrase::new("This model is past its last day", "这个模型已过服务期"),
    cause: Phrase::new(
        "It is still listed, but nothing is promised any more: requests for it may fail any time.",
        "它仍在列表中，但已不再有保证，对它的请求随时可能失败。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[Remedy::OfferedModels, OTHER_MODEL, BROWSE],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static PRIVACY: Trouble = Trouble {
    id: "privacy-restricted",
    title: Phrase::new(
        "Your privacy settings exclude every provider of this model",
        "您的隐私设置排除了这个模型的所有供应商",
    ),
    cause: Phrase::new(
        "The account, or this request, allows no provider that trains on prompts or keeps them, and this model \
         has no others. Many free models are like that.",
        "账户或这个请求不允许会用提示词训练或保留提示词的供应商，而这个模型没有其他供应商。许多免费模型都是如此。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::OfferedModels,
        Remedy::Open(
            Phrase::new("Look at the privacy settings", "查看隐私设置"),
            Page::Privacy,
        ),
        OTHER_MODEL,
    ],
    links: &[Page::Privacy],
};

pub(in crate::diagnosis) static NO_ENDPOINT: Trouble = Trouble {
    id: "no-endpoint",
    title: Phrase::new(
        "No provider offers this model right now",
        "目前没有供应商提供这个模型",
    ),
    cause: Phrase::new(
        "The model is known, but none of its providers is up, or your settings leave none.",
        "模型存在，但它的供应商都不可用，或被您的设置全部排除。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::OfferedModels,
        OTHER_MODEL,
        Remedy::Open(
            Phrase::new(
                "See whether your settings exclude its providers",
                "查看您的设置是否排除了它的供应商",
            ),
            Page::Privacy,
        ),
    ],
    links: &[Page::Models, Page::Privacy],
};

pub(in crate::diagnosis) static CONSTRAINT: Trouble = Trouble {
    id: "constraint-filtered",
    title: Phrase::new(
        "No provider of this model meets the request's conditions",
        "这个模型没有满足请求条件的供应商",
    ),
    cause: Phrase::new(
        "The request asks for something that no provider of this model has: tools or images, a price or a \
         context length, for example.",
        "请求要求了这个模型的供应商都不具备的条件，例如工具调用、图像、价格上限或上下文长度。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Loosen or leave out the condition",
            "放宽或去掉这个条件",
        )),
        Remedy::OfferedModels,
        OTHER_MODEL,
    ],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static FREE_ENDED: Trouble = Trouble {
    id: "free-variant-ended",
    title: Phrase::new(
        "The free version of this model has ended",
        "这个模型的免费版本已结束",
    ),
    cause: Phrase::new(
        "The model may still be there for money, under the same name without :free.",
        "模型本身可能仍以付费方式提供：同一名称去掉 :free。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[Remedy::FreeModel, Remedy::OfferedPaidModels, BROWSE],
    links: &[Page::Models],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &UNKNOWN_MODEL,
    &WRONG_ENDPOINT,
    &MODEL_RETIRED,
    &RETIRING,
    &PAST_ITS_DAY,
    &PRIVACY,
    &NO_ENDPOINT,
    &CONSTRAINT,
    &FREE_ENDED,
];
