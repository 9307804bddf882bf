//! Which marks of emphasis belong together.

use super::{Node, Style};

/// No previous or next mark.
const NONE: usize = usize::MAX;
/// Kinds of closers: three marks, with or without opening, of a length by threes.
const KINDS: usize = 18;

/// The runs of `*`, `_` and `~` of some lines, and what was found to reach from one to another.
#[derive(Debug, Default)]
pub(super) struct Delimiters {
    runs: Vec<Run>,
    /// The last run that is still in play.
    last: Option<usize>,
    reaches: Vec<Reach>,
}

/// A run of marks.
#[derive(Clone, Copy, Debug)]
struct Run {
    node: usize,
    mark: u8,
    /// Marks at first, and those that were not used yet.
    length: usize,
    left: usize,
    can_open: bool,
    can_close: bool,
    /// Its neighbours among those still in play.
    before: usize,
    after: usize,
}

/// What reaches from behind one node to before another one.
#[derive(Clone, Copy, Debug)]
struct Reach {
    from: usize,
    to: usize,
    mark: u8,
    marks: usize,
}

impl Delimiters {
    /// How many runs there are.
    pub(super) fn len(&self) -> usize {
        self.runs.len()
    }

    /// Adds a run between two characters.
    pub(super) fn push(
        &mut self,
        node: usize,
        mark: u8,
        length: usize,
        before: Option<char>,
        after: Option<char>,
    ) {
        let (before, after) = (Side::of(before), Side::of(after));
        let opens = !after.is_blank && (!after.is_mark || before.is_edge());
        let closes = !before.is_blank && (!before.is_mark || after.is_edge());
        let (can_open, can_close) = match mark {
            b'_' => (
                opens && (!closes || before.is_mark),
                closes && (!opens || after.is_mark),
            ),
            // One is a sign for "about".
            b'~' => (opens && length == 2, closes && length == 2),
            _ => (opens, closes),
        };
        if !can_open && !can_close {
            return;
        }
        let number = self.runs.len();
        self.runs.push(Run {
            node,
            mark,
            length,
            left: length,
            can_open,
            can_close,
            before: self.last.unwrap_or(NONE),
            after: NONE,
        });
        if let Some(last) = self.last {
            self.runs[last].after = number;
        }
        self.last = Some(number);
    }

    /// Finds what belongs together among the runs from a number on; those are out of play afterwards.
    pub(super) fn resolve(&mut self, from: usize, nodes: &mut [Node]) {
        // The lowest run at which an opener may still be found, for each kind of closer.
        let mut lowest = [from; KINDS];
        let mut at = self.first_from(from);
        while at != NONE {
            let closer = self.runs[at];
            if !closer.can_close {
                at = closer.after;
                continue;
            }
            let kind = closer.kind();
            if let Some(opener) = self.opener(at, lowest[kind]) {
                at = self.join(opener, at, nodes);
                continue;
            }
            lowest[kind] = at;
            if !closer.can_open {
                self.drop(at);
            }
            at = closer.after;
        }
        while let Some(last) = self.last.filter(|last| *last >= from) {
            self.drop(last);
        }
    }

    /// The first run in play from a number on.
    fn first_from(&self, from: usize) -> usize {
        let mut first = NONE;
        let mut at = self.last.unwrap_or(NONE);
        while at != NONE && at >= from {
            first = at;
            at = self.runs[at].before;
        }
        first
    }

    fn opener(&self, closer: usize, lowest: usize) -> Option<usize> {
        let closing = self.runs[closer];
        let mut at = closing.before;
        while at != NONE && at >= lowest {
            let run = self.runs[at];
            let is_odd = (run.can_close || closing.can_open)
                && (run.length + closing.length).is_multiple_of(3)
                && !(run.length.is_multiple_of(3) && closing.length.is_multiple_of(3));
            if run.mark == closing.mark && run.can_open && !is_odd {
                return Some(at);
            }
            at = run.before;
        }
        None
    }

    /// Notes what reaches from an opener to a closer; the run to look at next.
    fn join(&mut self, opener: usize, closer: usize, nodes: &mut [Node]) -> usize {
        let (opening, closing) = (self.runs[opener], self.runs[closer]);
        let marks = opening.left.min(closing.left).min(2);
        self.reaches.push(Reach {
            from: opening.node,
            to: closing.node,
            mark: closing.mark,
            marks,
        });
        nodes[opening.node].to -= marks;
        nodes[closing.node].from += marks;
        while self.runs[closer].before != opener {
            self.drop(self.runs[closer].before);
        }
        self.runs[opener].left -= marks;
        self.runs[closer].left -= marks;
        if self.runs[opener].left == 0 {
            self.drop(opener);
        }
        if self.runs[closer].left > 0 {
            return closer;
        }
        self.drop(closer);
        closing.after
    }

    fn drop(&mut self, number: usize) {
        let Run { before, after, .. } = self.runs[number];
        if before != NONE {
            self.runs[before].after = after;
        }
        if after == NONE {
            self.last = (before != NONE).then_some(before);
        } else {
            self.runs[after].before = before;
        }
    }

    /// Lets strong words that nothing closed reach to the end.
    pub(super) fn stretch(&mut self, nodes: &mut [Node]) {
        for run in &self.runs {
            let is_unused = run.left == 2 && run.length == 2 && run.can_open;
            if is_unused && run.mark == b'*' && run.node + 1 < nodes.len() {
                self.reaches.push(Reach {
                    from: run.node,
                    to: nodes.len(),
                    mark: run.mark,
                    marks: 2,
                });
                nodes[run.node].to = nodes[run.node].from;
            }
        }
    }

    /// What was done to each of so many nodes.
    pub(super) fn styles(&self, nodes: usize) -> impl Iterator<Item = Style> {
        let mut turns = vec![[0_i32; 3]; nodes + 1];
        for reach in &self.reaches {
            let kind = match (reach.mark, reach.marks) {
                (b'~', _) => 2,
                (_, 2) => 0,
                _ => 1,
            };
            turns[(reach.from + 1).min(nodes)][kind] += 1;
            turns[reach.to.min(nodes)][kind] -= 1;
        }
        let mut depth = [0; 3];
        turns.into_iter().map(move |turn| {
            for (depth, turn) in depth.iter_mut().zip(turn) {
                *depth += turn;
            }
            Style {
                is_strong: depth[0] > 0,
                is_stressed: depth[1] > 0,
                is_struck: depth[2] > 0,
            }
        })
    }
}

impl Run {
    /// Closers of a kind find the same openers.
    fn kind(self) -> usize {
        let mark = match self.mark {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        mark * 6 + usize::from(self.can_open) * 3 + self.length % 3
    }
}

/// What stands beside a mark.
#[derive(Clone, Copy)]
struct Side {
    is_blank: bool,
    is_mark: bool,
    /// A letter of a script that writes no blanks between words.
    is_unspaced: bool,
}

impl Side {
    fn of(c: Option<char>) -> Self {
        let is_blank = c.is_none_or(char::is_whitespace);
        Self {
            is_blank,
            is_mark: !is_blank && c.is_some_and(|c| !c.is_alphanumeric()),
            is_unspaced: c.is_some_and(is_unspaced),
        }
    }

    fn is_edge(self) -> bool {
        self.is_blank || self.is_mark || self.is_unspaced
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}
