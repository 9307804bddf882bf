//! How a terminal is asked to call its person.

use std::fmt;
use std::str::FromStr;

/// How a terminal is asked to call its person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotifyBy {
    /// Not at all.
    #[default]
    Off,
    /// The bell: every terminal knows it; many mark the window or the tab.
    Bell,
    /// A notification of the desktop by OSC 9. Known to iTerm2, Windows Terminal, kitty, `WezTerm`, ghostty.
    Osc9,
    /// A notification of the desktop by OSC 777. Known to foot, ghostty, kitty, `WezTerm`, rxvt, and VTE where
    /// the distribution adds it.
    Osc777,
}

impl NotifyBy {
    /// Every way, the quietest first.
    pub const ALL: [Self; 4] = [Self::Off, Self::Bell, Self::Osc9, Self::Osc777];

    /// Its name in files.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Bell => "bell",
            Self::Osc9 => "osc9",
            Self::Osc777 => "osc777",
        }
    }

    /// The one after it; after the last comes the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Bell,
            Self::Bell => Self::Osc9,
            Self::Osc9 => Self::Osc777,
            Self::Osc777 => Self::Off,
        }
    }
}

impl FromStr for NotifyBy {
    type Err = UnknownWay;

    fn from_str(tag: &str) -> Result<Self, UnknownWay> {
        let way = Self::ALL.into_iter().find(|way| way.tag() == tag);
        way.ok_or(UnknownWay)
    }
}

/// A word that names no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWay;

impl fmt::Display for UnknownWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of: off, bell, osc9, osc777")
    }
}

impl std::error::Error for UnknownWay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_found_by_its_name_and_reached_one_after_the_other() {
        let mut way = NotifyBy::default();
        for expected in NotifyBy::ALL {
            assert_eq!(way, expected);
            assert_eq!(way.tag().parse(), Ok(way));
            way = way.next();
        }
        assert_eq!(way, NotifyBy::Off);
        assert_eq!("loud".parse::<NotifyBy>(), Err(UnknownWay));
    }
}
