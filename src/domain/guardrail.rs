//! The rule that holds for every key of a workspace: its default guardrail.

use super::clean_text::CleanText;
use super::money::Usd;

/// A workspace's default guardrail, as far as it caps what is spent. Sources: `GET /workspaces/{id}`, `GET /guardrails/{id}`.
///
/// The cap counts for each key, and for each person, by itself; where a key has a limit of its own, the lower of the two holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guardrail {
    /// Its id. It has one before anything was ever set in it.
    pub id: CleanText,
    /// What each key may spend, USD; `None`: no cap.
    pub limit: Option<Usd>,
    /// `daily`, `weekly`, `monthly` or a word not known yet; `None` when the cap never resets.
    pub limit_reset: Option<CleanText>,
}
