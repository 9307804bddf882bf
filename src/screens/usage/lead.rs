//! Where a row leads: one level deeper, to one thing whole, or to another model.

use super::place::{Narrowed, Source, View};
use super::prices;
use super::request;
use super::state::Usage;
use super::tables::{Table, Target};
use crate::flow::note::Note;
use crate::flow::{Fact, Facts, Intent, Notice, Step};
use crate::screens::model_rows;
use crate::text::Lang;

/// What there is behind a row.
#[derive(Debug)]
pub(super) enum Lead {
    /// Another table, or the same one narrowed.
    Into(View, Narrowed),
    /// Something to read.
    Read(Box<Note>),
    /// A model to use from now on.
    Take(String),
}

impl Usage {
    /// How many rows there are to choose from.
    pub(super) fn count(&self) -> usize {
        self.looked_at(|table| table.targets.len())
    }

    /// Where the chosen row leads; `None` where there is nothing more to it.
    pub(super) fn leads(&self, facts: &Facts) -> Option<Lead> {
        let target = self.looked_at(|table| table.targets.get(self.chosen_of(table)).cloned());
        self.lead_of(target?, facts)
    }

    /// Follows a row.
    pub(super) fn open_row(&mut self, row: usize, facts: &Facts) -> Step {
        let target = self.looked_at(|table| table.targets.get(row).cloned());
        let Some(target) = target else {
            return Step::idle();
        };
        self.place.chosen = row;
        match self.lead_of(target.clone(), facts) {
            Some(Lead::Into(view, narrowed)) => {
                if narrowed.key.is_some() && matches!(target, Target::Key(_) | Target::Remark(_)) {
                    // The ledger does not tell keys apart.
                    self.source = Some(Source::Account);
                }
                self.open(view, narrowed);
                self.ask_ledger(facts)
            }
            Some(Lead::Read(note)) => Step::intent(Intent::ShowNote(*note)),
            Some(Lead::Take(model)) => {
                let said = model_rows::taken(&model, facts);
                Step::intent(Intent::Adopt(Fact::Model(model)))
                    .and_intent(Intent::Tell(Notice::news(said)))
            }
            // A click chooses the row all the same.
            None => Step::changed(),
        }
    }

    /// Asks something of the table on show; the long one of prices is not made anew for it.
    fn looked_at<T>(&self, ask: impl FnOnce(&Table) -> T) -> T {
        match self.priced_now() {
            Some(priced) => ask(&priced.table),
            None => ask(&self.table_in(Lang::En, None)),
        }
    }

    fn lead_of(&self, target: Target, facts: &Facts) -> Option<Lead> {
        let mut narrowed = self.place.narrowed.clone();
        Some(match target {
            Target::Day(day) => {
                narrowed.day = Some(day);
                let view = match narrowed.model {
                    Some(_) => View::Requests,
                    None => View::Models,
                };
                Lead::Into(view, narrowed)
            }
            Target::Model(model) => {
                narrowed.model = Some(model);
                let view = match narrowed.day {
                    Some(_) => View::Requests,
                    None => View::Days,
                };
                Lead::Into(view, narrowed)
            }
            Target::Provider(provider) => {
                narrowed.provider = Some(provider);
                Lead::Into(View::Models, narrowed)
            }
            Target::Key(hash) => {
                narrowed.key = Some(hash);
                Lead::Into(View::Models, narrowed)
            }
            Target::Request(number) => {
                let found = self.requests.found.as_ref()?.as_ref().ok()?;
                Lead::Read(Box::new(request::note(found.get(number)?)))
            }
            Target::Remark(number) => return self.lead_of_remark(number, facts),
            Target::Price(model) => Lead::Read(Box::new(prices::note(self, &model, facts)?)),
        })
    }

    /// To the key or the model that a remark is about, or "use this model instead", where it names one.
    fn lead_of_remark(&self, number: usize, facts: &Facts) -> Option<Lead> {
        let review = self.told.as_ref()?.outlook.review.as_ref()?;
        let remark = review.remarks.get(number)?;
        if let Some(key) = remark.key.clone() {
            let narrowed = Narrowed {
                key: Some(key),
                ..Narrowed::default()
            };
            return Some(Lead::Into(View::Models, narrowed));
        }
        if let Some(model) = remark.instead.clone() {
            // It is used already.
            return (model != facts.model).then_some(Lead::Take(model));
        }
        let narrowed = Narrowed {
            model: Some(remark.model.as_ref()?.to_string()),
            ..Narrowed::default()
        };
        Some(Lead::Into(View::Days, narrowed))
    }
}
