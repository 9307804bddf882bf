//! A line of parts that say less where there is less room: each has shorter words for that, and what stands at
//! its end is never cut.

use crate::ui::wrap::{clip, width};

/// Between two parts.
const BETWEEN: &str = " · ";

/// The line, part by part.
#[derive(Debug, Default)]
pub(super) struct Headline {
    /// What is cut at its end where even its shortest words are too long.
    front: Vec<Part>,
    /// What stays whole.
    end: Vec<Part>,
}

/// The same in several words, the longest first.
#[derive(Debug)]
struct Part(Vec<String>);

impl Part {
    fn words(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    fn can_be_shorter(&self) -> bool {
        self.0.len() > 1
    }
}

impl Headline {
    /// Adds a part with its words, the longest first.
    pub(super) fn say<const N: usize>(&mut self, words: [impl Into<String>; N]) {
        let words = words.into_iter().map(Into::into);
        self.front.push(Part(words.collect()));
    }

    /// The same at the end of the line.
    pub(super) fn end_with<const N: usize>(&mut self, words: [impl Into<String>; N]) {
        let words = words.into_iter().map(Into::into);
        self.end.push(Part(words.collect()));
    }

    /// The line in at most so many columns. The last of its end says less first, then the longest of its front.
    pub(super) fn fitting(mut self, columns: usize) -> String {
        while width(&self.line()) > columns {
            let of_end = self.end.iter_mut().rev().find(|part| part.can_be_shorter());
            let front = self.front.iter_mut().filter(|part| part.can_be_shorter());
            let longest = || front.max_by_key(|part| width(part.words()));
            let Some(part) = of_end.or_else(longest) else {
                break;
            };
            part.0.remove(0);
        }
        let end = joined(&self.end);
        if end.is_empty() || width(&self.line()) <= columns {
            return clip(&self.line(), columns);
        }
        let room = columns.saturating_sub(width(&end) + width(BETWEEN));
        let front = clip(&joined(&self.front), room);
        clip(&format!("{front}{BETWEEN}{end}"), columns)
    }

    fn line(&self) -> String {
        joined(self.front.iter().chain(&self.end))
    }
}

fn joined<'a>(parts: impl IntoIterator<Item = &'a Part>) -> String {
    let words: Vec<&str> = parts.into_iter().map(Part::words).collect();
    words.join(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(columns: usize) -> String {
        let mut line = Headline::default();
        line.say(["account, by activity", "account"]);
        line.say(["30 days (UTC)"]);
        line.end_with(["as of 14:03", "14:03"]);
        line.end_with(["asking the server", "asking…"]);
        line.fitting(columns)
    }

    #[test]
    fn each_part_says_less_before_anything_is_cut_and_the_end_stays_whole() {
        let whole = "account, by activity · 30 days (UTC) · as of 14:03 · asking the server";
        assert_eq!(at(width(whole)), whole);
        let shorter = "account, by activity · 30 days (UTC) · as of 14:03 · asking…";
        assert_eq!(at(width(whole) - 1), shorter);
        let shorter = "account, by activity · 30 days (UTC) · 14:03 · asking…";
        assert_eq!(at(width(shorter)), shorter);
        let shorter = "account · 30 days (UTC) · 14:03 · asking…";
        assert_eq!(at(width(shorter)), shorter);
        assert_eq!(at(32), "account · 30 … · 14:03 · asking…");
        for columns in 0..90 {
            assert!(width(&at(columns)) <= columns, "{columns}");
        }
    }
}
