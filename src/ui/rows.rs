//! Rows of a long text, laid out and kept: one string for all that is drawn, and a few numbers a run.
//!
//! A run knows which bytes of the text it stands for, so that a place on the screen leads back to the
//! text and what is copied is the text, not its look. What stands for nothing (a bullet, a frame) is
//! furniture. Rows are added at the end; [`Rows::cut`] takes the last ones back, for text that is
//! still arriving.

use std::ops::Range;

use super::theme::Look;

/// The start of a run that stands for nothing.
const NOWHERE: u32 = u32::MAX;
/// The length of a run that shows its bytes as they are.
const AS_IT_IS: u16 = u16::MAX;

/// Laid-out rows.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    text: String,
    runs: Vec<Run>,
    ends: Vec<End>,
    links: Vec<Link>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where it ends in the drawn text.
    end: u32,
    /// The first byte of the text it stands for.
    from: u32,
    /// How many bytes it stands for.
    bytes: u16,
    look: Look,
}

#[derive(Clone, Copy, Debug)]
struct End {
    text: u32,
    runs: u32,
    /// Where the row begins in the text; never less than that of the row above.
    place: u32,
}

#[derive(Clone, Debug)]
struct Link {
    runs: Range<u32>,
    target: Box<str>,
}

/// What a run stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nothing: it is furniture.
    Furniture,
    /// The bytes from here on, shown as they are.
    At(usize),
    /// So many bytes from here on, shown as something else: a tab as blanks.
    Whole(usize, usize),
}

/// How much there was at a moment: what [`Rows::cut`] goes back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Height {
    text: usize,
    runs: usize,
    ends: usize,
    links: usize,
}

/// One run of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What is drawn.
    pub text: &'a str,
    /// How.
    pub look: Look,
    /// What it stands for.
    pub origin: Origin,
    /// Where it leads.
    pub link: Option<&'a str>,
}

impl Piece<'_> {
    /// The bytes of the text it stands for; `None` for furniture.
    pub fn bytes(&self) -> Option<Range<usize>> {
        match self.origin {
            Origin::Furniture => None,
            Origin::At(from) => Some(from..from + self.text.len()),
            Origin::Whole(from, bytes) => Some(from..from + bytes),
        }
    }
}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a run to the row that is open.
    pub fn push(&mut self, text: &str, look: impl Into<Look>, origin: Origin) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let (from, bytes) = match origin {
            Origin::Furniture => (NOWHERE, AS_IT_IS),
            Origin::At(from) => (small(from), AS_IT_IS),
            Origin::Whole(from, bytes) => (
                small(from),
                u16::try_from(bytes).unwrap_or(AS_IT_IS).min(AS_IT_IS - 1),
            ),
        };
        self.runs.push(Run {
            end: small(self.text.len()),
            from,
            bytes,
            look: look.into(),
        });
    }

    /// As [`Rows::push`], a run that leads somewhere.
    pub fn push_link(&mut self, text: &str, look: impl Into<Look>, origin: Origin, target: &str) {
        let before = small(self.runs.len());
        self.push(text, look, origin);
        let runs = before..small(self.runs.len());
        match self.links.last_mut() {
            Some(last) if last.runs.end == runs.start && *last.target == *target => {
                last.runs.end = runs.end;
            }
            _ if runs.is_empty() => {}
            _ => self.links.push(Link {
                runs,
                target: target.into(),
            }),
        }
    }

    /// Ends the row that is open; it begins at this place of the text.
    pub fn end_row(&mut self, place: usize) {
        let least = self.ends.last().map_or(0, |end| end.place);
        self.ends.push(End {
            text: small(self.text.len()),
            runs: small(self.runs.len()),
            place: small(place).max(least),
        });
    }

    /// Where row `number` begins in the text.
    pub fn place(&self, number: usize) -> usize {
        self.ends.get(number).map_or(0, |end| end.place as usize)
    }

    /// The rows that begin at a place of the text; where none does, the last one before it.
    pub fn at_place(&self, place: usize) -> Range<usize> {
        let place = small(place);
        let end = self.ends.partition_point(|end| end.place <= place);
        let last = self.ends.get(end.saturating_sub(1)).map(|end| end.place);
        let start = self
            .ends
            .partition_point(|end| Some(end.place) < last.or(Some(0)));
        start..end.max(start + 1)
    }

    /// The runs of a row; none where there is no such row.
    pub fn pieces(&self, number: usize) -> impl Iterator<Item = Piece<'_>> {
        let before = number.checked_sub(1).and_then(|at| self.ends.get(at));
        let first = before.map_or(0, |end| end.runs as usize);
        let last = self.ends.get(number).map_or(first, |end| end.runs as usize);
        let mut start = before.map_or(0, |end| end.text as usize);
        let runs = self.runs.get(first..last).unwrap_or_default();
        runs.iter().enumerate().map(move |(at, run)| {
            let text = self.text.get(start..run.end as usize).unwrap_or_default();
            start = run.end as usize;
            Piece {
                text,
                look: run.look,
                origin: match run.bytes {
                    _ if run.from == NOWHERE => Origin::Furniture,
                    AS_IT_IS => Origin::At(run.from as usize),
                    bytes => Origin::Whole(run.from as usize, usize::from(bytes)),
                },
                link: self.link_of(first + at),
            }
        })
    }

    fn link_of(&self, run: usize) -> Option<&str> {
        let run = small(run);
        let at = self.links.partition_point(|link| link.runs.end <= run);
        let link = self.links.get(at)?;
        link.runs.contains(&run).then_some(&*link.target)
    }

    /// What is drawn in a row.
    pub fn text(&self, number: usize) -> &str {
        let before = number.checked_sub(1).and_then(|at| self.ends.get(at));
        let start = before.map_or(0, |end| end.text as usize);
        let end = self.ends.get(number).map_or(start, |end| end.text as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// How much there is now, an open row included.
    pub fn height(&self) -> Height {
        Height {
            text: self.text.len(),
            runs: self.runs.len(),
            ends: self.ends.len(),
            links: self.links.len(),
        }
    }

    /// Takes back what was added since.
    pub fn cut(&mut self, height: Height) {
        self.text.truncate(height.text);
        self.runs.truncate(height.runs);
        self.ends.truncate(height.ends);
        self.links.truncate(height.links);
        if let Some(last) = self.links.last_mut() {
            last.runs.end = last.runs.end.min(small(height.runs));
        }
    }

    /// Gives back the memory that rows to come would have taken.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.runs.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.links.shrink_to_fit();
    }
}

/// A text is shorter than 4 GB; what lies beyond is not drawn.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NOWHERE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Tone;

    fn sample() -> Rows {
        let mut rows = Rows::default();
        rows.push("• ", Tone::Quiet, Origin::Furniture);
        rows.push("one", Tone::Plain, Origin::At(2));
        rows.end_row(0);
        rows.push_link("two", Tone::Accent, Origin::At(6), "https://a.b");
        rows.push("    ", Tone::Plain, Origin::Whole(9, 1));
        rows.end_row(6);
        rows
    }

    #[test]
    fn a_run_leads_back_to_the_text() {
        let rows = sample();
        let bytes: Vec<_> = (0..2).flat_map(|row| rows.pieces(row)).collect();
        let bytes: Vec<_> = bytes.iter().map(Piece::bytes).collect();
        assert_eq!(bytes, [None, Some(2..5), Some(6..9), Some(9..10)]);
        assert_eq!((rows.text(0), rows.text(1)), ("• one", "two    "));
        let links: Vec<_> = rows.pieces(1).map(|piece| piece.link).collect();
        assert_eq!(links, [Some("https://a.b"), None]);
    }

    #[test]
    fn what_was_cut_leaves_no_trace() {
        let mut rows = sample();
        let height = rows.height();
        rows.push_link("three", Tone::Accent, Origin::At(20), "https://c.d");
        rows.end_row(20);
        rows.cut(height);
        assert_eq!(rows.height(), sample().height());
        assert_eq!(rows.text(2), "");
    }

    #[test]
    fn a_place_is_found_in_the_last_row_that_begins_before_it() {
        let mut rows = sample();
        rows.end_row(6);
        assert_eq!(rows.at_place(0), 0..1);
        assert_eq!(rows.at_place(5), 0..1);
        assert_eq!(rows.at_place(6), 1..3);
        assert_eq!(rows.at_place(99), 1..3);
        assert_eq!(Rows::default().at_place(3), 0..1);
    }
}
