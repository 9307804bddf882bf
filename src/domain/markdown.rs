//! What the lines of a Markdown text are: headings, paragraphs, code, tables, in lists and quotes.
//!
//! A text is read line by line, and what was read is never looked at again: a long answer costs the same a
//! line at its end as at its beginning, however long one of its lists or code blocks is. What stands inside
//! a line is [`inline`]'s. Source of the rules: the `CommonMark` specification 0.31, and GitHub's for tables and
//! tasks. Three things differ: what a definition `[name]: address` says stays visible, and so does the name
//! where it is used; containers nested deeper than [`DEEPEST`] are text.

mod containers;
mod cursor;
pub mod inline;
mod starts;
mod tag;

use std::ops::Range;

use self::containers::{Item, take_quote};
use self::cursor::Cursor;
pub use self::starts::{Align, cells};
use self::starts::{Fence, HtmlEnd};

/// Containers inside each other.
pub const DEEPEST: usize = 24;

/// What holds blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container {
    /// Counts the containers of the text: a later one has a higher number.
    pub serial: u64,
    /// What it is.
    pub kind: ContainerKind,
}

/// What a container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// A quote.
    Quote,
    /// An item of a list.
    Item {
        /// Its number in the list; `None` behind a bullet.
        number: Option<u64>,
        /// Whether its task is done; `None` when it is no task.
        task: Option<bool>,
    },
}

/// What a block is that holds no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Words.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// Code between fences; what stands behind the opening one, as bytes of the text.
    Fenced(Range<usize>),
    /// Code by its indent.
    Indented,
    /// HTML that stands by itself.
    Html,
    /// A line across.
    Rule,
    /// An item of a list that has nothing on its first line.
    Bare,
    /// A line as it stands, where nothing is Markdown but fences.
    Verbatim,
}

/// A line of a block, without what its containers stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Blanks before it that are a part of a tab.
    pub blanks: usize,
    /// Its first byte in the text.
    pub from: usize,
    /// The byte behind its last one, the line end not included.
    pub to: usize,
}

/// What a line of the text brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A block begins, inside the containers that are open now.
    Open {
        /// What it is.
        leaf: Leaf,
        /// An empty line stands before it.
        is_after_blank: bool,
    },
    /// A line of the block.
    Line(Line),
    /// The lines of this paragraph are a heading of this level.
    IsHeading(u8),
    /// The last line of this paragraph is the header of a table; what follows are its rows.
    IsTable(Vec<Align>),
    /// The block ends.
    Close,
}

/// Reads lines.
#[derive(Clone, Debug, Default)]
pub struct Scanner {
    is_verbatim: bool,
    containers: Vec<Container>,
    /// For each container, the columns its content is indented by, and its mark.
    items: Vec<Item>,
    /// For each depth, the item that ended there last, when nothing else came since.
    ended: Vec<Option<(u8, Option<u64>)>>,
    open: Open,
    is_after_blank: bool,
    serial: u64,
}

/// The block that is open.
#[derive(Clone, Debug, Default)]
enum Open {
    #[default]
    Nothing,
    /// With its last line.
    Paragraph(Line),
    Table,
    Fenced(Fence),
    /// With the empty lines that belong to it only if more code follows.
    Indented(Vec<Line>),
    Html(HtmlEnd),
}

impl Scanner {
    /// For text in which nothing is Markdown but fenced code.
    pub fn verbatim() -> Self {
        Self {
            is_verbatim: true,
            ..Self::default()
        }
    }

    /// The containers that are open, the outermost first. At an [`Event::Open`] those of the block, when the
    /// events of each line are looked at before the next.
    pub fn containers(&self) -> &[Container] {
        &self.containers
    }

    /// Reads a line of a text, given by its bytes without the line end.
    pub fn line(&mut self, text: &str, bytes: Range<usize>, events: &mut Vec<Event>) {
        let mut cursor = Cursor::new(text, bytes.start, bytes.end);
        if self.is_verbatim {
            self.verbatim_line(&mut cursor, events);
            return;
        }
        let matched = self.match_containers(&mut cursor);
        let is_all = matched == self.containers.len();
        if is_all && self.goes_on(&mut cursor, events) {
            return;
        }
        self.begin(text, cursor, matched, events);
    }

    /// Takes a line into the open block when that is one whose lines are not read as Markdown.
    fn goes_on(&mut self, cursor: &mut Cursor<'_>, events: &mut Vec<Event>) -> bool {
        match &mut self.open {
            Open::Fenced(fence) => {
                let fence = *fence;
                if cursor.indent() < 4 && fence.is_closed_by(cursor.words()) {
                    self.close(events);
                } else {
                    cursor.take_blanks(fence.indent);
                    events.push(Event::Line(cursor.line()));
                }
                true
            }
            Open::Html(HtmlEnd::Blank) if cursor.is_blank() => false,
            Open::Html(end) => {
                let is_last = end.is_in(cursor.rest());
                events.push(Event::Line(cursor.line()));
                if is_last {
                    self.close(events);
                }
                true
            }
            Open::Indented(blanks) => {
                if cursor.is_blank() {
                    cursor.take_blanks(4);
                    blanks.push(cursor.line());
                    self.is_after_blank = true;
                    return true;
                }
                if cursor.indent() < 4 {
                    return false;
                }
                events.extend(blanks.drain(..).map(Event::Line));
                self.is_after_blank = false;
                cursor.take_blanks(4);
                events.push(Event::Line(cursor.line()));
                true
            }
            Open::Nothing | Open::Paragraph(_) | Open::Table => false,
        }
    }

    /// Looks for what begins on a line, of which so many containers go on.
    fn begin(
        &mut self,
        text: &str,
        mut cursor: Cursor<'_>,
        mut matched: usize,
        events: &mut Vec<Event>,
    ) {
        // A paragraph that this line could go on with: in its place, or lazily from further out.
        let mut paragraph = matches!(self.open, Open::Paragraph(_));
        let is_all = matched == self.containers.len();
        while !cursor.is_blank() {
            let is_interrupting = paragraph && is_all;
            let indent = cursor.indent();
            if indent >= 4 {
                if paragraph {
                    break;
                }
                self.back_to(matched, events);
                cursor.take_blanks(4);
                self.open(Leaf::Indented, events);
                self.open = Open::Indented(Vec::new());
                events.push(Event::Line(cursor.line()));
                return;
            }
            let words = cursor.words();
            let has_room = matched < DEEPEST;
            if has_room && words.starts_with('>') {
                self.back_to(matched, events);
                take_quote(&mut cursor);
                self.enter(ContainerKind::Quote, Item::default());
            } else if is_interrupting && self.turns(text, cursor, events) {
                return;
            } else if let Some(marker) = starts::marker(words).filter(|marker| {
                let interrupts = !marker.is_bare && marker.number.is_none_or(|number| number == 1);
                has_room && (interrupts || !is_interrupting) && !starts::is_rule(words)
            }) {
                self.back_to(matched, events);
                self.enter_item(&mut cursor, marker, indent);
            } else if self.block(cursor, matched, is_interrupting, events) {
                return;
            } else {
                break;
            }
            paragraph = false;
            matched = self.containers.len();
        }
        self.words(cursor, matched, paragraph, events);
    }

    /// Whether a line makes the open paragraph something else: a heading, a table.
    fn turns(&mut self, text: &str, cursor: Cursor<'_>, events: &mut Vec<Event>) -> bool {
        let Open::Paragraph(last) = self.open else {
            return false;
        };
        if let Some(level) = starts::setext(cursor.words()) {
            events.push(Event::IsHeading(level));
            self.close(events);
            return true;
        }
        let Some(columns) = starts::delimiter(cursor.words()) else {
            return false;
        };
        let header = text.get(last.from..last.to).unwrap_or_default();
        let is_table = cells(header).len() == columns.len();
        if is_table {
            events.push(Event::IsTable(columns));
            self.open = Open::Table;
        }
        is_table
    }

    /// Whether a block begins that is none of words.
    fn block(
        &mut self,
        cursor: Cursor<'_>,
        matched: usize,
        is_interrupting: bool,
        events: &mut Vec<Event>,
    ) -> bool {
        let (words, indent) = (cursor.words(), cursor.indent());
        let line = cursor.line();
        let end = line.to;
        if let Some((level, title)) = starts::atx(words) {
            self.back_to(matched, events);
            self.open(Leaf::Heading(level), events);
            let behind = words.trim_start_matches('#');
            let from = end - behind.trim_start().len();
            events.push(Event::Line(Line {
                blanks: 0,
                from,
                to: from + title.len(),
            }));
            events.push(Event::Close);
            self.open = Open::Nothing;
        } else if let Some((fence, info)) = starts::fence(words, indent) {
            self.back_to(matched, events);
            let to = end - words.len() + words.trim_end().len();
            self.open(Leaf::Fenced(to - info.len()..to), events);
            self.open = Open::Fenced(fence);
        } else if starts::is_rule(words) {
            self.back_to(matched, events);
            self.open(Leaf::Rule, events);
            events.push(Event::Close);
            self.open = Open::Nothing;
        } else if let Some(html) = starts::html(words, is_interrupting) {
            self.back_to(matched, events);
            self.open(Leaf::Html, events);
            events.push(Event::Line(line));
            self.open = Open::Html(html);
            if html.is_in(words) {
                self.close(events);
            }
        } else {
            return false;
        }
        true
    }

    /// A line that nothing begins on.
    fn words(
        &mut self,
        cursor: Cursor<'_>,
        matched: usize,
        paragraph: bool,
        events: &mut Vec<Event>,
    ) {
        if cursor.is_blank() {
            self.back_to(matched, events);
            if self.items.last().is_some_and(|item| item.is_empty) {
                self.bare(events);
            } else {
                self.is_after_blank = true;
            }
            return;
        }
        let line = cursor.trimmed();
        if !paragraph && matched < self.containers.len() {
            self.back_to(matched, events);
        }
        match self.open {
            Open::Paragraph(ref mut last) => *last = line,
            Open::Table if matched == self.containers.len() => {}
            _ => {
                self.back_to(matched, events);
                let line = self.take_task(cursor, line);
                self.open(Leaf::Paragraph, events);
                events.push(Event::Line(line));
                self.open = Open::Paragraph(line);
                return;
            }
        }
        events.push(Event::Line(line));
    }

    /// An item that begins with an empty line shows its mark all the same.
    fn bare(&mut self, events: &mut Vec<Event>) {
        events.push(Event::Open {
            leaf: Leaf::Bare,
            is_after_blank: std::mem::take(&mut self.is_after_blank),
        });
        events.push(Event::Close);
    }

    fn open(&mut self, leaf: Leaf, events: &mut Vec<Event>) {
        self.fill();
        self.ended.truncate(self.containers.len());
        events.push(Event::Open {
            leaf,
            is_after_blank: std::mem::take(&mut self.is_after_blank),
        });
    }

    fn close(&mut self, events: &mut Vec<Event>) {
        if !matches!(std::mem::take(&mut self.open), Open::Nothing) {
            events.push(Event::Close);
        }
    }

    fn verbatim_line(&mut self, cursor: &mut Cursor<'_>, events: &mut Vec<Event>) {
        if self.goes_on(cursor, events) {
            return;
        }
        let opens = cursor.indent() < 4 && starts::fence(cursor.words(), 0).is_some();
        if opens {
            self.block(*cursor, 0, false, events);
            return;
        }
        self.open(Leaf::Verbatim, events);
        events.push(Event::Line(cursor.line()));
        events.push(Event::Close);
    }
}

#[cfg(test)]
mod tests;
