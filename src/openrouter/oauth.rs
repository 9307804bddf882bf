//! Signing in with the browser: the page that leads to a code, and the code made into a key.
//! Source: section 7 of OpenRouter's API (OAuth with PKCE).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::base_url::BaseUrl;
use super::client::OpenRouter;
use super::scrub::Scrub;
use super::transport::{Awaited, Whole};
use crate::domain::money::Usd;
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;

/// The longest label a key may get, in characters.
const LONGEST_LABEL: usize = 100;

/// The proof that who redeems the code is who asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pkce {
    /// Kept here until the code is redeemed.
    pub verifier: Secret,
    /// Its SHA-256, shown to the page.
    pub challenge: String,
}

impl Pkce {
    /// A new proof from 32 random bytes.
    pub fn new() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .expect("a system without random bytes could not have made a hash map either");
        Self::from_bytes(bytes)
    }

    fn from_bytes(bytes: [u8; 32]) -> Self {
        let verifier = Secret::new(URL_SAFE_NO_PAD.encode(bytes));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()));
        Self {
            verifier,
            challenge,
        }
    }
}

impl Default for Pkce {
    fn default() -> Self {
        Self::new()
    }
}

/// The page where the person signs in. Without a `callback` it shows the code instead of sending
/// the browser there. `key_label` names the new key, `limit` caps it in USD.
pub fn authorize_url(
    base: &BaseUrl,
    callback: Option<&str>,
    challenge: &str,
    key_label: &str,
    limit: Option<Usd>,
) -> String {
    let mut url = base.as_url().clone();
    url.set_path("/auth");
    let label: String = key_label.chars().take(LONGEST_LABEL).collect();
    {
        let mut query = url.query_pairs_mut();
        if let Some(callback) = callback {
            query.append_pair("callback_url", callback);
        }
        query
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("key_label", &label);
        if let Some(limit) = limit {
            query.append_pair("limit", &limit.decimal().to_string());
        }
    }
    url.into()
}

#[derive(Serialize)]
struct CodeBody<'a> {
    code: &'a str,
    code_verifier: &'a str,
    code_challenge_method: &'static str,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct KeyBody {
    key: Option<String>,
}

impl OpenRouter {
    /// Makes the code into a key; works once. The client's own key is not sent. Source:
    /// `POST /auth/keys`.
    pub async fn exchange_code(&self, code: &Secret, verifier: &Secret) -> Result<Secret, Symptom> {
        let body = CodeBody {
            code: code.expose().trim(),
            code_verifier: verifier.expose(),
            code_challenge_method: "S256",
        };
        let request = self.request(Method::POST, &["auth", "keys"]).await?;
        // The server may echo what it refuses.
        let secrets = [Secret::new(body.code), verifier.clone()];
        let transport = self.transport().carrying(Scrub::new(secrets));
        let arriving = transport.send(request.json(&body), Awaited::Soon).await?;
        let answer = arriving.whole(64 * 1024).await?.accepted()?;
        // An answer that went well may hold a key in any place: it is not reported.
        let key = answer.json::<KeyBody>().ok().and_then(|body| body.key);
        match key.filter(|key| !key.trim().is_empty()) {
            Some(key) => Ok(Secret::new(key.trim())),
            None => Err(no_key(&answer)),
        }
    }
}

fn no_key(answer: &Whole) -> Symptom {
    if let Some(refusal) = answer.described_error() {
        return Symptom::Refused(Box::new(refusal));
    }
    if answer.is_json() {
        return Symptom::Misshapen {
            status: answer.status,
            detail: "no key in the answer".into(),
            whose: answer.whose,
        };
    }
    answer.not_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_the_hash_of_the_verifier() {
        // The example of RFC 7636, appendix B.
        let bytes = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212,
            37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let pkce = Pkce::from_bytes(bytes);
        assert_eq!(
            pkce.verifier.expose(),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
        assert_eq!(
            pkce.challenge,
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
        assert_ne!(Pkce::new(), Pkce::new());
        assert!(!format!("{pkce:?}").contains(pkce.verifier.expose()));
    }

    #[test]
    fn the_page_gets_what_it_needs_and_no_secret() {
        let base = BaseUrl::default();
        let callback = Some("http://127.0.0.1:8123/cb?x=1&y");
        assert_eq!(
            authorize_url(&base, callback, "c-h", "my app", Usd::parse("12.50")),
            "https://openrouter.ai/auth?callback_url=http%3A%2F%2F127.0.0.1%3A8123%2Fcb%3Fx%3D1%26y\
             &code_challenge=c-h&code_challenge_method=S256&key_label=my+app&limit=12.5"
        );
        let sandbox = BaseUrl::parse("http://127.0.0.1:9/api/v1").unwrap();
        assert_eq!(
            authorize_url(&sandbox, None, "c", &"é".repeat(200), None),
            format!(
                "http://127.0.0.1:9/auth?code_challenge=c&code_challenge_method=S256&key_label={}",
                "%C3%A9".repeat(100)
            )
        );
    }
}
