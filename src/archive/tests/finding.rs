//! Listed, named, searched: the right ones, in the right order, of the right shelf.

use super::*;
use crate::domain::kept::Hit;

fn found(archive: &Archive, search: &str) -> Vec<String> {
    let hits = archive.search(search, Which::All, 9).unwrap();
    hits.into_iter().map(|hit| hit.kept.id).collect()
}

#[test]
fn the_latest_are_listed_first_page_by_page_with_what_is_known_of_them() {
    let (_folder, archive) = archive();
    let pens: Vec<Pen> = (0..5)
        .map(|number| held(&archive, number, &format!("question {number}"), "so"))
        .collect();
    let elsewhere = Beginning {
        project: Some("/home/me/other".into()),
        ..beginning(9)
    };
    let elsewhere = archive.begin(&elsewhere).unwrap();
    let first = pens[0].clone();
    archive.add(&mut first.clone(), &whole(0, "thus")).unwrap();
    archive.finish(&first, 1, &whole(0, "so"), at(7)).unwrap();
    let list = |which, skip, limit| archive.list(which, skip, limit).unwrap();
    let all = list(Which::All, 0, 99);
    let expected = [&elsewhere, &pens[0], &pens[4], &pens[3], &pens[2], &pens[1]];
    assert_eq!(ids(&all), expected.map(Pen::id));
    assert_eq!(ids(&list(Which::All, 1, 2)), [pens[0].id(), pens[4].id()]);
    assert_eq!(list(Which::Project(SHOP), 0, 99), all[1..]);
    assert_eq!(list(Which::Project("/home/me"), 0, 99), []);
    let expected = Kept {
        id: first.id().into(),
        title: "question 0".into(),
        project: Some(SHOP.into()),
        server: SERVER.into(),
        begun: at(0),
        touched: at(7),
        turns: 3,
        model: Some("a/one-2026".into()),
        cost: Usd::parse("0.000246913578"),
    };
    assert_eq!(all[1], expected);
    assert_eq!(archive.kept(first.id()), Ok(Some(expected)));
    assert_eq!((all[0].turns, &all[0].model, all[0].cost), (0, &None, None));
}

#[test]
fn what_was_held_with_the_sandbox_is_never_among_the_real_ones() {
    let (folder, real) = archive();
    let simulated = again(&folder, Shelf::Simulated);
    let here = held(&real, 0, "the leopard", "so");
    let there = held(&simulated, 0, "the leopard", "so");
    for (archive, own, other) in [(&real, &here, &there), (&simulated, &there, &here)] {
        assert_eq!(ids(&archive.list(Which::All, 0, 9).unwrap()), [own.id()]);
        assert_eq!(
            ids(&archive.list(Which::Project(SHOP), 0, 9).unwrap()),
            [own.id()]
        );
        assert_eq!(found(archive, "leopard"), [own.id()]);
        assert_eq!(archive.named(other.id()), Ok(Named::Nothing));
        assert_eq!(archive.load(other.id()), Ok(None));
        assert_eq!(archive.kept(other.id()), Ok(None));
        for trouble in [
            archive.rename(other.id(), "x").unwrap_err(),
            archive.set_project(other.id(), None).unwrap_err(),
            archive.delete(other.id()).unwrap_err(),
        ] {
            assert_eq!(trouble.kind, FileProblem::Missing);
        }
    }
    assert_eq!(
        *simulated.list(Which::All, 0, 9).unwrap()[0].server,
        *"sandbox"
    );
}

#[test]
fn an_id_may_be_shortened_at_either_end() {
    let (_folder, archive) = archive();
    let one = archive.begin(&beginning(0)).unwrap();
    let other = archive.begin(&beginning(3600)).unwrap();
    let named = |short: &str| archive.named(short).unwrap();
    let is_one =
        |short: &str, pen: &Pen| assert_eq!(named(short), Named::One(pen.id.clone()), "{short}");
    is_one(one.id(), &one);
    is_one("20260903-10", &one);
    is_one(" 20260903-11", &other);
    is_one(other.id().rsplit('-').next().unwrap(), &other);
    is_one(
        &other.id().rsplit('-').next().unwrap().to_uppercase(),
        &other,
    );
    let both = Named::Several(vec![one.id.clone(), other.id.clone()]);
    assert_eq!(named("2026"), both);
    for none in ["", "*", "2026*", "[2", "%", "密钥", "2025"] {
        assert_eq!(named(none), Named::Nothing, "{none}");
    }
}

#[test]
fn words_are_found_in_questions_answers_and_titles_whatever_their_case() {
    let (_folder, archive) = archive();
    let cat = held(&archive, 0, "What is a Leopard?", "A résumé of cats");
    let lock = held(
        &archive,
        1,
        "fold_pieces() fails",
        "Take the lock before.\nThen fold.",
    );
    let key = held(
        &archive,
        2,
        "怎样保存密钥？",
        "用 Rust写一个密钥库的代码，鍵",
    );
    let finds = |search: &str, pens: &[&Pen]| {
        let mut expected: Vec<String> = pens.iter().map(|pen| pen.id.clone()).collect();
        let mut found = found(&archive, search);
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{search}");
    };
    finds("leopard", &[&cat]);
    finds("LEO", &[&cat]);
    finds("resume", &[&cat]);
    finds("pieces", &[&lock]);
    finds("fold_pieces", &[&lock]);
    finds("fold lock", &[&lock]);
    finds("cats leopard", &[&cat]);
    finds("fails -> lock", &[&lock]);
    finds("保存 Rust", &[&key]);
    finds("a", &[&cat]);
    finds("密钥", &[&key]);
    finds("密钥库的", &[&key]);
    finds("钥", &[&key]);
    finds("库", &[&key]);
    finds("鍵", &[&key]);
    finds("rust 代码", &[&key]);
    finds("Rust写", &[&key]);
    for none in [
        "钥密",
        "eopard",
        "leopard lock",
        "\"",
        "->",
        "",
        "lock AND NOT x",
        "fold* OR",
    ] {
        finds(none, &[]);
    }
    archive.rename(lock.id(), "Waiting for the key").unwrap();
    finds("waiting", &[&lock]);
    finds("key", &[&lock]);
    archive.rename(lock.id(), "Locks 密钥").unwrap();
    finds("waiting", &[]);
    finds("密钥", &[&lock, &key]);
    assert_eq!(
        *archive.kept(lock.id()).unwrap().unwrap().title,
        *"Locks 密钥"
    );
    archive.rename(lock.id(), "  ").unwrap();
    assert_eq!(read(&archive, &lock).title, "Locks 密钥");
}

#[test]
fn a_hit_tells_where_it_is_and_the_better_one_comes_first() {
    let (_folder, archive) = archive();
    let long = format!("{} leopard {}", "word ".repeat(300), "word ".repeat(300));
    let passing = held(&archive, 0, "how?", &long);
    let about = held(&archive, 1, "leopard or lynx?", "A leopard.");
    let hits: Vec<Hit> = archive.search("leopard", Which::All, 9).unwrap();
    assert_eq!(hits.len(), 2, "each conversation once");
    assert_eq!(hits[0].kept.id, about.id());
    assert_eq!(hits[1].kept.id, passing.id());
    assert_eq!(hits[1].turn, Some(1));
    assert_eq!(*hits[1].snippet.hit, *"leopard");
    assert!(hits[1].snippet.before.starts_with('…') && hits[1].snippet.after.ends_with('…'));
    assert_eq!(archive.search("leopard", Which::All, 1).unwrap(), hits[..1]);
    archive.rename(passing.id(), "Lizards").unwrap();
    let hits = archive.search("lizard", Which::All, 9).unwrap();
    assert_eq!((hits[0].turn, &*hits[0].snippet.hit), (None, "Lizard"));
    let other = Some("/home/me/other");
    archive.set_project(about.id(), other).unwrap();
    let hits = archive.search("leopard", Which::Project("/home/me/other"), 9);
    assert_eq!(hits.unwrap().len(), 1);
}

#[test]
fn earlier_questions_are_those_of_this_project_and_shelf_the_last_one_last() {
    let (folder, archive) = archive();
    let (first, other, third) = (
        held(&archive, 0, "one", "1"),
        held(&archive, 1, "elsewhere", "2"),
        held(&archive, 2, "two\nlines", "3"),
    );
    archive.set_project(first.id(), Some(SHOP)).unwrap();
    archive
        .set_project(other.id(), Some("/home/me/else"))
        .unwrap();
    archive.set_project(third.id(), Some(SHOP)).unwrap();
    assert_eq!(archive.questions(SHOP, 9).unwrap(), ["one", "two\nlines"]);
    assert_eq!(archive.questions(SHOP, 1).unwrap(), ["two\nlines"]);
    let simulated = again(&folder, Shelf::Simulated);
    assert!(simulated.questions(SHOP, 9).unwrap().is_empty());
}
