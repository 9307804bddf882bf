//! What is asked before a key is made, renamed, limited or deleted: a few rows on one page.

use super::keys::{FORM_BINDINGS, FormAction};
use super::words;
use crate::domain::account::{Change, KeyChange, ManagedKey, NewKey};
use crate::domain::clean_text::CleanText;
use crate::domain::guardrail::Guardrail;
use crate::domain::money::Usd;
use crate::flow::keys::{Haven, KeyDeed, KeyPlan, KeyRing, Lodging};
use crate::insight::reset;
use crate::keymap::{self, Chord, Hint, hints};
use crate::text::{Lang, Phrase, Said};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// How often a limit begins anew, the usual one first. Source: `POST /keys`, `limit_reset`.
const RESETS: [Option<&str>; 4] = [Some("monthly"), Some("weekly"), Some("daily"), None];
/// After how many days a new key may expire.
const EXPIRIES: [Option<u32>; 4] = [None, Some(30), Some(90), Some(365)];
/// What a new key may spend unless the person says otherwise, USD a month.
const USUAL_LIMIT: &str = "10";
/// The row of the place where a new key goes.
const PLACE: usize = 4;
/// The longest piece of what was typed that a complaint repeats.
const MOST_SHOWN: usize = 24;

/// The page.
#[derive(Debug)]
pub(super) struct Form {
    purpose: Purpose,
    rows: Vec<Row>,
    /// The row that has the keyboard; behind the last one it is the choice that does it.
    at: usize,
    complaint: Option<Said>,
}

/// What it is for.
#[derive(Clone, Debug)]
enum Purpose {
    Create(Vec<Lodging>),
    Rename(Box<ManagedKey>),
    Limit(Box<ManagedKey>),
    Delete { key: Box<ManagedKey>, is_own: bool },
    Cap(Guardrail),
}

#[derive(Debug)]
struct Row {
    label: Phrase,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Typed(Box<Field>),
    Chosen { of: Vec<Said>, at: usize },
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is no key of a form.
    Unused,
    /// The page stays open.
    Stays,
    /// The page is closed, and nothing is to be done.
    Closed,
    /// It is to be done.
    Done(KeyDeed),
}

impl Form {
    /// A new key; it may go to these places.
    pub(super) fn create(lodgings: &[Lodging]) -> Self {
        let name = lodgings.first().map_or("", |it| it.name.as_str());
        let expiries = EXPIRIES.map(|days| match days {
            None => words::NEVER_ENDS.into(),
            Some(days) => Said::new(words::IN_DAYS, &[&days]),
        });
        let named = lodgings.iter().map(|it| it.said.clone());
        let places = named.chain([words::OTHER_FILE.into()]).collect();
        Self::of(
            Purpose::Create(lodgings.to_vec()),
            vec![
                typed(words::NAME_ROW, name),
                typed(words::LIMIT_ROW, USUAL_LIMIT),
                chosen(words::RESET_ROW, resets(), 0),
                chosen(words::EXPIRY_ROW, expiries.into(), 0),
                chosen(words::PLACE_ROW, places, 0),
            ],
        )
    }

    /// Another name.
    pub(super) fn rename(key: ManagedKey) -> Self {
        let rows = vec![typed(words::NAME_ROW, &key.name)];
        Self::of(Purpose::Rename(Box::new(key)), rows)
    }

    /// Another limit.
    pub(super) fn limit(key: ManagedKey) -> Self {
        let rows = limit_rows(key.limit, key.limit_reset.as_deref());
        Self::of(Purpose::Limit(Box::new(key)), rows)
    }

    /// Another cap for every key.
    pub(super) fn cap(guardrail: Guardrail) -> Self {
        let rows = limit_rows(guardrail.limit, guardrail.limit_reset.as_deref());
        Self::of(Purpose::Cap(guardrail), rows)
    }

    /// Whether it is to be deleted.
    pub(super) fn delete(key: ManagedKey, is_own: bool) -> Self {
        let purpose = Purpose::Delete {
            key: Box::new(key),
            is_own,
        };
        Self::of(purpose, vec![typed(words::TYPE_ROW, "")])
    }

    fn of(purpose: Purpose, rows: Vec<Row>) -> Self {
        Self {
            purpose,
            rows,
            at: 0,
            complaint: None,
        }
    }

    /// Whether letters are typed now.
    fn is_typing(&self) -> bool {
        matches!(
            self.rows.get(self.at),
            Some(Row {
                value: Value::Typed(_),
                ..
            })
        )
    }

    pub(super) fn press(&mut self, chord: Chord, ring: &KeyRing) -> Outcome {
        let last = self
            .rows
            .len()
            .saturating_sub(usize::from(self.has_one_row()));
        let action = keymap::action(FORM_BINDINGS, chord);
        // In a text these move the caret.
        let to_the_side = [FormAction::Left, FormAction::Right];
        let action = action.filter(|it| !self.is_typing() || !to_the_side.contains(it));
        match action {
            Some(FormAction::Close) => return Outcome::Closed,
            Some(FormAction::Next) if self.at == last => return self.submit(ring),
            Some(FormAction::Next | FormAction::Down) => self.at = (self.at + 1).min(last),
            Some(FormAction::Up) => self.at = self.at.saturating_sub(1),
            Some(FormAction::Left) => self.turn(false),
            Some(FormAction::Right) => self.turn(true),
            None => {
                let Some(Row {
                    value: Value::Typed(field),
                    ..
                }) = self.rows.get_mut(self.at)
                else {
                    return Outcome::Unused;
                };
                if !field.press(chord) {
                    return Outcome::Unused;
                }
                self.complaint = None;
            }
        }
        Outcome::Stays
    }

    /// What its keys do now.
    pub(super) fn hints(&self) -> Vec<Hint> {
        let to_the_side = ["value-before", "value-behind"];
        let is_turned = matches!(
            self.rows.get(self.at).map(|row| &row.value),
            Some(Value::Chosen { .. })
        );
        let all = hints(FORM_BINDINGS);
        all.filter(|hint| is_turned || !to_the_side.contains(&hint.name))
            .filter(|hint| !self.has_one_row() || !hint.name.starts_with("row-"))
            .collect()
    }

    /// The choice that does it was clicked.
    pub(super) fn click(&mut self, ring: &KeyRing) -> Outcome {
        self.at = self.rows.len();
        self.submit(ring)
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Some(Row {
            value: Value::Typed(field),
            ..
        }) = self.rows.get_mut(self.at)
        {
            field.paste(text.trim());
            self.complaint = None;
        }
    }

    fn has_one_row(&self) -> bool {
        self.rows.len() == 1
    }

    /// The next value of a row, or the one before.
    fn turn(&mut self, forward: bool) {
        let Some(Row {
            value: Value::Chosen { of, at },
            label,
        }) = self.rows.get_mut(self.at)
        else {
            return;
        };
        let step = if forward {
            1
        } else {
            of.len().saturating_sub(1)
        };
        let before = std::mem::replace(at, (*at + step) % of.len().max(1));
        let (is_place, after) = (*label == words::PLACE_ROW, *at);
        if is_place {
            self.follow_place(before, after);
        }
    }

    /// A name that nobody changed follows the place.
    fn follow_place(&mut self, before: usize, after: usize) {
        let Purpose::Create(lodgings) = &self.purpose else {
            return;
        };
        // A file that is none of those offered is named in a row of its own.
        self.rows.truncate(PLACE + 1);
        if after == lodgings.len() {
            self.rows.push(typed(words::PATH_ROW, ""));
        }
        let name = |at: usize| lodgings.get(at).map(|it| it.name.clone());
        if let (Some(before), Some(after)) = (name(before), name(after))
            && let Some(Row {
                value: Value::Typed(field),
                ..
            }) = self.rows.first_mut()
            && field.text() == before
        {
            field.set(&after);
        }
    }

    fn text(&self, row: usize) -> &str {
        match self.rows.get(row).map(|row| &row.value) {
            Some(Value::Typed(field)) => field.text().trim(),
            _ => "",
        }
    }

    fn choice(&self, row: usize) -> usize {
        match self.rows.get(row).map(|row| &row.value) {
            Some(Value::Chosen { at, .. }) => *at,
            _ => 0,
        }
    }

    fn submit(&mut self, ring: &KeyRing) -> Outcome {
        match self.deed(ring) {
            Ok(deed) => Outcome::Done(deed),
            Err(complaint) => {
                self.complaint = Some(complaint);
                Outcome::Stays
            }
        }
    }

    /// What is to be done.
    ///
    /// # Errors
    /// What was entered cannot be meant.
    fn deed(&self, ring: &KeyRing) -> Result<KeyDeed, Said> {
        Ok(match &self.purpose {
            Purpose::Create(lodgings) => {
                let name = self.name(ring, None)?;
                let limit = amount(self.text(1))?;
                let reset = RESETS.get(self.choice(2)).copied().flatten();
                KeyDeed::Create(Box::new(KeyPlan {
                    new: NewKey {
                        name,
                        limit,
                        limit_reset: reset.filter(|_| limit.is_some()).map(str::to_owned),
                        ..NewKey::default()
                    },
                    days: EXPIRIES.get(self.choice(3)).copied().flatten(),
                    haven: self.haven(lodgings)?,
                }))
            }
            Purpose::Rename(key) => {
                let change = KeyChange {
                    name: Some(self.name(ring, Some(key))?),
                    ..KeyChange::default()
                };
                KeyDeed::Change(key.clone(), change)
            }
            Purpose::Limit(key) => {
                let (limit, limit_reset) = self.limit_asked()?;
                let change = KeyChange {
                    limit,
                    limit_reset,
                    ..KeyChange::default()
                };
                KeyDeed::Change(key.clone(), change)
            }
            Purpose::Cap(guardrail) => {
                let (limit, reset) = self.limit_asked()?;
                KeyDeed::Cap(guardrail.clone(), limit, reset)
            }
            Purpose::Delete { key, .. } => {
                let called = called(key);
                if self.text(0) != called {
                    return Err(Said::new(words::OTHER_NAME, &[&called]));
                }
                KeyDeed::Delete(key.clone())
            }
        })
    }

    /// What stands in the rows of a limit.
    fn limit_asked(&self) -> Result<(Change<Usd>, Change<String>), Said> {
        let reset = RESETS.get(self.choice(1)).copied().flatten();
        let limit = amount(self.text(0))?;
        let reset = match reset.filter(|_| limit.is_some()) {
            Some(word) => Change::Set(word.to_owned()),
            None => Change::Clear,
        };
        Ok((limit.map_or(Change::Clear, Change::Set), reset))
    }

    /// Where a new key is to go.
    fn haven(&self, lodgings: &[Lodging]) -> Result<Haven, Said> {
        match (lodgings.get(self.choice(PLACE)), self.text(PLACE + 1)) {
            (Some(lodging), _) => Ok(lodging.haven.clone()),
            (None, "") => Err(words::NO_PATH.into()),
            (None, path) => Ok(Haven::Env(path.into())),
        }
    }

    /// The name in the first row, which no other key has.
    fn name(&self, ring: &KeyRing, of: Option<&ManagedKey>) -> Result<String, Said> {
        let name = self.text(0);
        if name.is_empty() {
            return Err(words::NO_NAME.into());
        }
        let is_others =
            |key: &ManagedKey| *key.name == *name && of.is_none_or(|of| of.hash != key.hash);
        if ring.keys.iter().any(is_others) {
            return Err(Said::new(words::IS_THERE, &[&CleanText::line(name)]));
        }
        Ok(name.to_owned())
    }

    /// What it asks.
    pub(super) fn page(&self, lang: Lang) -> Page<'_> {
        let title = match &self.purpose {
            Purpose::Create(_) => words::NEW_TITLE.into(),
            Purpose::Rename(key) => Said::new(words::RENAME_TITLE, &[&called(key)]),
            Purpose::Limit(key) => Said::new(words::LIMIT_TITLE, &[&called(key)]),
            Purpose::Delete { key, .. } => Said::new(words::DELETE_TITLE, &[&called(key)]),
            Purpose::Cap(_) => words::CAP_TITLE.into(),
        };
        let mut page = Page::new(title.say(lang));
        if let Purpose::Delete { is_own, .. } = &self.purpose {
            page.tell(Tone::Warn, words::FOR_GOOD.say(lang));
            if *is_own {
                page.tell(Tone::Warn, words::IN_USE.say(lang));
            }
            page.gap();
        }
        if let Purpose::Cap(_) = &self.purpose {
            page.say(words::CAP_SAID.say(lang));
            page.gap();
        }
        for (number, row) in self.rows.iter().enumerate() {
            let has_focus = number == self.at;
            let label = row.label.say(lang);
            match &row.value {
                Value::Typed(field) => page.push(Block::Field {
                    label: label.into(),
                    field,
                    has_focus,
                }),
                Value::Chosen { of, at } => {
                    let value = of.get(*at).map_or(String::new(), |it| it.say(lang));
                    page.tell(Tone::Strong, label);
                    let (tone, words) = if has_focus {
                        let turn = words::TURN.say(lang);
                        (Tone::Accent, format!("‹ {value} ›   {turn}"))
                    } else {
                        (Tone::Plain, format!("  {value}"))
                    };
                    page.tell(tone, words);
                }
            }
        }
        if let Some(complaint) = &self.complaint {
            page.gap();
            page.tell(Tone::Warn, format!("! {}", complaint.say(lang)));
        }
        if !self.has_one_row() {
            page.gap();
            let words = match &self.purpose {
                Purpose::Create(_) => words::MAKE,
                _ => words::SET,
            };
            page.choice(words.say(lang), "");
        }
        page.chosen = usize::from(self.at < self.rows.len());
        page
    }
}

/// What a key is called where it has to be named; one without a name by its label.
pub(super) fn called(key: &ManagedKey) -> &str {
    match key.name.trim() {
        "" => key.label.trim(),
        name => name,
    }
}

/// An amount above nothing; `None` where nothing was typed.
fn amount(text: &str) -> Result<Option<Usd>, Said> {
    if text.is_empty() {
        return Ok(None);
    }
    let amount = Usd::typed(text).filter(|amount| !amount.is_zero());
    amount.map(Some).ok_or_else(|| {
        Said::new(
            words::NO_AMOUNT,
            &[&CleanText::line(text).shortened(MOST_SHOWN)],
        )
    })
}

/// A limit as it is, to be changed.
fn limit_rows(limit: Option<Usd>, word: Option<&str>) -> Vec<Row> {
    let amount = limit.map_or(String::new(), |limit| {
        limit.to_string().replace(['$', ','], "")
    });
    let at = match limit {
        Some(_) => RESETS.iter().position(|it| *it == word).unwrap_or(0),
        None => 0,
    };
    vec![
        typed(words::LIMIT_ROW, &amount),
        chosen(words::RESET_ROW, resets(), at),
    ]
}

fn typed(label: Phrase, text: &str) -> Row {
    let mut field = Field::open();
    field.set(text);
    Row {
        label,
        value: Value::Typed(Box::new(field)),
    }
}

fn chosen(label: Phrase, of: Vec<Said>, at: usize) -> Row {
    Row {
        label,
        value: Value::Chosen { of, at },
    }
}

fn resets() -> Vec<Said> {
    let said = |word: Option<&str>| match word {
        Some(word) => reset::said(word),
        None => words::NEVER.into(),
    };
    RESETS.into_iter().map(said).collect()
}
