//! What holds for every file of this kind; what holds for one is tested in its room.

use rusqlite::Connection;

use super::migration::{migrate, version};

#[test]
fn an_older_version_is_brought_up_to_date_once() {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(folder.path().join("old")).unwrap();
    let steps = ["CREATE TABLE one (a)", "ALTER TABLE one ADD COLUMN b"];
    migrate(&old, &steps[..1]).unwrap();
    old.execute_batch("INSERT INTO one VALUES (1)").unwrap();
    assert_eq!(version(&old), Ok(1));
    for _ in 0..2 {
        migrate(&old, &steps).unwrap();
        assert_eq!(version(&old), Ok(2));
    }
    let row = old.query_row("SELECT a, b IS NULL FROM one", [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))
    });
    assert_eq!(row, Ok((1, true)));
    // A step that fails leaves the version before it.
    assert!(migrate(&old, &[steps[0], steps[1], "nonsense"]).is_err());
    assert_eq!(version(&old), Ok(2));
}
