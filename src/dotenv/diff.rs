//! A change as lines for people: what goes, what comes, and a little round it, values masked.

use std::ops::Range;

use super::lines::line_ends;
use super::mask;
use super::sight::{CONTEXT, Sight};
use super::syntax::{Item, Scan};
use crate::domain::line_diff::{DiffKind, DiffLine, Step, shown_steps};

/// The lines that differ, with a little context; empty when no line differs. A line end alone is no
/// difference.
pub fn diff(before: &[u8], after: &[u8]) -> Vec<DiffLine> {
    let sight = Sight::of(before, after);
    shown(
        &Sheet::new(before, &sight.old, sight.above),
        &Sheet::new(after, &sight.new, sight.above),
    )
}

fn shown(old: &Sheet<'_>, new: &Sheet<'_>) -> Vec<DiffLine> {
    let steps = shown_steps(&old.texts(), &new.texts(), CONTEXT).into_iter();
    steps
        .map(|step| match step {
            Step::Keep(at) => new.line(DiffKind::Kept, at),
            Step::Remove(at) => old.line(DiffKind::Removed, at),
            Step::Add(at) => new.line(DiffKind::Added, at),
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

    fn texts(&self) -> Vec<&'a [u8]> {
        let lines = self.lines.iter();
        lines
            .map(|&(start, end)| &self.scan.bytes[start..end])
            .collect()
    }

    fn line(&self, kind: DiffKind, at: usize) -> DiffLine {
        let (start, _) = self.lines[at];
        let item = self.items.partition_point(|item| item.span.end <= start);
        DiffLine {
            kind,
            number: self.above + at + 1,
            text: mask::line(&self.scan, &self.items[item], start),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(before: &str, after: &str) -> Vec<String> {
        let lines = diff(before.as_bytes(), after.as_bytes());
        let mark = |kind| match kind {
            DiffKind::Kept => ' ',
            DiffKind::Removed => '-',
            DiffKind::Added => '+',
        };
        let draw = |line: &DiffLine| format!("{}{} {}", mark(line.kind), line.number, line.text);
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
    }
}
