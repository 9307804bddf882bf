//! Which model is asked, by its name or by a part of it.

use std::sync::Arc;

use onramp::domain::figures::Known;
use onramp::flow::surroundings::Surroundings;
use onramp::flow::{Effect, Reply};
use onramp::keymap::{Chord, Key};

use crate::chat::{asked, enter, stage};
use crate::support::gallery::Rehearsal;

fn line(stage: &mut Rehearsal, text: &str) {
    stage.paste(text);
    enter(stage);
}

#[test]
fn a_part_of_a_name_is_looked_for() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/model haiku");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("Choose a model") && frame.contains("haiku"),
        "{frame}"
    );
    enter(&mut stage);
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "anthropic/claude-haiku-4.5");
}

#[test]
fn a_whole_name_is_taken_whether_the_list_has_it_or_not() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/model acme/own:nitro");
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "acme/own:nitro");
}

#[test]
fn a_project_gets_no_model_that_nobody_has() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/project-model haiku");
    let kept = |stage: &Rehearsal| {
        let effects = stage.effects.iter();
        let models = effects.filter_map(|effect| match effect {
            Effect::KeepModel { model, .. } => Some(model.clone()),
            _ => None,
        });
        models.collect::<Vec<_>>()
    };
    assert!(kept(&stage).is_empty());
    enter(&mut stage);
    assert_eq!(kept(&stage), ["anthropic/claude-haiku-4.5"]);
}

#[test]
fn a_rival_is_found_by_a_part_of_its_name_while_its_question_waits() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/compare haiku How do I sort?");
    enter(&mut stage);
    assert!(stage.frame(80, 24).contains("│ How do I sort?"));
    enter(&mut stage);
    stage.compose();
    let models: Vec<String> = asked(&stage).into_iter().map(|it| it.model).collect();
    assert_eq!(models, ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5"]);
}

#[test]
fn a_model_is_not_compared_with_itself() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/compare openai/gpt-5-mini");
    assert!(stage.frame(80, 24).contains("is asked already"));
    stage.ask("one");
    assert_eq!(asked(&stage).len(), 1);
}

#[test]
fn help_and_leaving_are_commands_too() {
    let mut stage = stage();
    line(&mut stage, "/help");
    assert!(stage.frame(80, 24).contains("Keys of this screen"));
    stage.press(Chord::plain(Key::Esc));
    line(&mut stage, "/quit");
    assert!(stage.app.is_over());
}

#[test]
fn the_palette_knows_what_commands_are_called() {
    let mut stage = stage();
    stage.keys("ctrl-p").paste("export");
    enter(&mut stage);
    assert!(!stage.frame(80, 24).contains("No action"));
    assert!(
        stage.frame(80, 24).contains("nothing"),
        "{}",
        stage.frame(80, 24)
    );
}

#[test]
fn the_picker_opens_before_the_list_is_there_and_fills_when_it_comes() {
    let mut stage = stage();
    let lists = |stage: &Rehearsal| {
        let effects = stage.effects.iter();
        effects
            .filter(|effect| matches!(effect, Effect::ListModels(_)))
            .count()
    };
    assert_eq!(lists(&stage), 1);
    stage.press(Chord::ctrl('o')).paste("haiku");
    assert!(stage.frame(80, 24).contains("loading the list of models"));
    // It is on its way already.
    assert_eq!(lists(&stage), 1);
    stage.list_models();
    let frame = stage.frame(80, 24);
    assert!(frame.contains("› anthropic/claude-haiku-4.5"), "{frame}");
    enter(&mut stage);
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "anthropic/claude-haiku-4.5");
}

#[test]
fn a_list_that_does_not_come_is_told_in_the_picker_and_asked_for_again() {
    let mut stage = stage();
    let trouble = onramp::diagnosis::explain(&onramp::domain::symptom::Symptom::NoKey);
    let title = trouble.title.say(onramp::text::Lang::En);
    let missed = || Err(Box::new(trouble.clone()));
    stage.press(Chord::ctrl('o')).hear_list(missed());
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains(&title) && frame.contains("Ctrl+R try again"),
        "{frame}"
    );
    stage.press(Chord::ctrl('r'));
    assert!(matches!(stage.effects.last(), Some(Effect::ListModels(_))));
    assert!(stage.frame(80, 24).contains("loading the list of models"));
    stage.hear_list(missed()).keys("esc");
    // Nobody asks any more: the next picker does.
    stage.press(Chord::ctrl('o'));
    assert!(matches!(stage.effects.last(), Some(Effect::ListModels(_))));
    stage.paste("acme/own");
    enter(&mut stage);
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "acme/own");
}

#[test]
fn a_bare_name_before_the_list_is_there_is_looked_for() {
    let mut stage = stage();
    line(&mut stage, "/model haiku");
    stage.list_models();
    enter(&mut stage);
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "anthropic/claude-haiku-4.5");
}

#[test]
fn what_has_blanks_in_it_is_no_models_name() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/model openai/gpt 5 mini");
    // It is looked for.
    assert!(stage.frame(80, 24).contains("Choose a model"));
    enter(&mut stage);
    stage.keys("esc");
    line(&mut stage, "/model acme/none of these");
    enter(&mut stage);
    let frame = stage.frame(80, 24);
    assert!(frame.contains("no name has blanks in it"), "{frame}");
    stage.keys("esc");
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "openai/gpt-5-mini");
}

#[test]
fn a_second_line_behind_a_models_name_is_not_swallowed() {
    for command in ["/model", "/project-model"] {
        let mut stage = stage();
        stage.list_models();
        line(
            &mut stage,
            &format!("{command} acme/own\n/compare acme/other"),
        );
        let frame = stage.frame(80, 24);
        assert!(frame.contains("a model's name is one line"), "{frame}");
        stage.ask("one");
        assert_eq!(asked(&stage)[0].model, "openai/gpt-5-mini");
    }
    let mut stage = stage();
    stage.list_models();
    line(
        &mut stage,
        "/compare anthropic/claude-haiku-4.5\n/model a/b",
    );
    assert!(stage.frame(120, 36).contains("this is a command"));
    stage.ask("one");
    assert_eq!(asked(&stage).len(), 1);
}

#[test]
fn the_half_of_a_name_gets_no_question() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/compare openai/gpt 5 mini");
    assert!(stage.frame(80, 24).contains("Choose a model"));
    assert!(asked(&stage).is_empty());
}

#[test]
fn a_model_that_retires_says_so_where_it_is_asked() {
    let mut stage = stage();
    stage.list_all();
    line(&mut stage, "/model openai/gpt-5-mini");
    assert!(!stage.frame(80, 24).contains("· ends "));
    line(&mut stage, "/model mistralai/mistral-large-2407");
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("mistralai/mistral-large-2407 · ends 2026-12-31"),
        "{frame}"
    );
}

#[test]
fn the_list_of_another_server_gives_way_to_that_of_the_one_that_answers() {
    let mut stage = stage();
    let old = stage.app.facts().base_url.clone();
    stage.list_models();
    let here = "http://127.0.0.1:9/api/v1";
    stage.looked(Surroundings {
        server: Some(here.into()),
        ..Surroundings::default()
    });
    assert!(stage.app.facts().models.is_none());
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::ListModels(account) => Some(account.server.clone()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some(here));
    // What was asked of the other one before comes late.
    let listed = Ok(Arc::new(Known {
        as_of: jiff::Timestamp::UNIX_EPOCH,
        value: Vec::new(),
    }));
    stage.reply(Reply::ModelsListed {
        server: old,
        listed,
    });
    assert!(stage.app.facts().models.is_none());
    stage.list_models();
    assert!(stage.app.facts().models.is_some());
}

#[test]
fn a_model_is_found_with_a_suffix_that_any_model_takes_and_carries_it() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/model sonnet:nitro");
    let frame = stage.frame(80, 24);
    assert!(frame.contains("claude-sonnet-4.5:nitro"), "{frame}");
    enter(&mut stage);
    stage.ask("one");
    assert_eq!(asked(&stage)[0].model, "anthropic/claude-sonnet-4.5:nitro");
}

#[test]
fn a_price_that_nobody_knows_is_said_where_others_are_known() {
    let mut stage = stage();
    stage.list_models();
    line(&mut stage, "/model openrouter/auto");
    stage.paste("hello there");
    let frame = stage.frame(80, 24);
    assert!(frame.contains("tokens in · price not known"), "{frame}");
}
