//! What the fuzzer found worth keeping is read the same however it is cut.

use std::path::Path;

use onramp::openrouter::sse::{SseItem, SseParser};

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<SseItem> {
    let mut parser = SseParser::default();
    let mut items = Vec::new();
    for piece in pieces {
        parser.push(piece, &mut items).unwrap();
    }
    parser.finish(&mut items);
    items
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
fn a_stream_is_the_same_however_it_is_cut() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/sse");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert!(files.len() > 100);
    for file in files {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let whole = read(std::iter::once(bytes.as_slice()));
        for size in [1, 2, 3, 7, 64] {
            assert_eq!(read(bytes.chunks(size)), whole, "{}", path.display());
        }
    }
}
