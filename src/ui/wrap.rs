//! Breaking text into lines of a width: by Unicode's rules, in columns, never inside a character.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The lines of `text` at `columns` columns. Line breaks in the text stay; a word that is wider than
/// a line is broken between characters.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for (piece, ends_line) in pieces(text) {
        let bare = piece.trim_end_matches(['\n', '\r']);
        push_piece(&mut lines, &mut line, bare, columns);
        if ends_line {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// What must stay together, and whether a line ends after it. Unicode's rules, but for paths and
/// addresses: those are one word from their first slash to their last; and a command's `--flag` is one.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (end, kind) in linebreaks(text) {
        let Some(piece) = text.get(start..end) else {
            continue;
        };
        let is_in_flag = piece.starts_with("--") && piece.ends_with('-');
        if kind == BreakOpportunity::Allowed && (piece.ends_with('/') || is_in_flag) {
            continue;
        }
        start = end;
        let is_over = kind == BreakOpportunity::Mandatory
            && (piece.ends_with(['\n', '\r']) || end == text.len());
        match piece.split_once(" /") {
            Some((before, _)) if !before.is_empty() => {
                let (word, path) = piece.split_at(before.len() + 1);
                pieces.extend([(word, false), (path, is_over)]);
            }
            _ => pieces.push((piece, is_over)),
        }
    }
    pieces
}

fn push_piece(lines: &mut Vec<String>, line: &mut String, piece: &str, columns: usize) {
    if width(line) + width(piece.trim_end()) <= columns {
        line.push_str(piece);
        return;
    }
    if !line.is_empty() {
        lines.push(std::mem::take(line).trim_end().to_owned());
    }
    for character in piece.graphemes(true) {
        if width(line) + width(character) > columns && !character.trim().is_empty() {
            lines.push(std::mem::take(line).trim_end().to_owned());
        }
        line.push_str(character);
    }
}

/// At most `columns` columns of `text`; what does not fit gives way to an ellipsis.
pub fn clip(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut clipped = String::new();
    for character in text.graphemes(true) {
        if width(&clipped) + width(character) + 1 > columns {
            break;
        }
        clipped.push_str(character);
    }
    if columns > 0 {
        clipped.push('…');
    }
    clipped
}

/// `text` filled with blanks up to `columns` columns.
pub fn pad(text: &str, columns: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(
        ' ',
        columns.saturating_sub(width(text)),
    ));
    padded
}

/// As [`pad`], the blanks before the text.
pub fn pad_left(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_move_to_the_next_line_whole() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a\n\nb", 8), ["a", "", "b"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_a_full_stop() {
        assert_eq!(wrap("密钥被拒绝了。", 12), ["密钥被拒绝", "了。"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn a_path_moves_to_the_next_line_whole() {
        assert_eq!(
            wrap("chmod 600 /home/ada/.env", 18),
            ["chmod 600", "/home/ada/.env"]
        );
    }

    #[test]
    fn a_clip_never_splits_a_wide_character() {
        assert_eq!(clip("密钥密钥", 6), "密钥…");
        assert_eq!(clip("abc", 3), "abc");
    }

    #[test]
    fn a_flag_moves_to_the_next_line_whole() {
        assert_eq!(wrap("node --env-file", 12), ["node", "--env-file"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_but_blanks_is_lost(
            text in "[a-z 密钥，。é👍]{0,80}", columns in 2usize..40
        ) {
            let lines = wrap(&text, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{line:?}");
            }
            let keep = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(keep(&lines.concat()), keep(&text));
        }
    }
}
