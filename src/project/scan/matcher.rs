//! Finds what has the shape of a key in any bytes.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::likeness::{is_mixed, is_random};
use super::pattern::{PATTERNS, Pattern};
use crate::domain::leak::Vendor;
use crate::domain::secret::Secret;

/// What has the shape of a key. The key itself stays inside, masked for every eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) vendor: Vendor,
    pub(super) key: Secret,
    /// It looks random, as keys are; else it is a placeholder or made up for a test.
    pub(super) is_random: bool,
    /// From 1.
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
}

/// The most of one file that is told: beyond that it is a file of keys, and the first tell as much.
const MOST: usize = 100;

/// All beginnings at once, the longest at each place.
static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(PATTERNS.iter().map(|pattern| pattern.prefix))
        .expect("a few short words fit into an automaton")
});

/// Everything in `bytes` that has the shape of a key, from the beginning on. UTF-16 with its mark is
/// read, too.
pub(super) fn find(bytes: &[u8]) -> Vec<Match> {
    match narrowed(bytes) {
        Some(narrow) => find_in(&narrow),
        None => find_in(bytes),
    }
}

fn find_in(bytes: &[u8]) -> Vec<Match> {
    let mut found = Vec::new();
    let mut place = Place::default();
    for beginning in BEGINNINGS.find_iter(bytes) {
        let Some(pattern) = PATTERNS.get(beginning.pattern().as_usize()) else {
            continue;
        };
        let Some((range, is_random)) = judge(bytes, pattern, beginning.start()) else {
            continue;
        };
        let key = bytes.get(range.clone()).unwrap_or_default();
        let Ok(key) = std::str::from_utf8(key) else {
            continue;
        };
        place.go_to(bytes, range.start);
        found.push(Match {
            vendor: vendor(pattern, key),
            key: Secret::new(key),
            is_random,
            line: place.line,
            column: place.column(bytes),
        });
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Where the key reaches, and whether it looks random; `None` where the beginning begins no key.
fn judge(bytes: &[u8], pattern: &Pattern, start: usize) -> Option<(Range<usize>, bool)> {
    if !is_free(bytes.get(..start)?) {
        return None;
    }
    let tail = bytes.get(start + pattern.prefix.len()..)?;
    let length = tail
        .iter()
        .take(pattern.length.end() + 1)
        .take_while(|byte| pattern.alphabet.holds(**byte))
        .count();
    let tail = tail.get(..length)?;
    if !pattern.length.contains(&length) {
        return None;
    }
    let is_random = is_random(tail) && (pattern.is_distinct || is_mixed(tail));
    let end = start + pattern.prefix.len() + length;
    (is_random || pattern.is_distinct).then_some((start..end, is_random))
}

/// Whether a key may begin here: not in the middle of a word. The letter of an escape (`\n`, `%3D`)
/// belongs to no word.
fn is_free(before: &[u8]) -> bool {
    match before {
        [] | [.., b'\\', b'n' | b't' | b'r'] | [.., b'%', _, _] => true,
        [.., last] => !(last.is_ascii_alphanumeric() || *last == b'_'),
    }
}

/// OpenAI marks its keys, old and new, by a word inside.
fn vendor(pattern: &Pattern, key: &str) -> Vendor {
    match pattern.vendor {
        Vendor::OpenAiLike if key.contains("T3BlbkFJ") => Vendor::OpenAi,
        vendor => vendor,
    }
}

/// UTF-16 with its mark as bytes: keys are ASCII, and what is not becomes a byte that no key has.
fn narrowed(bytes: &[u8]) -> Option<Vec<u8>> {
    let (rest, wide): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let narrow = |unit: &[u8; 2]| {
        let unit = wide(*unit);
        u8::try_from(unit).unwrap_or(b'\x7f')
    };
    Some(rest.as_chunks().0.iter().map(narrow).collect())
}

/// Line and column, counted on from one match to the next.
struct Place {
    at: usize,
    line: usize,
    line_start: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            at: 0,
            line: 1,
            line_start: 0,
        }
    }
}

impl Place {
    fn go_to(&mut self, bytes: &[u8], to: usize) {
        let between = bytes.get(self.at..to).unwrap_or_default();
        for end in memchr::memchr_iter(b'\n', between) {
            self.line += 1;
            self.line_start = self.at + end + 1;
        }
        self.at = to;
    }

    /// Characters, so that editors agree; a byte that continues one is none.
    fn column(&self, bytes: &[u8]) -> usize {
        let before = bytes.get(self.line_start..self.at).unwrap_or_default();
        let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
        1 + before.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::domain::secret::hex;

    /// A key that looks random, made from a word, so that none stands in this source.
    fn random_key(word: &str) -> String {
        format!("sk-or-v1-{}", hex(&Sha256::digest(word)))
    }

    /// So many characters that look random.
    fn noise(length: usize) -> String {
        let all = "Zk3Qw9Xv7Lm2Rt8Yp5Bn4Hd6Gj1Fc0Sa".repeat(4);
        let mut noise: String = all.chars().take(length).collect();
        // One character breaks the repetition.
        noise.replace_range(length - 1..length, "e");
        noise
    }

    fn only(text: &str) -> Match {
        let mut found = find(text.as_bytes());
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn a_key_is_found_with_its_line_and_column() {
        let key = random_key("a");
        let found = only(&format!("# ü\nclient = \"é{key}\"\n"));
        assert_eq!((found.line, found.column), (2, 12));
        assert_eq!((found.vendor, found.is_random), (Vendor::OpenRouter, true));
        assert_eq!(found.key.expose(), key);
    }

    #[test]
    fn every_vendors_key_is_named() {
        let openai = format!("{}T3BlbkFJ{}", noise(20), noise(20));
        for (key, vendor) in [
            (random_key("b"), Vendor::OpenRouter),
            (format!("sk-ant-api03-{}AA", noise(93)), Vendor::Anthropic),
            (format!("sk-proj-{openai}"), Vendor::OpenAi),
            (format!("sk-{openai}"), Vendor::OpenAi),
            (
                format!("sk-{}", hex(&Sha256::digest("c")[..16])),
                Vendor::OpenAiLike,
            ),
            (format!("AIza{}", noise(35)), Vendor::Google),
            (format!("gsk_{}", noise(52)), Vendor::Groq),
            (format!("xai-{}", noise(80)), Vendor::Xai),
            (format!("hf_{}", noise(34)), Vendor::HuggingFace),
            (format!("pplx-{}", noise(48)), Vendor::Perplexity),
            (format!("r8_{}", noise(37)), Vendor::Replicate),
            (format!("ghp_{}", noise(36)), Vendor::GitHub),
            (format!("sk_live_{}", noise(24)), Vendor::Stripe),
            ("AKIA".to_owned() + "IOSFODNN7QJ4PLMZ", Vendor::Aws),
        ] {
            let found = only(&format!("x = '{key}';"));
            assert_eq!((found.vendor, found.is_random), (vendor, true), "{key}");
        }
    }

    #[test]
    fn placeholders_and_test_keys_are_told_apart() {
        for text in [
            format!("sk-or-v1-{}", "deadbeef".repeat(8)),
            "sk-or-your-actual-api-key-here".to_owned(),
            format!("sk-or-v1-{}", "x".repeat(64)),
            "AKIAIOSFODNN7EXAMPLE".to_owned(),
        ] {
            assert!(!only(&text).is_random, "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_not_found() {
        let key = random_key("d");
        for text in [
            "sk-or-v1-0e6...1c96",
            "sk-or-v1-a1b…9c0",
            "sk-folding-cube sk-circle",
            "class=\"task-or-something-else-entirely-long\"",
            "sk-thisisaverylongwordwithoutanydigitsinit",
            "$hf_model_name_or_path_of_the_pretrained",
            "",
        ] {
            assert_eq!(find(text.as_bytes()), [], "{text}");
        }
        // In the middle of a word nothing begins.
        assert_eq!(find(format!("abc{key}").as_bytes()), []);
    }

    #[test]
    fn a_key_behind_an_escape_begins_there() {
        let key = random_key("e");
        assert_eq!(only(&format!(r#""A=1\n{key}\n""#)).key.expose(), key);
        assert_eq!(only(&format!("key%3D{key}")).key.expose(), key);
    }

    #[test]
    fn a_key_in_utf_16_is_found() {
        let key = random_key("f");
        let text = format!("A=1\r\nOPENROUTER_API_KEY={key}\r\n");
        let mut little = vec![0xff, 0xfe];
        little.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut big = vec![0xfe, 0xff];
        big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        for bytes in [little, big] {
            let found = find(&bytes);
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].line, found[0].column), (2, 20));
            assert_eq!(found[0].key.expose(), key);
        }
    }

    #[test]
    fn a_file_of_keys_is_told_by_its_first() {
        let keys: Vec<String> = (0..300).map(|at| random_key(&at.to_string())).collect();
        assert_eq!(find(keys.join("\n").as_bytes()).len(), MOST);
    }

    proptest! {
        #[test]
        fn any_bytes_are_looked_at_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = find(&bytes);
        }

        #[test]
        fn a_key_is_found_wherever_it_stands(before in "[^A-Za-z0-9_\\\\%]{0,80}", after in "[^A-Za-z0-9_-].{0,80}|") {
            let key = random_key("g");
            let text = format!("{before}{key}{after}");
            let found = find(text.as_bytes());
            let first = found.first().expect("the key is there");
            prop_assert_eq!(first.key.expose(), key);
            let lines = before.split('\n').collect::<Vec<_>>();
            prop_assert_eq!(first.line, lines.len());
        }
    }
}
