//! A page drawn: wrapped to the width, scrolled so that what has the keyboard is in sight.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::canvas::{Canvas, Touch};
use super::editor::Field;
use super::link::make_link;
use super::page::{Block, Fact, Page, TableRow, stage_mark};
use super::table::aligned;
use super::theme::{Theme, Tone};
use super::wrap::{clip, pad, width, wrap};
use crate::domain::line_diff::DiffKind;
use crate::domain::stage::StageStatus;
use crate::flow::env::FileChange;

/// A page sets code in by so many columns.
const CODE_INDENT: usize = 2;
/// The columns of the marks that tell of more above and below: a blank and `PgUp`.
const MORE_COLUMNS: u16 = 5;
/// A page that is no wider than this has no room for the marks.
const NARROWEST_MORE: u16 = 20;

/// One row of a page.
struct Row<'a> {
    line: Line<'static>,
    choice: Option<usize>,
    field: Option<(&'a Field, u16)>,
    link: Option<String>,
    has_focus: bool,
}

impl Row<'_> {
    fn new(line: Line<'static>) -> Self {
        Self {
            line,
            choice: None,
            field: None,
            link: None,
            has_focus: false,
        }
    }

    fn of_choice(line: Line<'static>, number: usize, is_chosen: bool) -> Self {
        Self {
            choice: Some(number),
            has_focus: is_chosen,
            ..Self::new(line)
        }
    }

    fn text(text: String, style: Style) -> Self {
        Self::new(Line::from(Span::styled(text, style)))
    }
}

/// Draws a page and returns how many rows it is too long for the area.
pub fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, page: &Page<'_>, scroll: Option<u16>) -> u16 {
    let height = usize::from(area.height);
    let mut rows = lay_out(page, usize::from(area.width), false, canvas.theme);
    let in_brief = rows.len() > height && page.brief.is_some();
    if in_brief {
        rows = lay_out(page, usize::from(area.width), true, canvas.theme);
    }
    let has_more = rows.len() > height && area.width > NARROWEST_MORE;
    // The marks of what is above and below stand beside what is written, never over it.
    let text = if has_more {
        Rect {
            width: area.width - MORE_COLUMNS,
            ..area
        }
    } else {
        area
    };
    let room = usize::from(text.width);
    if rows.iter().any(|row| row.line.width() > room) {
        rows = lay_out(page, room, in_brief, canvas.theme);
    }
    let surplus = rows.len().saturating_sub(height);
    let offset = match scroll {
        Some(rows_down) => usize::from(rows_down).min(surplus),
        None if page.opens_at_top => 0,
        None => following(&rows, height, surplus),
    };
    for (at, row) in rows.iter().skip(offset).take(height).enumerate() {
        let spot = Rect {
            y: area.y + u16::try_from(at).unwrap_or(0),
            height: 1,
            ..text
        };
        draw_row(canvas, spot, row);
    }
    if has_more {
        draw_more(canvas, area, offset, surplus);
    }
    u16::try_from(surplus).unwrap_or(u16::MAX)
}

/// What a line of code may take on a page of so many columns, so that it is whole beside the marks of what is above and
/// below, too.
pub fn code_columns(columns: usize) -> usize {
    columns.saturating_sub(CODE_INDENT + usize::from(MORE_COLUMNS))
}

/// How many rows a page takes at a width.
pub fn height(page: &Page<'_>, columns: u16, theme: Theme) -> u16 {
    let rows = lay_out(page, usize::from(columns), false, theme).len();
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// The offset at which what has the keyboard is in sight.
fn following(rows: &[Row<'_>], height: usize, surplus: usize) -> usize {
    let Some(last) = rows.iter().rposition(|row| row.has_focus) else {
        return 0;
    };
    let first = rows.iter().position(|row| row.has_focus).unwrap_or(last);
    // Two rows of what comes next show that there is more.
    let wanted = (last + 3).saturating_sub(height).min(surplus);
    wanted.min(first)
}

fn draw_row(canvas: &mut Canvas<'_, '_>, spot: Rect, row: &Row<'_>) {
    (&row.line).render(spot, canvas.buffer());
    if let Some(choice) = row.choice {
        canvas.note(spot, Touch::Choice(choice));
    }
    if let Some(url) = &row.link
        && canvas.theme.links()
    {
        make_link(canvas.buffer(), spot, url);
    }
    if let Some((field, indent)) = row.field {
        let inner = Rect {
            x: spot.x + indent,
            width: spot.width.saturating_sub(indent),
            ..spot
        };
        let caret = field.draw(inner, canvas.buffer());
        if row.has_focus
            && let Some(caret) = caret
        {
            canvas.set_caret(caret);
        }
    }
}

fn draw_more(canvas: &mut Canvas<'_, '_>, area: Rect, offset: usize, surplus: usize) {
    let style = canvas.theme.tone(Tone::Accent);
    let x = area.right().saturating_sub(MORE_COLUMNS);
    if offset > 0 {
        canvas.buffer().set_string(x, area.y, " PgUp", style);
    }
    if offset < surplus {
        canvas
            .buffer()
            .set_string(x, area.bottom().saturating_sub(1), " PgDn", style);
    }
}

fn lay_out<'a>(page: &'a Page<'a>, columns: usize, in_brief: bool, theme: Theme) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let label_columns = label_columns(page, columns);
    let stage_columns = stage_columns(page);
    let mut choice = 0;
    for block in page.told(in_brief) {
        match block {
            Block::Text(tone, words) => {
                let style = theme.tone(*tone);
                rows.extend(
                    wrap(words, columns)
                        .into_iter()
                        .map(|line| Row::text(line, style)),
                );
            }
            Block::Facts(facts) => lay_facts(&mut rows, facts, columns, theme),
            Block::Choice { label, note } => {
                let is_chosen = choice == page.chosen;
                lay_choice(
                    &mut rows,
                    label,
                    note,
                    choice,
                    is_chosen,
                    (columns, label_columns),
                    theme,
                );
                choice += 1;
            }
            Block::Under(words) => {
                let number = choice.saturating_sub(1);
                lay_under(
                    &mut rows,
                    words,
                    number,
                    number == page.chosen,
                    columns,
                    theme,
                );
            }
            Block::Field {
                label,
                field,
                has_focus,
            } => {
                rows.push(Row::text(label.clone(), theme.tone(Tone::Strong)));
                rows.push(Row {
                    field: Some((field, 2)),
                    has_focus: *has_focus,
                    ..Row::new(Line::from(Span::styled("> ", theme.tone(Tone::Accent))))
                });
            }
            Block::Table(table) => lay_table(&mut rows, table, columns, theme),
            Block::Change(change) => lay_change(&mut rows, change, columns, theme),
            Block::Stage {
                status,
                title,
                took,
                detail,
            } => {
                let texts = (title.as_str(), took.as_str(), detail.as_str());
                lay_stage(&mut rows, *status, texts, (columns, stage_columns), theme);
            }
            Block::Link(url) => {
                let style = theme.tone(Tone::Accent);
                let mut rest: Vec<char> = url.chars().collect();
                while !rest.is_empty() {
                    let line: String = rest.drain(..rest.len().min(columns.max(8))).collect();
                    rows.push(Row {
                        link: Some(url.clone()),
                        ..Row::text(line, style)
                    });
                }
            }
            Block::Code(lines) => {
                let style = theme.tone(Tone::Plain);
                rows.extend(lines.iter().map(|line| {
                    Row::text(
                        format!("  {}", clip(line, columns.saturating_sub(CODE_INDENT))),
                        style,
                    )
                }));
            }
            Block::Working(words) => {
                rows.push(Row::new(Line::from(vec![
                    Span::styled("▸ ", theme.tone(Tone::Accent)),
                    Span::raw(clip(words, columns.saturating_sub(2))),
                ])));
            }
            Block::Gap => rows.push(Row::new(Line::default())),
        }
    }
    rows
}

/// The width of the labels of a page's choices, so that their notes stand in a column.
fn label_columns(page: &Page<'_>, columns: usize) -> usize {
    let widest = page
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Choice { label, note } if !note.is_empty() => Some(width(label)),
            _ => None,
        })
        .max()
        .unwrap_or(0);
    widest.min(columns / 2)
}

fn stage_columns(page: &Page<'_>) -> usize {
    let titles = page.blocks.iter().filter_map(|block| match block {
        Block::Stage { title, .. } => Some(width(title)),
        _ => None,
    });
    titles.max().unwrap_or(0)
}

fn lay_choice(
    rows: &mut Vec<Row<'_>>,
    label: &str,
    note: &str,
    number: usize,
    is_chosen: bool,
    (columns, label_columns): (usize, usize),
    theme: Theme,
) {
    let (mark, style) = if is_chosen {
        ("› ", theme.chosen())
    } else {
        ("  ", theme.tone(Tone::Plain))
    };
    let quiet = theme.tone(Tone::Quiet);
    let mut push = |line: Line<'static>| rows.push(Row::of_choice(line, number, is_chosen));
    let room = columns.saturating_sub(2);
    let beside = room.saturating_sub(label_columns + 2);
    if width(label) <= room && note.is_empty()
        || width(note) <= beside && width(label) <= label_columns
    {
        push(Line::from(vec![
            Span::styled(mark, style),
            Span::styled(pad(label, label_columns), style),
            Span::styled(format!("  {note}"), quiet),
        ]));
        return;
    }
    for (at, line) in wrap(label, room).into_iter().enumerate() {
        push(Line::from(vec![
            Span::styled(if at == 0 { mark } else { "  " }, style),
            Span::styled(line, style),
        ]));
    }
    lay_under(rows, note, number, is_chosen, columns, theme);
}

/// What goes with a choice, further right than its label: a part of it for a click, too.
fn lay_under(
    rows: &mut Vec<Row<'_>>,
    words: &str,
    number: usize,
    is_chosen: bool,
    columns: usize,
    theme: Theme,
) {
    let quiet = theme.tone(Tone::Quiet);
    for line in wrap(words, columns.saturating_sub(4)) {
        let line = Line::from(vec![Span::raw("    "), Span::styled(line, quiet)]);
        rows.push(Row::of_choice(line, number, is_chosen));
    }
}

fn lay_stage(
    rows: &mut Vec<Row<'_>>,
    status: StageStatus,
    (title, took, detail): (&str, &str, &str),
    (columns, stage_columns): (usize, usize),
    theme: Theme,
) {
    let (mark, tone) = stage_mark(status);
    let mut spans = vec![
        Span::styled(format!("{mark} "), theme.tone(tone)),
        Span::styled(pad(title, stage_columns), theme.tone(Tone::Plain)),
        Span::styled(format!(" {took:>8}  "), theme.tone(Tone::Quiet)),
    ];
    let indent = 2 + stage_columns + 11;
    let mut lines = wrap(detail, columns.saturating_sub(indent).max(12)).into_iter();
    spans.push(Span::raw(lines.next().unwrap_or_default()));
    rows.push(Row::new(Line::from(spans)));
    rows.extend(lines.map(|line| {
        Row::new(Line::from(vec![
            Span::raw(" ".repeat(indent)),
            Span::raw(line),
        ]))
    }));
}

fn lay_facts(rows: &mut Vec<Row<'_>>, facts: &[Fact], columns: usize, theme: Theme) {
    let names = facts
        .iter()
        .map(|fact| width(&fact.name))
        .max()
        .unwrap_or(0)
        .min(columns / 2);
    for fact in facts {
        let room = columns.saturating_sub(names + 2).max(10);
        for (at, line) in wrap(&fact.value, room).into_iter().enumerate() {
            let name = if at == 0 {
                clip(&fact.name, names)
            } else {
                String::new()
            };
            rows.push(Row::new(Line::from(vec![
                Span::styled(pad(&name, names + 2), theme.tone(Tone::Quiet)),
                Span::styled(line, theme.tone(fact.tone)),
            ])));
        }
    }
}

fn lay_table(rows: &mut Vec<Row<'_>>, table: &[TableRow], columns: usize, theme: Theme) {
    let cells: Vec<Vec<String>> = table.iter().map(|row| row.cells.clone()).collect();
    let lines = aligned(&cells, columns.saturating_sub(2));
    for (row, lines) in table.iter().zip(lines) {
        let style = theme.tone(row.tone);
        let lines = lines.into_iter();
        rows.extend(lines.map(|line| Row::text(format!("  {line}"), style)));
    }
}

fn lay_change(rows: &mut Vec<Row<'_>>, change: &FileChange, columns: usize, theme: Theme) {
    rows.push(Row::text(
        clip(&change.path.display().to_string(), columns),
        theme.tone(Tone::Strong),
    ));
    let digits = change
        .lines
        .iter()
        .map(|line| line.number)
        .max()
        .unwrap_or(1)
        .to_string()
        .len();
    for line in &change.lines {
        let (mark, tone) = match line.kind {
            DiffKind::Kept => (' ', Tone::Quiet),
            DiffKind::Removed => ('-', Tone::Trouble),
            DiffKind::Added => ('+', Tone::Good),
        };
        let text = clip(&line.text, columns.saturating_sub(digits + 4));
        rows.push(Row::new(Line::from(vec![
            Span::styled(
                format!("{:>digits$} ", line.number),
                theme.tone(Tone::Quiet),
            ),
            Span::styled(format!("{mark} {text}"), theme.tone(tone)),
        ])));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{ColorDepth, Ground};

    #[test]
    fn a_choice_that_is_longer_than_a_row_goes_on_in_the_next_and_loses_no_word() {
        let words = "Add credits until the balance of the account is positive again";
        let mut page = Page::new("");
        page.choice(words, "https://openrouter.ai/settings/credits");
        let rows = lay_out(&page, 30, false, Theme::new(ColorDepth::Mono, Ground::Dark));
        let shown: Vec<String> = rows.iter().map(|row| row.line.to_string()).collect();
        let shown = shown.join(" ");
        for word in words.split(' ') {
            assert!(shown.contains(word), "{word}: {shown}");
        }
        // All of them are the choice, for a click and for what has the keyboard.
        assert!(
            rows.iter()
                .all(|row| row.choice == Some(0) && row.has_focus)
        );
    }
}
