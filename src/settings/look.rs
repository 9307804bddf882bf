//! How much a terminal can show, as far as its environment and the person say.
//!
//! Whether output goes to a terminal at all is not known here.

use std::fmt;
use std::str::FromStr;

use crate::domain::environment::Environment;

/// How many colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorDepth {
    /// None.
    Mono,
    /// The terminal's own sixteen.
    Sixteen,
    /// The 256 of xterm.
    TwoFiftySix,
    /// All of them.
    True,
}

/// What the background is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Dark, or not known.
    Dark,
    /// Light.
    Light,
}

/// What `--theme` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Find out.
    #[default]
    Auto,
    /// For a dark ground.
    Dark,
    /// For a light ground.
    Light,
    /// Without colour.
    Mono,
}

impl FromStr for ThemeChoice {
    type Err = UnknownTheme;

    fn from_str(name: &str) -> Result<Self, UnknownTheme> {
        match name {
            "auto" => Ok(Self::Auto),
            "dark" => Ok(Self::Dark),
            "light" => Ok(Self::Light),
            "mono" => Ok(Self::Mono),
            _ => Err(UnknownTheme),
        }
    }
}

/// A `--theme` that the program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTheme;

impl fmt::Display for UnknownTheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of: auto, dark, light, mono")
    }
}

impl std::error::Error for UnknownTheme {}

/// What the flags say about looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookWishes {
    /// `--theme`.
    pub theme: ThemeChoice,
    /// `--no-color` was given.
    pub no_color: bool,
    /// `--plain` was given.
    pub plain: bool,
}

/// How to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many colours.
    pub depth: ColorDepth,
    /// On which ground.
    pub ground: Ground,
    /// Lines one after the other instead of a full screen: the person asked for it, or the terminal
    /// cannot move its cursor.
    pub is_plain: bool,
}

impl Look {
    /// What to use, given what the person and the terminal say.
    pub fn choose(wishes: LookWishes, environment: &Environment) -> Self {
        Self {
            depth: depth(wishes, environment),
            ground: ground(wishes.theme, environment),
            is_plain: wishes.plain || is_dumb(environment),
        }
    }
}

fn is_dumb(environment: &Environment) -> bool {
    environment.get("TERM") == Some("dumb")
}

fn depth(wishes: LookWishes, environment: &Environment) -> ColorDepth {
    // https://no-color.org: any value that is not empty.
    let unwanted = wishes.no_color
        || wishes.theme == ThemeChoice::Mono
        || environment.has("NO_COLOR")
        || is_dumb(environment);
    if unwanted {
        return ColorDepth::Mono;
    }
    if let Some("truecolor" | "24bit") = environment.get("COLORTERM") {
        return ColorDepth::True;
    }
    // Windows Terminal sets this, and no TERM.
    if environment.has("WT_SESSION") {
        return ColorDepth::True;
    }
    match environment.get("TERM") {
        Some(term) => depth_of(term),
        // Windows consoles have no TERM; elsewhere a missing one means a terminal nobody described.
        None if cfg!(windows) => ColorDepth::Sixteen,
        None => ColorDepth::Mono,
    }
}

/// The colours of a terminal by its name. SSH hands on `TERM` but not `COLORTERM`, so terminals known
/// for all colours are recognised by name.
fn depth_of(term: &str) -> ColorDepth {
    const TRUE: &[&str] = &[
        "direct",
        "truecolor",
        "kitty",
        "alacritty",
        "foot",
        "ghostty",
        "wezterm",
    ];
    if TRUE.iter().any(|name| term.contains(name)) {
        ColorDepth::True
    } else if term.contains("256color") {
        ColorDepth::TwoFiftySix
    } else if term.starts_with("vt") {
        // The real ones and those that pretend to be one had no colours.
        ColorDepth::Mono
    } else {
        ColorDepth::Sixteen
    }
}

fn ground(theme: ThemeChoice, environment: &Environment) -> Ground {
    match theme {
        ThemeChoice::Dark => Ground::Dark,
        ThemeChoice::Light => Ground::Light,
        ThemeChoice::Auto | ThemeChoice::Mono => {
            // `foreground;background`, sometimes with a third field between. As vim reads it: of the
            // sixteen, white and the bright ones but bright black are light.
            let background = environment
                .get("COLORFGBG")
                .and_then(|colors| colors.rsplit(';').next())
                .and_then(|number| number.parse::<u8>().ok());
            match background {
                Some(7 | 9..=15) => Ground::Light,
                _ => Ground::Dark,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(wishes: LookWishes, pairs: &[(&str, &str)]) -> Look {
        Look::choose(wishes, &Environment::new(pairs.iter().copied()))
    }

    fn depth(pairs: &[(&str, &str)]) -> ColorDepth {
        look(LookWishes::default(), pairs).depth
    }

    #[test]
    fn colours_follow_what_the_terminal_says() {
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(depth(&[xterm]), ColorDepth::TwoFiftySix);
        assert_eq!(
            depth(&[xterm, ("COLORTERM", "truecolor")]),
            ColorDepth::True
        );
        assert_eq!(depth(&[("TERM", "xterm-kitty")]), ColorDepth::True);
        assert_eq!(depth(&[("TERM", "linux")]), ColorDepth::Sixteen);
        assert_eq!(depth(&[("TERM", "vt220")]), ColorDepth::Mono);
    }

    #[test]
    fn any_wish_for_no_colour_is_followed() {
        let rich = ("COLORTERM", "truecolor");
        assert_eq!(depth(&[rich, ("NO_COLOR", "0")]), ColorDepth::Mono);
        assert_eq!(depth(&[rich, ("NO_COLOR", "")]), ColorDepth::True);
        assert_eq!(depth(&[rich, ("TERM", "dumb")]), ColorDepth::Mono);
        for wishes in [
            LookWishes {
                no_color: true,
                ..LookWishes::default()
            },
            LookWishes {
                theme: ThemeChoice::Mono,
                ..LookWishes::default()
            },
        ] {
            assert_eq!(look(wishes, &[rich]).depth, ColorDepth::Mono);
        }
    }

    #[test]
    fn the_ground_is_what_the_person_says_else_what_the_terminal_says() {
        let ground = |theme, colors| {
            let wishes = LookWishes {
                theme,
                ..LookWishes::default()
            };
            look(wishes, &[("COLORFGBG", colors)]).ground
        };
        assert_eq!(ground(ThemeChoice::Auto, "0;15"), Ground::Light);
        assert_eq!(ground(ThemeChoice::Auto, "0;default;7"), Ground::Light);
        assert_eq!(ground(ThemeChoice::Auto, "15;8"), Ground::Dark);
        assert_eq!(ground(ThemeChoice::Auto, "15;default"), Ground::Dark);
        assert_eq!(ground(ThemeChoice::Dark, "0;15"), Ground::Dark);
        assert_eq!(ground(ThemeChoice::Light, "15;0"), Ground::Light);
    }

    #[test]
    fn a_terminal_that_cannot_move_its_cursor_gets_plain_lines() {
        assert!(look(LookWishes::default(), &[("TERM", "dumb")]).is_plain);
        assert!(!look(LookWishes::default(), &[("TERM", "xterm")]).is_plain);
        let wishes = LookWishes {
            plain: true,
            ..LookWishes::default()
        };
        assert!(look(wishes, &[("TERM", "xterm")]).is_plain);
    }

    #[test]
    fn an_unknown_theme_is_an_error() {
        assert_eq!("light".parse(), Ok(ThemeChoice::Light));
        assert_eq!("blue".parse::<ThemeChoice>(), Err(UnknownTheme));
    }
}
