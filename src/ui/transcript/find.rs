//! Finding words in a transcript.

use std::ops::Range;

use super::Transcript;
use super::select::Place;

/// What is looked for, and where it was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    needle: Vec<char>,
    hits: Vec<Hit>,
    current: Option<usize>,
    /// Bytes of each entry that were searched.
    searched: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    entry: usize,
    range: Range<usize>,
}

impl Search {
    /// The finds in an entry between two bytes of its text, and whether one is where the reader was brought.
    pub(super) fn between(
        &self,
        entry: usize,
        from: usize,
        to: usize,
    ) -> impl Iterator<Item = (Range<usize>, bool)> {
        let first = self
            .hits
            .partition_point(|hit| (hit.entry, hit.range.end) <= (entry, from));
        let hits = self.hits.iter().enumerate().skip(first);
        let hits = hits.take_while(move |(_, hit)| hit.entry == entry && hit.range.start < to);
        hits.map(|(at, hit)| (hit.range.clone(), self.current == Some(at)))
    }
}

impl Transcript {
    /// Looks for words in questions and answers, whatever their case, and goes to the first find at or below
    /// what is on top, or else to the first one of all. How many there are. No words: nothing is looked for
    /// any more.
    pub fn find(&mut self, words: &str) -> usize {
        let needle: Vec<char> = words.chars().flat_map(char::to_lowercase).collect();
        if needle.is_empty() {
            self.search = None;
            return 0;
        }
        let top = self.top_place();
        let mut search = Search {
            needle,
            ..Search::default()
        };
        self.look_through(&mut search);
        let below = search
            .hits
            .iter()
            .position(|hit| (hit.entry, hit.range.start) >= top);
        let first = (!search.hits.is_empty()).then_some(0);
        search.current = below.or(first);
        let count = search.hits.len();
        self.search = Some(search);
        self.show_current();
        count
    }

    /// Goes to the next find; behind the last one comes the first.
    pub fn find_next(&mut self) {
        self.find_by(|at, count| (at + 1) % count);
    }

    /// Goes to the find before; before the first one comes the last.
    pub fn find_previous(&mut self) {
        self.find_by(|at, count| (at + count - 1) % count);
    }

    /// The number of the find the reader was brought to, from 1, and how many there are; `None` when
    /// nothing is looked for.
    pub fn found(&self) -> Option<(usize, usize)> {
        let search = self.search.as_ref()?;
        let at = search.current.map_or(0, |at| at + 1);
        Some((at, search.hits.len()))
    }

    fn find_by(&mut self, step: impl Fn(usize, usize) -> usize) {
        let Some(mut search) = self.search.take() else {
            return;
        };
        self.look_through(&mut search);
        if !search.hits.is_empty() {
            let count = search.hits.len();
            search.current = Some(search.current.map_or(0, |at| step(at, count)));
        }
        self.search = Some(search);
        self.show_current();
    }

    /// Looks through what was not looked through yet. Text only grows, so earlier finds stay.
    fn look_through(&self, search: &mut Search) {
        search.searched.resize(self.entries.len(), 0);
        for (number, entry) in self.entries.iter().enumerate() {
            let done = search.searched[number];
            if done >= entry.text.len() && done > 0 {
                continue;
            }
            let at = search.hits.partition_point(|hit| hit.entry < number);
            let end = search.hits.partition_point(|hit| hit.entry <= number);
            let found = matches(&entry.text, &search.needle);
            let found = found.into_iter().map(|range| Hit {
                entry: number,
                range,
            });
            search.hits.splice(at..end, found);
            search.searched[number] = entry.text.len();
        }
    }

    fn show_current(&mut self) {
        let Some(search) = &self.search else {
            return;
        };
        let Some(hit) = search.current.and_then(|at| search.hits.get(at)) else {
            return;
        };
        let place = Place {
            entry: hit.entry,
            is_text: true,
            at: hit.range.start,
        };
        self.reveal(place);
    }
}

/// Where a text holds the needle, whatever the case; finds do not overlap.
fn matches(text: &str, needle: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut least = 0;
    let Some(&first) = needle.first() else {
        return found;
    };
    for (at, c) in text.char_indices() {
        if at < least || (c != first && !c.to_lowercase().eq([first]) && c.is_ascii()) {
            continue;
        }
        if let Some(end) = match_end(text, at, needle) {
            found.push(at..end);
            least = end;
        }
    }
    found
}

/// Where the needle ends in a text, if it stands there.
fn match_end(text: &str, at: usize, needle: &[char]) -> Option<usize> {
    let mut wanted = needle.iter();
    for (offset, c) in text.get(at..)?.char_indices() {
        if wanted.len() == 0 {
            return Some(at + offset);
        }
        for lower in c.to_lowercase() {
            if wanted.next() != Some(&lower) {
                return None;
            }
        }
    }
    (wanted.len() == 0).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, words: &str) -> Vec<Range<usize>> {
        let needle: Vec<char> = words.chars().flat_map(char::to_lowercase).collect();
        matches(text, &needle)
    }

    #[test]
    fn case_makes_no_difference_and_finds_do_not_overlap() {
        assert_eq!(find("Key key KEY", "key"), [0..3, 4..7, 8..11]);
        assert_eq!(find("aaaa", "aa"), [0..2, 2..4]);
        assert_eq!(find("ÄÖ 密钥 äÖ", "äö"), [0..4, 12..16]);
        assert_eq!(find("密钥密钥", "钥"), [3..6, 9..12]);
        assert!(find("abc", "abcd").is_empty());
    }
}
