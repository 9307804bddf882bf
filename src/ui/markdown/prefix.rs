//! What stands before the rows of a block: the bars of quotes, the marks of lists.

use crate::domain::markdown::{Container, ContainerKind};
use crate::ui::rows::Rows;
use crate::ui::theme::Tone;
use crate::ui::wrap::width;

/// What is left for the words of a block, however deep it stands, in columns; in a narrow pane, half of it.
const LEAST: usize = 16;
/// Bullets by the depth of their list; deeper ones begin anew.
const BULLETS: [&str; 3] = ["• ", "◦ ", "▪ "];
/// The bar of a quote.
const BAR: &str = "│ ";

/// Which containers have shown their mark, and where the last block stood.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefix {
    /// The last container whose mark was shown.
    marked: u64,
    last: Vec<Container>,
}

/// What stands before the rows of one block.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    /// Marks too wide to stand beside anything: they have a row of their own.
    alone: Vec<(String, Tone)>,
    first: Vec<(String, Tone)>,
    rest: Vec<(String, Tone)>,
    columns: usize,
    is_begun: bool,
}

impl Prefix {
    /// What stands before the rows of a block in these containers.
    pub(super) fn lead(&mut self, containers: &[Container], columns: usize) -> Lead {
        let most = columns - LEAST.min(columns / 2);
        let mut lead = Lead::default();
        let mut bullets = 0;
        let parts: Vec<_> = containers
            .iter()
            .map(|container| {
                let (mark, tone) = mark(container.kind, &mut bullets);
                let is_new = container.serial > self.marked;
                (mark, tone, is_new)
            })
            .collect();
        // The innermost tell most: where there is no room for all, the outer ones give way.
        let mut kept = 0;
        for (mark, ..) in parts.iter().rev() {
            if lead.columns + width(mark) > most {
                break;
            }
            lead.columns += width(mark);
            kept += 1;
        }
        for (at, (mark, tone, is_new)) in parts.into_iter().enumerate() {
            let is_quote = mark == BAR;
            if at + kept < containers.len() {
                if is_new && !is_quote {
                    lead.alone.push((mark, tone));
                }
                continue;
            }
            let blanks = if is_quote {
                mark.clone()
            } else {
                " ".repeat(width(&mark))
            };
            let first = if is_new { mark } else { blanks.clone() };
            lead.first.push((first, tone));
            lead.rest.push((blanks, tone));
        }
        self.marked = containers
            .iter()
            .fold(self.marked, |most, container| most.max(container.serial));
        self.last = containers.to_vec();
        lead
    }

    /// Draws the empty row between the last block and one in these containers, bars of shared quotes in it.
    pub(super) fn gap(
        &self,
        containers: &[Container],
        rows: &mut Rows,
        columns: usize,
        place: usize,
    ) {
        let shared = self.last.iter().zip(containers);
        let shared = shared.take_while(|(one, other)| one.serial == other.serial);
        let shared: Vec<_> = shared.map(|(container, _)| *container).collect();
        let last_quote = shared
            .iter()
            .rposition(|container| container.kind == ContainerKind::Quote);
        if let Some(last) = last_quote {
            let mut as_marked = Self {
                marked: u64::MAX,
                last: Vec::new(),
            };
            let lead = as_marked.lead(&shared[..=last], columns);
            draw(&lead.rest, rows);
        }
        rows.end_row(place);
    }
}

impl Lead {
    /// The columns it takes.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Begins a row.
    pub(super) fn draw(&mut self, rows: &mut Rows, place: usize) {
        if self.is_begun {
            draw(&self.rest, rows);
            return;
        }
        self.is_begun = true;
        if !self.alone.is_empty() {
            draw(&self.alone, rows);
            rows.end_row(place);
        }
        draw(&self.first, rows);
    }
}

fn draw(parts: &[(String, Tone)], rows: &mut Rows) {
    for (text, tone) in parts {
        rows.push(text, *tone, crate::ui::rows::Origin::Furniture);
    }
}

/// The mark of a container; `bullets` counts the lists round it that have bullets.
fn mark(kind: ContainerKind, bullets: &mut usize) -> (String, Tone) {
    let ContainerKind::Item { number, task } = kind else {
        return (BAR.into(), Tone::Quiet);
    };
    let mut mark = match (number, task) {
        (Some(number), _) => format!("{number}. "),
        (None, Some(_)) => String::new(),
        (None, None) => BULLETS[*bullets % BULLETS.len()].into(),
    };
    *bullets += usize::from(number.is_none());
    let tone = match task {
        Some(true) => Tone::Good,
        _ => Tone::Accent,
    };
    mark.push_str(match task {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    });
    (mark, tone)
}
