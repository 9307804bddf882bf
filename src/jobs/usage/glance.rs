//! A look at what moves from minute to minute, for whoever looks often: what is settled for the day is
//! asked for once an hour.

use futures_util::future::join;
use jiff::{SignedDuration, Timestamp};

use super::holding::{DAYS_HOLD, days_hold, is_within};
use super::{Manager, Telling, begin, gather_telling};
use crate::domain::figures::{Gathered, Known, Part};
use crate::domain::model_card::ModelCard;
use crate::domain::symptom::Symptom;
use crate::jobs::access::Access;
use crate::jobs::models;
use crate::jobs::scene::Scene;

/// How long until what did not come is asked for again, where the rest came.
const PART_WAITS: SignedDuration = SignedDuration::from_mins(5);

/// Looks again and again, and remembers what it saw when.
#[derive(Debug, Default)]
pub(super) struct Glances {
    /// When everything was asked for.
    whole: Option<Whole>,
    /// When the list of models was asked for, and what came.
    models: Option<(Timestamp, ListSeen)>,
}

/// The list of models as it is known, and what was in the way of a younger one.
#[derive(Clone, Debug, Default)]
pub(super) struct ListSeen {
    pub(super) list: Option<Known<Vec<ModelCard>>>,
    pub(super) trouble: Option<Symptom>,
}

impl ListSeen {
    fn holds(&self) -> SignedDuration {
        if self.trouble.is_some() {
            PART_WAITS
        } else {
            DAYS_HOLD
        }
    }
}

/// A look at everything.
#[derive(Debug)]
struct Whole {
    at: Timestamp,
    /// What was in the way of a part that no glance asks for: it stays so until everything is asked for.
    troubles: Vec<(Part, Symptom)>,
    holds: SignedDuration,
}

impl Glances {
    /// What can be learned now.
    pub(super) async fn look(
        &mut self,
        scene: &Scene,
        access: &Access,
        now: Timestamp,
        tell: Telling<'_>,
    ) -> Gathered {
        if let Some(whole) = self.whole.take_if(|whole| whole.stands(now)) {
            let (mut gathered, manager) = begin(scene, access, now).await;
            if let Some(manager) = manager {
                let own = access.secret().map(|key| key.hash());
                let own = own.as_deref().unwrap_or_default();
                gathered.glance_at_account(manager, own, now).await;
                gathered.troubles.extend(whole.troubles.iter().cloned());
            }
            self.whole = Some(whole);
            return gathered;
        }
        let gathered = gather_telling(scene, access, now, tell).await;
        self.whole = Whole::of(&gathered, now);
        gathered
    }

    /// The list of models, as far as it is known, be it from another run; `asks`: it is asked for where it is not known,
    /// or no more.
    pub(super) async fn models(
        &mut self,
        scene: &Scene,
        access: &Access,
        asks: bool,
        now: Timestamp,
    ) -> ListSeen {
        let stands = |(at, seen): &(Timestamp, ListSeen)| is_within(*at, seen.holds(), now);
        if asks && !self.models.as_ref().is_some_and(stands) {
            let listed = models::list(scene, &access.server, access.secret(), now).await;
            let seen = match listed {
                Ok(listed) => ListSeen {
                    list: Some(listed.models),
                    trouble: listed.trouble,
                },
                Err(symptom) => ListSeen {
                    list: None,
                    trouble: Some(symptom),
                },
            };
            self.models = Some((now, seen));
        }
        let mut seen = self
            .models
            .as_ref()
            .map_or_else(ListSeen::default, |(_, seen)| seen.clone());
        if seen.list.is_none() {
            seen.list = models::kept(scene, &access.server, access.secret().as_ref());
        }
        seen
    }
}

impl Whole {
    /// `None` where the server said nothing: then everything is still to be asked for.
    fn of(gathered: &Gathered, now: Timestamp) -> Option<Self> {
        let mut troubles = gathered.troubles.clone();
        if troubles.iter().any(|(part, _)| *part == Part::Key) {
            return None;
        }
        let holds = if troubles.is_empty() {
            DAYS_HOLD
        } else {
            PART_WAITS
        };
        troubles.retain(|(part, _)| matches!(part, Part::Daily | Part::Analytics));
        Some(Self {
            at: now,
            troubles,
            holds,
        })
    }

    fn stands(&self, now: Timestamp) -> bool {
        days_hold(self.at, self.holds, now)
    }
}

impl Gathered {
    /// The account's money and its keys; its days stay what they were.
    async fn glance_at_account(&mut self, manager: Manager, own: &str, now: Timestamp) {
        let Some(manager) = self.who_may_tell(manager) else {
            return;
        };
        let (credits, keys) = join(manager.credits(), manager.keys()).await;
        self.learn_credits(credits, now);
        self.learn_keys(keys, own, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_asked_for_once_an_hour_and_when_a_day_is_over() {
        let looked_at = |last: &str, troubles: &[Part]| {
            let trouble = |part: &Part| (*part, Symptom::NoKey);
            let gathered = Gathered {
                troubles: troubles.iter().map(trouble).collect(),
                ..Gathered::default()
            };
            Whole::of(&gathered, at(last))
        };
        let stands = |last: &str, now: &str| looked_at(last, &[]).unwrap().stands(at(now));
        assert!(stands("2026-11-10T12:00:00Z", "2026-11-10T12:59:59Z"));
        assert!(!stands("2026-11-10T12:00:00Z", "2026-11-10T13:00:00Z"));
        assert!(!stands("2026-11-10T23:59:50Z", "2026-11-11T00:00:00Z"));
        assert!(!stands("2026-11-10T12:00:00Z", "2026-11-10T10:30:00Z"));
        // What did not come is asked for sooner, and is no news until then.
        let torn = looked_at("2026-11-10T12:00:00Z", &[Part::Daily, Part::Account]).unwrap();
        assert_eq!(torn.troubles, [(Part::Daily, Symptom::NoKey)]);
        assert!(torn.stands(at("2026-11-10T12:04:59Z")));
        assert!(!torn.stands(at("2026-11-10T12:05:00Z")));
        assert!(looked_at("2026-11-10T12:00:00Z", &[Part::Key]).is_none());
    }
}
