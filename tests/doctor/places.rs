//! Where the keys stand, and which program reads which.

use serde_json::{Value, json};

use crate::desk::{Desk, KEY, OTHER};

/// Where a program finds a name: `kind file:line`.
fn read_by(said: &Value, program: &str, name: &str) -> String {
    let winners = said["winners"].as_array().unwrap();
    let found = winners
        .iter()
        .find(|winner| winner["program"] == program && winner["name"] == name);
    let Some(found) = found else {
        return "not told".into();
    };
    let place = &found["place"];
    if place.is_null() {
        return "nothing".into();
    }
    let file = place["file"].as_str().unwrap_or_default();
    let file = file.rsplit('/').next().unwrap_or_default();
    let kind = place["kind"].as_str().unwrap();
    match place["line"].as_u64() {
        Some(line) => format!("{kind} {file}:{line}"),
        None => format!("{kind} {file}"),
    }
}

const NEXT: (&str, &str) = ("package.json", r#"{"dependencies":{"next":"16"}}"#);

#[test]
fn every_place_is_told_with_its_value_masked() {
    let line = format!("OPENROUTER_API_KEY={KEY}\n");
    let profile = format!("# mine\nexport OPENROUTER_API_KEY={OTHER}\n");
    let store =
        format!(r#"{{"version":1,"servers":{{"https://openrouter.ai":{{"api_key":"{OTHER}"}}}}}}"#);
    let desk = Desk::with(&[(".env", &line)])
        .exporting("OPENAI_API_KEY", "sk-proj-abcdefghijklmnopqrstuvwxyz")
        .at_home(".zshrc", &profile);
    std::fs::create_dir_all(desk.home_path("onramp")).unwrap();
    std::fs::write(desk.home_path("onramp/credentials.json"), store).unwrap();
    let (said, _) = desk.doctor(&[]);
    let told: Vec<(&str, &str, &Value, &str)> = said["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| {
            (
                place["name"].as_str().unwrap(),
                place["kind"].as_str().unwrap(),
                &place["line"],
                place["value_masked"].as_str().unwrap(),
            )
        })
        .collect();
    let (one, two, none) = (json!(1), json!(2), Value::Null);
    assert_eq!(
        told,
        [
            ("OPENAI_API_KEY", "env", &none, "sk-proj-abcd…xyz"),
            ("OPENROUTER_API_KEY", "dotenv", &one, "sk-or-v1-dea…eef"),
            ("OPENROUTER_API_KEY", "store", &none, "sk-or-v1-caf…eef"),
            ("OPENROUTER_API_KEY", "profile", &two, "sk-or-v1-caf…eef"),
        ]
    );
    assert_eq!(desk.home_file(".zshrc"), profile);
}

#[test]
fn each_program_reads_its_own_file() {
    let key = |key: &str| format!("OPENROUTER_API_KEY={key}\n");
    let desk = Desk::with(&[
        NEXT,
        (".env", &format!("A=1\n{}", key(KEY))),
        (".env.local", &key(OTHER)),
        (".env.development", &key(KEY)),
    ]);
    let (said, _) = desk.doctor(&[]);
    let of = |program| read_by(&said, program, "OPENROUTER_API_KEY");
    assert_eq!(said["winners"][0]["program"], "next");
    assert_eq!(of("next"), "dotenv .env.local:1");
    assert_eq!(of("vite"), "dotenv .env.development:1");
    assert_eq!(of("dotenv"), "dotenv .env:2");
    assert_eq!(of("python-dotenv"), "dotenv .env:2");
    assert_eq!(of("compose"), "dotenv .env:2");
    assert_eq!(of("onramp"), "dotenv .env.local:1");
}

#[test]
fn of_a_name_that_stands_twice_the_programs_read_different_lines() {
    let text = format!("OPENROUTER_API_KEY={KEY}\nOPENROUTER_API_KEY={OTHER}\n");
    let desk = Desk::with(&[(".env", &text)]);
    let (said, _) = desk.doctor(&[]);
    assert_eq!(
        read_by(&said, "dotenvy", "OPENROUTER_API_KEY"),
        "dotenv .env:1"
    );
    assert_eq!(
        read_by(&said, "onramp", "OPENROUTER_API_KEY"),
        "dotenv .env:1"
    );
    assert_eq!(
        read_by(&said, "dotenv", "OPENROUTER_API_KEY"),
        "dotenv .env:2"
    );
    assert!(desk.findings().contains(&"duplicate .env:2 warning".into()));
}

#[test]
fn the_environment_wins_over_every_file_and_the_files_below_the_folder_count() {
    let desk = Desk::repository(&[
        (
            ".env",
            &format!("OPENROUTER_API_BASE=http://127.0.0.1:1/v1\nOPENROUTER_API_KEY={KEY}\n"),
        ),
        (".gitignore", ".env\n"),
    ])
    .exporting("OPENROUTER_API_KEY", OTHER);
    let (said, code) = desk.doctor(&[]);
    assert_eq!(read_by(&said, "dotenv", "OPENROUTER_API_KEY"), "env ");
    assert_eq!(
        read_by(&said, "dotenv", "OPENROUTER_API_BASE"),
        "dotenv .env:1"
    );
    let findings = desk.findings();
    assert_eq!(findings, ["hidden-by-environment .env:2 warning"]);
    assert_eq!(code, 11);
}

#[test]
fn a_password_managers_reference_is_a_key_and_no_placeholder() {
    let desk = Desk::with(&[(".env", "OPENROUTER_API_KEY=op://dev/openrouter/key\n")]);
    let (said, code) = desk.doctor(&[]);
    assert_eq!(said["places"][0]["is_reference"], true);
    assert_eq!(desk.findings(), ["reference .env:1 note"]);
    assert_eq!(code, 0);
}

#[test]
fn the_lines_for_people_say_the_same() {
    let desk = Desk::with(&[NEXT, (".env", &format!("OPENROUTER_API_KEY={KEY}\n"))]);
    let ran = desk.run(&["env", "doctor"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.out
            .contains("OPENROUTER_API_KEY  .env line 1  sk-or-v1-dea…eef")
    );
    assert!(ran.out.contains("* Next.js, Bun"));
    let ran = desk.run(&["env", "doctor", "--lang", "zh-CN"]);
    assert!(ran.out.contains("各类程序会读到什么"), "{}", ran.out);
}
