//! Finds words in all that was said: the best fitting conversations first, each once.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::list::Which;
use super::{Archive, read, words};
use crate::domain::clean_text::CleanText;
use crate::domain::kept::{Hit, Snippet};
use crate::domain::symptom::FileTrouble;

/// How many characters stand round what was found, before and behind.
const BEFORE: usize = 30;
const BEHIND: usize = 90;

/// Where words were found.
struct Place {
    conversation: i64,
    turn: Option<i64>,
    text: String,
}

impl Archive {
    /// At most so many conversations with a question, an answer or a title in which all words of a search
    /// stand, or words that begin so, the best fitting first; behind them those in which they stand apart from each
    /// other, the latest first. Case and accents make no difference.
    ///
    /// # Errors
    /// The file could not be read.
    pub fn search(
        &self,
        search: &str,
        which: Which<'_>,
        limit: usize,
    ) -> Result<Vec<Hit>, FileTrouble> {
        let Some(question) = words::question(search) else {
            return Ok(Vec::new());
        };
        let found = self.database.reading().and_then(|all| {
            let mut places = Places {
                archive: self,
                which,
                limit,
                seen: HashSet::new(),
                found: Vec::new(),
            };
            places.in_index(&all, &question)?;
            places.in_pieces(&all, search)?;
            places.apart(&all, search)?;
            let numbered = places.found.into_iter().map(|place| {
                let turn = place
                    .turn
                    .map(|turn| number(&all, place.conversation, turn));
                let id: String = all
                    .prepare_cached("SELECT name FROM conversation WHERE id = ?1")?
                    .query_row([place.conversation], |row| row.get(0))?;
                Ok((id, turn.transpose()?, snippet(&place.text, search)))
            });
            numbered.collect::<rusqlite::Result<Vec<_>>>()
        });
        let mut hits = Vec::new();
        for (id, turn, snippet) in self.database.told(found)? {
            // One that was deleted in this very moment is left out.
            if let Some(kept) = self.kept(&id)? {
                hits.push(Hit {
                    kept,
                    turn,
                    snippet,
                });
            }
        }
        Ok(hits)
    }
}

/// What was found so far.
struct Places<'a> {
    archive: &'a Archive,
    which: Which<'a>,
    limit: usize,
    seen: HashSet<i64>,
    found: Vec<Place>,
}

impl Places<'_> {
    /// What the index knows, the best fitting first.
    fn in_index(&mut self, all: &Connection, question: &str) -> rusqlite::Result<()> {
        let mut asked =
            all.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rank")?;
        let mut turn = all.prepare_cached("SELECT conversation, text FROM turn WHERE id = ?1")?;
        let mut title = all.prepare_cached("SELECT id, title FROM conversation WHERE id = -?1")?;
        let mut rows = asked.query([question])?;
        while self.found.len() < self.limit
            && let Some(row) = rows.next()?
        {
            let id: i64 = row.get(0)?;
            let place = if id > 0 { &mut turn } else { &mut title };
            let place = place
                .query_row([id], |row| {
                    Ok(Place {
                        conversation: row.get(0)?,
                        turn: (id > 0).then_some(id),
                        text: row.get(1)?,
                    })
                })
                .optional()?;
            if let Some(place) = place {
                self.take(all, place)?;
            }
        }
        Ok(())
    }

    /// What is still coming, or was cut off a short while ago, is in no index yet. It is little.
    fn in_pieces(&mut self, all: &Connection, search: &str) -> rusqlite::Result<()> {
        let wanted: Vec<String> = words::terms(search).map(str::to_lowercase).collect();
        let mut asked = all.prepare_cached(
            "SELECT id, conversation FROM turn WHERE id IN (SELECT turn FROM piece) ORDER BY id DESC",
        )?;
        let mut rows = asked.query([])?;
        while self.found.len() < self.limit
            && let Some(row) = rows.next()?
        {
            let (turn, conversation) = (row.get(0)?, row.get(1)?);
            let Some((text, _)) = read::so_far(all, turn)? else {
                continue;
            };
            let lower = text.to_lowercase();
            if wanted.iter().all(|word| lower.contains(word)) {
                let turn = Some(turn);
                self.take(
                    all,
                    Place {
                        conversation,
                        turn,
                        text,
                    },
                )?;
            }
        }
        Ok(())
    }

    /// Conversations in which each of several words stands somewhere: shown by a place of the first one.
    fn apart(&mut self, all: &Connection, search: &str) -> rusqlite::Result<()> {
        let words: Vec<String> = words::terms(search).filter_map(words::question).collect();
        let [first, others @ ..] = words.as_slice() else {
            return Ok(());
        };
        if others.is_empty() || self.found.len() >= self.limit {
            return Ok(());
        }
        let mut holding = holding_of(all, first)?;
        for other in others {
            let other = holding_of(all, other)?;
            holding.retain(|conversation, _| other.contains_key(conversation));
        }
        let mut text = all.prepare_cached("SELECT text FROM turn WHERE id = ?1")?;
        let mut title = all.prepare_cached("SELECT title FROM conversation WHERE id = -?1")?;
        for (conversation, id) in holding.into_iter().rev() {
            if self.found.len() >= self.limit {
                break;
            }
            let place = if id > 0 { &mut text } else { &mut title };
            let text = place.query_row([id], |row| row.get(0)).optional()?;
            if let Some(text) = text {
                let turn = (id > 0).then_some(id);
                self.take(
                    all,
                    Place {
                        conversation,
                        turn,
                        text,
                    },
                )?;
            }
        }
        Ok(())
    }

    /// Takes the first place of a conversation that is meant.
    fn take(&mut self, all: &Connection, place: Place) -> rusqlite::Result<()> {
        if self.seen.contains(&place.conversation) {
            return Ok(());
        }
        let project = match self.which {
            Which::Project(root) => Some(root),
            Which::All => None,
        };
        let is_meant = all
            .prepare_cached(
                "SELECT 1 FROM conversation \
                 WHERE id = ?1 AND is_simulated = ?2 AND (?3 IS NULL OR project = ?3)",
            )?
            .exists(params![
                place.conversation,
                self.archive.is_simulated(),
                project
            ])?;
        self.seen.insert(place.conversation);
        if is_meant {
            self.found.push(place);
        }
        Ok(())
    }
}

/// The conversations in which something stands, each with the row of the index that has it.
fn holding_of(all: &Connection, question: &str) -> rusqlite::Result<BTreeMap<i64, i64>> {
    let mut asked = all.prepare_cached(
        "SELECT coalesce(turn.conversation, -words.rowid), words.rowid \
         FROM words LEFT JOIN turn ON turn.id = words.rowid WHERE words MATCH ?1",
    )?;
    let rows = asked.query_map([question], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// The number of a turn in its conversation.
fn number(all: &Connection, conversation: i64, turn: i64) -> rusqlite::Result<usize> {
    let before: i64 = all
        .prepare_cached("SELECT count(*) FROM turn WHERE conversation = ?1 AND id < ?2")?
        .query_row([conversation, turn], |row| row.get(0))?;
    Ok(usize::try_from(before).unwrap_or_default())
}

/// The first place where a word of a search stands, and what stands round it.
fn snippet(text: &str, search: &str) -> Snippet {
    let (start, end) = words::terms(search)
        .filter_map(|word| find(text, word))
        .min()
        .unwrap_or((0, 0));
    let (before, rest) = text.split_at(start);
    let (hit, after) = rest.split_at(end - start);
    let from = before.char_indices().rev().nth(BEFORE - 1);
    let from = from.map_or(0, |(at, _)| at);
    let before = before.get(from..).unwrap_or_default();
    let to = after.char_indices().nth(BEHIND);
    let cut = to.map_or(after, |(at, _)| after.get(..at).unwrap_or_default());
    let mut shown = Snippet {
        before: spaced(before),
        hit: CleanText::line(hit),
        after: spaced(cut),
    };
    if from > 0 {
        shown.before = CleanText::new(&format!("…{}", shown.before));
    }
    if to.is_some() {
        shown.after = CleanText::new(&format!("{}…", shown.after));
    }
    shown
}

/// On one line, with a blank kept at either end: it stands beside another piece.
fn spaced(text: &str) -> CleanText {
    let line = CleanText::line(text);
    let blank = |is_there: bool| if is_there { " " } else { "" };
    let begins = blank(text.starts_with(char::is_whitespace) && !line.is_empty());
    let ends = blank(text.ends_with(char::is_whitespace));
    CleanText::new(&format!("{begins}{line}{ends}"))
}

/// Where a word first stands in a text, whatever its case, in bytes; at the beginning of a word where
/// there is such a place.
fn find(text: &str, word: &str) -> Option<(usize, usize)> {
    let mut first = None;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let begins_word = last.is_none_or(|last: char| !last.is_alphanumeric());
        last = Some(c);
        let Some(end) = matched(text.get(at..).unwrap_or_default(), word) else {
            continue;
        };
        if begins_word {
            return Some((at, at + end));
        }
        first.get_or_insert((at, at + end));
    }
    first
}

/// How many bytes at the beginning of a text are this word, whatever its case.
fn matched(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars().flat_map(char::to_lowercase).peekable();
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        if !c.to_lowercase().all(|c| wanted.next() == Some(c)) {
            return None;
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, search: &str) -> String {
        let Snippet { before, hit, after } = snippet(text, search);
        format!("{before}[{hit}]{after}")
    }

    #[test]
    fn a_snippet_shows_what_was_found_in_its_place() {
        assert_eq!(
            shown("use the Ledger\nhere", "ledger"),
            "use the [Ledger] here"
        );
        assert_eq!(shown("一个密钥的名字", "密钥"), "一个[密钥]的名字");
        assert_eq!(
            shown("refold it, then fold", "fold"),
            "refold it, then [fold]"
        );
        assert_eq!(shown("unfolded", "fold"), "un[fold]ed");
        assert_eq!(shown("résumé", "resume"), "[]résumé");
        assert_eq!(shown("a\x1b[2Jb ÄÖ", "äö"), "a␛[2Jb [ÄÖ]");
    }

    #[test]
    fn a_long_text_is_cut_on_both_sides() {
        let text = format!("{}needle{}", "é".repeat(500), "ü".repeat(500));
        let shown = shown(&text, "needle");
        let expected = format!("…{}[needle]{}…", "é".repeat(30), "ü".repeat(90));
        assert_eq!(shown, expected);
    }
}
