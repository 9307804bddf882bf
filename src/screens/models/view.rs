//! How the Models screen looks: filters on the frame, what is looked for, the list; or one model.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;
use ratatui::widgets::{Block, Widget};

use super::keys::{BINDINGS, FILTERS};
use super::state::Models;
use super::words;
use crate::flow::Facts;
use crate::keymap::Chord;
use crate::screens::model_rows::{grid, row};
use crate::screens::search_line;
use crate::text::Lang;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, width, wrap};
use crate::ui::{Canvas, Touch, page_layout};

/// A filter on the frame.
struct Chip {
    chord: Chord,
    words: String,
    is_on: bool,
    /// Its key stands alone.
    is_short: bool,
}

impl Models {
    pub(super) fn draw_on(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let frame = Block::bordered().border_style(canvas.theme.border(true));
        let inside = frame.inner(area);
        frame.render(area, canvas.buffer());
        let inside = Rect {
            x: inside.x + 1,
            width: inside.width.saturating_sub(2),
            ..inside
        };
        if let Some(mut open) = self.open.take() {
            let title = format!(" {} ", clip(&open.id, usize::from(inside.width)));
            let style = canvas.theme.tone(Tone::Strong);
            canvas.buffer().set_string(area.x + 2, area.y, title, style);
            let page = self.detail(&open, facts, usize::from(inside.width));
            open.most = page_layout::draw(canvas, inside, &page, Some(open.scroll));
            self.open = Some(open);
        } else {
            self.draw_filters(canvas, area, facts.lang);
            self.draw_list(canvas, inside, facts);
        }
    }

    /// What the list is narrowed to, and by which keys.
    fn draw_filters(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lang: Lang) {
        let mut chips = self.chips(lang);
        shorten(&mut chips, usize::from(area.width.saturating_sub(3)));
        let mut x = area.x + 2;
        for chip in &chips {
            let words = shown(chip);
            let columns = u16::try_from(width(&words)).unwrap_or(0);
            if x + columns >= area.right() {
                break;
            }
            let style = if chip.is_on {
                canvas.theme.chosen()
            } else {
                canvas.theme.tone(Tone::Quiet)
            };
            let spot = Rect {
                x,
                width: columns,
                height: 1,
                ..area
            };
            Span::styled(words, style).render(spot, canvas.buffer());
            canvas.note(spot, Touch::Press(chip.chord));
            x += columns + 1;
        }
    }

    fn chips(&self, lang: Lang) -> Vec<Chip> {
        let row = |action| BINDINGS.iter().find(|row| row.action == action);
        let chips = FILTERS.into_iter().filter_map(|action| {
            let (words, is_on) = self.filters.say(action, lang);
            let chord = *row(action)?.chords.first()?;
            Some(Chip {
                chord,
                words,
                is_on,
                is_short: false,
            })
        });
        chips.collect()
    }

    fn draw_list(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let lang = facts.lang;
        let trouble = self.trouble_line(lang);
        let [head, warning, body] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(u16::from(trouble.is_some())),
            Constraint::Min(0),
        ])
        .areas(area);
        self.draw_head(canvas, head, lang);
        if let Some(words) = trouble {
            let words = clip(&words, usize::from(warning.width));
            let style = canvas.theme.tone(Tone::Trouble);
            canvas
                .buffer()
                .set_string(warning.x, warning.y, words, style);
        }
        if let Some(words) = self.nothing(lang) {
            let style = canvas.theme.tone(Tone::Quiet);
            let lines = wrap(&words, usize::from(body.width));
            for (line, y) in lines.into_iter().zip(body.y..body.bottom()) {
                canvas.buffer().set_string(body.x, y, line, style);
            }
            return;
        }
        let cards = self.cards();
        let rows = self.found.iter();
        let rows = rows
            .map(|&place| row(&cards[place], self.suffix(), facts))
            .collect();
        grid(rows, self.chosen, lang).draw(canvas, body);
    }

    /// What is looked for, or how many there are.
    fn draw_head(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lang: Lang) {
        let quiet = canvas.theme.tone(Tone::Quiet);
        let Some(field) = &self.search else {
            let words = clip(&self.head(lang), usize::from(area.width));
            canvas.buffer().set_string(area.x, area.y, words, quiet);
            return;
        };
        let count = self.count(lang);
        let taken = u16::try_from(width(&count)).unwrap_or(0);
        let x = area.right().saturating_sub(taken);
        canvas.buffer().set_string(x, area.y, count, quiet);
        let spot = Rect {
            width: area.width.saturating_sub(taken + 1),
            ..area
        };
        search_line::draw(
            canvas,
            spot,
            words::FIND.say(lang),
            field,
            self.is_searching,
        );
    }

    fn count(&self, lang: Lang) -> String {
        words::COUNT.fill(lang, &[&self.found.len(), &self.cards().len()])
    }

    /// How many models there are, how old the list is, and what its prices mean.
    pub(super) fn head(&self, lang: Lang) -> String {
        let Some(stock) = &self.stock else {
            return String::new();
        };
        let at = stock.list.as_of.strftime("%m-%d %H:%M UTC");
        let parts = [
            self.count(lang),
            words::AS_OF.fill(lang, &[&at]),
            words::PER_MILLION.say(lang).to_owned(),
        ];
        parts.join(" · ")
    }

    /// Why the list is an older one.
    pub(super) fn trouble_line(&self, lang: Lang) -> Option<String> {
        let (trouble, stock) = (self.trouble.as_ref()?, self.stock.as_ref()?);
        let at = stock.list.as_of.strftime("%Y-%m-%d %H:%M UTC");
        let title = trouble.title.say(lang);
        Some(format!("✗ {}", words::OLDER.fill(lang, &[&title, &at])))
    }

    /// One's own models are asked for and nothing else, so there are none.
    fn has_none_of_its_own(&self) -> bool {
        self.filters.mine && self.filters.wanted.is_anything() && self.sought().is_empty()
    }

    /// What to say where there is no row.
    pub(super) fn nothing(&self, lang: Lang) -> Option<String> {
        let plain = |words: crate::text::Phrase| Some(words.say(lang).to_owned());
        if !self.found.is_empty() {
            return None;
        }
        match (&self.stock, &self.trouble) {
            (None, Some(trouble)) if !self.is_listing => {
                Some(words::NO_LIST.fill(lang, &[&trouble.title.say(lang)]))
            }
            (None, _) => Some(format!("▸ {}", words::LOADING.say(lang))),
            (Some(_), _) if self.cards().is_empty() => plain(words::EMPTY),
            _ if self.has_none_of_its_own() => plain(words::NONE_MINE),
            _ => plain(words::NONE_FOUND),
        }
    }
}

/// Has as few filters as possible stand by their keys alone, so that all of them find room: the last that is off goes
/// first.
fn shorten(chips: &mut [Chip], room: usize) {
    let columns = |chips: &[Chip]| -> usize {
        let all = chips.iter().map(|chip| width(&shown(chip)));
        all.sum::<usize>() + chips.len().saturating_sub(1)
    };
    while columns(chips) > room {
        let mut last = chips.iter_mut().rev();
        match last.find(|chip| !chip.is_on && !chip.is_short) {
            Some(chip) => chip.is_short = true,
            None => return,
        }
    }
}

/// A filter's key and what it is set to, or what it is for.
fn shown(chip: &Chip) -> String {
    let Chip { chord, words, .. } = chip;
    match chip {
        Chip { is_on: true, .. } => format!(" {chord} ✓{words} "),
        Chip { is_short: true, .. } => format!(" {chord} "),
        _ => format!(" {chord} {words} "),
    }
}
