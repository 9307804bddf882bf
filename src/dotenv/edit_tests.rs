//! Tests of setting values.

use proptest::prelude::*;

use super::*;
use crate::dotenv::patch::Patch;
use crate::dotenv::read::lookup;
use crate::dotenv::verify::{Fit, Wanted, fit_within};
use crate::dotenv::window;

fn edited(before: &str, changes: &[(&str, &str)]) -> Result<Edited, Refusal> {
    set(before.as_bytes(), changes, false)
}

fn after(before: &str, value: &str) -> Result<String, Refusal> {
    Ok(String::from_utf8(edited(before, &[("KEY", value)])?.bytes).unwrap())
}

fn becomes(before: &str, wanted: &str) {
    assert_eq!(after(before, "new").as_deref(), Ok(wanted), "{before:?}");
}

fn is_refused(before: &str, value: &str, refusal: &Refusal) {
    assert_eq!(after(before, value).as_ref(), Err(refusal), "{before:?}");
}

#[test]
fn each_name_tells_its_line_and_what_happened() {
    let edited = edited(
        "B=2\nKEY=a\nKEY=b\nC=3\n",
        &[("NEW", "1"), ("KEY", "new"), ("C", "3")],
    )
    .unwrap();
    let told: Vec<(&str, usize, ChangeKind)> = edited
        .changes
        .iter()
        .map(|change| (change.name.as_str(), change.line, change.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("NEW", 5, ChangeKind::Inserted),
            ("KEY", 2, ChangeKind::Replaced { occurrences: 2 }),
            ("C", 4, ChangeKind::Unchanged),
        ]
    );
    assert_eq!(edited.warnings, []);
}

#[test]
fn of_a_name_given_twice_the_last_value_counts() {
    let edited = edited("", &[("KEY", "a"), ("B", "1"), ("KEY", "b")]).unwrap();
    assert_eq!(edited.bytes, b"B=1\nKEY=b\n");
}

#[test]
fn line_ends_that_shells_stumble_over_are_told_once() {
    let edited = edited("A=1\r\n", &[("KEY", "a"), ("B", "1")]).unwrap();
    assert_eq!(edited.warnings.len(), 1, "{:?}", edited.warnings);
}

#[test]
fn all_or_nothing() {
    let refusal = edited("A=1\n", &[("KEY", "x"), ("B", "a$b")]).unwrap_err();
    assert_eq!(refusal, Refusal::of_change(Reason::SpecialInValue('$')));
}

#[test]
fn the_file_s_own_blanks_round_the_equals_sign_are_kept() {
    becomes("KEY = old # c\n", "KEY = new # c\n");
    becomes("KEY =old\n", "KEY =new\n");
    becomes("KEY = # c\n", "KEY = new # c\n");
    becomes("KEY=   old   # c\n", "KEY=new   # c\n");
    becomes("KEY=\"\"#c\n", "KEY=\"new\" #c\n");
}

#[test]
fn a_value_over_several_lines_goes_as_a_whole() {
    becomes("KEY=\"a\nb\" # c\nA=1\n", "KEY=\"new\" # c\nA=1\n");
    becomes("A=1\nKEY='a\r\nb'", "A=1\nKEY='new'");
}

#[test]
fn a_reference_is_replaced_only_by_force() {
    let refusal = Refusal::at(1, Reason::Reference);
    for line in [
        "KEY=$(op read x)\n",
        "KEY=\"${OTHER}\"\n",
        "KEY=op://a/b\n",
        "KEY=`op read x`\n",
    ] {
        is_refused(line, "new", &refusal);
        assert!(
            set(line.as_bytes(), &[("KEY", "new")], true).is_ok(),
            "{line}"
        );
    }
    becomes("KEY=new\nB=$KEY\n", "KEY=new\nB=$KEY\n");
}

#[test]
fn what_an_open_quote_could_swallow_is_refused() {
    is_refused(
        "A=1\nB=don't\n",
        "two words",
        &Refusal::at(2, Reason::OpenQuote),
    );
    is_refused(
        "KEY=a\nB=don't\n",
        "two words",
        &Refusal::at(2, Reason::OpenQuote),
    );
    assert_eq!(
        after("KEY='a'\nB=don't\n", "two words").as_deref(),
        Ok("KEY='two words'\nB=don't\n")
    );
    assert_eq!(
        after("KEY=\"open\nA=1\n", "two words").as_deref(),
        Ok("KEY='two words'\nA=1\n")
    );
}

#[test]
fn another_spelling_must_stand_above() {
    becomes("KEY: old\nA=1\n", "KEY: old\nA=1\nKEY=new\n");
    becomes("KEY: a\nKEY=b\n", "KEY: a\nKEY=new\n");
    is_refused(
        "KEY=a\nexport KEY\n",
        "new",
        &Refusal::at(2, Reason::OtherSpelling),
    );
    is_refused(
        "A=1\nKEY: b\n",
        "new",
        &Refusal::at(2, Reason::OtherSpelling),
    );
    is_refused(
        "KEY=a\nKEY+=b\n",
        "new",
        &Refusal::at(2, Reason::OtherSpelling),
    );
}

#[test]
fn a_second_assignment_on_the_line_is_not_lost() {
    is_refused("KEY=a; B=2\n", "new", &Refusal::at(1, Reason::Disturbs));
    becomes("A=1 KEY=a\n", "A=1 KEY=a\nKEY=new\n");
}

#[test]
fn a_heredoc_is_never_edited() {
    is_refused(
        "A=$(cat <<E\nKEY=a\nE\n)\n",
        "new",
        &Refusal::at(1, Reason::InHeredoc),
    );
    is_refused(
        "KEY=b\ncat <<E\nKEY=a\nE\n",
        "new",
        &Refusal::at(2, Reason::InHeredoc),
    );
}

#[test]
fn a_template_that_dotenvy_would_skip_is_left_for_the_next_place() {
    let file = "A=v  # don't\n# KEY=\nB=1\nC=w  # can't\n";
    becomes(file, &format!("{file}KEY=new\n"));
}

#[test]
fn a_big_file_is_changed_like_a_small_one() {
    let lines: Vec<String> = (0..30_000)
        .map(|at| format!("NAME_{at}=value # {at}\n"))
        .collect();
    let many = lines.concat();
    becomes(&many, &format!("{many}KEY=new\n"));
    becomes(
        &format!("{many}KEY=old\n{many}"),
        &format!("{many}KEY=new\n{many}"),
    );
    let refused = format!("{many}A= 1\nKEY=a; B=2\n");
    is_refused(&refused, "new", &Refusal::at(30_002, Reason::Disturbs));
}

/// Lines that trouble one reader or another.
fn odd_file() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "A=1",
        "B=",
        "C= ",
        "",
        "  ",
        "# c",
        "  # c",
        "#KEY=",
        "# KEY=x \\",
        "D='x y'",
        "E=\"a",
        "b\"",
        "F=don't",
        "G=v  # don't",
        "junk",
        "KEY",
        "KEY: v",
        "KEY=old",
        "export KEY='old' # c",
        "KEY=\"old\"#c",
        "KEY = old",
        "KEY=",
        "KEY=a; B=2",
        "H=x \\",
        "I=$(cat <<E",
        "E",
        ")",
        "J=${KEY}",
        "K=$J",
        "A=2",
        "L-M=1",
        "N=`x`",
        "KEY=\"a",
        "P=a b",
        "KEY+=x",
        "Q=\\",
    ]);
    let end = prop::sample::select(vec!["\n", "\n", "\n", "\r\n", ""]);
    let lines = prop::collection::vec((line, prop::sample::select(vec!["\n", "\r\n"])), 0..8);
    let bom = prop::bool::weighted(0.1);
    (bom, lines, end).prop_map(|(bom, lines, end)| {
        let mut text = String::from(if bom { "\u{feff}" } else { "" });
        let last = lines.len().saturating_sub(1);
        for (at, (line, line_end)) in lines.iter().enumerate() {
            text.push_str(line);
            text.push_str(if at == last { end } else { line_end });
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_set_is_read_and_a_second_time_changes_nothing(
        file in odd_file(),
        value in "[a-z0-9_./:@%+,=-]{1,12}|[a-z ]{1,6}|[a-z']{1,6}",
    ) {
        prop_assume!(!(value.contains('\'') && value.contains('"')));
        if let Ok(edited) = set(file.as_bytes(), &[("KEY", &value)], false) {
            let read = lookup(&edited.bytes, "KEY").map(|(read, _)| read.expose().to_owned());
            prop_assert_eq!(read.as_deref(), Some(value.as_str()), "{:?}", &file);
            let again = set(&edited.bytes, &[("KEY", &value)], false);
            prop_assert_eq!(again.map(|again| again.bytes), Ok(edited.bytes));
        }
    }

    #[test]
    fn a_change_touches_only_the_lines_of_its_name(file in odd_file()) {
        if let Ok(edited) = set(file.as_bytes(), &[("KEY", "new")], true) {
            let others = |bytes: &[u8]| -> Vec<u8> {
                let scan = Scan::new(bytes);
                let is_ours = |item: &crate::dotenv::syntax::Item| {
                    scan.assignments_to("KEY").any(|(ours, _)| ours == *item)
                };
                let kept = scan.items().filter(|item| !is_ours(item));
                let mut kept: Vec<u8> = kept.flat_map(|item| scan.text(&item.span).to_vec()).collect();
                // A last line without a line end may have got one.
                while kept.last().is_some_and(u8::is_ascii_whitespace) {
                    kept.pop();
                }
                kept
            };
            prop_assert_eq!(others(&edited.bytes), others(file.as_bytes()));
        }
    }

    #[test]
    fn any_bytes_are_changed_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(edited) = set(&bytes, &[("KEY", "new")], false) {
            prop_assert!(lookup(&edited.bytes, "KEY").is_some());
        }
    }

    #[test]
    fn what_was_set_can_be_unset_again(file in odd_file()) {
        if let Ok(edited) = set(file.as_bytes(), &[("NEW", "new")], false) {
            let back = crate::dotenv::unset(&edited.bytes, &["NEW"]).unwrap().bytes;
            // Only the line end that a last line got may be left.
            let left = back.strip_prefix(file.as_bytes());
            let is_line_end = |left: &[u8]| left.is_empty() || left.ends_with(b"\n");
            prop_assert!(left.is_some_and(is_line_end), "{:?}", String::from_utf8_lossy(&back));
        }
    }

    #[test]
    fn a_narrowed_reading_accepts_nothing_that_a_whole_one_does_not(file in odd_file()) {
        let scan = Scan::new(file.as_bytes());
        for item in scan.items() {
            let patch = Patch {
                edits: vec![(item.span.end..item.span.end, b"KEY=new\n".to_vec())],
                touched: item.span.clone(),
            };
            let is_first = !scan.assignments_to("KEY").any(|_| true);
            let narrow = window::narrow(&scan, &patch);
            if is_first && item.span.end > item.body_end
                && fit_within(&scan, &patch, "KEY", Wanted::Value("new"), &narrow) == Fit::All
            {
                let whole = fit_within(&scan, &patch, "KEY", Wanted::Value("new"), &(0..file.len()));
                prop_assert_eq!(whole, Fit::All, "below line {} of {:?}", item.line, &file);
            }
        }
    }
}
