//! `env doctor --fix`: what the program can mend, it mends, and nothing else moves.

use crate::desk::{Desk, KEY};

#[test]
fn the_safe_mends_are_made_and_the_rest_is_left() {
    let desk = Desk::with(&[(
        ".env",
        &format!(
            "\u{feff}A = 1  # don't\nOPENROUTER_API_KEY=\"{KEY} \"\nhello there\nX= \nB=two words\nC=x#y\n"
        ),
    )]);
    let ran = desk.run(&["env", "doctor", "--fix", "--yes"]);
    assert_eq!(
        desk.read(".env"),
        format!(
            "# don't\nA=1\nOPENROUTER_API_KEY=\"{KEY}\"\nhello there\nX=\nB='two words'\nC=x#y\n"
        )
    );
    assert_eq!(ran.code, 11, "{}", ran.out);
    assert!(ran.err.contains("left out"), "{}", ran.err);
    assert!(
        ran.out.contains("- OPENROUTER_API_KEY=\"••••••••\""),
        "{}",
        ran.out
    );
    // A second time there is nothing left to do.
    let before = desk.read(".env");
    desk.run(&["env", "doctor", "--fix", "--yes"]);
    assert_eq!(desk.read(".env"), before);
}

#[test]
fn one_step_back_is_kept() {
    let text = format!("A = 1\nOPENROUTER_API_KEY={KEY}\n");
    let desk = Desk::with(&[(".env", &text)]);
    desk.run(&["env", "doctor", "--fix", "--yes"]);
    assert_ne!(desk.read(".env"), text);
    assert_eq!(desk.run(&["env", "undo"]).code, 0);
    assert_eq!(desk.read(".env"), text);
}

#[test]
fn rights_and_rules_are_mended_too() {
    let desk = Desk::repository(&[
        (".env", &format!("OPENROUTER_API_KEY={KEY}\n")),
        (".gitignore", "/target\r\n"),
        ("Dockerfile", "COPY . /app\n"),
    ]);
    desk.chmod(".env", 0o664);
    let (said, code) = desk.doctor(&["--fix", "--yes"]);
    assert_eq!(desk.mode(".env"), 0o600);
    assert_eq!(
        desk.read(".gitignore"),
        "/target\r\n.env\r\n.env.*\r\n!.env.example\r\n"
    );
    assert_eq!(desk.read(".dockerignore"), ".env\n.env.*\n!.env.example\n");
    assert_eq!(code, 0);
    let mut fixed: Vec<&str> = said["fixed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["id"].as_str().unwrap())
        .collect();
    fixed.sort_unstable();
    assert_eq!(
        fixed,
        ["docker-context", "not-ignored", "readable-by-others"]
    );
    assert_eq!(said["findings"], serde_json::json!([]));
}

#[test]
fn with_nobody_there_it_asks_for_a_plain_yes() {
    let text = format!("A = 1\nOPENROUTER_API_KEY={KEY}\n");
    let desk = Desk::with(&[(".env", &text)]);
    let ran = desk.run(&["env", "doctor", "--fix"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("onramp env doctor --fix --yes"),
        "{}",
        ran.err
    );
    assert_eq!(desk.read(".env"), text);
    assert_eq!(desk.run(&["env", "doctor", "--yes"]).code, 2);
}

#[test]
fn profiles_are_never_written() {
    let profile = format!("export OPENROUTER_API_KEY = {KEY}\nexport OPENROUTER_API_KEY={KEY}\n");
    let desk = Desk::with(&[]).at_home(".bashrc", &profile);
    desk.run(&["env", "doctor", "--fix", "--yes"]);
    assert_eq!(desk.home_file(".bashrc"), profile);
}

#[test]
fn a_mend_that_would_take_a_value_from_a_program_is_not_made() {
    let text = format!("declare -x A=1\nOPENROUTER_API_KEY={KEY}\n");
    let desk = Desk::with(&[(".env", &text)]);
    desk.run(&["env", "doctor", "--fix", "--yes"]);
    assert_eq!(desk.read(".env"), text);
}
