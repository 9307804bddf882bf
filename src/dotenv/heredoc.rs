//! Heredocs: the lines a shell takes as text and everybody else as assignments.

use std::collections::HashMap;

use memchr::memchr;

use super::lines::line_ends;

/// Where the lines are that could end a heredoc. Made when the first `<<` is met, so that a file
/// full of them is still read in linear time.
#[derive(Debug, Default)]
pub(super) struct Heredocs<'a> {
    ends: Option<HashMap<&'a [u8], Vec<usize>>>,
}

impl<'a> Heredocs<'a> {
    /// Where the line begins that ends the heredoc opened by `text`, which stands before `after`.
    /// `None` when there is no `<<WORD`, or no later line is `WORD`.
    pub(super) fn last_line(
        &mut self,
        bytes: &'a [u8],
        text: &[u8],
        after: usize,
    ) -> Option<usize> {
        let opened = openings(text);
        if opened.is_empty() {
            return None;
        }
        let ends = self.ends.get_or_insert_with(|| word_lines(bytes));
        opened.iter().find_map(|word| {
            let starts = ends.get(word.as_slice())?;
            let later = starts.partition_point(|&start| start < after);
            starts.get(later).copied()
        })
    }
}

/// The words of every `<<WORD`, `<<-WORD`, `<<'WORD'` in a text; `<<<` is not one.
pub(super) fn openings(text: &[u8]) -> Vec<Vec<u8>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr(b'<', &text[at..]) {
        at += found + 1;
        let Some(rest) = text[at..].strip_prefix(b"<") else {
            continue;
        };
        at += 1;
        if rest.first() == Some(&b'<') {
            at += rest.iter().take_while(|&&byte| byte == b'<').count();
            continue;
        }
        let rest = rest.strip_prefix(b"-").unwrap_or(rest).trim_ascii_start();
        let rest = match rest.first() {
            Some(b'\'' | b'"' | b'\\') => &rest[1..],
            _ => rest,
        };
        let word: Vec<u8> = rest
            .iter()
            .copied()
            .take_while(|&byte| is_word_byte(byte))
            .collect();
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// The lines that are one word, by that word; `<<-` lets tabs stand before it.
fn word_lines(bytes: &[u8]) -> HashMap<&[u8], Vec<usize>> {
    let mut lines: HashMap<&[u8], Vec<usize>> = HashMap::new();
    let mut start = 0;
    while start < bytes.len() {
        let (body_end, end) = line_ends(bytes, start);
        let line = &bytes[start..body_end];
        let tabs = line.iter().take_while(|&&byte| byte == b'\t').count();
        let word = &line[tabs..];
        if !word.is_empty() && word.iter().copied().all(is_word_byte) {
            lines.entry(word).or_default().push(start);
        }
        start = end;
    }
    lines
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
