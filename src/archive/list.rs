//! Which conversations there are, the latest first, page by page.

use rusqlite::{OptionalExtension, Row, params};

use super::{Archive, read};
use crate::domain::clean_text::CleanText;
use crate::domain::kept::Kept;
use crate::domain::money::Usd;
use crate::domain::symptom::FileTrouble;

/// Which conversations are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// Those of the project with this root.
    Project(&'a str),
    /// All of the shelf.
    All,
}

/// A conversation and what is reckoned of its turns.
const KEPT: &str = "SELECT name, title, project, server, begun, touched, \
    (SELECT count(*) FROM turn WHERE conversation = c.id), \
    (SELECT model FROM turn WHERE conversation = c.id AND model IS NOT NULL ORDER BY id DESC LIMIT 1), \
    (SELECT sum(cost / 1000000000000) FROM turn WHERE conversation = c.id), \
    (SELECT sum(cost % 1000000000000) FROM turn WHERE conversation = c.id) \
    FROM conversation AS c";
const LATEST: &str = "ORDER BY touched DESC, id DESC LIMIT ?2 OFFSET ?3";

/// Texts are read last: some are long, and most are not wanted.
const QUESTIONS: &str = "SELECT text FROM turn WHERE id IN ( \
    SELECT id FROM turn WHERE about LIKE '{\"person\"%' AND conversation IN ( \
        SELECT id FROM conversation WHERE is_simulated = ?1 AND project = ?2 ORDER BY touched DESC LIMIT 50 \
    ) ORDER BY id DESC LIMIT ?3 \
) ORDER BY id DESC";

impl Archive {
    /// At most so many conversations, the latest first, after so many others.
    ///
    /// # Errors
    /// The file could not be read; so for everything here.
    pub fn list(
        &self,
        which: Which<'_>,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<Kept>, FileTrouble> {
        let simulated = self.is_simulated();
        let (limit, skip) = (most(limit), most(skip));
        match which {
            Which::All => {
                let sql = format!("{KEPT} WHERE is_simulated = ?1 {LATEST}");
                self.database
                    .all(&sql, params![simulated, limit, skip], kept)
            }
            Which::Project(root) => {
                let sql = format!("{KEPT} WHERE is_simulated = ?1 AND project = ?4 {LATEST}");
                let values = params![simulated, limit, skip, root];
                self.database.all(&sql, values, kept)
            }
        }
    }

    /// What people asked in the latest conversations of a project, at most so many questions, the last one last.
    pub fn questions(&self, root: &str, limit: usize) -> Result<Vec<String>, FileTrouble> {
        let values = params![self.is_simulated(), root, most(limit)];
        let mut questions = self.database.all(QUESTIONS, values, |row| row.get(0))?;
        questions.reverse();
        Ok(questions)
    }

    /// One conversation by its whole id.
    pub fn kept(&self, id: &str) -> Result<Option<Kept>, FileTrouble> {
        let sql = format!("{KEPT} WHERE is_simulated = ?1 AND name = ?2");
        let connection = self.database.connection();
        let found = connection.prepare_cached(&sql).and_then(|mut asked| {
            asked
                .query_row(params![self.is_simulated(), id], kept)
                .optional()
        });
        self.database.told(found)
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let (dollars, picos): (Option<i64>, Option<i64>) = (row.get(8)?, row.get(9)?);
    let picos = dollars
        .zip(picos)
        .map(|(dollars, picos)| i128::from(dollars) * 1_000_000_000_000 + i128::from(picos));
    let clean = |text: String| CleanText::line(&text);
    Ok(Kept {
        id: row.get(0)?,
        title: clean(row.get(1)?),
        project: row.get::<_, Option<String>>(2)?.map(clean),
        server: clean(row.get(3)?),
        begun: read::time(row, 4)?,
        touched: read::time(row, 5)?,
        turns: u64::try_from(row.get::<_, i64>(6)?).unwrap_or_default(),
        model: row.get::<_, Option<String>>(7)?.map(clean),
        cost: picos.map(Usd::from_picos),
    })
}

pub(super) fn most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
