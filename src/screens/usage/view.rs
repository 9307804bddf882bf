//! How the usage screen looks: what deserves a word, the cards, the chart, the table.

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};

use super::cards::{self, Card, CardRow};
use super::place::View;
use super::state::Usage;
use super::tables::Table;
use super::{chart, words};
use crate::flow::Facts;
use crate::screens::search_line;
use crate::text::Lang;
use crate::ui::page::{Block as PageBlock, Page};
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, pad, width, wrap};
use crate::ui::{Canvas, Touch, page_layout};

/// Below this width the cards stand on each other.
const NARROW: u16 = 76;
/// Rows of a frame.
const FRAME: u16 = 2;
/// The chart is drawn where so many rows are left for it and the table.
const ROOM_FOR_CHART: u16 = 12;

impl Usage {
    pub(super) fn draw_on(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let banner = self.banner(facts.lang);
        let cards = self.cards(facts);
        let rows = cards.iter().map(|card| card.rows.len()).max().unwrap_or(0);
        let most = if area.height < 24 { 7 } else { 9 };
        let card_rows = u16::try_from(rows.min(most)).unwrap_or(0);
        let is_narrow = area.width < NARROW;
        let cards_height = match (cards.len(), is_narrow) {
            (0, _) => 0,
            // There is room for one only.
            (_, true) => card_rows.min(3) + FRAME,
            (_, false) => card_rows + FRAME,
        };
        let [top, middle, bottom] = Layout::vertical([
            Constraint::Length(u16::try_from(banner.len()).unwrap_or(0)),
            Constraint::Length(cards_height),
            Constraint::Min(0),
        ])
        .areas(area);
        for (line, y) in banner.iter().zip(top.y..) {
            line.draw(canvas, top, y);
        }
        draw_cards(canvas, middle, &cards, is_narrow);
        self.draw_lower(canvas, bottom, facts);
    }

    fn cards(&self, facts: &Facts) -> Vec<Card> {
        let Some(told) = &self.told else {
            return Vec::new();
        };
        let account = cards::account(told, facts.lang).or_else(|| {
            let words = cards::no_account(told, facts.lang)?;
            Some(Card {
                title: words::CARD_ACCOUNT.say(facts.lang).to_owned(),
                age: String::new(),
                rows: wrap(words, 34)
                    .into_iter()
                    .map(|line| CardRow {
                        name: String::new(),
                        tone: Tone::Quiet,
                        value: line,
                        bar: None,
                    })
                    .collect(),
            })
        });
        [cards::key(told, facts), account]
            .into_iter()
            .flatten()
            .collect()
    }

    fn draw_lower(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let frame = Block::bordered().border_style(canvas.theme.border(true));
        let inside = frame.inner(area);
        frame.render(area, canvas.buffer());
        self.draw_tabs(canvas, area, facts.lang);
        let inside = Rect {
            x: inside.x + 1,
            width: inside.width.saturating_sub(2),
            ..inside
        };
        let [head, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(inside);
        self.draw_head(canvas, head, facts.lang);
        if self.told.is_none() {
            let words = format!("▸ {}", words::LOADING.say(facts.lang));
            let style = canvas.theme.tone(Tone::Accent);
            canvas.buffer().set_string(body.x, body.y, words, style);
            return;
        }
        let has_chart = self.place.view.is_of_days()
            && self.place.narrowed.day.is_none()
            && self.range.days() > 1
            && body.height >= ROOM_FOR_CHART
            && !self.rows().is_empty();
        let chart_rows = if has_chart { body.height / 2 } else { 0 };
        let [above, below] =
            Layout::vertical([Constraint::Length(chart_rows), Constraint::Min(0)]).areas(body);
        if has_chart {
            chart::of(self, above, facts.lang).draw(
                canvas,
                Rect {
                    height: above.height.saturating_sub(1),
                    ..above
                },
            );
        }
        // Made anew before this where anything it was made of has changed.
        if let Some(priced) = &self.priced {
            draw_table(canvas, below, &priced.table, facts.lang);
            return;
        }
        let mut table = self.table(facts);
        if self.place.view == View::Days && !has_chart {
            table = self.with_bars(table);
        }
        if self.place.view == View::Review && !table.targets.is_empty() {
            let page = review_page(
                &table,
                self.lacks_list().then(|| words::NO_LIST.say(facts.lang)),
            );
            page_layout::draw(canvas, below, &page, None);
        } else {
            draw_table(canvas, below, &table, facts.lang);
        }
    }

    /// The names of the tables, on the frame; where not all find room, those round the one on show, and marks that
    /// there are more.
    fn draw_tabs(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lang: Lang) {
        let names = View::ALL.map(|view| format!(" {} ", view.title().say(lang)));
        let widths = names.each_ref().map(|name| width(name));
        let on_show = View::ALL.iter().position(|view| *view == self.place.view);
        let room = usize::from(area.width.saturating_sub(3));
        let shown = tabs_shown(&widths, on_show.unwrap_or_default(), room);
        let quiet = canvas.theme.tone(Tone::Quiet);
        let mut x = area.x + 2;
        if shown.start > 0 {
            canvas.buffer().set_string(x, area.y, "‹", quiet);
            x += 1;
        }
        for at in shown.clone() {
            let style = if Some(at) == on_show {
                canvas.theme.chosen()
            } else {
                quiet
            };
            let columns = u16::try_from(widths[at]).unwrap_or(0);
            let spot = Rect {
                x,
                width: columns,
                height: 1,
                ..area
            };
            Span::styled(names[at].as_str(), style).render(spot, canvas.buffer());
            canvas.note(spot, Touch::Tab(at));
            x += columns;
        }
        if shown.end < names.len() {
            canvas.buffer().set_string(x, area.y, "›", quiet);
        }
    }

    /// What the table is about: what is looked for, or whose figures and which days.
    fn draw_head(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lang: Lang) {
        if let Some(field) = &self.search {
            let find = words::FIND.say(lang);
            search_line::draw(canvas, area, find, field, self.is_searching);
            return;
        }
        let words = self.head(lang, usize::from(area.width));
        let style = canvas.theme.tone(Tone::Quiet);
        canvas.buffer().set_string(area.x, area.y, words, style);
    }
}

/// The review as a page: a short name for each remark, the sentence below it.
fn review_page(table: &Table, missing: Option<&str>) -> Page<'static> {
    let mut page = Page {
        chosen: table.grid.chosen,
        ..Page::default()
    };
    if let Some(words) = missing {
        page.tell(Tone::Warn, words);
        page.gap();
    }
    for row in &table.grid.rows {
        let mut cells = row.cells.iter().cloned();
        page.choice(cells.next().unwrap_or_default(), "");
        page.push(PageBlock::Under(cells.next().unwrap_or_default()));
        page.gap();
    }
    page
}

fn draw_table(canvas: &mut Canvas<'_, '_>, area: Rect, table: &Table, lang: Lang) {
    if table.targets.is_empty() {
        draw_empty(canvas, area, table, lang);
    } else {
        table.grid.draw(canvas, area);
    }
}

fn draw_empty(canvas: &mut Canvas<'_, '_>, area: Rect, table: &Table, lang: Lang) {
    let Some(empty) = &table.empty else { return };
    let style = canvas.theme.tone(Tone::Quiet);
    let lines = wrap(&empty.say(lang), usize::from(area.width));
    for (line, y) in lines.into_iter().zip(area.y..area.bottom()) {
        canvas.buffer().set_string(area.x, y, line, style);
    }
}

fn draw_cards(canvas: &mut Canvas<'_, '_>, area: Rect, cards: &[Card], is_narrow: bool) {
    if area.height == 0 {
        return;
    }
    if is_narrow || cards.len() == 1 {
        // The account tells more where it is told at all.
        let is_told = |card: &&Card| card.rows.iter().any(|row| !row.name.is_empty());
        if let Some(card) = cards.iter().rfind(is_told).or(cards.first()) {
            let rows = usize::from(area.height.saturating_sub(FRAME));
            draw_card(
                canvas,
                area,
                &cards::in_brief(cards, card, rows, canvas.lang),
            );
        }
        return;
    }
    let [left, right] =
        Layout::horizontal([Constraint::Percentage(50), Constraint::Percentage(50)]).areas(area);
    for (spot, card) in [left, right].into_iter().zip(cards) {
        draw_card(canvas, spot, card);
    }
}

fn draw_card(canvas: &mut Canvas<'_, '_>, area: Rect, card: &Card) {
    // The time stands whole, whatever the name.
    let room = usize::from(area.width.saturating_sub(4));
    let name = clip(&card.title, room.saturating_sub(width(&card.age)));
    let title = format!("{name}{}", card.age);
    let frame = Block::bordered()
        .border_style(canvas.theme.border(false))
        .title(Span::styled(
            format!(" {title} "),
            canvas.theme.tone(Tone::Strong),
        ));
    let inside = frame.inner(area);
    frame.render(area, canvas.buffer());
    let columns = usize::from(inside.width.saturating_sub(2));
    let names = card.rows.iter().map(|row| width(&row.name)).max();
    let names = names.unwrap_or(0);
    for (row, y) in card.rows.iter().zip(inside.y..inside.bottom()) {
        let mut spans = vec![Span::raw(" ")];
        let mut room = columns;
        if names > 0 {
            spans.push(Span::styled(
                format!("{}  ", pad(&row.name, names)),
                canvas.theme.tone(Tone::Quiet),
            ));
            room = room.saturating_sub(names + 2);
        }
        if let Some(share) = row.bar {
            let cells = room.saturating_sub(width(&row.value) + 1).min(20);
            spans.push(Span::styled(bar(share, cells), canvas.theme.tone(row.tone)));
            spans.push(Span::raw(" "));
            room = room.saturating_sub(cells + 1);
        }
        let value = clip(&row.value, room);
        spans.push(Span::styled(value, canvas.theme.tone(row.tone)));
        let spot = Rect {
            y,
            height: 1,
            ..inside
        };
        Line::from(spans).render(spot, canvas.buffer());
    }
}

/// A bar of so many cells; any share at all shows.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share between 0 and 1 of a few cells"
)]
fn bar(share: f64, cells: usize) -> String {
    let filled = ((share * cells as f64).ceil() as usize).min(cells);
    format!("{}{}", "█".repeat(filled), "░".repeat(cells - filled))
}

/// Which of so wide tabs find room round the one on show, a column at each end left for a mark where others are left out.
fn tabs_shown(widths: &[usize], on_show: usize, room: usize) -> Range<usize> {
    let fits = |shown: &Range<usize>| {
        let marks = usize::from(shown.start > 0) + usize::from(shown.end < widths.len());
        widths[shown.clone()].iter().sum::<usize>() + marks <= room
    };
    let from = |start: usize| {
        let ends = (on_show + 1..=widths.len()).rev();
        let mut all = ends.map(|end| start..end);
        all.find(fits)
    };
    let shown = (0..=on_show).find_map(from);
    shown.unwrap_or(on_show..on_show + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tab_on_show_is_seen_and_room_is_left_for_marks() {
        let widths = [6, 8, 11, 6, 10, 8, 8];
        assert_eq!(tabs_shown(&widths, 0, 57), 0..7);
        assert_eq!(tabs_shown(&widths, 0, 56), 0..6);
        assert_eq!(tabs_shown(&widths, 0, 37), 0..4);
        assert_eq!(tabs_shown(&widths, 4, 37), 1..5);
        assert_eq!(tabs_shown(&widths, 6, 37), 3..7);
        assert_eq!(tabs_shown(&widths, 6, 3), 6..7);
    }
}
