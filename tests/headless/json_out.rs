//! JSON on stdout: it may be looked at on a terminal.

use crate::support::Desk;

#[test]
fn no_json_drives_a_terminal_and_nothing_of_it_is_lost() {
    let desk = Desk::sandboxed();
    let ask = ["ask", "-q", "-m", "sandbox/hostile-text", "hi"];
    let plain = desk.run(&ask).ends(0).out;
    let json = desk.run(&[&ask[..], &["--json"]].concat()).ends(0);
    let text = json.json()["text"].as_str().expect("a text").to_owned();
    assert_eq!(text.trim_end(), plain.trim_end());
    let drives =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(
        plain.contains(|c| drives(c) && !c.is_ascii_control()),
        "{plain:?}"
    );
    assert!(!json.out.trim_end().contains(drives), "{:?}", json.out);
}
