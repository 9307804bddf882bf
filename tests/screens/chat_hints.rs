//! What the last line of the chat says the keys do, while they do something else than usual.

use onramp::keymap::{Chord, Key};
use onramp::text::Lang;

use crate::chat::{answer, asked, enter, stage};
use crate::support::gallery::Rehearsal;

/// The last line.
fn hints(stage: &mut Rehearsal) -> String {
    let frame = stage.frame(80, 24);
    frame.lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn while_a_list_is_open_the_last_line_says_how_to_take_from_it() {
    let mut stage = stage();
    stage.paste("/mod");
    let open = hints(&mut stage);
    assert!(
        open.starts_with("Tab complete  Enter take  ↓ next  Esc close the list  Ctrl+P"),
        "{open}"
    );
    assert!(!open.contains("send"), "{open}");
    enter(&mut stage);
    assert!(stage.frame(80, 24).contains("│ /model "));
    stage.press(Chord::ctrl('u')).paste("/new");
    // A whole command is sent.
    let whole = hints(&mut stage);
    assert!(
        whole.contains("Enter send") && !whole.contains("take"),
        "{whole}"
    );
    stage.keys("esc");
    assert!(hints(&mut stage).contains("Enter send"));
    let mut stage = Rehearsal::new(Lang::Zh, false);
    stage.chatting().paste("/mod");
    let open = hints(&mut stage);
    assert!(open.starts_with("Tab 补全  Enter 选用"), "{open}");
}

#[test]
fn a_click_on_what_is_offered_takes_it() {
    let mut stage = stage();
    stage.paste("/mod");
    let frame = stage.frame(80, 24);
    let row = frame
        .lines()
        .position(|line| line.contains("/project-model"));
    let row = u16::try_from(row.expect("it is offered")).expect("a row");
    stage.event(onramp::flow::Event::Click(4, row));
    assert!(stage.frame(80, 24).contains("│ /project-model "));
}

#[test]
fn more_than_is_seen_is_told_and_reached() {
    let mut stage = stage();
    stage.paste("/");
    let frame = stage.frame(80, 24);
    assert!(frame.contains("more: ↓, or type on"), "{frame}");
    assert!(!frame.contains("/alone"), "{frame}");
    for _ in 0..60 {
        stage.press(Chord::plain(Key::Down));
    }
    assert!(stage.frame(80, 24).contains("› /alone"));
}

#[test]
fn esc_says_what_it_does_now_and_nothing_where_it_does_nothing() {
    let mut stage = stage();
    stage.list_models();
    assert!(!hints(&mut stage).contains("Esc"));
    stage.ask("one");
    assert!(hints(&mut stage).contains("Esc stop"));
    stage.answer_ends(None);
    assert!(!hints(&mut stage).contains("Esc"));
    stage.press(Chord::alt('e'));
    assert!(hints(&mut stage).contains("Esc leave it as it was"));
    stage.keys("esc");
    stage.paste("/compare anthropic/claude-haiku-4.5 ");
    enter(&mut stage);
    assert!(hints(&mut stage).contains("Esc ask one model only"));
    stage.keys("esc").paste("two");
    enter(&mut stage);
    assert!(hints(&mut stage).contains("Esc take it back"));
    stage.compose();
    stage.paste("three");
    enter(&mut stage);
    let broken = onramp::domain::symptom::Symptom::NoKey;
    stage.answer_ends(Some(&broken));
    assert!(hints(&mut stage).contains("Esc take back what waits"));
    assert_eq!(asked(&stage).len(), 2);
}

#[test]
fn help_and_the_palette_know_everything_while_a_list_is_open() {
    let mut stage = stage();
    answer(&mut stage, "one", "first");
    stage.paste("/mod").keys("ctrl-p").paste("regenerate");
    assert!(stage.frame(80, 24).contains("answer again"));
}
