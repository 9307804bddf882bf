//! `onramp ask`: the answer on stdout and nothing else there, its cost on stderr.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Desk, shape};
use crate::web::Web;

#[test]
fn the_answer_is_all_of_stdout_and_the_cost_is_a_line_on_stderr() {
    let ran = Desk::sandboxed().run(&["ask", "Reply with ok"]).ends(0);
    assert_eq!(ran.out, "ok\n");
    assert_eq!(ran.err.lines().count(), 1, "{ran}");
    ran.notes("openai/gpt-5-mini · ")
        .notes(" tokens read, ")
        .notes(" · $0.00")
        .notes("first token ");
}

#[test]
fn quiet_leaves_the_answer_alone() {
    let desk = Desk::sandboxed();
    for words in [
        &["ask", "-q", "Reply with ok"][..],
        &["--quiet", "ask", "Reply with ok"],
        &["ask", "-q", "--no-stream", "Reply with ok"],
    ] {
        let ran = desk.run(words).ends(0).quietly();
        assert_eq!(ran.out, "ok\n");
    }
}

#[test]
fn words_without_quotes_are_one_question() {
    let ran = Desk::sandboxed()
        .run(&["ask", "Reply", "with", "ok"])
        .ends(0);
    assert_eq!(ran.out, "ok\n");
}

#[test]
fn standard_input_is_the_question_or_is_added_to_it() {
    let desk = Desk::sandboxed();
    let ran = desk.feed("Reply with yes\n", &["ask"]).ends(0);
    assert_eq!(ran.out, "yes\n");
    let web = Web::compatible(None);
    desk.feed(
        "fn main() {}\n\n",
        &["ask", "--base-url", &web.origin, "What does this do?"],
    )
    .ends(0);
    let asked = web.asked();
    let body: Value = serde_json::from_str(&asked.last().expect("a request").body).expect("JSON");
    assert_eq!(
        body["messages"],
        serde_json::json!([{"role": "user", "content": "What does this do?\n\nfn main() {}"}])
    );
}

#[test]
fn rules_model_and_length_go_with_the_question() {
    let web = Web::compatible(None);
    let words = [
        "ask",
        "--base-url",
        &web.origin,
        "-s",
        "Be brief.",
        "-m",
        "other",
        "--max-tokens",
        "77",
        "hi",
    ];
    Desk::new().run(&words).ends(0);
    let asked = web.asked();
    let body: Value = serde_json::from_str(&asked.last().expect("a request").body).expect("JSON");
    assert_eq!(body["model"], "other");
    assert_eq!(body["max_tokens"], 77);
    assert_eq!(
        body["messages"],
        serde_json::json!([
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "hi"},
        ])
    );
}

#[test]
fn the_json_has_the_members_of_the_contract_and_nothing_stands_beside_it() {
    let desk = Desk::sandboxed();
    let question = "Write a Rust function that retries";
    let ran = desk.run(&["ask", "--json", question]).ends(0).quietly();
    let answer = ran.json();
    assert_eq!(
        shape(&answer),
        "{attached: [], code_blocks: [{code: text, lang: text, path: text}], duration_ms: count, \
         files: [], finish_reason: text, generation_id: text, left_out: [], model: text, provider: text, reasoning: text, \
         text: text, ttft_ms: count, usage: {byok_usd: null, cached_tokens: count, completion_tokens: count, \
         cost_usd: number, prompt_tokens: count, reasoning_tokens: count}}"
    );
    assert_eq!(answer["model"], "openai/gpt-5-mini");
    assert_eq!(answer["finish_reason"], "stop");
    assert_eq!(answer["code_blocks"][0]["lang"], "rust");
    let code = answer["code_blocks"][0]["code"].as_str().expect("a text");
    assert!(
        answer["text"]
            .as_str()
            .is_some_and(|text| text.contains(code))
    );
    let at_once = desk
        .run(&["ask", "--json", "--no-stream", question])
        .ends(0);
    let at_once = at_once.json();
    assert_eq!(at_once["text"], answer["text"]);
    // Nothing streamed: there was no first token to time.
    assert_eq!(at_once["ttft_ms"], Value::Null);
}

#[test]
fn what_a_server_does_not_tell_is_null() {
    let web = Web::compatible(None);
    let ran = Desk::new()
        .run(&["ask", "--json", "--base-url", &web.origin, "hi"])
        .ends(0);
    assert_eq!(
        shape(&ran.json()),
        "{attached: [], code_blocks: [], duration_ms: count, files: [], finish_reason: text, \
         generation_id: text, left_out: [], model: text, provider: null, reasoning: null, text: text, ttft_ms: count, \
         usage: {byok_usd: null, cached_tokens: null, completion_tokens: null, cost_usd: null, \
         prompt_tokens: null, reasoning_tokens: null}}"
    );
}

#[test]
fn not_streaming_gives_the_same_answer() {
    let ran = Desk::sandboxed()
        .run(&["ask", "--no-stream", "Reply with ok"])
        .ends(0);
    assert_eq!(ran.out, "ok\n");
    ran.notes("openai/gpt-5-mini · ");
}

#[test]
fn an_answer_that_was_cut_short_says_so() {
    let desk = Desk::sandboxed();
    desk.run(&["ask", "--max-tokens", "5", "Tell me all"])
        .ends(0)
        .notes("cut at its longest, 5 tokens");
    let ran = desk
        .run(&["ask", "--json", "--max-tokens", "5", "Tell me all"])
        .ends(0);
    assert_eq!(ran.json()["finish_reason"], "length");
    desk.run(&["ask", "-m", "sandbox/content-filter", "Tell me all"])
        .ends(9)
        .notes("The provider declined this content");
    desk.run(&["ask", "-m", "sandbox/empty-answer", "Tell me all"])
        .ends(8)
        .notes("The answer holds no text");
    desk.run(&["ask", "-m", "sandbox/tool-call", "Tell me all"])
        .ends(8)
        .notes("The answer holds no text")
        .notes("called a tool that it was not offered");
}

#[test]
fn a_refusal_is_told_on_stderr_and_by_the_exit_code_and_stdout_stays_empty() {
    let desk = Desk::sandboxed();
    for (fault, code) in [
        ("401", 4),
        ("402", 5),
        ("429", 6),
        ("html", 7),
        ("502", 8),
        ("503", 8),
        ("529", 8),
        ("400", 9),
        ("403", 9),
        ("404", 9),
        ("413", 9),
    ] {
        let model = format!("sandbox/{fault}");
        for way in [&["ask", "hi"][..], &["ask", "--no-stream", "hi"]] {
            let ran = desk.run(&[way, &["-m", &model]].concat());
            let ran = ran.ends(code).without_result();
            assert!(ran.err.starts_with("error: "), "{ran}");
            assert!(ran.err.contains("\n\nhint: "), "{ran}");
        }
    }
}

#[test]
fn with_json_a_failure_is_an_error_with_its_diagnosis() {
    let desk = Desk::sandboxed();
    for (fault, code, id) in [
        ("401", 4, "key-refused"),
        ("402", 5, "credits-used-up"),
        ("502", 8, "provider-down"),
        ("mid-stream", 8, "stream-error"),
    ] {
        let model = format!("sandbox/{fault}");
        let ran = desk
            .run(&["ask", "--json", "-m", &model, "hi"])
            .ends(code)
            .quietly();
        let error = ran.json();
        assert_eq!(
            shape(&error["error"]).replace("links: []", "links: [text]"),
            "{cause: text, fixes: [text], id: text, links: [text], raw: text, title: text}"
        );
        assert_eq!(error["error"]["id"], id);
        if fault == "mid-stream" {
            // What came is there beside it.
            assert!(!error["text"].as_str().unwrap_or_default().is_empty());
            assert!(error["usage"].is_object() && error["files"].is_array());
        } else {
            assert_eq!(error.as_object().map(serde_json::Map::len), Some(1));
        }
    }
}

#[test]
fn what_came_before_an_error_in_the_middle_is_printed_and_ends_its_line() {
    let ran = Desk::sandboxed()
        .run(&["ask", "-m", "sandbox/mid-stream", "Tell me all"])
        .ends(8)
        .notes("error: The provider failed in the middle of the answer");
    assert!(ran.out.starts_with("**In short:**"), "{ran}");
    assert!(ran.out.ends_with('\n'), "{ran}");
    ran.notes("sandbox/mid-stream · cost unknown");
}

#[test]
fn text_that_would_drive_a_terminal_goes_verbatim_into_a_pipe() {
    let desk = Desk::sandboxed();
    let ask = ["ask", "-q", "-m", "sandbox/hostile-text", "hi"];
    let ran = desk.run(&ask).ends(0);
    assert!(ran.out.contains("\u{1b}[31m"), "{ran}");
    assert!(ran.out.contains("\u{1b}]0;owned"), "{ran}");
    let json = desk.run(&[&ask[..], &["--json"]].concat()).ends(0);
    assert!(!json.out.contains('\u{1b}'), "JSON escapes them");
    let text = json.json()["text"].as_str().expect("a text").to_owned();
    assert_eq!(text.trim_end_matches('\n'), ran.out.trim_end_matches('\n'));
}

#[test]
fn without_a_question_nothing_is_asked() {
    let desk = Desk::sandboxed();
    for input in ["", "\n \n"] {
        desk.feed(input, &["ask"])
            .ends(2)
            .without_result()
            .notes("there is no question");
    }
    desk.run(&["ask", "--max-tokens", "0", "hi"])
        .ends(2)
        .without_result();
}

#[test]
fn input_that_is_no_text_or_has_no_end_is_refused_before_anything_is_sent() {
    let web = Web::compatible(None);
    let words = ["ask", "--base-url", &web.origin, "hi"];
    Desk::new()
        .feed(b"\xff\xfe\x00", &words)
        .ends(2)
        .without_result()
        .notes("standard input is not text");
    Desk::new()
        .feed("word ".repeat(500_000), &words)
        .ends(2)
        .without_result()
        .notes("standard input holds more than 2048 KiB");
    assert_eq!(web.lines(), Vec::<String>::new());
}

#[test]
fn a_reader_who_has_left_ends_it_quietly() {
    let desk = Desk::sandboxed();
    for words in [
        &["ask", "Tell me all"][..],
        &["ask", "--json", "Tell me all"],
        &["models"],
        &["check"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = desk.command(words);
        let output = command
            .stdout(writer)
            .output()
            .expect("the program can be run");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {err}");
        assert!(!err.contains("error"), "{words:?}: {err}");
        assert!(!err.contains("panic"), "{words:?}: {err}");
    }
}

#[cfg(unix)]
mod interrupted {
    use super::{Desk, Stdio, Web, Write};
    use std::process::{Child, Output};

    fn interrupt(child: &Child) {
        let pid = rustix::process::Pid::from_child(child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
    }

    /// What a command leaves that is interrupted while it waits for an answer that never comes.
    fn interrupted_while_waiting(words: &[&str]) -> Output {
        let (arrived, arrival) = std::sync::mpsc::channel();
        let web = Web::start(move |_| {
            let _ = arrived.send(());
            // The answer never comes: the client has to leave.
            loop {
                std::thread::park();
            }
        });
        let desk = Desk::new();
        let mut command = desk.command(&[words, &["--base-url", &web.origin]].concat());
        let child = command.spawn().expect("the program can be run");
        arrival.recv().expect("it asks");
        interrupt(&child);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(130));
        output
    }

    #[test]
    fn ctrl_c_ends_a_test_and_says_so() {
        let output = interrupted_while_waiting(&["check"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("Stopped before the end"), "{said}");
    }

    #[test]
    fn ctrl_c_ends_an_answer_that_does_not_come() {
        let output = interrupted_while_waiting(&["ask", "hi"]);
        assert_eq!(output.stdout, b"");
        assert_eq!(output.stderr, b"");
    }

    #[test]
    fn ctrl_c_is_heard_while_the_question_is_awaited() {
        for words in [&["ask", "hi"][..], &["env", "set", "--stdin", "A"]] {
            let (reader, mut writer) = std::io::pipe().expect("a pipe");
            let desk = Desk::new();
            let mut command = desk.command(words);
            let child = command.stdin(reader).stdout(Stdio::null()).spawn();
            let child = child.expect("the program can be run");
            drop(command);
            writer.write_all(b"more to come").expect("somebody reads");
            // It waits for the rest as soon as it has taken these.
            while rustix::io::ioctl_fionread(&writer).expect("it is a pipe") > 0 {
                std::thread::yield_now();
            }
            interrupt(&child);
            let status = child.wait_with_output().expect("it ends").status;
            let signal = std::os::unix::process::ExitStatusExt::signal(&status);
            assert!(
                status.code() == Some(130) || signal == Some(2),
                "{words:?}: {status:?}"
            );
        }
    }
}
