//! The web pages the program may open or name.

/// A page of OpenRouter or of this project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// Where an account is made.
    SignUp,
    /// Buying credits, auto top-up, refunds.
    Credits,
    /// The list of keys.
    Keys,
    /// The settings of one key, by its hash (lowercase hex SHA-256 of the key).
    KeySettings(String),
    /// The list of management keys.
    ManagementKeys,
    /// Who may train on prompts, zero retention.
    Privacy,
    /// What was spent.
    Activity,
    /// E-mail alerts on a low balance.
    Notifications,
    /// All models.
    Models,
    /// The documentation.
    Docs,
    /// The community.
    Discord,
    /// Any other address, such as the sign-in page of a running sign-in.
    Url(String),
}

impl Page {
    /// It is one of OpenRouter's own.
    pub fn is_openrouters(&self) -> bool {
        !matches!(self, Self::Url(_))
    }

    /// Its address. Source: the pages OpenRouter's documentation names.
    pub fn url(&self) -> String {
        let path = match self {
            Self::SignUp => "/sign-up",
            Self::Credits => "/settings/credits",
            Self::Keys => "/settings/keys",
            Self::KeySettings(hash) => return format!("https://openrouter.ai/keys/{hash}"),
            Self::ManagementKeys => "/settings/management-keys",
            Self::Privacy => "/settings/privacy",
            Self::Activity => "/activity",
            Self::Notifications => "/settings/notifications",
            Self::Models => "/models",
            Self::Docs => "/docs",
            Self::Discord => return "https://discord.gg/openrouter".into(),
            Self::Url(url) => return url.clone(),
        };
        format!("https://openrouter.ai{path}")
    }
}

/// Mail to OpenRouter's people.
pub const OPENROUTER_SUPPORT: &str = "support@openrouter.ai";
/// Mail to this project's people.
pub const PROJECT_SUPPORT: &str = "motionjoy93@gmail.com";
