//! What the list is narrowed to, and what the line of filters says of it.

use super::keys::Action;
use super::words;
use crate::controls::wanted::{Order, Wanted};
use crate::domain::count::compact;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::own_models::OwnModels;
use crate::text::{Lang, Phrase};

/// What may be asked for besides text.
const KINDS: [&str; 4] = ["image", "file", "audio", "video"];
/// Parameters that tell models apart.
const PARAMETERS: [&str; 6] = [
    "tools",
    "structured_outputs",
    "reasoning",
    "temperature",
    "seed",
    "stop",
];
/// Contexts, in tokens.
const CONTEXTS: [u64; 4] = [32_000, 128_000, 200_000, 1_000_000];
/// Prices per million tokens, in cents.
const CENTS: [i64; 4] = [50, 200, 500, 1_500];

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filters {
    pub(super) wanted: Wanted,
    pub(super) order: Order,
    /// Only favourites and what was used lately.
    pub(super) mine: bool,
}

impl Filters {
    /// Nothing is left out; the order may be any.
    pub(super) fn is_open(&self) -> bool {
        self.wanted.is_anything() && !self.mine
    }

    /// Whether a model is shown.
    pub(super) fn holds(&self, card: &ModelCard, own: &OwnModels) -> bool {
        (!self.mine || own.rank(&card.id) < usize::MAX) && self.wanted.holds(card)
    }

    /// Turns a filter on, to its next value, or off behind the last. False for what is no filter.
    pub(super) fn turn(&mut self, action: Action) -> bool {
        let wanted = &mut self.wanted;
        match action {
            Action::Sort => self.order = self.order.next(),
            Action::Free => wanted.free = !wanted.free,
            Action::Mine => self.mine = !self.mine,
            Action::Reads => wanted.reads = next(&KINDS, wanted.reads),
            Action::Heeds => wanted.heeds = next(&PARAMETERS, wanted.heeds),
            Action::Context => wanted.context = next(&CONTEXTS, wanted.context),
            Action::Price => wanted.price = next(&CENTS.map(Usd::from_cents), wanted.price),
            _ => return false,
        }
        true
    }

    /// What a filter says, and whether it is on.
    pub(super) fn say(&self, action: Action, lang: Lang) -> (String, bool) {
        let plain = |words: Phrase| words.say(lang).to_owned();
        let wanted = &self.wanted;
        let (off, on) = match action {
            Action::Sort => (words::SORT, order_words(self.order).map(plain)),
            Action::Free => (words::FREE, wanted.free.then(|| plain(words::FREE))),
            Action::Mine => (words::MINE, self.mine.then(|| plain(words::MINE))),
            Action::Reads => (words::READS, wanted.reads.map(str::to_owned)),
            Action::Heeds => (
                words::HEEDS,
                // The longest of the names is known by its first word.
                wanted
                    .heeds
                    .map(|name| name.trim_end_matches("_outputs").to_owned()),
            ),
            Action::Context => (
                words::CONTEXT,
                wanted.context.map(|least| format!("≥{}", compact(least))),
            ),
            Action::Price => (
                words::PRICE,
                wanted.price.map(|most| format!("≤{}", short(most))),
            ),
            _ => return (String::new(), false),
        };
        match on {
            Some(on) => (on, true),
            None => (plain(off), false),
        }
    }
}

fn order_words(order: Order) -> Option<Phrase> {
    match order {
        Order::Given => None,
        Order::Name => Some(words::BY_NAME),
        Order::Price => Some(words::BY_PRICE),
        Order::Context => Some(words::BY_CONTEXT),
        Order::New => Some(words::BY_AGE),
    }
}

/// A round amount in few characters: `$2`, `$0.50`.
fn short(amount: Usd) -> String {
    let shown = amount.to_string();
    let whole = shown.strip_suffix(".00").map(str::to_owned);
    whole.unwrap_or(shown)
}

/// The value behind one, from none to the first, and behind the last to none.
fn next<T: Copy + PartialEq>(all: &[T], now: Option<T>) -> Option<T> {
    match now {
        None => all.first().copied(),
        Some(now) => {
            let at = all.iter().position(|value| *value == now)?;
            all.get(at + 1).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::models::keys::FILTERS;

    #[test]
    fn each_filter_goes_on_and_off_again_and_says_so() {
        for action in FILTERS {
            let mut filters = Filters::default();
            let off = filters.say(action, Lang::En);
            assert!(!off.1 && !off.0.is_empty());
            let mut turns = 0;
            while {
                assert!(filters.turn(action));
                turns += 1;
                filters != Filters::default()
            } {
                assert!(filters.say(action, Lang::Zh).1, "{action:?}");
                assert_eq!(filters.is_open(), action == Action::Sort);
                assert!(turns < 10, "{action:?}");
            }
        }
        assert!(!Filters::default().turn(Action::Up));
    }
}
