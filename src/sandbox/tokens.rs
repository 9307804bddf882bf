//! Text in pieces of about the size that models read and write it in.

/// A word with the blanks before it, cut after so many letters.
const WORD: usize = 6;

/// How many tokens a text is.
pub(super) fn count(text: &str) -> u64 {
    Pieces { rest: text }.count() as u64
}

/// The text in pieces; together they are the text again.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    Pieces { rest: text }
}

struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (piece, rest) = self.rest.split_at(length_of_first(self.rest));
        self.rest = rest;
        Some(piece)
    }
}

/// Bytes of the first piece: blanks, then letters of one word, or one other character.
fn length_of_first(text: &str) -> usize {
    let mut letters = 0;
    for (at, c) in text.char_indices() {
        let is_blank = c.is_whitespace();
        if is_blank && letters == 0 {
            continue;
        }
        if c.is_ascii_alphanumeric() && letters < WORD {
            letters += 1;
            continue;
        }
        return if letters == 0 { at + c.len_utf8() } else { at };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_the_text_again() {
        for text in [
            "",
            "  ",
            "fn main() {\n    println!(\"hi\");\n}\n",
            "你好，世界 ok",
            "🦀🦀",
        ] {
            assert_eq!(pieces(text).collect::<String>(), text);
        }
    }

    #[test]
    fn words_are_one_piece_or_few_and_each_han_character_is_one() {
        assert_eq!(
            pieces("Hello big world").collect::<Vec<_>>(),
            ["Hello", " big", " world"]
        );
        assert_eq!(count("你好世界"), 4);
        assert_eq!(count("internationalization"), 4);
    }
}
