//! The models a person keeps coming back to.

/// The most models that count as used lately.
const MOST_RECENT: usize = 8;

/// Favourites and what was used lately, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnModels {
    /// Those the person marked, in the order of marking.
    pub favourites: Vec<String>,
    /// Those that were asked, the last one first.
    pub recent: Vec<String>,
}

impl OwnModels {
    /// Marks a model as a favourite, or takes the mark away.
    pub fn favour(&mut self, model: &str, is_one: bool) {
        let before = self.is_favourite(model);
        if is_one && !before {
            self.favourites.push(model.to_owned());
        } else if !is_one && before {
            self.favourites.retain(|other| other != model);
        }
    }

    /// A model was asked.
    pub fn used(&mut self, model: &str) {
        self.recent.retain(|other| other != model);
        self.recent.insert(0, model.to_owned());
        self.recent.truncate(MOST_RECENT);
    }

    /// The person marked it.
    pub fn is_favourite(&self, model: &str) -> bool {
        self.favourites.iter().any(|other| other == model)
    }

    /// It was asked lately.
    pub fn is_recent(&self, model: &str) -> bool {
        self.recent.iter().any(|other| other == model)
    }

    /// Where a model stands before all others: favourites, then what was used lately.
    pub fn rank(&self, model: &str) -> usize {
        let all = self.favourites.iter().chain(&self.recent);
        let mut all = all.map(String::as_str);
        all.position(|own| own == model).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn favourites_come_first_then_what_was_used_lately() {
        let mut own = OwnModels::default();
        for model in ["a", "b", "a"] {
            own.used(model);
        }
        own.favour("c", true);
        own.favour("c", true);
        assert_eq!((own.favourites.len(), own.recent.len()), (1, 2));
        let mut models = ["x", "b", "a", "c"];
        models.sort_by_key(|model| own.rank(model));
        assert_eq!(models, ["c", "a", "b", "x"]);
        own.favour("c", false);
        assert!(!own.is_favourite("c"));
        for number in 0..20 {
            own.used(&number.to_string());
        }
        assert_eq!(own.recent.len(), MOST_RECENT);
        assert!(own.is_recent("19") && !own.is_recent("a"));
    }
}
