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

/// The key that is meant among `keys`; `own` is the hash of the one in use here. What fits exactly goes
/// before what fits in part: hash, name, label, "this", the beginning of a hash, a name without regard to
/// case, a part of a name.
pub fn find(keys: &[ManagedKey], own: Option<&str>, word: &str) -> Found {
    let word = word.trim();
    if word.is_empty() {
        return Found::Nothing;
    }
    let small = word.to_lowercase();
    let label = dotted(word);
    let is_hash = small.len() >= LEAST_DIGITS && small.bytes().all(|it| it.is_ascii_hexdigit());
    let name = |key: &ManagedKey| key.name.to_lowercase();
    let ways: [&dyn Fn(&ManagedKey) -> bool; 7] = [
        &|key| key.hash.as_str() == small,
        &|key| key.name.as_str() == word,
        &|key| dotted(&key.label) == label,
        &|key| small == THIS && own == Some(key.hash.as_str()),
        &|key| is_hash && key.hash.starts_with(&small),
        &|key| name(key) == small,
        &|key| name(key).contains(&small),
    ];
    for fits in ways {
        let mut found: Vec<ManagedKey> = keys.iter().filter(|key| fits(key)).cloned().collect();
        match found.len() {
            0 => {}
            1 => return Found::One(Box::new(found.swap_remove(0))),
            _ => return Found::Several(found),
        }
    }
    Found::Nothing
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
        match find(&keys, Some("cccc03"), word) {
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
    fn a_key_that_is_named_this_is_the_one_that_is_meant() {
        let keys = [key("aabb01", "this", ""), key("aabb02", "other", "")];
        let Found::One(found) = find(&keys, Some("aabb02"), "this") else {
            panic!("one is meant")
        };
        assert_eq!(found.hash.as_str(), "aabb01");
    }
}
