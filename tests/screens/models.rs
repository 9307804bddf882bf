//! What the Models screen asks for, finds and hands on.

use onramp::domain::symptom::Symptom;
use onramp::flow::{Effect, Reply, ScreenName, Ticket};
use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::models::{all, sonnet};
use crate::support::gallery::start::surroundings;

fn stage() -> Rehearsal {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.keys("4").list_all();
    stage
}

/// The ids of the rows on show, from the top.
fn rows(stage: &mut Rehearsal) -> Vec<String> {
    let frame = stage.frame(160, 40);
    let ids: Vec<String> = all().iter().map(|card| card.id.to_string()).collect();
    let words = frame.lines().filter_map(|line| {
        line.split_whitespace()
            .find(|word| ids.iter().any(|id| id == word))
    });
    words.map(str::to_owned).collect()
}

#[test]
fn what_is_in_use_stands_first_then_favourites_and_what_was_used_lately() {
    let mut stage = stage();
    let before = rows(&mut stage);
    assert_eq!(before.len(), all().len());
    assert_eq!(before[0], "openai/gpt-5-mini");
    stage.keys("/").paste("qwen").keys("tab *");
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::KeepFavourite {
            model: "qwen/qwen3-coder".into(),
            is_one: true,
        })
    );
    stage.keys("esc");
    let after = rows(&mut stage);
    assert_eq!(after[..2], ["openai/gpt-5-mini", "qwen/qwen3-coder"]);
    stage.keys("m");
    assert_eq!(rows(&mut stage), ["qwen/qwen3-coder"]);
    // Nothing is left of it when the mark is taken away and the list is made anew.
    stage.keys("* m m");
    let frame = stage.frame(80, 24);
    assert!(frame.contains("* marks a favourite"), "{frame}");
}

#[test]
fn every_letter_finds_anew_and_esc_takes_it_back_step_by_step() {
    let mut stage = stage();
    stage.keys("/ c l a u d e");
    let found = rows(&mut stage);
    assert!(
        found[..2].iter().all(|id| id.contains("claude")),
        "{found:?}"
    );
    // Letters that are keys elsewhere are typed here.
    stage.keys("4 . 5 - q u");
    assert_eq!(stage.app.front_name(), ScreenName::Models);
    stage.keys("esc f");
    assert_eq!(rows(&mut stage), ["meta-llama/llama-3.3-70b-instruct:free"]);
    stage.keys("esc");
    assert_eq!(rows(&mut stage).len(), all().len());
}

#[test]
fn orders_and_filters_work_together() {
    let mut stage = stage();
    stage.keys("s s");
    let by_price = rows(&mut stage);
    assert_eq!(by_price[0], "meta-llama/llama-3.3-70b-instruct:free");
    assert_eq!(by_price.last().map(String::as_str), Some("openrouter/auto"));
    stage.keys("i c c c");
    assert_eq!(
        rows(&mut stage),
        [
            "openai/gpt-5-mini",
            "anthropic/claude-sonnet-4.5",
            "anthropic/claude-opus-4.5"
        ]
    );
    stage.keys("$ $ $");
    assert_eq!(rows(&mut stage), ["openai/gpt-5-mini"]);
    stage.keys("x");
    assert_eq!(rows(&mut stage).len(), all().len());
}

#[test]
fn one_model_is_asked_about_and_a_late_answer_finds_nobody() {
    let mut stage = stage();
    stage.keys("down down enter");
    let (first, id) = stage.model_asked();
    assert_eq!(id, "anthropic/claude-sonnet-4.5");
    stage.keys("esc");
    assert_eq!(stage.effects.last(), Some(&Effect::Cancel(first)));
    stage.keys("enter");
    assert_ne!(stage.model_asked().0, first);
    stage.reply(Reply::ModelShown {
        ticket: first,
        shown: Ok(None),
    });
    let frame = stage.frame(120, 36);
    assert!(frame.contains("asking who runs it"), "{frame}");
    stage.tell_model(sonnet());
    let frame = stage.frame(120, 36);
    assert!(frame.contains("Amazon Bedrock") && frame.contains("! Google: not answering"));
    // What was told stays on show while it is asked again, and when nobody answers.
    stage
        .press(Chord::plain(Key::F(5)))
        .untold_model(&Symptom::NoKey);
    let frame = stage.frame(120, 36);
    assert!(
        frame.contains("below is what was told at 14:03 UTC"),
        "{frame}"
    );
    assert!(frame.contains("Amazon Bedrock"));
}

#[test]
fn a_model_becomes_the_projects_or_is_asked_at_once() {
    let mut stage = stage();
    stage.keys("down down u");
    let kept = Effect::KeepModel {
        model: "anthropic/claude-sonnet-4.5".into(),
        server: stage.app.facts().base_url.clone(),
    };
    assert_eq!(stage.effects.last(), Some(&kept));
    assert!(stage.frame(80, 24).contains("from now on"));
    let count = stage.effects.len();
    stage.keys("u");
    assert_eq!(stage.effects.len(), count, "it is in use already");
    // A variant of a model that the list has not is one all the same.
    stage.keys("v 2");
    let kept = Effect::KeepModel {
        model: "anthropic/claude-sonnet-4.5:nitro".into(),
        server: stage.app.facts().base_url.clone(),
    };
    assert_eq!(stage.effects.last(), Some(&kept));
    stage.keys("down a");
    assert_eq!(stage.app.front_name(), ScreenName::Chat);
    assert!(
        stage
            .frame(80, 24)
            .contains("deepseek/deepseek-v3.2 is asked")
    );
    stage.looked(surroundings()).ask("hello");
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::Converse { talk, .. } => Some(talk.request.model.clone()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("deepseek/deepseek-v3.2"));
    let recent = Effect::KeepRecent("deepseek/deepseek-v3.2".into());
    assert!(stage.effects.contains(&recent));
    stage.press(Chord::alt('4'));
    let frame = stage.frame(120, 36);
    let row = frame.lines().find(|line| line.contains("deepseek-v3.2"));
    assert!(row.is_some_and(|row| row.contains("recent")), "{frame}");
}

#[test]
fn the_picker_marks_favourites_and_shows_them_first() {
    let mut stage = stage();
    stage.keys("3").press(Chord::ctrl('o'));
    stage.paste("qwen").press(Chord::ctrl('f'));
    let marked = Effect::KeepFavourite {
        model: "qwen/qwen3-coder".into(),
        is_one: true,
    };
    assert_eq!(stage.effects.last(), Some(&marked));
    assert!(stage.frame(80, 24).contains("› * qwen/qwen3-coder"));
    stage.keys("esc").press(Chord::ctrl('o'));
    assert!(stage.frame(80, 24).contains("› * qwen/qwen3-coder"));
}

#[test]
fn another_server_has_another_list() {
    let mut stage = stage();
    stage.keys("enter").reply(Reply::SandboxStarted {
        base_url: Ok("http://127.0.0.1:4711/api/v1".into()),
    });
    let is_asked = |effect: &Effect| match effect {
        Effect::ListModels(account) => account.server.contains("4711"),
        _ => false,
    };
    assert!(stage.effects.iter().any(is_asked));
    let frame = stage.frame(80, 24);
    assert!(frame.contains("asking for the list"), "{frame}");
    assert!(!frame.contains("claude"));
    let late = Ticket(3_000_001);
    stage.reply(Reply::ModelShown {
        ticket: late,
        shown: Ok(None),
    });
    stage.list_all();
    assert_eq!(rows(&mut stage).len(), all().len());
}

#[test]
fn a_click_on_a_filter_turns_it_and_one_on_a_row_opens_it() {
    use onramp::flow::Event;
    let mut stage = stage();
    let frame = stage.frame(80, 24);
    let chips = frame.lines().nth(1).expect("a frame");
    let at = chips.chars().position(|c| c == 'f').expect("a filter");
    let column = u16::try_from(at).expect("a column");
    stage.event(Event::Click(column, 1));
    assert_eq!(rows(&mut stage), ["meta-llama/llama-3.3-70b-instruct:free"]);
    stage.frame(80, 24);
    stage.event(Event::Click(10, 4));
    assert_eq!(
        stage.model_asked().1,
        "meta-llama/llama-3.3-70b-instruct:free"
    );
}

#[test]
fn one_filter_that_is_set_cuts_no_word_of_the_others_at_80_columns() {
    for lang in [Lang::En, Lang::Zh] {
        for key in ["s", "f", "m", "i", "p", "c", "$"] {
            let mut stage = Rehearsal::new(lang, false);
            stage.keys("4").list_models();
            let line = |stage: &mut Rehearsal| {
                let frame = stage.frame(80, 24);
                frame.lines().nth(1).expect("the filters").to_owned()
            };
            let off = line(&mut stage);
            // Every value that it goes through.
            loop {
                stage.keys(key);
                let on = line(&mut stage);
                if !on.contains('✓') {
                    break;
                }
                let words = off.split('─').map(str::trim).filter(|word| word.len() > 1);
                for word in words.filter(|word| !word.starts_with(key)) {
                    assert!(on.contains(word), "{key}: {word} is missing: {on}");
                }
            }
        }
    }
}
