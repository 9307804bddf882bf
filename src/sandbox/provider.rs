//! Who runs the models.

use std::sync::LazyLock;

use serde_json::{Value, json};

/// A company whose machines answer.
#[derive(Debug)]
pub(super) struct Provider {
    /// Its display name: what `provider_name` says.
    pub(super) name: &'static str,
    /// Its name in `provider.order` and in endpoint tags.
    pub(super) slug: &'static str,
    /// Its home, ISO 3166 alpha-2.
    country: Option<&'static str>,
    /// Its site, from which the policy pages are made up.
    site: Option<&'static str>,
    ways: Ways,
}

/// How a provider behaves where it matters for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ways {
    /// Keeps nothing.
    Strict,
    /// Keeps prompts for a while.
    Usual,
    /// As usual, but runs on and bills in full when the client leaves.
    RunsOn,
    /// Trains on prompts.
    Trains,
}

impl Provider {
    /// It keeps nothing of a request.
    pub(super) fn keeps_nothing(&self) -> bool {
        self.ways == Ways::Strict
    }

    /// It may train on what it is sent.
    pub(super) fn trains(&self) -> bool {
        self.ways == Ways::Trains
    }

    /// It stops, and stops billing, when the client leaves. Source: section 5.6.
    pub(super) fn stops_when_left(&self) -> bool {
        self.ways != Ways::RunsOn
    }

    /// One row of `GET /providers`.
    pub(super) fn to_json(&self) -> Value {
        let page = |path: &str| self.site.map(|site| format!("https://{site}/{path}"));
        json!({
            "name": self.name,
            "slug": self.slug,
            "privacy_policy_url": page("privacy"),
            "terms_of_service_url": page("terms"),
            "status_page_url": self.site.map(|site| format!("https://status.{site}")),
            "headquarters": self.country,
            "datacenters": self.country.map(|country| [country]),
        })
    }

    /// A line of the table; `None` for a line that is none.
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split('|').map(str::trim);
        let (name, slug) = (cells.next()?, cells.next()?);
        let mut known = || cells.next().filter(|&cell| cell != "-");
        Some(Self {
            name,
            slug,
            country: known(),
            site: known(),
            ways: match known()? {
                "strict" => Ways::Strict,
                "usual" => Ways::Usual,
                "runs-on" => Ways::RunsOn,
                "trains" => Ways::Trains,
                _ => return None,
            },
        })
    }
}

static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(|| {
    include_str!("../../assets/sandbox-providers.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(Provider::read)
        .collect()
});

/// Every provider, as `GET /providers` lists them.
pub(super) fn providers() -> &'static [Provider] {
    &PROVIDERS
}

/// The provider of that name or slug; a tag such as `deepinfra/turbo` names `deepinfra`.
pub(super) fn provider(name: &str) -> Option<&'static Provider> {
    let base = name.split('/').next().unwrap_or(name);
    PROVIDERS
        .iter()
        .find(|provider| provider.name == name || provider.slug.eq_ignore_ascii_case(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_found_by_name_slug_and_tag() {
        assert_eq!(provider("OpenAI").unwrap().slug, "openai");
        assert_eq!(provider("deepinfra/turbo").unwrap().name, "DeepInfra");
        assert!(provider("nobody").is_none());
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("../../assets/sandbox-providers.txt").lines();
        let rows = lines.filter(|line| line.contains('|') && !line.starts_with('#'));
        assert_eq!(rows.count(), providers().len());
    }
}
