//! The tables of the lower half, as content.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::place::{Host, View};
use super::request::{outcome_word, reason};
use super::state::Usage;
use super::{key_days, nothing, prices, words};
use crate::domain::count::{compact, grouped};
use crate::domain::money::Usd;
use crate::domain::spend::{Outcome, Recorded, Used};
use crate::flow::Facts;
use crate::insight::ranking;
use crate::insight::review::Remark;
use crate::text::{Lang, Phrase, Said};
use crate::ui::grid::{Column, Grid, GridRow};
use crate::ui::theme::Tone;

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Day(Date),
    Model(String),
    Provider(Host),
    Key(String),
    /// The request with this number in the list.
    Request(usize),
    /// The remark with this number in the review.
    Remark(usize),
    /// The model of the price list.
    Price(String),
}

/// A table as content.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) grid: Grid,
    /// What each row stands for.
    pub(super) targets: Vec<Target>,
    /// What to say where there are no rows.
    pub(super) empty: Option<Said>,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>, empty: impl Into<Said>) -> Self {
        let grid = Grid {
            columns,
            ..Grid::default()
        };
        Self {
            grid,
            targets: Vec::new(),
            empty: Some(empty.into()),
        }
    }

    pub(super) fn push(&mut self, target: Target, row: GridRow) {
        self.targets.push(target);
        self.grid.rows.push(row);
    }

    pub(super) fn nothing(empty: impl Into<Said>) -> Self {
        Self {
            empty: Some(empty.into()),
            ..Self::default()
        }
    }

    /// The same with only the rows that hold a text in one of their cells.
    fn holding(mut self, sought: &str) -> Self {
        if sought.is_empty() || self.targets.is_empty() {
            return self;
        }
        let holds = |row: &GridRow| {
            let mut cells = row.cells.iter();
            cells.any(|cell| cell.to_lowercase().contains(sought))
        };
        let kept: Vec<bool> = self.grid.rows.iter().map(holds).collect();
        let mut keep = kept.iter();
        self.grid.rows.retain(|_| *keep.next().unwrap_or(&true));
        let mut keep = kept.iter();
        self.targets.retain(|_| *keep.next().unwrap_or(&true));
        self.empty = Some(words::NO_MATCH.into());
        self
    }
}

impl Usage {
    /// The table on show.
    pub(super) fn table(&self, facts: &Facts) -> Table {
        self.table_in(facts.lang, Some(facts))
    }

    /// The same; without facts nothing is said of what is left of the day for free models.
    pub(super) fn table_in(&self, lang: Lang, facts: Option<&Facts>) -> Table {
        let table = match self.place.view {
            View::Days => self.days(lang),
            View::Models => self.models(lang),
            View::Providers => self.providers(lang),
            View::Keys => key_days::table(self, lang),
            // The ledger itself was asked for what is sought, unless for the requests of a day.
            View::Requests if self.place.narrowed.day.is_none() => {
                return self.at_row(self.requests_table(lang));
            }
            View::Requests => self.requests_table(lang),
            View::Review => self.remarks(lang),
            View::Prices => prices::table(self, lang, facts),
        };
        self.at_row(table.holding(&self.sought()))
    }

    fn at_row(&self, mut table: Table) -> Table {
        table.grid.chosen = self.chosen_of(&table);
        table
    }

    /// The number of the chosen row.
    pub(super) fn chosen_of(&self, table: &Table) -> usize {
        self.place.chosen.min(table.targets.len().saturating_sub(1))
    }

    fn days(&self, lang: Lang) -> Table {
        let rows = ranking::by_day(self.rows());
        let mut total = total(&rows);
        let running = self.sum_on_show();
        total.cost = total.cost + running.map_or(Usd::ZERO, |(_, cost)| cost);
        let mut table = Table::new(sum_columns(words::HEAD_DAY, &total, lang), self.no_days());
        if let Some((day, cost)) = running {
            // On what it was spent is not told yet.
            let mut cells = vec![day.to_string(), cost.to_string(), percent(cost, total.cost)];
            cells.resize(table.grid.columns.len(), String::new());
            table.push(Target::Day(day), GridRow::new(cells));
        }
        for (day, used) in &rows {
            let cells = sum_cells(day.to_string(), used, &total);
            table.push(Target::Day(*day), GridRow::new(cells));
        }
        table
    }

    fn models(&self, lang: Lang) -> Table {
        let rows = self.rows();
        let rows = ranking::by_model(rows);
        let total = total(&rows);
        let columns = sum_columns(words::HEAD_MODEL, &total, lang);
        let mut table = Table::new(columns, self.no_days());
        for (model, used) in &rows {
            let cells = sum_cells((*model).to_owned(), used, &total);
            table.push(Target::Model((*model).to_owned()), GridRow::new(cells));
        }
        table
    }

    fn providers(&self, lang: Lang) -> Table {
        let rows = ranking::by_provider(self.rows());
        let total = total(&rows);
        let columns = sum_columns(words::HEAD_PROVIDER, &total, lang);
        let mut table = Table::new(columns, self.no_days());
        for (provider, used) in &rows {
            let name = provider.unwrap_or(words::UNKNOWN_PROVIDER.say(lang));
            let cells = sum_cells(name.to_owned(), used, &total);
            let target = Target::Provider(Host(provider.map(str::to_owned)));
            table.push(target, GridRow::new(cells));
        }
        table
    }

    fn requests_table(&self, lang: Lang) -> Table {
        // The model gives way: how a request ended is to stand at 80 columns, not by a colour alone.
        let mut columns = vec![
            Column::words(words::HEAD_MODEL.say(lang), 1),
            Column::words(words::HEAD_TIME.say(lang), 1),
            Column::number(words::HEAD_COST.say(lang), 1),
            Column::words(words::HEAD_OUTCOME.say(lang), 1),
            Column::number(words::HEAD_IN.say(lang), 3),
            Column::number(words::HEAD_OUT.say(lang), 3),
            Column::words(words::HEAD_PROVIDER.say(lang), 4),
            Column::words(words::HEAD_REASON.say(lang), 5),
            Column::words(words::HEAD_PURPOSE.say(lang), 6),
        ];
        let found = match &self.requests.found {
            Some(Ok(found)) => found.as_slice(),
            Some(Err(trouble)) => return Table::nothing(nothing::of_ledger_trouble(trouble)),
            None => return Table::nothing(words::LOADING),
        };
        // Where nothing failed there is no column for why.
        if found.iter().all(|it| reason(&it.ending.outcome).is_none()) {
            columns[REASON].head.clear();
        }
        let mut table = Table::new(columns, words::NO_REQUESTS);
        for (number, request) in found.iter().enumerate() {
            let row = request_row(request, lang);
            table.push(Target::Request(number), row);
        }
        table
    }

    fn remarks(&self, lang: Lang) -> Table {
        let review = self
            .told
            .as_ref()
            .and_then(|told| told.outlook.review.as_ref());
        let Some(review) = review else {
            return Table::nothing(words::NO_REVIEW);
        };
        let nothing = if self.lacks_list() {
            words::NO_LIST
        } else {
            words::NO_REMARKS
        };
        // A short name, and the sentence.
        let columns = vec![Column::words("", 1), Column::words("", 1)];
        let mut table = Table::new(columns, nothing);
        for (number, remark) in review.remarks.iter().enumerate() {
            let cells = vec![self.remark_name(remark, lang), remark.said.say(lang)];
            table.push(Target::Remark(number), GridRow::new(cells));
        }
        table
    }

    /// What is paid cannot be held against prices.
    pub(super) fn lacks_list(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.models.is_none())
    }

    fn remark_name(&self, remark: &Remark, lang: Lang) -> String {
        const INSTEAD: Phrase = Phrase::new("{} a month less: use {}", "每月少 {}：改用 {}");
        const DEAR: Phrase = Phrase::new("{}: {} a month", "{}：每月 {}");
        const CACHE: Phrase = Phrase::new("Cache", "缓存");
        const REASONING: Phrase = Phrase::new("Reasoning", "推理");
        let key = remark.key.as_deref().and_then(|key| self.key_name(key));
        let dear = remark.model.as_ref().map(ToString::to_string).or(key);
        match (&remark.instead, dear, &remark.monthly) {
            (Some(instead), _, Some(monthly)) => INSTEAD.fill(lang, &[monthly, instead]),
            (None, Some(name), Some(monthly)) => DEAR.fill(lang, &[&name, monthly]),
            _ if remark.id == "cached" => CACHE.say(lang).to_owned(),
            _ => REASONING.say(lang).to_owned(),
        }
    }

    /// The days' costs as bars, where there is no room for a chart.
    pub(super) fn with_bars(&self, mut table: Table) -> Table {
        let days = ranking::by_day(self.rows());
        let costs = days.iter().map(|(day, used)| (*day, used.cost));
        let costs: Vec<(Date, Usd)> = self.sum_on_show().into_iter().chain(costs).collect();
        let most = costs.iter().map(|(_, cost)| *cost).max();
        let most = most.unwrap_or_default();
        if costs.len() < 2 || most.is_zero() {
            return table;
        }
        table.grid.columns.insert(2, Column::words("", 2));
        for (row, target) in table.grid.rows.iter_mut().zip(&table.targets) {
            let day = costs.iter().find(|(day, _)| *target == Target::Day(*day));
            let share = day.and_then(|(_, cost)| cost.over(most));
            row.cells.insert(2, bar_cells(share.unwrap_or_default()));
        }
        table
    }
}

/// A bar for a share of the dearest day; any share at all shows.
fn bar_cells(share: Decimal) -> String {
    const CELLS: u64 = 12;
    let cells = (share * Decimal::from(CELLS)).ceil().to_usize();
    "█".repeat(cells.unwrap_or_default())
}

/// The number of the column that says why a request failed.
const REASON: usize = 7;

/// One request in a row.
fn request_row(request: &Recorded, lang: Lang) -> GridRow {
    let ending = &request.ending;
    let count = |count: Option<u64>| count.map_or_else(String::new, grouped);
    let model = ending.model.as_deref().unwrap_or(&request.begun.model);
    GridRow {
        tone: match ending.outcome {
            Outcome::Failed(_) => Tone::Warn,
            _ => Tone::Plain,
        },
        cells: vec![
            model.to_owned(),
            request.begun.at.strftime("%m-%d %H:%M:%S").to_string(),
            ending
                .cost
                .map_or_else(String::new, |cost| cost.to_string()),
            outcome_word(&ending.outcome).say(lang).to_owned(),
            count(ending.prompt_tokens),
            count(ending.completion_tokens),
            ending
                .provider
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            reason(&ending.outcome).unwrap_or_default().to_owned(),
            request.begun.purpose.name().to_owned(),
        ],
    }
}

fn total<K>(rows: &[(K, Used)]) -> Used {
    rows.iter().map(|(_, used)| *used).sum()
}

fn sum_columns(name: Phrase, total: &Used, lang: Lang) -> Vec<Column> {
    let mut columns = vec![
        Column::words(name.say(lang), 1),
        Column::number(words::HEAD_COST.say(lang), 1),
        Column::number(words::HEAD_SHARE.say(lang), 2),
        Column::number(words::HEAD_REQUESTS.say(lang), 2),
        Column::number(words::HEAD_IN.say(lang), 3),
        Column::number(words::HEAD_OUT.say(lang), 3),
        Column::number(words::HEAD_BLENDED.say(lang), 4),
    ];
    if !total.byok_cost.is_zero() {
        columns.push(Column::number(words::HEAD_BYOK.say(lang), 2));
    }
    columns
}

fn sum_cells(name: String, used: &Used, total: &Used) -> Vec<String> {
    let tokens = used.prompt_tokens.saturating_add(used.completion_tokens);
    let blended = used.cost.times(1_000_000).shared(tokens);
    let mut cells = vec![
        name,
        used.cost.to_string(),
        percent(used.cost, total.cost),
        grouped(used.requests),
        compact(used.prompt_tokens),
        compact(used.completion_tokens),
        blended.map_or_else(String::new, |price| price.to_string()),
    ];
    if !total.byok_cost.is_zero() {
        cells.push(used.byok_cost.to_string());
    }
    cells
}

/// A share in whole percent; nothing where there is nothing to share. What is something is not told as none.
fn percent(part: Usd, whole: Usd) -> String {
    let share = part.over(whole).map(|share| share * Decimal::ONE_HUNDRED);
    match share.map(|share| (share, share.round())) {
        None => String::new(),
        Some((share, whole)) if whole.is_zero() && !share.is_zero() => "<1 %".to_owned(),
        Some((_, whole)) => format!("{whole} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_share_is_not_none() {
        let percent = |cents| percent(Usd::from_cents(cents), Usd::from_cents(10_000));
        assert_eq!(
            [0, 1, 49, 51, 10_000].map(percent),
            ["0 %", "<1 %", "<1 %", "1 %", "100 %"]
        );
        assert_eq!(super::percent(Usd::ZERO, Usd::ZERO), "");
    }
}
