//! Spend by day as bars, stacked by model where there is room to name them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use ratatui::layout::Rect;
use rust_decimal::prelude::ToPrimitive;

use super::state::Usage;
use crate::domain::money::Usd;
use crate::insight::ranking;
use crate::text::{Lang, Phrase};
use crate::ui::bars::{Bars, SERIES, most_bars};

/// From this width on bars are stacked by model.
const WIDE: u16 = 96;

/// The chart of the rows on show, for an area of this size.
pub(super) fn of(usage: &Usage, area: Rect, lang: Lang) -> Bars {
    const OTHERS: Phrase = Phrase::new("others", "其他");
    const UNTOLD: Phrase = Phrase::new("not told yet", "尚不知模型");
    let rows = usage.rows();
    let Some(today) = usage.today() else {
        return Bars::default();
    };
    let models = ranking::by_model(rows.iter().copied());
    let is_stacked = area.width >= WIDE && models.len() > 1;
    let named: Vec<&str> = if is_stacked {
        let most = if models.len() > SERIES {
            SERIES - 1
        } else {
            SERIES
        };
        models.iter().take(most).map(|(name, _)| *name).collect()
    } else {
        Vec::new()
    };
    let mut days: BTreeMap<Date, Vec<Usd>> = BTreeMap::new();
    for row in &rows {
        let part = named.iter().position(|name| *name == row.model);
        let part = part.unwrap_or(named.len());
        let parts = days
            .entry(row.date)
            .or_insert_with(|| vec![Usd::ZERO; named.len() + 1]);
        parts[part] = parts[part] + row.cost_usd;
    }
    // Of what is known only as a sum no model is named: it goes with the others.
    let running = usage.sum_on_show();
    if let Some((day, cost)) = running {
        let mut parts = vec![Usd::ZERO; named.len() + 1];
        parts[named.len()] = cost;
        days.insert(day, parts);
    }
    let all: Vec<Date> = (0..usage.range.days())
        .rev()
        .map(|back| today.saturating_sub(back.days()))
        .collect();
    let telling = usage.telling();
    let is_told = |day: Date| {
        let is_running = running.is_some_and(|(running, _)| running == day);
        is_running || telling.is_none_or(|telling| telling.holds(day, today))
    };
    let in_a_bar = in_a_bar(&days, &all, area);
    let bars: Vec<Vec<Usd>> = all
        .chunks(in_a_bar)
        .map(|chunk| sum_of(chunk, &days, named.len() + 1))
        .collect();
    let whole = |parts: &Vec<Usd>| parts.iter().fold(Usd::ZERO, |sum, part| sum + *part);
    let most = bars.iter().map(whole).max().unwrap_or_default();
    let share = |amount: &Usd| amount.over(most).and_then(|it| it.to_f64()).unwrap_or(0.0);
    let mut legend: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
    if is_stacked && models.len() > named.len() {
        legend.push(OTHERS.say(lang).to_owned());
    } else if is_stacked && running.is_some() {
        legend.push(UNTOLD.say(lang).to_owned());
    }
    let end =
        |day: Option<&Date>| day.map_or_else(String::new, |day| day.strftime("%m-%d").to_string());
    Bars {
        bars: bars
            .iter()
            .map(|parts| parts.iter().map(share).collect())
            .collect(),
        unknown: all
            .chunks(in_a_bar)
            .map(|chunk| chunk.iter().all(|day| !is_told(*day)))
            .collect(),
        top: most.to_string(),
        ends: (end(all.first()), end(all.last())),
        legend,
    }
}

/// How many days share a bar, so that all of them fit.
fn in_a_bar(days: &BTreeMap<Date, Vec<Usd>>, all: &[Date], area: Rect) -> usize {
    let greatest = days.values().flatten().max().copied().unwrap_or_default();
    let room = most_bars(area.width, &greatest.times(9).to_string());
    all.len().div_ceil(room.max(1)).max(1)
}

fn sum_of(chunk: &[Date], days: &BTreeMap<Date, Vec<Usd>>, parts: usize) -> Vec<Usd> {
    let mut sums = vec![Usd::ZERO; parts];
    for amounts in chunk.iter().filter_map(|day| days.get(day)) {
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum = *sum + *amount;
        }
    }
    sums
}
