//! Servers that are not OpenRouter, and keys that go nowhere they were not meant for.

use crate::support::{Desk, KEY, Ran, shape};
use crate::web::{Request, Web, error, reply};

const OPENAI_KEY: &str = "sk-deadbeefdeadbeef";

/// The stages, each with its state.
fn stages(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let stages = report["stages"].as_array().expect("a list").iter();
    let line = |stage: &serde_json::Value| format!("{} {}", stage["id"], stage["status"]);
    stages.map(|stage| line(stage).replace('"', "")).collect()
}

/// A desk from which every way to a far host leads to a proxy that writes down where it goes.
fn watched(proxy: &Web) -> Desk {
    Desk::repository()
        .with("HTTPS_PROXY", &proxy.origin)
        .with("HTTP_PROXY", &proxy.origin)
}

#[test]
fn openais_own_variables_are_enough_for_a_server_that_speaks_like_it() {
    for path in ["/v1", "/v1/", ""] {
        let web = Web::compatible(Some(OPENAI_KEY));
        let desk = Desk::new()
            .with("OPENAI_API_KEY", OPENAI_KEY)
            .with("OPENAI_BASE_URL", &format!("{}{path}", web.origin));
        let ran = desk.run(&["ask", "hi"]).ends(0);
        assert_eq!(ran.out, "hello\n");
        ran.notes("tiny · cost unknown");
        let ran = desk.run(&["check", "--json"]).ends(0).quietly();
        assert_eq!(
            stages(&ran),
            [
                "config pass",
                "auth pass",
                "limit skip",
                "credits skip",
                "completion pass"
            ]
        );
        let source = &ran.json()["source"];
        assert_eq!(source["kind"], "env");
        assert_eq!(source["name"], "OPENAI_API_KEY");
        assert!(!ran.out.contains(OPENAI_KEY), "{ran}");
        desk.run(&["setup"]).ends(0).says("accepts it");
    }
}

#[test]
fn the_servers_own_model_is_asked_and_one_that_is_named_is_asked_as_named() {
    let web = Web::compatible(None);
    let desk = Desk::new();
    let model = |words: &[&str]| {
        desk.run(&[words, &["--base-url", &web.origin]].concat())
            .ends(0);
        let asked = web.asked();
        let last = asked.last().expect("a request").body.clone();
        let body: serde_json::Value = serde_json::from_str(&last).expect("JSON");
        body["model"].clone()
    };
    assert_eq!(model(&["ask", "hi"]), "tiny");
    assert_eq!(model(&["ask", "-m", "gpt-4o-mini", "hi"]), "gpt-4o-mini");
    assert_eq!(model(&["check"]), "tiny");
}

#[test]
fn a_server_without_keys_works_with_and_without_its_path() {
    let web = Web::compatible(None);
    for path in ["", "/", "/v1", "/v1/chat/completions"] {
        let base = format!("{}{path}", web.origin);
        let desk = Desk::new();
        let ran = desk.run(&["ask", "--base-url", &base, "hi"]).ends(0);
        assert_eq!(ran.out, "hello\n");
        desk.run(&["check", "--base-url", &base])
            .ends(0)
            .says("OpenAI-compatible, not OpenRouter");
        desk.run(&["setup", "--base-url", &base])
            .ends(0)
            .says("answers without a key");
    }
    assert!(
        web.asked()
            .iter()
            .all(|asked| asked.authorization.is_none())
    );
}

#[test]
fn a_server_without_prices_lists_its_models_and_invents_none() {
    let web = Web::compatible(None);
    let words = ["models", "--base-url", &web.origin];
    let ran = Desk::new().run(&words).ends(0).says("tiny");
    assert!(!ran.out.contains("varies"), "{ran}");
    let ran = Desk::new().run(&[&words[..], &["--json"]].concat()).ends(0);
    let models = ran.json();
    assert_eq!(models[0]["id"], "tiny");
    assert_eq!(models[0]["prompt_usd_per_mtok"], serde_json::Value::Null);
    assert!(shape(&models).contains("free: bool"), "{ran}");
}

#[test]
fn a_key_that_such_a_server_refuses_is_a_refused_key() {
    let web = Web::compatible(Some(OPENAI_KEY));
    let desk = Desk::new()
        .with("OPENROUTER_API_KEY", "sk-deadbeef")
        .with("OPENROUTER_API_BASE", &web.origin);
    let ran = desk.run(&["check", "--json"]).ends(4);
    assert_eq!(ran.json()["stages"][1]["diagnosis"]["id"], "key-refused");
    desk.run(&["ask", "hi"]).ends(4).without_result();
}

#[test]
fn the_persons_key_does_not_follow_a_far_host_that_only_a_file_names() {
    let proxy = Web::proxy();
    let desk = watched(&proxy).with("OPENROUTER_API_KEY", KEY);
    desk.write(".env", "OPENROUTER_API_BASE=https://llm.example.com/v1\n");
    let ran = desk.run(&["check", "--json"]).ends(3).quietly();
    let trouble = &ran.json()["stages"][0]["diagnosis"];
    assert_eq!(trouble["id"], "base-url-named-by-file");
    for words in [&["ask", "hi"][..], &["models"], &["setup"]] {
        desk.run(words)
            .ends(3)
            .without_result()
            .notes("llm.example.com");
    }
    // The stored key is as much the person's own.
    let desk = desk.with("OPENROUTER_API_KEY", "");
    desk.store("https://llm.example.com", KEY);
    desk.run(&["check"]).ends(3);
    assert_eq!(proxy.lines(), Vec::<String>::new());
}

#[test]
fn a_file_may_name_a_far_host_for_its_own_key_and_so_may_the_person() {
    let proxy = Web::proxy();
    let desk = watched(&proxy);
    desk.write(
        ".env",
        &format!("OPENROUTER_API_BASE=https://llm.example.com/v1\nOPENROUTER_API_KEY={KEY}\n"),
    );
    desk.run(&["ask", "hi"]).ends(7);
    assert_eq!(proxy.ways(), ["CONNECT llm.example.com:443"]);
    let proxy = Web::proxy();
    let desk = watched(&proxy).with("OPENROUTER_API_KEY", KEY);
    let ran = desk.run(&[
        "check",
        "--json",
        "--base-url",
        "https://llm.example.com/v1",
    ]);
    let config = &ran.json()["stages"][0];
    assert_eq!(config["status"], "warn", "it is pointed out: {ran}");
    assert_eq!(proxy.ways(), ["CONNECT llm.example.com:443"]);
}

#[test]
fn an_openrouter_key_never_goes_to_openai() {
    let proxy = Web::proxy();
    let named = watched(&proxy).with("OPENROUTER_API_KEY", KEY);
    for words in [&["ask", "hi"][..], &["check"], &["models"]] {
        named
            .run(&[words, &["--base-url", "https://api.openai.com/v1"]].concat())
            .ends(4);
    }
    let misnamed = watched(&proxy).with("OPENAI_API_KEY", KEY);
    misnamed.run(&["ask", "hi"]).ends(4).without_result();
    assert_eq!(proxy.lines(), Vec::<String>::new());
    // The same way is open to a key of OpenAI's.
    let theirs = watched(&proxy).with("OPENAI_API_KEY", OPENAI_KEY);
    theirs.run(&["ask", "hi"]).ends(7).without_result();
    assert_eq!(proxy.ways(), ["CONNECT api.openai.com:443"]);
}

#[test]
fn an_openai_key_does_not_go_to_a_far_host_that_only_a_file_names() {
    let proxy = Web::proxy();
    let desk = watched(&proxy).with("OPENAI_API_KEY", OPENAI_KEY);
    for name in ["OPENAI_BASE_URL", "OPENAI_API_BASE"] {
        desk.write(".env", &format!("{name}=https://llm.example.com/v1\n"));
        desk.run(&["ask", "hi"])
            .ends(3)
            .without_result()
            .notes("llm.example.com");
    }
    assert_eq!(proxy.lines(), Vec::<String>::new());
}

#[test]
fn a_redirect_is_not_followed_with_the_key() {
    let elsewhere = Web::compatible(None);
    let target = elsewhere.origin.clone();
    let web = Web::start(move |_| {
        format!(
            "HTTP/1.1 307 X\r\nlocation: {target}/v1/models\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
    });
    let desk = Desk::new().with("OPENROUTER_API_KEY", KEY);
    let base = format!("{}/v1", web.origin);
    for words in [&["ask", "hi"][..], &["check"], &["models"]] {
        desk.run(&[words, &["--base-url", &base]].concat()).ends(7);
    }
    assert_eq!(elsewhere.lines(), Vec::<String>::new());
}

#[test]
fn a_gateway_on_this_machine_gets_no_page_of_openrouters_though_it_has_its_paths() {
    let web = Web::start(|_| error(401, "Unauthorized", "invalid_api_key"));
    let base = format!("{}/api/v1", web.origin);
    let gateway = Desk::new()
        .with("OPENROUTER_API_KEY", "gw-deadbeefdeadbeef")
        .with("OPENROUTER_API_BASE", &base);
    let sandbox = Desk::sandboxed().with("OPENROUTER_API_KEY", KEY);
    for words in [
        &["check"][..],
        &["check", "--full"],
        &["ask", "-m", "tiny", "hi"],
    ] {
        let ran = gateway.run(words).ends(4);
        for theirs in ["openrouter.ai", "onramp login"] {
            assert!(!format!("{ran}").contains(theirs), "{theirs}: {ran}");
        }
        // The sandbox says that it stands for OpenRouter.
        let ran = sandbox.run(words).ends(4);
        assert!(format!("{ran}").contains("onramp login"), "{ran}");
    }
}

#[test]
fn a_server_that_wants_a_key_where_none_is_set_is_to_be_given_one_first() {
    let json = |_: &Request| error(401, "Incorrect API key provided", "invalid_api_key");
    let plain = |_: &Request| reply(401, "text/plain", "Unauthorized");
    for web in [Web::start(json), Web::start(plain)] {
        let desk = Desk::new().with("OPENROUTER_API_BASE", &format!("{}/v1", web.origin));
        let ran = desk.run(&["check", "--json"]).ends(3);
        let trouble = &ran.json()["stages"][1]["diagnosis"];
        assert_eq!(trouble["id"], "key-wanted", "{ran}");
        let fixes = trouble["fixes"].as_array().expect("a list");
        let first = fixes[0].as_str().expect("a text");
        assert!(first.starts_with("Give it a key of that server"), "{first}");
        for words in [&["check"][..], &["ask", "-m", "tiny", "hi"], &["setup"]] {
            let ran = desk.run(words).ends(3);
            assert!(!format!("{ran}").contains("onramp login"), "{ran}");
        }
    }
}
