//! A server that is not OpenRouter: neither its pages nor its sign-in are offered there.

use onramp::flow::Reply;
use onramp::text::Lang;

use crate::support::gallery::Rehearsal;
use crate::support::gallery::elsewhere::{HERE, states};

const SIGN_IN: [&str; 2] = ["Sign in with the browser", "用浏览器登录"];

#[test]
fn no_step_leads_to_openrouter() {
    for lang in [Lang::En, Lang::Zh] {
        let elsewhere = states().into_iter();
        for (name, make) in elsewhere.filter(|(name, _)| name.starts_with("elsewhere")) {
            let mut stage = Rehearsal::new(lang, false);
            make(&mut stage);
            let frame = stage.frame(120, 36);
            for theirs in SIGN_IN
                .iter()
                .chain(&["openrouter.ai", "discord", "sk-or-v1-…"])
            {
                assert!(!frame.contains(theirs), "{name}: {theirs}: {frame}");
            }
        }
    }
}

#[test]
fn a_sandbox_beside_this_program_has_a_sign_in_and_wears_its_badge() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.elsewhere().go_to(3);
    let unheard = stage.frame(80, 24);
    assert!(!unheard.contains(SIGN_IN[0]), "{unheard}");
    assert!(!unheard.contains("SANDBOX"), "{unheard}");
    let heard = stage.heard(true).frame(80, 24);
    assert!(heard.contains(SIGN_IN[0]), "{heard}");
    assert!(heard.contains("SANDBOX"), "{heard}");
}

#[test]
fn what_one_server_said_of_itself_counts_for_no_other() {
    let mut stage = Rehearsal::new(Lang::En, false);
    stage.looked(crate::support::gallery::start::surroundings());
    let real = stage.heard(true).frame(80, 24);
    assert!(!real.contains("SANDBOX"), "late news of {HERE}: {real}");
    stage.elsewhere();
    assert!(stage.heard(true).frame(80, 24).contains("SANDBOX"));
    stage.list_all();
    // An address that a key was accepted at is in use from then on.
    stage.go_to(3).paste(crate::support::KEY).keys("enter");
    let ticket = stage.ticket();
    stage.reply(Reply::KeyChecked {
        ticket,
        server: "https://openrouter.ai/api/v1".into(),
        verdict: Ok(None),
    });
    let turned = stage.frame(80, 24);
    assert!(!turned.contains("SANDBOX"), "{turned}");
    assert_eq!(stage.app.facts().models, None);
}
