//! What the Models screen remembers.

use std::collections::HashMap;
use std::sync::Arc;

use super::filters::Filters;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::model_card::{self, ModelCard, base_id};
use crate::flow::models::ModelShown;
use crate::flow::step::Tickets;
use crate::flow::{Facts, Ticket};
use crate::screens::model_rows::{List, Names};
use crate::ui::editor::Field;

/// All models: found, compared, looked at, taken.
#[derive(Debug)]
pub struct Models {
    pub(super) tickets: Tickets,
    /// The list as it is on show, and the names its models are found by.
    pub(super) stock: Option<Stock>,
    pub(super) filters: Filters,
    /// What is looked for, while it is.
    pub(super) search: Option<Field>,
    /// What is typed goes into the search.
    pub(super) is_searching: bool,
    /// The places in the list of what is shown, in their order.
    pub(super) found: Vec<usize>,
    /// The row that is chosen.
    pub(super) chosen: usize,
    /// The server is being asked for its list.
    pub(super) is_listing: bool,
    /// Why there is no younger list.
    pub(super) trouble: Option<Box<Diagnosis>>,
    /// The model that is looked at.
    pub(super) open: Option<Open>,
    /// What the server told of models in this run.
    pub(super) told: HashMap<String, ModelShown>,
}

/// A list and its names.
#[derive(Debug)]
pub(super) struct Stock {
    pub(super) list: List,
    pub(super) names: Names,
}

/// A model that is looked at.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) id: String,
    /// The question to the server, while it is under way.
    pub(super) asked: Option<Ticket>,
    /// Why it told nothing, or nothing younger.
    pub(super) trouble: Option<Box<Diagnosis>>,
    /// Rows down.
    pub(super) scroll: u16,
    /// The most rows down that show anything.
    pub(super) most: u16,
}

impl Open {
    /// A model, from its top.
    pub(super) fn of(id: String, asked: Option<Ticket>) -> Self {
        Self {
            id,
            asked,
            trouble: None,
            scroll: 0,
            most: 0,
        }
    }
}

impl Default for Models {
    fn default() -> Self {
        Self {
            tickets: Tickets::starting_at(3_000_000),
            stock: None,
            filters: Filters::default(),
            search: None,
            is_searching: false,
            found: Vec::new(),
            chosen: 0,
            is_listing: false,
            trouble: None,
            open: None,
            told: HashMap::new(),
        }
    }
}

impl Models {
    /// What the search looks for.
    pub(super) fn sought(&self) -> &str {
        self.search.as_ref().map_or("", Field::text).trim()
    }

    /// The models of the list.
    pub(super) fn cards(&self) -> &[ModelCard] {
        self.stock.as_ref().map_or(&[], |stock| &stock.list.value)
    }

    /// The model of a row.
    pub(super) fn card_at(&self, row: usize) -> Option<&ModelCard> {
        self.cards().get(*self.found.get(row)?)
    }

    /// The id that a key is about: of the model that is looked at, else of the chosen row.
    pub(super) fn meant(&self) -> Option<String> {
        if let Some(open) = &self.open {
            return Some(open.id.clone());
        }
        let card = self.card_at(self.chosen)?;
        Some(format!("{}{}", card.id, self.suffix()))
    }

    /// What is looked for is to be asked with this behind its id.
    pub(super) fn suffix(&self) -> &str {
        model_card::sought(self.sought()).1
    }

    /// Takes the list over that everybody shares, where it is another one; the chosen model stays chosen.
    pub(super) fn take_list(&mut self, facts: &Facts) {
        let Some(list) = &facts.models else {
            self.stock = None;
            self.found.clear();
            return;
        };
        let is_same = |stock: &Stock| Arc::ptr_eq(&stock.list, list);
        if self.stock.as_ref().is_some_and(is_same) {
            return;
        }
        let chosen = self.card_at(self.chosen).map(|card| card.id.clone());
        self.stock = Some(Stock {
            names: Names::of(&list.value),
            list: list.clone(),
        });
        self.find(facts);
        let mut rows = self.found.iter();
        let same = chosen.and_then(|id| rows.position(|&place| list.value[place].id == id));
        self.chosen = same.unwrap_or(0);
    }

    /// Finds anew what is to be shown.
    pub(super) fn find(&mut self, facts: &Facts) {
        let query = self.sought().to_owned();
        let Some(Stock { list, names }) = &mut self.stock else {
            return;
        };
        let own = &facts.own_models;
        let mut found = names.found(&query, &list.value, own);
        if query.is_empty() {
            // What is in use stands above all.
            let in_use = base_id(&facts.model);
            found.sort_by_key(|&place| list.value[place].id.as_str() != in_use);
        }
        found.retain(|&place| self.filters.holds(&list.value[place], own));
        self.filters.order.sort(&mut found, &list.value);
        self.found = found;
        self.chosen = 0;
    }
}
