//! A line being read from its left, in columns: a tab reaches to the next multiple of four.

use super::Line;

/// Where reading has come to on a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    column: usize,
    /// Columns of a tab that was taken in part.
    left: usize,
}

impl<'a> Cursor<'a> {
    /// At the left of a line of a text.
    pub(super) fn new(text: &'a str, from: usize, end: usize) -> Self {
        Self {
            text,
            at: from,
            end,
            column: 0,
            left: 0,
        }
    }

    /// What is left of the line, without a part of a tab before it.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    /// What is left of the line, without the blanks at its beginning.
    pub(super) fn words(&self) -> &'a str {
        self.rest().trim_start_matches([' ', '\t'])
    }

    /// Whether nothing but blanks is left.
    pub(super) fn is_blank(&self) -> bool {
        self.rest()
            .bytes()
            .all(|b| matches!(b, b' ' | b'\t' | b'\r'))
    }

    /// The columns of blanks that come next.
    pub(super) fn indent(&self) -> usize {
        let mut column = self.column + self.left;
        for byte in self.rest().bytes() {
            match byte {
                b' ' => column += 1,
                b'\t' => column += 4 - column % 4,
                _ => break,
            }
        }
        column - self.column
    }

    /// Takes at most so many columns of blanks.
    pub(super) fn take_blanks(&mut self, columns: usize) {
        let mut wanted = columns;
        while wanted > 0 {
            if self.left > 0 {
                let taken = self.left.min(wanted);
                self.left -= taken;
                self.column += taken;
                wanted -= taken;
                continue;
            }
            match self.rest().as_bytes().first() {
                Some(b' ') => {
                    self.at += 1;
                    self.column += 1;
                    wanted -= 1;
                }
                Some(b'\t') => {
                    self.at += 1;
                    self.left = 4 - self.column % 4;
                }
                _ => break,
            }
        }
    }

    /// Takes so many bytes that are one column each.
    pub(super) fn take(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.end);
        self.column += bytes;
    }

    /// What is left, as a line.
    pub(super) fn line(&self) -> Line {
        Line {
            blanks: self.left,
            from: self.at,
            to: self.end,
        }
    }

    /// What is left, as a line without the blanks round it.
    pub(super) fn trimmed(&self) -> Line {
        let words = self.words();
        let from = self.end - words.len();
        Line {
            blanks: 0,
            from,
            to: from + words.trim_end().len(),
        }
    }
}
