//! The process environment as a plain value: read once at the door, passed in everywhere else.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

/// Environment variables by name. A variable with an empty value counts as absent, and one whose name
/// or value is not UTF-8 is ignored. `Debug` prints names only: values may be secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables in these pairs. Of one name given twice the first counts, as in `getenv`.
    pub fn new<Name, Value>(pairs: impl IntoIterator<Item = (Name, Value)>) -> Self
    where
        Name: Into<OsString>,
        Value: Into<OsString>,
    {
        let mut variables = BTreeMap::new();
        for (name, value) in pairs {
            let (Ok(name), Ok(value)) = (name.into().into_string(), value.into().into_string())
            else {
                continue;
            };
            if !value.is_empty() {
                variables.entry(folded(&name)).or_insert(value);
            }
        }
        Self(variables)
    }

    /// The value of `name`, if it has one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&folded(name)).map(String::as_str)
    }

    /// The names of the variables whose value is such.
    pub fn names_where(&self, is_such: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
        let such = self.0.iter().filter(move |(_, value)| is_such(value));
        such.map(|(name, _)| name.as_str())
    }

    /// Whether `name` has a value.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The name as the system compares it: Windows takes `Path` and `PATH` for one.
fn folded(name: &str) -> String {
    if cfg!(windows) {
        name.to_ascii_uppercase()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_value_counts_as_absent() {
        let environment = Environment::new([("EMPTY", ""), ("FULL", "x")]);
        assert_eq!(environment.get("EMPTY"), None);
        assert_eq!(environment.get("FULL"), Some("x"));
        assert!(!environment.has("MISSING"));
    }

    #[test]
    fn of_one_name_given_twice_the_first_counts() {
        let environment = Environment::new([("NAME", "first"), ("NAME", "second")]);
        assert_eq!(environment.get("NAME"), Some("first"));
    }

    #[test]
    fn debug_prints_no_value() {
        let environment = Environment::new([("OPENROUTER_API_KEY", "deadbeef")]);
        assert_eq!(format!("{environment:?}"), r#"{"OPENROUTER_API_KEY"}"#);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_utf8_is_ignored() {
        use std::os::unix::ffi::OsStringExt;
        let foreign = OsString::from_vec(vec![b'a', 0xff]);
        let environment = Environment::new([
            (OsString::from("VALUE"), foreign.clone()),
            (foreign, OsString::from("name")),
        ]);
        assert_eq!(environment, Environment::default());
    }
}
