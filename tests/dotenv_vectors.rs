//! The cases of `tests/vectors`: a file, what is set in it, and the exact bytes or the refusal.
//!
//! `{new}` and `{old}` stand for two keys. Every change is made a second time, which must change
//! nothing, and read back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fmt::Write;

use onramp::dotenv::{Refusal, lookup, set};
use serde::Deserialize;

const FILES: [(&str, &str); 8] = [
    ("line_ends", include_str!("vectors/line_ends.json")),
    ("names", include_str!("vectors/names.json")),
    ("plain", include_str!("vectors/plain.json")),
    ("quotes", include_str!("vectors/quotes.json")),
    ("refused", include_str!("vectors/refused.json")),
    ("remarks", include_str!("vectors/remarks.json")),
    ("structure", include_str!("vectors/structure.json")),
    ("traps", include_str!("vectors/traps.json")),
];

/// One case. Bytes that are no text are given in hex.
#[derive(Deserialize)]
struct Case {
    name: String,
    before: Option<String>,
    before_hex: Option<String>,
    set: Vec<(String, String)>,
    after: Option<String>,
    after_hex: Option<String>,
    /// Other results that are right, too.
    #[serde(default)]
    or: Vec<String>,
    refused: Option<Refused>,
}

#[derive(Deserialize)]
struct Refused {
    line: Option<usize>,
    /// The name of the reason.
    reason: String,
}

fn keys(text: &str) -> String {
    let key = |digits: &str| format!("sk-or-v1-{}", digits.repeat(8));
    text.replace("{new}", &key("deadbeef"))
        .replace("{old}", &key("00c0ffee"))
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|c| c.to_digit(16).unwrap().try_into().unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] * 16 + pair[1])
        .collect()
}

fn bytes(text: Option<&String>, hex: Option<&String>) -> Option<Vec<u8>> {
    let text = text.map(|text| keys(text).into_bytes());
    text.or_else(|| hex.map(|hex| from_hex(hex)))
}

impl Case {
    /// What is wrong with the outcome of this case, if anything.
    fn complaint(&self) -> Option<String> {
        let before = bytes(self.before.as_ref(), self.before_hex.as_ref()).unwrap_or_default();
        let values: Vec<(&str, String)> = self
            .set
            .iter()
            .map(|(name, value)| (name.as_str(), keys(value)))
            .collect();
        let changes: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        match (set(&before, &changes, false), &self.refused) {
            (Err(refusal), Some(wanted)) => wanted.complaint(&refusal),
            (Err(refusal), None) => Some(format!("refused: {refusal:?}")),
            (Ok(edited), Some(_)) => Some(format!("written: {:?}", lossy(&edited.bytes))),
            (Ok(edited), None) => self.complaint_about(&edited.bytes, &changes),
        }
    }

    fn complaint_about(&self, written: &[u8], changes: &[(&str, &str)]) -> Option<String> {
        let wanted = bytes(self.after.as_ref(), self.after_hex.as_ref()).unwrap();
        let is_other = |other: &String| keys(other).as_bytes() == written;
        if written != wanted && !self.or.iter().any(is_other) {
            return Some(format!(
                "{:?}\n  is not {:?}",
                lossy(written),
                lossy(&wanted)
            ));
        }
        if set(written, changes, false)
            .map(|again| again.bytes)
            .as_deref()
            != Ok(written)
        {
            return Some("a second time changes it again".into());
        }
        let mut unread = changes.iter().filter(|(name, value)| {
            lookup(written, name).is_none_or(|(read, _)| read.expose() != *value)
        });
        unread
            .next()
            .map(|(name, _)| format!("{name} is read as something else"))
    }
}

impl Refused {
    fn complaint(&self, refusal: &Refusal) -> Option<String> {
        let reason = format!("{:?}", refusal.reason);
        let is_it = refusal.line == self.line && reason.split('(').next() == Some(&self.reason);
        (!is_it).then(|| format!("refused, but for {refusal:?}"))
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_case_comes_out_as_it_should() {
    let mut complaints = String::new();
    let mut count = 0;
    for (file, text) in FILES {
        let cases: Vec<Case> = serde_json::from_str(text).unwrap();
        for case in cases {
            count += 1;
            if let Some(complaint) = case.complaint() {
                writeln!(complaints, "{file}/{}: {complaint}", case.name).unwrap();
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
    assert!(count > 100, "only {count} cases were found");
}
