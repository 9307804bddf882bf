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
struct Part {
    words: Vec<String>,
    /// It is left out before anything is cut.
    may_go: bool,
}

impl Part {
    fn new<const N: usize>(words: [impl Into<String>; N]) -> Self {
        Self {
            words: words.into_iter().map(Into::into).collect(),
            may_go: false,
        }
    }

    fn words(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    fn can_be_shorter(&self) -> bool {
        self.words.len() > 1
    }
}

impl Headline {
    /// Adds a part with its words, the longest first.
    pub(super) fn say<const N: usize>(&mut self, words: [impl Into<String>; N]) {
        self.front.push(Part::new(words));
    }

    /// The same, left out where even its shortest words have no room.
    pub(super) fn say_where_room<const N: usize>(&mut self, words: [impl Into<String>; N]) {
        self.front.push(Part {
            may_go: true,
            ..Part::new(words)
        });
    }

    /// The same at the end of the line.
    pub(super) fn end_with<const N: usize>(&mut self, words: [impl Into<String>; N]) {
        self.end.push(Part::new(words));
    }

    /// The line in at most so many columns. The last of its end says less first, then the longest of its front.
    pub(super) fn fitting(mut self, columns: usize) -> String {
        while width(&self.line()) > columns {
            let of_end = self.end.iter_mut().rev().find(|part| part.can_be_shorter());
            let front = self.front.iter_mut().filter(|part| part.can_be_shorter());
            let longest = || front.max_by_key(|part| width(part.words()));
            if let Some(part) = of_end.or_else(longest) {
                part.words.remove(0);
            } else if let Some(at) = self.front.iter().rposition(|part| part.may_go) {
                self.front.remove(at);
            } else {
                break;
            }
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

    #[test]
    fn what_may_go_goes_before_anything_is_cut_and_after_all_else_is_short() {
        let at = |columns| {
            let mut line = Headline::default();
            line.say(["account, by activity", "account"]);
            line.say_where_room(["a word more, at length", "a word more"]);
            line.end_with(["14:03"]);
            line.fitting(columns)
        };
        assert_eq!(at(29), "account · a word more · 14:03");
        assert_eq!(at(28), "account · 14:03");
        assert_eq!(at(14), "accou… · 14:03");
    }
}
