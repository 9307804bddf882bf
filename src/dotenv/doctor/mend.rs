//! The smallest changes that mend a file, and the proof that they change nothing else.
//!
//! A mend makes readers agree. So afterwards each must read every value either as it did before or
//! as this program's own scanner does, which most of them agree with; the scanner itself must read
//! all as before, but for the one value that a mend brings.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

use crate::dotenv::patch::Patch;
use crate::dotenv::read::bindings;
use crate::dotenv::refusal::{Reason, Refusal};
use crate::dotenv::syntax::Scan;
use crate::dotenv::verify::{Reading, dotenvy_load, first_wins, last_wins, shell_source};

/// A change that mends one line, or what all lines share. Its `Debug` shows no bytes: they may be
/// somebody's secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Mend {
    edits: Vec<(Range<usize>, Vec<u8>)>,
    /// The name that reads otherwise afterwards, with its value.
    brings: Option<(String, String)>,
    /// A shell took parts of a value for variables of their own; these go.
    joins: bool,
    is_safe: bool,
}

impl fmt::Debug for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spans = self.edits.iter().map(|(span, _)| span);
        f.debug_struct("Mend")
            .field("edits", &spans.collect::<Vec<_>>())
            .field("is_safe", &self.is_safe)
            .finish_non_exhaustive()
    }
}

impl Mend {
    /// Edits that change no value.
    pub(super) fn of(edits: Vec<(Range<usize>, Vec<u8>)>) -> Self {
        Self {
            edits,
            brings: None,
            joins: false,
            is_safe: true,
        }
    }

    /// This, and the name reads so afterwards.
    pub(super) fn bringing(mut self, name: &str, value: &str) -> Self {
        self.brings = Some((name.to_owned(), value.to_owned()));
        self
    }

    /// This, and what a shell took for other variables is part of the value afterwards.
    pub(super) fn joining(mut self) -> Self {
        self.joins = true;
        self
    }

    /// This, but only a person can tell whether it is meant.
    pub(super) fn by_consent(mut self) -> Self {
        self.is_safe = false;
        self
    }

    /// Whether it needs nobody's judgement.
    pub fn is_safe(&self) -> bool {
        self.is_safe
    }
}

/// The file with these mends made, all or none; of two that touch each other the first counts.
///
/// # Errors
/// Some reader would read a value otherwise than before and than meant.
pub fn mended(bytes: &[u8], mends: &[&Mend]) -> Result<Vec<u8>, Refusal> {
    let (mut taken, mut spans): (Vec<&Mend>, Spans) = (Vec::new(), Spans::default());
    for mend in mends {
        if spans.take(mend) {
            taken.push(mend);
        }
    }
    let mut edits: Vec<_> = taken.iter().flat_map(|mend| mend.edits.clone()).collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let patch = Patch {
        edits,
        touched: 0..0,
    };
    let after = patch.apply(bytes);
    if agrees(bytes, &after, &taken) {
        Ok(after)
    } else {
        let line = taken
            .first()
            .and_then(|mend| mend.edits.first())
            .map_or(1, |(range, _)| line_of(bytes, range.start));
        Err(Refusal {
            line: Some(line),
            reason: Reason::Disturbs,
        })
    }
}

/// As [`mended`], leaving out the mends that cannot be made; which ones were made, in their order.
pub fn mended_where_possible(bytes: &[u8], mends: &[&Mend]) -> (Vec<u8>, Vec<bool>) {
    if let Ok(after) = mended(bytes, mends) {
        return (after, vec![true; mends.len()]);
    }
    let (mut taken, mut made) = (Vec::new(), vec![false; mends.len()]);
    halve(bytes, mends, 0, &mut taken, &mut made);
    let after = mended(bytes, &taken).unwrap_or_else(|_| bytes.to_vec());
    (after, made)
}

/// Takes those of `mends` that can be made with what was taken so far, in halves: most can, and then
/// the file is read few times.
fn halve<'a>(
    bytes: &[u8],
    mends: &[&'a Mend],
    first: usize,
    taken: &mut Vec<&'a Mend>,
    made: &mut [bool],
) {
    let together = [taken.as_slice(), mends].concat();
    if mended(bytes, &together).is_ok() {
        *taken = together;
        made[first..first + mends.len()].fill(true);
    } else if mends.len() > 1 {
        let half = mends.len() / 2;
        halve(bytes, &mends[..half], first, taken, made);
        halve(bytes, &mends[half..], first + half, taken, made);
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1
}

/// The spans that are changed already; none meets another.
#[derive(Default)]
struct Spans(BTreeSet<(usize, usize)>);

impl Spans {
    /// Takes the spans of a mend, unless one of them meets one that was taken.
    fn take(&mut self, mend: &Mend) -> bool {
        let is_free = mend.edits.iter().all(|(span, _)| !self.meets(span));
        if is_free {
            let spans = mend.edits.iter();
            self.0.extend(spans.map(|(span, _)| (span.start, span.end)));
        }
        is_free
    }

    /// Whether a span changes bytes that were taken, or puts something at the same place.
    fn meets(&self, span: &Range<usize>) -> bool {
        let before = self.0.range(..(span.end, 0)).next_back();
        self.0.contains(&(span.start, span.end)) || before.is_some_and(|&(_, end)| end > span.start)
    }
}

/// Whether the readers of the old file read the new one as before, or as meant.
fn agrees(before: &[u8], after: &[u8], mends: &[&Mend]) -> bool {
    let (old, new) = (Scan::new(before), Scan::new(after));
    let joins = mends.iter().any(|mend| mend.joins);
    let expected = |mut reading: Reading<'static>| {
        for (name, value) in mends.iter().filter_map(|mend| mend.brings.as_ref()) {
            reading.insert(
                name.clone().into_bytes().into(),
                value.clone().into_bytes().into(),
            );
        }
        reading
    };
    let owned = |reading: Reading<'_>| -> Reading<'static> {
        let pairs = reading.into_iter();
        pairs
            .map(|(name, value)| (name.into_owned().into(), value.into_owned().into()))
            .collect()
    };
    if expected(owned(first_wins(&old))) != first_wins(&new)
        || expected(owned(last_wins(&old))) != last_wins(&new)
    {
        return false;
    }
    let meant = Meant::of(&new, after);
    let is_kept = |read: fn(&[u8]) -> Option<Reading<'static>>| match (read(before), read(after)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(old), Some(new)) => {
            let mut names = old.keys();
            let none_is_lost =
                names.all(|name| new.contains_key(name) || joins && !meant.knows(name));
            none_is_lost
                && new.iter().all(|(name, value)| {
                    old.get(name) == Some(value) || meant.is(name.as_ref(), value.as_ref())
                })
        }
    };
    is_kept(shell_source) && is_kept(dotenvy_load)
}

/// What each name is meant to be, as this program reads the file.
struct Meant {
    values: HashMap<Vec<u8>, Vec<Vec<u8>>>,
}

impl Meant {
    fn of(scan: &Scan<'_>, bytes: &[u8]) -> Self {
        let mut values: HashMap<Vec<u8>, Vec<Vec<u8>>> = HashMap::new();
        for (_, pair) in scan.assignments() {
            let name = scan.text(&pair.name).to_vec();
            values
                .entry(name)
                .or_default()
                .push(scan.content(&pair).to_vec());
        }
        for binding in bindings(bytes) {
            let decoded = binding.value.expose().as_bytes().to_vec();
            values
                .entry(binding.name.into_bytes())
                .or_default()
                .push(decoded);
        }
        Self { values }
    }

    fn knows(&self, name: &[u8]) -> bool {
        self.values.contains_key(name)
    }

    fn is(&self, name: &[u8], value: &[u8]) -> bool {
        let known = self.values.get(name);
        known.is_some_and(|known| known.iter().any(|meant| meant == value))
    }
}
