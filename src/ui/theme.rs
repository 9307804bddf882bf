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
    /// A heading of a text.
    Heading,
    /// Code inside a sentence, math.
    InlineCode,
    /// In code: a word of the language.
    Keyword,
    /// In code: the name of a type or a tag.
    TypeName,
    /// In code: the name of what is called.
    Function,
    /// In code: text in quotes.
    Quoted,
    /// In code: a character written by its name, as `\n`.
    Escape,
    /// In code: a number, a truth value.
    Number,
    /// In code: a remark.
    Comment,
    /// In code: a decorator, an attribute, the name of a field.
    Attribute,
    /// In a diff: what came.
    Inserted,
    /// In a diff: what went.
    Deleted,
}

/// How a piece of a text looks: what it means, and what was done to its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What it means.
    pub tone: Tone,
    /// What was done to its letters.
    pub marks: Marks,
}

/// What was done to letters; several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Bold.
    pub const BOLD: Self = Self(1);
    /// Italic.
    pub const ITALIC: Self = Self(2);
    /// Struck out.
    pub const STRUCK: Self = Self(4);
    /// Underlined.
    pub const UNDERLINED: Self = Self(8);

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of those are among these.
    pub const fn hold(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl From<Tone> for Look {
    fn from(tone: Tone) -> Self {
        Self {
            tone,
            marks: Marks::NONE,
        }
    }
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
            Tone::Heading => self.tone(Tone::Accent).add_modifier(Modifier::BOLD),
            Tone::InlineCode => self.paint((255, 175, 135), (155, 60, 20), Color::Yellow),
            Tone::Keyword if self.is_mono() => style.add_modifier(Modifier::BOLD),
            Tone::Keyword => self.paint((215, 135, 255), (125, 20, 150), Color::Magenta),
            Tone::TypeName => self.paint((95, 215, 215), (0, 100, 110), Color::Cyan),
            Tone::Function => self.paint((135, 175, 255), (0, 80, 170), Color::Blue),
            Tone::Quoted => self.paint((135, 215, 135), (20, 105, 35), Color::Green),
            Tone::Escape | Tone::Number => self.paint((255, 175, 95), (150, 75, 0), Color::Yellow),
            Tone::Comment if self.is_mono() => style.add_modifier(Modifier::DIM),
            Tone::Comment => self.tone(Tone::Quiet),
            Tone::Attribute => self.paint((215, 175, 95), (120, 85, 0), Color::Yellow),
            Tone::Inserted => self.tone(Tone::Good),
            Tone::Deleted => self.paint((255, 110, 103), (185, 20, 20), Color::Red),
        }
    }

    /// The style of a piece of a text.
    pub fn look(self, look: Look) -> Style {
        const MARKS: [(Marks, Modifier); 4] = [
            (Marks::BOLD, Modifier::BOLD),
            (Marks::ITALIC, Modifier::ITALIC),
            (Marks::STRUCK, Modifier::CROSSED_OUT),
            (Marks::UNDERLINED, Modifier::UNDERLINED),
        ];
        let held = MARKS.iter().filter(|(mark, _)| look.marks.hold(*mark));
        held.fold(self.tone(look.tone), |style, (_, modifier)| {
            style.add_modifier(*modifier)
        })
    }

    /// Whether there is no colour, so that a text keeps its own marks.
    pub fn is_mono(self) -> bool {
        self.depth == ColorDepth::Mono
    }

    /// What the person selected, laid over the look of the text.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
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

    const TONES: [Tone; 19] = [
        Tone::Plain,
        Tone::Quiet,
        Tone::Strong,
        Tone::Good,
        Tone::Warn,
        Tone::Trouble,
        Tone::Accent,
        Tone::Heading,
        Tone::InlineCode,
        Tone::Keyword,
        Tone::TypeName,
        Tone::Function,
        Tone::Quoted,
        Tone::Escape,
        Tone::Number,
        Tone::Comment,
        Tone::Attribute,
        Tone::Inserted,
        Tone::Deleted,
    ];

    #[test]
    fn without_colour_no_tone_sets_one() {
        let theme = Theme::new(ColorDepth::Mono, Ground::Dark);
        for tone in TONES {
            assert_eq!(theme.tone(tone).fg, None);
            assert_eq!(theme.tone(tone).bg, None);
            let allowed = Modifier::BOLD | Modifier::DIM;
            assert!(allowed.contains(theme.tone(tone).add_modifier), "{tone:?}");
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
