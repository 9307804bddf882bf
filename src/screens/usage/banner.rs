//! What stands above the cards: what deserves a word, and what could not be learned.

use ratatui::layout::Rect;

use super::state::Usage;
use super::{notes, words};
use crate::diagnosis;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::Part;
use crate::domain::symptom::Symptom;
use crate::flow::usage::UsageTold;
use crate::text::{Lang, Phrase, Said};
use crate::ui::Canvas;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, width};

/// A line above the cards.
#[derive(Clone, Debug)]
pub(super) struct BannerLine {
    pub(super) tone: Tone,
    /// Shortened where room is.
    pub(super) words: String,
    /// Stands whole: what to do about it.
    pub(super) tail: String,
}

impl BannerLine {
    fn new(tone: Tone, words: String) -> Self {
        Self {
            tone,
            words,
            tail: String::new(),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, y: u16) {
        let room = usize::from(area.width).saturating_sub(width(&self.tail));
        let words = clip(&self.words, room);
        let words = clip(&format!("{words}{}", self.tail), usize::from(area.width));
        let style = canvas.theme.tone(self.tone);
        canvas.buffer().set_string(area.x, y, words, style);
    }
}

impl Usage {
    /// A line for each thing.
    pub(super) fn banner(&self, lang: Lang) -> Vec<BannerLine> {
        let Some(told) = &self.told else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let alerts = &told.outlook.judgement.alerts;
        if let Some(first) = alerts.first() {
            let learned = told.outlook.learned.of_alert(first);
            let said = notes::with_age(first.message.clone(), learned, told.at);
            let words = format!(" ! {}", said.say(lang));
            let tail = match alerts.len() - 1 {
                0 => String::new(),
                more => words::MORE_ALERTS.fill(lang, &[&more]),
            };
            lines.push(BannerLine {
                tail,
                ..BannerLine::new(Tone::Warn, words)
            });
        }
        if let Some((_, Symptom::NoKey)) = told.gathered.troubles.first() {
            let words = format!(" ! {}", words::NO_KEY.say(lang));
            lines.push(BannerLine::new(Tone::Warn, words));
        } else {
            lines.extend(self.trouble_line(told, lang));
        }
        if let Some(aside) = &told.set_aside {
            let said = words::SET_ASIDE.fill(lang, &[&aside.display()]);
            lines.push(BannerLine::new(Tone::Warn, format!(" ! {said}")));
        }
        lines
    }

    /// The first trouble, how old the figures are that stand in its place, and the way to what to do.
    fn trouble_line(&self, told: &UsageTold, lang: Lang) -> Option<BannerLine> {
        let (part, diagnosis) = self.diagnosed(told).into_iter().next()?;
        let first = told.gathered.troubles.first();
        let has_older = first.is_some_and(|(part, _)| match part {
            Part::Models => told.models.is_some(),
            part => told.gathered.figures.knows(*part),
        });
        let said = Said::joined(words::MISSING, &[part.into(), diagnosis.title]);
        let older = if has_older {
            words::OLDER.say(lang)
        } else {
            ""
        };
        let to_do = words::WHAT_TO_DO.say(lang);
        Some(BannerLine {
            tail: format!("{older}{to_do}"),
            ..BannerLine::new(Tone::Trouble, format!(" ✗ {}", said.say(lang)))
        })
    }

    /// What is in the way, judged: the server's parts first, then the ledger and its requests.
    pub(super) fn diagnosed(&self, told: &UsageTold) -> Vec<(Phrase, Diagnosis)> {
        let troubles = told.gathered.troubles.iter();
        let troubles = troubles.filter(|(_, symptom)| *symptom != Symptom::NoKey);
        let mut seen: Vec<(Phrase, Diagnosis)> = troubles
            .map(|(part, symptom)| (part_words(*part), diagnosis::explain_at(symptom, told.at)))
            .collect();
        let of_ledger = told.local.as_ref().err();
        let of_requests = self
            .requests
            .found
            .as_ref()
            .and_then(|it| it.as_ref().err());
        let ledger = of_ledger.or(of_requests);
        seen.extend(ledger.map(|trouble| (words::PART_LEDGER, (**trouble).clone())));
        seen
    }
}

fn part_words(part: Part) -> Phrase {
    match part {
        Part::Key => words::PART_KEY,
        Part::Account => words::PART_ACCOUNT,
        Part::Daily => words::PART_DAYS,
        Part::Keys => words::PART_KEYS,
        Part::Analytics => words::PART_ANALYTICS,
        Part::Models => words::PART_MODELS,
    }
}
