//! How the alert settings lie in the file: the bounds under `alerts`, the way of telling under `notify`.
//!
//! A bound that is missing is the usual one, `null` switches it off. One that cannot be understood counts
//! as missing, is said, and stays in the file until the person sets it anew.

use std::path::Path;

use super::members::{Json, Members};
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::insight::alerts::{AlertSettings, Thresholds};
use crate::text::{Phrase, Said};

pub(super) const ODD: Phrase = Phrase::new(
    "{} in {} cannot be understood ({}); {} counts.",
    "{}（{}）的值无法识别（{}），按 {} 处理。",
);

/// The longest piece of a strange value that is shown.
pub(super) const MOST_SHOWN: usize = 40;
/// No bound on days is greater: a century.
const MOST_DAYS: u32 = 36_500;
/// No distance is greater.
const MOST_DISTANCE: u32 = 1_000;

/// One bound.
struct Bound {
    name: &'static str,
    /// Takes a value over; false where it cannot be understood.
    read: fn(&mut Thresholds, &str) -> bool,
    /// The value as it is written.
    show: fn(&Thresholds) -> Json,
}

const BOUNDS: [Bound; 8] = [
    Bound {
        name: "balance_usd",
        read: |set, json| put(&mut set.balance, amount(json)),
        show: |set| Json::of(&set.balance),
    },
    Bound {
        name: "limit_left_usd",
        read: |set, json| put(&mut set.limit_left, amount(json)),
        show: |set| Json::of(&set.limit_left),
    },
    Bound {
        name: "limit_share_percent",
        read: |set, json| put(&mut set.limit_share, whole(json, 1, 100)),
        show: |set| Json::of(&set.limit_share),
    },
    Bound {
        name: "day_spend_usd",
        read: |set, json| put(&mut set.day_spend, amount(json)),
        show: |set| Json::of(&set.day_spend),
    },
    Bound {
        name: "day_spend_distance",
        // Without a distance, twice the median and the least amount decide alone.
        read: |set, json| {
            let distance = whole(json, 0, MOST_DISTANCE);
            put(
                &mut set.day_spend_distance,
                distance.map(Option::unwrap_or_default),
            )
        },
        show: |set| Json::of(&set.day_spend_distance),
    },
    Bound {
        name: "key_expiry_days",
        read: |set, json| put(&mut set.expiry_days, whole(json, 0, MOST_DAYS)),
        show: |set| Json::of(&set.expiry_days),
    },
    Bound {
        name: "key_age_days",
        read: |set, json| put(&mut set.key_age_days, whole(json, 0, MOST_DAYS)),
        show: |set| Json::of(&set.key_age_days),
    },
    Bound {
        name: "model_retirement_days",
        read: |set, json| put(&mut set.retirement_days, whole(json, 0, MOST_DAYS)),
        show: |set| Json::of(&set.retirement_days),
    },
];

/// The settings in a file's members, and a word for each value that cannot be understood.
pub(super) fn read(members: &Members, file: &Path) -> (AlertSettings, Vec<Said>) {
    let mut settings = AlertSettings::default();
    let mut odd = Vec::new();
    let mut complain = |name: &str, json: &Json, usual: &str| {
        let file = CleanText::line(&file.to_string_lossy());
        let seen = CleanText::line(json.as_written()).shortened(MOST_SHOWN);
        odd.push(Said::new(ODD, &[&name, &file, &seen, &usual]));
    };
    match members.get("alerts").map(|json| (json, json.members())) {
        None => {}
        Some((json, None)) => complain("alerts", json, "{}"),
        Some((_, Some(bounds))) => {
            for bound in &BOUNDS {
                if let Some(json) = bounds.get(bound.name)
                    && !(bound.read)(&mut settings.thresholds, json.as_written())
                {
                    let usual = (bound.show)(&Thresholds::default());
                    complain(&format!("alerts.{}", bound.name), json, usual.as_written());
                }
            }
        }
    }
    if let Some(json) = members.get("notify") {
        match json.text().and_then(|tag| tag.parse().ok()) {
            Some(way) => settings.notify = way,
            None => complain("notify", json, settings.notify.tag()),
        }
    }
    (settings, odd)
}

/// Writes what differs from what the members say already; all else stays as it was written.
pub(super) fn write(members: &mut Members, settings: &AlertSettings, file: &Path) {
    let (before, _) = read(members, file);
    let mut bounds = members
        .get("alerts")
        .and_then(Json::members)
        .unwrap_or_default();
    for bound in &BOUNDS {
        let wanted = (bound.show)(&settings.thresholds);
        if wanted != (bound.show)(&before.thresholds) {
            bounds.insert(bound.name.into(), wanted);
        }
    }
    if settings.thresholds != before.thresholds {
        members.insert("alerts".into(), Json::of(&bounds));
    }
    if settings.notify != before.notify {
        members.insert("notify".into(), Json::of(&settings.notify.tag()));
    }
}

/// It cannot be understood.
pub(super) struct Odd;

/// Puts a value that was understood in its place.
fn put<T>(place: &mut T, value: Result<T, Odd>) -> bool {
    value.map(|value| *place = value).is_ok()
}

/// An amount; `None`: off.
pub(super) fn amount(json: &str) -> Result<Option<Usd>, Odd> {
    if json == "null" {
        return Ok(None);
    }
    let amount = Usd::parse(json).filter(|amount| !amount.is_negative());
    amount.map(Some).ok_or(Odd)
}

/// A whole number between two others; `None`: off.
fn whole(json: &str, least: u32, most: u32) -> Result<Option<u32>, Odd> {
    if json == "null" {
        return Ok(None);
    }
    let number = json.parse().map_err(|_| Odd)?;
    if (least..=most).contains(&number) {
        Ok(Some(number))
    } else {
        Err(Odd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notify::NotifyBy;
    use crate::text::Lang;

    fn members(json: &str) -> Members {
        serde_json::from_str(json).unwrap()
    }

    fn understood(json: &str) -> (AlertSettings, Vec<String>) {
        let (settings, odd) = read(&members(json), Path::new("p.json"));
        (
            settings,
            odd.iter().map(|said| said.say(Lang::En)).collect(),
        )
    }

    #[test]
    fn what_is_missing_is_as_usual_and_null_is_off() {
        assert_eq!(understood("{}"), (AlertSettings::default(), vec![]));
        let (settings, odd) = understood(
            r#"{"alerts": {"balance_usd": 0.1, "limit_left_usd": null, "limit_share_percent": 90,
                "day_spend_usd": "2.50", "day_spend_distance": null, "key_expiry_days": 0,
                "key_age_days": null, "model_retirement_days": 60}, "notify": "osc9"}"#,
        );
        assert_eq!(odd, [""; 0]);
        let expected = Thresholds {
            balance: Usd::parse("0.1"),
            limit_left: None,
            judges_small_limits: false,
            limit_share: Some(90),
            day_spend: Usd::parse("2.5"),
            day_spend_distance: 0,
            expiry_days: Some(0),
            key_age_days: None,
            retirement_days: Some(60),
        };
        assert_eq!(settings.thresholds, expected);
        assert_eq!(settings.notify, NotifyBy::Osc9);
    }

    #[test]
    fn each_value_that_cannot_be_understood_is_said_and_counts_as_missing() {
        let (settings, odd) = understood(
            r#"{"alerts": {"balance_usd": "lots", "limit_left_usd": -1, "limit_share_percent": 101,
                "day_spend_usd": [1], "day_spend_distance": 1.5, "key_expiry_days": 1e99,
                "key_age_days": true, "model_retirement_days": "30"}, "notify": 7}"#,
        );
        assert_eq!(settings, AlertSettings::default());
        assert_eq!(odd.len(), 9);
        assert_eq!(
            odd[0],
            "alerts.balance_usd in p.json cannot be understood (\"lots\"); 5.0 counts."
        );
        assert_eq!(
            odd[8],
            "notify in p.json cannot be understood (7); off counts."
        );
        let (settings, odd) = understood(r#"{"alerts": [], "notify": "loud"}"#);
        assert_eq!((settings, odd.len()), (AlertSettings::default(), 2));
    }

    #[test]
    fn only_what_was_changed_is_written_and_all_else_keeps_its_bytes() {
        let before = r#"{"alerts":{"balance_usd":"lots","colour":{"deep" : 1.0}},"theirs":[1, 2]}"#;
        let file = Path::new("p.json");
        let mut kept = members(before);
        write(&mut kept, &AlertSettings::default(), file);
        assert_eq!(kept, members(before));
        let wanted = AlertSettings {
            thresholds: Thresholds {
                limit_share: None,
                day_spend: Usd::parse("0.1"),
                ..Thresholds::default()
            },
            notify: NotifyBy::Bell,
        };
        write(&mut kept, &wanted, file);
        let after = r#"{"alerts":{"balance_usd":"lots","colour":{"deep" : 1.0},"day_spend_usd":0.1,
            "limit_share_percent":null},"notify":"bell","theirs":[1, 2]}"#;
        assert_eq!(
            serde_json::to_string(&kept).unwrap(),
            after.replace("\n            ", "")
        );
        // What was read back is what was written; a value that was odd goes with its change.
        assert_eq!(read(&kept, file).0, wanted);
        let low = AlertSettings {
            thresholds: Thresholds {
                balance: None,
                ..wanted.thresholds
            },
            ..wanted
        };
        write(&mut kept, &low, file);
        assert_eq!(read(&kept, file), (low, vec![]));
    }
}
