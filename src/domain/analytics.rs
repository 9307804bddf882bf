//! What the account's analytics can tell, and what they told. Source: `/analytics`, with a management key
//! only.

use jiff::Timestamp;

use super::clean_text::CleanText;
use super::spend::DayRow;

/// What a server's analytics can be asked for. Source: `GET /analytics/meta`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The names of its sums.
    pub metrics: Vec<CleanText>,
    /// What they can be split by.
    pub dimensions: Vec<CleanText>,
    /// The spans of time they can be split into.
    pub granularities: Vec<CleanText>,
    /// How what is counted can be narrowed.
    pub operators: Vec<CleanText>,
}

/// What is asked of the analytics: sums by UTC day and model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnalyticsQuestion<'a> {
    /// From here on; a range of at most 365 days.
    pub from: Timestamp,
    /// And before this.
    pub to: Timestamp,
    /// The rows name who ran the model, too, where that is offered; told for ranges of at most
    /// [`PROVIDER_DAYS`] days.
    pub by_provider: bool,
    /// Only what the key with this hash used; refused where [`Offer::narrows_to_keys`] does not hold.
    pub of_key: Option<&'a str>,
}

/// Who ran a model is told for a range of so many days at most. Source: `POST /analytics/query`, the dimension
/// `provider`.
pub const PROVIDER_DAYS: i64 = 31;

impl Offer {
    /// It has a sum of this name.
    pub fn has_metric(&self, name: &str) -> bool {
        self.metrics.iter().any(|metric| metric.as_str() == name)
    }

    /// Its sums can be split by this.
    pub fn splits_by(&self, name: &str) -> bool {
        self.dimensions.iter().any(|it| it.as_str() == name)
    }

    /// Its sums can be narrowed to one key, by the key's hash. Source: `POST /analytics/query`, the filter
    /// `api_key_id`.
    pub fn narrows_to_keys(&self) -> bool {
        self.splits_by("api_key_id") && self.operators.iter().any(|it| it.as_str() == "eq")
    }

    /// Its sums can be split by model and UTC day.
    pub fn splits_by_model_and_day(&self) -> bool {
        self.splits_by("model") && self.granularities.iter().any(|it| it.as_str() == "day")
    }
}

/// Use by day and model. Source: `POST /analytics/query`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysed {
    /// One row for each UTC day and model, and for each provider where these were asked for.
    pub rows: Vec<DayRow>,
    /// There was more than the server tells at once: the sums are partial.
    pub is_truncated: bool,
}
