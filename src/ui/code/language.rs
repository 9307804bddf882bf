//! What is said of a language.

use crate::ui::theme::Tone;

/// A language, as far as its looks go.
#[derive(Debug)]
pub(super) struct Language {
    /// What it is called behind a fence, and the endings of its files.
    pub(super) names: &'static str,
    pub(super) grammar: Grammar,
    pub(super) keywords: &'static str,
    pub(super) types: &'static str,
    /// Truth values and the like.
    pub(super) constants: &'static str,
    /// What a remark to the end of the line begins with.
    pub(super) remarks: &'static [&'static str],
    /// What remarks over several lines stand between.
    pub(super) blocks: &'static [(&'static str, &'static str)],
    /// What text stands between; the longer marks first.
    pub(super) quotes: &'static [Quote],
    pub(super) traits: Traits,
}

/// How the lines of a language are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    /// Words, texts, remarks: nearly all of them.
    Words,
    /// Tags.
    Markup,
    /// Rules of style.
    Css,
    /// Names and values, by indent.
    Yaml,
    /// Names and values, by section.
    Ini,
    /// Lines that came and went.
    Diff,
    /// Markdown itself.
    Markdown,
}

/// What a text stands between.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// A backslash names characters in it.
    pub(super) has_escapes: bool,
    /// It goes on over line ends.
    pub(super) is_long: bool,
}

/// What else there is to a language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl Traits {
    /// Nothing.
    pub(super) const NONE: Self = Self(0);
    /// Keywords are the same in capitals.
    pub(super) const ANY_CASE: Self = Self(1);
    /// A name with a capital is a type.
    pub(super) const CAPITAL_TYPES: Self = Self(2);
    /// `@name` says something about what follows.
    pub(super) const DECORATORS: Self = Self(4);
    /// `#[name]` says something about what follows.
    pub(super) const BRACKET_ATTRIBUTES: Self = Self(8);
    /// Lines that begin with `#` are for the preprocessor.
    pub(super) const PREPROCESSOR: Self = Self(16);
    /// `$name` is a variable.
    pub(super) const DOLLARS: Self = Self(32);
    /// `'a` is a lifetime, `'a'` a character; `r#"…"#` is a text; `name!` is called.
    pub(super) const RUST: Self = Self(64);
    /// `<<WORD` begins a text that ends with that word.
    pub(super) const HEREDOCS: Self = Self(128);
    /// A text before a colon is a name.
    pub(super) const TEXT_KEYS: Self = Self(256);
    /// Remarks hold remarks.
    pub(super) const NESTS: Self = Self(512);
    /// `:name` is a symbol; `@name` a variable.
    pub(super) const SYMBOLS: Self = Self(1024);
    /// A name at the left before a colon is a target.
    pub(super) const TARGETS: Self = Self(2048);
    /// A letter before a quote belongs to it.
    pub(super) const PREFIXES: Self = Self(4096);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Language {
    /// The words it knows, sorted, with what they are.
    pub(super) fn words(&self) -> Vec<(&'static str, Tone)> {
        let kinds = [
            (self.keywords, Tone::Keyword),
            (self.types, Tone::TypeName),
            (self.constants, Tone::Number),
        ];
        let mut words: Vec<_> = kinds
            .into_iter()
            .flat_map(|(words, tone)| words.split_ascii_whitespace().map(move |word| (word, tone)))
            .collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        words
    }

    /// Whether it is called so, whatever the case.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let mut names = self.names.split_ascii_whitespace();
        names.any(|known| known.eq_ignore_ascii_case(name))
    }
}
