//! Which key a word means: its name, its masked label, the beginning of its hash, or "this".

use crate::domain::account::ManagedKey;

/// The word for the key in use here.
const THIS: &str = "this";
/// So many digits of a hash name a key at least: fewer are rather a part of a name.
const LEAST_DIGITS: usize = 4;

/// What a word means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(Box<ManagedKey>),
    /// No key.
    Nothing,
    /// Several keys fit equally well.
    Several(Vec<ManagedKey>),
}

/// The key that is meant among `keys`; `own` is the hash of the one in use here. By hash, name, label, "this",
/// the beginning of a hash, a name without regard to case, in this order. A part of a name means no key:
/// where the one that was meant is gone, another that holds its name must not be changed in its place.
pub fn find(keys: &[ManagedKey], own: Option<&str>, word: &str) -> Found {
    let word = word.trim();
    if word.is_empty() {
        return Found::Nothing;
    }
    let small = word.to_lowercase();
    let label = dotted(word);
    let is_hash = small.len() >= LEAST_DIGITS && small.bytes().all(|it| it.is_ascii_hexdigit());
    let name = |key: &ManagedKey| key.name.to_lowercase();
    let ways: [&dyn Fn(&ManagedKey) -> bool; 6] = [
        &|key| key.hash.as_str() == small,
        &|key| key.name.as_str() == word,
        &|key| dotted(&key.label) == label,
        &|key| small == THIS && own == Some(key.hash.as_str()),
        &|key| is_hash && key.hash.starts_with(&small),
        &|key| name(key) == small,
    ];
    let mut found = ways.into_iter().map(|fits| among(keys, fits));
    found
        .find(|found| *found != Found::Nothing)
        .unwrap_or(Found::Nothing)
}

/// The same where nothing is changed: a part of a name will do, where nothing fits whole.
pub fn guess(keys: &[ManagedKey], own: Option<&str>, word: &str) -> Found {
    let small = word.trim().to_lowercase();
    match find(keys, own, word) {
        Found::Nothing if !small.is_empty() => {
            among(keys, &|key| key.name.to_lowercase().contains(&small))
        }
        found => found,
    }
}

fn among(keys: &[ManagedKey], fits: &dyn Fn(&ManagedKey) -> bool) -> Found {
    let mut found: Vec<ManagedKey> = keys.iter().filter(|key| fits(key)).cloned().collect();
    match found.len() {
        0 => Found::Nothing,
        1 => Found::One(Box::new(found.swap_remove(0))),
        _ => Found::Several(found),
    }
}

/// A mask with three dots, as the server writes it; this program writes one character.
fn dotted(label: &str) -> String {
    label.replace('…', "...")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(hash: &str, name: &str, label: &str) -> ManagedKey {
        ManagedKey {
            hash: hash.into(),
            name: name.into(),
            label: label.into(),
            ..ManagedKey::default()
        }
    }

    fn meant(word: &str) -> String {
        let keys = [
            key("aabb01", "shop", "sk-or-v1-aaa...111"),
            key("aabb02", "Shop staging", "sk-or-v1-bbb...222"),
            key("cccc03", "blog", "sk-or-v1-ccc...333"),
            key("dddd04", "blog", "sk-or-v1-ddd...444"),
            key("eeee05", "face", "sk-or-v1-eee...555"),
            key("face06", "laptop", "sk-or-v1-fff...666"),
        ];
        match guess(&keys, Some("cccc03"), word) {
            Found::One(key) => key.hash.to_string(),
            Found::Nothing => "nothing".into(),
            Found::Several(keys) => {
                let hashes: Vec<&str> = keys.iter().map(|key| key.hash.as_str()).collect();
                hashes.join(" ")
            }
        }
    }

    #[test]
    fn what_fits_exactly_goes_before_what_fits_in_part() {
        for (word, hash) in [
            ("shop", "aabb01"),
            ("SHOP", "aabb01"),
            ("stag", "aabb02"),
            (" laptop ", "face06"),
            ("face", "eeee05"),
            ("face0", "face06"),
            ("AABB02", "aabb02"),
            ("sk-or-v1-ddd...444", "dddd04"),
            ("sk-or-v1-ddd…444", "dddd04"),
            ("this", "cccc03"),
        ] {
            assert_eq!(meant(word), hash, "{word}");
        }
    }

    #[test]
    fn several_that_fit_equally_well_are_all_told() {
        assert_eq!(meant("blog"), "cccc03 dddd04");
        assert_eq!(meant("aabb"), "aabb01 aabb02");
        assert_eq!(meant("aab"), "nothing");
        assert_eq!(meant(""), "nothing");
        assert_eq!(find(&[], None, "this"), Found::Nothing);
    }

    #[test]
    fn a_part_of_a_name_means_no_key_that_is_to_be_changed() {
        let keys = [key("aabb01", "uncapped", "")];
        assert_eq!(find(&keys, None, "capped"), Found::Nothing);
        assert!(matches!(guess(&keys, None, "capped"), Found::One(_)));
    }

    #[test]
    fn a_key_that_is_named_this_is_the_one_that_is_meant() {
        let keys = [key("aabb01", "this", ""), key("aabb02", "other", "")];
        let Found::One(found) = find(&keys, Some("aabb02"), "this") else {
            panic!("one is meant")
        };
        assert_eq!(found.hash.as_str(), "aabb01");
    }
}
