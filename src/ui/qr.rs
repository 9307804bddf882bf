//! A QR code in half blocks: two rows of modules to one row of cells.

use qrcode::{Color, EcLevel, QrCode};

/// The rows of a QR code for `text`, a quiet zone round it; `None` when the text is too long for
/// one. Dark modules are blanks and light ones blocks, so that it reads on a dark ground; the rows
/// are drawn in reverse on a light one.
pub fn rows(text: &str) -> Option<Vec<String>> {
    const QUIET: usize = 2;
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let side = code.width();
    let colors = code.to_colors();
    let is_light = |x: usize, y: usize| {
        let inside = (QUIET..side + QUIET).contains(&x) && (QUIET..side + QUIET).contains(&y);
        !inside || colors[(y - QUIET) * side + (x - QUIET)] == Color::Light
    };
    let whole = side + 2 * QUIET;
    let row = |y: usize| -> String {
        (0..whole)
            .map(
                |x| match (is_light(x, y), y + 1 >= whole || is_light(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                },
            )
            .collect()
    };
    Some((0..whole).step_by(2).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_address_fits_a_small_screen() {
        let rows = rows("https://openrouter.ai/sign-up").unwrap();
        assert!(rows.len() <= 17, "{}", rows.len());
        assert!(
            rows.iter()
                .all(|row| row.chars().count() == rows[0].chars().count())
        );
    }

    #[test]
    fn a_text_beyond_any_code_has_none() {
        assert_eq!(rows(&"x".repeat(5000)), None);
    }
}
