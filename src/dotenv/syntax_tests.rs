//! Tests of the scanner.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn kinds(file: &str) -> Vec<Kind> {
    let scan = Scan::new(file.as_bytes());
    scan.items().map(|item| item.kind).collect()
}

/// The one assignment of a file: its value as written, its comment, whether it is unbalanced.
fn only(file: &str) -> (String, Option<String>, bool) {
    let scan = Scan::new(file.as_bytes());
    let found: Vec<_> = scan.assignments().collect();
    let [(item, assignment)] = found.as_slice() else {
        panic!("one assignment: {file:?}");
    };
    let text = |range: Range<usize>| String::from_utf8_lossy(scan.text(&range)).into_owned();
    let comment = assignment.comment.map(|at| text(at..item.body_end));
    (
        text(assignment.value.clone()),
        comment,
        assignment.is_unbalanced,
    )
}

fn value(file: &str) -> String {
    only(file).0
}

#[test]
fn lines_are_told_apart() {
    assert_eq!(
        kinds("\n  \n# c\n\t# c\njunk\n'A'=1\n=1\n"),
        [
            Kind::Blank,
            Kind::Blanks,
            Kind::Comment { is_indented: false },
            Kind::Comment { is_indented: true },
            Kind::Junk,
            Kind::Junk,
            Kind::Junk,
        ]
    );
    for name in ["export", "A.B", "A-B", "1", "A+", "Ä", "declare"] {
        let file = format!("{name}=1");
        let scan = Scan::new(file.as_bytes());
        assert_eq!(scan.assignments_to(name).count(), 1, "{name}");
    }
    for line in ["export A=1", "  export\tA = 1", "A\t=1", "export export=1"] {
        assert_eq!(
            Scan::new(line.as_bytes()).assignments().count(),
            1,
            "{line}"
        );
    }
}

#[test]
fn values_end_where_readers_end_them() {
    let comment = |text: &str| Some(text.to_owned());
    assert_eq!(only("A=v # c"), ("v".into(), comment("# c"), false));
    assert_eq!(only("A=v#c \t"), ("v#c".into(), None, false));
    assert_eq!(only("A= # c\r\n"), (String::new(), comment("# c"), false));
    assert_eq!(only("A=#c"), (String::new(), comment("#c"), false));
    assert_eq!(only("A= 'v'#c"), ("'v'".into(), comment("#c"), false));
    assert_eq!(
        only("A=\"a # b\" # c"),
        ("\"a # b\"".into(), comment("# c"), false)
    );
    assert_eq!(only("A=\"a\\\"b\""), ("\"a\\\"b\"".into(), None, false));
    assert_eq!(only("A=`a`"), ("`a`".into(), None, false));
}

#[test]
fn quotes_hold_lines_together_if_they_close_well() {
    assert_eq!(value("A='1\n2\r\n3'  # c\r\n"), "'1\n2\r\n3'");
    let scan = Scan::new(b"A=\"1\n2\"\nB=2\n");
    let lines: Vec<usize> = scan.items().map(|item| item.line).collect();
    assert_eq!(lines, [1, 3]);
}

#[test]
fn unbalanced_quotes_are_marked() {
    assert_eq!(only("A=don't"), ("don't".into(), None, true));
    assert_eq!(only("A=\"open"), ("\"open".into(), None, true));
    assert_eq!(
        only("A='C:\\dir\\' # c"),
        ("'C:\\dir\\'".into(), Some("# c".into()), true)
    );
    assert_eq!(only("A=\"a\" b"), ("\"a\" b".into(), None, true));
    assert_eq!(only("A=a'b'"), ("a'b'".into(), None, false));
    assert_eq!(
        only("A=v  # don't"),
        ("v".into(), Some("# don't".into()), false)
    );
    let scan = Scan::new(b"A=\"open\nB=1\nC=\"x\"\n");
    assert_eq!(scan.assignments().count(), 3);
}

#[test]
fn a_heredoc_that_ends_is_one_item() {
    assert_eq!(
        kinds("A=$(cat <<EOF\nB=1\nEOF\n)\n"),
        [Kind::Heredoc, Kind::Junk]
    );
    assert_eq!(kinds("cat <<-'E' >x\nB=1\n\tE\n"), [Kind::Heredoc]);
    assert_eq!(kinds("A=x<<EOF\nB=1\n").len(), 2);
    assert_eq!(kinds("A=x<<<EOF\nB=1\nEOF\n").len(), 3);
    assert_eq!(kinds("# <<EOF\nB=1\nEOF\n").len(), 3);
}

#[test]
fn other_separators_stand_inside_values() {
    assert_eq!(
        value("A=a\u{2028}b\u{85}c\u{b}d\u{c}e\n"),
        "a\u{2028}b\u{85}c\u{b}d\u{c}e"
    );
}

#[test]
fn files_that_cannot_be_edited_are_told_with_their_line() {
    assert_eq!(trouble(b"A=1\r\r\nB=2\r\n\r\n"), Ok(()));
    assert_eq!(trouble(b"\xFE\xFF\0A"), Err(Refusal::at(1, Reason::Utf16)));
    assert_eq!(trouble(b"A=1\nB=\0"), Err(Refusal::at(2, Reason::Nul)));
    assert_eq!(trouble(b"A=1\nB\rC\n"), Err(Refusal::at(2, Reason::LoneCr)));
    assert_eq!(trouble(b"A=1\r"), Err(Refusal::at(1, Reason::LoneCr)));
}

#[test]
fn names_are_found_where_several_lines_are_one_item() {
    let scan = Scan::new("A=1\nB='KEY\nKEY=\n'\r\nKEY=2 KEY\ncat <<E\nKEY=3\nE\nKEY=4".as_bytes());
    let mentioning: Vec<(usize, usize)> = scan
        .mentioning("KEY")
        .map(|item| (item.line, item.body_end))
        .collect();
    assert_eq!(mentioning, [(2, 17), (5, 28), (6, 44), (9, 50)]);
    let items: Vec<Item> = scan.items().collect();
    for item in &items {
        for place in item.span.clone() {
            assert_eq!(
                scan.items_from(place).next().as_ref(),
                Some(item),
                "{place}"
            );
        }
    }
}

#[test]
fn files_full_of_what_could_begin_several_lines_are_read_in_linear_time() {
    // Reading the rest of the file for every line would take minutes.
    let lines = 60_000;
    let began = Instant::now();
    for line in [
        "A=x<<X\n",
        "A=\"x\n",
        "A='x\\'\n",
        "# \\\"\n",
        "A=`\n",
        "A='\n'\n",
        "A=\"x\nB='y\nC=`z\n",
        "KEY=<<'\r\n",
    ] {
        let file = line.repeat(lines);
        let scan = Scan::new(file.as_bytes());
        assert!(scan.items().count() > 1, "{line}");
        assert!(scan.mentioning("=").count() <= 3 * lines, "{line}");
        let _ = scan.stretches().count();
    }
    assert!(began.elapsed() < Duration::from_secs(30));
}

/// Text made of what matters to the scanner.
fn odd_text() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "A", "KEY", "export ", "=", "'", "\"", "`", "\\", "#", " ", "\t", "\n", "\r\n", "\r",
        "<<E", "E", "$(", ")", ":", "\u{feff}", "é", "\0",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

fn print(scan: &Scan<'_>) -> Vec<u8> {
    let mut printed = if scan.has_bom {
        BOM.to_vec()
    } else {
        Vec::new()
    };
    for item in scan.items() {
        printed.extend_from_slice(scan.body(&item));
        printed.extend_from_slice(scan.line_end(&item));
    }
    printed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_print_back(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(print(&Scan::new(&bytes)), bytes);
    }

    #[test]
    fn what_is_passed_over_unread_is_one_line_each(bytes in odd_text()) {
        let scan = Scan::new(&bytes);
        let (mut heredocs, mut line, mut items) = (Heredocs::default(), 1, Vec::new());
        let mut at = scan.first();
        while at < bytes.len() {
            let item = Item::read(&bytes, at, line).or_heredoc(&bytes, &mut heredocs);
            line += count_lines(&bytes, item.span.clone());
            at = item.span.end;
            items.push(item);
        }
        prop_assert_eq!(scan.items().collect::<Vec<_>>(), items);
    }

    #[test]
    fn odd_text_prints_back_and_its_lines_are_counted(bytes in odd_text()) {
        let scan = Scan::new(&bytes);
        prop_assert_eq!(print(&scan), bytes.clone());
        for item in scan.items() {
            let above = memchr_iter(b'\n', &bytes[..item.span.start]).count();
            prop_assert_eq!(item.line, above + 1);
        }
        for (item, assignment) in scan.assignments() {
            prop_assert!(item.span.start <= assignment.name.start);
            prop_assert!(assignment.name.end <= assignment.equals);
            prop_assert!(assignment.equals < assignment.value.start);
            prop_assert!(assignment.value.end <= item.body_end);
            prop_assert!(assignment.comment.is_none_or(|at| at >= assignment.value.end && at < item.body_end));
        }
    }
}
