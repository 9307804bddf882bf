//! How the Keys screen looks: the list with a word about the chosen key, one key, or what is asked.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Block as Frame, Widget};

use super::form::called;
use super::state::Keys;
use super::words;
use crate::domain::account::ManagedKey;
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::page::Page as WebPage;
use crate::flow::Facts;
use crate::flow::keys::{KeyMade, KeyRing};
use crate::insight::key_advice::{self, age_days};
use crate::screens::search_line;
use crate::text::{Lang, Phrase, Said};
use crate::ui::grid::{Column, Grid, GridRow};
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, wrap};
use crate::ui::{Canvas, managed_key, page_layout};

impl Keys {
    pub(super) fn draw_on(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let frame = Frame::bordered().border_style(canvas.theme.border(true));
        let inside = frame.inner(area);
        frame.render(area, canvas.buffer());
        let inside = Rect {
            x: inside.x + 1,
            width: inside.width.saturating_sub(2),
            ..inside
        };
        let is_asking = self.form.is_some() || self.rotation.is_some();
        let is_page = self.made.is_some() || is_asking || self.open.is_some();
        if is_page || self.ring.is_none() {
            let scroll = self.open.as_ref().map(|(_, scroll)| *scroll);
            let scroll = scroll.filter(|_| self.made.is_none() && !is_asking);
            let page = self.pages(facts);
            let title = format!(" {} ", clip(&page.title, usize::from(inside.width)));
            let style = canvas.theme.tone(Tone::Strong);
            canvas.buffer().set_string(area.x + 2, area.y, title, style);
            let most = page_layout::draw(canvas, inside, &page, scroll);
            drop(page);
            self.most = most;
        } else {
            self.draw_list(canvas, inside, facts);
        }
    }

    /// What stands in the place of the list, or for who has no screen.
    pub(super) fn pages(&self, facts: &Facts) -> Page<'_> {
        let lang = facts.lang;
        if let Some(made) = &self.made {
            return made_page(made, lang);
        }
        if let Some(rotation) = &self.rotation {
            return rotation.page(lang);
        }
        if let Some(form) = &self.form {
            let mut page = form.page(lang);
            if self.doing.is_some() {
                page.gap();
                page.push(Block::Working(words::WORKING.say(lang).to_owned()));
            }
            return page;
        }
        let mut page = Page::new(words::TITLE.say(lang));
        let Some(ring) = &self.ring else {
            match &self.trouble {
                Some(diagnosis) if self.listing.is_none() => trouble(&mut page, diagnosis, lang),
                _ => page.push(Block::Working(words::LOADING.say(lang).to_owned())),
            }
            return page;
        };
        if self.open.is_some()
            && let Some(key) = self.meant()
        {
            return about(ring, key, facts);
        }
        page.tell(Tone::Quiet, self.head(ring, lang));
        for key in self.found() {
            page.gap();
            page.tell(
                Tone::Strong,
                format!("{}{}", own_mark(ring, key), called(key)),
            );
            page.say(managed_key::state(key, ring.as_of, lang));
            advise(&mut page, ring, key, facts);
        }
        page
    }

    fn draw_list(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let lang = facts.lang;
        let Some(ring) = &self.ring else { return };
        // How the chosen key stands, and what deserves a word about it.
        let mut foot_page = Page::new("");
        if let Some(key) = self.found().nth(self.chosen) {
            let state = managed_key::state(key, ring.as_of, lang);
            foot_page.tell(Tone::Quiet, state);
            advise(&mut foot_page, ring, key, facts);
        }
        foot_page.chosen = usize::MAX;
        let foot = page_layout::height(&foot_page, area.width, canvas.theme);
        let foot = foot.min(area.height / 2);
        let [head, body, foot] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(foot),
        ])
        .areas(area);
        self.draw_head(canvas, head, ring, lang);
        let nothing = match () {
            () if ring.keys.is_empty() => Some(words::NO_KEYS),
            () if self.found().len() == 0 => Some(words::NONE_FOUND),
            () => None,
        };
        if let Some(words) = nothing {
            let style = canvas.theme.tone(Tone::Quiet);
            let lines = wrap(words.say(lang), usize::from(body.width));
            for (line, y) in lines.into_iter().zip(body.y..body.bottom()) {
                canvas.buffer().set_string(body.x, y, line, style);
            }
            return;
        }
        let rows = self.found().map(|key| row(ring, key, lang)).collect();
        let grid = Grid {
            columns: columns(lang),
            rows,
            chosen: self.chosen,
        };
        grid.draw(canvas, body);
        page_layout::draw(canvas, foot, &foot_page, Some(0));
    }

    /// What is looked for, or how many keys there are; or what is under way or went wrong.
    fn draw_head(&self, canvas: &mut Canvas<'_, '_>, area: Rect, ring: &KeyRing, lang: Lang) {
        let room = usize::from(area.width);
        if let Some(field) = &self.search {
            let find = words::FIND.say(lang);
            search_line::draw(canvas, area, find, field, self.is_searching);
            return;
        }
        let (tone, words) = match &self.trouble {
            _ if self.doing.is_some() => (Tone::Accent, words::WORKING.say(lang).to_owned()),
            Some(trouble) => (Tone::Trouble, format!("✗ {}", trouble.title.say(lang))),
            None => (Tone::Quiet, self.head(ring, lang)),
        };
        let style = canvas.theme.tone(tone);
        let words = clip(&words, room);
        canvas.buffer().set_string(area.x, area.y, words, style);
    }

    fn head(&self, ring: &KeyRing, lang: Lang) -> String {
        let at = ring.as_of.strftime("%H:%M");
        let count = words::COUNT.fill(lang, &[&self.found().len(), &ring.keys.len()]);
        let guardrail = ring.guardrail.as_ref();
        let cap = guardrail.filter(|it| it.limit.is_some()).map(|it| {
            let cap = managed_key::cap(it.limit, it.limit_reset.as_deref(), lang);
            words::EACH_MAY.fill(lang, &[&cap])
        });
        let head = words::HEAD.fill(lang, &[&at]);
        let parts = [Some(count), cap, Some(head)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    let [today, week, month, all] = managed_key::SPENT;
    let number = |head: Phrase, rank| Column::number(head.say(lang), rank);
    vec![
        Column::words(words::NAME.say(lang), 0),
        Column::words(managed_key::KEY.say(lang), 6),
        number(today, 5),
        number(week, 7),
        number(month, 2),
        number(all, 3),
        Column::words(words::LIMIT_HEAD.say(lang), 1),
        Column::words(words::ENDS.say(lang), 4),
        number(words::DAYS, 8),
    ]
}

fn row(ring: &KeyRing, key: &ManagedKey, lang: Lang) -> GridRow {
    let spent = managed_key::spent(key).map(|amount| amount.to_string());
    let ends = key.expires_at.map(|at| at.strftime("%Y-%m-%d").to_string());
    let age = age_days(key, ring.as_of).map(|days| days.to_string());
    let name = format!("{}{}", own_mark(ring, key), called(key));
    let limit = if key.disabled {
        words::OFF.say(lang).to_owned()
    } else {
        managed_key::limit(key, lang)
    };
    let mut cells = vec![name, key.label.to_string()];
    cells.extend(spent);
    cells.extend([limit, ends.unwrap_or_default(), age.unwrap_or_default()]);
    GridRow {
        tone: if key.disabled {
            Tone::Quiet
        } else {
            Tone::Plain
        },
        cells,
    }
}

fn own_mark(ring: &KeyRing, key: &ManagedKey) -> &'static str {
    if ring.is_own(key) { "* " } else { "" }
}

/// One key, whole.
fn about(ring: &KeyRing, key: &ManagedKey, facts: &Facts) -> Page<'static> {
    let lang = facts.lang;
    let mut page = Page::new(called(key));
    page.facts(managed_key::facts(key, ring.is_own(key), ring.as_of, lang));
    page.gap();
    advise(&mut page, ring, key, facts);
    page.chosen = usize::MAX;
    page
}

/// What deserves a word about a key.
fn advise(page: &mut Page<'_>, ring: &KeyRing, key: &ManagedKey, facts: &Facts) {
    let bounds = &facts.alerts.thresholds;
    for advice in key_advice::of(key, ring.is_own(key), bounds, ring.as_of) {
        let said = advice.said().say(facts.lang);
        page.tell(Tone::Warn, format!("! {said}"));
    }
}

/// A key that was made, and where it is; the key itself where it is nowhere else.
fn made_page(made: &KeyMade, lang: Lang) -> Page<'static> {
    let mut page = Page::new(words::MADE_TITLE.say(lang));
    page.tell(
        Tone::Good,
        format!(
            "✓ {}",
            words::MADE.fill(lang, &[&called(&made.key), &made.key.label])
        ),
    );
    if let Some(place) = &made.place {
        let place = std::slice::from_ref(place);
        page.say(Said::joined(words::IT_IS_IN, place).say(lang));
    }
    if let Some(trouble) = &made.trouble {
        let cause = std::slice::from_ref(&trouble.cause);
        page.tell(
            Tone::Trouble,
            Said::joined(words::NOT_WRITTEN, cause).say(lang),
        );
    }
    for warning in &made.warnings {
        page.tell(Tone::Warn, format!("! {}", warning.say(lang)));
    }
    if let Some(key) = &made.shown {
        page.gap();
        page.tell(Tone::Warn, words::SHOWN_ONCE.say(lang));
        page.push(Block::Code(vec![key.expose().to_owned()]));
    }
    page.gap();
    page.choice(words::CLOSE.say(lang), "");
    page
}

/// Why there is no list, and what to do about it.
fn trouble(page: &mut Page<'_>, diagnosis: &Diagnosis, lang: Lang) {
    page.tell(Tone::Trouble, format!("✗ {}", diagnosis.title.say(lang)));
    page.say(diagnosis.cause.say(lang));
    page.gap();
    for fix in &diagnosis.fixes {
        page.say(format!("- {}", fix.with_command().say(lang)));
    }
    if wants_management_key(diagnosis) {
        page.gap();
        page.tell(Tone::Quiet, words::HOW_TO_GET.say(lang));
    }
    page.chosen = usize::MAX;
}

/// What is missing is a management key.
pub(super) fn wants_management_key(diagnosis: &Diagnosis) -> bool {
    let is_page = |act: &Act| matches!(act, Act::Open(WebPage::ManagementKeys));
    diagnosis.fixes.iter().any(|fix| is_page(&fix.act))
}
