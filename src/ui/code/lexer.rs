//! Reads a line of a language of words.

use super::Parts;
use super::language::{Language, Quote, Traits};
use super::tokens::{escape, is_letter, is_word, number, sum, variable};
use crate::ui::theme::Tone;

/// What the lines above left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing.
    #[default]
    Plain,
    /// A remark, by the number of its kind, and how many hold it.
    Remark(usize, usize),
    /// A text, by the number of its kind.
    Text(usize),
    /// A Rust text that ends with so many `#`.
    Raw(usize),
    /// A text that ends with a word, of which this is the sum.
    Heredoc(u64),
    /// A tag of a markup language.
    Tag,
    /// A block: of a style sheet, or fenced in Markdown.
    Block,
}

/// Reads a line; what it leaves open.
pub(super) fn read(
    language: &Language,
    words: &[(&'static str, Tone)],
    state: State,
    line: &str,
    parts: &mut Parts,
) -> State {
    let mut reader = Reader {
        language,
        words,
        line,
        bytes: line.as_bytes(),
        at: 0,
        parts,
        pending: None,
    };
    reader.read(state)
}

struct Reader<'a> {
    language: &'a Language,
    words: &'a [(&'static str, Tone)],
    line: &'a str,
    bytes: &'a [u8],
    at: usize,
    parts: &'a mut Parts,
    /// A text that begins below this line.
    pending: Option<u64>,
}

impl Reader<'_> {
    fn read(&mut self, state: State) -> State {
        let mut state = self.go_on(state);
        if state == State::Plain && self.at == 0 {
            self.line_start();
        }
        while state == State::Plain && self.at < self.bytes.len() {
            state = self.step();
        }
        match self.pending {
            Some(word) if state == State::Plain => State::Heredoc(word),
            _ => state,
        }
    }

    /// Goes on with what the lines above left open.
    fn go_on(&mut self, state: State) -> State {
        match state {
            State::Remark(kind, depth) => self.remark(kind, depth),
            State::Text(kind) => match self.language.quotes.get(kind) {
                Some(quote) => self.text(kind, *quote),
                None => State::Plain,
            },
            State::Raw(hashes) => self.raw(hashes),
            State::Heredoc(word) => {
                self.at = self.bytes.len();
                self.parts.upto(self.at, Tone::Quoted);
                if sum(self.line.trim()) == word {
                    State::Plain
                } else {
                    state
                }
            }
            State::Plain | State::Tag | State::Block => State::Plain,
        }
    }

    /// What only the beginning of a line can be.
    fn line_start(&mut self) {
        let bare = self.line.trim_start();
        let indent = self.line.len() - bare.len();
        let traits = self.language.traits;
        if traits.has(Traits::PREPROCESSOR) && bare.starts_with('#') {
            let rest = bare.trim_start_matches(['#', ' ']);
            let name = rest.bytes().take_while(|b| is_word(*b)).count();
            self.at = indent + bare.len() - rest.len() + name;
            self.parts.upto(indent, Tone::Plain);
            self.parts.upto(self.at, Tone::Keyword);
            let file = self.line.get(self.at..).unwrap_or_default().trim_start();
            if file.starts_with('<') {
                self.at = self.bytes.len();
                self.parts.upto(self.at, Tone::Quoted);
            }
        } else if traits.has(Traits::TARGETS)
            && !bare.starts_with('#')
            && indent == 0
            && let Some(colon) = self.line.find(':')
            && !self
                .line
                .get(colon..)
                .is_some_and(|rest| rest.starts_with(":="))
            && !self.line.contains('$')
        {
            self.at = colon;
            self.parts.upto(colon, Tone::Function);
        }
    }

    fn step(&mut self) -> State {
        let rest = self.line.get(self.at..).unwrap_or_default();
        let byte = self.bytes[self.at];
        if byte.is_ascii_whitespace() {
            return self.take(1, Tone::Plain);
        }
        let blocks = self.language.blocks.iter();
        if let Some(kind) = blocks
            .into_iter()
            .position(|(open, _)| rest.starts_with(open))
        {
            self.at += self.language.blocks[kind].0.len();
            return self.remark(kind, 1);
        }
        if self.is_remark(rest) {
            return self.take(rest.len(), Tone::Comment);
        }
        if let Some(state) = self.special(rest, byte) {
            return state;
        }
        let quotes = self.language.quotes.iter();
        if let Some(kind) = quotes
            .into_iter()
            .position(|quote| rest.starts_with(quote.open))
        {
            let quote = self.language.quotes[kind];
            self.at += quote.open.len();
            return self.text(kind, quote);
        }
        if byte.is_ascii_digit() {
            return self.take(number(rest.as_bytes()), Tone::Number);
        }
        if is_word(byte) {
            return self.word(rest);
        }
        self.take(1, Tone::Plain)
    }

    /// Names the next bytes.
    fn take(&mut self, bytes: usize, tone: Tone) -> State {
        self.at = (self.at + bytes.max(1)).min(self.bytes.len());
        self.parts.upto(self.at, tone);
        State::Plain
    }

    fn is_remark(&self, rest: &str) -> bool {
        let mut marks = self.language.remarks.iter();
        let Some(mark) = marks.find(|mark| rest.starts_with(**mark)) else {
            return false;
        };
        // `$#`, `${#a}` and `a#b` are none.
        let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
        let is_inside = |b: u8| is_word(b) || matches!(b, b'$' | b'{' | b'&' | b'\\');
        *mark != "#" || !before.is_some_and(is_inside)
    }

    /// What only some languages have.
    fn special(&mut self, rest: &str, byte: u8) -> Option<State> {
        let traits = self.language.traits;
        let next = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        match byte {
            b'#' if traits.has(Traits::BRACKET_ATTRIBUTES)
                && (rest.starts_with("#[") || rest.starts_with("#![")) =>
            {
                let end = rest.find(']').map_or(rest.len(), |end| end + 1);
                Some(self.take(end, Tone::Attribute))
            }
            b'@' if (traits.has(Traits::DECORATORS) || traits.has(Traits::SYMBOLS))
                && (is_word(next) || next == b'@') =>
            {
                let name = rest.bytes().skip(1);
                let length = name.take_while(|b| is_word(*b) || matches!(b, b'.' | b'@'));
                let length = length.count();
                Some(self.take(1 + length, Tone::Attribute))
            }
            b':' if traits.has(Traits::SYMBOLS)
                && is_letter(next)
                && !self.line.get(..self.at)?.ends_with([':', '?']) =>
            {
                let length = rest.bytes().skip(1).take_while(|b| is_word(*b)).count();
                Some(self.take(1 + length, Tone::Number))
            }
            b'$' if traits.has(Traits::DOLLARS) => {
                let length = variable(rest.as_bytes());
                Some(self.take(length, Tone::Attribute))
            }
            b'<' if traits.has(Traits::HEREDOCS) && rest.starts_with("<<") => self.heredoc(rest),
            b'\'' if traits.has(Traits::RUST) => Some(self.rust_tick(rest)),
            b'r' | b'b' if traits.has(Traits::RUST) => {
                let inside = rest.trim_start_matches(['b', 'r']);
                let hashes = inside.bytes().take_while(|b| *b == b'#').count();
                let is_raw = rest.get(..2).is_some_and(|start| start.contains('r'));
                let opens = inside.get(hashes..)?.starts_with('"');
                (is_raw && opens && rest.len() - inside.len() <= 2).then(|| {
                    self.at += rest.len() - inside.len() + hashes + 1;
                    self.raw(hashes)
                })
            }
            _ => None,
        }
    }

    /// A remark, from behind its opening mark or the beginning of a line on.
    fn remark(&mut self, kind: usize, depth: usize) -> State {
        let Some((open, close)) = self.language.blocks.get(kind) else {
            return State::Plain;
        };
        let mut depth = depth;
        let nests = self.language.traits.has(Traits::NESTS);
        while let Some(rest) = self.line.get(self.at..).filter(|rest| !rest.is_empty()) {
            let end = rest.find(close);
            let inner = rest.find(open).filter(|_| nests);
            match (end, inner) {
                (end, Some(inner)) if end.is_none_or(|end| inner < end) => {
                    depth += 1;
                    self.at += inner + open.len();
                }
                (Some(end), _) => {
                    self.at += end + close.len();
                    depth -= 1;
                }
                (None, _) => self.at = self.bytes.len(),
            }
            self.parts.upto(self.at, Tone::Comment);
            if depth == 0 {
                return State::Plain;
            }
        }
        State::Remark(kind, depth)
    }

    /// A text, from behind its opening mark or the beginning of a line on.
    fn text(&mut self, kind: usize, quote: Quote) -> State {
        let close = quote.close.as_bytes();
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            if rest.starts_with(close) {
                self.at += close.len();
                self.parts.upto(self.at, self.text_tone(quote));
                return State::Plain;
            }
            if rest[0] == b'\\' && quote.has_escapes {
                self.parts.upto(self.at, Tone::Quoted);
                self.at += escape(self.line.get(self.at..).unwrap_or_default());
                self.parts.upto(self.at, Tone::Escape);
            } else {
                self.at += 1;
            }
        }
        self.parts.upto(self.at, Tone::Quoted);
        let goes_on = quote.is_long || (quote.has_escapes && self.line.ends_with('\\'));
        if goes_on {
            State::Text(kind)
        } else {
            State::Plain
        }
    }

    fn text_tone(&self, quote: Quote) -> Tone {
        let behind = self.line.get(self.at..).unwrap_or_default().trim_start();
        let is_key = self.language.traits.has(Traits::TEXT_KEYS) && behind.starts_with(':');
        if is_key && !quote.is_long {
            Tone::Attribute
        } else {
            Tone::Quoted
        }
    }

    fn raw(&mut self, hashes: usize) -> State {
        let rest = self.line.get(self.at..).unwrap_or_default();
        let end = format!("\"{}", "#".repeat(hashes));
        if let Some(at) = rest.find(&end) {
            return self.take(at + end.len(), Tone::Quoted);
        }
        self.at = self.bytes.len();
        self.parts.upto(self.at, Tone::Quoted);
        State::Raw(hashes)
    }

    /// A tick in Rust: a character, or a lifetime.
    fn rust_tick(&mut self, rest: &str) -> State {
        let inside = rest.get(1..).unwrap_or_default();
        let length = match inside.chars().next() {
            Some('\\') => escape(inside),
            Some(c) => c.len_utf8(),
            None => 0,
        };
        if length > 0
            && inside
                .get(length..)
                .is_some_and(|rest| rest.starts_with('\''))
        {
            return self.take(length + 2, Tone::Quoted);
        }
        let name = inside.bytes().take_while(|b| is_word(*b)).count();
        self.take(1 + name, Tone::Attribute)
    }

    /// `<<WORD`, `<<-'WORD'`, `<<~WORD`, `<<<WORD` of PHP: the text begins below.
    fn heredoc(&mut self, rest: &str) -> Option<State> {
        let mark = rest.trim_start_matches('<');
        let opening = rest.len() - mark.len();
        let word = mark.trim_start_matches(['-', '~']);
        let word = word.strip_prefix(['\'', '"']).unwrap_or(word);
        let length = word.bytes().take_while(|b| is_word(*b)).count();
        if opening > 3 || length == 0 || !is_letter(word.as_bytes()[0]) {
            return None;
        }
        let name = word.get(..length)?;
        let close = word.get(length..)?.starts_with(['\'', '"']);
        self.pending = Some(sum(name));
        let whole = rest.len() - word.len() + length + usize::from(close);
        Some(self.take(whole, Tone::Quoted))
    }

    fn word(&mut self, rest: &str) -> State {
        let length = rest.bytes().take_while(|b| is_word(*b)).count();
        let word = rest.get(..length).unwrap_or(rest);
        let behind = rest.get(length..).unwrap_or_default();
        let traits = self.language.traits;
        if traits.has(Traits::PREFIXES) && length <= 2 && behind.starts_with(['"', '\'']) {
            self.at += length;
            return State::Plain;
        }
        let is_field = self.at > 0 && self.bytes[self.at - 1] == b'.' && !rest.starts_with("..");
        let known = self.known(word).filter(|_| !is_field);
        let calls = behind.starts_with('(')
            || (traits.has(Traits::RUST) && behind.starts_with('!') && !behind.starts_with("!="));
        let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        let tone = match known {
            Some(tone) => tone,
            None if calls => Tone::Function,
            None if is_capital && traits.has(Traits::CAPITAL_TYPES) => Tone::TypeName,
            None => Tone::Plain,
        };
        self.take(length, tone)
    }

    fn known(&self, word: &str) -> Option<Tone> {
        let lower;
        let word = if self.language.traits.has(Traits::ANY_CASE) {
            lower = word.to_ascii_lowercase();
            &lower
        } else {
            word
        };
        let found = self.words.binary_search_by_key(&word, |(known, _)| known);
        found.ok().map(|at| self.words[at].1)
    }
}
