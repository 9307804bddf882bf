//! `onramp explain`: the catalogue of troubles, before one of them happens.

use crate::support::{Desk, shape};

#[test]
fn one_trouble_is_explained_in_words_and_in_json() {
    let desk = Desk::new();
    desk.run(&["explain", "clock-skew"])
        .ends(0)
        .quietly()
        .says("(clock-skew)\n")
        .says("hint: Set this machine's date and time")
        .says("Exit code: 7");
    desk.run(&["explain", "clock-skew", "--lang", "zh-CN"])
        .ends(0)
        .says("本机时钟不准")
        .says("退出码：7");
    let ran = desk.run(&["explain", "clock-skew", "--json"]).ends(0);
    assert_eq!(
        shape(&ran.json()),
        "{cause: text, exit_code: count, fixes: [text], id: text, links: [], raw: null, title: text}"
    );
}

#[test]
fn the_pages_that_help_are_printed() {
    Desk::new()
        .run(&["explain", "key-refused"])
        .ends(0)
        .says("page: https://openrouter.ai/settings/keys\n");
}

#[test]
fn without_an_id_all_are_listed() {
    let desk = Desk::new();
    let lines = desk.run(&["explain"]).ends(0).quietly().out;
    let listed = desk.run(&["explain", "--json"]).ends(0).json();
    let listed = listed.as_array().expect("a list");
    assert_eq!(lines.lines().count(), listed.len());
    for (line, row) in lines.lines().zip(listed) {
        let id = row["id"].as_str().expect("a text");
        assert!(line.starts_with(&format!("{id} ")), "{line}");
        desk.run(&["explain", id]).ends(0);
    }
}

#[test]
fn a_status_is_explained_as_what_it_usually_is() {
    let desk = Desk::new();
    desk.run(&["explain", "402"])
        .ends(0)
        .says("(credits-used-up)");
    desk.run(&["explain", "429"]).ends(0).says("(rate-limited)");
    desk.run(&["explain", "Clock-Skew"])
        .ends(0)
        .says("(clock-skew)");
    desk.run(&["explain", "200"]).ends(2);
}

#[test]
fn a_name_that_nothing_has_is_a_mistake_and_the_nearest_is_named() {
    let desk = Desk::new();
    desk.run(&["explain", "clock-skw"])
        .ends(2)
        .without_result()
        .notes("did you mean clock-skew?");
    desk.run(&["explain", "\u{1b}[31mxyz"])
        .ends(2)
        .notes("lists them all");
}
