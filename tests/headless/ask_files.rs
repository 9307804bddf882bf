//! `onramp ask` and what goes along with a question: files, lines, folders, pictures, the clipboard; and what is
//! held back.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::Desk;
use crate::web::Web;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\0";

/// A repository with what may go along and what may not.
fn desk() -> Desk {
    let desk = Desk::repository();
    for (name, bytes) in [
        ("src/main.rs", &b"fn main() {\n    run();\n}\n"[..]),
        ("src/lib.rs", b"pub fn run() {}\n"),
        ("notes.md", b"# Notes\n"),
        ("blob.bin", b"\0\0\0"),
        ("a.log", b"log\n"),
        (".gitignore", b"*.log\n"),
        (".env", b"A=1\n"),
        ("p.png", PNG),
    ] {
        desk.write(name, bytes);
    }
    desk
}

/// What was sent to a server last.
#[track_caller]
fn sent(web: &Web) -> Value {
    let asked = web.asked().into_iter();
    let mut last = asked.filter(|asked| asked.line.ends_with("/chat/completions"));
    let body = last.next_back().expect("it was asked").body;
    serde_json::from_str(&body).expect("JSON")
}

/// The question that was sent last.
#[track_caller]
fn question(web: &Web) -> String {
    let content = sent(web)["messages"][0]["content"].clone();
    content
        .as_str()
        .map_or_else(|| content.to_string(), str::to_owned)
}

fn is_asked(web: &Web) -> bool {
    web.lines().iter().any(|line| line.starts_with("POST"))
}

#[test]
fn files_go_along_below_the_question_and_standard_input() {
    let web = Web::compatible(None);
    let desk = desk();
    let ask = [
        "ask",
        "--base-url",
        &web.origin,
        "-f",
        "src/main.rs:2",
        "why?",
    ];
    desk.feed("trace\n", &ask).ends(0);
    assert_eq!(
        question(&web),
        "why?\n\ntrace\n\n```rs src/main.rs:2\n    run();\n```"
    );
    for (words, names) in [
        (&["-f", "src"][..], &["src/lib.rs", "src/main.rs"][..]),
        (&["-f", "src/*.rs"], &["src/lib.rs", "src/main.rs"]),
        (
            &["-f", "notes.md", "-f", "src/lib.rs"],
            &["notes.md", "src/lib.rs"],
        ),
    ] {
        let ask = [&["ask", "--base-url", &web.origin, "why?"], words].concat();
        desk.run(&ask).ends(0);
        let question = question(&web);
        for name in names {
            assert!(question.contains(&format!(" {name}\n")), "{question}");
        }
        assert_eq!(
            question.matches("```").count(),
            names.len() * 2,
            "{question}"
        );
    }
}

#[test]
fn a_file_is_named_in_the_question_too_but_not_in_what_is_piped_in() {
    let web = Web::compatible(None);
    let desk = desk();
    let ask = [
        "ask",
        "--base-url",
        &web.origin,
        "explain @src/lib.rs please",
    ];
    desk.feed("@src/main.rs\n@app.route\n", &ask).ends(0);
    assert_eq!(
        question(&web),
        "explain @src/lib.rs please\n\n@src/main.rs\n@app.route\n\n```rs src/lib.rs\npub fn run() {}\n```"
    );
}

#[test]
fn what_does_not_go_along_is_named_with_its_reason_and_nothing_is_sent() {
    let web = Web::compatible(None);
    let desk = desk();
    desk.write("latin.txt", b"caf\xe9\n");
    for (file, why, forced) in [
        ("gone.rs", "nothing is there", false),
        ("*.zig", "nothing is there", false),
        ("blob.bin", "it is no text", true),
        ("latin.txt", "is not in UTF-8", true),
        ("a.log", "rules (.gitignore) ignore it", true),
        (".env", "it holds settings and keys", true),
        (".git/HEAD", "belongs to the version control", true),
        ("../", "it is outside of the project", false),
        ("src/main.rs:9", "it has only 3 lines", false),
    ] {
        let ask = ["ask", "--base-url", &web.origin, "-f", file, "why?"];
        let ran = desk.run(&ask).ends(10).without_result();
        ran.notes("A file that was named is not sent").notes(why);
        assert!(!is_asked(&web), "{file}");
        let json = desk.run(&[&ask[..], &["--json"]].concat()).ends(10);
        assert_eq!(json.json()["error"]["id"], "file-not-sent", "{file}");
        if forced {
            let web = Web::compatible(None);
            let ask = [
                "ask",
                "--base-url",
                &web.origin,
                "-f",
                file,
                "--any-file",
                "why?",
            ];
            desk.run(&ask).ends(0);
            assert!(is_asked(&web), "{file}");
        }
    }
    let named = ["ask", "--base-url", &web.origin, "see @gone.rs"];
    desk.run(&named)
        .ends(0)
        .notes("@gone.rs names no file here: it goes as words");
    assert!(is_asked(&web));
}

#[test]
fn words_with_the_sign_are_asked_as_they_are_and_a_folder_of_nothing_is_told() {
    let web = Web::compatible(None);
    let desk = desk();
    let words = "what does @app.route(\"/\") do, and @types/node?";
    desk.run(&["ask", "--base-url", &web.origin, words]).ends(0);
    assert_eq!(question(&web), words);
    let web = Web::compatible(None);
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    desk.run(&["ask", "--base-url", &web.origin, "-f", "empty", "hi"])
        .ends(10)
        .notes("empty is not sent: there is nothing in it that goes along");
    assert!(!is_asked(&web));
    desk.run(&[
        "ask",
        "--base-url",
        &web.origin,
        "-f",
        "src/main.rs:5-2",
        "hi",
    ])
    .ends(10)
    .notes("these are no lines of it");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_followed_without_consent() {
    let web = Web::compatible(None);
    let (desk, other) = (desk(), Desk::new());
    other.write("secret.txt", "elsewhere\n");
    std::os::unix::fs::symlink(other.path("secret.txt"), desk.path("in.txt")).expect("a link");
    let ask = ["ask", "--base-url", &web.origin, "-f", "in.txt", "why?"];
    desk.run(&ask)
        .ends(10)
        .notes("a link leads out of the project");
    assert!(!is_asked(&web));
    desk.run(&[&ask[..], &["--any-file"]].concat()).ends(0);
    assert!(question(&web).contains("elsewhere"));
}

#[test]
fn a_glob_that_the_shell_took_apart_is_noticed() {
    let web = Web::compatible(None);
    let desk = desk();
    let ask = ["ask", "--base-url", &web.origin, "-f", "src/lib.rs"];
    desk.run(&[&ask[..], &["src/main.rs"]].concat())
        .ends(2)
        .notes("only names of files: src/main.rs");
    assert!(!is_asked(&web));
    desk.run(&[&ask[..], &["explain", "src/main.rs"]].concat())
        .ends(0)
        .notes("src/main.rs is in the question as a word");
}

#[test]
fn pictures_go_to_models_that_read_them() {
    let web = Web::compatible(None);
    let desk = desk();
    let ask = [
        "ask",
        "--base-url",
        &web.origin,
        "-f",
        "p.png",
        "what is it?",
    ];
    desk.run(&ask).ends(0);
    let parts = &sent(&web)["messages"][0]["content"];
    assert_eq!(parts[0], json!({"type": "text", "text": "what is it?"}));
    assert_eq!(
        parts[1]["image_url"]["url"],
        "data:image/png;base64,iVBORw0KGgoAAAAA"
    );
    let sandboxed = Desk::sandboxed();
    sandboxed.write("p.png", PNG);
    let ask = ["ask", "--json", "-f", "p.png", "Reply with ok"];
    let ran = sandboxed.run(&ask).ends(0);
    let attached = json!([{"name": "p.png", "kind": "image/png", "bytes": 12, "tokens": 1000}]);
    assert_eq!(ran.json()["attached"], attached);
    let blind = [&ask[..], &["-m", "deepseek/deepseek-chat-v3.1"]].concat();
    let ran = sandboxed.run(&blind);
    assert!(
        ran.code == Some(10) && ran.out.contains("reads no pictures"),
        "{ran}"
    );
}

#[test]
fn a_secret_is_told_by_its_place_and_sent_only_with_consent() {
    let web = Web::compatible(None);
    let desk = desk();
    // As random as a real one, and no server's.
    let digits = Sha256::digest("a question");
    let digits: Vec<String> = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    let secret = format!("sk-or-v1-{}", digits.concat());
    desk.write("keys.txt", &format!("one\nkey = \"{secret}\"\n"));
    let base = ["ask", "--base-url", &web.origin];
    let key = format!("use {secret}");
    let cases: [(&[&str], &str, &str); 4] = [
        (&["-f", "keys.txt", "why?"], "", "keys.txt:2:8"),
        (&["why?"], "DB_PASSWORD=tr0ub4dor&3\n", "stdin:1:13"),
        (&[&key], "", "line 1, column 5"),
        (&["-s", &key, "why?"], "", "--system:1:5"),
    ];
    for (words, input, place) in cases {
        let ask = [&base[..], words].concat();
        let ran = desk.feed(input, &ask).ends(11).without_result();
        ran.notes("The question seems to hold a secret")
            .notes(place);
        let json = desk.feed(input, &[&ask[..], &["--json"]].concat()).ends(11);
        assert_eq!(json.json()["error"]["id"], "secret-in-question");
        assert!(!is_asked(&web), "{place}");
    }
    let ask = [&base[..], &["-f", "keys.txt", "--allow-secrets", "why?"]].concat();
    desk.run(&ask).ends(0);
    assert!(question(&web).contains(&secret));
}

#[cfg(target_os = "linux")]
mod clipboard {
    use std::os::unix::fs::PermissionsExt;

    use super::{Desk, Web, desk, is_asked, question};

    /// A desk on which a program of that name stands for the clipboard's.
    fn with_program(desk: Desk, name: &str, script: &str) -> Desk {
        desk.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{script}\n"));
        let program = desk.path(&format!("bin/{name}"));
        std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).expect("mine");
        // Nothing but the shell beside it.
        let path = format!("{}:/usr/bin:/bin", desk.path("bin").display());
        desk.with("PATH", &path)
    }

    #[test]
    fn what_is_on_it_goes_along() {
        let web = Web::compatible(None);
        let script = "test \"$*\" = --no-newline && test -z \"$OPENROUTER_API_KEY\" && printf 'E0382: moved'";
        let desk = with_program(desk(), "wl-paste", script).with("WAYLAND_DISPLAY", "wayland-9");
        let desk = desk.with("OPENROUTER_API_KEY", "none");
        for words in [
            &["why @clipboard?"][..],
            &["-f", "@clipboard", "why @clipboard?"],
        ] {
            let ask = [&["ask", "--base-url", &web.origin], words].concat();
            desk.run(&ask).ends(0);
            let expected = "why @clipboard?\n\n```text clipboard\nE0382: moved\n```";
            assert_eq!(question(&web), expected);
        }
    }

    #[test]
    fn the_program_that_reads_it_runs_once_for_a_picture_too() {
        let web = Web::compatible(None);
        let script = r"echo ran >>ran.txt; printf '\211PNG\r\n\032\n\0\0\0\0'";
        let desk = with_program(desk(), "wl-paste", script).with("WAYLAND_DISPLAY", "wayland-9");
        let ask = [
            "ask",
            "--base-url",
            &web.origin,
            "--seed",
            "1",
            "what is @clipboard?",
        ];
        desk.run(&ask).ends(0);
        assert_eq!(desk.read("ran.txt"), "ran\n");
    }

    #[test]
    fn where_there_is_none_or_nothing_on_it_that_is_said() {
        let web = Web::compatible(None);
        let ask = ["ask", "--base-url", &web.origin, "why @clipboard?"];
        let empty = with_program(desk(), "wl-paste", "echo Nothing is copied >&2; exit 1");
        let empty = empty.with("WAYLAND_DISPLAY", "wayland-9");
        for (desk, why) in [
            (desk(), "neither WAYLAND_DISPLAY nor DISPLAY is set"),
            (empty, "clipboard is not sent: nothing is on it"),
        ] {
            desk.run(&ask).ends(10).without_result().notes(why);
        }
        assert!(!is_asked(&web));
    }
}
