//! Troubles at servers that are not OpenRouter, and settings that could not be used: what is advised there.

use jiff::Timestamp;

use super::cases::{by_proxy, network, plain, said, unusable_proxy};
use crate::diagnosis::{explain, explain_there};
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::ignored_setting::{IgnoredSetting, WhyIgnored};
use crate::domain::symptom::{NetworkTrouble, Symptom, Whose};
use crate::text::Lang;

/// Everything that is said and offered.
fn whole(diagnosis: &Diagnosis) -> String {
    let mut text = diagnosis.cause.say(Lang::En);
    for fix in &diagnosis.fixes {
        text.push_str(&format!(
            "\n{} {:?}",
            fix.with_command().say(Lang::En),
            fix.act
        ));
    }
    for page in &diagnosis.links {
        text.push_str(&format!("\n{}", page.url()));
    }
    text
}

#[test]
fn a_gateways_refusal_offers_nothing_of_openrouters() {
    for status in [401, 402, 403, 404, 429, 500] {
        let here = explain(&said(status, "no").met_at(Whose::Another));
        let text = whole(&here);
        assert!(!text.contains("openrouter.ai/settings"), "{status}: {text}");
        assert!(
            !here.fixes.iter().any(|fix| fix.act == Act::SignIn),
            "{text}"
        );
        assert!(
            !here.fixes.iter().any(|fix| fix.act == Act::UseFreeModel),
            "{text}"
        );
        assert!(!here.fixes.is_empty(), "{status}");
    }
    let refused = whole(&explain(&said(401, "no").met_at(Whose::Another)));
    assert!(
        refused.contains("where that server makes its keys"),
        "{refused}"
    );
    let ours = whole(&explain(&said(401, "no")));
    assert!(ours.contains("SignIn") && ours.contains("openrouter.ai/settings/keys"));
}

#[test]
fn a_server_that_wants_a_key_is_given_one_first() {
    let wanted = |whose| {
        let Symptom::Refused(refusal) = said(401, "Unauthorized").met_at(whose) else {
            unreachable!("said is a refusal");
        };
        explain(&Symptom::KeyWanted(refusal))
    };
    let theirs = wanted(Whose::Another);
    assert_eq!(theirs.fixes[0].act, Act::AnotherKey);
    assert!(!theirs.fixes.iter().any(|fix| fix.act == Act::SignIn));
    assert!(theirs.links.is_empty(), "{:?}", theirs.links);
    assert!(whole(&theirs).contains("“Unauthorized”"));
}

#[test]
fn what_knows_no_server_of_its_own_takes_the_one_that_is_tested() {
    let unlisted = Symptom::UnlistedModel {
        asked: "tiny".into(),
        listed: 2,
        near: Vec::new(),
    };
    let there = |whose| whole(&explain_there(&unlisted, whose, Timestamp::UNIX_EPOCH));
    assert!(there(Whose::OpenRouter).contains("openrouter.ai"));
    assert!(!there(Whose::Another).contains("openrouter.ai/models"));
    // A refusal says itself whose it is.
    let ours = explain_there(&said(401, "no"), Whose::Another, Timestamp::UNIX_EPOCH);
    assert!(ours.fixes.iter().any(|fix| fix.act == Act::SignIn));
}

#[test]
fn what_is_no_json_offers_nothing_of_openrouters_either() {
    let text = whole(&explain(&plain(401, "Unauthorized").met_at(Whose::Another)));
    assert!(!text.contains("openrouter.ai/settings"), "{text}");
    assert!(!text.contains("SignIn"), "{text}");
}

#[test]
fn openais_refusal_leads_to_openais_keys() {
    let text = whole(&explain(
        &said(401, "Incorrect API key").met_at(Whose::OpenAi),
    ));
    assert!(
        text.contains("https://platform.openai.com/api-keys"),
        "{text}"
    );
    assert!(!text.contains("openrouter.ai/settings"), "{text}");
}

fn with(symptom: Symptom, one: IgnoredSetting) -> Symptom {
    match symptom {
        Symptom::Network {
            trouble,
            host,
            proxy,
            detail,
            ..
        } => Symptom::Network {
            trouble,
            host,
            proxy,
            detail,
            ignored: vec![one],
        },
        other => other,
    }
}

#[test]
fn nobody_is_told_to_set_a_proxy_that_is_set() {
    let advice = "set HTTPS_PROXY";
    for trouble in [NetworkTrouble::Dns, NetworkTrouble::ConnectTimeout] {
        assert!(whole(&explain(&network(trouble, ""))).contains(advice));
        assert!(!whole(&explain(&by_proxy(trouble, ""))).contains(advice));
        let meant = whole(&explain(&with(network(trouble, ""), unusable_proxy())));
        assert!(!meant.contains(advice), "{meant}");
        assert!(
            meant.contains("HTTPS_PROXY is no address of a proxy"),
            "{meant}"
        );
    }
}

#[test]
fn an_untrusted_certificate_names_the_file_that_could_not_be_used() {
    let file = IgnoredSetting {
        variable: "SSL_CERT_FILE",
        why: WhyIgnored::NotReadable,
        value: "/nowhere/roots.pem".into(),
    };
    let untrusted = network(NetworkTrouble::Certificate, "UnknownIssuer");
    let text = whole(&explain(&with(untrusted, file)));
    assert!(text.contains("SSL_CERT_FILE names what cannot be read: “/nowhere/roots.pem”"));
}

#[test]
fn an_address_that_a_file_names_is_told_with_its_line_and_changed_on_a_key() {
    let diagnosis = explain(&Symptom::UrlNamedByFile {
        url: "https://far.example/v1".into(),
        path: "/home/ada/shop/.env".into(),
        line: 2,
    });
    let text = whole(&diagnosis);
    assert!(
        text.contains("It stands in “/home/ada/shop/.env”, line 2."),
        "{text}"
    );
    assert!(
        diagnosis
            .fixes
            .iter()
            .any(|fix| fix.act == Act::EditBaseUrl)
    );
}
