//! How the blocks of Markdown begin and end, each by the look of one line without its indent.
//! Source: the `CommonMark` specification 0.31, and GitHub's for tables.

/// A heading's `#`s: its level, and what it says.
pub(super) fn atx(words: &str) -> Option<(u8, &str)> {
    let rest = words.trim_start_matches('#');
    let level = u8::try_from(words.len() - rest.len()).ok()?;
    if !(1..=6).contains(&level) || !(rest.trim().is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let title = rest.trim();
    let bare = title.trim_end_matches('#');
    let is_closed = bare.is_empty() || bare.ends_with([' ', '\t']);
    Some((level, if is_closed { bare.trim_end() } else { title }))
}

/// The line below a heading: its level.
pub(super) fn setext(words: &str) -> Option<u8> {
    let words = words.trim_end();
    let is_all = |mark: u8| !words.is_empty() && words.bytes().all(|byte| byte == mark);
    if is_all(b'=') {
        Some(1)
    } else if is_all(b'-') {
        Some(2)
    } else {
        None
    }
}

/// Whether a line is a rule.
pub(super) fn is_rule(words: &str) -> bool {
    let mut marks = words.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let Some(first) = marks
        .next()
        .filter(|mark| matches!(mark, b'*' | b'-' | b'_'))
    else {
        return false;
    };
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// The marks that open fenced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: u8,
    length: usize,
    /// Columns it is indented by; the code loses as many.
    pub(super) indent: usize,
}

/// A fence and what stands behind it.
pub(super) fn fence(words: &str, indent: usize) -> Option<(Fence, &str)> {
    let mark = *words.as_bytes().first()?;
    if !matches!(mark, b'`' | b'~') {
        return None;
    }
    let info = words.trim_start_matches(char::from(mark));
    let length = words.len() - info.len();
    // Backticks in the info make it inline code.
    if length < 3 || (mark == b'`' && info.contains('`')) {
        return None;
    }
    let fence = Fence {
        mark,
        length,
        indent,
    };
    Some((fence, info.trim()))
}

impl Fence {
    /// Whether a line, indented by less than four columns, ends its code.
    pub(super) fn is_closed_by(self, words: &str) -> bool {
        let rest = words.trim_start_matches(char::from(self.mark));
        words.len() - rest.len() >= self.length && rest.trim().is_empty()
    }
}

/// What an item of a list begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// The bullet, or what stands behind the number.
    pub(super) mark: u8,
    pub(super) number: Option<u64>,
    /// Bytes of it.
    pub(super) length: usize,
    /// Nothing stands behind it.
    pub(super) is_bare: bool,
}

/// The marker of an item.
pub(super) fn marker(words: &str) -> Option<Marker> {
    let bytes = words.as_bytes();
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let mark = *bytes.get(digits)?;
    let fits = match digits {
        0 => matches!(mark, b'-' | b'+' | b'*'),
        1..=9 => matches!(mark, b'.' | b')'),
        _ => false,
    };
    let rest = words.get(digits + 1..).filter(|_| fits)?;
    let is_bare = rest.trim().is_empty();
    (is_bare || rest.starts_with([' ', '\t'])).then_some(Marker {
        mark,
        number: words.get(..digits).and_then(|number| number.parse().ok()),
        length: digits + 1,
        is_bare,
    })
}

/// How HTML that stands by itself ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlEnd {
    /// Before an empty line.
    Blank,
    /// In the line that holds this.
    Holding(&'static str),
    /// In the line that closes one of the tags whose content is not Markdown.
    Verbatim,
}

const VERBATIM_TAGS: [&str; 4] = ["pre", "script", "style", "textarea"];

/// The tags that begin HTML by themselves.
const BLOCK_TAGS: &str = "address article aside base basefont blockquote body caption center col colgroup dd \
    details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 \
    h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol \
    optgroup option p param search section summary table tbody td tfoot th thead title tr \
    track ul";

/// How HTML that begins with this line ends; `None`: it does not begin here.
pub(super) fn html(words: &str, interrupts_paragraph: bool) -> Option<HtmlEnd> {
    let rest = words.strip_prefix('<')?;
    for (start, end) in [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>")] {
        if rest.starts_with(start) {
            return Some(HtmlEnd::Holding(end));
        }
    }
    if let Some(rest) = rest.strip_prefix('!') {
        let is_declaration = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        return is_declaration.then_some(HtmlEnd::Holding(">"));
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let tag = name.get(..length)?.to_ascii_lowercase();
    let after = name.get(length..)?.trim_end();
    let is_over = after.is_empty() || after.starts_with([' ', '\t', '>']);
    if VERBATIM_TAGS.contains(&tag.as_str()) && is_over && !rest.starts_with('/') {
        return Some(HtmlEnd::Verbatim);
    }
    let is_block = !tag.is_empty() && BLOCK_TAGS.split(' ').any(|it| it == tag);
    if is_block && (is_over || after.starts_with("/>")) {
        return Some(HtmlEnd::Blank);
    }
    let tag = super::tag::length(words)?;
    let is_alone = words.get(tag..).is_some_and(|rest| rest.trim().is_empty());
    (is_alone && !interrupts_paragraph).then_some(HtmlEnd::Blank)
}

impl HtmlEnd {
    /// Whether a line is the last one.
    pub(super) fn is_in(self, line: &str) -> bool {
        match self {
            Self::Blank => false,
            Self::Holding(end) => line.contains(end),
            Self::Verbatim => {
                let line = line.to_ascii_lowercase();
                VERBATIM_TAGS
                    .iter()
                    .any(|tag| line.contains(&format!("</{tag}>")))
            }
        }
    }
}

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// To the left.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
}

/// The line below the header of a table: how its columns are aligned.
pub(super) fn delimiter(words: &str) -> Option<Vec<Align>> {
    let words = words.trim();
    let is_one = words.contains('-')
        && words
            .bytes()
            .all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'));
    if !is_one || !words.contains(['|', ':']) {
        return None;
    }
    let bare = words.strip_prefix('|').unwrap_or(words);
    let bare = bare.strip_suffix('|').unwrap_or(bare);
    let columns = bare.split('|').map(|column| {
        let column = column.trim();
        let dashes = column.trim_start_matches(':').trim_end_matches(':');
        let is_whole = !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-');
        let ends = (column.starts_with(':'), column.ends_with(':'));
        is_whole.then_some(match ends {
            (true, true) => Align::Middle,
            (false, true) => Align::Right,
            _ => Align::Left,
        })
    });
    columns.collect()
}

/// The cells of a line of a table, as bytes of it, without the blanks round them. A bar behind a backslash
/// is no border.
pub fn cells(line: &str) -> Vec<std::ops::Range<usize>> {
    let bare = line.trim();
    let offset = line.len() - line.trim_start().len();
    let mut cells = Vec::new();
    let mut start = usize::from(bare.starts_with('|'));
    let mut is_escaped = false;
    for (at, byte) in bare.bytes().enumerate().skip(start) {
        if byte == b'|' && !is_escaped {
            cells.push(start..at);
            start = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    if start < bare.len() || cells.is_empty() {
        cells.push(start..bare.len());
    }
    for cell in &mut cells {
        let text = bare.get(cell.clone()).unwrap_or_default();
        let from = cell.start + text.len() - text.trim_start().len();
        *cell = from + offset..from + offset + text.trim().len();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_needs_a_blank_and_loses_its_closing_marks() {
        assert_eq!(atx("## Two ##"), Some((2, "Two")));
        assert_eq!(atx("# C#"), Some((1, "C#")));
        assert_eq!(atx("#"), Some((1, "")));
        assert_eq!(atx("#include"), None);
        assert_eq!(atx("####### seven"), None);
    }

    #[test]
    fn rules_and_markers_are_told_apart() {
        assert!(is_rule("* * *") && is_rule("---") && !is_rule("--") && !is_rule("-*-"));
        assert_eq!(marker("12) x").and_then(|it| it.number), Some(12));
        assert!(
            marker("-x").is_none() && marker("1x").is_none() && marker("1234567890. x").is_none()
        );
        assert!(marker("-").is_some_and(|it| it.is_bare));
    }

    #[test]
    fn cells_lie_between_bars() {
        let line = "| a | `b\\|c` |  |";
        let found: Vec<_> = cells(line).into_iter().map(|cell| line.get(cell)).collect();
        let found: Vec<_> = found.into_iter().flatten().collect();
        assert_eq!(found, ["a", "`b\\|c`", ""]);
        assert_eq!(cells("a | b").len(), 2);
    }

    #[test]
    fn the_line_below_a_header_says_how_columns_are_aligned() {
        use Align::{Left, Middle, Right};
        assert_eq!(delimiter("|:-:|--:|---|"), Some(vec![Middle, Right, Left]));
        assert_eq!(delimiter("-"), None);
        assert_eq!(delimiter("| - | x |"), None);
    }
}
