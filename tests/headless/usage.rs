//! `onramp usage`: figures with their source and their age, for people and for scripts.

use serde_json::Value;

use crate::server::Server;
use crate::support::{Desk, KEY, Ran, shape};
use crate::web::{Web, reply};

pub fn managed(server: &Server) -> Desk {
    Desk::at(server).with("OPENROUTER_MANAGEMENT_KEY", &server.management_key)
}

pub fn json(desk: &Desk) -> Ran {
    desk.run(&["usage", "--json"])
}

const DAY: &str = "{byok_usd: number, cached_tokens: count, completion_tokens: count, cost_usd: number, \
                   date: text, model: text, prompt_tokens: count, provider: text, \
                   reasoning_tokens: count, requests: count}";

#[test]
fn with_a_management_key_everything_is_told() {
    let server = Server::start(&[]);
    let ran = json(&managed(&server)).ends(0).quietly();
    let report = ran.json();
    assert_eq!(
        shape(&report["key"]),
        "{byok_usage: number, expires_at: null, free_requests_limit: count, free_requests_used: count, \
         is_free_tier: bool, label: text, limit: number, limit_remaining: number, limit_reset: text, \
         usage: number, usage_daily: number, usage_monthly: number, usage_weekly: number}"
    );
    assert_eq!(
        shape(&report["account"]),
        "{balance: number, total_credits: number, total_usage: number}"
    );
    assert!(
        shape(&report["daily"]).contains(DAY),
        "{}",
        shape(&report["daily"])
    );
    let told = shape(&report["today"]["rows"]);
    assert!(told.contains(DAY), "{told}");
    assert_eq!(
        shape(&report["month"]),
        "{last_month_by_now_usd: number, last_month_usd: number, message: text, projected_high_usd: number, \
         projected_low_usd: number, projected_usd: number, so_far_usd: number}"
    );
    assert_eq!(
        shape(&report["sources"]),
        "{account: text, by_key: text, daily: text, key: text, keys: text, local: text, review: text, today: text}"
    );
    let sources = [
        "account", "by_key", "daily", "key", "keys", "local", "review", "today",
    ];
    let told = sources.map(|part| report["sources"][part].as_str().expect("a text"));
    assert_eq!(
        told,
        [
            "credits",
            "activity",
            "activity",
            "key",
            "keys",
            "ledger",
            "activity",
            "analytics"
        ]
    );
    assert_eq!(
        shape(&report["ages"]),
        "{account: text, by_key: text, daily: text, key: text, keys: text, today: text}"
    );
    // Every digit is there: what is left and what was used make what was bought.
    let digits = |name: &str| report["account"][name].to_string();
    let sum: f64 =
        digits("balance").parse::<f64>().unwrap() + digits("total_usage").parse::<f64>().unwrap();
    assert!((sum - 110.0).abs() < 1e-9, "{ran}");
    assert!(digits("balance").len() > 8, "{ran}");
}

#[test]
fn an_ordinary_key_tells_of_itself_and_no_balance_is_made_up() {
    // This server answers `GET /credits` with zeros to an ordinary key, as the real one has been seen to.
    let server = Server::start(&["--fault", "zero-credits"]);
    let ran = json(&Desk::at(&server)).ends(0).notes("management key");
    let report = ran.json();
    assert!(
        report["account"].is_null() && report["daily"].is_null(),
        "{ran}"
    );
    assert!(report["key"]["usage_daily"].is_number(), "{ran}");
    let ran = Desk::at(&server).run(&["usage"]).ends(0);
    assert!(!ran.out.contains("balance"), "{ran}");
    ran.says("this month")
        .says("resets on the first of each month (UTC)");
    let ran = Desk::at(&server).run(&["--lang", "zh", "usage"]).ends(0);
    ran.says("重置周期：每月 1 日（UTC）");
}

#[test]
fn the_days_are_those_that_were_asked_for() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let days = |words: &[&str]| {
        let ran = desk.run(&[&["usage", "--json"], words].concat()).ends(0);
        let report = ran.json();
        let rows = report["daily"].as_array().expect("a list").clone();
        let mut days: Vec<String> = rows.iter().map(|row| row["date"].to_string()).collect();
        days.sort_unstable();
        days.dedup();
        days.len()
    };
    // Today is not among the completed days.
    assert_eq!(days(&["--days", "1"]), 0);
    assert_eq!(days(&["--days", "8"]), 7);
    // Nor are the usual thirty, today the last of them.
    assert_eq!(days(&[]), 29);
    desk.run(&["usage", "--days", "0"]).ends(2);
}

#[test]
fn csv_has_the_same_figures_to_the_last_digit() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let report = json(&desk).ends(0).json();
    let csv = desk.run(&["usage", "--csv"]).ends(0).quietly().out;
    let mut lines = csv.lines();
    let head = lines.next().expect("a head");
    assert!(
        head.starts_with("source,date,model,provider,requests,"),
        "{head}"
    );
    let rows = |rows: &Value| rows.as_array().expect("a list").clone();
    let sourced =
        |name: &'static str, rows: Vec<Value>| rows.into_iter().map(move |row| (name, row));
    let daily = sourced("account", rows(&report["daily"]));
    let rows: Vec<(&str, Value)> = daily
        .chain(sourced("analytics", rows(&report["today"]["rows"])))
        .collect();
    assert_eq!(lines.clone().count(), rows.len());
    for (line, (source, row)) in lines.zip(rows) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[0], format!("sandbox-{source}"));
        assert_eq!(cells[1], row["date"].as_str().expect("a day"));
        let amount = row["cost_usd"].to_string();
        assert_eq!(cells[9], amount.trim_end_matches(".0"), "{line}");
    }
}

/// The sum of a member over rows, in nano-dollars: floats are only compared here.
fn nanos(rows: &Value, member: &str) -> i64 {
    let rows = rows.as_array().expect("a list").iter();
    let sum: f64 = rows
        .map(|row| row[member].as_f64().expect("a number"))
        .sum();
    #[expect(clippy::cast_possible_truncation, reason = "some dollars")]
    let nanos = (sum * 1e9).round() as i64;
    nanos
}

#[test]
fn the_days_are_told_key_by_key_and_come_to_the_same() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let report = json(&desk).ends(0).quietly().json();
    let by_key = &report["by_key"];
    // Deleted keys apart, which this account has none of, the keys spent all that was spent.
    assert_eq!(
        nanos(by_key, "cost_usd"),
        nanos(&report["daily"], "cost_usd")
    );
    let names: Vec<&str> = by_key
        .as_array()
        .expect("a list")
        .iter()
        .map(|key| key["name"].as_str().expect("a text"))
        .collect();
    assert_eq!(names[0], "inference", "the key in use comes first");
    assert!(
        !names.contains(&"almost-used-up"),
        "it never spent: {names:?}"
    );
    assert_eq!(
        nanos(&report["keys"], "usage_daily"),
        nanos(&report["today"]["rows"], "cost_usd")
    );
    assert_eq!(
        report["keys"].as_array().map(Vec::len),
        Some(8),
        "{}",
        report["keys"]
    );
    let one = &by_key[0];
    assert_eq!(
        nanos(&one["days"], "cost_usd"),
        nanos(&Value::Array(vec![one.clone()]), "cost_usd")
    );
    desk.run(&["usage"])
        .ends(0)
        .says("By provider")
        .says("Amazon Bedrock")
        .says("By key (completed UTC days, 30 at most)  (source: activity)")
        .says("  uncapped ")
        .says("Today so far (account, UTC)  (source: analytics)")
        .says(" requests  ")
        .says("This month (account, UTC)")
        .says("When the limit of this key runs out");
    desk.run(&["usage", "--lang", "zh"])
        .ends(0)
        .says("按供应商")
        .says("今日至今（账户，UTC）（来源：analytics）")
        .says("此密钥的限额何时用完");
}

#[test]
fn counts_have_separators() {
    let server = Server::start(&[]);
    let ran = managed(&server).run(&["usage"]).ends(0);
    let is_grouped = |word: &str| {
        let (head, tail) = word.split_once(',').unwrap_or_default();
        (1..=3).contains(&head.len()) && tail.split(',').all(|three| three.len() == 3)
    };
    let long = ran
        .out
        .split_whitespace()
        .filter(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_digit() || c == ','));
    let long: Vec<&str> = long.filter(|word| *word != "1000").collect();
    assert!(
        long.len() > 10 && long.iter().all(|word| is_grouped(word)),
        "{long:?}"
    );
}

#[test]
fn ninety_days_are_told_by_the_analytics_where_there_are_any() {
    let told = |faults: &[&str], days: &str| {
        let server = Server::start(faults);
        let desk = managed(&server);
        let ran = desk.run(&["usage", "--json", "--days", days]).ends(0);
        let report = ran.json();
        let rows = report["daily"].as_array().expect("a list");
        let mut days: Vec<String> = rows.iter().map(|row| row["date"].to_string()).collect();
        days.sort_unstable();
        days.dedup();
        let sources = &report["sources"];
        let words =
            ["daily", "today"].map(|part| sources[part].as_str().expect("a text").to_owned());
        let is_by_provider = rows.iter().any(|row| row["provider"].is_string());
        (words, days.len(), is_by_provider, ran.err)
    };
    let words = |daily: &str, today: &str| [daily.to_owned(), today.to_owned()];
    let silent = String::new;
    let analysed = words("analytics", "analytics");
    // The last days by provider, those further back by model alone.
    assert_eq!(told(&[], "91"), (analysed.clone(), 90, true, silent()));
    let odd = told(&["--fault", "odd-analytics"], "91");
    assert_eq!(odd, (analysed, 90, true, silent()));
    // As far as it goes, the activity tells more of each day.
    assert_eq!(
        told(&[], "31"),
        (words("activity", "analytics"), 30, true, silent())
    );
    // Without analytics nothing is missing but what they alone would tell.
    let absent = told(&["--fault", "no-analytics"], "91");
    assert_eq!(absent, (words("activity", "keys"), 30, true, silent()));
    // Too much at once is asked for in less.
    let slow = told(&["--fault", "slow-analytics"], "91");
    assert_eq!(slow, (words("activity", "analytics"), 30, true, silent()));
    // A part of a table is no figure.
    let (sources, days, _, noted) = told(&["--fault", "cut-analytics"], "91");
    assert_eq!((sources, days), (words("activity", "keys"), 30));
    assert!(
        noted.contains("today and the days further back: "),
        "{noted}"
    );
}

#[test]
fn completed_days_are_not_asked_for_again_within_the_hour() {
    let key = r#"{"data":{"label":"it","limit":null,"usage":1,"is_management_key":false}}"#;
    let keys = r#"{"data":[{"hash":"aa","name":"one","usage":1.5},{"hash":"bb","name":"two","usage":0},
        {"hash":"cc","name":"three","usage":0,"byok_usage":2}]}"#;
    let meta = r#"{"data":{"metrics":[{"name":"request_count"},{"name":"tokens_prompt"},
        {"name":"tokens_completion"},{"name":"credits_usage"}],"dimensions":[{"name":"model"}],
        "granularities":[{"name":"day"}]}}"#;
    let table = r#"{"data":{"data":[],"metadata":{"truncated":false}}}"#;
    let credits = r#"{"data":{"total_credits":5,"total_usage":1}}"#;
    let web = Web::start(move |request| {
        let body = match request.line.as_str() {
            "GET /api/v1/key" => key,
            "GET /api/v1/credits" => credits,
            "POST /api/v1/analytics/query" => table,
            "GET /api/v1/analytics/meta" => meta,
            line if line.starts_with("GET /api/v1/keys?") => keys,
            line if line.starts_with("GET /api/v1/activity") => r#"{"data":[]}"#,
            line if line.starts_with("GET /api/v1/models") => r#"{"data":[]}"#,
            _ => r#"{"data":null}"#,
        };
        reply(200, "application/json", body)
    });
    let desk = Desk::new()
        .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
        .with("OPENROUTER_API_KEY", KEY)
        .with("OPENROUTER_MANAGEMENT_KEY", KEY);
    let start = |body: &str| {
        let body: Value = serde_json::from_str(body).expect("JSON");
        body["time_range"]["start"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let asked = || {
        let asked = web.asked();
        let lines = asked.iter().map(|request| request.line.as_str());
        let by_key = lines.filter(|line| line.contains("api_key_hash="));
        let mut by_key: Vec<String> = by_key.map(str::to_owned).collect();
        by_key.sort_unstable();
        let queries = asked
            .iter()
            .filter(|request| request.line.ends_with("/query"));
        let queries: Vec<String> = queries.map(|request| start(&request.body)).collect();
        (by_key, queries)
    };
    json(&desk).ends(0).quietly();
    let (by_key, queries) = asked();
    assert_eq!(
        by_key,
        [
            "GET /api/v1/activity?api_key_hash=aa",
            "GET /api/v1/activity?api_key_hash=cc"
        ]
    );
    // The days far back, and the last ones with today, which tell the providers, too.
    assert_eq!(queries.len(), 2);
    assert!(queries[1] > queries[0], "{queries:?}");
    let report = json(&desk).ends(0).quietly().json();
    let (again, queries) = asked();
    assert_eq!(again, by_key, "each was asked for once");
    // Only today moves.
    assert_eq!(queries.len(), 3);
    assert!(queries[2] > queries[1], "{queries:?}");
    assert_eq!(report["sources"]["today"], "analytics");
}

#[test]
fn without_a_network_the_last_figures_are_shown_with_their_age_and_the_command_fails() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let before = json(&desk).ends(0).json();
    drop(server);
    let ran = json(&desk).ends(7).notes("what was learned before");
    let after = ran.json();
    assert_eq!(after["key"], before["key"]);
    assert_eq!(after["ages"], before["ages"], "their age is the old one");
    assert_ne!(after["as_of"], before["as_of"]);
    // Another key's figures are never shown as this one's.
    let other = desk.with("OPENROUTER_API_KEY", KEY);
    assert!(json(&other).ends(7).json()["key"].is_null());
}

#[test]
fn what_this_program_asked_stands_beside_the_accounts_figures_and_not_in_them() {
    let server = Server::start(&[]);
    let desk = Desk::at(&server);
    let answer = desk.run(&["ask", "--json", "hi"]).ends(0).json();
    let report = json(&desk).ends(0).json();
    let local = report["local"].as_array().expect("a list");
    assert_eq!(local.len(), 1, "{report}");
    for (name, own) in [
        ("prompt_tokens", "prompt_tokens"),
        ("completion_tokens", "completion_tokens"),
        ("cost_usd", "cost_usd"),
    ] {
        assert_eq!(local[0][name], answer["usage"][own], "{report}");
    }
    assert!(report["daily"].is_null());
    let csv = desk.run(&["usage", "--csv"]).ends(0).out;
    assert!(
        csv.lines()
            .last()
            .is_some_and(|line| line.starts_with("sandbox-local,")),
        "{csv}"
    );
    desk.run(&["usage"])
        .ends(0)
        .says("Made by this program")
        .says("1 request");
    // Another server's requests are another matter.
    let other = Server::start(&[]);
    let elsewhere = desk
        .with("OPENROUTER_API_BASE", &other.base_url)
        .with("OPENROUTER_API_KEY", &other.api_key);
    assert_eq!(
        json(&elsewhere).ends(0).json()["local"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );
    elsewhere
        .run(&["usage", "--rebuild"])
        .ends(0)
        .says("reckoned anew; requests: 1");
}

#[test]
fn ninety_days_of_each_key_are_told_by_the_analytics_and_come_to_the_same() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let days = ["usage", "--days", "91"];
    let report = desk.run(&[&days[..], &["--json"]].concat()).ends(0).json();
    assert_eq!(report["sources"]["by_key"], "analytics");
    let by_key = &report["by_key"];
    assert_eq!(
        nanos(by_key, "cost_usd"),
        nanos(&report["daily"], "cost_usd")
    );
    let first = |rows: &Value| {
        let rows = rows.as_array().expect("a list").clone();
        rows.iter().map(|row| row["date"].to_string()).min()
    };
    assert!(first(&by_key[0]["days"]) < first(&json(&desk).ends(0).json()["daily"]));
    desk.run(&days)
        .ends(0)
        .says("By key (completed UTC days)  (source: analytics)");
    // Without analytics it is what the activity tells.
    let server = Server::start(&["--fault", "no-analytics"]);
    let ran = managed(&server).run(&[&days[..], &["--json"]].concat());
    let report = ran.ends(0).quietly().json();
    assert_eq!(report["sources"]["by_key"], "activity");
}

#[test]
fn days_since_the_last_look_are_unknown_and_not_free() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    json(&desk).ends(0);
    drop(server);
    // As if the last look was long ago.
    desk.rewrite_kept(|figures| {
        for part in ["daily", "key_days"] {
            figures[part]["as_of"] = "2026-01-09T12:00:00Z".into();
            figures[part]["value"] = Value::Array(Vec::new());
        }
        figures["history"] = Value::Null;
        figures["today"] = Value::Null;
        figures["keys"] = Value::Null;
    });
    let ran = desk.run(&["usage", "--days", "3"]).ends(7);
    ran.says("Spend by day")
        .says("from 2026-01-09 on: not known");
    let days = desk.run(&["usage", "--days", "3"]).out;
    let (_, days) = days.split_once("Spend by day").expect("days");
    let days = days.split("Made by this program").next();
    assert!(!days.expect("a beginning").contains("nothing"), "{days:?}");
    // What nobody asked for is not headed.
    let ran = desk.run(&["usage", "--days", "1"]).ends(7);
    assert!(!ran.out.contains("Spend by day"), "{ran}");
}

#[test]
fn what_is_simulated_says_so_in_every_form() {
    let desk = Desk::new();
    desk.run(&["--sandbox", "usage"])
        .ends(0)
        .says("SANDBOX: these figures are simulated");
    desk.run(&["--sandbox", "usage", "--lang", "zh"])
        .ends(0)
        .says("沙盒：以下数据均为模拟");
    let report = desk.run(&["--sandbox", "usage", "--json"]).ends(0).json();
    assert_eq!(report["simulated"], true);
    let csv = desk.run(&["--sandbox", "usage", "--csv"]).ends(0).out;
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    let is_marked = |row: &&str| row.starts_with("sandbox-");
    assert!(rows.len() > 10 && rows.iter().all(is_marked), "{csv}");
    // A sandbox that was started by itself says so of its answers.
    let server = Server::start(&[]);
    let beside = managed(&server);
    let report = beside.run(&["usage", "--json"]).ends(0).json();
    assert_eq!(report["simulated"], true);
    beside
        .run(&["usage"])
        .ends(0)
        .says("SANDBOX: these figures are simulated");
    // Gone it is no more real than it was.
    drop(server);
    beside
        .run(&["usage"])
        .ends(7)
        .says("SANDBOX: these figures are simulated");
    beside.run(&["usage", "--line"]).ends(0).says("sandbox · ");
    // Whatever else stands on this machine does not.
    let web = Web::compatible(Some(KEY));
    let elsewhere = Desk::new()
        .with("OPENROUTER_API_KEY", KEY)
        .with("OPENROUTER_API_BASE", &format!("{}/v1", web.origin));
    let report = elsewhere.run(&["usage", "--json"]).ends(0).json();
    assert_eq!(report["simulated"], false);
}

#[test]
fn a_line_for_a_status_bar_asks_nobody() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    desk.run(&["usage", "--line"])
        .ends(0)
        .quietly()
        .says("no figures yet");
    json(&desk).ends(0);
    drop(server);
    let ran = desk.run(&["usage", "--line"]).ends(0).quietly();
    assert_eq!(ran.out.lines().count(), 1, "{ran}");
    ran.says(" left · ").says(" today");
}

#[test]
fn what_ran_on_an_own_provider_key_is_told_apart_and_counts_as_no_credits() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let before = json(&desk).ends(0).json();
    let ran = desk
        .run(&["ask", "--json", "-m", "sandbox/byok", "hi"])
        .ends(0);
    let answer = ran.json();
    assert_eq!(answer["usage"]["cost_usd"].to_string(), "0.0", "{answer}");
    let own = answer["usage"]["byok_usd"].clone();
    assert!(own.as_f64() > Some(0.0), "{answer}");
    desk.run(&["ask", "-m", "sandbox/byok", "hi"])
        .ends(0)
        .notes("$0.00")
        .notes(" on your own provider key");
    let after = json(&desk).ends(0).json();
    assert_eq!(
        after["account"], before["account"],
        "the credits are untouched"
    );
    assert_eq!(after["today"]["cost_usd"], before["today"]["cost_usd"]);
    let local = &after["local"][0];
    assert_eq!(local["cost_usd"].to_string(), "0.0");
    assert!(local["byok_usd"].as_f64() >= own.as_f64(), "{local}");
    let told: f64 = after["today"]["rows"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["byok_usd"].as_f64().expect("a number"))
        .sum();
    assert!((told - local["byok_usd"].as_f64().expect("a number")).abs() < 1e-12);
    assert_eq!(after["key"]["byok_usage"], local["byok_usd"]);
    desk.run(&["usage"])
        .ends(0)
        .says(" on your own provider keys, not in the sums above");
}

#[test]
fn thirty_days_are_those_of_the_screen() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let usual = json(&desk).ends(0).json();
    let thirty = desk
        .run(&["usage", "--json", "--days", "30"])
        .ends(0)
        .json();
    assert_eq!(usual["daily"], thirty["daily"]);
}
