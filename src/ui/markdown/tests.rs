//! What becomes of Markdown at a width.

use proptest::prelude::*;

use super::*;

fn room(columns: usize) -> Room {
    Room {
        columns,
        keeps_marks: false,
    }
}

fn flow(text: &str, room: Room) -> Flow {
    let mut flow = Flow::new(Manner::Markdown, Tone::Plain, room);
    flow.grow(&CleanText::new(text), false);
    flow
}

fn told(flow: &Flow) -> Vec<String> {
    let rows = 0..flow.rows().len();
    rows.map(|row| flow.rows().text(row).trim_end().to_owned())
        .collect()
}

fn rows(text: &str, columns: usize) -> Vec<String> {
    told(&flow(text, room(columns)))
}

#[test]
fn paragraphs_headings_and_lists_stand_apart() {
    assert_eq!(
        rows(
            "# One\ntwo **three**\n- a\n- b\n  1. c\n\n     d\n- [x] e\n\n\n***\nf",
            20
        ),
        [
            "One",
            "two three",
            "• a",
            "• b",
            "  1. c",
            "",
            "     d",
            "[x] e",
            "",
            "────────────────────",
            "f"
        ]
    );
}

#[test]
fn quotes_keep_their_bar_and_long_words_their_place() {
    assert_eq!(
        rows("> one two three\n> - four five six\n>\n> seven\n\nout", 14),
        [
            "│ one two",
            "│ three",
            "│ • four five",
            "│   six",
            "│",
            "│ seven",
            "",
            "out"
        ]
    );
}

#[test]
fn links_show_where_they_lead() {
    let flow = flow("see [here](https://a.b/c) and https://d.e", room(60));
    assert_eq!(told(&flow), ["see here (https://a.b/c) and https://d.e"]);
    let links: Vec<_> = flow.rows().pieces(0).filter_map(|it| it.link).collect();
    assert_eq!(links, ["https://a.b/c", "https://a.b/c", "https://d.e"]);
}

#[test]
fn without_colour_the_marks_stay() {
    let room = Room {
        columns: 60,
        keeps_marks: true,
    };
    let text = "## Two\n\n**a** *b* `c` ~~d~~ \\*e\nf _g_ [h](https://i.j)";
    assert_eq!(
        told(&flow(text, room)),
        [
            "## Two",
            "",
            "**a** *b* `c` ~~d~~ *e",
            "f _g_ [h](https://i.j)"
        ]
    );
}

#[test]
fn code_has_a_row_for_its_header_and_folds_where_it_is_wide() {
    let text = "do\n```rust src/a.rs\nlet a = \"密钥\";\n\n\tb\n```\nso";
    let flow = flow(text, room(14));
    assert_eq!(
        told(&flow),
        [
            "do",
            "",
            "",
            "│ let a = \"密",
            "↳ 钥\";",
            "│",
            "│     b",
            "",
            "so"
        ]
    );
    assert_eq!(flow.codes(), 1);
    let block = &flow.blocks()[0];
    assert_eq!((block.first, block.end), (2, 7));
    assert!(matches!(&block.kind, BlockKind::Code { path: Some(path), .. } if path == "src/a.rs"));
}

#[test]
fn tables_fit_their_columns_fold_their_cells_and_become_lists() {
    let text = "| 名称 | n |\n|---|--:|\n| 密钥 key | 1 |\n| `a` | 1000 | x |\n";
    assert_eq!(
        rows(text, 40),
        [
            "名称     │        n",
            "─────────┼─────────",
            "密钥 key │        1",
            "a        │ 1000 | x"
        ]
    );
    let wide = "a | b\n--|--\none two three four | five six seven eight\n";
    assert_eq!(
        rows(wide, 24),
        [
            "a           │ b",
            "────────────┼───────────",
            "one two     │ five six",
            "three four  │ seven",
            "            │ eight"
        ]
    );
    assert_eq!(
        rows("first | second\n--|--\none two | three four\n5 | 6\n", 16),
        [
            "first: one two",
            "second: three",
            "four",
            "",
            "first: 5",
            "second: 6"
        ]
    );
}

#[test]
fn a_deep_list_leaves_room_for_its_words() {
    let text = "- a\n  - b\n    - c\n      - d\n        - e\n          - wordy\n";
    for row in rows(text, 16) {
        assert!(crate::ui::wrap::width(&row) <= 16, "{row}");
    }
    assert!(rows(text, 16).concat().contains("wordy"));
}

#[test]
fn what_is_not_told_yet_waits() {
    let told_at = |text: &str| {
        let mut flow = Flow::new(Manner::Markdown, Tone::Plain, room(40));
        flow.grow(&CleanText::new(text), true);
        told(&flow)
    };
    assert_eq!(told_at("text\n-"), ["text"]);
    assert_eq!(told_at("text\n- a"), ["text", "• a"]);
    assert_eq!(told_at("a **"), ["a"]);
    assert_eq!(told_at("a **b"), ["a b"]);
    assert_eq!(told_at("| a | b |\n|--"), ["| a | b |"]);
    assert_eq!(rows("text\n-", 40), ["text"]);
    assert_eq!(rows("a **b", 40), ["a **b"]);
}

/// Pieces that Markdown is made of, valid or not.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-z]{1,9} ?",
        4 => "[密钥拒绝，。é👍\u{301}]{1,6}",
        4 => Just("\n".to_owned()),
        3 => Just("\n\n".to_owned()),
        2 => "\n {0,5}([-*+] |[1-9]\\. |> |#{1,4} )",
        2 => "\n {0,3}(```|~~~)(rust|py|diff)?\n?",
        2 => "(\\*\\*|\\*|_|`|~~|\\$|\\[|\\]\\(|\\)|<|>|!|\\\\|&amp;|\t)",
        1 => "\n\\| ?[a-z]{0,4} \\| [a-z密]{0,9} \\|\n\\|-+\\|:-+:?\\|\n",
        1 => "\\|[a-z ]{0,9}\\|",
        1 => "\n(---|===|\\* \\* \\*)\n",
        1 => "https://[a-z]{1,4}\\.[a-z]{2}/",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A text with something in it that goes on for long.
fn long_markdown() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,9} ",
        "[a-z]{1,9}",
        "[密钥拒绝，。]{1,6}",
        Just("**".to_owned()),
        Just("`".to_owned()),
        Just("\t".to_owned()),
        Just("[a](b c) ".to_owned()),
    ];
    let begun = prop_oneof![
        Just(""),
        Just("```rust\n"),
        Just("- "),
        Just("# "),
        Just("> "),
        Just("a|b\n-|-\n"),
    ];
    let line_end = prop_oneof![Just(""), Just("\n"), Just("\n\nend\n")];
    (
        begun,
        prop::collection::vec(word, 1..40),
        1..200_usize,
        line_end,
    )
        .prop_map(|(begun, words, times, end)| {
            format!("{begun}{}{end}", words.concat().repeat(times))
        })
}

fn in_pieces(text: &str, columns: usize, sizes: &[usize]) -> Flow {
    let mut flow = Flow::new(Manner::Markdown, Tone::Plain, room(columns));
    let mut sizes = sizes.iter().cycle();
    let mut at = 0;
    while at < text.len() {
        at = text.ceil_char_boundary(at + sizes.next().unwrap());
        flow.grow(&CleanText::new(text.get(..at).unwrap()), true);
    }
    flow.grow(&CleanText::new(text), false);
    flow
}

fn assert_same(one: &Flow, other: &Flow) {
    assert_eq!(told(one), told(other));
    assert_eq!(one.blocks(), other.blocks());
    for row in 0..one.rows().len() {
        assert_eq!(one.rows().place(row), other.rows().place(row), "row {row}");
        let pieces: Vec<_> = one
            .rows()
            .pieces(row)
            .map(|it| (it.text.to_owned(), it.look))
            .collect();
        let others: Vec<_> = other
            .rows()
            .pieces(row)
            .map(|it| (it.text.to_owned(), it.look))
            .collect();
        assert_eq!(pieces, others, "row {row}");
    }
}

/// What must not get lost, in order: letters, but for those that stand for something else.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn however_a_text_arrives_it_looks_the_same(
        text in markdown(), columns in 12usize..60, sizes in prop::collection::vec(1usize..12, 1..5)
    ) {
        assert_same(&in_pieces(&text, columns, &sizes), &flow(&text, room(columns)));
    }

    #[test]
    fn no_row_is_too_wide_and_no_letter_is_lost(text in markdown(), columns in 12usize..60) {
        // In a narrow pane a table is told cell by cell, the names of its columns each time.
        let columns = if text.contains('|') { columns + 80 } else { columns };
        let flow = flow(&text, room(columns));
        let told = told(&flow);
        for row in &told {
            prop_assert!(crate::ui::wrap::width(row) <= columns, "{:?}", row);
        }
        let shown = letters(&told.concat());
        let mut shown = shown.chars();
        let text = text.replace("&amp;", "");
        for line in text.lines() {
            // What stands behind a fence is in its block.
            if line.contains("```") || line.contains("~~~") {
                continue;
            }
            for c in letters(line).chars().filter(|c| !c.is_ascii_digit()) {
                prop_assert!(shown.any(|it| it == c), "{} of {:?} is lost in {:?}", c, line, told);
            }
        }
    }

    #[test]
    fn every_byte_of_a_run_is_what_it_says(text in markdown(), columns in 12usize..60) {
        let clean = CleanText::new(&text);
        let flow = flow(&text, room(columns));
        for row in 0..flow.rows().len() {
            for piece in flow.rows().pieces(row) {
                if let crate::ui::rows::Origin::At(from) = piece.origin {
                    prop_assert_eq!(clean.get(from..from + piece.text.len()), Some(piece.text));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_long_line_arrives_as_it_would_have_stood(
        text in long_markdown(), columns in 12usize..60, size in 200usize..3_000
    ) {
        assert_same(&in_pieces(&text, columns, &[size]), &flow(&text, room(columns)));
    }
}
