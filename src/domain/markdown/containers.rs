//! The quotes and items that a line stands in: which go on, which begin, which end.

use super::cursor::Cursor;
use super::starts::Marker;
use super::{Container, ContainerKind, Event, Line, Scanner};

/// How an item of a list stands; of a quote nothing is to be known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Item {
    pub(super) indent: usize,
    pub(super) mark: u8,
    pub(super) is_empty: bool,
}

impl Scanner {
    /// Follows the line into the containers that go on; how many.
    pub(super) fn match_containers(&self, cursor: &mut Cursor<'_>) -> usize {
        let mut matched = 0;
        for (container, item) in self.containers.iter().zip(&self.items) {
            let goes_on = match container.kind {
                ContainerKind::Quote => take_quote(cursor),
                ContainerKind::Item { .. } if cursor.is_blank() => !item.is_empty,
                ContainerKind::Item { .. } => {
                    let is_inside = cursor.indent() >= item.indent;
                    if is_inside {
                        cursor.take_blanks(item.indent);
                    }
                    is_inside
                }
            };
            if !goes_on {
                break;
            }
            matched += 1;
        }
        matched
    }

    /// Takes the box of a task from the beginning of an item's first paragraph.
    pub(super) fn take_task(&mut self, cursor: Cursor<'_>, line: Line) -> Line {
        let is_first = self.items.last().is_some_and(|item| item.is_empty);
        let words = cursor.words();
        let is_done = match words.get(..4) {
            Some("[ ] ") => false,
            Some("[x] " | "[X] ") => true,
            _ => return line,
        };
        match self
            .containers
            .last_mut()
            .map(|container| &mut container.kind)
        {
            Some(ContainerKind::Item { task, .. }) if is_first => *task = Some(is_done),
            _ => return line,
        }
        let rest = words.get(4..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start().len();
        Line {
            from: (line.from + 4 + blanks).min(line.to),
            ..line
        }
    }

    pub(super) fn enter_item(&mut self, cursor: &mut Cursor<'_>, marker: Marker, indent: usize) {
        cursor.take_blanks(indent);
        cursor.take(marker.length);
        let behind = cursor.indent();
        let behind = if marker.is_bare || behind > 4 {
            1
        } else {
            behind
        };
        cursor.take_blanks(behind);
        let depth = self.containers.len();
        let before = self.ended.get(depth).copied().flatten();
        let number = match before {
            Some((mark, Some(number))) if mark == marker.mark => Some(number + 1),
            _ => marker.number,
        };
        let item = Item {
            indent: indent + marker.length + behind,
            mark: marker.mark,
            is_empty: true,
        };
        self.enter(ContainerKind::Item { number, task: None }, item);
    }

    pub(super) fn enter(&mut self, kind: ContainerKind, item: Item) {
        self.fill();
        self.ended.truncate(self.containers.len());
        self.serial += 1;
        self.containers.push(Container {
            serial: self.serial,
            kind,
        });
        self.items.push(item);
    }

    /// The innermost container has something in it now.
    pub(super) fn fill(&mut self) {
        if let Some(item) = self.items.last_mut() {
            item.is_empty = false;
        }
    }

    /// Ends the open block, and the containers beyond so many.
    pub(super) fn back_to(&mut self, depth: usize, events: &mut Vec<Event>) {
        self.close(events);
        while self.containers.len() > depth {
            let (container, item) = (self.containers.pop(), self.items.pop());
            self.ended.truncate(self.containers.len());
            self.ended.resize(self.containers.len(), None);
            let ended = container.and_then(|container| match container.kind {
                ContainerKind::Item { number, .. } => Some((item?.mark, number)),
                ContainerKind::Quote => None,
            });
            self.ended.push(ended);
        }
    }
}

/// Takes the mark of a quote.
pub(super) fn take_quote(cursor: &mut Cursor<'_>) -> bool {
    let is_quote = cursor.indent() < 4 && cursor.words().starts_with('>');
    if is_quote {
        cursor.take_blanks(3);
        cursor.take(1);
        cursor.take_blanks(1);
    }
    is_quote
}
