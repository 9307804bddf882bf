//! What providers remember of earlier prompts: a conversation that goes on is read at a discount.

use std::collections::HashMap;

use super::tokens;

/// Providers cache nothing shorter. Source: section 5.5.
const LEAST: u64 = 1024;

/// The last prompt of every key and model.
#[derive(Clone, Debug, Default)]
pub(super) struct PromptCache {
    last: HashMap<(String, String), String>,
}

impl PromptCache {
    /// How many tokens of this prompt were sent before by that key to that model; remembers it.
    pub(super) fn recall(&mut self, key: &str, model: &str, prompt: &str) -> u64 {
        let place = (key.to_owned(), model.to_owned());
        let last = self.last.insert(place, prompt.to_owned());
        let Some(known) = last.filter(|last| prompt.starts_with(last.as_str())) else {
            return 0;
        };
        let tokens = tokens::count(&known);
        // Counted in blocks, as the real caches do.
        if tokens < LEAST {
            0
        } else {
            tokens - tokens % 128
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_beginning_that_was_sent_before_is_cached() {
        let mut cache = PromptCache::default();
        let long = "word ".repeat(1300);
        assert_eq!(cache.recall("key", "model", &long), 0);
        let longer = format!("{long} and more");
        assert_eq!(cache.recall("key", "model", &longer), 1280);
        assert_eq!(cache.recall("key", "other", &longer), 0);
        assert_eq!(cache.recall("key", "model", "something else"), 0);
    }
}
