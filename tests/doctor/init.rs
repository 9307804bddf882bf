//! `env init`: the first file of a project, and nothing overwritten.

use crate::desk::{Desk, KEY};

const NEXT: (&str, &str) = ("package.json", r#"{"dependencies":{"next":"16"}}"#);

#[test]
fn the_projects_template_is_copied_byte_for_byte_for_its_owner_alone() {
    let template = "# ours\r\nOPENROUTER_API_KEY=   # get one\r\nA='b'";
    let desk = Desk::with(&[(".env.example", template)]);
    desk.chmod(".env.example", 0o644);
    let ran = desk.run(&["env", "init"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.read(".env"), template);
    assert_eq!(desk.mode(".env"), 0o600);
    assert!(ran.out.contains("+ A='••••••••'"), "{}", ran.out);
    assert!(ran.err.contains("copied from .env.example"), "{}", ran.err);
    assert!(
        ran.err
            .contains("onramp env set --file .env OPENROUTER_API_KEY"),
        "{}",
        ran.err
    );
}

#[test]
fn without_a_template_the_services_is_taken_with_a_secret_of_its_own() {
    let (one, other) = (Desk::with(&[]), Desk::with(&[]));
    let secret = |desk: &Desk| -> String {
        assert_eq!(desk.run(&["env", "init"]).code, 0);
        let text = desk.read(".env");
        let line = text.lines().find(|line| line.starts_with("SECRET_KEY="));
        line.unwrap().to_owned()
    };
    let (first, second) = (secret(&one), secret(&other));
    assert_eq!(first.len(), "SECRET_KEY=".len() + 64);
    assert_ne!(first, second);
    assert!(one.read(".env").contains("\nOPENROUTER_API_KEY=\n"));
    assert_eq!(one.mode(".env"), 0o600);
}

#[test]
fn the_file_that_suits_the_project_is_made() {
    let desk = Desk::with(&[NEXT]);
    let ran = desk.run(&["env", "init"]);
    assert!(
        ran.err.contains(".env.local: Next.js reads it"),
        "{}",
        ran.err
    );
    assert!(!desk.read(".env.local").is_empty());
    let ran = desk.run(&["env", "init", "--file", ".env.production"]);
    assert_eq!(ran.code, 0);
    assert!(!desk.read(".env.production").is_empty());
}

#[test]
fn a_file_that_stands_is_not_overwritten() {
    let text = format!("OPENROUTER_API_KEY={KEY}\n");
    let desk = Desk::with(&[(".env", &text), (".env.example", "A=1\n")]);
    let ran = desk.run(&["env", "init"]);
    assert_eq!(ran.code, 10);
    assert!(ran.err.contains("The file stands already"), "{}", ran.err);
    assert_eq!(desk.read(".env"), text);
}

#[test]
fn the_service_template_adds_what_a_file_lacks() {
    let text = format!("OPENROUTER_API_KEY={KEY}\nREDIS_PORT=7000\n");
    let desk = Desk::with(&[(".env", &text)]);
    for words in [
        &["env", "init", "--template"][..],
        &["env", "init", "--template", "service"],
    ] {
        assert_eq!(desk.run(words).code, 0);
        let grown = desk.read(".env");
        assert!(grown.starts_with(&text), "{grown}");
        assert_eq!(grown.matches("REDIS_PORT=").count(), 1);
        assert_eq!(grown.matches("SECRET_KEY=").count(), 1);
    }
    assert_eq!(desk.run(&["env", "init", "--template", "other"]).code, 2);
    assert_eq!(desk.run(&["env", "undo"]).code, 0);
    assert_eq!(desk.read(".env"), text);
}

#[test]
fn the_service_template_comes_group_by_group() {
    let desk = Desk::with(&[(".env", "A=1")]);
    let ran = desk.run(&["env", "init", "--groups", "redis,environment"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let grown = desk.read(".env");
    assert!(grown.starts_with("A=1\n"), "{grown}");
    assert!(grown.contains("\nREDIS_PASSWORD=\n") && grown.contains("\nENVIRONMENT=development\n"));
    assert!(!grown.contains("DATABASE_URL") && !grown.contains("SECRET_KEY"));
    assert_eq!(desk.run(&["env", "init", "--groups", "openai"]).code, 0);
    let with_alternative = desk.read(".env");
    assert!(
        with_alternative.starts_with(&grown) && with_alternative.contains("\n# OPENAI_API_KEY=\n")
    );
    assert_eq!(desk.run(&["env", "init", "--groups", "mysql"]).code, 2);
}

#[test]
fn the_example_holds_no_secret() {
    let desk = Desk::with(&[(".env", &format!("OPENROUTER_API_KEY={KEY}\nPW=hunter2\n"))]);
    assert_eq!(desk.run(&["env", "init", "--example"]).code, 0);
    assert_eq!(desk.read(".env.example"), "OPENROUTER_API_KEY=\nPW=\n");
    let ran = desk.run(&["env", "init", "--example"]);
    assert!(ran.out.contains("unchanged"), "{}", ran.out);
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::with(&[]);
    let ran = desk.run(&["env", "init", "--example", "--dry-run"]);
    assert!(ran.out.contains("+ OPENROUTER_API_KEY="), "{}", ran.out);
    assert_eq!(desk.read(".env"), "");
    assert_eq!(desk.read(".env.example"), "");
}

#[test]
fn a_new_file_that_git_would_take_along_is_pointed_out() {
    let desk = Desk::repository(&[]);
    let ran = desk.run(&["env", "init"]);
    assert!(
        ran.err
            .contains("git does not ignore .env: onramp env doctor --fix"),
        "{}",
        ran.err
    );
}
