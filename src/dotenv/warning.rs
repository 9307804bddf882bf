//! What deserves a word beside a change: it was made, but some programs will read it otherwise.

use super::syntax::{BOM, Scan};
use super::{mask, spelling};
use crate::domain::clean_text::CleanText;
use crate::text::{Phrase, Said};

/// What deserves a word beside a change. Lines are of the new file, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The name stands right behind a byte order mark.
    BehindBom {
        /// The name.
        name: CleanText,
    },
    /// The line ends in CR LF.
    CrLf {
        /// The name.
        name: CleanText,
        /// Its line.
        line: usize,
    },
    /// Blanks stand before the `=`.
    BlankBeforeEquals {
        /// The name.
        name: CleanText,
        /// Its line.
        line: usize,
    },
    /// The name stands there in another spelling as well, which was left alone.
    OtherSpelling {
        /// The name.
        name: CleanText,
        /// The line of the other spelling.
        line: usize,
    },
    /// The name stands there in other letters as well; on Windows they are the same name.
    OtherCase {
        /// The name.
        name: CleanText,
        /// The line of the other one.
        line: usize,
    },
    /// Web frameworks put variables of this name into what browsers load.
    BrowserExposed {
        /// The name.
        name: CleanText,
    },
}

impl Warning {
    /// The words for it.
    pub fn said(&self) -> Said {
        match self {
            Self::BehindBom { name } => Said::new(BEHIND_BOM, &[name]),
            Self::CrLf { name, line } => Said::new(CR_LF, &[line, name]),
            Self::BlankBeforeEquals { name, line } => Said::new(BLANK_BEFORE_EQUALS, &[line, name]),
            Self::OtherSpelling { name, line } => Said::new(OTHER_SPELLING, &[line, name]),
            Self::OtherCase { name, line } => Said::new(OTHER_CASE, &[line, name]),
            Self::BrowserExposed { name } => Said::new(BROWSER_EXPOSED, &[name]),
        }
    }
}

/// The warnings that a name calls for in the file as it will be.
pub(super) fn about(scan: &Scan<'_>, name: &str) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let said = || CleanText::line(name);
    if mask::is_browser_exposed(name) && scan.assignments_to(name).next().is_some() {
        warnings.push(Warning::BrowserExposed { name: said() });
    }
    for (item, assignment) in scan.assignments_to(name) {
        if scan.has_bom && item.span.start == BOM.len() {
            warnings.push(Warning::BehindBom { name: said() });
        }
        if scan.line_end(&item).starts_with(b"\r") {
            let line = item.line;
            warnings.push(Warning::CrLf { name: said(), line });
        }
        if assignment.is_spaced {
            let line = item.line;
            warnings.push(Warning::BlankBeforeEquals { name: said(), line });
        }
    }
    for item in spelling::others(scan, name) {
        let line = item.line;
        warnings.push(Warning::OtherSpelling { name: said(), line });
    }
    if cfg!(windows) {
        let others = scan
            .assignments()
            .filter(|(_, pair)| is_other_case(scan.text(&pair.name), name));
        warnings.extend(others.map(|(item, _)| Warning::OtherCase {
            name: said(),
            line: item.line,
        }));
    }
    warnings
}

fn is_other_case(other: &[u8], name: &str) -> bool {
    other != name.as_bytes() && other.eq_ignore_ascii_case(name.as_bytes())
}

const BEHIND_BOM: Phrase = Phrase::new(
    "{} stands right behind a byte order mark: bash, Node, Deno, systemd, PHP and uv do not see it; save the file as UTF-8 without BOM",
    "{} 紧跟在字节顺序标记（BOM）之后：bash、Node、Deno、systemd、PHP 和 uv 看不到它；请把文件另存为不带 BOM 的 UTF-8",
);
const CR_LF: Phrase = Phrase::new(
    "line {} ends in CR LF: a shell that sources the file gets {} with a carriage return at its end",
    "第 {} 行以 CR LF 结尾：用 shell 的 source 读取时，{} 末尾会多一个回车符",
);
const BLANK_BEFORE_EQUALS: Phrase = Phrase::new(
    "line {} has a blank before =: a shell that sources the file does not set {}",
    "第 {} 行的 = 前有空格：用 shell 的 source 读取时不会设置 {}",
);
const OTHER_SPELLING: Phrase = Phrase::new(
    "line {} still holds {} in another spelling, which some programs read",
    "第 {} 行仍有 {} 的另一种写法，部分程序会读取它",
);
const OTHER_CASE: Phrase = Phrase::new(
    "line {} holds a name that differs from {} only in case; on Windows they are the same",
    "第 {} 行的名称与 {} 只有大小写之别；在 Windows 上两者相同",
);
const BROWSER_EXPOSED: Phrase = Phrase::new(
    "{} goes into what browsers load, by its prefix: a key under this name is public",
    "{} 的前缀会让它被打包进浏览器加载的代码：放在这个名称下的密钥等于公开",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn words(file: &[u8], name: &str) -> Vec<String> {
        let warnings = about(&Scan::new(file), name);
        warnings
            .iter()
            .map(|warning| warning.said().say(Lang::En))
            .collect()
    }

    #[test]
    fn each_trap_is_named_with_its_line() {
        let said = words(b"\xEF\xBB\xBFKEY=1\r\nB=2\nKEY = 3\nKEY: x\n", "KEY");
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said[0].starts_with("KEY stands right behind"));
        assert!(said[1].starts_with("line 1 ends in CR LF"));
        assert!(said[2].starts_with("line 3 has a blank"));
        assert!(said[3].starts_with("line 4 still holds KEY"));
    }

    #[test]
    fn a_key_that_browsers_would_load_is_pointed_out() {
        assert_eq!(words(b"VITE_API_KEY=1\n", "VITE_API_KEY").len(), 1);
        assert_eq!(words(b"API_KEY=1\n", "API_KEY"), Vec::<String>::new());
    }
}
