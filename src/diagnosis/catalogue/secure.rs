//! The encrypted connection: certificates, the clock they are judged by, TLS itself.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::text::Phrase;

const SET_CLOCK: Remedy = Remedy::Advice(Phrase::new(
    "Set this machine's date and time, best automatically (NTP)",
    "校准本机的日期和时间，最好启用自动同步（NTP）",
));
const OTHER_NETWORK: Remedy = Remedy::Advice(Phrase::new(
    "Try on another network, or without the VPN or proxy",
    "换一个网络，或不用 VPN、代理再试",
));
const PORTAL: Remedy = Remedy::Advice(Phrase::new(
    "Open any page in the browser and sign in to the network, if it asks",
    "在浏览器中打开任意网页，如有提示请登录网络",
));

pub(in crate::diagnosis) static UNTRUSTED: Trouble = Trouble {
    id: "certificate-untrusted",
    title: Phrase::new(
        "The server's certificate is not trusted",
        "服务器的证书不受信任",
    ),
    cause: Phrase::new(
        "Something reads the encrypted connection, as company filters and virus scanners do, or the server \
         signed its certificate itself. The key was not sent.",
        "有程序在解读加密连接（公司过滤系统和杀毒软件会这样做），或服务器使用自签名证书。密钥没有被发送。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        OTHER_NETWORK,
        Remedy::Advice(Phrase::new(
            "If you trust whoever issued it, name the authority's certificate (a PEM file) with --ca-file FILE or \
             SSL_CERT_FILE",
            "如果您信任颁发者，用 --ca-file 文件 或 SSL_CERT_FILE 指定其根证书（PEM 文件）",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static INTERCEPTED: Trouble = Trouble {
    id: "certificate-intercepted",
    title: Phrase::new(
        "A filter on the way answers with its own certificate",
        "途中的过滤系统用自己的证书作答",
    ),
    cause: Phrase::new(
        "A proxy, a company's filter or a virus scanner opens the encrypted connection and signs it anew; this program \
         does not know its authority. The key was not sent.",
        "代理、公司的过滤系统或杀毒软件解开加密连接并重新签名，而本程序不认识它的证书颁发机构。密钥没有被发送。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "If it is your company's: get its root certificate as a PEM file and name it with --ca-file FILE or SSL_CERT_FILE",
            "如果是您公司的系统：取得其根证书（PEM 文件），用 --ca-file 文件 或 SSL_CERT_FILE 指定",
        )),
        Remedy::Advice(Phrase::new(
            "Have this host left out of the inspection",
            "申请不检查该主机的连接",
        )),
        OTHER_NETWORK,
    ],
    links: &[],
};

pub(in crate::diagnosis) static EXPIRED: Trouble = Trouble {
    id: "certificate-expired",
    title: Phrase::new("The server's certificate has expired", "服务器的证书已过期"),
    cause: Phrase::new(
        "Either this machine's clock is ahead, or the certificate was not renewed. The key was not sent.",
        "可能是本机时钟偏快，或证书没有及时更新。密钥没有被发送。",
    ),
    kind: TroubleKind::Network,
    remedies: &[SET_CLOCK, OTHER_NETWORK, Remedy::Retry(60)],
    links: &[],
};

pub(in crate::diagnosis) static WRONG_NAME: Trouble = Trouble {
    id: "certificate-wrong-name",
    title: Phrase::new(
        "The certificate belongs to another host",
        "证书属于另一个主机",
    ),
    cause: Phrase::new(
        "Another machine answers under this name: a sign-in page of the network, a filter, or a mistyped base \
         URL. The key was not sent.",
        "以这个名字回应的是另一台机器：网络的登录页面、过滤系统，或基础地址有误。密钥没有被发送。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        PORTAL,
        Remedy::Run(
            Phrase::new("See where requests go", "查看请求发往哪里"),
            "onramp check",
        ),
        OTHER_NETWORK,
    ],
    links: &[],
};

pub(in crate::diagnosis) static CLOCK: Trouble = Trouble {
    id: "clock-skew",
    title: Phrase::new("This machine's clock is wrong", "本机时钟不准"),
    cause: Phrase::new(
        "Certificates, expiry dates and resets are judged by the clock: with a wrong one a good certificate seems not \
         valid yet or expired, and a wait ends too soon or too late.",
        "证书、到期日和重置时间都按时钟判断：时钟不准时，有效的证书会显得尚未生效或已过期，等待时间也会偏短或偏长。",
    ),
    kind: TroubleKind::Network,
    remedies: &[SET_CLOCK, Remedy::Retry(0)],
    links: &[],
};

pub(in crate::diagnosis) static TLS: Trouble = Trouble {
    id: "tls",
    title: Phrase::new(
        "The encrypted connection could not be made",
        "无法建立加密连接",
    ),
    cause: Phrase::new(
        "What answers there does not speak TLS as expected: plain http behind an https address, or a firewall \
         that meddles. The key was not sent.",
        "对方的 TLS 不符合预期：https 地址后面是明文 http，或防火墙干扰了连接。密钥没有被发送。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        OTHER_NETWORK,
        Remedy::Advice(Phrase::new(
            "For a server on this machine, see whether its base URL begins with http:// rather than https://",
            "如果是本机上的服务器，检查基础地址是否应以 http:// 而不是 https:// 开头",
        )),
        Remedy::Retry(5),
    ],
    links: &[],
};

pub(in crate::diagnosis) static PLAIN_HTTP: Trouble = Trouble {
    id: "http-to-https-port",
    title: Phrase::new(
        "The server speaks https here, the address says http",
        "服务器此处使用 https，而地址写的是 http",
    ),
    cause: Phrase::new(
        "The request came unencrypted to a port that expects encryption.",
        "请求以明文发到了需要加密的端口。",
    ),
    kind: TroubleKind::NotConfigured,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Write https:// instead of http:// in the base URL",
            "把基础地址中的 http:// 改成 https://",
        )),
        Remedy::EditUrl,
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &UNTRUSTED,
    &INTERCEPTED,
    &EXPIRED,
    &WRONG_NAME,
    &CLOCK,
    &TLS,
    &PLAIN_HTTP,
];
