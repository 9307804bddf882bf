//! Deleted is deleted: not a word of it is left in any file.

use std::path::Path;

use super::*;

/// How often a text stands in the files of a folder.
fn left(folder: &Path, text: &str) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    let files = entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let text = text.as_bytes();
    files
        .map(|bytes| memchr::memmem::find_iter(&bytes, text).count())
        .sum()
}

/// A word that stands nowhere else.
fn rare(number: usize) -> String {
    format!("zq{number:04}xv")
}

#[test]
fn not_a_word_is_left_of_what_was_deleted() {
    let (folder, archive) = archive();
    let pens: Vec<Pen> = (0..120)
        .map(|number| {
            let rare = rare(number);
            let long = format!(
                "{} {rare} {}",
                "much is said ".repeat(200),
                "密钥".repeat(300)
            );
            let mut pen = held(&archive, 1, &format!("what of {rare}?"), &long);
            archive.rename(pen.id(), &format!("Title {rare}")).unwrap();
            archive.set_system(&pen, Some(&rare)).unwrap();
            archive.set_project(pen.id(), Some(&rare)).unwrap();
            let answer = archive.add(&mut pen, &coming(0)).unwrap();
            let piece = Piece {
                text: &rare,
                reasoning: &long,
            };
            archive.grow(&pen, answer, piece, at(2)).unwrap();
            pen
        })
        .collect();
    // What it was called before, and a longer text that was replaced, are no less private.
    archive.rename(pens[7].id(), "Nothing").unwrap();
    archive
        .finish(&pens[7], 1, &whole(0, "short"), at(2))
        .unwrap();
    assert!(left(folder.path(), &rare(7)) > 0);
    for number in [0, 7, 8, 9, 60, 119] {
        assert_eq!(archive.delete(pens[number].id()), Ok(true), "{number}");
        assert_eq!(left(folder.path(), &rare(number)), 0, "{number}");
        assert_eq!(archive.load(pens[number].id()), Ok(None));
        assert_eq!(archive.search(&rare(number), Which::All, 9), Ok(vec![]));
    }
    for number in [1, 59, 118] {
        assert_eq!(
            archive.search(&rare(number), Which::All, 9).unwrap().len(),
            1
        );
    }
    let check = "INSERT INTO words (words) VALUES ('integrity-check')";
    archive.database.connection().execute(check, []).unwrap();
    for pen in &pens {
        let _ = archive.delete(pen.id());
    }
    assert_eq!(left(folder.path(), "zq"), 0);
    assert_eq!(left(folder.path(), "密钥"), 0);
    assert_eq!(archive.list(Which::All, 0, 9), Ok(vec![]));
}

#[test]
fn nothing_is_written_into_what_another_program_deleted() {
    let (folder, archive) = archive();
    let mut pen = held(&archive, 0, "how?", "so");
    let other = again(&folder, Shelf::Real);
    other.delete(pen.id()).unwrap();
    let next = held(&other, 1, "what else?", "nothing");
    for trouble in [
        archive
            .add(&mut pen, &question(Some(1), "zqxv"))
            .unwrap_err(),
        archive
            .grow(
                &pen,
                1,
                Piece {
                    text: "zqxv",
                    reasoning: "",
                },
                at(3),
            )
            .unwrap_err(),
        archive
            .finish(&pen, 1, &whole(0, "zqxv"), at(3))
            .unwrap_err(),
        archive.show(&pen, None).unwrap_err(),
        archive.set_system(&pen, Some("zqxv")).unwrap_err(),
        archive.delete(pen.id()).unwrap_err(),
    ] {
        assert_eq!(trouble.kind, FileProblem::Missing, "{trouble:?}");
    }
    assert_eq!(left(folder.path(), "zqxv"), 0);
    assert_eq!(read(&archive, &next).turns.len(), 2);
    assert_eq!(pen.turns(), 2);
}
