//! No connection: names, addresses, proxies, silence.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::text::Phrase;

const CHECK_NETWORK: Remedy = Remedy::Advice(Phrase::new(
    "See whether this machine is online: does a page open in the browser?",
    "检查是否联网：浏览器能打开网页吗",
));
const SET_PROXY: Remedy = Remedy::WithoutProxy(Phrase::new(
    "If your network needs a proxy, set HTTPS_PROXY",
    "如果您的网络需要代理，请设置 HTTPS_PROXY",
));
/// With `socks4://` and `socks5://` this machine looks the name up, with an `h` or an `a` behind it the proxy does.
const PROXY_LOOKS_UP: Remedy = Remedy::OfLocalSocks(Phrase::new(
    "Let the proxy look the name up: write its address with socks5h:// (for SOCKS4 socks4a://)",
    "让代理来解析域名：把代理地址写成 socks5h://（SOCKS4 用 socks4a://）",
));
const CHECK_PROXY: Remedy = Remedy::Advice(Phrase::new(
    "See whether HTTPS_PROXY or ALL_PROXY names the right address and port",
    "检查 HTTPS_PROXY 或 ALL_PROXY 的地址和端口是否正确",
));
const NO_PROXY: Remedy = Remedy::Advice(Phrase::new(
    "If no proxy is needed, unset these variables or name the host in NO_PROXY",
    "如果不需要代理，请取消这些变量，或把主机加入 NO_PROXY",
));
const OTHER_NETWORK: Remedy = Remedy::Advice(Phrase::new(
    "If it happens every time, try another network, with or without the VPN or proxy",
    "如果每次都这样，请换一个网络，或开关 VPN、代理后再试",
));
const CHECK: Remedy = Remedy::Run(
    Phrase::new("Test the way step by step", "逐步检测连接"),
    "onramp check --full",
);

pub(in crate::diagnosis) static DNS: Trouble = Trouble {
    id: "dns",
    title: Phrase::new("The host name cannot be found", "找不到主机名"),
    cause: Phrase::new(
        "This machine is offline, its name server does not answer, or the name in the base URL is mistyped.",
        "本机没有联网，DNS 服务器没有回应，或基础地址里的主机名有误。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        PROXY_LOOKS_UP,
        CHECK_NETWORK,
        Remedy::EditUrl,
        SET_PROXY,
        Remedy::Retry(5),
    ],
    links: &[],
};

pub(in crate::diagnosis) static REFUSED: Trouble = Trouble {
    id: "connection-refused",
    title: Phrase::new(
        "Nothing listens at this address",
        "这个地址上没有服务在监听",
    ),
    cause: Phrase::new(
        "The machine is there and refuses the connection: the server is not running, the port is wrong, or a \
         firewall says no.",
        "目标机器拒绝了连接：服务没有运行，端口有误，或被防火墙拒绝。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::EditUrl,
        Remedy::Advice(Phrase::new(
            "If it is a server of your own, start it, and compare its port with the base URL",
            "如果是您自己的服务器，请启动它，并核对端口与基础地址",
        )),
        CHECK,
        Remedy::Retry(5),
    ],
    links: &[],
};

pub(in crate::diagnosis) static CONNECT_TIMEOUT: Trouble = Trouble {
    id: "connect-timeout",
    title: Phrase::new(
        "No connection within the time allowed",
        "未能在限定时间内建立连接",
    ),
    cause: Phrase::new(
        "Nothing came back, not even a refusal: a firewall drops the packets, or the network is very slow.",
        "没有任何回应，连拒绝也没有：防火墙丢弃了数据包，或网络非常慢。",
    ),
    kind: TroubleKind::Network,
    remedies: &[CHECK_NETWORK, SET_PROXY, Remedy::Retry(5), CHECK],
    links: &[],
};

pub(in crate::diagnosis) static HANDSHAKE_SILENT: Trouble = Trouble {
    id: "handshake-silent",
    title: Phrase::new(
        "Connected, and then silence before the encryption began",
        "已连接，但加密握手没有得到回应",
    ),
    cause: Phrase::new(
        "The way to the server stands, and nobody answered the greeting that begins the encryption: a firewall or \
         filter swallows it, the port belongs to something that speaks no TLS, or the server is overloaded.",
        "到服务器的连接已建立，但没有人回应 TLS 握手：可能被防火墙或过滤软件拦截，该端口不提供 TLS，或服务器过载。",
    ),
    kind: TroubleKind::Network,
    remedies: &[Remedy::Retry(5), OTHER_NETWORK, Remedy::EditUrl, CHECK],
    links: &[],
};

pub(in crate::diagnosis) static FIRST_BYTE: Trouble = Trouble {
    id: "first-byte-timeout",
    title: Phrase::new("Connected, and then silence", "已连接，但没有任何回应"),
    cause: Phrase::new(
        "The connection stands and no answer came within the time allowed: a server or a model that is busy, or a \
         proxy that keeps the answer back.",
        "连接已建立，但在限定时间内没有收到回应：可能是服务器或模型繁忙，或代理扣住了回应。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Retry(5),
        CHECK,
        Remedy::Run(
            Phrase::new(
                "Where only an answer is slow, choose a faster model",
                "如果只是回答慢，选择更快的模型",
            ),
            "onramp models",
        ),
    ],
    links: &[],
};

pub(in crate::diagnosis) static RESET: Trouble = Trouble {
    id: "connection-reset",
    title: Phrase::new("The connection was closed on the way", "连接在途中被断开"),
    cause: Phrase::new(
        "The server, a proxy or a firewall closed it before the answer was complete.",
        "服务器、代理或防火墙在回应完成之前断开了连接。",
    ),
    kind: TroubleKind::Network,
    remedies: &[Remedy::Retry(5), OTHER_NETWORK, CHECK],
    links: &[],
};

pub(in crate::diagnosis) static OTHER: Trouble = Trouble {
    id: "network-error",
    title: Phrase::new("The network failed", "网络出错"),
    cause: Phrase::new(
        "The request did not get through; the system's own words say more.",
        "请求没有送达，详情见系统的原话。",
    ),
    kind: TroubleKind::Network,
    remedies: &[CHECK, CHECK_NETWORK, Remedy::Retry(5)],
    links: &[],
};

pub(in crate::diagnosis) static PROXY_UNREACHABLE: Trouble = Trouble {
    id: "proxy-unreachable",
    title: Phrase::new("The proxy cannot be reached", "无法连接代理"),
    cause: Phrase::new(
        "This machine is set up to reach the web through a proxy, and the proxy does not answer.",
        "本机设置为通过代理上网，但代理没有回应。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Start the proxy, if it runs on this machine",
            "如果代理运行在本机，请启动它",
        )),
        CHECK_PROXY,
        NO_PROXY,
    ],
    links: &[],
};

pub(in crate::diagnosis) static PROXY_SILENT: Trouble = Trouble {
    id: "proxy-silent",
    title: Phrase::new(
        "The proxy takes the connection and then says nothing",
        "代理接受了连接，但没有任何回应",
    ),
    cause: Phrase::new(
        "Something listens at the proxy's address, but does not lead to the server within the time allowed: it hangs, \
         it waits for the server in vain, or it is no proxy of this kind.",
        "代理地址上有程序在监听，但在限定时间内没有接通服务器：它可能卡住了，自己也连不上服务器，或不是这一类代理。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Restart the proxy, and see whether it reaches other sites",
            "重启代理，并看看它能否访问其他网站",
        )),
        CHECK_PROXY,
        NO_PROXY,
        Remedy::Retry(5),
    ],
    links: &[],
};

pub(in crate::diagnosis) static PROXY_FAILED: Trouble = Trouble {
    id: "proxy-failed",
    title: Phrase::new(
        "The proxy did not let the request through",
        "代理没有放行请求",
    ),
    cause: Phrase::new(
        "The proxy answers, but does not connect to this host: its rules forbid it, or it cannot reach the host \
         itself.",
        "代理有回应，但没有连接到该主机：可能被它的规则禁止，或它自己也无法访问。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Let the proxy allow this host and port",
            "让代理放行该主机和端口",
        )),
        CHECK_PROXY,
        NO_PROXY,
    ],
    links: &[],
};

pub(in crate::diagnosis) static PROXY_AUTH: Trouble = Trouble {
    id: "proxy-auth",
    title: Phrase::new(
        "The proxy wants a name and a password",
        "代理要求用户名和密码",
    ),
    cause: Phrase::new(
        "The proxy serves only those who sign in, and takes no name and password that it was given (HTTP says 407).",
        "代理需要认证才能使用，而它没有接受所给的用户名和密码（HTTP 代理返回 407）。",
    ),
    kind: TroubleKind::Network,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Put them into the proxy's address, or see whether those in it are right: \
             http://name:password@host:port, with SOCKS socks5h://name:password@host:port",
            "把它们写进代理地址，或检查已写的是否正确：http://用户名:密码@主机:端口，SOCKS 则为 socks5h://用户名:密码@主机:端口",
        )),
        NO_PROXY,
    ],
    links: &[],
};

pub(in crate::diagnosis) static NOT_HTTP: Trouble = Trouble {
    id: "not-http",
    title: Phrase::new(
        "Something other than a web server answers at this address",
        "该地址上应答的不是网页服务器",
    ),
    cause: Phrase::new(
        "A connection was made, but what came back is no answer by HTTP: the port belongs to another program, or something \
         on the way spoils it.",
        "连接已建立，但返回的内容不是 HTTP 应答：该端口属于其他程序，或途中有设备破坏了应答。",
    ),
    kind: TroubleKind::Network,
    remedies: &[Remedy::EditUrl, Remedy::Retry(5), CHECK],
    links: &[],
};

pub(in crate::diagnosis) static SILENT_FAMILY: Trouble = Trouble {
    id: "address-family-silent",
    title: Phrase::new(
        "One kind of address leads nowhere (IPv6 or IPv4)",
        "其中一类地址不通（IPv6 或 IPv4）",
    ),
    cause: Phrase::new(
        "The name has addresses of both kinds; connections by one of them vanish without a word, by the other they are \
         made. This program takes the one that works. Others may wait for the silent one first, and look slow or stuck.",
        "该域名同时有两类地址：经由其中一类的连接毫无回应，另一类则正常。本程序会使用可用的那一类；其他程序可能先等待不通的地址，显得缓慢或卡住。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Turn off the kind that does not work on this network (often IPv6 of a VPN or router), or have it mended",
            "在当前网络中关闭不通的那一类地址（常见于 VPN 或路由器的 IPv6），或请管理员修复",
        )),
        Remedy::Retry(0),
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &DNS,
    &REFUSED,
    &CONNECT_TIMEOUT,
    &HANDSHAKE_SILENT,
    &FIRST_BYTE,
    &RESET,
    &OTHER,
    &PROXY_UNREACHABLE,
    &PROXY_SILENT,
    &PROXY_FAILED,
    &PROXY_AUTH,
    &NOT_HTTP,
    &SILENT_FAMILY,
];
