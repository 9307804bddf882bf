//! What stands in the way: one test for each thing that is not about a line alone.

use crate::desk::{Desk, KEY, OTHER};

fn holding(key: &str) -> String {
    format!("OPENROUTER_API_KEY={key}\n")
}

const NEXT: (&str, &str) = ("package.json", r#"{"dependencies":{"next":"16"}}"#);

#[test]
fn a_project_in_order_has_none_and_ends_well() {
    let desk = Desk::repository(&[(".env", &holding(KEY)), (".gitignore", ".env\n")]);
    assert_eq!(desk.findings(), Vec::<String>::new());
    assert_eq!(desk.run(&["env", "doctor"]).code, 0);
}

#[test]
fn without_a_key_anywhere_it_ends_in_3() {
    let desk = Desk::with(&[]);
    assert_eq!(desk.findings(), ["no-key :0 trouble"]);
    assert_eq!(desk.run(&["env", "doctor"]).code, 3);
    // A placeholder is none.
    let desk = Desk::with(&[(
        ".env",
        "OPENROUTER_API_KEY=sk-or-your-actual-api-key-here\n",
    )]);
    assert_eq!(desk.run(&["env", "doctor"]).code, 3);
    assert!(
        desk.findings()
            .contains(&"placeholder-key .env:1 trouble".into())
    );
}

#[test]
fn a_file_that_cannot_be_read_ends_it_in_10() {
    let desk = Desk::with(&[(".env", &holding(KEY))]);
    std::os::unix::fs::symlink("nowhere", desk.path(".env.broken")).unwrap();
    let ran = desk.run(&["env", "doctor", "--file", ".env.broken"]);
    assert_eq!(ran.code, 10, "{}", ran.out);
    assert_eq!(desk.run(&["env", "doctor", "--file", "missing"]).code, 10);
}

#[test]
fn a_pipe_is_a_password_managers_and_no_error() {
    let desk = Desk::with(&[]).exporting("OPENROUTER_API_KEY", KEY);
    let made = std::process::Command::new("mkfifo")
        .arg(desk.path(".env"))
        .status();
    assert!(made.unwrap().success());
    assert_eq!(desk.findings(), ["file-is-a-pipe .env:0 note"]);
    assert_eq!(desk.run(&["env", "doctor"]).code, 0);
}

#[test]
fn a_key_of_the_environment_is_examined_too() {
    for (value, finding) in [
        ("your-key-here", "placeholder-key :0 trouble"),
        (
            "sk-ant-api03-abcdefghijklmnop",
            "key-of-another-vendor :0 trouble",
        ),
        (&format!("{KEY}\r"), "blanks-in-key :0 trouble"),
    ] {
        let desk = Desk::with(&[]).exporting("OPENROUTER_API_KEY", value);
        assert!(
            desk.findings().contains(&finding.into()),
            "{:?}",
            desk.findings()
        );
    }
}

#[test]
fn a_stronger_file_hides_a_weaker_one() {
    let desk = Desk::with(&[
        NEXT,
        (".env", &holding(KEY)),
        (".env.local", &holding(OTHER)),
    ]);
    assert_eq!(desk.findings(), ["hidden-by-file .env:1 warning"]);
    // The same value in both hides nothing.
    desk.write(".env.local", &holding(KEY));
    assert_eq!(desk.findings(), Vec::<String>::new());
}

#[test]
fn a_file_that_others_can_read_is_told() {
    let desk = Desk::with(&[(".env", &holding(KEY))]);
    desk.chmod(".env", 0o644);
    assert_eq!(desk.findings(), ["readable-by-others .env:0 warning"]);
}

#[test]
fn what_git_would_take_along_is_told() {
    let desk = Desk::repository(&[(".env", &holding(KEY))]);
    assert_eq!(desk.findings(), ["not-ignored .env:0 warning"]);
    desk.git(&["add", ".env"]);
    assert_eq!(desk.findings(), ["tracked .env:0 trouble"]);
    desk.git(&["commit", "--quiet", "-m", "x"]);
    desk.git(&["rm", "--quiet", "--cached", ".env"]);
    desk.write(".gitignore", ".env\n");
    assert_eq!(desk.findings(), ["in-history .env:0 warning"]);
}

#[test]
fn a_file_that_an_image_would_hold_is_told() {
    let desk = Desk::with(&[
        (".env", &holding(KEY)),
        ("Dockerfile", "FROM scratch\nCOPY . .\n"),
    ]);
    assert_eq!(desk.findings(), ["docker-context .env:0 warning"]);
    desk.write(".dockerignore", ".env\n");
    assert_eq!(desk.findings(), Vec::<String>::new());
}

#[test]
fn a_real_key_in_a_template_is_told() {
    let desk = Desk::with(&[
        (".env", &holding(KEY)),
        (".env.example", &format!("A = 1\n{}", holding(OTHER))),
    ]);
    assert_eq!(desk.findings(), ["key-in-template .env.example:2 trouble"]);
    desk.write(".env.example", "OPENROUTER_API_KEY=sk-or-v1-...\n");
    assert_eq!(desk.findings(), Vec::<String>::new());
}

#[test]
fn a_profile_that_sets_the_key_is_told() {
    let profile = format!("export {}", holding(OTHER));
    let desk = Desk::with(&[(".env", &holding(KEY))]).at_home(".bashrc", &profile);
    assert_eq!(desk.findings(), ["key-in-profile .bashrc:1 note"]);
    let desk = desk.exporting("OPENROUTER_API_KEY", KEY);
    assert_eq!(desk.findings(), ["profile-differs .bashrc:1 note"]);
}

#[test]
fn a_base_url_that_the_sdks_cannot_use_is_told() {
    let desk = Desk::with(&[(
        ".env",
        &format!(
            "{}OPENROUTER_API_BASE=https://openrouter.ai\n",
            holding(KEY)
        ),
    )]);
    assert_eq!(desk.findings(), ["base-url-path .env:2 warning"]);
    desk.write(
        ".env",
        &format!("{}OPENROUTER_API_BASE=openrouter.ai/api/v1\n", holding(KEY)),
    );
    assert_eq!(desk.findings(), ["base-url .env:2 trouble"]);
}

#[test]
fn a_link_out_of_the_project_is_told() {
    let desk = Desk::with(&[]).at_home("shared.env", &holding(KEY));
    std::os::unix::fs::symlink(desk.home_path("shared.env"), desk.path(".env")).unwrap();
    let findings = desk.findings();
    assert!(
        findings.contains(&"link-out-of-project .env:0 note".into()),
        "{findings:?}"
    );
}

#[test]
fn direnv_and_dotenvx_are_named() {
    let desk = Desk::with(&[
        (".env", &holding(KEY)),
        (".envrc", "dotenv\n"),
        (".env.keys", "DOTENV_PRIVATE_KEY=x\n"),
    ]);
    assert_eq!(
        desk.findings(),
        ["direnv .envrc:0 note", "dotenvx .env.keys:0 note"]
    );
}

#[test]
fn what_the_projects_own_programs_stumble_over_weighs_more() {
    let text = format!("A = 1\n{}", holding(KEY));
    let node = Desk::with(&[("package.json", "{}"), (".env", &text)]);
    assert_eq!(
        node.findings(),
        [
            "blank-before-equals .env:1 note",
            "blank-after-equals .env:1 note"
        ]
    );
    let shell = Desk::with(&[("run.sh", ". ./.env\n"), (".env", &text)]);
    assert_eq!(
        shell.findings(),
        [
            "blank-before-equals .env:1 warning",
            "blank-after-equals .env:1 warning"
        ]
    );
}

#[test]
fn one_file_is_examined_by_itself() {
    let desk = Desk::with(&[
        (".env", &format!("A = 1\n{}", holding(KEY))),
        (".env.staging", &holding(OTHER)),
    ]);
    let (said, code) = desk.doctor(&["--file", ".env.staging"]);
    assert_eq!(said["findings"], serde_json::json!([]));
    assert_eq!(said["places"].as_array().unwrap().len(), 1);
    assert_eq!(code, 0);
}

#[test]
fn a_finding_has_the_shape_that_scripts_rely_on() {
    let desk = Desk::with(&[
        ("run.sh", ". ./.env\n"),
        (".env", &format!("A =1\n{}", holding(KEY))),
    ]);
    let (said, _) = desk.doctor(&[]);
    assert_eq!(
        said["findings"],
        serde_json::json!([{
            "id": "blank-before-equals",
            "severity": "warning",
            "file": desk.path(".env"),
            "line": 1,
            "message": "A has a blank before its =: shells do not set it, docker run --env-file refuses the file, so does Symfony",
            "advice": "take the blank out",
            "fix": {"words": "take the blank out", "safe": true},
        }])
    );
    assert_eq!(said["fixed"], serde_json::json!([]));
}
