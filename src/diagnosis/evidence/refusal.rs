//! What a refusal tells: the server's own words, waits, lengths that would fit, models to offer.

use std::time::Duration;

use jiff::Timestamp;

use super::{Evidence, filled, offered, quoted, words};
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::Refusal;
use crate::text::{Phrase, Said};

impl Evidence {
    pub(super) fn of_refusal(refusal: &Refusal, now: Option<Timestamp>) -> Self {
        let until_reset = refusal.resets_at.zip(now).map(|(at, now)| until(at, now));
        let about = refusal.availability.as_ref();
        Self {
            sentences: refusal_sentences(refusal, until_reset),
            wait: refusal.retry_after.or(until_reset),
            fitting_tokens: fitting_tokens(&refusal.message),
            models: about.map_or_else(Vec::new, |about| offered(&about.fallback_models)),
            is_retryable: about.is_some_and(|about| about.retryable),
            whose: refusal.whose,
            ..Self::default()
        }
    }
}

/// What a refusal tells, the server's own words last.
fn refusal_sentences(refusal: &Refusal, until_reset: Option<Duration>) -> Vec<Said> {
    let mut said = Vec::new();
    if refusal.mid_stream {
        said.push(words::MID_STREAM.into());
    }
    said.extend(
        refusal
            .provider
            .as_ref()
            .and_then(|it| filled(words::PROVIDER, it)),
    );
    if let Some(about) = &refusal.availability {
        said.extend(listed(words::EXCLUDED_BY, &about.excluded_by));
        said.extend(
            about
                .constraint
                .as_ref()
                .and_then(|it| filled(words::FIELD, it)),
        );
    }
    // Beside a limit's source the reason is a code word that the trouble's name says better.
    if refusal.limit_source.is_none() {
        said.extend(listed(words::REASONS, &refusal.reasons));
    }
    if let Some(at) = refusal.resets_at {
        let at = at.strftime("%Y-%m-%d %H:%M UTC");
        said.push(match until_reset {
            Some(left) if !left.is_zero() => words::RESETS_IN.say(left, &[&at]),
            _ => Said::new(words::RESETS, &[&at]),
        });
    }
    let words = quoted(&refusal.message);
    said.extend(match (words.is_empty(), refusal.status) {
        // A 200 says nothing about an error.
        (true, ..300) => None,
        (true, status) => Some(Said::new(words::SAID_NOTHING, &[&status])),
        (false, ..300) => Some(Said::new(words::SAID, &[&words])),
        (false, status) => Some(Said::new(words::SAID_WITH_STATUS, &[&status, &words])),
    });
    said
}

/// How long it is until `at`; nothing when that is past.
fn until(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_until(at)).unwrap_or_default()
}

/// The longest answer that fits, from the words of OpenRouter ("can only afford 3919", or what a context leaves
/// beside the question), OpenAI ("at most 16384 completion tokens") or Anthropic ("100000 > 64000"): a hint,
/// nothing more.
fn fitting_tokens(words: &str) -> Option<u32> {
    let mut marks = ["can only afford ", "at most ", " > "].into_iter();
    marks
        .find_map(|mark| number_behind(mark, words))
        .or_else(|| left_of_context(words))
}

/// "maximum context length is 8192 tokens. However, you requested about 8210 tokens (18 of text input, …". The
/// server counts roughly, too: a little is left free.
fn left_of_context(words: &str) -> Option<u32> {
    let context = number_behind("maximum context length is ", words)?;
    let (before, _) = words.split_once(" of text input")?;
    let (_, question) = before.rsplit_once('(')?;
    let room = context.checked_sub(question.parse().ok()?)?;
    Some(room - room / 20).filter(|room| *room > 0)
}

fn number_behind(mark: &str, words: &str) -> Option<u32> {
    let (_, after) = words.split_once(mark)?;
    let is_part = |c: &char| c.is_ascii_digit() || *c == ',';
    let digits = after.chars().take_while(is_part).filter(|c| *c != ',');
    digits.collect::<String>().parse().ok()
}

fn listed(phrase: Phrase, texts: &[CleanText]) -> Option<Said> {
    let texts: Vec<&str> = texts.iter().map(CleanText::as_str).collect();
    filled(phrase, &CleanText::line(&texts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_that_fits_is_read_from_each_servers_words() {
        for (words, tokens) in [
            (
                "You requested up to 65536 tokens, but can only afford 3919. To",
                Some(3919),
            ),
            (
                "This model supports at most 16,384 completion tokens",
                Some(16_384),
            ),
            (
                "max_tokens: 100000 > 64000, which is the maximum",
                Some(64_000),
            ),
            (
                "maximum context length is 8192 tokens. However, you requested about 8592 tokens (400 of text \
                 input, 8192 in the output)",
                Some(7403),
            ),
            (
                "maximum context length is 8192 tokens. However, you requested about 9001 tokens (9000 of text \
                 input, 1 in the output)",
                None,
            ),
            ("can only afford -12", None),
            ("can only afford 99999999999999", None),
            ("Insufficient credits", None),
        ] {
            assert_eq!(fitting_tokens(words), tokens, "{words}");
        }
    }
}
