//! A base URL at which nothing of the API stands, while another path of the same host has it.

use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::Symptom;
use crate::openrouter::OpenRouter;

/// The same symptom; where nothing of the API answers at the base URL, with the path of the host that has it, if one has.
/// Asking for it sends no key.
pub async fn or_wrong_path(symptom: Symptom, client: &OpenRouter) -> Symptom {
    if diagnosis::explain(&symptom).id != "not-this-api" {
        return symptom;
    }
    match client.right_path().await {
        Some(right) => Symptom::WrongPath {
            url: CleanText::line(&client.base().to_string()),
            right,
        },
        None => symptom,
    }
}
