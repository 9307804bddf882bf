//! Which program reads which key: every place where one stands, and what each kind of program takes.
//!
//! Looked up anew each time the page is opened, for a file may have been written since.

use super::words;
use crate::domain::key_table::{KeyTable, Winner};
use crate::domain::sighting::short_path;
use crate::flow::{Effect, Facts, Reply, Step, Ticket};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::steps::{Answer, Go};
use crate::ui::page::{Block, Page, TableRow};
use crate::ui::theme::Tone;

/// The page; what stood there before waits behind it.
#[derive(Debug)]
pub(super) struct Winners {
    ticket: Ticket,
    /// What was found; `None` while it is looked up.
    table: Option<Box<KeyTable>>,
}

impl Winners {
    /// Opens the page.
    pub(super) fn look_up(shared: &mut Shared) -> (Self, Answer) {
        let ticket = shared.tickets.take();
        let page = Self {
            ticket,
            table: None,
        };
        let asked = Step::effect(Effect::FindWinners { ticket });
        (page, Answer::from(asked).and_go(Go::Turn))
    }

    pub(super) fn receive(&mut self, reply: &Reply) -> Answer {
        match reply {
            Reply::WinnersFound { ticket, table } if *ticket == self.ticket => {
                self.table = Some(table.clone());
                Answer::go(Go::Turn)
            }
            _ => Answer::idle(),
        }
    }

    /// Puts it on the page; `is_pending` where a change waits that is not written yet.
    pub(super) fn write(&self, page: &mut Page<'_>, is_pending: bool, facts: &Facts) {
        let lang = facts.lang;
        let Some(table) = &self.table else {
            page_parts::working(page, words::LOOKING_UP.say(lang));
            return;
        };
        page.opens_at_top = true;
        if is_pending {
            page.tell(Tone::Quiet, words::NOT_YET.say(lang));
        }
        if facts.is_sandbox {
            page.tell(Tone::Quiet, words::FILES_ONLY.say(lang));
        }
        page.gap();
        write_places(page, table, facts);
        page.gap();
        write_programs(page, &table.winners, facts);
        page.gap();
        page.choice(words::BACK.say(lang), "");
    }
}

/// Every place, under the variable that stands there; and what could not be looked at.
fn write_places(page: &mut Page<'_>, table: &KeyTable, facts: &Facts) {
    let lang = facts.lang;
    page.tell(Tone::Strong, KeyTable::PLACES.say(lang));
    if table.standing.is_empty() {
        page.say(format!("  {}", KeyTable::NOWHERE.say(lang)));
    }
    for name in names(table.standing.iter().map(|standing| standing.name)) {
        page.say(name);
        let here = table.standing.iter().filter(|it| it.name == name);
        let rows = here.map(|standing| TableRow {
            tone: Tone::Plain,
            cells: vec![
                standing.place.said(&facts.folder).say(lang),
                standing.shown.to_string(),
            ],
        });
        page.push(Block::Table(rows.collect()));
    }
    for unread in &table.unread {
        let path = short_path(&unread.path, &facts.folder);
        page.tell(Tone::Warn, format!("! {path}  {}", unread.why.say(lang)));
    }
}

/// What each program reads, variable by variable: the key first, which every program is told for. Another
/// variable that all of them read alike takes one line.
fn write_programs(page: &mut Page<'_>, winners: &[Winner], facts: &Facts) {
    let lang = facts.lang;
    page.tell(Tone::Strong, KeyTable::PROGRAMS.say(lang));
    let of = |name: &'static str| winners.iter().filter(move |winner| winner.name == name);
    let names = names(winners.iter().map(|winner| winner.name));
    let programs = names.first().map_or(0, |key| of(key).count());
    for (at, name) in names.into_iter().enumerate() {
        page.say(name);
        let of_name: Vec<&Winner> = of(name).collect();
        let is_read_by_all = of_name.len() == programs;
        let rows = match alike(&of_name).filter(|_| at > 0 && is_read_by_all) {
            Some(any) => vec![TableRow {
                tone: Tone::Plain,
                cells: vec![format!("  {}", words::EACH.say(lang)), source(any, facts)],
            }],
            None => of_name.iter().map(|winner| row(winner, facts)).collect(),
        };
        page.push(Block::Table(rows));
    }
}

/// Any of them, where all read the same.
fn alike<'a>(winners: &[&'a Winner]) -> Option<&'a Winner> {
    let (first, others) = winners.split_first()?;
    let mut others = others.iter();
    let is_alike = others.all(|other| other.standing == first.standing);
    is_alike.then_some(first)
}

/// A program and where it finds the variable. What the project shows no signs of is of less interest.
fn row(winner: &Winner, facts: &Facts) -> TableRow {
    let tone = match (winner.is_used, &winner.standing) {
        (true, Some(_)) => Tone::Plain,
        (true, None) => Tone::Warn,
        (false, _) => Tone::Quiet,
    };
    TableRow {
        tone,
        cells: vec![winner.marked_title(), source(winner, facts)],
    }
}

fn source(winner: &Winner, facts: &Facts) -> String {
    winner.source(&facts.folder).say(facts.lang)
}

/// The names in the order of their first mention.
fn names(all: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in all {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
