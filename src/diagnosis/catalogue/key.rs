//! Troubles with the key itself, and with signing in for one.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::page::Page;
use crate::text::Phrase;

const SIGN_IN: Remedy = Remedy::SignIn(Phrase::new(
    "Sign in with the browser for a new key",
    "用浏览器登录，获取新密钥",
));
const OTHER_KEY: Remedy = Remedy::AnotherKey(Phrase::new("Use another key", "换一个密钥"));
const COPY_AGAIN: Remedy = Remedy::AnotherKey(Phrase::new(
    "Copy the key again, whole, and enter it",
    "重新完整复制密钥并输入",
));
const COMPARE: Remedy = Remedy::Open(
    Phrase::new(
        "Compare it with the list of your keys",
        "与您的密钥列表核对",
    ),
    Page::Keys,
);
const NEW_KEY: Remedy = Remedy::Open(
    Phrase::new("Make a new key on the keys page", "在密钥页面创建新密钥"),
    Page::Keys,
);

pub(in crate::diagnosis) static NO_KEY: Trouble = Trouble {
    id: "no-key",
    title: Phrase::new("There is no API key yet", "还没有 API 密钥"),
    cause: Phrase::new(
        "No key was found on the command line, in the environment, in a .env file or in onramp's own store.",
        "命令行、环境变量、.env 文件和 onramp 自己的存储里都没有找到密钥。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::SignIn(Phrase::new("Sign in with the browser", "用浏览器登录")),
        Remedy::AnotherKey(Phrase::new("Enter a key you have", "输入已有的密钥")),
        Remedy::Run(
            Phrase::new(
                "Try without an account, on a simulated server",
                "没有账户也可先用模拟服务器试用",
            ),
            "onramp sandbox",
        ),
    ],
    links: &[Page::Keys, Page::SignUp],
};

pub(in crate::diagnosis) static KEY_WANTED: Trouble = Trouble {
    id: "key-wanted",
    title: Phrase::new("This server wants a key", "该服务器需要密钥"),
    cause: Phrase::new(
        "No key is set, so it was asked without one, as a server of one's own often allows. This one does not.",
        "没有设置密钥，所以请求未带密钥。自建服务器常常允许这样做，但该服务器不允许。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::AnotherKey(Phrase::new(
            "Give it a key of that server",
            "填入该服务器的密钥",
        )),
        Remedy::EditUrl,
    ],
    links: &[],
};

pub(in crate::diagnosis) static PLACEHOLDER_KEY: Trouble = Trouble {
    id: "placeholder-key",
    title: Phrase::new("The key is still a placeholder", "密钥还是模板里的占位符"),
    cause: Phrase::new(
        "The value was copied from an example and stands where a real key belongs.",
        "这个值来自示例，需要换成真正的密钥。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        SIGN_IN,
        Remedy::AnotherKey(Phrase::new("Enter a real key", "输入真正的密钥")),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static MALFORMED_KEY: Trouble = Trouble {
    id: "malformed-key",
    title: Phrase::new(
        "This does not look like an OpenRouter key",
        "这不像 OpenRouter 的密钥",
    ),
    cause: Phrase::new(
        "An OpenRouter key is sk-or-v1- and 64 characters after it, 73 in all, and nothing around them. A part may \
         be missing, or it may have been pasted twice. It was not sent.",
        "OpenRouter 密钥是 sk-or-v1- 加 64 个字符，共 73 个，前后没有其他内容。可能缺了一部分，或粘贴了两次。密钥没有被发送。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[COPY_AGAIN, SIGN_IN, NEW_KEY],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static OTHER_VENDOR_KEY: Trouble = Trouble {
    id: "other-vendor-key",
    title: Phrase::new("This key belongs to another service", "这是其他服务的密钥"),
    cause: Phrase::new(
        "A service takes only its own keys; OpenRouter's begin with sk-or-. This one was not sent.",
        "每个服务只接受自己的密钥；OpenRouter 的密钥以 sk-or- 开头。这个密钥没有被发送。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::AnotherKey(Phrase::new(
            "Use a key of the server that is set",
            "改用当前服务器自己的密钥",
        )),
        SIGN_IN,
        Remedy::Advice(Phrase::new(
            "Keep the other service's key under its own name, such as OPENAI_API_KEY",
            "其他服务的密钥请用它自己的变量名，例如 OPENAI_API_KEY",
        )),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static MANAGEMENT_KEY: Trouble = Trouble {
    id: "management-key-for-inference",
    title: Phrase::new(
        "This is a management key; it cannot call models",
        "这是管理密钥，不能调用模型",
    ),
    cause: Phrase::new(
        "A management key creates and limits other keys. Programs need an ordinary API key, and a management \
         key does not belong in a project's .env.",
        "管理密钥用来创建和限制其他密钥。程序需要普通的 API 密钥，管理密钥也不应写进项目的 .env。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::AnotherKey(Phrase::new(
            "Use an ordinary API key",
            "改用普通的 API 密钥",
        )),
        SIGN_IN,
        NEW_KEY,
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static NO_MANAGEMENT_KEY: Trouble = Trouble {
    id: "no-management-key",
    title: Phrase::new("There is no management key", "没有管理密钥"),
    cause: Phrase::new(
        "Keys are listed, made, limited and deleted by a management key, which is made on the web only. It \
         can do anything with the account's keys, so it does not belong in a project's .env.",
        "列出、创建、限制和删除密钥都需要管理密钥，它只能在网页上创建。它能操作账户的所有密钥，因此不应写进项目的 .env。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::Open(
            Phrase::new("Create a management key", "创建管理密钥"),
            Page::ManagementKeys,
        ),
        Remedy::Run(
            Phrase::new("Keep it outside of any project", "保存在项目之外"),
            "onramp login --management",
        ),
        Remedy::Advice(Phrase::new(
            "Or export it as OPENROUTER_MANAGEMENT_KEY in the shell that starts onramp",
            "或在启动 onramp 的终端中导出为 OPENROUTER_MANAGEMENT_KEY",
        )),
        Remedy::Run(
            Phrase::new(
                "Try it without an account, with simulated keys",
                "没有账户也可先用模拟的密钥试用",
            ),
            "onramp keys list --sandbox",
        ),
    ],
    links: &[Page::ManagementKeys],
};

pub(in crate::diagnosis) static KEY_GONE: Trouble = Trouble {
    id: "key-gone",
    title: Phrase::new("This key does not exist any more", "这个密钥已不存在"),
    cause: Phrase::new(
        "It was deleted meanwhile, on the web or by another program. Nothing was changed.",
        "它已在网页上或被其他程序删除。没有做任何改动。",
    ),
    kind: TroubleKind::Refused,
    remedies: &[
        Remedy::Run(
            Phrase::new("See which keys there are", "查看现有的密钥"),
            "onramp keys list",
        ),
        COMPARE,
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static NOT_A_MANAGEMENT_KEY: Trouble = Trouble {
    id: "not-a-management-key",
    title: Phrase::new("This needs a management key", "此操作需要管理密钥"),
    cause: Phrase::new(
        "An ordinary API key cannot read the account's balance or manage keys. OPENROUTER_MANAGEMENT_KEY is \
         the place of a management key.",
        "普通的 API 密钥不能查询账户余额，也不能管理密钥。OPENROUTER_MANAGEMENT_KEY 应填管理密钥。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::Open(
            Phrase::new("Create a management key", "创建管理密钥"),
            Page::ManagementKeys,
        ),
        Remedy::Open(
            Phrase::new(
                "See the account's figures on the web instead",
                "改在网页上查看账户数据",
            ),
            Page::Activity,
        ),
    ],
    links: &[Page::ManagementKeys],
};

pub(in crate::diagnosis) static KEY_REFUSED: Trouble = Trouble {
    id: "key-refused",
    title: Phrase::new("The server refused this key", "服务器拒绝了这个密钥"),
    cause: Phrase::new(
        "The server does not know the key: it was deleted, copied incompletely, or belongs to another service.",
        "服务器不认识这个密钥：它可能已被删除、复制不完整，或属于其他服务。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[COPY_AGAIN, SIGN_IN, COMPARE],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static KEY_DISABLED: Trouble = Trouble {
    id: "key-disabled",
    title: Phrase::new("This key is switched off", "这个密钥已被停用"),
    cause: Phrase::new(
        "The key exists, but its owner or an administrator disabled it.",
        "密钥存在，但已被所有者或管理员停用。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::Open(
            Phrase::new("Switch it on again on the keys page", "在密钥页面重新启用"),
            Page::Keys,
        ),
        OTHER_KEY,
        SIGN_IN,
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static KEY_EXPIRED: Trouble = Trouble {
    id: "key-expired",
    title: Phrase::new("This key has expired", "这个密钥已过期"),
    cause: Phrase::new(
        "The key was made with an end date. That date has passed, and it cannot be moved.",
        "密钥创建时设有到期日，现已过期，且不能延长。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[SIGN_IN, NEW_KEY, OTHER_KEY],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static NO_AUTH_SENT: Trouble = Trouble {
    id: "no-auth-sent",
    title: Phrase::new("The request arrived without a key", "请求到达时没有带密钥"),
    cause: Phrase::new(
        "The server saw no Authorization header: the key is empty, or a proxy or gateway on the way \
         removed the header.",
        "服务器没有收到 Authorization 请求头：密钥为空，或途中的代理、网关去掉了它。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::Run(
            Phrase::new(
                "See which key is used and where it comes from",
                "查看使用的是哪个密钥、来自哪里",
            ),
            "onramp check",
        ),
        Remedy::AnotherKey(Phrase::new("Enter the key again", "重新输入密钥")),
        Remedy::Advice(Phrase::new(
            "If a gateway stands in between, let it pass the Authorization header on",
            "如果中间有网关，请让它转发 Authorization 请求头",
        )),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static KEY_NOT_ALLOWED: Trouble = Trouble {
    id: "key-not-allowed",
    title: Phrase::new("This key is not allowed to do that", "这个密钥没有此权限"),
    cause: Phrase::new(
        "The server knows the key, and its permissions do not cover this request.",
        "服务器认识这个密钥，但它的权限不包括这个请求。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::Open(
            Phrase::new(
                "Look at the key's settings on the keys page",
                "在密钥页面查看它的设置",
            ),
            Page::Keys,
        ),
        OTHER_KEY,
        Remedy::Advice(Phrase::new(
            "In an organisation, ask an administrator",
            "如果属于某个组织，请询问管理员",
        )),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static SIGN_IN_EXPIRED: Trouble = Trouble {
    id: "sign-in-code-expired",
    title: Phrase::new("The sign-in code has expired", "登录验证码已过期"),
    cause: Phrase::new(
        "A code is valid for ten minutes and works once.",
        "验证码十分钟内有效，且只能使用一次。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[Remedy::SignIn(Phrase::new("Sign in again", "重新登录"))],
    links: &[],
};

pub(in crate::diagnosis) static SIGN_IN_REFUSED: Trouble = Trouble {
    id: "sign-in-code-refused",
    title: Phrase::new("The sign-in code was refused", "登录验证码被拒绝"),
    cause: Phrase::new(
        "The code was used already, was copied incompletely, or belongs to another sign-in.",
        "验证码已被使用、复制不完整，或属于另一次登录。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::SignIn(Phrase::new("Sign in again", "重新登录")),
        Remedy::AnotherKey(Phrase::new("Enter a key you have", "输入已有的密钥")),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) static SIGN_IN_DENIED: Trouble = Trouble {
    id: "sign-in-denied",
    title: Phrase::new(
        "The sign-in was declined in the browser",
        "浏览器中的登录请求被拒绝",
    ),
    cause: Phrase::new(
        "Access was declined on the page, or the account has no right to create keys. No key was made.",
        "网页上选择了拒绝，或该账户无权创建密钥。没有创建密钥。",
    ),
    kind: TroubleKind::Auth,
    remedies: &[
        Remedy::SignIn(Phrase::new("Sign in again", "重新登录")),
        Remedy::AnotherKey(Phrase::new("Enter a key you have", "输入已有的密钥")),
    ],
    links: &[Page::Keys],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &NO_KEY,
    &KEY_WANTED,
    &PLACEHOLDER_KEY,
    &MALFORMED_KEY,
    &OTHER_VENDOR_KEY,
    &MANAGEMENT_KEY,
    &NO_MANAGEMENT_KEY,
    &NOT_A_MANAGEMENT_KEY,
    &KEY_GONE,
    &KEY_REFUSED,
    &KEY_DISABLED,
    &KEY_EXPIRED,
    &NO_AUTH_SENT,
    &KEY_NOT_ALLOWED,
    &SIGN_IN_EXPIRED,
    &SIGN_IN_REFUSED,
    &SIGN_IN_DENIED,
];
