//! JSON objects and lists in which any element may be of another kind than it should.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::scalars::Text;

/// Everything a visitor of one kind of value does with the other kinds: nothing.
macro_rules! ignore_scalars {
    ($nothing:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any JSON value")
        }

        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok($nothing)
        }
    };
}

/// An object of known fields.
#[derive(Debug)]
pub(in crate::openrouter) struct Fields<T>(pub(in crate::openrouter) Option<T>);

impl<T> Default for Fields<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fields<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldsVisitor(PhantomData))
    }
}

struct FieldsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldsVisitor<T> {
    type Value = Fields<T>;

    ignore_scalars!(Fields(None));

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Fields(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Fields(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|fields| Fields(Some(fields)))
    }
}

/// A list of objects, the elements of other kinds left out; `None` where there is no list.
#[derive(Debug)]
pub(in crate::openrouter) struct Rows<T>(pub(in crate::openrouter) Option<Vec<T>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowsVisitor(PhantomData))
    }
}

struct RowsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RowsVisitor<T> {
    type Value = Rows<T>;

    ignore_scalars!(Rows(None));

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Rows(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = seq.next_element::<Fields<T>>()? {
            rows.extend(row.0);
        }
        Ok(Rows(Some(rows)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Rows(None))
    }
}

/// A list of words, or a text of parts: its strings, and the `text` of its objects.
#[derive(Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Words(pub(in crate::openrouter) Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Part {
    text: Text,
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words;

    ignore_scalars!(Words::default());

    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
        Ok(Words(vec![word.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = seq.next_element::<Self::Value>()? {
            words.extend(word.0);
        }
        Ok(Words(words))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let part = Part::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Words(part.text.0.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::DeserializeOwned;

    use super::super::json::from_json;
    use super::super::scalars::{Count, Flag, Moment, Money, Presence};
    use super::*;

    fn read<T: DeserializeOwned>(json: &str) -> T {
        from_json(json).unwrap()
    }

    #[test]
    fn texts_of_parts_and_lists_of_words_are_gathered() {
        assert_eq!(read::<Words>("\"a\"").0, ["a"]);
        assert_eq!(
            read::<Words>("[{\"type\":\"text\",\"text\":\"a\"},\"b\",null,{\"image\":1},7]").0,
            ["a", "b"]
        );
        assert!(read::<Words>("null").0.is_empty());
        assert!(read::<Words>("{}").0.is_empty());
    }

    #[test]
    fn a_row_that_is_no_object_is_left_out() {
        let rows = read::<Rows<Part>>("[{\"text\":\"a\"},null,5,[],{\"text\":null}]");
        assert_eq!(rows.0.unwrap().len(), 2);
        for json in ["null", "{}", "\"x\"", "1", "true"] {
            assert!(read::<Rows<Part>>(json).0.is_none(), "{json}");
            let fields = read::<Fields<Part>>(json).0;
            assert_eq!(fields.is_some(), json == "{}", "{json}");
        }
    }

    proptest! {
        #[test]
        fn no_json_breaks_a_lenient_value(json in any_json()) {
            read::<Text>(&json);
            read::<Count>(&json);
            read::<Flag>(&json);
            read::<Moment>(&json);
            read::<Money>(&json);
            read::<Presence>(&json);
            read::<Words>(&json);
            read::<Fields<Part>>(&json);
            read::<Rows<Part>>(&json);
        }
    }

    fn any_json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            ".{0,12}".prop_map(Into::into),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                proptest::collection::btree_map("(text|[a-z]{1,5})", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
        .prop_map(|value| value.to_string())
    }
}
