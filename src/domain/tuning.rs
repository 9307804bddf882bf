//! How a model is to answer: what a person may set besides the question.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Sampling and reasoning. What is `None` or empty is not sent: the model's own default holds.
/// Source: `POST /chat/completions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tuning {
    /// 0 to 2; lower is more even.
    pub temperature: Option<Decimal>,
    /// Above 0, to 1: the share of likelihood that words are drawn from.
    pub top_p: Option<Decimal>,
    /// The same seed gives the same answer, as far as the provider keeps to it.
    pub seed: Option<i64>,
    /// Texts that end the answer; at most four.
    pub stop: Vec<String>,
    /// How long it thinks before it answers.
    pub thinking: Option<Thinking>,
    /// What it thinks is not to be sent back. It is paid for all the same.
    pub hides_reasoning: bool,
}

/// How long a model thinks before it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thinking {
    /// By a word.
    Effort(Effort),
    /// By the most tokens it may take; Anthropic's models want 1024 at least.
    Tokens(u32),
}

/// How hard a model thinks. Source: `reasoning.effort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words of the API, from none to most")]
pub enum Effort {
    None,
    Minimal,
    Low,
    Medium,
    High,
    Xhigh,
    Max,
}

impl Effort {
    /// All, from none to most.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Minimal,
        Self::Low,
        Self::Medium,
        Self::High,
        Self::Xhigh,
        Self::Max,
    ];

    /// The API's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minimal => "minimal",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Xhigh => "xhigh",
            Self::Max => "max",
        }
    }

    /// The effort of that word.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|effort| effort.word().eq_ignore_ascii_case(word))
    }
}

/// A temperature that a person typed: 0 to 2.
pub fn temperature(text: &str) -> Option<Decimal> {
    number(text).filter(|value| *value <= Decimal::TWO)
}

/// A share that a person typed for `top_p`: above 0, to 1.
pub fn top_p(text: &str) -> Option<Decimal> {
    number(text).filter(|value| !value.is_zero() && *value <= Decimal::ONE)
}

/// A plain number that is not below nothing. A comma is no point: it may stand for either.
fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let is_plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let value = Decimal::from_str_exact(text).ok().filter(|_| is_plain)?;
    Some(value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_out_of_range_are_none() {
        let shown = |value: Option<Decimal>| value.map(|value| value.to_string());
        assert_eq!(shown(temperature(" 0.70 ")).as_deref(), Some("0.7"));
        assert_eq!(shown(temperature("2")).as_deref(), Some("2"));
        assert_eq!(shown(top_p("1.0")).as_deref(), Some("1"));
        for text in ["2.01", "-1", "0,7", "1e-1", "", "warm"] {
            assert_eq!(temperature(text), None, "{text}");
        }
        for text in ["0", "1.1"] {
            assert_eq!(top_p(text), None, "{text}");
        }
    }

    #[test]
    fn each_effort_has_its_word() {
        for effort in Effort::ALL {
            assert_eq!(Effort::named(effort.word()), Some(effort));
            let json = serde_json::to_string(&effort).unwrap();
            assert_eq!(json, format!("\"{}\"", effort.word()));
        }
        assert_eq!(Effort::named("very"), None);
    }
}
