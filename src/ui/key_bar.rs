//! The last line: what the keys do here, pruned by rank to the width.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::canvas::{Canvas, Touch};
use super::theme::Tone;
use super::wrap::width;
use crate::keymap::Hint;
use crate::text::Lang;

const GAP: usize = 2;

/// The hints that fit, in their order: those of the lowest rank numbers first, then whatever else there is room for.
pub fn prune(mut hints: Vec<Hint>, columns: usize, lang: Lang) -> Vec<Hint> {
    hints.retain(|hint| hint.rank > 0);
    let mut by_rank: Vec<usize> = (0..hints.len()).collect();
    by_rank.sort_by_key(|&at| hints[at].rank);
    let mut room = columns + GAP;
    let mut fits = vec![false; hints.len()];
    for at in by_rank {
        if let Some(left) = room.checked_sub(columns_of(&hints[at], lang) + GAP) {
            room = left;
            fits[at] = true;
        }
    }
    let mut fits = fits.into_iter();
    hints.retain(|_| fits.next().unwrap_or_default());
    hints
}

fn columns_of(hint: &Hint, lang: Lang) -> usize {
    width(&shown(hint)) + 1 + width(hint.words.say(lang))
}

/// One chord is enough here; help has them all.
fn shown(hint: &Hint) -> String {
    hint.chord
        .map(|chord| chord.to_string())
        .unwrap_or_default()
}

/// Draws the hints on one line; each can be clicked.
pub fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, hints: Vec<Hint>) {
    let lang = canvas.lang;
    let mut column = area.x + 1;
    for hint in prune(hints, usize::from(area.width.saturating_sub(2)), lang) {
        let columns = u16::try_from(columns_of(&hint, lang)).unwrap_or(area.width);
        let spot = Rect {
            x: column,
            width: columns.min(area.right().saturating_sub(column)),
            ..area
        };
        let line = Line::from(vec![
            Span::styled(shown(&hint), canvas.theme.tone(Tone::Accent)),
            Span::raw(" "),
            Span::styled(hint.words.say(lang), canvas.theme.tone(Tone::Quiet)),
        ]);
        line.render(spot, canvas.buffer());
        if let Some(chord) = hint.chord {
            canvas.note(spot, Touch::Press(chord));
        }
        column = column.saturating_add(columns + u16::try_from(GAP).unwrap_or(2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Chord;
    use crate::text::Phrase;

    fn hint(name: &'static str, rank: u8) -> Hint {
        let words = Phrase::new("words", "词语");
        Hint {
            name,
            chord: Some(Chord::char('x')),
            chords: "x".into(),
            words,
            rank,
        }
    }

    #[test]
    fn a_hint_that_is_too_long_leaves_its_room_to_others() {
        let long = Hint {
            words: Phrase::new("a longer way to say it", "更长的说法"),
            ..hint("long", 1)
        };
        let names: Vec<&str> = prune(vec![long, hint("a", 3)], 20, Lang::En)
            .iter()
            .map(|hint| hint.name)
            .collect();
        assert_eq!(names, ["a"]);
    }

    #[test]
    fn the_least_needed_hint_leaves_first() {
        let hints = vec![hint("a", 1), hint("b", 3), hint("c", 2), hint("never", 0)];
        let names = |columns| -> Vec<&str> {
            prune(hints.clone(), columns, Lang::En)
                .iter()
                .map(|hint| hint.name)
                .collect()
        };
        assert_eq!(names(80), ["a", "b", "c"]);
        assert_eq!(names(18), ["a", "c"]);
        assert_eq!(names(8), ["a"]);
        assert_eq!(names(3), [""; 0]);
    }
}
