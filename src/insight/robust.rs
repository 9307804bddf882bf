//! Statistics that one strange day does not bend, of exact amounts.

use rust_decimal::Decimal;

use crate::domain::money::Usd;

/// The amounts of a list by their rank.
pub(super) struct Ranked(Vec<Usd>);

impl Ranked {
    /// In order; `None` without any.
    pub(super) fn of(mut amounts: Vec<Usd>) -> Option<Self> {
        amounts.sort_unstable();
        (!amounts.is_empty()).then_some(Self(amounts))
    }

    /// One of them: the first decile, rounded towards the smaller.
    pub(super) fn low(&self) -> Usd {
        self.0[(self.0.len() - 1) / 10]
    }

    /// One of them: the one in the middle, the greater of two.
    pub(super) fn middle(&self) -> Usd {
        self.0[self.0.len() / 2]
    }

    /// One of them: the last decile, rounded towards the greater.
    pub(super) fn high(&self) -> Usd {
        let last = self.0.len() - 1;
        self.0[last - last / 10]
    }
}

/// The median and the median distance from it (MAD, not scaled); `None` without amounts.
pub(super) fn median_and_mad(amounts: &[Usd]) -> Option<(Usd, Usd)> {
    let median = median(amounts.to_vec())?;
    let distances = amounts.iter().map(|&amount| {
        let distance = amount - median;
        distance.max(Usd::ZERO - distance)
    });
    Some((median, self::median(distances.collect())?))
}

/// The middle amount; between two, halfway.
fn median(mut amounts: Vec<Usd>) -> Option<Usd> {
    amounts.sort_unstable();
    let middle = amounts.len() / 2;
    let upper = *amounts.get(middle)?;
    if amounts.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = amounts[middle - 1];
    Some(lower + (upper - lower) * Decimal::new(5, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(amounts: &[i64]) -> Vec<Usd> {
        amounts.iter().copied().map(Usd::from_cents).collect()
    }

    #[test]
    fn one_strange_day_does_not_bend_the_median() {
        let calm = median_and_mad(&cents(&[100, 110, 90, 105, 95])).unwrap();
        let strange = median_and_mad(&cents(&[100, 110, 90, 105, 99_999])).unwrap();
        assert_eq!(calm, (Usd::from_cents(100), Usd::from_cents(5)));
        assert_eq!(strange, (Usd::from_cents(105), Usd::from_cents(5)));
    }

    #[test]
    fn between_two_the_median_lies_halfway() {
        let (median, mad) = median_and_mad(&cents(&[1, 2])).unwrap();
        assert_eq!(median, Usd::parse("0.015").unwrap());
        assert_eq!(mad, Usd::parse("0.005").unwrap());
        assert_eq!(median_and_mad(&[]), None);
    }

    #[test]
    fn ranks_are_amounts_of_the_list() {
        let ranked = Ranked::of(cents(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])).unwrap();
        assert_eq!(
            [ranked.low(), ranked.middle(), ranked.high()],
            [1, 5, 9].map(Usd::from_cents)
        );
        let one = Ranked::of(cents(&[4])).unwrap();
        assert_eq!(
            [one.low(), one.middle(), one.high()],
            [4; 3].map(Usd::from_cents)
        );
    }
}
