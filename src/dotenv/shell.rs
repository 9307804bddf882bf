//! A small reading of a file as `set -a; . file` does it in bash, dash and zsh: quotes anywhere in
//! a word, `\` at a line end joins, `#` only at the start of a word, several assignments on a line,
//! `export`. Nothing is expanded and nothing is run. `\r\n` counts as `\n`: a shell would keep the
//! `\r` in every value, before a change and after it.

use std::collections::HashMap;

use super::heredoc;
use super::spelling::DECLARING;
use super::value::is_name;

/// How deep `$(…)` and quotes may lie in each other before this reader gives up.
const DEEPEST: usize = 50;

/// What a shell would set; `None` where it would stop with a syntax error.
pub(super) fn read(bytes: &[u8]) -> Option<HashMap<Vec<u8>, Vec<u8>>> {
    let mut reader = Reader {
        bytes,
        at: 0,
        heredocs: Vec::new(),
        words: Vec::new(),
        values: HashMap::new(),
    };
    while reader.step()? {}
    Some(reader.values)
}

/// One word of a command.
#[derive(Default)]
struct Word {
    text: Vec<u8>,
    /// How much of the text stands before the first quote, escape or expansion.
    plain: Option<usize>,
}

impl Word {
    fn quoted_from_here(&mut self) {
        self.plain.get_or_insert(self.text.len());
    }

    /// The name and the value, when the word is an assignment; whether it appends.
    fn assignment(&self) -> Option<(&[u8], &[u8], bool)> {
        let equals = self.text.iter().position(|&byte| byte == b'=')?;
        if self.plain.is_some_and(|plain| plain <= equals) {
            return None;
        }
        let (name, value) = (&self.text[..equals], &self.text[equals + 1..]);
        let appends = name.ends_with(b"+");
        let name = name.strip_suffix(b"+").unwrap_or(name);
        let is_valid = std::str::from_utf8(name).is_ok_and(is_name);
        is_valid.then_some((name, value, appends))
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The words that end the heredocs opened on this line.
    heredocs: Vec<Vec<u8>>,
    words: Vec<Word>,
    values: HashMap<Vec<u8>, Vec<u8>>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }

    /// How long the line end at this place is; 0 where there is none.
    fn line_end(&self) -> usize {
        let returns = self
            .rest()
            .iter()
            .take_while(|&&byte| byte == b'\r')
            .count();
        match self.rest().get(returns) {
            Some(b'\n') => returns + 1,
            _ => 0,
        }
    }

    /// Reads the next piece; false at the end, `None` at a syntax error.
    fn step(&mut self) -> Option<bool> {
        if self.line_end() > 0 {
            self.end_command();
            self.pass_line_end();
            return Some(true);
        }
        match self.peek() {
            None => {
                self.end_command();
                return Some(false);
            }
            Some(b' ' | b'\t') => self.at += 1,
            Some(b'#') => self.pass_comment(),
            Some(b';' | b'&' | b'|') => {
                self.end_command();
                self.at += 1;
            }
            Some(b'(' | b')') => return None,
            Some(b'<' | b'>') => self.redirection()?,
            Some(_) => {
                let word = self.word()?;
                self.words.push(word);
            }
        }
        Some(true)
    }

    /// Passes the line end and the bodies of the heredocs that the line opened.
    fn pass_line_end(&mut self) {
        self.at += self.line_end();
        for word in std::mem::take(&mut self.heredocs) {
            while self.at < self.bytes.len() {
                let line: &[u8] = self
                    .rest()
                    .split(|&byte| byte == b'\n')
                    .next()
                    .unwrap_or_default();
                let passed = line.len() + 1;
                let is_end = line.trim_ascii() == word.as_slice();
                self.at = (self.at + passed).min(self.bytes.len());
                if is_end {
                    break;
                }
            }
        }
    }

    fn pass_comment(&mut self) {
        while self.at < self.bytes.len() && self.line_end() == 0 {
            self.at += 1;
        }
    }

    fn redirection(&mut self) -> Option<()> {
        self.note_heredoc();
        while matches!(self.peek(), Some(b'<' | b'>' | b'&' | b'|' | b'-')) {
            self.at += 1;
        }
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        self.word().map(|_| ())
    }

    /// Remembers the heredoc that opens here, if one does.
    fn note_heredoc(&mut self) {
        if self.rest().starts_with(b"<<") {
            let line = self
                .rest()
                .split(|&byte| byte == b'\n')
                .next()
                .unwrap_or_default();
            let opened = heredoc::openings(line).into_iter().next();
            self.heredocs.extend(opened);
        }
    }

    fn end_command(&mut self) {
        let words = std::mem::take(&mut self.words);
        let command = words.iter().position(|word| word.assignment().is_none());
        let assigning = match command {
            // `A=1 B=2` sets both; `A=1 command` only lends A to the command.
            None => &words[..],
            Some(at) if DECLARING.contains(&words[at].text.as_slice()) => &words[at + 1..],
            Some(_) => &[],
        };
        for (name, value, appends) in assigning.iter().filter_map(Word::assignment) {
            let held = self.values.entry(name.to_vec()).or_default();
            if !appends {
                held.clear();
            }
            held.extend_from_slice(value);
        }
    }

    fn word(&mut self) -> Option<Word> {
        let mut word = Word::default();
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>' => break,
                b'\r' if self.line_end() > 0 => break,
                b'\'' => {
                    word.quoted_from_here();
                    let inner = self.within_single_quotes()?;
                    word.text.extend_from_slice(&self.bytes[inner]);
                }
                b'"' => {
                    word.quoted_from_here();
                    self.double_quoted(&mut word.text, 0)?;
                }
                b'\\' => {
                    word.quoted_from_here();
                    self.escaped(&mut word.text, |_| true);
                }
                b'$' | b'`' => {
                    word.quoted_from_here();
                    self.expansion(&mut word.text, 0)?;
                }
                _ => {
                    word.text.push(byte);
                    self.at += 1;
                }
            }
        }
        Some(word)
    }

    /// A backslash and what it hides. Where `undoes` does not hold, both stay.
    fn escaped(&mut self, into: &mut Vec<u8>, undoes: impl Fn(u8) -> bool) {
        self.at += 1;
        let joined = self.line_end();
        if joined > 0 {
            self.at += joined;
            return;
        }
        match self.peek() {
            Some(byte) => {
                if !undoes(byte) {
                    into.push(b'\\');
                }
                into.push(byte);
                self.at += 1;
            }
            None => into.push(b'\\'),
        }
    }

    fn within_single_quotes(&mut self) -> Option<std::ops::Range<usize>> {
        let start = self.at + 1;
        let length = self.bytes[start..].iter().position(|&byte| byte == b'\'')?;
        self.at = start + length + 1;
        Some(start..start + length)
    }

    fn double_quoted(&mut self, into: &mut Vec<u8>, depth: usize) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.escaped(into, |byte| b"\"\\$`".contains(&byte)),
                b'$' | b'`' => self.expansion(into, depth)?,
                byte => {
                    into.push(byte);
                    self.at += 1;
                }
            }
        }
    }

    /// `$NAME`, `${…}`, `$(…)` or backticks: kept as text.
    fn expansion(&mut self, into: &mut Vec<u8>, depth: usize) -> Option<()> {
        let start = self.at;
        match (self.bytes[start], self.bytes.get(start + 1)) {
            (b'`', _) => {
                self.at += 1;
                while self.peek()? != b'`' {
                    self.at += if self.peek() == Some(b'\\') { 2 } else { 1 };
                }
                self.at += 1;
            }
            (_, Some(b'(')) => self.pass_nested(b'(', b')', depth)?,
            (_, Some(b'{')) => self.pass_nested(b'{', b'}', depth)?,
            _ => self.at += 1,
        }
        into.extend_from_slice(&self.bytes[start..self.at]);
        Some(())
    }

    /// Passes `$(…)` or `${…}` with what is quoted or nested in it.
    fn pass_nested(&mut self, open: u8, close: u8, depth: usize) -> Option<()> {
        if depth == DEEPEST {
            return None;
        }
        self.at += 2;
        let mut level = 1;
        let mut unused = Vec::new();
        while level > 0 {
            let before = self.bytes[self.at - 1];
            match self.peek()? {
                b'\'' if open == b'(' => {
                    self.within_single_quotes()?;
                }
                b'"' => self.double_quoted(&mut unused, depth + 1)?,
                b'\\' => self.escaped(&mut unused, |_| true),
                b'$' | b'`' => self.expansion(&mut unused, depth + 1)?,
                b'\n' => self.pass_line_end(),
                b'#' if open == b'(' && before.is_ascii_whitespace() => self.pass_comment(),
                b'<' if open == b'(' => {
                    if before != b'<' {
                        self.note_heredoc();
                    }
                    self.at += 1;
                }
                byte => {
                    level += usize::from(byte == open);
                    level -= usize::from(byte == close);
                    self.at += 1;
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(file: &str) -> Option<Vec<(String, String)>> {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let mut pairs: Vec<_> = read(file.as_bytes())?
            .into_iter()
            .map(|(name, value)| (text(name), text(value)))
            .collect();
        pairs.sort();
        Some(pairs)
    }

    fn reads(file: &str, wanted: &[(&str, &str)]) {
        let wanted = wanted
            .iter()
            .map(|&(name, value)| (name.into(), value.into()))
            .collect();
        assert_eq!(pairs(file), Some(wanted), "{file:?}");
    }

    #[test]
    fn it_reads_what_a_shell_sets() {
        reads(
            "A=1\nexport B='two words' C=\"x\\\"y\"\n",
            &[("A", "1"), ("B", "two words"), ("C", "x\"y")],
        );
        reads("A=a'b'\"c\"\\d#e # f\n", &[("A", "abcd#e")]);
        reads("A=1 B=2; C=3\n", &[("A", "1"), ("B", "2"), ("C", "3")]);
        reads("A=a\\\nb\r\nB=2\r\n", &[("A", "ab"), ("B", "2")]);
        reads("A='1\n2'\n", &[("A", "1\n2")]);
        reads("A=1\nA+=2\n", &[("A", "12")]);
        reads("A=1\nA=2\ndeclare -x B=3\n", &[("A", "2"), ("B", "3")]);
    }

    #[test]
    fn what_runs_a_command_sets_nothing() {
        reads("A= v\nB = 2\nC: 3\nexport D\n'E'=1\nF\\G=1\n", &[]);
        reads("\u{feff}A=1\nB=2\n", &[("B", "2")]);
    }

    #[test]
    fn expansions_stay_text() {
        reads(
            "A=${B:-x y}\nC=$(echo \"a)b\" 'c)')\nD=`e f`\nG=$H\n",
            &[
                ("A", "${B:-x y}"),
                ("C", "$(echo \"a)b\" 'c)')"),
                ("D", "`e f`"),
                ("G", "$H"),
            ],
        );
    }

    #[test]
    fn the_body_of_a_heredoc_sets_nothing() {
        reads(
            "A=$(cat <<EOF\nB=don't\nEOF\n)\nC=3\n",
            &[("A", "$(cat <<EOF\nB=don't\nEOF\n)"), ("C", "3")],
        );
        reads("cat <<'EOF' >x\nB=1\nEOF\nC=3\n", &[("C", "3")]);
    }

    #[test]
    fn a_syntax_error_leaves_no_reading() {
        for file in [
            "A='1\n",
            "A=\"1\n",
            "A=$(1\n",
            "A=`1\n",
            "A=(1 2)\n",
            "A=${B\n",
        ] {
            assert_eq!(pairs(file), None, "{file:?}");
        }
        assert_eq!(
            read("A=".repeat(9).into_bytes().as_slice()).map(|read| read.len()),
            Some(1)
        );
        assert_eq!(read("$(".repeat(100_000).as_bytes()), None);
    }
}
