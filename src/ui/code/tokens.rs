//! The small parts of a line: names, numbers, variables, named characters.

/// Whether a byte may stand in a name; all letters beyond ASCII may.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Whether a name may begin with a byte.
pub(super) fn is_letter(byte: u8) -> bool {
    is_word(byte) && !byte.is_ascii_digit()
}

/// How long the number is that bytes begin with.
pub(super) fn number(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let is_exponent = matches!(byte, b'e' | b'E')
            && matches!(next, b'+' | b'-')
            && !bytes.starts_with(b"0x")
            && bytes.get(at + 2).is_some_and(u8::is_ascii_digit);
        if is_exponent {
            at += 2;
        } else if byte.is_ascii_alphanumeric()
            || byte == b'_'
            || (byte == b'.' && next.is_ascii_digit())
        {
            at += 1;
        } else {
            break;
        }
    }
    at.max(1)
}

/// How long the character named by a backslash is that a text begins with.
pub(super) fn escape(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    let Some((at, c)) = chars.next() else {
        return text.len().min(1);
    };
    let end = at + c.len_utf8();
    let rest = text.get(end..).unwrap_or_default();
    let digits = |most: usize| {
        let digits = rest.bytes().take(most).take_while(u8::is_ascii_hexdigit);
        end + digits.count()
    };
    match c {
        'x' => digits(2),
        'u' if rest.starts_with('{') => rest.find('}').map_or(end, |close| end + close + 1),
        'u' => digits(4),
        'U' => digits(8),
        _ => end,
    }
}

/// How long the variable is that bytes begin with.
pub(super) fn variable(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        Some(open @ (b'{' | b'(')) => {
            let close = if *open == b'{' { b'}' } else { b')' };
            let is_name = |b: u8| is_word(b) || matches!(b, b'@' | b'<' | b'^' | b'.' | b'-');
            let name = bytes.iter().skip(2).take_while(|b| is_name(**b)).count();
            if bytes.get(2 + name) == Some(&close) {
                3 + name
            } else {
                1
            }
        }
        Some(b) if is_word(*b) => 1 + bytes.iter().skip(1).take_while(|b| is_word(**b)).count(),
        Some(b'@' | b'#' | b'?' | b'!' | b'$' | b'*' | b'^' | b'<') => 2,
        _ => 1,
    }
}

/// A number for a word, to know it again by (FNV-1a).
pub(super) fn sum(word: &str) -> u64 {
    let word = word.trim_end_matches([';', ',', ')']);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
