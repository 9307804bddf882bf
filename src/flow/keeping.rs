//! What of a conversation is to be kept, as it grows.

use jiff::Timestamp;

use super::effect::Ticket;
use crate::domain::conversation::{Conversation, Turn};
use crate::text::Lang;

/// Something of a conversation to keep. Deeds are done in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TalkDeed {
    /// From here on this conversation is meant. One without turns begins anew; one with turns is
    /// gone on with. Every other deed belongs to the one that was opened last.
    Open {
        /// The base URL of the server that it is held with.
        server: String,
        /// The conversation.
        talk: Box<Conversation>,
    },
    /// A turn was added.
    Add(Box<Turn>),
    /// An answer grew.
    Grow {
        /// The number of its turn.
        turn: usize,
        /// What came.
        text: String,
        /// What it thought.
        reasoning: String,
    },
    /// An answer will not grow any more: this is all of it.
    Finish {
        /// The number of its turn.
        turn: usize,
        /// The whole turn.
        whole: Box<Turn>,
        /// When.
        at: Timestamp,
    },
    /// Another branch is on show.
    Show(Option<usize>),
    /// Other rules go with the questions.
    Rules(Option<String>),
    /// It has another title.
    Title(String),
    /// This one, whichever is open, is deleted for good: behind everything that was kept of it.
    Delete {
        /// Who waits.
        ticket: Ticket,
        /// Its id.
        id: String,
    },
}

/// A conversation on its way into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalkExport {
    /// The conversation, as it stands on the screen.
    pub talk: Box<Conversation>,
    /// The base URL of the server it is held with.
    pub server: String,
    /// In whose words.
    pub lang: Lang,
    /// The file; one that ends in `.json` gets JSON. `None`: Markdown, in a file named after the title.
    pub path: Option<String>,
}
