use jiff::Timestamp;

use super::*;
use crate::domain::conversation::Reply;
use crate::domain::money::Usd;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_788_000_000 + minute * 60).unwrap()
}

fn answer(state: ReplyState, reasoning: &str) -> Speaker {
    Speaker::Model(Box::new(Reply {
        asked: "openai/gpt-5-mini".into(),
        provider: Some("OpenAI".into()),
        prompt_tokens: Some(1_840),
        completion_tokens: Some(512),
        cost: Usd::parse("0.0014842"),
        reasoning: reasoning.into(),
        state,
        ..Reply::default()
    }))
}

/// A question with two answers, of which the second is on show and was cut in a block of code.
fn talk() -> Conversation {
    let mut talk = Conversation::new(
        "20260903-101530-k7mq".into(),
        Some("/home/ada/demo".into()),
        at(0),
    );
    talk.system = Some("Be *brief*.\n\nUse Rust.".into());
    let person = Speaker::Person {
        attached: vec!["src/a_b.rs".into()],
        sent: Some("How?\n\nfile".into()),
    };
    let asked = talk.add(None, at(0), person, "How to *parse*?".into());
    talk.add(
        Some(asked),
        at(1),
        answer(ReplyState::Whole, ""),
        "So.\n".into(),
    );
    let broken = ReplyState::Broken("rate-limited".into());
    talk.add(
        Some(asked),
        at(2),
        answer(broken, "first </details>\nthen"),
        "Like this:\n```rust\nfn a() {".into(),
    );
    talk
}

#[test]
fn an_answer_that_was_gone_on_with_is_told_as_one() {
    let mut talk = talk();
    let rest = answer(ReplyState::Whole, "");
    talk.add(Some(2), at(3), rest, "\n}\n```\nDone.".into());
    let text = markdown(&told(&talk, false, Lang::En));
    assert!(text.contains("fn a() {\n}\n```\nDone.\n"), "{text}");
    assert!(
        !text.contains("broke off") && text.contains("3,680 in, 1,024 out"),
        "{text}"
    );
    let all = markdown(&told(&talk, true, Lang::En));
    assert!(
        all.contains("goes on with 3") && all.contains("broke off"),
        "{all}"
    );
}

fn told(talk: &Conversation, every_branch: bool, lang: Lang) -> Telling<'_> {
    Telling {
        talk,
        server: "https://openrouter.ai",
        every_branch,
        lang,
    }
}

#[test]
fn the_branch_on_show_reads_well_as_markdown() {
    let talk = talk();
    let text = markdown(&told(&talk, false, Lang::En));
    assert_eq!(
        text,
        "# How to \\*parse\\*?\n\n\
             - Project: demo\n\
             - Server: https://openrouter.ai\n\
             - Begun: 2026-08-29 10:40 UTC\n\
             - Models: openai/gpt-5-mini\n\
             - Cost: $0.003\n\n\
             ## Rules for the model\n\n\
             > Be *brief*.\n>\n> Use Rust.\n\n\
             ## You\n\n\
             *2026-08-29 10:40 UTC · with src/a\\_b.rs*\n\n\
             How to *parse*?\n\n\
             ## openai/gpt-5-mini\n\n\
             *2026-08-29 10:42 UTC · OpenAI · 1,840 in, 512 out · $0.0015*\n\n\
             <details>\n<summary>Reasoning</summary>\n\n> first </details>\n> then\n\n</details>\n\n\
             Like this:\n```rust\nfn a() {\n```\n\n\
             **(broke off: Too many requests for now)**\n"
    );
}

#[test]
fn every_branch_is_told_in_the_order_it_was_said() {
    let talk = talk();
    let text = markdown(&told(&talk, true, Lang::Zh));
    let heads: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("## "))
        .collect();
    assert_eq!(
        heads,
        [
            "## 给模型的规则",
            "## 1. 您",
            "## 2. openai/gpt-5-mini",
            "## 3. openai/gpt-5-mini"
        ]
    );
    assert_eq!(text.matches("接在 1 之后").count(), 1);
}

#[test]
fn json_holds_every_turn_and_exact_costs() {
    let talk = talk();
    let text = json(&told(&talk, false, Lang::En));
    assert_eq!(text.lines().count(), 1);
    assert!(text.contains(r#""cost_usd":0.0029684"#), "{text}");
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["shown"], serde_json::json!([0, 2]));
    assert_eq!(
        whole["turns"][0],
        serde_json::json!({
            "number": 0, "parent": null, "at": "2026-08-29T10:40:00Z", "text": "How to *parse*?",
            "role": "user", "attached": ["src/a_b.rs"], "sent": "How?\n\nfile",
        })
    );
    let last = &whole["turns"][2];
    assert_eq!(last["role"], "assistant");
    assert_eq!(
        (&last["state"], &last["trouble"]),
        (&"broken".into(), &"rate-limited".into())
    );
    assert_eq!(last["usage"]["cost_usd"], 0.001_484_2);
    assert_eq!(whole["turns"][1]["reasoning"], serde_json::Value::Null);
}

#[test]
fn a_file_is_named_after_the_title() {
    for (title, name) in [
        ("Write a parser, in Rust!", "write-a-parser-in-rust.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("写一个解析器", "写一个解析器.md"),
        ("?!", "conversation.md"),
        (
            &"long ".repeat(40),
            "long-long-long-long-long-long-long-long-long.md",
        ),
        (&"长".repeat(60), &("长".repeat(48) + ".md")),
    ] {
        assert_eq!(file_name(title), name);
    }
}

#[test]
fn a_conversation_goes_into_a_file_only_as_it_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    let mut export = TalkExport {
        talk: Box::new(talk()),
        server: "https://openrouter.ai/api/v1".into(),
        lang: Lang::En,
        path: None,
    };
    let (shown, prepared) = review(&scene, &export).unwrap();
    assert_eq!(shown.shown, "how-to-parse.md");
    assert!(shown.change.is_new && shown.doubts.is_empty());
    code_out::write(&scene, prepared, at(3)).unwrap();
    let (again, _) = review(&scene, &export).unwrap();
    assert!(again.is_unchanged);
    export.talk.turns.push(Turn {
        parent: Some(2),
        at: at(4),
        speaker: Speaker::person(),
        text: "more".into(),
    });
    export.talk.tip = Some(3);
    let (more, _) = review(&scene, &export).unwrap();
    assert!(!more.is_unchanged && !more.change.is_new && more.removed == 0);
    export.path = Some("a.JSON".into());
    let (as_json, prepared) = review(&scene, &export).unwrap();
    assert_eq!(as_json.shown, "a.JSON");
    let saved = code_out::write(&scene, prepared, at(5)).unwrap();
    let bytes = crate::files::read(&saved.path).unwrap().bytes.unwrap();
    let read: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(read["server"], "https://openrouter.ai");
}
