//! Counts for the eye.

/// With separators: `1,234,567`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// In few characters: `950`, `12.3k`, `410k`, `3.1M`. Rounded down: more is never told than there is.
pub fn compact(count: u64) -> String {
    let (unit, name) = match count {
        0..1_000 => return count.to_string(),
        1_000..1_000_000 => (1_000, "k"),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "G"),
    };
    let (whole, tenth) = (count / unit, count % unit * 10 / unit);
    if whole >= 100 || tenth == 0 {
        format!("{}{name}", grouped(whole))
    } else {
        format!("{whole}.{tenth}{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_by_three() {
        let shown = [0, 999, 1_000, 12_345, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn few_characters_tell_the_size() {
        let counts = [950, 1_000, 12_345, 410_999, 3_190_000, u64::MAX];
        let shown = counts.map(compact);
        assert_eq!(
            shown,
            ["950", "1k", "12.3k", "410k", "3.1M", "18,446,744,073G"]
        );
    }
}
