//! Variables that say how requests are to travel and cannot be used. The network libraries pass over them without a
//! word; here they are found, so that they can be told.

use std::path::Path;

use crate::domain::clean_text::CleanText;
use crate::domain::environment::Environment;
use crate::domain::ignored_setting::{IgnoredSetting, WhyIgnored};
use crate::files;
use crate::openrouter::{Trusted, is_proxy_address};

/// The variables that name the proxy for encrypted requests, the strongest first.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";
/// More files of a folder need not be looked at: one that is there is enough.
const MOST_NAMES: usize = 16;

/// Those of this environment.
pub fn find(environment: &Environment) -> Vec<IgnoredSetting> {
    let value = |name: &str| {
        environment
            .get(name)
            .filter(|value| !value.trim().is_empty())
    };
    let mut ignored = Vec::new();
    for variable in PROXIES {
        if let Some(value) = value(variable).filter(|value| !is_proxy_address(value)) {
            ignored.push(IgnoredSetting {
                variable,
                why: WhyIgnored::NoProxy,
                value: without_name(value),
            });
        }
    }
    let mut certificates = |variable, why: Option<WhyIgnored>, value: &str| {
        ignored.extend(why.map(|why| IgnoredSetting {
            variable,
            why,
            value: CleanText::line(value),
        }));
    };
    if let Some(path) = value(FILE) {
        certificates(FILE, what_ails_file(Path::new(path)), path);
    }
    if let Some(folders) = value(FOLDERS) {
        let is_empty = |folder: &str| files::names(Path::new(folder), MOST_NAMES).is_empty();
        let all_empty = folders.split(':').all(is_empty);
        let why = all_empty.then_some(WhyIgnored::NoCertificates);
        certificates(FOLDERS, why, folders);
    }
    ignored
}

fn what_ails_file(path: &Path) -> Option<WhyIgnored> {
    match files::read(path) {
        Ok(files::Snapshot {
            bytes: Some(pem), ..
        }) => (!Trusted::is_any_in(&pem)).then_some(WhyIgnored::NoCertificates),
        _ => Some(WhyIgnored::NotReadable),
    }
}

/// A proxy's address for a person: whatever stands before an `@` may be a name and a password.
fn without_name(value: &str) -> CleanText {
    match value.rsplit_once('@') {
        Some((_, rest)) => CleanText::line(&format!("…@{rest}")),
        None => CleanText::line(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_found_and_no_password_told() {
        let folder = tempfile::tempdir().unwrap();
        let hollow = folder.path().join("hollow.pem");
        files::save_private(&hollow, b"hello\n").unwrap();
        let (hollow, empty) = (hollow.to_str().unwrap(), folder.path().join("empty"));
        let empty = empty.to_str().unwrap();
        let found = |name: &'static str, value: &str| find(&Environment::new([(name, value)]));
        for (name, value, why) in [
            (
                "HTTPS_PROXY",
                "htp://me:hunter2@proxy:1",
                Some(WhyIgnored::NoProxy),
            ),
            ("all_proxy", "http://a b:1", Some(WhyIgnored::NoProxy)),
            ("HTTPS_PROXY", "proxy.corp:3128", None),
            ("ALL_PROXY", "socks5h://127.0.0.1:1080", None),
            ("HTTPS_PROXY", " ", None),
            (FILE, "/nowhere/roots.pem", Some(WhyIgnored::NotReadable)),
            (FILE, hollow, Some(WhyIgnored::NoCertificates)),
            (FOLDERS, empty, Some(WhyIgnored::NoCertificates)),
        ] {
            let found = found(name, value);
            assert_eq!(found.first().map(|one| one.why), why, "{name}={value}");
            let said: Vec<String> = found
                .iter()
                .map(|one| one.said().say(crate::text::Lang::En))
                .collect();
            assert!(!said.concat().contains("hunter2"), "{said:?}");
        }
    }
}
