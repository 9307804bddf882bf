//! Every key of the screen beneath, from the tables, and whom to ask.

use ratatui::layout::Rect;

use super::sheet::{self, Scroll, Verdict};
use crate::domain::page::{OPENROUTER_SUPPORT, PROJECT_SUPPORT, Page as WebPage};
use crate::flow::Facts;
use crate::keymap::{Chord, Hint};
use crate::text::{Phrase, Said};
use crate::ui::page::{Block, Page, fact};
use crate::ui::theme::Tone;
use crate::ui::{Canvas, page_layout};

const TITLE: Phrase = Phrase::new("Help", "帮助");
const HERE: Phrase = Phrase::new("Keys of this screen", "本页按键");
const EVERYWHERE: Phrase = Phrase::new("Keys everywhere", "通用按键");
const MOUSE: Phrase = Phrase::new(
    "The mouse works too: click a step, a choice or a key on the last line; in the chat drag over what was said to copy \
     it, as it was written. With Shift held the terminal selects text by itself.",
    "也可以用鼠标：点击步骤、选项或底部的按键；在对话中拖过文字即可复制原文。按住 Shift 可使用终端自带的文本选择。",
);
const SUPPORT: Phrase = Phrase::new("Support", "支持");
const DOCS: Phrase = Phrase::new("OpenRouter's documentation", "OpenRouter 文档");
const DISCORD: Phrase = Phrase::new("OpenRouter's Discord", "OpenRouter Discord");
const MAIL: Phrase = Phrase::new("OpenRouter by mail", "OpenRouter 邮箱");
const PROJECT: Phrase = Phrase::new("about onramp", "关于 onramp");

/// The help sheet.
#[derive(Debug)]
pub struct Help {
    here: Vec<Hint>,
    everywhere: Vec<Hint>,
    remarks: Vec<Said>,
    scroll: Scroll,
}

impl Help {
    /// Help on a screen with these keys, and what there is to tell beside them.
    pub fn new(here: Vec<Hint>, everywhere: Vec<Hint>, remarks: Vec<Said>) -> Self {
        Self {
            here,
            everywhere,
            remarks,
            scroll: Scroll::default(),
        }
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        if chord == Chord::char('?') {
            return Verdict::Close;
        }
        self.scroll.press(chord)
    }

    /// What it says.
    pub(super) fn page(&self, facts: &Facts) -> Page<'static> {
        let lang = facts.lang;
        let mut page = Page {
            chosen: usize::MAX,
            ..Page::new(TITLE.say(lang))
        };
        for (title, hints) in [(HERE, &self.here), (EVERYWHERE, &self.everywhere)] {
            page.tell(Tone::Strong, title.say(lang));
            let rows = hints.iter().filter(|hint| hint.chord.is_some());
            page.facts(
                rows.map(|hint| fact(&hint.chords, hint.words.say(lang)))
                    .collect(),
            );
            page.gap();
        }
        for remark in &self.remarks {
            page.say(remark.say(lang));
            page.gap();
        }
        page.say(MOUSE.say(lang));
        page.gap();
        page.tell(Tone::Strong, SUPPORT.say(lang));
        page.facts(vec![
            fact(DOCS.say(lang), WebPage::Docs.url()),
            fact(DISCORD.say(lang), WebPage::Discord.url()),
            fact(MAIL.say(lang), OPENROUTER_SUPPORT),
            fact(PROJECT.say(lang), PROJECT_SUPPORT),
        ]);
        page.push(Block::Gap);
        page
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let page = self.page(facts);
        let inside = sheet::frame(canvas, area, TITLE.say(facts.lang), (76, 40));
        page_layout::draw(canvas, inside, &page, Some(self.scroll.0));
    }
}
