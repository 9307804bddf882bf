//! The rows of a transcript at a width, kept from frame to frame. Where a row stands is found among the
//! sums of the heights above it, so a long conversation costs no more than a short one.

use ratatui::layout::Rect;

use super::entry::Entry;
use super::folds::Folds;
use crate::ui::markdown::{Flow, Manner, Room};
use crate::ui::theme::Tone;
use crate::ui::wrap::{wrap, wrap_parts};

/// What an entry is made of, from the top down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The empty row between two entries.
    Gap,
    /// Who speaks.
    Who,
    /// That there is reasoning.
    ThoughtsHead,
    /// The reasoning.
    Thoughts,
    /// An empty row between it and the text.
    ThoughtsEnd,
    /// The text.
    Text,
    /// That something was taken out.
    Unseen,
    /// What went wrong.
    Trouble,
    /// The figures.
    Figures,
}

const PARTS: [Part; 9] = [
    Part::Gap,
    Part::Who,
    Part::ThoughtsHead,
    Part::Thoughts,
    Part::ThoughtsEnd,
    Part::Text,
    Part::Unseen,
    Part::Trouble,
    Part::Figures,
];

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The number of the entry.
    pub(super) entry: usize,
    pub(super) part: Part,
    /// The row on show of that part.
    pub(super) row: usize,
}

/// A row by what it says rather than by its number: stays the same row at another width, and whatever
/// comes above or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    entry: usize,
    part: Part,
    /// Of text and reasoning, where the row begins in it; else the number of the row.
    place: usize,
    /// Its number among the rows that begin there.
    nth: usize,
}

/// All rows at a width.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Where it was drawn last.
    pub(super) area: Rect,
    room: Room,
    laid: Vec<Laid>,
    /// The first row of each entry, and the row behind the last one.
    starts: Vec<usize>,
    /// The number of the first code block of each entry.
    codes: Vec<usize>,
}

/// An entry at a width.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    edition: u64,
    pub(super) thoughts: Flow,
    pub(super) text: Flow,
    pub(super) folds: Folds,
    pub(super) trouble: Vec<String>,
    pub(super) figures: Vec<String>,
    heights: [usize; PARTS.len()],
    codes: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            area: Rect::new(0, 0, 80, 24),
            room: Room {
                columns: 80,
                keeps_marks: false,
            },
            laid: Vec::new(),
            starts: vec![0],
            codes: Vec::new(),
        }
    }
}

impl Layout {
    /// Says where it is drawn; at another width all is laid out anew.
    pub(super) fn set_area(&mut self, area: Rect, keeps_marks: bool) {
        self.area = area;
        let room = Room {
            columns: usize::from(area.width).max(MIN_COLUMNS),
            keeps_marks,
        };
        if room != self.room {
            self.room = room;
            self.laid.clear();
        }
    }

    /// Takes in what changed since. What did not is not looked at but for one comparison.
    pub(super) fn update(&mut self, entries: &[Entry]) {
        self.laid.truncate(entries.len());
        let mut changed = self.laid.len();
        for (number, entry) in entries.iter().enumerate() {
            if let Some(laid) = self.laid.get_mut(number) {
                if !laid.is_of(entry) {
                    laid.update(entry, number, self.room);
                    changed = changed.min(number);
                }
            } else {
                self.laid.push(Laid::new(entry, number, self.room));
            }
        }
        self.add_up(changed);
    }

    /// Forgets the entries from a number on: others stand there now.
    pub(super) fn forget(&mut self, from: usize) {
        self.laid.truncate(from);
        self.add_up(from);
    }

    fn add_up(&mut self, from: usize) {
        let from = from.min(self.laid.len()).min(self.codes.len());
        self.starts.truncate(from + 1);
        self.codes.truncate(from);
        let mut row = self.starts.last().copied().unwrap_or(0);
        let before = from.checked_sub(1);
        let mut code = before.map_or(1, |at| self.codes[at] + self.laid[at].codes);
        for laid in self.laid.iter().skip(from) {
            row += laid.heights.iter().sum::<usize>();
            self.starts.push(row);
            self.codes.push(code);
            code += laid.codes;
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Rows of the area.
    pub(super) fn height(&self) -> usize {
        usize::from(self.area.height)
    }

    pub(super) fn laid(&self, entry: usize) -> Option<&Laid> {
        self.laid.get(entry)
    }

    /// The number of the first code block of an entry, counted over the transcript from 1.
    pub(super) fn first_code(&self, entry: usize) -> usize {
        self.codes.get(entry).copied().unwrap_or(1)
    }

    /// The first row of an entry that says something.
    pub(super) fn start(&self, entry: usize) -> usize {
        let gap = self.laid(entry).map_or(0, |laid| laid.heights[0]);
        self.starts.get(entry).map_or(self.rows(), |row| row + gap)
    }

    /// What stands in a row.
    pub(super) fn spot(&self, row: usize) -> Option<Spot> {
        if row >= self.rows() {
            return None;
        }
        let entry = self.starts.partition_point(|start| *start <= row) - 1;
        let mut rest = row - self.starts[entry];
        let heights = self.laid(entry)?.heights;
        for (part, height) in PARTS.into_iter().zip(heights) {
            if rest < height {
                return Some(Spot {
                    entry,
                    part,
                    row: rest,
                });
            }
            rest -= height;
        }
        None
    }

    /// The row of a spot; where its part has fewer rows now, the last one of it.
    pub(super) fn row(&self, spot: Spot) -> usize {
        let Some(laid) = self.laid(spot.entry) else {
            return self.rows();
        };
        let number = spot.part as usize;
        let above: usize = laid.heights[..number].iter().sum();
        let within = spot.row.min(laid.heights[number].saturating_sub(1));
        self.starts[spot.entry] + above + within
    }

    pub(super) fn anchor(&self, row: usize) -> Option<Anchor> {
        let spot = self.spot(row)?;
        let flow = self.flow(spot.entry, spot.part);
        let (place, nth) = flow.map_or((spot.row, 0), |(flow, folds)| {
            let row = folds.map_or(spot.row, |folds| folds.row(spot.row));
            let place = flow.rows().place(row);
            (place, row - flow.rows().at_place(place).start)
        });
        Some(Anchor {
            entry: spot.entry,
            part: spot.part,
            place,
            nth,
        })
    }

    pub(super) fn row_of(&self, anchor: Anchor) -> usize {
        let flow = self.flow(anchor.entry, anchor.part);
        let row = flow.map_or(anchor.place, |(flow, folds)| {
            let rows = flow.rows().at_place(anchor.place);
            let row = (rows.start + anchor.nth).min(rows.end - 1);
            folds.map_or(row, |folds| folds.shown(row))
        });
        self.row(Spot {
            entry: anchor.entry,
            part: anchor.part,
            row,
        })
    }

    /// The rows behind a part of an entry, and which of them are folded.
    pub(super) fn flow(&self, entry: usize, part: Part) -> Option<(&Flow, Option<&Folds>)> {
        let laid = self.laid(entry)?;
        match part {
            Part::Text => Some((&laid.text, Some(&laid.folds))),
            Part::Thoughts => Some((&laid.thoughts, None)),
            _ => None,
        }
    }
}

/// Narrower than this nothing is laid out: what does not fit is cut off.
const MIN_COLUMNS: usize = 12;

impl Laid {
    fn new(entry: &Entry, number: usize, room: Room) -> Self {
        let mut laid = Self {
            edition: entry.edition,
            thoughts: Flow::new(Manner::Verbatim, Tone::Quiet, room),
            text: Flow::new(entry.manner, Tone::Plain, room),
            folds: Folds::default(),
            trouble: Vec::new(),
            figures: Vec::new(),
            heights: [0; PARTS.len()],
            codes: 0,
        };
        laid.update(entry, number, room);
        laid
    }

    fn is_of(&self, entry: &Entry) -> bool {
        self.edition == entry.edition
            && self.text.seen() == entry.text.len()
            && (!entry.shows_thoughts || self.thoughts.seen() == entry.thoughts.len())
            && (entry.thoughts.is_empty() == (self.heights[Part::ThoughtsHead as usize] == 0))
            && (entry.unseen == 0) == (self.heights[Part::Unseen as usize] == 0)
    }

    fn update(&mut self, entry: &Entry, number: usize, room: Room) {
        let lines = |text: &str| match text {
            "" => Vec::new(),
            text => wrap(text, room.columns),
        };
        if self.edition != entry.edition || self.heights[Part::Who as usize] == 0 {
            self.trouble = lines(&entry.trouble);
            self.figures = match entry.figures.as_str() {
                "" => Vec::new(),
                figures => wrap_parts(figures, " · ", room.columns),
            };
            self.edition = entry.edition;
        }
        self.text.grow(&entry.text, entry.is_coming);
        if entry.shows_thoughts {
            self.thoughts.grow(&entry.thoughts, entry.is_coming);
        }
        let blocks = self.text.blocks();
        self.folds = Folds::new(blocks, &entry.folded, self.text.rows().len());
        self.codes = if entry.is_question() {
            0
        } else {
            self.text.codes()
        };
        let thoughts = if entry.shows_thoughts {
            self.thoughts.rows().len()
        } else {
            0
        };
        self.heights = [
            usize::from(number > 0),
            1,
            usize::from(!entry.thoughts.is_empty()),
            thoughts,
            usize::from(thoughts > 0 && !entry.text.is_empty()),
            self.folds.len(),
            usize::from(entry.unseen > 0),
            self.trouble.len(),
            self.figures.len(),
        ];
    }
}
