//! What is asked about models, and what is told.

use crate::domain::figures::Known;
use crate::domain::model_detail::ModelDetail;

/// A model as the server told of it, and when; `None` where the server tells no more than its list.
pub type ModelShown = Option<Box<Known<ModelDetail>>>;
