//! The settings a small service needs beside its key, in groups to choose from.

/// A group of the service template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceGroup {
    /// OpenAI itself instead of OpenRouter, commented out.
    OpenAi,
    /// `DATABASE_URL`.
    Database,
    /// `REDIS_HOST`, `REDIS_PORT`, `REDIS_PASSWORD`.
    Redis,
    /// `SECRET_KEY`, made at random, and how tokens are signed with it.
    Signing,
    /// `ENVIRONMENT`.
    Environment,
}

impl ServiceGroup {
    /// All of them, in the template's order.
    pub const ALL: [Self; 5] = [
        Self::OpenAi,
        Self::Database,
        Self::Redis,
        Self::Signing,
        Self::Environment,
    ];
}
