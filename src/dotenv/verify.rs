//! Whether a change does what it should and nothing else: the file is read before and after it by
//! three readers that disagree, and each must find exactly the wanted difference.
//!
//! The readers: this program's own scanner, once first-wins and once last-wins; the real dotenvy,
//! as its `load`; and a small shell. One that could not read the old file has no say.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::patch::Patch;
use super::syntax::{BOM, Scan};
use super::{shell, window};

/// What a name should read as after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    /// This value.
    Value(&'a str),
    /// Nothing: the name is gone.
    Gone,
}

/// How a change went down with the readers, the worse the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Each reads what is wanted.
    All,
    /// One that did not see the name before does not see it now.
    Blind,
    /// One reads another value, or something else than before.
    Wrong,
}

/// Reads the file before and after the change.
pub(super) fn fit(scan: &Scan<'_>, patch: &Patch, name: &str, wanted: Wanted<'_>) -> Fit {
    fit_within(scan, patch, name, wanted, &window::stretch(scan, patch))
}

/// As [`fit`], but only this stretch is read.
pub(super) fn fit_within(
    scan: &Scan<'_>,
    patch: &Patch,
    name: &str,
    wanted: Wanted<'_>,
    stretch: &Range<usize>,
) -> Fit {
    let before = &scan.bytes[stretch.clone()];
    let after = patch.apply_within(scan.bytes, stretch);
    compare(before, &after, name, wanted)
}

/// What one reader finds in a file.
pub(super) type Reading<'a> = HashMap<Cow<'a, [u8]>, Cow<'a, [u8]>>;

/// Reads the bytes before and after a change.
pub(super) fn compare(before: &[u8], after: &[u8], name: &str, wanted: Wanted<'_>) -> Fit {
    let (old, new) = (Scan::new(before), Scan::new(after));
    let nobody = HashSet::new();
    let mut fits = vec![
        judge(&first_wins(&old), &first_wins(&new), name, wanted, &nobody),
        judge(&last_wins(&old), &last_wins(&new), name, wanted, &nobody),
    ];
    if let Some(old) = shell_source(before) {
        fits.push(match shell_source(after) {
            Some(new) => judge(&old, &new, name, wanted, &nobody),
            None => Fit::Wrong,
        });
    }
    if let Some(before) = dotenvy_load(before) {
        fits.push(match dotenvy_load(after) {
            Some(after) => judge(&before, &after, name, wanted, &followers(&old, name)),
            None => Fit::Wrong,
        });
    }
    fits.into_iter().max().unwrap_or(Fit::All)
}

/// One reader's verdict. `followers` may change: they refer to the name.
fn judge(
    before: &Reading<'_>,
    after: &Reading<'_>,
    name: &str,
    wanted: Wanted<'_>,
    followers: &HashSet<Vec<u8>>,
) -> Fit {
    let name = name.as_bytes();
    let others = |reading: &Reading<'_>| reading.len() - usize::from(reading.contains_key(name));
    let mut rest = after.iter().filter(|(key, _)| key.as_ref() != name);
    let is_same = |key: &[u8], value: &[u8]| {
        let old = before.get(key);
        old.is_some_and(|old| old.as_ref() == value || followers.contains(key))
    };
    if others(before) != others(after) || !rest.all(|(key, value)| is_same(key, value)) {
        return Fit::Wrong;
    }
    match (after.get(name), wanted) {
        (Some(value), Wanted::Value(wanted)) if value.as_ref() == wanted.as_bytes() => Fit::All,
        (None, Wanted::Gone) => Fit::All,
        (None, Wanted::Value(_)) if !before.contains_key(name) => Fit::Blind,
        _ => Fit::Wrong,
    }
}

/// This program's scanner where the last occurrence wins.
pub(super) fn last_wins<'a>(scan: &Scan<'a>) -> Reading<'a> {
    let pairs = scan.assignments();
    pairs
        .map(|(_, pair)| (scan.text(&pair.name).into(), scan.content(&pair).into()))
        .collect()
}

/// This program's scanner where the first occurrence wins.
pub(super) fn first_wins<'a>(scan: &Scan<'a>) -> Reading<'a> {
    let mut reading = Reading::new();
    for (_, pair) in scan.assignments() {
        let content = scan.content(&pair).into();
        reading
            .entry(scan.text(&pair.name).into())
            .or_insert(content);
    }
    reading
}

/// What a shell would set that sources the file; `None` where it stops with an error.
pub(super) fn shell_source(bytes: &[u8]) -> Option<Reading<'static>> {
    let read = shell::read(bytes)?.into_iter();
    Some(
        read.map(|(name, value)| (name.into(), value.into()))
            .collect(),
    )
}

/// What `dotenvy::dotenv()` would set: it skips a byte order mark, the first occurrence wins, and it
/// gives up at the first bad line, hence `None`.
pub(super) fn dotenvy_load(bytes: &[u8]) -> Option<Reading<'static>> {
    let mut reading = Reading::new();
    for pair in dotenvy::from_read_iter(bytes.strip_prefix(BOM).unwrap_or(bytes)) {
        let (name, value) = pair.ok()?;
        let value = value.into_bytes().into();
        reading.entry(name.into_bytes().into()).or_insert(value);
    }
    Some(reading)
}

/// The names whose values refer to `name` by `$NAME` or `${NAME`, or to one that does.
fn followers(scan: &Scan<'_>, name: &str) -> HashSet<Vec<u8>> {
    let pairs = scan.assignments().map(|(_, pair)| pair);
    let referring: Vec<(&[u8], &[u8])> = pairs
        .map(|pair| (scan.text(&pair.name), scan.text(&pair.value)))
        .filter(|(_, value)| value.contains(&b'$'))
        .collect();
    let mut found = HashSet::new();
    let mut leaders = vec![name.as_bytes()];
    while let Some(leader) = leaders.pop() {
        for &(follower, value) in &referring {
            if refers_to(value, leader) && found.insert(follower.to_vec()) {
                leaders.push(follower);
            }
        }
    }
    found
}

fn refers_to(value: &[u8], name: &[u8]) -> bool {
    value.split(|&byte| byte == b'$').skip(1).any(|reference| {
        let reference = reference.strip_prefix(b"{").unwrap_or(reference);
        reference.starts_with(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(before: &str, after: &str) -> Fit {
        compare(
            before.as_bytes(),
            after.as_bytes(),
            "KEY",
            Wanted::Value("new"),
        )
    }

    #[test]
    fn the_wanted_difference_and_nothing_else_fits() {
        assert_eq!(value("A=1\n", "A=1\nKEY=new\n"), Fit::All);
        assert_eq!(value("A=1\n", "A=1\nKEY=old\n"), Fit::Wrong);
        assert_eq!(value("A=1\n", "A=2\nKEY=new\n"), Fit::Wrong);
        assert_eq!(value("A=1\n", "A=1\nB=2\nKEY=new\n"), Fit::Wrong);
        assert_eq!(value("A=1\nB=2\n", "A=1\nKEY=new\n"), Fit::Wrong);
    }

    #[test]
    fn first_wins_and_last_wins_must_agree() {
        assert_eq!(value("KEY=a\nKEY=b\n", "KEY=new\nKEY=b\n"), Fit::Wrong);
        assert_eq!(value("KEY=a\nKEY=b\n", "KEY=a\nKEY=new\n"), Fit::Wrong);
        assert_eq!(value("KEY=a\nKEY=b\n", "KEY=new\nKEY=new\n"), Fit::All);
    }

    #[test]
    fn a_shell_that_reads_another_value_objects() {
        assert_eq!(value("A=1\n", "A=1\\\nKEY=new\n"), Fit::Wrong);
        assert_eq!(value("KEY=a; B=2\n", "KEY=new\n"), Fit::Wrong);
        assert_eq!(value("KEY = a\n", "KEY = new\n"), Fit::Blind);
    }

    #[test]
    fn dotenvy_that_skips_lines_between_two_quotes_objects() {
        let (above, below) = ("A=v  # don't\nB=1\n", "C=w  # can't\n");
        let before = format!("{above}{below}");
        assert_eq!(
            value(&before, &format!("{above}KEY=new\n{below}")),
            Fit::Blind
        );
        assert_eq!(value(&before, &format!("{before}KEY=new\n")), Fit::All);
    }

    #[test]
    fn values_that_refer_to_the_name_change_with_it() {
        let tail = "B=${KEY}\nC=\"x$B\"\nD='$KEY'\n";
        assert_eq!(
            value(&format!("KEY=a\n{tail}"), &format!("KEY=new\n{tail}")),
            Fit::All
        );
    }

    #[test]
    fn a_removed_name_is_gone_and_nothing_else() {
        let gone = |before: &str, after: &str| {
            compare(before.as_bytes(), after.as_bytes(), "KEY", Wanted::Gone)
        };
        assert_eq!(gone("A=1\nKEY=x\n", "A=1\n"), Fit::All);
        assert_eq!(gone("A=1 KEY=y\nKEY=x\n", "A=1 KEY=y\n"), Fit::Wrong);
        assert_eq!(gone("KEY=x\nA=1\n", ""), Fit::Wrong);
    }
}
