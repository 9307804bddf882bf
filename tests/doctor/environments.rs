//! `env show`: one file as a list, several side by side.

use serde_json::Value;

use crate::desk::{Desk, KEY, OTHER};

const NEXT: (&str, &str) = ("package.json", r#"{"dependencies":{"next":"16"}}"#);

fn desk() -> Desk {
    Desk::with(&[
        NEXT,
        (
            ".env",
            &format!("PORT=80\nOPENROUTER_API_KEY={KEY}\nDEBUG=1\n"),
        ),
        (".env.local", &format!("OPENROUTER_API_KEY={KEY}\nPW=a\n")),
        (
            ".env.production",
            &format!("OPENROUTER_API_KEY={OTHER}\nPW=b\nDEBUG=1\n"),
        ),
    ])
}

#[test]
fn several_files_stand_side_by_side_and_differences_are_marked() {
    let ran = desk().run(&["env", "show"]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.out,
        "variable            .env.local        .env              .env.production
OPENROUTER_API_KEY  sk-or-v1-dea…eef  sk-or-v1-dea…eef  sk-or-v1-caf…eef *
PW                  ••••••••          -                 •••••••• *
PORT                -                 80                -
DEBUG               -                 1                 1

which file wins     development  production
OPENROUTER_API_KEY  .env.local   .env.local
PW                  .env.local   .env.local
DEBUG               .env         .env.production
"
    );
}

#[test]
fn in_a_plain_project_the_others_are_read_by_name() {
    let desk = Desk::with(&[
        (".env", &format!("OPENROUTER_API_KEY={KEY}\n")),
        (".env.production", &format!("OPENROUTER_API_KEY={OTHER}\n")),
    ]);
    let ran = desk.run(&["env", "show"]);
    assert!(
        ran.out.ends_with(
            "which file wins     programs  production (by name)\nOPENROUTER_API_KEY  .env      .env.production\n"
        ),
        "{}",
        ran.out
    );
}

#[test]
fn one_file_is_a_list_with_its_lines() {
    let desk = desk();
    let ran = desk.run(&["env", "show", "--file", ".env"]);
    assert_eq!(
        ran.out,
        "   1  PORT                80\n   2  OPENROUTER_API_KEY  sk-or-v1-dea…eef\n   3  DEBUG               1\n"
    );
    let alone = Desk::with(&[(".env", "A=1\n")]);
    assert_eq!(alone.run(&["env", "show"]).out, "   1  A  1\n");
    assert_eq!(Desk::with(&[]).run(&["env", "show"]).code, 10);
}

#[test]
fn json_has_a_row_for_each_variable_of_each_file() {
    let desk = desk();
    let rows =
        |words: &[&str]| -> Vec<Value> { serde_json::from_str(&desk.run(words).out).unwrap() };
    let all = rows(&["env", "show", "--json"]);
    assert_eq!(all.len(), 8);
    assert_eq!(
        all[0],
        serde_json::json!({
            "name": "OPENROUTER_API_KEY",
            "value_masked": "sk-or-v1-dea…eef",
            "line": 1,
            "file": desk.path(".env.local"),
        })
    );
    assert_eq!(rows(&["env", "show", "--json", "--file", ".env"]).len(), 3);
    assert_eq!(
        rows(&["env", "show", "--json", "--env-file", ".env.local"]).len(),
        2
    );
}
