//! A forecast in words.

use super::{Forecast, Pace};
use crate::text::{Phrase, Said};

impl Forecast {
    /// The forecast in a sentence or two; how it was found is told by [`Pace::method`].
    pub fn say(&self) -> Said {
        match *self {
            Self::Gone { back: None } => Phrase::new("Nothing is left.", "已经用完。").into(),
            Self::Gone { back: Some(day) } => Said::new(
                Phrase::new(
                    "Nothing is left until it begins anew on {} at 00:00 UTC.",
                    "已经用完，{} 00:00 UTC 重新开始。",
                ),
                &[&day],
            ),
            Self::NotEnoughDays { known, needed } => Said::new(
                Phrase::new(
                    "Not enough days to tell: {} of the {} it takes.",
                    "天数还不够，无法预测：已有 {} 天，需要 {} 天。",
                ),
                &[&known, &needed],
            ),
            Self::UnknownReset => Phrase::new(
                "This limit begins anew at times that are not known here, so no day is named.",
                "不知道这个限额何时重新开始，所以不作预测。",
            )
            .into(),
            Self::Lasts {
                earliest,
                resets,
                ref pace,
            } => lasts(earliest, resets, pace),
            Self::RunsOut {
                earliest,
                likely,
                latest,
                ref pace,
            } => runs_out(earliest, likely, latest, pace),
        }
    }

    /// The pace it rests on, where there is one.
    pub fn pace(&self) -> Option<&Pace> {
        match self {
            Self::Lasts { pace, .. } | Self::RunsOut { pace, .. } => Some(pace),
            Self::Gone { .. } | Self::NotEnoughDays { .. } | Self::UnknownReset => None,
        }
    }
}

type Day = jiff::civil::Date;

fn lasts(earliest: Option<Day>, resets: Option<Day>, pace: &Pace) -> Said {
    const NOTHING: Phrase = Phrase::new(
        "Not at this pace: hardly anything is spent.",
        "按目前的速度不会用完：几乎没有花费。",
    );
    const FOR_YEARS: Phrase = Phrase::new(
        "Not at this pace: at about {} a day it lasts for years.",
        "按目前的速度不会用完：每天约 {}，可以用很多年。",
    );
    const BEGINS_ANEW: Phrase = Phrase::new(
        "Not at this pace: at about {} a day it is not used up before it begins anew, next on {}.",
        "按目前的速度不会用完：每天约 {}，用完之前就会重新开始，下一次是 {}。",
    );
    const STILL: Phrase = Phrase::new(
        "After days like the busiest ones it could be used up on {}.",
        "如果接下来像最忙的几天那样，{} 就可能用完。",
    );
    let said = match resets {
        Some(day) => Said::new(BEGINS_ANEW, &[&pace.likely, &day]),
        None if pace.likely.is_zero() => NOTHING.into(),
        None => Said::new(FOR_YEARS, &[&pace.likely]),
    };
    match earliest {
        Some(day) => said.then(Said::new(STILL, &[&day])),
        None => said,
    }
}

fn runs_out(earliest: Day, likely: Day, latest: Option<Day>, pace: &Pace) -> Said {
    const ON: Phrase = Phrase::new(
        "At about {} a day it is used up around {}.",
        "每天约 {}，大约 {} 用完。",
    );
    const BETWEEN: Phrase = Phrase::new(
        "At about {} a day it is used up around {}, between {} and {}.",
        "每天约 {}，大约 {} 用完，早则 {}，迟则 {}。",
    );
    const FROM: Phrase = Phrase::new(
        "At about {} a day it is used up around {}, at the earliest {}; at a slow pace it lasts.",
        "每天约 {}，大约 {} 用完，最早 {}；花得慢就不会用完。",
    );
    match latest {
        Some(latest) if latest == earliest => Said::new(ON, &[&pace.likely, &likely]),
        Some(latest) => Said::new(BETWEEN, &[&pace.likely, &likely, &earliest, &latest]),
        None => Said::new(FROM, &[&pace.likely, &likely, &earliest]),
    }
}
