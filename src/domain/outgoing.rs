//! What a text that is about to leave this machine holds and should perhaps keep: told by its place, never by
//! itself.

use super::clean_text::CleanText;
use super::leak::Vendor;
use crate::text::{Phrase, Said};

/// Something in a text that looks secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretSpot {
    /// Where the text came from: a file's name; `None`: the person typed it.
    pub source: Option<String>,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What it looks like.
    pub kind: SecretKind,
    /// As much of it as may be shown.
    pub masked: String,
}

/// What a secret looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A vendor's key.
    Key(Vendor),
    /// A token of somebody else's service.
    Token(&'static str),
    /// A private key's block.
    PrivateKey,
    /// A signed token (JWT): whoever has it is let in.
    SignedToken,
    /// A setting whose name tells of a secret.
    Setting(String),
    /// A password in an address.
    Address,
}

impl SecretSpot {
    /// What it is, for a line: "a key of OpenAI (sk-proj-abc…xyz)".
    pub fn what(&self) -> Said {
        const KEY: Phrase = Phrase::new("what looks like a key of {}: {}", "疑似 {} 的密钥：{}");
        const PRIVATE: Phrase = Phrase::new("a private key", "私钥");
        const SIGNED: Phrase = Phrase::new("a signed token (JWT)", "签名令牌（JWT）");
        const SETTING: Phrase = Phrase::new("the value of {}: {}", "{} 的值：{}");
        const ADDRESS: Phrase = Phrase::new("a password in an address: {}", "地址中的密码：{}");
        match &self.kind {
            SecretKind::Key(vendor) => Said::new(KEY, &[&vendor.name(), &self.masked]),
            SecretKind::Token(whose) => Said::new(KEY, &[whose, &self.masked]),
            SecretKind::PrivateKey => PRIVATE.into(),
            SecretKind::SignedToken => SIGNED.into(),
            SecretKind::Setting(name) => Said::new(SETTING, &[name, &self.masked]),
            SecretKind::Address => Said::new(ADDRESS, &[&self.masked]),
        }
    }

    /// Where it is and what: "notes.md:3:14: a private key".
    pub fn said(&self) -> Said {
        const IN_FILE: Phrase = Phrase::new("{}:{}:{}: {}", "{}:{}:{}：{}");
        const TYPED: Phrase = Phrase::new("line {}, column {}: {}", "第 {} 行第 {} 列：{}");
        let mut parts = vec![
            Said::verbatim(self.line),
            Said::verbatim(self.column),
            self.what(),
        ];
        match &self.source {
            Some(source) => {
                parts.insert(0, Said::verbatim(CleanText::line(source)));
                Said::joined(IN_FILE, &parts)
            }
            None => Said::joined(TYPED, &parts),
        }
    }
}
