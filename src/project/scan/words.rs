//! Several words looked for at once.

use aho_corasick::AhoCorasick;

/// Words that are looked for at once, whatever their case.
#[derive(Debug)]
pub struct AnyWord(AhoCorasick);

impl AnyWord {
    /// The words between the blanks of a list.
    pub fn of(list: &str) -> Self {
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(list.split_whitespace())
            .expect("a few short words fit into an automaton");
        Self(words)
    }

    /// Whether one of them stands in a text, be it in the middle of another.
    pub fn stands_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}
