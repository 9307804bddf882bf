//! Roles and the styles they wear. Meaning never rests on colour alone.

use crossterm::style::{Attribute, ContentStyle};
use ratatui::style::{Color, Modifier, Style};

use crate::settings::{ColorDepth, Ground};

/// What a piece of text means; the theme decides how that looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    #[default]
    Plain,
    /// Of less weight.
    Quiet,
    /// A heading, or what the eye should find first.
    Strong,
    /// As it should be.
    Good,
    /// Deserves a word.
    Warn,
    /// Does not work.
    Trouble,
    /// A key to press, a link.
    Accent,
}

/// Roles to styles.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    depth: ColorDepth,
    ground: Ground,
    links: bool,
}

impl Theme {
    /// A theme for a terminal with this many colours on this ground.
    pub fn new(depth: ColorDepth, ground: Ground) -> Self {
        Self {
            depth,
            ground,
            links: false,
        }
    }

    /// The same with links that the terminal can open (OSC 8).
    #[must_use]
    pub fn with_links(mut self) -> Self {
        self.links = true;
        self
    }

    /// Whether links are written as OSC 8.
    pub fn links(self) -> bool {
        self.links
    }

    /// The style of a tone.
    pub fn tone(self, tone: Tone) -> Style {
        let style = Style::new();
        match tone {
            Tone::Plain => style,
            Tone::Strong => style.add_modifier(Modifier::BOLD),
            Tone::Quiet => match self.depth {
                ColorDepth::Mono => style,
                ColorDepth::Sixteen => style.add_modifier(Modifier::DIM),
                _ => self.paint((138, 138, 138), (102, 102, 102), Color::DarkGray),
            },
            Tone::Good => self.paint((95, 175, 95), (0, 110, 45), Color::Green),
            Tone::Warn => self.paint((215, 175, 0), (150, 95, 0), Color::Yellow),
            Tone::Trouble => self
                .paint((255, 110, 103), (185, 20, 20), Color::Red)
                .add_modifier(Modifier::BOLD),
            Tone::Accent => self.paint((95, 175, 255), (0, 85, 175), Color::Cyan),
        }
    }

    /// The chosen row of a list.
    pub fn chosen(self) -> Style {
        match self.depth {
            ColorDepth::Mono => Style::new().add_modifier(Modifier::BOLD),
            _ => self.tone(Tone::Accent).add_modifier(Modifier::BOLD),
        }
    }

    /// A part of a chart, by its number; parts differ by more than this where there is no colour.
    pub fn series(self, number: usize) -> Style {
        match number {
            0 => self.paint((95, 175, 255), (0, 85, 175), Color::Cyan),
            1 => self.paint((255, 175, 95), (175, 85, 0), Color::Yellow),
            2 => self.paint((135, 215, 135), (0, 110, 45), Color::Green),
            3 => self.paint((215, 135, 215), (135, 0, 135), Color::Magenta),
            _ => self.tone(Tone::Quiet),
        }
    }

    /// The badge that says that nothing here is real money.
    pub fn badge(self) -> Style {
        self.tone(Tone::Warn)
            .add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    /// A QR code: light modules are drawn as blocks, so they must be light whatever the ground.
    pub fn qr(self) -> Style {
        match self.depth {
            ColorDepth::Mono => Style::new(),
            _ => Style::new().fg(Color::White).bg(Color::Black),
        }
    }

    /// The frame round a pane; the one that has the keyboard stands out.
    pub fn border(self, has_focus: bool) -> Style {
        if has_focus {
            self.tone(Tone::Plain)
        } else {
            self.tone(Tone::Quiet)
        }
    }

    /// A colour for a dark and for a light ground, and the one of sixteen nearest to both.
    fn paint(self, dark: (u8, u8, u8), light: (u8, u8, u8), named: Color) -> Style {
        let (r, g, b) = match self.ground {
            Ground::Dark => dark,
            Ground::Light => light,
        };
        let style = Style::new();
        match self.depth {
            ColorDepth::Mono => style,
            ColorDepth::Sixteen => style.fg(named),
            ColorDepth::TwoFiftySix => style.fg(Color::Indexed(nearest_of_cube(r, g, b))),
            ColorDepth::True => style.fg(Color::Rgb(r, g, b)),
        }
    }
}

/// The same style for text that is printed outside a frame.
pub fn printed(style: Style) -> ContentStyle {
    let mut printed = ContentStyle {
        foreground_color: style.fg.map(into_printed),
        ..ContentStyle::new()
    };
    if style.add_modifier.contains(Modifier::BOLD) {
        printed.attributes.set(Attribute::Bold);
    }
    if style.add_modifier.contains(Modifier::DIM) {
        printed.attributes.set(Attribute::Dim);
    }
    printed
}

fn into_printed(color: Color) -> crossterm::style::Color {
    use crossterm::style::Color as Printed;
    match color {
        Color::Rgb(r, g, b) => Printed::Rgb { r, g, b },
        Color::Indexed(number) => Printed::AnsiValue(number),
        Color::Red => Printed::DarkRed,
        Color::Green => Printed::DarkGreen,
        Color::Yellow => Printed::DarkYellow,
        Color::Cyan => Printed::DarkCyan,
        Color::DarkGray => Printed::DarkGrey,
        _ => Printed::Reset,
    }
}

/// The nearest colour of xterm's 6×6×6 cube.
fn nearest_of_cube(r: u8, g: u8, b: u8) -> u8 {
    let step = |value: u8| match value {
        0..=47 => 0,
        48..=114 => 1,
        _ => (value - 35) / 40,
    };
    16 + 36 * step(r) + 6 * step(g) + step(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONES: [Tone; 7] = [
        Tone::Plain,
        Tone::Quiet,
        Tone::Strong,
        Tone::Good,
        Tone::Warn,
        Tone::Trouble,
        Tone::Accent,
    ];

    #[test]
    fn without_colour_no_tone_sets_one() {
        let theme = Theme::new(ColorDepth::Mono, Ground::Dark);
        for tone in TONES {
            assert_eq!(theme.tone(tone).fg, None);
            assert_eq!(theme.tone(tone).bg, None);
        }
        assert_eq!(theme.badge().fg, None);
    }

    #[test]
    fn sixteen_colours_are_the_terminals_own() {
        let theme = Theme::new(ColorDepth::Sixteen, Ground::Light);
        for tone in TONES {
            assert!(!matches!(
                theme.tone(tone).fg,
                Some(Color::Rgb(..) | Color::Indexed(_))
            ));
        }
    }

    #[test]
    fn the_cube_has_white_and_black_at_its_ends() {
        assert_eq!(nearest_of_cube(0, 0, 0), 16);
        assert_eq!(nearest_of_cube(255, 255, 255), 231);
    }
}
