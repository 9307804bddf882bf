//! A variable that says how requests are to travel, and that cannot be used: everything goes as if it were not
//! set, so it is told.

use super::clean_text::CleanText;
use crate::text::{Phrase, Said};

/// A variable that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredSetting {
    /// Its name.
    pub variable: &'static str,
    /// What is wrong with it.
    pub why: WhyIgnored,
    /// Its value; of a proxy without name and password.
    pub value: CleanText,
}

/// What is wrong with a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyIgnored {
    /// It is no address of a proxy, or of a kind that is not known.
    NoProxy,
    /// The file or folder it names cannot be read.
    NotReadable,
    /// What it names holds no certificate.
    NoCertificates,
}

impl IgnoredSetting {
    /// It was to name a proxy.
    pub fn is_proxy(&self) -> bool {
        self.why == WhyIgnored::NoProxy
    }

    /// What is wrong, as a sentence.
    pub fn said(&self) -> Said {
        const NO_PROXY: Phrase = Phrase::new(
            "{} is no address of a proxy that can be used: “{}”.",
            "{} 不是可用的代理地址：“{}”。",
        );
        const NOT_READABLE: Phrase = Phrase::new(
            "{} names what cannot be read: “{}”.",
            "{} 指向的内容无法读取：“{}”。",
        );
        const NO_CERTIFICATES: Phrase = Phrase::new(
            "{} names what holds no certificate: “{}”.",
            "{} 指向的内容里没有证书：“{}”。",
        );
        let words = match self.why {
            WhyIgnored::NoProxy => NO_PROXY,
            WhyIgnored::NotReadable => NOT_READABLE,
            WhyIgnored::NoCertificates => NO_CERTIFICATES,
        };
        Said::new(words, &[&self.variable, &self.value.shortened(120)])
    }
}
