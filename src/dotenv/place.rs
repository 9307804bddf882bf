//! Where a new line may stand so that every reader sees it and none is disturbed by it.
//!
//! Some lines swallow what stands below them: `A= ` in Node 22 and Deno, a line of blanks or junk in
//! Node 20 and Vite on it, a `\` at the end in shells, systemd and make, an open quote in most.

use super::refusal::{Reason, Refusal};
use super::spelling;
use super::syntax::{Assignment, BOM, Item, Kind, Scan, Stretch, Style};

/// Where a new line may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At the top of the file.
    Top,
    /// Right below the item that begins here.
    Below(usize),
}

/// What the lines above do to a line that would stand below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// Nothing.
    Free,
    /// An empty value with blanks takes the next line as its value; a comment between stops it.
    EmptyWithBlanks,
    /// A `\` joins the next line to this one.
    Backslash,
    /// A line without `=` is glued to the next name, comments between included.
    Glue,
}

/// The places where a line for `name` may stand, the best first.
pub(super) fn places(scan: &Scan<'_>, name: &str) -> Result<Vec<Place>, Refusal> {
    // Readers that know another spelling let the last one win: the new line goes below it.
    let other = spelling::others(scan, name).last();
    let lowest = other.as_ref().map(|item| item.span.start);
    let (mut hold, mut template, mut last) = (Hold::Free, None, None);
    for stretch in scan.stretches() {
        let (start, is_template) = match stretch {
            Stretch::Calm { last } => {
                hold = Hold::Free;
                (last, false)
            }
            Stretch::Other(item) if is_unbalanced(&item) => break,
            Stretch::Other(item) => {
                hold = hold_after(scan, &item, hold);
                (item.span.start, is_template(scan, &item, name))
            }
        };
        if hold == Hold::Free && Some(start) >= lowest {
            last = Some(start);
            template = if is_template { last } else { template };
        }
    }
    let below = [template, last].into_iter().flatten().map(Place::Below);
    let mut places: Vec<Place> = below.collect();
    let is_behind_bom = scan.has_bom && scan.bytes.len() > BOM.len();
    if other.is_none() && !is_behind_bom {
        places.push(Place::Top);
    }
    if places.is_empty() {
        return Err(match other {
            Some(item) => Refusal::at(item.line, Reason::OtherSpelling),
            None => Refusal::at(line_in_the_way(scan), Reason::NoPlace),
        });
    }
    Ok(places)
}

/// Whether the item is the name, commented out from column 0 on.
fn is_template(scan: &Scan<'_>, item: &Item, name: &str) -> bool {
    item.kind == (Kind::Comment { is_indented: false })
        && spelling::is_template(scan.body(item), name)
}

/// The first item whose quotes are not balanced: nothing new may stand below it.
pub(super) fn first_unbalanced(scan: &Scan<'_>) -> Option<Item> {
    unbalanced(scan).next().map(|(item, _)| item)
}

/// The assignments whose quotes are not balanced.
pub(super) fn unbalanced<'s>(scan: &'s Scan<'_>) -> impl Iterator<Item = (Item, Assignment)> + 's {
    let items = scan.stretches().filter_map(|stretch| match stretch {
        Stretch::Calm { .. } => None,
        Stretch::Other(item) => item.with_assignment(),
    });
    items.filter(|(_, pair)| pair.is_unbalanced)
}

pub(super) fn is_unbalanced(item: &Item) -> bool {
    matches!(&item.kind, Kind::Assignment(pair) if pair.is_unbalanced)
}

/// The line that keeps a new one from standing at the end: an open quote, else the last line that
/// swallows what stands below it.
pub(super) fn line_in_the_way(scan: &Scan<'_>) -> usize {
    let last_held = || {
        let (mut hold, mut line) = (Hold::Free, 1);
        for item in scan.items() {
            hold = hold_after(scan, &item, hold);
            if hold != Hold::Free {
                line = item.line;
            }
        }
        line
    };
    first_unbalanced(scan).map_or_else(last_held, |item| item.line)
}

/// What an item does to the line below it, after lines that did `before`.
pub(super) fn hold_after(scan: &Scan<'_>, item: &Item, before: Hold) -> Hold {
    if scan.body(item).ends_with(b"\\") {
        return Hold::Backslash;
    }
    match &item.kind {
        Kind::Blank => before,
        Kind::Blanks | Kind::Junk | Kind::Heredoc | Kind::Comment { is_indented: true } => {
            Hold::Glue
        }
        Kind::Comment { is_indented: false } => match before {
            Hold::EmptyWithBlanks => Hold::Free,
            other => other,
        },
        Kind::Assignment(assignment) => {
            let is_empty = assignment.style == Style::Empty && assignment.comment.is_none();
            if is_empty && item.body_end > assignment.equals + 1 {
                Hold::EmptyWithBlanks
            } else {
                Hold::Free
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places for `KEY`; the item above is told by how many stand above it.
    fn at(file: &str) -> Vec<Place> {
        let scan = Scan::new(file.as_bytes());
        let number = |start| scan.items().filter(|item| item.span.start < start).count();
        let told = |place| match place {
            Place::Below(start) => Place::Below(number(start)),
            Place::Top => Place::Top,
        };
        let places = places(&scan, "KEY").unwrap_or_default();
        places.into_iter().map(told).collect()
    }

    #[test]
    fn a_plain_file_is_added_to_at_its_end() {
        assert_eq!(at("A=1\n\n"), [Place::Below(1), Place::Top]);
        assert_eq!(at(""), [Place::Top]);
    }

    #[test]
    fn lines_that_swallow_the_next_one_are_gone_back_over() {
        for tail in [
            "A= \n",
            "A= \n\n",
            "  \n",
            "  # c\n",
            "junk\n",
            "A=1 \\\n",
            "# c \\\n",
            "  \n# c\n",
            "A=$(cat <<EOF\nB=1\nEOF\n)\n",
            "B=don't\n",
            "B=\"open\n",
            "B=don't\nC=1\n",
            "\tNAME\n\n",
        ] {
            let file = format!("Z=1\n{tail}");
            assert_eq!(at(&file).first(), Some(&Place::Below(0)), "{tail:?}");
        }
    }

    #[test]
    fn a_comment_frees_what_stands_below_an_empty_value_with_blanks() {
        assert_eq!(at("A= \n# c\n").first(), Some(&Place::Below(1)));
        assert_eq!(at("A= # c\n").first(), Some(&Place::Below(0)));
        assert_eq!(at("junk\nB=1\n").first(), Some(&Place::Below(1)));
    }

    #[test]
    fn the_last_free_template_comes_first() {
        assert_eq!(
            at("# KEY=a\nA=1\n#KEY=b\nB=1\n").first(),
            Some(&Place::Below(2))
        );
        assert_eq!(at("# KEY=a \\\nA=1\n").first(), Some(&Place::Below(1)));
        assert_eq!(at("  # KEY=a\nA=1\n").first(), Some(&Place::Below(1)));
        assert_eq!(at("A=1\nB=don't\n# KEY=\n").first(), Some(&Place::Below(0)));
        assert_eq!(at("A=1\n  \n# KEY=\nB=1\n").first(), Some(&Place::Below(3)));
    }

    #[test]
    fn nothing_new_stands_behind_a_byte_order_mark_or_above_another_spelling() {
        let refusal = places(&Scan::new(b"\xEF\xBB\xBFA=don't\n"), "KEY").unwrap_err();
        assert_eq!(refusal, Refusal::at(1, Reason::NoPlace));
        let refusal = places(&Scan::new(b"A=1\nKEY: v\n"), "KEY").unwrap_err();
        assert_eq!(refusal, Refusal::at(2, Reason::OtherSpelling));
        assert_eq!(at("KEY: v\nA=1\n"), [Place::Below(1)]);
        assert_eq!(at("\u{feff}"), [Place::Top]);
    }
}
