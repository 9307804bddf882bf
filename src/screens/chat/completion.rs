//! What may be meant by what is typed: commands behind `/`, files behind `@`.

mod files;

use ratatui::layout::Rect;

pub(super) use files::Mentions;

use super::keys;
use super::state::Chat;
use crate::controls::fuzzy::Matcher;
use crate::controls::mention;
use crate::flow::{Facts, Step};
use crate::keymap::{self, Binding, Chord, Hint, Key, hints};
use crate::text::{Lang, Phrase};
use crate::ui::Canvas;
use crate::ui::grid::{Column, Grid, GridRow};
use crate::ui::theme::Tone;

/// So many are seen at once.
const ROWS: usize = 8;
/// So many files are offered: of ten thousand not all are put in order.
const MOST_FILES: usize = 60;

const MORE: Phrase = Phrase::new(
    "  … {} more: ↓, or type on",
    "  … 另有 {} 项：按 ↓ 或继续输入",
);

/// What a key does while something is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Put the chosen one in.
    Complete,
    /// The same, where Enter does not send what is typed as it stands.
    Take,
    /// Offer nothing.
    Close,
    /// The row above.
    Up,
    /// The row below.
    Down,
}

/// The table while something is offered.
pub(super) const BINDINGS: &[Binding<Deed>] = &[
    Binding::new(
        "complete",
        &[Chord::plain(Key::Tab)],
        Deed::Complete,
        Phrase::new("complete", "补全"),
        1,
    ),
    Binding::new(
        "take-offered",
        &[Chord::plain(Key::Enter)],
        Deed::Take,
        Phrase::new("take", "选用"),
        1,
    ),
    Binding::new(
        "offered-down",
        &[Chord::plain(Key::Down)],
        Deed::Down,
        Phrase::new("next", "下一项"),
        2,
    ),
    Binding::new(
        "offered-up",
        &[Chord::plain(Key::Up)],
        Deed::Up,
        Phrase::new("previous", "上一项"),
        3,
    ),
    Binding::new(
        "close-offered",
        &[Chord::plain(Key::Esc)],
        Deed::Close,
        Phrase::new("close the list", "关闭列表"),
        1,
    ),
];

/// What may be meant.
#[derive(Debug, Default)]
pub(super) struct Completion {
    /// Characters before the caret that it stands for.
    typed: usize,
    candidates: Vec<Candidate>,
    chosen: usize,
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
    /// These for so many characters before the caret; `None` where there are none.
    pub(super) fn of(typed: usize, candidates: impl Iterator<Item = Candidate>) -> Option<Self> {
        let candidates: Vec<Candidate> = candidates.collect();
        (!candidates.is_empty()).then_some(Self {
            typed,
            candidates,
            chosen: 0,
        })
    }

    /// What is offered stands there already, letter by letter: Enter sends it.
    fn is_typed(&self) -> bool {
        let chosen = self.candidates.get(self.chosen);
        chosen.is_some_and(|it| it.text.trim_end().chars().count() == self.typed)
    }

    /// What the keys do now, for the last line.
    pub(super) fn hints(&self) -> impl Iterator<Item = Hint> {
        let has_take = !self.is_typed();
        hints(BINDINGS).filter(move |hint| hint.name != "take-offered" || has_take)
    }

    /// Enter is not for what is offered.
    pub(super) fn lets_enter_through(&self) -> bool {
        self.is_typed()
    }
}

impl Chat {
    /// Another text stands in the editor, its caret at the end.
    pub(super) fn set_prompt(&mut self, text: &str) {
        self.prompt.set(text);
        self.addressed = None;
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
        if self.prompt.is_empty() {
            self.addressed = None;
        }
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
        match keymap::action(BINDINGS, chord)? {
            Deed::Up => completion.chosen = completion.chosen.saturating_sub(1),
            Deed::Down => completion.chosen = (completion.chosen + 1).min(last),
            Deed::Close => {
                self.completion = None;
                self.mentions.put_away();
            }
            Deed::Take if completion.is_typed() => return None,
            Deed::Take | Deed::Complete => return Some(self.complete(facts)),
        }
        Some(Step::changed())
    }

    /// What is offered in this row was clicked.
    pub(super) fn take_offered(&mut self, row: usize, facts: &Facts) -> Step {
        match &mut self.completion {
            Some(completion) => completion.chosen = row,
            None => return Step::idle(),
        }
        self.complete(facts)
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

/// The commands that a line may begin with.
fn commands(before: &str, matcher: &mut Matcher, lang: Lang) -> Option<Completion> {
    let typed = before.strip_prefix('/')?;
    if typed.contains(char::is_whitespace) || typed.starts_with('/') {
        return None;
    }
    let rows: Vec<_> = keys::BINDINGS
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
    let count = grid.rows.len();
    // One more takes the row that would tell of it.
    let wanted = u16::try_from(count.min(ROWS + 1)).unwrap_or(0);
    let height = wanted.min(above.height);
    let has_more = count > ROWS + 1 && height > 1;
    let spot = Rect {
        y: above.bottom().saturating_sub(height),
        height,
        ..above
    };
    canvas.clear(spot);
    let seen = Rect {
        height: height - u16::from(has_more),
        ..spot
    };
    let below = grid.draw(canvas, seen);
    if has_more {
        let words = MORE.fill(canvas.lang, &[&below]);
        let style = canvas.theme.tone(Tone::Quiet);
        canvas
            .buffer()
            .set_string(spot.x, seen.bottom(), words, style);
    }
}
