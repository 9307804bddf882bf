//! Which key would a program read? Where the keys and the base URLs stand, and which of them each kind
//! of program takes: in the words of the command line and of the wizard alike. No value is here whole.

use std::path::{Path, PathBuf};

use super::clean_text::CleanText;
use super::sighting::Place;
use crate::text::{Phrase, Said};

/// The places, and the winners among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyTable {
    /// Every place, in the order of this program's precedence; then the shells' profiles.
    pub standing: Vec<MaskedStanding>,
    /// Files that could not be read: what stands in them is not known.
    pub unread: Vec<Unread>,
    /// What each kind of program reads: those that the project shows signs of first, this one last.
    pub winners: Vec<Winner>,
}

/// A variable at a place, its value masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedStanding {
    /// The variable.
    pub name: &'static str,
    /// Where.
    pub place: Place,
    /// Its value, as it may be shown.
    pub shown: CleanText,
    /// The value points to something kept elsewhere.
    pub is_reference: bool,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub why: Said,
}

/// What a kind of program reads under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Winner {
    /// The program's stable name.
    pub program: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The project shows signs of it.
    pub is_used: bool,
    /// The variable.
    pub name: &'static str,
    /// What it reads; `None` where it finds the variable nowhere.
    pub standing: Option<MaskedStanding>,
}

impl KeyTable {
    /// Above the places.
    pub const PLACES: Phrase = Phrase::new(
        "Where the keys and the base URLs stand",
        "密钥和基础地址的所在位置",
    );
    /// Instead of the places, where there is none.
    pub const NOWHERE: Phrase = Phrase::new("nowhere", "哪里都没有");
    /// Above the programs.
    pub const PROGRAMS: Phrase = Phrase::new(
        "What programs read (* this project shows signs of it)",
        "各类程序会读到什么（* 表示项目中有其迹象）",
    );
}

impl Winner {
    /// The program's name behind its mark: `*` where the project shows signs of it.
    pub fn marked_title(&self) -> String {
        let mark = if self.is_used { '*' } else { ' ' };
        format!("{mark} {}", self.title)
    }

    /// Where the program finds the variable, as a person would say it.
    pub fn source(&self, folder: &Path) -> Said {
        const NOTHING: Phrase = Phrase::new("nothing", "读不到");
        match &self.standing {
            Some(standing) => standing.place.said(folder),
            None => NOTHING.into(),
        }
    }
}
