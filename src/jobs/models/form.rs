//! How a list is written down: a line for each model, its fields between tabs, the words of a field
//! between unit separators. [`CleanText`] on one line holds neither, so nothing is escaped; and a thousand
//! models are read in a few milliseconds, which JSON would take several times over.

use jiff::Timestamp;

use crate::domain::clean_text::CleanText;
use crate::domain::figures::Known;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;

/// The beginning of the first line; the time follows. Another form has another number.
const HEAD: &str = "onramp models 2\t";
/// Between the words of a field.
const BETWEEN: char = '\u{1f}';

/// The list as text.
pub(super) fn write(models: &Known<Vec<ModelCard>>) -> String {
    let mut text = format!("{HEAD}{}\n", models.as_of);
    for card in &models.value {
        text.push_str(&line(card));
        text.push('\n');
    }
    text
}

/// The list of such a text; `None` where any of it does not fit: a list with holes is none.
pub(super) fn read(text: &str) -> Option<Known<Vec<ModelCard>>> {
    let (as_of, rest) = text.strip_prefix(HEAD)?.split_once('\n')?;
    let value: Option<Vec<ModelCard>> = rest.lines().map(card).collect();
    Some(Known {
        as_of: as_of.parse::<Timestamp>().ok()?,
        value: value?,
    })
}

fn line(card: &ModelCard) -> String {
    let ModelCard {
        id,
        name,
        context_length,
        max_completion_tokens,
        prompt_price,
        completion_price,
        cache_read_price,
        request_price,
        input_modalities,
        output_modalities,
        supported_parameters,
        efforts,
        created,
        expiration_date,
    } = card;
    let price = |price: &Option<Usd>| price.map_or_else(String::new, digits);
    let words = |words: &[CleanText]| {
        let words: Vec<&str> = words.iter().map(CleanText::as_str).collect();
        words.join(&BETWEEN.to_string())
    };
    [
        id.to_string(),
        name.to_string(),
        number(context_length.as_ref()),
        number(max_completion_tokens.as_ref()),
        price(prompt_price),
        price(completion_price),
        price(cache_read_price),
        digits(*request_price),
        words(input_modalities),
        words(output_modalities),
        words(supported_parameters),
        words(efforts),
        number(created.as_ref()),
        expiration_date
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    ]
    .join("\t")
}

fn digits(amount: Usd) -> String {
    amount.decimal().to_string()
}

fn number(number: Option<&impl ToString>) -> String {
    number.map_or_else(String::new, ToString::to_string)
}

fn card(line: &str) -> Option<ModelCard> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let card = ModelCard {
        id: CleanText::line(next()?),
        name: CleanText::line(next()?),
        context_length: maybe(next()?, |text| text.parse().ok()).ok()?,
        max_completion_tokens: maybe(next()?, |text| text.parse().ok()).ok()?,
        prompt_price: maybe(next()?, Usd::parse).ok()?,
        completion_price: maybe(next()?, Usd::parse).ok()?,
        cache_read_price: maybe(next()?, Usd::parse).ok()?,
        request_price: Usd::parse(next()?)?,
        input_modalities: words(next()?),
        output_modalities: words(next()?),
        supported_parameters: words(next()?),
        efforts: words(next()?),
        created: maybe(next()?, |text| text.parse().ok()).ok()?,
        expiration_date: maybe(next()?, |text| Some(CleanText::line(text))).ok()?,
    };
    fields.next().is_none().then_some(card)
}

/// A field that says something.
fn said(field: &str) -> Option<&str> {
    Some(field).filter(|field| !field.is_empty())
}

/// What a field says, if anything.
fn maybe<T>(field: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Unreadable> {
    let read = |field| read(field).ok_or(Unreadable);
    said(field).map(read).transpose()
}

/// A field that cannot be what it should.
struct Unreadable;

fn words(field: &str) -> Vec<CleanText> {
    let words = said(field).into_iter();
    words
        .flat_map(|words| words.split(BETWEEN))
        .map(CleanText::line)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(value: Vec<ModelCard>) -> Known<Vec<ModelCard>> {
        Known {
            as_of: "2026-11-25T04:00:00.5Z".parse().unwrap(),
            value,
        }
    }

    /// A word as a server may write it, on one line; nobody names an empty one.
    fn word() -> impl Strategy<Value = CleanText> {
        let word = "[ -~]{1,12}|\\PC{1,6}|a\tb\nc|a\u{1f}b";
        let clean = word.prop_map(|text| CleanText::line(&text));
        clean.prop_filter("nothing is left", |word| !word.is_empty())
    }

    fn price() -> impl Strategy<Value = Usd> {
        (any::<i64>(), 0_u32..16)
            .prop_map(|(digits, scale)| Usd::parse(&format!("{digits}e-{scale}")).unwrap())
    }

    fn any_card() -> impl Strategy<Value = ModelCard> {
        let names = (word(), word(), proptest::option::of(word()));
        let prices = (
            proptest::option::of(price()),
            proptest::option::of(price()),
            proptest::option::of(price()),
            price(),
        );
        let words = || proptest::collection::vec(word(), 0..4);
        let counts = (
            any::<Option<u64>>(),
            any::<Option<u64>>(),
            any::<Option<i64>>(),
        );
        let lists = (words(), words(), words(), words());
        (names, prices, counts, lists).prop_map(|(names, prices, counts, lists)| ModelCard {
            id: names.0,
            name: names.1,
            expiration_date: names.2,
            prompt_price: prices.0,
            completion_price: prices.1,
            cache_read_price: prices.2,
            request_price: prices.3,
            context_length: counts.0,
            max_completion_tokens: counts.1,
            created: counts.2,
            input_modalities: lists.0,
            output_modalities: lists.1,
            supported_parameters: lists.2,
            efforts: lists.3,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(cards in proptest::collection::vec(any_card(), 0..4)) {
            let models = known(cards);
            prop_assert_eq!(read(&write(&models)), Some(models));
        }

        #[test]
        fn no_text_breaks_the_reading(text in "(onramp models 2\t2026-11-25T04:00:00Z\n)?[ -~\t\n\u{1f}]{0,60}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn a_torn_list_and_one_of_another_form_are_none() {
        let card = ModelCard {
            id: "a/b".into(),
            name: "A: B".into(),
            ..ModelCard::default()
        };
        let text = write(&known(vec![card.clone(), card]));
        assert_eq!(read(&text).unwrap().value.len(), 2);
        for at in 0..text.len() - 1 {
            let torn = read(text.get(..at).unwrap()).map(|models| models.value.len());
            assert!(matches!(torn, None | Some(0 | 1)), "{at}: {torn:?}");
        }
        assert_eq!(read(&text.replace("models 2", "models 3")), None);
        assert_eq!(read(&text.replace("\t0\t", "\tfree\t")), None);
        assert_eq!(read(&text.replace("A: B", "A\tB")), None);
    }

    #[test]
    fn what_somebody_else_wrote_there_drives_no_terminal() {
        let text = write(&known(vec![ModelCard {
            id: "a/b".into(),
            ..ModelCard::default()
        }]));
        let meddled = text.replace("a/b", "a\u{1b}]0;x\u{7}/b");
        assert_eq!(read(&meddled).unwrap().value[0].id.as_str(), "a␛]0;x␇/b");
    }
}
