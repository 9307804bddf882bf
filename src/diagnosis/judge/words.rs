//! Telling troubles apart by their words: the last resort, where nothing steadier was sent.

use crate::diagnosis::trouble::Trouble;

/// When all of these (lower case) stand in a text, it is this trouble.
pub(super) type Rule = (&'static [&'static str], &'static Trouble);

/// The trouble of the first rule that fits, whatever the case of the letters.
pub(super) fn pick(text: &str, rules: &[Rule]) -> Option<&'static Trouble> {
    let text = text.to_lowercase();
    rules
        .iter()
        .find(|(all, _)| all.iter().all(|word| text.contains(word)))
        .map(|(_, trouble)| *trouble)
}
