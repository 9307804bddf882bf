//! How favourites and recently used models lie in the file: two lists of ids under `models`.

use std::path::Path;

use super::alerts::{MOST_SHOWN, ODD};
use super::members::{Json, Members};
use crate::domain::clean_text::CleanText;
use crate::domain::own_models::OwnModels;
use crate::text::Said;

const FAVOURITES: &str = "favourites";
const RECENT: &str = "recent";

/// The models in a file's members, and a word for each list that cannot be understood.
pub(super) fn read(members: &Members, file: &Path) -> (OwnModels, Vec<Said>) {
    let mut odd = Vec::new();
    let mut complain = |name: &str, json: &Json| {
        let file = CleanText::line(&file.to_string_lossy());
        let seen = CleanText::line(json.as_written()).shortened(MOST_SHOWN);
        odd.push(Said::new(ODD, &[&name, &file, &seen, &"[]"]));
    };
    let lists = match members.get("models").map(|json| (json, json.members())) {
        None => return (OwnModels::default(), odd),
        Some((json, None)) => {
            complain("models", json);
            return (OwnModels::default(), odd);
        }
        Some((_, Some(lists))) => lists,
    };
    let mut list = |name: &str| {
        let Some(json) = lists.get(name) else {
            return Vec::new();
        };
        json.texts().unwrap_or_else(|| {
            complain(&format!("models.{name}"), json);
            Vec::new()
        })
    };
    let models = OwnModels {
        favourites: list(FAVOURITES),
        recent: list(RECENT),
    };
    (models, odd)
}

/// Writes what differs from what the members say already; all else stays as it was written.
pub(super) fn write(members: &mut Members, models: &OwnModels, file: &Path) {
    let (before, _) = read(members, file);
    if *models == before {
        return;
    }
    let lists = members.get("models").and_then(Json::members);
    let mut lists = lists.unwrap_or_default();
    for (name, now, was) in [
        (FAVOURITES, &models.favourites, &before.favourites),
        (RECENT, &models.recent, &before.recent),
    ] {
        if now != was {
            lists.insert(name.into(), Json::of(now));
        }
    }
    members.insert("models".into(), Json::of(&lists));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(json: &str) -> Members {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn lists_are_read_and_only_what_was_changed_is_written() {
        let file = Path::new("p.json");
        let mut kept = members(r#"{"models":{"favourites":["a/b"],"recent":7,"else":[1]}}"#);
        let (mut models, odd) = read(&kept, file);
        assert_eq!((models.favourites.len(), odd.len()), (1, 1));
        write(&mut kept, &models, file);
        assert!(kept["models"].as_written().contains("\"recent\":7"));
        models.favour("c/d", true);
        write(&mut kept, &models, file);
        let written = kept["models"].as_written();
        assert_eq!(
            written,
            r#"{"else":[1],"favourites":["a/b","c/d"],"recent":7}"#
        );
        models.used("c/d");
        write(&mut kept, &models, file);
        assert_eq!(read(&kept, file), (models, vec![]));
    }

    #[test]
    fn what_is_no_pair_of_lists_is_said() {
        for json in [r#"{"models":[]}"#, r#"{"models":{"favourites":["a",1]}}"#] {
            let (models, odd) = read(&members(json), Path::new("p.json"));
            assert_eq!((models, odd.len()), (OwnModels::default(), 1), "{json}");
        }
    }
}
