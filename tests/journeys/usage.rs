//! The figures: the everyday home.

use crate::server::Server;
use crate::terminal::Desk;
use crate::web::{Web, reply};

#[test]
fn a_key_that_works_opens_the_figures_and_the_wizard_is_a_key_away() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write(".env", &format!("OPENROUTER_API_KEY={}\n", server.api_key));
    let mut terminal = desk.start(&[]);
    terminal
        .see("today")
        .see("left of $25.00")
        .see("management key only");
    terminal.press("1").see("Step 5 of 6");
    terminal.press("2").see("left of $25.00").press("q");
    assert_eq!(terminal.end(), 0);
    // Nobody did anything in the wizard, so the figures come first again.
    let mut terminal = desk.start(&[]);
    terminal.see("left of $25.00");
}

#[test]
fn whoever_is_in_the_midst_of_the_wizard_goes_on_there() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write(".env", &format!("OPENROUTER_API_KEY={}\n", server.api_key));
    let mut terminal = desk.start(&["setup"]);
    terminal
        .see("Step 5 of 6")
        .press("right")
        .see("Step 6 of 6");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = desk.start(&[]);
    terminal.see("Step 5 of 6");
}

#[test]
fn a_management_key_tells_the_account_and_a_day_leads_to_its_models() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server)
        .with("OPENROUTER_API_KEY", &server.api_key)
        .with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let mut terminal = desk.start(&["usage"]);
    terminal
        .see("of $110.00 bought")
        .see("runs out")
        .see("day (UTC)");
    terminal.press("enter").see("model").see("claude");
    terminal
        .press("enter")
        .see("This program has made no such request");
    terminal
        .press("esc")
        .see("deepseek")
        .press("esc")
        .see("day (UTC)");
    terminal.press("a").see("How that is reckoned").press("esc");
    assert!(!terminal.frame().contains(&server.management_key));
}

#[test]
fn what_was_asked_stands_in_the_ledger_and_is_found_by_typing() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
    let mut asked = desk.start(&["ask", "hello", "-m", "openai/gpt-5-mini"]);
    assert_eq!(asked.end(), 0);
    let mut terminal = desk.start(&["usage"]);
    terminal.see("this program's own ledger").see("day (UTC)");
    terminal.press("right right right right").see("done");
    terminal.press("/").paste("claude");
    terminal.see("no such request");
    terminal.press("esc").see("done").press("enter");
    terminal.see("generation id").see("gen-");
}

#[test]
fn without_a_network_the_last_figures_stay_and_say_so() {
    let desk;
    {
        let server = Server::start(&[]);
        desk = Desk::beside(&server).with("OPENROUTER_API_KEY", &server.api_key);
        let mut terminal = desk.start(&["usage"]);
        terminal.see("left of $25.00").press("left");
        terminal.see("x-ai/grok-4.7").press("q");
        assert_eq!(terminal.end(), 0);
    }
    let mut terminal = desk.start(&["usage"]);
    terminal.see("older figures").see("left of $25.00");
    // So do the prices, which have no figure's age but their own.
    terminal.press("left").see("kept list").see("x-ai/grok-4.7");
}

#[test]
fn what_is_exported_from_the_sandbox_has_it_in_its_name() {
    let desk = Desk::new();
    let mut terminal = desk.start_sized(&["--sandbox", "usage"], 120, 36);
    terminal
        .see("of $110.00 bought")
        .see_no_more("asking the server")
        .press("e");
    terminal.see("Export the figures").press("enter");
    terminal.see("written to onramp-usage-sandbox-").press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_is_exported_is_what_the_command_prints() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server)
        .with("OPENROUTER_API_KEY", &server.api_key)
        .with("OPENROUTER_MANAGEMENT_KEY", &server.management_key);
    let mut terminal = desk.start_sized(&["usage"], 120, 36);
    // All of it is there once the last part is.
    terminal
        .see("of $110.00 bought")
        .see_no_more("asking the server")
        .press("e");
    terminal.see("Export the figures").press("enter");
    terminal
        .see("written to onramp-usage-")
        .press("e")
        .see("JSON")
        .press("2");
    terminal.see("onramp-usage-").press("q");
    assert_eq!(terminal.end(), 0);
    let exported = |ending: &str| {
        let files = std::fs::read_dir(desk.folder.path()).expect("the folder is there");
        let names = files.map(|file| file.expect("a file").path());
        let mut found = names.filter(|path| path.extension().is_some_and(|it| it == ending));
        let path = found
            .next()
            .unwrap_or_else(|| panic!("no {ending} was written"));
        std::fs::read_to_string(path).expect("text")
    };
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_onramp"))
        .args(["usage", "--csv", "--days", "30"])
        .current_dir(desk.folder.path())
        .env_clear()
        .envs(desk.variables())
        .output()
        .expect("it runs");
    let printed = String::from_utf8(printed.stdout).expect("text");
    assert_eq!(exported("csv"), printed);
    let json: serde_json::Value = serde_json::from_str(&exported("json")).expect("JSON");
    assert_eq!(json["key"]["limit"], 25.0);
    let all = exported("csv") + &exported("json");
    assert!(!all.contains(&server.api_key) && !all.contains(&server.management_key));
}

#[test]
fn a_key_is_asked_about_once_and_to_come_back_asks_nothing() {
    const KEY: &str = "sk-or-v1-deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    for status in [200, 429] {
        let web = Web::start(move |request| match request.line.as_str() {
            "GET /api/v1/key" if status == 200 => reply(
                200,
                "application/json",
                r#"{"data":{"label":"it","limit":25,"limit_remaining":20,"usage":5,"usage_daily":0.4,
                    "usage_weekly":0.4,"usage_monthly":0.4,"is_management_key":false}}"#,
            ),
            "GET /api/v1/key" => reply(
                429,
                "application/json",
                r#"{"error":{"code":429,"message":"too many"}}"#,
            ),
            _ => reply(
                404,
                "application/json",
                r#"{"error":{"code":404,"message":"no"}}"#,
            ),
        });
        let desk = Desk::bare()
            .with("OPENROUTER_API_BASE", &format!("{}/api/v1", web.origin))
            .with("OPENROUTER_API_KEY", KEY);
        let asked = || {
            let lines = web.lines().into_iter();
            lines.filter(|line| line == "GET /api/v1/key").count()
        };
        let mut terminal = desk.start(&["usage"]);
        terminal
            .see("Days  Models")
            .see_no_more("asking the server");
        // The wizard has heard of its key by then.
        terminal.press("1").see(" of 6");
        terminal.press("2").see("Days  Models");
        assert_eq!(asked(), 1, "{status}: {:?}", web.lines());
        for _ in 0..3 {
            terminal.press("3").see_no_more("Days  Models");
            terminal.send("\x1b2").see("Days  Models");
        }
        assert_eq!(asked(), 1, "{status}: {:?}", web.lines());
        terminal.press("q");
        assert_eq!(terminal.end(), 0);
    }
}
