//! The rules that keep `.env` files out of git and out of images: shown, then written.

use crate::repository::{Repository, key};

#[test]
fn the_missing_rules_are_shown_and_then_written() {
    let repository = Repository::new();
    let line = format!("OPENROUTER_API_KEY={}\n", key("a"));
    repository.write(".env", &line);
    repository.write("app/.env.local", &line);
    repository.write("Dockerfile", "FROM scratch\nCOPY . .\n");
    repository.write(".gitignore", "/target");
    repository.write(".dockerignore", "target\r\n");
    let (code, out, said) = repository.onramp(&["env", "scan", "--mend", "--dry-run"]);
    assert_eq!((code, said.as_str()), (0, ""), "{out}");
    assert!(out.contains("2 + .env\n"), "{out}");
    assert_eq!(repository.read(".gitignore"), b"/target");
    let (code, ..) = repository.onramp(&["env", "scan", "--mend"]);
    assert_eq!(code, 0);
    let rules = ".env\n.env.*\n!.env.example\n";
    let read = |name| String::from_utf8(repository.read(name)).unwrap();
    assert_eq!(read(".gitignore"), format!("/target\n{rules}"));
    assert_eq!(read("app/.gitignore"), rules);
    let crlf = rules.replace('\n', "\r\n");
    assert_eq!(read(".dockerignore"), format!("target\r\n{crlf}"));
    let (code, out, _) = repository.onramp(&["env", "scan"]);
    assert_eq!(code, 0, "{out}");
    let (_, out, _) = repository.onramp(&["env", "scan", "--mend"]);
    assert_eq!(out, "no rule is missing in .gitignore or .dockerignore\n");
}

#[test]
fn an_image_that_takes_the_env_file_is_pointed_out() {
    let repository = Repository::new();
    repository.write(".gitignore", ".env\n");
    repository.write(".env", "A=1\n");
    repository.write("Dockerfile", "FROM scratch\nCOPY . .\n");
    let (code, _, said) = repository.onramp(&["env", "scan"]);
    assert_eq!(code, 0);
    assert!(
        said.contains("Dockerfile copies the whole folder"),
        "{said}"
    );
    let (_, _, said) = repository.onramp(&["env", "scan", "--quiet"]);
    assert_eq!(said, "");
}
