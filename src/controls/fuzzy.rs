//! Ranks names against what was typed, as an editor's file picker does.
//!
//! Letters may have gaps between them, case and accents do not count, and of several words each must
//! be found. Nothing in the query has a special meaning.

use std::cmp::Reverse;

use nucleo_matcher::chars::normalize;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Utf32Str};

/// The names that match `query`, the best first; an empty query keeps all in their order.
///
/// Makes a [`Matcher`] for this one question; who asks at every keystroke keeps one.
pub fn rank(query: &str, names: &[String]) -> Vec<usize> {
    Matcher::new().rank(query, names)
}

/// How a name is ordered among those that match: the better, those that stay, the shorter, the earlier.
type Scored = (Reverse<u32>, bool, usize, usize);

/// Ranks at every keystroke: keeps the working memory of about 135 KiB between questions.
#[derive(Debug)]
pub struct Matcher {
    matcher: nucleo_matcher::Matcher,
    letters: Vec<char>,
}

impl Matcher {
    /// A matcher that has seen nothing yet.
    pub fn new() -> Self {
        Self {
            matcher: nucleo_matcher::Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
        }
    }

    /// The places in `names` of those that match `query`, the best first. Of equals the shorter name
    /// comes first, then the earlier one.
    pub fn rank<Name: AsRef<str>>(&mut self, query: &str, names: &[Name]) -> Vec<usize> {
        self.rank_among(query, names, 0..names.len(), |_| false)
    }

    /// The same among these places in `names`; of equals those whose place is told to come last do. A query that
    /// another one begins with finds nothing that the other does not.
    pub fn rank_among<Name: AsRef<str>>(
        &mut self,
        query: &str,
        names: &[Name],
        among: impl Iterator<Item = usize>,
        is_last: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let words: Vec<Atom> = query.split_whitespace().map(word).collect();
        if words.is_empty() {
            return among.collect();
        }
        let mut found = self.scored(&words, names, among, is_last);
        found.sort_unstable();
        places(found)
    }

    /// The first so many of [`Matcher::rank`], without ordering the rest: for tens of thousands of names.
    pub fn best<Name: AsRef<str>>(
        &mut self,
        query: &str,
        names: &[Name],
        most: usize,
    ) -> Vec<usize> {
        let words: Vec<Atom> = query.split_whitespace().map(word).collect();
        if words.is_empty() {
            return (0..names.len().min(most)).collect();
        }
        let mut found = self.scored(&words, names, 0..names.len(), |_| false);
        if found.len() > most && most > 0 {
            found.select_nth_unstable(most - 1);
        }
        found.truncate(most);
        found.sort_unstable();
        places(found)
    }

    /// The names that match, each with what it is ordered by.
    fn scored<Name: AsRef<str>>(
        &mut self,
        words: &[Atom],
        names: &[Name],
        among: impl Iterator<Item = usize>,
        is_last: impl Fn(usize) -> bool,
    ) -> Vec<Scored> {
        let found = among.filter_map(|place| {
            let name = names.get(place)?.as_ref();
            let score = self.score(words, name)?;
            Some((Reverse(score), is_last(place), name.len(), place))
        });
        found.collect()
    }

    /// How well every one of `words` is found in `name`; `None` when one is not.
    fn score(&mut self, words: &[Atom], name: &str) -> Option<u32> {
        let name = Utf32Str::new(name, &mut self.letters);
        words
            .iter()
            .map(|word| word.score(name, &mut self.matcher).map(u32::from))
            .sum()
    }
}

impl Default for Matcher {
    fn default() -> Self {
        Self::new()
    }
}

fn places(found: Vec<Scored>) -> Vec<usize> {
    found.into_iter().map(|(.., place)| place).collect()
}

/// One word of a query. Its own accents are taken off first: the matcher takes them off names only, and
/// only when the word has none.
fn word(text: &str) -> Atom {
    let plain: String = text.chars().map(normalize).collect();
    Atom::new(
        &plain,
        CaseMatching::Ignore,
        Normalization::Smart,
        AtomKind::Fuzzy,
        false,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn found(query: &str, all: &[&str]) -> Vec<String> {
        let all = names(all);
        rank(query, &all)
            .into_iter()
            .map(|place| all[place].clone())
            .collect()
    }

    #[test]
    fn an_empty_query_keeps_the_order() {
        assert_eq!(rank("  ", &names(&["b", "a", "c"])), [0, 1, 2]);
    }

    #[test]
    fn a_word_found_whole_comes_before_scattered_letters() {
        assert_eq!(
            found("chat", &["c-h-a-t", "open the chat", "switch language"]),
            ["open the chat", "c-h-a-t"]
        );
    }

    #[test]
    fn every_word_must_be_found_in_any_order() {
        assert_eq!(
            found(
                "sonnet anth",
                &["anthropic/claude-sonnet", "anthropic/claude-opus"]
            ),
            ["anthropic/claude-sonnet"]
        );
    }

    #[test]
    fn case_and_accents_do_not_count_on_either_side() {
        assert_eq!(found("CAFE", &["café"]), ["café"]);
        assert_eq!(found("Café", &["cafe"]), ["cafe"]);
    }

    #[test]
    fn of_equals_the_shorter_name_comes_first() {
        assert_eq!(
            found("gpt-4o", &["openai/gpt-4o-mini", "openai/gpt-4o"]),
            ["openai/gpt-4o", "openai/gpt-4o-mini"]
        );
    }

    #[test]
    fn of_equals_what_is_to_come_last_does_and_a_better_match_stays_above() {
        let all = names(&["a/haiku", "a/haiku-four", "a/h-a-i-k-u"]);
        let mut matcher = Matcher::new();
        assert_eq!(matcher.rank("haiku", &all), [0, 1, 2]);
        let last = |place| place == 0;
        assert_eq!(matcher.rank_among("haiku", &all, 0..3, last), [1, 0, 2]);
    }

    #[test]
    fn chinese_is_found() {
        assert_eq!(found("语言", &["切换语言", "退出"]), ["切换语言"]);
    }

    #[test]
    fn signs_have_no_special_meaning() {
        assert_eq!(found("!chat", &["chat", "code"]), Vec::<String>::new());
        assert_eq!(found("a\\", &["a\\b", "a"]), ["a\\b"]);
    }

    #[test]
    fn a_kept_matcher_answers_like_a_new_one() {
        let all = names(&["openai/gpt-4o", "日本語", "café"]);
        let mut matcher = Matcher::new();
        for query in ["gpt", "語", "cafe", "zz", ""] {
            assert_eq!(matcher.rank(query, &all), rank(query, &all), "{query}");
        }
    }

    proptest! {
        #[test]
        fn a_longer_query_is_answered_from_what_a_shorter_one_found(
            query in "[a-cA-É字 -]{1,6}",
            more in "[a-cA-É字 -]{0,4}",
            all in proptest::collection::vec("[a-cé字 /-]{0,12}", 0..12),
        ) {
            let mut matcher = Matcher::new();
            let first = matcher.rank(&query, &all).into_iter();
            let longer = format!("{query}{more}");
            let narrowed = matcher.rank_among(&longer, &all, first, |_| false);
            if !longer.trim().is_empty() {
                prop_assert_eq!(narrowed, rank(&longer, &all));
            }
        }

        #[test]
        fn any_text_is_ranked_without_a_panic_and_no_name_twice(
            query in ".{0,20}",
            all in proptest::collection::vec(".{0,30}", 0..8),
        ) {
            let mut places = rank(&query, &all);
            places.sort_unstable();
            places.dedup();
            prop_assert!(places.len() <= all.len());
            let ranked = rank(&query, &all);
            prop_assert_eq!(places.len(), ranked.len());
            let best = Matcher::new().best(&query, &all, 3);
            prop_assert_eq!(best, ranked.into_iter().take(3).collect::<Vec<_>>());
        }
    }
}
