//! Which source a figure comes from, where several could tell it. One is chosen; none are added.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::{DayFigures, Figures, Known, Part};
use crate::domain::money::Usd;

/// Completed UTC days that `GET /activity` tells of.
pub const ACTIVITY_DAYS: i64 = 30;

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// `GET /key`: one key about itself.
    Key,
    /// `GET /credits`.
    Credits,
    /// `GET /keys`.
    Keys,
    /// `GET /activity`.
    Activity,
    /// `POST /analytics/query`.
    Analytics,
    /// This program's own ledger.
    Ledger,
}

impl Source {
    /// Its word, on the screen and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Credits => "credits",
            Self::Keys => "keys",
            Self::Activity => "activity",
            Self::Analytics => "analytics",
            Self::Ledger => "ledger",
        }
    }
}

/// The account's completed days, from one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// When they were learned.
    pub as_of: Timestamp,
    /// Who tells them.
    pub source: Source,
    /// From this UTC day on they are told whole.
    pub first: Date,
    /// The days.
    pub days: &'a [DayFigures],
}

impl Figures {
    /// Whether anything is known of a part, be it from before.
    pub fn knows(&self, part: Part) -> bool {
        match part {
            Part::Key => self.key.is_some(),
            Part::Account => self.account.is_some(),
            Part::Daily => self.daily.is_some(),
            Part::Keys => self.keys.is_some(),
            Part::Analytics => self.history.is_some() || self.today.is_some(),
            Part::Models => false,
        }
    }

    /// The account's completed days back to one: by the activity, which names the providers, as far as
    /// that reaches; else by whoever reaches further back. `None` where nobody tells them.
    pub fn days_back_to(&self, from: Date) -> Option<Told<'_>> {
        match (self.by_activity(), self.by_analytics()) {
            (Some(activity), Some(analytics))
                if from < activity.first
                    && analytics.first < activity.first
                    && day_of(analytics.as_of) >= day_of(activity.as_of) =>
            {
                Some(analytics)
            }
            (activity, analytics) => activity.or(analytics),
        }
    }

    /// The account's completed days with the tokens that came from a cache, which the activity does not
    /// tell, where they are as young as its own.
    pub fn days_with_cache(&self) -> Option<Told<'_>> {
        let analytics = self.by_analytics()?;
        let activity = self.by_activity();
        let is_young = activity.is_none_or(|other| day_of(analytics.as_of) >= day_of(other.as_of));
        is_young.then_some(analytics)
    }

    fn by_activity(&self) -> Option<Told<'_>> {
        let known = self.daily.as_ref()?;
        Some(Told {
            as_of: known.as_of,
            source: Source::Activity,
            first: day_of(known.as_of).saturating_sub(ACTIVITY_DAYS.days()),
            days: &known.value,
        })
    }

    fn by_analytics(&self) -> Option<Told<'_>> {
        let known = self.history.as_ref()?;
        Some(Told {
            as_of: known.as_of,
            source: Source::Analytics,
            first: known.value.first,
            days: &known.value.days,
        })
    }

    /// The completed days of one key back to one, chosen as the account's are; `None` where nobody tells them.
    pub fn key_days_back_to(&self, hash: &str, from: Date) -> Option<Told<'_>> {
        let known = self.key_days.as_ref()?;
        let key = known.value.iter().find(|days| days.hash == hash)?;
        let as_of = known.as_of;
        let first = day_of(as_of).saturating_sub(ACTIVITY_DAYS.days());
        let further_back = key.history.as_ref().filter(|it| it.first < first);
        Some(match further_back.filter(|_| from < first) {
            Some(history) => Told {
                as_of,
                source: Source::Analytics,
                first: history.first,
                days: &history.days,
            },
            None => Told {
                as_of,
                source: Source::Activity,
                first,
                days: &key.days,
            },
        })
    }

    /// The rows of one key on the running UTC day, by model; `None` where they were learned on another day,
    /// or not at all.
    pub fn key_rows_of_today(&self, hash: &str, now: Timestamp) -> Option<&[DayFigures]> {
        let known = self.key_days.as_ref()?;
        let key = known.value.iter().find(|days| days.hash == hash)?;
        let rows = key.today.as_deref()?;
        (day_of(known.as_of) == day_of(now)).then_some(rows)
    }

    /// The rows of the running UTC day, by model; `None` where they were learned on another day.
    pub fn rows_of_today(&self, now: Timestamp) -> Option<&[DayFigures]> {
        let known = self.today.as_ref()?;
        (day_of(known.as_of) == day_of(now)).then_some(known.value.as_slice())
    }

    /// The name that a key of the account was given, by its hash.
    pub fn name_of_key(&self, hash: &str) -> Option<&str> {
        let mut keys = self.keys.iter().flat_map(|known| &known.value);
        keys.find(|key| key.hash == hash)
            .map(|key| key.name.as_str())
    }

    /// What the running UTC day has cost the account so far, USD: by the analytics, else the sum over its
    /// keys, unless the key in use is missing among them; where neither is told, that of the key in use, which is less than all and more than nothing.
    /// What was learned on another day says nothing about this one.
    pub fn spent_today(&self, now: Timestamp) -> Option<(Known<Usd>, Source)> {
        let sum =
            |amounts: &mut dyn Iterator<Item = Usd>| amounts.fold(Usd::ZERO, |sum, one| sum + one);
        let analytics = self.today.as_ref().map(|known| {
            let value = sum(&mut known.value.iter().map(|row| row.cost_usd));
            (known.as_of, value, Source::Analytics)
        });
        let keys = self.keys.as_ref().filter(|_| !self.keys_lack_own);
        let keys = keys.map(|known| {
            let value = sum(&mut known.value.iter().map(|key| key.usage_daily));
            (known.as_of, value, Source::Keys)
        });
        let of_account = match (analytics, keys) {
            (Some(analytics), Some(keys)) if keys.0 > analytics.0 => Some(keys),
            (analytics, keys) => analytics.or(keys),
        };
        let own = self.key.as_ref();
        let own = own.map(|known| (known.as_of, known.value.usage_daily, Source::Key));
        let of_today = |(as_of, ..): &(Timestamp, Usd, Source)| day_of(*as_of) == day_of(now);
        let found = of_account.filter(of_today).or(own.filter(of_today));
        found.map(|(as_of, value, source)| (Known { as_of, value }, source))
    }
}

fn day_of(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{AccountKey, History, KeyDays};
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn known<T>(as_of: &str, value: T) -> Known<T> {
        let as_of = at(as_of);
        Known { as_of, value }
    }

    fn spent(cents: i64) -> DayFigures {
        DayFigures {
            date: date(2026, 11, 24),
            model: "a/b".into(),
            provider: None,
            requests: 1,
            prompt_tokens: 0,
            completion_tokens: 0,
            reasoning_tokens: 0,
            cached_tokens: 0,
            cost_usd: Usd::from_cents(cents),
            byok_usd: Usd::ZERO,
        }
    }

    fn account_key(cents: i64) -> AccountKey {
        AccountKey {
            usage_daily: Usd::from_cents(cents),
            ..AccountKey::from(&crate::domain::account::ManagedKey::default())
        }
    }

    fn history(first: Date) -> History {
        History {
            first,
            days: Vec::new(),
        }
    }

    #[test]
    fn days_come_from_the_one_source_that_reaches_back_far_enough() {
        let far = date(2026, 8, 26);
        let mut figures = Figures {
            daily: Some(known("2026-11-24T10:00:00Z", Vec::new())),
            history: Some(known("2026-11-24T09:00:00Z", history(far))),
            ..Figures::default()
        };
        let source = |figures: &Figures, from| {
            let told = figures.days_back_to(from);
            told.map(|told| (told.source, told.first))
        };
        let activity = (Source::Activity, date(2026, 10, 25));
        assert_eq!(source(&figures, date(2026, 10, 25)), Some(activity));
        let analytics = (Source::Analytics, far);
        assert_eq!(source(&figures, date(2026, 10, 24)), Some(analytics));
        assert!(figures.days_with_cache().is_some());
        // Yesterday's analytics lack a day that the activity has.
        figures.history = Some(known("2026-11-23T23:00:00Z", history(far)));
        assert_eq!(source(&figures, far), Some(activity));
        assert_eq!(figures.days_with_cache(), None);
        figures.daily = None;
        assert_eq!(source(&figures, far), Some(analytics));
        assert_eq!(Figures::default().days_back_to(far), None);
    }

    #[test]
    fn the_days_of_a_key_come_from_the_one_source_that_reaches_back_far_enough() {
        let far = date(2026, 8, 26);
        let near = date(2026, 10, 25);
        let mut figures = Figures {
            key_days: Some(known(
                "2026-11-24T10:00:00Z",
                vec![KeyDays {
                    hash: "aa".into(),
                    days: vec![spent(1)],
                    history: Some(History {
                        first: far,
                        days: vec![spent(1), spent(2)],
                    }),
                    today: Some(vec![spent(3)]),
                }],
            )),
            ..Figures::default()
        };
        let source = |figures: &Figures, from| {
            let told = figures.key_days_back_to("aa", from);
            told.map(|told| (told.source, told.first, told.days.len()))
        };
        assert_eq!(source(&figures, near), Some((Source::Activity, near, 1)));
        assert_eq!(source(&figures, far), Some((Source::Analytics, far, 2)));
        assert_eq!(figures.key_days_back_to("bb", far), None);
        let today = |now| figures.key_rows_of_today("aa", at(now)).map(<[_]>::len);
        assert_eq!(today("2026-11-24T23:59:59Z"), Some(1));
        assert_eq!(today("2026-11-25T00:00:00Z"), None);
        if let Some(known) = &mut figures.key_days {
            known.value[0].history = None;
        }
        assert_eq!(source(&figures, far), Some((Source::Activity, near, 1)));
    }

    #[test]
    fn today_is_told_by_one_source_and_never_by_a_figure_of_yesterday() {
        let now = at("2026-11-24T12:00:00Z");
        let told = |figures: &Figures| {
            let told = figures.spent_today(now);
            told.map(|(known, source)| (known.value, source))
        };
        let mut figures = Figures {
            keys: Some(known(
                "2026-11-24T11:00:00Z",
                vec![account_key(5), account_key(6)],
            )),
            today: Some(known("2026-11-24T11:00:00Z", vec![spent(7), spent(8)])),
            ..Figures::default()
        };
        let by = |cents, source| Some((Usd::from_cents(cents), source));
        assert_eq!(told(&figures), by(15, Source::Analytics));
        // The analytics failed since; the keys are the younger word.
        figures.today = Some(known("2026-11-24T10:00:00Z", vec![spent(7)]));
        assert_eq!(told(&figures), by(11, Source::Keys));
        figures.keys = None;
        assert_eq!(told(&figures), by(7, Source::Analytics));
        figures.today = Some(known("2026-11-23T23:59:59Z", vec![spent(7)]));
        assert_eq!(told(&figures), None);
    }

    #[test]
    fn keys_among_which_the_one_in_use_is_missing_tell_nothing_of_the_account() {
        let now = at("2026-11-24T12:00:00Z");
        let told = |figures: &Figures| figures.spent_today(now).map(|(_, source)| source);
        let mut figures = Figures {
            keys: Some(known("2026-11-24T11:00:00Z", vec![])),
            keys_lack_own: true,
            ..Figures::default()
        };
        assert_eq!(told(&figures), None);
        figures.keys_lack_own = false;
        assert_eq!(told(&figures), Some(Source::Keys));
    }
}
