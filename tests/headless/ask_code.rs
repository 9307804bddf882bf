//! `onramp ask` and the code of an answer: alone on stdout, in a file, in the files it names.

use serde_json::json;

use crate::support::Desk;
use crate::web::{Web, reply};

const QUESTION: &str = "Write a Rust function that retries";

/// A server whose every answer is this text.
fn saying(text: &str) -> Web {
    ending(text, "stop")
}

/// The same with another reason why it ended.
fn ending(text: &str, reason: &str) -> Web {
    let answer = json!({
        "id": "one", "object": "chat.completion", "model": "tiny",
        "choices": [{"index": 0, "finish_reason": reason,
            "message": {"role": "assistant", "content": text}}],
    });
    Web::start(move |request| match request.line.as_str() {
        "GET /v1/models" => reply(200, "application/json", r#"{"data": [{"id": "tiny"}]}"#),
        _ => reply(200, "application/json", &answer.to_string()),
    })
}

fn ask<'a>(web: &'a Web, words: &[&'a str]) -> Vec<&'a str> {
    [&["ask", "--base-url", &web.origin, "hi"], words].concat()
}

#[test]
fn only_the_code_is_printed_and_the_model_is_told_so() {
    let ran = Desk::sandboxed().run(&["ask", "--code", QUESTION]).ends(0);
    assert!(ran.out.starts_with("use std::time::Duration;\n"), "{ran}");
    assert!(
        ran.out.ends_with("}\n") && !ran.out.contains("```"),
        "{ran}"
    );
    let web = saying("One:\n```sh\nls\n```\nTwo:\n```py\nx = 1\n```\n");
    let ran = Desk::new()
        .run(&ask(&web, &["--code", "-s", "Be brief."]))
        .ends(0);
    assert_eq!(ran.out, "ls\n\nx = 1\n");
    let asked = web.asked();
    let body = &asked.last().expect("a request").body;
    assert!(
        body.contains("Be brief.\\n\\nAnswer with code alone"),
        "{body}"
    );
}

#[test]
fn an_answer_without_code_is_no_result_and_is_not_lost() {
    let desk = Desk::sandboxed();
    for words in [&["ask", "--code"][..], &["ask", "--code", "-o", "a.rs"]] {
        let ran = desk.run(&[words, &["Reply with ok"]].concat()).ends(8);
        ran.without_result()
            .notes("ok\n")
            .notes("The answer holds no such code");
        assert_eq!(desk.read("a.rs"), "");
    }
    let ran = desk.run(&["ask", "--save-all", "Reply with ok"]).ends(8);
    assert_eq!(ran.out, "ok\n");
    ran.notes("No block of code carries the name of a file");
    let ran = desk
        .run(&["ask", "--code", "--json", "Reply with ok"])
        .ends(8)
        .quietly();
    let json = ran.json();
    assert_eq!(json["text"], "ok");
    assert_eq!(json["error"]["id"], "answer-without-code");
}

#[test]
fn an_answer_goes_into_a_file_whole_or_as_its_code() {
    let web = saying("Run it:\n```sh\ncargo run\n```\nThe code:\n```rust\nfn a() {}\n```\n");
    let desk = Desk::repository();
    let ran = desk
        .run(&ask(&web, &["-o", "src/deep/a.rs"]))
        .ends(0)
        .without_result();
    assert_eq!(desk.read("src/deep/a.rs"), "fn a() {}\n");
    ran.notes("wrote src/deep/a.rs: 1 line added, 0 removed");
    desk.run(&ask(&web, &["-o", "notes.md"]))
        .ends(0)
        .without_result();
    assert!(desk.read("notes.md").starts_with("Run it:\n```sh\n"));
    desk.run(&ask(&web, &["-o", "all.md", "--code"])).ends(0);
    assert_eq!(desk.read("all.md"), "cargo run\n\nfn a() {}\n");
    // What programs read by its name alone is no text.
    for file in ["Dockerfile", ".gitignore", "LICENSE-MIT"] {
        desk.run(&ask(&web, &["-o", file])).ends(0);
        let is_whole = desk.read(file).starts_with("Run it:");
        assert_eq!(is_whole, file.starts_with("LICENSE"), "{file}");
    }
    // The same again changes nothing, and is no trouble where it was agreed to.
    desk.run(&ask(&web, &["-o", "src/deep/a.rs", "--force"]))
        .ends(0)
        .notes("src/deep/a.rs holds this already");
    let plain = saying("{\"a\": 1}");
    desk.run(&ask(&plain, &["-o", "a.json"]))
        .ends(0)
        .notes("the answer holds no code");
    assert_eq!(desk.read("a.json"), "{\"a\": 1}\n");
}

#[test]
fn words_are_not_written_into_a_file_of_code_and_a_dash_is_standard_output() {
    let web = saying("I cannot help with that.");
    let desk = Desk::repository();
    desk.write("n.py", "a = 1\n");
    let ran = desk.run(&ask(&web, &["-o", "n.py", "--force"])).ends(8);
    ran.without_result().notes("I cannot help with that.");
    assert_eq!(desk.read("n.py"), "a = 1\n");
    let ran = desk.run(&ask(&web, &["-o", "-"])).ends(0);
    assert_eq!(ran.out, "I cannot help with that.\n");
    assert!(!desk.path("-").exists());
}

#[test]
fn a_part_of_a_file_is_written_only_by_force_and_is_not_lost() {
    let half = "```py\ndef a():\n    retu";
    for (text, reason) in [
        (half, "length"),
        (half, "stop"),
        ("def a():\n    retu", "content_filter"),
        ("```py\na = 1\n```\nand\n```py\nb = 2\n```\nand", "length"),
        ("def a():\n    retu", "function_call"),
    ] {
        let web = ending(text, reason);
        let desk = Desk::repository();
        let ran = desk.run(&ask(&web, &["-o", "app.py"])).ends(10);
        assert!(
            ran.out.contains("retu") || ran.out.contains("b = 2"),
            "{ran}"
        );
        ran.notes("this may be only a part of the file")
            .notes("--force");
        assert!(!desk.path("app.py").exists(), "{text} {reason}");
        desk.run(&ask(&web, &["-o", "app.py", "--force"])).ends(0);
        assert!(desk.path("app.py").exists(), "{text} {reason}");
        let ran = desk.run(&ask(&web, &["-o", "b.py", "--json"])).ends(10);
        assert_eq!(ran.json()["files"][0]["error"], "code-unfinished");
        let is_marked = ran.json()["code_blocks"][0]["unfinished"] == true;
        assert_eq!(is_marked, text == half);
    }
    // A block that was closed is whole, whatever was to be said behind it.
    let web = ending("```py\na = 1\n```\nThis sets", "length");
    let desk = Desk::repository();
    desk.run(&ask(&web, &["-o", "app.py"])).ends(0);
    let web = ending("half", "function_call");
    desk.run(&ask(&web, &[]))
        .ends(0)
        .notes("the answer ended oddly (function_call)");
    let web = saying("```py a.py\na = 1\n```\n```py b.py\nb =");
    desk.run(&ask(&web, &["--save-all"])).ends(10);
    assert!(desk.path("a.py").exists() && !desk.path("b.py").exists());
}

#[test]
fn a_file_that_holds_something_else_is_not_written_over_and_nothing_is_paid() {
    let web = saying("```rust\nfn new() {}\n```\n");
    let desk = Desk::repository();
    desk.write("a.rs", "fn old() {}\n");
    let ran = desk
        .run(&ask(&web, &["-o", "a.rs"]))
        .ends(10)
        .without_result();
    ran.notes("Something else stands in this file already")
        .notes("--force");
    assert_eq!(web.lines(), [""; 0]);
    assert_eq!(desk.read("a.rs"), "fn old() {}\n");
    desk.run(&ask(&web, &["-o", "a.rs", "--force"])).ends(0);
    assert_eq!(desk.read("a.rs"), "fn new() {}\n");
    desk.run(&["env", "undo", "--file", "a.rs"]).ends(0);
    assert_eq!(desk.read("a.rs"), "fn old() {}\n");
    // An empty one loses nothing.
    desk.write("empty.rs", "");
    desk.run(&ask(&web, &["-o", "empty.rs"])).ends(0);
    assert_eq!(desk.read("empty.rs"), "fn new() {}\n");
}

#[test]
fn nothing_is_written_where_it_wants_consent_and_never_among_git_s_own() {
    let web = saying("```sh\nls\n```\n");
    let (desk, other) = (Desk::repository(), Desk::new());
    let outside = other.path("a.sh").to_string_lossy().into_owned();
    desk.write("folder/x", "");
    for (file, id) in [
        (outside.as_str(), "file-wants-consent"),
        (".env", "file-wants-consent"),
        (".git/hooks/pre-commit", "file-not-a-target"),
        ("folder", "file-not-a-target"),
    ] {
        let ran = desk.run(&ask(&web, &["-o", file, "--json"])).ends(10);
        assert_eq!(ran.json()["error"]["id"], id, "{file}");
    }
    assert_eq!(web.lines(), [""; 0]);
    desk.run(&ask(&web, &["-o", &outside, "--any-file"]))
        .ends(0);
    assert_eq!(other.read("a.sh"), "ls\n");
    desk.run(&ask(
        &web,
        &["-o", ".git/hooks/pre-commit", "--any-file", "--force"],
    ))
    .ends(10);
    assert_eq!(desk.read(".git/hooks/pre-commit"), "");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_written_through() {
    let web = saying("```sh\nls\n```\n");
    let (desk, other) = (Desk::repository(), Desk::new());
    other.write("kept.sh", "kept\n");
    std::os::unix::fs::symlink(other.folder(), desk.path("out")).expect("a link");
    let ran = desk
        .run(&ask(&web, &["-o", "out/kept.sh", "--force"]))
        .ends(10);
    ran.notes("A link leads to this file, out of the project");
    assert_eq!(other.read("kept.sh"), "kept\n");
    let named = saying("```sh out/kept.sh\nrm\n```\n```sh in.sh\nls\n```\n");
    let ran = desk.run(&ask(&named, &["--save-all", "--force"])).ends(10);
    ran.notes("out/kept.sh is not written").notes("wrote in.sh");
    assert_eq!(other.read("kept.sh"), "kept\n");
    assert_eq!(desk.read("in.sh"), "ls\n");
}

#[test]
fn no_flag_agrees_to_a_place_that_only_a_model_names() {
    let (desk, other) = (Desk::repository(), Desk::new());
    let outside = other.path("outside.sh").to_string_lossy().into_owned();
    let web = saying(&format!(
        "```sh {outside}\nrm\n```\n```sh .env\nA=1\n```\n```sh in.sh\nls\n```\n"
    ));
    let words = ["-f", "kept.txt", "--any-file", "--save-all", "--force"];
    desk.write("kept.txt", "kept\n");
    let ran = desk.run(&ask(&web, &words)).ends(10);
    ran.notes(&format!("{outside} is not written"))
        .notes(".env is not written")
        .notes("-o FILE --any-file");
    assert_eq!(other.read("outside.sh"), "");
    assert_eq!(desk.read(".env"), "");
    assert_eq!(desk.read("in.sh"), "ls\n");
}

#[test]
fn of_files_with_one_name_each_gets_its_own_code() {
    let web = saying("```rust src/a/mod.rs\na\n```\n```rust src/b/mod.rs\nb\n```\n");
    let desk = Desk::repository();
    for (file, code) in [
        ("src/a/mod.rs", "a\n"),
        ("./src/b/../b/mod.rs", "b\n"),
        ("src/c/mod.rs", "a\n\nb\n"),
    ] {
        desk.run(&ask(&web, &["-o", file])).ends(0);
        assert_eq!(desk.read(file), code, "{file}");
    }
    let one = saying("```rust src/a/mod.rs\na\n```\n```rust\nmod a;\n```\n");
    desk.run(&ask(&one, &["-o", "mod.rs"])).ends(0);
    assert_eq!(desk.read("mod.rs"), "a\n");
}

#[test]
fn who_stops_reading_still_gets_the_files_that_were_asked_for() {
    for words in [&[][..], &["--no-stream"]] {
        let desk = Desk::sandboxed();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ask = [&["ask", "--save-all", QUESTION], words].concat();
        let mut command = desk.command(&ask);
        let output = command.stdout(writer).output().expect("it can be run");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{err}");
        assert!(err.contains("wrote "), "{err}");
    }
}

#[test]
fn every_named_block_goes_into_its_file_and_json_tells_what_became_of_each() {
    let web = saying(
        "```rust src/a.rs\nfn a() {}\n```\n```sh\nls\n```\n```py b.py\nx = 1\n```\n```toml c.toml\nc = 1\n```\n",
    );
    let desk = Desk::repository();
    desk.write("b.py", "x = 0\n");
    desk.write("c.toml", "c = 1\n");
    let ran = desk.run(&ask(&web, &["--save-all", "--json"])).ends(10);
    let json = ran.json();
    assert_eq!(
        json["files"],
        json!([
            {"path": "src/a.rs", "written": true, "unchanged": false, "error": null},
            {"path": "b.py", "written": false, "unchanged": false, "error": "file-exists"},
            {"path": "c.toml", "written": false, "unchanged": true, "error": null},
        ])
    );
    assert_eq!(json["error"]["id"], "file-exists");
    assert_eq!(desk.read("src/a.rs"), "fn a() {}\n");
    assert_eq!(desk.read("b.py"), "x = 0\n");
    let ran = desk.run(&ask(&web, &["--save-all", "--force"])).ends(0);
    assert!(
        ran.out.contains("```rust src/a.rs"),
        "the answer is shown: {ran}"
    );
    assert_eq!(desk.read("b.py"), "x = 1\n");
}

#[test]
fn what_was_paid_for_is_printed_where_it_cannot_be_written() {
    let web = saying("```sh\nls\n```\n");
    let desk = Desk::repository();
    // A patch is no file, and that is seen only when it is there.
    let patch = saying("```diff\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n```\n");
    let ran = desk.run(&ask(&patch, &["-o", "x.rs"])).ends(10);
    assert!(ran.out.starts_with("--- a/x\n"), "{ran}");
    desk.run(&ask(&patch, &["-o", "x.diff"]))
        .ends(0)
        .without_result();
    desk.run(&ask(&web, &["-o", "a.sh", "--save-all"])).ends(2);
}

#[test]
fn what_would_drive_a_terminal_is_verbatim_in_a_file_and_pointed_out() {
    let desk = Desk::sandboxed();
    let ask = ["ask", "-m", "sandbox/hostile-text", "-o", "all.txt", "hi"];
    let ran = desk.run(&ask).ends(0);
    assert!(desk.read("all.txt").contains("\u{1b}[31m"), "{ran}");
    ran.notes("characters of the code are invisible or act on others");
}
