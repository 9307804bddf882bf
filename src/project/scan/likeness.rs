//! Whether what has the shape of a key may be one: keys are random, placeholders are not.

/// Bits a character below which nothing is random. 64 random hex digits have 3.4 and more, 20 random
/// letters and digits 3.6; gitleaks asks for 3.
const LEAST_ENTROPY: f64 = 3.0;

/// Words that stand in examples, and by chance in one key of a hundred thousand.
const WORDS: &[&str] = &[
    "xxxx",
    "your",
    "example",
    "placeholder",
    "changeme",
    "redacted",
    "dummy",
    "actual",
    "insert",
    "replace",
    "1234567890",
    "abcdefgh",
];

/// Whether the part of a key behind its beginning looks random.
pub(super) fn is_random(tail: &[u8]) -> bool {
    entropy(tail) >= LEAST_ENTROPY
        && !repeats(tail)
        && !counts(tail)
        && !holds_word(tail)
        && !is_prose(tail)
}

/// Shannon's entropy in bits a character.
fn entropy(text: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for &byte in text {
        counts[usize::from(byte)] += 1;
    }
    let length = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let share = |count: &u32| {
        let share = f64::from(*count) / length;
        -share * share.log2()
    };
    counts.iter().filter(|count| **count > 0).map(share).sum()
}

/// The same few characters over and over, as in `0123456789abcdef` four times.
fn repeats(text: &[u8]) -> bool {
    // A version such as `v1-` may stand before what repeats.
    let text = text.get(3..).unwrap_or(text);
    (1..=text.len() / 2).any(|period| {
        text.iter()
            .zip(text.iter().skip(period))
            .all(|(a, b)| a == b)
    })
}

/// More than half of it goes up or down by one, as in `abcdef123456`.
fn counts(text: &[u8]) -> bool {
    let steps = text
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if a.abs_diff(*b) == 1))
        .count();
    steps * 2 > text.len()
}

fn holds_word(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    WORDS
        .iter()
        .any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some())
}

/// Words joined by dashes and no digit in them: a name, not a key.
fn is_prose(text: &[u8]) -> bool {
    let has_joint = text.iter().any(|byte| matches!(byte, b'-' | b'_'));
    has_joint && !text.iter().any(u8::is_ascii_digit)
}

/// Digits among letters, or capitals among small ones: no word of a language, no number.
pub(super) fn is_mixed(text: &[u8]) -> bool {
    let has = |kind: fn(&u8) -> bool| text.iter().any(kind);
    let (small, capital) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
    small && capital || (small || capital) && has(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_text_is_told_from_placeholders() {
        for random in [
            "v1-0e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c96",
            "T3BlbkFJq8Zx2LmNw7RkVbYtGhJ",
            "3Zm8KxQ2pLw9RtYv5BnC7d",
            "IOSFODNN7QJ4PLMZ",
        ] {
            assert!(is_random(random.as_bytes()), "{random}");
        }
        for plain in [
            "v1-deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
            "v1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "v1-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "your-actual-api-key-here",
            "IOSFODNN7EXAMPLE",
            "something-very-like-a-css-class-name",
            "v1-00000000000000000000000000000000000000000000000000000000000000000",
            "abcdefghijklmnopqrstuvwxyz0123456789",
        ] {
            assert!(!is_random(plain.as_bytes()), "{plain}");
        }
    }
}
