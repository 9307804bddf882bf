//! A page as plain lines: no colour, no position, nothing that a screen reader cannot say.

use super::page::{Block, Page, stage_mark};
use super::table::aligned;
use super::wrap::{pad, width};
use crate::domain::line_diff::DiffKind;
use crate::flow::env::FileChange;

/// The lines of a page, its choices numbered from 1.
pub fn page_lines(page: &Page<'_>) -> Vec<String> {
    let mut lines = vec![format!("== {} ==", page.title)];
    let mut number = 0;
    for block in &page.blocks {
        if let Block::Choice { label, note } = block {
            number += 1;
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(" ({note})")
            };
            lines.push(format!("{number:>2}. {label}{note}"));
        } else {
            lines.extend(block_lines(block));
        }
    }
    lines
}

/// The lines of one piece of a page.
pub fn block_lines(block: &Block<'_>) -> Vec<String> {
    match block {
        Block::Text(_, words) => words.lines().map(str::to_owned).collect(),
        Block::Facts(facts) => {
            let names = facts.iter().map(|fact| width(&fact.name)).max();
            let columns = names.unwrap_or(0);
            facts
                .iter()
                .map(|fact| format!("  {}  {}", pad(&fact.name, columns), fact.value))
                .collect()
        }
        Block::Under(words) => vec![format!("    {words}")],
        Block::Choice { label, .. } | Block::Field { label, .. } => vec![label.clone()],
        Block::Table(rows) => {
            let cells: Vec<Vec<String>> = rows.iter().map(|row| row.cells.clone()).collect();
            let lines = aligned(&cells, usize::MAX).concat().into_iter();
            lines.map(|line| format!("  {line}")).collect()
        }
        Block::Change(change) => change_lines(change),
        Block::Stage {
            status,
            title,
            took,
            detail,
        } => {
            let (mark, _) = stage_mark(*status);
            let took = if took.is_empty() {
                String::new()
            } else {
                format!(" ({took})")
            };
            vec![format!("{mark} {title}{took}: {detail}")]
        }
        Block::Link(url) => vec![url.clone()],
        Block::Code(lines) => lines.iter().map(|line| format!("  {line}")).collect(),
        Block::Working(words) => vec![format!("{words} …")],
        Block::Gap => vec![String::new()],
    }
}

/// The lines of a change of a file.
pub fn change_lines(change: &FileChange) -> Vec<String> {
    let mut lines = vec![change.path.display().to_string()];
    lines.extend(change.lines.iter().map(|line| {
        let mark = match line.kind {
            DiffKind::Kept => ' ',
            DiffKind::Removed => '-',
            DiffKind::Added => '+',
        };
        format!("{:>4} {mark} {}", line.number, line.text)
    }));
    lines
}
