//! What is said where there are no rows: that nothing was spent only where somebody told so.

use onramp::domain::figures::{Gathered, Part};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::usage::UsageTold;
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::usage::{analysed, figures, offline_since, told};

#[test]
fn days_that_nobody_told_are_no_days_without_spend() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(offline_since(192)).keys("r r");
    for range in ["today (UTC)", "7 days (UTC)"] {
        let frame = stage.frame(120, 36);
        assert!(frame.contains(range), "{frame}");
        assert!(frame.contains("Nothing is known of these days"), "{frame}");
        stage.keys("r");
    }
    assert!(!stage.frame(120, 36).contains("Nothing is known"));
}

/// A refused key, where nothing was learned before and this program asked for nothing.
fn refused() -> UsageTold {
    let refusal = Refusal {
        status: 401,
        ..Refusal::default()
    };
    nobody_told(Symptom::Refused(Box::new(refusal)))
}

fn nobody_told(symptom: Symptom) -> UsageTold {
    let mut told = told(Gathered {
        troubles: vec![(Part::Key, symptom)],
        ..Gathered::default()
    });
    told.local = Ok(Vec::new());
    told
}

/// Whether a frame says so, on however many lines.
fn says(frame: &str, words: &str) -> bool {
    let run_on = |text: &str| text.replace(|c: char| c == '│' || c.is_whitespace(), "");
    run_on(frame).contains(&run_on(words))
}

#[test]
fn where_nobody_tells_what_was_spent_it_is_not_told_to_be_nothing() {
    let dead = offline_since(20).gathered.troubles.remove(0).1;
    for told in [refused(), nobody_told(dead), nobody_told(Symptom::NoKey)] {
        for (lang, nothing, own, unknown, keys) in [
            (
                Lang::En,
                "Nothing was spent",
                "This program's own ledger holds nothing of these days",
                "What the account spent is not known",
                "The account's keys and what they spent are not known",
            ),
            (
                Lang::Zh,
                "没有花费",
                "本程序的账本中没有这些天的请求",
                "账户的花费未知",
                "账户的密钥及其花费未知",
            ),
        ] {
            for columns in [80, 120] {
                let mut stage = Rehearsal::new(lang, false);
                stage.keys("2").learn(told.clone());
                for view in ["days", "models", "providers"] {
                    let frame = stage.frame(columns, 24);
                    assert!(!says(&frame, nothing), "{view}: {frame}");
                    assert!(says(&frame, own), "{view}: {frame}");
                    assert!(says(&frame, unknown), "{view}: {frame}");
                    // The account's figures, asked for by name, are not told to lack a management key.
                    stage.keys("s");
                    let frame = stage.frame(columns, 24);
                    assert!(says(&frame, unknown), "{view}: {frame}");
                    assert!(!says(&frame, own), "{view}: {frame}");
                    assert!(!says(&frame, "MANAGEMENT"), "{view}: {frame}");
                    stage.keys("s tab");
                }
                // Keys.
                let frame = stage.frame(columns, 24);
                assert!(says(&frame, keys), "{frame}");
                assert!(!says(&frame, "MANAGEMENT"), "{frame}");
            }
        }
    }
}

#[test]
fn an_empty_ledger_is_told_as_such_where_the_account_is_known() {
    let mut told = told(figures());
    told.local = Ok(Vec::new());
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told).keys("s");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("own ledger holds nothing of these days"),
        "{frame}"
    );
    assert!(!frame.contains("not known"), "{frame}");
}

#[test]
fn nothing_spent_is_told_of_the_days_that_are_told() {
    let mut gathered = figures();
    if let Some(daily) = &mut gathered.figures.daily {
        daily.value.clear();
    }
    gathered.figures.keys = None;
    let frame = |gathered: Gathered| {
        let mut stage = Rehearsal::new(Lang::En, false);
        stage.keys("2").learn(told(gathered)).frame(80, 24)
    };
    // The activity tells completed days only.
    let seen = frame(gathered.clone());
    let words = "Nothing was spent up to 2026-11-24 (UTC), the last day that is told.";
    assert!(seen.contains(words), "{seen}");
    gathered.figures.today = analysed().figures.today.map(|mut today| {
        today.value.clear();
        today
    });
    let seen = frame(gathered);
    assert!(seen.contains("Nothing was spent in these days."), "{seen}");
}

#[test]
fn what_today_cost_stands_among_the_days_though_nobody_tells_on_what() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told(figures()));
    let row = |frame: &str, day: &str| {
        let row = frame.lines().find(|line| line.contains(day));
        row.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let frame = stage.frame(120, 36);
    let today = row(&frame, "› 2026-11-25").expect("today has a row");
    assert!(today.starts_with("│ › 2026-11-25 $0.98"), "{today}");
    assert!(!frame.contains("█ ?"), "today is known: {frame}");
    stage.keys("enter");
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("Of today only the sum is told so far"),
        "{frame}"
    );
    stage.keys("esc r r");
    let frame = stage.frame(120, 36);
    assert!(row(&frame, "› 2026-11-25").is_some(), "{frame}");
    // Of other days, and of one model, that sum says nothing.
    stage.keys("r r tab down enter");
    let frame = stage.frame(120, 36);
    assert!(row(&frame, " 2026-11-25").is_none(), "{frame}");
}

#[test]
fn an_account_without_keys_says_so() {
    let mut gathered = figures();
    if let Some(keys) = &mut gathered.figures.keys {
        keys.value.clear();
    }
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told(gathered)).keys("tab tab tab");
    let frame = stage.frame(80, 24);
    assert!(frame.contains("The account has no keys."), "{frame}");
}

#[test]
fn while_the_account_is_asked_an_empty_ledger_is_not_all_there_is() {
    for (lang, own, asked) in [
        (
            Lang::En,
            "ledger holds nothing of these days",
            "What the account spent is being asked for",
        ),
        (Lang::Zh, "账本中没有这些天的请求", "正在查询账户的花费"),
    ] {
        let mut stage = Rehearsal::new(lang, false);
        let mut told = told(Gathered::default());
        told.local = Ok(Vec::new());
        told.is_unfinished = true;
        let frame = stage.keys("2").learn(told).frame(80, 24);
        assert!(says(&frame, own) && says(&frame, asked), "{frame}");
    }
}
