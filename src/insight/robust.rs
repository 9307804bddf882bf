//! Statistics that one strange day does not bend, of exact amounts.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(amounts: &[i64]) -> Vec<Usd> {
        amounts.iter().copied().map(Usd::from_cents).collect()
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
