//! Draws the pictures of the README from real frames: `cargo run --example pictures`.
//!
//! The states are those of the snapshot tests; the frames are drawn by the program itself.

#[path = "../tests/support/mod.rs"]
mod support;

use std::fmt::Write as _;

use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::theme::Theme;
use onramp::ui::wrap::width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use support::gallery::{Rehearsal, states};

const COLUMNS: u16 = 100;
const ROWS: u16 = 26;
const CELL: (u16, u16) = (9, 19);
const GROUND: &str = "#16181d";
const INK: &str = "#d7dae0";

/// Which states are shown, and in which language.
const PICTURES: &[(&str, Lang)] = &[
    ("key-doors", Lang::En),
    ("env-review", Lang::En),
    ("test-full-passed", Lang::En),
    ("summary", Lang::En),
    ("usage-days", Lang::En),
    ("chat-answered", Lang::En),
    ("models-list", Lang::En),
    ("key-doors", Lang::Zh),
    ("env-review", Lang::Zh),
    ("test-full-passed", Lang::Zh),
    ("summary", Lang::Zh),
    ("usage-days", Lang::Zh),
    ("chat-answered", Lang::Zh),
    ("models-list", Lang::Zh),
];

fn main() -> std::io::Result<()> {
    let theme = Theme::new(ColorDepth::True, Ground::Dark);
    for (name, lang) in PICTURES {
        let (_, make) = states()
            .into_iter()
            .find(|(state, _)| state == name)
            .expect("the pictures name states of the gallery");
        let mut stage = Rehearsal::with_theme(*lang, false, theme);
        make(&mut stage);
        let picture = svg(&stage.buffer(COLUMNS, ROWS));
        let path = format!(
            "{}/assets/pictures/{name}.{}.svg",
            env!("CARGO_MANIFEST_DIR"),
            lang.tag()
        );
        write(&path, &picture)?;
        println!("{path}");
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "pictures are written here and nowhere else"
)]
fn write(path: &str, picture: &str) -> std::io::Result<()> {
    std::fs::write(path, picture)
}

/// A frame as a picture: every run of one style is one text, stretched to its columns.
fn svg(buffer: &Buffer) -> String {
    let (wide, high) = (COLUMNS * CELL.0 + 24, ROWS * CELL.1 + 24);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace\" font-size=\"15\">\n"
    );
    for row in 0..ROWS {
        let mut column = 0;
        while column < COLUMNS {
            let first = &buffer[(column, row)];
            let start = column;
            let mut run = String::new();
            // Wide characters stand apart, so that each run has one width per character.
            let columns_each = width(first.symbol());
            while column < COLUMNS
                && same_look(first, &buffer[(column, row)])
                && width(buffer[(column, row)].symbol()) == columns_each
            {
                let symbol = buffer[(column, row)].symbol();
                run.push_str(symbol);
                column += u16::try_from(width(symbol).max(1)).unwrap_or(1);
            }
            draw_run(&mut svg, first, &run, (start, row), column - start);
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn same_look(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

fn draw_run(svg: &mut String, cell: &Cell, run: &str, (column, row): (u16, u16), columns: u16) {
    let (x, y) = (12 + column * CELL.0, 12 + row * CELL.1);
    let is_reversed = cell.modifier.contains(Modifier::REVERSED);
    let ink = hex(cell.fg).unwrap_or_else(|| INK.to_owned());
    if is_reversed {
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{ink}\"/>",
            columns * CELL.0,
            CELL.1
        );
    }
    if run.trim().is_empty() {
        return;
    }
    let weight = if cell.modifier.contains(Modifier::BOLD) {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let fill = if is_reversed { GROUND } else { &ink };
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{fill}\"{weight}>{}</text>",
        y + 15,
        columns * CELL.0,
        escaped(run)
    );
}

fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
