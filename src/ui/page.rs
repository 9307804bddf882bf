//! A page as content: what a step of the wizard has to say and to ask, before any look.
//!
//! One description, two readers: `page_layout` draws it, the plain wizard prints it.

use std::ops::Range;

use super::editor::Field;
use super::theme::Tone;
use crate::domain::stage::StageStatus;
use crate::flow::env::FileChange;

/// What there is to say and to ask.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// The heading.
    pub title: String,
    /// Top to bottom.
    pub blocks: Vec<Block<'a>>,
    /// The number of the chosen choice, counted over the page; beyond the last when none is.
    pub chosen: usize,
    /// It is read rather than chosen from: it opens at its top, wherever its choices stand.
    pub opens_at_top: bool,
    /// What stands in the place of some blocks where the page is too long for its area.
    pub brief: Option<Brief<'a>>,
}

/// Some blocks of a page in fewer rows.
#[derive(Debug)]
pub struct Brief<'a> {
    /// Which.
    pub of: Range<usize>,
    /// What stands for them.
    pub blocks: Vec<Block<'a>>,
}

/// A piece of a page.
#[derive(Debug)]
pub enum Block<'a> {
    /// A paragraph.
    Text(Tone, String),
    /// Names and values, aligned.
    Facts(Vec<Fact>),
    /// Something to choose.
    Choice {
        /// What it is called.
        label: String,
        /// What it brings.
        note: String,
    },
    /// What goes with the choice above it, below its label.
    Under(String),
    /// Something to type.
    Field {
        /// What is asked for.
        label: String,
        /// What was typed.
        field: &'a Field,
        /// It has the keyboard.
        has_focus: bool,
    },
    /// Rows of cells, their columns aligned.
    Table(Vec<TableRow>),
    /// A change of a file.
    Change(&'a FileChange),
    /// A stage of the test.
    Stage {
        /// How it goes.
        status: StageStatus,
        /// What it looks at.
        title: String,
        /// How long it took; empty while it runs.
        took: String,
        /// The evidence.
        detail: String,
    },
    /// An address.
    Link(String),
    /// Text kept as it is, line by line: code to copy.
    Code(Vec<String>),
    /// Something is under way.
    Working(String),
    /// An empty line.
    Gap,
}

/// A name and a value.
#[derive(Debug)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// How the value is meant.
    pub tone: Tone,
    /// The value.
    pub value: String,
}

/// A row of a table.
#[derive(Debug)]
pub struct TableRow {
    /// How it is meant.
    pub tone: Tone,
    /// From left to right.
    pub cells: Vec<String>,
}

impl<'a> Page<'a> {
    /// A page with a heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// The blocks, top to bottom; in brief, if there is such a way.
    pub fn told(&self, in_brief: bool) -> impl Iterator<Item = &Block<'a>> {
        let brief = self.brief.as_ref().filter(|_| in_brief);
        let (of, instead) = brief.map_or((0..0, &[][..]), |it| (it.of.clone(), &it.blocks));
        let (before, after) = (&self.blocks[..of.start], &self.blocks[of.end..]);
        before.iter().chain(instead).chain(after)
    }

    /// Adds a paragraph.
    pub fn say(&mut self, words: impl Into<String>) {
        self.tell(Tone::Plain, words);
    }

    /// Adds a paragraph in a tone.
    pub fn tell(&mut self, tone: Tone, words: impl Into<String>) {
        let words = words.into();
        if !words.is_empty() {
            self.blocks.push(Block::Text(tone, words));
        }
    }

    /// Adds an empty line, unless there is one already or nothing above.
    pub fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(Block::Gap)) {
            self.blocks.push(Block::Gap);
        }
    }

    /// Adds something to choose.
    pub fn choice(&mut self, label: impl Into<String>, note: impl Into<String>) {
        self.blocks.push(Block::Choice {
            label: label.into(),
            note: note.into(),
        });
    }

    /// Adds names and values.
    pub fn facts(&mut self, facts: Vec<Fact>) {
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    /// Adds any block.
    pub fn push(&mut self, block: Block<'a>) {
        self.blocks.push(block);
    }

    /// The field that has the keyboard.
    pub fn field(&self) -> Option<&'a Field> {
        self.blocks.iter().find_map(|block| match block {
            Block::Field {
                field,
                has_focus: true,
                ..
            } => Some(*field),
            _ => None,
        })
    }

    /// How many choices it has.
    pub fn choices(&self) -> usize {
        self.blocks
            .iter()
            .filter(|block| matches!(block, Block::Choice { .. }))
            .count()
    }
}

/// A name and a value in the ordinary tone.
pub fn fact(name: impl Into<String>, value: impl Into<String>) -> Fact {
    Fact {
        name: name.into(),
        tone: Tone::Plain,
        value: value.into(),
    }
}

/// The mark of a stage: readable without colour.
pub fn stage_mark(status: StageStatus) -> (&'static str, Tone) {
    match status {
        StageStatus::Running => ("▸", Tone::Accent),
        StageStatus::Pass => ("✓", Tone::Good),
        StageStatus::Warn => ("!", Tone::Warn),
        StageStatus::Fail => ("✗", Tone::Trouble),
        StageStatus::Skip => ("-", Tone::Quiet),
    }
}
