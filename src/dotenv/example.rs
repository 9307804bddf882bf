//! `.env.example`: the same names with no secret in it, made from a .env file.

use super::spelling;
use super::syntax::{Item, Kind, Scan, Style};
use super::template::{Row, rows};
use super::value::is_name;
use crate::domain::service_group::ServiceGroup;

/// The names of a file in its order, values emptied unless they are harmless defaults of the
/// template. Comments may hold anything, so only the template's own and names that are commented
/// out are kept; lines end with `\n`.
pub fn example(env: &[u8]) -> Vec<u8> {
    let scan = Scan::new(env);
    let mut lines: Vec<String> = Vec::new();
    let mut names: Vec<&[u8]> = Vec::new();
    for item in scan.items() {
        let line = line(&scan, &item, &mut names);
        let is_gap = line.as_deref() == Some("");
        let follows_gap = lines.last().is_none_or(String::is_empty);
        if !(is_gap && follows_gap) {
            lines.extend(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let text: String = lines
        .iter()
        .flat_map(|line| [line.as_str(), "\n"])
        .collect();
    text.into_bytes()
}

/// What a line becomes; `None` where nothing of it is kept. A name comes once.
fn line<'a>(scan: &Scan<'a>, item: &Item, names: &mut Vec<&'a [u8]>) -> Option<String> {
    let body = scan.body(item);
    match &item.kind {
        Kind::Blank | Kind::Blanks => Some(String::new()),
        Kind::Comment { .. } => match spelling::template_head(body) {
            Some(name) => {
                let value = body.splitn(2, |&byte| byte == b'=').nth(1)?.trim_ascii();
                Some(format!("# {}", kept(name, value, names)?))
            }
            None => is_our_comment(body).then(|| String::from_utf8_lossy(body).into_owned()),
        },
        Kind::Assignment(assignment) => {
            let value = match assignment.style {
                Style::Quoted(_) | Style::Bare => scan.content(assignment),
                Style::Empty => b"",
            };
            kept(scan.text(&assignment.name), value, names)
        }
        Kind::Junk | Kind::Heredoc => None,
    }
}

fn kept<'a>(name: &'a [u8], value: &[u8], names: &mut Vec<&'a [u8]>) -> Option<String> {
    let text = std::str::from_utf8(name)
        .ok()
        .filter(|name| is_name(name))?;
    if names.contains(&name) {
        return None;
    }
    names.push(name);
    let default = harmless_default(text).filter(|default| default.as_bytes() == value);
    Some(format!("{text}={}", default.unwrap_or_default()))
}

/// The value that the template itself gives a name; nobody's secret.
fn harmless_default(name: &str) -> Option<&'static str> {
    if name == super::template::BASE_NAME {
        return Some("https://openrouter.ai/api/v1");
    }
    rows(&ServiceGroup::ALL).find_map(|row| match row {
        Row::On(known, default) | Row::Off(known, default) if known == name => Some(default),
        _ => None,
    })
}

fn is_our_comment(comment: &[u8]) -> bool {
    rows(&ServiceGroup::ALL)
        .any(|row| matches!(row, Row::Comment(known) if known.as_bytes() == comment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::Secret;
    use crate::dotenv::template::{Service, complete};

    fn made(env: &str) -> String {
        String::from_utf8(example(env.as_bytes())).unwrap()
    }

    #[test]
    fn names_stay_and_secrets_go_wherever_they_stand() {
        let env = "# the password is hunter2\nexport DB_PASSWORD='hunter2' # hunter2\n\n\n#OLD_KEY=hunter2\n\
                   hunter2\nREDIS_HOST=localhost\nREDIS_PORT=7000\nDB_PASSWORD=hunter2\nK=\"a\nhunter2\"\n\n";
        assert_eq!(
            made(env),
            "DB_PASSWORD=\n\n# OLD_KEY=\nREDIS_HOST=localhost\nREDIS_PORT=\nK=\n"
        );
    }

    #[test]
    fn the_example_of_the_template_keeps_its_comments_and_defaults() {
        let service = Service {
            key: Secret::new("sk-or-v1-deadbeef"),
            base_url: "https://openrouter.ai/api/v1".into(),
            secret_key: Secret::new("c0ffee"),
        };
        let env = complete(b"", &service, &ServiceGroup::ALL, false)
            .unwrap()
            .bytes;
        let made = made(std::str::from_utf8(&env).unwrap());
        assert!(!made.contains("deadbeef") && !made.contains("c0ffee"));
        assert!(
            made.contains(
                "\nOPENROUTER_API_KEY=\nOPENROUTER_API_BASE=https://openrouter.ai/api/v1\n"
            )
        );
        assert!(made.contains("\nSECRET_KEY=\nALGORITHM=HS256\n"));
        assert_eq!(made.lines().count(), rows(&ServiceGroup::ALL).count());
    }
}
