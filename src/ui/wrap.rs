//! Breaking text into lines of a width: by Unicode's rules, in columns, never inside a character.

use std::ops::Range;

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
    let lines = line_ranges(text, columns, 0).into_iter();
    let lines = lines.map(|line| text.get(line).unwrap_or_default().to_owned());
    lines.collect()
}

/// The lines of parts that stand side by side with a sign between them, broken between two parts where they do not all
/// find room; a part that is wider than a line is broken as text is.
pub fn wrap_parts(text: &str, between: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in text.split(between) {
        match lines.last_mut() {
            Some(line) if width(line) + width(between) + width(part) <= columns => {
                line.push_str(between);
                line.push_str(part);
            }
            _ => lines.extend(wrap(part, columns)),
        }
    }
    lines
}

/// Where the lines of [`wrap`] stand in the text, without the blanks at their ends; of the first line
/// `taken` columns are taken already. A first range that is empty: what comes first has no room there.
pub fn line_ranges(text: &str, columns: usize, taken: usize) -> Vec<Range<usize>> {
    let mut lines = Lines {
        text,
        columns: columns.max(2),
        found: Vec::new(),
        start: 0,
        end: 0,
        taken,
    };
    let mut at = 0;
    for (piece, ends_line) in pieces(text) {
        let bare = piece.trim_end_matches(['\n', '\r']);
        lines.push(at, bare);
        at += piece.len();
        if ends_line {
            lines.break_at(at);
        }
    }
    if lines.end > lines.start || lines.found.is_empty() {
        lines.break_at(at);
    }
    lines.found
}

/// Lines as they fill.
struct Lines<'a> {
    text: &'a str,
    columns: usize,
    found: Vec<Range<usize>>,
    start: usize,
    end: usize,
    taken: usize,
}

impl Lines<'_> {
    fn push(&mut self, at: usize, piece: &str) {
        if self.taken + width(piece.trim_end()) <= self.columns {
            self.taken += width(piece);
            self.end = at + piece.len();
            return;
        }
        if self.taken > 0 {
            self.break_at(at);
        }
        for (offset, character) in piece.grapheme_indices(true) {
            if self.taken + width(character) > self.columns && !character.trim().is_empty() {
                self.break_at(at + offset);
            }
            self.taken += width(character);
            self.end = at + offset + character.len();
        }
    }

    /// Ends the line; the next one starts at a place in the text.
    fn break_at(&mut self, next: usize) {
        let line = self.text.get(self.start..self.end).unwrap_or_default();
        self.found
            .push(self.start..self.start + line.trim_end().len());
        self.start = next;
        self.end = next;
        self.taken = 0;
    }
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
    fn parts_are_broken_between_each_other() {
        let parts = |columns| wrap_parts("a b · c d · 首字 1 秒", " · ", columns);
        assert_eq!(parts(30), ["a b · c d · 首字 1 秒"]);
        assert_eq!(parts(19), ["a b · c d", "首字 1 秒"]);
        // One that finds no room at all is broken within.
        assert_eq!(parts(6), ["a b", "c d", "首字 1", "秒"]);
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
    fn a_line_that_is_begun_has_room_for_what_fits() {
        assert_eq!(line_ranges("one two", 8, 5), [0..3, 4..7]);
        assert_eq!(line_ranges("one two", 8, 6), [0..0, 0..7]);
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
