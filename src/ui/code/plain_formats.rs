//! Reads a line of a format that has few words of its own: names and values, diffs, Markdown.

use super::Parts;
use super::lexer::State;
use super::tokens::{is_word, number};
use crate::ui::theme::Tone;

/// A line of YAML.
pub(super) fn yaml(line: &str, parts: &mut Parts) -> State {
    let mut at = line.len() - line.trim_start_matches([' ', '-']).len();
    parts.upto(at, Tone::Plain);
    let rest = line.get(at..).unwrap_or_default();
    if rest.starts_with('#') || line.starts_with("---") {
        parts.upto(line.len(), Tone::Comment);
        return State::Plain;
    }
    let key = rest
        .find(": ")
        .or_else(|| rest.strip_suffix(':').map(str::len));
    if let Some(length) = key.filter(|_| !rest.starts_with(['{', '['])) {
        at += length;
        parts.upto(at, Tone::Attribute);
        at += 1;
        parts.upto(at, Tone::Plain);
    }
    value(line, at, parts);
    State::Plain
}

/// A line of TOML, of an INI file or of a .env file.
pub(super) fn ini(line: &str, parts: &mut Parts) -> State {
    let bare = line.trim_start();
    if bare.starts_with('#') || bare.starts_with(';') {
        parts.upto(line.len(), Tone::Comment);
        return State::Plain;
    }
    if bare.starts_with('[') && bare.contains(']') && !bare.contains('=') {
        let end = line.rfind(']').map_or(line.len(), |end| end + 1);
        parts.upto(end, Tone::TypeName);
        value(line, end, parts);
        return State::Plain;
    }
    let mut at = 0;
    if let Some(equals) = line.find('=') {
        let name = line.get(..equals).unwrap_or_default();
        let name = name.strip_prefix("export ").map_or(0, |_| "export ".len());
        parts.upto(name, Tone::Keyword);
        parts.upto(equals, Tone::Attribute);
        at = equals + 1;
        parts.upto(at, Tone::Plain);
    }
    value(line, at, parts);
    State::Plain
}

/// What stands behind a name.
fn value(line: &str, from: usize, parts: &mut Parts) {
    const CONSTANTS: [&str; 9] = [
        "true", "false", "null", "yes", "no", "on", "off", "True", "False",
    ];
    let mut at = from;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let bytes = rest.as_bytes();
        let is_apart = at == 0
            || line
                .get(..at)
                .is_some_and(|text| text.ends_with([' ', '\t']));
        let (length, tone) = match bytes[0] {
            b'#' if is_apart => (rest.len(), Tone::Comment),
            quote @ (b'"' | b'\'') => {
                let inside = rest.get(1..).unwrap_or_default();
                let end = inside.find(char::from(quote));
                (end.map_or(rest.len(), |end| end + 2), Tone::Quoted)
            }
            b'&' | b'*' | b'!' if is_apart => {
                let name = bytes.iter().skip(1).take_while(|b| is_word(**b)).count();
                (1 + name, Tone::TypeName)
            }
            b if is_word(b) => {
                let is_in_word = |b: u8| is_word(b) || matches!(b, b'-' | b'.' | b'/' | b':');
                let length = bytes.iter().take_while(|b| is_in_word(**b)).count();
                let word = rest.get(..length).unwrap_or(rest);
                let is_number = b.is_ascii_digit() && number(bytes) == length;
                if is_number || CONSTANTS.contains(&word) {
                    (length, Tone::Number)
                } else {
                    (length, Tone::Plain)
                }
            }
            _ => (1, Tone::Plain),
        };
        at += length;
        parts.upto(at, tone);
    }
}

/// A line of a diff.
pub(super) fn diff(line: &str, parts: &mut Parts) -> State {
    let tone = if line.starts_with("+++") || line.starts_with("---") {
        Tone::Strong
    } else if line.starts_with("@@") {
        Tone::Accent
    } else if line.starts_with(['+', '>']) {
        Tone::Inserted
    } else if line.starts_with(['-', '<']) {
        Tone::Deleted
    } else if [
        "diff ",
        "index ",
        "new file",
        "deleted file",
        "rename ",
        "similarity ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
    {
        Tone::Quiet
    } else {
        Tone::Plain
    };
    parts.upto(line.len(), tone);
    State::Plain
}

/// A line of Markdown.
pub(super) fn markdown(state: State, line: &str, parts: &mut Parts) -> State {
    let bare = line.trim_start();
    let is_fence = bare.starts_with("```") || bare.starts_with("~~~");
    if is_fence || state == State::Block {
        parts.upto(
            line.len(),
            if is_fence {
                Tone::Quiet
            } else {
                Tone::InlineCode
            },
        );
        return match (is_fence, state) {
            (true, State::Block) => State::Plain,
            _ => State::Block,
        };
    }
    if bare.starts_with('#') {
        parts.upto(line.len(), Tone::Heading);
        return State::Plain;
    }
    let mark = bare.starts_with(['-', '*', '+', '>']) && bare.get(1..2) == Some(" ");
    let mut at = line.len() - bare.len() + usize::from(mark);
    parts.upto(line.len() - bare.len(), Tone::Plain);
    parts.upto(at, Tone::Accent);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let pair = ["`", "**", "["]
            .into_iter()
            .find(|mark| rest.starts_with(mark));
        let (length, tone) = if let Some(mark) = pair {
            marked(rest, mark)
        } else {
            let next = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| "`*[".contains(*c));
            (next.map_or(rest.len(), |(at, _)| at), Tone::Plain)
        };
        at += length;
        parts.upto(at, tone);
    }
    State::Plain
}

/// What stands between a mark and its like, the marks included; the mark alone where nothing closes it.
fn marked(rest: &str, mark: &str) -> (usize, Tone) {
    let (close, tone) = match mark {
        "`" => (mark, Tone::InlineCode),
        "**" => (mark, Tone::Strong),
        _ => ("]", Tone::Accent),
    };
    let inside = rest.get(mark.len()..).unwrap_or_default();
    let end = inside.find(close).map(|end| end + 2 * mark.len());
    end.map_or((mark.len(), Tone::Plain), |end| (end, tone))
}
