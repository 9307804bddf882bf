//! What the judgement promises, over everything it may meet.

mod cases;
mod messages;
mod promises;
mod refusals;
mod symptoms;
mod wording;
