//! `onramp sessions`: kept conversations as scripts meet them.

use jiff::Timestamp;
use onramp::archive::{Archive, Beginning};
use onramp::domain::conversation::{Reply, ReplyState, Speaker, Turn};
use onramp::domain::kept::Shelf;
use onramp::domain::money::Usd;
use serde_json::{Value, json};

use crate::support::{Desk, shape};

/// Keeps a question and its answer; the id of the conversation.
fn keep(desk: &Desk, project: &str, question: &str, answer: &str) -> String {
    keep_on(Shelf::Real, desk, project, question, answer)
}

fn keep_on(shelf: Shelf, desk: &Desk, project: &str, question: &str, answer: &str) -> String {
    let archive = Archive::open(&desk.home().join("state"), shelf);
    let archive = archive.expect("it can be opened").archive;
    let at = Timestamp::now();
    let beginning = Beginning {
        project: Some(project.into()),
        server: "https://openrouter.ai".into(),
        title: String::new(),
        system: None,
        at,
    };
    let mut pen = archive.begin(&beginning).expect("it can be written");
    let reply = Reply {
        asked: "openai/gpt-5-mini".into(),
        state: ReplyState::Whole,
        cost: Usd::parse("0.00125"),
        ..Reply::default()
    };
    for (parent, speaker, text) in [
        (None, Speaker::person(), question),
        (Some(0), Speaker::Model(Box::new(reply)), answer),
    ] {
        let text = text.to_owned();
        let turn = Turn {
            parent,
            at,
            speaker,
            text,
        };
        archive.add(&mut pen, &turn).expect("it can be written");
    }
    pen.id().to_owned()
}

/// The letters at the end of an id, which name it.
fn ending(id: &str) -> &str {
    id.rsplit('-').next().expect("an id has an end")
}

fn here(desk: &Desk) -> String {
    desk.folder().to_string_lossy().into_owned()
}

/// Everything in the files of a folder, however deep.
#[expect(clippy::disallowed_methods, reason = "a test may look anywhere")]
fn all_bytes(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        bytes.extend(if path.is_dir() {
            all_bytes(&path)
        } else {
            std::fs::read(&path).expect("it can be read")
        });
    }
    bytes
}

fn holds(desk: &Desk, words: &str) -> bool {
    let bytes = all_bytes(&desk.home());
    bytes.windows(words.len()).any(|it| it == words.as_bytes())
}

#[test]
fn this_projects_conversations_are_listed_and_all_on_demand() {
    let desk = Desk::new();
    desk.run(&["sessions", "list"])
        .ends(0)
        .without_result()
        .notes("no conversation of this project is kept");
    assert!(!desk.home().join("state").exists(), "looking makes nothing");
    let own = keep(&desk, &here(&desk), "Write a parser", "fn parse() {}");
    let other = keep(&desk, "/elsewhere/shop", "Sort a list", "sort()");
    let ran = desk.run(&["sessions", "list"]).ends(0).quietly();
    assert_eq!(ran.out.lines().count(), 2, "{ran}");
    let ran = ran.says("Write a parser").says(ending(&own));
    ran.says("$0.0013").says("openai/gpt-5-mini");
    desk.run(&["sessions", "list", "--all"])
        .ends(0)
        .says("Sort a list")
        .says("shop");
    let ran = desk.run(&["sessions", "list", "--all", "--json"]).ends(0);
    let listed = ran.quietly().json();
    assert_eq!(
        shape(&listed),
        "[{begun: text, cost_usd: number, id: text, model: text, project: text, server: text, title: text, \
         touched: text, turns: count}]"
    );
    assert_eq!(
        (&listed[0]["id"], &listed[1]["id"]),
        (&json!(other), &json!(own))
    );
    assert_eq!(listed[0]["cost_usd"], 0.00125);
    let one = desk.run(&["sessions", "list", "--all", "-n", "1"]);
    one.ends(0)
        .says("Sort a list")
        .notes("there are more; -n 4");
}

#[test]
fn what_was_held_with_the_sandbox_stands_apart() {
    let desk = Desk::new();
    keep_on(Shelf::Simulated, &desk, &here(&desk), "Play", "played");
    let ran = desk.run(&["sessions", "list", "--json"]).ends(0).quietly();
    assert_eq!(ran.json(), json!([]));
    let ran = desk.run(&["--sandbox", "sessions", "list", "--json"]);
    assert_eq!(ran.ends(0).json()[0]["server"], "sandbox");
}

#[test]
fn words_are_found_and_shown_in_their_place() {
    let desk = Desk::new();
    keep(
        &desk,
        &here(&desk),
        "Write a parser",
        "use a Tokenizer first",
    );
    keep(&desk, &here(&desk), "Sort a list", "sort()");
    desk.run(&["sessions", "search", "tokenizer"])
        .ends(0)
        .says("Write a parser")
        .says("use a Tokenizer first");
    let found = desk
        .run(&["sessions", "search", "--json", "tokenizer"])
        .ends(0);
    let found = found.quietly().json();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(
        found[0]["found"],
        json!({"turn": 1, "before": "use a ", "hit": "Tokenizer", "after": " first"})
    );
    desk.run(&["sessions", "search", "nothing-like-it"])
        .ends(0)
        .without_result()
        .notes("no conversation holds that");
}

#[test]
fn one_is_shown_by_a_part_of_its_id_and_an_ambiguous_part_is_told() {
    let desk = Desk::new();
    let one = keep(&desk, &here(&desk), "Write a parser", "fn parse() {}");
    let two = keep(&desk, &here(&desk), "Sort a list", "sort()");
    let ran = desk.run(&["sessions", "show", &one]).ends(0).quietly();
    ran.says("── You · ")
        .says("\nWrite a parser\n")
        .says("\nfn parse() {}\n");
    desk.run(&["sessions", "show", ending(&two)])
        .ends(0)
        .says("\nsort()\n");
    let ran = desk
        .run(&["sessions", "show", "20"])
        .ends(2)
        .without_result();
    ran.notes("fits several").notes(&one).notes(&two);
    desk.run(&["sessions", "show", "zzzz"])
        .ends(2)
        .notes("no kept conversation is called “zzzz”");
}

#[test]
fn what_a_model_said_goes_verbatim_into_a_pipe_and_json_is_stable() {
    let desk = Desk::new();
    let id = keep(&desk, &here(&desk), "Colour?", "\u{1b}[31mred");
    desk.run(&["sessions", "show", &id])
        .ends(0)
        .says("\u{1b}[31mred");
    let ran = desk
        .run(&["sessions", "show", "--json", &id])
        .ends(0)
        .quietly();
    let talk = ran.json();
    assert_eq!(
        shape(&talk),
        "{begun: text, cost_usd: number, id: text, project: text, server: text, shown: [count], system: null, \
         title: text, touched: text, turns: [\
         {asked: text, at: text, duration_ms: count, generation_id: null, model: null, number: count, parent: count, \
         provider: null, reasoning: null, role: text, state: text, text: text, trouble: null, ttft_ms: null, usage: \
         {cached_tokens: null, completion_tokens: null, cost_usd: number, prompt_tokens: null, reasoning_tokens: \
         null}} | \
         {at: text, attached: [], number: count, parent: null, role: text, sent: null, text: text}]}"
    );
    assert_eq!(talk["id"], json!(id));
    let exported = desk
        .run(&["sessions", "export", "--format", "json", &id])
        .ends(0);
    assert_eq!(exported.quietly().out, ran.out);
}

#[test]
fn an_export_is_written_once_and_never_over_something_unseen() {
    let desk = Desk::new();
    let id = keep(
        &desk,
        &here(&desk),
        "Write a parser",
        "```rust\nfn parse() {}",
    );
    let ran = desk.run(&["sessions", "export", &id]).ends(0).quietly();
    assert!(ran.out.starts_with("# Write a parser\n"), "{ran}");
    assert!(ran.out.ends_with("fn parse() {}\n```\n"), "{ran}");
    let export = ["sessions", "export", &id, "-o", "notes/talk.md"];
    desk.run(&export)
        .ends(0)
        .without_result()
        .notes("wrote notes/talk.md");
    assert_eq!(desk.read("notes/talk.md"), ran.out);
    desk.run(&export).ends(0).notes("is so already");
    desk.write("notes/talk.md", "mine\n");
    desk.run(&export).ends(10).notes("--yes writes over it");
    assert_eq!(desk.read("notes/talk.md"), "mine\n");
    desk.run(&[&export[..], &["--yes"]].concat()).ends(0);
    assert_eq!(desk.read("notes/talk.md"), ran.out);
    desk.run(&["sessions", "export", &id, "-o", "talk.json"])
        .ends(0);
    let talk: Value = serde_json::from_str(&desk.read("talk.json")).expect("JSON");
    assert_eq!(talk["turns"][0]["text"], "Write a parser");
}

#[test]
fn a_title_is_given_and_found() {
    let desk = Desk::new();
    let id = keep(&desk, &here(&desk), "hm", "well");
    desk.run(&["sessions", "rename", &id, "The", "great", "plan"])
        .ends(0)
        .notes("“The great plan”");
    let found = desk.run(&["sessions", "search", "--json", "plan"]).ends(0);
    assert_eq!(found.json()[0]["title"], "The great plan");
    desk.run(&["sessions", "rename", &id, " "]).ends(2);
}

#[test]
fn what_is_deleted_is_nowhere_in_the_programs_files() {
    let desk = Desk::new();
    let gone = keep(
        &desk,
        &here(&desk),
        "xylophone question",
        "xylophone answer",
    );
    let stays = keep(&desk, &here(&desk), "Sort a list", "sort()");
    assert!(holds(&desk, "xylophone"));
    desk.run(&["sessions", "delete", &gone])
        .ends(2)
        .notes("--yes deletes without asking");
    desk.run(&["sessions", "delete", "--yes", &gone, "nope"])
        .ends(2);
    assert!(holds(&desk, "xylophone"), "one wrong id deletes nothing");
    desk.run(&["sessions", "delete", "--yes", &gone, &gone])
        .ends(0)
        .without_result()
        .notes(&gone);
    assert!(!holds(&desk, "xylophone"));
    let ran = desk.run(&["sessions", "list", "--json"]).ends(0).json();
    assert_eq!(ran.as_array().map(Vec::len), Some(1));
    assert_eq!(ran[0]["id"], json!(stays));
}

#[test]
fn a_chat_goes_on_only_with_what_is_kept() {
    let desk = Desk::new();
    desk.run(&["chat", "--last"])
        .ends(2)
        .notes("no conversation of this project is kept");
    keep(&desk, "/somewhere/else", "of another project", "yes");
    desk.run(&["chat", "--last"]).ends(2);
    desk.run(&["chat", "--resume", "zzzz"])
        .ends(2)
        .notes("no kept conversation is called");
    desk.run(&["chat", "--resume", "zzzz", "--last"]).ends(2);
}
