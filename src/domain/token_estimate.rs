//! About how many tokens a text is, before a model has counted it.
//!
//! Every model has a tokenizer of its own, and none is here. What they have in common: letters of the Latin
//! script go about four to a token, signs two, blanks six, Chinese, Japanese and Korean characters one each,
//! letters of other scripts two. For prose and code this comes within about a quarter of what models count.

use super::chat::ChatRequest;
use super::media::{Media, MediaKind};
use crate::text::Phrase;

/// How the estimate is made, for people.
pub const METHOD: Phrase = Phrase::new(
    "an estimate by script: about 4 Latin letters or 1 Chinese character a token; a model may count a quarter more or less",
    "按文字类型估算：约 4 个拉丁字母或 1 个汉字为 1 个 token；模型实际计数可能相差四分之一左右",
);

/// Twelfths of a token: the smallest share that a character has.
const TOKEN: u64 = 12;
/// A picture, whatever its size: between what the usual providers count for one of a screen.
const IMAGE: u64 = 1_000;
/// A page of a document is some 1,500 tokens, and some 50,000 bytes.
const BYTES_OF_A_DOCUMENT_TOKEN: u64 = 33;
/// What a message takes besides its words.
const OF_A_MESSAGE: u64 = 4;

/// About how many tokens a text is; more text is never fewer tokens.
pub fn of_text(text: &str) -> u64 {
    // Long texts are ASCII by far the most: their bytes are looked at without decoding.
    let twelfths: u64 = if text.is_ascii() {
        text.bytes().map(of_ascii).sum()
    } else {
        text.chars().map(of_char).sum()
    };
    twelfths.div_ceil(TOKEN)
}

/// About how many tokens a picture or document is. A guess: what counts is its size in pixels or pages.
pub fn of_media(media: &Media) -> u64 {
    match media.kind {
        MediaKind::Pdf => (media.bytes.len() as u64).div_ceil(BYTES_OF_A_DOCUMENT_TOKEN),
        _ => IMAGE,
    }
}

/// About how many tokens a file is, by its name and its size in bytes, unread: a text is some three bytes a
/// token. Coarser than the estimate of its words.
pub fn of_file(name: &str, bytes: u64) -> u64 {
    match MediaKind::by_name(name) {
        Some(MediaKind::Pdf) => bytes.div_ceil(BYTES_OF_A_DOCUMENT_TOKEN),
        Some(_) => IMAGE,
        None => bytes.div_ceil(3),
    }
}

/// About how many tokens a request is, its whole conversation.
pub fn of_request(request: &ChatRequest) -> u64 {
    let messages = request.messages.iter().map(|message| {
        let media: u64 = message.media.iter().map(of_media).sum();
        of_text(&message.content) + media + OF_A_MESSAGE
    });
    messages.sum()
}

fn of_ascii(byte: u8) -> u64 {
    match byte {
        b' ' | b'\t' | b'\r' => 2,
        b'a'..=b'z' | b'A'..=b'Z' => 3,
        b'0'..=b'9' => 4,
        _ => 6,
    }
}

fn of_char(c: char) -> u64 {
    match c {
        c if c.is_ascii() => of_ascii(c as u8),
        // Kana, Han, Hangul, their signs and their wide forms.
        '\u{2E80}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' => TOKEN,
        c if c.is_alphabetic() => 6,
        // Emoji and rare signs are several tokens.
        '\u{1F000}'..='\u{1FFFF}' => 2 * TOKEN,
        _ => TOKEN,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::chat::Message;

    #[test]
    fn scripts_are_weighed_as_models_count_them() {
        for (text, least, most) in [
            ("", 0, 0),
            // 9 by OpenAI's o200k.
            ("The quick brown fox jumps over the lazy dog", 8, 12),
            // 8 by o200k, more by others.
            ("敏捷的棕色狐狸跳过懒狗", 8, 13),
            // 11 by o200k.
            ("fn main() {\n    println!(\"hi\");\n}\n", 9, 16),
            // 10 by o200k.
            ("Быстрая коричневая лиса прыгает", 10, 18),
        ] {
            let tokens = of_text(text);
            assert!((least..=most).contains(&tokens), "{text}: {tokens}");
        }
    }

    #[test]
    fn a_request_is_all_that_it_carries() {
        let picture = Media {
            name: "a.png".into(),
            kind: MediaKind::Png,
            bytes: b"x".as_slice().into(),
        };
        let messages = vec![
            Message::system("abcd"),
            Message::user("你好").with_media(vec![picture]),
        ];
        let request = ChatRequest::new("a/b", messages, 1);
        assert_eq!(of_request(&request), (1 + 4) + (2 + 1000 + 4));
    }

    proptest! {
        #[test]
        fn more_text_is_never_fewer_tokens(text in "\\PC{0,60}", more in "\\PC{0,20}") {
            let whole = of_text(&format!("{text}{more}"));
            prop_assert!(whole >= of_text(&text));
            prop_assert!(whole <= of_text(&text) + of_text(&more));
        }
    }
}
