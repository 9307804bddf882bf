//! `onramp env`: a .env file read and changed from the shell, every other byte left as it is.

use crate::support::{Desk, KEY, MASKED, shape};

/// A variable of the key's name, as it stands in a file.
fn line(key: &str) -> String {
    format!("OPENROUTER_API_KEY={key}\n")
}

/// A desk whose repository ignores `.env`.
fn ignoring() -> Desk {
    let desk = Desk::repository();
    desk.write(".gitignore", ".env\n");
    desk
}

#[test]
fn show_lists_every_variable_with_its_line_and_masks_what_is_secret() {
    let desk = Desk::repository();
    desk.write(
        ".env",
        &format!("# mine\nDEBUG=1\n\n{}PASSWORD='hunter2'\n", line(KEY)),
    );
    let ran = desk.run(&["env", "show"]).ends(0);
    assert_eq!(
        ran.out,
        format!(
            "   2  DEBUG               1\n   4  OPENROUTER_API_KEY  {MASKED}\n   5  PASSWORD            ••••••••\n"
        )
    );
    assert_eq!(ran.err, format!("{}\n", desk.path(".env").display()));
    desk.run(&["env", "show", "-q"]).ends(0).quietly();
    let ran = desk.run(&["env", "show", "--json"]).ends(0).quietly();
    let rows = ran.json();
    assert_eq!(
        shape(&rows),
        "[{file: text, line: count, name: text, value_masked: text}]"
    );
    assert_eq!(rows[1]["name"], "OPENROUTER_API_KEY");
    assert_eq!(rows[1]["value_masked"], MASKED);
    assert_eq!(rows[1]["line"], 4);
    assert_eq!(rows[1]["file"], desk.path(".env").display().to_string());
}

#[test]
fn a_file_that_is_not_there_has_nothing_to_show() {
    let desk = Desk::new();
    for words in [&["env", "show"][..], &["env", "show", "--json"]] {
        desk.run(words).ends(10).without_result().notes(".env");
    }
}

#[test]
fn a_file_that_readers_do_not_agree_on_is_not_shown_as_if_they_did() {
    let desk = Desk::new();
    for bytes in [&b"\xff\xfeA\0=\x001\0\n\0"[..], b"A=1\0\n", b"A=1\rB=2\n"] {
        desk.write(".env", bytes);
        for words in [&["env", "show"][..], &["env", "show", "--json"]] {
            desk.run(words).ends(10).without_result();
        }
        desk.run(&["env", "set", "C=3"]).ends(10).without_result();
        assert_eq!(desk.bytes(".env"), bytes);
    }
}

#[test]
fn set_changes_one_line_and_shows_the_whole_change() {
    let desk = ignoring();
    desk.write(".env", "A=1 # one\r\nB=2\n");
    let ran = desk.run(&["env", "set", "B=3"]).ends(0);
    assert_eq!(desk.read(".env"), "A=1 # one\r\nB=3\n");
    ran.says("- B=2").says("+ B=3").notes("wrote ");
}

#[test]
fn a_new_file_is_the_persons_alone() {
    let desk = ignoring();
    desk.run(&["env", "set", "A=1"]).ends(0).says("+ A=1");
    assert_eq!(desk.read(".env"), "A=1\n");
    #[cfg(unix)]
    assert_eq!(desk.mode(".env"), 0o600);
}

#[test]
fn a_secret_as_an_argument_is_taken_with_a_word_of_warning() {
    let desk = ignoring();
    let assignment = line(KEY);
    desk.run(&["env", "set", assignment.trim_end()])
        .ends(0)
        .says(&format!("+ OPENROUTER_API_KEY={MASKED}"))
        .notes("warning: a secret in a command line")
        .notes("Safer: onramp env set OPENROUTER_API_KEY\n");
    assert_eq!(desk.read(".env"), assignment);
    let ran = desk.run(&["env", "set", "DB_PASSWORD=hunter2"]).ends(0);
    assert!(!ran.out.contains("hunter2"), "{ran}");
    ran.notes("warning: a secret in a command line");
    let ran = desk.run(&["env", "set", "PORT=80"]).ends(0);
    assert!(!ran.err.contains("warning"), "{ran}");
}

#[test]
fn a_value_from_standard_input_needs_no_argument() {
    let desk = ignoring();
    desk.feed(line(KEY), &["env", "set", "--stdin", "OPENROUTER_API_KEY"])
        .ends(0);
    assert_eq!(desk.read(".env"), line(KEY));
    // Another value is the person's own, blanks included.
    desk.feed("  two words \r\n", &["env", "set", "--stdin", "MOTTO"])
        .ends(0);
    assert_eq!(
        desk.read(".env"),
        format!("{}MOTTO='  two words '\n", line(KEY))
    );
}

#[test]
fn what_comes_along_with_a_pasted_key_comes_off() {
    for pasted in [
        format!("\"{KEY}\"\n"),
        format!("'{KEY}'"),
        format!("  {KEY} \r\n"),
        format!("export OPENROUTER_API_KEY={KEY}\n"),
        format!("Bearer {KEY}\n"),
        format!("Authorization: Bearer {KEY}"),
        format!("{KEY}\n{KEY}\n"),
        format!("\u{feff}{KEY}\u{200b}\n"),
    ] {
        let desk = ignoring();
        desk.feed(&pasted, &["env", "set", "--stdin", "OPENROUTER_API_KEY"])
            .ends(0)
            .says(MASKED);
        assert_eq!(desk.read(".env"), line(KEY), "{pasted:?}");
    }
}

#[test]
fn setting_what_is_there_already_changes_nothing_and_says_so() {
    let desk = ignoring();
    desk.write(".env", "A=1\n");
    let ran = desk.run(&["env", "set", "A=1"]).ends(0).says("unchanged: ");
    assert!(!ran.err.contains("wrote"), "{ran}");
    let ran = desk.run(&["env", "set", "--json", "A=1"]).ends(0);
    assert_eq!(ran.json()[0]["action"], "unchanged");
    desk.run(&["env", "undo"]).ends(10);
}

#[test]
fn an_empty_value_is_a_mistake_and_names_the_command_that_removes() {
    let desk = ignoring();
    desk.write(".env", "A=1\n");
    desk.run(&["env", "set", "A="])
        .ends(2)
        .notes("onramp env unset A");
    for input in ["", "\n", "  \n"] {
        desk.feed(input, &["env", "set", "--stdin", "A"])
            .ends(2)
            .notes("onramp env unset A");
    }
    assert_eq!(desk.read(".env"), "A=1\n");
}

#[test]
fn without_a_terminal_and_without_a_value_the_right_command_is_named() {
    Desk::new()
        .run(&["env", "set", "OPENROUTER_API_KEY"])
        .ends(2)
        .without_result()
        .notes("onramp env set --stdin OPENROUTER_API_KEY < FILE");
}

#[test]
fn standard_input_is_for_one_name() {
    let desk = Desk::new();
    for words in [&["A", "B"][..], &["A=1"], &["A", "B=1"]] {
        let words = [&["env", "set", "--stdin"], words].concat();
        desk.feed("1", &words)
            .ends(2)
            .notes("--stdin reads the value of one NAME");
    }
    desk.feed(b"\xff\xfe", &["env", "set", "--stdin", "A"])
        .ends(2)
        .notes("not text");
    assert_eq!(desk.read(".env"), "");
}

#[test]
fn what_no_file_can_hold_is_a_mistake_of_the_command_line() {
    let desk = ignoring();
    for assignment in ["A B=1", "1A=1", "=1", "A-B=1"] {
        desk.run(&["env", "set", assignment])
            .ends(2)
            .without_result()
            .notes("letters, digits and _ only");
    }
    desk.feed("one\ntwo\n", &["env", "set", "--stdin", "A"])
        .ends(2)
        .notes("a line break");
    assert_eq!(desk.read(".env"), "");
}

#[test]
fn several_variables_are_set_at_once_or_not_at_all() {
    let desk = ignoring();
    let ran = desk
        .run(&["env", "set", "--json", "A=1", "B=2"])
        .ends(0)
        .quietly();
    let rows = ran.json();
    assert_eq!(
        shape(&rows),
        "[{action: text, line: count, name: text, path: text, value_masked: text, warnings: []}]"
    );
    assert_eq!(rows[1]["name"], "B");
    assert_eq!(rows[1]["line"], 2);
    assert_eq!(rows[1]["action"], "written");
    assert_eq!(desk.read(".env"), "A=1\nB=2\n");
    desk.run(&["env", "set", "C=3", "D="]).ends(2);
    assert_eq!(desk.read(".env"), "A=1\nB=2\n");
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let desk = ignoring();
    let words = ["env", "set", "--dry-run", "A=1"];
    desk.run(&words).ends(0).says("+ A=1").quietly();
    assert!(!desk.path(".env").exists());
    let ran = desk.run(&[&words[..], &["--json"]].concat()).ends(0);
    assert_eq!(ran.json()[0]["action"], "planned");
    desk.write(".env", "A=1\n");
    desk.run(&["env", "unset", "--dry-run", "A"])
        .ends(0)
        .says("- A=1");
    assert_eq!(desk.read(".env"), "A=1\n");
}

#[test]
fn a_file_that_git_tracks_gets_nothing_without_force() {
    let desk = Desk::repository();
    desk.write(".env", "A=1\n");
    desk.git(&["add", ".env"]);
    let ran = desk
        .run(&["env", "set", "B=2"])
        .ends(10)
        .without_result()
        .notes("git tracks ")
        .notes("hint: Take it out of git and ignore it: git rm --cached ");
    assert!(!ran.err.contains("Mend that line"), "{ran}");
    assert_eq!(desk.read(".env"), "A=1\n");
    // What changes nothing puts nothing in danger.
    desk.run(&["env", "set", "A=1"]).ends(0).says("unchanged");
    desk.run(&["env", "set", "--force", "B=2"]).ends(0);
    assert_eq!(desk.read(".env"), "A=1\nB=2\n");
}

#[test]
fn a_file_that_git_would_take_along_deserves_a_word() {
    let desk = Desk::repository();
    desk.run(&["env", "set", "A=1"])
        .ends(0)
        .notes("warning: git does not ignore .env")
        .notes(&format!(
            "echo .env >> {}",
            desk.path(".gitignore").display()
        ));
    let ran = ignoring().run(&["env", "set", "A=1"]).ends(0);
    assert!(!ran.err.contains("warning"), "{ran}");
    let ran = Desk::new().run(&["env", "set", "A=1"]).ends(0);
    assert!(!ran.err.contains("warning"), "no repository: {ran}");
}

#[test]
fn a_folder_of_that_name_is_left_alone() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path(".env")).expect("a folder can be made");
    for words in [
        &["env", "show"][..],
        &["env", "set", "A=1"],
        &["env", "unset", "A"],
    ] {
        desk.run(words).ends(10).without_result();
    }
    assert!(desk.path(".env").is_dir());
}

#[test]
fn a_file_can_be_named_and_its_folder_must_be_there() {
    let desk = Desk::new();
    desk.write("config/x", "");
    for flag in ["--file", "--env-file"] {
        desk.run(&["env", "set", flag, "config/prod.env", "A=1"])
            .ends(0);
        assert_eq!(desk.read("config/prod.env"), "A=1\n");
        desk.run(&["env", "show", flag, "config/prod.env"])
            .ends(0)
            .says("A  1");
        desk.run(&["env", "unset", flag, "config/prod.env", "A"])
            .ends(0);
        desk.run(&["env", "set", flag, "nowhere/.env", "A=1"])
            .ends(10)
            .notes("nowhere");
    }
    assert!(!desk.path(".env").exists());
}

#[test]
fn from_a_folder_below_the_projects_file_is_meant() {
    let desk = ignoring();
    desk.write("src/main.rs", "");
    desk.write(".env", "A=1\n");
    desk.run_in("src", b"", &["env", "set", "B=2"]).ends(0);
    assert_eq!(desk.read(".env"), "A=1\nB=2\n");
    assert!(!desk.path("src/.env").exists());
}

#[test]
fn unset_removes_the_line_and_what_is_not_there_is_no_trouble() {
    let desk = ignoring();
    desk.write(".env", "A=1\nB=2\nC=3\n");
    desk.run(&["env", "unset", "A", "C"])
        .ends(0)
        .says("- A=1")
        .says("- C=3");
    assert_eq!(desk.read(".env"), "B=2\n");
    desk.run(&["env", "unset", "A"]).ends(0).says("unchanged");
    desk.run(&["env", "unset"]).ends(2);
}

#[test]
fn undo_puts_every_byte_back() {
    let desk = ignoring();
    let before = "A=1 \r\n\n# end without a line end";
    desk.write(".env", before);
    desk.run(&["env", "set", "A=2", "B=3"]).ends(0);
    assert_ne!(desk.read(".env"), before);
    desk.run(&["env", "undo"]).ends(0).says("back as it was");
    assert_eq!(desk.read(".env"), before);
    desk.run(&["env", "undo"])
        .ends(10)
        .without_result()
        .notes("nothing to take back");
}

#[test]
fn undoing_a_new_file_removes_it() {
    let desk = ignoring();
    desk.run(&["env", "set", "A=1"]).ends(0);
    desk.run(&["env", "undo"]).ends(0).says("removed ");
    assert!(!desk.path(".env").exists());
}

#[test]
fn a_file_changed_since_is_not_taken_back() {
    let desk = ignoring();
    desk.run(&["env", "set", "A=1"]).ends(0);
    desk.write(".env", "A=1\nMINE=yes\n");
    desk.run(&["env", "undo"])
        .ends(10)
        .without_result()
        .notes("changed");
    assert_eq!(desk.read(".env"), "A=1\nMINE=yes\n");
}

#[test]
fn a_key_that_looks_wrong_is_written_with_a_word_and_a_placeholder_is_not() {
    let desk = ignoring();
    let set = ["env", "set", "--stdin", "OPENROUTER_API_KEY"];
    desk.feed("sk-ant-api03-deadbeef", &set)
        .ends(0)
        .notes("a key of Anthropic, not of OpenRouter");
    assert_eq!(desk.read(".env"), line("sk-ant-api03-deadbeef"));
    desk.feed("sk-or-v1-abc", &set)
        .ends(0)
        .notes("does not have the shape of an OpenRouter key");
    for placeholder in ["your-key-here", "sk-or-v1-xxxxxxxx", "changeme"] {
        desk.feed(placeholder, &set).ends(2).notes("placeholder");
    }
    assert_eq!(desk.read(".env"), line("sk-or-v1-abc"));
    let ran = desk.feed(KEY, &set).ends(0);
    assert!(!ran.err.contains("warning"), "{ran}");
}

#[test]
fn words_are_in_the_language_that_was_chosen() {
    let desk = Desk::repository().with("LANG", "zh_CN.UTF-8");
    desk.run(&["env", "set", "A=1"])
        .ends(0)
        .notes("警告：git 没有忽略 .env")
        .notes("已写入");
    desk.run(&["env", "set", "A="]).ends(2).notes("错误");
}
