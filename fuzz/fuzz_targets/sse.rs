//! Any bytes, cut anywhere, are read as the same stream; limits stop the reading and lose nothing
//! that was whole before.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onramp::openrouter::sse::{SseItem, SseParser};

/// Reads the pieces; whether all of them were taken, and what they hold.
fn read<'a>(
    mut parser: SseParser,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> (bool, Vec<SseItem>) {
    let mut items = Vec::new();
    let mut is_whole = true;
    for piece in pieces {
        is_whole &= parser.push(piece, &mut items).is_ok();
    }
    parser.finish(&mut items);
    (is_whole, items)
}

/// Cuts `bytes` into pieces whose sizes `sizes` names, round and round.
fn cut<'a>(mut bytes: &'a [u8], sizes: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut sizes = sizes.iter().cycle();
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let wanted = usize::from(*sizes.next()?).max(1);
        let (piece, rest) = bytes.split_at(wanted.min(bytes.len()));
        bytes = rest;
        Some(piece)
    })
}

// The first byte: how many bytes of sizes follow it. The second: the limit, where it is odd.
fuzz_target!(|input: &[u8]| {
    let [count, limit, rest @ ..] = input else {
        return;
    };
    let count = usize::from(count % 16) + 1;
    let Some((sizes, stream)) = rest.split_at_checked(count) else {
        return;
    };
    let parser = || match limit % 2 {
        0 => SseParser::default(),
        _ => SseParser::with_limits(usize::from(*limit), usize::from(*limit) * 2),
    };
    let whole = read(parser(), std::iter::once(stream));
    assert_eq!(read(parser(), cut(stream, sizes)), whole);
    assert_eq!(read(parser(), stream.chunks(1)), whole);
    if limit % 2 == 0 {
        assert!(whole.0, "nothing this short is too long");
    } else {
        // A limit costs what comes after it, and nothing before.
        let (_, all) = read(SseParser::default(), std::iter::once(stream));
        assert!(all.starts_with(&whole.1), "{:?} of {all:?}", whole.1);
    }
});
