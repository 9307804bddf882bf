//! Questions made by templates.

use onramp::flow::{Effect, Reply};

use crate::chat::{asked, enter, stage, words};

#[test]
fn a_template_is_read_before_it_is_sent() {
    let mut stage = stage();
    stage.paste("/template release 2.0");
    enter(&mut stage);
    stage.filled();
    let frame = stage.frame(80, 24);
    assert!(
        frame.contains("Write the notes of release") && frame.contains("read it before"),
        "{frame}"
    );
    enter(&mut stage);
    assert_eq!(asked(&stage).len(), 0);
    assert!(!stage.frame(80, 24).contains("read it before"));
    enter(&mut stage);
    stage.compose();
    let said = &words(&asked(&stage)[0])[0].1;
    assert_eq!(said, "Write the notes of release\n\n2.0");
}

#[test]
fn names_of_templates_that_come_late_are_offered_all_the_same() {
    let mut stage = stage();
    stage.paste("/template re");
    assert!(!stage.frame(80, 24).contains("› review"));
    stage.templates();
    assert!(stage.frame(80, 24).contains("› review"));
    stage.keys("tab");
    assert!(stage.frame(80, 24).contains("/template review"));
}

#[test]
fn names_of_templates_are_learned_while_one_is_being_filled() {
    let mut stage = stage();
    stage.paste("/template reviw this");
    enter(&mut stage);
    stage.templates();
    let filling = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::FillTemplate { ticket, .. } => Some(*ticket),
        _ => None,
    });
    stage.reply(Reply::TemplateFilled {
        ticket: filling.expect("it is filled"),
        filled: Err(onramp::text::Said::verbatim("did you mean review?")),
    });
    stage.paste("/template re");
    assert!(stage.frame(80, 24).contains("› review"));
}

#[test]
fn a_template_is_chosen_from_a_list_and_one_that_is_none_is_told() {
    let mut stage = stage();
    stage.paste("/template");
    enter(&mut stage);
    stage.templates();
    stage.keys("down enter");
    let Some(Effect::FillTemplate { ticket, wanted }) = stage.effects.last().cloned() else {
        panic!("it is filled");
    };
    assert_eq!(
        (wanted.name.as_str(), wanted.typed.as_str()),
        ("review", "")
    );
    let why = onramp::text::Said::verbatim("nothing is staged");
    stage.reply(Reply::TemplateFilled {
        ticket,
        filled: Err(why),
    });
    assert!(stage.frame(80, 24).contains("nothing is staged"));
}

#[test]
fn what_a_person_typed_to_a_template_is_sent_as_typed() {
    let mut stage = stage();
    let typed = "👩\u{200d}💻 a\u{202e}b\u{200b}";
    stage.paste(&format!("/template release {typed}"));
    enter(&mut stage);
    stage.filled();
    let note = stage.frame(80, 24);
    assert!(note.contains("2 characters of what you brought"), "{note}");
    enter(&mut stage);
    let drawn = stage.frame(80, 24);
    assert!(!drawn.contains('\u{202e}'), "{drawn}");
    enter(&mut stage);
    stage.compose();
    let said = &words(&asked(&stage)[0])[0].1;
    assert_eq!(said, &format!("Write the notes of release\n\n{typed}"));
}
