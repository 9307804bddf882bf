//! The keys that work everywhere.

use crate::flow::ScreenName;
use crate::keymap::{Binding, Chord, Key};
use crate::text::Phrase;

/// What a key does everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave.
    Quit,
    /// Leave, even while typing.
    Interrupt,
    /// Every key and whom to ask.
    Help,
    /// Every action by name.
    Palette,
    /// To another screen.
    Go(ScreenName),
    /// The other language.
    Language,
    /// Back to the shell for a while.
    Suspend,
}

/// The keys that work everywhere. Those that type a character give way to a field. Their ranks are above those of
/// a screen's keys: help and the way out are the last to leave the last line.
pub const BINDINGS: &[Binding<Action>] = &[
    Binding::new(
        "help",
        &[Chord::char('?'), Chord::plain(Key::F(1))],
        Action::Help,
        Phrase::new("help", "帮助"),
        1,
    ),
    Binding::new(
        "palette",
        &[Chord::ctrl('p')],
        Action::Palette,
        Phrase::new("actions", "操作"),
        3,
    ),
    Binding::new(
        "setup",
        &[Chord::char('1'), Chord::alt('1')],
        Action::Go(ScreenName::Setup),
        Phrase::new("set up", "设置"),
        0,
    ),
    Binding::new(
        "usage",
        &[Chord::char('2'), Chord::alt('2')],
        Action::Go(ScreenName::Usage),
        Phrase::new("usage", "用量"),
        0,
    ),
    Binding::new(
        "chat",
        &[Chord::char('3'), Chord::alt('3')],
        Action::Go(ScreenName::Chat),
        Phrase::new("chat", "对话"),
        0,
    ),
    Binding::new(
        "models",
        &[Chord::char('4'), Chord::alt('4')],
        Action::Go(ScreenName::Models),
        Phrase::new("models", "模型"),
        0,
    ),
    Binding::new(
        "keys",
        &[Chord::char('5'), Chord::alt('5')],
        Action::Go(ScreenName::Keys),
        Phrase::new("keys", "密钥"),
        0,
    ),
    Binding::new(
        "language",
        &[Chord::plain(Key::F(2))],
        Action::Language,
        Phrase::new("中文", "English"),
        6,
    ),
    Binding::new(
        "quit",
        &[Chord::char('q')],
        Action::Quit,
        Phrase::new("quit", "退出"),
        1,
    ),
    Binding::new(
        "interrupt",
        &[Chord::ctrl('c')],
        Action::Interrupt,
        Phrase::new(
            "stop the answer, clear the field, or leave at once",
            "停止回答、清空输入框，或立即退出",
        ),
        0,
    ),
    Binding::new(
        "suspend",
        &[Chord::ctrl('z')],
        Action::Suspend,
        Phrase::new("suspend", "挂起"),
        0,
    ),
];
