//! What the usage screen shows, and where its keys lead.

use onramp::domain::figures::Part;
use onramp::domain::money::Usd;
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::Effect;
use onramp::flow::surroundings::Surroundings;
use onramp::flow::usage::UsageTold;
use onramp::insight::review::Remark;
use onramp::text::{Lang, Phrase};

use crate::support::gallery::Rehearsal;
use crate::support::gallery::start::surroundings;
use crate::support::gallery::usage::{OWN, analysed, figures, offline_since, told};

pub(crate) fn looking() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told(figures()));
    stage
}

#[test]
fn without_a_list_the_review_says_so_and_the_prices_whether_theirs_is_kept() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let mut gathered = figures();
    let refusal = Refusal {
        status: 500,
        of_facts: true,
        ..Refusal::default()
    };
    gathered.troubles = vec![(Part::Models, Symptom::Refused(Box::new(refusal)))];
    let lost = told(gathered.clone());
    stage
        .keys("2")
        .learn(lost.clone())
        .keys("tab tab tab tab tab tab");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("✗ Models and prices: The server is out of service for now"));
    assert!(
        frame.contains("kept list · USD per million tokens"),
        "{frame}"
    );
    stage.keys("f5").learn(UsageTold {
        models: None,
        ..lost
    });
    stage.keys("tab tab tab tab tab tab");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("The list of models is not at hand"),
        "{frame}"
    );
}

#[test]
fn the_table_on_show_is_named_at_every_width_and_others_that_have_no_room_are_hinted_at() {
    for (lang, last) in [(Lang::En, "Prices"), (Lang::Zh, "价格")] {
        for columns in 40..=80 {
            let mut stage = Rehearsal::new(lang, false);
            stage.keys("2").learn(told(figures()));
            let names = |stage: &mut Rehearsal| {
                let frame = stage.frame(columns, 24);
                let line = frame.lines().rfind(|line| line.starts_with('┌'));
                line.expect("a frame").to_owned()
            };
            let first = names(&mut stage);
            assert_eq!(first.contains(last), !first.contains('›'), "{first}");
            stage.keys("left");
            let line = names(&mut stage);
            assert!(line.contains(last), "{columns}: {line}");
            assert_eq!(first.contains(last), !line.contains('‹'), "{line}");
        }
    }
}

#[test]
fn stale_figures_name_the_day_they_are_of_and_no_month() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(offline_since(192));
    let frame = stage.frame(120, 36);
    assert!(frame.contains("$0.41 on 11-17"), "{frame}");
    assert!(frame.contains("$2.91 that week"), "{frame}");
    assert!(frame.contains("12 of 1,000 on 11-17"), "{frame}");
    assert!(
        !frame.contains(" today") && !frame.contains("so far"),
        "{frame}"
    );
    stage.keys("tab tab tab tab tab");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("2026-10-18 to 2026-11-16"), "{frame}");
}

#[test]
fn keys_that_do_nothing_here_are_not_offered() {
    let mut stage = looking();
    let last = |stage: &mut Rehearsal| {
        let frame = stage.frame(120, 36);
        frame.lines().last().unwrap_or_default().to_owned()
    };
    assert!(last(&mut stage).contains("r range"));
    stage.keys("tab tab tab tab").look_up(Vec::new());
    assert!(!last(&mut stage).contains("r range"));
    assert!(!last(&mut stage).contains("account/ledger"));
    // Of no requests none can be opened, chosen or found, and here is where one began.
    let bar = last(&mut stage);
    for key in ["Enter", "Esc", "choose", "find"] {
        assert!(!bar.contains(key), "{key}: {bar}");
    }
    stage.keys("tab");
    assert!(last(&mut stage).contains("Enter open"));
    stage.keys("down");
    let bar = last(&mut stage);
    assert!(bar.contains("Enter use this model"), "{bar}");
    stage.keys("enter");
    let bar = last(&mut stage);
    assert!(!bar.contains("Enter"), "it is used already: {bar}");
    stage.keys("down down");
    let bar = last(&mut stage);
    assert!(
        !bar.contains("Enter"),
        "a share of reasoning leads nowhere: {bar}"
    );
}

#[test]
fn a_dear_model_leads_to_its_days_and_back() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab enter");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("30 days (UTC) · anthropic/claude-sonnet-4.5"),
        "{frame}"
    );
    assert!(frame.contains("Esc back"), "{frame}");
    stage.keys("esc");
    assert!(
        stage
            .frame(120, 36)
            .contains("› anthropic/claude-sonnet-4.5:")
    );
}

#[test]
fn the_ledger_is_not_headed_by_a_key_that_it_cannot_tell() {
    let mut stage = looking();
    stage.keys("tab tab tab down enter");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("account, by activity · 30 days (UTC) · shop"),
        "{frame}"
    );
    stage.keys("s");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("own ledger, all keys · 30 days (UTC)"),
        "{frame}"
    );
    assert!(!frame.contains("· shop, development"), "{frame}");
}

#[test]
fn requests_of_a_provider_are_asked_for_by_that_provider() {
    let mut stage = looking();
    stage.keys("tab tab enter enter enter");
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::AskLedger { question, .. } => Some(format!("{question:?}")),
        _ => None,
    });
    let asked = asked.expect("the ledger is asked");
    assert!(
        asked.contains("provider: Some(Some(\"Anthropic\"))"),
        "{asked}"
    );
}

#[test]
fn a_cheaper_model_is_taken_on_a_keypress() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab down enter");
    let kept = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepModel { model, .. } => Some(model.clone()),
        _ => None,
    });
    assert_eq!(kept.as_deref(), Some("deepseek/deepseek-v3.2"));
    assert!(
        stage
            .frame(120, 36)
            .contains("deepseek/deepseek-v3.2 is the model of this project")
    );
}

#[test]
fn a_day_leads_to_its_models_and_a_model_to_its_requests_and_back() {
    let mut stage = looking();
    stage.keys("down down enter");
    assert!(
        stage
            .frame(120, 36)
            .contains("account, by activity · 2026-11-23 (UTC)")
    );
    stage.keys("enter");
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::AskLedger { question, .. } => Some(format!("{question:?}")),
        _ => None,
    });
    let asked = asked.expect("the ledger is asked");
    assert!(
        asked.contains("2026-11-23") && asked.contains("anthropic/claude-sonnet-4.5"),
        "{asked}"
    );
    stage.keys("esc esc");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("› 2026-11-23"), "{frame}");
}

#[test]
fn the_free_requests_come_back_at_an_hour_of_the_person_s_own_zone() {
    let mut stage = looking();
    assert!(stage.frame(120, 36).contains("00:00 UTC"));
    stage.looked(Surroundings {
        zone: Some(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))),
        ..surroundings()
    });
    let frame = stage.frame(120, 36);
    assert!(frame.contains("08:00"), "{frame}");
}

#[test]
fn figures_that_are_still_on_their_way_are_not_exported() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(UsageTold {
        is_unfinished: true,
        ..told(figures())
    });
    stage.keys("e");
    assert!(stage.frame(80, 24).contains("still on their way"));
    assert!(!stage.frame(80, 24).contains("Export the figures"));
}

/// The line above the table, at this width.
pub(crate) fn head(stage: &mut Rehearsal, columns: u16) -> String {
    let frame = stage.frame(columns, 24);
    let mut lines = frame.lines().skip_while(|line| !line.contains("┌─ "));
    let head = lines.nth(1).expect("a line above the table");
    head.trim_matches(['│', ' ']).to_owned()
}

#[test]
fn whose_figures_of_when_and_that_it_is_asked_again_stand_in_eighty_columns() {
    for (lang, words) in [
        (
            Lang::En,
            ["account, by activity and analytics", "30 days", "asking…"],
        ),
        (Lang::Zh, ["账户，来源 activity", "30 天", "查询中…"]),
    ] {
        let mut stage = Rehearsal::new(lang, false);
        stage.keys("2").learn(told(analysed())).keys("f5");
        let head = head(&mut stage, 80);
        for word in words.into_iter().chain(["14:03 UTC"]) {
            assert!(head.contains(word), "{word}: {head}");
        }
        assert!(!head.contains("… ·"), "{head}");
    }
    // Where even the shortest words are too many, age and question stay.
    let mut stage = looking();
    stage.keys("tab tab tab down enter f5");
    let head = head(&mut stage, 60);
    assert!(head.ends_with("14:03 UTC · asking…"), "{head}");
}

#[test]
fn ninety_days_of_a_key_are_told_by_the_analytics_where_these_tell_them() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told(analysed()));
    stage.keys("tab tab tab enter r");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("account, by analytics · 90 days (UTC) · shop, development"),
        "{frame}"
    );
    let of_sixty = requests_of(&frame, "anthropic/claude-sonnet-4.5");
    stage.keys("r r r");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("account, by activity; today by analytics · 30 days (UTC) · shop"),
        "{frame}"
    );
    assert!(requests_of(&frame, "anthropic/claude-sonnet-4.5") < of_sixty);
    // Without them it is said from when on the days are known.
    let mut stage = looking();
    stage.keys("tab tab tab down enter r");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("known from 2026-10-26"), "{frame}");
}

/// The requests in the row of a name.
fn requests_of(frame: &str, name: &str) -> u64 {
    let row = frame.lines().rfind(|line| line.contains(name));
    let row = row.expect("it has a row");
    let mut cells = row.split_whitespace().skip_while(|cell| *cell != "%");
    let count = cells.nth(1).expect("requests behind the share");
    count.replace(',', "").parse().expect("a number")
}

#[test]
fn the_keys_are_headed_by_the_days_that_are_told_of_them() {
    let keys = |stage: &mut Rehearsal, ranges: &str| {
        stage.keys("tab tab tab").keys(ranges);
        let head = head(stage, 120);
        (head, stage.frame(120, 36))
    };
    let mut stage = looking();
    // 30 days and today among them: 29 are over.
    let (head, _) = keys(&mut stage, "");
    assert!(
        head.contains("keys · 29 completed days (UTC) · as"),
        "{head}"
    );
    let mut stage = looking();
    let (head, _) = keys(&mut stage, "r");
    assert!(
        head.contains("keys · 30 completed days (UTC) · as"),
        "{head}"
    );
    // Of a day that is not over the keys themselves tell what it cost, and nobody how many requests.
    let mut stage = looking();
    let (head, frame) = keys(&mut stage, "r r");
    assert!(head.contains("keys · today (UTC) · as of"), "{head}");
    let row = frame.lines().find(|line| line.contains("shop, dev"));
    assert!(row.expect("its row").contains(" $0.38 "), "{frame}");
    assert!(!frame.contains("requests"), "{frame}");
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told(analysed()));
    let (head, frame) = keys(&mut stage, "r");
    assert!(head.contains("keys · 90 days (UTC) · as of"), "{head}");
    assert!(frame.contains("requests"), "{frame}");
}

#[test]
fn providers_of_ninety_days_are_told_as_far_as_they_are_and_why_no_further() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told(analysed())).keys("tab tab r");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("providers: last 31 days only"), "{frame}");
    assert!(frame.contains("Anthropic") && frame.contains("(not told)"));
}

#[test]
fn a_range_is_not_offered_for_a_single_day() {
    let mut stage = looking();
    stage.keys("down enter");
    let before = stage.frame(120, 36);
    assert!(!before.contains("r range"), "{before}");
    stage.keys("r");
    assert_eq!(stage.frame(120, 36), before);
}

#[test]
fn a_remark_about_a_key_leads_to_that_key() {
    const DEAR: Phrase = Phrase::new("dear", "贵");
    let mut told = told(figures());
    let review = told.outlook.review.as_mut().expect("a review");
    review.remarks = vec![Remark {
        id: "dear-key",
        model: None,
        key: Some(OWN.into()),
        monthly: Some(Usd::from_cents(900)),
        instead: None,
        said: DEAR.into(),
    }];
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told).keys("s tab tab tab tab tab");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("shop, development: $9.00 a month"),
        "{frame}"
    );
    stage.keys("enter");
    // The key's models, by the account: the ledger does not tell keys apart.
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("account, by activity · 30 days (UTC) · shop, development"),
        "{frame}"
    );
    assert!(frame.contains("› anthropic/claude-sonnet-4.5"), "{frame}");
    stage.keys("esc");
    assert!(stage.frame(120, 36).contains("shop, development: $9.00"));
}
