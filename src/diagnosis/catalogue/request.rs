//! Requests that cannot be served as they stand: too long, too large, malformed.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const SMALLER: Remedy = Remedy::Advice(Phrase::new(
    "Send less: fewer or smaller files and images",
    "减少发送的内容：少附文件和图像，或缩小它们",
));
const DOCS: Remedy = Remedy::Open(
    Phrase::new("Look at the documentation", "查看文档"),
    Page::Docs,
);

pub(in crate::diagnosis) static CONTEXT_TOO_LONG: Trouble = Trouble {
    id: "context-too-long",
    title: Phrase::new(
        "Prompt and answer do not fit into the model's context",
        "提示词加回答超出了模型的上下文长度",
    ),
    cause: Phrase::new(
        "A model can hold only so many tokens: the conversation so far, attached files and the answer \
         together.",
        "模型能容纳的 token 数有限：已有的对话、附带的文件和回答合在一起计算。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::ShorterAnswer,
        Remedy::Advice(Phrase::new(
            "Send less: begin a new conversation, attach fewer files",
            "减少发送的内容：新开对话，少附文件",
        )),
        Remedy::OfferedModels,
        Remedy::Run(
            Phrase::new(
                "Choose a model with a longer context",
                "选择上下文更长的模型",
            ),
            "onramp models --sort context",
        ),
    ],
    links: &[Page::Models],
};

pub(in crate::diagnosis) static MAX_TOKENS: Trouble = Trouble {
    id: "max-tokens-too-large",
    title: Phrase::new(
        "The model cannot answer at that length",
        "模型无法给出这么长的回答",
    ),
    cause: Phrase::new(
        "max_tokens asks for a longer answer than this model can give.",
        "max_tokens 超过了这个模型的回答长度上限。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::LowerMaxTokens,
        Remedy::Advice(Phrase::new(
            "Or leave max_tokens out",
            "或不设置 max_tokens",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static BAD_PARAMETER: Trouble = Trouble {
    id: "bad-parameter",
    title: Phrase::new(
        "A parameter of the request was not accepted",
        "请求中的某个参数不被接受",
    ),
    cause: Phrase::new(
        "The model or the server does not know this parameter, or does not accept its value.",
        "模型或服务器不支持这个参数，或不支持这个取值。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Leave the named parameter out or change its value",
            "去掉所提到的参数，或修改它的值",
        )),
        Remedy::Advice(Phrase::new(
            "On a server other than OpenRouter, leave out what only OpenRouter knows",
            "如果服务器不是 OpenRouter，请去掉 OpenRouter 特有的参数",
        )),
    ],
    links: &[Page::Docs],
};

pub(in crate::diagnosis) static BAD_REQUEST: Trouble = Trouble {
    id: "bad-request",
    title: Phrase::new(
        "The server did not accept the request",
        "服务器没有接受这个请求",
    ),
    cause: Phrase::new(
        "Something in the request is missing or wrong.",
        "请求里缺少某项内容，或某项内容不正确。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Change what the server names",
            "按服务器指出的内容修改请求",
        )),
        DOCS,
    ],
    links: &[Page::Docs],
};

pub(in crate::diagnosis) static UNPROCESSABLE: Trouble = Trouble {
    id: "unprocessable",
    title: Phrase::new(
        "The server cannot work with this request",
        "服务器无法处理这个请求",
    ),
    cause: Phrase::new(
        "The request is well formed, but its contents do not go together or do not suit the model.",
        "请求的格式正确，但内容自相矛盾，或不适合这个模型。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Leave out unusual parameters, tools or attachments and try again",
            "去掉不常用的参数、工具或附件后重试",
        )),
        Remedy::Run(
            Phrase::new("Choose another model", "选择其他模型"),
            "onramp models",
        ),
    ],
    links: &[Page::Docs],
};

pub(in crate::diagnosis) static PAYLOAD: Trouble = Trouble {
    id: "payload-too-large",
    title: Phrase::new("The request is too large", "请求太大"),
    cause: Phrase::new(
        "The server, or a gateway before it, does not take requests of this size.",
        "服务器或它前面的网关不接受这么大的请求。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[SMALLER],
    links: &[],
};

pub(in crate::diagnosis) static BAD_IMAGE: Trouble = Trouble {
    id: "bad-image",
    title: Phrase::new("An image could not be used", "有一张图像无法使用"),
    cause: Phrase::new(
        "It is damaged, too large or too small, of an unsupported format, or cannot be downloaded.",
        "图像损坏、过大或过小、格式不受支持，或无法下载。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Send it as a PNG or JPEG file of moderate size",
            "改用大小适中的 PNG 或 JPEG 文件",
        )),
        Remedy::Advice(Phrase::new(
            "Send the file itself rather than a link",
            "直接发送文件，不要发送链接",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static NOT_FOUND: Trouble = Trouble {
    id: "not-found",
    title: Phrase::new(
        "The server does not have what was asked for",
        "服务器上没有所请求的内容",
    ),
    cause: Phrase::new(
        "It may have been deleted, or may not be ready yet: facts about an answer come a second or two after \
         it. Or the base URL is not that of an API.",
        "它可能已被删除，或尚未就绪：回答的相关数据会晚一两秒出现。也可能是基础地址不是 API 的地址。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Retry(2),
        Remedy::Run(
            Phrase::new("See where requests go", "查看请求发往哪里"),
            "onramp check",
        ),
    ],
    links: &[],
};

pub(in crate::diagnosis) static CONFLICT: Trouble = Trouble {
    id: "conflict",
    title: Phrase::new(
        "The server was given two changes that do not agree",
        "服务器同时收到了互相冲突的改动",
    ),
    cause: Phrase::new(
        "Somebody else, or another program, changed the same thing at the same time. This change was not made.",
        "有其他人或其他程序同时改动了同一项。此次改动没有生效。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[Remedy::Retry(2)],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &CONTEXT_TOO_LONG,
    &MAX_TOKENS,
    &BAD_PARAMETER,
    &BAD_REQUEST,
    &UNPROCESSABLE,
    &PAYLOAD,
    &BAD_IMAGE,
    &NOT_FOUND,
    &CONFLICT,
];
