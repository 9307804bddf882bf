//! `onramp ask` and what is wished of the answer: parameters, providers, fallbacks; an estimate; a budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use serde_json::{Value, json};

use crate::support::{Desk, shape};
use crate::web::{Web, reply};

/// A server that speaks as OpenRouter does, whose models take a seed, and whose every answer is "ok". `dear/er`
/// costs a hundred times what `a/b` does, `un/priced` tells no price.
fn openrouter() -> Web {
    openrouter_while(&Arc::new(AtomicBool::new(true)))
}

/// The same, which tells of its models only while it is well.
fn openrouter_while(is_well: &Arc<AtomicBool>) -> Web {
    let is_well = is_well.clone();
    let model = |id: &str, pricing: Value| {
        json!({
            "id": id, "name": "A: B", "context_length": 1000, "pricing": pricing,
            "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
            "supported_parameters": ["max_tokens", "seed"],
        })
    };
    let models = [
        model(
            "a/b",
            json!({"prompt": "0.000001", "completion": "0.00001"}),
        ),
        model(
            "dear/er",
            json!({"prompt": "0.0001", "completion": "0.001"}),
        ),
        model("un/priced", json!({})),
    ];
    let answer = json!({
        "id": "gen-1", "object": "chat.completion", "model": "a/b",
        "choices": [{"index": 0, "finish_reason": "stop",
            "message": {"role": "assistant", "content": "ok"}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2, "cost": 0.5},
    });
    let key = json!({"data": {"label": "test", "usage": 0, "limit": null, "is_free_tier": false}});
    Web::start(move |request| {
        let body = match request.line.as_str() {
            line if line.starts_with("POST") => answer.clone(),
            line if line.contains("/models") && !is_well.load(Relaxed) => {
                return reply(503, "application/json", "{}");
            }
            line if line.contains("/models") => json!({"data": models}),
            line if line.contains("/key") => key.clone(),
            _ => return reply(404, "application/json", "{}"),
        };
        reply(200, "application/json", &body.to_string())
    })
}

fn ask<'a>(web: &'a Web, words: &[&'a str]) -> Vec<&'a str> {
    [
        &["ask", "--base-url", &web.origin, "-m", "a/b", "hi"],
        words,
    ]
    .concat()
}

fn desk() -> Desk {
    Desk::new().with("OPENROUTER_API_KEY", "of-a-test")
}

#[track_caller]
fn sent(web: &Web) -> Value {
    let mut asked = web.asked().into_iter().rev();
    let post = asked.find(|asked| asked.line.starts_with("POST"));
    serde_json::from_str(&post.expect("it was asked").body).expect("JSON")
}

fn is_asked(web: &Web) -> bool {
    web.lines().iter().any(|line| line.starts_with("POST"))
}

#[test]
fn wishes_about_models_and_providers_are_sent_by_the_api_s_names() {
    let web = openrouter();
    let words = [
        "--fallback",
        "c/d,e/f",
        "--provider-sort",
        "throughput",
        "--provider-order",
        "x,y",
        "--zdr",
        "--no-data-collection",
        "--max-price",
        "1,5.50",
        "--seed",
        "-3",
    ];
    desk().run(&ask(&web, &words)).ends(0);
    let body = sent(&web);
    assert_eq!(body["models"], json!(["c/d", "e/f"]));
    assert_eq!(body["seed"], -3);
    let provider = &body["provider"];
    assert_eq!(provider["sort"], "throughput");
    assert_eq!(provider["order"], json!(["x", "y"]));
    assert_eq!(provider["zdr"], true);
    assert_eq!(provider["data_collection"], "deny");
    assert_eq!(
        provider["max_price"],
        json!({"prompt": "1", "completion": "5.5"})
    );
}

#[test]
fn what_the_model_does_not_take_is_left_out_and_pointed_out() {
    let web = openrouter();
    let words = [
        "--temperature",
        "0.5",
        "--top-p",
        "0.9",
        "--seed",
        "7",
        "--stop",
        "END",
        "--effort",
        "low",
    ];
    let ran = desk().run(&ask(&web, &words)).ends(0);
    ran.notes("left out, since a/b does not take it: temperature, top_p, stop, reasoning");
    let body = sent(&web);
    assert_eq!(body["seed"], 7);
    for name in ["temperature", "top_p", "stop", "reasoning"] {
        assert_eq!(body[name], Value::Null, "{name}");
    }
    let json = desk()
        .run(&ask(&web, &[&words[..], &["--json"]].concat()))
        .ends(0);
    let left_out = json!(["temperature", "top_p", "stop", "reasoning"]);
    assert_eq!(json.json()["left_out"], left_out);
    // A server that does not tell what its models take gets what was asked for.
    let other = Web::compatible(None);
    let words = [
        "ask",
        "--base-url",
        &other.origin,
        "--temperature",
        "0.50",
        "--stop",
        "END",
        "hi",
    ];
    desk().run(&words).ends(0);
    let body = sent(&other);
    assert_eq!(
        (&body["temperature"], &body["stop"]),
        (&json!(0.5), &json!(["END"]))
    );
}

#[test]
fn what_only_openrouter_fulfils_is_pointed_out_elsewhere_and_privacy_is_never_dropped() {
    let other = Web::compatible(None);
    let base = ["ask", "--base-url", &other.origin, "hi"];
    let ran = desk().run(
        &[
            &base[..],
            &["--fallback", "c/d", "--provider-sort", "price"],
        ]
        .concat(),
    );
    ran.ends(0)
        .notes("this server is not OpenRouter: models, provider");
    let body = sent(&other);
    assert_eq!(
        (&body["models"], &body["provider"]),
        (&Value::Null, &Value::Null)
    );
    let other = Web::compatible(None);
    for wish in ["--zdr", "--no-data-collection"] {
        let words = ["ask", "--base-url", &other.origin, "hi", wish];
        desk()
            .run(&words)
            .ends(9)
            .without_result()
            .notes("Nothing was sent");
    }
    assert!(!is_asked(&other));
}

#[test]
fn a_bound_on_the_price_is_never_dropped() {
    let other = Web::compatible(None);
    let words = ["ask", "--base-url", &other.origin, "-q", "hi"];
    let ask = [&words[..], &["--max-price", "1,2"]].concat();
    desk()
        .run(&ask)
        .ends(9)
        .without_result()
        .notes("no bound on the price");
    let json = desk().run(&[&ask[..], &["--json"]].concat()).ends(9);
    assert_eq!(json.json()["error"]["id"], "price-not-promised");
    // The same in the chat.
    let lines = "/set max-price 1,2\nhi\n/quit\n";
    let chat = [
        "chat",
        "--plain",
        "--no-history",
        "--base-url",
        &other.origin,
    ];
    let ran = desk().feed(lines, &chat);
    assert!(ran.out.contains("no bound on the price"), "{ran}");
    assert!(!is_asked(&other));
}

#[test]
fn every_model_that_may_answer_counts_for_the_most_and_for_the_budget() {
    let web = openrouter();
    let desk = desk();
    let told = |words: &[&str]| {
        let words = [&["--estimate", "--json", "--max-tokens", "1000"], words].concat();
        let json = desk.run(&ask(&web, &words)).ends(0).json();
        let usd = |name: &str| json[name].as_f64();
        (
            usd("cost_usd"),
            usd("most_usd"),
            json["over_budget"].is_string(),
        )
    };
    let (about, most, _) = told(&[]);
    let (same, more, _) = told(&["--fallback", "dear/er"]);
    assert_eq!(about, same, "the first one answers as a rule");
    assert!(more > most && more > Some(1.0), "{more:?}");
    assert_eq!(told(&["--fallback", "un/priced"]).1, None);
    assert_eq!(told(&["--fallback", "dear/er,un/priced"]).1, None);
    desk.run(&["budget", "--day", "0.60"]).ends(0);
    assert!(!told(&[]).2 && !told(&["--fallback", "un/priced"]).2);
    for fallbacks in ["dear/er", "un/priced,dear/er"] {
        let words = ["--max-tokens", "1000", "--fallback", fallbacks];
        assert!(told(&words[2..]).2);
        desk.run(&ask(&web, &words)).ends(5).without_result();
    }
    assert!(!is_asked(&web));
}

#[test]
fn wishes_that_make_no_sense_are_refused_with_what_would() {
    for (words, says) in [
        (&["--temperature", "3"][..], "a number from 0 to 2"),
        (&["--top-p", "0"], "a number above 0"),
        (&["--effort", "very"], "none, minimal, low"),
        (&["--max-price", "cheap"], "such as 1,5"),
        (&["--provider-sort", "luck"], "price"),
        (&["--fallback", ""], "a model has a name"),
        (
            &[
                "--stop", "a", "--stop", "b", "--stop", "c", "--stop", "d", "--stop", "e",
            ],
            "four",
        ),
    ] {
        let words = [&["ask", "hi"], words].concat();
        let ran = Desk::sandboxed().run(&words).ends(2).without_result();
        ran.notes(says);
    }
}

#[test]
fn an_estimate_tells_files_tokens_and_cost_and_sends_nothing_of_it() {
    let web = openrouter();
    let desk = desk();
    desk.write("a.rs", "fn main() {}\n");
    let words = ["--estimate", "-f", "a.rs", "--max-tokens", "100"];
    let ran = desk.run(&ask(&web, &words)).ends(0);
    for says in [
        "a/b",
        "a.rs",
        "13 bytes",
        "read",
        "written",
        "at most $0.001",
        "1,000 tokens",
    ] {
        assert!(ran.out.contains(says), "{says}: {ran}");
    }
    ran.notes("an estimate by script").notes("nothing was sent");
    let ran = desk
        .run(&ask(&web, &[&words[..], &["--json"]].concat()))
        .ends(0)
        .quietly();
    let json = ran.json();
    assert_eq!(
        shape(&json),
        "{answer_by: text, answer_tokens: count, attached: [{bytes: count, kind: text, name: text, tokens: count}], \
         context_length: count, cost_usd: number, fallbacks: [], is_too_long: bool, left_out: [], \
         max_tokens: count, model: text, most_usd: number, over_budget: null, prompt_tokens: count, \
         question_tokens: count, secrets: []}"
    );
    assert_eq!(json["answer_by"], "longest");
    let long = desk
        .run(&ask(
            &web,
            &["--estimate", "--json", "--max-tokens", "2000"],
        ))
        .ends(0);
    assert_eq!(long.json()["is_too_long"], true);
    // What looks secret is told, and a file that would not go along is refused as it would be.
    desk.write("s.sh", "DB_PASSWORD=tr0ub4dor&3\n");
    let secret = desk.run(&ask(&web, &["--estimate", "-f", "s.sh"])).ends(0);
    secret.notes("looks secret, and would be asked about: s.sh:1:13");
    desk.run(&ask(&web, &["--estimate", "-f", "gone"])).ends(10);
    assert!(!is_asked(&web));
}

#[test]
fn a_budget_of_ones_own_stops_before_it_is_passed() {
    let web = openrouter();
    let desk = desk();
    desk.run(&["budget", "--day", "0.60"]).ends(0);
    // The first costs half a dollar, and so may the second: by the longest answer it is a cent.
    desk.run(&ask(&web, &["--max-tokens", "1000"])).ends(0);
    let ran = desk
        .run(&ask(&web, &["--max-tokens", "20000"]))
        .ends(5)
        .without_result();
    ran.notes("Your own budget for this program stops this")
        .notes("--over-budget");
    let ran = desk
        .run(&ask(&web, &["--max-tokens", "20000", "--json"]))
        .ends(5);
    assert_eq!(ran.json()["error"]["id"], "budget-reached");
    let asked = web
        .lines()
        .iter()
        .filter(|line| line.starts_with("POST"))
        .count();
    assert_eq!(asked, 1);
    let ran = desk
        .run(&ask(
            &web,
            &["--max-tokens", "20000", "--estimate", "--json"],
        ))
        .ends(0);
    assert!(ran.json()["over_budget"].is_string(), "{ran}");
    desk.run(&ask(&web, &["--max-tokens", "20000", "--over-budget"]))
        .ends(0);
}

#[test]
fn an_old_list_is_told_as_one_and_does_not_say_that_a_model_is_gone() {
    let is_well = Arc::new(AtomicBool::new(true));
    let web = openrouter_while(&is_well);
    let desk = desk();
    let estimate = ask(&web, &["--estimate"]);
    let show = ["models", "show", "no/such", "--base-url", &web.origin];
    let ran = desk.run(&estimate).ends(0);
    assert!(!ran.err.contains("this is the list of"), "{ran}");
    desk.run(&show).ends(9).notes("error: ");
    is_well.store(false, Relaxed);
    desk.run(&estimate).ends(0).notes("this is the list of 20");
    desk.run(&show).ends(8);
}
