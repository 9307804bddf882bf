//! Signing in: a page asks, a code is handed over, the code becomes a key (OAuth with PKCE).
//!
//! A code works once, for ten minutes, and only for who can prove the challenge.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::ids::letters;
use super::refusal::Refusal;
use crate::domain::money::Usd;

/// How long a code is good. Source: section 7.1.
const LIFE: Duration = Duration::from_mins(10);

/// How a verifier becomes the challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// It is hashed.
    S256,
    /// It is the challenge itself.
    Plain,
}

impl Method {
    /// The method of that name.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word {
            "S256" => Some(Self::S256),
            "plain" => Some(Self::Plain),
            _ => None,
        }
    }

    /// Its name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::S256 => "S256",
            Self::Plain => "plain",
        }
    }

    fn challenge_of(self, verifier: &str) -> String {
        match self {
            Self::S256 => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())),
            Self::Plain => verifier.to_owned(),
        }
    }
}

/// What the page asks the person for.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// Where the browser goes with the answer; `None` shows the code instead.
    pub(super) callback: Option<String>,
    /// What the code is bound to.
    pub(super) challenge: Option<(String, Method)>,
    /// The name of the key to be.
    pub(super) key_label: Option<String>,
    /// The cap of the key to be, USD.
    pub(super) limit: Option<Usd>,
    /// A word that goes back with the answer.
    pub(super) state: Option<String>,
}

/// A code that waits to be exchanged.
#[derive(Clone, Debug)]
struct Grant {
    wish: Wish,
    at: Timestamp,
}

/// What becomes of an exchanged code.
#[derive(Clone, Debug)]
pub(super) struct Granted {
    /// The name of the key to be.
    pub(super) key_label: Option<String>,
    /// Its cap, USD.
    pub(super) limit: Option<Usd>,
}

/// All sign-ins under way.
#[derive(Clone, Debug, Default)]
pub(super) struct SignIns {
    /// Pages that wait for an answer, by the ticket in their form.
    asked: HashMap<String, Wish>,
    granted: HashMap<String, Grant>,
}

impl SignIns {
    /// Remembers a wish and returns the ticket that its page answers with.
    pub(super) fn ask(&mut self, wish: Wish) -> String {
        let ticket = letters(24);
        self.asked.insert(ticket.clone(), wish);
        ticket
    }

    /// The wish of a ticket, which is used up.
    pub(super) fn take(&mut self, ticket: &str) -> Option<Wish> {
        self.asked.remove(ticket)
    }

    /// Grants a wish and returns the code.
    pub(super) fn grant(&mut self, wish: Wish, now: Timestamp) -> String {
        let code = letters(32);
        self.granted.insert(code.clone(), Grant { wish, at: now });
        code
    }

    /// Exchanges a code: `POST /auth/keys`. A refused try leaves the code as it was.
    pub(super) fn exchange(
        &mut self,
        code: &str,
        verifier: Option<&str>,
        method: Option<Method>,
        now: Timestamp,
    ) -> Result<Granted, Refusal> {
        let grant = self.granted.get(code).ok_or_else(invalid)?;
        if now.duration_since(grant.at).unsigned_abs() > LIFE {
            return Err(Refusal::new(403, "Authorization code expired"));
        }
        if let Some((challenge, asked)) = &grant.wish.challenge {
            if method.is_some_and(|method| method != *asked) {
                return Err(Refusal::new(400, "Invalid code_challenge_method"));
            }
            let verifier = verifier.ok_or_else(invalid)?;
            if asked.challenge_of(verifier) != *challenge {
                return Err(invalid());
            }
        }
        let grant = self.granted.remove(code).ok_or_else(invalid)?;
        Ok(Granted {
            key_label: grant.wish.key_label,
            limit: grant.wish.limit,
        })
    }
}

fn invalid() -> Refusal {
    Refusal::new(403, "Invalid code or code_verifier")
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    fn granted(method: Method, challenge: &str) -> (SignIns, String) {
        let mut sign_ins = SignIns::default();
        let wish = Wish {
            callback: None,
            challenge: Some((challenge.to_owned(), method)),
            key_label: None,
            limit: None,
            state: None,
        };
        let code = sign_ins.grant(wish, Timestamp::UNIX_EPOCH);
        (sign_ins, code)
    }

    fn words(refusal: &Refusal) -> String {
        let body = refusal.body();
        let error = &body["error"];
        format!("{} {}", error["code"], error["message"].as_str().unwrap())
    }

    /// The pair of RFC 7636, appendix B.
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_verifier_of_the_standard_opens_its_challenge_once() {
        let (mut sign_ins, code) = granted(Method::S256, CHALLENGE);
        let mut exchange = |verifier, method| {
            sign_ins.exchange(&code, Some(verifier), method, Timestamp::UNIX_EPOCH)
        };
        let wrong = exchange("something else", None).unwrap_err();
        assert_eq!(words(&wrong), "403 Invalid code or code_verifier");
        let plain = exchange(VERIFIER, Some(Method::Plain)).unwrap_err();
        assert_eq!(words(&plain), "400 Invalid code_challenge_method");
        assert!(exchange(VERIFIER, Some(Method::S256)).is_ok());
        let again = exchange(VERIFIER, Some(Method::S256)).unwrap_err();
        assert_eq!(words(&again), "403 Invalid code or code_verifier");
    }

    #[test]
    fn a_plain_challenge_is_its_own_verifier() {
        let (mut sign_ins, code) = granted(Method::Plain, VERIFIER);
        let now = Timestamp::UNIX_EPOCH;
        assert!(sign_ins.exchange(&code, None, None, now).is_err());
        assert!(sign_ins.exchange(&code, Some(VERIFIER), None, now).is_ok());
    }

    #[test]
    fn after_ten_minutes_a_code_is_over() {
        let (mut sign_ins, code) = granted(Method::S256, CHALLENGE);
        let late = Timestamp::from_second(601).unwrap();
        let refusal = sign_ins
            .exchange(&code, Some(VERIFIER), None, late)
            .unwrap_err();
        assert_eq!(words(&refusal), "403 Authorization code expired");
    }
}
