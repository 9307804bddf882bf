//! Calm lines, which most lines of most files are: `NAME=value` of letters that mean themselves to
//! every reader, in quotes or not, with a comment of such letters or none. Such a line is an item of
//! its own, lets the line below it be, and leads no reader astray; so a question about all lines may
//! pass over it after one quick look.

use super::value::is_plain_byte;

/// What a byte may be part of in a calm line.
const NAME: u8 = 1;
const BARE: u8 = 2;
const QUOTED: u8 = 4;
const COMMENT: u8 = 8;
const BLANK: u8 = 16;

const PARTS: [u8; 256] = parts();

const fn parts() -> [u8; 256] {
    let mut parts = [0; 256];
    let mut byte = 0_u8;
    loop {
        let mut part = 0;
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            part |= NAME;
        }
        if is_plain_byte(byte) {
            part |= BARE | QUOTED | COMMENT;
        }
        if byte == b' ' || byte == b'\t' {
            part |= QUOTED | COMMENT | BLANK;
        }
        if byte == b'#' {
            part |= COMMENT;
        }
        parts[byte as usize] = part;
        if byte == u8::MAX {
            return parts;
        }
        byte += 1;
    }
}

/// Where the line that begins at `start` ends, its line end included, if it is calm. A last line
/// without a line end is not.
pub(super) fn line_end(bytes: &[u8], start: usize) -> Option<usize> {
    let equals = pass(bytes, start, NAME);
    if equals == start || bytes.get(equals) != Some(&b'=') {
        return None;
    }
    let value = equals + 1;
    let value_end = match bytes.get(value)? {
        quote @ (b'"' | b'\'') => {
            let close = pass(bytes, value + 1, QUOTED);
            (bytes.get(close) == Some(quote)).then_some(close + 1)?
        }
        _ => pass(bytes, value, BARE),
    };
    let hash = pass(bytes, value_end, BLANK);
    let body_end = match bytes.get(hash)? {
        b'#' if hash > value_end => pass(bytes, hash, COMMENT),
        _ => value_end,
    };
    match bytes.get(body_end..)? {
        [b'\n', ..] => Some(body_end + 1),
        [b'\r', b'\n', ..] => Some(body_end + 2),
        _ => None,
    }
}

/// Where the bytes end, from `from` on, that may be part of this. Four are asked at once: every byte of a file is
/// asked more than once.
fn pass(bytes: &[u8], from: usize, part: u8) -> usize {
    let is_part = |byte: u8| PARTS[usize::from(byte)] & part;
    let (fours, _) = bytes[from..].as_chunks::<4>();
    let all = |&[a, b, c, d]: &[u8; 4]| is_part(a) & is_part(b) & is_part(c) & is_part(d) != 0;
    let passed = from + 4 * fours.iter().take_while(|four| all(four)).count();
    let mut rest = bytes[passed..].iter();
    let found = rest.position(|&byte| is_part(byte) == 0);
    found.map_or(bytes.len(), |found| passed + found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dotenv::place::{Hold, hold_after, is_unbalanced};
    use crate::dotenv::syntax::Scan;
    use crate::dotenv::window::is_harmless;

    fn is_calm(line: &str) -> bool {
        line_end(line.as_bytes(), 0).is_some()
    }

    #[test]
    fn ordinary_lines_are_calm() {
        for line in [
            "A=1\n",
            "NAME_1=sk-or-v1-0af=\r\n",
            "A=\n",
            "A=\"two words\"\n",
            "A=''\n",
            "A=1  # why #1\n",
            "A= # c\n",
        ] {
            assert!(is_calm(line), "{line}");
        }
    }

    #[test]
    fn every_other_line_is_read_with_care() {
        for line in [
            "A=1",
            "\n",
            "# c\n",
            "export A=1\n",
            "A =1\n",
            "A= 1\n",
            "A=1 \n",
            "A= \n",
            "A=#\n",
            "A=\\\n",
            "A=x<<X\n",
            "A='x\n'\n",
            "A='x' \n",
            "A='x'y\n",
            "A=\"$B\"\n",
            "A-B=1\n",
            "=1\n",
            "A\n",
            "A=\"x'\n",
            "A=1\r\r\n",
            "A=é\n",
            "A='x'#c\n",
            "A=1 # don't\n",
        ] {
            assert!(!is_calm(line), "{line:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_said_of_calm_lines_is_true(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "A", "=", "'", "\"", "`", "\\", "#", " ", "\t", "\r", "<<", "$", "-", ";", "é", "export ",
            ]), 0..8),
        ) {
            let line = pieces.concat() + "\n";
            let file = format!("{line}{line}'\n\"\n`\nA\n");
            if let Some(end) = line_end(file.as_bytes(), 0) {
                let scan = Scan::new(file.as_bytes());
                let item = scan.items().next().unwrap();
                prop_assert_eq!(item.span.end, end, "{:?}", &line);
                prop_assert_eq!(end, line.len());
                prop_assert_eq!(hold_after(&scan, &item, Hold::Glue), Hold::Free);
                prop_assert!(is_harmless(&scan, &item) && !is_unbalanced(&item), "{:?}", &line);
            }
        }
    }
}
