//! Base URLs and wishes with which no request is sent.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::text::Phrase;

const WRITE_WHOLE: Remedy = Remedy::Advice(Phrase::new(
    "Write it whole: https://, the host, and the API's path",
    "写完整：https://、主机名和 API 的路径",
));

pub(in crate::diagnosis) static NOT_A_URL: Trouble = Trouble {
    id: "base-url-invalid",
    title: Phrase::new(
        "The base URL is not a web address",
        "基础地址不是有效的网址",
    ),
    cause: Phrase::new(
        "The base URL is where requests go; this one cannot be read as an address. Nothing was sent.",
        "基础地址决定请求发往哪里，而它不是可识别的网址。没有发送任何内容。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[Remedy::EditUrl, Remedy::OpenRouterUrl, WRITE_WHOLE],
    links: &[],
};

pub(in crate::diagnosis) static SCHEME: Trouble = Trouble {
    id: "base-url-scheme",
    title: Phrase::new(
        "The base URL begins with neither https:// nor http://",
        "基础地址不以 https:// 或 http:// 开头",
    ),
    cause: Phrase::new(
        "The API speaks only these two. Nothing was sent.",
        "API 只支持这两种协议。没有发送任何内容。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[Remedy::EditUrl, Remedy::OpenRouterUrl, WRITE_WHOLE],
    links: &[],
};

pub(in crate::diagnosis) static PLAIN_HTTP: Trouble = Trouble {
    id: "base-url-plain-http",
    title: Phrase::new(
        "The base URL uses http://, which is not encrypted",
        "基础地址使用未加密的 http://",
    ),
    cause: Phrase::new(
        "Over http:// anyone on the way can read the key, so it is sent like that to this machine only. \
         Nothing was sent.",
        "通过 http:// 传输时，途中任何人都能读到密钥，因此只允许发往本机。没有发送任何内容。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Write https:// instead of http://",
            "把 http:// 改成 https://",
        )),
        Remedy::OpenRouterUrl,
        Remedy::Advice(Phrase::new(
            "For a server in your own network, use a tunnel such as ssh -L and a localhost address",
            "如果服务器在您自己的网络里，请用 ssh -L 等隧道和 localhost 地址",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static CREDENTIALS: Trouble = Trouble {
    id: "base-url-credentials",
    title: Phrase::new(
        "The base URL has a name or password in it",
        "基础地址里含有用户名或密码",
    ),
    cause: Phrase::new(
        "Addresses end up in logs and on screens, so secrets do not belong in them. Nothing was sent.",
        "地址会出现在日志和屏幕上，不应包含机密信息。没有发送任何内容。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Take the part before the @ out of the base URL",
            "去掉基础地址中 @ 之前的部分",
        )),
        Remedy::AnotherKey(Phrase::new(
            "Store the secret as the key instead",
            "改为把它存为密钥",
        )),
        Remedy::OpenRouterUrl,
    ],
    links: &[],
};

pub(in crate::diagnosis) static NAMED_BY_FILE: Trouble = Trouble {
    id: "base-url-named-by-file",
    title: Phrase::new(
        "A file of this project wants your key sent to another server",
        "本项目的文件要求把您的密钥发往其他服务器",
    ),
    cause: Phrase::new(
        "The base URL stands in a .env file of the project, and the key comes from elsewhere. A key of yours goes to \
         a far server only when you name it yourself. Nothing was sent.",
        "基础地址写在项目的 .env 文件中，而密钥来自别处。只有您亲自指定，您的密钥才会发往外部服务器。没有发送任何内容。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "If you trust that server, name it: --base-url, or OPENROUTER_API_BASE in the shell",
            "如果信任该服务器，请亲自指定：使用 --base-url，或在终端中设置 OPENROUTER_API_BASE",
        )),
        Remedy::EditUrl,
        Remedy::OpenRouterUrl,
        Remedy::Advice(Phrase::new(
            "Else take the base URL out of the file",
            "否则请从文件中删除该基础地址",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static IGNORED: Trouble = Trouble {
    id: "setting-ignored",
    title: Phrase::new(
        "A setting of the network cannot be used",
        "有一项网络设置无法使用",
    ),
    cause: Phrase::new(
        "A variable says how this machine reaches the web, and what it says cannot be used. Everything goes as if it \
         were not set.",
        "有环境变量规定了如何联网，但它的值无法使用，因此等于没有设置。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[Remedy::Advice(Phrase::new(
        "Mend the variable, or unset it: a proxy is http://host:port (or https, socks5h, socks4a), a file of \
             authorities is in PEM form",
        "改正该变量或取消设置：代理写成 http://主机:端口（或 https、socks5h、socks4a），证书文件为 PEM 格式",
    ))],
    links: &[],
};

pub(in crate::diagnosis) static WRONG_PATH: Trouble = Trouble {
    id: "base-url-wrong-path",
    title: Phrase::new(
        "The base URL lacks the API's path",
        "基础地址缺少 API 的路径",
    ),
    cause: Phrase::new(
        "At the base URL there is no API; at another path of the same host there is. Programs append /chat/completions \
         to it, so the path up to there belongs into it: for OpenRouter it ends in /api/v1.",
        "基础地址处没有 API，但同一主机的另一路径上有。程序会在其后追加 /chat/completions，因此要写全此前的路径；OpenRouter 的地址以 /api/v1 结尾。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[Remedy::RightUrl, Remedy::EditUrl, WRITE_WHOLE],
    links: &[],
};

pub(in crate::diagnosis) static CANNOT_LISTEN: Trouble = Trouble {
    id: "cannot-listen",
    title: Phrase::new(
        "This machine gives no port to listen on",
        "本机没有可监听的端口",
    ),
    cause: Phrase::new(
        "Another program may hold the port, or a rule of this machine forbids it.",
        "端口可能被其他程序占用，或被本机规则禁止。",
    ),
    kind: TroubleKind::Network,
    remedies: &[Remedy::Advice(Phrase::new(
        "Choose another port, or none to take any free one",
        "换一个端口，或不指定以使用任意空闲端口",
    ))],
    links: &[],
};

pub(in crate::diagnosis) static NOT_PRIVATE: Trouble = Trouble {
    id: "privacy-not-promised",
    title: Phrase::new(
        "This server cannot promise what becomes of your question",
        "此服务器无法保证如何处理您的问题",
    ),
    cause: Phrase::new(
        "Zero data retention and no training are wishes that only OpenRouter fulfils; this server is none. Nothing \
         was sent.",
        "零数据保留和不用于训练只有 OpenRouter 能满足，而此服务器不是。没有发送任何内容。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::OpenRouterUrl,
        Remedy::Advice(Phrase::new(
            "Or ask without that wish: /set privacy in the chat, or no --zdr and --no-data-collection",
            "或不提此要求：在对话中输入 /set privacy，或去掉 --zdr 和 --no-data-collection",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static NOT_BOUNDED: Trouble = Trouble {
    id: "price-not-promised",
    title: Phrase::new(
        "This server keeps no bound on the price",
        "此服务器不遵守价格上限",
    ),
    cause: Phrase::new(
        "A highest price is a wish that only OpenRouter fulfils; this server is none, and might charge more. Nothing \
         was sent.",
        "价格上限只有 OpenRouter 能满足，而此服务器不是，可能收取更高费用。没有发送任何内容。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::OpenRouterUrl,
        Remedy::Advice(Phrase::new(
            "Or ask without that wish: /set max-price in the chat, or no --max-price",
            "或不设上限：在对话中输入 /set max-price，或去掉 --max-price",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &NOT_PRIVATE,
    &NOT_BOUNDED,
    &NOT_A_URL,
    &SCHEME,
    &PLAIN_HTTP,
    &CREDENTIALS,
    &NAMED_BY_FILE,
    &IGNORED,
    &WRONG_PATH,
    &CANNOT_LISTEN,
];
