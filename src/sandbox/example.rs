//! A value that fits a JSON schema: what the sandbox's models say where a shape is demanded.

use serde_json::{Map, Value, json};

/// How deep a schema is followed: one that contains itself must end somewhere.
const DEEPEST: usize = 12;

/// A value that fits the schema, as far as its common words go.
pub(super) fn example_of(schema: &Value) -> Value {
    fit(schema, schema, 0)
}

fn fit(schema: &Value, root: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(place) = schema["$ref"].as_str() {
        let target = place.strip_prefix('#').and_then(|path| root.pointer(path));
        return target.map_or(Value::Null, |target| fit(target, root, depth + 1));
    }
    for chosen in ["const", "default"] {
        if let Some(value) = schema.get(chosen) {
            return value.clone();
        }
    }
    for list in ["enum", "examples"] {
        if let Some(first) = schema[list].get(0) {
            return first.clone();
        }
    }
    for list in ["anyOf", "oneOf", "allOf"] {
        if let Some(first) = schema[list].get(0) {
            return fit(first, root, depth + 1);
        }
    }
    match kind(schema) {
        "object" => {
            let mut object = Map::new();
            if let Some(members) = schema["properties"].as_object() {
                for (name, member) in members {
                    object.insert(name.clone(), fit(member, root, depth + 1));
                }
            }
            Value::Object(object)
        }
        "array" => {
            let least = schema["minItems"].as_u64().unwrap_or(1).clamp(1, 8);
            let item = fit(&schema["items"], root, depth + 1);
            Value::Array((0..least).map(|_| item.clone()).collect())
        }
        "integer" => json!(schema["minimum"].as_i64().unwrap_or(1)),
        "number" => schema.get("minimum").cloned().unwrap_or(json!(1.5)),
        "boolean" => json!(true),
        "null" => Value::Null,
        _ => json!("example"),
    }
}

/// The type of a schema: the first that is not null where there are several.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => {
            let mut kinds = kinds.iter().filter_map(Value::as_str);
            kinds.find(|kind| *kind != "null").unwrap_or("null")
        }
        _ if schema["properties"].is_object() => "object",
        _ if schema["items"].is_object() => "array",
        _ => "string",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_gets_a_value_of_its_type() {
        let schema = json!({
            "type": "object",
            "properties": {
                "city": {"type": "string"},
                "unit": {"enum": ["celsius", "fahrenheit"]},
                "days": {"type": ["integer", "null"], "minimum": 3},
                "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}},
            },
            "$defs": {"tag": {"type": "boolean"}},
        });
        assert_eq!(
            example_of(&schema),
            json!({"city": "example", "unit": "celsius", "days": 3, "tags": [true]})
        );
    }

    #[test]
    fn a_schema_that_contains_itself_ends() {
        let schema = json!({"type": "object", "properties": {"next": {"$ref": "#"}}});
        assert!(example_of(&schema)["next"]["next"].is_object());
    }
}
