//! `onramp usage`: what is said, and with which exit code, when credits or limits come to their end.

use crate::server::Server;
use crate::support::{Desk, shape};
use crate::usage::{json, managed};

#[test]
fn when_the_credits_run_out_is_told_with_its_uncertainty() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let forecast = json(&desk).ends(0).json()["forecast"].clone();
    assert_eq!(
        shape(&forecast),
        "{as_of: text, earliest: text, latest: text, likely: text, message: text, state: text, usd_per_day: number}"
    );
    assert_eq!(forecast["state"], "runs-out");
    let day = |name: &str| forecast[name].as_str().expect("a day").to_owned();
    assert!(day("earliest") <= day("likely") && day("likely") <= day("latest"));
    desk.run(&["usage"])
        .ends(0)
        .says("When the credits run out");
    // Without days there is nothing to tell.
    assert!(json(&Desk::at(&server)).ends(0).json()["forecast"].is_null());
}

#[test]
fn too_little_left_is_an_alert_and_with_a_threshold_an_exit_code() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let alerts = |words: &[&str], code| {
        let ran = desk.run(&[&["usage", "--json"], words].concat()).ends(code);
        let report = ran.json();
        let alerts = report["alerts"].as_array().expect("a list").clone();
        let ids = alerts
            .iter()
            .map(|alert| alert["id"].as_str().expect("a text").to_owned());
        ids.collect::<Vec<_>>()
    };
    // Other keys of the account have less than that left, and end nobody's script.
    let others = alerts(&["--min-credit", "5"], 0);
    assert!(others.contains(&"limit-gone".to_owned()), "{others:?}");
    assert!(!others.contains(&"balance-low".to_owned()), "{others:?}");
    assert!(alerts(&["--min-credit", "$70"], 11).contains(&"balance-low".to_owned()));
    // The key in use has a little less than the 25 dollars of its own limit left, also on the first of a month.
    alerts(&["--min-credit", "24.99"], 11);
    // More than the key's whole limit: what is left of it is less all the same.
    assert!(alerts(&["--min-credit", "30"], 11).contains(&"limit-low".to_owned()));
    desk.run(&["usage", "--min-credit", "much"]).ends(2);
    desk.run(&["usage", "--min-credit=-1"]).ends(2);
}

#[test]
fn the_bounds_of_alerts_are_those_of_the_preferences() {
    let server = Server::start(&[]);
    let desk = managed(&server);
    let alerts = |preferences: &str, code| {
        desk.write_home("preferences.json", preferences);
        let ran = json(&desk).ends(code);
        let report = ran.json();
        let alerts = report["alerts"].as_array().expect("a list").clone();
        let told = alerts.iter().map(|alert| alert["message"].to_string());
        (told.collect::<Vec<_>>().concat(), ran)
    };
    let (told, ran) = alerts(r#"{"alerts": {"balance_usd": 70.5}}"#, 0);
    assert!(told.contains("below $70.50"), "{told}");
    ran.quietly();
    // Without a bound on the command line it is a word and no failure; with one, that one counts.
    desk.run(&["usage", "--min-credit", "0.01"]).ends(0);
    desk.run(&["usage", "--min-credit", "80"]).ends(11);
    let (told, ran) = alerts(
        r#"{"alerts": {"balance_usd": "70,5", "key_age_days": null}}"#,
        0,
    );
    // The account's other keys are told of all the same.
    assert!(!told.contains("below"), "{told}");
    ran.notes("alerts.balance_usd").notes("70,5");
    let (told, _) = alerts(r#"{"alerts": {"balance_usd": null}}"#, 0);
    assert!(!told.contains("below"), "{told}");
}

#[test]
fn a_bound_has_nothing_to_judge_where_nobody_is_asked() {
    let ran = Desk::sandboxed().run(&["usage", "--line", "--min-credit", "5"]);
    ran.ends(2).without_result().notes("--min-credit");
}
