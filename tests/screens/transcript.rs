//! An answer with everything that Markdown has, at two widths, in both languages, on every ground.

use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::Canvas;
use onramp::ui::theme::Theme;
use onramp::ui::transcript::{Entry, Transcript};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

const SHOWCASE: [(Lang, &str); 2] = [
    (Lang::En, include_str!("../../assets/showcase.md")),
    (Lang::Zh, include_str!("../../assets/showcase.zh.md")),
];

fn drawn(text: &str, lang: Lang, theme: Theme, columns: u16) -> Buffer {
    let mut transcript = Transcript::new();
    transcript.push(Entry::answer("openai/gpt-5-mini", text));
    let rows = 140;
    let mut terminal =
        Terminal::new(TestBackend::new(columns, rows)).expect("the backend never fails");
    let frame = terminal.draw(|frame| {
        let mut canvas = Canvas::new(frame, theme, lang);
        let area = canvas.area();
        transcript.draw(&mut canvas, area);
    });
    frame.expect("the backend never fails").buffer.clone()
}

/// The columns a cell's symbol takes.
fn columns_of(symbol: &str) -> u16 {
    u16::try_from(onramp::ui::wrap::width(symbol).max(1)).unwrap_or(1)
}

/// The rows of a frame, without what is empty at their ends and at the end of all.
fn rows(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut told = String::new();
    for y in 0..area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += columns_of(symbol);
        }
        told.push_str(row.trim_end());
        told.push('\n');
    }
    format!("{}\n", told.trim_end())
}

/// The rows with their looks: `{number|words}`, the numbers told below.
fn looks(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut styles: Vec<Style> = Vec::new();
    let mut told = String::new();
    for y in 0..area.height {
        let mut row = String::new();
        let mut last = 0;
        let mut x = 0;
        while x < area.width {
            let cell = &buffer[(x, y)];
            let plain = Style::new().fg(ratatui::style::Color::Reset);
            let style = Style::new().fg(cell.fg).add_modifier(cell.modifier);
            let number = if style == plain || cell.symbol() == " " && cell.modifier.is_empty() {
                0
            } else {
                let at = styles.iter().position(|known| *known == style);
                at.unwrap_or_else(|| {
                    styles.push(style);
                    styles.len() - 1
                }) + 1
            };
            if number != last {
                row.push_str(if last > 0 { "}" } else { "" });
                if number > 0 {
                    row += &format!("{{{number}|");
                }
                last = number;
            }
            row.push_str(cell.symbol());
            x += columns_of(cell.symbol());
        }
        row.push_str(if last > 0 { "}" } else { "" });
        told.push_str(row.trim_end());
        told.push('\n');
    }
    let mut told = format!("{}\n\n", told.trim_end());
    for (number, style) in styles.iter().enumerate() {
        let fg = style.fg.unwrap_or_default();
        told += &format!("{} {fg} {:?}", number + 1, style.add_modifier);
        told.push('\n');
    }
    told
}

fn keep(name: &str, album: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!(name, album);
    });
}

#[test]
fn every_element_looks_as_reviewed() {
    for (name, depth) in [
        ("markdown", ColorDepth::True),
        ("markdown-mono", ColorDepth::Mono),
    ] {
        let mut album = String::new();
        for (lang, text) in SHOWCASE {
            for columns in [48, 80, 120] {
                let buffer = drawn(text, lang, Theme::new(depth, Ground::Dark), columns);
                album += &format!("── {} {columns} ──\n{}\n", lang.tag(), rows(&buffer));
            }
        }
        keep(name, &album);
    }
}

#[test]
fn every_element_has_its_look_on_every_ground() {
    let (lang, text) = SHOWCASE[0];
    let mut album = String::new();
    for (name, depth, ground) in [
        ("dark", ColorDepth::True, Ground::Dark),
        ("light", ColorDepth::True, Ground::Light),
        ("mono", ColorDepth::Mono, Ground::Dark),
    ] {
        let buffer = drawn(text, lang, Theme::new(depth, ground), 80);
        album += &format!("── {name} ──\n{}\n", looks(&buffer));
    }
    keep("markdown-looks", &album);
}
