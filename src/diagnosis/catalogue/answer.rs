//! Answers that are not what an API answers: pages, redirects, nothing, broken streams.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const WHERE_TO: Remedy = Remedy::Run(
    Phrase::new("See where requests go", "查看请求发往哪里"),
    "onramp check",
);
const PORTAL: Remedy = Remedy::Advice(Phrase::new(
    "Open any page in the browser and sign in to the network, if it asks",
    "在浏览器中打开任意网页，如有提示请登录网络",
));
const WITH_PATH: Remedy = Remedy::Advice(Phrase::new(
    "End the base URL with the API's path: /api/v1 at OpenRouter, /v1 at most other servers",
    "基础地址要以 API 的路径结尾：OpenRouter 是 /api/v1，多数其他服务器是 /v1",
));

pub(in crate::diagnosis) static NOT_THIS_API: Trouble = Trouble {
    id: "not-this-api",
    title: Phrase::new("There is no API at this address", "这个地址上没有 API"),
    cause: Phrase::new(
        "The host answers, but not as an API does: most likely the base URL lacks its path, such as /api/v1.",
        "主机有回应，但不是 API 的回应：很可能基础地址缺少路径，例如 /api/v1。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[Remedy::EditUrl, Remedy::OpenRouterUrl, WITH_PATH, WHERE_TO],
    links: &[],
};

pub(in crate::diagnosis) static REDIRECTED: Trouble = Trouble {
    id: "redirected",
    title: Phrase::new(
        "The server points to another address",
        "服务器指向了另一个地址",
    ),
    cause: Phrase::new(
        "A key is sent only to the address that was set, so the request did not follow. The base URL is out of \
         date, or the network wants you to sign in.",
        "密钥只发往所设置的地址，因此请求没有跟随跳转。可能是基础地址已过时，或网络要求先登录。",
    ),
    kind: TroubleKind::Network,
    remedies: &[PORTAL, Remedy::Retry(0), Remedy::EditUrl, WHERE_TO],
    links: &[],
};

pub(in crate::diagnosis) static CAPTIVE_PORTAL: Trouble = Trouble {
    id: "captive-portal",
    title: Phrase::new(
        "This network wants you to sign in first",
        "当前网络要求先登录",
    ),
    cause: Phrase::new(
        "Instead of the API a sign-in page answered, as in hotels, on trains or in offices.",
        "回应的是登录页面而不是 API，常见于酒店、列车或办公网络。",
    ),
    kind: TroubleKind::Network,
    remedies: &[PORTAL, Remedy::Retry(0)],
    links: &[],
};

pub(in crate::diagnosis) static HTML_PAGE: Trouble = Trouble {
    id: "html-instead-of-json",
    title: Phrase::new(
        "A web page came instead of an answer",
        "收到的是网页，而不是 API 的回应",
    ),
    cause: Phrase::new(
        "Either the network puts a page of its own in between, or the base URL leads to a website rather than an \
         API.",
        "可能是网络插入了自己的页面，或基础地址指向的是网站而不是 API。",
    ),
    kind: TroubleKind::Network,
    remedies: &[PORTAL, Remedy::EditUrl, WITH_PATH, WHERE_TO],
    links: &[],
};

pub(in crate::diagnosis) static GATEWAY_BLOCKED: Trouble = Trouble {
    id: "gateway-blocked",
    title: Phrase::new(
        "A gateway on the way blocked the request",
        "途中的网关拦截了请求",
    ),
    cause: Phrase::new(
        "The page does not come from the API but from a shield before it, a company filter or a VPN.",
        "这个页面不是 API 的回应，而是来自前端防护、公司过滤系统或 VPN。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Try without the VPN or proxy, or on another network",
            "不用 VPN 或代理，或换一个网络再试",
        )),
        Remedy::Advice(Phrase::new(
            "In a company, ask for this host to be allowed",
            "如果在公司网络内，请申请放行该主机",
        )),
        Remedy::Retry(60),
    ],
    links: &[],
};

pub(in crate::diagnosis) static GATEWAY_ERROR: Trouble = Trouble {
    id: "gateway-error",
    title: Phrase::new(
        "The gateway before the server answered with an error page",
        "服务器前面的网关返回了错误页面",
    ),
    cause: Phrase::new(
        "The gateway is up and the server behind it is not, or it did not answer in time.",
        "网关正常，但它后面的服务器不可用，或没有及时回应。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(20)],
    links: &[Page::Discord],
};

pub(in crate::diagnosis) static EMPTY: Trouble = Trouble {
    id: "empty-answer",
    title: Phrase::new("The answer was empty", "回应是空的"),
    cause: Phrase::new(
        "The server, or something on the way, closed its answer without saying anything.",
        "服务器或途中的某个环节没有返回任何内容就结束了。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(5), WHERE_TO],
    links: &[],
};

pub(in crate::diagnosis) static MISSHAPEN: Trouble = Trouble {
    id: "misshapen-answer",
    title: Phrase::new(
        "The answer does not look like this API's",
        "回应不符合这个 API 的格式",
    ),
    cause: Phrase::new(
        "Another program may answer at this address, or the server has changed.",
        "这个地址上可能是别的程序，或服务器已有变化。",
    ),
    kind: TroubleKind::Server,
    remedies: &[WHERE_TO, Remedy::Retry(5), WITH_PATH],
    links: &[],
};

pub(in crate::diagnosis) static STREAM_CUT: Trouble = Trouble {
    id: "stream-cut",
    title: Phrase::new(
        "The answer broke off before its end",
        "回答没有结束就中断了",
    ),
    cause: Phrase::new(
        "The connection ended early: the network, a proxy, or the provider let go of it. The answer is \
         incomplete.",
        "连接提前断开：可能是网络、代理或供应商的原因。回答不完整。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Retry(2),
        Remedy::Advice(Phrase::new(
            "If it happens often behind a proxy, let the proxy pass streams on unbuffered",
            "如果在代理之后经常发生，请让代理不缓冲地转发数据流",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static STREAM_GARBLED: Trouble = Trouble {
    id: "stream-garbled",
    title: Phrase::new(
        "The answer cannot be read any further",
        "后面的回答无法解读",
    ),
    cause: Phrase::new(
        "In the middle of the answer the server sent something that belongs to no answer. What came before it stands; \
         the connection is not to blame.",
        "服务器在回答中途发来了不属于回答的内容。之前收到的部分已保留；与网络连接无关。",
    ),
    kind: TroubleKind::Server,
    remedies: &[
        Remedy::Retry(2),
        Remedy::Advice(Phrase::new(
            "If it happens again, choose another model or provider",
            "如再次出现，请换用其他模型或供应商",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static STREAM_IDLE: Trouble = Trouble {
    id: "stream-idle",
    title: Phrase::new("The answer stopped arriving", "回答停在了半途"),
    cause: Phrase::new(
        "The connection stands, and nothing more comes through it. The answer is incomplete.",
        "连接还在，但不再收到任何内容。回答不完整。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Retry(2),
        Remedy::Run(
            Phrase::new("Choose another model", "选择其他模型"),
            "onramp models",
        ),
    ],
    links: &[],
};

const OTHER_MODEL: Remedy = Remedy::Run(
    Phrase::new("Or ask another model", "或换一个模型"),
    "onramp models",
);

pub(in crate::diagnosis) static WORDLESS: Trouble = Trouble {
    id: "wordless-answer",
    title: Phrase::new("The answer holds no text", "回答中没有文字"),
    cause: Phrase::new(
        "The model ended without a word. What it took, if anything, is told beside it.",
        "模型没有给出任何文字就结束了。如有费用，会在旁边显示。",
    ),
    kind: TroubleKind::Server,
    remedies: &[Remedy::Retry(5), OTHER_MODEL],
    links: &[],
};

pub(in crate::diagnosis) static NO_CODE: Trouble = Trouble {
    id: "answer-without-code",
    title: Phrase::new("The answer holds no such code", "回答中没有所需的代码"),
    cause: Phrase::new(
        "The model answered otherwise than it was asked to. Its answer is not lost: it is shown here. No file \
         was written.",
        "模型没有按要求回答。它的回答不会丢失，已显示在这里。没有写入任何文件。",
    ),
    kind: TroubleKind::Server,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Ask again, and say which code you want and in which file it belongs",
            "重新提问，说明需要什么代码、放在哪个文件",
        )),
        OTHER_MODEL,
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &WORDLESS,
    &NO_CODE,
    &NOT_THIS_API,
    &REDIRECTED,
    &CAPTIVE_PORTAL,
    &HTML_PAGE,
    &GATEWAY_BLOCKED,
    &GATEWAY_ERROR,
    &EMPTY,
    &MISSHAPEN,
    &STREAM_CUT,
    &STREAM_GARBLED,
    &STREAM_IDLE,
];
