//! Troubles on demand: for the whole server, or for one request by the name of its model.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::fault_refused::REFUSED;
use super::fault_row::FaultRow;
use super::fault_strange::STRANGE;

/// A trouble that the sandbox can be told to have.
#[derive(Clone, Copy)]
pub struct Fault(&'static FaultRow);

/// Every trouble, in the order of its status.
pub fn faults() -> &'static [FaultRow] {
    &FAULTS
}

static FAULTS: LazyLock<Vec<FaultRow>> =
    LazyLock::new(|| REFUSED.iter().chain(STRANGE).copied().collect());

impl Fault {
    /// Its row in the table.
    pub fn row(self) -> &'static FaultRow {
        self.0
    }

    /// The trouble of that name that a model may ask for.
    pub(super) fn by_model(name: &str) -> Option<Self> {
        let fault: Self = name.parse().ok()?;
        fault.0.by_model().then_some(fault)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({})", self.0.name)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Fault {}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        faults()
            .iter()
            .find(|row| row.name == name || row.aliases.contains(&name))
            .map(Fault)
            .ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

/// A name that is no trouble's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sandbox knows no fault named {}", self.0)
    }
}

impl std::error::Error for UnknownFault {}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_stands_for_two_troubles() {
        let mut seen = HashSet::new();
        for row in faults() {
            for name in std::iter::once(&row.name).chain(row.aliases) {
                assert!(seen.insert(name), "{name}");
            }
        }
        assert!(seen.len() > 90, "{}", seen.len());
    }

    #[test]
    fn the_short_names_of_the_manual_exist() {
        for name in [
            "401",
            "402",
            "429",
            "503",
            "mid-stream",
            "502",
            "524",
            "529",
        ] {
            assert!(name.parse::<Fault>().is_ok(), "{name}");
        }
        assert_eq!(
            "418".parse::<Fault>().unwrap_err().to_string(),
            "the sandbox knows no fault named 418"
        );
    }
}
