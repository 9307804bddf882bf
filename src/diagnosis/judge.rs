//! Which row of the catalogue a symptom is.

mod connection;
mod foreign_answer;
mod refusal;
mod status;
mod words;

use super::catalogue::{
    account, answer, file, key, leak, model, network, own_file, secure, settings,
};
use super::trouble::Trouble;
use crate::domain::leak::{Leak, Standing};
use crate::domain::routing::Promise;
use crate::domain::symptom::{BadUrl, FileProblem, FileTrouble, Symptom};

/// The row. What fits none honestly falls to one of the unknown.
pub(super) fn judge(symptom: &Symptom) -> &'static Trouble {
    match symptom {
        Symptom::Refused(refusal) => refusal::judge(refusal),
        Symptom::NotJson {
            status,
            is_html,
            snippet,
            ..
        } => foreign_answer::not_json(*status, *is_html, snippet),
        Symptom::Misshapen { status, detail, .. } => foreign_answer::misshapen(*status, detail),
        Symptom::Redirected { .. } => &answer::REDIRECTED,
        Symptom::Network {
            trouble,
            proxy,
            detail,
            ..
        } => connection::judge(*trouble, proxy.is_some(), detail),
        Symptom::LimitUsedUp { .. } => &account::KEY_LIMIT,
        Symptom::ClockSkew { .. } => &secure::CLOCK,
        Symptom::SilentFamily { .. } => &network::SILENT_FAMILY,
        Symptom::WrongPath { .. } => &settings::WRONG_PATH,
        Symptom::UnlistedModel { .. } => &model::UNKNOWN_MODEL,
        Symptom::RetiringModel { is_past: true, .. } => &model::PAST_ITS_DAY,
        Symptom::RetiringModel { .. } => &model::RETIRING,
        Symptom::SettingsIgnored(_) => &settings::IGNORED,
        Symptom::StreamCut { detail, .. } => foreign_answer::stream_cut(detail),
        Symptom::NoKey => &key::NO_KEY,
        Symptom::KeyWanted(_) => &key::KEY_WANTED,
        Symptom::PlaceholderKey => &key::PLACEHOLDER_KEY,
        Symptom::MalformedKey { .. } => &key::MALFORMED_KEY,
        Symptom::WrongVendor { .. } => &key::OTHER_VENDOR_KEY,
        Symptom::ManagementKey => &key::MANAGEMENT_KEY,
        Symptom::NoManagementKey { .. } => &key::NO_MANAGEMENT_KEY,
        Symptom::NotAManagementKey => &key::NOT_A_MANAGEMENT_KEY,
        Symptom::KeyGone(_) => &key::KEY_GONE,
        Symptom::BadBaseUrl { reason, .. } => bad_url(*reason),
        Symptom::UrlNamedByFile { .. } => &settings::NAMED_BY_FILE,
        Symptom::Listen(_) => &settings::CANNOT_LISTEN,
        Symptom::File(trouble) => bad_file(trouble),
        Symptom::Leaked(found) => leaked(found),
        Symptom::BudgetReached(_) => &account::OWN_BUDGET,
        Symptom::SecretsOutgoing(_) => &leak::OUTGOING,
        Symptom::NotPromised(Promise::Privacy) => &settings::NOT_PRIVATE,
        Symptom::NotPromised(Promise::Price) => &settings::NOT_BOUNDED,
        Symptom::BadTemplate(_) => &file::TEMPLATE,
        Symptom::Wordless { .. } => &answer::WORDLESS,
        Symptom::NoCode { .. } => &answer::NO_CODE,
    }
}

fn bad_url(reason: BadUrl) -> &'static Trouble {
    match reason {
        BadUrl::NotAUrl => &settings::NOT_A_URL,
        BadUrl::Scheme => &settings::SCHEME,
        BadUrl::PlainHttp => &settings::PLAIN_HTTP,
        BadUrl::Credentials => &settings::CREDENTIALS,
    }
}

fn leaked(found: &Leak) -> &'static Trouble {
    match (&found.standing, found.is_env_file) {
        (Standing::Staged, _) => &leak::STAGED,
        (Standing::Past { .. }, _) => &leak::IN_HISTORY,
        (Standing::Tracked { .. }, true) => &leak::ENV_FILE_TRACKED,
        (Standing::Tracked { .. }, false) => &leak::IN_TRACKED_FILE,
        (Standing::Loose, true) => &leak::ENV_FILE_NOT_IGNORED,
        (Standing::Loose, false) | (Standing::Outside, _) => &leak::IN_UNTRACKED_FILE,
    }
}

fn bad_file(trouble: &FileTrouble) -> &'static Trouble {
    const PIPES: [(&[&str], &Trouble); 2] = [(&["pipe"], &file::PIPE), (&["fifo"], &file::PIPE)];
    match trouble.kind {
        FileProblem::Missing => &file::MISSING,
        FileProblem::NoPermission => &file::NO_PERMISSION,
        FileProblem::NotARegularFile => {
            words::pick(&trouble.detail, &PIPES).unwrap_or(&file::NOT_REGULAR)
        }
        FileProblem::Full => &file::FULL,
        FileProblem::Changed => &file::CHANGED,
        FileProblem::BrokenLink => &file::BROKEN_LINK,
        FileProblem::Unsafe => &file::UNSAFE,
        FileProblem::Forbidden => &file::FORBIDDEN,
        FileProblem::NotSent => &file::NOT_SENT,
        FileProblem::Exists => &file::EXISTS,
        FileProblem::WantsConsent => &file::WANTS_CONSENT,
        FileProblem::Unfinished => &file::UNFINISHED,
        FileProblem::Newer => &own_file::NEWER,
        FileProblem::Displaced => &own_file::DISPLACED,
        FileProblem::Keyring => &own_file::KEYRING,
        FileProblem::Output => &own_file::OUTPUT,
        FileProblem::Other => &file::OTHER,
    }
}
