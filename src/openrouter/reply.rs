//! What came back as a whole, and what is to be made of it: the JSON that the endpoint promises, an
//! error that the server describes, or something else.

use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::refusal::{Circumstances, described_in, of_status};
use super::transport::Whole;
use super::wire::from_json;
use crate::domain::symptom::{Refusal, Symptom};

impl Whole {
    /// The answer, when its status says that all went well.
    pub(super) fn accepted(self) -> Result<Self, Symptom> {
        if (200..300).contains(&self.status) {
            Ok(self)
        } else {
            Err(self.refused())
        }
    }

    /// The body as JSON of this shape.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Symptom> {
        from_json(&self.text).map_err(|error| self.unreadable(&error))
    }

    /// The body was JSON and not what the endpoint promises: an error under a 200, or another
    /// shape.
    pub(super) fn another_shape(&self, missing: &str) -> Symptom {
        match self.described_error() {
            Some(refusal) => Symptom::Refused(Box::new(refusal)),
            None => self.misshapen(missing),
        }
    }

    /// The error in the body, if it describes one.
    pub(super) fn described_error(&self) -> Option<Refusal> {
        let body: Value = from_json(&self.text).ok()?;
        let refusal = described_in(&body, &self.circumstances(), &self.scrub)?;
        Some(Refusal {
            whose: self.whose,
            of_facts: self.is_of_facts,
            ..refusal
        })
    }

    /// It is a web page.
    pub(super) fn is_html(&self) -> bool {
        let content_type = self.headers.get(CONTENT_TYPE);
        let is_declared = content_type
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.to_ascii_lowercase().contains("text/html"));
        is_declared && !self.begins_like_json() || self.begins_with(&['<'])
    }

    /// It is JSON of whatever shape.
    pub(super) fn is_json(&self) -> bool {
        from_json::<serde::de::IgnoredAny>(&self.text).is_ok()
    }

    /// What an answer with an error status says.
    pub(super) fn refused(&self) -> Symptom {
        match from_json::<Value>(&self.text) {
            Ok(body) => {
                let refusal = Refusal {
                    of_facts: self.is_of_facts,
                    ..of_status(&body, &self.circumstances(), &self.scrub)
                };
                Symptom::Refused(Box::new(refusal)).met_at(self.whose)
            }
            Err(error) => self.unreadable(&error),
        }
    }

    /// What a body that could not be read was.
    pub(super) fn unreadable(&self, error: &serde_json::Error) -> Symptom {
        if self.begins_like_json() && !self.is_html() {
            return self.misshapen(&error.to_string());
        }
        self.not_json()
    }

    /// The body is no JSON.
    pub(super) fn not_json(&self) -> Symptom {
        Symptom::NotJson {
            status: self.status,
            is_html: self.is_html(),
            snippet: self.scrub.snippet(&self.text),
            whose: self.whose,
        }
    }

    fn misshapen(&self, what: &str) -> Symptom {
        Symptom::Misshapen {
            status: self.status,
            detail: self.scrub.snippet(&format!("{what}: {}", self.text)),
            whose: self.whose,
        }
    }

    fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            status: self.status,
            headers: &self.headers,
            received: self.received,
            mid_stream: false,
        }
    }

    fn begins_like_json(&self) -> bool {
        self.begins_with(&['{', '['])
    }

    fn begins_with(&self, first: &[char]) -> bool {
        let text = self.text.trim_start_matches('\u{feff}').trim_start();
        text.starts_with(first)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use reqwest::header::HeaderMap;

    use super::super::scrub::Scrub;
    use super::*;
    use crate::domain::secret::Secret;
    use crate::domain::symptom::Whose;

    fn whole(status: u16, text: &str) -> Whole {
        let key = Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)));
        Whole {
            status,
            headers: HeaderMap::new(),
            received: Timestamp::UNIX_EPOCH,
            text: text.into(),
            whose: Whose::OpenRouter,
            is_of_facts: false,
            scrub: Scrub::new([key]),
        }
    }

    fn not_json(status: u16, is_html: bool, snippet: &str) -> Symptom {
        Symptom::NotJson {
            status,
            is_html,
            snippet: snippet.into(),
            whose: Whose::OpenRouter,
        }
    }

    #[test]
    fn whatever_is_not_json_is_shown_by_its_beginning() {
        let seen = |status, text: &str| whole(status, text).accepted().unwrap_err();
        assert_eq!(seen(502, ""), not_json(502, false, ""));
        assert_eq!(
            seen(404, "404 page\nnot found"),
            not_json(404, false, "404 page not found")
        );
        assert_eq!(
            seen(503, "\n<!DOCTYPE html><h1>Busy</h1>"),
            not_json(503, true, "<!DOCTYPE html><h1>Busy</h1>")
        );
        let page = whole(200, "<html>hi").json::<Value>().unwrap_err();
        assert_eq!(page, not_json(200, true, "<html>hi"));
    }

    #[test]
    fn json_that_stops_short_is_misshapen() {
        let seen = whole(200, "{\"data\": {\"label\": \"x").json::<Value>();
        let Err(Symptom::Misshapen {
            status: 200,
            detail,
            ..
        }) = seen
        else {
            panic!("{seen:?}");
        };
        assert!(detail.starts_with("EOF while parsing"), "{detail}");
        assert!(detail.ends_with("{\"data\": {\"label\": \"x"), "{detail}");
    }

    #[test]
    fn an_error_status_with_any_json_is_a_refusal() {
        for (text, message) in [
            ("{\"error\":\"no\"}", "no"),
            ("{\"other\":1}", ""),
            ("\"no\"", "no"),
            ("[]", ""),
            ("null", ""),
        ] {
            let Symptom::Refused(refusal) = whole(400, text).accepted().unwrap_err() else {
                panic!("{text}");
            };
            assert_eq!(refusal.message.as_str(), message, "{text}");
            assert_eq!(refusal.status, 400);
        }
    }

    #[test]
    fn a_long_page_is_shortened_and_an_echoed_key_is_masked() {
        let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        let text = format!("<p>{key}</p>{}", "x".repeat(100_000));
        let seen = format!("{:?}", whole(500, &text).refused());
        assert!(!seen.contains(&key) && seen.len() < 500, "{seen}");
    }
}
