//! The model ids that an unknown name may have meant.
//!
//! A name counts as near when its words are all in the id (`gpt-4`, `llama 3 70b`), or when few letters
//! differ (`cluade-3.5-sonet`). The author before the slash may be missing or wrong, and a variant such
//! as `:free` matters last. What is not near is not named: a wrong guess is worse than none.

/// Longer names are compared by their beginning: no model id comes near this many characters.
const LONGEST: usize = 120;

/// The places in `ids` of at most `most` ids that `wanted` may have meant, the likeliest first.
pub fn nearest(wanted: &str, ids: &[&str], most: usize) -> Vec<usize> {
    nearest_with_last(wanted, ids, most, |_| false)
}

/// The same; of equally near ones those whose place is told to come last do.
pub fn nearest_with_last(
    wanted: &str,
    ids: &[&str],
    most: usize,
    is_last: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let wanted = Name::read(wanted);
    if wanted.model.is_empty() {
        return Vec::new();
    }
    let mut near: Vec<(Nearness, bool, usize, usize)> = ids
        .iter()
        .enumerate()
        .filter_map(|(place, id)| {
            let nearness = wanted.nearness(&Name::read(id))?;
            Some((nearness, is_last(place), id.len(), place))
        })
        .collect();
    near.sort_unstable();
    near.into_iter()
        .take(most)
        .map(|(.., place)| place)
        .collect()
}

/// How near an id is; the smaller the nearer. Compared field by field, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Nearness {
    kind: Likeness,
    /// Letters to change, or words that the id has beyond the wanted ones.
    distance: usize,
    is_other_author: bool,
    is_other_variant: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// The same but for case and signs: `GPT4o`.
    Same,
    /// A letter or two off: `gtp-4o`.
    Typo,
    /// The id goes on where the wanted name ends: `gpt-4` and `gpt-4-turbo`.
    Beginning,
    /// All its words are there, in any order: `claude-sonnet-3.5`.
    Words,
    /// More letters off, yet at most one in three.
    Alike,
}

/// A model id taken apart: `author/model:variant`, in lower case.
struct Name {
    author: String,
    model: Vec<char>,
    words: Vec<String>,
    variant: String,
}

impl Name {
    fn read(id: &str) -> Self {
        let id: String = id.trim().chars().take(LONGEST).collect();
        let id = id.to_lowercase();
        // `~` marks OpenRouter's own aliases (`~openai/gpt-latest`); `openrouter/` is put before whole
        // ids by tools that route between vendors.
        let id = id.strip_prefix('~').unwrap_or(&id);
        let (author, rest) = id.rsplit_once('/').unwrap_or(("", id));
        let author = author.rsplit_once('/').map_or(author, |(_, last)| last);
        let (model, variant) = rest.split_once(':').unwrap_or((rest, ""));
        Self {
            author: author.to_owned(),
            model: model.chars().filter(|c| c.is_alphanumeric()).collect(),
            words: words(model),
            variant: variant.to_owned(),
        }
    }

    /// How near `id` is to this wanted name; `None` when it is not.
    fn nearness(&self, id: &Self) -> Option<Nearness> {
        let (kind, distance) = self.likeness(id)?;
        Some(Nearness {
            kind,
            distance,
            is_other_author: !self.author.is_empty() && self.author != id.author,
            is_other_variant: self.variant != id.variant,
        })
    }

    fn likeness(&self, id: &Self) -> Option<(Likeness, usize)> {
        if self.model == id.model {
            return Some((Likeness::Same, 0));
        }
        let letters = self.model.len().max(id.model.len());
        let distance = distance(&self.model, &id.model);
        // A digit is a different model (`gpt-4`, `gpt-5`), a letter is a slip.
        let same_digits = digits(&self.model).eq(digits(&id.model));
        if same_digits && distance <= 2 && distance * 4 <= letters {
            return Some((Likeness::Typo, distance));
        }
        if id.model.starts_with(&self.model) {
            return Some((Likeness::Beginning, surplus(&self.words, &id.words)));
        }
        if self.words.iter().all(|word| id.words.contains(word)) {
            return Some((Likeness::Words, surplus(&self.words, &id.words)));
        }
        (distance * 3 <= letters).then_some((Likeness::Alike, distance))
    }
}

/// The words of a model's name, digits apart from letters, so that `llama3` and `llama-3` are alike.
fn words(model: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_digit = false;
    for c in model.chars() {
        let is_digit = c.is_ascii_digit();
        if (!c.is_alphanumeric() || is_digit != was_digit) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
        was_digit = is_digit;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn surplus(wanted: &[String], words: &[String]) -> usize {
    words.len().saturating_sub(wanted.len())
}

fn digits(letters: &[char]) -> impl Iterator<Item = &char> {
    letters.iter().filter(|c| c.is_ascii_digit())
}

/// How many letters to insert, remove, replace or swap with their neighbour to make one the other.
fn distance(one: &[char], other: &[char]) -> usize {
    // Three rows of the usual table: the last two are needed for swapped neighbours.
    let mut before = vec![0; other.len() + 1];
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1; other.len() + 1];
        for (column, counterpart) in other.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != counterpart);
            let mut least = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *counterpart
            {
                least = least.min(before[column - 1] + 1);
            }
            current[column + 1] = least;
        }
        before = std::mem::replace(&mut above, current);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const IDS: &[&str] = &[
        "anthropic/claude-3.5-sonnet",
        "anthropic/claude-3.5-haiku",
        "anthropic/claude-opus-4",
        "deepseek/deepseek-chat",
        "deepseek/deepseek-chat:free",
        "google/gemini-2.5-flash",
        "google/gemini-2.5-flash-lite",
        "meta-llama/llama-3-70b-instruct",
        "meta-llama/llama-3.3-70b-instruct",
        "openai/gpt-3.5-turbo",
        "openai/gpt-4",
        "openai/gpt-4-turbo",
        "openai/gpt-4o",
        "openai/gpt-4o-mini",
        "openai/gpt-5",
        "qwen/qwen3-coder:free",
    ];

    fn meant(wanted: &str) -> Vec<&'static str> {
        nearest(wanted, IDS, 3)
            .into_iter()
            .map(|place| IDS[place])
            .collect()
    }

    fn first(wanted: &str) -> Option<&'static str> {
        meant(wanted).first().copied()
    }

    #[test]
    fn a_bare_name_finds_its_author_and_what_goes_on_from_it() {
        assert_eq!(
            meant("gpt-4"),
            ["openai/gpt-4", "openai/gpt-4o", "openai/gpt-4-turbo"]
        );
    }

    #[test]
    fn a_typo_is_forgiven() {
        assert_eq!(
            first("cluade-3.5-sonet"),
            Some("anthropic/claude-3.5-sonnet")
        );
        assert_eq!(first("openai/gtp-4o"), Some("openai/gpt-4o"));
        assert_eq!(first("gemni-2.5-flash"), Some("google/gemini-2.5-flash"));
    }

    #[test]
    fn a_wrong_or_mistyped_author_is_forgiven() {
        assert_eq!(first("google/gpt-4o"), Some("openai/gpt-4o"));
        assert_eq!(first("opnai/gpt-4o-mini"), Some("openai/gpt-4o-mini"));
        assert_eq!(
            first("openrouter/anthropic/claude-opus-4"),
            Some("anthropic/claude-opus-4")
        );
    }

    #[test]
    fn words_may_stand_in_another_order_and_with_other_signs() {
        assert_eq!(
            first("claude-sonnet-3.5"),
            Some("anthropic/claude-3.5-sonnet")
        );
        assert_eq!(first("llama3 70b"), Some("meta-llama/llama-3-70b-instruct"));
        assert_eq!(first("GPT4o"), Some("openai/gpt-4o"));
    }

    #[test]
    fn the_wanted_variant_comes_before_another() {
        assert_eq!(
            meant("deepseek-chat:free").get(..2),
            Some(["deepseek/deepseek-chat:free", "deepseek/deepseek-chat"].as_slice())
        );
        assert_eq!(
            first("deepseek/deepseek-chat:nitro"),
            Some("deepseek/deepseek-chat")
        );
        assert_eq!(first("qwen3-coder"), Some("qwen/qwen3-coder:free"));
    }

    #[test]
    fn another_digit_is_another_model_not_a_typo() {
        let ids = ["openai/gpt-5", "openai/gpt-4-turbo"];
        assert_eq!(nearest("gpt-4", &ids, 2), [1, 0]);
        assert_eq!(first("gpt-4-turb"), Some("openai/gpt-4-turbo"));
    }

    #[test]
    fn of_equally_near_ones_what_is_to_come_last_does() {
        let ids = ["a/haiku-3", "a/haiku-4.5"];
        assert_eq!(nearest("haiku", &ids, 2), [0, 1]);
        let ids = ["a/haiku-3", "a/haiku-4"];
        assert_eq!(nearest_with_last("haiku", &ids, 2, |at| at == 0), [1, 0]);
    }

    #[test]
    fn what_resembles_nothing_gets_no_guess() {
        assert_eq!(meant("my-own-model-xyz"), Vec::<&str>::new());
        assert_eq!(meant("  "), Vec::<&str>::new());
        assert_eq!(meant("openai/"), Vec::<&str>::new());
    }

    #[test]
    fn swapped_neighbours_are_one_slip() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("cluade"), &letters("claude")), 1);
        assert_eq!(distance(&letters(""), &letters("abc")), 3);
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
    }

    proptest! {
        #[test]
        fn an_id_is_always_nearest_to_itself(place in 0..IDS.len()) {
            prop_assert_eq!(nearest(IDS[place], IDS, 1), [place]);
        }

        #[test]
        fn any_text_is_compared_without_a_panic(wanted in ".{0,200}", id in ".{0,200}") {
            prop_assert!(nearest(&wanted, &[&id], 2).len() <= 1);
        }
    }
}
