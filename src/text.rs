//! Words a person reads, in both languages side by side.

use std::fmt;
use std::str::FromStr;

/// The languages the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// The other one: what the language switch turns to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }

    /// The language of a locale name such as `zh_CN.UTF-8`; English unless it starts with `zh`.
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// The tag used by `--lang` and in files.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, UnknownLang> {
        match tag {
            "en" => Ok(Self::En),
            "zh-CN" | "zh" => Ok(Self::Zh),
            _ => Err(UnknownLang),
        }
    }
}

/// A language tag that the program does not speak.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownLang;

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of: en, zh-CN")
    }
}

impl std::error::Error for UnknownLang {}

/// One thing to say, in both languages. `{}` marks a blank, filled in order by [`Phrase::fill`].
///
/// A `const` phrase with a missing language, or whose languages differ in their number of blanks,
/// does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    en: &'static str,
    zh: &'static str,
}

impl Phrase {
    /// The first for one of something, else the second: English has two forms.
    pub const fn counted(count: u64, one: Self, many: Self) -> Self {
        if count == 1 { one } else { many }
    }

    /// Both languages of one phrase.
    ///
    /// # Panics
    /// At compile time, when one is empty or their blanks differ in number.
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        assert!(
            !en.is_empty() && !zh.is_empty(),
            "a phrase says something in both languages"
        );
        assert!(
            blanks(en) == blanks(zh),
            "both languages have the same number of blanks"
        );
        Self { en, zh }
    }

    /// The words in `lang`.
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// The words in `lang`, their blanks filled in order; a surplus blank stays empty.
    pub fn fill(self, lang: Lang, parts: &[&dyn fmt::Display]) -> String {
        let mut said = String::new();
        let mut parts = parts.iter();
        let mut pieces = self.say(lang).split("{}").peekable();
        while let Some(piece) = pieces.next() {
            said.push_str(piece);
            if pieces.peek().is_some()
                && let Some(part) = parts.next()
            {
                said.push_str(&part.to_string());
            }
        }
        said
    }
}

/// A phrase with its blanks already chosen, still speakable in either language; more sentences may
/// follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    phrase: Phrase,
    parts: Vec<Part>,
    next: Vec<Said>,
}

impl Said {
    /// The phrase with what goes into its blanks, in order. The parts are drawn: foreign text goes
    /// through `CleanText` first.
    pub fn new(phrase: Phrase, parts: &[&dyn fmt::Display]) -> Self {
        Self {
            phrase,
            parts: parts
                .iter()
                .map(|part| Part::Text(part.to_string()))
                .collect(),
            next: Vec::new(),
        }
    }

    /// A phrase whose blanks hold sayings of their own, in order.
    pub fn joined(phrase: Phrase, parts: &[Self]) -> Self {
        Self {
            phrase,
            parts: parts
                .iter()
                .map(|part| Part::Said(Box::new(part.clone())))
                .collect(),
            next: Vec::new(),
        }
    }

    /// The same words in every language: a name, an address.
    pub fn verbatim(words: impl fmt::Display) -> Self {
        const AS_IT_IS: Phrase = Phrase::new("{}", "{}");
        Self::new(AS_IT_IS, &[&words])
    }

    /// The words in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let parts: Vec<String> = self.parts.iter().map(|part| part.say(lang)).collect();
        let parts: Vec<&dyn fmt::Display> =
            parts.iter().map(|part| part as &dyn fmt::Display).collect();
        let mut said = self.phrase.fill(lang, &parts);
        for sentence in &self.next {
            // A Chinese full stop brings its own room.
            if lang == Lang::En {
                said.push(' ');
            }
            said.push_str(&sentence.say(lang));
        }
        said
    }

    /// This, and then another sentence.
    #[must_use]
    pub fn then(mut self, sentence: impl Into<Self>) -> Self {
        self.next.push(sentence.into());
        self
    }
}

/// What fills a blank.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Said(Box<Said>),
}

impl Part {
    fn say(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Said(said) => said.say(lang),
        }
    }
}

impl From<Phrase> for Said {
    fn from(phrase: Phrase) -> Self {
        Self {
            phrase,
            parts: Vec::new(),
            next: Vec::new(),
        }
    }
}

const fn blanks(words: &str) -> usize {
    let bytes = words.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at + 1 < bytes.len() {
        if bytes[at] == b'{' && bytes[at + 1] == b'}' {
            count += 1;
        }
        at += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Phrase = Phrase::new("{} of {} left", "剩 {}，共 {}");

    #[test]
    fn blanks_are_filled_in_order_in_both_languages() {
        assert_eq!(LEFT.fill(Lang::En, &[&1, &"two"]), "1 of two left");
        assert_eq!(LEFT.fill(Lang::Zh, &[&1, &"two"]), "剩 1，共 two");
    }

    #[test]
    fn a_part_that_looks_like_a_blank_is_not_filled_again() {
        assert_eq!(LEFT.fill(Lang::En, &[&"{}", &2]), "{} of 2 left");
    }

    #[test]
    fn a_saying_inside_a_saying_speaks_the_same_language() {
        let inner = Said::from(Phrase::new("here", "此处"));
        let outer = Said::joined(LEFT, &[inner, Said::verbatim("x")]);
        assert_eq!(outer.say(Lang::En), "here of x left");
        assert_eq!(outer.say(Lang::Zh), "剩 此处，共 x");
    }

    #[test]
    fn sentences_follow_each_other_as_the_language_wants() {
        const FULL: Phrase = Phrase::new("It is full.", "满了。");
        const BY: Phrase = Phrase::new("By {}.", "由 {}。");
        let said = Said::from(FULL).then(Said::new(BY, &[&"ada"]));
        assert_eq!(said.say(Lang::En), "It is full. By ada.");
        assert_eq!(said.say(Lang::Zh), "满了。由 ada。");
    }

    #[test]
    fn a_chinese_locale_speaks_chinese() {
        assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(Lang::from_locale("C"), Lang::En);
    }
}
