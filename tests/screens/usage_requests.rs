//! The requests of this program, and the sheet on which one is read.

use onramp::flow::usage::MOST_REQUESTS;

use crate::support::gallery::usage::requests;
use crate::usage::{head, looking};

#[test]
fn a_list_that_holds_only_the_latest_requests_says_so() {
    let heads = [MOST_REQUESTS - 1, MOST_REQUESTS].map(|count| {
        let one = requests().remove(1);
        let mut stage = looking();
        stage.keys("tab tab tab tab").look_up(vec![one; count]);
        head(&mut stage, 80)
    });
    assert!(!heads[0].contains("latest"), "{heads:?}");
    assert!(heads[1].contains("the latest 500"), "{heads:?}");
}

#[test]
fn a_request_that_failed_says_so_at_eighty_columns_and_without_colour() {
    for (columns, reason) in [(80, false), (120, true)] {
        let mut failed = requests().remove(3);
        let long = "meta-llama/llama-3.3-70b-instruct:free";
        failed.ending.model = None;
        failed.begun.model = long.into();
        let mut stage = looking();
        stage.keys("tab tab tab tab").look_up(vec![failed]);
        let frame = stage.frame(columns, 36);
        let row = frame.lines().find(|line| line.contains("meta-llama"));
        let row = row.expect("its row");
        assert!(row.contains("failed"), "{frame}");
        assert_eq!(row.contains("rate-limited"), reason, "{frame}");
    }
}

#[test]
fn a_sheet_that_is_only_read_offers_nothing_to_take() {
    let mut stage = looking();
    stage.keys("a");
    let frame = stage.frame(80, 24);
    let bar = frame.lines().last().unwrap_or_default();
    assert!(bar.contains("Esc close") && !bar.contains("take"), "{bar}");
}
