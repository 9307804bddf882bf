//! Counts for the eye.

/// With separators: `1,234,567`.
pub fn grouped(count: u64) -> String {
    digits_grouped(&count.to_string())
}

/// The same of digits.
pub(super) fn digits_grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// In few characters: `950`, `12.3k`, `411k`, `3.1M`. Rounded to the last digit shown, halves up.
pub fn compact(count: u64) -> String {
    // A thousand of a unit, once rounded, is one of the next.
    let (unit, name) = match count {
        0..1_000 => return count.to_string(),
        1_000..999_500 => (1_000, "k"),
        999_500..999_500_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "G"),
    };
    let tenths = rounded(count, unit / 10);
    match (tenths / 10, tenths % 10) {
        (100.., _) => format!("{}{name}", grouped(rounded(count, unit))),
        (whole, 0) => format!("{whole}{name}"),
        (whole, tenth) => format!("{whole}.{tenth}{name}"),
    }
}

/// A time in few characters: `84 ms`, `2.3 s`. Tenths of a second are rounded down.
pub fn span(ms: u64) -> String {
    if ms < 1000 {
        return format!("{ms} ms");
    }
    format!("{}.{} s", ms / 1000, ms % 1000 / 100)
}

/// How many units that is, halves up.
fn rounded(count: u64, unit: u64) -> u64 {
    count / unit + u64::from(count % unit >= unit / 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_are_grouped_by_three() {
        let shown = [0, 999, 1_000, 12_345, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn a_short_time_is_not_told_as_none() {
        assert_eq!(
            [0, 90, 999, 2_310].map(span),
            ["0 ms", "90 ms", "999 ms", "2.3 s"]
        );
    }

    #[test]
    fn few_characters_tell_the_size() {
        let counts = [950, 1_000, 12_345, 410_999, 3_140_000, u64::MAX];
        let shown = counts.map(compact);
        assert_eq!(
            shown,
            ["950", "1k", "12.3k", "411k", "3.1M", "18,446,744,074G"]
        );
    }

    #[test]
    fn they_are_rounded_and_never_a_thousand_of_a_unit() {
        let counts = [
            9_776,
            6_274,
            9_949,
            9_950,
            99_949,
            99_950,
            999_499,
            999_500,
            999_950,
            999_500_000,
        ];
        assert_eq!(
            counts.map(compact),
            [
                "9.8k", "6.3k", "9.9k", "10k", "99.9k", "100k", "999k", "1M", "1M", "1G"
            ]
        );
    }

    /// What is shown, and the unit of its last digit; a tenth that is zero is not shown, and counts.
    fn told(shown: &str) -> (u128, u128) {
        let digits = shown.trim_end_matches(['k', 'M', 'G']).replace(',', "");
        let unit: u128 = match shown
            .strip_prefix(char::is_numeric)
            .and(shown.chars().last())
        {
            Some('k') => 1_000,
            Some('M') => 1_000_000,
            Some('G') => 1_000_000_000,
            _ => 1,
        };
        let (whole, tenth) = digits.split_once('.').unwrap_or((&digits, "0"));
        let [whole, tenth] = [whole, tenth].map(|digits| digits.parse::<u128>().unwrap());
        let is_whole = unit == 1 || whole >= 100;
        let last = if is_whole { unit } else { unit / 10 };
        (whole * unit + tenth * unit / 10, last)
    }

    proptest! {
        #[test]
        fn no_count_is_off_by_more_than_half_of_its_last_digit(bits in 0_u32..64, any: u64) {
            let count = any >> bits;
            let shown = compact(count);
            let (told, last) = told(&shown);
            prop_assert!(told.abs_diff(count.into()) * 2 <= last, "{count} is not {shown}");
            prop_assert!((count < 999_500_000_000) == (shown.len() <= 5), "{shown}");
        }
    }
}
