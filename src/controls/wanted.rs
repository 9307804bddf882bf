//! Which models of a list are wanted, and in which order: the same for the screen and the command line.

use std::cmp::Reverse;

use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;

/// What a model must have. All of it; what is `None` or false is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// It costs nothing.
    pub free: bool,
    /// It reads this besides text: `image`, `file`, …
    pub reads: Option<&'static str>,
    /// It heeds this parameter, by the API's name.
    pub heeds: Option<&'static str>,
    /// Its context holds at least so many tokens.
    pub context: Option<u64>,
    /// Neither its question nor its answer costs more than so many USD per million tokens.
    pub price: Option<Usd>,
}

impl Wanted {
    /// Nothing is asked for.
    pub fn is_anything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a model has it all.
    pub fn holds(&self, card: &ModelCard) -> bool {
        let has = |all: &[crate::domain::clean_text::CleanText], one: &str| {
            all.iter().any(|other| other.as_str() == one)
        };
        let is_within = |most: Usd| {
            // Unknown prices are not cheap.
            let price = |price: Option<Usd>| price.is_some_and(|it| it.times(1_000_000) <= most);
            price(card.prompt_price) && price(card.completion_price)
        };
        (!self.free || card.is_free())
            && self
                .reads
                .is_none_or(|kind| has(&card.input_modalities, kind))
            && self
                .heeds
                .is_none_or(|name| has(&card.supported_parameters, name))
            && self
                .context
                .is_none_or(|least| card.context_length.is_some_and(|it| it >= least))
            && self.price.is_none_or(is_within)
    }
}

/// What models are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they come: by how well the query is found, else as the server lists them.
    #[default]
    Given,
    /// By name.
    Name,
    /// The cheapest first, question and answer together; unknown prices last.
    Price,
    /// The longest context first.
    Context,
    /// The newest first.
    New,
}

impl Order {
    /// All there are.
    pub const ALL: [Self; 5] = [
        Self::Given,
        Self::Name,
        Self::Price,
        Self::Context,
        Self::New,
    ];

    /// The one behind it, round the end.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self);
        Self::ALL[(at.unwrap_or(0) + 1) % Self::ALL.len()]
    }

    /// Sorts places in a list of models; of equals the earlier place comes first.
    pub fn sort(self, places: &mut [usize], models: &[ModelCard]) {
        match self {
            Self::Given => {}
            Self::Name => {
                places.sort_by_cached_key(|&place| models[place].name.to_lowercase());
            }
            Self::Price => places.sort_by_key(|&place| {
                let card = &models[place];
                let price = card.prompt_price.zip(card.completion_price);
                (price.is_none(), price.map(|(read, write)| read + write))
            }),
            Self::Context => {
                places.sort_by_key(|&place| Reverse(models[place].context_length));
            }
            Self::New => places.sort_by_key(|&place| Reverse(models[place].created)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: &str, price: Option<&str>, context: u64) -> ModelCard {
        let price = price.and_then(Usd::parse);
        ModelCard {
            id: id.into(),
            name: id.into(),
            prompt_price: price,
            completion_price: price,
            context_length: Some(context),
            created: Some(i64::try_from(context).unwrap()),
            input_modalities: vec!["text".into(), "image".into()],
            supported_parameters: vec!["tools".into()],
            ..ModelCard::default()
        }
    }

    fn models() -> [ModelCard; 3] {
        [
            card("dear", Some("0.00001"), 1_000),
            card("Free", Some("0"), 32_000),
            card("auto", None, 2_000_000),
        ]
    }

    #[test]
    fn each_wish_leaves_out_what_lacks_it() {
        let left = |wanted: Wanted| {
            let models = models();
            let kept = models.iter().filter(|card| wanted.holds(card));
            let names: Vec<String> = kept.map(|card| card.id.to_string()).collect();
            names.join(" ")
        };
        let any = Wanted::default();
        assert!(any.is_anything());
        assert_eq!(left(any.clone()), "dear Free auto");
        let of = |change: fn(&mut Wanted)| {
            let mut wanted = Wanted::default();
            change(&mut wanted);
            left(wanted)
        };
        assert_eq!(of(|it| it.free = true), "Free");
        assert_eq!(of(|it| it.context = Some(32_000)), "Free auto");
        assert_eq!(of(|it| it.price = Usd::parse("10")), "dear Free");
        assert_eq!(of(|it| it.price = Usd::parse("9.99")), "Free");
        assert_eq!(of(|it| it.reads = Some("image")), "dear Free auto");
        assert_eq!(of(|it| it.reads = Some("audio")), "");
        assert_eq!(of(|it| it.heeds = Some("tools")), "dear Free auto");
        assert_eq!(of(|it| it.heeds = Some("seed")), "");
    }

    #[test]
    fn each_order_has_its_first_and_unknown_prices_are_last() {
        let sorted = |order: Order| {
            let mut places = vec![0, 1, 2];
            order.sort(&mut places, &models());
            places
        };
        assert_eq!(sorted(Order::Given), [0, 1, 2]);
        assert_eq!(sorted(Order::Name), [2, 0, 1]);
        assert_eq!(sorted(Order::Price), [1, 0, 2]);
        assert_eq!(sorted(Order::Context), [2, 1, 0]);
        assert_eq!(sorted(Order::New), [2, 1, 0]);
        assert_eq!(Order::New.next(), Order::Given);
    }
}
