//! Whether conversations are kept: `"history": false` keeps none. It is written by the person alone.

use std::path::Path;

use super::alerts::{MOST_SHOWN, ODD};
use super::members::{Json, Members};
use crate::domain::clean_text::CleanText;
use crate::text::Said;

const NAME: &str = "history";

/// Whether nothing is to be kept, and a word where that cannot be understood: then nothing is, since somebody
/// who wrote something here does not want what is usual.
pub(super) fn read(members: &Members, file: &Path) -> (bool, Option<Said>) {
    match members.get(NAME).map(Json::as_written) {
        None | Some("true" | "null") => (false, None),
        Some("false") => (true, None),
        Some(odd) => {
            let file = CleanText::line(&file.to_string_lossy());
            let seen = CleanText::line(odd).shortened(MOST_SHOWN);
            (true, Some(Said::new(ODD, &[&NAME, &file, &seen, &"false"])))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_is_kept_unless_somebody_wrote_otherwise() {
        let read = |json: &str| {
            let members: Members = serde_json::from_str(json).unwrap();
            let (is_off, word) = read(&members, Path::new("p.json"));
            (is_off, word.is_some())
        };
        assert_eq!(read("{}"), (false, false));
        assert_eq!(read(r#"{"history": true}"#), (false, false));
        assert_eq!(read(r#"{"history": null}"#), (false, false));
        assert_eq!(read(r#"{"history": false}"#), (true, false));
        assert_eq!(read(r#"{"history": "off"}"#), (true, true));
    }
}
