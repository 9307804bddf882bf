//! Words of a text as rows: a paragraph, a heading, lines as they stand.
//!
//! A long paragraph is settled piece by piece, so that one without an end costs the same a token at its
//! thousandth line as at its first. Where a piece ends depends on the text alone, never on how it arrived.

use super::Paper;
use super::prefix::Lead;
use super::shown::Shown;
use crate::domain::markdown::Line;
use crate::domain::markdown::inline::{self, Inline, Kind, Span};
use crate::ui::rows::Origin;
use crate::ui::theme::{Look, Marks, Tone};

/// A piece is at least so long, in bytes, and ends where nothing is open: no code, no link, no stress.
const PIECE: usize = 1_024;
/// From here on it ends at any blank, and a little later anywhere.
const LONGEST_PIECE: usize = 4_096;

/// Words that go on until their block ends.
#[derive(Clone, Debug)]
pub(super) struct Words {
    lead: Lead,
    look: Look,
    /// Markdown is read in them; else they are shown as they stand.
    is_read: bool,
    /// What stands before the first word where there is no colour.
    mark: String,
    /// What is not settled yet.
    lines: Vec<Line>,
    /// The row that is begun by what is settled.
    carry: Shown,
}

impl Words {
    pub(super) fn new(lead: Lead, look: impl Into<Look>, is_read: bool) -> Self {
        Self {
            lead,
            look: look.into(),
            is_read,
            mark: String::new(),
            lines: Vec::new(),
            carry: Shown::default(),
        }
    }

    /// Makes them a heading of a level.
    pub(super) fn make_heading(&mut self, level: u8, keeps_marks: bool) {
        self.look = match level {
            1 => Look {
                tone: Tone::Heading,
                marks: Marks::UNDERLINED,
            },
            2 => Tone::Heading.into(),
            _ => Tone::Strong.into(),
        };
        if keeps_marks {
            self.mark = format!("{} ", "#".repeat(usize::from(level)));
        }
    }

    /// Adds a line, and settles what can be settled.
    pub(super) fn line(&mut self, text: &str, line: Line, paper: &mut Paper) {
        self.lines.push(line);
        self.settle(text, paper);
    }

    /// The last line reaches as far as this.
    pub(super) fn extend(&mut self, text: &str, to: usize, paper: &mut Paper) {
        if let Some(last) = self.lines.last_mut() {
            last.to = to;
        }
        self.settle(text, paper);
    }

    /// Takes the last line back: it begins a table.
    pub(super) fn take_last(&mut self) -> Option<Line> {
        self.lines.pop()
    }

    /// Whether nothing is left to be drawn.
    pub(super) fn is_done(&self) -> bool {
        self.lines.is_empty() && self.carry.is_empty()
    }

    /// What stands before its rows.
    pub(super) fn into_lead(self) -> Lead {
        self.lead
    }

    /// Draws the rest. Of text that is coming, the marks at its end wait for what they belong to.
    pub(super) fn end(mut self, text: &str, is_coming: bool, paper: &mut Paper) -> Lead {
        let mut lines = std::mem::take(&mut self.lines);
        if is_coming
            && self.is_read
            && let Some(last) = lines.last_mut()
        {
            let words = text.get(last.from..last.to).unwrap_or_default();
            let words = words.trim_end_matches(['*', '_', '`', '~', '[', '!', '\\']);
            last.to = last.from + words.trim_end().len();
        }
        let otherwise = lines.first().map_or(0, |line| line.from);
        let shown = self.shown(text, &lines, is_coming, paper.room.keeps_marks);
        let columns = self.columns(paper);
        for part in shown.lines(columns) {
            self.row(&shown, part, otherwise, paper);
        }
        self.lead
    }

    fn columns(&self, paper: &Paper) -> usize {
        paper.room.columns.saturating_sub(self.lead.columns())
    }

    fn row(
        &mut self,
        shown: &Shown,
        part: std::ops::Range<usize>,
        otherwise: usize,
        paper: &mut Paper,
    ) {
        let place = shown.place_of(part.start, otherwise);
        self.lead.draw(&mut paper.rows, place);
        shown.emit(&mut paper.rows, part);
        paper.rows.end_row(place);
    }

    fn settle(&mut self, text: &str, paper: &mut Paper) {
        while let Some(cut) = cut(text, &self.lines, self.is_read) {
            let piece: Vec<Line> = self.lines.drain(..=cut.line).collect();
            let mut piece = piece;
            let mut rest = None;
            if let Some(last) = piece.last_mut()
                && cut.at < last.to
            {
                rest = Some(Line {
                    blanks: 0,
                    from: cut.at,
                    to: last.to,
                });
                last.to = cut.at;
            }
            let otherwise = piece.first().map_or(0, |line| line.from);
            let mut shown = self.shown(text, &piece, false, paper.room.keeps_marks);
            match rest {
                Some(rest) => self.lines.insert(0, rest),
                None => shown.push("\n", self.look, Origin::Furniture, None),
            }
            let columns = self.columns(paper);
            let mut parts = shown.lines(columns);
            // A line end that nothing follows yet ends the row before it, and begins none.
            let begun = if rest.is_some() { parts.pop() } else { None };
            for part in parts {
                self.row(&shown, part, otherwise, paper);
            }
            self.carry = begun.map_or_else(Shown::default, |part| shown.behind(part.start));
        }
    }

    /// What is begun, and these lines behind it.
    fn shown(&mut self, text: &str, lines: &[Line], is_coming: bool, keeps_marks: bool) -> Shown {
        let mut shown = std::mem::take(&mut self.carry);
        let mark = std::mem::take(&mut self.mark);
        shown.push(&mark, self.look, Origin::Furniture, None);
        if self.is_read {
            read(text, lines, is_coming, (self.look, keeps_marks), &mut shown);
        } else {
            for (number, line) in lines.iter().enumerate() {
                if number > 0 {
                    shown.push("\n", self.look, Origin::Furniture, None);
                }
                let blanks = " ".repeat(line.blanks);
                shown.push(&blanks, self.look, Origin::Furniture, None);
                let words = text.get(line.from..line.to).unwrap_or_default();
                shown.push_text(words, self.look, line.from, None);
            }
        }
        shown
    }
}

/// Reads the Markdown of lines and adds what they say.
pub(super) fn read(
    text: &str,
    lines: &[Line],
    is_coming: bool,
    (look, keeps_marks): (Look, bool),
    shown: &mut Shown,
) {
    let inline = inline::read(text, lines, is_coming);
    let mut marks = SourceMarks {
        text,
        lines,
        at: lines.first().map_or(0, |line| line.from),
        line: 0,
        is_kept: keeps_marks,
    };
    for span in &inline.spans {
        marks.upto(span.from, look, shown);
        span_shown(text, &inline, *span, look, keeps_marks, shown);
        marks.behind(*span);
    }
    marks.upto(usize::MAX, look, shown);
}

fn span_shown(
    text: &str,
    inline: &Inline,
    span: Span,
    base: Look,
    keeps_marks: bool,
    shown: &mut Shown,
) {
    let link = span.link.and_then(|at| inline.targets.get(at));
    let mut look = base;
    for (is_done, mark) in [
        (span.style.is_strong, Marks::BOLD),
        (span.style.is_stressed, Marks::ITALIC),
        (span.style.is_struck, Marks::STRUCK),
    ] {
        if is_done {
            look.marks = look.marks.and(mark);
        }
    }
    if link.is_some() {
        look.tone = Tone::Accent;
        look.marks = look.marks.and(Marks::UNDERLINED);
    }
    let url = link.map(|target| target.url.as_str());
    let words = text.get(span.from..span.to).unwrap_or_default();
    let origin = Origin::Whole(span.from, span.to - span.from);
    match span.kind {
        Kind::Text => shown.push_text(words, look, span.from, url),
        Kind::Code | Kind::Math => {
            look.tone = Tone::InlineCode;
            shown.push_text(words, look, span.from, url);
        }
        Kind::Entity(c) => shown.push(c.encode_utf8(&mut [0; 4]), look, origin, url),
        Kind::Blank => shown.push(" ", look, origin, url),
        // The marks of math that stands by itself are gone, and so are their lines.
        Kind::Break if words == "\n" && shown.ends_line() => {}
        Kind::Break => shown.push("\n", base, origin, None),
        Kind::Tag => shown.push_text(words, Tone::Quiet, span.from, None),
        // As it stands: address and title, between the marks of a link.
        Kind::Target if keeps_marks => shown.push_text(words, Tone::Quiet, span.from, url),
        Kind::Target => {
            let Some(target) = link.filter(|target| !target.is_said) else {
                return;
            };
            let title = match target.title.as_str() {
                "" => String::new(),
                title => format!(" “{title}”"),
            };
            let said = format!(" ({}{title})", target.url);
            shown.push(&said, Tone::Quiet, origin, url);
        }
    }
}

/// The marks between the words, which stay where there is no colour to say what they say.
struct SourceMarks<'a> {
    text: &'a str,
    lines: &'a [Line],
    at: usize,
    line: usize,
    is_kept: bool,
}

impl SourceMarks<'_> {
    fn upto(&mut self, to: usize, look: Look, shown: &mut Shown) {
        let end = self.lines.get(self.line).map_or(0, |line| line.to);
        let marks = self.text.get(self.at..to.min(end)).unwrap_or_default();
        let marks = marks.trim_end_matches('\\');
        if self.is_kept {
            shown.push_text(marks, look, self.at, None);
        }
    }

    fn behind(&mut self, span: Span) {
        self.at = span.to;
        let is_line_end = matches!(span.kind, Kind::Break | Kind::Blank);
        let end = self.lines.get(self.line).map_or(0, |line| line.to);
        if is_line_end && span.from >= end {
            self.line += 1;
            self.at = self.lines.get(self.line).map_or(span.to, |line| line.from);
        }
    }
}

/// Where a piece ends: in a line, at a byte of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cut {
    line: usize,
    at: usize,
}

/// Where the first piece of these lines ends, when as much has come.
fn cut(text: &str, lines: &[Line], is_read: bool) -> Option<Cut> {
    let (first, last) = (lines.first()?, lines.last()?);
    if last.to.saturating_sub(first.from) < PIECE {
        return None;
    }
    let mut open = Unclosed::default();
    let mut seen = 0;
    for (number, line) in lines.iter().enumerate() {
        let words = text.get(line.from..line.to).unwrap_or_default();
        let is_last = number + 1 == lines.len();
        let mut before = '\n';
        for (at, c) in words.char_indices() {
            let is_calm = !is_read || open.is_nothing();
            let is_gap = c == ' ' || is_stop(before);
            let is_end = seen > LONGEST_PIECE + PIECE
                || (is_gap && seen > LONGEST_PIECE)
                || (is_gap && is_calm && seen > PIECE);
            if is_end && at > 0 {
                return Some(Cut {
                    line: number,
                    at: line.from + at,
                });
            }
            open.pass(before, c);
            before = c;
            seen += c.len_utf8();
        }
        open.pass(before, '\n');
        let is_calm = !is_read || open.is_nothing();
        if !is_last && seen > PIECE && (is_calm || seen > LONGEST_PIECE) {
            return Some(Cut {
                line: number,
                at: line.to,
            });
        }
        seen += 1;
    }
    None
}

/// The end of a sentence or of a part of it, in a script that writes no blanks.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '，' | '；' | '：' | '！' | '？' | '、')
}

/// What was opened and not closed, roughly: it tells a good place to end a piece from a bad one.
#[derive(Clone, Copy, Debug, Default)]
struct Unclosed {
    /// Those of [`PAIRED`] that are open, by the bit of their place there.
    paired: u8,
    brackets: u32,
    is_target: bool,
    /// How often the character before stands there in a row.
    run: u32,
}

/// Marks that close what they opened, and how many of them in a row do.
const PAIRED: [(char, u32); 4] = [('`', 1), ('*', 1), ('~', 2), ('$', 2)];

impl Unclosed {
    fn is_nothing(self) -> bool {
        self.paired == 0 && self.brackets == 0 && !self.is_target
    }

    fn pass(&mut self, before: char, c: char) {
        self.run = if before == c { self.run + 1 } else { 1 };
        let run = self.run;
        if let Some(at) = PAIRED.iter().position(|paired| *paired == (c, run)) {
            self.paired ^= 1 << at;
        }
        match c {
            '[' => self.brackets += 1,
            ']' => self.brackets = self.brackets.saturating_sub(1),
            '(' if before == ']' => self.is_target = true,
            ')' | '\n' => self.is_target = false,
            _ => {}
        }
    }
}
