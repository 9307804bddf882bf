//! A page's address, whole, and as a QR code for a phone.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::sheet::{self, Verdict};
use crate::domain::page::Page as WebPage;
use crate::flow::Facts;
use crate::keymap::{self, Chord};
use crate::text::Phrase;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;
use crate::ui::wrap::width;
use crate::ui::{Canvas, page_layout, qr};

const TITLE: Phrase = Phrase::new("Open this page on any device", "在任意设备上打开此页面");
const TOO_SMALL: Phrase = Phrase::new(
    "The QR code needs a window of at least {} × {}. The link above works as well; \
     most terminals open it with Ctrl and a click.",
    "显示二维码需要至少 {} × {} 的窗口。也可以使用上面的链接，多数终端按住 Ctrl 点击即可打开。",
);

/// The sheet.
#[derive(Debug)]
pub struct QrSheet {
    url: String,
    rows: Vec<String>,
}

impl QrSheet {
    /// A sheet for a page.
    pub fn new(page: &WebPage) -> Self {
        let url = page.url();
        let rows = qr::rows(&url).unwrap_or_default();
        Self { url, rows }
    }

    pub(super) fn press(chord: Chord) -> Verdict {
        match keymap::action(sheet::BINDINGS, chord) {
            Some(sheet::Action::Close | sheet::Action::Take) => Verdict::Close,
            _ => Verdict::Idle,
        }
    }

    /// What it says, the code as lines.
    pub(super) fn page(&self, facts: &Facts) -> Page<'static> {
        let mut page = Page::new(TITLE.say(facts.lang));
        page.push(Block::Link(self.url.clone()));
        page.gap();
        page.push(Block::Code(self.rows.clone()));
        page
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let lang = facts.lang;
        let columns = self.rows.first().map_or(0, |row| width(row));
        let side = |size: usize| u16::try_from(size).unwrap_or(u16::MAX);
        let text_width = 70.min(area.width.saturating_sub(4));
        let link_rows = side(self.url.len()).div_ceil(text_width.max(1));
        let extent = (
            side(columns).max(text_width) + 4,
            side(self.rows.len()) + link_rows + 3,
        );
        let inside = sheet::frame(canvas, area, TITLE.say(lang), extent);
        let fits = inside.width >= side(columns) && extent.1 <= area.height && columns > 0;
        let mut page = Page {
            chosen: usize::MAX,
            ..Page::new("")
        };
        page.push(Block::Link(self.url.clone()));
        page.push(Block::Gap);
        if !fits {
            let needed = (side(columns) + 4, extent.1 + 3);
            page.tell(Tone::Quiet, TOO_SMALL.fill(lang, &[&needed.0, &needed.1]));
        }
        page_layout::draw(canvas, inside, &page, Some(0));
        if fits {
            let style = canvas.theme.qr();
            let top = inside.y + link_rows + 1;
            for (at, row) in self.rows.iter().enumerate() {
                let spot = Rect {
                    x: inside.x + (inside.width - side(columns)) / 2,
                    y: top + side(at),
                    width: side(columns),
                    height: 1,
                };
                if spot.y < inside.bottom() {
                    Line::styled(row.as_str(), style).render(spot, canvas.buffer());
                }
            }
        }
    }
}
