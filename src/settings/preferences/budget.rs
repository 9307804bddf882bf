//! How the budget lies in the file: under `budget`, each bound an amount; a missing one and `null` are none.
//!
//! One that cannot be understood is said and stops nothing: nobody is kept from asking by a slip in a file.

use std::path::Path;

use super::alerts::{MOST_SHOWN, ODD, amount};
use super::members::{Json, Members};
use crate::domain::budget::Budget;
use crate::domain::clean_text::CleanText;
use crate::text::Said;

const DAY: &str = "day_usd";
const MONTH: &str = "month_usd";

/// The budget in a file's members, and a word for each bound that cannot be understood.
pub(super) fn read(members: &Members, file: &Path) -> (Budget, Vec<Said>) {
    let mut odd = Vec::new();
    let bounds = members.get("budget").and_then(Json::members);
    let bounds = bounds.unwrap_or_default();
    let mut bound = |name: &str| {
        let json = bounds.get(name)?;
        amount(json.as_written()).unwrap_or_else(|_| {
            let file = CleanText::line(&file.to_string_lossy());
            let seen = CleanText::line(json.as_written()).shortened(MOST_SHOWN);
            let name = format!("budget.{name}");
            odd.push(Said::new(ODD, &[&name, &file, &seen, &"null"]));
            None
        })
    };
    let budget = Budget {
        day: bound(DAY),
        month: bound(MONTH),
    };
    (budget, odd)
}

/// Writes what differs from what the members say already; all else stays as it was written.
pub(super) fn write(members: &mut Members, budget: Budget, file: &Path) {
    let (before, _) = read(members, file);
    if budget == before {
        return;
    }
    let mut bounds = members
        .get("budget")
        .and_then(Json::members)
        .unwrap_or_default();
    for (name, now, was) in [
        (DAY, budget.day, before.day),
        (MONTH, budget.month, before.month),
    ] {
        if now != was {
            bounds.insert(name.into(), Json::of(&now));
        }
    }
    members.insert("budget".into(), Json::of(&bounds));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Usd;

    fn members(json: &str) -> Members {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn bounds_are_read_and_only_what_was_changed_is_written() {
        let file = Path::new("p.json");
        let json = r#"{"budget":{"day_usd":"1.50","month_usd":"lots","else":[1]}}"#;
        let mut kept = members(json);
        let (mut budget, odd) = read(&kept, file);
        assert_eq!((budget.day, budget.month), (Usd::parse("1.5"), None));
        assert_eq!(odd.len(), 1);
        write(&mut kept, budget, file);
        assert_eq!(kept, members(json));
        budget.month = Usd::parse("20");
        write(&mut kept, budget, file);
        assert_eq!(read(&kept, file), (budget, vec![]));
        let text = serde_json::to_string(&kept).unwrap();
        assert!(
            text.contains(r#""day_usd":"1.50","else":[1],"month_usd":20.0"#),
            "{text}"
        );
        budget.day = None;
        write(&mut kept, budget, file);
        assert_eq!(read(&kept, file).0, budget);
    }
}
