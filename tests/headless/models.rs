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
    assert_eq!(proxy.ways(), ["CONNECT openrouter.ai:443"]);
    // Nor does it matter that there is no key, or that where one might be cannot be read.
    let proxy = Web::proxy();
    let desk = Desk::new().with("HTTPS_PROXY", &proxy.origin);
    desk.write_home("credentials.json", "{");
    desk.run(&["models"]).ends(7);
    assert_eq!(proxy.ways(), ["CONNECT openrouter.ai:443"]);
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

/// Everything set for this server, the account's figures learned once.
fn with_figures(server: &Server) -> Desk {
    let desk = Desk::at(server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    desk.run(&["usage", "--json"]).ends(0);
    desk
}

#[test]
fn prices_tell_jobs_and_ones_own_month_with_the_fee_and_the_vendors_price_beside_them() {
    let server = Server::start(&[]);
    let desk = with_figures(&server);
    let ran = desk
        .run(&["models", "--prices", "gpt-5-nano", "--json"])
        .ends(0)
        .quietly();
    let report = ran.json();
    let row = report["models"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["id"] == "openai/gpt-5-nano"))
        .unwrap_or_else(|| panic!("{ran}"));
    let cost = "{fee_usd: number, tokens_usd: number, total_usd: number}";
    let direct = "{cache_read_usd_per_mtok: number, cheaper: text, completion_usd_per_mtok: number, \
                  direct_usd: number, here_usd: number, job: text, message: text, not_before: text, page: text, \
                  prompt_usd_per_mtok: number, vendor: text}";
    assert_eq!(
        shape(row),
        format!(
            "{{cache_read_usd_per_mtok: number, completion_usd_per_mtok: number, direct: {direct}, id: text, \
             large_job: {cost}, own_month: {cost}, prompt_usd_per_mtok: number, request_usd: number, \
             small_job: {cost}}}"
        )
    );
    // 2,000 × $0.05/M + 500 × $0.40/M, and 5.5 % on top.
    let small = &row["small_job"];
    assert_eq!(small["tokens_usd"].to_string(), "0.0003");
    assert_eq!(small["fee_usd"].to_string(), "0.0000165");
    assert_eq!(report["fee_percent"].as_f64(), Some(5.5));
    let month = &report["own_month"];
    assert_eq!(month["source"], "analytics");
    assert!(month["cached_tokens"].as_u64() > Some(0), "{month}");
    // The same list price: direct is cheaper by the fee, and that is said.
    let direct = &row["direct"];
    assert_eq!(direct["cheaper"], "direct-by-fee");
    assert_eq!(direct["job"], "own_month");
    assert_eq!(direct["here_usd"], row["own_month"]["total_usd"]);
    let message = direct["message"].as_str().expect("a text");
    assert!(
        message.contains("5.5 % more here") && message.contains("snapshot"),
        "{message}"
    );
    let page = direct["page"].as_str().expect("a text");
    assert!(message.contains(page), "{message}");
}

#[test]
fn without_a_name_the_models_in_use_are_priced_and_a_variable_price_is_never_reckoned_with() {
    let server = Server::start(&[]);
    let desk = with_figures(&server);
    let ran = desk.run(&["models", "--prices"]).ends(0).quietly();
    let names: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        names[..2],
        ["model", "anthropic/claude-sonnet-4.5"],
        "the dearest first"
    );
    assert!(names.contains(&"qwen/qwen3-coder") && !names.contains(&"openai/gpt-5-nano"));
    ran.says("my month")
        .says("direct from Anthropic")
        .says("(source: analytics)")
        .says("the fee on buying credits");
    let ran = desk.run(&["models", "--prices", "openrouter/auto"]).ends(0);
    let auto = ran
        .out
        .lines()
        .find(|line| line.starts_with("openrouter/auto "))
        .expect("a row");
    assert_eq!(
        auto.split_whitespace().collect::<Vec<_>>(),
        ["openrouter/auto", "varies", "varies"]
    );
    desk.run(&["models", "--prices", "--lang", "zh", "gpt-5-mini"])
        .ends(0)
        .says("我的一个月")
        .says("这里贵 5.5 %");
}

#[test]
fn where_nothing_is_recorded_there_is_no_month_and_the_ledger_tells_one_where_it_alone_can() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let prices = |desk: &Desk| desk.run(&["models", "--prices", "--json"]).ends(0).json();
    let report = prices(&desk);
    assert!(report["own_month"].is_null(), "{report}");
    let usual = &report["models"][0];
    assert_eq!(usual["id"], "openai/gpt-5-mini");
    assert!(usual["own_month"].is_null());
    assert_eq!(usual["direct"]["job"], "large_job");
    desk.run(&["models", "--prices"])
        .ends(0)
        .says("nothing is recorded yet");
    desk.run(&["ask", "-m", "openai/gpt-5-nano", "hi"]).ends(0);
    let report = prices(&desk);
    assert_eq!(report["own_month"]["source"], "ledger");
    // One busy day is no month of such days: it counts as one in a week.
    assert_eq!(report["own_month"]["requests"], 4);
    let names: Vec<&Value> = report["models"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| &row["id"])
        .collect();
    assert_eq!(names, ["openai/gpt-5-nano", "openai/gpt-5-mini"]);
}

#[test]
fn a_server_without_prices_has_none_to_tell() {
    let web = Web::compatible(None);
    let desk = Desk::new().with("OPENROUTER_API_BASE", &web.origin);
    let ran = desk.run(&["models", "--prices", "tiny"]).ends(0);
    let row = ran.out.lines().nth(1).expect("a row");
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        ["tiny", "varies", "varies"]
    );
    let report = desk
        .run(&["models", "--prices", "tiny", "--json"])
        .ends(0)
        .json();
    assert!(report["models"][0]["small_job"].is_null() && report["models"][0]["direct"].is_null());
}

#[test]
fn one_model_is_told_whole_with_who_runs_it() {
    let desk = Desk::sandboxed();
    let ran = desk
        .run(&["models", "show", "openai/gpt-5-mini"])
        .ends(0)
        .quietly();
    for words in [
        "OpenAI: GPT-5 Mini",
        "400,000 tokens",
        "2 run it, as of",
        "Azure",
        "tokens/s",
        "Parameters: ",
        ":nitro",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    desk.run(&["models", "show", "openai/gpt-5-mini", "--lang", "zh-CN"])
        .ends(0)
        .says("由 2 家运行");
    let ran = desk.run(&["models", "show", "openai/gpt-5-mini:nitro", "--json"]);
    let shown = ran.ends(0).quietly().json();
    assert_eq!(shown["id"], "openai/gpt-5-mini:nitro");
    assert_eq!(shown["context_length"], 400_000);
    assert_eq!(
        shape(&shown["endpoints"][1]),
        "{context_length: count, degraded: bool, latency_ms_p50: count, max_completion_tokens: count, \
         prices: {cache_read_usd_per_mtok: number, cache_write_usd_per_mtok: null, \
         completion_usd_per_mtok: number, image_usd: null, long: [], prompt_usd_per_mtok: number, \
         reasoning_usd_per_mtok: null, request_usd: null, web_search_usd: number}, provider: text, \
         quantization: text, supported_parameters: [text], tag: text, \
         throughput_tokens_per_s_p50: number, uptime_percent_1d: number}"
    );
}

#[test]
fn a_model_that_no_list_has_is_not_shown_but_its_neighbours_are_named() {
    let desk = Desk::sandboxed();
    let ran = desk.run(&["models", "show", "openai/gpt-5-minni"]).ends(9);
    assert!(ran.out.is_empty());
    assert!(ran.err.contains("openai/gpt-5-mini"), "{}", ran.err);
}
