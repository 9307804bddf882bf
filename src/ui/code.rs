//! Code in colour: which words of a line are keywords, text, remarks.
//!
//! Our own and by tables, not by a grammar engine: those bring megabytes of grammars and take tens of
//! megabytes to run, more than this whole program. A line is read once, from its left; what it leaves
//! open (a remark, a text over several lines) is carried to the next one, so a long file costs the same a line
//! from its first to its last. What is said of a language is a row of `tables`; a language that has no row
//! is shown plain, which is never wrong.

mod language;
mod lexer;
mod markup;
mod plain_formats;
mod tables;
mod tokens;

use std::sync::Arc;

use self::language::{Grammar, Language};
use self::lexer::State;
use super::theme::Tone;

/// Longer lines are not read on: nobody reads them either.
const LONGEST_LINE: usize = 4_096;

/// Reads the lines of a piece of code, one after the other.
#[derive(Clone, Debug)]
pub struct Highlighter {
    language: &'static Language,
    words: Arc<[(&'static str, Tone)]>,
    state: State,
}

impl Highlighter {
    /// For code of a language, by the name that stands behind its fence or the ending of its file; `None`
    /// when it is not known.
    pub fn new(name: &str) -> Option<Self> {
        let language = tables::find(name)?;
        Some(Self {
            language,
            words: language.words().into(),
            state: State::default(),
        })
    }

    /// Reads the next line, without its line end: what each part of it is, by the byte behind it. Parts
    /// follow each other without gaps; what is not named at the end of the line is plain.
    pub fn line(&mut self, line: &str) -> Vec<(usize, Tone)> {
        let end = line.floor_char_boundary(LONGEST_LINE);
        let line = line.get(..end).unwrap_or_default();
        let mut parts = Parts::default();
        self.state = match self.language.grammar {
            Grammar::Words => lexer::read(self.language, &self.words, self.state, line, &mut parts),
            Grammar::Markup => markup::read(self.state, line, &mut parts),
            Grammar::Css => markup::read_css(self.state, line, &mut parts),
            Grammar::Yaml => plain_formats::yaml(line, &mut parts),
            Grammar::Ini => plain_formats::ini(line, &mut parts),
            Grammar::Diff => plain_formats::diff(line, &mut parts),
            Grammar::Markdown => plain_formats::markdown(self.state, line, &mut parts),
        };
        parts.found
    }
}

/// The parts of a line, as they are found.
#[derive(Debug, Default)]
struct Parts {
    found: Vec<(usize, Tone)>,
}

impl Parts {
    /// Everything up to a byte, that was not named yet, is this.
    fn upto(&mut self, end: usize, tone: Tone) {
        let reached = self.found.last().map_or(0, |(end, _)| *end);
        if end <= reached {
            return;
        }
        match self.found.last_mut() {
            Some((last, same)) if *same == tone => *last = end,
            _ => self.found.push((end, tone)),
        }
    }
}

#[cfg(test)]
mod tests;
