//! Reads a line of a markup language, or of a style sheet.

use super::Parts;
use super::lexer::State;
use super::tokens::{is_word, number};
use crate::ui::theme::Tone;

/// A remark over several lines.
const REMARK: State = State::Remark(0, 1);

/// Reads a line with tags; what it leaves open.
pub(super) fn read(state: State, line: &str, parts: &mut Parts) -> State {
    let mut state = state;
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        match state {
            State::Remark(..) => {
                let end = rest.find("-->").map(|end| end + 3);
                at += end.unwrap_or(rest.len());
                parts.upto(at, Tone::Comment);
                state = if end.is_some() { State::Plain } else { REMARK };
            }
            State::Tag => (state, at) = in_tag(line, at, parts),
            _ if rest.starts_with("<!--") => state = REMARK,
            _ if rest.starts_with('<') => {
                let name = rest.trim_start_matches(['<', '/', '?', '!']);
                let mark = rest.len() - name.len();
                let length = name.bytes().take_while(|b| is_name(*b)).count();
                parts.upto(at + mark, Tone::Plain);
                at += mark + length;
                parts.upto(at, Tone::TypeName);
                state = if length > 0 { State::Tag } else { State::Plain };
            }
            _ if rest.starts_with('&') => {
                let name = rest
                    .bytes()
                    .skip(1)
                    .take_while(|b| is_word(*b) || *b == b'#');
                let length = 1 + name.count();
                let is_entity = rest.as_bytes().get(length) == Some(&b';');
                at += if is_entity { length + 1 } else { 1 };
                parts.upto(at, if is_entity { Tone::Escape } else { Tone::Plain });
            }
            _ => {
                at += rest.find(['<', '&']).unwrap_or(rest.len());
                parts.upto(at, Tone::Plain);
            }
        }
    }
    state
}

/// One step inside a tag.
fn in_tag(line: &str, at: usize, parts: &mut Parts) -> (State, usize) {
    let rest = line.get(at..).unwrap_or_default();
    let byte = rest.as_bytes().first().copied().unwrap_or(b' ');
    let (length, tone) = match byte {
        b'>' => (1, Tone::Plain),
        b'"' | b'\'' => {
            let inside = rest.get(1..).unwrap_or_default();
            let end = inside.find(char::from(byte));
            (end.map_or(rest.len(), |end| end + 2), Tone::Quoted)
        }
        b if is_name(b) => {
            let name = rest.bytes().take_while(|b| is_name(*b)).count();
            (name, Tone::Attribute)
        }
        _ => (1, Tone::Plain),
    };
    parts.upto(at + length, tone);
    let state = if byte == b'>' {
        State::Plain
    } else {
        State::Tag
    };
    (state, at + length)
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b':' | b'.' | b'@')
}

/// Reads a line of a style sheet; what it leaves open.
pub(super) fn read_css(state: State, line: &str, parts: &mut Parts) -> State {
    let mut state = state;
    let mut at = 0;
    // A remark inside a block is as good as one outside.
    let mut within = if state == State::Block {
        State::Block
    } else {
        State::Plain
    };
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if let State::Remark(_, depth) = state {
            let end = rest.find("*/").map(|end| end + 2);
            at += end.unwrap_or(rest.len());
            parts.upto(at, Tone::Comment);
            within = if depth > 1 {
                State::Block
            } else {
                State::Plain
            };
            if end.is_some() {
                state = within;
            }
            continue;
        }
        if rest.starts_with("/*") {
            state = State::Remark(0, if within == State::Block { 2 } else { 1 });
            continue;
        }
        let (length, tone) = css_part(rest, within == State::Block);
        match rest.as_bytes()[0] {
            b'{' => within = State::Block,
            b'}' => within = State::Plain,
            _ => {}
        }
        state = within;
        at += length;
        parts.upto(at, tone);
    }
    state
}

/// What a style sheet goes on with.
fn css_part(rest: &str, is_in_block: bool) -> (usize, Tone) {
    let bytes = rest.as_bytes();
    let name = |from: usize| {
        let name = bytes.iter().skip(from);
        from + name.take_while(|b| is_word(**b) || **b == b'-').count()
    };
    match bytes[0] {
        b'/' if rest.starts_with("//") => (rest.len(), Tone::Comment),
        quote @ (b'"' | b'\'') => {
            let inside = rest.get(1..).unwrap_or_default();
            let end = inside.find(char::from(quote));
            (end.map_or(rest.len(), |end| end + 2), Tone::Quoted)
        }
        b'@' => (name(1), Tone::Keyword),
        b'$' => (name(1), Tone::Attribute),
        b'#' if is_in_block => (name(1), Tone::Number),
        b'.' | b'#' if bytes.get(1).is_some_and(|b| is_word(*b)) => (name(1), Tone::TypeName),
        b if b.is_ascii_digit() => {
            let length = number(bytes);
            let percent = usize::from(bytes.get(length) == Some(&b'%'));
            (length + percent, Tone::Number)
        }
        b if is_word(b) || (b == b'-' && bytes.get(1) == Some(&b'-')) => {
            let length = name(0).max(1);
            let behind = rest.get(length..).unwrap_or_default();
            let tone = if behind.starts_with('(') {
                Tone::Function
            } else if is_in_block && behind.trim_start().starts_with(':') {
                Tone::Attribute
            } else if is_in_block {
                Tone::Plain
            } else {
                Tone::TypeName
            };
            (length, tone)
        }
        _ => (1, Tone::Plain),
    }
}
