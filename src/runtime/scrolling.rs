//! Frames that moved up or down are moved by the terminal, not sent again.
//!
//! ```text
//! what ratatui wants changed ─> the next screen ─ moved rows found? ─> scroll a region ─> send what still differs
//!                                                └ none, or few changes: sent as they are
//! ```
//!
//! An answer that streams pushes every row before it up: sent again, each new row costs a whole pane. Scroll regions
//! (DECSTBM, SU, SD) are understood by every terminal that has an alternate screen.

use std::cmp::Reverse;
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::ops::Range;

use foldhash::fast::FixedState;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect, Size};

/// Fewer changed cells are sent as they are: looking for a move would cost more than it saves.
const WORTH_A_LOOK: usize = 80;
/// Cells that a move must save; the move itself is about as long.
const WORTH_A_MOVE: usize = 24;
/// Moves that are looked at closely, those with the longest runs of rows: others move what looks alike by chance.
const LOOKED_AT: usize = 4;

/// A terminal that is told of moves.
#[derive(Debug)]
pub struct Scrolling<W: Write> {
    inner: CrosstermBackend<W>,
    /// What stands on the terminal; `None` while that is not known.
    screen: Option<Buffer>,
}

/// Rows that moved: those of the region take what stands `by` rows below them (above, where negative).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Move {
    region: Range<usize>,
    by: isize,
}

impl<W: Write> Scrolling<W> {
    /// A terminal behind a writer. What it shows is not known before it was cleared.
    pub fn new(writer: W) -> Self {
        Self {
            inner: CrosstermBackend::new(writer),
            screen: None,
        }
    }

    /// The same of a terminal that is blank, and has this size.
    #[must_use]
    pub fn blank(mut self, size: Size) -> Self {
        self.screen = Some(blank(size));
        self
    }

    fn scroll(&mut self, moved: &Move) -> io::Result<()> {
        let Range { start, end } = moved.region;
        let letter = if moved.by > 0 { 'S' } else { 'T' };
        let rows = moved.by.unsigned_abs();
        // Rows that come in take the colours that are set; a frame ends with none.
        write!(
            self.inner,
            "\x1b[{};{end}r\x1b[{rows}{letter}\x1b[r",
            start + 1
        )
    }
}

fn blank(size: Size) -> Buffer {
    Buffer::empty(Rect::from((Position::ORIGIN, size)))
}

impl<W: Write> Backend for Scrolling<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changes: Vec<(u16, u16, &Cell)> = content.collect();
        let Some(mut screen) = self.screen.take() else {
            return self.inner.draw(changes.into_iter());
        };
        let is_inside = |&(x, y, _): &(u16, u16, &Cell)| screen.area.contains(Position { x, y });
        if !changes.iter().all(is_inside) {
            // The window grew in this moment: what stands there is known when it was cleared.
            return self.inner.draw(changes.into_iter());
        }
        let moved = if changes.len() < WORTH_A_LOOK {
            None
        } else {
            let mut next = screen.clone();
            apply(&mut next, &changes);
            best_move(&screen, &next).map(|moved| (moved, next))
        };
        if let Some((moved, next)) = moved {
            self.scroll(&moved)?;
            shift(&mut screen, &moved);
            self.inner.draw(screen.diff(&next).into_iter())?;
            self.screen = Some(next);
        } else {
            apply(&mut screen, &changes);
            self.inner.draw(changes.into_iter())?;
            self.screen = Some(screen);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.screen = match clear_type {
            ClearType::All => self.inner.size().ok().map(blank),
            _ => None,
        };
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

/// Writes changes as the terminal does: what a wide character covers is blank.
fn apply(screen: &mut Buffer, changes: &[(u16, u16, &Cell)]) {
    for &(x, y, cell) in changes {
        let columns = match cell.diff_option {
            CellDiffOption::ForcedWidth(columns) => columns.get(),
            _ => cell.cell_width(),
        };
        for covered in x.saturating_add(1)..x.saturating_add(columns).min(screen.area.width) {
            screen[(covered, y)].reset();
        }
        screen[(x, y)] = cell.clone();
    }
}

fn row(screen: &Buffer, number: usize) -> &[Cell] {
    let columns = usize::from(screen.area.width);
    &screen.content[number * columns..(number + 1) * columns]
}

fn differing(one: &[Cell], other: &[Cell]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.filter(|(one, other)| one != other).count()
}

/// The rows of a screen, each with a digest: most of them are compared with many, and equal none.
struct Rows<'a> {
    screen: &'a Buffer,
    digests: Vec<u64>,
}

impl<'a> Rows<'a> {
    fn of(screen: &'a Buffer) -> Self {
        let state = FixedState::default();
        let digest = |at| state.hash_one(row(screen, at));
        let digests = (0..usize::from(screen.area.height)).map(digest).collect();
        Self { screen, digests }
    }

    /// In how many cells a row differs from one of another screen.
    fn differing(&self, at: usize, other: &Rows<'_>, of_other: usize) -> usize {
        if self.digests[at] == other.digests[of_other] {
            return 0;
        }
        differing(row(self.screen, at), row(other.screen, of_other))
    }
}

/// The move after which the fewest cells are to be sent, of those that move most; `None` where none is worth it.
fn best_move(screen: &Buffer, next: &Buffer) -> Option<Move> {
    let rows = usize::from(screen.area.height);
    let (screen, next) = (Rows::of(screen), Rows::of(next));
    let changed: Vec<usize> = (0..rows)
        .map(|at| next.differing(at, &screen, at))
        .collect();
    let most = isize::try_from(rows / 2).ok()?;
    let mut runs: Vec<(usize, Range<usize>, isize)> = (-most..=most)
        .filter(|by| *by != 0)
        .filter_map(|by| {
            let (cells, run) = longest_run(&screen, &next, &changed, by)?;
            Some((cells, run, by))
        })
        .collect();
    runs.sort_by_key(|(cells, _, by)| (Reverse(*cells), by.unsigned_abs()));
    let all = runs.into_iter().take(LOOKED_AT).map(|(_, run, by)| {
        // A row that grew while it moved is no part of the run, and is cheaper moved along.
        let whole = widened(run.clone(), by, 0, rows);
        let grown = widened(run, by, 1, rows);
        let saved = |region: &Range<usize>| saves(&screen, &next, &changed, region, by);
        let region = if saved(&grown) > saved(&whole) {
            grown
        } else {
            whole
        };
        (saved(&region), Move { region, by })
    });
    let (saved, moved) = all.max_by_key(|(saved, _)| *saved)?;
    (saved >= isize::try_from(WORTH_A_MOVE).ok()?).then_some(moved)
}

/// Rows next to each other that stand on the screen `by` rows below, and in how many cells they changed.
fn longest_run(
    screen: &Rows<'_>,
    next: &Rows<'_>,
    changed: &[usize],
    by: isize,
) -> Option<(usize, Range<usize>)> {
    let mut best = (0, 0..0);
    let mut run = (0, 0..0);
    for (at, cells) in changed.iter().enumerate() {
        let source = at.checked_add_signed(by).filter(|it| *it < changed.len());
        if source.is_some_and(|source| next.digests[at] == screen.digests[source]) {
            if run.1.end != at {
                run = (0, at..at);
            }
            run = (run.0 + cells, run.1.start..at + 1);
            if run.0 > best.0 {
                best = run.clone();
            }
        }
    }
    (best.0 > 0).then_some(best)
}

/// The region in which a run of rows moves, with so many rows more on the side that it came from.
fn widened(run: Range<usize>, by: isize, more: usize, rows: usize) -> Range<usize> {
    let reach = by.unsigned_abs();
    if by > 0 {
        run.start..(run.end + reach + more).min(rows)
    } else {
        run.start.saturating_sub(reach + more)..run.end
    }
}

/// How many cells fewer are to be sent after a move.
fn saves(
    screen: &Rows<'_>,
    next: &Rows<'_>,
    changed: &[usize],
    region: &Range<usize>,
    by: isize,
) -> isize {
    let count = |cells: usize| isize::try_from(cells).unwrap_or(isize::MAX);
    let left = |at: usize| {
        let source = at.checked_add_signed(by).filter(|it| region.contains(it));
        match source {
            Some(source) => next.differing(at, screen, source),
            // What comes in is blank.
            None => row(next.screen, at)
                .iter()
                .filter(|cell| **cell != Cell::EMPTY)
                .count(),
        }
    };
    region
        .clone()
        .map(|at| count(changed[at]) - count(left(at)))
        .sum()
}

/// Moves rows as the terminal does; those that come in are blank.
fn shift(screen: &mut Buffer, moved: &Move) {
    let columns = usize::from(screen.area.width);
    let reach = moved.by.unsigned_abs() * columns;
    let region = &mut screen.content[moved.region.start * columns..moved.region.end * columns];
    let reach = reach.min(region.len());
    if moved.by > 0 {
        region.rotate_left(reach);
        let kept = region.len() - reach;
        region[kept..].fill(Cell::EMPTY);
    } else {
        region.rotate_right(reach);
        region[..reach].fill(Cell::EMPTY);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Style};
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    const SIZE: Size = Size::new(24, 12);

    /// The rows that a terminal shows, with their colours, after frames were drawn on it.
    struct Shown<B: Backend> {
        terminal: Terminal<B>,
    }

    impl<B: Backend<Error = io::Error>> Shown<B> {
        fn on(backend: B) -> Self {
            let area = Rect::from((Position::ORIGIN, SIZE));
            let options = TerminalOptions {
                viewport: Viewport::Fixed(area),
            };
            Self {
                terminal: Terminal::with_options(backend, options).expect("a terminal"),
            }
        }

        fn draw(&mut self, lines: &[(String, u8)]) {
            let drawn = self.terminal.draw(|frame| {
                for (y, (line, colour)) in (0..SIZE.height).zip(lines) {
                    let style = Style::new().fg(Color::Indexed(*colour));
                    frame.buffer_mut().set_string(0, y, line, style);
                }
            });
            drawn.expect("a frame");
        }
    }

    /// What is seen: a cell that was never written looks like one that holds a space.
    fn screen_of(bytes: &[u8]) -> Vec<String> {
        let side = |cells: u16| cells.try_into().expect("a size");
        let mut parser = vt100::Parser::new(side(SIZE.height), side(SIZE.width), 0);
        parser.process(bytes);
        let seen = |x, y| {
            let cell = parser.screen().cell(y, x).expect("it is on the screen");
            let colours = (cell.fgcolor(), cell.bgcolor());
            match cell.contents() {
                "" | " " if !cell.is_wide_continuation() => " ".to_owned(),
                text => format!("{text}{colours:?}"),
            }
        };
        let row = |y| (0..SIZE.width).map(|x| seen(x, y)).collect();
        (0..SIZE.height).map(row).collect()
    }

    /// What both ways of drawing leave on the terminal, and how many bytes each took.
    fn drawn(frames: &[Vec<(String, u8)>]) -> [(Vec<String>, usize); 2] {
        let mut plain = Vec::new();
        let mut moving = Vec::new();
        let mut one = Shown::on(CrosstermBackend::new(&mut plain));
        let mut other = Shown::on(Scrolling::new(&mut moving).blank(SIZE));
        for frame in frames {
            one.draw(frame);
            other.draw(frame);
        }
        drop((one, other));
        [plain, moving].map(|bytes| (screen_of(&bytes), bytes.len()))
    }

    fn line() -> impl Strategy<Value = (String, u8)> {
        ("[a-z 表é]{0,20}", 1_u8..4)
    }

    proptest! {
        #[test]
        fn moved_or_sent_the_screen_is_the_same(
            lines in prop::collection::vec(line(), 40),
            tops in prop::collection::vec(0_usize..28, 1..8),
            fixed in line(),
            others in prop::collection::vec(line(), 2),
        ) {
            let frames: Vec<Vec<(String, u8)>> = tops.iter().enumerate().map(|(number, top)| {
                let mut frame = vec![fixed.clone()];
                frame.extend(lines[*top..top + 10].iter().cloned());
                frame.push(others[number % 2].clone());
                frame
            }).collect();
            let [plain, moving] = drawn(&frames);
            prop_assert_eq!(plain.0, moving.0);
        }
    }

    #[test]
    fn a_pane_that_moves_up_a_row_costs_about_a_row() {
        let lines: Vec<(String, u8)> = (0_u8..30)
            .map(|it| (char::from(b'A' + it).to_string().repeat(20), 1))
            .collect();
        let frames: Vec<Vec<(String, u8)>> =
            (0..18).map(|top| lines[top..top + 12].to_vec()).collect();
        let [plain, moving] = drawn(&frames);
        assert_eq!(plain.0, moving.0);
        let first = drawn(&frames[..1])[1].1;
        let a_frame = (moving.1 - first) / 17;
        assert!(a_frame < 110, "{a_frame} bytes a frame");
        assert!(moving.1 * 2 < plain.1, "{} and {}", moving.1, plain.1);
    }

    #[test]
    fn what_is_not_known_is_sent_as_it_is() {
        let mut bytes = Vec::new();
        let mut shown = Shown::on(Scrolling::new(&mut bytes));
        shown.draw(&[("first".into(), 1)]);
        shown.draw(&[("second".into(), 1)]);
        drop(shown);
        assert!(!String::from_utf8_lossy(&bytes).contains('S'));
    }
}
