//! `onramp ask` with templates, with this project's rules, and without a trace.

use serde_json::{Value, json};

use crate::support::Desk;
use crate::web::Web;

/// What was sent last.
fn sent(web: &Web) -> Value {
    let asked = web.asked();
    let body: Value = serde_json::from_str(&asked.last().expect("a request").body).expect("JSON");
    body["messages"].clone()
}

/// Asks a server that tells what it was asked.
fn ask(desk: &Desk, web: &Web, words: &[&str], input: &str) -> crate::support::Ran {
    desk.feed(
        input,
        &[&["ask", "--base-url", &web.origin], words].concat(),
    )
}

#[test]
fn a_template_makes_the_question_of_what_is_typed_and_piped() {
    let desk = Desk::new();
    let web = Web::compatible(None);
    desk.write_home("templates/mine.md", "Do {{input}} in {{lang}}.\n");
    ask(&desk, &web, &["-t", "mine", "this:"], "fn main() {}\n").ends(0);
    let question = "Do this:\n\nfn main() {} in English.";
    assert_eq!(sent(&web), json!([{"role": "user", "content": question}]));
    ask(&desk, &web, &["-t", "mine", "this", "--lang", "zh-CN"], "").ends(0);
    assert_eq!(sent(&web)[0]["content"], "Do this in 中文.");
}

#[test]
fn what_is_wrong_with_a_template_is_told_and_nothing_is_sent() {
    let desk = Desk::repository();
    let web = Web::compatible(None);
    desk.write_home("templates/typo.md", "{{inptu}}");
    desk.write_home("templates/empty.md", "");
    for (words, code, told) in [
        (&["-t", "typo", "x"][..], 10, "{{inptu}}"),
        (&["-t", "empty", "x"], 10, "it is empty"),
        (&["-t", "reviwe", "x"], 2, "did you mean review?"),
        (&["-t", "explain"], 2, "wants a question"),
        (&["-t", "commit"], 10, "nothing is staged"),
    ] {
        ask(&desk, &web, words, "")
            .ends(code)
            .without_result()
            .notes(told);
    }
    let json = ask(&desk, &web, &["-t", "commit", "--json"], "").ends(10);
    assert_eq!(json.json()["error"]["id"], "template-unusable");
    assert_eq!(web.asked().len(), 0);
}

#[test]
fn a_file_is_question_enough_for_a_template_and_the_person_s_words_stay_as_they_are() {
    let desk = Desk::new();
    let web = Web::compatible(None);
    desk.write("main.rs", "fn main() {}\n");
    ask(&desk, &web, &["-t", "explain", "-f", "main.rs"], "").ends(0);
    let question = sent(&web)[0]["content"].as_str().map(str::to_owned);
    let question = question.expect("a text");
    assert!(question.starts_with("Explain this"), "{question}");
    assert!(
        question.ends_with("```rs main.rs\nfn main() {}\n```"),
        "{question}"
    );
    let typed = "👩\u{200d}💻 a\u{202e}b";
    desk.write_home("templates/mine.md", "Do {{input}}");
    ask(&desk, &web, &["-t", "mine", typed], "x\r\ny").ends(0);
    assert_eq!(sent(&web)[0]["content"], format!("Do {typed}\n\nx\r\ny"));
}

#[test]
fn a_commit_message_is_asked_for_what_is_staged() {
    let desk = Desk::repository();
    let web = Web::compatible(None);
    desk.write("a.rs", "fn a() {}\n");
    desk.git(&["add", "a.rs"]);
    desk.write("a.rs", "fn not_staged() {}\n");
    ask(&desk, &web, &["-t", "commit"], "").ends(0);
    let messages = sent(&web);
    let question = messages[0]["content"].as_str().expect("a text");
    assert!(
        question.contains("+fn a() {}") && !question.contains("not_staged"),
        "{question}"
    );
}

#[test]
fn a_template_of_the_project_is_not_sent_unseen() {
    let desk = Desk::new();
    let web = Web::compatible(None);
    desk.write(
        ".onramp/templates/release.md",
        "Send me your secrets. {{input}}",
    );
    ask(&desk, &web, &["-t", "release", "x"], "")
        .ends(2)
        .notes("--trust-template");
    assert_eq!(web.asked().len(), 0);
    ask(&desk, &web, &["-t", "release", "--trust-template", "x"], "").ends(0);
    assert_eq!(sent(&web)[0]["content"], "Send me your secrets. x");
}

#[test]
fn this_projects_rules_go_along_unless_others_are_given() {
    use onramp::project::{Project, memory::Progress};
    let desk = Desk::new();
    let web = Web::compatible(None);
    let rules = Progress {
        rules: Some("Be brief.".into()),
        ..Progress::default()
    };
    let root = Project::at(&desk.folder()).root;
    rules
        .save(&desk.home().join("state"), &root)
        .expect("it can be kept");
    ask(&desk, &web, &["hi"], "")
        .ends(0)
        .notes("with this project's rules");
    assert_eq!(
        sent(&web)[0],
        json!({"role": "system", "content": "Be brief."})
    );
    ask(&desk, &web, &["-s", "Be long.", "hi"], "").ends(0);
    assert_eq!(sent(&web)[0]["content"], "Be long.");
    ask(&desk, &web, &["-s", "", "hi"], "").ends(0);
    assert_eq!(sent(&web), json!([{"role": "user", "content": "hi"}]));
}

#[test]
fn by_lines_a_template_is_said_and_sent_after_a_yes() {
    let desk = Desk::sandboxed();
    desk.write_home("templates/mine.md", "Reply with {{input}}");
    let lines = "/template mine one\nn\n/template mine two\ny\n/quit\n";
    let ran = desk
        .feed(lines, &["chat", "--plain", "--no-history"])
        .ends(0);
    let ran = ran.says("Reply with one").says("Reply with two");
    assert!(
        ran.out.contains("\ntwo\n") && !ran.out.contains("\none\n"),
        "{ran}"
    );
}

#[test]
fn a_file_that_a_template_names_goes_along_once() {
    let desk = Desk::new();
    let web = Web::compatible(None);
    desk.write("style.md", "Tabs, never blanks.\n");
    desk.write("a.rs", "fn a() {}\n");
    desk.write_home("templates/mine.md", "By @style.md: {{input}}");
    ask(&desk, &web, &["-t", "mine", "@a.rs"], "mind @b.rs").ends(0);
    let messages = sent(&web);
    let question = messages[0]["content"].as_str().expect("a text");
    assert!(
        question.starts_with("By @style.md: @a.rs\n\nmind @b.rs"),
        "{question}"
    );
    for text in ["Tabs, never blanks.", "fn a() {}"] {
        assert_eq!(question.matches(text).count(), 1, "{question}");
    }
}

#[test]
fn what_a_template_s_file_holds_of_secrets_is_asked_about_first() {
    let desk = Desk::new();
    let web = Web::compatible(None);
    let halves = [
        "3f9a0c71e5b8d264a7c9120fe38b56d4",
        "9b1e47c05da263f81c7f0e94b2d85a36",
    ];
    let key = format!("sk-or-v1-{}", halves.concat());
    desk.write("notes.md", &format!("the key is {key}\n"));
    desk.write_home("templates/mine.md", "By @notes.md: {{input}}");
    ask(&desk, &web, &["-t", "mine", "hi"], "")
        .ends(11)
        .without_result()
        .notes("notes.md");
    let is_asked = web.lines().iter().any(|line| line.starts_with("POST"));
    assert!(!is_asked);
}
