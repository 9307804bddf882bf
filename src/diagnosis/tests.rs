//! What the judgement promises, over everything it may meet.

mod cases;
mod elsewhere;
mod found;
mod messages;
mod promises;
mod refusals;
mod symptoms;
mod wording;
