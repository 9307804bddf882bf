//! The page of a key that gets a successor: the plan, an earlier one that waits, each step, the end.

use super::words;
use crate::flow::Ticket;
use crate::flow::rotation::{RotationEnd, RotationPlan};
use crate::keymap::{self, Binding, Chord, Hint, Key, hints};
use crate::text::{Lang, Phrase, Said};
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// How far it is.
#[derive(Debug)]
pub(super) enum Rotation {
    /// What would be done is worked out.
    Planning(Ticket),
    /// It is shown; a choice is chosen.
    Planned(Box<RotationPlan>, usize),
    /// An earlier one is to be ended first; a choice is chosen.
    Waiting(Said, usize),
    /// It is being done.
    Running {
        ticket: Ticket,
        steps: Vec<Ended>,
        is_stopping: bool,
    },
    /// It has ended, after these steps.
    Ended(Box<RotationEnd>, Vec<Ended>),
}

/// A step that has ended, and whether it was done.
type Ended = (Said, bool);

/// What a key does on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Up,
    Down,
    Take,
    Leave,
}

/// The keys of its page.
const BINDINGS: &[Binding<Act>] = &[
    Binding::new(
        "take",
        &[Chord::plain(Key::Enter)],
        Act::Take,
        words::TAKE,
        1,
    ),
    Binding::new(
        "leave",
        &[Chord::plain(Key::Esc)],
        Act::Leave,
        words::BACK,
        2,
    ),
    Binding::new(
        "choice-down",
        &[Chord::plain(Key::Down)],
        Act::Down,
        words::DOWN,
        4,
    ),
    Binding::new("choice-up", &[Chord::plain(Key::Up)], Act::Up, words::UP, 0),
];

const ROTATE_IT: [Phrase; 3] = [
    Phrase::new("Rotate it", "轮换"),
    Phrase::new(
        "Rotate it, and delete the old key for good",
        "轮换，并彻底删除旧密钥",
    ),
    Phrase::new("Leave it as it is", "保持原样"),
];
const END_IT: [Phrase; 2] = [
    Phrase::new("End it", "结束它"),
    Phrase::new("Leave it as it is", "保持原样"),
];
const TITLE: Phrase = Phrase::new("Rotate a key", "轮换密钥");
const PLANNING: Phrase = Phrase::new("working out what would be done…", "正在制定计划…");
const STOP: Phrase = Phrase::new("stop, and put everything back", "停止并恢复原状");
const PUTTING_BACK: Phrase = Phrase::new("putting everything back…", "正在恢复原状…");
impl Rotation {
    /// It is under way, and nothing else may come between.
    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    /// It is under way, and nobody has stopped it yet.
    pub(super) fn can_stop(&self) -> bool {
        matches!(
            self,
            Self::Running {
                is_stopping: false,
                ..
            }
        )
    }

    /// Who waits for what is told.
    pub(super) fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Planning(ticket) | Self::Running { ticket, .. } => Some(*ticket),
            Self::Planned(..) | Self::Waiting(..) | Self::Ended(..) => None,
        }
    }

    /// What a chord does here.
    pub(super) fn act(chord: Chord) -> Option<Act> {
        keymap::action(BINDINGS, chord)
    }

    /// What a choice agrees to: whether the old key is deleted at the end; `None`: to nothing.
    pub(super) fn agreed(choice: usize) -> Option<bool> {
        (choice + 1 < ROTATE_IT.len()).then_some(choice == 1)
    }

    /// What can be chosen.
    fn choices(&self) -> &'static [Phrase] {
        match self {
            Self::Planned(..) => &ROTATE_IT,
            Self::Waiting(..) => &END_IT,
            Self::Ended(..) => &[words::CLOSE],
            Self::Planning(_) | Self::Running { .. } => &[],
        }
    }

    /// The choice that is chosen.
    pub(super) fn chosen(&self) -> usize {
        match self {
            Self::Planned(_, chosen) | Self::Waiting(_, chosen) => *chosen,
            _ => 0,
        }
    }

    /// Chooses a choice, the last one where there are not so many.
    pub(super) fn choose(&mut self, place: usize) {
        let last = self.choices().len().saturating_sub(1);
        if let Self::Planned(_, chosen) | Self::Waiting(_, chosen) = self {
            *chosen = place.min(last);
        }
    }

    /// What its keys do now.
    pub(super) fn hints(&self) -> Vec<Hint> {
        let choices = self.choices().len();
        let (runs, stops) = match self {
            Self::Running { is_stopping, .. } => (true, *is_stopping),
            _ => (false, false),
        };
        let all = hints(BINDINGS).filter(|hint| match hint.name {
            "leave" => !stops,
            "take" => choices > 0,
            _ => choices > 1,
        });
        let told = all.map(|mut hint| {
            if runs && hint.name == "leave" {
                hint.words = STOP;
            }
            hint
        });
        told.collect()
    }

    pub(super) fn page(&self, lang: Lang) -> Page<'static> {
        let mut page = Page::new(TITLE.say(lang));
        match self {
            Self::Planning(_) => page.push(Block::Working(PLANNING.say(lang).to_owned())),
            Self::Planned(plan, _) => {
                for line in &plan.lines {
                    page.say(line.say(lang));
                }
                for note in &plan.notes {
                    page.tell(Tone::Warn, format!("! {}", note.say(lang)));
                }
            }
            Self::Waiting(said, _) => page.tell(Tone::Warn, said.say(lang)),
            Self::Running {
                steps, is_stopping, ..
            } => {
                tell_steps(&mut page, steps, lang);
                let words = if *is_stopping {
                    PUTTING_BACK
                } else {
                    words::WORKING
                };
                page.push(Block::Working(words.say(lang).to_owned()));
            }
            Self::Ended(end, steps) => {
                tell_steps(&mut page, steps, lang);
                page.gap();
                let tone = if end.is_rotated {
                    Tone::Good
                } else {
                    Tone::Warn
                };
                page.tell(tone, end.said.say(lang));
                for note in &end.notes {
                    page.tell(Tone::Warn, format!("! {}", note.say(lang)));
                }
                if let Some(trouble) = &end.trouble {
                    page.gap();
                    page.tell(Tone::Trouble, format!("✗ {}", trouble.title.say(lang)));
                    page.say(trouble.cause.say(lang));
                }
            }
        }
        if !self.choices().is_empty() {
            page.gap();
        }
        for words in self.choices() {
            page.choice(words.say(lang), "");
        }
        page.chosen = self.chosen();
        page
    }
}

fn tell_steps(page: &mut Page<'_>, steps: &[Ended], lang: Lang) {
    for (said, is_done) in steps {
        let (tone, mark) = if *is_done {
            (Tone::Good, "✓")
        } else {
            (Tone::Trouble, "✗")
        };
        page.tell(tone, format!("{mark} {}", said.say(lang)));
    }
}
