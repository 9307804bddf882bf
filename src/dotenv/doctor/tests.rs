//! Every trap is found where it stands, and every mend leaves a file in which it is gone.

use super::*;

const KEY: &str = "sk-or-v1-deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

const EVERYBODY: &[EnvReader] = &[
    EnvReader::Dotenvy,
    EnvReader::Npm,
    EnvReader::Node,
    EnvReader::Vite,
    EnvReader::Compose,
    EnvReader::DockerRun,
    EnvReader::Shell,
    EnvReader::Systemd,
];

/// What is found, with the lines.
fn found(file: &str) -> Vec<(&'static str, usize)> {
    let noticed = examine(file.as_bytes(), EVERYBODY);
    noticed.iter().map(|it| (it.id, it.line)).collect()
}

/// The file with one finding mended.
fn mended_by(id: &str, file: &str) -> Option<String> {
    let noticed = examine(file.as_bytes(), EVERYBODY);
    let found = noticed.iter().find(|it| it.id == id)?;
    let after = mended(file.as_bytes(), &[found.mend.as_ref()?]).ok()?;
    Some(String::from_utf8(after).unwrap())
}

/// The trap is found at the line, and its mend makes this of the file, in which it is gone.
fn mends(id: &str, line: usize, file: &str, wanted: &str) {
    assert!(
        found(file).contains(&(id, line)),
        "{file:?}: {:?}",
        found(file)
    );
    let after = mended_by(id, file);
    assert_eq!(after.as_deref(), Some(wanted), "{file:?}");
    assert!(
        found(wanted).iter().all(|(other, _)| *other != id),
        "{wanted:?}"
    );
}

/// The trap is found at the line, and only a person can mend it.
fn only_tells(id: &str, line: usize, file: &str) {
    assert!(
        found(file).contains(&(id, line)),
        "{file:?}: {:?}",
        found(file)
    );
    assert_eq!(mended_by(id, file), None, "{file:?}");
}

#[test]
fn a_clean_file_gives_no_cause() {
    let file = format!(
        "# a comment\nOPENROUTER_API_KEY={KEY}\nOPENROUTER_API_BASE=https://openrouter.ai/api/v1\n\nDEBUG=1\n"
    );
    assert_eq!(found(&file), []);
    assert_eq!(found(""), []);
}

#[test]
fn a_byte_order_mark_before_the_first_name_goes() {
    mends("bom-before-name", 1, "\u{feff}A=1\nB=2\n", "A=1\nB=2\n");
    assert_eq!(found("\u{feff}# c\nA=1\n"), []);
}

#[test]
fn carriage_returns_go_but_not_out_of_a_block() {
    mends("crlf", 1, "A=1\r\nB=2\r\n", "A=1\nB=2\n");
    mends("crlf", 2, "A=1\nB=2\r\n", "A=1\nB=2\n");
    assert_eq!(
        mended_by("crlf", "A=\"x\r\ny\"\r\n"),
        Some("A=\"x\r\ny\"\n".into())
    );
}

#[test]
fn blanks_round_the_equals_sign_go() {
    mends("blank-before-equals", 2, "B=1\nA =1\n", "B=1\nA=1\n");
    mends("blank-after-equals", 1, "A= 1\n", "A=1\n");
    let file = "A = 1 \n";
    let noticed = examine(file.as_bytes(), EVERYBODY);
    let all: Vec<&Mend> = noticed.iter().filter_map(|it| it.mend.as_ref()).collect();
    assert_eq!(mended(file.as_bytes(), &all).unwrap(), b"A=1 \n");
}

#[test]
fn a_comment_behind_a_value_moves_above_it() {
    mends("inline-comment", 2, "B=1\nA=1 # why\n", "B=1\n# why\nA=1\n");
    mends("inline-comment", 1, "A='x y'  # why", "# why\nA='x y'");
    mends(
        "comment-instead-of-value",
        1,
        "A=   # get one\nB=1\n",
        "# get one\nA=\nB=1\n",
    );
    mends(
        "inline-comment",
        1,
        "A=1 # c\r\nB=2\r\n",
        "# c\r\nA=1\r\nB=2\r\n",
    );
    assert_eq!(mended_by("inline-comment", "A=1 # c \\\nB=2\n"), None);
}

#[test]
fn an_inline_comment_matters_only_to_those_who_read_it_as_value() {
    let noticed = examine(b"A=1 # c\n", &[EnvReader::Npm]);
    assert!(noticed.is_empty(), "{noticed:?}");
    let noticed = examine(b"A=1 # c\n", &[EnvReader::Systemd]);
    assert_eq!(noticed[0].severity, Severity::Warning);
}

#[test]
fn a_lone_quote_in_a_comment_hides_lines_from_dotenvy() {
    let file = "A=1  # don't\nB=2\nC=3  # can't\n";
    mends("quote-in-comment", 1, "A=1  # don't\n", "# don't\nA=1\n");
    assert!(found(file).contains(&("quote-in-comment", 3)));
    // dotenvy itself is the witness: it loses B before, and reads it after both are mended.
    let noticed = examine(file.as_bytes(), EVERYBODY);
    let all: Vec<&Mend> = noticed.iter().filter_map(|it| it.mend.as_ref()).collect();
    let after = mended(file.as_bytes(), &all).unwrap();
    let has_b = |bytes: &[u8]| {
        dotenvy::from_read_iter(bytes)
            .filter_map(Result::ok)
            .any(|(name, _)| name == "B")
    };
    assert!(!has_b(file.as_bytes()) && has_b(&after));
    assert!(
        found("A=1 # don't\n")
            .iter()
            .all(|(id, _)| *id != "quote-in-comment")
    );
}

#[test]
fn an_empty_value_with_blanks_would_take_the_next_line() {
    mends("empty-with-blanks", 1, "A= \n\nB=1\n", "A=\n\nB=1\n");
    assert_eq!(found("A= \n# c\nB=1\n"), []);
    assert_eq!(found("B=1\nA= \n"), []);
}

#[test]
fn lines_that_node_glues_to_the_next_name_are_cleared() {
    mends("blanks-above-name", 2, "A=1\n  \nB=1\n", "A=1\n\nB=1\n");
    mends("indented-comment", 1, "  # c\nB=1\n", "# c\nB=1\n");
    assert_eq!(found("A=1\n  \n"), []);
}

#[test]
fn a_line_that_assigns_nothing_becomes_a_comment_where_the_person_agrees() {
    mends(
        "no-assignment",
        2,
        "A=1\nhello there\nB=1\n",
        "A=1\n# hello there\nB=1\n",
    );
    mends("bare-name", 1, "NAME\nB=1\n", "# NAME\nB=1\n");
    mends("bare-name", 1, "export NAME\n", "# export NAME\n");
    let noticed = examine(b"hello there\n", EVERYBODY);
    assert!(
        noticed
            .iter()
            .all(|it| it.mend.as_ref().is_some_and(|mend| !mend.is_safe()))
    );
}

#[test]
fn a_shells_own_assignment_is_not_commented_out() {
    // The shell sets A: without the line it would not.
    assert_eq!(mended_by("no-assignment", "declare -x A=1\n"), None);
}

#[test]
fn a_colon_becomes_an_equals_sign_where_the_person_agrees() {
    mends("colon", 1, "NAME: value\n", "NAME=value\n");
    mends("colon", 1, "NAME : 'value'\n", "NAME=value\n");
    only_tells("colon", 1, "NAME: two words\n");
    only_tells("colon", 1, "NAME: a\nNAME=b\n");
}

#[test]
fn an_open_quote_is_told() {
    only_tells("open-quote", 2, "B=1\nA=don't\n");
    only_tells("open-quote", 1, "A=\"open\nB=1\n");
}

#[test]
fn a_name_on_two_lines_is_told_and_goes_where_the_value_is_the_same() {
    only_tells("duplicate", 3, "A=1\nB=1\nA=2\n");
    mends("duplicate-same", 2, "A=1\nA=1\nB=1\n", "A=1\nB=1\n");
}

#[test]
fn a_dollar_is_told_by_what_it_refers_to() {
    only_tells("dollar", 1, "PW=pa$word\n");
    only_tells("expanded", 2, "A=1\nB=${A}/x\n");
    only_tells("dollar", 1, "B='${A}'\nA=1\n");
    assert_eq!(found("A=$(op read x)\n"), [("reference", 1)]);
}

#[test]
fn a_hash_in_a_value_gets_quotes_where_the_person_agrees() {
    let noticed = examine(b"A=x#y\n", EVERYBODY);
    assert!(noticed[0].mend.as_ref().is_some_and(|mend| !mend.is_safe()));
    assert_eq!(
        mended_by("hash-in-value", "A=x#y\n"),
        Some("A='x#y'\n".into())
    );
}

#[test]
fn a_value_that_a_shell_would_run_gets_quotes() {
    mends("needs-quotes", 1, "A=two words\n", "A='two words'\n");
    mends(
        "needs-quotes",
        1,
        "A=http://h/?a=1&b=2\n",
        "A='http://h/?a=1&b=2'\n",
    );
    only_tells("needs-quotes", 1, "A=two \\words\n");
}

#[test]
fn backslashes_are_told_inside_and_at_the_end() {
    only_tells("backslash", 1, "A=C:\\temp\n");
    only_tells("backslash-at-end", 1, "A=1\\\nB=1\n");
    assert_eq!(found("A=1\\\nB=1\n").len(), 1);
    assert_eq!(found("A='C:\\temp'\n"), []);
}

#[test]
fn a_heredoc_is_told() {
    only_tells("heredoc", 1, "A=$(cat <<EOF\nB=1\nEOF\n)\n");
}

#[test]
fn names_that_not_every_reader_takes_are_told() {
    for name in ["A-B", "A.B", "1A"] {
        only_tells("odd-name", 1, &format!("{name}=1\n"));
    }
}

#[test]
fn quotes_that_are_not_needed_go() {
    mends("quotes-kept", 1, "A='x'\n", "A=x\n");
    mends("quotes-kept", 1, "A=\"x\" # c\n", "A=x # c\n");
    assert!(found("A='x y'\n").is_empty());
    assert_eq!(mended_by("quotes-kept", "A='x'#c\n"), None);
    mends("backticks", 1, "A=`x`\n", "A=x\n");
    assert!(examine(b"A='x'\n", &[EnvReader::Npm]).is_empty());
}

#[test]
fn export_goes_where_the_person_agrees() {
    let file = "export A=1\n";
    assert_eq!(mended_by("export", file), Some("A=1\n".into()));
    let noticed = examine(file.as_bytes(), EVERYBODY);
    assert!(noticed[0].mend.as_ref().is_some_and(|mend| !mend.is_safe()));
}

#[test]
fn a_blank_at_the_very_end_goes() {
    mends("blank-at-end", 2, "A=1\nB=2 ", "A=1\nB=2");
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let ids = |bytes: &[u8]| -> Vec<(&str, usize)> {
        let noticed = examine(bytes, EVERYBODY);
        noticed.iter().map(|it| (it.id, it.line)).collect()
    };
    assert_eq!(ids(b"A=1\nB=\xff\n"), [("not-utf8", 2)]);
    assert_eq!(ids(b"\xff\xfeA\0"), [("not-plain-text", 1)]);
    assert_eq!(ids(b"A=1\nB=\0\n"), [("not-plain-text", 2)]);
    assert_eq!(ids(b"A=1\rB=1\n")[0], ("not-plain-text", 1));
}

#[test]
fn placeholders_are_told() {
    for value in [
        "sk-or-your-actual-api-key-here",
        "sk-or-...",
        "your-key-here",
        "<key>",
        "xxx",
        "changeme",
    ] {
        only_tells(
            "placeholder-key",
            1,
            &format!("OPENROUTER_API_KEY={value}\n"),
        );
    }
    only_tells("placeholder", 1, "STRIPE_SECRET=your_secret_here\n");
    assert_eq!(found("GREETING=your-name-here\n"), []);
}

#[test]
fn a_key_of_the_wrong_kind_is_told() {
    only_tells("key-shape", 1, "OPENROUTER_API_KEY=sk-or-v1-deadbeef\n");
    only_tells("key-shape", 1, "OPENROUTER_API_KEY=mine-of-a-proxy\n");
    only_tells(
        "key-of-another-vendor",
        1,
        "OPENROUTER_API_KEY=sk-ant-api03-abcdefgh\n",
    );
    only_tells(
        "openrouter-key-as-openai",
        1,
        &format!("OPENAI_API_KEY={KEY}\n"),
    );
    only_tells("empty-key", 1, "OPENROUTER_API_KEY=\n");
}

#[test]
fn blanks_inside_the_quotes_of_a_key_go() {
    mends(
        "blanks-in-key",
        1,
        &format!("OPENROUTER_API_KEY=\"{KEY} \"\n"),
        &format!("OPENROUTER_API_KEY=\"{KEY}\"\n"),
    );
}

#[test]
fn a_key_that_browsers_would_load_is_told() {
    only_tells(
        "browser-exposed",
        1,
        &format!("VITE_OPENROUTER_API_KEY={KEY}\n"),
    );
    only_tells("browser-exposed", 1, &format!("NEXT_PUBLIC_LLM={KEY}\n"));
    only_tells("browser-exposed-name", 1, "PUBLIC_ADMIN_PASSWORD=hunter2\n");
    for harmless in [
        "VITE_TITLE=x\n",
        "NEXT_PUBLIC_SUPABASE_ANON_KEY=eyJhbGciOi\n",
        "VITE_API_KEY=\n",
    ] {
        assert_eq!(found(harmless), [], "{harmless}");
    }
}

#[test]
fn references_are_named_and_left_alone() {
    for (line, keeper) in [
        ("OPENROUTER_API_KEY=op://dev/or/key\n", "1Password"),
        ("OPENROUTER_API_KEY=\"encrypted:BDq\"\n", "dotenvx"),
        ("OPENROUTER_API_KEY='vault://x'\n", "Vault"),
    ] {
        let noticed = examine(line.as_bytes(), &[]);
        assert_eq!(noticed.len(), 1, "{noticed:?}");
        assert!(noticed[0].words.say(crate::text::Lang::En).contains(keeper));
        assert!(noticed[0].mend.is_none());
    }
}

#[test]
fn a_template_is_examined_for_real_keys_only() {
    let of = |text: &str| examine_template(text.as_bytes()).len();
    assert_eq!(of("OPENROUTER_API_KEY=\nA = 1\n"), 0);
    assert_eq!(of("OPENROUTER_API_KEY=sk-or-v1-your-key-here-please\n"), 0);
    assert_eq!(of(&format!("OPENROUTER_API_KEY={KEY}\n")), 1);
}

#[test]
fn what_troubles_nobody_in_use_is_a_note() {
    let severity = |in_use: &[EnvReader]| examine(b"A= \nB=1\n", in_use)[0].severity;
    assert_eq!(severity(&[EnvReader::Node]), Severity::Trouble);
    assert_eq!(severity(&[EnvReader::Dotenvy]), Severity::Note);
    assert_eq!(severity(&[]), Severity::Trouble);
}

#[test]
fn of_several_mends_those_that_can_be_made_are_made() {
    // The shell sets A from the first line: it cannot be commented out.
    let file = b"declare -x A=1\nB = 2\n";
    let noticed = examine(file, EVERYBODY);
    let mends: Vec<&Mend> = noticed.iter().filter_map(|it| it.mend.as_ref()).collect();
    let (after, made) = mended_where_possible(file, &mends);
    assert_eq!(after, b"declare -x A=1\nB=2\n");
    assert_eq!(made, [false, true, true]);
}

#[test]
fn no_secret_is_in_any_word() {
    let file = format!("OPENROUTER_API_KEY = \"{KEY} \" # {KEY}\n{KEY}\n{KEY}=1\nA:{KEY}\n");
    for noticed in examine(file.as_bytes(), EVERYBODY) {
        let said = format!("{noticed:?}");
        assert!(!said.contains("deadbeefdeadbeef"), "{said}");
    }
}

mod any_file {
    use proptest::prelude::*;

    use super::*;
    use crate::dotenv::verify::{first_wins, last_wins};

    proptest! {
        #[test]
        fn mends_change_no_value_of_any_file(
            lines in proptest::collection::vec(proptest::sample::select(vec![
                "A=1", "A = 1", "B= 2 # c", "A=1", "C='x'", "C=\"y\"  # don't", "D= ", "  ", " # c",
                "junk line", "NAME", "E: v", "F=x#y", "G=two words", "H=`z`", "export I=1", "J=don't",
                "K=\\", "# c \\", "L='a", "b'", "M=$A", "",
            ]), 0..10),
            end in proptest::sample::select(vec!["", "\n", "\r\n"]),
        ) {
            let separator = if end.is_empty() { "\n" } else { end };
            let file = lines.join(separator) + end;
            for noticed in examine(file.as_bytes(), EVERYBODY) {
                let Some(mend) = &noticed.mend else { continue };
                let Ok(after) = mended(file.as_bytes(), &[mend]) else { continue };
                let (old, new) = (Scan::new(file.as_bytes()), Scan::new(&after));
                if noticed.id != "colon" {
                    prop_assert_eq!(first_wins(&old), first_wins(&new), "{}", noticed.id);
                    prop_assert_eq!(last_wins(&old), last_wins(&new), "{}", noticed.id);
                }
            }
        }
    }
}
