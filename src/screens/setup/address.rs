//! The address that requests go to, being changed.

use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

const LABEL: Phrase = Phrase::new(
    "The base URL; Enter tests it, and the key goes there",
    "基础地址；按 Enter 测试，密钥会发往该地址",
);
const WHOLE: Phrase = Phrase::new(
    "Write it up to the API's path. OpenRouter: https://openrouter.ai/api/v1",
    "写到 API 的路径为止。OpenRouter：https://openrouter.ai/api/v1",
);

/// An address under the person's hands.
#[derive(Debug)]
pub(super) struct Address {
    field: Field,
}

impl Address {
    /// Begins with the address in use.
    pub(super) fn from(current: &str) -> Self {
        let mut field = Field::open();
        field.set(current);
        Self { field }
    }

    pub(super) fn field(&mut self) -> &mut Field {
        &mut self.field
    }

    /// What was typed; `None` when nothing was.
    pub(super) fn typed(&self) -> Option<String> {
        let typed = self.field.text().trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    }

    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, lang: Lang) {
        page.push(Block::Field {
            label: LABEL.say(lang).into(),
            field: &self.field,
            has_focus: true,
        });
        page.tell(Tone::Quiet, WHOLE.say(lang));
    }
}
