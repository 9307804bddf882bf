//! What may be meant by what is typed: commands behind `/`, files behind `@`.

mod files;

use ratatui::layout::Rect;

pub(super) use files::Mentions;

use super::keys::BINDINGS;
use super::state::Chat;
use crate::controls::fuzzy::Matcher;
use crate::controls::mention;
use crate::flow::{Facts, Step};
use crate::keymap::{Chord, Key};
use crate::text::Lang;
use crate::ui::Canvas;
use crate::ui::grid::{Column, Grid, GridRow};

/// At most so many are offered at once.
const MOST: usize = 8;

/// What may be meant.
#[derive(Debug, Default)]
pub(super) struct Completion {
    /// Characters before the caret that it stands for.
    typed: usize,
    candidates: Vec<Candidate>,
    chosen: usize,
    /// Files are offered: Enter takes one.
    is_of_files: bool,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// What is put in.
    pub(super) text: String,
    /// What it is.
    pub(super) note: String,
}

impl Completion {
    /// The first of these for so many characters before the caret; `None` where there are none.
    pub(super) fn of(typed: usize, candidates: impl Iterator<Item = Candidate>) -> Option<Self> {
        let candidates: Vec<Candidate> = candidates.take(MOST).collect();
        (!candidates.is_empty()).then_some(Self {
            typed,
            candidates,
            chosen: 0,
            is_of_files: false,
        })
    }
}

impl Chat {
    /// Another text stands in the editor, its caret at the end.
    pub(super) fn set_prompt(&mut self, text: &str) {
        self.prompt.set(text);
        self.offer_nothing();
    }

    /// What stands in the editor is taken out of it, to be asked or done.
    pub(super) fn take_prompt(&mut self) {
        self.prompt.take();
        self.offer_nothing();
    }

    /// What was offered belongs to a text that is there no more.
    pub(super) fn offer_nothing(&mut self) {
        self.completion = None;
        self.mentions.end();
    }

    /// Something was typed: what may be meant by it now?
    pub(super) fn typed(&mut self, facts: &Facts) -> Step {
        let before = self.prompt.before_caret();
        if let Some(typed) = mention::being_typed(&before) {
            return self.offer_files(typed, facts.lang);
        }
        self.mentions.end();
        let matcher = self.matcher.get_or_insert_default();
        self.completion = commands(&before, matcher, facts.lang)
            .or_else(|| self.templates.names(&before, matcher, facts.lang));
        Step::changed()
    }

    /// A key while something is offered; `None`: not for it.
    pub(super) fn press_completion(&mut self, chord: Chord, facts: &Facts) -> Option<Step> {
        let completion = self.completion.as_mut()?;
        let last = completion.candidates.len().saturating_sub(1);
        match chord.key {
            Key::Up => completion.chosen = completion.chosen.saturating_sub(1),
            Key::Down => completion.chosen = (completion.chosen + 1).min(last),
            Key::Esc => {
                self.completion = None;
                self.mentions.put_away();
            }
            Key::Tab => return Some(self.complete(facts)),
            Key::Enter if chord == Chord::plain(Key::Enter) && completion.offers_more() => {
                return Some(self.complete(facts));
            }
            _ => return None,
        }
        Some(Step::changed())
    }

    /// Puts the chosen one in.
    pub(super) fn complete(&mut self, facts: &Facts) -> Step {
        let Some(completion) = self.completion.take() else {
            return Step::idle();
        };
        let Some(candidate) = completion.candidates.get(completion.chosen) else {
            return Step::idle();
        };
        self.prompt.complete(completion.typed, &candidate.text);
        // What is in a folder is offered next.
        self.typed(facts)
    }
}

impl Completion {
    /// A file is offered that is not there yet, letter by letter: Enter takes it, else it sends.
    fn offers_more(&self) -> bool {
        let chosen = self.candidates.get(self.chosen);
        self.is_of_files
            && chosen.is_some_and(|it| it.text.trim_end().chars().count() != self.typed)
    }
}

/// The commands that a line may begin with.
fn commands(before: &str, matcher: &mut Matcher, lang: Lang) -> Option<Completion> {
    let typed = before.strip_prefix('/')?;
    if typed.contains(char::is_whitespace) || typed.starts_with('/') {
        return None;
    }
    let rows: Vec<_> = BINDINGS
        .iter()
        .filter(|row| !matches!(row.name, "send" | "newline" | "stop"))
        .collect();
    let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
    let found = matcher.rank(typed, &names).into_iter();
    let candidates = found.map(|at| Candidate {
        text: format!("/{} ", rows[at].name),
        note: rows[at].words.say(lang).to_owned(),
    });
    Completion::of(typed.chars().count() + 1, candidates)
}

/// Draws what is offered just above the editor.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, completion: &Completion, above: Rect) {
    let rows = completion.candidates.iter().map(|candidate| {
        GridRow::new(vec![
            candidate.text.trim().to_owned(),
            candidate.note.clone(),
        ])
    });
    let grid = Grid {
        columns: vec![Column::words("", 1), Column::words("", 1)],
        rows: rows.collect(),
        chosen: completion.chosen,
    };
    let height = u16::try_from(grid.rows.len())
        .unwrap_or(0)
        .min(above.height);
    let spot = Rect {
        y: above.bottom().saturating_sub(height),
        height,
        ..above
    };
    canvas.clear(spot);
    grid.draw(canvas, spot);
}
