//! What the account's analytics can tell, and what they told. Source: `/analytics`, with a management key
//! only.

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
}

impl Offer {
    /// It has a sum of this name.
    pub fn has_metric(&self, name: &str) -> bool {
        self.metrics.iter().any(|metric| metric.as_str() == name)
    }

    /// Its sums can be split by this.
    pub fn splits_by(&self, name: &str) -> bool {
        self.dimensions.iter().any(|it| it.as_str() == name)
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
