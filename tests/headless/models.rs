//! `onramp models`: the list with its prices, as a table and as JSON.

use serde_json::Value;

use crate::server::Server;
use crate::support::{Desk, KEY, shape};
use crate::web::Web;

fn list(desk: &Desk, words: &[&str]) -> Vec<Value> {
    let ran = desk
        .run(&[&["models", "--json"], words].concat())
        .ends(0)
        .quietly();
    ran.json().as_array().expect("a list").clone()
}

fn ids(models: &[Value]) -> Vec<&str> {
    let ids = models
        .iter()
        .map(|model| model["id"].as_str().expect("a text"));
    ids.collect()
}

#[test]
fn the_table_has_a_head_and_one_line_for_each_model() {
    let desk = Desk::sandboxed();
    let ran = desk.run(&["models", "gpt-5-mini"]).ends(0).notes(" of ");
    let mut lines = ran.out.lines();
    let head: Vec<&str> = lines.next().expect("a head").split_whitespace().collect();
    assert_eq!(head, ["model", "context", "in", "$/M", "out", "$/M"]);
    let first: Vec<&str> = lines.next().expect("a model").split_whitespace().collect();
    assert_eq!(first, ["openai/gpt-5-mini", "400k", "0.25", "2.00"]);
    desk.run(&["models", "gpt-5-mini", "-q"]).ends(0).quietly();
    desk.run(&["models", "gpt-5-mini", "--lang", "zh-CN"])
        .ends(0)
        .says("上下文");
}

#[test]
fn a_pipe_gets_every_name_whole() {
    let desk = Desk::sandboxed();
    let table = desk.run(&["models"]).ends(0);
    let models = list(&desk, &[]);
    assert_eq!(table.out.lines().count(), models.len() + 1);
    for id in ids(&models) {
        assert!(table.out.contains(id), "{id}");
    }
    assert!(!table.out.contains('…'));
}

#[test]
fn the_json_has_the_members_of_the_contract_and_prices_are_numbers_for_a_million_tokens() {
    let models = list(&Desk::sandboxed(), &["gpt-5-mini"]);
    let model = &models[0];
    assert_eq!(
        shape(model),
        "{completion_usd_per_mtok: number, context_length: count, created: count, \
         expiration_date: null, free: bool, id: text, input_modalities: [text], \
         max_completion_tokens: count, name: text, output_modalities: [text], \
         prompt_usd_per_mtok: number, supported_parameters: [text]}"
    );
    assert_eq!(model["id"], "openai/gpt-5-mini");
    assert_eq!(model["context_length"], 400_000);
    assert_eq!(model["prompt_usd_per_mtok"].as_f64(), Some(0.25));
    assert_eq!(model["completion_usd_per_mtok"].as_f64(), Some(2.0));
    assert_eq!(model["free"], false);
}

#[test]
fn free_models_cost_nothing_and_are_all_there() {
    let desk = Desk::sandboxed();
    let all = list(&desk, &[]);
    let free = list(&desk, &["--free"]);
    assert!(!free.is_empty());
    for model in &free {
        assert_eq!(model["free"], true);
        assert_eq!(model["prompt_usd_per_mtok"].as_f64(), Some(0.0));
        assert_eq!(model["completion_usd_per_mtok"].as_f64(), Some(0.0));
    }
    let expected = all.iter().filter(|model| model["free"] == true).count();
    assert_eq!(free.len(), expected);
    assert!(all.len() > free.len());
}

#[test]
fn sorting_puts_the_cheapest_the_longest_or_the_newest_first() {
    let desk = Desk::sandboxed();
    // Exact to a nano-dollar, as the program adds them: not in the last bit of a float.
    let price = |model: &Value| {
        let prompt = model["prompt_usd_per_mtok"].as_f64()?;
        let sum = prompt + model["completion_usd_per_mtok"].as_f64()?;
        Some((sum * 1e9).round())
    };
    let by_price = list(&desk, &["--sort", "price"]);
    // Unknown prices are not cheap: they come last.
    let prices: Vec<f64> = by_price
        .iter()
        .map(|it| price(it).unwrap_or(f64::MAX))
        .collect();
    assert!(prices.is_sorted(), "{prices:?}");
    let by_context = list(&desk, &["--sort", "context"]);
    let lengths = by_context.iter().map(|it| it["context_length"].as_u64());
    assert!(lengths.rev().is_sorted());
    let by_age = list(&desk, &["--sort", "new"]);
    let days = by_age.iter().map(|it| it["created"].as_i64());
    assert!(days.rev().is_sorted());
    desk.run(&["models", "--sort", "beauty"]).ends(2);
}

#[test]
fn a_query_finds_by_id_and_by_name_and_nothing_found_is_no_failure() {
    let desk = Desk::sandboxed();
    assert!(ids(&list(&desk, &["claude sonnet"])).contains(&"anthropic/claude-sonnet-4.5"));
    assert_eq!(
        ids(&list(&desk, &["gpt-5", "mini"])).first(),
        Some(&"openai/gpt-5-mini")
    );
    assert_eq!(
        list(&desk, &["no such model anywhere"]),
        Vec::<Value>::new()
    );
    desk.run(&["models", "no such model anywhere"])
        .ends(0)
        .without_result()
        .notes("no model matches");
}

#[test]
fn the_list_needs_no_key_and_a_bad_one_is_not_in_its_way() {
    let desk = Desk::sandboxed();
    let base = desk.sandbox().base_url.clone();
    let all = list(&desk, &[]).len();
    let without = Desk::new().with("OPENROUTER_API_BASE", &base);
    assert_eq!(list(&without, &[]).len(), all);
    let refused = without.with("OPENROUTER_API_KEY", KEY);
    assert_eq!(list(&refused, &[]).len(), all);
}

#[test]
fn openrouters_own_list_is_asked_without_the_key() {
    // Another vendor's key would be refused before anything is sent; without the network the way
    // there is what fails.
    let proxy = Web::proxy();
    let desk = Desk::new()
        .with("HTTPS_PROXY", &proxy.origin)
        .with("OPENROUTER_API_KEY", "sk-ant-api03-deadbeef");
    desk.run(&["models"]).ends(7).without_result();
    assert_eq!(proxy.lines(), ["CONNECT openrouter.ai:443"]);
    // Nor does it matter that there is no key, or that where one might be cannot be read.
    let proxy = Web::proxy();
    let desk = Desk::new().with("HTTPS_PROXY", &proxy.origin);
    desk.write_home("credentials.json", "{");
    desk.run(&["models"]).ends(7);
    assert_eq!(proxy.lines(), ["CONNECT openrouter.ai:443"]);
}

#[test]
fn the_last_list_is_shown_with_its_age_when_nobody_answers() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let before = list(&desk, &["gpt-5-mini"]);
    drop(server);
    let ran = desk.run(&["models", "gpt-5-mini", "--json"]).ends(0);
    assert_eq!(ran.json().as_array(), Some(&before));
    ran.notes("this is the list of 20").notes(" UTC");
    // Another server's list is another matter.
    let elsewhere = desk.with("OPENROUTER_API_BASE", "http://127.0.0.1:1/api/v1");
    elsewhere.run(&["models"]).ends(7).without_result();
}

#[test]
fn the_list_of_the_sandbox_inside_is_never_kept() {
    let desk = Desk::new();
    assert!(list(&desk, &["--sandbox"]).len() > 400);
    assert!(!desk.home().join("cache").exists());
}
