//! A conversation as a Markdown document.

use super::{REASONING, Section, Telling};
use crate::domain::code_block;
use crate::text::Lang;

/// The conversation as Markdown that reads well by itself and on a forge: a heading for each turn, what it
/// took and cost below, reasoning folded. What was said is verbatim; only a fence that was left open is
/// closed, since all that follows would be code.
pub fn markdown(telling: &Telling<'_>) -> String {
    let mut text = format!("# {}\n\n", escaped(&telling.title()));
    for (name, value) in telling.facts() {
        text.push_str(&format!("- {name}: {}\n", escaped(&value)));
    }
    if let Some(rules) = &telling.talk.system {
        text.push_str(&format!("\n## {}\n\n", telling.rules_head()));
        quote(rules, &mut text);
    }
    for section in telling.sections() {
        put(&section, telling.lang, &mut text);
    }
    text
}

fn put(section: &Section, lang: Lang, text: &mut String) {
    text.push_str(&format!(
        "\n## {}\n\n*{}*\n",
        escaped(&section.who),
        escaped(&section.about)
    ));
    if !section.reasoning.trim().is_empty() {
        // A quote, so that nothing in it ends the fold.
        let head = REASONING.say(lang);
        text.push_str(&format!("\n<details>\n<summary>{head}</summary>\n\n"));
        quote(&section.reasoning, text);
        text.push_str("\n</details>\n");
    }
    let said = section.text.trim_end();
    if !said.is_empty() {
        text.push('\n');
        text.push_str(said);
        text.push('\n');
        if let Some(fence) = code_block::closing_fence(said) {
            text.push_str(&fence);
            text.push('\n');
        }
    }
    if let Some(end) = &section.end {
        text.push_str(&format!("\n**({})**\n", escaped(end)));
    }
}

fn quote(words: &str, text: &mut String) {
    for line in words.trim_end().lines() {
        text.push('>');
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
        text.push('\n');
    }
}

/// Words that mean nothing as Markdown.
fn escaped(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(
            c,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '~'
        ) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
