//! Every state of every screen, drawn at three sizes and in both languages, reviewed by eye.

mod account_keys;
mod alerts;
mod bad_streams;
mod chat;
mod chat_asking;
mod chat_bills;
mod chat_branches;
mod chat_choosing;
mod chat_continuing;
mod chat_editor;
mod chat_files;
mod chat_hints;
mod chat_keeping;
mod chat_limits;
mod chat_mending;
mod chat_money;
mod chat_queue;
mod chat_templates;

mod elsewhere;
mod limits;
mod marking;
mod mending;
mod menu_sheet;
mod models;
mod pair;
mod plain_chat;
#[path = "../support/mod.rs"]
mod support;
mod transcript;
mod usage;
mod usage_looking;
mod usage_nothing;
mod usage_prices;
mod usage_requests;

use onramp::domain::service_group::ServiceGroup;
use onramp::flow::env::CureReview;
use onramp::flow::surroundings::Surroundings;
use onramp::flow::{Effect, Reply, Ticket};
use onramp::text::Lang;
use support::KEY;
use support::gallery::start::surroundings;
use support::gallery::{Rehearsal, states, winners};

const SIZES: [(u16, u16); 3] = [(60, 18), (80, 24), (120, 36)];

#[test]
fn every_state_looks_as_reviewed() {
    for (name, make) in states() {
        let mut album = String::new();
        for lang in [Lang::En, Lang::Zh] {
            for (columns, rows) in SIZES {
                let mut stage = Rehearsal::new(lang, false);
                make(&mut stage);
                let frame = stage.frame(columns, rows);
                assert!(!frame.contains(KEY), "{name}: the key stands in a frame");
                album.push_str(&format!("── {} {columns}×{rows} ──\n{frame}\n", lang.tag()));
            }
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!(name, album);
        });
    }
}

#[test]
fn nothing_in_the_header_lies_over_something_else() {
    for lang in [Lang::En, Lang::Zh] {
        for is_sandbox in [false, true] {
            for columns in 40..=100 {
                let mut stage = Rehearsal::new(lang, is_sandbox);
                let frame = stage.frame(columns, 24);
                let header = frame.lines().next().unwrap_or_default();
                let words: Vec<&str> = header.split_whitespace().collect();
                for word in ["onramp", "1", "2", "3", "4"] {
                    assert!(words.contains(&word), "{columns}: {header}");
                }
                let (badge, switch) = match lang {
                    Lang::En => ("SANDBOX", "EN/中文"),
                    Lang::Zh => ("沙盒", "中文/EN"),
                };
                assert!(words.contains(&switch), "{columns}: {header}");
                assert_eq!(words.contains(&badge), is_sandbox, "{columns}: {header}");
            }
        }
    }
}

#[test]
fn the_way_out_stays_on_the_last_line_at_every_width() {
    for (name, make) in states() {
        for (lang, ways) in [
            (Lang::En, ["? help", "q quit", "Ctrl+P actions"]),
            (Lang::Zh, ["? 帮助", "q 退出", "Ctrl+P 操作"]),
        ] {
            let mut stage = Rehearsal::new(lang, false);
            make(&mut stage);
            for columns in [40, 60, 80] {
                let frame = stage.frame(columns, 24);
                let bar = frame.lines().last().unwrap_or_default();
                let [helps, ends, lists] = ways.map(|way| bar.contains(way));
                // While something is typed these two are no keys, and two answers to choose from, or a list of
                // names, come before everything; a sheet over the screen has its own way out.
                let urgent = ["Alt+, ", "Tab complete", "Tab 补全"];
                let is_urgent = urgent.iter().any(|way| bar.contains(way));
                let is_typing = !helps && !ends && (lists || is_urgent);
                let is_sheet = bar.starts_with(" Esc ") && !(helps || ends || lists);
                let is_told = helps && ends && (lists || columns < 80);
                assert!(
                    is_typing || is_sheet || is_told,
                    "{name} at {columns}: {bar}"
                );
            }
        }
    }
}

#[test]
fn the_sandbox_shows_its_badge_on_every_page() {
    for (lang, badge) in [(Lang::En, "SANDBOX"), (Lang::Zh, "沙盒")] {
        // Keys of the person's own are not looked at there, so they cannot differ.
        for (name, make) in states()
            .into_iter()
            .filter(|(name, _)| *name != "key-conflict")
        {
            for (columns, rows) in SIZES {
                let mut stage = Rehearsal::new(lang, true);
                make(&mut stage);
                let frame = stage.frame(columns, rows);
                let header = frame.lines().next().unwrap_or_default();
                assert!(
                    header.contains(badge),
                    "{name} at {columns}×{rows}: {header}"
                );
            }
        }
    }
}

#[test]
fn every_state_fits_its_frame_in_columns() {
    for (name, make) in states() {
        for lang in [Lang::En, Lang::Zh] {
            for (columns, rows) in SIZES {
                let mut stage = Rehearsal::new(lang, false);
                make(&mut stage);
                for line in stage.frame(columns, rows).lines() {
                    let width = onramp::ui::wrap::width(line);
                    assert!(
                        width <= usize::from(columns),
                        "{name}: {width} columns: {line}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_window_of_ten_by_three_says_so_and_nothing_breaks() {
    for (name, make) in states() {
        for (columns, rows) in [(10, 3), (1, 1), (39, 11), (40, 12), (41, 13)] {
            let mut stage = Rehearsal::new(Lang::En, false);
            make(&mut stage);
            let frame = stage.frame(columns, rows);
            assert!(frame.len() < 10_000, "{name}");
        }
    }
    let mut stage = Rehearsal::new(Lang::En, false);
    assert!(stage.frame(20, 5).contains("The window is too\nsmall"));
    let mut stage = Rehearsal::new(Lang::Zh, false);
    assert!(stage.frame(20, 5).contains("窗口太小"));
}

#[test]
fn a_key_entered_before_the_look_round_is_over_goes_to_the_server_that_is_meant() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("enter enter").paste(KEY).keys("enter");
    let asked = |stage: &Rehearsal| -> Vec<String> {
        let servers = stage.effects.iter().filter_map(|effect| match effect {
            Effect::CheckKey { server, .. } => Some(server.clone()),
            _ => None,
        });
        servers.collect()
    };
    assert_eq!(asked(&stage), Vec::<String>::new());
    let around = Surroundings {
        server: Some("http://127.0.0.1:4711/api/v1".into()),
        ..surroundings()
    };
    stage.looked(around);
    assert_eq!(asked(&stage), ["http://127.0.0.1:4711/api/v1"]);
}

#[test]
fn a_finding_is_mended_only_after_its_change_was_seen_and_agreed_to() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.looking().keys("enter");
    let ticket = stage.ticket();
    let last = |stage: &Rehearsal| stage.effects.last().cloned();
    assert!(matches!(
        last(&stage),
        Some(Effect::ReviewCure { finding, .. }) if finding.id == "empty-with-blanks"
    ));
    let review = CureReview {
        change: support::gallery::findings::cured_change(),
        note: None,
    };
    // A late answer to another question changes nothing.
    stage.reply(Reply::CureReviewed {
        ticket: Ticket(1),
        review: Ok(Box::new(review.clone())),
    });
    stage.keys("enter");
    assert!(!stage.effects.contains(&Effect::ApplyCure { ticket }));
    stage.cure(review.clone()).keys("down enter");
    assert!(!stage.effects.contains(&Effect::ApplyCure { ticket }));
    stage.keys("enter").cure(review).keys("enter");
    let ticket = stage.ticket();
    assert_eq!(last(&stage), Some(Effect::ApplyCure { ticket }));
    // What is being done cannot be left; what was done is worked out anew.
    stage.keys("esc enter");
    assert_eq!(last(&stage), Some(Effect::ApplyCure { ticket }));
    let done = onramp::text::Said::verbatim("mended");
    stage.reply(Reply::CureApplied {
        ticket,
        outcome: Ok(done),
    });
    assert!(matches!(last(&stage), Some(Effect::ReviewEnv { .. })));
}

#[test]
fn which_program_reads_which_key_is_looked_up_anew_each_time_it_is_asked() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let first = stage.wondering().ticket();
    let asked = |stage: &Rehearsal, ticket| {
        let last = stage.effects.last();
        last == Some(&Effect::FindWinners { ticket })
    };
    assert!(asked(&stage, first));
    let told = |ticket| Reply::WinnersFound {
        ticket,
        table: Box::new(winners::from_the_shell()),
    };
    // Left before the answer: it finds nobody, and the change is where it was.
    stage.keys("esc").reply(told(first));
    assert!(stage.frame(80, 24).contains("› Write this change"));

    let mut stage = Rehearsal::new(Lang::En, false);
    let first = stage.wondering_afterwards().ticket();
    stage.tell(winners::from_one_file());
    let frame = stage.frame(80, 24);
    let row = |title: &str| frame.lines().find(|line| line.contains(title));
    let reads = |title, source| row(title).is_some_and(|row| row.contains(source));
    assert!(reads("* Next.js, Bun ", " .env.local line 1 "), "{frame}");
    assert!(reads("  python-dotenv ", " nothing "), "{frame}");
    stage.keys("pgdn");
    assert!(stage.frame(80, 24).contains("› Back"));
    stage.keys("enter");
    assert!(stage.frame(80, 24).contains("› Continue"));
    // What was told before is no answer to what is asked now.
    let second = stage.keys("down down down enter").ticket();
    assert!(second != first && asked(&stage, second));
    stage.reply(told(first));
    assert!(stage.frame(80, 24).contains("▸ looking at every place"));
}

#[test]
fn what_is_taken_back_meanwhile_is_heard_behind_the_table() {
    let mut stage = Rehearsal::new(Lang::En, false);
    let undoing = stage.written().keys("down enter").ticket();
    stage.keys("down down enter").tell(winners::from_one_file());
    stage.reply(Reply::EnvUndone {
        ticket: undoing,
        outcome: Ok(onramp::text::Said::verbatim("put back")),
    });
    assert!(matches!(
        stage.effects.last(),
        Some(Effect::ReviewEnv { .. })
    ));
    assert!(stage.frame(80, 24).contains("What programs read"));
}

#[test]
fn the_service_template_is_chosen_group_by_group() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage
        .reviewed()
        .keys("down down down enter down enter down down enter");
    stage.keys("up enter up enter down enter esc");
    let planned = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReviewEnv { plan, .. } => Some(plan.groups.clone()),
        _ => None,
    });
    // Database and signing on; then Redis on, database off, Redis off again.
    assert_eq!(planned, Some(vec![ServiceGroup::Signing]));
}

#[test]
fn the_tree_is_looked_over_once_and_not_at_all_in_the_sandbox() {
    for (is_sandbox, expected) in [(false, 1), (true, 0)] {
        let mut stage = Rehearsal::new(Lang::En, is_sandbox);
        stage.looked(surroundings()).looked(surroundings());
        let looks = stage.effects.iter();
        let looks = looks.filter(|effect| **effect == Effect::LookOverTree);
        assert_eq!(looks.count(), expected);
    }
    let mut stage = Rehearsal::new(Lang::En, true);
    stage.reviewed().leaked();
    assert!(!stage.frame(120, 36).contains("client.py"));
}
