//! What a program would read in a file: the first occurrence of a name wins, lines that make no
//! sense are passed over, a byte order mark is skipped. So do dotenvy's users, and so does onramp.

use std::collections::HashMap;
use std::iter::Peekable;
use std::str::Chars;

use super::reference::points_elsewhere;
use super::syntax::{Assignment, Scan, Style};
use crate::domain::secret::Secret;

/// A name with the value that a program would read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name: foreign text, to be cleaned before it is drawn.
    pub name: String,
    /// The value, quotes taken off, escapes undone, `$NAME` filled in where the file has it above.
    pub value: Secret,
    /// Its line, from 1.
    pub line: usize,
    /// The value points to something that is not in the file: a password manager's reference, an
    /// encrypted value, a command, a `$NAME` that does not stand above.
    pub is_reference: bool,
}

/// The variables of a file, in its order, each once. A file with NULs in it has none.
pub fn bindings(bytes: &[u8]) -> Vec<Binding> {
    if bytes.contains(&0) {
        return Vec::new();
    }
    let scan = Scan::new(bytes);
    let mut known: HashMap<String, String> = HashMap::new();
    let mut bindings = Vec::new();
    for (item, assignment) in scan.assignments() {
        let name = String::from_utf8_lossy(scan.text(&assignment.name)).into_owned();
        if known.contains_key(&name) || is_broken(&scan, &assignment) {
            continue;
        }
        let (value, is_whole) = decoded(&scan, &assignment, &known);
        known.insert(name.clone(), value.clone());
        bindings.push(Binding {
            name,
            value: Secret::new(value),
            line: item.line,
            is_reference: !is_whole || points_elsewhere(&scan, &assignment),
        });
    }
    bindings
}

/// Every occurrence of these names, in the order of the lines: programs differ on which one counts.
pub fn occurrences(bytes: &[u8], names: &[&str]) -> Vec<Binding> {
    if bytes.contains(&0) {
        return Vec::new();
    }
    let scan = Scan::new(bytes);
    let mut known: HashMap<String, String> = HashMap::new();
    let mut found = Vec::new();
    for (item, assignment) in scan.assignments() {
        if is_broken(&scan, &assignment) {
            continue;
        }
        let name = String::from_utf8_lossy(scan.text(&assignment.name)).into_owned();
        let (value, is_whole) = decoded(&scan, &assignment, &known);
        known.entry(name.clone()).or_insert_with(|| value.clone());
        if names.contains(&name.as_str()) {
            found.push(Binding {
                name,
                value: Secret::new(value),
                line: item.line,
                is_reference: !is_whole || points_elsewhere(&scan, &assignment),
            });
        }
    }
    found
}

/// The value of one name and its line, from 1. A reference is given as it stands.
pub fn lookup(bytes: &[u8], name: &str) -> Option<(Secret, usize)> {
    if memchr::memchr2(b'$', 0, bytes).is_some() {
        let mut bindings = bindings(bytes).into_iter();
        let found = bindings.find(|binding| binding.name == name)?;
        return Some((found.value, found.line));
    }
    // Nothing refers to another name, so the others need not be read.
    let scan = Scan::new(bytes);
    let mut read = scan
        .assignments_to(name)
        .filter(|(_, pair)| !is_broken(&scan, pair));
    let (item, pair) = read.next()?;
    let (value, _) = decoded(&scan, &pair, &HashMap::new());
    Some((Secret::new(value), item.line))
}

/// A quote that opens the value and never closes: no reader makes a value of it.
fn is_broken(scan: &Scan<'_>, assignment: &Assignment) -> bool {
    let first = scan.text(&assignment.value).first();
    assignment.style == Style::Bare && first.is_some_and(|first| b"'\"`".contains(first))
}

/// The value, and whether every `$NAME` in it is known.
fn decoded(
    scan: &Scan<'_>,
    assignment: &Assignment,
    known: &HashMap<String, String>,
) -> (String, bool) {
    let content = String::from_utf8_lossy(scan.content(assignment)).into_owned();
    let undoes_escapes = match assignment.style {
        Style::Quoted(b'"') => true,
        Style::Quoted(_) => return (content, true),
        Style::Bare | Style::Empty => false,
    };
    let (mut value, mut is_whole) = (String::with_capacity(content.len()), true);
    let mut rest = content.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if undoes_escapes => match rest.next() {
                Some('n') => value.push('\n'),
                Some(escaped @ ('\\' | '\'' | '"' | '$' | ' ')) => value.push(escaped),
                other => value.extend(std::iter::once('\\').chain(other)),
            },
            '$' => match expanded(&mut rest, known) {
                Ok(text) => value.push_str(&text),
                Err(written) => {
                    is_whole = false;
                    value.push_str(&written);
                }
            },
            _ => value.push(c),
        }
    }
    (value, is_whole)
}

/// What `$NAME`, `${NAME}` or `${NAME:-else}` stands for; as written where it is not known.
fn expanded(
    rest: &mut Peekable<Chars<'_>>,
    known: &HashMap<String, String>,
) -> Result<String, String> {
    let mut name = String::new();
    if rest.next_if_eq(&'{').is_some() {
        loop {
            match rest.next() {
                Some('}') => break,
                Some(c) => name.push(c),
                None => return Err(format!("${{{name}")),
            }
        }
        let (plain, otherwise) = match name.split_once(":-") {
            Some((plain, otherwise)) => (plain, Some(otherwise.to_owned())),
            None => (name.as_str(), None),
        };
        let found = known.get(plain).filter(|value| !value.is_empty()).cloned();
        return found.or(otherwise).ok_or_else(|| format!("${{{name}}}"));
    }
    while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
        name.push(c);
    }
    known.get(&name).cloned().ok_or_else(|| format!("${name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<(String, String, usize, bool)> {
        let bindings = bindings(file.as_bytes());
        let told = |b: Binding| (b.name, b.value.expose().to_owned(), b.line, b.is_reference);
        bindings.into_iter().map(told).collect()
    }

    fn value(file: &str) -> Option<(String, usize)> {
        let found = lookup(file.as_bytes(), "KEY");
        found.map(|(value, line)| (value.expose().to_owned(), line))
    }

    #[test]
    fn the_first_occurrence_wins_behind_a_byte_order_mark_too() {
        assert_eq!(value("\u{feff}KEY=a\r\nKEY=b\n"), Some(("a".into(), 1)));
        assert_eq!(
            value("# KEY=a\nexport KEY = 'b' # c\n"),
            Some(("b".into(), 2))
        );
        assert_eq!(value("A=\"1\n2\"\nKEY=c"), Some(("c".into(), 3)));
        assert_eq!(value("KEY=\nKEY=b\n"), Some((String::new(), 1)));
        assert_eq!(value("A=\"\nKEY=inside\n\"\n"), None);
    }

    #[test]
    fn every_occurrence_of_a_name_is_told() {
        let told = |file: &str| -> Vec<(String, usize)> {
            let all = occurrences(file.as_bytes(), &["KEY", "B"]).into_iter();
            all.map(|it| (it.value.expose().to_owned(), it.line))
                .collect()
        };
        assert_eq!(
            told("KEY=a\nA=1\nKEY=b\nB=$KEY\n"),
            [("a".into(), 1), ("b".into(), 3), ("a".into(), 4)]
        );
        assert_eq!(told("KEY=\0\n"), []);
    }

    #[test]
    fn escapes_and_references_are_undone() {
        let file = "A=1\nB=\"x\\n\\\"$A\\$\"\nC=${A}/${Z:-z}\nD='$A'\nE=a\\b\n";
        let values: Vec<(String, bool)> = read(file)
            .into_iter()
            .map(|(_, value, _, is_reference)| (value, is_reference))
            .collect();
        assert_eq!(
            values,
            [
                ("1".into(), false),
                ("x\n\"1$".into(), false),
                ("1/z".into(), false),
                ("$A".into(), false),
                ("a\\b".into(), false),
            ]
        );
    }

    #[test]
    fn a_value_that_is_elsewhere_is_told() {
        for line in [
            "KEY=op://a/b",
            "KEY=$(op read x)",
            "KEY=${GONE}",
            "KEY=\"encrypted:x\"",
            "KEY=${",
        ] {
            assert!(read(line)[0].3, "{line}");
        }
        assert_eq!(value("KEY=${GONE}x"), Some(("${GONE}x".into(), 1)));
    }

    #[test]
    fn lines_that_make_no_sense_are_passed_over() {
        assert_eq!(value("junk\nA=\"open\nKEY=x\n"), Some(("x".into(), 3)));
        assert_eq!(value("KEY=\"open\nKEY=x\n"), Some(("x".into(), 2)));
        assert_eq!(bindings(b"\xFF\xFEK\0=\0"), []);
        assert_eq!(bindings(b"A=\xFF\n").len(), 1);
    }
}
