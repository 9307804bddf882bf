//! Which words stand in which turn: what is handed to SQLite's full-text index, and how it is asked.
//!
//! The index cuts at blanks and signs, which Chinese, Japanese and Korean do without: there each two
//! neighbouring characters are handed over as a word, and the last one by itself. What is looked for is cut
//! alike, so that `密钥` is found within `一个密钥的名字`. What is handed over when something is written
//! has to be handed over again when it is taken out: so this depends on nothing that a later version
//! of a library could see differently.

use std::borrow::Cow;

use rusqlite::{Transaction, params};

/// Puts a text into the index; an empty one has no words.
pub(super) fn put(all: &Transaction<'_>, row: i64, text: &str) -> rusqlite::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    all.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?
        .execute(params![row, cut(text)])?;
    Ok(())
}

/// Takes a text out of the index: exactly what was put in.
pub(super) fn take(all: &Transaction<'_>, row: i64, text: &str) -> rusqlite::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    all.prepare_cached("INSERT INTO words (words, rowid, text) VALUES ('delete', ?1, ?2)")?
        .execute(params![row, cut(text)])?;
    Ok(())
}

/// What the index is asked for a search: every word, its beginning at least; `None` where the search
/// holds no word.
pub(super) fn question(search: &str) -> Option<String> {
    let mut asked: Vec<String> = Vec::new();
    for run in terms(search) {
        for (is_dense, part) in Runs::of(run) {
            if is_dense {
                asked.push(dense_question(part));
            } else if part.chars().any(char::is_alphanumeric) {
                asked.push(format!("\"{}\" *", part.replace('"', " ")));
            }
        }
    }
    (!asked.is_empty()).then(|| asked.join(" AND "))
}

/// The words of a search.
pub(super) fn terms(search: &str) -> impl Iterator<Item = &str> {
    search.split_whitespace()
}

/// Neighbours one behind the other; a single character is the beginning of a pair, or stands alone.
fn dense_question(part: &str) -> String {
    let chars: Vec<char> = part.chars().collect();
    if let [only] = chars.as_slice() {
        return format!("\"{only}\" *");
    }
    let pairs = chars.windows(2).map(|pair| pair.iter().collect());
    format!("\"{}\"", pairs.collect::<Vec<String>>().join(" "))
}

/// The text with its dense parts cut into pairs.
fn cut(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_dense) {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len() * 2);
    for (is_dense, part) in Runs::of(text) {
        if !is_dense {
            all.push_str(part);
            continue;
        }
        let mut chars = part.chars().peekable();
        while let Some(this) = chars.next() {
            all.push(' ');
            all.push(this);
            all.extend(chars.peek());
        }
        all.push(' ');
    }
    Cow::Owned(all)
}

/// A text in parts that are dense throughout or nowhere.
struct Runs<'a>(&'a str);

impl<'a> Runs<'a> {
    fn of(text: &'a str) -> Self {
        Self(text)
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = (bool, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = is_dense(self.0.chars().next()?);
        let end = self.0.find(|c| is_dense(c) != kind).unwrap_or(self.0.len());
        let (part, rest) = self.0.split_at(end);
        self.0 = rest;
        Some((kind, part))
    }
}

/// A character of a script that is written without blanks between words: Han, kana, hangul (where words
/// stand joined with what belongs to them).
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_without_blanks_is_cut_into_pairs() {
        assert_eq!(cut("plain words"), "plain words");
        assert_eq!(cut("用Rust写的代码"), " 用 Rust 写的 的代 代码 码 ");
    }

    #[test]
    fn a_search_asks_for_every_word() {
        let asked = |search| question(search).unwrap_or_default();
        assert_eq!(asked("fold pieces"), "\"fold\" * AND \"pieces\" *");
        assert_eq!(asked("密钥"), "\"密钥\"");
        assert_eq!(asked("新密钥"), "\"新密 密钥\"");
        assert_eq!(asked("钥 k"), "\"钥\" * AND \"k\" *");
        assert_eq!(asked("用Rust"), "\"用\" * AND \"Rust\" *");
    }

    #[test]
    fn nothing_in_a_search_is_taken_for_syntax() {
        assert_eq!(
            question("say \"hi\" OR -x").unwrap(),
            "\"say\" * AND \" hi \" * AND \"OR\" * AND \"-x\" *"
        );
        assert_eq!(question(" -> \"\" * "), None);
    }
}
