//! The prices: live ones, the vendors' own beside them, and that the table is always of what is known now.

use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::usage::{figures, offline_since, told};
use crate::usage::{head, looking};

#[test]
fn what_is_left_for_free_models_stands_beside_them() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab tab");
    let frame = stage.frame(120, 36);
    let row = frame.lines().find(|line| line.contains("llama-3.3-70b"));
    let is_beside = row.is_some_and(|row| row.contains(" 988 "));
    assert!(is_beside && frame.contains("left today"), "{frame}");
    // A figure of another day is not adopted.
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(offline_since(192));
    stage.keys("tab tab tab tab tab tab");
    assert!(!stage.frame(120, 36).contains("left today"));
}

#[test]
fn a_vendors_own_price_stands_beside_the_live_one() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab tab");
    for columns in [80, 120] {
        let frame = stage.frame(columns, 36);
        let row = frame.lines().find(|line| line.contains("gpt-5-mini "));
        let row = row.expect("its row");
        assert!(row.contains("0.25 / 2.00"), "{frame}");
    }
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("left today") && frame.contains("my month"),
        "{frame}"
    );
}

#[test]
fn the_head_of_the_prices_says_that_direct_ones_are_a_snapshot_and_of_when() {
    // Of the oldest of those that are listed.
    for (columns, keys, words) in [
        (80, "", "direct: snapshot ≥ 2026-02"),
        (120, "", "direct: a snapshot of vendors' pages ≥ 2026-02"),
        (80, "f2", "直连：快照 ≥ 2026-02"),
        (120, "f2", "直连：厂商网页快照 ≥ 2026-02"),
    ] {
        let mut stage = looking();
        stage.keys(keys).keys("tab tab tab tab tab tab");
        let head = head(&mut stage, columns);
        assert!(head.contains(words) && head.contains("14:03 UTC"), "{head}");
    }
    // Nothing is said of prices that are not there.
    let mut told = told(figures());
    let list = told.models.as_mut().expect("a list");
    list.value.retain(|card| card.id.contains("mistral"));
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("2").learn(told).keys("tab tab tab tab tab tab");
    let head = head(&mut stage, 120);
    assert!(!head.contains("direct"), "{head}");
}

#[test]
fn the_note_on_a_model_names_day_and_page_of_its_vendors_price() {
    const PAGE: &str = "https://platform.claude.com/docs/en/about-claude/pricing";
    for (columns, keys, words) in [
        (80, "", ["direct", "a snapshot, 2026-02-05 or later"]),
        (120, "", ["direct", "a snapshot, 2026-02-05 or later"]),
        (80, "f2", ["直连", "快照，不早于 2026-02-05"]),
        (120, "f2", ["直连", "快照，不早于 2026-02-05"]),
    ] {
        let mut stage = looking();
        stage.keys(keys).keys("tab tab tab tab tab tab enter");
        let frame = stage.frame(columns, 24);
        let told = |line: &&str| words.iter().all(|part| line.contains(part));
        let row = frame.lines().find(told);
        assert!(
            row.is_some_and(|row| row.contains("3.00 / 15.00")),
            "{frame}"
        );
        assert!(frame.contains(PAGE), "{frame}");
    }
}

#[test]
fn prices_are_those_that_were_learned_last() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab tab");
    assert!(stage.frame(120, 36).contains("mistralai/mistral-old"));
    let mut later = told(figures());
    let list = later.models.as_mut().expect("a list");
    list.value.retain(|card| !card.id.contains("mistral"));
    // Nothing else changes: neither the words nor what is looked for.
    stage.keys("f5").learn(later);
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("haiku-4.5") && !frame.contains("mistral-old"),
        "{frame}"
    );
    // A row that is gone is not chosen.
    stage.keys("pgdn pgdn");
    assert!(stage.frame(120, 36).contains("› meta-llama"));
}

#[test]
fn prices_are_said_in_the_words_of_the_language() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab tab");
    assert!(stage.frame(120, 36).contains("large job"));
    stage.keys("f2");
    assert!(stage.frame(120, 36).contains("大任务"));
    stage.keys("f2");
    assert!(stage.frame(120, 36).contains("large job"));
}

#[test]
fn prices_are_those_of_what_is_looked_for() {
    let mut stage = looking();
    stage.keys("tab tab tab tab tab tab");
    assert!(stage.frame(120, 36).contains("mistralai/mistral-old"));
    stage.keys("/ h");
    stage.frame(120, 36);
    stage.keys("a i k u");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("› anthropic/claude-haiku-4.5"), "{frame}");
    assert!(!frame.contains("mistral-old"), "{frame}");
    // The keys go by the rows that are left, whether they were drawn or not.
    stage.keys("esc");
    stage.frame(120, 36);
    stage.keys("/ c l a u d e pgdn up");
    let frame = stage.frame(120, 36);
    assert!(frame.contains("› anthropic/claude-sonnet-4.5"), "{frame}");
    assert!(frame.contains("  anthropic/claude-haiku-4.5"), "{frame}");
}

#[test]
fn a_month_of_the_prices_is_that_of_the_source_on_show() {
    let mut stage = looking();
    let month = |stage: &mut Rehearsal| {
        let frame = stage.frame(120, 36);
        let row = frame.lines().find(|line| line.contains("gpt-5-mini "));
        let row = row.expect("its row");
        let mut amounts = row.split_whitespace().filter(|word| word.starts_with('$'));
        amounts.next_back().map(str::to_owned)
    };
    stage.keys("tab tab tab tab tab tab");
    let of_account = month(&mut stage);
    // Away, to the ledger's figures, and back, before anything is drawn.
    stage.keys("tab s tab tab tab tab tab tab");
    let of_ledger = month(&mut stage);
    assert!(of_account.is_some() && of_ledger.is_some());
    assert_ne!(of_account, of_ledger);
}
