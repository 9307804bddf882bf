//! What was seen when something went wrong, unjudged. `diagnosis::explain` judges.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::budget::Reached;
use super::clean_text::CleanText;
use super::ignored_setting::IgnoredSetting;
use super::leak::Leak;
use super::money::Usd;
use super::outgoing::SecretSpot;
use super::pasted_key::Stripped;
use super::routing::Promise;
use crate::text::Said;

/// How the detail of [`Symptom::StreamCut`] begins where the server sent what is no event, on a connection that lived.
pub const NO_EVENT: &str = "not an event";

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symptom {
    /// The server answered with an error it described.
    Refused(Box<Refusal>),
    /// The server answered with something that is not JSON, whatever the status.
    NotJson {
        /// HTTP status.
        status: u16,
        /// It is an HTML page.
        is_html: bool,
        /// The beginning of it, secrets masked; empty when the body was empty.
        snippet: CleanText,
        /// Whose server it was.
        whose: Whose,
    },
    /// The server answered with JSON of another shape than the endpoint's.
    Misshapen {
        /// HTTP status.
        status: u16,
        /// What did not fit, with the beginning of the body, secrets masked.
        detail: CleanText,
        /// Whose server it was.
        whose: Whose,
    },
    /// The server wants the request elsewhere; a key does not follow.
    Redirected {
        /// HTTP status.
        status: u16,
        /// The address it pointed to, without its query.
        to: CleanText,
    },
    /// No answer: the network between here and there.
    Network {
        /// What failed.
        trouble: NetworkTrouble,
        /// The host that was asked for.
        host: CleanText,
        /// The proxy in use, its password masked.
        proxy: Option<CleanText>,
        /// The system's words.
        detail: CleanText,
        /// Variables that were to say how to get there, and cannot be used.
        ignored: Vec<IgnoredSetting>,
    },
    /// The key's own facts say that its limit leaves nothing.
    LimitUsedUp {
        /// The limit, USD, where it is told.
        limit: Option<Usd>,
        /// `daily`, `weekly`, `monthly`; `None`: it never resets.
        reset: Option<CleanText>,
    },
    /// The server's clock and this machine's do not agree.
    ClockSkew {
        /// How far the server's is ahead, in seconds; negative where it is behind.
        ahead_secs: i64,
    },
    /// One family of addresses leads nowhere: connections by it are neither made nor refused.
    SilentFamily {
        /// The host, or the proxy, that was connected to.
        host: CleanText,
        /// The address that said nothing.
        silent: IpAddr,
        /// The one that answered.
        answered: IpAddr,
    },
    /// The API is not where the base URL says, and is at another path of the same host.
    WrongPath {
        /// The base URL.
        url: CleanText,
        /// Where the API answered.
        right: String,
    },
    /// The server's list of models has no such name.
    UnlistedModel {
        /// The name.
        asked: CleanText,
        /// How many models the list has.
        listed: usize,
        /// The names that come nearest, the nearest first.
        near: Vec<CleanText>,
    },
    /// A model that will be gone soon, or should be gone.
    RetiringModel {
        /// The model.
        model: CleanText,
        /// `YYYY-MM-DD`, the last day it is promised for.
        day: CleanText,
        /// Models that could follow it, the likeliest first.
        successors: Vec<CleanText>,
        /// The day is over.
        is_past: bool,
    },
    /// A stream ended before its end.
    StreamCut {
        /// The answer had begun.
        had_text: bool,
        /// How it ended: end of input, a reset, silence, garbage.
        detail: CleanText,
    },
    /// There is no key.
    NoKey,
    /// A server that may need no key was asked without one, and wants one.
    KeyWanted(Box<Refusal>),
    /// What stands where a key belongs is the placeholder of an example.
    PlaceholderKey,
    /// A key that cannot be one: of the wrong shape, or with characters that no header carries.
    MalformedKey {
        /// Its length in characters; an OpenRouter key has 73.
        chars: usize,
        /// What stands around it and does not belong to it.
        around: Vec<Stripped>,
    },
    /// A key that should not be sent: it names another vendor, or the host.
    WrongVendor {
        /// Whose key it looks like.
        vendor: &'static str,
    },
    /// A management key where an inference key belongs.
    ManagementKey,
    /// Something wants a management key, and there is none.
    NoManagementKey {
        /// The key in use is one: it stands under the name of an ordinary one.
        key_in_use_is_one: bool,
    },
    /// An ordinary key where a management key belongs. Source: `GET /key`, `is_management_key`.
    NotAManagementKey,
    /// The account has a key no more; its name.
    KeyGone(CleanText),
    /// A base URL that is not sent to: no URL, plain HTTP to a far host, credentials inside.
    BadBaseUrl {
        /// The URL, credentials masked.
        url: CleanText,
        /// What is wrong with it.
        reason: BadUrl,
    },
    /// Only a file of the project names the base URL, a far host, and the key is not from that file.
    UrlNamedByFile {
        /// The URL, credentials masked.
        url: CleanText,
        /// The file.
        path: PathBuf,
        /// Where in it, from 1.
        line: usize,
    },
    /// No port of this machine can be listened on; the system's words.
    Listen(CleanText),
    /// A file could not be read or written.
    File(FileTrouble),
    /// A key stands where others may read it.
    Leaked(Box<Leak>),
    /// The person's own budget is reached, or would be by the next request.
    BudgetReached(Reached),
    /// Secrets in what was about to be sent.
    SecretsOutgoing(Vec<SecretSpot>),
    /// A wish that must not be dropped, and a server that cannot promise it.
    NotPromised(Promise),
    /// A template of a question that cannot be used, or asks for what is not there; why.
    BadTemplate(Said),
    /// Variables that say how to reach the network, and cannot be used.
    SettingsIgnored(Vec<IgnoredSetting>),
    /// An answer without a word.
    Wordless {
        /// The tool that it called instead, which nobody offered it.
        tool: Option<CleanText>,
    },
    /// An answer without the code that was asked for.
    NoCode {
        /// Code that carries a file's name was asked for; there may be other.
        named: bool,
    },
}

/// An error as the server described it. Every field is as tolerant as section 6 of the API's
/// documentation demands: absent facts are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status, or the code inside a stream that had begun with 200.
    pub status: u16,
    /// `error.code` where it is a word (`invalid_api_key`, `insufficient_quota`).
    pub code: Option<CleanText>,
    /// The server's words; a provider's own words where the server only passed them on.
    pub message: CleanText,
    /// `error.metadata.error_type`: the stable vocabulary.
    pub error_type: Option<CleanText>,
    /// `error.metadata.limit_source`: which limit was hit.
    pub limit_source: Option<CleanText>,
    /// `error.metadata.reason` or `reasons`.
    pub reasons: Vec<CleanText>,
    /// `error.availability`, where the trouble is about a model.
    pub availability: Option<Availability>,
    /// The provider that failed.
    pub provider: Option<CleanText>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// When the limit that was hit resets.
    pub resets_at: Option<Timestamp>,
    /// It came inside a running stream.
    pub mid_stream: bool,
    /// Facts were asked for (a key's, an account's, a list), not an answer of a model.
    pub of_facts: bool,
    /// Whose server said so.
    pub whose: Whose,
    /// The body as it came, shortened, secrets masked.
    pub raw: CleanText,
}

/// Whose server it is: by its address, and on this machine by whether its answers say that they are simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// OpenRouter's, or a simulated one.
    #[default]
    OpenRouter,
    /// OpenAI's own.
    OpenAi,
    /// Anybody else's: a gateway, a server of the person's own.
    Another,
}

impl Symptom {
    /// Whose server it was met at, where the symptom knows.
    pub fn whose(&self) -> Option<Whose> {
        match self {
            Self::Refused(refusal) | Self::KeyWanted(refusal) => Some(refusal.whose),
            Self::NotJson { whose, .. } | Self::Misshapen { whose, .. } => Some(*whose),
            _ => None,
        }
    }

    /// The same, met at this server.
    #[must_use]
    pub fn met_at(mut self, at: Whose) -> Self {
        match &mut self {
            Self::Refused(refusal) | Self::KeyWanted(refusal) => refusal.whose = at,
            Self::NotJson { whose, .. } | Self::Misshapen { whose, .. } => *whose = at,
            _ => {}
        }
        self
    }
}

/// Why a model is not to be had. Source: `error.availability`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// `model_not_found`, `privacy_restricted`, …
    pub code: CleanText,
    /// Asking again may work.
    pub retryable: bool,
    /// Models to take instead.
    pub fallback_models: Vec<CleanText>,
    /// Which policies exclude it.
    pub excluded_by: Vec<CleanText>,
    /// Which field of the request excludes it.
    pub constraint: Option<CleanText>,
}

/// What failed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkTrouble {
    /// The name does not resolve.
    Dns,
    /// Nobody listens there.
    ConnectRefused,
    /// No connection within the time allowed.
    ConnectTimeout,
    /// Connected, and no answer to the greeting that begins the encryption within the time allowed.
    HandshakeTimeout,
    /// The certificate is not trusted, expired, or for another name.
    Certificate,
    /// The encrypted connection could not be made.
    Tls,
    /// The proxy cannot be connected to.
    ProxyUnreachable,
    /// The proxy takes the connection, and does not answer within the time allowed.
    ProxySilent,
    /// The proxy refused or failed.
    Proxy,
    /// The proxy wants a name and a password (407).
    ProxyAuth,
    /// Connected, and no first byte within the time allowed.
    FirstByteTimeout,
    /// The answer stopped arriving.
    IdleTimeout,
    /// What answered does not speak HTTP, or not as anybody else does.
    NotHttp,
    /// The connection was closed on the way.
    Reset,
    /// Something else.
    Other,
}

/// What is wrong with a base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadUrl {
    /// It is no URL.
    NotAUrl,
    /// Neither http nor https.
    Scheme,
    /// Plain http to a host that is not this machine.
    PlainHttp,
    /// A name or password inside.
    Credentials,
}

/// A file that could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileTrouble {
    /// The file.
    pub path: PathBuf,
    /// What is in the way.
    pub kind: FileProblem,
    /// The system's words, or the line and the reason.
    pub detail: CleanText,
}

impl FileTrouble {
    /// A trouble with a file; the detail is made one clean line.
    pub fn new(path: &Path, kind: FileProblem, detail: &str) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            detail: CleanText::line(detail),
        }
    }

    /// It is about the ledger or the archive: a file by this ending is the program's own.
    pub fn is_own_database(&self) -> bool {
        let ending = self.path.extension();
        ending.is_some_and(|ending| ending == "sqlite3")
    }
}

/// What is in the way of reading or writing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileProblem {
    /// It is not there.
    Missing,
    /// No right to read or write it or its folder.
    NoPermission,
    /// A directory, a pipe, a socket or a device.
    NotARegularFile,
    /// The disk, the quota or the inodes are used up.
    Full,
    /// Another program changed it since it was shown.
    Changed,
    /// A link that leads nowhere or in a circle.
    BrokenLink,
    /// It cannot be changed without risk to another value; the detail names the line.
    Unsafe,
    /// It is no place that a model's code is written to; the detail is what was named.
    Forbidden,
    /// It does not go along with a question; the detail is what was named.
    NotSent,
    /// Something else stands under this name already, and nobody agreed to write over it.
    Exists,
    /// Its place wants a word of the person's first; the detail is empty.
    WantsConsent,
    /// What was to be written may be only a part, and nobody agreed to that.
    Unfinished,
    /// A file of this program's own that a later version of it made.
    Newer,
    /// Something else than a file stands in the place of one of this program's own.
    Displaced,
    /// A key is in the keyring of the system, which does not hand it out; the detail is its own words.
    Keyring,
    /// Standard output, where the results go.
    Output,
    /// Anything else.
    Other,
}
