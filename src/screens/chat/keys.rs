//! The keys and commands of the chat: one table for the last line, help, the palette and `/` in the
//! editor.

use super::pair::words as pair_words;
use super::words;
use crate::keymap::{Binding, Chord, Hint, Key};
use crate::text::Phrase;

/// What a key or a command does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send what stands in the editor.
    Send,
    /// Break the line.
    BreakLine,
    /// Take the last change in the editor back.
    Undo,
    /// Make it once more.
    Redo,
    /// Write in the person's own editor.
    Editor,
    /// Stop the answer, else put away what is open.
    Stop,
    /// Take the first question that waits into the editor.
    TakeWaiting,
    /// Choose a model.
    Model,
    /// Begin a new conversation.
    New,
    /// Answer a question again.
    Regenerate,
    /// Change a question and ask it again.
    Edit,
    /// Show another answer to the same question, or another question in the same place.
    Branch,
    /// Let an answer go on that did not come to its end.
    Continue,
    /// Copy a code block.
    Copy,
    /// Copy every code block on show.
    CopyAll,
    /// Write a code block to a file.
    Save,
    /// Write every code block that carries a file's name.
    SaveAll,
    /// Copy the last answer whole.
    CopyAnswer,
    /// Unfold or fold what the model thought.
    Reasoning,
    /// Fold or unfold a long block of code.
    Fold,
    /// Mark text by the keyboard.
    Mark,
    /// The kept conversations.
    Talks,
    /// Another title.
    Title,
    /// Write this conversation to a file.
    Export,
    /// Put a template of a question into the editor.
    Template,
    /// Use the model in this project from now on.
    ProjectModel,
    /// Delete this conversation for good.
    Delete,
    /// Rules for the model.
    System,
    /// The most that may be spent in this conversation.
    Budget,
    /// The longest answer.
    MaxTokens,
    /// Parameters, fallbacks, providers.
    Set,
    /// Do what the last trouble proposes.
    Mend,
    /// Ask again what failed.
    Retry,
    /// Further up.
    PageUp,
    /// Further down.
    PageDown,
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
    /// To the question before.
    PreviousTurn,
    /// To the next question.
    NextTurn,
    /// Ask a second model, too.
    Compare,
    /// Go on with the first of two answers.
    First,
    /// Go on with the second of two answers.
    Second,
    /// Turn to the other one of two answers.
    OtherSide,
    /// Show one of two answers alone, or both.
    Alone,
}

/// What the hints depend on.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    /// What Esc does, where it does something.
    pub(super) escape: Option<Phrase>,
    /// Two answers are on show.
    pub(super) has_pair: bool,
    /// A question waits.
    pub(super) has_queue: bool,
    /// Enter asks what waits: nothing else stands in the editor, and nothing is under way.
    pub(super) sends_waiting: bool,
}

/// A row as a hint: what is done with two answers stands on the last line while they are on show, and so does what is done
/// with a question that waits.
pub(super) fn hint(mut hint: Hint, now: Moment) -> Hint {
    match hint.name {
        "stop" => match now.escape {
            Some(words) => hint.words = words,
            None => hint.rank = 0,
        },
        // Where Esc does the same, Esc says it.
        "take-waiting" if now.has_queue && now.escape != Some(words::TAKE_WAITING) => {
            hint.rank = 2;
        }
        "send" if now.sends_waiting => hint.words = words::SEND_WAITING,
        _ => {}
    }
    if now.has_pair {
        hint.rank = match hint.name {
            "first" | "second" => 1,
            "other-side" => 2,
            "alone" => 3,
            "compare" => 0,
            _ => hint.rank,
        };
    }
    hint
}

const fn alt(key: Key) -> Chord {
    Chord {
        alt: true,
        ..Chord::plain(key)
    }
}

const fn ctrl(key: Key) -> Chord {
    Chord {
        ctrl: true,
        ..Chord::plain(key)
    }
}

/// The table. The names are the commands: `/model`.
pub const BINDINGS: &[Binding<Action>] = &[
    Binding::new(
        "send",
        &[Chord::plain(Key::Enter)],
        Action::Send,
        words::SEND,
        1,
    ),
    Binding::new(
        "newline",
        &[alt(Key::Enter), Chord::shift(Key::Enter), Chord::ctrl('j')],
        Action::BreakLine,
        words::BREAK_LINE,
        4,
    ),
    Binding::new(
        "editor",
        &[Chord::ctrl('g')],
        Action::Editor,
        words::EDITOR,
        0,
    ),
    // Terminals send Ctrl+/ and Ctrl+_ as one byte, which is read as Ctrl+7.
    Binding::new(
        "undo",
        &[Chord::ctrl('/'), Chord::ctrl('_'), Chord::ctrl('7')],
        Action::Undo,
        words::UNDO,
        0,
    ),
    Binding::new("redo", &[Chord::ctrl('y')], Action::Redo, words::REDO, 0),
    Binding::new(
        "stop",
        &[Chord::plain(Key::Esc)],
        Action::Stop,
        words::STOP,
        2,
    ),
    Binding::new(
        "take-waiting",
        &[Chord::alt('q')],
        Action::TakeWaiting,
        words::TAKE_WAITING,
        0,
    ),
    Binding::new("model", &[Chord::ctrl('o')], Action::Model, words::MODEL, 2),
    Binding::new("new", &[Chord::ctrl('n')], Action::New, words::NEW, 5),
    Binding::new(
        "regenerate",
        &[Chord::ctrl('r')],
        Action::Regenerate,
        words::REGENERATE,
        6,
    ),
    Binding::new("edit", &[Chord::alt('e')], Action::Edit, words::EDIT, 6),
    Binding::new(
        "branch",
        &[Chord::alt('b')],
        Action::Branch,
        words::BRANCH,
        0,
    ),
    Binding::new("continue", &[], Action::Continue, words::CONTINUE, 0),
    Binding::new("copy", &[Chord::alt('c')], Action::Copy, words::COPY, 5),
    Binding::new("copy-all", &[], Action::CopyAll, words::COPY_ALL, 0),
    Binding::new("save", &[Chord::alt('s')], Action::Save, words::SAVE, 5),
    Binding::new(
        "save-all",
        &[Chord::alt('a')],
        Action::SaveAll,
        words::SAVE_ALL,
        0,
    ),
    Binding::new(
        "copy-answer",
        &[],
        Action::CopyAnswer,
        words::COPY_ANSWER,
        0,
    ),
    Binding::new(
        "reasoning",
        &[Chord::alt('r')],
        Action::Reasoning,
        words::REASONING,
        0,
    ),
    Binding::new("fold", &[Chord::alt('f')], Action::Fold, words::FOLD, 0),
    Binding::new("mark", &[Chord::alt('k')], Action::Mark, words::MARK, 0),
    Binding::new(
        "sessions",
        &[Chord::ctrl('l')],
        Action::Talks,
        words::TALKS,
        6,
    ),
    Binding::new("title", &[], Action::Title, words::TITLE_OF, 0),
    Binding::new("template", &[], Action::Template, words::TEMPLATES, 0),
    Binding::new(
        "project-model",
        &[],
        Action::ProjectModel,
        words::PROJECT_MODEL,
        0,
    ),
    Binding::new("export", &[], Action::Export, words::EXPORT, 0),
    Binding::new("delete", &[], Action::Delete, words::DELETE_TITLE, 0),
    Binding::new("system", &[], Action::System, words::SYSTEM, 0),
    Binding::new("budget", &[], Action::Budget, words::BUDGET, 0),
    Binding::new("max-tokens", &[], Action::MaxTokens, words::MAX_TOKENS, 0),
    Binding::new("set", &[], Action::Set, words::SET, 0),
    Binding::new("mend", &[Chord::alt('m')], Action::Mend, words::MEND, 0),
    Binding::new("retry", &[Chord::ctrl('t')], Action::Retry, words::RETRY, 0),
    Binding::new(
        "page-up",
        &[Chord::plain(Key::PageUp)],
        Action::PageUp,
        words::PAGE_UP,
        0,
    ),
    Binding::new(
        "page-down",
        &[Chord::plain(Key::PageDown)],
        Action::PageDown,
        words::PAGE_DOWN,
        0,
    ),
    Binding::new("top", &[ctrl(Key::Home)], Action::Top, words::TOP, 0),
    Binding::new(
        "bottom",
        &[ctrl(Key::End)],
        Action::Bottom,
        words::BOTTOM,
        0,
    ),
    Binding::new(
        "previous-turn",
        &[alt(Key::Up)],
        Action::PreviousTurn,
        words::PREVIOUS_TURN,
        0,
    ),
    Binding::new(
        "next-turn",
        &[alt(Key::Down)],
        Action::NextTurn,
        words::NEXT_TURN,
        0,
    ),
    Binding::new(
        "compare",
        &[Chord::alt('v')],
        Action::Compare,
        pair_words::COMPARE,
        6,
    ),
    Binding::new(
        "first",
        &[Chord::alt(',')],
        Action::First,
        pair_words::CHOOSE_FIRST_SIDE,
        0,
    ),
    Binding::new(
        "second",
        &[Chord::alt('.')],
        Action::Second,
        pair_words::CHOOSE_SECOND_SIDE,
        0,
    ),
    Binding::new(
        "other-side",
        &[Chord::plain(Key::Tab)],
        Action::OtherSide,
        pair_words::OTHER_SIDE,
        0,
    ),
    Binding::new(
        "alone",
        &[Chord::alt('z')],
        Action::Alone,
        pair_words::ALONE,
        0,
    ),
];
