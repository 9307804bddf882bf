//! What the file looks like inside.

use crate::database::Layout;

/// The archive as a file.
pub(super) static LAYOUT: Layout = Layout {
    file: super::FILE,
    // The letters "onrc".
    application: 0x6f6e_7263,
    steps: &[FIRST],
    parts: &[
        "conversation",
        "conversation_latest",
        "conversation_of_project",
        "turn",
        "turn_of_conversation",
        "piece",
        "words",
    ],
    looks: &[
        "SELECT max(id) FROM conversation",
        "SELECT max(touched) FROM conversation WHERE is_simulated = 0",
        "SELECT max(id) FROM turn",
        "SELECT max(conversation) FROM turn",
        "SELECT max(turn) FROM piece",
        "SELECT count(*) FROM words_config",
    ],
    pragmas: &[
        // What is deleted is overwritten, and no copy of it is put elsewhere for sorting.
        ("secure_delete", "on"),
        ("temp_store", "memory"),
    ],
};

/// Times are microseconds since 1970 (UTC), amounts are pico-dollars, NULL is "nobody said". Numbers of rows
/// are never given again: a pen must not write into what another program put in the place of something
/// deleted.
///
/// `turn.about` is who speaks and what is known of it, as JSON; long texts stand last, so that nothing has
/// to be read over them. `words` holds no text, only where each word stands: of a turn under its number,
/// while its text is not empty; of a title that a person gave under minus the conversation's.
const FIRST: &str = "
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)),
    server TEXT NOT NULL,
    title TEXT NOT NULL,
    is_named INTEGER NOT NULL DEFAULT 0 CHECK (is_named IN (0, 1)),
    project TEXT,
    begun INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    tip INTEGER,
    system TEXT
) STRICT;
CREATE INDEX conversation_latest ON conversation (is_simulated, touched);
CREATE INDEX conversation_of_project ON conversation (is_simulated, project, touched);

CREATE TABLE turn (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL,
    parent INTEGER,
    at INTEGER NOT NULL,
    model TEXT,
    cost INTEGER,
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL
) STRICT;
CREATE INDEX turn_of_conversation ON turn (conversation);

CREATE TABLE piece (
    turn INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    PRIMARY KEY (turn, number)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5(
    text, content='', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
";
