//! What differs between two lists of lines, and how a difference is shown.

use super::clean_text::CleanText;

/// Beyond this many differing lines the old ones are shown as going and the new ones as coming.
const MOST_STEPS: usize = 1000;

/// What one line of a shown change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffKind {
    /// Stays.
    Kept,
    /// Goes.
    Removed,
    /// Comes.
    Added,
}

/// One line of a shown change, secrets masked where it is one of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// Stays, goes or comes.
    pub kind: DiffKind,
    /// Its number, from 1: in the old file where it goes, else in the new one.
    pub number: usize,
    /// The line.
    pub text: CleanText,
}

/// One step from the old lines to the new ones; the number is that of the new line unless it goes, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The line stays.
    Keep(usize),
    /// The old line goes.
    Remove(usize),
    /// The new line comes.
    Add(usize),
}

impl Step {
    fn is_kept(self) -> bool {
        matches!(self, Self::Keep(_))
    }
}

/// The steps from the old lines to the new ones that are shown: those that change something, with so many
/// kept lines round each.
pub fn shown_steps<Line: PartialEq>(old: &[Line], new: &[Line], context: usize) -> Vec<Step> {
    let steps = steps(old, new);
    let near = |at: usize| {
        let from = at.saturating_sub(context);
        steps[from..steps.len().min(at + context + 1)]
            .iter()
            .any(|step| !step.is_kept())
    };
    let shown = steps.iter().enumerate().filter(|(at, _)| near(*at));
    shown.map(|(_, step)| *step).collect()
}

/// The shortest way from the old lines to the new ones.
pub fn steps<Line: PartialEq>(old: &[Line], new: &[Line]) -> Vec<Step> {
    let (old_len, new_len) = (old.len(), new.len());
    let shorter = old_len.min(new_len);
    let head = (0..shorter).take_while(|&at| old[at] == new[at]).count();
    let tail = (0..shorter - head)
        .take_while(|back| old[old_len - 1 - back] == new[new_len - 1 - back])
        .count();
    let mut steps: Vec<Step> = (0..head).map(Step::Keep).collect();
    let (old_end, new_end) = (old_len - tail, new_len - tail);
    let is_same = |x: usize, y: usize| old[head + x] == new[head + y];
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

    #[test]
    fn far_changes_are_shown_without_what_lies_between() {
        let old: Vec<u8> = (0..20).collect();
        let mut new = old.clone();
        new[3] = 99;
        new.remove(15);
        assert_eq!(
            shown_steps(&old, &new, 1),
            [
                Step::Keep(2),
                Step::Remove(3),
                Step::Add(3),
                Step::Keep(4),
                Step::Keep(14),
                Step::Remove(15),
                Step::Keep(15),
            ]
        );
        assert_eq!(shown_steps(&old, &old, 3), []);
    }

    proptest! {
        #[test]
        fn the_steps_lead_from_the_old_lines_to_the_new(
            old in prop::collection::vec(0..4_u8, 0..12),
            new in prop::collection::vec(0..4_u8, 0..12),
        ) {
            let (mut x, mut y) = (0, 0);
            for step in steps(&old, &new) {
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
