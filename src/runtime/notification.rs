//! The bytes by which a terminal calls its person: pure, so that each can be looked at.
//!
//! What stands between this program and the terminal decides what reaches it. tmux hands a sequence on
//! only when it is wrapped, and only where its `allow-passthrough` says so; the bell beside it always
//! counts. screen and the consoles that would print a sequence get the bell alone.

use crate::domain::clean_text::CleanText;
use crate::domain::environment::Environment;
use crate::domain::notify::NotifyBy;

/// Longer ones are cut: a desktop shows no more.
const MOST_CHARS: usize = 200;
/// Who calls.
const WHO: &str = "onramp";
const BELL: &str = "\x07";

/// What stands between this program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Nothing that matters.
    Nothing,
    /// tmux.
    Tmux,
    /// A terminal, or a program before it, that knows no such sequence and may print it.
    BellOnly,
}

impl Between {
    fn of(environment: &Environment) -> Self {
        let term = environment.get("TERM").unwrap_or_default();
        if environment.has("TMUX") {
            Self::Tmux
        } else if environment.has("WT_SESSION") {
            // Windows Terminal sets no TERM.
            Self::Nothing
        } else if environment.has("STY") || term.starts_with("screen") || is_bare(term) {
            Self::BellOnly
        } else {
            Self::Nothing
        }
    }
}

/// A console that prints what it does not know.
fn is_bare(term: &str) -> bool {
    matches!(term, "linux" | "dumb" | "vt100" | "vt220" | "cons25" | "")
}

/// The bytes that call; `None` where there is nothing to send.
pub(super) fn bytes(by: NotifyBy, words: &CleanText, environment: &Environment) -> Option<String> {
    // On one line, without a control character: nothing in it can end the sequence or begin another.
    let words = CleanText::line(words).shortened(MOST_CHARS);
    let sequence = match by {
        NotifyBy::Off => return None,
        NotifyBy::Bell => return Some(BELL.into()),
        // The name before it keeps a text that begins with a digit from being read as a command.
        NotifyBy::Osc9 => format!("\x1b]9;{WHO}: {words}{BELL}"),
        // A semicolon would begin another part.
        NotifyBy::Osc777 => {
            let words = words.replace(';', ",");
            format!("\x1b]777;notify;{WHO};{words}{BELL}")
        }
    };
    Some(match Between::of(environment) {
        Between::Nothing => sequence,
        Between::Tmux => {
            let inner = sequence.replace('\x1b', "\x1b\x1b");
            format!("\x1bPtmux;{inner}\x1b\\{BELL}")
        }
        Between::BellOnly => BELL.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(by: NotifyBy, words: &str, environment: &[(&str, &str)]) -> Option<String> {
        let environment = Environment::new(environment.iter().copied());
        bytes(by, &CleanText::new(words), &environment)
    }

    const XTERM: &[(&str, &str)] = &[("TERM", "xterm-256color")];
    const TMUX: &[(&str, &str)] = &[("TERM", "tmux-256color"), ("TMUX", "/tmp/s,1,0")];

    #[test]
    fn each_way_has_its_own_bytes() {
        assert_eq!(sent(NotifyBy::Off, "low", XTERM), None);
        let sent = |by| sent(by, "low; very", XTERM).unwrap();
        assert_eq!(sent(NotifyBy::Bell), "\x07");
        assert_eq!(sent(NotifyBy::Osc9), "\x1b]9;onramp: low; very\x07");
        assert_eq!(
            sent(NotifyBy::Osc777),
            "\x1b]777;notify;onramp;low, very\x07"
        );
    }

    #[test]
    fn inside_tmux_it_is_wrapped_and_the_bell_stands_beside_it() {
        assert_eq!(
            sent(NotifyBy::Osc9, "low", TMUX).unwrap(),
            "\x1bPtmux;\x1b\x1b]9;onramp: low\x07\x1b\\\x07"
        );
        assert_eq!(sent(NotifyBy::Bell, "low", TMUX).unwrap(), "\x07");
    }

    #[test]
    fn where_a_sequence_would_be_printed_the_bell_rings() {
        for environment in [
            &[("TERM", "linux")][..],
            &[("TERM", "dumb")],
            &[],
            &[("TERM", "screen-256color")],
            &[("TERM", "xterm"), ("STY", "1.pts")],
        ] {
            for by in [NotifyBy::Osc9, NotifyBy::Osc777] {
                assert_eq!(sent(by, "low", environment).unwrap(), "\x07");
            }
        }
    }

    #[test]
    fn a_terminal_of_windows_names_itself_otherwise() {
        let here = &[("WT_SESSION", "8-4-4")];
        assert_eq!(
            sent(NotifyBy::Osc9, "low", here).unwrap(),
            "\x1b]9;onramp: low\x07"
        );
    }

    #[test]
    fn nothing_in_the_words_can_drive_the_terminal() {
        let evil = "a\x07b\x1b]0;title\x1b\\c\u{9c}d\r\ne\u{202e}";
        let sent = sent(NotifyBy::Osc9, evil, XTERM).unwrap();
        assert_eq!(
            sent,
            "\x1b]9;onramp: a␇b␛]0;title␛\\c<U+009C>d e<U+202E>\x07"
        );
    }

    #[test]
    fn a_long_text_is_cut() {
        let sent = sent(NotifyBy::Osc777, &"长".repeat(5_000), XTERM).unwrap();
        assert!(sent.chars().count() < 250 && sent.ends_with("…\x07"));
    }
}
