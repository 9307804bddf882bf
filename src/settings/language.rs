//! Which language the person reads: what they said, else what they chose before, else the system's.

use std::fmt;
use std::str::FromStr;

use crate::domain::environment::Environment;
use crate::text::Lang;

/// What `--lang` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LangChoice {
    /// Find out.
    #[default]
    Auto,
    /// This one.
    Fixed(Lang),
}

impl FromStr for LangChoice {
    type Err = UnknownChoice;

    fn from_str(tag: &str) -> Result<Self, UnknownChoice> {
        match tag {
            "auto" => Ok(Self::Auto),
            _ => tag.parse().map(Self::Fixed).map_err(|_| UnknownChoice),
        }
    }
}

/// A `--lang` that the program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownChoice;

impl fmt::Display for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of: auto, en, zh-CN")
    }
}

impl std::error::Error for UnknownChoice {}

/// The language to speak. `system` is asked only when neither the person nor the environment says:
/// pass [`system_locale`].
pub fn choose_language(
    choice: LangChoice,
    remembered: Option<Lang>,
    environment: &Environment,
    system: impl FnOnce() -> Option<String>,
) -> Lang {
    match choice {
        LangChoice::Fixed(lang) => lang,
        LangChoice::Auto => remembered.unwrap_or_else(|| {
            // POSIX: the first of these that has a value decides.
            let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| environment.get(name));
            match named {
                Some(locale) => Lang::from_locale(locale),
                None => system().map_or(Lang::En, |locale| Lang::from_locale(&locale)),
            }
        }),
    }
}

/// The locale of the system, for systems that keep it elsewhere than in the environment.
pub fn system_locale() -> Option<String> {
    sys_locale::get_locale()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auto(remembered: Option<Lang>, pairs: &[(&str, &str)], system: Option<&str>) -> Lang {
        choose_language(
            LangChoice::Auto,
            remembered,
            &Environment::new(pairs.iter().copied()),
            || system.map(ToOwned::to_owned),
        )
    }

    #[test]
    fn what_the_flag_says_wins() {
        let environment = Environment::new([("LANG", "zh_CN.UTF-8")]);
        let lang = choose_language(
            LangChoice::Fixed(Lang::En),
            Some(Lang::Zh),
            &environment,
            || None,
        );
        assert_eq!(lang, Lang::En);
    }

    #[test]
    fn what_was_chosen_before_beats_the_system() {
        assert_eq!(auto(Some(Lang::En), &[("LC_ALL", "zh_CN")], None), Lang::En);
    }

    #[test]
    fn the_first_variable_with_a_value_decides() {
        let pairs = [
            ("LC_ALL", ""),
            ("LC_MESSAGES", "zh_CN.UTF-8"),
            ("LANG", "en_US"),
        ];
        assert_eq!(auto(None, &pairs, None), Lang::Zh);
        assert_eq!(auto(None, &[("LANG", "C")], Some("zh-CN")), Lang::En);
    }

    #[test]
    fn without_variables_the_system_is_asked() {
        assert_eq!(auto(None, &[], Some("zh-Hans-CN")), Lang::Zh);
        assert_eq!(auto(None, &[], None), Lang::En);
    }

    #[test]
    fn the_flag_knows_three_words() {
        assert_eq!("auto".parse(), Ok(LangChoice::Auto));
        assert_eq!("en".parse(), Ok(LangChoice::Fixed(Lang::En)));
        assert_eq!("zh-CN".parse(), Ok(LangChoice::Fixed(Lang::Zh)));
        assert_eq!("fr".parse::<LangChoice>(), Err(UnknownChoice));
    }
}
