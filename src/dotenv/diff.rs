//! A change as lines for people: what goes, what comes, and a little round it, values masked.

use std::ops::Range;

use super::lines::line_ends;
use super::mask;
use super::sight::{CONTEXT, Sight};
use super::syntax::{Item, Scan};
use crate::domain::clean_text::CleanText;

/// Beyond this many differing lines the files are shown as one going and the other coming.
const MOST_STEPS: usize = 1000;

/// What a line of a shown change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Stays.
    Kept,
    /// Goes.
    Removed,
    /// Comes.
    Added,
}

/// One line of a shown change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Stays, goes or comes.
    pub kind: LineKind,
    /// Its number, from 1: in the old file where it goes, else in the new one.
    pub number: usize,
    /// The line, values masked.
    pub text: CleanText,
}

/// The lines that differ, with a little context; empty when no line differs. A line end alone is no
/// difference.
pub fn diff(before: &[u8], after: &[u8]) -> Vec<Line> {
    let sight = Sight::of(before, after);
    shown(
        &Sheet::new(before, &sight.old, sight.above),
        &Sheet::new(after, &sight.new, sight.above),
    )
}

fn shown(old: &Sheet<'_>, new: &Sheet<'_>) -> Vec<Line> {
    let steps = steps(old, new);
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        steps[from..steps.len().min(at + CONTEXT + 1)]
            .iter()
            .any(|step| !step.is_kept())
    };
    let shown = steps.iter().enumerate().filter(|(at, _)| near(*at));
    shown
        .map(|(_, &step)| match step {
            Step::Keep(at) => new.line(LineKind::Kept, at),
            Step::Remove(at) => old.line(LineKind::Removed, at),
            Step::Add(at) => new.line(LineKind::Added, at),
        })
        .collect()
}

/// The lines of a file that may have to be shown.
struct Sheet<'a> {
    scan: Scan<'a>,
    /// The items that hold them.
    items: Vec<Item>,
    /// Where each line begins, and where its text ends.
    lines: Vec<(usize, usize)>,
    /// How many lines stand above them.
    above: usize,
}

impl<'a> Sheet<'a> {
    fn new(bytes: &'a [u8], sight: &Range<usize>, above: usize) -> Self {
        let scan = Scan::new(bytes);
        let items = scan.items_from(sight.start);
        let items = items.take_while(|item| item.span.start < sight.end);
        let mut lines = Vec::new();
        let mut start = sight.start;
        while start < sight.end {
            let (body_end, end) = line_ends(bytes, start);
            lines.push((start, body_end));
            start = end;
        }
        Self {
            items: items.collect(),
            scan,
            lines,
            above,
        }
    }

    fn text(&self, at: usize) -> &'a [u8] {
        let (start, end) = self.lines[at];
        &self.scan.bytes[start..end]
    }

    fn line(&self, kind: LineKind, at: usize) -> Line {
        let (start, _) = self.lines[at];
        let item = self.items.partition_point(|item| item.span.end <= start);
        Line {
            kind,
            number: self.above + at + 1,
            text: mask::line(&self.scan, &self.items[item], start),
        }
    }
}

/// One step from the old file to the new one; the line is of the new file unless it goes.
#[derive(Clone, Copy, Debug)]
enum Step {
    Keep(usize),
    Remove(usize),
    Add(usize),
}

impl Step {
    fn is_kept(self) -> bool {
        matches!(self, Self::Keep(_))
    }
}

/// The shortest way from the old lines to the new ones.
fn steps(old: &Sheet<'_>, new: &Sheet<'_>) -> Vec<Step> {
    let (old_len, new_len) = (old.lines.len(), new.lines.len());
    let shorter = old_len.min(new_len);
    let head = (0..shorter)
        .take_while(|&at| old.text(at) == new.text(at))
        .count();
    let tail = (0..shorter - head)
        .take_while(|back| old.text(old_len - 1 - back) == new.text(new_len - 1 - back))
        .count();
    let mut steps: Vec<Step> = (0..head).map(Step::Keep).collect();
    let (old_end, new_end) = (old_len - tail, new_len - tail);
    let is_same = |x: usize, y: usize| old.text(head + x) == new.text(head + y);
    if let Some(middle) = shortest(old_end - head, new_end - head, is_same) {
        steps.extend(middle.into_iter().map(|step| match step {
            Step::Keep(at) => Step::Keep(head + at),
            Step::Remove(at) => Step::Remove(head + at),
            Step::Add(at) => Step::Add(head + at),
        }));
    } else {
        steps.extend((head..old_end).map(Step::Remove));
        steps.extend((head..new_end).map(Step::Add));
    }
    steps.extend((new_end..new_len).map(Step::Keep));
    steps
}

/// Myers' algorithm: the time grows with the length times the number of differences. `None` when
/// there are more than [`MOST_STEPS`] of these.
fn shortest(old: usize, new: usize, is_same: impl Fn(usize, usize) -> bool) -> Option<Vec<Step>> {
    // `reach[k + offset]` is how far into the old lines one comes on diagonal k = old − new.
    let most = (old + new).min(MOST_STEPS);
    let offset = most + 1;
    let mut reach = vec![0_usize; 2 * offset + 1];
    let mut history = Vec::new();
    for differences in 0..=most {
        history.push(reach[offset - differences..=offset + differences].to_vec());
        for step in 0..=differences {
            let diagonal = offset + 2 * step - differences;
            let comes =
                step == 0 || (step < differences && reach[diagonal - 1] < reach[diagonal + 1]);
            let mut x = if comes {
                reach[diagonal + 1]
            } else {
                reach[diagonal - 1] + 1
            };
            // Outside the files: a diagonal no path needs.
            if x + offset < diagonal || x > old || x + offset - diagonal > new {
                reach[diagonal] = x;
                continue;
            }
            while x < old && x + offset - diagonal < new && is_same(x, x + offset - diagonal) {
                x += 1;
            }
            reach[diagonal] = x;
            if x == old && x + offset - diagonal == new {
                return Some(walk_back(&history, old, new));
            }
        }
    }
    None
}

/// The path that [`shortest`] found, from its end to its beginning and turned round.
fn walk_back(history: &[Vec<usize>], old: usize, new: usize) -> Vec<Step> {
    let (mut x, mut y) = (old, new);
    let mut steps = Vec::new();
    for (differences, reach) in history.iter().enumerate().skip(1).rev() {
        // The row kept for `differences` is centred on diagonal 0.
        let at = |diagonal: usize| reach.get(diagonal).copied().unwrap_or(0);
        let diagonal = x + differences - y;
        let comes =
            diagonal == 0 || (diagonal < 2 * differences && at(diagonal - 1) < at(diagonal + 1));
        let came_from = if comes {
            at(diagonal + 1)
        } else {
            at(diagonal - 1)
        };
        let turn = if comes { came_from } else { came_from + 1 };
        while x > turn {
            (x, y) = (x - 1, y - 1);
            steps.push(Step::Keep(y));
        }
        if comes {
            y -= 1;
            steps.push(Step::Add(y));
        } else {
            x -= 1;
            steps.push(Step::Remove(x));
        }
    }
    steps.extend((0..y).rev().map(Step::Keep));
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(before: &str, after: &str) -> Vec<String> {
        let lines = diff(before.as_bytes(), after.as_bytes());
        let mark = |kind| match kind {
            LineKind::Kept => ' ',
            LineKind::Removed => '-',
            LineKind::Added => '+',
        };
        let draw = |line: &Line| format!("{}{} {}", mark(line.kind), line.number, line.text);
        lines.iter().map(draw).collect()
    }

    #[test]
    fn a_replaced_value_is_shown_between_its_neighbours() {
        let before = "A=1\nB=2\nC=3\nPORT=1\nD=4\nE=5\nF=6\n";
        assert_eq!(
            drawn(before, &before.replace("PORT=1", "PORT=2")),
            [
                " 2 B=2",
                " 3 C=3",
                "-4 PORT=1",
                "+4 PORT=2",
                " 5 D=4",
                " 6 E=5",
            ]
        );
    }

    #[test]
    fn far_changes_are_shown_without_what_lies_between() {
        let before = "PORT=1\nA=1\nB=2\nC=3\nD=4\nE=5\nPORT=1\n";
        let shown = drawn(before, &before.replace("PORT=1", "PORT=2"));
        assert_eq!(
            shown,
            [
                "-1 PORT=1",
                "+1 PORT=2",
                " 2 A=1",
                " 3 B=2",
                " 5 D=4",
                " 6 E=5",
                "-7 PORT=1",
                "+7 PORT=2",
            ]
        );
    }

    #[test]
    fn a_new_file_comes_and_a_line_end_alone_is_no_change() {
        assert_eq!(drawn("", "A=1\nPW=x\n"), ["+1 A=1", "+2 PW=••••••••"]);
        assert_eq!(drawn("A=1", "A=1\n"), Vec::<String>::new());
        assert_eq!(drawn("A=1", "A=1\nB=2\n"), [" 1 A=1", "+2 B=2"]);
        assert_eq!(drawn("A=1\n", ""), ["-1 A=1"]);
    }

    #[test]
    fn files_that_share_nothing_are_shown_whole() {
        let many = |name: &str| {
            let lines: Vec<String> = (0..2000).map(|at| format!("{name}{at}=1\n")).collect();
            lines.concat()
        };
        assert_eq!(drawn(&many("A"), &many("B")).len(), 4000);
    }

    fn whole(text: &str) -> Sheet<'_> {
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Sheet::new(text.as_bytes(), &(first..text.len()), 0)
    }

    /// Files of few different lines, some within values over several lines.
    fn odd_file() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "A=1",
            "A=1",
            "B=2",
            "K='a",
            "b'",
            "",
            "J=$(cat <<E",
            "E",
            "PW=x",
        ]);
        let end = prop::sample::select(vec!["\n", "\n", "\r\n"]);
        let lines = prop::collection::vec((line, end), 0..12);
        let (bom, is_cut) = (prop::bool::weighted(0.2), any::<bool>());
        (bom, lines, is_cut).prop_map(|(bom, lines, is_cut)| {
            let lines = lines.iter().flat_map(|(line, end)| [*line, *end]);
            let text: String = bom.then_some("\u{feff}").into_iter().chain(lines).collect();
            if is_cut {
                text.trim_end().to_owned()
            } else {
                text
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_look_at_what_differs_shows_what_a_look_at_all_does(
            (old, new) in (odd_file(), odd_file(), 0..8_usize, 0..8_usize).prop_map(|(old, other, head, tail)| {
                // The same lines above and below, and something else between.
                let lines: Vec<&str> = old.split_inclusive('\n').collect();
                let head = head.min(lines.len());
                let tail = tail.min(lines.len() - head);
                let new = lines[..head].concat() + &other + &lines[lines.len() - tail..].concat();
                (old, new)
            }),
        ) {
            let looked_at_all = shown(&whole(&old), &whole(&new));
            prop_assert_eq!(diff(old.as_bytes(), new.as_bytes()), looked_at_all);
        }

        #[test]
        fn the_steps_lead_from_the_old_lines_to_the_new(
            old in prop::collection::vec(0..4_u8, 0..12),
            new in prop::collection::vec(0..4_u8, 0..12),
        ) {
            let sheet = |lines: &[u8]| {
                let lines: Vec<String> = lines.iter().map(|n| format!("N{n}=1\n")).collect();
                lines.concat()
            };
            let (old_text, new_text) = (sheet(&old), sheet(&new));
            let (old_sheet, new_sheet) = (whole(&old_text), whole(&new_text));
            let (mut x, mut y) = (0, 0);
            for step in steps(&old_sheet, &new_sheet) {
                match step {
                    Step::Keep(at) => {
                        prop_assert_eq!(at, y);
                        prop_assert_eq!(old[x], new[y]);
                        (x, y) = (x + 1, y + 1);
                    }
                    Step::Remove(at) => {
                        prop_assert_eq!(at, x);
                        x += 1;
                    }
                    Step::Add(at) => {
                        prop_assert_eq!(at, y);
                        y += 1;
                    }
                }
            }
            prop_assert_eq!((x, y), (old.len(), new.len()));
        }
    }
}
