//! What stands inside the lines of a paragraph, a heading or a cell: emphasis, code, links, math, tags.
//!
//! Source of the rules: the `CommonMark` specification 0.31, and GitHub's for `~~` and bare addresses. Marks
//! beside Chinese, Japanese and Korean letters count as standing at the edge of a word, since there are no blanks to say
//! so: `**重点。**后` is bold.

mod emphasis;
mod entity;
mod link;

use std::ops::Range;

use self::emphasis::Delimiters;
use super::{Line, tag};

/// No code, math or address is longer, in bytes: what begins is looked for no further.
const LONGEST: usize = 2_000;

/// What was done to letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// `**strong**`
    pub is_strong: bool,
    /// `*stressed*`
    pub is_stressed: bool,
    /// `~~struck~~`
    pub is_struck: bool,
}

/// A run of what a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub kind: Kind,
    /// Its first byte in the text.
    pub from: usize,
    /// The byte behind its last one.
    pub to: usize,
    /// What was done to its letters.
    pub style: Style,
    /// The link it belongs to: an index of [`Inline::targets`].
    pub link: Option<usize>,
}

/// What a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its bytes as they are.
    Text,
    /// This character, by its name.
    Entity(char),
    /// A blank, where a line ends inside code.
    Blank,
    /// The end of a line.
    Break,
    /// Code.
    Code,
    /// Math.
    Math,
    /// A tag of HTML.
    Tag,
    /// Where the link that ends here leads; its bytes are what stands for that.
    Target,
}

/// What lines say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// From the first to the last.
    pub spans: Vec<Span>,
    /// Where links lead.
    pub targets: Vec<Target>,
}

/// Where a link leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The address.
    pub url: String,
    /// What it says of itself.
    pub title: String,
    /// The address stands in the text itself.
    pub is_said: bool,
}

/// Reads lines of a text. In text that is still coming (`is_coming`), strong words and code that are not closed
/// yet reach to the end, rather than that their marks flicker.
pub fn read(text: &str, lines: &[Line], is_coming: bool) -> Inline {
    let mut reader = Reader::new(text, lines);
    reader.is_coming = is_coming;
    reader.read();
    reader.finish()
}

/// A run of the joined lines.
#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    from: usize,
    to: usize,
    link: Option<usize>,
}

/// A bracket that may begin a link.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    node: usize,
    /// How many marks of emphasis stood before it.
    marks: usize,
    is_image: bool,
    is_alive: bool,
}

struct Reader {
    /// The lines, joined by line ends.
    joined: String,
    /// Where each line begins in the joined ones, and in the text.
    starts: Vec<(usize, usize)>,
    nodes: Vec<Node>,
    /// Where text begins that is no node yet.
    pending: usize,
    at: usize,
    marks: Delimiters,
    brackets: Vec<Bracket>,
    targets: Vec<Target>,
    /// Lengths of backtick runs that nothing closes from here on.
    unclosed: Vec<usize>,
    is_coming: bool,
}

impl Reader {
    fn new(text: &str, lines: &[Line]) -> Self {
        let mut joined = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                joined.push('\n');
            }
            starts.push((joined.len(), line.from));
            joined.push_str(text.get(line.from..line.to).unwrap_or_default());
        }
        Self {
            joined,
            starts,
            nodes: Vec::new(),
            pending: 0,
            at: 0,
            marks: Delimiters::default(),
            brackets: Vec::new(),
            targets: Vec::new(),
            unclosed: Vec::new(),
            is_coming: false,
        }
    }

    fn read(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'\\' => self.backslash(),
                b'`' => self.code(),
                b'$' => self.dollar(),
                b'<' => self.angle(),
                b'&' => self.entity(),
                b'*' | b'_' | b'~' => self.mark(byte),
                b'!' if self.byte(self.at + 1) == Some(b'[') => self.bracket(2),
                b'[' => self.bracket(1),
                b']' => self.close_bracket(),
                b'\n' => {
                    self.node(Kind::Break, self.at, self.at + 1, 1);
                }
                b'h' | b'H' => self.bare_address(),
                _ => self.at += 1,
            }
        }
        self.flush();
        self.marks.resolve(0, &mut self.nodes);
        if self.is_coming {
            self.marks.stretch(&mut self.nodes);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.joined.as_bytes().get(at).copied()
    }

    fn rest(&self) -> &str {
        self.joined.get(self.at..).unwrap_or_default()
    }

    /// What is left, as far as something that begins here is looked for.
    fn near(&self) -> &str {
        let rest = self.rest();
        rest.get(..rest.floor_char_boundary(LONGEST))
            .unwrap_or_default()
    }

    /// Makes the pending text a node.
    fn flush(&mut self) {
        if self.pending < self.at {
            self.nodes.push(Node {
                kind: Kind::Text,
                from: self.pending,
                to: self.at,
                link: None,
            });
        }
        self.pending = self.at;
    }

    /// Adds a node for a range and goes on `taken` bytes further; its number.
    fn node(&mut self, kind: Kind, from: usize, to: usize, taken: usize) -> usize {
        self.flush();
        self.nodes.push(Node {
            kind,
            from,
            to,
            link: None,
        });
        self.at += taken;
        self.pending = self.at;
        self.nodes.len() - 1
    }

    fn backslash(&mut self) {
        match self.byte(self.at + 1) {
            Some(b'(') if self.math(2, "\\)") => {}
            Some(b'[') if self.math(2, "\\]") => {}
            Some(b'\n') => {
                self.flush();
                self.at += 1;
                self.pending = self.at;
            }
            Some(next) if next.is_ascii_punctuation() => {
                self.flush();
                self.pending = self.at + 1;
                self.at += 2;
            }
            _ => self.at += 1,
        }
    }

    fn code(&mut self) {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches('`').len();
        let from = self.at + length;
        let closing = if self.unclosed.contains(&length) {
            None
        } else {
            closing_ticks(&self.joined, from, length)
        };
        let end = match closing {
            Some(end) => end,
            None if self.is_coming && self.joined.len() > from => self.joined.len(),
            None => {
                self.unclosed.push(length);
                self.at += length;
                return;
            }
        };
        let code = self.joined.get(from..end).unwrap_or_default();
        let is_padded = code.starts_with([' ', '\n'])
            && code.ends_with([' ', '\n'])
            && !code.trim_matches([' ', '\n']).is_empty();
        let padding = usize::from(is_padded);
        let taken = if closing.is_some() { length } else { 0 };
        let whole = end + taken - self.at;
        self.node(Kind::Code, from + padding, end - padding, whole);
    }

    fn dollar(&mut self) {
        let is_double = self.byte(self.at + 1) == Some(b'$');
        if is_double && self.math(2, "$$") {
            return;
        }
        let inside = self.near().get(1..).unwrap_or_default();
        let line = inside.split('\n').next().unwrap_or_default();
        let closing = line.match_indices('$').map(|(at, _)| at).find(|&at| {
            let before = line.get(..at).and_then(|it| it.chars().next_back());
            let after = line.get(at + 1..).and_then(|it| it.chars().next());
            before.is_some_and(|c| !c.is_whitespace() && c != '\\')
                && !after.is_some_and(|c| c.is_alphanumeric() || c == '$')
        });
        let begins = line.chars().next();
        let is_math = begins.is_some_and(|c| !c.is_whitespace() && c != '$');
        match closing.filter(|_| is_math) {
            Some(length) => {
                let from = self.at + 1;
                self.node(Kind::Math, from, from + length, length + 2);
            }
            None => self.at += if is_double { 2 } else { 1 },
        }
    }

    /// Math between marks, the opening one so long; whether there is any.
    fn math(&mut self, opening: usize, closing: &str) -> bool {
        let inside = self.near().get(opening..).unwrap_or_default();
        let Some(length) = inside.find(closing).filter(|length| *length > 0) else {
            return false;
        };
        let from = self.at + opening;
        let whole = opening + length + closing.len();
        self.node(Kind::Math, from, from + length, whole);
        true
    }

    fn angle(&mut self) {
        if let Some(length) = link::in_angles(self.near()) {
            let from = self.at + 1;
            self.said_address(from, from + length, length + 2);
        } else if let Some(length) = tag::length(self.near()) {
            let tag = self.near().get(..length).unwrap_or_default();
            let name = tag.trim_matches(['<', '>', '/', ' ']);
            let is_break = name.eq_ignore_ascii_case("br");
            let kind = if is_break { Kind::Break } else { Kind::Tag };
            self.node(kind, self.at, self.at + length, length);
        } else {
            self.at += 1;
        }
    }

    fn entity(&mut self) {
        if let Some((c, length)) = entity::read(self.rest()) {
            self.node(Kind::Entity(c), self.at, self.at + length, length);
        } else {
            self.at += 1;
        }
    }

    fn mark(&mut self, mark: u8) {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(char::from(mark)).len();
        let before = self.joined.get(..self.at);
        let before = before.and_then(|text| text.chars().next_back());
        let after = rest.get(length..).and_then(|text| text.chars().next());
        let node = self.node(Kind::Text, self.at, self.at + length, length);
        self.marks.push(node, mark, length, before, after);
    }

    fn bracket(&mut self, length: usize) {
        let node = self.node(Kind::Text, self.at, self.at + length, length);
        self.brackets.push(Bracket {
            node,
            marks: self.marks.len(),
            is_image: length == 2,
            is_alive: true,
        });
    }

    fn close_bracket(&mut self) {
        let Some(bracket) = self.brackets.pop() else {
            self.at += 1;
            return;
        };
        let behind = self.near().get(1..).unwrap_or_default();
        let Some((target, length)) = link::behind(behind).filter(|_| bracket.is_alive) else {
            self.at += 1;
            return;
        };
        self.flush();
        self.marks.resolve(bracket.marks, &mut self.nodes);
        let link = self.targets.len();
        if let Some(node) = self.nodes.get_mut(bracket.node) {
            node.to = node.from;
        }
        let mut said = String::new();
        for node in self.nodes.iter_mut().skip(bracket.node) {
            node.link = node.link.or(Some(link));
            said.push_str(self.joined.get(node.from..node.to).unwrap_or_default());
        }
        let is_said = said == target.url || target.url.strip_prefix("mailto:") == Some(&said);
        self.targets.push(Target { is_said, ..target });
        let node = self.node(Kind::Target, self.at, self.at + 1 + length, 1 + length);
        self.nodes[node].link = Some(link);
        if !bracket.is_image {
            // There are no links in links.
            for outer in self.brackets.iter_mut().filter(|outer| !outer.is_image) {
                outer.is_alive = false;
            }
        }
    }

    fn bare_address(&mut self) {
        let before = self.joined.get(..self.at);
        let before = before.and_then(|text| text.chars().next_back());
        let is_inside = before.is_some_and(|c| c.is_ascii_alphanumeric());
        match link::bare(self.near()).filter(|_| !is_inside) {
            Some(length) => self.said_address(self.at, self.at + length, length),
            None => self.at += 1,
        }
    }

    /// An address that is a link to itself.
    fn said_address(&mut self, from: usize, to: usize, taken: usize) {
        let said = self.joined.get(from..to).unwrap_or_default();
        let is_mail = said.contains('@') && !said.contains(':');
        self.targets.push(Target {
            url: if is_mail {
                format!("mailto:{said}")
            } else {
                said.to_owned()
            },
            title: String::new(),
            is_said: true,
        });
        let node = self.node(Kind::Text, from, to, taken);
        self.nodes[node].link = Some(self.targets.len() - 1);
    }

    fn finish(self) -> Inline {
        let styles = self.marks.styles(self.nodes.len());
        let mut spans = Vec::with_capacity(self.nodes.len());
        let source = |at: usize| {
            let line = self.starts.partition_point(|(start, _)| *start <= at);
            let (start, from) = self.starts[line.saturating_sub(1)];
            from + at - start
        };
        for (node, style) in self.nodes.iter().zip(styles) {
            if node.from == node.to && node.kind != Kind::Target {
                continue;
            }
            let mut push = |kind, part: Range<usize>| {
                if part.start < part.end || kind == Kind::Target {
                    let from = source(part.start);
                    spans.push(Span {
                        kind,
                        from,
                        to: from + part.len(),
                        style,
                        link: node.link,
                    });
                }
            };
            let text = self.joined.get(node.from..node.to).unwrap_or_default();
            if matches!(node.kind, Kind::Break | Kind::Target) || !text.contains('\n') {
                push(node.kind, node.from..node.to);
                continue;
            }
            // Code and math over several lines: a piece of each.
            let between = if node.kind == Kind::Math {
                Kind::Break
            } else {
                Kind::Blank
            };
            let mut at = node.from;
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    push(between, at - 1..at);
                }
                push(node.kind, at..at + line.len());
                at += line.len() + 1;
            }
        }
        Inline {
            spans,
            targets: self.targets,
        }
    }
}

/// Where the run of exactly so many backticks begins that closes code.
fn closing_ticks(text: &str, from: usize, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(offset) = memchr::memchr(b'`', bytes.get(at..)?) {
        at += offset;
        let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        if run == length {
            return Some(at);
        }
        at += run;
    }
    None
}

#[cfg(test)]
mod tests;
