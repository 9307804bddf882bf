//! What is done with a kept conversation as a whole: named, tagged, deleted for good.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{Archive, words};
use crate::domain::symptom::FileTrouble;

impl Archive {
    /// Calls a conversation something else, by its whole id. An empty title is none: it stays as it is.
    ///
    /// # Errors
    /// There is no such conversation on this shelf (`Missing`).
    pub fn rename(&self, id: &str, title: &str) -> Result<(), FileTrouble> {
        let title = title.trim();
        if title.is_empty() {
            return Ok(());
        }
        self.change(|all| {
            let Some((row, old)) = self.titled(all, id)? else {
                return Ok(None);
            };
            if let Some(old) = old {
                words::take(all, -row, &old)?;
            }
            words::put(all, -row, title)?;
            all.execute(
                "UPDATE conversation SET title = ?2, is_named = 1 WHERE id = ?1",
                params![row, title],
            )?;
            Ok(Some(()))
        })
    }

    /// Tags a conversation with another project's root, or with none.
    ///
    /// # Errors
    /// There is no such conversation on this shelf (`Missing`).
    pub fn set_project(&self, id: &str, project: Option<&str>) -> Result<(), FileTrouble> {
        self.change(|all| {
            let sql = "UPDATE conversation SET project = ?3 WHERE name = ?1 AND is_simulated = ?2";
            let changed = all.execute(sql, params![id, self.is_simulated(), project])?;
            Ok((changed > 0).then_some(()))
        })
    }

    /// Deletes a conversation for good, by its whole id: its bytes are overwritten, in the file and in
    /// what is beside it. False where another program is just reading what stood beside the file: that is
    /// gone as soon as the next one deletes, or the last one ends.
    ///
    /// # Errors
    /// There is no such conversation on this shelf (`Missing`).
    pub fn delete(&self, id: &str) -> Result<bool, FileTrouble> {
        self.change(|all| {
            let Some((row, title)) = self.titled(all, id)? else {
                return Ok(None);
            };
            if let Some(title) = title {
                words::take(all, -row, &title)?;
            }
            let turns: Vec<(i64, String)> = all
                .prepare("SELECT id, text FROM turn WHERE conversation = ?1")?
                .query_map([row], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for (turn, text) in turns {
                words::take(all, turn, &text)?;
                all.execute("DELETE FROM piece WHERE turn = ?1", [turn])?;
                all.execute("DELETE FROM turn WHERE id = ?1", [turn])?;
            }
            all.execute("DELETE FROM conversation WHERE id = ?1", [row])?;
            Ok(Some(()))
        })?;
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let connection = self.database.connection();
        let is_busy = connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(self.database.told(is_busy)? == 0)
    }

    /// The row of a conversation, and its title where that is in the index.
    fn titled(
        &self,
        all: &Transaction<'_>,
        id: &str,
    ) -> rusqlite::Result<Option<(i64, Option<String>)>> {
        all.query_row(
            "SELECT id, iif(is_named, title, NULL) FROM conversation \
             WHERE name = ?1 AND is_simulated = ?2",
            params![id, self.is_simulated()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
    }
}
