//! How assignments are written: blanks, quotes, names, line ends, names that stand twice.

use std::collections::HashMap;
use std::ops::Range;

use super::Notes;
use super::mend::Mend;
use super::trap::notation as trap;
use crate::domain::clean_text::CleanText;
use crate::dotenv::reference::points_elsewhere;
use crate::dotenv::syntax::{Assignment, BOM, Item, Kind, Scan, Style};
use crate::dotenv::value::{self, is_name, is_plain};

/// Signs that mean something to a shell in a value without quotes, or end it in dotenvy.
const SHELL_SIGNS: &[u8] = b" \t&;|<>()";

pub(super) fn examine(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    whole_file(scan, notes);
    let names = first_lines(scan);
    for (item, assignment) in scan.assignments() {
        let name = Named::of(scan, &item, &assignment);
        name.written(scan, notes);
        name.round_equals(notes);
        name.value(scan, &names, notes);
    }
    twice(scan, notes);
}

/// Where each name stands first.
type FirstLines<'a> = HashMap<&'a [u8], usize>;

fn first_lines<'a>(scan: &Scan<'a>) -> FirstLines<'a> {
    let mut lines = FirstLines::new();
    for (item, pair) in scan.assignments() {
        lines.entry(scan.text(&pair.name)).or_insert(item.line);
    }
    lines
}

/// What is said of the file once.
fn whole_file(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    let first = scan.items().next();
    if let (true, Some(Kind::Assignment(first))) = (scan.has_bom, first.map(|item| item.kind)) {
        let name = shown(scan.text(&first.name));
        let mend = Mend::of(vec![(0..BOM.len(), Vec::new())]);
        notes.say(&trap::BOM, 1, &[&name], Some(mend));
    }
    let returns = |item: &Item| scan.line_end(item).starts_with(b"\r");
    if let Some(item) = scan.items().find(returns) {
        let ends = scan.items().filter(returns);
        let edits = ends.map(|item| (item.body_end..item.span.end, b"\n".to_vec()));
        notes.say(&trap::CRLF, item.line, &[], Some(Mend::of(edits.collect())));
    }
    if let Err(error) = std::str::from_utf8(scan.bytes) {
        let bad = error.valid_up_to();
        let line = memchr::memchr_iter(b'\n', &scan.bytes[..bad]).count() + 1;
        notes.say(&trap::NOT_UTF8, line, &[], None);
    }
}

/// An assignment with its name, ready to be drawn.
struct Named<'s> {
    name: CleanText,
    item: &'s Item,
    pair: &'s Assignment,
}

impl<'s> Named<'s> {
    fn of(scan: &Scan<'_>, item: &'s Item, pair: &'s Assignment) -> Self {
        Self {
            name: shown(scan.text(&pair.name)),
            item,
            pair,
        }
    }

    /// The name itself, and what stands before it.
    fn written(&self, scan: &Scan<'_>, notes: &mut Notes<'_>) {
        let Self { name, item, pair } = self;
        let is_taken = std::str::from_utf8(scan.text(&pair.name)).is_ok_and(is_name);
        if !is_taken {
            notes.say(&trap::ODD_NAME, item.line, &[name], None);
        }
        let before = scan.bytes[item.span.start..pair.name.start].trim_ascii();
        if before == b"export" {
            let mend = Mend::of(vec![(item.span.start..pair.name.start, Vec::new())]);
            notes.say(&trap::EXPORT, item.line, &[name], Some(mend.by_consent()));
        }
        let is_last = item.span.end == scan.bytes.len();
        let end = scan.bytes[item.span.start..item.span.end].trim_ascii_end();
        let blanks = item.span.start + end.len()..item.span.end;
        // Without a value the blanks are behind the =, and another trap.
        if is_last && scan.line_end(item).is_empty() && !blanks.is_empty() && !pair.value.is_empty()
        {
            let mend = Mend::of(vec![(blanks, Vec::new())]);
            notes.say(&trap::BLANK_AT_END, item.line, &[name], Some(mend));
        }
    }

    fn round_equals(&self, notes: &mut Notes<'_>) {
        let Self { name, item, pair } = self;
        let gap = |range: Range<usize>| Some(Mend::of(vec![(range, Vec::new())]));
        if pair.is_spaced {
            let mend = gap(pair.name.end..pair.equals);
            notes.say(&trap::BLANK_BEFORE, item.line, &[name], mend);
        }
        let after = pair.equals + 1..pair.value.start;
        if !after.is_empty() && pair.style != Style::Empty {
            notes.say(&trap::BLANK_AFTER, item.line, &[name], gap(after));
        }
        if pair.is_unbalanced {
            notes.say(&trap::UNBALANCED, item.line, &[name], None);
        }
    }

    /// What no quotes, or the wrong ones, do to the value.
    fn value(&self, scan: &Scan<'_>, names: &FirstLines<'_>, notes: &mut Notes<'_>) {
        let Self { name, item, pair } = self;
        let line = item.line;
        let content = scan.content(pair);
        match pair.style {
            Style::Empty => return,
            Style::Quoted(b'`') => {
                if !points_elsewhere(scan, pair) {
                    notes.say(
                        &trap::BACKTICKS,
                        line,
                        &[name],
                        self.without_quotes(content),
                    );
                }
            }
            Style::Quoted(_) => {
                if let Some(mend) = self.without_quotes(content) {
                    notes.say(&trap::QUOTES, line, &[name], Some(mend));
                }
            }
            Style::Bare if pair.is_unbalanced => return,
            Style::Bare => {
                if content.contains(&b'#') {
                    let mend = self.with_quotes(content).map(Mend::by_consent);
                    notes.say(&trap::HASH, line, &[name], mend);
                } else if content.iter().any(|byte| SHELL_SIGNS.contains(byte))
                    && !content.contains(&b'$')
                    && !content.contains(&b'`')
                {
                    let mend = self.with_quotes(content).map(Mend::joining);
                    notes.say(&trap::SHELL_SIGNS, line, &[name], mend);
                }
            }
        }
        let is_at_end = scan.body(item).ends_with(b"\\");
        if content.contains(&b'\\') && !is_at_end && pair.style != Style::Quoted(b'\'') {
            notes.say(&trap::BACKSLASH, line, &[name], None);
        }
        self.dollars(scan, content, names, notes);
    }

    fn dollars(
        &self,
        scan: &Scan<'_>,
        content: &[u8],
        names: &FirstLines<'_>,
        notes: &mut Notes<'_>,
    ) {
        let Self { name, item, pair } = self;
        let is_command = content.windows(2).any(|two| two == b"$(");
        if !content.contains(&b'$') || is_command || points_elsewhere(scan, pair) {
            return;
        }
        let is_above = |referred| names.get(referred).is_some_and(|&line| line < item.line);
        let is_known = names_referred_to(content).all(is_above);
        let trap = if is_known {
            &trap::EXPANDED
        } else {
            &trap::DOLLAR
        };
        notes.say(trap, item.line, &[name], None);
    }

    /// The value without its quotes, where it means itself without them.
    fn without_quotes(&self, content: &[u8]) -> Option<Mend> {
        let value = &self.pair.value;
        // `"v"#c`: without quotes the comment would be part of the value.
        let touches_comment = self.pair.comment == Some(value.end);
        let is_plain = std::str::from_utf8(content).is_ok_and(is_plain);
        (is_plain && !touches_comment).then(|| {
            Mend::of(vec![
                (value.start..value.start + 1, Vec::new()),
                (value.end - 1..value.end, Vec::new()),
            ])
        })
    }

    fn with_quotes(&self, content: &[u8]) -> Option<Mend> {
        let text = std::str::from_utf8(content).ok()?;
        value::check(text).ok()?;
        let spelled = value::spell(text, Style::Empty);
        Some(Mend::of(vec![(self.pair.value.clone(), spelled.into())]))
    }
}

/// The names behind each `$`, with or without braces. A `$` without a name refers to an empty one.
fn names_referred_to(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|&byte| byte == b'$').skip(1).map(|rest| {
        let rest = rest.strip_prefix(b"{").unwrap_or(rest);
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let end = rest.iter().position(|byte| !is_name(byte));
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// Names that stand on several lines.
fn twice(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    let mut seen: HashMap<&[u8], (usize, &[u8])> = HashMap::new();
    for (item, pair) in scan.assignments() {
        let (name, content) = (scan.text(&pair.name), scan.content(&pair));
        let Some(&(line, first)) = seen.get(name) else {
            seen.insert(name, (item.line, content));
            continue;
        };
        let shown = shown(name);
        if first == content {
            let mend = Mend::of(vec![(item.span.clone(), Vec::new())]);
            notes.say(
                &trap::DUPLICATE_SAME,
                item.line,
                &[&shown, &line],
                Some(mend),
            );
        } else {
            notes.say(&trap::DUPLICATE, item.line, &[&shown, &line], None);
        }
    }
}

/// A name as it may be drawn; what is no name may be the end of a broken secret.
pub(super) fn shown(name: &[u8]) -> CleanText {
    const HIDDEN: &str = "…";
    let text = String::from_utf8_lossy(name);
    let is_readable = text.len() <= 64
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+'));
    CleanText::line(if is_readable { &text } else { HIDDEN })
}
