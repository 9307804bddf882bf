//! Why a change is not made: nothing is written, and the line in the way is named.

use crate::domain::clean_text::CleanText;
use crate::text::{Phrase, Said};

/// A change that cannot be made without risk to another value, or to its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line in the way, from 1; `None` when the change itself is the reason.
    pub line: Option<usize>,
    /// What is in the way.
    pub reason: Reason,
}

/// What is in the way of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file is UTF-16.
    Utf16,
    /// The file holds a NUL.
    Nul,
    /// A CR that does not belong to a line end: readers do not agree on where lines end.
    LoneCr,
    /// A name that not every reader takes.
    BadName(CleanText),
    /// Nothing to write: that would be `unset`.
    EmptyValue,
    /// A line break or another control character in the value.
    ControlInValue,
    /// `$`, `\` or a backtick in the value: no spelling of it reads alike everywhere.
    SpecialInValue(char),
    /// Both kinds of quotes in the value.
    BothQuotesInValue,
    /// The present value is a reference to a secret kept elsewhere.
    Reference,
    /// The name stands inside a heredoc.
    InHeredoc,
    /// The value needs quotes, and a quote is open in the file.
    OpenQuote,
    /// The name stands there in a spelling that only some readers know, and would win there.
    OtherSpelling,
    /// There is no line below which every reader would see a new one.
    NoPlace,
    /// Another value, or this one, would be read differently afterwards.
    Disturbs,
    /// Removing the line would bring the next one under a line that swallows it.
    Uncovers,
}

impl Refusal {
    /// This line is in the way.
    pub(super) fn at(line: usize, reason: Reason) -> Self {
        Self {
            line: Some(line),
            reason,
        }
    }

    /// The whole file is in the way.
    pub(super) fn of_file(reason: Reason) -> Self {
        Self::at(1, reason)
    }

    /// The change itself is the reason.
    pub(super) fn of_change(reason: Reason) -> Self {
        Self { line: None, reason }
    }

    /// The reason, and the line where there is one.
    pub fn said(&self) -> Said {
        let reason = self.reason.said();
        match self.line {
            Some(line) => Said::joined(AT_LINE, &[Said::verbatim(line), reason]),
            None => reason,
        }
    }
}

impl Reason {
    /// The words for it.
    pub fn said(&self) -> Said {
        match self {
            Self::Utf16 => UTF16.into(),
            Self::Nul => NUL.into(),
            Self::LoneCr => LONE_CR.into(),
            Self::BadName(name) => Said::new(BAD_NAME, &[name]),
            Self::EmptyValue => EMPTY_VALUE.into(),
            Self::ControlInValue => CONTROL_IN_VALUE.into(),
            Self::SpecialInValue(special) => Said::new(SPECIAL_IN_VALUE, &[special]),
            Self::BothQuotesInValue => BOTH_QUOTES.into(),
            Self::Reference => REFERENCE.into(),
            Self::InHeredoc => IN_HEREDOC.into(),
            Self::OpenQuote => OPEN_QUOTE.into(),
            Self::OtherSpelling => OTHER_SPELLING.into(),
            Self::NoPlace => NO_PLACE.into(),
            Self::Disturbs => DISTURBS.into(),
            Self::Uncovers => UNCOVERS.into(),
        }
    }
}

const AT_LINE: Phrase = Phrase::new("line {}: {}", "第 {} 行：{}");
const UTF16: Phrase = Phrase::new(
    "the file is UTF-16, which no reader of .env files takes. In PowerShell: \
     (Get-Content .env) | Set-Content -Encoding utf8NoBOM .env",
    "文件是 UTF-16 编码，没有程序能按 .env 读取。可在 PowerShell 中执行：\
     (Get-Content .env) | Set-Content -Encoding utf8NoBOM .env",
);
const NUL: Phrase = Phrase::new(
    "there is a NUL byte, so this is not a text file",
    "含有 NUL 字节，这不是文本文件",
);
const LONE_CR: Phrase = Phrase::new(
    "there is a carriage return without a line feed, and programs do not agree on where that line ends",
    "有单独的回车符（CR），各程序对该行在何处结束理解不一",
);
const BAD_NAME: Phrase = Phrase::new(
    "not every program takes the name {}: letters, digits and _ only, no digit first",
    "名称 {} 不是所有程序都接受：只能用字母、数字和下划线，且不以数字开头",
);
const EMPTY_VALUE: Phrase = Phrase::new(
    "the value is empty; to take the name out, use unset",
    "值为空；若要去掉该名称，请使用 unset",
);
const CONTROL_IN_VALUE: Phrase = Phrase::new(
    "the value holds a line break or another control character",
    "值中有换行或其他控制字符",
);
const SPECIAL_IN_VALUE: Phrase = Phrase::new(
    "the value holds {}, and no spelling of it is read alike by every program",
    "值中有 {}，没有一种写法能让所有程序读出同样的内容",
);
const BOTH_QUOTES: Phrase = Phrase::new(
    "the value holds both ' and \", and no spelling of it is read alike by every program",
    "值中同时有 ' 和 \"，没有一种写法能让所有程序读出同样的内容",
);
const REFERENCE: Phrase = Phrase::new(
    "the present value points to a secret that is kept elsewhere; --force replaces it by plain text",
    "现有的值指向保存在别处的密钥；加 --force 才会用明文替换它",
);
const IN_HEREDOC: Phrase = Phrase::new(
    "the name stands inside a heredoc (<<), which shells and other programs read differently",
    "该名称位于 heredoc（<<）内，shell 与其他程序的读法不同",
);
const OPEN_QUOTE: Phrase = Phrase::new(
    "a quote is left open here, and the value needs quotes, which would close it",
    "此处有未闭合的引号，而要写入的值需要引号，会与它配对",
);
const OTHER_SPELLING: Phrase = Phrase::new(
    "the name stands here in a spelling that only some programs know, and it would win there",
    "该名称在此以另一种写法出现，部分程序认得它，并会以它为准",
);
const NO_PLACE: Phrase = Phrase::new(
    "no new line can stand so that every program sees it; this line is in the way",
    "找不到能让所有程序都看到新行的位置；这一行挡住了",
);
const DISTURBS: Phrase = Phrase::new(
    "with the change, some programs would read this or another value differently",
    "改动之后，部分程序会把这个或另一个值读成别的内容",
);
const UNCOVERS: Phrase = Phrase::new(
    "with the name gone, some programs would take the next line as part of this one",
    "去掉该名称后，部分程序会把下一行当成这一行的一部分",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_refusal_names_its_line_in_both_languages() {
        let refusal = Refusal::at(7, Reason::OpenQuote);
        assert!(refusal.said().say(Lang::En).starts_with("line 7: a quote"));
        assert!(refusal.said().say(Lang::Zh).starts_with("第 7 行："));
        let refusal = Refusal::of_change(Reason::SpecialInValue('$'));
        assert!(
            refusal
                .said()
                .say(Lang::En)
                .starts_with("the value holds $,")
        );
    }
}
