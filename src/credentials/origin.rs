//! The name of a server in the store: scheme, host and port of its address.

/// The origin in a base URL, so that all spellings of one server find the same key, and no other server
/// ever does. Names in front of an `@` are dropped: `https://openrouter.ai@elsewhere.example` is
/// elsewhere.
pub(super) fn normal(address: &str) -> String {
    let address = address.trim().to_ascii_lowercase();
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", &address));
    // A backslash separates like a slash: browsers and URL parsers read it so.
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let default_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let host = host.strip_suffix(default_port).unwrap_or(host);
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_one_server_are_one() {
        for spelling in [
            "https://openrouter.ai",
            "https://openrouter.ai/",
            "https://OpenRouter.ai:443/api/v1?x#y",
            "openrouter.ai/api/v1",
        ] {
            assert_eq!(normal(spelling), "https://openrouter.ai", "{spelling}");
        }
    }

    #[test]
    fn another_server_is_another_however_it_is_dressed_up() {
        assert_eq!(
            normal("https://openrouter.ai@elsewhere.example/"),
            "https://elsewhere.example"
        );
        assert_eq!(
            normal("https://elsewhere.example\\@openrouter.ai"),
            "https://elsewhere.example"
        );
        assert_eq!(normal("http://openrouter.ai"), "http://openrouter.ai");
        assert_eq!(normal("http://[::1]:80/api"), "http://[::1]");
        assert_eq!(normal("http://127.0.0.1:4711"), "http://127.0.0.1:4711");
    }
}
